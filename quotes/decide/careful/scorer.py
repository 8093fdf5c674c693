"""The second reader as a scorer beside the others, and the model that has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import srsly

from quotes.decide.careful.reader import Reader, reader
from quotes.decide.careful.seen import Seen, seen
from quotes.decide.model import Judge, Model, Weighted, load, regression_of
from quotes.forest import Forest
from quotes.records import PURPOSES

if TYPE_CHECKING:
    from quotes.decide.features import Facts, Features
    from quotes.decide.scorers import Batch, Regression
    from quotes.forest import Matrix


TREES = 0.75
"""The trees' share of the log-odds: in cross-validation a little better than half, .002 of who-what."""


@dataclass(frozen=True, slots=True)
class Careful:
    """What the second reader adds to the log-odds of the scorers before it: a regression and boosted trees over what it
    sees, what they said, and the features that they looked at."""

    reader: Reader | None
    """None where all texts were read already."""
    regression: Regression
    forest: Forest
    name: str = "reader"

    def log_odds(self, batch: Batch) -> Matrix:
        """See Scorer; what is to be added."""
        so_far = batch.so_far
        if so_far is None or not len(so_far):
            return np.zeros(0)
        rows = rows_of(batch, self.reader)
        odds = self.regression.of(rows)
        odds += TREES * (self.forest.log_odds(rows) - odds)
        return np.asarray(odds - so_far)


def rows_of(batch: Batch, by: Reader | None) -> Matrix:
    """The features of cases and what the second reader sees in them, a row a case; see Seen."""
    odds = batch.so_far if batch.so_far is not None else np.zeros(len(batch.cases))
    seen_in = [
        seen(case, by.scores(case.ctx) if by else case.ctx.read, before)
        for case, before in zip(batch.cases, odds.tolist(), strict=True)
    ]
    return np.hstack([batch.rows, np.array(seen_in)]) if seen_in else np.zeros((0, 0))


def columns_of(features: Features[Any]) -> tuple[str, ...]:
    """The names of what stands in the rows of cases with such features."""
    return (*features.columns, *(f"reader: {name}" for name in Seen._fields))


@cache
def load_careful() -> Model:
    """The model in the package with the second reader.

    Raises:
        quotes.extras.MissingPackage: onnxruntime or tokenizers is not installed.
        quotes.decide.careful.reader.ReaderError: the reader's file is damaged.
    """
    by = reader()
    learned = srsly.json_loads(files("quotes.decide.careful").joinpath("model.json").read_text(encoding="utf-8"))
    return with_reader(load(), learned, by)


def with_reader(model: Model, learned: Mapping[str, Any], by: Reader | None) -> Model:
    """A model with the second reader as one more scorer of each judge, from the JSON form of what was learned.

    Raises:
        ValueError: that was made for other features.
    """
    return replace(
        model,
        report=_asked_too(model.report, learned["report"], by),
        edges=_asked_too(model.edges, learned["edges"], by),
        confidence=regression_of(learned["confidence"]["regression"]),
        thresholds={purpose: learned["thresholds"][purpose] for purpose in PURPOSES},
        precision=[(p, t) for p, t in learned["precision"]],
    )


def _asked_too(judge: Judge[Facts], learned: Mapping[str, Any], by: Reader | None) -> Judge[Facts]:
    if tuple(learned["columns"]) != columns_of(judge.features):
        raise ValueError("the careful reader's model was made for other features; make it again with: quotes train")
    trees = learned["trees"]
    scorer = Careful(by, regression_of(learned["regression"]), Forest(trees["trees"], trees["bias"]))
    return replace(judge, scorers=(*judge.scorers, Weighted(scorer, 1.0, adds=True)))
