"""Wire copy: the same quote in several documents."""

from __future__ import annotations

from typing import Any

import pytest
from storing import said, write

import quotes.store
from quotes.store import Store

WORDS = "We will rebuild the harbour bridge before the winter storms arrive this year"


def grouped(database: str, *records: dict[str, Any]) -> Store:
    """A database of records, each of a document of its own."""
    store = quotes.store.open(database, make=True)
    failures: list[str] = []
    store.add([write("records.jsonl", records)], failures.append)
    assert not failures
    return store


def test_the_same_quote_in_three_articles_is_one_group(database: str) -> None:
    store = grouped(
        database,
        said("Ada Lund", WORDS, "b.txt", date="2024-03-02"),
        said("Ada Lund", "The rest of what I said is not for the papers today", "x.txt", date="2024-01-01"),
        said("Ada Lund", WORDS, "a.txt", date="2024-03-01", before="It was raining in the town. "),
        said("Ada Lund", WORDS.upper().replace(" ", "  "), "c.txt", date="2024-03-05"),
    )
    assert store.totals()["groups"] == 1
    [first, *_] = store.search(quotes.store.Search("harbour")).rows
    assert (first["documents"], first["first_seen"]) == (3, "2024-03-01")
    places = store.quote(first["id"])["places"]
    assert [(place["doc_id"], place["date"]) for place in places] == [
        ("a.txt", "2024-03-01"),
        ("b.txt", "2024-03-02"),
        ("c.txt", "2024-03-05"),
    ]
    [group] = store.db.execute(
        "SELECT d.doc_id, g.documents FROM groups g JOIN documents d ON d.id = first_document_id"
    )
    assert tuple(group) == ("a.txt", 3)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ada Lund", "Lund"),
        ("Lund", "Ada Lund"),
        ("Ada Lund", "a spokesman"),
        ("Ada Lund", "Ada M. Lund"),
    ],
)
def test_the_same_words_of_speakers_who_may_be_one(database: str, first: str, second: str) -> None:
    kinds = {"a spokesman": "description"}
    store = grouped(database, *(said(who, WORDS, f"{who}.txt", by=kinds.get(who, "name")) for who in (first, second)))
    assert store.totals()["groups"] == 1


@pytest.mark.parametrize(("first", "second"), [("Ada Lund", "Tom Rask"), ("Ada Lund", "Eva Lund")])
def test_the_same_words_of_others(database: str, first: str, second: str) -> None:
    store = grouped(database, *(said(who, WORDS, f"{who}.txt") for who in (first, second)))
    assert store.totals()["groups"] == 0


@pytest.mark.parametrize(
    "other",
    [
        WORDS.replace("harbour ", ""),
        WORDS.replace("winter storms", "winter storm"),
        WORDS + " as promised",
        f"Friends, {WORDS}",
    ],
)
def test_nearly_the_same_words(database: str, other: str) -> None:
    store = grouped(database, said("Ada Lund", WORDS, "a.txt"), said("Ada Lund", other, "b.txt"))
    assert store.totals()["groups"] == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (WORDS, WORDS.replace("will", "will not")),
        (WORDS, WORDS.replace("will", "won't")),
        (
            "The repair will cost us 40 million over the next ten years",
            "The repair will cost us 90 million over the next ten years",
        ),
        (WORDS, "We will tear down the old railway station after the summer holidays"),
    ],
)
def test_another_statement_in_nearly_the_same_words(database: str, one: str, other: str) -> None:
    store = grouped(database, said("Ada Lund", one, "a.txt"), said("Ada Lund", other, "b.txt"))
    assert store.totals()["groups"] == 0


def test_nearly_the_same_words_of_another_speaker(database: str) -> None:
    other = WORDS.replace("harbour ", "")
    store = grouped(database, said("Ada Lund", WORDS, "a.txt"), said("Tom Rask", other, "b.txt"))
    assert store.totals()["groups"] == 0


def test_short_quotes_and_repetitions_in_one_document_are_no_wire_copy(database: str) -> None:
    first = said("Ada Lund", WORDS, "c.txt")
    again = said("Ada Lund", WORDS, "c.txt", before=first["doc_text"] + " ")
    first["doc_text"] = again["doc_text"]
    short = [said("Ada Lund", "No comment on that", doc) for doc in ("a.txt", "b.txt")]
    store = grouped(database, *short, first, again)
    assert store.totals()["groups"] == 0
    store.add([write("more.jsonl", [said("Ada Lund", WORDS, "d.txt")])])
    assert [tuple(row) for row in store.db.execute("SELECT documents FROM groups")] == [(2,)]


def test_a_phrase_of_whom_nobody_names_is_no_wire_copy(database: str) -> None:
    phrase = "a ban on lorries entering the harbour"
    people = [said("Ada Lund", phrase, "a.txt"), said("the mayor's rhetoric", phrase, "b.txt", by="description")]
    assert grouped(database, *people).totals()["groups"] == 0
