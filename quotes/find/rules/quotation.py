"""A whole quotation as what is reported: what several families of rules propose."""

from __future__ import annotations

from quotes.find.candidate import Proposal, Readings, Source
from quotes.find.content import edges_of
from quotes.find.frame import Frame
from quotes.grammar.context import Context


def of_quotation(ctx: Context, q: int, cue_at: int) -> Readings:
    """A quotation as a content; cue_at is the token of its cue, -1 for none."""
    quote = ctx.quotes[q]
    return edges_of(ctx, [("quotation", [(quote.start, quote.end)])], cue_at, quote.end)


def reported_quotation(ctx: Context, q: int, frame: Frame, cue_at: int, source: Source | None) -> Proposal:
    """A quotation, and who says it, by a cue of one word, -1 for none."""
    edges, find = of_quotation(ctx, q, cue_at), (lambda: source) if source else None
    if cue_at < 0:
        return Proposal(frame, None, ctx.quotes[q].start, "", edges, find)
    return Proposal(frame, (cue_at, cue_at + 1), cue_at, ctx.lemma(cue_at), edges, find)
