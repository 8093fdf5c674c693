"""The database in Datasette: as a library, and as the program that people run."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from storing import said, write

import quotes.store
from quotes.store import Search
from quotes.store.metadata import QUERIES, metadata

PIER = "Whoever wants the old pier may have it with the debts"
WORDS = "The harbour bridge will cost us more trade than we ever thought"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Holds quotes.db and its metadata.json."""
    folder = tmp_path_factory.mktemp("datasette")
    path = str(folder / "quotes.db")
    records = [
        said("Ada Lund", WORDS, "a.txt", date="2024-01-10", outlet="The Harbour Post"),
        said("Ada Lund", WORDS, "b.txt", date="2024-01-11", outlet="Evening Star", before="On trade. "),
        said("Eva <script>alert(1)</script> Berg", "Nobody asked the pilots", "c.txt", beside="she", by="pronoun"),
    ]
    none = [
        said("Tom Rask", PIER, "d.txt", date="2024-01-12", beside="he", by="pronoun"),
        said("Tom Rask", PIER, "e.txt", date="2024-02-12", beside="he", by="pronoun", before="Again. "),
        said("Tom Rask", "All the bridge needs is paint", "f.txt", date="2024-03-01"),
    ]
    doubted = said("Tom Rask", PIER, "g.txt", date="2024-04-01", beside="he", by="pronoun", before="Once more. ")
    with quotes.store.open(path, make=True) as store:
        store.add([write(folder / "records.jsonl", [*records, *none, doubted])])
        store.verdict(records[0]["id"], "right", "eva")
        for one in none:
            store.verdict(one["id"], "wrong", "eva")
        store.undo(store.verdict(doubted["id"], "wrong", "eva"), "tom")
    (folder / "metadata.json").write_text(json.dumps(metadata(path)), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def get(folder: Path) -> Any:
    """Asks Datasette for a path: its JSON, or its page."""
    app = pytest.importorskip("datasette.app")
    datasette = app.Datasette(
        [str(folder / "quotes.db")], metadata=json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
    )

    def get(path: str) -> Any:
        response = asyncio.run(datasette.client.get(path))
        assert response.status_code == 200, response.text
        return response.json() if ".json" in path else response.text

    return get


def test_full_text_search_is_found(get: Any) -> None:
    [table] = [table for table in get("/quotes.json")["tables"] if table["name"] == "quotes"]
    assert table["fts_table"] == "quotes_fts"
    assert [row["uid"] for row in get("/quotes/quotes.json?_search=pilots&_shape=array")] != []
    assert len(get("/quotes/quotes.json?_search=trading&_shape=array")) == 2
    assert 'name="_search"' in get("/quotes/quotes")


def test_facets_and_labels(get: Any) -> None:
    found = get("/quotes/quotes.json?_labels=on")
    facets = {"type", "act", "outlet", "cue_lemma", "negated", "modal", "question", "rule"}
    assert {facet["name"] for facet in found["facet_results"].values()} == facets
    page = get("/quotes/quotes")
    assert re.search(r'href="/quotes/speakers/\d+">Ada Lund</a>', page), "a foreign key shows its label"
    assert re.search(r'href="/quotes/documents/\d+">a.txt</a>', page)
    gender = get("/quotes/speakers.json?_facet=gender&_shape=objects")["facet_results"]["gender"]["results"]
    assert [(one["value"], one["count"]) for one in gender] == [("man", 1), ("woman", 1)]


def test_tables_that_serve_others_are_hidden(get: Any) -> None:
    shown = {table["name"] for table in get("/quotes.json")["tables"] if not table["hidden"]}
    assert shown == {"documents", "quotes", "speakers", "speaker_names", "topics", "groups", "verdicts", "changes"}


@pytest.mark.parametrize("name", QUERIES)
def test_every_canned_query_runs(get: Any, name: str) -> None:
    found = get(f"/quotes/{name}.json?_shape=array&speaker=lund&about=bridge")
    assert found
    if name == "said_about":
        assert [row["date"] for row in found] == ["2024-01-11", "2024-01-10"]
        assert get(f"/quotes/{name}.json?_shape=array&speaker=lund&about=pilots") == []
        assert get(f'/quotes/{name}.json?_shape=array&speaker="&about=NEAR(') == []
    if name == "to_check":
        assert len(found) == 3, "those with a verdict are not there"


def test_queries_leave_out_what_was_called_wrong_as_a_search_does(folder: Path, get: Any) -> None:
    def found(name: str, **words: str) -> list[dict[str, Any]]:
        return list(get(f"/quotes/{name}.json?{urlencode({'_shape': 'array', **words})}"))

    months, genders = found("by_month"), found("by_gender")
    assert [(one["month"], one["quotes"], one["direct"]) for one in months] == [
        (None, 1, 1),
        ("2024-01", 2, 2),
        ("2024-04", 1, 1),
    ]
    assert {one["gender"]: (one["quotes"], one["speakers"]) for one in genders} == {
        "not told": (2, 1),
        "woman": (1, 1),
        "man": (1, 1),
    }
    with quotes.store.open(str(folder / "quotes.db")) as store:
        assert [one["quotes"] for one in months] == [one["quotes"] for one in store.stats("month")]
        assert sorted(one["quotes"] for one in genders) == sorted(one["quotes"] for one in store.stats("gender"))
        assert store.search(Search("bridge", speaker="rask", corrected=True)).total == 0
    assert found("said_about", speaker="rask", about="bridge") == []
    assert [one["date"] for one in found("said_about", speaker="rask", about="pier")] == ["2024-04-01"]
    assert ["pier" in one["line"] for one in found("wire_copy")] == [True, False], "told by one that stands"


def test_names_are_text(get: Any) -> None:
    for path in ("/quotes/speakers", "/quotes/quotes", "/quotes/quotes?_search=pilots"):
        assert "<script>alert(1)" not in get(path)


def test_the_program_serves_it(folder: Path) -> None:
    pytest.importorskip("datasette")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "datasette", "quotes.db", "--metadata", "metadata.json", "-p", str(port)]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(600):
                try:
                    with urlopen(f"http://127.0.0.1:{port}/quotes/quotes.json?_search=trade&_shape=array") as answer:
                        found = json.load(answer)
                    break
                except OSError:
                    assert process.poll() is None
                    time.sleep(0.1)
            assert sorted(row["document_id"] for row in found) == [1, 2]
            with urlopen(f"http://127.0.0.1:{port}/quotes") as answer:
                page = answer.read().decode()
            assert "What has somebody said about something?" in page
        finally:
            process.terminate()
