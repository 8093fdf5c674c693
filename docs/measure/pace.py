"""How fast this machine is just now: times on machines that others share are compared by it."""

from __future__ import annotations

import json
import time

import numpy as np

ROUNDS = 12
ROWS = [{"id": n, "text": f"row {n} " * 8, "spans": [n, n + 1, n + 2]} for n in range(200)]
NUMBERS = np.linspace(0, 1, 120 * 120).reshape(120, 120)


class Pace:
    """The CPU time of a fixed piece of work, taken again and again between other work."""

    def __init__(self) -> None:
        self._taken: list[float] = []

    def take(self) -> None:
        """Do the work once, some 35 ms: JSON, text, numbers and loops, in parts like those of extraction."""
        since = time.process_time()
        for _ in range(ROUNDS):
            rows = json.loads(json.dumps(ROWS))
            words = sorted(word for row in rows for word in row["text"].split())
            sum(len(word) for word in words if word.isdigit())
            NUMBERS @ NUMBERS
        self._taken.append(time.process_time() - since)

    def since(self) -> float:
        """The mean CPU time, s, of the work since this was last asked."""
        mean = sum(self._taken) / len(self._taken)
        self._taken.clear()
        return mean


def spread(figures: list[float]) -> str:
    """How far figures stray from their mean, in words."""
    mean = sum(figures) / len(figures)
    return f"{100 * (min(figures) / mean - 1):+.0f}% to {100 * (max(figures) / mean - 1):+.0f}% of the mean"
