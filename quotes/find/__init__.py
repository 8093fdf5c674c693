"""Where could a quote be? Proposes freely; `decide` judges."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.find.candidate import Proposal
from quotes.find.rules import adjunct, complement, left, line, nominal, passive
from quotes.grammar.context import Context

__all__ = ["candidates"]


def candidates(ctx: Context) -> list[Proposal]:
    """Every possible attribution in a text that its context finds plausible, in the order of the cues."""
    return list(_proposals(ctx))


def _proposals(ctx: Context) -> Iterator[Proposal]:
    p = ctx.parse
    for i, tag in enumerate(p.tag):
        initial = tag[:1]
        if initial == "V":
            if p.lower[i] == "according":
                yield from adjunct.according(ctx, i)
                continue
            yield from left.proposals(ctx, i)
            yield from complement.proposals(ctx, i)
            yield from passive.proposals(ctx, i)
            yield from adjunct.as_clause(ctx, i)
        elif initial in ("N", "J") and p.children[i]:
            yield from nominal.proposals(ctx, i)
            if complement.reads_like_verb(ctx, i):
                yield from complement.proposals(ctx, i)
        elif tag == "RB":
            yield from adjunct.adverb(ctx, i)
        elif tag == "IN":
            yield from adjunct.words_of(ctx, i)
    speakers = line.labels(ctx)
    for paragraph in p.paragraphs:
        yield from line.colons(ctx, paragraph, speakers)
        yield from line.headline(ctx, paragraph)
    for q in range(len(ctx.quotes)):
        yield from line.signature(ctx, q)
