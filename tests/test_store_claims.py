"""Claims in the database: searched by kind, counted, and in an order to check them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
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
