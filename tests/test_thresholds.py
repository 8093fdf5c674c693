"""From what confidence quotes stand, by what cross-validation found."""

from quotes.decide.ranker import Threshold
from quotes.learn.calibrate import WORTH_LOSING, Mark, threshold_of

SURE = [Mark(0.9, 1, True)] * 600 + [Mark(0.8, 1, False)] * 300
DOUBTFUL = [Mark(0.4, 0, False)] * 200
HALF = 900 / (900 + 1000)
"""Of the F1 of those that are sure, of 1000 to be found."""


def unsure(quoted: bool, right: int) -> list[Mark]:
    """Ten of little confidence, some of them right."""
    return [Mark(0.2, float(k < right), quoted) for k in range(10)]


def test_half_of_the_highest_f1_decides() -> None:
    assert threshold_of([*SURE, *DOUBTFUL], 1000) == Threshold(HALF, HALF)


def test_quoted_ones_stand_from_less_on_where_that_costs_little() -> None:
    marks = [*SURE, *DOUBTFUL, *unsure(quoted=True, right=4)]
    assert threshold_of(marks, 1000) == Threshold(HALF, 0.2)
    f1 = 2 * HALF
    assert f1 > 2 * 904 / (910 + 1000) > f1 - WORTH_LOSING


def test_but_not_where_it_costs_much_or_they_are_not_quoted() -> None:
    wrong = [Mark(0.45 - k / 100, 0, True) for k in range(20)]
    assert threshold_of([*SURE, *wrong, *unsure(quoted=True, right=4)], 1000).quoted > 0.4
    assert threshold_of([*SURE, *DOUBTFUL, *unsure(quoted=False, right=4)], 1000) == Threshold(HALF, HALF)


def test_nothing_found_gives_even_chances() -> None:
    assert threshold_of([], 10) == Threshold(0.5, 0.5)
