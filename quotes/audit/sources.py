"""The sources of an article: everybody quoted in it, once, with what the text tells of them and how much they say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from quotes.audit.kinds import KINDS as KINDS
from quotes.audit.kinds import Kind, kind_of
from quotes.lexicon import table, words
from quotes.line import is_told
from quotes.records import Record, SpanRecord, SpeakerRecord

Sex = Literal["man", "woman", "unknown"]
WHY = re.compile(r",? who(?:se)? (?:[^.,;\n“”\"]|,(?= \d)){3,120}")
"""A relative clause directly behind a mention: "who has studied the river for 20 years"."""


@dataclass(slots=True)
class Source:
    """Somebody or something quoted in one article."""

    doc_id: str
    name: str
    """As the record has it; the words beside the quote where it has no name, "" where nobody is named as the source."""
    known: bool
    """The record has a name, and not only a pronoun that stands beside the quote."""
    kind: Kind
    told_by: str
    """The words that tell the kind."""
    title: str
    organization: str
    anonymous: str
    """The words with which the text withholds the name."""
    person: bool
    """It is one person."""
    sex: Sex
    """What the text's own words tell: pronouns, titles and roles beside the quote; a given name tells nothing."""
    outlet: str
    section: str
    month: str
    why: SpanRecord | None = None
    """Why this source may speak: its relative clause, else its title with its organisation, else the words that
    withhold the name; characters of the document."""
    quotes: int = 0
    words: int = 0
    direct_words: int = 0
    first: bool = False
    """Its quote is the first one of the article."""
    last: bool = False
    said: list[str] = field(default_factory=list)
    """The ids of its quotes."""

    @property
    def named(self) -> bool:
        """Whether a person or a body is called by a name, or by a role that tells who it is."""
        return self.kind not in ("anonymous", "none")


def sources(records: Sequence[Record], section: str) -> list[Source]:
    """The sources of one article, in the order in which they first speak; of what they say as the text tells it, not of
    what it asks whether they said.

    Args:
        records: those of the article, in any order.
        section: the field of meta that has the article's section.
    """
    found: dict[str, Source] = {}
    ordered = sorted(records, key=lambda record: record["content"][0]["start"])
    outer = [record for record in ordered if not record["parent"] and is_told(record)]
    for k, record in enumerate(outer):
        key = _key(record["speaker"])
        source = found.setdefault(key, _source(record, section))
        many = len(record["text"].split())
        source.quotes += 1
        source.words += many
        source.direct_words += many if record["type"] == "direct" else 0
        source.first = source.first or k == 0
        source.last = source.last or k == len(outer) - 1
        source.said.append(record["id"])
        if source.sex == "unknown":
            source.sex = _sex(record["speaker"])
        if source.why is None or not _is_clause(source.why):
            source.why = _clause(record) or source.why
    return list(found.values())


def _key(speaker: SpeakerRecord | None) -> str:
    if speaker is None:
        return ""
    return speaker["entity"] or f" {speaker['mention']['text'].lower()}" if speaker["mention"] else str(speaker["name"])


def _source(record: Record, section: str) -> Source:
    speaker, meta = record["speaker"], record["meta"] or {}
    kind, told_by = kind_of(speaker)
    title, body = (speaker and speaker["title"]) or None, (speaker and speaker["organization"]) or None
    anonymous = (speaker and speaker["anonymous"]) or None
    mention = speaker["mention"]["text"] if speaker and speaker["mention"] else ""
    return Source(
        doc_id=record["doc_id"],
        name=((speaker and speaker["name"]) or mention),
        known=bool(speaker and speaker["name"]),
        kind=kind,
        told_by=told_by,
        title=title["text"] if title else "",
        organization=body["text"] if body else "",
        anonymous=anonymous["text"] if anonymous else "",
        person=speaker is not None and speaker["kind"] == "person" and not speaker["members"],
        sex="unknown",
        outlet=str(meta.get("outlet") or ""),
        section=str(meta.get(section) or ""),
        month=str(meta.get("date") or "")[:7],
        why=_joined(record, title, body) or anonymous,
    )


def _joined(record: Record, title: SpanRecord | None, body: SpanRecord | None) -> SpanRecord | None:
    """The title with the organisation, in one span where the text is at hand."""
    text = record["doc_text"]
    if title is None or body is None or text is None:
        return title
    start, end = min(title["start"], body["start"]), max(title["end"], body["end"])
    return {"start": start, "end": end, "text": text[start:end]}


def _clause(record: Record) -> SpanRecord | None:
    """The relative clause behind the mention, where the document's text is at hand."""
    speaker, text = record["speaker"], record["doc_text"]
    if speaker is None or speaker["mention"] is None or text is None:
        return None
    found = WHY.match(text, speaker["mention"]["end"])
    if found is None:
        return None
    end = found.end()
    if (cue := record["cue"]) and found.start() < cue["start"] < end:
        end = cue["start"]
    start = found.start() + len(found[0]) - len(found[0].lstrip(", "))
    said = text[start:end].rstrip()
    return {"start": start, "end": start + len(said), "text": said} if len(said.split()) > 2 else None


def _is_clause(why: SpanRecord) -> bool:
    return why["text"].startswith("who")


@cache
def _told_sexes() -> dict[str, Sex]:
    """What words tell a sex: pronouns, titles, roles."""
    sexes: dict[str, Sex] = {"m": "man", "f": "woman"}
    found: dict[str, Sex] = {row["title"]: sexes[row["gender"]] for row in table("titles") if row["gender"]}
    found |= {row["role"]: sexes[row["gender"]] for row in table("roles") if row["gender"]}
    found |= dict.fromkeys(words("he"), "man")
    return found | dict.fromkeys(words("she"), "woman")


def _sex(speaker: SpeakerRecord | None) -> Sex:
    """What the words beside a quote and the description tell of a person's sex; a given name tells nothing."""
    if speaker is None or speaker["kind"] != "person" or speaker["members"]:
        return "unknown"
    told = set(_telling(speaker))
    return told.pop() if len(told) == 1 else "unknown"


def _telling(speaker: SpeakerRecord) -> Iterator[Sex]:
    mention = speaker["mention"]["text"].lower().split() if speaker["mention"] else []
    title = speaker["title"]["text"].lower() if speaker["title"] else ""
    for word in (*mention[:1], title, *title.split()):
        if word in _told_sexes():
            yield _told_sexes()[word]
