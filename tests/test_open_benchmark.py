"""The open benchmark of speakers: six Wikinews articles in which people told who is meant (fixtures/gum)."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from quotes.cli import app

NEWS = Path(__file__).parent.parent / "fixtures" / "gum" / "news.jsonl"
SOURCES, RIGHT, WRONG = 30, 0.9, 0.04
"""How many speakers with a name are found at least, which share of them is right at least, and wrong at most."""


def test_the_speakers_of_wikinews_are_right() -> None:
    result = CliRunner().invoke(app, ["evaluate", str(NEWS), "--speakers", str(NEWS), "--json"], catch_exceptions=False)
    tally = json.loads(result.stdout)["all"]
    assert tally["sources"] >= SOURCES
    assert tally["right"] >= RIGHT * tally["sources"]
    assert tally["wrong"] <= WRONG * tally["sources"]
