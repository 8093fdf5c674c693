"""Why a text's proposals stand or fall: what was known of each, what was made of it, and which took its place."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from quotes.decide.choose import (
    WORTH_READING,
    Judged,
    Sized,
    Verdict,
    judge,
    reading_rows,
    sized_up,
    verdicts,
)
from quotes.decide.features import REPORT_KEYS, Sketch
from quotes.decide.prune import ruled_out
from quotes.decide.ranker import MARGIN, Judge, Model, Threshold
from quotes.decide.readings import edge_facts
from quotes.find.candidate import Content, Proposal
from quotes.find.rules import BOOK
from quotes.grammar.context import Context

WEIGHTIEST = 3
"""How many features are told for and against a proposal."""
PRUNED = "not looked at"
IMPLAUSIBLE = "experience rules it out"
UNLIKELY = "too unlikely to be looked at further"
TIMES_SEEN = "times seen: "


@dataclass(frozen=True, slots=True)
class Feature:
    """A number of the regression's, and what it adds to the log-odds against an average proposal."""

    name: str
    """As in ranker.report_columns."""
    value: str | float
    """The number; for experience with a key, the key."""
    adds: float


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a content, and the log-odds that it is the best."""

    name: str
    content: Content
    log_odds: float


@dataclass(frozen=True, slots=True)
class Considered:
    """A proposal, what it was given, and what became of it; None for what was not asked."""

    proposal: Proposal
    fate: str
    why: str = ""
    """Why it was not looked at."""
    by: Proposal | None = None
    """The better one that it lost to."""
    confidence: float | None = None
    threshold: float | None = None
    """The confidence that it needed."""
    experience: float | None = None
    """Its log-odds by experience alone, as a first score."""
    report: float | None = None
    """The log-odds that it is a report, by the next two; see ranker.TREES_SHARE."""
    regression: float | None = None
    trees: float | None = None
    weightiest_for: tuple[Feature, ...] = ()
    weightiest_against: tuple[Feature, ...] = ()
    readings: tuple[Reading, ...] = ()
    """Best first."""


@dataclass(frozen=True, slots=True)
class CueConsidered:
    """A token that may head a cue, and all that was proposed for it, best first."""

    head: int
    candidates: tuple[Considered, ...]


@dataclass(frozen=True, slots=True)
class _Opinion:
    """What the report's judge makes of a proposal."""

    report: float
    regression: float
    trees: float | None
    features: tuple[Feature, ...]
    """The weightiest for it first."""


def explain(
    ctx: Context, proposals: Iterable[Proposal], model: Model, threshold: Threshold | None = None
) -> list[CueConsidered]:
    """What `choose` makes of each proposal and why, cue by cue in text order; arguments as choose's."""
    least = model.threshold if threshold is None else threshold
    why = [(proposal, ruled_out(proposal, model)) for proposal in proposals]
    kept = [proposal for proposal, reason in why if not reason]
    settled = verdicts(ctx, judge(ctx, kept, model), least)
    fates = {id(verdict.judged.proposal): verdict for verdict in settled}
    taught = [proposal for proposal in kept if BOOK[proposal.rule].taught]
    sized = sized_up(ctx, taught, model)
    opinions = _opinions(model.report, sized)
    cues: dict[int, list[Considered]] = defaultdict(list)
    for i, (proposal, score) in enumerate(zip(taught, sized.scores, strict=True)):
        verdict = fates.pop(id(proposal), None)
        readings = tuple(_readings(ctx, proposal, model)) if verdict else ()
        one = _considered(proposal, least, verdict, score, opinions.get(i), readings)
        cues[proposal.head].append(one)
    for verdict in fates.values():  # those by their rule's prior
        cues[verdict.judged.proposal.head].append(_considered(verdict.judged.proposal, least, verdict))
    for proposal, reason in why:
        if reason:
            cues[proposal.head].append(Considered(proposal, PRUNED, why=reason))
    return [CueConsidered(head, tuple(sorted(cues[head], key=_rank))) for head in sorted(cues)]


def _rank(one: Considered) -> tuple[bool, float, float, float]:
    lost = one.fate != "chosen"
    return lost, -(one.confidence or 0), -(-math.inf if one.report is None else one.report), -(one.experience or 0)


def _considered(
    proposal: Proposal,
    threshold: Threshold,
    verdict: Verdict | None,
    experience: float | None = None,
    opinion: _Opinion | None = None,
    readings: tuple[Reading, ...] = (),
) -> Considered:
    judged: Judged | None = verdict.judged if verdict else None
    features = opinion.features if opinion else ()
    return Considered(
        proposal,
        verdict.fate if verdict else UNLIKELY if opinion else IMPLAUSIBLE,
        "",
        verdict.by.proposal if verdict and verdict.by else None,
        judged.confidence if judged else None,
        threshold.least(judged.quoted) if judged else None,
        experience,
        opinion.report if opinion else None,
        opinion.regression if opinion else None,
        opinion.trees if opinion else None,
        tuple(f for f in features[:WEIGHTIEST] if f.adds > 0),
        tuple(f for f in features[: -WEIGHTIEST - 1 : -1] if f.adds < 0),
        readings,
    )


def _opinions(report: Judge, sized: Sized) -> dict[int, _Opinion]:
    """What is made of those proposals that experience doesn't rule out, by their index."""
    rows = sized.rows
    if not rows:
        return {}
    x = np.array(rows)
    parts, regression, trees = report.linear.parts(x), report.linear.log_odds(x), report.forest.log_odds(x)
    out = {}
    for k, odds in enumerate(report.of_proposals(rows, WORTH_READING)):
        features = _features(report.columns, sized.sketches[k], rows[k], parts[k].tolist())
        asked = regression[k] > WORTH_READING - MARGIN
        out[sized.kept[k]] = _Opinion(odds, float(regression[k]), float(trees[k]) if asked else None, features)
    return out


def _features(
    columns: Sequence[str], seen: Sketch, row: Sequence[float], parts: Sequence[float]
) -> tuple[Feature, ...]:
    keys = dict(zip((key.name for key in REPORT_KEYS), seen.keys, strict=True))
    features = (
        Feature(name, keys.get(name, round(math.expm1(value)) if name.startswith(TIMES_SEEN) else value), adds)
        for name, value, adds in zip(columns, row, parts, strict=True)
    )
    return tuple(sorted(features, key=lambda f: -f.adds))


def _readings(ctx: Context, proposal: Proposal, model: Model) -> Iterator[Reading]:
    facts = edge_facts(ctx, proposal)
    rows = reading_rows(facts, [model.edges.experience.of(f.keys) for f in facts])
    judged = zip(proposal.edges.all(), model.edges.of_readings(rows, [len(rows)]), strict=True)
    for edges, odds in sorted(judged, key=lambda pair: -pair[1]):
        yield Reading(edges.name, edges.content, odds)
