"""Which speakers of several documents are one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from storing import said, write

import quotes.store
from quotes.store import Store


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with quotes.store.open(database, make=True) as store:
        yield store


def add(store: Store, *speakers: dict[str, Any]) -> None:
    """A document for each speaker, in which it says something that nobody else says."""
    done = store.totals()["documents"]
    path = Path("records.jsonl")
    records = [
        said(what=f"This is number {done + k}", doc_id=f"{done + k}.txt", **one) for k, one in enumerate(speakers)
    ]
    failures: list[str] = []
    store.add([write(path, records)], failures.append)
    assert not failures


def people(store: Store) -> dict[str, int]:
    """Speakers and their quotes; of several with a name the numbers are added to it."""
    found: dict[str, int] = {}
    for one in sorted(store.speakers(), key=lambda one: one["id"]):
        name = one["name"] if one["name"] not in found else f"{one['name']} #{one['id']}"
        found[name] = one["quotes"]
    return found


@pytest.mark.parametrize(
    "same",
    [
        ("Ada Lund", "Ada Lund"),
        ("Hossein Amir-Abdollahian", "Hossein Amirabdollahian"),
        ("José García", "Jose Garcia"),
        ("ADA LUND", "Ada Lund"),
        ("Donald Trump", "Donald J. Trump"),
        ("Donald J. Trump", "Donald Trump"),
        ("Hillary Rodham Clinton", "Hillary Clinton"),
        ("J. K. Rowling", "J.K. Rowling"),
        ("Ursula von der Leyen", "Ursula von der Leyen"),
    ],
)
def test_one_person_in_two_documents(store: Store, same: tuple[str, str]) -> None:
    add(store, *({"who": name} for name in same))
    assert list(people(store).values()) == [2]


@pytest.mark.parametrize(
    "two",
    [
        ("Bill Clinton", "Hillary Clinton"),
        ("Bill Clinton", "William Clinton"),
        ("B. Clinton", "Bill Clinton"),
        ("J. Smith", "J. Smith"),
        ("Clinton", "Bill Clinton"),
        ("Clinton", "Clinton"),
        ("Mrs. Clinton", "Mrs. Clinton"),
        ("George W. Bush", "George H. W. Bush"),
        ("George Bush Jr.", "George Bush"),
        ("Ann Abel", "Anna Bel"),
        ("Mohammed Zelensky", "Mohamed Zelenskyy"),
    ],
)
def test_two_people(store: Store, two: tuple[str, str]) -> None:
    add(store, *({"who": name} for name in two))
    assert list(people(store).values()) == [1, 1]


def test_a_name_that_fits_two_is_neither(store: Store) -> None:
    add(store, {"who": "George W. Bush"}, {"who": "George H. W. Bush"}, {"who": "George Bush"}, {"who": "George Bush"})
    assert people(store) == {"George W. Bush": 1, "George H. W. Bush": 1, "George Bush": 2}


def test_a_name_that_came_first_does_not_join_two_who_differ(store: Store) -> None:
    add(store, {"who": "George Bush"}, {"who": "George W. Bush"}, {"who": "George H. W. Bush"})
    assert people(store) == {"George Bush": 2, "George H. W. Bush": 1}


def test_a_last_name_is_one_speaker_inside_its_document(store: Store) -> None:
    first = said("Lund", "This is the first")
    second = said("Lund", "This is the second", before=first["doc_text"] + "\n\n")
    first["doc_text"] = second["doc_text"]
    store.add([write(Path("a.jsonl"), [first, second])])
    assert people(store) == {"Lund": 2}
    add(store, {"who": "Lund"}, {"who": "Ada Lund"})
    assert people(store) == {"Lund": 2, "Lund #2": 1, "Ada Lund": 1}
    assert {one["document_id"] for one in store.speakers("Lund")} == {1, 2, None}


def test_an_alias_in_one_document_is_known_in_others(store: Store) -> None:
    add(store, {"who": "William Jefferson Clinton", "beside": "Bill Clinton"}, {"who": "Bill Clinton"})
    assert people(store) == {"William Jefferson Clinton": 2}
    assert store.speakers()[0]["names"] == ["William Jefferson Clinton", "Bill Clinton"]


def test_ids_of_a_list_come_before_names(store: Store) -> None:
    add(
        store,
        {"who": "John Smith", "id": "smith-1"},
        {"who": "John Smith", "id": "smith-2"},
        {"who": "Johnny Smith", "id": "smith-1"},
    )
    assert people(store) == {"John Smith": 2, "John Smith #2": 1}
    add(store, {"who": "John Smith"}, {"who": "John Smith"})
    assert people(store)["John Smith #3"] == 2, "whoever may be either of two is neither"
    add(store, {"who": "Johnny Smith"})
    assert people(store)["John Smith"] == 3, "a name that only one has is its"


def test_an_id_that_comes_later_is_given_to_the_one_of_that_name(store: Store) -> None:
    add(store, {"who": "Ada Lund"}, {"who": "Ada Lund", "id": "lund"}, {"who": "A. Lund", "id": "lund"})
    [one] = store.speakers()
    assert (one["quotes"], one["list_id"]) == (3, "lund")


def test_organisations_and_places_are_joined_and_kinds_kept_apart(store: Store) -> None:
    add(
        store,
        {"who": "Apple", "kind": "organization"},
        {"who": "Apple", "kind": "organization"},
        {"who": "The Harbour Pilots Association", "kind": "organization"},
        {"who": "Harbour Pilots Association", "kind": "organization"},
        {"who": "Tehran", "kind": "place"},
        {"who": "Tehran", "kind": "place"},
        {"who": "Paris Hilton"},
        {"who": "Paris Hilton", "kind": "organization"},
    )
    assert list(people(store).values()) == [2, 2, 2, 1, 1]


def test_an_unknown_kind_is_that_of_the_same_name(store: Store) -> None:
    add(store, {"who": "Harbour Watch", "kind": "unknown"}, {"who": "Harbour Watch", "kind": "organization"})
    add(store, {"who": "Ada Lund"}, {"who": "Ada Lund", "kind": "unknown"})
    assert [(one["name"], one["kind"], one["quotes"]) for one in store.speakers()] == [
        ("Ada Lund", "person", 2),
        ("Harbour Watch", "organization", 2),
    ]


@pytest.mark.parametrize(
    ("who", "kind"),
    [("two officials", "group"), ("police", "organization"), ("the report", "document"), ("a nurse", "person")],
)
def test_whom_no_text_names_is_no_speaker_but_can_be_found(store: Store, who: str, kind: str) -> None:
    add(store, {"who": who, "kind": kind, "by": "description"}, {"who": who, "kind": kind, "by": "description"})
    assert people(store) == {}
    rows = store.search(quotes.store.Search(speaker=who)).rows
    assert [(row["speaker"], row["speaker_id"]) for row in rows] == [(who, None)] * 2


def test_words_with_a_name_in_them_are_no_name(store: Store) -> None:
    add(store, {"who": "spokeswoman for Brügger"}, {"who": "drivers' union in Erzurum", "kind": "organization"})
    assert people(store) == {}


@pytest.mark.parametrize(
    ("beside", "gender"),
    [
        (["she"], "woman"),
        (["he", "Him"], "man"),
        (["he", "she"], None),
        (["Ada Lund"], None),
        (["they"], None),
        ([], None),
    ],
)
def test_gender_is_what_pronouns_tell(store: Store, beside: list[str], gender: str | None) -> None:
    add(store, {"who": "Ada Lund"}, *({"who": "Ada Lund", "beside": one, "by": "pronoun"} for one in beside))
    assert store.speakers()[0]["gender"] == gender


def test_a_doubtful_pronoun_tells_nothing(store: Store) -> None:
    add(store, {"who": "Ada Lund", "beside": "she", "by": "pronoun", "sure": 0.6})
    assert store.speakers()[0]["gender"] is None
    assert [(row["label"], row["quotes"]) for row in store.stats("gender")] == [(None, 1)]


def test_titles_are_no_part_of_a_name(store: Store) -> None:
    add(store, {"who": "Senator Ada Lund"}, {"who": "Ada Lund", "beside": "Sen. Ada Lund"}, {"who": "ADA LUND"})
    [one] = store.speakers()
    assert (one["name"], one["names"], one["quotes"]) == ("Ada Lund", ["Senator Ada Lund", "Ada Lund"], 3)


@pytest.mark.parametrize(
    "others",
    [
        ["Ada Lund", "ADA LUND", "Senator Ada Lund", "Ada M. Lund", "Ada Marie Lund"],
        ["J. K. Rowling", "J.K. Rowling", "JK Rowling"],
        ["José Müller-Strauß", "Jose Muller-Strauß", "José Müller Strauß"],
        ["Hossein Amir-Abdollahian", "Hossein Amirabdollahian", "Hossein  Amir‑Abdollahian"],
        ["Søren Kjær", "Soren Kjaer"],
    ],
)
def test_words_of_a_speaker_are_found_under_every_name(store: Store, others: list[str]) -> None:
    add(store, *({"who": name} for name in others), {"who": "Tom Rask"})
    for one in store.speakers():
        asked = quotes.store.Search("number", speaker_id=one["id"])
        assert len(store.search(asked).rows) == one["quotes"]
    assert len(store.search(quotes.store.Search("number", speaker=others[0])).rows) >= 1
