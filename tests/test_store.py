"""The database: what is added, what is found, what is checked, and what goes wrong."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from storing import TABLES, said, sqlite_only, write

import quotes.store
import quotes.store.connect
from quotes.describe.topics import keyterms
from quotes.extractor import Extractor
from quotes.learn.gold import load_jsonl
from quotes.read.records import records as read_records
from quotes.records import ACTS, FLAGS
from quotes.store import Search, Store, StoreError, VerdictError, WriteError

FIXTURES = Path(__file__).parents[1] / "fixtures"
BRIDGE = "The harbour bridge will cost us more trade than we thought"
COUNTED = "Every vote was counted, and counted twice"


def dump(store: Store) -> list[tuple[Any, ...]]:
    """All rows of all tables."""
    rows = ((table, *row) for table in TABLES for row in store.db.execute(f"SELECT * FROM {table}"))
    return sorted(rows, key=repr)


def add(store: Store, *records: dict[str, Any]) -> list[str]:
    """Add records from a file; what was left out."""
    failures: list[str] = []
    path = Path("some.jsonl")
    store.add([write(path, records)], failures.append)
    return [line.replace(str(path), "some.jsonl") for line in failures]


def found(store: Store, words: str = "", **asked: Any) -> list[str]:
    """The documents of what a search finds, in its order."""
    return [row["doc_id"] for row in store.search(Search(words, **asked)).rows]


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with quotes.store.open(database, make=True) as store:
        yield store


@pytest.fixture
def news(store: Store) -> Store:
    """Five documents."""
    failures = add(
        store,
        said("Ada Lund", BRIDGE, "a.txt", date="2024-01-10", outlet="The Harbour Post", before="Trading was slow. "),
        said("Tom Rask", "Nobody asked the pilots", "b.txt", date="2024-02-10", before="The bridge is closed. "),
        said("Ada Marie Lund", COUNTED, "c.txt", date="2024-02-20", outlet="the harbour post"),
        said("Tom Rask", "Trade, trade, trade, and no bridge", "d.txt", date="2025-03-01"),
        said("police", "The bridge is open again", "e.txt", kind="group", by="description"),
    )
    assert failures == []
    return store


@pytest.fixture(scope="session")
def extracted(extractor: Extractor) -> list[dict[str, Any]]:
    """Records of some fixtures, with texts and without."""
    texts = [(FIXTURES / f"{name}.txt") for name in ("summit", "business", "football", "tweets", "speech")]
    pairs = [(path.read_text(encoding="utf-8"), path.name) for path in texts]
    made: list[dict[str, Any]] = []
    for k, (text, name) in enumerate(pairs):
        for quote in extractor.extract(text, name):
            record = json.loads(json.dumps(quote.to_dict()))
            made.append(record | {"doc_text": text if k % 2 else None})
    return made


# Adding


def test_what_goes_in_comes_out(store: Store, extracted: list[dict[str, Any]]) -> None:
    assert add(store, *extracted) == []
    for record in extracted:
        quote = store.quote(record["id"])
        assert quote
        assert quote["record"] == record | {"doc_text": None}
    document = store.document("business.txt")
    assert document
    assert document["text"] == (FIXTURES / "business.txt").read_text(encoding="utf-8")
    assert [one["id"] for one in document["records"]] == [
        one["id"] for one in extracted if one["doc_id"] == "business.txt"
    ]
    again = store.document(document["id"])
    assert again == document
    summit = store.document("summit.txt")
    assert summit
    assert (summit["text"], summit["title"]) == (None, "summit.txt")


def test_adding_twice_changes_nothing(store: Store, extracted: list[dict[str, Any]], tmp_path: Path) -> None:
    text = tmp_path / "news.txt"
    text.write_text(f"{BRIDGE}, Mayor Ada Lund said on Monday.\n", encoding="utf-8")
    path = write(tmp_path / "records.jsonl", extracted)
    first = store.add([path, str(text)], topics=False)
    before = dump(store)
    second = store.add([path, str(text)], topics=False)
    assert dump(store) == before
    assert (first.quotes, first.documents, first.known) == (len(extracted) + 1, 6, 0)
    assert (second.quotes, second.documents, second.known) == (0, 0, len(extracted))
    assert found(store, "bridge", speaker="Lund") == [str(text)]


def test_quotes_of_a_known_document_that_are_new_are_added(store: Store) -> None:
    first = said("Ada Lund", BRIDGE)
    second = said("Tom Rask", COUNTED, before=first["doc_text"] + "\n\n")
    first["doc_text"] = None
    add(store, first)
    assert add(store, second) == []
    assert store.totals()["documents"] == 1
    document = store.document("a.txt")
    assert document
    assert (len(document["records"]), document["text"]) == (2, second["doc_text"])


def test_texts_are_read_and_topics_found(store: Store, tmp_path: Path) -> None:
    Path(tmp_path, "in").mkdir()
    article = (FIXTURES / "business.txt").read_text(encoding="utf-8")
    Path(tmp_path, "in", "business.txt").write_text(article, encoding="utf-8")
    Path(tmp_path, "in", "empty.txt").write_text("", encoding="utf-8")
    added = store.add([str(tmp_path / "in")])
    assert (added.documents, added.quotes > 5) == (2, True)
    about = [row["label"] for row in store.stats("topic", 5)]
    assert "cocoa" in about
    rows = store.search(Search(topic="cocoa")).rows
    assert len(rows) > 3
    assert any("cocoa" not in row["text"].lower() for row in rows), "the topic of a quote without the word"
    assert {row["id"] for row in rows} <= {row["id"] for row in store.search(Search("cocoa", limit=99)).rows}


def test_topics_of_records(store: Store, extracted: list[dict[str, Any]], tmp_path: Path) -> None:
    path = write(tmp_path / "records.jsonl", extracted)
    store.add([path], topics=True)
    about = {row["label"] for row in store.stats("topic", 500)}
    assert {"cocoa", "tehran"} <= about, "of one with its text, and of one without"


def test_another_text_under_a_known_id_is_refused(store: Store) -> None:
    add(store, said("Ada Lund", BRIDGE))
    before = dump(store)
    other = said("Tom Rask", COUNTED)
    assert add(store, other) == ["a.txt: the database has another text under this id; give this one an id of its own"]
    assert dump(store) == before


def test_offsets_are_checked_against_the_known_text(store: Store) -> None:
    add(store, said("Ada Lund", BRIDGE))
    wrong = said("Tom Rask", COUNTED, before="Later that day: ", keep_text=False)
    assert add(store, said("Eva Berg", COUNTED, "b.txt"), wrong) == [
        "some.jsonl:2: content: the document's text has other words at these offsets"
    ]
    assert store.totals()["quotes"] == 2


def test_what_is_no_record_is_named_and_left_out(store: Store) -> None:
    good, short, odd = said("Ada Lund", BRIDGE), said("Ada Lund", BRIDGE, "b.txt"), said("Ada Lund", BRIDGE, "c.txt")
    del short["rule"]
    odd["mood"] = "cheerful"
    taken = said("Ada Lund", COUNTED, "d.txt") | {"id": good["id"]}
    assert add(store, good, short, odd, taken) == [
        "some.jsonl:2: not a record of quotes extract: no key rule",
        "some.jsonl:3: unknown key mood: from a newer version of quotes?",
        f"some.jsonl:4: the id {good['id']} is taken, by a quote of a.txt",
    ]
    assert store.totals()["quotes"] == 1


@pytest.mark.parametrize(
    "odd",
    [
        "Robert'); DROP TABLE quotes;--",
        '"><img src=x onerror=alert(1)>',
        "'; ATTACH DATABASE 'x' AS y; --",
        "قال أحمد",
        "a\0b c",
        "lone \ud83d surrogate",
        "\x02marked\x03 words here",
        "=HYPERLINK(1)",
    ],
)
def test_names_and_texts_are_text(store: Store, odd: str) -> None:
    shown = odd.replace("\ud83d", "\ufffd")
    if store.path.startswith("postgresql"):
        shown = shown.replace("\0", "\ufffd")
    assert add(store, said(odd, f"{odd} and the bridge", f"{odd}.txt", outlet=odd, date="2024-05-05")) == []
    [row] = store.search(Search("bridge", outlet=odd)).rows
    assert (row["speaker"], row["outlet"], row["doc_id"]) == (shown, shown, f"{shown}.txt")
    assert row["text"] == f"“{shown} and the bridge,”"
    store.search(Search(odd, speaker=odd, topic=odd))
    assert store.speakers(odd, limit=5) is not None
    assert store.totals()["quotes"] == 1


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("2024-05-05", "2024-05-05"),
        ("2024-05-05T23:59:00+02:00", "2024-05-05"),
        ("Sun, 05 May 2024 10:00:00 GMT", "2024-05-05"),
        ("last week", None),
        ("2024-13-45", None),
    ],
)
def test_dates(store: Store, date: str, day: str | None) -> None:
    add(store, said("Ada Lund", BRIDGE, date=date))
    document = store.document("a.txt")
    assert document
    assert (document["date"], document["meta"]["date"]) == (day, date)


# Searching


def test_words_are_found_by_their_stem_in_quote_context_and_speaker(news: Store) -> None:
    assert found(news, "trades") == ["d.txt", "a.txt"]
    assert found(news, "trading bridge")[0] in ("a.txt", "d.txt")
    assert "b.txt" in found(news, "bridge"), "in its context only"
    assert found(news, "rask pilots") == ["b.txt"]
    assert found(news, "nothing of that") == []


def test_matches_are_where_the_words_stand(news: Store) -> None:
    [row] = news.search(Search("trade", speaker="Ada Lund")).rows
    assert [row["text"][start:end] for start, end in row["matches"]] == ["trade"]
    [row] = news.search(Search('"the harbour bridge"')).rows
    assert [row["text"][start:end] for start, end in row["matches"]] == ["The harbour bridge"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"speaker": "Lund"}, {"a.txt", "c.txt"}),
        ({"speaker": "ada lund"}, {"a.txt", "c.txt"}),
        ({"speaker": "police"}, {"e.txt"}),
        ({"speaker": "nobody"}, set()),
        ({"speaker": "***"}, set()),
        ({"since": "2024-02-10"}, {"b.txt", "c.txt", "d.txt"}),
        ({"until": "2024-02-10"}, {"a.txt", "b.txt"}),
        ({"until": "2024-02"}, {"a.txt", "b.txt", "c.txt"}),
        ({"since": "2025", "until": "2025"}, {"d.txt"}),
        ({"outlet": "The Harbour Post"}, {"a.txt", "c.txt"}),
        ({"types": ["direct"]}, {"a.txt", "b.txt", "c.txt", "d.txt", "e.txt"}),
        ({"types": ["indirect"]}, set()),
        ({"acts": ["speech", "writing"]}, {"a.txt", "b.txt", "c.txt", "d.txt", "e.txt"}),
        ({"min_confidence": 0.95}, set()),
        ({"words": "bridge", "speaker": "Lund"}, {"a.txt"}),
        ({"words": "bridge", "speaker": "police"}, {"e.txt"}),
        ({"words": "bridge OR pilots", "until": "2024"}, {"a.txt", "b.txt"}),
    ],
)
def test_filters(news: Store, asked: dict[str, Any], expected: set[str]) -> None:
    assert set(found(news, **asked)) == expected


def test_without_words_the_newest_come_first(news: Store) -> None:
    assert found(news) == ["d.txt", "c.txt", "b.txt", "a.txt", "e.txt"]
    assert found(news, limit=2, offset=1) == ["c.txt", "b.txt"]


@sqlite_only
@pytest.mark.parametrize(
    ("words", "documents"),
    [
        ('"', []),
        ("***", []),
        ("\0", []),
        ("NEAR", []),
        ("NEAR(", []),
        ("NEAR(harbour cost, 5)", ["a.txt"]),
        ("harbour-bridge", ["a.txt"]),
        ('harbour "bridge', ["a.txt"]),
        ("(harbour", ["a.txt"]),
        ("harbour)", ["a.txt"]),
        ("harbour: bridge?", ["a.txt"]),
        ("harb*", ["a.txt"]),
        ("harbour's bridge", []),
        ("AND harbour", []),
        ("weather: harbour", []),
        ("text: harbour", ["a.txt"]),
        ('"harbour bridge" AND NOT "the', []),
        ("^^harbour{}", ["a.txt"]),
        ("harbour -bridge", ["a.txt"]),
        ("harbour + bridge", ["a.txt"]),
        ("\ud83d harbour", ["a.txt"]),
        ("(" * 5_000 + "harbour", ["a.txt"]),
    ],
)
def test_what_is_no_syntax_is_words(news: Store, words: str, documents: list[str]) -> None:
    assert found(news, words) == documents


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(alphabet=st.sampled_from("ab\"'*()^:+-{}NEAR AND OR NOT ,.;\0\\%é\ud800"), max_size=30))
def test_no_search_string_fails(news: Store, words: str) -> None:
    news.search(Search(words, speaker=words, outlet=words), facets=True)


@pytest.mark.parametrize("words", ["_", "__ _", "text: _"])
def test_what_is_no_word_finds_nothing(news: Store, words: str) -> None:
    assert news.search(Search(words)).rows == []


def test_facets_count_what_matches(news: Store) -> None:
    result = news.search(Search("bridge", limit=1), facets=True)
    assert (len(result.rows), result.total, result.more) == (1, 4, False)
    assert [(one["label"], one["count"]) for one in result.facets["speaker"]] == [("Tom Rask", 2), ("Ada Lund", 1)]
    assert [(one["value"], one["count"]) for one in result.facets["month"]] == [
        ("2024-01", 1),
        ("2024-02", 1),
        ("2025-03", 1),
    ]
    assert {one["value"] for one in news.search(Search(), facets=True).facets["outlet"]} == {
        "The Harbour Post",
        "the harbour post",
    }


def test_of_very_many_the_last_added_are_ranked(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quotes.store.search, "RANKED", 3)
    add(store, *(said("Ada Lund", f"The bridge has number {k}", f"{k}.txt") for k in range(6)))
    result = store.search(Search("bridge"))
    assert ({row["doc_id"] for row in result.rows}, result.total, result.more) == ({"3.txt", "4.txt", "5.txt"}, 3, True)
    assert found(store, "bridge 1") == ["1.txt"], "conditions come before"


@pytest.mark.parametrize("words", ["bridge", ""])
def test_of_very_many_the_last_are_counted_and_it_is_told(
    store: Store, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    add(store, *(said("Ada Lund", f"The bridge has number {k}", f"{k}.txt", date=f"2024-0{k}-01") for k in range(1, 7)))
    for most, months, counted in ((5, 5, 5), (6, 6, None), (7, 6, None)):
        monkeypatch.setattr(quotes.store.search, "COUNTED", most)
        found = store.search(Search(words), facets=True)
        assert [one["value"] for one in found.facets["month"]] == [f"2024-0{k}" for k in range(7 - months, 7)]
        assert found.counted == counted
    assert store.search(Search("cathedral"), facets=True).facets["month"] == []


def test_a_speaker_s_page(news: Store) -> None:
    [lund] = news.speakers("Lund")
    page = news.speaker(lund["id"])
    assert page
    assert (page["names"], page["quotes"], page["documents"]) == (["Ada Lund", "Ada Marie Lund"], 2, 2)
    assert page["months"] == [["2024-01", 1], ["2024-02", 1]]
    assert (page["first"], page["last"]) == ("2024-01-10", "2024-02-20")
    assert (news.speaker(99), news.document(99), news.document("gone"), news.quote("gone")) == (None,) * 4


def test_stats(news: Store) -> None:
    counts = {by: [(row["label"], row["quotes"]) for row in news.stats(by)] for by in quotes.store.BY}
    assert counts["speaker"] == [("Ada Lund", 2), ("Tom Rask", 2), (None, 1)]
    assert counts["month"] == [(None, 1), ("2024-01", 1), ("2024-02", 2), ("2025-03", 1)]
    assert counts["type"] == [("direct", 5)]
    documents = {by: {row["label"]: row["documents"] for row in news.stats(by)} for by in ("month", "outlet", "gender")}
    assert documents["month"] == {None: 1, "2024-01": 1, "2024-02": 2, "2025-03": 1}
    assert documents["outlet"] == {None: 3, "The Harbour Post": 1, "the harbour post": 1}
    assert documents["gender"] == {None: 5}
    assert news.totals() == {
        "documents": 5,
        "quotes": 5,
        "wrong": 0,
        "speakers": 2,
        "topics": 0,
        "groups": 0,
        "verdicts": 0,
    }


def test_quotes_by_gender_with_documents_and_without(store: Store) -> None:
    first = said("Ada Lund", "We will")
    second = said("Ada Lund", COUNTED, before=f"{first['doc_text']} ")
    failures = add(
        store,
        first | {"doc_text": second["doc_text"]},
        second,
        said("Ada Lund", BRIDGE, "b.txt", beside="she", by="pronoun"),
        said("Tom Rask", BRIDGE, "c.txt", beside="he", by="pronoun"),
        said("police", COUNTED, "d.txt", kind="group", by="description"),
    )
    assert failures == []
    counted = [(row["value"], row["quotes"], row["documents"]) for row in store.stats("gender")]
    assert counted == [("woman", 3, 2), (None, 1, 1), ("man", 1, 1)]
    without = [(row["value"], row["quotes"]) for row in store.stats("gender", documents=False)]
    assert without == [(value, count) for value, count, _ in counted]


# Checking


def test_the_last_verdict_that_is_not_undone_stands(news: Store) -> None:
    [row] = news.search(Search(speaker="police")).rows
    first = news.verdict(row["id"], "right", "eva")
    second = news.verdict(row["id"], "wrong", "tom")
    document = row["document"]
    assert news.document(document)["verdicts"][row["id"]]["verdict"] == "wrong"
    news.undo(second, "eva")
    assert news.document(document)["verdicts"][row["id"]]["id"] == first
    given = news.quote(row["id"])["verdicts"]
    assert [(one["verdict"], one["who"], one["undone_by"]) for one in given] == [
        ("right", "eva", None),
        ("wrong", "tom", "eva"),
    ]
    with pytest.raises(VerdictError, match=f"verdict {second} does not stand"):
        news.undo(second, "eva")
    news.undo(first, "eva")
    assert (news.document(document)["verdicts"], news.totals()["verdicts"]) == ({}, 0)


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ({"verdict": "splendid"}, "no verdict is called 'splendid', only right, wrong, speaker, edges"),
        ({"verdict": "right", "who": " "}, "a verdict needs the name of whoever gives it"),
        ({"verdict": "speaker"}, "the verdict speaker, and no other, takes the name of the speaker"),
        ({"verdict": "right", "speaker": "Eva"}, "the verdict speaker, and no other, takes the name of the speaker"),
        ({"verdict": "speaker", "speaker": " "}, "the verdict speaker, and no other, takes the name of the speaker"),
        ({"verdict": "edges"}, "the verdict edges, and no other, takes the parts of the content"),
        ({"verdict": "edges", "content": [(0, 900)]}, "0 to 900 is no part of the document's text"),
        ({"verdict": "edges", "content": [(4, 4)]}, "4 to 4 is no part of the document's text"),
        ({"verdict": "edges", "content": [(4, 5)]}, "4 to 5 has no words in it"),
        ({"verdict": "edges", "content": [(5, 9), (2, 4)]}, "parts of a content stand in order and don't overlap"),
        ({"verdict": "speaker", "speaker": "Eva", "mention": (-1, 3)}, "-1 to 3 is no part of the document's text"),
        ({"quote": "gone", "verdict": "right"}, "no quote has the id 'gone'"),
    ],
)
def test_verdicts_that_can_not_be(news: Store, asked: dict[str, Any], line: str) -> None:
    [row] = news.search(Search(speaker="police")).rows
    with pytest.raises(VerdictError) as error:
        news.verdict(**({"quote": row["id"], "who": "eva"} | asked))
    assert str(error.value) == line
    assert news.totals()["verdicts"] == 0


def test_checked_documents_are_gold(store: Store, tmp_path: Path) -> None:
    first = said("Ada Lund", BRIDGE)
    second = said("she", COUNTED, before=first["doc_text"] + "\n", by="pronoun", entity="e2")
    third = said("Tom Rask", BRIDGE, before=second["doc_text"] + "\n", entity="e3")
    fourth = said("Tom Rask", COUNTED, before=third["doc_text"] + "\n", entity="e3")
    text = fourth["doc_text"]
    for record in (first, second, third):
        record["doc_text"] = text
    add(store, first, second, third, fourth, said("Eva Berg", COUNTED, "b.txt"))
    store.verdict(first["id"], "right", "eva")
    store.verdict(second["id"], "speaker", "eva", speaker="Ada Lund")
    store.verdict(third["id"], "wrong", "eva")
    assert (list(store.gold()), store.checked()) == ([], 1)
    [partly] = store.gold(partly=True)
    assert (partly["checked"], len(partly["quotes"])) == (0.75, 3)
    start = fourth["content"][0]["start"]
    store.verdict(fourth["id"], "edges", "eva", content=[(start + 1, start + 6)])
    [document] = store.gold()
    assert [quote.get("speaker") for quote in document["quotes"]] == [None, "Ada Lund", None]
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(document) + "\n", encoding="utf-8")
    [gold] = load_jsonl(path)
    assert (gold.id, gold.text) == ("a", text)
    assert [text[slice(*one.content[0])] for one in gold.annotations] == [first["text"], second["text"], "Every"]
    assert [text[slice(*one.source[0])] for one in gold.annotations] == ["Ada Lund", "she", "Tom Rask"]


def test_the_name_of_another_is_no_source(store: Store) -> None:
    record = said("Ada Lund", BRIDGE, before="Tom Rask came. ")
    add(store, record)
    store.verdict(record["id"], "speaker", "eva", speaker="Tom Rask")
    assert next(store.gold())["quotes"][0]["source"] == []
    store.verdict(record["id"], "speaker", "eva", speaker="Tom Rask", mention=(0, 8))
    assert next(store.gold())["quotes"][0]["source"] == [[0, 8]]


# Files that are none, and others' hands


def test_threads_have_connections_of_their_own(news: Store) -> None:
    [row] = news.search(Search(speaker="police")).rows
    errors: list[Exception] = []

    def work() -> None:
        try:
            for _ in range(5):
                news.search(Search("bridge"), facets=True)
                news.undo(news.verdict(row["id"], "right", "eva"), "eva")
            news.close()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert len(news.quote(row["id"])["verdicts"]) == 20


def test_what_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_text("Ada Lund said that it rained.", encoding="utf-8")
    for make in (False, True):
        with pytest.raises(StoreError, match=r"news\.txt: no database; quotes db add makes one"):
            quotes.store.open(str(path), make=make)
        with pytest.raises(StoreError, match="is a directory"):
            quotes.store.open(str(tmp_path), make=make)
    with pytest.raises(StoreError, match="no such file"):
        quotes.store.open(str(tmp_path / "gone.db"))
    with pytest.raises(StoreError, match="no such folder"):
        quotes.store.open(str(tmp_path / "no" / "such.db"), make=True)
    path.write_bytes(b"SQLite format 3\0" + b"rubbish" * 1000)
    for make in (False, True):
        with pytest.raises(StoreError, match="no database, or a damaged one"):
            quotes.store.open(str(path), make=make)


def test_another_program_s_database(tmp_path: Path) -> None:
    path = str(tmp_path / "other.db")
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE quotes (id)")
    for make in (False, True):
        with pytest.raises(StoreError, match="a database, but not one of quotes"):
            quotes.store.open(path, make=make)


@sqlite_only
def test_a_newer_schema(store: Store) -> None:
    store.db.execute("PRAGMA user_version = 99")
    store.close()
    for make in (False, True):
        with pytest.raises(
            StoreError,
            match=rf"made by a newer version of quotes \(schema 99, this one knows {quotes.store.schema.VERSION}\)",
        ):
            quotes.store.open(store.path, make=make)


def test_two_programs_that_make_it_at_once(tmp_path: Path) -> None:
    errors: list[Exception] = []

    def make() -> None:
        try:
            quotes.store.open(str(tmp_path / "quotes.db"), make=True).close()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=make) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    store = quotes.store.open(str(tmp_path / "quotes.db"))
    assert store.db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert store.db.execute("SELECT count(*) FROM _sqlite_migrations").fetchone()[0] == quotes.store.schema.VERSION


@sqlite_only
def test_a_database_of_an_older_schema_is_brought_up_to_date(news: Store) -> None:
    record = said("Ada Lund", BRIDGE, "f.txt", date="2024-01-20")
    news.add_document("f.txt", record["doc_text"], [record], record["meta"], [["bridge", "trade"]])
    denied = said("Tom Rask", "It was never for sale", "g.txt")
    denied["cue"]["negated"] = True  # type: ignore[index]
    news.add_document("g.txt", denied["doc_text"], [denied])
    news.verdict(denied["id"], "speaker", "eva", speaker="Bo Dahl")
    before = dump(news), {by: news.stats(by) for by in quotes.store.BY}
    assert "Bo Dahl did NOT say: “It was never for sale,”" in [row["line"] for row in news.search(Search()).rows]
    back_to_the_fourth(news.db)
    back_to_the_third(news.db)
    back_to_the_second(news.db)
    for statement in (
        "DROP INDEX quotes_document",
        "CREATE INDEX quotes_document ON quotes (document_id)",
        "ALTER TABLE topics DROP COLUMN quotes",
        "DELETE FROM _sqlite_migrations WHERE name = 'second'",
        "PRAGMA user_version = 1",
    ):
        news.db.execute(statement)
    news.close()
    with pytest.raises(StoreError, match="made by an older version of quotes; quotes db add brings it up to date"):
        quotes.store.open(news.path)
    store = quotes.store.open(news.path, make=True)
    assert (dump(store), {by: store.stats(by) for by in quotes.store.BY}) == before
    assert store.db.execute("PRAGMA user_version").fetchone()[0] == quotes.store.schema.VERSION
    store.undo(1, "eva")
    assert (store.quote(denied["id"]) or {})["speaker"] == "Tom Rask"


def back_to_the_fourth(db: sqlite3.Connection) -> None:
    """Make a database one of the fourth version: kinds of claims were in the column record alone."""
    db.execute("DROP INDEX quotes_filters")
    db.execute("ALTER TABLE quotes DROP COLUMN claims")
    db.execute(
        "CREATE INDEX quotes_filters ON quotes (id, speaker_id, date, outlet, type, act, confidence, cue_lemma, "
        "negated, modal, question, rule, group_id)"
    )
    db.execute("DELETE FROM _sqlite_migrations WHERE name = 'fifth'")


def back_to_the_third(db: sqlite3.Connection) -> None:
    """Make a database one of the third version: nothing could be put right, a document without a title had its id."""
    for index in ("documents_hash", "speakers_merged", "quotes_joined", "quotes_filters"):
        db.execute(f"DROP INDEX {index}")
    for table, column in (
        ("documents", "hash"),
        ("speakers", "given"),
        ("speakers", "merged_into"),
        ("quotes", "joined_as"),
    ):
        db.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    for table in ("other_ids", "removed", "changes"):
        db.execute(f"DROP TABLE {table}")
    db.execute("UPDATE documents SET title = doc_id")
    db.execute(
        "CREATE INDEX quotes_filters ON quotes "
        "(id, speaker_id, date, outlet, type, act, confidence, cue_lemma, negated, modal, question, rule)"
    )
    db.execute("DELETE FROM _sqlite_migrations WHERE name = 'fourth'")


def back_to_the_second(db: sqlite3.Connection) -> None:
    """Make a database one of the second version: cues, and whom the program found, were in the column record."""
    for row in db.execute("SELECT * FROM quotes").fetchall():
        kept = json.loads(row["record"])
        if "cue" in kept:
            told = {"text": row["cue"], "lemma": row["cue_lemma"]}
            flags = {flag: True for flag in FLAGS if row[flag]}
            kept["cue"] = dict(zip(("start", "end"), kept["cue"], strict=True)) | told | flags
        for speaker in db.execute("SELECT speaker_id, speaker FROM found_speakers WHERE quote_id = ?", (row["id"],)):
            kept["found"] = list(speaker)
        db.execute("UPDATE quotes SET record = ? WHERE id = ?", (json.dumps(kept, ensure_ascii=False), row["id"]))
    db.execute("DROP INDEX quotes_filters")
    for column in ("line", "lead", "cue", "cue_lemma", *FLAGS):
        db.execute(f"ALTER TABLE quotes DROP COLUMN {column}")
    db.execute("DROP TABLE found_speakers")
    db.execute("CREATE INDEX quotes_filters ON quotes (id, speaker_id, date, outlet, type, act, confidence)")
    db.execute("DELETE FROM _sqlite_migrations WHERE name = 'third'")


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    path.touch()
    with pytest.raises(StoreError, match="no database; quotes db add makes one"):
        quotes.store.open(str(path))
    assert quotes.store.open(str(path), make=True).totals()["quotes"] == 0


@sqlite_only
def test_a_damaged_database(news: Store) -> None:
    news.close()
    path = Path(news.path)
    data = bytearray(path.read_bytes())
    data[8192:] = b"\xff" * (len(data) - 8192)
    path.write_bytes(data)
    with pytest.raises(StoreError, match="damaged"):
        quotes.store.open(news.path).search(Search("bridge"))


@sqlite_only
def test_a_locked_database(news: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    news.close()
    monkeypatch.setattr(quotes.store.connect, "WAIT", 0.05)
    other = sqlite3.connect(news.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert found(news, "pilots") == ["b.txt"], "who only reads need not wait"
    with pytest.raises(WriteError, match="in use by another program; try again when it is done"):
        add(news, said("Eva Berg", COUNTED, "f.txt"))
    other.execute("ROLLBACK")
    assert add(news, said("Eva Berg", COUNTED, "f.txt")) == []


@sqlite_only
def test_a_database_that_may_only_be_read(news: Store, tmp_path: Path) -> None:
    news.close()
    before = sorted(os.listdir(tmp_path)), Path(news.path).read_bytes()
    with quotes.store.open(news.path) as reader:
        assert found(reader, "pilots") == ["b.txt"]
        with pytest.raises(WriteError, match="may only be read, not written"):
            add(reader, said("Eva Berg", COUNTED, "f.txt"))
    assert Path(news.path).read_bytes() == before[1]


@sqlite_only
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_only_be_read(news: Store, tmp_path: Path) -> None:
    news.close()
    tmp_path.chmod(0o500)
    try:
        assert found(quotes.store.open(news.path), "pilots") == ["b.txt"]
    finally:
        tmp_path.chmod(0o700)


@sqlite_only
def test_a_full_disk(news: Store) -> None:
    before = dump(news)
    pages = news.db.execute("PRAGMA page_count").fetchone()[0]
    news.db.execute(f"PRAGMA max_page_count = {pages + 4}")
    many = [said("Eva Berg", f"{COUNTED} by {k} people of {k + 1}", f"{k}.md") for k in range(300)]
    with pytest.raises(WriteError, match="no space left on the disk"):
        add(news, *many)
    assert dump(news) == before
    news.db.execute("PRAGMA max_page_count = 1000000")
    assert add(news, *many) == []
    assert news.totals()["quotes"] == 305


def test_the_record_file_of_a_store_is_what_readers_check(store: Store, tmp_path: Path) -> None:
    record = said("Ada Lund", BRIDGE)
    [(_, read)] = list(read_records(write(tmp_path / "one.jsonl", [record])))
    assert store.add_document("a.txt", record["doc_text"], [read], {"title": "Bridge"}) == 1
    document = store.document("a.txt")
    assert document
    assert (document["title"], document["records"][0]["id"]) == ("Bridge", record["id"])
    assert store.add_document("a.txt", record["doc_text"], [read]) == 1
    assert store.add_document("a.txt", "another text", []) is None
    assert set(ACTS) > {document["records"][0]["act"]}


def test_a_text_of_a_word_has_no_topics(extractor: Extractor) -> None:
    assert keyterms(next(extractor.parser.pipe(["Everyone"]))) == []
