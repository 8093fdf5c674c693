"""Stretches of a text cut so that they can be elements: one lies wholly inside another or outside it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from itertools import pairwise

Stretch = tuple[int, int]
"""Start and end, in characters, half-open."""


def nest(stretches: Iterable[tuple[int, Stretch]], cuts: Sequence[int]) -> Iterator[tuple[int, Stretch]]:
    """Cut stretches that go over a cut or out of one that began before them.

    Args:
        stretches: each with the number of the element that it belongs to, none empty; of two that are the same the one
            with the lower number lies outside.
        cuts: ascending offsets.

    Yields:
        what the stretches were cut to, in the order in which elements are opened.
    """
    left = [(start, -end, number) for number, whole in stretches for start, end in _cut(whole, cuts)]
    heapify(left)
    ends: list[int] = []
    while left:
        start, minus_end, number = heappop(left)
        end = -minus_end
        while ends and ends[-1] <= start:
            ends.pop()
        if ends and ends[-1] < end:
            heappush(left, (ends[-1], -end, number))
            end = ends[-1]
        ends.append(end)
        yield number, (start, end)


def _cut(whole: Stretch, cuts: Sequence[int]) -> Iterator[Stretch]:
    start, end = whole
    yield from pairwise([start, *cuts[bisect_right(cuts, start) : bisect_left(cuts, end)], end])
