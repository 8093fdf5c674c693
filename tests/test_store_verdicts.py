"""Verdicts: whom a quote belongs to after them, after they are undone, and after its document is added again."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from storing import said

import quotes.store
from quotes.store import VERDICTS, Search, Store, Verdict

BRIDGE = "The harbour bridge will cost us more trade than we thought"
PILOTS = "Nobody asked the pilots before the summer"
WALL = "The sea wall was built by people who had never seen a storm"
GATE = "Two men climbed over the lock gate at four in the morning"


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with quotes.store.open(database, make=True) as store:
        yield store


def add(store: Store, *records: dict[str, Any]) -> None:
    """Add records of one document."""
    first = records[0]
    assert store.add_document(first["doc_id"], first["doc_text"], records, first["meta"]) is not None


def rows(store: Store) -> dict[str, dict[str, Any]]:
    """All quotes by their ids, as searches give them."""
    return {row["id"]: row for row in store.search(Search(limit=1_000)).rows}


def counts(store: Store) -> dict[str, int]:
    """How many quotes each speaker has, as speakers are listed."""
    return {one["name"]: one["quotes"] for one in store.speakers()}


def test_a_quote_goes_to_whom_a_verdict_names_and_back(store: Store) -> None:
    lund, rask = said("Ada Lund", BRIDGE, date="2024-03-04"), said("Tom Rask", PILOTS, "b.txt", date="2024-05-06")
    add(store, lund)
    add(store, rask)
    before = rows(store)
    number = store.verdict(lund["id"], "speaker", "Åsa", speaker="Tom Rask")
    row = rows(store)[lund["id"]]
    assert (row["speaker"], row["speaker_id"]) == ("Tom Rask", before[rask["id"]]["speaker_id"])
    assert (row["verdict"]["id"], row["verdict"]["speaker"]) == (number, "Tom Rask")
    assert counts(store) == {"Tom Rask": 2}
    page = store.speaker(row["speaker_id"])
    assert page
    assert page["months"] == [["2024-03", 1], ["2024-05", 1]]
    found = store.search(Search("harbour", speaker="Rask"), facets=True)
    assert [one["id"] for one in found.rows] == [lund["id"]]
    assert [one["label"] for one in found.facets["speaker"]] == ["Tom Rask"]
    assert store.search(Search("harbour", speaker="Lund")).rows == []
    quote = store.quote(lund["id"])
    assert quote
    assert quote["record"]["speaker"]["name"] == "Ada Lund", "the record tells what the program found"
    store.undo(number, "Bo")
    assert rows(store) == before
    assert counts(store) == {"Ada Lund": 1, "Tom Rask": 1}


def test_what_fails_in_the_middle_leaves_no_verdict(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    record = said("Ada Lund", BRIDGE)
    add(store, record)
    standing = store.verdict(record["id"], "speaker", "Åsa", speaker="Tom Rask")
    before = rows(store)

    def broken(*_: Any) -> None:
        raise RuntimeError("the power is gone")

    monkeypatch.setattr(quotes.store.verdicts, "settle", broken)
    with pytest.raises(RuntimeError):
        store.verdict(record["id"], "speaker", "Åsa", speaker="Eva Berg")
    with pytest.raises(RuntimeError):
        store.undo(standing, "Åsa")
    assert rows(store) == before


@pytest.mark.parametrize("verdict", ["right", "wrong", "edges"])
def test_later_verdicts_leave_the_speaker_that_was_set(store: Store, verdict: Verdict) -> None:
    record = said("Ada Lund", BRIDGE, before="Tom Rask was there. ")
    add(store, record)
    first = store.verdict(record["id"], "speaker", "Åsa", speaker="Tom Rask", mention=(0, 8))
    edges = [(21, 40)] if verdict == "edges" else None
    last = store.verdict(record["id"], verdict, "Bo", content=edges)
    row = rows(store)[record["id"]]
    assert (row["known_as"], row["verdict"]["verdict"], row["verdict"]["speaker"]) == ("Tom Rask", verdict, "Tom Rask")
    [gold] = store.gold()
    if verdict == "wrong":
        assert gold["quotes"] == []
    else:
        [quote] = gold["quotes"]
        assert (quote["speaker"], quote["source"]) == ("Tom Rask", [[0, 8]])
        assert quote["content"] == [list(span) for span in edges or [(20, 81)]]
    store.undo(last, "Bo")
    assert rows(store)[record["id"]]["known_as"] == "Tom Rask"
    store.undo(first, "Bo")
    assert rows(store)[record["id"]]["known_as"] == "Ada Lund"


@pytest.mark.parametrize(
    ("found", "name", "known_as"),
    [
        ({"who": "police", "kind": "group", "by": "description"}, "Ada Lund", "Ada Lund"),
        ({"who": "Marlowe Foods", "kind": "organization"}, "Ada Lund", "Ada Lund"),
        ({"who": "Tom Rask"}, "ada lund", "Ada Lund"),
        ({"who": "Tom Rask"}, "Ada M. Lund", "Ada Lund"),
        ({"who": "Tom Rask"}, "Ines Lund", "Ines Lund"),
        ({"who": "Tom Rask"}, "Harbour Union", "Harbour Union"),
        ({"who": "Tom Rask"}, "police", None),
    ],
)
def test_whom_a_name_means(store: Store, found: dict[str, str], name: str, known_as: str | None) -> None:
    record = said(what=BRIDGE, doc_id="b.txt", **found)  # type: ignore[arg-type]
    add(store, said("Ada Lund", PILOTS))
    add(store, said("Harbour Union", PILOTS, "c.txt", kind="organization"))
    add(store, record)
    number = store.verdict(record["id"], "speaker", "Åsa", speaker=name)
    row = rows(store)[record["id"]]
    assert (row["speaker"], row["known_as"]) == (name, known_as)
    assert [one["id"] for one in store.search(Search("bridge", speaker=name)).rows] == [record["id"]]
    store.undo(number, "Åsa")
    assert rows(store)[record["id"]]["speaker"] == found["who"]
    assert "Ines Lund" not in counts(store), "nobody is listed who says nothing"
    assert "Ada Lund" in counts(store)


def test_a_pronoun_tells_the_gender_of_whoever_said_it(store: Store) -> None:
    record = said("Ada Lund", BRIDGE, beside="she", by="pronoun")
    add(store, record)
    number = store.verdict(record["id"], "speaker", "Åsa", speaker="Eva Berg")
    assert [(one["name"], one["gender"]) for one in store.speakers()] == [("Eva Berg", "woman")]
    store.undo(number, "Åsa")
    assert [(one["name"], one["gender"]) for one in store.speakers()] == [("Ada Lund", "woman")]


def test_documents_are_listed_the_last_added_first(store: Store) -> None:
    for name in "abc":
        add(store, said("Ada Lund", BRIDGE, f"{name}.txt", before=f"Of {name}. "))
    store.add_document("d.txt", "Nobody said a word.", [])
    assert [(one["doc_id"], one["quotes"]) for one in store.documents()] == [
        ("d.txt", 0),
        ("c.txt", 1),
        ("b.txt", 1),
        ("a.txt", 1),
    ]
    assert store.documents(limit=1, offset=1) == [
        {"id": 3, "doc_id": "c.txt", "title": "c.txt", "outlet": None, "date": None, "wrong": 0, "quotes": 1}
    ]


# Whatever is done, in whatever order

ALONE = said("Ada Lund", BRIDGE)
SECOND = said("Ada Lund", PILOTS, before=f"{ALONE['doc_text']} ", beside="she", by="pronoun")
FIRST = ALONE | {"doc_text": SECOND["doc_text"]}
RECORDS = (
    (FIRST, SECOND),
    (said("Tom Rask", WALL, "b.txt"),),
    (said("police", GATE, "c.txt", kind="group", by="description"),),
)
"""Of three documents; of the first the second quote may come later than the first. None has another's words: once a
verdict gave both to one speaker they would be one hit, with two places."""
QUOTES = list(itertools.chain(*RECORDS))
NAMES = ("Ada Lund", "Tom Rask", "Eva Berg", "Rask", "police")
STEPS = st.one_of(
    st.tuples(st.just("add"), st.sampled_from(RECORDS)),
    st.tuples(st.just("verdict"), st.sampled_from(QUOTES), st.sampled_from(VERDICTS), st.sampled_from(NAMES)),
    st.tuples(st.just("undo"), st.integers(0, 20)),
)


@dataclass
class Expected:
    """What is to be the case of one quote."""

    added: tuple[Any, ...]
    """Whose it was when it was added, and its record."""
    verdicts: list[tuple[int, str | None]] = field(default_factory=list)
    """The numbers of those that are not undone, and who said it by each; None for whom the program found."""

    @property
    def speaker(self) -> str | None:
        return (self.verdicts and self.verdicts[-1][1]) or self.added[1]


def stored(store: Store) -> dict[str, tuple[Any, ...]]:
    return {uid: tuple(of) for uid, *of in store.db.execute("SELECT uid, speaker_id, speaker, record FROM quotes")}


def check(store: Store, expected: dict[str, Expected]) -> None:
    """Compare with what is expected, and what is counted with a count."""
    found = rows(store)
    assert {id: row["speaker"] for id, row in found.items()} == {id: one.speaker for id, one in expected.items()}
    assert {id: row["verdict"]["id"] if row["verdict"] else None for id, row in found.items()} == {
        id: one.verdicts[-1][0] if one.verdicts else None for id, one in expected.items()
    }
    spoken = Counter(row["speaker_id"] for row in found.values())
    women = {row["speaker_id"] for id, row in found.items() if id == SECOND["id"]}
    for id, count, he, she in store.db.execute("SELECT id, quotes, he, she FROM speakers"):
        assert (count, he, she) == (spoken[id], 0, id in women)
    store.db.execute("INSERT INTO quotes_fts (quotes_fts, rank) VALUES ('integrity-check', 1)")


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(STEPS, max_size=15))
def test_counts_and_speakers_are_right_in_every_order(steps: list[tuple[Any, ...]]) -> None:
    expected: dict[str, Expected] = {}
    with TemporaryDirectory() as folder, quotes.store.open(f"{folder}/quotes.db", make=True) as store:
        for what, *of in [("add", (FIRST,)), *steps]:
            standing = [(one, verdict) for one in expected.values() for verdict in one.verdicts]
            if what == "add":
                add(store, *of[0])
                for id, added in stored(store).items():
                    expected.setdefault(id, Expected(added))
            elif what == "verdict" and (one := expected.get(of[0]["id"])):
                record, verdict, name = of
                more = {"speaker": {"speaker": name}, "edges": {"content": [(1, 5)]}}.get(verdict, {})
                number = store.verdict(record["id"], verdict, "Åsa", **more)
                before = one.verdicts[-1][1] if one.verdicts else None
                one.verdicts.append((number, name if verdict == "speaker" else before))
            elif what == "undo" and standing:
                one, undone = standing[of[0] % len(standing)]
                store.undo(undone[0], "Bo")
                one.verdicts.remove(undone)
            check(store, expected)
        for number in [number for one in expected.values() for number, _ in one.verdicts]:
            store.undo(number, "Bo")
        assert stored(store) == {id: one.added for id, one in expected.items()}
