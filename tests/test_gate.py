"""The gate that a worse model doesn't pass: docs/measure/gate.py, what it compares alone."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

GATE = runpy.run_path(str(Path(__file__).parent.parent / "docs" / "measure" / "gate.py"))
KEPT = {"who-what F1": 0.9, "right names": 0.8, "wrong names": 0.1}


@pytest.mark.parametrize(
    ("changed", "worse"),
    [
        ({}, []),
        ({"who-what F1": 0.95, "right names": 0.9, "wrong names": 0.0}, []),
        ({"who-what F1": 0.895, "right names": 0.795, "wrong names": 0.105}, []),
        ({"who-what F1": 0.8949}, ["who-what F1"]),
        ({"right names": 0.7, "wrong names": 0.2}, ["right names", "wrong names"]),
        ({"wrong names": 0.1051}, ["wrong names"]),
        ({"right dates": 0.9}, ["right dates"]),  # nothing is kept to hold it against
    ],
)
def test_what_is_worse_by_more_than_chance_is_named(changed: dict[str, float], worse: list[str]) -> None:
    assert GATE["worse"](KEPT | changed, KEPT) == worse
