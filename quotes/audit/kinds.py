"""Of what kind a source is, with the words that say so: official, company, expert, ordinary person …

Read from the record's words alone, in the order of the cases; the nouns are in ``lexicon/en/source_kinds.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, get_args

from quotes.lexicon import table, words
from quotes.records import SpeakerRecord

Kind = Literal[
    "official", "company", "expert", "ordinary", "document", "poll", "group", "anonymous", "other", "untold", "none"
]
KINDS: tuple[Kind, ...] = get_args(Kind)
WORD = re.compile(r"[\w.'’-]*\w\.?")
POLL = "poll"
LONGEST = 3
"""Words of an entry at most."""


@cache
def _listed() -> dict[str, str]:
    """The kind of each word: what source_kinds.tsv says, else what it says of the broader nouns of roles.tsv."""
    own = {row["words"]: row["kind"] for row in table("source_kinds")}
    found = dict(own)
    for row in table("roles"):
        broader = (own[noun] for noun in row["also"].split(",") if noun in own)
        if row["role"] not in found and (kind := next(broader, None)):
            found[row["role"]] = kind
    return found


@cache
def _documents() -> dict[str, str]:
    return {row["noun"]: row["class"] for row in table("documents")}


def kind_of(speaker: SpeakerRecord | None) -> tuple[Kind, str]:
    """The kind of a source and the words that tell it, "" where its kind in the record does.

    CASE 1: no source at all; one whose name is withheld, whatever else it is.
    CASE 2: a poll and other documents.
    CASE 3: "a spokeswoman for Norden Bank", "the director of the institute", but "a lawyer at Kestrel Bank": who speaks
    for a body or leads it is of its kind, who only works there of their role's.
    CASE 4: a person by the title, then by the description; somebody with neither is a person of whom nothing is told.
    CASE 5: a body by the words of its name; a town or a country is an official source: "Washington said".
    """
    if speaker is None:
        return "none", ""
    if speaker["anonymous"]:
        return "anonymous", speaker["anonymous"]["text"]
    name, kind = speaker["name"] or "", speaker["kind"]
    mention = speaker["mention"]["text"] if speaker["mention"] else ""
    if kind == "document":
        poll = next((word for word in _reversed(name) if _documents().get(word) == POLL), "")
        return ("poll", poll) if poll else ("document", name)
    if kind == "place":
        return "official", ""
    title = speaker["title"]["text"] if speaker["title"] else ""
    body = speaker["organization"]["text"] if speaker["organization"] else ""
    if _speaks_for(title) and (told := _told(body)):
        return told
    for said in (title, speaker["description"] or "", mention if kind != "person" else _unnamed(mention, name), body):
        if told := _told(said):
            return told
    if kind in ("organization", "group"):
        return _of(name, "group")
    return "untold", ""


def _unnamed(mention: str, name: str) -> str:
    """What stands beside the quote for a person, where it is no name: "the mayor"."""
    return mention if name[:1].islower() or not name else ""


def _speaks_for(title: str) -> bool:
    return any(word in words("on_record") | words("of_their_body") for word in title.lower().split())


def _of(said: str, otherwise: Kind) -> tuple[Kind, str]:
    return _told(said) or (otherwise, "")


def _told(said: str) -> tuple[Kind, str] | None:
    """The kind that the last listed words of a phrase tell: "chief executive of Norden Bank" the first part."""
    head = re.split(r"\b(?:of|for|at|in|from|on|who)\b|,", said, maxsplit=1)[0]
    for phrase in (head, said):
        for word in _reversed(phrase):
            if kind := _listed().get(word):
                return next(one for one in KINDS if one == kind), word
    return None


def _reversed(phrase: str) -> Iterator[str]:
    """The words of a phrase from the last to the first, small, several together before one alone, plurals also in the
    singular."""
    found = [word.lower() for word in WORD.findall(phrase)]
    for end in range(len(found), 0, -1):
        for size in range(min(LONGEST, end), 0, -1):
            phrase = " ".join(found[end - size : end])
            yield phrase
            if phrase.endswith("ies"):
                yield f"{phrase[:-3]}y"
            elif phrase.endswith("s"):
                yield phrase[:-1]
