"""What each step of deciding and each family of rules adds to the who-what F1, cross-validated and on other articles.

    python docs/measure/ablation.py TRAIN.jsonl OTHER.jsonl [--articles 420]

Steps build on one another: counts of cue lemma and frame with every content's first reading; a logistic regression
over all numbers but those of siblings; with siblings; with the readings ranked; with boosted trees. Families are
taken away from the last step, without training again. Cross-validation is in two parts; the model for OTHER is
trained on all the articles taken from TRAIN, drawn with a seed. Each figure is at the threshold that is best in
cross-validation.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

import numpy as np

from quotes.decide.choose import Judged
from quotes.decide.features import REPORT_KEYS, outline, sketch
from quotes.decide.ranker import Hopeful, Judge, Model, from_data
from quotes.decide.siblings import NUMBERS
from quotes.find.rules import ALL
from quotes.grammar.parse import Parser
from quotes.learn import train
from quotes.learn.calibrate import LOWEST, picked_of, shares_right
from quotes.learn.examples import Article, articles
from quotes.learn.gold import load_jsonl

CHOOSE = import_module("quotes.decide.choose")
PAIR = next(k for k, key in enumerate(REPORT_KEYS) if key.name == "lemma+frame")
Judging = Callable[[Article, Model], list[Judged]]


@dataclass(frozen=True, slots=True)
class Linear(Judge):
    """The logistic regression alone."""

    def _log_odds(self, rows: Sequence[Sequence[float]], hopeful: Hopeful) -> list[float]:
        return self.linear.log_odds(np.array(rows)).tolist() if rows else []


@dataclass(frozen=True, slots=True)
class First(Judge):
    """Every reading the same, so that the first is taken."""

    def _log_odds(self, rows: Sequence[Sequence[float]], hopeful: Hopeful) -> list[float]:
        return [0.0] * len(rows)


def linear(judge: Judge) -> Linear:
    return Linear(judge.columns, judge.experience, judge.linear, judge.forest)


def first(judge: Judge) -> First:
    return First(judge.columns, judge.experience, judge.linear, judge.forest)


def by_counts(article: Article, model: Model) -> list[Judged]:
    out = []
    for e in article.examples:
        odds = model.report.experience.of(sketch(article.ctx, outline(article.ctx, e.proposal)).keys)[PAIR]
        out.append(
            Judged(e.proposal, e.proposal.edges.first.content, 0, odds, 0.0, False, 1 / (1 + 2.718281828**-odds))
        )
    return out


def by_regression(article: Article, model: Model) -> list[Judged]:
    return train.judged_by(article, replace(model, report=linear(model.report), edges=first(model.edges)))


def by_ranked_readings(article: Article, model: Model) -> list[Judged]:
    return train.judged_by(article, replace(model, report=linear(model.report), edges=linear(model.edges)))


def without(family: str) -> Judging:
    def judging(article: Article, model: Model) -> list[Judged]:
        kept = [e for e in article.examples if not e.proposal.rule.startswith(f"{family}.")]
        return train.judged_by(replace(article, examples=kept), model)

    return judging


@contextmanager
def no_siblings() -> Iterator[None]:
    """Training and judging as if no proposal knew of the others."""
    whole = CHOOSE.sibling_numbers
    CHOOSE.sibling_numbers = lambda proposals, scores, wanted, sentences: [[0.0] * len(NUMBERS) for _ in wanted]
    try:
        yield
    finally:
        CHOOSE.sibling_numbers = whole


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
    return [from_data(train.fit(taken) | train.confidence_of(train.FIRST_CONFIDENCE)) for taken in sets]


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
    with no_siblings():
        alone = models(parts)
        row("counts of cue lemma and frame", parts, other, alone, by_counts)
        row("logistic regression", parts, other, alone, by_regression)
    fitted = models(parts)
    row("with siblings", parts, other, fitted, by_regression)
    row("with readings ranked", parts, other, fitted, by_ranked_readings)
    row("with boosted trees", parts, other, fitted, train.judged_by)
    for family in dict.fromkeys(rule.family for rule in ALL):
        row(f"… without the family {family}", parts, other, fitted, without(family))


if __name__ == "__main__":
    main()
