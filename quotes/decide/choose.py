"""Which proposals stand: scores them all, picks the best that don't share words, says how sure it is."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final, Literal

import numpy as np

from quotes.decide.confidence import NO_OTHER, Opinion, probabilities
from quotes.decide.model import Model
from quotes.decide.proposals import PROPOSAL, Facts, Outline, Text
from quotes.decide.prune import prior_of, pruned
from quotes.decide.readings import Facts as ReadingFacts
from quotes.decide.readings import reading_facts
from quotes.decide.scorers import Batch, Case, Regression
from quotes.find.candidate import Attribution, Candidate, Content, Proposal, TokenSpan
from quotes.find.rules import BOOK
from quotes.find.rules.floating import proposals_left
from quotes.forest import Matrix
from quotes.grammar.context import Context

WORTH_JUDGING = math.log(0.04 / 0.96)
"""Proposals that experience alone gives less than these log-odds are left out."""
WORTH_READING = math.log(0.08 / 0.92)
"""Proposals under these log-odds are not looked at further."""

GIVES_WAY = 0.9
"""A quote inside another's content gives way to it if that is surer than this share of its own confidence."""
LEAST_LEFT = 0.5
"""What share of a content must be free of better quotes for it to stand."""
AT_ONCE = 2000
"""How many proposals are judged together; their features take some 10 MB."""

Fate = Literal["chosen", "below the threshold", "another of its cue is better", "a better one has its words"]
CHOSEN: Final = "chosen"


@dataclass(frozen=True, slots=True)
class Judged:
    """A proposal with its reading chosen, and how it was judged."""

    proposal: Proposal
    content: Content
    quoted: bool
    """Whether the content stands in quotation marks, in part at least."""
    opinion: Opinion | None
    """None where the confidence is the rule's prior."""
    confidence: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a proposal."""

    judged: Judged
    fate: Fate
    content: Content = ()
    """What is left of its content where it stands."""
    by: Judged | None = None
    """The better one that it lost to."""

    def attribution(self) -> Attribution:
        """The proposal as one that stands."""
        p = self.judged.proposal
        candidate = Candidate(
            p.rule,
            _before(p.cue, self.content),
            p.head,
            p.lemma,
            _before(p.source, self.content),
            p.source_head,
            self.content,
        )
        return Attribution(candidate, self.judged.confidence)


# Judging


Proposed = tuple[Context, Iterable[Proposal]]
"""A text and what was proposed in it."""


def first_scores(outlines: Sequence[Outline], model: Model) -> list[float]:
    """How each of a text's proposals stands by experience alone, in log-odds."""
    keys = model.outline.names
    return PROPOSAL.first_scores((model.outline.of([key.of(o) for key in keys]) for o in outlines), keys)


def worth_judging(proposed: Iterable[tuple[Text, Proposal]], model: Model) -> list[Facts]:
    """The facts of those proposals that experience alone does not rule out."""
    outlines = [Outline(text, proposal) for text, proposal in proposed]
    scores = first_scores(outlines, model)
    return [Facts(outline) for outline, score in zip(outlines, scores, strict=True) if score > WORTH_JUDGING]


def report_batch(facts: Sequence[Facts], model: Model) -> Batch:
    """Proposals as cases for the question whether they are reports."""
    return Batch([Case(f.ctx, f.proposal, f.proposal.edges.first) for f in facts], _matrix(model.report.rows(facts)))


def edges_batch(readings: Sequence[Sequence[ReadingFacts]], model: Model) -> Batch:
    """The readings of proposals as cases for the question which is right; those of a proposal stand together."""
    cases = [Case(f.ctx, f.shared.proposal, f.reading) for of_one in readings for f in of_one]
    return Batch(cases, _matrix([row for of_one in readings for row in model.edges.rows(of_one)]))


def _matrix(rows: list[list[float]]) -> Matrix:
    return np.array(rows) if rows else np.zeros((0, 0))


def judge(texts: Sequence[Proposed], model: Model) -> list[list[Judged]]:
    """For each text the proposals worth reading, each with its best reading and its confidence, in their order; one of
    which training can't tell has its rule's prior, or more where the model says so.

    The proposals of all texts are judged together, AT_ONCE at a time: a scorer is not much slower over many cases than
    over a few.
    """
    out: dict[int, list[Judged]] = {id(ctx): [] for ctx, _ in texts}
    stream = ((text, p) for text, proposals in ((Text(ctx), proposals) for ctx, proposals in texts) for p in proposals)
    while some := list(islice(stream, AT_ONCE)):
        taught = [(text, proposal) for text, proposal in some if BOOK[proposal.rule].taught]
        by_model = {id(judged.proposal): judged for judged in with_confidence(_judge(taught, model), model.confidence)}
        for text, proposal in some:
            one, prior = by_model.get(id(proposal)), prior_of(proposal, model)
            if prior is not None and (one is None or one.confidence < prior):
                one = _by_prior(proposal, prior)
            if one:
                out[id(text.ctx)].append(one)
    return list(out.values())


def _judge(proposed: Iterable[tuple[Text, Proposal]], model: Model) -> list[Judged]:
    """Those of some proposals that are worth reading; not yet their confidence."""
    looked = worth_judging(proposed, model)
    odds = model.report.of_proposals(report_batch(looked, model), WORTH_READING).together.tolist()
    kept = [(facts, report) for facts, report in zip(looked, odds, strict=True) if report > WORTH_READING]
    readings = [reading_facts(facts.ctx, facts.proposal) for facts, _ in kept]
    sizes = [len(of_one) for of_one in readings]
    reading_odds = iter(model.edges.of_readings(edges_batch(readings, model), sizes).together.tolist())
    return [
        _judged(of_one, report, list(islice(reading_odds, len(of_one))))
        for (_, report), of_one in zip(kept, readings, strict=True)
    ]


def _judged(readings: Sequence[ReadingFacts], report: float, odds: list[float]) -> Judged:
    """A proposal with the best of its readings, by the log-odds of each; not yet its confidence."""
    best = max(range(len(odds)), key=odds.__getitem__)
    gap = odds[best] - max(odds[:best] + odds[best + 1 :]) if len(odds) > 1 else NO_OTHER
    one = readings[best]
    opinion = Opinion(report, odds[best], gap, len(odds), one.share > 0)
    return Judged(one.shared.proposal, one.content, one.share > 0, opinion, math.nan)


def with_confidence(judged: Sequence[Judged], stage: Regression) -> list[Judged]:
    """The same, the confidence of each by its opinion; a fixed one stays."""
    sure = iter(probabilities([j.opinion for j in judged if j.opinion], stage))
    return [replace(j, confidence=next(sure)) if j.opinion else j for j in judged]


def _by_prior(proposal: Proposal, sure: float) -> Judged:
    return Judged(proposal, proposal.edges.first.content, False, None, sure)


# Settling


def settle(judged: Sequence[Judged], threshold: float) -> Iterator[Verdict]:
    """What becomes of each, best first: one a cue stands, of those that don't share words, none under the threshold.

    A content that a better one has half of or less gives that up and keeps the rest. "Lee had told her, Ada said" is
    Ada's, even where the cue inside is a little surer.
    """
    around = _around([j for j in judged if j.confidence >= threshold])

    def order(one: Judged) -> tuple[float, bool, int]:
        head, sure = one.proposal.head, one.confidence
        outer = around.get(head)
        if outer and not _holds(one, outer.proposal.head) and sure >= outer.confidence > GIVES_WAY * sure:
            return -outer.confidence, True, head
        return -sure, False, head

    taken: dict[int, Judged] = {}
    heads: dict[int, Judged] = {}
    for one in sorted(judged, key=order):
        head = one.proposal.head
        if one.confidence < threshold:
            yield Verdict(one, "below the threshold")
        elif head in heads:
            yield Verdict(one, "another of its cue is better", by=heads[head])
        elif content := _free(one.content, taken):
            heads[head] = one
            for start, end in content:
                taken.update(dict.fromkeys(range(start, end), one))
            yield Verdict(one, CHOSEN, content)
        else:
            by = next(taken[i] for start, end in one.content for i in range(start, end) if i in taken)
            yield Verdict(one, "a better one has its words", by=by)


def _around(judged: Sequence[Judged]) -> dict[int, Judged]:
    """From each cue to the surest that has it in its content."""
    heads = sorted({j.proposal.head for j in judged})
    out: dict[int, Judged] = {}
    for one in sorted(judged, key=lambda j: -j.confidence):
        for start, end in one.content:
            lo, hi = bisect_left(heads, start), bisect_left(heads, end)
            out.update(dict.fromkeys(heads[lo:hi], one))
            del heads[lo:hi]  # no other is surer
    return out


def _holds(one: Judged, token: int) -> bool:
    return any(start <= token < end for start, end in one.content)


def _before(span: TokenSpan | None, content: Content) -> TokenSpan | None:
    """A cue or source as far as the content that begins inside it; a preposition may belong to either."""
    if span:
        for start, _ in content:
            if span[0] < start < span[1]:
                return span[0], start
    return span


def _free(content: Content, taken: Mapping[int, Judged]) -> Content:
    """A content less the parts that are taken; empty where too little is left."""
    parts = tuple((a, b) for a, b in content if not any(i in taken for i in range(a, b)))
    whole = sum(b - a for a, b in content)
    return parts if sum(b - a for a, b in parts) > LEAST_LEFT * whole else ()


def pick(judged: Sequence[Judged], threshold: float) -> list[Attribution]:
    """Those that stand, best first; see settle."""
    return [verdict.attribution() for verdict in settle(judged, threshold) if verdict.fate == CHOSEN]


def verdicts(ctx: Context, judged: Sequence[Judged], threshold: float) -> list[Verdict]:
    """What becomes of each, best first; last of the quotations without a cue that none of those that stand claims.

    What such a quotation quotes in its turn is inside it, and gives way to it.
    """
    out = list(settle(judged, threshold))
    claimed = [span for v in out if v.fate == CHOSEN for span in _spans(v.attribution().candidate)]
    left = [_by_prior(proposal, BOOK[proposal.rule].prior) for proposal in proposals_left(ctx, claimed)]
    alone = list(settle(left, threshold))
    around = {i: v.judged for v in alone if v.fate == CHOSEN for a, b in v.content for i in range(a, b)}
    return [_under(v, around) for v in out] + alone


def _under(verdict: Verdict, around: Mapping[int, Judged]) -> Verdict:
    """A verdict that gives way to the quotation without a cue, if any, that the proposal's cue stands in."""
    by = around.get(verdict.judged.proposal.head)
    if verdict.fate != CHOSEN or by is None:
        return verdict
    return Verdict(verdict.judged, "a better one has its words", by=by)


def choose(texts: Sequence[Proposed], model: Model, threshold: float) -> list[list[Attribution]]:
    """The attributions of each text that stand, best first; last the quotations without a cue that none of them claims.

    Args:
        texts: contexts, each with what `find` proposes in it.
        model: what was learned.
        threshold: the least confidence.
    """
    kept = [(ctx, pruned(proposals, model)) for ctx, proposals in texts]
    return [
        [verdict.attribution() for verdict in verdicts(ctx, judged, threshold) if verdict.fate == CHOSEN]
        for (ctx, _), judged in zip(texts, judge(kept, model), strict=True)
    ]


def _spans(candidate: Candidate) -> Iterator[TokenSpan]:
    yield from candidate.content
    yield from (span for span in (candidate.cue, candidate.source) if span)
