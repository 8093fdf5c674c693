"""Experience with keys: how often what carries a key was right, as smoothed log-odds that back off to a wider key."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from quotes.decide.features import Key

LEAST = 0.0025
"""Probabilities are kept as far from 0 and 1."""


Keys = Sequence[Key[Any]]


def places_of_counted(names: Keys) -> list[int]:
    """The places of the keys that are counted."""
    return [k for k, key in enumerate(names) if key.counted]


def places_of_wider(names: Keys) -> list[int]:
    """For each key the place of the one that it backs off to, -1 for none."""
    index = {key.name: k for k, key in enumerate(names)}
    return [index[key.wider] if key.wider is not None else -1 for key in names]


def log_odds(probability: float) -> float:
    """Natural logarithm of the odds, kept within ±6."""
    p = min(max(probability, LEAST), 1 - LEAST)
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
        self._wider = list(enumerate(places_of_wider(names)))
        self._counted = [
            (k, {key: math.log1p(n) for key, n in seen[i].items()}) for i, k in enumerate(places_of_counted(names))
        ]

    def part(self, wanted: Collection[str]) -> Experience:
        """The same experience with some of the keys only; what those back off to is among them, and none is counted."""
        kept = [k for k, key in enumerate(self.names) if key.name in wanted]
        names = [replace(self.names[k], counted=False) for k in kept]
        return Experience(names, self.base, [self.tables[k] for k in kept], [])

    def of(self, keys: Sequence[str]) -> list[float]:
        """The log-odds of each key, then the log of 1 + how often those were seen that are counted."""
        out: list[Any] = list(map(dict.get, self.tables, keys))
        if None in out:
            for k, wider in self._wider:
                if out[k] is None:
                    out[k] = self.base if wider < 0 else out[wider]
        out += [seen.get(keys[k], 0.0) for k, seen in self._counted]
        return out
