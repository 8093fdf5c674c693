"""Are two quotes the same? Annotations as sets of words: marks and punctuation at an edge are free."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quotes.learn.gold import Annotation, Spans

FOUND = 0.5
"""Two contents are the same quote from this overlap on (Jaccard index of their words)."""

WORD = re.compile(r"\w+(?:['’]\w+)*")
DETERMINERS = ("the", "a", "an", "his", "her", "their", "its")
PREPOSITIONS = ("of", "in", "to", "for", "by", "from", "on", "with", "at")
LIGHT = frozenset([*DETERMINERS, *PREPOSITIONS, "and"])
"""Words that two sources may share without being the same."""


@dataclass(frozen=True, slots=True)
class Words:
    """An annotation as sets of words, each word by the offset at which it begins."""

    content: set[int]
    cue: set[int]
    source: set[int]
    spans: Spans
    """The content's characters, as marked."""


def words_of(text: str, annotations: Iterable[Annotation]) -> list[Words]:
    """Annotations as words; one whose content holds no word is no quote."""
    return [
        Words(content, words(text, a.cue), words(text, a.source), a.content)
        for a in annotations
        if (content := words(text, a.content))
    ]


def words(text: str, spans: Spans) -> set[int]:
    return {word.start() for start, end in spans for word in WORD.finditer(text, max(0, start), max(0, end))}


def pairs(gold: Sequence[Words], found: Sequence[Words]) -> list[tuple[Words, Words]]:
    """The quotes that are the same on both sides: one to one, best overlap first, ties in the order given."""
    holders: dict[int, list[int]] = defaultdict(list)
    for i, g in enumerate(gold):
        for word in g.content:
            holders[word].append(i)
    overlaps = []
    for j, f in enumerate(found):
        for i, shared in Counter(i for word in f.content for i in holders.get(word, ())).items():
            overlap = shared / (len(gold[i].content) + len(f.content) - shared)
            if overlap >= FOUND:
                overlaps.append((-overlap, i, j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(overlaps):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return [(gold[i], found[j]) for i, j in pairs.items()]


def same_source(text: str, gold: set[int], found: set[int]) -> bool:
    if not gold and not found:
        return True
    return not _strong(text, gold).isdisjoint(_strong(text, found))


def _strong(text: str, words: set[int]) -> set[int]:
    """The words that carry meaning; all of them where none does."""
    return {at for at in words if (m := WORD.match(text, at)) and m[0].lower() not in LIGHT} or words
