"""The trained judgement: a logistic regression and boosted trees over the same numbers, read from a data file.

The file holds names and numbers only (see docs/model-card.md); neither scikit-learn nor any code is loaded with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
import srsly

from quotes.decide.experience import Experience, Keys, columns
from quotes.decide.features import OUTLINE_KEYS, REPORT_KEYS, REPORT_NUMBERS
from quotes.decide.readings import EDGE_KEYS, EDGE_NUMBERS
from quotes.decide.siblings import NUMBERS as SIBLING_NUMBERS
from quotes.decide.siblings import READING_NUMBERS
from quotes.forest import Forest

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

Matrix = npt.NDArray[np.float64]
Hopeful = Callable[[Matrix], npt.NDArray[np.bool_]]
"""Which rows the trees are asked about, by the regression's log-odds."""
TREES_SHARE = 0.8
"""What share of the log-odds is the trees'; the regression has the rest. In cross-validation the who-what F1 was
0.002 lower at 0.5, and much the same from 0.75 to 0.9."""
MARGIN = 1.5
"""How far the trees may lift a proposal above the regression, in log-odds."""
BEHIND = 2.0
"""How far a reading may be behind the best by the regression and still be the best with the trees, in log-odds."""


@dataclass(frozen=True, slots=True)
class Linear:
    """A logistic regression over standardised numbers."""

    mean: Matrix
    scale: Matrix
    weight: Matrix
    bias: float

    def parts(self, x: Matrix) -> Matrix:
        """What each number adds to the log-odds, rows by columns."""
        return np.asarray((x - self.mean) / self.scale * self.weight)

    def log_odds(self, x: Matrix) -> Matrix:
        """The log-odds of each row."""
        return np.asarray(self.parts(x).sum(axis=1) + self.bias)


@dataclass(frozen=True, slots=True)
class Judge:
    """Experience with keys, and the two models over the numbers made of it."""

    columns: tuple[str, ...]
    experience: Experience
    linear: Linear
    forest: Forest

    def of_proposals(self, rows: Sequence[Sequence[float]], worth: float) -> list[float]:
        """The log-odds by both models, one a row; the trees are not asked about rows that the regression alone
        puts far (MARGIN) below what is worth more."""
        return self._log_odds(rows, lambda linear: linear > worth - MARGIN)

    def of_readings(self, rows: Sequence[Sequence[float]], sizes: Sequence[int]) -> list[float]:
        """The log-odds by both models, one a row; the trees are not asked about rows that the regression alone
        puts far (BEHIND) below the best of their group.

        Args:
            rows: of all groups, each the readings of one content.
            sizes: how many rows each group has, one or more.
        """
        first = np.cumsum([0, *sizes[:-1]])
        return self._log_odds(rows, lambda linear: linear > np.maximum.reduceat(linear, first).repeat(sizes) - BEHIND)

    def _log_odds(self, rows: Sequence[Sequence[float]], hopeful: Hopeful) -> list[float]:
        if not rows:
            return []
        x = np.array(rows)
        odds = self.linear.log_odds(x)
        ask = np.flatnonzero(hopeful(odds))
        odds[ask] += TREES_SHARE * (self.forest.log_odds(x[ask]) - odds[ask])
        return odds.tolist()  # type: ignore[no-any-return]


class Threshold(NamedTuple):
    """The confidence from which a quote stands."""

    plain: float
    """Where no part of its content stands in quotation marks."""
    quoted: float

    def least(self, quoted: bool) -> float:
        return self.quoted if quoted else self.plain


def alike(least: float) -> Threshold:
    """The same threshold for all quotes."""
    return Threshold(least, least)


@dataclass(frozen=True, slots=True)
class Model:
    """All that `decide` has learned."""

    outline: Experience
    """What the report's experience says of an outline's keys."""
    report: Judge
    edges: Judge
    plausible_frames: frozenset[str]
    known_frames: frozenset[str]
    """Those that training has seen often enough to tell of them."""
    plausible_pairs: Mapping[str, bool]
    confidence: tuple[float, float, float, float]
    """Bias, weights of the report's and the edges' log-odds, and what quotation marks add in the confidence."""
    threshold: Threshold
    """The confidence from which quotes stand; see calibrate.threshold_of."""
    precision: Sequence[tuple[float, float]]
    """Pairs of precision and the confidence from which it was reached in cross-validation, rising."""
    rules: Mapping[str, tuple[int, int]]
    """Of each rule how many proposals it made in the training articles, and how many were right."""

    def plausible(self, lemma: str, frame: str) -> bool:
        """Whether a cue in a frame was a report often enough to be worth a look."""
        known = self.plausible_pairs.get(f"{lemma}|{frame}")
        return frame in self.plausible_frames if known is None else known

    def knows(self, frame: str) -> bool:
        """Whether training has seen a frame often enough to tell of it."""
        return frame in self.known_frames

    def threshold_for(self, precision: float) -> float:
        """The confidence from which the wanted precision was reached in cross-validation; 1 if it never was."""
        return next((threshold for reached, threshold in self.precision if reached >= precision), 1.0)


def report_columns() -> tuple[str, ...]:
    """Names of the numbers that judge a proposal."""
    return (*columns(REPORT_KEYS), *REPORT_NUMBERS, *SIBLING_NUMBERS)


def edge_columns() -> tuple[str, ...]:
    """Names of the numbers that judge a reading of a content."""
    return (*columns(EDGE_KEYS), *EDGE_NUMBERS, *READING_NUMBERS)


@cache
def load() -> Model:
    """The model in the package."""
    return read(files("quotes.decide").joinpath("model.json"))


def read(file: Traversable) -> Model:
    """Read a model file.

    Raises:
        OSError: it can't be read.
        ValueError: it is no JSON, or was made for other features than this version looks at.
        LookupError, TypeError, AttributeError: it is something else than a model.
    """
    return from_data(
        srsly.json_loads(file.read_text(encoding="utf-8"))
    )  # twice as fast as json, and spaCy has it loaded


def from_data(data: Mapping[str, Any]) -> Model:
    """A model from its JSON form; ValueError where that was made for other features."""
    plausible = data["plausible"]
    report = _judge(data["report"], REPORT_KEYS, report_columns())
    return Model(
        outline=report.experience.part(OUTLINE_KEYS),
        report=report,
        edges=_judge(data["edges"], EDGE_KEYS, edge_columns()),
        plausible_frames=frozenset(plausible["frames"]),
        known_frames=frozenset(plausible["known"]),
        plausible_pairs={pair: keep for keep in (True, False) for pair in plausible["yes" if keep else "no"]},
        confidence=tuple(data["confidence"]),
        threshold=Threshold(*data["threshold"]),
        precision=[(p, t) for p, t in data["precision"]],
        rules={name: (proposed, right) for name, (proposed, right) in data.get("rules", {}).items()},
    )


def _judge(data: Mapping[str, Any], names: Keys, expected: tuple[str, ...]) -> Judge:
    if tuple(data["columns"]) != expected:
        raise ValueError("the model file was made for other features; make it again with: quotes train")
    known = data["experience"]
    tables = [known["tables"][key.name] for key in names]
    seen = [known["seen"][key.name] for key in names if key.counted]
    linear = data["linear"]
    return Judge(
        columns=expected,
        experience=Experience(names, known["base"], tables, seen),
        linear=Linear(np.array(linear["mean"]), np.array(linear["scale"]), np.array(linear["weight"]), linear["bias"]),
        forest=Forest(data["forest"]["trees"], data["forest"]["bias"]),
    )
