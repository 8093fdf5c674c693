"""Attributions inside the contents of others: "Smith said that Jones had told him 'no'"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from quotes.decide.choose import Judged, judge, pick
from quotes.decide.model import Model
from quotes.decide.prune import pruned
from quotes.find import candidates
from quotes.find.candidate import Attribution, Proposal, TokenSpan
from quotes.grammar.context import NO_QUOTE, Context
from quotes.grammar.marks import ANY, Quotation

LESS_SURE = 0.75
"""What share of the usual confidence a quote inside another needs: its features still tell of the clause around it, in
which annotators mark nothing, so that what has 0.9 by itself has 0.5 to 0.75 there."""
DEEPEST = 3
"""How many levels inside an outermost quote are looked at, so that endless ones cost no more than others."""


class Part(NamedTuple):
    """A part of a content in tokens, and whose it is."""

    start: int
    end: int
    of: Attribution


def nested(
    ctx: Context,
    quotations: Sequence[Quotation],
    outer: Sequence[Attribution],
    model: Model,
    threshold: float,
    deepest: int = DEEPEST,
) -> list[Attribution]:
    """The attributions inside the contents of those that stand, at any level, each with its parent.

    Annotated news has few of these, so that the model thinks little of what stands in another's content. It is
    asked about the inner text by itself: the quotation marks around it and the proposals outside it are left away.

    Args:
        ctx: the text.
        quotations: all that stand in quotation marks in it, in text order.
        outer: the attributions that stand; their contents don't overlap.
        model: what was learned.
        threshold: the least confidence outside; see LESS_SURE.
        deepest: how many levels are looked at.
    """
    threshold *= LESS_SURE
    found: list[Attribution] = []
    for _ in range(deepest):
        if not outer:
            break
        ctx, quotations, parts = _inside(ctx, quotations, outer)
        within = list(_within(pruned(candidates(ctx), model), parts))
        parents = {proposal.head: parent for proposal, parent in within}
        [judged] = judge([(ctx, [proposal for proposal, _ in within])], model)
        picked = pick(_outermost([j for j in judged if j.confidence >= threshold]), threshold)
        outer = [replace(one, parent=parents[one.candidate.head]) for one in picked]
        found += outer
    return found


def _outermost(judged: Iterable[Judged]) -> list[Judged]:
    """Those that don't stand inside another's content: a level has its turn before the next."""
    covered: dict[int, int] = {}
    kept = []
    for one in sorted(judged, key=lambda j: (-sum(b - a for a, b in j.content), -j.confidence)):
        head = one.proposal.head
        if covered.get(head, head) != head:
            continue
        kept.append(one)
        for start, end in one.content:
            for i in range(start, end):
                covered.setdefault(i, head)
    return kept


def _inside(
    ctx: Context, quotations: Sequence[Quotation], outer: Iterable[Attribution]
) -> tuple[Context, list[Quotation], list[Part]]:
    """The inner text of contents: a context without the marks around it, its quotations, and its parts in order."""
    p = ctx.parse
    starts = [quotation.start for quotation in quotations]
    inner: list[Quotation] = []
    parts: list[Part] = []
    for attribution in outer:
        for start, end in attribution.candidate.content:
            level = all(ctx.quote_of[i] != NO_QUOTE or ctx.blank[i] for i in range(start, end))
            last = p.end[end - 1]
            for k in range(bisect_left(starts, p.start[start]), bisect_left(starts, last)):
                quotation = quotations[k]
                if quotation.end <= last and quotation.depth >= level:
                    inner.append(replace(quotation, depth=quotation.depth - level))
            parts.append(Part(start, end, attribution))
    inner.sort(key=lambda quotation: (quotation.start, quotation.depth))
    ctx = Context(p, inner, "no")
    return ctx, inner, sorted((_unmarked(ctx, part) for part in parts), key=lambda part: (part.start, part.end))


def _unmarked(ctx: Context, part: Part) -> Part:
    """A part without marks at its edges that are not the inner text's."""
    start, end, of = part
    while start < end and _mark(ctx, start):
        start += 1
    while end > start and _mark(ctx, end - 1):
        end -= 1
    return Part(start, end, of)


def _mark(ctx: Context, i: int) -> bool:
    return ctx.quote_of[i] == NO_QUOTE and not ctx.parse.words[i].strip(ANY)


def _within(proposals: Iterable[Proposal], parts: Sequence[Part]) -> Iterator[tuple[Proposal, Attribution]]:
    """The proposals whose cue stands inside a content, each with those of its readings that do, and whose it is."""
    starts = [part.start for part in parts]

    def owner(span: TokenSpan) -> Attribution | None:
        part = parts[bisect_right(starts, span[0]) - 1]
        return part.of if part.start <= span[0] and span[1] <= part.end else None

    for proposal in proposals:
        if proposal.cue is None or not parts or (of := owner(proposal.cue)) is None:
            continue
        inner = [e for e in proposal.edges.all() if all(owner(span) is of for span in e.content)]
        if inner and proposal.head != of.candidate.head:
            yield proposal.with_edges(inner), of
