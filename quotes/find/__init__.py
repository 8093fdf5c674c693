"""Where could a quote be? Proposes freely; `decide` judges."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.find.candidate import Proposal
from quotes.find.rules import BOOK
from quotes.find.rules.floating import proposals_left
from quotes.find.rules.turn import outside
from quotes.find.set_phrases import is_set_phrase
from quotes.grammar.context import Context

__all__ = ["candidates", "proposals_left"]


def candidates(ctx: Context) -> Iterator[Proposal]:
    """Every attribution that a rule finds possible in a text.

    Their sources and contents are worked out when they are asked for; the content of a few comes to nothing, which
    leaves their readings empty.
    """
    return (one for one in outside(ctx, BOOK.proposals(ctx)) if not is_set_phrase(ctx, one.head))
