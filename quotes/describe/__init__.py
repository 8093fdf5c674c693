"""What kind of act an attribution reports, how sure, and to whom, where and when it was done.

Everything is read from the cue's clause (clause.py); docs/acts.md says what the acts mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.describe.acts import act
from quotes.describe.circumstances import addressee, medium, when
from quotes.describe.clause import Clause
from quotes.describe.factuality import modal, negated, question

if TYPE_CHECKING:
    from quotes.find.candidate import Attribution, TokenSpan
    from quotes.grammar.parse import Parse
    from quotes.records import Act, Speaker


@dataclass(frozen=True, slots=True)
class Description:
    """What a reader would say of an attribution beside who and what; spans count tokens, half-open."""

    act: Act
    negated: bool = False
    modal: bool = False
    question: bool = False
    addressee: TokenSpan | None = None
    """The noun phrase of the hearer: "the crowd"."""
    medium: TokenSpan | None = None
    """With its preposition: "in a statement"."""
    when: TokenSpan | None = None
    """With its preposition, if it has one: "on Sunday"."""


def describe(parse: Parse, attribution: Attribution, speaker: Speaker | None) -> Description:
    """Describe one attribution.

    Args:
        parse: the text it stands in.
        attribution: the cue, source and content, in tokens of the parse.
        speaker: who it is from, if known; only its kind is used.
    """
    clause = Clause(parse, attribution.candidate)
    where, channel = medium(clause)
    return Description(
        act=act(clause, channel, speaker),
        negated=negated(clause),
        modal=modal(clause),
        question=question(clause),
        addressee=addressee(clause),
        medium=where,
        when=when(clause),
    )
