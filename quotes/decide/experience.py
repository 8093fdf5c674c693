"""Experience with keys: how often what carries a key was right, as smoothed log-odds that back off to a wider key."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

STRENGTH = 4.0
"""How many sightings the wider key's estimate is worth."""
Keys = Sequence[tuple[str, str | None]]
Table = dict[str, tuple[float, int]]
"""From a key to its log-odds and how often it was seen."""


def log_odds(probability: float) -> float:
    """Natural logarithm of the odds, kept within ±6."""
    p = min(max(probability, 0.0025), 0.9975)
    return math.log(p / (1 - p))


class Counts:
    """Sightings and rightful sightings of every key."""

    def __init__(self, names: Keys) -> None:
        self.names = names
        self.index = {name: k for k, (name, _) in enumerate(names)}
        self.seen: list[dict[str, list[float]]] = [{} for _ in names]
        self.total = [0.0, 0.0]

    def add(self, keys: Sequence[str], right: float, times: float = 1.0) -> None:
        """Count one sighting of each key (times -1 to take it back)."""
        self.total[0] += right * times
        self.total[1] += times
        for table, key in zip(self.seen, keys, strict=True):
            cell = table.get(key)
            if cell is None:
                table[key] = [right * times, times]
            else:
                cell[0] += right * times
                cell[1] += times

    def probabilities(self, keys: Sequence[str]) -> tuple[list[float], list[float]]:
        """Smoothed probability and number of sightings of each key."""
        base = (self.total[0] + 1) / (self.total[1] + 2)
        out: list[float] = []
        times: list[float] = []
        for k, (_, wider) in enumerate(self.names):
            prior = base if wider is None else out[self.index[wider]]
            right, seen = self.seen[k].get(keys[k], (0.0, 0.0))
            out.append((right + STRENGTH * prior) / (seen + STRENGTH))
            times.append(seen)
        return out, times


def encode(names: Keys, tables: Sequence[Mapping[str, tuple[float, int]]], base: float, keys: Sequence[str]) -> list[float]:
    """Log-odds of each key, then log(1 + sightings) of the third (the one that tells most)."""
    index: dict[str, int] = {}
    out: list[float] = []
    for k, (name, wider) in enumerate(names):
        index[name] = k
        entry = tables[k].get(keys[k])
        if entry is not None:
            out.append(entry[0])
        else:
            out.append(base if wider is None else out[index[wider]])
    return out


def table_of(counts: Counts, k: int, examples: Iterable[Sequence[str]]) -> Table:
    """The log-odds table of the k-th key over examples that were counted."""
    out: Table = {}
    for keys in examples:
        if keys[k] not in out:
            probabilities, times = counts.probabilities(keys)
            out[keys[k]] = (log_odds(probabilities[k]), int(times[k]))
    return out
