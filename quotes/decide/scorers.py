"""Who says what of a proposal: a logistic regression and boosted trees over the same features.

A scorer is anything with a name and ``log_odds``. What a judge (see `model`) makes of several is a weighted mean, each
asked only where those before it leave hope. Another is added by writing one class::

    class Shouting:
        name = "shouting"

        def log_odds(self, batch: Batch) -> Matrix:
            return np.array([1.0 if case.reading.content ... else -1.0 for case in batch.cases])

Numbers only are read from the model file; neither scikit-learn nor any code is loaded with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, runtime_checkable

import numpy as np

from quotes.find.candidate import Edges, Proposal
from quotes.forest import Forest, Indices, Matrix
from quotes.grammar.context import Context


class Case(NamedTuple):
    """What a scorer is asked about: a proposal as a report, or one reading of its content."""

    ctx: Context
    proposal: Proposal
    reading: Edges
    """The one asked about; of a proposal as a report the first, the fullest."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Cases of one or more texts, and their features, made once for all scorers."""

    cases: Sequence[Case]
    rows: Matrix
    """A row a case, a column a feature."""
    so_far: Matrix | None = None
    """The log-odds of each case by the scorers that were asked before; None for the first."""

    def part(self, which: Indices, so_far: Matrix) -> Batch:
        """Some of the cases, with what was said of them so far."""
        return Batch([self.cases[i] for i in which], self.rows[which], so_far)


class Scorer(Protocol):
    """Gives cases log-odds."""

    @property
    def name(self) -> str:
        """By which `explain` calls it."""

    def log_odds(self, batch: Batch) -> Matrix:
        """The log-odds that each case is right, natural logarithm, one a case."""


@runtime_checkable
class Explaining(Protocol):
    """A scorer that can say what each feature did."""

    def parts(self, rows: Matrix) -> Matrix:
        """What each feature adds to the log-odds against an average case, rows by columns."""


@dataclass(frozen=True, slots=True)
class Regression:
    """A logistic regression over standardised features."""

    mean: Matrix
    scale: Matrix
    weight: Matrix
    bias: float
    name: str = "regression"

    def parts(self, rows: Matrix) -> Matrix:
        """See Explaining."""
        return np.asarray((rows - self.mean) / self.scale * self.weight)

    def log_odds(self, batch: Batch) -> Matrix:
        """See Scorer."""
        return self.of(batch.rows)

    def of(self, rows: Matrix) -> Matrix:
        """The log-odds of rows of features."""
        # sums, not a product of matrices, whose last digit depends on how many rows there are
        return np.asarray(self.parts(rows).sum(axis=1) + self.bias)


@dataclass(frozen=True, slots=True)
class Trees:
    """Boosted regression trees; see quotes.forest."""

    forest: Forest
    name: str = "trees"

    def log_odds(self, batch: Batch) -> Matrix:
        """See Scorer."""
        return self.forest.log_odds(batch.rows)

    def parts(self, rows: Matrix) -> Matrix:
        """See Explaining."""
        return self.forest.parts(rows)
