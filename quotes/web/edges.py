"""Finds the words to which somebody moved a quote's edges."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

Span = tuple[int, int]


class NotThere(ValueError):
    """The words do not stand in the text; the message says which."""


def replaced(parts: Sequence[Span], by: Span) -> list[Span]:
    """The parts of a content where some words take the place of those that they touch, or else of the nearest one."""
    touched = [part for part in parts if part[0] < by[1] and by[0] < part[1]]
    touched = touched or [min(parts, key=lambda part: min(abs(part[0] - by[1]), abs(by[0] - part[1])))]
    return sorted([by, *(part for part in parts if part not in touched)])


def locate(text: str, wanted: Sequence[str], near: Sequence[int]) -> list[Span]:
    """Where the parts of a content stand in a text, whatever blanks and line ends are between their words.

    Args:
        text: the document's.
        wanted: the parts as they should be; those without words are left out.
        near: for each part the offset at which it stood: of several places the nearest is meant.

    Returns:
        start and end of each part in characters, half-open, in the order of the text.

    Raises:
        NotThere: a part does not stand in the text; two overlap; no part is left.
    """
    spans = []
    for part, start in zip(wanted, near, strict=True):
        words = part.split()
        if not words:
            continue
        places = [match.span() for match in re.finditer(r"\s+".join(map(re.escape, words)), text)]
        if not places:
            shown = " ".join(words)
            raise NotThere(f"The article does not have these words: “{shown[:80]}{'…' if len(shown) > 80 else ''}”")
        spans.append(min(places, key=lambda place: abs(place[0] - start)))
    if not spans:
        raise NotThere("No words are left: if it is no quote, say that it is wrong.")
    spans.sort()
    if any(after[0] < before[1] for before, after in pairwise(spans)):
        raise NotThere("The parts of a quote may not overlap.")
    return spans
