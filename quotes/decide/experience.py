"""Experience with keys: how often what carries a key was right, as smoothed log-odds that back off to a wider key."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

STRENGTH = 4.0
"""How many sightings the wider key's estimate is worth."""
RARE = 2
"""Keys seen less often than this are not kept: their wider key speaks for them."""


class Key(NamedTuple):
    """A kind of key."""

    name: str
    wider: str | None = None
    """The key, earlier in the order, that it backs off to."""
    counted: bool = False
    """Whether how often it was seen is a number for the ranker too."""


Keys = Sequence[Key]


def columns(names: Keys) -> tuple[str, ...]:
    """What the numbers mean that experience makes of keys."""
    return (*(k.name for k in names), *(f"times seen: {k.name}" for k in names if k.counted))


def _counted(names: Keys) -> list[int]:
    return [k for k, key in enumerate(names) if key.counted]


def _wider(names: Keys) -> list[int]:
    index = {key.name: k for k, key in enumerate(names)}
    return [index[key.wider] if key.wider is not None else -1 for key in names]


def log_odds(probability: float) -> float:
    """Natural logarithm of the odds, kept within ±6."""
    p = min(max(probability, 0.0025), 0.9975)
    return math.log(p / (1 - p))


class Experience:
    """Log-odds of keys and how often each was seen.

    Args:
        names: the keys' names with their wider keys.
        base: log-odds where nothing is known.
        tables: for every name, from key to log-odds.
        seen: for every name that is counted, in their order, from key to how often it was seen.
    """

    def __init__(
        self, names: Keys, base: float, tables: Sequence[dict[str, float]], seen: Sequence[Mapping[str, float]]
    ) -> None:
        self.names, self.base, self.tables, self.seen = names, base, tables, seen
        self._wider = list(enumerate(_wider(names)))
        self._counted = [(k, {key: math.log1p(n) for key, n in seen[i].items()}) for i, k in enumerate(_counted(names))]

    def part(self, wanted: Collection[str]) -> Experience:
        """The same experience with some of the keys only; what those back off to is among them, and none is counted."""
        kept = [k for k, key in enumerate(self.names) if key.name in wanted]
        names = [self.names[k]._replace(counted=False) for k in kept]
        return Experience(names, self.base, [self.tables[k] for k in kept], [])

    def of(self, keys: Sequence[str]) -> list[float]:
        """The log-odds of each key, then the log of 1 + how often those were seen that are counted; see columns."""
        out: list[Any] = list(map(dict.get, self.tables, keys))
        if None in out:
            for k, wider in self._wider:
                if out[k] is None:
                    out[k] = self.base if wider < 0 else out[wider]
        out += [seen.get(keys[k], 0.0) for k, seen in self._counted]
        return out


class Counts:
    """Sightings and rightful sightings of every key, from which experience is made."""

    def __init__(self, names: Keys, rare: float = RARE) -> None:
        self.names, self.rare = names, rare
        self._wider = _wider(names)
        self._counted = _counted(names)
        self.cells: list[dict[str, list[float]]] = [{} for _ in names]
        self.right = self.seen = 0.0

    def add(self, keys: Sequence[str], right: float, times: float = 1.0) -> None:
        """Count a sighting of each key; times -1 takes it back."""
        self.right += right * times
        self.seen += times
        for table, key in zip(self.cells, keys, strict=True):
            cell = table.setdefault(key, [0.0, 0.0])
            cell[0] += right * times
            cell[1] += times

    def of(self, keys: Sequence[str]) -> list[float]:
        """As Experience.of, from the counts as they stand (without what was taken back)."""
        base = (self.right + 1) / (self.seen + 2)
        probabilities: list[float] = []
        seen: list[float] = []
        for k, wider in enumerate(self._wider):
            right, times = self.cells[k].get(keys[k], (0.0, 0.0))
            prior = base if wider < 0 else probabilities[wider]
            known = times >= self.rare
            probabilities.append((right + STRENGTH * prior) / (times + STRENGTH) if known else prior)
            seen.append(times if known else 0.0)
        return [*map(log_odds, probabilities), *(math.log1p(seen[k]) for k in self._counted)]

    def experience(self, examples: Iterable[Sequence[str]], difference: float = 0.0) -> Experience:
        """What is worth keeping of the counts: the log-odds of the keys of the examples, rounded; without those that
        differ by less than a difference from their wider key's."""
        tables: list[dict[str, float]] = [{} for _ in self.names]
        base = log_odds((self.right + 1) / (self.seen + 2))
        looked: list[set[str]] = [set() for _ in self.names]
        for keys in examples:
            if all(key in done for done, key in zip(looked, keys, strict=True)):
                continue
            values = self.of(keys)
            for k, (key, wider) in enumerate(zip(keys, self._wider, strict=True)):
                looked[k].add(key)
                beyond = base if wider < 0 else values[wider]
                if self.cells[k][key][1] >= self.rare and abs(values[k] - beyond) >= difference:
                    tables[k][key] = round(values[k], 2)
        seen = [
            {key: round(cell[1], 1) for key, cell in self.cells[k].items() if cell[1] >= self.rare}
            for k in self._counted
        ]
        return Experience(self.names, round(base, 2), tables, seen)
