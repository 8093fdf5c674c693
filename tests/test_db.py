"""``quotes db``: the command line, through its runner."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from storing import said, write
from typer.testing import CliRunner, Result

import quotes.store.connect
from quotes.cli import app, tables
from quotes.store import open as opened

STUBS = str(Path(__file__).parent / "stubs.py")
BRIDGE = "The harbour bridge will cost us more trade than we thought"

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs ``quotes db`` in a folder that holds quotes.jsonl and, made from it, quotes.db."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    write(
        "quotes.jsonl",
        [
            said("Ada Lund", BRIDGE, "a.txt", date="2024-01-10", outlet="The Harbour Post"),
            said("Tom Rask", "Nobody asked\nthe \x1b[31mpilots", "b.txt", date="2024-02-10", before="Of the bridge: "),
            said("=SUM(1)", "@cmd is what they said of trade", "c.txt"),
        ],
    )

    def run(*args: str, input: str | bytes = "") -> Result:
        return CliRunner().invoke(app, ["db", *args], input=input, catch_exceptions=False)

    assert run("add", "quotes.db", "quotes.jsonl").exit_code == 0
    return run


def rows(result: Result) -> list[dict]:
    assert result.exit_code == 0
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_in_a_pipe_a_search_gives_lines_of_json(run: Run) -> None:
    [row] = rows(run("search", "quotes.db", "trade", "--speaker", "Lund", "--since", "2024-01-01", "--type", "direct"))
    assert (row["speaker"], row["date"], row["outlet"]) == ("Ada Lund", "2024-01-10", "The Harbour Post")
    [[start, end]] = row["matches"]
    assert row["text"][start:end] == "trade"
    assert rows(run("search", "quotes.db", "trade", "--until", "2023")) == []
    assert [row["doc_id"] for row in rows(run("search", "quotes.db", "--limit", "2"))] == ["b.txt", "a.txt"]
    assert rows(run("search", "quotes.db", "harbour", "bridge")) == rows(run("search", "quotes.db", "harbour bridge"))


def test_a_text_that_crashes_or_hangs_the_parser_costs_itself(tmp_path: Path) -> None:
    texts = {"a": "q1 rain", "b": "CRASH", "c": "q2 snow", "d": "HANG", "e": "q3 fog"}
    lines = "".join(f"{json.dumps({'id': id, 'text': text})}\n" for id, text in texts.items())
    (tmp_path / "in.jsonl").write_text(lines)
    done = subprocess.run(
        [sys.executable, STUBS, "db", "add", "quotes.db", "in.jsonl", "--no-topics", "--timeout", "1"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    reasons = ["quotes: b: its process was ended by SIGSEGV", "quotes: d: took longer than 1 s"]
    assert (done.returncode, done.stderr.splitlines()) == (1, reasons)
    with opened(str(tmp_path / "quotes.db")) as store:
        assert [one["doc_id"] for one in store.documents()] == ["e", "c", "a"]
        assert store.totals()["quotes"] == 3


def test_a_table_for_readers(run: Run) -> None:
    table = run("search", "quotes.db", "bridge", "--format", "table").stdout
    head, rule, *lines = table.splitlines()
    assert head.split() == ["date", "quote", "in"]
    assert set(rule.strip()) == {"─"}
    assert any("Tom Rask said: “Nobody asked the \ufffd[31mpilots" in line for line in lines), table
    assert run("search", "quotes.db", "nothing of that", "--format", "table").stdout == "nothing found\n"


def test_words_that_were_searched_for_stand_out() -> None:
    cell = tables._cell({"lead": "Bo said:", "text": "no trade\nat all", "matches": [[3, 8]]}, "line")
    assert cell.plain == "Bo said: no trade at all"
    assert [(span.start, span.end) for span in cell.spans if span.style == tables.MATCH] == [(12, 17)]


def test_csv_that_a_spreadsheet_may_open(run: Run) -> None:
    [checked] = rows(run("search", "quotes.db", "cmd"))
    with opened("quotes.db", write=True) as store:
        store.verdict(checked["id"], "right", "eva")
    head, row = csv.reader(StringIO(run("search", "quotes.db", "cmd", "--format", "csv").stdout))
    found = dict(zip(head, row, strict=True))
    assert (found["speaker"], found["known_as"][:2]) == ("'=SUM(1)", "'=")
    assert json.loads(found["matches"])
    assert json.loads(found["verdict"])["who"] == "eva"


def test_speakers_and_stats(run: Run) -> None:
    assert [row["name"] for row in rows(run("speakers", "quotes.db", "--limit", "1"))] == ["=SUM(1)"]
    [rask] = rows(run("speakers", "quotes.db", "rask"))
    assert (rask["quotes"], rask["documents"], rask["names"], rask["gender"]) == (1, 1, ["Tom Rask"], None)
    assert {row["what"]: row["rows"] for row in rows(run("stats", "quotes.db"))}["documents"] == 3
    assert [(row["month"], row["quotes"]) for row in rows(run("stats", "quotes.db", "--by", "month"))] == [
        (None, 1),
        ("2024-01", 1),
        ("2024-02", 1),
    ]
    assert "Tom Rask" in run("stats", "quotes.db", "--by", "speaker", "--format", "table").stdout


def test_texts_and_records_from_standard_input(run: Run) -> None:
    assert run("add", "new.db", input=Path("quotes.jsonl").read_bytes()).exit_code == 0
    assert len(rows(run("search", "new.db"))) == 3
    assert run("add", "new.db", "-", "--no-topics", input="It will rain, Eva Berg said on Monday.\n").exit_code == 0
    assert [row["doc_id"] for row in rows(run("search", "new.db", "--speaker", "Berg"))] == ["-"]


def test_what_can_not_be_added_is_named(run: Run) -> None:
    result = run("add", "new.db", "quotes.jsonl", "gone.txt", input="")
    assert (result.exit_code, result.stderr) == (1, "quotes: gone.txt: no such file or directory\n")
    assert len(rows(run("search", "new.db"))) == 3


def test_what_a_reader_should_know_of_a_text_is_said_once(run: Run) -> None:
    Path("old.txt").write_bytes("It cost £5m, Eva Berg said on Monday.".encode("cp1252"))
    line = "quotes: old.txt: not UTF-8, read as cp1252\n"
    for told in (line, ""):
        result = run("add", "new.db", "old.txt", "--no-topics")
        assert (result.exit_code, result.stderr) == (0, told)
    assert run("add", "other.db", "old.txt", "--no-topics", "--quiet").stderr == ""


def test_verdicts_become_gold(run: Run) -> None:
    first, second, _ = rows(run("search", "quotes.db"))
    with opened("quotes.db", write=True) as store:
        store.verdict(first["id"], "right", "eva")
    result = run("verdicts", "quotes.db", "-o", "gold.jsonl")
    assert (result.exit_code, result.stderr) == (0, "")
    scored = CliRunner().invoke(app, ["evaluate", "gold.jsonl", "--predicted", "quotes.jsonl", "--json"])
    assert json.loads(scored.stdout)["exact"]["r"] == 1
    [document] = rows(run("verdicts", "quotes.db"))
    assert (document["id"], len(document["quotes"])) == (first["doc_id"], 1)
    assert second["doc_id"] not in run("verdicts", "quotes.db", "--partly").stdout


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (["search", "gone.db"], "gone.db: no such file or directory"),
        (["search", "quotes.jsonl"], "quotes.jsonl: no database; quotes db add makes one"),
        (["add", "quotes.jsonl", "quotes.db"], "quotes.jsonl: no database; quotes db add makes one"),
        (["add", "no/such.db", "quotes.jsonl"], "no/such.db: no such folder"),
        (["stats", "."], ".: is a directory"),
        (["search", "quotes.db", "--since", "May"], "--since takes a date like 2024-01-31, 2024-01 or 2024, not 'May'"),
        (["search", "quotes.db", "--type", "sung"], "--type knows no 'sung', only direct, indirect, mixed or all"),
        (["verdicts", "quotes.db", "-o", "no/gold"], "can't write no/gold: no such file or directory"),
        (["verdicts", "quotes.db", "-o", "quotes.jsonl"], "quotes.jsonl is there already; --force writes over it"),
        (["metadata", "quotes.db", "-o", "quotes.jsonl"], "quotes.jsonl is there already; --force writes over it"),
        (
            ["metadata", "quotes.db", "-o", "./quotes.db", "--force"],
            "./quotes.db is among the inputs; write to another file",
        ),
        (["metadata", "gone.db"], "gone.db: no such file or directory"),
    ],
)
def test_a_wrong_command_line_is_a_line_and_status_2(run: Run, args: list[str], line: str) -> None:
    result = run(*args)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"quotes: {line}\n")


def test_a_locked_database_is_a_line_and_status_1(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quotes.store.connect, "WAIT", 0.05)
    with opened("quotes.db", write=True) as store, store.transaction():
        result = run("add", "quotes.db", input=json.dumps(said("Eva Berg", BRIDGE, "f.txt")))
    assert (result.exit_code, result.stderr) == (
        1,
        "quotes: quotes.db: in use by another program; try again when it is done\n",
    )


@pytest.mark.parametrize("command", ["verdicts", "metadata"])
def test_force_writes_over_what_is_there(run: Run, command: str) -> None:
    [row] = rows(run("search", "quotes.db", "harbour"))
    with opened("quotes.db", write=True) as store:
        store.verdict(row["id"], "right", "eva")
    Path("out").write_text("old", encoding="utf-8")
    assert run(command, "quotes.db", "-o", "out", "--force").exit_code == 0
    assert Path("out").read_text(encoding="utf-8") == run(command, "quotes.db").stdout


@pytest.mark.parametrize("command", ["verdicts", "metadata"])
def test_a_full_disk_is_a_line_and_status_1(run: Run, command: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no device that is always full")
    [row] = rows(run("search", "quotes.db", "harbour"))
    with opened("quotes.db", write=True) as store:
        store.verdict(row["id"], "right", "eva")
    args = [sys.executable, "-m", "quotes", "db", command, "quotes.db", "-o", "/dev/full"]
    done = subprocess.run(args, capture_output=True)
    assert (done.returncode, done.stderr) == (1, b"quotes: can't write: no space left on device\n")


def test_a_missing_package_is_a_line_and_status_2(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlite_utils", None)
    result = run("add", "new.db", "quotes.jsonl")
    assert (result.exit_code, result.stderr) == (
        2,
        'quotes: needs sqlite_utils; install it with: pip install "newsquotes[db]"\n',
    )
    assert rows(run("search", "quotes.db", "bridge")), "searching does without"


@pytest.mark.parametrize("command", ["add", "search", "speakers", "stats", "verdicts", "metadata"])
def test_help_has_an_example(run: Run, command: str) -> None:
    assert f"  quotes db {command} quotes.db" in run(command, "--help").stdout
