"""Records as people corrected them: what exports and searches on the command line give of a checked database."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from storing import said
from typer.testing import CliRunner

import quotes.store
from quotes.cli import app
from quotes.read.records import record as checked_record
from quotes.store import Search, Store
from quotes.store.records import records

BRIDGE = "The harbour bridge will cost us more trade than we thought"
PILOTS = "Nobody asked the pilots before the summer"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """quotes.db, here: in a.txt Ada Lund says something, in its second paragraph Tom Rask; in b.txt Eva Berg."""
    monkeypatch.chdir(tmp_path)
    with quotes.store.open("quotes.db", make=True) as store:
        lund = said("Ada Lund", BRIDGE, entity="e1", date="2024-03-04")
        rask = said("Tom Rask", PILOTS, before=f"{lund['doc_text']}\n\n", entity="e2")
        rask["paragraph"] = 1
        store.add_document("a.txt", rask["doc_text"], [lund | {"doc_text": rask["doc_text"]}, rask], lund["meta"])
        berg = said("Eva Berg", PILOTS, "b.txt", id="Q7")
        store.add_document("b.txt", berg["doc_text"], [berg])
        yield store


Exported = Callable[[], list[dict[str, str]]]


@pytest.fixture
def exported() -> Exported:
    """What quotes export makes of quotes.db, as rows of CSV."""

    def exported() -> list[dict[str, str]]:
        done = CliRunner().invoke(app, ["export", "quotes.db", "--format", "csv"], catch_exceptions=False)
        assert (done.exit_code, done.stderr) == (0, "")
        return list(csv.DictReader(StringIO(done.stdout.removeprefix("\ufeff"))))

    return exported


def search(*args: str) -> list[dict[str, Any]]:
    """What quotes db search finds, in a pipe."""
    done = CliRunner().invoke(app, ["db", "search", "quotes.db", *args], catch_exceptions=False)
    assert done.exit_code == 0
    return [json.loads(line) for line in done.stdout.splitlines()]


def ids(store: Store) -> list[str]:
    """Those of Ada Lund's, Tom Rask's and Eva Berg's quote."""
    return [row[0] for row in store.db.execute("SELECT uid FROM quotes ORDER BY id")]


def test_quotes_that_are_wrong_are_left_out(store: Store, exported: Exported) -> None:
    lund, rask, berg = ids(store)
    store.verdict(rask, "wrong", "Åsa")
    store.verdict(berg, "right", "Åsa")
    assert [row["id"] for row in exported()] == [lund, berg]
    assert {row["id"] for row in search()} == {lund, berg}
    assert [row["id"] for row in search("text:pilots", "--limit", "1")] == [berg]
    assert len(store.search(Search("text:pilots")).rows) == 2, "who checks sees them all"
    store.verdict(rask, "right", "Bo")
    assert [row["id"] for row in exported()] == [lund, rask, berg]
    assert {row["id"] for row in search("text:pilots")} == {rask, berg}


def test_a_quote_inside_one_that_is_wrong_is_inside_the_next(store: Store) -> None:
    outer = said("Ada Lund", BRIDGE, "c.txt")
    middle = said("Tom Rask", PILOTS, "c.txt", before=f"{outer['doc_text']} ") | {"parent": outer["id"]}
    inner = said("Eva Berg", PILOTS, "c.txt", before=f"{middle['doc_text']} ") | {"parent": middle["id"]}
    assert store.add_document("c.txt", inner["doc_text"], [outer, middle, inner])
    store.verdict(middle["id"], "wrong", "Åsa")
    assert [one["parent"] for one in records(store)][-2:] == [None, outer["id"]]
    store.verdict(outer["id"], "wrong", "Åsa")
    assert [one["parent"] for one in records(store)][-1] is None


def test_another_speaker(store: Store, exported: Exported) -> None:
    lund, rask, _ = ids(store)
    number = store.verdict(lund, "speaker", "Åsa", speaker="Tom Rask")
    row = exported()[0]
    assert (row["id"], row["speaker"], row["mention"], row["entity"]) == (lund, "Tom Rask", "", "e2")
    assert (row["resolved_by"], row["speaker_confidence"]) == ("none", "1.0")
    [first, second, _] = records(store)
    assert first["speaker"]["kind"] == "person"
    assert (second["id"], second["speaker"]["resolved_by"]) == (rask, "name"), "others stay the program's"
    store.verdict(lund, "speaker", "Åsa", speaker="Eva Berg", mention=(0, 4))
    speaker = next(records(store))["speaker"]
    assert (speaker["name"], speaker["id"], speaker["entity"]) == ("Eva Berg", "Q7", None)
    assert speaker["mention"] == {"start": 0, "end": 4, "text": "“The"}
    [found] = search("text:harbour")
    assert (found["speaker"], found["known_as"]) == ("Eva Berg", "Eva Berg")
    store.undo(number, "Bo")
    assert next(records(store))["speaker"] == speaker, "an earlier one was undone"


def test_the_speaker_whom_the_program_found(store: Store) -> None:
    before = list(records(store))
    for id, name in zip(ids(store), ("Ada Lund", "Tom Rask", "Eva Berg"), strict=True):
        store.verdict(id, "speaker", "Åsa", speaker=name)
    assert [record | {"meta": None} for record in records(store)] == [one | {"meta": None} for one in before]


@pytest.mark.parametrize(("by", "beside"), [("pronoun", "she"), ("description", "the mayor")])
def test_a_pronoun_stands_for_whom_the_verdict_names(store: Store, by: str, beside: str) -> None:
    record = said("Ada Lund", BRIDGE, "c.txt", by=by, beside=beside)
    store.add_document("c.txt", record["doc_text"], [record])
    store.verdict(record["id"], "speaker", "Åsa", speaker="Marta Holm")
    *_, last = records(store)
    assert (last["speaker"]["name"], last["speaker"]["mention"]["text"]) == ("Marta Holm", beside)
    [gold] = store.gold()
    assert gold["quotes"][0]["source"] == [[last["speaker"]["mention"][key] for key in ("start", "end")]]


def test_moved_edges(store: Store, exported: Exported) -> None:
    lund, _, _ = ids(store)
    text = store.document("a.txt")["text"]  # type: ignore[index]
    trade, end = text.index("trade"), text.index(" said Ada")
    store.verdict(lund, "edges", "Åsa", content=[(0, text.index(" will")), (trade, end)])
    row = exported()[0]
    assert (row["id"], row["text"]) == (lund, "“The harbour bridge … trade than we thought,”")
    assert (row["start"], row["end"], row["speaker"], row["resolved_by"]) == ("0", str(end), "Ada Lund", "name")
    [found] = search("text:(trade OR cost)")
    assert [found["text"][slice(*match)] for match in found["matches"]] == ["trade"]
    assert (found["text"], found["type"]) == (row["text"], "direct")
    store.verdict(lund, "edges", "Åsa", content=[(0, end + len(" said"))])
    assert (exported()[0]["type"], search("text:harbour")[0]["type"]) == ("mixed", "mixed")


def test_edges_in_another_paragraph(store: Store) -> None:
    _, rask, _ = ids(store)
    store.verdict(rask, "edges", "Åsa", content=[(0, 5)])
    [found] = [one for one in records(store) if one["id"] == rask]
    assert (found["paragraph"], found["text"]) == (0, "“The ")


def test_edges_without_a_text_stay(store: Store) -> None:
    record = said("Ada Lund", BRIDGE, "c.txt", keep_text=False)
    store.db.execute("INSERT INTO documents (doc_id, title) VALUES ('c.txt', 'c.txt')")
    with store.transaction() as db:
        quotes.store.add.insert(db, quotes.store.add.Incoming("c.txt", None, None, [record]), quotes.store.Added())
    store.verdict(record["id"], "edges", "Åsa", content=[(2, 9)], mention=(70, 78))
    *_, last = records(store)
    assert (last["content"], last["speaker"]["mention"]) == (record["content"], record["speaker"]["mention"])
    assert record["id"] in {row["id"] for row in search("text:harbour")}


def test_what_is_undone_is_as_the_program_found_it(store: Store, exported: Exported) -> None:
    before, rows, found = list(records(store)), exported(), search("trade")
    lund, rask, berg = ids(store)
    given = [
        store.verdict(lund, "speaker", "Åsa", speaker="Marta Holm", mention=(1, 4)),
        store.verdict(lund, "edges", "Åsa", content=[(1, 4)]),
        store.verdict(rask, "wrong", "Åsa"),
        store.verdict(berg, "edges", "Åsa", content=[(3, 9)], mention=(1, 2)),
    ]
    assert list(records(store)) != before
    for number in given:
        store.undo(number, "Bo")
    assert (list(records(store)), exported(), search("trade")) == (before, rows, found)


def test_corrected_records_are_records(store: Store) -> None:
    lund, rask, _ = ids(store)
    store.verdict(lund, "speaker", "Åsa", speaker="Marta Holm", mention=(1, 4))
    store.verdict(lund, "edges", "Åsa", content=[(1, 4), (5, 12)])
    store.verdict(rask, "speaker", "Åsa", speaker="police")
    for one in records(store):
        assert checked_record(json.loads(json.dumps(one))) == one
