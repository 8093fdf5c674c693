"""What only a server does: several who write at once, an address with a password, a server that is not there."""

from __future__ import annotations

import threading

import pytest
from storing import said, write
from typer.testing import CliRunner

import quotes.store
from quotes.cli import app
from quotes.store import Search, StoreError
from quotes.store.postgresql import shown

server_only = pytest.mark.parametrize("database", ["postgresql"], indirect=True)
WRITERS, EACH = 10, 6


@server_only
def test_ten_who_write_at_once_lose_nothing(database: str) -> None:
    records = [
        said("Ada Lund", f"The bridge of town {k} is shut for the whole of this winter", f"{k}.txt", before=f"{k}. ")
        for k in range(WRITERS * EACH)
    ]
    alike = [
        said("Tom Rask", "The same words in each of these papers", f"w{k}.txt", before=f"{k}. ") for k in range(WRITERS)
    ]
    errors: list[Exception] = []

    def work(number: int) -> None:
        mine = [*records[number::WRITERS], alike[number]]
        try:
            with quotes.store.open(database, make=True) as store:
                for one in mine:
                    store.add_document(one["doc_id"], one["doc_text"], [one], one["meta"], [["bridge"]])
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    with quotes.store.open(database) as store:
        totals = {"documents": 70, "quotes": 70, "wrong": 0, "speakers": 2, "topics": 1, "groups": 1, "verdicts": 0}
        assert store.totals() == totals
        assert {one["name"]: one["quotes"] for one in store.speakers()} == {"Ada Lund": 60, "Tom Rask": 10}
        assert store.search(Search("same words")).rows[0]["documents"] == WRITERS


@server_only
def test_the_commands_take_an_address(database: str) -> None:
    def run(*args: str) -> str:
        result = CliRunner().invoke(app, [*args], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.stdout

    write("quotes.jsonl", [said("Ada Lund", "The harbour bridge is open", "a.txt", date="2024-01-10")])
    run("db", "add", database, "quotes.jsonl")
    assert '"speaker": "Ada Lund"' in run("db", "search", database, "bridges")
    assert run("db", "edit", database, "a.txt", "--outlet", "The Post", "--who", "Åsa").strip() == "1"
    assert "The Post" in run("export", database, "--format", "csv")


@server_only
@pytest.mark.parametrize(
    ("words", "documents"),
    [
        ('"harbour bridge"', ["a.txt"]),
        ("harb* AND NOT open", []),
        ("bridge NOT open", ["a.txt"]),
        ("bridge OR pilots", ["a.txt", "b.txt"]),
        ("(bridge OR pilots) harbour", ["a.txt"]),
        ("text: bridge", ["a.txt", "b.txt"]),
        ("speaker: Müller", ["b.txt"]),
        ("muller", ["b.txt"]),
        ("(harbour", ["a.txt"]),
        ("harbour's", []),
        ("\\' | ' & !", []),
        ("AND", []),
    ],
)
def test_a_search_is_written_as_for_fts5(database: str, words: str, documents: list[str]) -> None:
    with quotes.store.open(database, make=True) as store:
        for one in (said("Ada Lund", "The harbour bridge", "a.txt"), said("Jo Müller", "A bridge is open", "b.txt")):
            store.add_document(one["doc_id"], one["doc_text"], [one])
        assert sorted(row["doc_id"] for row in store.search(Search(words)).rows) == documents


def test_a_server_that_is_not_there(tmp_path: object) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(StoreError, match=r"^postgresql://eva@127\.0\.0\.1:1/news: .*refused"):
        quotes.store.open("postgresql://eva:secret@127.0.0.1:1/news")
    assert shown("postgresql://eva:secret@db.example/news") == "postgresql://eva@db.example/news"
