"""What a plot shows and where, in the plot's own units; the templates draw it as SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Unit = Literal["month", "year", "decade", "century"]
UNITS: dict[Unit, int] = {"month": 1, "year": 12, "decade": 120, "century": 1200}
"""Months of each."""
MOST_BARS = 48
WIDTH, HEIGHT = 720, 160
"""Of the plot without its margins."""
LABELS = 8
"""Labels along the time that stand side by side without touching."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of time."""

    label: str
    """"2024-03", "2024", "2020s"."""
    count: int
    x: float
    y: float
    width: float
    height: float
    centre: float
    named: bool
    """Whether the label is written under it."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Counts over time, a bar a stretch, without gaps from the first to the last."""

    unit: Unit
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[int, float], ...]
    """Counts and their heights at which a line goes across."""
    width: int = WIDTH
    height: int = HEIGHT


def timeline(months: Mapping[str, int]) -> Timeline | None:
    """Lay out counts over time.

    Args:
        months: counts by month, "2024-03"; what is no month is left out.

    Returns:
        None where there is no month. Months become years, and years decades, where the bars would be more than
        ``MOST_BARS``.
    """
    counts = {at: count for month, count in months.items() if (at := _number(month)) is not None and count > 0}
    if not counts:
        return None
    first, last = min(counts), max(counts)
    unit: Unit = next((u for u, size in UNITS.items() if last // size - first // size < MOST_BARS), "century")
    size = UNITS[unit]
    sums = dict.fromkeys(range(first // size, last // size + 1), 0)
    for at, count in counts.items():
        sums[at // size] += count
    ticks = scale(max(sums.values()))
    top = ticks[-1]
    step = WIDTH / len(sums)
    width = min(step * 0.8, 40)
    every = math.ceil(len(sums) / LABELS)
    bars = tuple(
        Bar(
            label=_label(at, unit),
            count=count,
            x=round(step * k + (step - width) / 2, 2),
            y=round(HEIGHT - HEIGHT * count / top, 2),
            width=round(width, 2),
            height=round(HEIGHT * count / top, 2),
            centre=round(step * (k + 0.5), 2),
            named=k % every == 0,
        )
        for k, (at, count) in enumerate(sums.items())
    )
    return Timeline(unit, bars, tuple((tick, round(HEIGHT - HEIGHT * tick / top, 2)) for tick in ticks))


def scale(most: int) -> list[int]:
    """Round counts from 0 to at least ``most``, three to six of them, in steps of 1, 2 or 5 times a power of ten."""
    step = 1
    while most > 5 * step:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return list(range(0, step * max(2, math.ceil(most / step)) + 1, step))


def _number(month: str) -> int | None:
    """A month counted from the year 0."""
    year, _, of_year = month.partition("-")
    if year.isascii() and year.isdecimal() and of_year.isascii() and of_year.isdecimal() and 1 <= int(of_year) <= 12:
        return int(year) * 12 + int(of_year) - 1 if len(year) == 4 else None
    return None


def _label(at: int, unit: Unit) -> str:
    if unit == "month":
        return f"{at // 12:04}-{at % 12 + 1:02}"
    if unit == "year":
        return f"{at:04}"
    return f"{at * UNITS[unit] // 12:04}s"
