"""Claims in the database: searched by kind, counted, and in an order to check them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import test_store
from storing import said
from typer.testing import CliRunner

from quotes import store
from quotes.cli import app
from quotes.cli.db_search import ClaimKinds
from quotes.extractor import Extractor
from quotes.records import CLAIM_KINDS
from quotes.store import Search, Store, Waiting

ROSE, WISH = "sales rose 4% in May", "it was a pity"


@pytest.fixture
def news(database: str) -> Iterator[Store]:
    with store.open(database, make=True) as made:
        fill(made)
        yield made


def fill(made: Store) -> None:
    for doc_id, words, kinds, checkable in (
        ("a.txt", WISH, ["opinion"], 0.1),
        ("b.txt", ROSE, ["quantity", "fact"], 0.9),
    ):
        record = said("Ada Lund", words, doc_id)
        start = record["content"][0]["start"] + 1
        text = words.split()[0]
        record["claim"] = {
            "kinds": [{"start": start, "end": start + len(text), "text": text, "kind": kind} for kind in kinds],
            "text": words,
            "mapping": [],
            "checkable": checkable,
        }
        made.add_document(doc_id, record["doc_text"], [record], record["meta"])
    record = said("Tom Rask", "nobody slept", "c.txt")
    made.add_document("c.txt", record["doc_text"], [record], record["meta"])


def test_quotes_are_found_and_counted_by_the_kind_of_their_claim(news: Store) -> None:
    found = news.search(Search(claim="quantity"), facets=True)
    assert [row["text"] for row in found.rows] == [f"“{ROSE},”"]
    assert {one["value"]: one["count"] for one in found.facets["claim"]} == {"quantity": 1, "fact": 1}
    assert news.search(Search(claim="law")).total == 0


def test_a_quote_counts_once_for_a_kind_however_many_words_say_so(news: Store) -> None:
    record = said("Ada Lund", "four of five went to six", "d.txt")
    signs = [{"start": at, "end": at + 4, "text": text, "kind": "quantity"} for at, text in ((1, "four"), (9, "five"))]
    record["claim"] = {"kinds": signs, "text": "four of five went to six", "mapping": [], "checkable": 0.5}
    news.add_document("d.txt", record["doc_text"], [record], record["meta"])
    found = news.search(Search("four"), facets=True)
    assert [(one["value"], one["count"]) for one in found.facets["claim"]] == [("quantity", 1)]
    assert news.search(Search(claim="%")).total == news.search(Search(claim="fac_")).total == 0


def test_a_database_of_the_fourth_version_gets_its_column_of_claims(news: Store) -> None:
    news.remove(2, "Åsa")
    before = everything(news)
    back_to_the_fourth(news)
    news.close()
    with pytest.raises(store.StoreError, match="made by an older version"):
        store.open(news.path)
    with store.open(news.path, make=True) as made:
        assert made.search(Search(claim="quantity")).total == 0, "removed"
        assert everything(made) == before
        if not isinstance(made.db, sqlite3.Connection):
            kept = made.db.execute(
                "SELECT attstorage FROM pg_attribute WHERE attrelid = 'quotes'::regclass AND attname = 'words'"
            )
            assert kept.fetchone()[0] == "m", "in the row"
        [change] = made.changes()
        made.undo_change(change["id"], "Åsa")
        assert made.search(Search("sales", claim="quantity")).total == 1
        assert made.search(Search(claim="fact")).total == 1


def everything(made: Store) -> list[tuple[object, ...]]:
    words = "" if isinstance(made.db, sqlite3.Connection) else ", words::text"
    found = made.db.execute(f"SELECT uid, claims, record, text{words} FROM quotes ORDER BY id")
    return [tuple(row) for row in found] + [tuple(made.totals().values())]


def back_to_the_fourth(made: Store) -> None:
    """Make a database one of the fourth version, in which documents were removed."""
    if isinstance(made.db, sqlite3.Connection):
        test_store.back_to_the_fourth(made.db)
        made.db.execute("PRAGMA user_version = 4")
    else:
        for statement in (
            "DROP INDEX quotes_words",
            "ALTER TABLE quotes DROP COLUMN claims",
            "ALTER TABLE quotes ALTER COLUMN words SET STORAGE EXTENDED",
            "UPDATE quotes SET words = ts_delete(words, ARRAY(SELECT x FROM unnest(tsvector_to_array(words)) x "
            "WHERE x LIKE '#%'))",
            "CREATE INDEX quotes_words ON quotes USING gin (words)",
            "UPDATE quotes_schema SET version = 4",
        ):
            made.db.execute(statement)
    for change, rows in made.db.execute("SELECT change_id, rows FROM removed").fetchall():
        kept = json.loads(rows)
        for quote in kept["quotes"]:
            del quote["claims"]
        made.db.execute("UPDATE removed SET rows = ? WHERE change_id = ?", (json.dumps(kept), change))


def test_the_most_checkable_claims_come_first(news: Store) -> None:
    rows, total = news.waiting(Waiting("claim"))
    assert [row["text"] for row in rows] == [f"“{ROSE},”", f"“{WISH},”"]
    assert total == 2


def test_the_command_line_knows_every_kind() -> None:
    assert tuple(kind.value for kind in ClaimKinds) == CLAIM_KINDS


def test_texts_are_added_with_the_claims_that_extraction_gives(database: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Ada Lund said that sales rose 4% in May.", encoding="utf-8")
    done = CliRunner().invoke(app, ["db", "add", database, str(path), "--claims", "--no-topics"])
    assert done.exit_code == 0, done.output
    [expected] = Extractor(claims=True).extract(path.read_text(encoding="utf-8"), str(path))
    with store.open(database) as made:
        row = made.quote(expected.id)
        assert row
        assert row["record"]["claim"] == expected.to_dict()["claim"]
        assert made.search(Search(claim="comparison")).total == 1
