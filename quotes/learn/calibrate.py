"""How sure a quote is and must be to stand: learned from what was said of articles that were not learned from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from quotes.decide.choose import CHOSEN, Judged, settle, with_confidence
from quotes.decide.confidence import CONFIDENCE
from quotes.decide.model import regression_of
from quotes.learn.examples import Article, as_annotation
from quotes.learn.fitting import Json, regression
from quotes.learn.overlap import pairs, same_source, words_of

LOWEST = 0.05
"""The confidence down to which quotes are looked at when the second stage is fitted."""
EVERYTHING = 0.2
"""The confidence from which a quote stands for those who want everything: one in five of the least sure is right."""
CHECKING = 0.5
"""What recall counts against precision for those who check (the beta of an F measure): precision weighs double."""
ENOUGH = 50
"""How many quotes a precision must be measured on."""
PRECISIONS = tuple(round(0.5 + 0.01 * k, 2) for k in range(50))
STEPS = tuple(round(0.01 * k, 2) for k in range(5, 100))
"""The thresholds that are tried."""

EQUAL = 0.003
"""F measures that differ by less are the same: their curve is flat at its height, and where its highest point lies is
chance."""

Crossed = Sequence[tuple[Article, list[Judged]]]
"""Every article with what was made of it by a model that was trained on others."""


def shares_right(article: Article, picked: Sequence[Judged]) -> list[float]:
    """For each picked quote the share of annotators who marked it: the content found, the source the same."""
    text = article.ctx.parse.text
    found = words_of(
        text, [as_annotation(article.ctx.parse, j.content, j.proposal.cue, j.proposal.source) for j in picked]
    )
    shares = [0.0] * len(picked)
    index = {id(w): k for k, w in enumerate(found)}
    for version in article.gold:
        for g, f in pairs(version, found):
            if same_source(text, g.source, f.source):
                shares[index[id(f)]] += 1 / len(article.gold)
    return shares


def picked_of(judged: Sequence[Judged], threshold: float) -> list[Judged]:
    """What pick lets stand, with the judgement kept."""
    return [replace(v.judged, content=v.content) for v in settle(judged, threshold) if v.fate == CHOSEN]


def confidence_from(crossed: Crossed) -> Json:
    """The second stage: a logistic regression over what was said of the quotes that stand by a first guess.

    The articles of every corpus count together the same, as corpora do in the thresholds: annotators of one pass over
    more than those of another, and a confidence that was right for the largest alone would be too low for all others.
    """
    sizes = Counter(article.corpus for article, _ in crossed if article.complete)
    largest = max(sizes.values(), default=0)
    rows, right, weights = [], [], []
    for article, judged in crossed:
        picked = [j for j in picked_of(judged, LOWEST) if j.opinion] if article.complete else []
        for j, share in zip(picked, shares_right(article, picked), strict=True):
            for outcome, part in ((True, share), (False, 1 - share)):
                if part and j.opinion:
                    rows.append(CONFIDENCE.numbers_of(j.opinion))
                    right.append(outcome)
                    weights.append(part * largest / sizes[article.corpus])
    stage = regression(np.array(rows), np.array(right), np.array(weights), strength=100.0)
    return {"columns": list(CONFIDENCE.columns), "regression": stage}


class Mark(NamedTuple):
    """A quote that stands in cross-validation."""

    confidence: float
    share: float
    """Of the annotators, who marked it."""


def thresholds(crossed: Crossed, confidence: Json) -> Json:
    """The confidence from which quotes stand for each purpose, and those from which each precision was reached."""
    stage = regression_of(confidence["regression"])
    marks: dict[str, list[Mark]] = defaultdict(list)
    gold: dict[str, float] = defaultdict(float)
    for article, judged in crossed:
        if article.complete:
            picked = picked_of(with_confidence(judged, stage), LOWEST)
            found = map(Mark, (j.confidence for j in picked), shares_right(article, picked))
            marks[article.corpus] += found
            gold[article.corpus] += sum(map(len, article.gold)) / len(article.gold)
    corpora = [(marks[name], gold[name]) for name in gold]
    every = sorted((mark for of_one in marks.values() for mark in of_one), reverse=True)
    right = list(accumulate(mark.share for mark in every))
    reached = {
        wanted: mark.confidence
        for wanted in PRECISIONS
        for n, (mark, r) in enumerate(zip(every, right, strict=True), 1)
        if r / n >= wanted and n >= ENOUGH
    }
    return {
        "thresholds": {
            "checking": best_threshold(corpora, CHECKING),
            "counting": best_threshold(corpora, 1.0),
            "everything": EVERYTHING,
        },
        "precision": [[p, round(reached[p], 3)] for p in PRECISIONS if p in reached],
    }


def best_threshold(corpora: Sequence[tuple[Sequence[Mark], float]], beta: float) -> float:
    """The threshold with the highest F measure, in the mean over corpora, so that it holds beyond the largest; of those
    that are as good (EQUAL) the lowest, which finds most.

    Args:
        corpora: of each the quotes that stand, and how many there are to be found.
        beta: how much recall counts against precision.
    """

    def measure(threshold: float) -> float:
        total = 0.0
        for marks, gold in corpora:
            standing = [mark.share for mark in marks if mark.confidence >= threshold]
            total += (1 + beta**2) * sum(standing) / max(len(standing) + beta**2 * gold, 1)
        return total

    measures = {threshold: measure(threshold) for threshold in STEPS}
    best = max(measures.values())
    return next(threshold for threshold, reached in measures.items() if reached >= best - EQUAL * len(corpora))
