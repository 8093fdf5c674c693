"""What the store gives, as the templates show it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from quotes.line import line
from quotes.records import Quote, Record
from quotes.store import Store
from quotes.web.query import Asked

FACETS = {"speaker": "Speaker", "outlet": "Outlet", "month": "Month", "type": "Type", "act": "Act", "cue": "Cue"} | {
    "rule": "Rule",
    "claim": "Claim",
}
TOLD = {"negated": "denied", "modal": "possible or planned", "question": "asked"}
"""The flags of a cue, as a facet and a filter call what has them."""
LABELS = {
    "q": "words: {}",
    "speaker": "speaker: {}",
    "since": "since {}",
    "until": "until {}",
    "outlet": "in {}",
    "topic": "about {}",
    "cue": "cue: {}",
    "rule": "rule: {}",
    "claim": "claim: {}",
    "min_confidence": "at least {:.0%} sure",
}
AROUND = 600
"""Characters before and after a quote that its page shows."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a text."""

    text: str
    match: bool
    """Whether it is what was searched for."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A quote in a list: as ``quotes.store.hits.row`` has it."""

    row: Mapping[str, Any]
    before: str
    """What stands before its text: "Ada Lund did NOT recommend"."""
    pieces: list[Piece]
    source: str
    """It with where it stands, to be copied; "" for what is no quote."""


def told(row: Mapping[str, Any]) -> list[str]:
    """What a quote's cue says besides that something was said: "denied"."""
    return [words for flag, words in TOLD.items() if row[flag]]


def hits(found: Iterable[Mapping[str, Any]]) -> list[Hit]:
    """Rows of a search with what matched marked."""
    return [Hit(row, row["lead"], list(pieces(row["text"], row["matches"])), _with_source(row)) for row in found]


def _with_source(row: Mapping[str, Any]) -> str:
    wrong = row["verdict"] and row["verdict"]["verdict"] == "wrong"
    return "" if wrong else f"{row['line']} ({_source(row)})"


def citation(quote: Quote, document: Mapping[str, Any]) -> str:
    """A quote of a document in one line with where it stands."""
    return f"{line(quote.to_dict(), document['text'])} ({_source(document)})"


def _source(of: Mapping[str, Any]) -> str:
    """Where something stands: “Ferry to sail again”, Harbour Gazette, 2024-03-04, https://…"""
    title = titled(of)
    named = [f"“{title}”" if title else of["doc_id"], of["outlet"], of["date"], of["url"]]
    return ", ".join(" ".join(str(one).split()) for one in named if one)


def titled(document: Mapping[str, Any]) -> str | None:
    """A document's title; None where the store has its id in place of one."""
    return None if document["title"] == document["doc_id"] else document["title"]


def with_query(path: str, **values: Any) -> str:
    """An address of this desk with these values in its query, in place of those of the same names."""
    parts = urlsplit(path)
    kept = [(key, value) for key, value in parse_qsl(parts.query) if key not in values]
    return urlunsplit(parts._replace(query=urlencode([*kept, *values.items()])))


def pieces(text: str, matches: Sequence[Sequence[int]]) -> Iterator[Piece]:
    """A text cut where matches begin and end; matches are in order and don't overlap."""
    edges = [0, *(edge for match in matches for edge in match), len(text)]
    for k, (start, end) in enumerate(pairwise(edges)):
        if end > start:
            yield Piece(text[start:end], k % 2 == 1)


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the text around a quote."""

    text: str
    kind: str
    """content, cue, mention, or "" for what stands around."""


def context(text: str | None, record: Record) -> list[Part]:
    """A quote in its place: what stands before and after, the content, the cue and the speaker's words told apart."""
    spans = [(part["start"], part["end"], "content") for part in record["content"]]
    if text is None:
        return [Part(record["text"], "content")]
    mention = record["speaker"] and record["speaker"]["mention"]
    for span, kind in ((record["cue"], "cue"), (mention, "mention")):
        if span and all(span["end"] <= start or span["start"] >= end for start, end, _ in spans):
            spans.append((span["start"], span["end"], kind))
    spans.sort()
    first, last = max(0, spans[0][0] - AROUND), min(len(text), spans[-1][1] + AROUND)
    parts, at = [], first
    for start, end, kind in spans:
        parts += [Part(text[at:start], ""), Part(text[start:end], kind)]
        at = end
    parts.append(Part(text[at:last], ""))
    parts[0] = Part(_from_paragraph(parts[0].text, first > 0), "")
    parts[-1] = Part(_to_paragraph(parts[-1].text, last < len(text)), "")
    return [part for part in parts if part.text]


def _from_paragraph(before: str, cut: bool) -> str:
    paragraph = before.rpartition("\n\n")[2] if "\n\n" in before.rstrip() else before
    return "… " + paragraph.partition(" ")[2] if cut and paragraph == before else paragraph.lstrip()


def _to_paragraph(after: str, cut: bool) -> str:
    paragraph = after.partition("\n\n")[0]
    return paragraph.rpartition(" ")[0] + " …" if cut and paragraph == after else paragraph.rstrip()


def pages(page: int, total: int, size: int, path: str, given: dict[str, Any]) -> dict[str, Any]:
    """What the pager needs."""

    def link(number: int) -> str:
        return f"{path}?{urlencode({**given, 'page': number}, doseq=True)}"

    return {"here": page, "last": -(-total // size), "link": link, "total": total}


# Filters


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was asked for, from which the links of filters are made."""

    asked: Asked

    def link(self, **more: Any) -> str:
        """The search with these filters more."""
        return f"/search?{urlencode({**self.asked.given(), **more}, doseq=True)}"

    def without(self, *names: str) -> str:
        """The search without these filters."""
        return f"/search?{urlencode({k: v for k, v in self.asked.given().items() if k not in names}, doseq=True)}"

    def hidden(self) -> list[tuple[str, Any]]:
        """The filters that have no field of their own in the form, to send them along."""
        own = ("q", "speaker", "since", "until")
        given = {key: value for key, value in self.asked.given().items() if key not in own}
        return [(key, one) for key, value in given.items() for one in (value if isinstance(value, list) else [value])]


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter that is on, and the link that takes it off."""

    label: str
    without: str


def chosen(asked: Asked, db: Store) -> list[Filter]:
    """The filters that are on."""
    by = Chosen(asked)
    found = []
    for key, value in asked.given().items():
        if key == "speaker_id":
            one = db.speaker(value)
            found.append(Filter(one["name"] if one else f"speaker {value}", by.without(key)))
        elif key in TOLD:
            found.append(Filter(TOLD[key] if value else f"not {TOLD[key]}", by.without(key)))
        elif isinstance(value, list):
            found.append(Filter(" or ".join(value), by.without(key)))
        else:
            found.append(Filter(LABELS[key].format(value), by.without(key)))
    return found


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a facet."""

    label: str
    count: int
    link: str


@dataclass(frozen=True, slots=True)
class Facet:
    """What hits can be narrowed down by."""

    name: str
    options: list[Option]


def facets(found: Mapping[str, Sequence[Mapping[str, Any]]], by: Chosen, without: Collection[str] = ()) -> list[Facet]:
    """Facets with more than one value to choose from."""
    shown = []
    for facet, name in FACETS.items():
        options = found.get(facet, ())
        if facet not in without and len(options) > 1:
            shown.append(
                Facet(
                    name,
                    [Option(one["label"], one["count"], by.link(**narrowed(facet, one["value"]))) for one in options],
                )
            )
    told = [
        Option(label, one["count"], by.link(**{flag: True}))
        for flag, label in TOLD.items()
        for one in found.get(flag, ())
        if one["value"] and getattr(by.asked, flag) is None
    ]
    return [*shown, Facet("Not plainly stated", told)] if told else shown


def topics(speaker: Mapping[str, Any], by: Chosen) -> list[Option]:
    """What a speaker spoke about, without their own names and role."""
    own = set(" ".join([*speaker["names"], speaker["description"] or ""]).lower().split())
    return [
        Option(topic, count, by.link(topic=topic))
        for topic, count in speaker["topics"]
        if not own.issuperset(topic.lower().split())
    ]


def narrowed(facet: str, value: Any) -> dict[str, Any]:
    """The filter that a facet's value stands for."""
    if facet == "speaker":
        return {"speaker_id": value}
    if facet == "month":
        year, month = map(int, value.split("-"))
        return {"since": f"{value}-01", "until": f"{value}-{monthrange(year, month)[1]}"}
    return {facet: value}


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a table with bars."""

    label: str
    count: int
    link: str
    share: float
    """Of the longest bar."""


def rows(counted: Sequence[Mapping[str, Any]], by: str) -> list[Bar]:
    """Counts as bars, those of which nothing is known left out."""
    known = [one for one in counted if one["value"] is not None]
    most = max((one["quotes"] for one in known), default=1)
    return [Bar(str(one["label"]), one["quotes"], _link(by, one), one["quotes"] / most) for one in known]


def _link(by: str, one: Mapping[str, Any]) -> str:
    if by == "speaker":
        return f"/speakers/{one['value']}"
    if by == "gender":
        return ""
    return Chosen(Asked()).link(**narrowed(by, one["label"]))
