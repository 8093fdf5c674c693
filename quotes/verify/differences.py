"""The words that differ between a quotation and what was said, and why some of them are no alterations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from quotes.lexicon import words as word_list
from quotes.records import Span
from quotes.verify.align import Step
from quotes.verify.index import Place, Sources
from quotes.verify.placing import Placed, in_order, link
from quotes.verify.quotation import ANY, Before, Piece
from quotes.verify.words import Tolerated, tolerated

Kind = Literal["left out", "put in", "changed", "same"]


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that differ."""

    kind: Kind
    """What the quotation did to what was said; "same" where only the writing differs."""
    quoted: Span | None
    """The words in the article; null where they were left out."""
    said: Span | None
    """The words in the source of the passage; null where they were put in."""
    passage: int | None
    """In which of the passages, counted from 0."""
    tolerated: Tolerated | None
    """Why it is no alteration; null where it is one."""


def differences(
    parts: Sequence[Piece], placed: Sequence[Sequence[Placed]], sources: Sources, text: str
) -> Iterator[Difference]:
    """The words that differ between the pieces of a quotation and their places, in the order of the quotation.

    Args:
        parts: the pieces.
        placed: the places of each, none where it wasn't found, several where it is joined from them.
        sources: where they are.
        text: the article's text.
    """
    number = 0
    last: Placed | None = None
    for part, some in zip(parts, placed, strict=True):
        if not some:
            a, b = part.words[0].start, part.words[-1].end
            yield Difference("put in", Span(a, b, text[a:b]), None, None, None)
        for before, one in in_order([part], [some]):
            if last:
                yield from _between(before, last, one, number, sources)
            yield from _in_place(one, number, sources, text)
            number, last = number + 1, one


def _between(before: Before, last: Placed, one: Placed, number: int, sources: Sources) -> Iterator[Difference]:
    """What was said between two places, where the quotation has an ellipsis, or nothing."""
    how = link(before, last, one, sources)
    if how == "apart" or before == "own words" or last.place.last == one.place.first:
        return
    between = Place(last.place.last, one.place.first)
    why: Tolerated | None = None
    if how == "together":
        why = "ellipsis" if before == "ellipsis" else _unsaid(between, sources)
    yield Difference("left out", None, _said(between, one.document, sources), number, why)


def _unsaid(place: Place, sources: Sources) -> Tolerated:
    """Why words of a source may be left out without a sign."""
    return "filler" if all(word in word_list("fillers") for word in sources.plain(place)) else "interruption"


def _in_place(one: Placed, number: int, sources: Sources, text: str) -> Iterator[Difference]:
    """The differences of one place: words one after the other that differ are one."""
    source = sources.documents[one.document].text
    for group in _grouped(one, sources):
        quoted = [one.words[step.quoted] for step in group if step.quoted is not None]
        said = [one.place.first + step.said for step in group if step.said is not None]
        here = Span(a, b, text[a:b]) if quoted and ((a := quoted[0].start), (b := quoted[-1].end)) else None
        there = _said(Place(said[0], said[-1] + 1), one.document, sources) if said else None
        kind: Kind = "left out" if here is None else "put in" if there is None else "changed"
        if not group[0].alike:
            yield Difference(kind, here, there, number, None)
        elif quoted and quoted[0].plain == ANY:
            yield Difference(kind, here, there, number, "bracket")
        elif here is None or there is None:
            yield Difference(kind, here, there, number, _unsaid(Place(said[0], said[-1] + 1), sources))
        elif why := tolerated(here.text, source[there.start : there.end]):
            yield Difference("same", here, there, number, why)


def _grouped(one: Placed, sources: Sources) -> Iterator[list[Step]]:
    """Steps that belong together: changes one after the other, a bracket with all that it stands for, a written word
    with the words it is run together from, and every other pair by itself."""
    group: list[Step] = []
    for step in one.steps:
        if group and _goes_on(one, group[-1], step, sources):
            group.append(step)
        else:
            if group:
                yield group
            group = [step]
    if group:
        yield group


def _goes_on(one: Placed, before: Step, step: Step, sources: Sources) -> bool:
    if before.alike != step.alike:
        return False
    if not step.alike:
        return True
    if step.quoted is None:
        return before.quoted is None or one.words[before.quoted].plain == ANY
    if before.quoted is None:
        return False
    if before.said is None or step.said is None:
        return False
    a, b = one.words[before.quoted], one.words[step.quoted]
    if a.start == b.start and a.plain != ANY:
        return True
    first, second = (Place(one.place.first + k, one.place.first + k + 1) for k in (before.said, step.said))
    return sources.span(first) == sources.span(second)


def _said(place: Place, document: int, sources: Sources) -> Span:
    start, end = sources.span(place)
    return Span(start, end, sources.documents[document].text[start:end])
