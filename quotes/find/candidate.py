"""What `find` hands on: possible attributions, not yet judged; and what `decide` hands on: those that stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from quotes.grammar.parse import TokenSpan as TokenSpan

Content = tuple[TokenSpan, ...]
"""The parts of a content in text order, quotation marks included."""


@dataclass(frozen=True, slots=True)
class Edges:
    """One reading of where a proposal's content begins and ends."""

    name: str
    """What was cut off or added: "whole", "less advcl", "to sentence end" …"""
    content: Content


class Readings:
    """The readings of a content, the fullest first; the others are made when they are asked for, as most never are."""

    __slots__ = ("_made", "_rest", "first")

    def __init__(self, first: Edges, rest: Iterable[Edges] = ()) -> None:
        self.first = first
        self._made, self._rest = [first], iter(rest)

    def all(self) -> list[Edges]:
        self._made += self._rest
        return self._made


@dataclass(frozen=True, slots=True)
class Proposal:
    """A cue with a possible source and the readings of its content; all spans count tokens of the Parse."""

    rule: str
    """The rule that proposed it, family.name."""
    frame: str
    """How the content hangs on the cue: "ccomp:that", "prep:of:noun", "left:quote" …; the key under which experience is
    counted. What stands before a slash is what was asked to be plausible."""
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
    edges: Readings


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposal with one reading chosen."""

    rule: str
    cue: TokenSpan | None
    head: int
    lemma: str
    source: TokenSpan | None
    source_head: int
    content: Content


@dataclass(frozen=True, slots=True)
class Attribution:
    """A candidate that `decide` lets stand, with the probability that a reader would mark it."""

    candidate: Candidate
    confidence: float
    parent: Attribution | None = None
    """The one in whose content it stands; None for the outermost, and where nested ones are not asked for."""
