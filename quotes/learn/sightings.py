"""How often keys were right in annotated articles, from which experience is made; all examples at once, as arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from quotes.decide.experience import LEAST, Experience, Keys, log_odds, places_of_counted, places_of_wider
from quotes.forest import Indices, Matrix

STRENGTH = 4.0
"""How many sightings the wider key's estimate is worth."""
RARE = 2
"""Keys seen less often than this are not kept: their wider key speaks for them."""


class Sightings:
    """Keys with which examples were seen, and whether those were right.

    Args:
        names: the kinds of keys.
        keys: of each example, in the order of their kinds.
        right: whether each example is right.
        weights: what each counts.
        rare: keys seen less often are not known.
    """

    def __init__(
        self, names: Keys, keys: Sequence[Sequence[str]], right: Matrix, weights: Matrix | Indices, rare: float = RARE
    ) -> None:
        self.names, self.rare = names, rare
        self.weights: Matrix = weights.astype(np.float64)
        self.right: Matrix = self.weights * right
        self.kinds: list[dict[str, int]] = [{} for _ in names]
        """For each kind from key to its number, by which ``codes`` tells which key each example has."""
        self.codes: list[Indices] = [
            np.fromiter((numbers.setdefault(of_one[k], len(numbers)) for of_one in keys), np.intp, len(keys))
            for k, numbers in enumerate(self.kinds)
        ]

    def known(self, parts: Indices | None = None) -> Matrix:
        """What experience says of each example's keys, as Experience.of: a row an example.

        Args:
            parts: the part that each example is of; experience is counted without its part. None counts all.
        """
        right, seen = self._counted(np.zeros(len(self.weights), dtype=np.intp), parts)
        base = (right + 1) / (seen + 2)
        probabilities: list[Matrix] = []
        times: list[Matrix] = []
        for codes, wider in zip(self.codes, places_of_wider(self.names), strict=True):
            right, seen = self._counted(codes, parts)
            prior = base if wider < 0 else probabilities[wider]
            enough = seen >= self.rare
            probabilities.append(np.where(enough, (right + STRENGTH * prior) / (seen + STRENGTH), prior))
            times.append(np.where(enough, seen, 0.0))
        odds = [np.log(p / (1 - p)) for p in (p.clip(LEAST, 1 - LEAST) for p in probabilities)]
        return np.column_stack([*odds, *(np.log1p(times[k]) for k in places_of_counted(self.names))])

    def _counted(self, codes: Indices, parts: Indices | None) -> tuple[Matrix, Matrix]:
        """For each example how often its key was right and how often it was seen, without its part."""
        right, seen = _sum(codes, self.right), _sum(codes, self.weights)
        if parts is not None:
            own = np.unique(codes * (parts.max(initial=0) + 1) + parts, return_inverse=True)[1]
            right, seen = right - _sum(own, self.right), seen - _sum(own, self.weights)
        return right, seen

    def experience(self, difference: float = 0.0) -> Experience:
        """What is worth keeping: the log-odds of all keys, rounded; without those that differ by less than a difference
        from their wider key's."""
        known = self.known()
        base = log_odds((self.right.sum() + 1) / (self.weights.sum() + 2))
        tables: list[dict[str, float]] = []
        seen: list[dict[str, float]] = []
        for k, wider in enumerate(places_of_wider(self.names)):
            first = np.unique(self.codes[k], return_index=True)[1]
            times = np.bincount(self.codes[k], self.weights)
            beyond = known[first, wider] if wider >= 0 else np.full(len(first), base)
            keep = (times >= self.rare) & (abs(known[first, k] - beyond) >= difference)
            values = known[first, k].round(2).tolist()
            tables.append({key: values[number] for key, number in self.kinds[k].items() if keep[number]})
            if self.names[k].counted:
                seen.append(
                    {
                        key: round(times[number], 1)
                        for key, number in self.kinds[k].items()
                        if times[number] >= self.rare
                    }
                )
        return Experience(self.names, round(base, 2), tables, seen)


def _sum(codes: Indices, counts: Matrix) -> Matrix:
    """For each example the sum of the counts of those with its code."""
    return np.bincount(codes, counts).astype(np.float64)[codes]
