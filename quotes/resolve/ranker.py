"""What was learned of speakers: boosted trees that rank antecedents, and how sure each kind of evidence is.

All is read from a data file of names and numbers that `quotes train-speakers` makes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import srsly

from quotes.forest import Forest
from quotes.resolve import lexicon
from quotes.resolve.antecedents import FEATURES, Place, Seen
from quotes.resolve.entities import Entity

if TYPE_CHECKING:
    from quotes.resolve.document import Found

UNKNOWN = 0.5
"""The chance of evidence of which nothing is known."""
CERTAIN = 0.995
"""No speaker is surer than this."""


class Trees:
    """Boosted trees whose sum is an entity's score; the scores of all candidates make probabilities (a softmax).

    Args:
        data: "features", the names of the columns, and "trees", each as parallel lists (see `quotes.forest`).

    Raises:
        ValueError: the trees were made for other features.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        if tuple(data["features"]) != FEATURES:
            raise ValueError("the ranker's file was made for other features; make it again with: quotes train-speakers")
        self.forest = Forest(data["trees"], 0.0)

    def shares(
        self, place: Place, mentions: Mapping[Entity, Sequence[Seen]], numbers: Sequence[Sequence[float]]
    ) -> list[float]:
        """The probability of each candidate, and last that it is none of them."""
        scores = self.forest.log_odds(np.array(numbers))
        odds = np.exp(scores - scores.max())
        return (odds / odds.sum()).tolist()  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Certainty:
    """How sure a speaker is, by the kinds of evidence that tell it."""

    chances: Mapping[str, float]
    """How often each kind of evidence told the right one, given that what it rests on was right."""
    scales: Mapping[str, tuple[float, float]]
    """For each family of evidence what is added to the log-odds of the product, and what they are multiplied by."""
    precision: Sequence[tuple[float, float]]
    """Pairs of precision and the confidence from which names reached it in cross-validation, rising."""

    def of(self, found: Found) -> float:
        """The probability that an entity is the right one."""
        bias, slope = self.scales.get(family(found.evidence), (0.0, 1.0))
        odds = log_odds(self.product(found))
        return min(1 / (1 + math.exp(-bias - slope * odds)), CERTAIN)

    def product(self, found: Found) -> float:
        """The same before it is calibrated: the chances of all steps and the share of each in what was possible."""
        prior = lexicon.chances().get(found.evidence, UNKNOWN)
        chance = self.chances.get(found.evidence, prior) * found.share
        return chance * self.product(found.on) if found.on else chance

    def threshold_for(self, precision: float) -> float | None:
        """The confidence from which names reached a precision; None if they never did."""
        return next((threshold for reached, threshold in self.precision if reached >= precision), None)


def family(evidence: str) -> str:
    """The family of a kind of evidence, of which enough was seen to calibrate it: "name", "description", "he" …"""
    first, _, rest = evidence.partition(".")
    return rest.partition(".")[0] if first == "pronoun" else first


def log_odds(share: float) -> float:
    """The logarithm of the odds of a probability, within what is certain."""
    share = min(max(share, 1 - CERTAIN), CERTAIN)
    return math.log(share / (1 - share))


@dataclass(frozen=True, slots=True)
class Learned:
    """All that `resolve` has learned."""

    trees: Trees
    certainty: Certainty


def from_data(data: Mapping[str, Any]) -> Learned:
    """What was learned, from its JSON form; ValueError where that was made for other features."""
    scales = {name: (bias, slope) for name, (bias, slope) in data["scales"].items()}
    return Learned(Trees(data), Certainty(data["chances"], scales, [(p, t) for p, t in data["precision"]]))


@cache
def shipped() -> Learned:
    """What the package's file holds."""
    return from_data(srsly.json_loads(files("quotes.resolve").joinpath("ranker.json").read_text(encoding="utf-8")))
