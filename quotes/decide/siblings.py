"""How a proposal stands among the others: those of the same cue, and those that want the same words."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from quotes.find.candidate import Proposal

NOBODY = -6.0
"""The score of a rival that doesn't exist, in log-odds."""
LOOK_INSIDE = 40
"""How many tokens of a content are searched for cues."""
BEST_KEPT = 4

NUMBERS: tuple[str, ...] = (
    "lead over same cue",
    "best of same cue",
    "best rival for the words",
    "lead over rivals",
    "best around the cue",
    "lead over those around",
    "best inside the content",
    "lead over those inside",
    "proposals of the cue",
    "best wider of same cue",
    "best narrower of same cue",
    "sure cues a sentence",
    "sure cues near",
)
READING_NUMBERS: tuple[str, ...] = ("lead over other readings", "best of other readings", "rank among readings")
SURE = 0.0
"""A cue with a score above this is sure enough to tell what kind of text this is."""
NEAR = 60
"""How many tokens to each side are near."""


def sibling_numbers(
    proposals: Sequence[Proposal], scores: Sequence[float], wanted: Sequence[int], sentences: int
) -> list[list[float]]:
    """For every wanted proposal the numbers named in NUMBERS.

    Args:
        proposals: all proposals of a text.
        scores: a first score of each, in log-odds.
        wanted: indices of the proposals asked about.
        sentences: how many the text has.
    """
    by_head: dict[int, list[int]] = defaultdict(list)
    at_token: dict[int, list[int]] = defaultdict(list)
    heads = [p.head for p in proposals]
    contents = [p.edges.first.content for p in proposals]
    extents = [(content[0][0], content[-1][1]) for content in contents]
    asked = sorted({heads[i] for i in wanted} | {t for i in wanted for span in contents[i] for t in _places(*span)})
    order = sorted(range(len(proposals)), key=lambda i: -scores[i])
    for i in order:
        by_head[heads[i]].append(i)
        for start, end in contents[i]:
            lo, hi = bisect_left(asked, start), bisect_left(asked, end)
            for token in asked[lo:hi]:
                at_token[token].append(i)
            # those that have their best are not looked at again: hostile text nests thousands
            asked[lo:hi] = [token for token in asked[lo:hi] if len(at_token[token]) < BEST_KEPT]
    best_of = {head: scores[group[0]] for head, group in by_head.items()}
    cues = sorted(best_of)
    sure = [head for head in cues if best_of[head] > SURE]
    rate = len(sure) / sentences
    out = []
    for i in wanted:
        head, content, score = heads[i], contents[i], scores[i]
        same = next((scores[j] for j in by_head[head] if j != i), NOBODY)
        rival = NOBODY
        for start, end in content:
            for token in _places(start, end):
                rival = max(rival, next((scores[j] for j in at_token[token] if heads[j] != head), NOBODY))
        around = next((scores[j] for j in at_token.get(head, ()) if heads[j] != head), NOBODY)
        inside = NOBODY
        for start, end in content[:2]:
            for cue in cues[bisect_left(cues, start) : bisect_left(cues, min(end, start + LOOK_INSIDE))]:
                if cue != head and best_of[cue] > inside:
                    inside = best_of[cue]
        group = by_head[head]
        start, end = extents[i]
        wider = narrower = NOBODY
        for j in group:  # the best first
            a, b = extents[j]
            if a <= start and b >= end:
                if wider == NOBODY and b - a > end - start:
                    wider = scores[j]
            elif a >= start and b <= end and narrower == NOBODY:
                narrower = scores[j]
        near = bisect_left(sure, head + NEAR) - bisect_left(sure, head - NEAR)
        out.append(
            [
                score - same,
                same,
                rival,
                score - rival,
                around,
                score - around,
                inside,
                score - inside,
                float(len(group)),
                wider,
                narrower,
                rate,
                near,
            ]
        )
    return out


def _places(start: int, end: int) -> tuple[int, int, int]:
    """The tokens of a span at which its rivals are looked for."""
    return start, (start + end) // 2, end - 1


def reading_numbers(scores: Sequence[float]) -> list[list[float]]:
    """For every reading of one content the numbers named in READING_NUMBERS.

    Args:
        scores: a first score of each reading, in log-odds.
    """
    ranked = sorted(scores, reverse=True)
    out = []
    for score in scores:
        rank = ranked.index(score)
        other = (ranked[1] if rank == 0 else ranked[0]) if len(ranked) > 1 else NOBODY
        out.append([score - other, other, float(rank)])
    return out
