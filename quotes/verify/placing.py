"""Where in the sources a piece of a quotation was said: in one place, or, if its words are from several, in those."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Literal

from quotes.grammar.turns import BLANK_LINE
from quotes.lexicon import words as word_list
from quotes.verify.align import Step, align
from quotes.verify.index import NEAR, Place, Sources
from quotes.verify.quotation import ANY, Before, Piece
from quotes.verify.words import Word

LEFT_OUT = 25
"""Words that may be left out within one place; what stands further apart is from two."""
AFTER_ELLIPSIS = 100
"""Words that an ellipsis may stand for."""
LEAST_RUN = 5
"""Words in each place that a quotation is joined from: fewer stand together by chance."""
MOST_EXACT = 100
"""Places of the same words among which the one of the right speaker is looked for; "of course" has thousands."""
MOST_RUNS = 4
"""Places that a piece may be joined from."""
Link = Literal["together", "left out", "apart"]
"""How one place follows another: in one go, but for what may stand between; with words left out; from elsewhere."""
INTERRUPTION = re.compile(r"[.,!?…—–-]*[”\"’»]\s[^“”\"«»]{1,300}\s[“\"‘«]")
"""What stands between two words of a quotation that its source, an article, interrupts: ,” she said. “"""


@dataclass(frozen=True)
class Placed:
    """Words of a quotation beside those of one place; steps count words from ``words[0]`` and ``place.first``."""

    words: tuple[Word, ...]
    place: Place
    steps: tuple[Step, ...]
    document: int

    @cached_property
    def altered(self) -> bool:
        """Whether any word is changed, left out or put in, fillers apart."""
        return any(not step.alike for step in self.steps)

    @cached_property
    def similarity(self) -> float:
        """Of the words on both sides the share that have a counterpart."""
        alike = sum((step.quoted is not None) + (step.said is not None) for step in self.steps if step.alike)
        return alike / sum((step.quoted is not None) + (step.said is not None) for step in self.steps)


def places(piece: Piece, sources: Sources, near: Placed | None = None) -> list[Placed]:
    """Where a piece may have been said; those where it was word for word if there are any, else those most like it.

    Args:
        piece: the words.
        sources: where to look.
        near: where what stands beside it in the quotation was said; also looked at around there.
    """
    plain = [word.plain for word in piece.words]
    if exact := sources.exact(plain):
        beside = near.place.first if near else 0
        nearest = sorted(exact, key=lambda place: abs(place.first - beside))[:MOST_EXACT]
        return [_whole(piece.words, place, sources) for place in nearest]
    starts = [start - LEFT_OUT for start in sources.likely([word for word in plain if word != ANY])]
    reach = len(plain) + 2 * LEFT_OUT + 2 * NEAR
    if near:
        starts.append(near.place.first - len(plain) - AFTER_ELLIPSIS)
    found = []
    for k, start in enumerate(starts):
        around = near is not None and k == len(starts) - 1
        document = near.document if near and around else sources.document_at(max(0, start + LEFT_OUT + NEAR))
        bounds = sources.bounds(document)
        end = start + (2 * AFTER_ELLIPSIS + 2 * len(plain) + len(near.words) if near and around else reach)
        window = Place(max(bounds.first, start), min(bounds.last, end))
        if placed := _aligned(piece.words, window, document, sources):
            found.append(placed)
    return sorted(found, key=lambda one: -one.similarity)


def runs(words: Sequence[Word], sources: Sources) -> list[Placed]:
    """The places that words are joined from, each with as many of them as stand together there; none if some words are
    from nowhere, or too few from one place."""
    found: list[Placed] = []
    at = 0
    while at < len(words):
        some = sources.longest([word.plain for word in words[at:]])
        if not some or len(found) == MOST_RUNS:
            return []
        place = min(some, key=lambda one: _distance(one, found[-1] if found else None))
        size = place.last - place.first
        if size < LEAST_RUN:
            return []
        found.append(_whole(tuple(words[at : at + size]), place, sources))
        at += size
    return found if len(found) > 1 else []


def in_order(parts: Sequence[Piece], placed: Sequence[Sequence[Placed]]) -> list[tuple[Before, Placed]]:
    """All places of a quotation's pieces, each with what parts its words from those before it."""
    return [
        ("length" if number else part.before, one)
        for part, some in zip(parts, placed, strict=True)
        for number, one in enumerate(some)
    ]


def link(before: Before, one: Placed, after: Placed, sources: Sources) -> Link:
    """How one place follows another.

    Args:
        before: what parts the words of the second from those of the first in the quotation.
        one: the first place.
        after: the second.
        sources: where they are.
    """
    if one.document != after.document or one.place.last > after.place.first:
        return "apart"
    between = Place(one.place.last, after.place.first)
    size = between.last - between.first
    if all(_is_filler(word) for word in sources.plain(between)) or _interrupts(between, one.document, sources):
        return "together"
    if before in ("ellipsis", "own words"):
        return "together" if size <= AFTER_ELLIPSIS else "apart"
    text, start, end = sources.documents[one.document].text, sources.span(one.place)[1], sources.span(after.place)[0]
    in_one_turn = not BLANK_LINE.search(text, start, end)
    return "left out" if before == "length" and size <= LEFT_OUT and in_one_turn else "apart"


def _distance(place: Place, before: Placed | None) -> int:
    if before is None or place.first < before.place.last:
        return place.first if before is None else 10**9 + place.first
    return place.first - before.place.last


def _whole(words: tuple[Word, ...], place: Place, sources: Sources) -> Placed:
    steps = tuple(Step(k, k, True) for k in range(len(words)))
    return Placed(words, place, steps, sources.document_at(place.first))


def _aligned(words: tuple[Word, ...], window: Place, document: int, sources: Sources) -> Placed | None:
    said = sources.plain(window)
    steps = align([word.plain for word in words], said)
    numbers = [step.said for step in steps if step.said is not None]
    if not numbers:
        return None
    first = numbers[0]
    place = Place(window.first + first, window.first + numbers[-1] + 1)
    moved = [step if step.said is None else step._replace(said=step.said - first) for step in steps]
    return Placed(words, place, tuple(_forgiven(moved, place, document, sources)), document)


def _forgiven(steps: Sequence[Step], place: Place, document: int, sources: Sources) -> Iterator[Step]:
    """The steps; it is no alteration that "um" was left out, or what a source put between the halves of its quote."""
    for left_out, some in groupby(steps, key=lambda step: step.quoted is None and not step.alike):
        group = list(some)
        if not left_out:
            yield from group
            continue
        said = [place.first + step.said for step in group if step.said is not None]
        interrupts = _interrupts(Place(said[0], said[-1] + 1), document, sources)
        for number, step in zip(said, group, strict=True):
            forgiven = interrupts or _is_filler(*sources.plain(Place(number, number + 1)))
            yield step._replace(alike=forgiven)


def _is_filler(word: str) -> bool:
    return word in word_list("fillers")


def _interrupts(place: Place, document: int, sources: Sources) -> bool:
    """Whether some words are a source's own, between the closing and opening marks of what it quotes."""
    bounds = sources.bounds(document)
    if not bounds.first < place.first < place.last < bounds.last:
        return False
    before, behind = Place(place.first - 1, place.first), Place(place.last, place.last + 1)
    between = sources.documents[document].text[sources.span(before)[1] : sources.span(behind)[0]]
    return INTERRUPTION.fullmatch(between) is not None
