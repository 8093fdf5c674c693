"""schema.org's JSON-LD: what was said as Claim, and where the words are the speaker's own as Quotation too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from quotes.records import META, REPORTED, Record, SpeakerRecord, flags
from quotes.write.quoted import Quoted, words

HEAD = '{"@context": "https://schema.org", "@graph": ['
TAIL = "]}"
AGENTS = {"person": "Person", "organization": "Organization"}


def is_statement(record: Record) -> bool:
    """Whether schema.org has a word for it: not for what was denied, what may be said, what one thinks or wants, and
    of what was asked only for direct quotations."""
    told = set(flags(record["cue"]))
    return record["act"] in REPORTED and not (told - {"question"} if record["type"] == "direct" else told)


def nodes(document: Quoted) -> Iterator[dict[str, Any]]:
    """The article and its statements: see ``statement``."""
    statements = [statement(record, document.iri) for record in document.records if is_statement(record)]
    if statements:
        yield _article(document)
        yield from statements


def statement(record: Record, article: str) -> dict[str, Any]:
    """A record as a node: a Claim that appears in the article; a direct quote is a Quotation that is part of it too,
    and only that where it is a question."""
    asked = "question" in flags(record["cue"])
    types = [name for name, is_one in (("Quotation", record["type"] == "direct"), ("Claim", not asked)) if is_one]
    node: dict[str, Any] = {
        "@id": f"urn:quotes:{record['id']}",
        "@type": types if len(types) > 1 else types[0],
        "identifier": record["id"],
        "text": record["text"],
        "isPartOf": {"@id": article},
    }
    if "Claim" in types:
        node["appearance"] = {"@id": article}
    return node | _source(record["speaker"])


def _source(speaker: SpeakerRecord | None) -> dict[str, Any]:
    """Who it is from; nothing where the text doesn't tell."""
    if speaker is None or not speaker["name"]:
        return {}
    if speaker["kind"] == "document":
        return {"isBasedOn": {"@type": "CreativeWork", "name": speaker["name"]}}
    about = {"description": speaker["description"], "identifier": speaker["id"]}
    known = {key: value for key, value in about.items() if value}
    names: Iterable[str] = speaker["members"] or [speaker["name"]]
    kind = {"@type": AGENTS[speaker["kind"]]} if speaker["kind"] in AGENTS else {}
    agents = [{**kind, "name": name, **({} if speaker["members"] else known)} for name in names]
    return {"creator": agents if len(agents) > 1 else agents[0]}


def _article(document: Quoted) -> dict[str, Any]:
    meta = {key: words(document.meta.get(key)) for key in META}
    node: dict[str, Any] = {"@id": document.iri, "@type": "Article", "identifier": document.id}
    for name, key in (("headline", "title"), ("datePublished", "date"), ("url", "url")):
        if meta[key]:
            node[name] = meta[key]
    if meta["author"]:
        node["author"] = {"@type": "Person", "name": meta["author"]}
    if meta["outlet"]:
        node["publisher"] = {"@type": "Organization", "name": meta["outlet"]}
    return node
