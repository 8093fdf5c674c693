"""Learns what the second reader adds, from articles that neither it nor the scorers beside it had seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from quotes.decide.careful.reader import ANSWERS, Scores, of_tokens, pieces_of
from quotes.decide.careful.scorer import columns_of, rows_of, with_reader
from quotes.decide.choose import WORTH_READING, edges_batch, report_batch, worth_judging
from quotes.decide.features import Features
from quotes.decide.model import MARGIN
from quotes.decide.proposals import PROPOSAL, Text
from quotes.decide.readings import READING, reading_facts
from quotes.decide.scorers import Batch
from quotes.forest import Indices, Matrix
from quotes.learn import fitting
from quotes.learn.calibrate import Crossed, confidence_from, thresholds
from quotes.learn.examples import Article
from quotes.learn.fitting import Json
from quotes.learn.lessons import best_readings
from quotes.learn.train import UNCALIBRATED, Fold, Progress, judged_by, plausible_of

TREES: Mapping[str, Any] = {**fitting.TREES, "max_iter": 150, "learning_rate": 0.06, "max_leaf_nodes": 15}


class Cases(NamedTuple):
    """Cases of which a judge's scorers left doubt: what the second reader sees in each, and what is right."""

    rows: Matrix
    right: Matrix
    times: Indices
    """How often the article counts."""

    @classmethod
    def together(cls, several: Iterable[Cases]) -> Cases:
        """All of several."""
        some = [one for one in several if len(one.right)]
        return cls(*(np.concatenate(column) for column in zip(*some, strict=True)))

    def learned(self, features: Features[Any]) -> Json:
        """What the second reader's answers are worth, beside such features."""
        return {
            "columns": list(columns_of(features)),
            "regression": fitting.regression(self.rows, self.right, self.times.astype(float)),
            "trees": fitting.trees(self.rows, self.right, self.times, TREES),
        }


class Doubts(NamedTuple):
    """The doubts of both judges in some articles."""

    report: Cases
    edges: Cases

    @classmethod
    def together(cls, several: Sequence[Doubts]) -> Doubts:
        """All of several."""
        return cls(*(Cases.together(of_judge) for of_judge in zip(*several, strict=True)))

    def learned(self) -> Json:
        """What the second reader's answers are worth to each."""
        return {"report": self.report.learned(PROPOSAL), "edges": self.edges.learned(READING)}


def read_before(articles: Iterable[Article], ids: Iterable[str], path: Path) -> None:
    """Give articles what was read in them by a reader that had not seen them.

    Args:
        articles: parsed articles.
        ids: the id of each.
        path: the file of `quotes train-reader` with the log-odds of each text's wordpieces.

    Raises:
        ValueError: the file has not all of the articles, or of other texts.
    """
    with np.load(path) as kept:
        for article, name in zip(articles, ids, strict=True):
            of = pieces_of(article.ctx)
            odds = kept[name].astype(np.float64) if name in kept else np.zeros((0, len(ANSWERS)))
            if len(odds) != len(of):
                raise ValueError(f"{str(path)!r} was not read from {name!r}; make it again with: quotes train-reader")
            article.ctx.read = Scores.of(of_tokens(article.ctx, of, odds))


def train_careful(folds: Sequence[Fold], progress: Progress) -> Json:
    """The content of the second reader's model file.

    Args:
        folds: articles with models that have not seen them, each article with what a reader that had not seen it read.
        progress: is told each step.
    """
    crossed, doubts = cross_validated(folds, progress)
    confidence = confidence_from(crossed)
    return doubts.learned() | {"confidence": confidence} | thresholds(crossed, confidence)


class Validated(NamedTuple):
    """What cross-validation gives."""

    crossed: Crossed
    """What models that have not seen an article make of it, the second reader one of their scorers."""
    doubts: Doubts
    """Those of all articles."""


def cross_validated(folds: Sequence[Fold], progress: Progress) -> Validated:
    """What models and readers that have not seen an article make of it, and what the readers' part is learned from."""
    progress("what the second reader adds")
    doubts = [Doubts.together([_doubts(article, fold) for article in fold.articles]) for fold in folds]
    crossed = []
    for k, fold in enumerate(folds):
        others = Doubts.together([one for j, one in enumerate(doubts) if j != k])
        model = with_reader(fold.model, others.learned() | UNCALIBRATED, None)
        crossed += [(article, judged_by(article, model)) for article in fold.articles]
    return Validated(crossed, Doubts.together(doubts))


def _doubts(article: Article, fold: Fold) -> Doubts:
    """The cases that the second reader would be asked about in an article that nobody has seen."""
    model, text = fold.model, Text(article.ctx)
    examples = {id(e.proposal): e for e in plausible_of(article, model)}
    looked = worth_judging(((text, e.proposal) for e in examples.values()), model)
    right = [examples[id(facts.proposal)].right for facts in looked]
    batch = report_batch(looked, model)
    odds = model.report.of_proposals(batch, WORTH_READING).together
    report = _cases(batch, odds, right, article, np.flatnonzero(odds > WORTH_READING - MARGIN))
    several = [e for e in examples.values() if e.readings]
    batch = edges_batch([reading_facts(article.ctx, e.proposal) for e in several], model)
    best = [one for e in several for one in best_readings(e)]
    odds = model.edges.of_readings(batch, [len(e.readings) for e in several]).together
    edges = _cases(batch, odds, best, article, np.arange(len(odds)))
    return Doubts(report, edges)


def _cases(batch: Batch, odds: Matrix, right: Sequence[bool], article: Article, which: Indices) -> Cases:
    times = np.full(len(which), article.weight)
    return Cases(rows_of(batch.part(which, odds[which]), None), np.array(right, dtype=bool)[which], times)
