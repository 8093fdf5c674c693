"""What the desk's plots show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.web.plots import HEIGHT, MOST_BARS, WIDTH, scale, timeline


def test_months_without_quotes_have_a_place_too() -> None:
    plot = timeline({"2024-11": 2, "2025-02": 4})
    assert plot is not None
    assert plot.unit == "month"
    assert [(bar.label, bar.count) for bar in plot.bars] == [
        ("2024-11", 2),
        ("2024-12", 0),
        ("2025-01", 0),
        ("2025-02", 4),
    ]
    assert [bar.height for bar in plot.bars] == [HEIGHT / 2, 0, 0, HEIGHT]


@pytest.mark.parametrize(
    ("first", "last", "unit", "labels"),
    [
        ("2019-05", "2024-03", "year", ("2019", "2024")),
        ("1924-05", "2024-03", "decade", ("1920s", "2020s")),
        ("1424-05", "2024-03", "century", ("1400s", "2000s")),
    ],
)
def test_a_long_time_has_longer_steps(first: str, last: str, unit: str, labels: tuple[str, str]) -> None:
    plot = timeline({first: 1, last: 3})
    assert plot is not None
    assert plot.unit == unit
    assert (plot.bars[0].label, plot.bars[-1].label) == labels
    assert [bar.count for bar in plot.bars if bar.count] == [1, 3]


@pytest.mark.parametrize("months", [{}, {"": 3, "2024": 1, "2024-13": 1, "20-01": 1, "May": 2}, {"2024-01": 0}])
def test_where_no_month_is_known_there_is_no_plot(months: dict[str, int]) -> None:
    assert timeline(months) is None


@given(st.dictionaries(st.dates().map(lambda day: day.isoformat()[:7]), st.integers(1, 10**9), min_size=1))
def test_every_quote_is_in_a_bar_and_every_bar_in_the_plot(months: dict[str, int]) -> None:
    plot = timeline(months)
    assert plot is not None
    assert sum(bar.count for bar in plot.bars) == sum(months.values())
    assert len(plot.bars) <= max(MOST_BARS, 101)
    for bar in plot.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= WIDTH
        assert 0 <= bar.y <= HEIGHT
        assert bar.y + bar.height == pytest.approx(HEIGHT, abs=0.02)


@pytest.mark.parametrize(
    ("most", "ticks"), [(1, [0, 1, 2]), (5, [0, 1, 2, 3, 4, 5]), (7, [0, 2, 4, 6, 8]), (43, [0, 10, 20, 30, 40, 50])]
)
def test_ticks_are_round(most: int, ticks: list[int]) -> None:
    assert scale(most) == ticks
