"""What a rule is: a function that proposes attributions, with its name and the sentences that show what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from quotes.find.candidate import Proposal
from quotes.grammar.context import Context

Place = TypeVar("Place")
"""What a rule is tried on: the number of a token, a paragraph, or a place that several rules share, such as a verb's
complement."""
Places = Callable[[Context], Iterable[Place]]
"""Finds all places of a kind in a text."""
Matcher = Callable[[Context, Place], Iterable[Proposal]]
"""Proposes what may be reported at one place of a text."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A way in which text reports speech, with its examples.

    Examples are marked inline: ``[source]``, ``(cue)``, ``{content}``; several ``{…}`` are parts of one content.
    """

    name: str
    """family.name"""
    on: Places[Any]
    """The places at which it is tried."""
    about: str
    """One line for a reader."""
    matches: tuple[str, ...]
    """Sentences in which the rule proposes exactly the marked spans."""
    rejects: tuple[str, ...]
    """Sentences in which the rule proposes nothing."""
    prior: float
    """How likely one of its proposals is right, 0 to 1, where training has seen none of the same frame."""
    taught: bool
    """Whether training has seen enough to tell; if not, the prior stands whatever a model says."""
    matcher: Matcher[Any]

    @property
    def family(self) -> str:
        """What stands before the point of the name."""
        return self.name.partition(".")[0]

    @property
    def stands(self) -> str:
        """The file and line of its function, as editors take them: "quotes/find/rules/left.py:57"."""
        code = self.matcher.__code__
        file = Path(code.co_filename)
        package = Path(__file__).parents[3]
        return f"{file.relative_to(package) if file.is_relative_to(package) else file}:{code.co_firstlineno}"


class Rulebook:
    """Rules by name, in the order in which they were written, and what they propose.

    >>> book = Rulebook()
    >>> @book.rule("line.pause", on=lambda ctx: (), about="a pause", matches=(), prior=0.1)
    ... def pause(ctx, token):
    ...     yield from ()
    >>> [rule.name for rule in book]
    ['line.pause']
    """

    def __init__(self) -> None:
        self._rules: dict[str, Rule] = {}

    def __iter__(self) -> Iterator[Rule]:
        return iter(self._rules.values())

    def __getitem__(self, name: str) -> Rule:
        return self._rules[name]

    def rule(
        self,
        name: str,
        *,
        on: Places[Place],
        about: str,
        matches: tuple[str, ...],
        rejects: tuple[str, ...] = (),
        prior: float,
        taught: bool = True,
    ) -> Callable[[Matcher[Place]], Matcher[Place]]:
        """Make a function a rule of this book; arguments as the fields of Rule.

        Raises:
            ValueError: there is a rule of that name already.
        """

        def add(matcher: Matcher[Place]) -> Matcher[Place]:
            if name in self._rules:
                raise ValueError(f"there are two rules named {name!r}")
            self._rules[name] = Rule(name, on, about, matches, rejects, prior, taught, matcher)
            return matcher

        return add

    @contextmanager
    def opened(self) -> Iterator[Rulebook]:
        """Forget, at the end of a with block, the rules that were added in it."""
        before = dict(self._rules)
        try:
            yield self
        finally:
            self._rules = before

    def proposals(self, ctx: Context) -> Iterator[Proposal]:
        """What all rules propose in a text, kind of place by kind of place."""
        kinds: dict[Places[Any], list[Rule]] = {}
        for rule in self:
            kinds.setdefault(rule.on, []).append(rule)
        for places, rules in kinds.items():
            yield from _proposals(rules, ctx, places(ctx))

    def proposals_on(self, kind: Places[Place], ctx: Context, places: Iterable[Place]) -> Iterator[Proposal]:
        """What the rules for a kind of place propose at places that the caller found."""
        return _proposals([rule for rule in self if rule.on is kind], ctx, places)


def _proposals(rules: Sequence[Rule], ctx: Context, places: Iterable[Any]) -> Iterator[Proposal]:
    for place in places:
        for rule in rules:
            for proposal in rule.matcher(ctx, place):
                proposal.rule = rule.name
                yield proposal


BOOK = Rulebook()
"""The rules that extraction tries."""
rule = BOOK.rule
"""Makes a function one of them."""
