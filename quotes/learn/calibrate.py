"""How sure a quote must be to stand, and what its confidence is: learned from what cross-validation judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np

from quotes.decide.choose import CHOSEN, Judged, settle
from quotes.decide.ranker import Threshold, alike
from quotes.learn.examples import Article, as_annotation
from quotes.learn.overlap import pairs, same_source, words_of

LOWEST = alike(0.05)
"""The confidence down to which quotes are looked at when the confidence is fitted."""
WORTH_LOSING = 0.001
"""What F1 is given for finding more of the quotes in quotation marks: a reader misses one of these sooner."""
ENOUGH = 50
"""How many quotes a precision must be measured on."""
PRECISIONS = tuple(round(0.5 + 0.01 * k, 2) for k in range(50))


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


def picked_of(judged: Sequence[Judged], threshold: Threshold) -> list[Judged]:
    """What pick lets stand, with the judgement kept."""
    return [replace(v.judged, content=v.content) for v in settle(judged, threshold) if v.fate == CHOSEN]


def confidence_from(judged: Sequence[tuple[Article, list[Judged]]]) -> tuple[float, float, float, float]:
    """Platt scaling of the two log-odds, with an offset for quoted contents, over what cross-validation picked."""
    from sklearn.linear_model import LogisticRegression

    rows, right, weight = [], [], []
    for article, found in judged:
        picked = picked_of(found, LOWEST)
        for j, share in zip(picked, shares_right(article, picked), strict=True):
            for outcome, w in ((1, share), (0, 1 - share)):
                if w:
                    rows.append([j.report_odds, j.reading_odds, float(j.quoted)])
                    right.append(outcome)
                    weight.append(w)
    model = LogisticRegression(C=100.0).fit(np.array(rows), np.array(right), sample_weight=np.array(weight))
    bias, by_report, by_reading, by_quoted = (round(float(v), 4) for v in (*model.intercept_, *model.coef_[0]))
    return bias, by_report, by_reading, by_quoted


class Mark(NamedTuple):
    """A quote that stands in cross-validation."""

    confidence: float
    share: float
    """Of the annotators, who marked it."""
    quoted: bool


def thresholds(judged: Sequence[tuple[Article, list[Judged]]], confidence: Sequence[float]) -> dict[str, list[Any]]:
    """The confidence from which quotes stand, and those from which each precision was reached."""
    gold = sum(sum(map(len, a.gold)) / len(a.gold) for a, _ in judged)
    marks: list[Mark] = []
    for article, found in judged:
        picked = picked_of([j.with_confidence(confidence) for j in found], LOWEST)
        marks += map(Mark, [j.confidence for j in picked], shares_right(article, picked), [j.quoted for j in picked])
    marks.sort(reverse=True)
    right = list(accumulate(mark.share for mark in marks))
    reached = {
        wanted: mark.confidence
        for wanted in PRECISIONS
        for n, (mark, r) in enumerate(zip(marks, right, strict=True), 1)
        if r / n >= wanted and n >= ENOUGH
    }
    return {
        "threshold": [round(least, 3) for least in threshold_of(marks, gold)],
        "precision": [[p, round(reached[p], 3)] for p in PRECISIONS if p in reached],
    }


def threshold_of(marks: Sequence[Mark], gold: float) -> Threshold:
    """The confidence from which quotes stand: half of the highest F1, which is best where the confidence is calibrated
    (Lipton, Elkan and Naryanaswamy 2014) and steadier than the place where F1 happens to be highest; for quotes with
    quotation marks the least that costs at most WORTH_LOSING.

    Args:
        marks: quotes that stand, the surest first.
        gold: how many there are to be found.
    """
    if not marks:
        return alike(0.5)
    right = [0.0, *accumulate(mark.share for mark in marks)]
    f1 = [2 * r / max(n + gold, 1) for n, r in enumerate(right)]
    plain = quoted = max(f1) / 2
    stand = sum(mark.confidence >= plain for mark in marks)
    more = right[stand]
    for n, mark in enumerate((mark for mark in marks[stand:] if mark.quoted), stand + 1):
        more += mark.share
        if 2 * more / (n + gold) < f1[stand] - WORTH_LOSING:
            break
        quoted = mark.confidence
    return Threshold(plain, quoted)
