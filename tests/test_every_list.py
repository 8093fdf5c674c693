"""What was denied, planned or asked is never shown as if it were stated: commands, exports and Datasette's queries have
the words that report and the flag. (Those of the desk: test_web.py.)"""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from storing import marked
from typer.testing import CliRunner

import quotes.store
from quotes.cli import app
from quotes.records import FLAGS
from quotes.store.metadata import ABOUT, QUERIES, metadata

SENTENCES = {
    "negated": ("[Ada Lund] did not (say) {that the harbour bridge was closed to lorries all week}.", "say"),
    "modal": ("[Tom Rask] may (announce) {that the harbour ferry is full on every day}.", "announce"),
    "question": ("[Eva Berg] (asked) {whether the harbour road was open at night at all}.", "ask"),
}
TOLD = {"negated": "Ada Lund did NOT say", "modal": "Tom Rask may announce", "question": "Eva Berg asked"}
"""How a line begins."""
CUES = {"negated": "say", "modal": "announce", "question": "asked"}
Run = Callable[..., str]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database in which each was said in January and in June, and by a wire in one more paper."""
    path = str(tmp_path_factory.mktemp("lists") / "quotes.db")
    with quotes.store.open(path, make=True) as store:
        for flag, (sentence, lemma) in SENTENCES.items():
            for day in ("2024-01-05", "2024-01-06", "2024-06-05"):
                doc_id = f"{flag} {day}.txt"
                one = marked(sentence, lemma, before=f"It is {day}. ", **{flag: True}) | {"doc_id": doc_id}
                one["id"] = f"{flag}{day}"
                text = one["doc_text"]
                meta = {"title": f"News of {flag}", "date": day, "outlet": "The Harbour Post"}
                store.add_document(doc_id, text, [one | {"doc_text": None}], meta, [["harbour"]])  # type: ignore[list-item]
    return path


@pytest.fixture
def run(path: str) -> Run:
    def run(*words: str) -> str:
        result = CliRunner().invoke(app, [word.replace("DB", path) for word in words], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.stdout

    return run


LISTS = (("db", "search", "DB", "harbour"), ("db", "search", "DB"), ("db", "repeats", "DB"))


@pytest.mark.parametrize("command", LISTS, ids=" ".join)
def test_lists_of_the_command_line(run: Run, command: tuple[str, ...]) -> None:
    lines = [json.loads(line) for line in run(*command, "--format", "jsonl").splitlines()]
    table = list(csv.DictReader(StringIO(run(*command, "--format", "csv"))))
    shown = " ".join(run(*command, "--format", "table").split())
    for flag in FLAGS:
        rows = [row for row in lines if row[flag]]
        assert rows
        assert all(row["line"].startswith(TOLD[flag]) and row["cue"] == CUES[flag] for row in rows)
        assert {row["line"] for row in table if row[flag] == "true"} == {row["line"] for row in rows}
        assert TOLD[flag] in shown
        assert [row for row in lines if not row[flag] and row["line"].startswith(TOLD[flag])] == []


def test_the_list_of_documents_has_none_of_their_words(run: Run) -> None:
    for form in ("table", "csv", "jsonl"):
        listed = run("db", "documents", "DB", "--format", form)
        assert "News of negated" in listed
        assert "bridge" not in listed


def test_exports(run: Run, tmp_path: Path) -> None:
    table = list(csv.DictReader(StringIO(run("export", "DB", "--format", "csv").removeprefix("\ufeff"))))
    for flag in FLAGS:
        rows = [row for row in table if row[flag] == "true"]
        assert len(rows) == 3
        assert {row["cue"] for row in rows} == {CUES[flag]}
        assert all(row["line"].startswith(TOLD[flag]) for row in rows)
    statements = tmp_path / "statements.json"
    run("export", "DB", "--format", "schemaorg", "-o", str(statements))
    assert "harbour" not in statements.read_text("utf-8"), "no statements, so nothing of them"
    for form in ("labelstudio", "webannotation", "tei"):
        out = tmp_path / form
        run("export", "DB", "--format", form, "-o", str(out))
        told = out.read_text("utf-8")
        for flag in FLAGS:
            assert flag in told, (form, flag)
            assert CUES[flag] in told, (form, flag)


@pytest.mark.parametrize("name", ["said_about", "wire_copy", "to_check"])
def test_datasettes_queries(path: str, name: str) -> None:
    given = {"about": "harbour", "speaker": "Ada OR Tom OR Eva"}
    with closing(sqlite3.connect(path)) as db:
        db.row_factory = sqlite3.Row
        db.create_function("escape_fts", 1, lambda words: words)
        rows = [dict(row) for row in db.execute(QUERIES[name]["sql"], given)]
    for flag in FLAGS:
        told = [row for row in rows if row[flag]]
        assert told
        assert all(row["line"].startswith(TOLD[flag]) and row["cue"] == CUES[flag] for row in told)


def test_datasettes_tables(path: str) -> None:
    quotes_table = ABOUT["quotes"]
    assert quotes_table["label_column"] == "line"
    assert {"cue", "line", "rule", *FLAGS} <= quotes_table["columns"].keys()
    assert set(FLAGS) <= set(quotes_table["facets"])
    assert "denied, planned or asked" in ABOUT["groups"]["description"]
    assert metadata(path)["databases"]["quotes"]["queries"] == QUERIES
    with closing(sqlite3.connect(path)) as db:
        for flag in FLAGS:
            lines = db.execute(f"SELECT line FROM quotes WHERE {flag}").fetchall()
            assert len(lines) == 3
            assert all(line.startswith(TOLD[flag]) for (line,) in lines)
