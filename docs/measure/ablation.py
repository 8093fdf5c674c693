"""What each step of deciding and each family of rules adds to the who-what F1, cross-validated and on other articles.

    python docs/measure/ablation.py TRAIN.jsonl OTHER.jsonl [--articles 420]

Steps build on one another: counts of cue lemma and frame with every content's first reading; a logistic regression
over all features; with the readings ranked; with boosted trees. Families are
taken away from the last step, without training again. Cross-validation is in two parts; the model for OTHER is
trained on all the articles taken from TRAIN, drawn with a seed. Each figure is at the threshold that is best in
cross-validation.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from quotes.decide.choose import Judged
from quotes.decide.model import Model, Weighted, from_data
from quotes.decide.proposals import PROPOSAL
from quotes.decide.scorers import Batch, Matrix, Scorer
from quotes.find.rules import ALL
from quotes.grammar.parse import Parser
from quotes.learn import train
from quotes.learn.calibrate import LOWEST, picked_of, shares_right
from quotes.learn.examples import Article, articles
from quotes.learn.gold import load_jsonl

Judging = Callable[[Article, Model], list[Judged]]


class Counts:
    """A scorer that goes by one column, the experience with the cue's lemma and frame."""

    name = "counts"
    column = PROPOSAL.columns.index("lemma+frame")

    def log_odds(self, batch: Batch) -> Matrix:
        return batch.rows[:, self.column].copy()


class Alike:
    """A scorer to which all readings are the same, so that the first is taken."""

    name = "alike"

    def log_odds(self, batch: Batch) -> Matrix:
        return np.zeros(len(batch.cases))


def by(report: Scorer | None, edges: Scorer | None) -> Judging:
    """Judging by other scorers; None is the judge's first, the regression."""

    def judging(article: Article, model: Model) -> list[Judged]:
        judges = []
        for judge, scorer in ((model.report, report), (model.edges, edges)):
            judges.append(replace(judge, scorers=(Weighted(scorer or judge.scorers[0].scorer, 1.0),)))
        return train.judged_by(article, replace(model, report=judges[0], edges=judges[1]))

    return judging


def without(family: str) -> Judging:
    def judging(article: Article, model: Model) -> list[Judged]:
        kept = [e for e in article.examples if not e.proposal.rule.startswith(f"{family}.")]
        return train.judged_by(replace(article, examples=kept), model)

    return judging


Marks = list[tuple[float, float]]
"""Confidence and share of annotators by whom it is right, of each quote picked."""


def marks(taken: Sequence[Article], model: Model, judging: Judging) -> Marks:
    out: Marks = []
    for article in taken:
        picked = picked_of(judging(article, model), LOWEST)
        out += [(j.confidence, share) for j, share in zip(picked, shares_right(article, picked), strict=True)]
    return sorted(out, reverse=True)


def gold(taken: Sequence[Article]) -> float:
    return sum(sum(map(len, a.gold)) / len(a.gold) for a in taken)


def best(found: Marks, marked: float) -> tuple[float, float]:
    """The highest F1 and its threshold."""
    right, top = 0.0, (0.0, 1.0)
    for n, (at, share) in enumerate(found, 1):
        right += share
        top = max(top, (2 * right / (n + marked), at))
    return top


def at_threshold(found: Marks, threshold: float, marked: float) -> float:
    kept = [share for at, share in found if at >= threshold]
    return 2 * sum(kept) / (len(kept) + marked)


def models(parts: Sequence[Sequence[Article]]) -> list[Model]:
    """A model for each part, trained on the other, and one trained on both."""
    sets = [parts[1], parts[0], [*parts[0], *parts[1]]]
    return [from_data(train.fit(taken, train.FIRST_SHARES) | train.UNCALIBRATED) for taken in sets]


def row(
    name: str, parts: Sequence[Sequence[Article]], other: Sequence[Article], fitted: Sequence[Model], judging: Judging
) -> None:
    crossed = sorted(marks(parts[0], fitted[0], judging) + marks(parts[1], fitted[1], judging), reverse=True)
    f1, threshold = best(crossed, gold([*parts[0], *parts[1]]))
    f1_other = at_threshold(marks(other, fitted[2], judging), threshold, gold(other))
    print(f"| {name} | {f1:.3f} | {f1_other:.3f} |", flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("train", type=Path)
    options.add_argument("other", type=Path)
    options.add_argument("--articles", type=int, default=420)
    chosen = options.parse_args()
    parser = Parser()
    documents = load_jsonl(chosen.train)
    ids = sorted({d.id for d in documents})
    taken = set(random.Random(0).sample(ids, min(chosen.articles, len(ids))))
    known = articles([d for d in documents if d.id in taken], parser)
    other = articles(load_jsonl(chosen.other), parser)
    parts = known[::2], known[1::2]

    print("| step | cross-validated | other |\n|---|---|---|")
    fitted = models(parts)
    row("counts of cue lemma and frame", parts, other, fitted, by(Counts(), Alike()))
    row("logistic regression", parts, other, fitted, by(None, Alike()))
    row("with readings ranked", parts, other, fitted, by(None, None))
    row("with boosted trees", parts, other, fitted, train.judged_by)
    for family in dict.fromkeys(rule.family for rule in ALL):
        row(f"… without the family {family}", parts, other, fitted, without(family))


if __name__ == "__main__":
    main()
