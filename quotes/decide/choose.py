"""Which proposals stand: scores them all, picks the best that don't share words, says how sure it is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from quotes.decide.features import edge_facts, report_facts
from quotes.decide.ranker import Matrix, Model
from quotes.decide.siblings import sibling_numbers
from quotes.find.candidate import Attribution, Candidate, Content, Proposal
from quotes.find.context import Context

WORTH_READING = math.log(0.08 / 0.92)
"""Proposals under these log-odds are not looked at further."""
LEAST_LEFT = 0.5
"""What share of a content must be free of better quotes for it to stand."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A proposal with its reading chosen, and how it was judged."""

    proposal: Proposal
    content: Content
    reading: int
    report_odds: float
    """Log-odds that the proposal is a report."""
    reading_odds: float
    """Log-odds that the chosen reading is the best."""
    confidence: float

    def with_confidence(self, confidence: Sequence[float]) -> Judged:
        """The same, its confidence by another bias and weights."""
        return replace(self, confidence=_confidence(confidence, self.report_odds, self.reading_odds))


def _confidence(weights: Sequence[float], report_odds: float, reading_odds: float) -> float:
    bias, by_report, by_reading = weights
    return 1 / (1 + math.exp(-(bias + by_report * report_odds + by_reading * reading_odds)))


def report_matrix(ctx: Context, proposals: Sequence[Proposal], model: Model) -> Matrix:
    """The numbers that judge each proposal, a row each; see ranker.report_columns."""
    facts = report_facts(ctx, proposals)
    known = [model.report.experience.of(f.keys) for f in facts]
    among = sibling_numbers(proposals, [first_score(k) for k in known])
    return np.array([[*k, *f.numbers, *s] for k, f, s in zip(known, facts, among, strict=True)])


def first_score(known: Sequence[float]) -> float:
    """A proposal's standing by experience alone: the mean of the two keys that tell most."""
    return (known[2] + known[9]) / 2


def judge(ctx: Context, proposals: Sequence[Proposal], model: Model) -> list[Judged]:
    """The proposals worth reading, each with its best reading and its confidence, in their order."""
    if not proposals:
        return []
    odds = model.report.log_odds(report_matrix(ctx, proposals, model))
    kept = [i for i in range(len(proposals)) if odds[i] > WORTH_READING]
    rows: list[list[float]] = []
    for i in kept:
        rows += [[*model.edges.experience.of(f.keys), *f.numbers] for f in edge_facts(ctx, proposals[i])]
    if not rows:
        return []
    edge_odds = model.edges.log_odds(np.array(rows)).tolist()
    out, at = [], 0
    for i in kept:
        readings = proposals[i].edges
        scores = edge_odds[at : at + len(readings)]
        at += len(readings)
        best = scores.index(max(scores))
        report = float(odds[i])
        sure = _confidence(model.confidence, report, scores[best])
        out.append(Judged(proposals[i], readings[best].content, best, report, scores[best], sure))
    return out


def pick(judged: Sequence[Judged], threshold: float) -> list[Attribution]:
    """The best that don't share words, best first: one a cue, none under the threshold.

    A content that a better one has half of or less gives that up and keeps the rest.
    """
    taken: set[int] = set()
    heads: set[int] = set()
    out = []
    for one in sorted(judged, key=lambda j: (-j.confidence, j.proposal.head)):
        if one.confidence < threshold:
            break
        p = one.proposal
        if p.head in heads:
            continue
        content = _free(one.content, taken)
        if not content:
            continue
        heads.add(p.head)
        for start, end in content:
            taken.update(range(start, end))
        candidate = Candidate(p.rule, p.cue, p.head, p.lemma, p.source, p.source_head, content)
        out.append(Attribution(candidate, one.confidence))
    return out


def _free(content: Content, taken: set[int]) -> Content:
    """A content less the parts that are taken; empty where too little is left."""
    parts = tuple((a, b) for a, b in content if not any(i in taken for i in range(a, b)))
    whole = sum(b - a for a, b in content)
    return parts if sum(b - a for a, b in parts) > LEAST_LEFT * whole else ()


def choose(ctx: Context, proposals: Sequence[Proposal], model: Model, threshold: float | None = None) -> list[Attribution]:
    """The attributions that stand, best first.

    Args:
        ctx: the text that the proposals were made from.
        proposals: what `find` proposes.
        model: what was learned.
        threshold: the least confidence; None takes the one that gave the highest F1.
    """
    return pick(judge(ctx, proposals, model), model.threshold if threshold is None else threshold)
