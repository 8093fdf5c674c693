"""What somebody says again, over time and in other words."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from storing import said, write
from typer.testing import CliRunner

from quotes import store
from quotes.cli import app
from quotes.store.repeats import changes, repeats, said_again

FIRST = "We will open the crossing to lorries in May, whatever the weather"
AGAIN = "Whatever the weather, we will open the crossing to lorries in June"
MORE = "As I have said before, we will open the crossing to lorries in September, whatever the weather does"
DENIED = "We will not open the crossing to lorries in May, whatever the weather"
OTHER = "The council has no money for a second bridge over the harbour this year"


@pytest.mark.parametrize(
    ("quotes", "again"),
    [
        ([(FIRST, "2026-03-01"), (AGAIN, "2026-05-20")], [[0, 1]]),
        ([(FIRST, "2026-03-01"), (OTHER, "2026-03-01"), (MORE, "2026-08-01"), (AGAIN, None)], [[0, 2, 3]]),
        ([(FIRST, "2026-03-01"), (DENIED, "2026-03-02")], [[0, 1]]),
        (
            [(FIRST, "2026-03-01"), (FIRST, "2026-03-04"), (FIRST, "2026-07-01")],
            [[0, 2]],
        ),  # the first two are wire copy
        ([(FIRST, "2026-03-01"), (FIRST, None)], []),
        ([(FIRST, "2026-03-01"), (OTHER, "2026-05-20")], []),
        ([("It is over", "2026-03-01"), ("It is over", "2026-09-01")], []),  # that is said every day
        ([], []),
    ],
)
def test_what_is_said_again(quotes: list[tuple[str, str | None]], again: list[list[int]]) -> None:
    assert said_again(quotes) == again


def test_how_it_changed() -> None:
    assert changes(FIRST, DENIED) == ([], ["not"])
    assert changes("It opens in May, at last", "It opens in late June at last") == (["may"], ["late june"])


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    records = [
        said("Ada Lund", AGAIN, "b.txt", date="2026-05-20"),
        said("Ada Lund", FIRST, "a.txt", date="2026-03-01"),
        said("Ada Lund", FIRST, "wire.txt", date="2026-03-02", before="By our own reporter. "),
        said("Ada Lund", OTHER, "a2.txt", date="2026-03-01"),
        said("Tom Rask", FIRST, "c.txt", date="2026-06-01"),  # somebody else
    ]
    with store.open("quotes.db", make=True) as db:
        db.add([write("quotes.jsonl", records)])
    return "quotes.db"


def test_repeats_of_a_database(database: str) -> None:
    with store.open(database) as db:
        first, again = repeats(db)
        assert repeats(db, "Rask") == repeats(db, since="2026-04") == []
        wrong = again["id"]
    assert [(row["date"], row["repeat"], row["times"], row["first_seen"]) for row in (first, again)] == [
        ("2026-03-01", 1, 2, "2026-03-01"),
        ("2026-05-20", 1, 2, "2026-03-01"),
    ]
    assert (first["speaker"], first["documents"], first["left_out"]) == ("Ada Lund", 2, [])
    assert again["line"] == f"Ada Lund said: “{AGAIN},”"
    assert (again["cue"], again["negated"], again["modal"], again["question"]) == ("said", False, False, False)
    assert "june" in " ".join(again["put_in"])
    with store.open(database, make=True) as db:
        db.verdict(wrong, "wrong", "Ida")
        assert repeats(db) == []


def test_what_a_wire_changed_is_told_in_its_own_words(tmp_path: Path) -> None:
    later = FIRST.replace("May", "June")
    records = [
        said("Ada Lund", FIRST, "a.txt", date="2026-03-01"),
        said("Ada Lund", later, "b.txt", date="2026-03-02"),  # the same day's news, with a word changed: one time
        said("Ada Lund", later, "c.txt", date="2026-05-20", before="Weeks went by. "),
    ]
    with store.open(str(tmp_path / "quotes.db"), make=True) as db:
        db.add([write(tmp_path / "quotes.jsonl", records)])
        assert db.totals()["groups"] == 1
        first, again = repeats(db)
    assert (first["doc_id"], again["doc_id"], again["documents"]) == ("a.txt", "c.txt", 3)
    assert (again["text"], again["left_out"], again["put_in"]) == (f"“{later},”", ["may"], ["june"])


def test_the_command(database: str) -> None:
    def run(*args: str) -> str:
        return CliRunner().invoke(app, ["db", "repeats", database, *args], catch_exceptions=False).stdout

    rows = [json.loads(line) for line in run().splitlines()]
    assert [row["date"] for row in rows] == ["2026-03-01", "2026-05-20"]
    assert [row["date"] for row in csv.DictReader(StringIO(run("--format", "csv")))] == ["2026-03-01", "2026-05-20"]
    table = " ".join(run("--format", "table").split())
    assert "2026-03-01 Ada Lund said: “We will open" in table
    assert "nothing found" in run("--speaker", "Rask", "--format", "table")
