"""From what confidence quotes stand, by what cross-validation found."""

import pytest

from quotes.learn.calibrate import CHECKING, Mark, best_threshold

MARKS = [
    *[Mark(0.9, 1.0)] * 60,
    *[Mark(0.7, 1.0)] * 30,
    *[Mark(0.7, 0.0)] * 10,
    *[Mark(0.4, 1.0)] * 10,
    *[Mark(0.4, 0.0)] * 12,
    *[Mark(0.2, 0.0)] * 50,
]
"""Sixty that are surely right; forty of which three in four are; some of which half are; and some of which none is."""


@pytest.mark.parametrize(("beta", "least"), [(0.1, (0.7, 0.9)), (CHECKING, (0.4, 0.7)), (1.0, (0.2, 0.4))])
def test_the_less_recall_counts_the_higher_is_the_threshold(beta: float, least: tuple[float, float]) -> None:
    assert least[0] < best_threshold([(MARKS, 120.0)], beta) <= least[1]


def test_every_corpus_counts_alike() -> None:
    sure = [Mark(0.95, 1.0)] * 20 + [Mark(0.6, 0.0)] * 40
    assert best_threshold([(sure, 20.0)], 1.0) > 0.6
    many = [MARKS * 10, sure]
    assert best_threshold([(marks, 1200.0 if len(marks) > 100 else 20.0) for marks in many], 1.0) > 0.6


def test_nothing_found_has_some_threshold() -> None:
    assert 0 < best_threshold([([], 10.0)], 1.0) < 1
