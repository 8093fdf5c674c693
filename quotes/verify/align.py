"""The words of a quotation beside those of a passage: which are the same, changed, left out, put in.

An edit distance whose passage may begin and end anywhere (Sellers, "The theory and computation of evolutionary
distances", 1980), and in which brackets stand for any words at next to no cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quotes.verify.quotation import ANY
from quotes.verify.words import same

CHANGED = 1.5
"""Cost of a changed word, beside 1 for one left out or put in: of three changed and three left out the latter."""
IN_BRACKET = 0.1
"""Cost of a word of the passage that a bracket stands for."""
EMPTY_BRACKET = 0.01
"""Cost of a bracket that stands for nothing."""


class Step(NamedTuple):
    """One word of the quotation beside one of the passage, by their numbers; None where it has no counterpart."""

    quoted: int | None
    said: int | None
    alike: bool
    """They are the same word, or a bracket and what it stands for."""


def align(quoted: Sequence[str], said: Sequence[str]) -> list[Step]:
    """The alignment of least cost, from the first to the last word of the quotation.

    Args:
        quoted: plain words, ``ANY`` for a bracket.
        said: plain words of a passage that may be longer at both ends.
    """
    width = len(said) + 1
    costs: list[list[float]] = [[0.0] * width]
    for word in quoted:
        costs.append(_row(word, said, costs[-1]))
    j = min(range(width), key=lambda k: costs[-1][k])
    return _traced(quoted, said, costs, j)


def _row(word: str, said: Sequence[str], above: Sequence[float]) -> list[float]:
    """The least costs of the quotation up to this word, by where in the passage it ends."""
    skip, change = (IN_BRACKET, IN_BRACKET) if word == ANY else (1.0, CHANGED)
    put_in = EMPTY_BRACKET if word == ANY else 1.0
    left = above[0] + put_in
    row = [left]
    for j, other in enumerate(said):
        diagonal = above[j] + (0.0 if word == other or same(word, other) else change)
        left = min(diagonal, above[j + 1] + put_in, left + skip)
        row.append(left)
    return row


def _traced(quoted: Sequence[str], said: Sequence[str], costs: Sequence[Sequence[float]], j: int) -> list[Step]:
    """The way back from the end: pairs first, so that the passage is no longer than needed."""
    steps: list[Step] = []
    i = len(quoted)
    while i:
        word = quoted[i - 1]
        bracket = word == ANY
        cost = costs[i][j]
        alike = j > 0 and (bracket or same(word, said[j - 1]))
        pair = IN_BRACKET if bracket else 0.0 if alike else CHANGED
        if j and abs(costs[i - 1][j - 1] + pair - cost) < 1e-6:
            i, j = i - 1, j - 1
            steps.append(Step(i, j, alike))
        elif abs(costs[i - 1][j] + (EMPTY_BRACKET if bracket else 1.0) - cost) < 1e-6:
            i -= 1
            steps.append(Step(i, None, bracket))
        else:
            j -= 1
            steps.append(Step(None, j, bracket))
    return steps[::-1]
