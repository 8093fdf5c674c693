"""How sure a proposal is, all in all: a second stage over what the judges of reports and of readings said.

It is fitted on what they said of articles that they had not seen, so that it knows how far to trust them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from quotes.decide.features import Features, Number
from quotes.decide.scorers import Regression


class Opinion(NamedTuple):
    """What was said of a proposal and its best reading."""

    report: float
    """Log-odds that the proposal is a report."""
    reading: float
    """Log-odds that the reading is the best."""
    gap: float
    """How far, in log-odds, the reading is ahead of the next best; NO_OTHER where there is none."""
    readings: int
    """How many readings there were."""
    quoted: bool
    """Whether some of the content stands in quotation marks."""


NO_OTHER = 6.0

CONFIDENCE: Features[Opinion] = Features(
    keys=(),
    telling=(),
    numbers=(
        Number("report", lambda o: o.report),
        Number("reading", lambda o: o.reading),
        Number("gap", lambda o: o.gap),
        Number("has alternatives", lambda o: o.readings > 1),
        Number("quoted", lambda o: o.quoted),
    ),
)
"""The features of an opinion."""


def probabilities(opinions: Sequence[Opinion], stage: Regression) -> list[float]:
    """The probability of each opinion that it is of a report with its content and source right."""
    if not opinions:
        return []
    rows = np.array([CONFIDENCE.numbers_of(opinion) for opinion in opinions])
    return (1 / (1 + np.exp(-stage.of(rows)))).tolist()  # type: ignore[no-any-return]
