"""What `decide` has learned: read from a data file of names and numbers (see docs/model-card.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Generic, NamedTuple

import numpy as np
import numpy.typing as npt
import srsly

from quotes.decide.confidence import CONFIDENCE
from quotes.decide.experience import Experience
from quotes.decide.features import Facts, Features
from quotes.decide.proposals import OUTLINED, PROPOSAL
from quotes.decide.proposals import Facts as ProposalFacts
from quotes.decide.readings import READING
from quotes.decide.readings import Facts as ReadingFacts
from quotes.decide.scorers import Batch, Regression, Scorer, Trees
from quotes.forest import Forest, Matrix
from quotes.records import PURPOSES

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

Hopeful = Callable[[Matrix], npt.NDArray[np.bool_]]
"""Which cases the next scorer is asked about, by the log-odds of those before it."""
MARGIN = 1.5
"""How far a scorer may lift a proposal above what those before it said, in log-odds."""
BEHIND = 2.0
"""How far a reading may be behind the best by one scorer and still be the best with the next, in log-odds."""


@dataclass(frozen=True, slots=True)
class Weighted:
    """A scorer and its share of the log-odds, 0 to 1, against those before it in a judge's list."""

    scorer: Scorer
    share: float
    adds: bool = False
    """Whether its log-odds are added to those before it: it was told them, and says what they lack."""

    def with_what_was(self, odds: Matrix, said: Matrix) -> Matrix:
        """The log-odds of cases, from those so far and what the scorer says."""
        return odds + self.share * (said if self.adds else said - odds)


class Answer(NamedTuple):
    """What a judge says of cases, in log-odds."""

    together: Matrix
    """One a case."""
    apart: Matrix
    """What each scorer said, a row a scorer; not a number where it was not asked."""


@dataclass(frozen=True, slots=True)
class Judge(Generic[Facts]):
    """Answers one question about cases: experience with their keys, and the scorers that are asked in turn."""

    features: Features[Facts]
    experience: Experience
    scorers: tuple[Weighted, ...]
    """The share of the first is not looked at: it has what the others leave."""

    def rows(self, facts: Sequence[Facts]) -> list[list[float]]:
        """The features of several cases that stand beside one another."""
        known = [self.experience.of(self.features.keys_of(one)) for one in facts]
        return self.features.rows(known, [self.features.numbers_of(one) for one in facts])

    def of_proposals(self, batch: Batch, worth: float) -> Answer:
        """The log-odds of each case; scorers are not asked about those that the ones before put far (MARGIN) below what
        is worth more."""
        return self._ask(batch, lambda odds: odds > worth - MARGIN)

    def of_readings(self, batch: Batch, sizes: Sequence[int]) -> Answer:
        """The log-odds of each case; scorers are not asked about those that the ones before put far (BEHIND) below the
        best of their group.

        Args:
            batch: the cases of all groups, each the readings of one content.
            sizes: how many cases each group has, one or more.
        """
        first = np.cumsum([0, *sizes[:-1]])
        return self._ask(batch, lambda odds: odds > np.maximum.reduceat(odds, first).repeat(sizes) - BEHIND)

    def _ask(self, batch: Batch, hopeful: Hopeful) -> Answer:
        apart = np.full((len(self.scorers), len(batch.cases)), np.nan)
        if not batch.cases:
            return Answer(np.zeros(0), apart)
        apart[0] = self.scorers[0].scorer.log_odds(batch)
        odds = apart[0].copy()
        for said, weighted in zip(apart[1:], self.scorers[1:], strict=True):
            ask = np.flatnonzero(hopeful(odds))
            said[ask] = weighted.scorer.log_odds(batch.part(ask, odds[ask]))
            odds[ask] = weighted.with_what_was(odds[ask], said[ask])
        return Answer(odds, apart)


@dataclass(frozen=True, slots=True)
class Model:
    """All that `decide` has learned."""

    outline: Experience
    """What the report's experience says of an outline's keys."""
    report: Judge[ProposalFacts]
    """Whether a proposal is a report."""
    edges: Judge[ReadingFacts]
    """Which reading of its content is right."""
    plausible_frames: frozenset[str]
    plausible_pairs: Mapping[str, bool]
    known_frames: frozenset[str]
    """Those that training has seen often enough to tell of them."""
    confidence: Regression
    """The second stage, over the features of an Opinion."""
    thresholds: Mapping[str, float]
    """For each purpose the confidence from which quotes stand; see calibrate.thresholds."""
    precision: Sequence[tuple[float, float]]
    """Pairs of precision and the confidence from which it was reached in cross-validation, rising."""
    rules: Mapping[str, tuple[int, int]]
    """For each rule how often it proposed something in the training articles, and how often that was right."""

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
    # srsly is twice as fast as json, and spaCy has it loaded
    return from_data(srsly.json_loads(file.read_text(encoding="utf-8")))


def from_data(data: Mapping[str, Any]) -> Model:
    """A model from its JSON form; ValueError where that was made for other features."""
    plausible = data["plausible"]
    report = _judge(data["report"], PROPOSAL)
    _made_for(data["confidence"], CONFIDENCE)
    return Model(
        outline=report.experience.part(OUTLINED),
        report=report,
        edges=_judge(data["edges"], READING),
        plausible_frames=frozenset(plausible["frames"]),
        known_frames=frozenset(plausible["known"]),
        plausible_pairs={pair: keep for keep in (True, False) for pair in plausible["yes" if keep else "no"]},
        confidence=regression_of(data["confidence"]["regression"]),
        thresholds={purpose: data["thresholds"][purpose] for purpose in PURPOSES},
        precision=[(p, t) for p, t in data["precision"]],
        rules={name: (proposed, right) for name, (proposed, right) in data["rules"].items()},
    )


def _judge(data: Mapping[str, Any], features: Features[Facts]) -> Judge[Facts]:
    _made_for(data, features)
    known, trees = data["experience"], data["trees"]
    return Judge(
        features=features,
        experience=Experience(
            features.keys,
            known["base"],
            [known["tables"][key.name] for key in features.keys],
            [known["seen"][key.name] for key in features.keys if key.counted],
        ),
        scorers=(
            Weighted(regression_of(data["regression"]), 1.0),
            Weighted(Trees(Forest(trees["trees"], trees["bias"])), trees["share"]),
        ),
    )


def _made_for(data: Mapping[str, Any], features: Features[Any]) -> None:
    if tuple(data["columns"]) != features.columns:
        raise ValueError("the model file was made for other features; make it again with: quotes train")


def regression_of(data: Mapping[str, Any]) -> Regression:
    """A regression from its JSON form."""
    mean, scale, weight = (np.array(data[name], dtype=np.float64) for name in ("mean", "scale", "weight"))
    return Regression(mean, scale, weight, float(data["bias"]))
