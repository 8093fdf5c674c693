"""What kinds of claim a quote makes, each told by words of its content or by its cue."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quotes.claims.bare import bare
from quotes.claims.clauses import from_clauses
from quotes.claims.comparisons import comparisons
from quotes.claims.listed import asks, from_cue, from_words
from quotes.claims.numbers import quantities
from quotes.records import CLAIM_KINDS, ClaimKind

if TYPE_CHECKING:
    from quotes.claims.reported import Reported
    from quotes.grammar.parse import TokenSpan


def kinds(reported: Reported) -> list[tuple[ClaimKind, TokenSpan]]:
    """The kinds of a claim with the first words that tell each, in text order; "other" where nothing does."""
    first: dict[ClaimKind, TokenSpan] = {}
    for kind, span in _all(reported):
        if kind not in first or span[0] < first[kind][0]:
            first[kind] = span
    if not first:
        kind, span = bare(reported)
        first[kind] = span
    return sorted(first.items(), key=lambda item: (item[1], CLAIM_KINDS.index(item[0])))


def _all(reported: Reported) -> Iterator[tuple[ClaimKind, TokenSpan]]:
    yield from (("question", span) for span in _questions(reported))
    yield from (("quantity", span) for span in quantities(reported))
    yield from (("comparison", span) for span in comparisons(reported))
    yield from from_words(reported)
    yield from from_cue(reported)
    yield from from_clauses(reported)


def _questions(reported: Reported) -> Iterator[TokenSpan]:
    """What is asked: a question mark in the content, or a cue of asking before "whether" or "what"."""
    parse = reported.parse
    marks = [i for i in reported.tokens if parse.lower[i] == "?"]
    for i in marks:
        start = max(parse.sents[parse.sent_of[i]][0], reported.parts[0][0])
        yield next((k for k in range(start, i) if k in reported.inside), i), i + 1
    told = reported.quote.cue
    if not marks and told and told.question and reported.candidate.cue and asks(reported):
        yield reported.candidate.cue
