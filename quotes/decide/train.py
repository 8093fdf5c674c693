"""Learns the model file from annotated articles: experience, two models for each judgement, and the confidence.

Needs scikit-learn, which comes with textacy. Seeded and rounded: the same articles give the same file, byte for byte.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from quotes.decide.choose import CHOSEN, Judged, first_score, judge, reading_rows, report_rows, settle, worth_judging
from quotes.decide.examples import Article, Example, as_annotation
from quotes.decide.experience import Counts, Experience, Key, log_odds
from quotes.decide.features import REPORT_KEYS, TELLING
from quotes.decide.ranker import Matrix, Model, Threshold, alike, edge_columns, from_data, report_columns
from quotes.decide.readings import EDGE_KEYS
from quotes.overlap import pairs, same_source, words_of

FOLDS = 3
IMPLAUSIBLE = log_odds(0.015)
"""Cues that were a report less often than this in a frame are not looked at."""
LOWEST = alike(0.05)
"""The confidence down to which quotes are looked at when the confidence is fitted."""
WORTH_LOSING = 0.001
"""What F1 is given for finding more of the quotes in quotation marks: a reader misses one of these sooner."""
RARE_REPORT = 3
DIFFERENCE = 0.2
"""Of the many keys of proposals, those are kept that were seen so often and differ so much in log-odds from their wider
key: half of the file's size for no loss."""
ENOUGH = 50
"""How many quotes a precision must be measured on."""
PRECISIONS = tuple(round(0.5 + 0.01 * k, 2) for k in range(50))
FIRST_CONFIDENCE = (0.0, 1.0, 0.25, 0.0)
TREES: Mapping[str, Any] = {
    "max_iter": 300,
    "learning_rate": 0.04,
    "max_leaf_nodes": 31,
    "max_depth": 8,
    "min_samples_leaf": 40,
    "l2_regularization": 5.0,
    "max_features": 0.3,
    "early_stopping": False,
    "random_state": 0,
}

Progress = Callable[[str], None]
Json = dict[str, Any]
OUTSIDE_KEYS = (Key("act+frame"), Key("lemma+frame", "act+frame"))
"""By which an inner proposal is compared with those outside; an outline has their keys."""
PLAUSIBLE_KEYS = (Key("frame"), Key("pair", "frame"))


def train(articles: Sequence[Article], progress: Progress) -> Json:
    """The content of a model file.

    Args:
        articles: annotated articles, in a fixed order.
        progress: is told each step.
    """
    judged = cross_validated(articles, progress)
    progress("confidence")
    confidence = confidence_from(judged)
    progress("all articles")
    return fit(articles) | confidence_of(confidence) | thresholds(judged, confidence)


def cross_validated(articles: Sequence[Article], progress: Progress) -> list[tuple[Article, list[Judged]]]:
    """Every article with what a model makes of it that was trained on the other parts; not yet calibrated."""
    judged: list[tuple[Article, list[Judged]]] = []
    parts = _folds(len(articles))
    for k, part in enumerate(parts):
        progress(f"cross-validation, part {k + 1} of {len(parts)}")
        held = set(part)
        data = fit([a for i, a in enumerate(articles) if i not in held])
        model = from_data(data | confidence_of(FIRST_CONFIDENCE))
        judged += [(articles[i], judged_by(articles[i], model)) for i in part]
    return judged


def write(data: Json, path: Path) -> None:
    """Write a model file: a line for every table and every tree."""
    path.write_text(_lines(data) + "\n", encoding="utf-8")


def _lines(value: Any, depth: int = 0) -> str:
    """JSON with line breaks down to the level of tables and trees."""
    if isinstance(value, dict) and depth < 4 and value:
        inside = ",\n".join(f"{json.dumps(k, ensure_ascii=False)}: {_lines(v, depth + 1)}" for k, v in value.items())
        return f"{{\n{inside}\n}}"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(_lines(v, 4) for v in value) + "\n]"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def judged_by(article: Article, model: Model) -> list[Judged]:
    """What a model makes of an article's proposals, those left out that it finds implausible."""
    proposals = [e.proposal for e in article.examples]
    return judge(article.ctx, [p for p in proposals if model.plausible(p.lemma, asked(p.frame))], model)


def asked(frame: str) -> str:
    """The part of a frame that was asked to be plausible."""
    return frame.partition("/")[0]


def _folds(n: int) -> list[list[int]]:
    order = list(range(n))
    random.Random(0).shuffle(order)
    return [sorted(order[k::FOLDS]) for k in range(FOLDS)] if n >= FOLDS else [order]


def confidence_of(confidence: Sequence[float]) -> Json:
    return {"confidence": list(confidence), "threshold": [0.5, 0.5], "precision": []}


def fit(articles: Sequence[Article]) -> Json:
    plausible = _plausible_counts(articles)
    kept = [_kept(article, plausible) for article in articles]
    return {
        "plausible": _plausible_table(plausible),
        "report": _judge_data(report_columns(), _report_lessons(articles, kept)),
        "edges": _judge_data(edge_columns(), _edge_lessons(kept)),
    }


def _plausible_counts(articles: Sequence[Article]) -> Counts:
    counts = Counts(PLAUSIBLE_KEYS)
    for article in articles:
        for e in article.examples:
            counts.add(_plausible_keys(e), e.right)
    return counts


def _plausible_keys(e: Example) -> tuple[str, str]:
    frame = asked(e.proposal.frame)
    return frame, f"{e.proposal.lemma}|{frame}"


def _likely(counts: Counts, keys: Sequence[str]) -> bool:
    """Whether a pair of lemma and frame is plausible, by the counts as they stand."""
    return counts.of(keys)[1] >= IMPLAUSIBLE


def _kept(article: Article, plausible: Counts) -> list[Example]:
    """The examples that are plausible by the experience of all other articles."""
    for e in article.examples:
        plausible.add(_plausible_keys(e), e.right, -1)
    kept = [e for e in article.examples if _likely(plausible, _plausible_keys(e))]
    for e in article.examples:
        plausible.add(_plausible_keys(e), e.right)
    return kept


def _plausible_table(counts: Counts) -> Json:
    """The frames that are plausible with any cue, and the pairs of which this is not the answer."""
    frames = {frame: _likely(counts, (frame, "")) for frame in counts.cells[0]}
    pairs = {pair: _likely(counts, (pair.rpartition("|")[2], pair)) for pair in counts.cells[1]}
    other = {pair: keep for pair, keep in pairs.items() if keep != frames[pair.rpartition("|")[2]]}
    return {
        "frames": sorted(frame for frame, keep in frames.items() if keep),
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


def _counting(kept: Sequence[list[Example]]) -> Callable[[Example], float]:
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


def _report_lessons(articles: Sequence[Article], kept: Sequence[list[Example]]) -> Lessons:
    """A row for every example, experience counted without its own article, and whether it is right."""
    counts = Counts(REPORT_KEYS, RARE_REPORT)
    counting = _counting(kept)

    def count(examples: list[Example], times: float) -> None:
        for e in examples:
            counts.add(e.sketch.keys, e.right, times * counting(e))

    for examples in kept:
        count(examples, 1)
    rows: list[list[float]] = []
    right: list[bool] = []
    weights: list[float] = []
    for article, examples in zip(articles, kept, strict=True):
        count(examples, -1)
        known = [counts.of(e.sketch.keys) for e in examples]
        scores = [first_score([k[i] for i in TELLING]) for k in known]
        worth = worth_judging(scores)
        rows += report_rows(
            article.ctx,
            [e.proposal for e in examples],
            scores,
            worth,
            [examples[i].sketch for i in worth],
            [known[i] for i in worth],
        )
        right += [examples[i].right for i in worth]
        weights += [counting(examples[i]) for i in worth]
        count(examples, 1)
    keys = (e.sketch.keys for examples in kept for e in examples)
    return Lessons(counts.experience(keys, DIFFERENCE), *map(np.array, (rows, right, weights)))


def _edge_lessons(kept: Sequence[list[Example]]) -> Lessons:
    """A row for every reading of the examples that are right, and whether no other reading is better."""
    counts = Counts(EDGE_KEYS)

    def count(examples: list[Example], times: float) -> None:
        for e in examples:
            for facts, best in zip(e.readings, _best(e), strict=True):
                counts.add(facts.keys, best, times)

    for examples in kept:
        count(examples, 1)
    rows: list[list[float]] = []
    right: list[bool] = []
    for examples in kept:
        count(examples, -1)
        for e in examples:
            if e.readings:
                rows += reading_rows(e.readings, [counts.of(facts.keys) for facts in e.readings])
                right += _best(e)
        count(examples, 1)
    keys = (facts.keys for examples in kept for e in examples for facts in e.readings)
    return Lessons(counts.experience(keys), np.array(rows), np.array(right), np.ones(len(right)))


def _best(e: Example) -> list[bool]:
    """For each reading whether it overlaps most with what was marked."""
    top = max(e.overlap, default=0.0) - 1e-9
    return [overlap >= top for overlap in e.overlap]


def _judge_data(columns: tuple[str, ...], lessons: Lessons) -> Json:
    experience = lessons.experience
    return {
        "columns": list(columns),
        "experience": {
            "base": experience.base,
            "tables": {
                key.name: dict(sorted(table.items()))
                for key, table in zip(experience.names, experience.tables, strict=True)
            },
            "seen": {
                key.name: dict(sorted(table.items()))
                for key, table in zip((key for key in experience.names if key.counted), experience.seen, strict=True)
            },
        },
        "linear": _linear(*lessons[1:]),
        "forest": _forest(*lessons[1:]),
    }


def _linear(x: Matrix, y: Matrix, weights: Matrix) -> Json:
    from sklearn.linear_model import LogisticRegression

    mean = x.mean(axis=0)
    scale = x.std(axis=0)
    scale[scale == 0] = 1.0
    model = LogisticRegression(C=0.05, max_iter=500).fit((x - mean) / scale, y, sample_weight=weights)
    return {
        "mean": _rounded(mean),
        "scale": _rounded(scale),
        "weight": _rounded(model.coef_[0]),
        "bias": round(float(model.intercept_[0]), 4),
    }


def _forest(x: Matrix, y: Matrix, weights: Matrix) -> Json:
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(**TREES).fit(x, y, sample_weight=weights)
    trees = [_tree(predictors[0].nodes) for predictors in model._predictors]
    return {"bias": round(float(np.ravel(model._baseline_prediction)[0]), 4), "trees": trees}


def _tree(nodes: Any) -> Json:
    """A tree of scikit-learn's as parallel lists; a leaf is its own child."""
    leaf = nodes["is_leaf"].astype(bool)
    own = np.arange(len(nodes))
    return {
        "feature": np.where(leaf, -1, nodes["feature_idx"].astype(int)).tolist(),
        "threshold": [0.0 if at else round(float(t), 5) for at, t in zip(leaf, nodes["num_threshold"], strict=True)],
        "left": np.where(leaf, own, nodes["left"].astype(int)).tolist(),
        "right": np.where(leaf, own, nodes["right"].astype(int)).tolist(),
        "value": [round(float(v), 4) if at else 0.0 for at, v in zip(leaf, nodes["value"], strict=True)],
    }


def _rounded(values: Matrix) -> list[float]:
    return [round(float(v), 4) for v in values]


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
    by_report, by_reading, by_quoted = _rounded(model.coef_[0])
    return round(float(model.intercept_[0]), 4), by_report, by_reading, by_quoted


class Mark(NamedTuple):
    """A quote that stands in cross-validation."""

    confidence: float
    share: float
    """Of the annotators, who marked it."""
    quoted: bool


def thresholds(judged: Sequence[tuple[Article, list[Judged]]], confidence: Sequence[float]) -> Json:
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
