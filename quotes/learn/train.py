"""Learns the model file from annotated articles: experience, the scorers of each judge, and the second stage.

Needs scikit-learn, of the extra "train". Seeded and rounded: the same articles give the same file, byte for byte.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from quotes.decide.choose import Judged, edges_batch, judge, report_batch, worth_judging
from quotes.decide.confidence import CONFIDENCE
from quotes.decide.features import Facts, Features
from quotes.decide.model import Judge, Model, from_data
from quotes.decide.proposals import PROPOSAL, Text
from quotes.decide.prune import pruned
from quotes.decide.readings import READING, reading_facts
from quotes.decide.scorers import Batch
from quotes.forest import Matrix
from quotes.learn import fitting
from quotes.learn.calibrate import Crossed, confidence_from, thresholds
from quotes.learn.examples import Article, Example
from quotes.learn.fitting import Json
from quotes.learn.lessons import (
    Lessons,
    best_readings,
    edge_lessons,
    examples_of,
    folds,
    plausible,
    report_lessons,
)
from quotes.records import PURPOSES

FOLDS = 3
FIRST_SHARES = {"report": 0.8, "edges": 0.8}
"""The trees' shares of the log-odds until they are fitted."""

HALF = 0.5
"""Trees, which are not weighted, learn nothing from examples that count less."""

Progress = Callable[[str], None]


class Fold(NamedTuple):
    """Articles, and a model that has not seen them."""

    articles: list[Article]
    model: Model


def trained(articles: Sequence[Article], validated: Validated, progress: Progress) -> Json:
    """The content of a model file.

    Args:
        articles: annotated articles, in a fixed order.
        validated: what cross-validation of them gave.
        progress: is told each step.
    """
    progress("all articles")
    confidence = validated.confidence
    return fit(articles, validated.shares) | {"confidence": confidence} | thresholds(validated.crossed, confidence)


class Validated(NamedTuple):
    """What cross-validation gives."""

    shares: dict[str, float]
    """The share of each judge's trees."""
    crossed: Crossed
    confidence: Json
    """The second stage."""
    folds: list[Fold]
    """The parts of the articles, each with its model."""


def cross_validated(articles: Sequence[Article], progress: Progress) -> Validated:
    """What models that have not seen an article make of it, and what is learned from that."""
    folded = [*cross_fitted(articles, progress)]
    progress("confidence")
    shares = shares_of(folded)
    folded = [Fold(part, with_shares(model, shares)) for part, model in folded]
    crossed = [(article, judged_by(article, model)) for part, model in folded for article in part]
    return Validated(shares, crossed, confidence_from(crossed), folded)


def cross_fitted(articles: Sequence[Article], progress: Progress) -> Iterator[Fold]:
    """The articles in parts, each with a model that was trained on the others."""
    parts = folds(len(articles), FOLDS)
    for k, part in enumerate(parts):
        progress(f"cross-validation, part {k + 1} of {len(parts)}")
        held = set(part)
        data = fit([a for i, a in enumerate(articles) if i not in held], FIRST_SHARES)
        yield Fold([articles[i] for i in part], from_data(data | UNCALIBRATED))


UNCALIBRATED: Json = {
    "confidence": {
        "columns": list(CONFIDENCE.columns),
        "regression": {
            "mean": [0.0] * len(CONFIDENCE.columns),
            "scale": [1.0] * len(CONFIDENCE.columns),
            "weight": [1.0, 0.25] + [0.0] * (len(CONFIDENCE.columns) - 2),
            "bias": 0.0,
        },
    },
    "thresholds": dict.fromkeys(PURPOSES, 0.5),
    "precision": [],
}
"""What a model has in place of a second stage until that is fitted: a first guess."""


def judged_by(article: Article, model: Model) -> list[Judged]:
    """What a model makes of an article's proposals, those left out that it finds implausible."""
    [judged] = judge([(article.ctx, pruned((e.proposal for e in article.examples), model))], model)
    return judged


def plausible_of(article: Article, model: Model) -> list[Example]:
    """The examples that something is learned from in an article, those left out that a model finds implausible."""
    lessons = article.lessons()
    kept = set(map(id, pruned((e.proposal for e in lessons), model)))
    return [e for e in lessons if id(e.proposal) in kept]


def with_shares(model: Model, shares: Mapping[str, float]) -> Model:
    """A model whose trees have other shares."""
    return replace(model, report=_shared(model.report, shares["report"]), edges=_shared(model.edges, shares["edges"]))


def _shared(judge: Judge[Facts], share: float) -> Judge[Facts]:
    first, trees = judge.scorers
    return replace(judge, scorers=(first, replace(trees, share=share)))


def shares_of(folded: Sequence[Fold]) -> dict[str, float]:
    """The share of each judge's trees, by what its scorers say of cases that they have not seen."""
    report, edges = _Cases([], [], []), _Cases([], [], [])
    for articles, model in folded:
        for article in articles:
            examples = {id(e.proposal): e for e in plausible_of(article, model)}
            text = Text(article.ctx)
            looked = worth_judging(((text, e.proposal) for e in examples.values()), model)
            right = [examples[id(facts.proposal)].right for facts in looked]
            report.add(model.report, report_batch(looked, model), right, article.weight)
            several = [e for e in examples.values() if e.readings]
            readings = [reading_facts(article.ctx, e.proposal) for e in several]
            best = [one for e in several for one in best_readings(e)]
            edges.add(model.edges, edges_batch(readings, model), best, article.weight)
    return {"report": report.share(), "edges": edges.share()}


class _Cases(NamedTuple):
    """Cases that a judge had not seen: what each of its scorers says, and what is right."""

    odds: list[Matrix]
    right: list[bool]
    weights: list[int]

    def add(self, judge: Judge[Any], batch: Batch, right: Sequence[bool], weight: int) -> None:
        """Ask the scorers about more of them."""
        if right:
            self.odds.append(np.column_stack([weighted.scorer.log_odds(batch) for weighted in judge.scorers]))
            self.right.extend(right)
            self.weights.extend([weight] * len(right))

    def share(self) -> float:
        """See fitting.share."""
        return fitting.share(np.concatenate(self.odds), np.array(self.right), np.array(self.weights))


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


def fit(articles: Sequence[Article], shares: Mapping[str, float]) -> Json:
    """Everything but the second stage."""
    examples, table = plausible(examples_of(articles))
    return {
        "rules": by_rule(articles),
        "plausible": table,
        "report": _judge_data(PROPOSAL, report_lessons(examples), shares["report"]),
        "edges": _judge_data(READING, edge_lessons(examples), shares["edges"]),
    }


def by_rule(articles: Sequence[Article]) -> dict[str, list[int]]:
    """How often each rule proposed something, and how often that was right."""
    examples = [e for article in articles if article.complete for e in article.examples]
    proposed = Counter(e.proposal.rule for e in examples)
    right = Counter(e.proposal.rule for e in examples if e.right)
    return {rule: [proposed[rule], right[rule]] for rule in sorted(proposed)}


def _judge_data(features: Features[Any], lessons: Lessons, share: float) -> Json:
    known = lessons.experience
    counted = (key for key in known.names if key.counted)
    tables = zip(known.names, known.tables, strict=True)
    seen = zip(counted, known.seen, strict=True)
    weights = lessons.weights * lessons.times
    whole = lessons.weights >= HALF
    return {
        "columns": list(features.columns),
        "experience": {
            "base": known.base,
            "tables": {key.name: dict(sorted(table.items())) for key, table in tables},
            "seen": {key.name: dict(sorted(table.items())) for key, table in seen},
        },
        "regression": fitting.regression(lessons.rows, lessons.right, weights),
        "trees": {"share": share} | fitting.trees(lessons.rows[whole], lessons.right[whole], lessons.times[whole]),
    }
