"""What the judgements are learned from: the examples that are plausible, as rows of numbers, with experience counted
over other articles.

Counted over all articles but an example's own, experience gives it away: where a key was right in three articles of
six, the right ones see two of five and the others three of five, and trees learn that from the training articles. So
articles are taken out a part at a time (cross-fitting; Pargent, Pfisterer, Thomas and Bischl, Computational Statistics
2022)."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from quotes.decide.choose import first_score, reading_rows, report_rows, worth_judging
from quotes.decide.experience import Counts, Experience, Key, log_odds
from quotes.decide.features import REPORT_KEYS, TELLING
from quotes.decide.ranker import Matrix
from quotes.decide.readings import EDGE_KEYS
from quotes.learn.examples import Article, Example

IMPLAUSIBLE = log_odds(0.015)
"""Cues that were a report less often than this in a frame are not looked at."""
RARE_REPORT = 3
DIFFERENCE = 0.2
"""Of the many keys of proposals, those are kept that were seen so often and differ so much in log-odds from their wider
key: half of the file's size for no loss."""
OUTSIDE_KEYS = (Key("act+frame"), Key("lemma+frame", "act+frame"))
"""By which an inner proposal is compared with those outside; an outline has their keys."""
KNOWN = 10
"""How often a frame must be seen to be known: in others a proposal is given its rule's prior at least."""
PLAUSIBLE_KEYS = (Key("frame"), Key("pair", "frame"))
PARTS = 10
"""In how many parts the articles are when experience with all but one is counted."""


def folds(n: int, parts: int) -> list[list[int]]:
    """The indices up to n in so many parts, drawn with a seed; in fewer where there are fewer indices."""
    order = list(range(n))
    random.Random(0).shuffle(order)
    parts = min(parts, n)
    return [sorted(order[k::parts]) for k in range(parts)]


def plausible_counts(articles: Sequence[Article]) -> Counts:
    counts = Counts(PLAUSIBLE_KEYS)
    for article in articles:
        for e in article.examples:
            counts.add(_plausible_keys(e), e.right)
    return counts


def _plausible_keys(e: Example) -> tuple[str, str]:
    frame = str(e.proposal.frame.asked)
    return frame, f"{e.proposal.lemma}|{frame}"


def _likely(counts: Counts, keys: Sequence[str]) -> bool:
    """Whether a pair of lemma and frame is plausible, by the counts as they stand."""
    return counts.of(keys)[1] >= IMPLAUSIBLE


def plausible_examples(article: Article, plausible: Counts) -> list[Example]:
    """The examples that are plausible by the experience of all other articles."""
    for e in article.examples:
        plausible.add(_plausible_keys(e), e.right, -1)
    kept = [e for e in article.examples if _likely(plausible, _plausible_keys(e))]
    for e in article.examples:
        plausible.add(_plausible_keys(e), e.right)
    return kept


def plausible_table(counts: Counts) -> dict[str, list[str]]:
    """The frames that are plausible with any cue, those that are known, and the pairs that are an exception."""
    frames = {frame: _likely(counts, (frame, "")) for frame in counts.cells[0]}
    pairs = {pair: _likely(counts, (pair.rpartition("|")[2], pair)) for pair in counts.cells[1]}
    other = {pair: keep for pair, keep in pairs.items() if keep != frames[pair.rpartition("|")[2]]}
    return {
        "frames": sorted(frame for frame, keep in frames.items() if keep),
        "known": sorted(frame for frame, (_, seen) in counts.cells[0].items() if seen >= KNOWN),
        "yes": sorted(pair for pair, keep in other.items() if keep),
        "no": sorted(pair for pair, keep in other.items() if not keep),
    }


class Lessons(NamedTuple):
    """What a judgement is learned from."""

    experience: Experience
    rows: Matrix
    right: Matrix
    """For each row whether the answer is yes."""
    weights: Matrix
    """What each row counts."""


def counting(kept: Sequence[list[Example]]) -> Callable[[Example], float]:
    """What an example counts: 1, or if it is inner the share of those outside with its lemma and frame that are wrong.

    That "warned" in what a mayor said is not marked says little of "warned"; of "shared" it tells what others do.
    """
    counts = Counts(OUTSIDE_KEYS)
    for examples in kept:
        for e in examples:
            if not e.inner:
                counts.add(e.sketch.outline.keys[1:3], e.right)

    def weight(e: Example) -> float:
        if not e.inner:
            return 1.0
        return 1 / (1 + math.exp(counts.of(e.sketch.outline.keys[1:3])[1]))

    return weight


def _each_apart(n: int, count: Callable[[int, float], None]) -> Iterator[int]:
    """The index of each article while all are counted but those of its part; in the end all are."""
    for i in range(n):
        count(i, 1)
    for part in folds(n, PARTS):
        for i in part:
            count(i, -1)
        yield from part
        for i in part:
            count(i, 1)


def report_lessons(articles: Sequence[Article], kept: Sequence[list[Example]]) -> Lessons:
    """A row for every example, experience counted without its part of the articles, and whether it is right."""
    counts = Counts(REPORT_KEYS, RARE_REPORT)
    counts_as = counting(kept)

    def count(article: int, times: float) -> None:
        for e in kept[article]:
            counts.add(e.sketch.keys, e.right, times * counts_as(e))

    rows: list[list[float]] = []
    right: list[bool] = []
    weights: list[float] = []
    for at in _each_apart(len(kept), count):
        examples = kept[at]
        known = [counts.of(e.sketch.keys) for e in examples]
        scores = [first_score([k[i] for i in TELLING]) for k in known]
        worth = worth_judging(scores)
        rows += report_rows(
            articles[at].ctx,
            [e.proposal for e in examples],
            scores,
            worth,
            [examples[i].sketch for i in worth],
            [known[i] for i in worth],
        )
        right += [examples[i].right for i in worth]
        weights += [counts_as(examples[i]) for i in worth]
    keys = (e.sketch.keys for examples in kept for e in examples)
    return Lessons(counts.experience(keys, DIFFERENCE), *map(np.array, (rows, right, weights)))


def edge_lessons(kept: Sequence[list[Example]]) -> Lessons:
    """A row for every reading of the examples that are right, and whether no other reading is better."""
    counts = Counts(EDGE_KEYS)

    def count(article: int, times: float) -> None:
        for e in kept[article]:
            for facts, best in zip(e.readings, _best(e), strict=True):
                counts.add(facts.keys, best, times)

    rows: list[list[float]] = []
    right: list[bool] = []
    for at in _each_apart(len(kept), count):
        for e in kept[at]:
            if e.readings:
                rows += reading_rows(e.readings, [counts.of(facts.keys) for facts in e.readings])
                right += _best(e)
    keys = (facts.keys for examples in kept for e in examples for facts in e.readings)
    return Lessons(counts.experience(keys), np.array(rows), np.array(right), np.ones(len(right)))


def _best(e: Example) -> list[bool]:
    """For each reading whether it overlaps most with what was marked."""
    top = max(e.overlap, default=0.0) - 1e-9
    return [overlap >= top for overlap in e.overlap]
