"""The database put right: documents corrected, taken out and brought back, speakers renamed, merged and split."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from storing import said

import quotes.store
from quotes.store import BY, ChangeError, Search, Store

BRIDGE = "The harbour bridge will cost us more trade than we thought"
PILOTS = "Nobody asked the pilots before the tide tables were printed"
VOTE = "Every vote was counted, and counted twice"


def fill(store: Store, *records: dict[str, Any]) -> None:
    for record in records:
        assert store.add_document(
            record["doc_id"], record["doc_text"], [record], record["meta"], [["trade", "harbour"]]
        )


def row(store: Store, doc_id: str) -> int:
    document = store.document(doc_id)
    assert document
    return int(document["id"])


def dump(store: Store) -> list[tuple[Any, ...]]:
    """All rows but those of changes; names, topics and groups without their own numbers, and no keys of wire copy,
    which may be another quote's of the same group."""
    tables = ("documents", "other_ids", "speakers", "quotes", "verdicts", "found_speakers")
    rows: list[tuple[Any, ...]] = []
    for table in tables:
        for one in store.db.execute(f"SELECT * FROM {table}"):
            rows.append((table, *(value for key, value in dict(one).items() if key != "group_id")))
    names = "SELECT speaker_id, row_number() OVER (PARTITION BY speaker_id ORDER BY id), name, form FROM speaker_names"
    about = "quote_topics JOIN quotes q ON q.id = quote_id JOIN topics t ON t.id = topic_id"
    groups = "SELECT g.text, g.first_seen, g.documents, q.uid FROM groups g JOIN quotes q ON q.group_id = g.id"
    for sql in (names, groups, "SELECT name, quotes FROM topics", f"SELECT q.uid, t.name FROM {about}"):
        rows += [tuple(one) for one in store.db.execute(sql)]
    return sorted(rows, key=repr)


def speakers(store: Store) -> dict[str, int]:
    return {one["name"]: one["quotes"] for one in store.speakers()}


def sound(store: Store) -> None:
    """SQLite and the full-text indexes check themselves."""
    if not isinstance(store.db, sqlite3.Connection):
        return
    assert store.db.execute("PRAGMA foreign_key_check").fetchall() == []
    for index in ("quotes_fts", "names_fts"):
        store.db.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with quotes.store.open(database, make=True) as store:
        yield store


@pytest.fixture
def news(store: Store) -> Store:
    """Four documents, of which two have the same quote."""
    fill(
        store,
        said("Ada Lund", BRIDGE, "a.txt", date="2024-01-10", outlet="The Harbour Post"),
        said("Ada Marie Lund", BRIDGE, "b.txt", date="2024-01-08", before="From the wire. "),
        said("Tom Rask", PILOTS, "c.txt", beside="he", by="pronoun", date="2024-02-01"),
        said("Thomas Rask", VOTE, "d.txt"),
    )
    return store


# Documents


def test_what_is_known_of_a_document_is_corrected_wherever_it_stands(news: Store) -> None:
    before = dump(news)
    first = news.edit(row(news, "b.txt"), {"date": "2024-03-05", "outlet": " The  Gazette ", "title": "Bridge"}, "Åsa")
    document = news.document("b.txt")
    assert document
    assert [document[key] for key in ("date", "outlet", "title")] == ["2024-03-05", "The Gazette", "Bridge"]
    [hit] = news.search(Search("bridge")).rows
    assert (hit["first_seen"], hit["documents"]) == ("2024-01-10", 2)
    assert news.search(Search(outlet="the gazette", since="2024-03")).total == 1
    [change] = news.changes()
    assert change["line"] == ("b.txt: date: 2024-01-08 → 2024-03-05; outlet: none → The Gazette; title: b.txt → Bridge")
    second = news.edit(row(news, "b.txt"), {"outlet": ""}, "Åsa")
    with pytest.raises(ChangeError, match="its outlet was changed again since; undo that first"):
        news.undo_change(first, "Åsa")
    news.undo_change(second, "Åsa")
    news.undo_change(first, "Åsa")
    assert dump(news) == before


def test_a_document_comes_back_as_it_was(news: Store) -> None:
    uid = said("Tom Rask", PILOTS, "c.txt")["id"]
    news.verdict(uid, "speaker", "Åsa", speaker="Eva Berg")
    news.merge([news.meant("Thomas Rask")], news.meant("Ada Lund"), "Åsa")
    before, totals = dump(news), news.totals()
    changes = [news.remove(row(news, doc_id), "Åsa") for doc_id in ("c.txt", "a.txt", "d.txt", "b.txt")]
    assert set(news.totals().values()) == {0}
    assert news.search(Search()).rows == news.speakers() == []
    sound(news)
    for change in reversed(changes):
        news.undo_change(change, "Eva")
    assert news.totals() == totals
    assert dump(news) == before
    sound(news)
    assert [one["undone_by"] for one in news.changes()][:4] == ["Eva"] * 4
    with pytest.raises(ChangeError, match="does not stand"):
        news.undo_change(changes[0], "Eva")


def test_what_was_removed_stays_out_when_it_is_added_again(news: Store) -> None:
    record = said("Tom Rask", PILOTS, "c.txt", beside="he", by="pronoun", date="2024-02-01")
    change = news.remove(row(news, "c.txt"), "Åsa")
    assert news.add_document("c.txt", record["doc_text"], [record]) is None
    assert news.add_document("other.txt", record["doc_text"], []) is None, "the same text"
    assert news.totals()["documents"] == 3
    news.undo_change(change, "Åsa")
    assert news.add_document("c.txt", record["doc_text"], [record]) == row(news, "c.txt")


def test_a_speaker_who_was_found_again_meanwhile_is_one(news: Store) -> None:
    change = news.remove(row(news, "d.txt"), "Åsa")
    fill(news, said("Thomas Rask", "That is another matter altogether", "e.txt"))
    news.undo_change(change, "Åsa")
    assert speakers(news)["Thomas Rask"] == 2


def test_the_same_text_under_another_id_is_the_same_document(store: Store) -> None:
    first = said("Ada Lund", BRIDGE, "a.txt")
    again = said("Ada Lund", BRIDGE, "feed/17", date="2024-05-05", outlet="The Harbour Post")
    fill(store, first)
    assert store.add_document("feed/17", again["doc_text"], [again], again["meta"] | {"title": "Bridge"}) == 1
    assert (store.totals()["documents"], store.totals()["quotes"]) == (1, 1)
    document = store.document("feed/17")
    assert document
    assert [document[key] for key in ("doc_id", "title", "date", "outlet")] == [
        "a.txt",
        "Bridge",
        "2024-05-05",
        "The Harbour Post",
    ]
    [hit] = store.search(Search("bridge", since="2024-05")).rows
    assert hit["id"] == first["id"]
    again["doc_text"] = None
    store.add_document("feed/17", again["doc_text"], [again])
    assert store.totals()["quotes"] == 1


def test_files_that_hold_the_same_text(store: Store, tmp_path: Path) -> None:
    text = f"Ferry to sail again\n\n{BRIDGE}, Mayor Ada Lund said on Monday.\n"
    notes: list[str] = []
    for name in ("one.txt", "two.txt"):
        Path(tmp_path, name).write_text(text, encoding="utf-8")
        store.add([str(tmp_path / name)], on_note=notes.append, topics=False)
    assert notes == [f"{tmp_path}/two.txt: the same text as {tmp_path}/one.txt"]
    [document] = store.documents()
    assert (document["title"], document["quotes"]) == ("Ferry to sail again", 1)


def test_documents_are_searched_and_sorted(news: Store) -> None:
    news.edit(row(news, "d.txt"), {"title": "A 100% count", "url": "https://post.example/d"}, "Åsa")

    def found(**asked: Any) -> list[str]:
        return [one["doc_id"] for one in news.documents(**asked)]

    assert found() == ["d.txt", "c.txt", "b.txt", "a.txt"]
    assert found(sort="date") == ["c.txt", "a.txt", "b.txt", "d.txt"]
    assert found(sort="title")[0] == "d.txt"
    assert found(sort="outlet")[0] == "a.txt"
    assert (found(words="HARBOUR post"), found(words="100%"), found(words="100_")) == (["a.txt"], ["d.txt"], [])
    assert (news.number_of_documents("post"), news.number_of_documents()) == (2, 4)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda s: s.edit(1, {"date": "12/03/2024"}, "Åsa"), "'12/03/2024' is no day; write it as 2024-01-31"),
        (lambda s: s.edit(1, {"text": "x"}, "Åsa"), "a document has no text; it has title, author, date, url, outlet"),
        (
            lambda s: s.edit(1, {"outlet": "The Harbour Post"}, "Åsa"),
            "a.txt: nothing to change, all of it is so already",
        ),
        (lambda s: s.edit(99, {"title": "x"}, "Åsa"), "there is no document 99"),
        (lambda s: s.remove(99, "Åsa"), "there is no document 99"),
        (lambda s: s.remove(1, " "), "a change needs the name of whoever makes it"),
        (lambda s: s.rename(99, "Eva", "Åsa"), "there is no speaker 99"),
        (lambda s: s.rename(s.meant("Ada Lund"), "tom rask", "Åsa"), "Tom Rask is a speaker already; merge 1 into 2"),
        (lambda s: s.rename(s.meant("Ada Lund"), " ", "Åsa"), "a speaker needs a name"),
        (lambda s: s.merge([1], 1, "Åsa"), "1 and 1 are one already: Ada Lund"),
        (lambda s: s.split(1, "Åsa", names=["Eva"]), "Ada Lund has no quotes under these names or in these documents"),
        (lambda s: s.split(1, "Åsa", documents=[1, 2]), "all quotes of Ada Lund are of these names or documents"),
        (lambda s: s.meant("Eva"), "no speaker is called 'Eva'"),
        (lambda s: s.undo_change(7, "Åsa"), "change 7 does not stand: there is none, or it was undone"),
    ],
)
def test_changes_that_can_not_be(news: Store, change: Callable[[Store], Any], line: str) -> None:
    before = dump(news)
    with pytest.raises(ChangeError) as error:
        change(news)
    assert str(error.value).startswith(line)
    assert (dump(news), news.changes()) == (before, [])


# Speakers


def test_merged_speakers_are_one_for_what_is_added_later_too(news: Store) -> None:
    before = dump(news)
    [change] = news.merge([news.meant("Tom Rask")], news.meant("Thomas Rask"), "Åsa")
    fill(news, said("Tom Rask", "The tide waits for no committee", "e.txt", beside="he", by="pronoun"))
    assert speakers(news) == {"Thomas Rask": 3, "Ada Lund": 2}
    one = news.speaker(news.meant("Tom Rask"))
    assert one
    assert (one["name"], one["names"], one["gender"]) == ("Thomas Rask", ["Thomas Rask", "Tom Rask"], "man")
    assert [each["name"] for each in one["merged"]] == ["Tom Rask"]
    assert news.search(Search(speaker="Tom")).total == news.search(Search("tide OR vote", speaker="Tom")).total == 3
    assert news.search(Search(speaker_id=one["merged"][0]["id"])).total == 3
    news.undo_change(change, "Åsa")
    assert speakers(news) == {"Thomas Rask": 1, "Tom Rask": 2, "Ada Lund": 2}
    news.remove(row(news, "e.txt"), "Åsa")
    assert dump(news) == before


def test_merges_are_undone_in_any_order(news: Store) -> None:
    before = dump(news)
    [first] = news.merge([news.meant("Tom Rask")], news.meant("Thomas Rask"), "Åsa")
    [second] = news.merge([news.meant("Thomas Rask")], news.meant("Ada Lund"), "Åsa")
    assert speakers(news) == {"Ada Lund": 4}
    news.undo_change(first, "Åsa")
    assert speakers(news) == {"Ada Lund": 3, "Tom Rask": 1}
    news.undo_change(second, "Åsa")
    assert dump(news) == before


def test_wire_copy_of_merged_speakers_is_one(store: Store) -> None:
    fill(store, said("Bo Dahl", BRIDGE, "a.txt"), said("Robert Dahl", f"{BRIDGE} before", "b.txt"))
    assert store.totals()["groups"] == 0
    [change] = store.merge([store.meant("Bo Dahl")], store.meant("Robert Dahl"), "Åsa")
    assert (store.totals()["groups"], store.search(Search()).total) == (1, 1)
    store.undo_change(change, "Åsa")
    assert (store.totals()["groups"], store.search(Search()).total) == (0, 2)


def test_a_speaker_is_renamed(news: Store) -> None:
    before = dump(news)
    change = news.rename(news.meant("Ada Lund"), "Ada Lund-Berg", "Åsa")
    assert speakers(news)["Ada Lund-Berg"] == 2
    assert news.search(Search(speaker="Berg")).total == news.search(Search(speaker="Marie")).total == 1
    fill(news, said("Ada Lund", "The ferry sails at dawn, as it always has", "e.txt"))
    assert speakers(news)["Ada Lund-Berg"] == 3
    news.remove(row(news, "e.txt"), "Åsa")
    news.undo_change(change, "Åsa")
    assert dump(news) == before


def test_the_names_of_a_renamed_speaker_outlast_its_documents(news: Store) -> None:
    news.rename(news.meant("Thomas Rask"), "Thomas Rask the younger", "Åsa")
    news.remove(row(news, "c.txt"), "Åsa")
    fill(news, said("Thomas Rask", VOTE, "e.txt"))
    assert speakers(news)["Thomas Rask the younger"] == 1


def test_a_speaker_is_split_by_name(news: Store) -> None:
    before = dump(news)
    change, new = news.split(news.meant("Ada Lund"), "Åsa", names=["Ada Marie Lund"])
    assert speakers(news) == {"Ada Lund": 1, "Ada Marie Lund": 1, "Thomas Rask": 1, "Tom Rask": 1}
    assert news.totals()["groups"] == 0
    fill(news, said("Ada Marie Lund", "The ferry sails at dawn, as it always has", "e.txt"))
    assert (news.speaker(new) or {})["quotes"] == 2
    news.undo_change(change, "Åsa")
    news.remove(row(news, "e.txt"), "Åsa")
    assert speakers(news)["Ada Lund"] == 2
    known = [one for one in dump(news) if one[:2] != ("speakers", new)]
    assert known == before


def test_two_of_one_name_are_split_by_their_documents(news: Store) -> None:
    fill(news, said("Ada Lund", VOTE, "e.txt"), said("Ada Lund", "The ferry sails at dawn, as it has", "f.txt"))
    change, new = news.split(news.meant("Ada Lund"), "Åsa", documents=[row(news, "e.txt")], name="Ada Lund (pilot)")
    assert (speakers(news)["Ada Lund"], speakers(news)["Ada Lund (pilot)"]) == (3, 1)
    assert (news.speaker(new) or {})["names"] == ["Ada Lund", "Ada Lund (pilot)"]
    with pytest.raises(ChangeError, match="several speakers are called 'Ada Lund': 1, 4; give the number of one"):
        news.meant("Ada Lund")
    news.undo_change(change, "Åsa")
    assert speakers(news)["Ada Lund"] == 4


# Lists


def test_wire_copy_is_one_hit_with_its_places(news: Store) -> None:
    [hit] = news.search(Search("bridge")).rows
    assert (hit["doc_id"], hit["documents"]) in (("a.txt", 2), ("b.txt", 2))
    [other] = hit["elsewhere"]
    assert {hit["doc_id"], other["doc_id"]} == {"a.txt", "b.txt"}
    assert news.search(Search()).total == 3
    assert [one["doc_id"] for one in news.search(Search(limit=1, offset=1)).rows] == ["a.txt"]
    assert news.search(Search("bridge", outlet="The Harbour Post")).rows[0]["elsewhere"][0]["doc_id"] == "b.txt"


# Whatever is done, in whatever order

MANY = int(os.environ.get("QUOTES_DOCUMENTS", "14"))
"""Documents of which some are there; 200 and more steps take minutes, see QUOTES_STEPS."""
STEPS = int(os.environ.get("QUOTES_STEPS", "25"))
PEOPLE = ("Ada Lund", "Tom Rask", "Eva Berg", "Bo Dahl", "Ines Moreau")
WORDS = (BRIDGE, f"{BRIDGE} it would", PILOTS, VOTE, "No comment")
OUTLETS = (None, "The Harbour Post", "The Gazette")
DATES = (None, "2024-01-08", "2024-01-10", "2025-02-02")
DOCUMENTS = [
    said(
        PEOPLE[k % 5],
        WORDS[k * 3 % 5],
        f"{k}.txt",
        beside="he" if k % 4 == 1 else None,
        by="pronoun" if k % 4 == 1 else "name",
        date=DATES[k % 4],
        outlet=OUTLETS[k % 3],
        before=f"It is the morning of day {k}. ",
    )
    for k in range(MANY)
]


class Desk(RuleBasedStateMachine):
    """Documents are added, taken out, brought back and corrected, speakers merged and renamed; after each step all
    counts are those of a database into which the documents that are there were added once."""

    empty: Callable[[], str]
    """Gives the address of a database that is to be made."""

    @initialize()
    def begin(self) -> None:
        self.store = quotes.store.open(type(self).empty(), make=True)

    def teardown(self) -> None:
        self.store.close()

    @rule(k=st.integers(0, MANY - 1), copy=st.booleans())
    def add(self, k: int, copy: bool) -> None:
        record = DOCUMENTS[k]
        doc_id = f"copy of {record['doc_id']}" if copy and self.store.document(record["doc_id"]) else record["doc_id"]
        self.store.add_document(doc_id, record["doc_text"], [record | {"doc_id": doc_id}], record["meta"], about(k))

    def there(self) -> list[dict[str, Any]]:
        return sorted(self.store.documents(limit=2 * MANY), key=lambda one: int(one["id"]))

    @precondition(lambda self: self.there())
    @rule(data=st.data())
    def remove(self, data: Any) -> None:
        self.store.remove(data.draw(st.sampled_from(self.there()))["id"], "Åsa")

    @precondition(lambda self: self.there())
    @rule(data=st.data(), date=st.sampled_from(DATES), outlet=st.sampled_from(OUTLETS))
    def edit(self, data: Any, date: str | None, outlet: str | None) -> None:
        document = data.draw(st.sampled_from(self.there()))
        try:
            self.store.edit(document["id"], {"date": date, "outlet": outlet}, "Åsa")
        except ChangeError as error:
            assert "nothing to change" in str(error)  # noqa: PT017 whatever else is wrong fails

    @precondition(lambda self: len(self.store.speakers()) > 1)
    @rule(data=st.data())
    def merge(self, data: Any) -> None:
        one, other = data.draw(st.permutations([speaker["id"] for speaker in self.store.speakers()]))[:2]
        self.store.merge([one], other, "Åsa")

    @precondition(lambda self: self.store.speakers())
    @rule(data=st.data(), number=st.integers(0, 9))
    def rename(self, data: Any, number: int) -> None:
        speaker = data.draw(st.sampled_from(self.store.speakers()))
        try:
            self.store.rename(speaker["id"], f"Kim Number{'abcdefghij'[number]}", "Åsa")
        except ChangeError as error:
            assert "already" in str(error)  # noqa: PT017

    @precondition(lambda self: self.store.changes())
    @rule(data=st.data())
    def undo(self, data: Any) -> None:
        standing = [one["id"] for one in self.store.changes(limit=1_000) if one["undone_at"] is None]
        if standing:
            try:
                self.store.undo_change(data.draw(st.sampled_from(standing)), "Åsa")
            except ChangeError as error:
                assert "undo that first" in str(error)  # noqa: PT017

    @invariant()
    def counts_are_those_of_a_fresh_build(self) -> None:
        if not hasattr(self, "store"):
            return
        sound(self.store)
        assert counts(self.store) == self.fresh()

    def fresh(self) -> dict[str, Any]:
        """The counts of a database made of what is there now."""
        with tempfile.TemporaryDirectory() as folder, quotes.store.open(f"{folder}/fresh.db", make=True) as fresh:
            for document in self.there():
                k = int(document["doc_id"].split(".")[0].removeprefix("copy of "))
                meta = {key: document[key] for key in ("date", "outlet")}
                fresh.add_document(f"{k}.txt", DOCUMENTS[k]["doc_text"], [DOCUMENTS[k]], meta, about(k))
            for one in self.store.speakers():
                present = [name for name in self.store.speaker(one["id"])["names"] if name in speakers(fresh)]
                if len(present) > 1:
                    fresh.merge(map(fresh.meant, present[1:]), fresh.meant(present[0]), "Åsa")
            return counts(fresh)


def about(k: int) -> list[list[str]]:
    return [[["trade"], ["trade", "harbour"], []][k % 3]]


def counts(store: Store) -> dict[str, Any]:
    found: dict[str, Any] = {by: store.stats(by) for by in BY if by != "speaker"}
    for one in found["topic"]:
        del one["value"]
    found["speaker"] = sorted((one["quotes"], one["documents"]) for one in store.stats("speaker"))
    groups = store.db.execute("SELECT documents, first_seen, text FROM groups")
    found["groups"] = sorted(map(tuple, groups), key=repr)
    found["hits"] = {words: store.search(Search(words)).total for words in ("", "bridge", "pilot", "trade")}
    return found | {"totals": store.totals()}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_whatever_is_done(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    if kind == "sqlite":
        numbers = count()

        def empty() -> str:
            return str(tmp_path / f"{next(numbers)}.db")
    else:
        schema = request.getfixturevalue("schema")

        def empty() -> str:
            return str(schema())

    run_state_machine_as_test(
        type("OnOneKind", (Desk,), {"empty": staticmethod(empty)}),
        settings=settings(
            max_examples=8 if STEPS < 100 else 1,
            stateful_step_count=STEPS,
            phases=[Phase.generate],  # to shrink takes minutes, and the steps tell
            suppress_health_check=list(HealthCheck),
        ),
    )
