"""What is decided with: which model, and from what confidence up."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from quotes.decide.confidence import Opinion, probabilities
from quotes.decide.model import Model, load, read
from quotes.decide.scorers import Batch
from quotes.grammar.turns import TRANSCRIPT, Transcript
from quotes.records import PURPOSES, Purpose


class SettingsError(ValueError):
    """What is asked for can't be had; the message says why, in one line."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How `decide` decides."""

    model: Model
    inner: Model
    """What decides about quotes inside others: the second reader, who tells of those outside only, has no say there."""
    threshold: float
    """The confidence from which a quote stands."""
    nested: bool = False
    """Whether quotes inside the contents of others stand too."""
    transcript: Transcript = "auto"
    """Whether texts are transcripts, told by a label before each turn."""


def settings(
    weights: str | os.PathLike[str] | None = None,
    *,
    purpose: Purpose = "checking",
    min_confidence: float | None = None,
    precision: float | None = None,
    nested: bool = False,
    transcript: Transcript = "auto",
    careful: bool = False,
) -> Settings:
    """Make settings of what a user asks for.

    Args:
        weights: a model file that `quotes train` made; None takes the one in the package.
        purpose: what the quotes are for, which sets the threshold: checking (precision first), counting (highest F1) or
            everything (the lowest).
        min_confidence: the threshold itself, 0 to 1, instead of a purpose's.
        precision: instead, take the threshold from which this precision, 0 to 1, was reached in cross-validation.
        nested: whether quotes inside the contents of others stand too.
        transcript: whether texts are transcripts: "yes", "no", or "auto" to tell it by their lines.
        careful: whether a second reader is asked too; see quotes.decide.careful.

    Raises:
        SettingsError: the file can't be read or is no model file for this version; there is no such purpose; a number
            is out of range, both are given, or the precision was never reached; weights are given to the second reader.
        quotes.extras.MissingPackage: what the second reader needs is not installed.
        quotes.decide.careful.reader.ReaderError: its files are damaged.
    """
    if transcript not in TRANSCRIPT:
        raise SettingsError(f"transcript is one of {', '.join(TRANSCRIPT)}, not {transcript!r}")
    for name, value in (("min_confidence", min_confidence), ("precision", precision)):
        if value is not None and not 0 <= value <= 1:
            raise SettingsError(f"{name} is a share, 0 to 1, not {value:g}")
    if purpose not in PURPOSES:
        raise SettingsError(f"there is no purpose {purpose!r}, only {', '.join(PURPOSES)}")
    if careful and weights is not None:
        raise SettingsError("the careful reader has weights of its own; leave out careful or weights")
    model = load() if weights is None else read_weights(Path(weights))
    inner = model
    if careful:
        from quotes.decide.careful.scorer import load_careful

        model = load_careful()
    if precision is None:
        least = model.thresholds[purpose] if min_confidence is None else min_confidence
        return Settings(model, inner, least, nested, transcript)
    if min_confidence is not None:
        raise SettingsError("precision and min_confidence both set the threshold; give one of them")
    highest = max((reached for reached, _ in model.precision), default=0.0)
    if precision > highest:
        raise SettingsError(f"a precision of {precision:g} was never reached in cross-validation, at most {highest:g}")
    return Settings(model, inner, model.threshold_for(precision), nested, transcript)


def read_weights(path: Path) -> Model:
    """Read a model file that may be anything.

    Raises:
        SettingsError: see ``settings``.
    """
    try:
        model = read(path)
        _try(model)
    except OSError as error:
        raise SettingsError(f"can't read {str(path)!r}: {(error.strerror or str(error)).lower()}") from error
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        made_by = "is no model file for this version of quotes; make one with: quotes train"
        raise SettingsError(f"{str(path)!r} {made_by}") from error
    return model


def _try(model: Model) -> None:
    """Judge nothings with a model, so that numbers which don't fit together come to light before they are needed."""
    for judge in (model.report, model.edges):
        rows = np.zeros((1, len(judge.features.columns)))
        for weighted in judge.scorers:
            weighted.scorer.log_odds(Batch([], rows))
    [sure] = probabilities([Opinion(0.0, 0.0, 0.0, 1, True)], model.confidence)
    shares = (
        sure,
        *model.thresholds.values(),
        *(weighted.share for judge in (model.report, model.edges) for weighted in judge.scorers),
        *(share for pair in model.precision for share in pair),
    )
    if not all(0 <= share <= 1 for share in shares):
        raise ValueError("no probability")
