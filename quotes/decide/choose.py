"""Which proposals stand: scores them all, picks the best that don't share words, says how sure it is."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple

from quotes.decide.features import Sketch, outline, quoted_tokens, report_numbers, sketch
from quotes.decide.prune import prior_of, pruned
from quotes.decide.ranker import Model, Threshold
from quotes.decide.readings import TELLING_EDGES, Facts, edge_facts
from quotes.decide.siblings import reading_numbers, sibling_numbers
from quotes.find.candidate import Attribution, Candidate, Content, Proposal, TokenSpan
from quotes.find.rules import BOOK
from quotes.find.rules.floating import proposals_left
from quotes.grammar.context import Context

WORTH_JUDGING = math.log(0.04 / 0.96)
"""Proposals that experience alone gives less than these log-odds are left out."""
WORTH_READING = math.log(0.08 / 0.92)
"""Proposals under these log-odds are not looked at further."""

GIVES_WAY = 0.9
"""A quote inside another's content gives way to it if that is surer than this share of its own confidence."""
LEAST_LEFT = 0.5
"""What share of a content must be free of better quotes for it to stand."""

Fate = Literal["chosen", "below the threshold", "another of its cue is better", "a better one has its words"]
CHOSEN: Final = "chosen"


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
    quoted: bool
    """Whether the content stands in quotation marks, in part at least."""
    confidence: float

    def with_confidence(self, confidence: Sequence[float]) -> Judged:
        """The same, its confidence by another bias and weights."""
        return replace(self, confidence=probability(confidence, self.report_odds, self.reading_odds, self.quoted))


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


def probability(weights: Sequence[float], report_odds: float, reading_odds: float, quoted: bool) -> float:
    """The confidence in a proposal from the log-odds that it was given and whether its content is quoted, by a bias
    and their weights."""
    bias, by_report, by_reading, by_quoted = weights
    return 1 / (1 + math.exp(-(bias + by_report * report_odds + by_reading * reading_odds + by_quoted * quoted)))


def first_score(known: Sequence[float]) -> float:
    """A proposal's standing by experience alone: the mean of the two keys that tell most, an outline's last."""
    return (known[-2] + known[-1]) / 2


def worth_judging(scores: Sequence[float]) -> list[int]:
    """The indices of the proposals that experience doesn't rule out, by the first scores of all."""
    return [i for i, score in enumerate(scores) if score > WORTH_JUDGING]


def report_rows(
    ctx: Context,
    proposals: Sequence[Proposal],
    scores: Sequence[float],
    kept: Sequence[int],
    sketches: Iterable[Sketch],
    known: Iterable[Sequence[float]],
) -> list[list[float]]:
    """The numbers that judge proposals, a row each; see ranker.report_columns.

    Args:
        ctx: the text.
        proposals: all its proposals.
        scores: their first scores.
        kept: the indices of those that are judged.
        sketches: of the kept.
        known: the experience with the kept.
    """
    among = sibling_numbers(proposals, scores, kept, len(ctx.parse.sents))
    return [[*k, *report_numbers(ctx, s), *more] for k, s, more in zip(known, sketches, among, strict=True)]


class Sized(NamedTuple):
    """A text's proposals as they stand before the ranker."""

    scores: list[float]
    """By experience alone."""
    kept: list[int]
    """The indices of those worth judging."""
    sketches: list[Sketch]
    """Of the kept."""
    rows: list[list[float]]
    """Of the kept, as report_rows makes them."""


def sized_up(ctx: Context, proposals: Sequence[Proposal], model: Model) -> Sized:
    """What the ranker is to judge, by the experience of a model."""
    outlines = [outline(ctx, proposal) for proposal in proposals]
    scores = [first_score(model.outline.of(o.keys)) for o in outlines]
    kept = worth_judging(scores)
    sketches = [sketch(ctx, outlines[i]) for i in kept]
    known = map(model.report.experience.of, (s.keys for s in sketches))
    return Sized(scores, kept, sketches, report_rows(ctx, proposals, scores, kept, sketches, known))


def reading_rows(facts: Sequence[Facts], known: Sequence[Sequence[float]]) -> list[list[float]]:
    """The numbers that judge the readings of one content, a row each; see ranker.edge_columns."""
    among = reading_numbers([sum(k[i] for i in TELLING_EDGES) / len(TELLING_EDGES) for k in known])
    return [[*k, *f.numbers, *more] for k, f, more in zip(known, facts, among, strict=True)]


def judge(ctx: Context, proposals: Sequence[Proposal], model: Model) -> list[Judged]:
    """The proposals worth reading, each with its best reading and its confidence, in their order; one of which training
    can't tell has its rule's prior, or more where the model says so."""
    by_model = {id(one.proposal): one for one in _by_model(ctx, proposals, model)}
    out = []
    for proposal in proposals:
        one, prior = by_model.get(id(proposal)), prior_of(proposal, model)
        if prior is not None and (one is None or one.confidence < prior):
            one = _by_prior(proposal, prior)
        if one:
            out.append(one)
    return out


def _by_model(ctx: Context, proposals: Sequence[Proposal], model: Model) -> list[Judged]:
    proposals = [proposal for proposal in proposals if BOOK[proposal.rule].taught]
    sized = sized_up(ctx, proposals, model)
    odds = model.report.of_proposals(sized.rows, WORTH_READING)
    kept = [(proposals[i], z) for i, z in zip(sized.kept, odds, strict=True) if z > WORTH_READING]
    readings: list[list[float]] = []
    for proposal, _ in kept:
        facts = edge_facts(ctx, proposal)
        readings += reading_rows(facts, [model.edges.experience.of(f.keys) for f in facts])
    reading_odds = model.edges.of_readings(readings, [len(proposal.edges.all()) for proposal, _ in kept])
    out, at = [], 0
    for proposal, report in kept:
        edges = proposal.edges.all()
        scores = reading_odds[at : at + len(edges)]
        at += len(edges)
        best = scores.index(max(scores))
        content = edges[best].content
        quoted = quoted_tokens(ctx, content) > 0
        sure = probability(model.confidence, report, scores[best], quoted)
        out.append(Judged(proposal, content, best, report, scores[best], quoted, sure))
    return out


def _by_prior(proposal: Proposal, sure: float) -> Judged:
    return Judged(proposal, proposal.edges.first.content, 0, math.log(sure / (1 - sure)), 0.0, False, sure)


def settle(judged: Sequence[Judged], threshold: Threshold) -> Iterator[Verdict]:
    """What becomes of each, best first: one a cue stands, of those that don't share words, none under the threshold.

    A content that a better one has half of or less gives that up and keeps the rest. "Lee had told her, Ada said" is
    Ada's, even where the cue inside is a little surer.
    """
    around = _around([j for j in judged if j.confidence >= threshold.least(j.quoted)])

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
        if one.confidence < threshold.least(one.quoted):
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


def pick(judged: Sequence[Judged], threshold: Threshold) -> list[Attribution]:
    """Those that stand, best first; see settle."""
    return [verdict.attribution() for verdict in settle(judged, threshold) if verdict.fate == CHOSEN]


def verdicts(ctx: Context, judged: Sequence[Judged], threshold: Threshold) -> list[Verdict]:
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


def choose(
    ctx: Context, proposals: Iterable[Proposal], model: Model, threshold: Threshold | None = None
) -> list[Attribution]:
    """The attributions that stand, best first; last the quotations without a cue that none of them claims.

    Args:
        ctx: the text that the proposals were made from.
        proposals: what `find` proposes.
        model: what was learned.
        threshold: the least confidence; None takes the one that is best for F1.
    """
    least = model.threshold if threshold is None else threshold
    judged = judge(ctx, pruned(proposals, model), model)
    return [verdict.attribution() for verdict in verdicts(ctx, judged, least) if verdict.fate == CHOSEN]


def _spans(candidate: Candidate) -> Iterator[TokenSpan]:
    yield from candidate.content
    yield from (span for span in (candidate.cue, candidate.source) if span)
