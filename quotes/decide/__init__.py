"""Which candidates stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quotes.find.candidate import Attribution, Candidate, Proposal
from quotes.find.marks import Quotation
from quotes.parse import Parse


def choose(parse: Parse, quotations: Sequence[Quotation], proposals: Iterable[Proposal]) -> list[Attribution]:
    """The first reading of every proposal, none sharing a token of content with one before it."""
    taken: set[int] = set()
    chosen = []
    for p in proposals:
        content = p.edges[0].content
        tokens = {i for part in content for i in range(*part)}
        if tokens and not tokens & taken:
            taken |= tokens
            chosen.append(
                Attribution(Candidate(p.rule, p.cue, p.head, p.lemma, p.source, p.source_head, content), 0.5)
            )
    return chosen
