"""What `find` hands on: possible attributions, not yet judged; and what `decide` hands on: those that stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from quotes.find.frame import Frame
from quotes.find.source import Source as Source
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
    """The readings of a content, the fullest first; each is made when it is asked for, as most never are."""

    __slots__ = ("_made", "_rest")

    def __init__(self, readings: Iterable[Edges]) -> None:
        self._made: list[Edges] = []
        self._rest: Iterator[Edges] = iter(readings)

    def __bool__(self) -> bool:
        """Whether there is one at least."""
        if not self._made:
            self._made += islice(self._rest, 1)
        return bool(self._made)

    @property
    def first(self) -> Edges:
        """The fullest; IndexError where there is none."""
        if not self:
            raise IndexError("a content without readings")
        return self._made[0]

    def __iter__(self) -> Iterator[Edges]:
        yield from self._made
        for one in self._rest:
            self._made.append(one)
            yield one

    def all(self) -> list[Edges]:
        self._made += self._rest
        return self._made


class Proposal:
    """A cue with a possible source and the readings of its content; all spans count tokens of the Parse.

    Args:
        frame: how the content hangs on the cue.
        cue: the words that report; None for a quotation without a cue.
        head: the token that heads the cue ("said" in "had already said"); the first content token where there is none.
        lemma: the base form of the head.
        edges: the readings of the content.
        source: finds the source's noun phrase, appositions and relative clauses cut off; None where no words name it.
    """

    __slots__ = ("_find_source", "_source", "cue", "edges", "frame", "head", "lemma", "rule")

    def __init__(
        self,
        frame: Frame,
        cue: TokenSpan | None,
        head: int,
        lemma: str,
        edges: Readings,
        source: Callable[[], Source | None] | None = None,
    ) -> None:
        self.rule = ""
        """The rule that proposed it, family.name; set by the rulebook."""
        self.frame, self.cue, self.head, self.lemma = frame, cue, head, lemma
        self._find_source = source
        self._source: Source | None = None
        self.edges = Readings(filter(self._leaves_out_source, edges)) if source else edges

    @property
    def source(self) -> TokenSpan | None:
        """The source's noun phrase; None where no words name it."""
        found = self._found()
        return found[0] if found else None

    @property
    def source_head(self) -> int:
        """The token that heads the source; -1 where there is none."""
        found = self._found()
        return found[1] if found else -1

    def _leaves_out_source(self, edges: Edges) -> bool:
        """Whether a source stands outside a reading: nobody is reported by their own words. It may only end in the
        words after its head with which a content begins."""
        found = self._found()
        if found is None:
            return True
        (start, end), head = found
        return not any(first < end and start < last and first <= head for first, last in edges.content)

    def _found(self) -> Source | None:
        if self._find_source is not None:
            self._source, self._find_source = self._find_source(), None
        return self._source

    def with_edges(self, edges: Iterable[Edges]) -> Proposal:
        """The same with other readings."""
        other = Proposal(self.frame, self.cue, self.head, self.lemma, Readings(edges), self._found)
        other.rule = self.rule
        return other


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
