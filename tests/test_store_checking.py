"""What people who check need of the store: what is still to be checked, quotes that were missed, and who agrees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from storing import said, write

from quotes import store as stores
from quotes.learn.evaluate import score
from quotes.learn.gold import annotation, load_jsonl
from quotes.store import BY, Missed, Search, Store, VerdictError, Waiting
from quotes.store.agreement import kappa
from quotes.store.records import records

TEXT = "“The bridge is open,” said Ada Lund. The clerk denied that the key was lost. The key was lost."


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with stores.open(database, make=True) as store:
        yield store


def lund(**how: Any) -> dict[str, Any]:
    return said("Ada Lund", "The bridge is open", **how)


LONG = "The bridge over the old harbour will be open to everybody from the first of May"


def add(store: Store, tmp_path: Path, *found: dict[str, Any]) -> None:
    store.add([write(tmp_path / "quotes.jsonl", found)])


def document(store: Store, text: str = TEXT) -> int:
    row = store.add_document("a.txt", text, [{**lund(), "doc_text": None}])
    assert row is not None
    return row


def span(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def test_a_missed_quote_is_found_counted_exported_and_gold(store: Store) -> None:
    row = document(store)
    found = Missed([span("that the key was lost")], "Åsa", "Ida Holm", span("The clerk"), span("denied"))
    id = store.add_missed(row, found)
    hit = store.search(Search("key")).rows[0]
    assert (hit["id"], hit["known_as"], hit["line"]) == (id, "Ida Holm", "Ida Holm denied that the key was lost")
    assert (hit["negated"], hit["cue_lemma"], hit["verdict"]["who"]) == (True, "deny", "Åsa")
    [_, record] = records(store)
    assert record["speaker"]
    assert record["speaker"]["mention"] == {"start": 37, "end": 46, "text": "The clerk"}
    [gold] = store.gold(partly=True)
    assert gold["quotes"][1]["content"] == [list(span("that the key was lost"))]

    # taken back, it is no quote
    store.undo(hit["verdict"]["id"], "Bo")
    assert [one["id"] for one in store.search(Search("text:key", corrected=True)).rows] == []
    assert len(list(records(store))) == 1
    [mine] = [one for one in store.agreement().checkers if one.who == "Bo"]
    assert mine.wrong == 1


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (Missed([], "Åsa"), "takes the parts of the content"),
        (Missed([(0, 21)], "Åsa"), "there already"),
        (Missed([(0, 999)], "Åsa"), "no part of the document's text"),
        (Missed([(40, 50)], "Åsa", cue=(90, 999)), "no part of the document's text"),
        (Missed([(40, 50)], " "), "needs the name"),
        (Missed([(40, 50)], "Åsa", flags=["negated"]), "words that report"),
    ],
)
def test_what_is_no_missed_quote_is_refused(store: Store, found: Missed, why: str) -> None:
    row = document(store)
    with pytest.raises(VerdictError, match=why):
        store.add_missed(row, found)
    assert store.totals()["quotes"] == 1


def test_what_is_to_be_checked_and_in_which_order(store: Store, tmp_path: Path) -> None:
    sure = [
        {
            **said("Ada Lund", LONG, f"{k}.txt", outlet=outlet, sure=name, entity=f"e{k}", before=f"Of {k}. "),
            "confidence": confidence,
        }
        for k, (outlet, confidence, name) in enumerate(
            [("Gazette", 0.9, 0.6), ("Ledger", 0.5, 0.99), ("Gazette", 0.7, 0.8)]
        )
    ]
    sure.append(said("Bo Dahl", "Another thing", "d.txt", outlet="Ledger", sure=0.7) | {"confidence": 0.4})
    add(store, tmp_path, *sure)

    def order(**how: Any) -> list[str]:
        found, total = store.waiting(Waiting(**how))
        assert total == len(found)
        return [row["doc_id"][0] for row in found]

    assert order() == list("d120")
    assert order(order="speaker") == list("0d21")
    assert order(order="wire") == list("012")
    assert order(order="new") == list("d210")
    assert order(outlet="gazette") == list("20")
    assert store.waiting_outlets() == [("Gazette", 2), ("Ledger", 2)]
    number = store.verdict(sure[1]["id"], "right", "Åsa")
    assert order() == list("d20")
    assert order(again_by="Bo") == list("1")
    assert order(again_by="Åsa") == []
    assert store.checked_in([1, 2]) == {2: 1}
    store.undo(number, "Åsa")
    assert order() == list("d120")


@pytest.mark.parametrize("odd", ["Ada \0 Lund", r"Ada \u0000 Lund", "Ada \ud83d Lund"])
def test_odd_names_wait_like_others(store: Store, odd: str) -> None:
    one = said(odd, "The bridge is open", beside="Lund")
    store.add_document("a.txt", one["doc_text"], [one])
    assert store.waiting(Waiting("speaker"))[1] == 1
    assert store.waiting(Waiting("claim"))[1] == 0


def test_how_far_two_agree(store: Store, tmp_path: Path) -> None:
    some = [said("Ada Lund", f"Thing number {k}", f"{k}.txt") for k in range(5)]
    add(store, tmp_path, *some)
    ids = [one["id"] for one in some]
    for id, one, other in zip(
        ids, ("right", "right", "wrong", "wrong"), ("right", "wrong", "wrong", "wrong"), strict=False
    ):
        store.verdict(id, one, "Åsa")  # type: ignore[arg-type]
        store.verdict(id, other, "Bo")  # type: ignore[arg-type]
    store.verdict(ids[4], "speaker", "Åsa", speaker="Ida Holm")
    store.verdict(ids[4], "right", "Bo")  # as corrected
    found = store.agreement()
    assert [(one.who, one.right, one.wrong, one.corrected) for one in found.checkers] == [
        ("Bo", 1, 3, 1),
        ("Åsa", 2, 2, 1),
    ]
    [pair] = found.pairs
    assert (pair.one, pair.other, pair.quotes, pair.same) == ("Bo", "Åsa", 5, 4)
    # agreed in 4 of 5; by chance (1·2 + 3·2 + 1·1) / 25
    assert pair.kappa == pytest.approx((0.8 - 0.36) / (1 - 0.36))
    assert found.disputed == [ids[1]]
    [stands] = [one for one in store.search(Search()).rows if one["id"] == ids[1]]
    assert stands["verdict"]["who"] == "Bo"


def test_what_is_wrong_counts_nowhere(store: Store) -> None:
    """Figures and speakers are counted without it, until somebody says otherwise; the speaker's page says how many."""
    one = said("Ada Lund", "The bridge is open", date="2024-03-04", outlet="Gazette")
    other = said("Ada Lund", "Trade is slow", before=f"{one['doc_text']} ", date="2024-03-04", outlet="Gazette")
    store.add_document("a.txt", other["doc_text"], [one, other], one["meta"], [["bridge"], ["trade"]])
    berg = said("Eva Berg", LONG, "b.txt", date="2024-04-01", outlet="Ledger", beside="she", by="pronoun")
    store.add_document("b.txt", berg["doc_text"], [berg], berg["meta"], [["bridge"]])
    nobody = said("Nobody", "It rains", "c.txt") | {"speaker": None}
    store.add_document("c.txt", nobody["doc_text"], [nobody])

    def figures() -> dict[str, dict[str | None, int]]:
        return {by: {row["label"]: row["quotes"] for row in store.stats(by)} for by in BY}

    before, lund = figures(), store.meant("Ada Lund")
    assert before["topic"] == {"bridge": 2, "trade": 1}
    wrong = [store.verdict(id["id"], "wrong", "Åsa") for id in (other, berg, nobody)]
    now = figures()
    assert now.pop("topic") == {"bridge": 1}
    assert now.pop("speaker") == {"Ada Lund": 1}
    assert now.pop("month") == {"2024-03": 1}
    assert all(sum(counted.values()) == 1 for counted in now.values())
    assert [(row["label"], row["quotes"]) for row in store.stats("gender", documents=False)] == [(None, 1)]
    assert [(row["name"], row["quotes"], row["documents"]) for row in store.speakers()] == [("Ada Lund", 1, 1)]
    page, gone = store.speaker(lund), store.speaker(store.meant("Eva Berg"))
    assert page
    assert (page["quotes"], page["wrong"], page["months"]) == (1, 1, [["2024-03", 1]])
    assert page["topics"] == [["bridge", 1]]
    assert gone
    assert (gone["quotes"], gone["wrong"], gone["documents"], gone["first"]) == (0, 1, 0, None)
    totals = store.totals()
    assert (totals["quotes"], totals["wrong"], totals["speakers"], totals["verdicts"]) == (1, 3, 1, 3)
    for number in wrong:
        store.undo(number, "Bo")
    assert figures() == before


def test_kappa_tells_nothing_of_people_who_always_say_the_same() -> None:
    assert kappa([(("wrong", "", ""), ("wrong", "", ""))] * 3) is None


def test_hits_have_the_edges_that_they_were_given(store: Store) -> None:
    document(store)
    [hit] = store.search(Search("bridge")).rows
    store.verdict(hit["id"], "edges", "Åsa", content=[span("bridge is open")])
    [moved] = store.search(Search("open")).rows
    assert moved["text"] == "bridge is open"
    assert [moved["text"][a:b] for a, b in moved["matches"]] == ["open"]
    found = store.quote(hit["id"])
    assert found is not None
    assert (found["text"], found["record"]["text"]) == ("bridge is open", "“The bridge is open,”")


def test_gold_tells_which_acts_were_looked_at(store: Store, tmp_path: Path) -> None:
    """What was found of other acts is no mistake: nobody was asked about it."""
    row = document(store)
    store.verdict(lund()["id"], "right", "Åsa")
    store.add_missed(row, Missed([span("that the key was lost")], "Åsa", "the clerk", None, span("denied")))
    [line] = store.gold()
    assert line["acts"] == ["speech", "writing", "document"]
    gold = load_jsonl(Path(write(tmp_path / "gold.jsonl", [line])))
    thought = {**lund(), "act": "thought", "content": [{"start": 86, "end": 90, "text": "lost"}]}
    found = [annotation(one) for one in (*records(store), thought)]
    assert score(gold, {gold[0].id: found}).found.p == 1
    assert score([replace(gold[0], acts=())], {gold[0].id: found}).found.p == pytest.approx(2 / 3)
