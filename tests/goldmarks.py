"""Reads the fixtures: NAME.gold is an article with its quotes marked inline and their speakers below.

The text: ``{s1 Fidan} {c1 said} {q1 that talks would resume}, and {s2,3 he} {c2 promised} …``
    {sN …} is the source's mention, {cN …} the cue, {qN …} the content of quote N. The same mark twice is a
    second part; {s2,3 …} serves two quotes; marks nest. Articles have no other braces.

The trailer, after a line of four hyphens, one line a quote:
    number | type | act | kind of speaker | how resolved | name / other names that will do
    "-" for kind: the text names no source. "-" for name: its words don't tell which entity it is.
    Several speakers' names are parted by ";".
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotes.records import Act, QuoteType, ResolvedBy, SpeakerKind

FIXTURES = Path(__file__).parent.parent / "fixtures"
TRAILER = "\n----\n"
MARK = re.compile(r"\{(?P<role>[sqc])(?P<numbers>\d+(?:,\d+)*) |\{|\}")

CharSpan = tuple[int, int]
"""Characters into the text, half-open."""


@dataclass(frozen=True)
class GoldQuote:
    """One annotated quote; its spans in text order."""

    number: int
    type: QuoteType
    act: Act
    source: tuple[CharSpan, ...]
    cue: tuple[CharSpan, ...]
    content: tuple[CharSpan, ...]
    kind: SpeakerKind | None
    """None where the text names no source."""
    resolved_by: ResolvedBy | None
    name: str | None
    """The fullest name in the document; None where it can't be told."""
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    parent: int | None = None
    """The number of the quote in whose content this one stands."""


@dataclass(frozen=True)
class Gold:
    """An article and its quotes, in the order of their contents."""

    id: str
    text: str
    quotes: tuple[GoldQuote, ...]

    def bench(self) -> dict[str, Any]:
        """The article as a line of the benchmark's JSONL."""
        return {
            "id": self.id,
            "text": self.text,
            "quotes": [
                {role: [list(s) for s in getattr(q, role)] for role in ("source", "cue", "content")}
                for q in self.quotes
            ],
        }

    def bench_speakers(self) -> dict[str, Any]:
        """The speakers as a line of the speakers JSONL, keyed by the quote's index in ``bench()``."""
        return {"id": self.id, "speakers": {str(i): _bench_speaker(q) for i, q in enumerate(self.quotes)}}


def names() -> list[str]:
    """The fixtures there are."""
    return sorted(path.stem for path in FIXTURES.glob("*.gold"))


def load(name: str) -> Gold:
    """Read fixtures/NAME.gold."""
    return parse(name, (FIXTURES / f"{name}.gold").read_text(encoding="utf-8"))


def parse(name: str, gold: str) -> Gold:
    """Expand marked text and trailer.

    Raises:
        ValueError: a mark is not closed or not opened, or marks and trailer don't name the same quotes.
    """
    marked, found, trailer = gold.rpartition(TRAILER)
    if not found:
        raise ValueError(f"{name}: no line of four hyphens before the speakers")
    text, spans = strip(marked + "\n")
    rows = [_fields(name, line) for line in trailer.splitlines() if line.strip()]
    numbers = [int(row[0]) for row in rows]
    if sorted(numbers) != sorted({n for _, n in spans}):
        odd = sorted(set(numbers) ^ {n for _, n in spans})
        raise ValueError(f"{name}: marks and trailer name different quotes: {odd}")
    quotes = [_quote(row, spans) for row in rows]
    parents = {q.number: _parent(q, quotes) for q in quotes}
    linked = [GoldQuote(**{**vars(q), "parent": parents[q.number]}) for q in quotes]
    return Gold(name, text, tuple(sorted(linked, key=lambda q: (q.content, q.number))))


def strip(marked: str) -> tuple[str, dict[tuple[str, int], list[CharSpan]]]:
    """Take the marks out: the plain text, and for each role and number ("q", 1) its character spans."""
    out: list[str] = []
    length = done = 0
    opened: list[tuple[str, list[int], int]] = []
    spans: dict[tuple[str, int], list[CharSpan]] = defaultdict(list)
    for mark in MARK.finditer(marked):
        out.append(marked[done : mark.start()])
        length += len(out[-1])
        done = mark.end()
        if mark["role"]:
            opened.append((mark["role"], [int(n) for n in mark["numbers"].split(",")], length))
        elif mark[0] == "}" and opened:
            role, numbers, start = opened.pop()
            for number in numbers:
                spans[role, number].append((start, length))
        else:
            around = marked[max(0, mark.start() - 40) : mark.end() + 20]
            raise ValueError(f"a {mark[0]} that is no mark: …{around}…")
    if opened:
        raise ValueError(f"mark {opened[-1][0]}{opened[-1][1]} is not closed")
    out.append(marked[done:])
    return "".join(out), {key: sorted(found) for key, found in spans.items()}


def _fields(name: str, line: str) -> list[str]:
    fields = [field.strip() for field in line.split("|")]
    if len(fields) != 6:
        raise ValueError(f"{name}: six fields wanted: {line}")
    return fields


def _quote(row: list[str], spans: dict[tuple[str, int], list[CharSpan]]) -> GoldQuote:
    number, type_, act, kind, resolved_by, who = row
    source, cue, content = (tuple(spans.get((role, int(number)), ())) for role in "scq")
    name, *aliases = (part.strip() for part in who.split(" / "))
    members = [member.strip() for member in name.split(";")]
    return GoldQuote(
        number=int(number),
        type=type_,  # type: ignore[arg-type]
        act=act,  # type: ignore[arg-type]
        source=source,
        cue=cue,
        content=content,
        kind=None if kind == "-" else kind,  # type: ignore[arg-type]
        resolved_by=None if resolved_by == "-" else resolved_by,  # type: ignore[arg-type]
        name=None if name == "-" else name,
        aliases=tuple(aliases),
        members=tuple(members) if len(members) > 1 else (),
    )


def _parent(quote: GoldQuote, quotes: list[GoldQuote]) -> int | None:
    """The quote with the shortest content part that holds all of this one's content."""
    start, end = quote.content[0][0], quote.content[-1][1]
    around = [
        (b - a, q.number)
        for q in quotes
        for a, b in q.content
        if q is not quote and a <= start and end <= b and b - a > end - start
    ]
    return min(around)[1] if around else None


BENCH_KIND = {
    "person": "PERSON",
    "organization": "ORG",
    "group": "GROUP",
    "document": "DOCUMENT",
    "place": "PLACE",
}


def _bench_speaker(quote: GoldQuote) -> dict[str, Any]:
    if quote.name is None:
        return {"name": "", "aliases": [], "kind": "NONE", "mention": "none"}
    by = quote.resolved_by if quote.resolved_by in ("name", "pronoun", "description") else "none"
    return {
        "name": quote.name,
        "aliases": list(quote.aliases),
        "kind": BENCH_KIND.get(quote.kind or "", "GROUP"),
        "mention": by,
    }
