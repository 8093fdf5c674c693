"""A stream of inputs through one process or several: order, failures, and how little is lost with a worker."""

import gc
import json
import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest
from stubs import Stub

from quotes import run
from quotes.extractor import Extractor
from quotes.read import Document, Failure
from quotes.records import REPORTED
from quotes.run.pool import AHEAD, Pool
from quotes.run.work import BATCH_CHARACTERS, SELDOM, Order, Unusable, Work, batches

NEWS = "The harbour bridge will reopen in May, Mayor Ada Lund said on Monday.\n\n“It took too long,” Lund said.\n"
STUBBED = Order({}, timeout=30, extractor="stubs:Stub")
Item = Document | Failure


def items(*texts: str) -> list[Item]:
    """Documents; "" is an input that could not be read."""
    return [Document(f"{i}", text) if text else Failure(f"{i}", "no such file") for i, text in enumerate(texts)]


def of(outcomes: Iterator[run.Outcome]) -> list[tuple[str, str | int]]:
    return [(o.id, o.reason if isinstance(o, Failure) else o.quotes) for o in outcomes]


MIXED = items("one q1", "", "q1 q2", "no", "", *(f"q{i} " + "x" * 9_000 for i in range(30)), "q1 NOISE", "")
EXPECTED = [(i.id, i.reason if isinstance(i, Failure) else i.text.count("q")) for i in MIXED]


# Batches


def test_batches_are_sized_by_characters_and_keep_all() -> None:
    inputs = items(*("x" * n for n in (10, 200_000, 10, 20_000, 20_000, 20_000, 10)))
    assert [len(batch) for batch in batches(inputs)] == [2, 4, 1]
    assert [item for batch in batches(inputs) for item in batch] == inputs
    empty = (Document(f"{i}", "") for i in range(10**9))
    assert len(next(batches(empty))) < 1_000


def test_a_failure_waits_for_nothing_behind_it() -> None:
    def inputs() -> Iterator[Item]:
        yield Failure("a", "gone")
        raise AssertionError("more was read")

    assert next(Work(Stub()).outcomes(inputs())) == Failure("a", "gone")


# In this process and in others, the same


def test_outcomes_come_in_the_order_of_the_inputs() -> None:
    assert of(Work(Stub()).outcomes(MIXED)) == EXPECTED


@pytest.mark.parametrize("jobs", [1, 3])
def test_so_they_do_from_several_processes(jobs: int) -> None:
    with Pool(STUBBED, jobs) as pool:
        assert list(pool.outcomes(MIXED)) == list(Work(Stub()).outcomes(MIXED))
        assert list(pool.outcomes(MIXED)) == list(Work(Stub()).outcomes(MIXED)), "a second time"


def test_the_real_extractor_gives_the_same_from_another_process() -> None:
    inputs = [
        Document("a", NEWS, "a note", {"title": "Bridge", "tags": ["x"]}),
        Document("b", "It rained."),
        Document("c", f"Ada Lund said that it \udc80rains. {NEWS}"),
    ]
    order = Order({"acts": REPORTED}, keep_text=True, timeout=60)
    here = list(order.work().outcomes(inputs))
    with Pool(order, 1) as pool:
        assert list(pool.outcomes(inputs)) == here
    done = [outcome for outcome in here if isinstance(outcome, run.Done)]
    assert [(o.note, o.quotes > 0, o.words) for o in done][:2] == [("a note", True, 19), ("", False, 2)]
    records = [json.loads(line) for line in done[0].lines.splitlines()]
    assert [(r["meta"], r["doc_text"]) for r in records] == 2 * [({"title": "Bridge", "tags": ["x"]}, NEWS)]


@pytest.mark.parametrize("on", [True, False])
def test_the_garbage_collector_is_on_or_off_as_it_was_and_walks_seldom(on: bool) -> None:
    was, often = gc.isenabled(), gc.get_threshold()
    try:
        (gc.enable if on else gc.disable)()
        STUBBED.work()
        assert gc.isenabled() is on
        assert gc.get_freeze_count() > 0
        assert gc.get_threshold()[0] == SELDOM
        with pytest.raises(ValueError, match="not installed"):
            Order({"model": "no-model"}).work()
        assert gc.isenabled() is on
    finally:
        gc.unfreeze()
        gc.set_threshold(*often)
        (gc.enable if was else gc.disable)()


def test_what_has_no_meta_and_keeps_no_text_has_neither_in_its_records() -> None:
    [done] = Work(Stub()).outcomes(items("q1"))
    assert isinstance(done, run.Done)
    assert [json.loads(done.lines)[key] for key in ("meta", "doc_text")] == [None, None]


def test_documents_leave_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.grammar.parse.LEARNED_FROM", 0)  # the words of the first texts are kept on purpose
    words = (
        f"{a}{b}{c}" for a in ("Ba", "Do", "Ki", "Lu", "Me", "Na") for b in ("lan", "rem", "tov") for c in range(200)
    )
    texts = (f"The bridge will open in May, Mayor {name} said. “It took long,” he added." for name in words)
    outcomes = Work(Extractor()).outcomes(Document(f"{i}", text) for i, text in enumerate(texts))
    assert len(list(islice(outcomes, 250))) == 250
    tracemalloc.start()
    try:
        assert len(list(islice(outcomes, 250))) == 250
        gc.collect()
        before, _ = tracemalloc.get_traced_memory()
        count = sum(1 for _ in islice(outcomes, 500))
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (after - before) / count < 3_000, "bytes a document; its parse alone has more"


def test_documents_and_topics_are_given_back_where_they_are_asked_for() -> None:
    document = Document("a", NEWS, meta={"title": "Bridge"})
    known = run.Recorded("b", NEWS, contents=((0, 33), (75, 94)))
    with Pool(Order({}, documents=True, topics=True), 1) as pool:
        [of_text, of_records] = pool.outcomes([document, known])
    assert isinstance(of_text, run.Done)
    assert isinstance(of_records, run.Done)
    assert (of_text.document, of_records.document) == (document, known)
    assert [record["type"] for record in of_text.records()] == ["indirect", "direct"]
    assert all("bridge" in topics for topics in (*of_text.topics, *of_records.topics))
    assert (len(of_text.topics), len(of_records.topics), of_records.records()) == (2, 2, [])


# What goes wrong with a document costs that document alone


def test_a_document_that_raises() -> None:
    outcomes = of(Work(Stub()).outcomes(items("q1", "q1 RAISE", "q1 q2", "RAISE", "q3")))
    reason = "extraction failed (RuntimeError: told to)"
    assert outcomes == [("0", 1), ("1", reason), ("2", 2), ("3", reason), ("4", 1)]


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("DIE", "its process ended with status 3"),
        ("CRASH", "its process was ended by SIGSEGV"),
        ("RAISE", "extraction failed (RuntimeError: told to)"),
        ("HANG", "took longer than 1 s"),
    ],
)
def test_a_document_that_crashes_or_hangs_a_worker(told: str, reason: str) -> None:
    inputs = items("q1", f"q1 {told}", "q1 q2", "", "q3", told)
    with Pool(Order({}, timeout=1, extractor="stubs:Stub"), 1) as pool:
        assert of(pool.outcomes(inputs)) == [
            *(("0", 1), ("1", reason), ("2", 2), ("3", "no such file"), ("4", 1), ("5", reason))
        ]
        assert of(pool.outcomes(items("q1"))) == [("0", 1)]


def test_a_time_that_never_ends() -> None:
    with Pool(Order({}, timeout=float("inf"), extractor="stubs:Stub"), 1) as pool:
        assert of(pool.outcomes(items("q1"))) == [("0", 1)]


def test_while_one_worker_hangs_the_others_go_on() -> None:
    long = "x " * BATCH_CHARACTERS
    inputs = items(f"HANG {long}", *(f"q1 {long}" for _ in range(12)))
    with Pool(Order({}, timeout=6, extractor="stubs:Stub"), 2) as pool:  # on a busy machine the others take a while
        assert of(pool.outcomes(inputs)) == [("0", "took longer than 6 s"), *((f"{i}", 1) for i in range(1, 13))]


def test_a_bounded_part_of_the_inputs_is_on_the_way() -> None:
    read = 0

    def inputs() -> Iterator[Item]:
        nonlocal read
        for read in range(10_000):
            yield Document(f"{read}", ("SLOW" if read else "HANG") + " " * BATCH_CHARACTERS)

    with Pool(Order({}, timeout=1.5, extractor="stubs:Stub"), 2) as pool:
        assert len(list(islice(pool.outcomes(inputs()), 3))) == 3
    assert read < 2 * AHEAD + 10


def test_of_huge_inputs_fewer_are_on_the_way() -> None:
    read = 0

    def inputs() -> Iterator[Item]:
        nonlocal read
        for read in range(100):
            yield Document(f"{read}", ("" if read else "HANG") + " " * 4_000_000)

    with Pool(Order({}, timeout=6, extractor="stubs:Stub"), 2) as pool:
        assert of(islice(pool.outcomes(inputs()), 2)) == [("0", "took longer than 6 s"), ("1", 0)]
    assert read < 10


def test_an_extractor_that_can_not_be() -> None:
    for order, jobs in ((Order({"model": "none"}, extractor="stubs:Stub"), 3), (Order({"model": "en_nowhere"}), 1)):
        with pytest.raises(Unusable, match=r"^model '\w+' is not installed"), Pool(order, jobs):
            pass
        with closing(Pool(order, jobs)) as pool:  # not waited for: it says so when it is asked for something
            for _ in range(2):
                with pytest.raises(Unusable, match=r"^model '\w+' is not installed"):
                    list(pool.outcomes(items("q1")))


def test_workers_end_with_their_pool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUB_PIDS", str(tmp_path / "pids"))
    with Pool(STUBBED, 2) as pool:
        assert len(list(pool.outcomes(items("HANG")[:0]))) == 0
        for worker in pool.workers:
            worker.ready()
    for pid in (tmp_path / "pids").read_text().split():
        assert not Path("/proc", pid).exists()
