"""What only a server does: several who write at once, an address with a password, a server that is not there."""

from __future__ import annotations

import threading

import pytest
from storing import said, write
from typer.testing import CliRunner

import quotes.store
from quotes.cli import app
from quotes.store import Search, StoreError, runs
from quotes.store.fulltext import Matching
from quotes.store.postgresql import shown
from quotes.store.tsvector import INDEX

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
def test_the_last_added_are_found_run_by_run(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With runs of 2, 4 and 8 numbers: whatever is asked for, the last added that match, and each once."""
    monkeypatch.setattr(runs, "SIZES", (1, 2, 3))
    monkeypatch.setattr(runs, "MOST", 2)
    with quotes.store.open(database, make=True) as store:
        for k in range(60):
            words = " ".join(word for word, every in (("bridge", 1), ("pier", 3), ("mole", 17)) if k % every == 0)
            one = said("Ada Lund", f"The {words} number {k} is shut", f"{k}.txt", before=f"{k}. ")
            store.add_document(one["doc_id"], one["doc_text"], [one], one["meta"])
        store.remove(31, "Åsa")
        asked: list[str] = []
        run = store.db.execute
        monkeypatch.setattr(store.db, "execute", lambda sql, *of: asked.append(sql) or run(sql, *of))
        for words, every in (("bridge", 1), ("pier", 3), ("mole", 17), ("pier mole", 51), ("bridge NOT pier", -3)):
            ids = [k + 1 for k in range(60) if k != 30 and ((k % every == 0) if every > 0 else k % -every > 0)][::-1]
            for many in (1, 2, 5, 7, 13, 40, 99):
                matching = Matching(INDEX.expression(store.db, words), ["q.id <> ?"], [60])
                expected = [id for id in ids if id != 60][:many]
                asked.clear()
                assert [row[0] for row in INDEX.last(store.db, "q.id", matching, many)] == expected
                assert len(asked) == len(set(asked)), "no run is asked for twice"
                assert [row[0] for row in INDEX.ranked(store.db, matching, many)] == expected


@server_only
def test_a_search_for_words_asks_their_index(database: str) -> None:
    with quotes.store.open(database, make=True) as store:
        store.db.execute("SET enable_seqscan = off")
        found = f"to_tsquery('quotes_words', 'bridge') query, quotes q WHERE {runs.of_runs(13, 0, 9)}"
        plan = store.db.execute(f"EXPLAIN SELECT id FROM {found}")
        assert "Bitmap Index Scan on quotes_words" in "".join(row[0] for row in plan)


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
