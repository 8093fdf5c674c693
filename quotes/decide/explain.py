"""Why a text's proposals stand or fall: what was known of each, what was made of it, and which took its place."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from quotes.decide.choose import (
    WORTH_READING,
    Judged,
    Verdict,
    edges_batch,
    first_scores,
    judge,
    report_batch,
    verdicts,
    worth_judging,
)
from quotes.decide.confidence import CONFIDENCE
from quotes.decide.model import Judge, Model
from quotes.decide.proposals import PROPOSAL, Facts, Outline, Text
from quotes.decide.prune import ruled_out
from quotes.decide.readings import reading_facts
from quotes.decide.scorers import Explaining
from quotes.find.candidate import Content, Proposal
from quotes.find.rules import BOOK
from quotes.forest import Matrix
from quotes.grammar.context import Context

WEIGHTIEST = 3
"""How many features are told for and against a proposal."""
PRUNED = "not looked at"
IMPLAUSIBLE = "experience rules it out"
UNLIKELY = "too unlikely to be looked at further"
TIMES_SEEN = "times seen: "


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature, and what it adds to the log-odds of the whole decision against an average proposal."""

    name: str
    """Its column, or a scorer's name where that can't say what each feature did."""
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
class Said:
    """What a scorer said of a proposal."""

    scorer: str
    weight: float
    """Its share of the log-odds."""
    log_odds: float | None
    """None where it was not asked."""


@dataclass(frozen=True, slots=True)
class Considered:
    """A proposal, what it was given, and what became of it; None for what was not asked."""

    proposal: Proposal
    fate: str
    by: Proposal | None = None
    """The better one that it lost to."""
    confidence: float | None = None
    threshold: float | None = None
    """The confidence that it needed."""
    experience: float | None = None
    """Its log-odds by experience alone, a first score."""
    report: float | None = None
    """The log-odds that it is a report, by all scorers."""
    scorers: tuple[Said, ...] = ()
    weightiest_for: tuple[Feature, ...] = ()
    """The features that add most to the report's log-odds, by all scorers."""
    weightiest_against: tuple[Feature, ...] = ()
    readings: tuple[Reading, ...] = ()
    """Best first."""
    why: str = ""
    """Why it was not looked at."""
    stage: tuple[Feature, ...] = ()
    """What each part of the opinion adds to the log-odds of the confidence; see confidence.Opinion."""


@dataclass(frozen=True, slots=True)
class CueConsidered:
    """A token that may head a cue, and all that was proposed for it, best first."""

    head: int
    candidates: tuple[Considered, ...]


@dataclass(frozen=True, slots=True)
class _Report:
    """What the judge of reports makes of a proposal."""

    log_odds: float
    scorers: tuple[Said, ...]
    features: tuple[Feature, ...]
    """The weightiest for it first."""


def explain(ctx: Context, proposals: Iterable[Proposal], model: Model, threshold: float) -> list[CueConsidered]:
    """What `choose` makes of each proposal and why, cue by cue in text order.

    Args:
        ctx: the text.
        proposals: all that `find` proposes in it, nothing pruned.
        model: what was learned.
        threshold: the least confidence.
    """
    why = [(proposal, ruled_out(proposal, model)) for proposal in proposals if proposal.edges]
    kept = [proposal for proposal, reason in why if not reason]
    text = Text(ctx)
    [judged] = judge([(ctx, kept)], model)
    fates = {id(verdict.judged.proposal): verdict for verdict in verdicts(ctx, judged, threshold)}
    taught = [proposal for proposal in kept if BOOK[proposal.rule].taught]
    scores = dict(zip(map(id, taught), first_scores([Outline(text, p) for p in taught], model), strict=True))
    reports = _reports(model, worth_judging(((text, p) for p in taught), model))
    cues: dict[int, list[Considered]] = defaultdict(list)
    for proposal in taught:
        verdict = fates.pop(id(proposal), None)
        known = scores[id(proposal)], reports.get(id(proposal))
        cues[proposal.head].append(_considered(ctx, proposal, model, threshold, *known, verdict))
    for proposal, reason in why:
        if reason:
            cues[proposal.head].append(Considered(proposal, PRUNED, why=reason))
    for verdict in fates.values():  # those of rules that can't be taught
        cues[verdict.judged.proposal.head].append(
            Considered(verdict.judged.proposal, verdict.fate, *_settled(verdict, threshold))
        )
    return [CueConsidered(head, tuple(sorted(cues[head], key=_rank))) for head in sorted(cues)]


def _rank(one: Considered) -> tuple[bool, float, float, float]:
    lost = one.fate != "chosen"
    nothing = -math.inf
    return (
        lost,
        -(one.confidence or 0),
        -(nothing if one.report is None else one.report),
        -(nothing if one.experience is None else one.experience),
    )


def _settled(verdict: Verdict, threshold: float) -> tuple[Proposal | None, float, float]:
    """Whom a proposal lost to, its confidence, and the confidence that it needed."""
    return verdict.by.proposal if verdict.by else None, verdict.judged.confidence, threshold


def _considered(
    ctx: Context,
    proposal: Proposal,
    model: Model,
    threshold: float,
    experience: float,
    report: _Report | None,
    verdict: Verdict | None,
) -> Considered:
    """A proposal that was not pruned; report and verdict as far as it came."""
    fate = verdict.fate if verdict else UNLIKELY if report else IMPLAUSIBLE
    by, confidence, least = _settled(verdict, threshold) if verdict else (None, None, None)
    features = report.features if report else ()
    return Considered(
        proposal,
        fate,
        by,
        confidence,
        least,
        experience,
        report.log_odds if report else None,
        report.scorers if report else (),
        tuple(f for f in features[:WEIGHTIEST] if f.adds > 0),
        tuple(f for f in features[: -WEIGHTIEST - 1 : -1] if f.adds < 0),
        tuple(_readings(ctx, proposal, model)) if verdict else (),
        stage=_stage(verdict.judged, model) if verdict else (),
    )


def _reports(model: Model, looked: Sequence[Facts]) -> dict[int, _Report]:
    """What is made of the proposals that experience doesn't rule out, by their id."""
    batch = report_batch(looked, model)
    together, apart = model.report.of_proposals(batch, WORTH_READING)
    out = {}
    for k, (facts, odds) in enumerate(zip(looked, together.tolist(), strict=True)):
        said = _said(model.report, apart[:, k].tolist())
        features = _features(model.report, PROPOSAL.keys_of(facts), batch.rows[k : k + 1], said)
        out[id(facts.proposal)] = _Report(odds, said, features)
    return out


def _said(judge: Judge[Any], odds: Sequence[float]) -> tuple[Said, ...]:
    """What each scorer said of a case, and what that weighs."""
    weights: list[float] = []
    for weighted, one in zip(judge.scorers, odds, strict=True):
        share = 0.0 if math.isnan(one) else weighted.share if weights else 1.0
        left = 1.0 if weighted.adds else 1 - share
        weights = [*(weight * left for weight in weights), share]
    return tuple(
        Said(weighted.scorer.name, weight, None if math.isnan(one) else one)
        for weighted, weight, one in zip(judge.scorers, weights, odds, strict=True)
    )


def _features(judge: Judge[Any], keys: Sequence[str], row: Matrix, scorers: Sequence[Said]) -> tuple[Feature, ...]:
    """What each feature of a case adds to what all scorers say together, the most first."""
    adds = np.zeros(row.shape[1])
    features = []
    for weighted, said in zip(judge.scorers, scorers, strict=True):
        if said.log_odds is None:
            continue
        if isinstance(weighted.scorer, Explaining):
            adds += said.weight * weighted.scorer.parts(row)[0]
        else:
            features.append(Feature(said.scorer, said.log_odds, said.weight * said.log_odds))
    names = [key.name for key in judge.features.keys]
    shown: dict[str, str] = dict(zip(names, keys, strict=True))
    for name, value, more in zip(judge.features.columns, row[0].tolist(), adds.tolist(), strict=True):
        number = round(math.expm1(value)) if name.startswith(TIMES_SEEN) else value
        features.append(Feature(name, shown.get(name, number), more))
    return tuple(sorted(features, key=lambda f: -f.adds))


def _stage(judged: Judged, model: Model) -> tuple[Feature, ...]:
    """What each part of an opinion adds to the log-odds of its confidence."""
    if judged.opinion is None:
        return ()
    row = CONFIDENCE.numbers_of(judged.opinion)
    adds = model.confidence.parts(np.array([row]))[0].tolist()
    return tuple(map(Feature, CONFIDENCE.columns, row, adds))


def _readings(ctx: Context, proposal: Proposal, model: Model) -> Iterator[Reading]:
    readings = reading_facts(ctx, proposal)
    odds = model.edges.of_readings(edges_batch([readings], model), [len(readings)]).together.tolist()
    for facts, one in sorted(zip(readings, odds, strict=True), key=lambda pair: -pair[1]):
        yield Reading(facts.name, facts.content, one)
