"""What `find` hands on: a possible attribution, not yet judged."""

from __future__ import annotations

from dataclasses import dataclass

TokenSpan = tuple[int, int]
"""First token and one past the last."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cue with a possible content and a possible source; all spans count tokens of the Parse."""

    rule: str
    """The rule that proposed it, family.name."""
    cue: TokenSpan | None
    """The words that report; None for a quotation without a cue."""
    head: int
    """The token that heads the cue ("said" in "had already said"); the first content token where there is no cue."""
    lemma: str
    """The base form of the head."""
    source: TokenSpan | None
    """The source's noun phrase, appositions and relative clauses cut off; None where no words name it."""
    source_head: int
    """The token that heads the source; -1 where there is none."""
    content: tuple[TokenSpan, ...]
    """The parts of the content in text order, quotation marks included."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """A candidate that `decide` lets stand, with the probability that a reader would mark it."""

    candidate: Candidate
    confidence: float
