"""What a feature is: a name with its function beside it, over the facts of what is judged.

Two kinds. A **key** is a string ("say|ccomp:that"); experience with it, learned from annotated text, turns it into
log-odds (see `experience`). A **number** goes to the scorers as it is. Which features there are is told in `proposals`
and `readings`: a feature is added there in one line, and the model trained again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

Facts = TypeVar("Facts")


@dataclass(frozen=True, slots=True)
class Key(Generic[Facts]):
    """A kind of key, and how it is made."""

    name: str
    of: Callable[[Facts], str]
    wider: str | None = None
    """The name of the key, earlier in the order, that it backs off to where it was seldom seen."""
    counted: bool = False
    """Whether how often it was seen is a number for the scorers too."""


@dataclass(frozen=True, slots=True)
class Number(Generic[Facts]):
    """A kind of number, and how it is made."""

    name: str
    of: Callable[[Facts], float]


class Standing(NamedTuple):
    """How one of several that exclude one another stands, by experience alone."""

    score: float
    """Its log-odds."""
    other: float
    """The best of the others'; NOBODY where there is no other."""
    rank: int
    """How many of the others are better."""


NOBODY = -6.0
"""The score of a rival that doesn't exist, in log-odds."""


def standings(scores: Sequence[float]) -> Iterator[Standing]:
    """How each of several stands, by the scores of all."""
    ranked = sorted(scores, reverse=True)
    for score in scores:
        rank = ranked.index(score)
        yield Standing(score, (ranked[rank == 0] if len(ranked) > 1 else NOBODY), rank)


@dataclass(frozen=True)
class Features(Generic[Facts]):
    """All features of what is judged, in the order of their columns: experience with each key, how often those were
    seen that are counted, the numbers, and how it stands among others."""

    keys: tuple[Key[Facts], ...]
    telling: tuple[str, ...]
    """The names of the keys that tell most: the mean of their log-odds is a first score."""
    numbers: tuple[Number[Facts], ...]
    standing: tuple[Number[Standing], ...] = ()

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of all."""
        counted = (f"times seen: {key.name}" for key in self.keys if key.counted)
        keys, numbers, standing = ([f.name for f in some] for some in (self.keys, self.numbers, self.standing))
        return (*keys, *counted, *numbers, *standing)

    def keys_of(self, facts: Facts) -> list[str]:
        """The keys of one."""
        return [key.of(facts) for key in self.keys]

    def numbers_of(self, facts: Facts) -> list[float]:
        """The numbers of one."""
        return [float(number.of(facts)) for number in self.numbers]

    def only(self, names: Collection[str]) -> tuple[Key[Facts], ...]:
        """Those of the keys that are named."""
        return tuple(key for key in self.keys if key.name in names)

    def first_scores(self, known: Iterable[Sequence[float]], keys: Sequence[Key[Facts]] | None = None) -> list[float]:
        """First scores by what experience says of keys; of those given, or of all."""
        places = [k for k, key in enumerate(keys or self.keys) if key.name in self.telling]
        return [sum([of_one[k] for k in places]) / len(places) for of_one in known]

    def rows(self, known: Sequence[Sequence[float]], numbers: Sequence[Sequence[float]]) -> list[list[float]]:
        """A row for each of several that stand beside one another.

        Args:
            known: what experience says of the keys of each.
            numbers: those of each.
        """
        rows = [[*k, *n] for k, n in zip(known, numbers, strict=True)]
        if self.standing:
            for row, standing in zip(rows, standings(self.first_scores(known)), strict=True):
                row += [float(number.of(standing)) for number in self.standing]
        return rows
