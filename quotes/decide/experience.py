"""Experience with keys: how often what carries a key was right, as smoothed log-odds that back off to a wider key."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

STRENGTH = 4.0
"""How many sightings the wider key's estimate is worth."""
RARE = 2
"""Keys seen less often than this are not kept: their wider key speaks for them."""

Keys = Sequence[tuple[str, str | None]]
"""Names of keys, each with the name of the wider key, earlier in the sequence, that it backs off to."""


def log_odds(probability: float) -> float:
    """Natural logarithm of the odds, kept within ±6."""
    p = min(max(probability, 0.0025), 0.9975)
    return math.log(p / (1 - p))


class Experience:
    """Log-odds of keys and how often each was seen.

    Args:
        names: the keys' names with their wider keys.
        base: log-odds where nothing is known.
        tables: for every name, from key to (log-odds, times seen).
    """

    def __init__(self, names: Keys, base: float, tables: Sequence[Mapping[str, tuple[float, float]]]) -> None:
        self.names, self.base, self.tables = names, base, tables
        index = {name: k for k, (name, _) in enumerate(names)}
        self._wider = [index[wider] if wider is not None else -1 for _, wider in names]

    def of(self, keys: Sequence[str]) -> list[float]:
        """The log-odds of each key, then the log of 1 + how often the second and the third were seen."""
        out: list[float] = []
        seen = [0.0, 0.0]
        for k, (table, wider) in enumerate(zip(self.tables, self._wider, strict=True)):
            entry = table.get(keys[k])
            if entry is not None:
                out.append(entry[0])
                if 0 < k < 3:
                    seen[k - 1] = entry[1]
            else:
                out.append(self.base if wider < 0 else out[wider])
        out.append(math.log1p(seen[0]))
        out.append(math.log1p(seen[1]))
        return out


class Counts:
    """Sightings and rightful sightings of every key, from which experience is made."""

    def __init__(self, names: Keys) -> None:
        self.names = names
        index = {name: k for k, (name, _) in enumerate(names)}
        self._wider = [index[wider] if wider is not None else -1 for _, wider in names]
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
            known = times >= RARE
            probabilities.append((right + STRENGTH * prior) / (times + STRENGTH) if known else prior)
            seen.append(times if known else 0.0)
        return [*map(log_odds, probabilities), math.log1p(seen[1]), math.log1p(seen[2])]

    def experience(self, examples: Iterable[Sequence[str]]) -> Experience:
        """What is worth keeping of the counts: the log-odds of the keys of the examples, rounded."""
        tables: list[dict[str, tuple[float, float]]] = [{} for _ in self.names]
        for keys in examples:
            if all(key in table for table, key in zip(tables, keys, strict=True)):
                continue
            values = self.of(keys)
            for k, key in enumerate(keys):
                times = self.cells[k][key][1]
                if times >= RARE:
                    tables[k][key] = (round(values[k], 2), round(times, 1))
        base = log_odds((self.right + 1) / (self.seen + 2))
        return Experience(self.names, round(base, 2), tables)
