"""A run that was stopped, however that was, and taken up again: nothing is lost and nothing comes twice."""

import gzip
import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from stubs import Stub

from quotes import run
from quotes.cli.progress import count
from quotes.read import Document, Failure, Reading
from quotes.run.output import Mode, Output

STUBS = Path(__file__).with_name("stubs.py")
OPTIONS = {"acts": ["speech"], "inputs": ["a", "b"]}
TEXTS = ["q1 q2", "none", "RAISE", "q1", "none", "none", "q1 " * 500, "RAISE", "q3", "none"]
INPUTS = [Document(f"{i}é.txt", text) for i, text in enumerate(TEXTS)]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def work(inputs: Iterable[Document] = INPUTS, stop: int | None = None, **how: bool) -> Output:
    """Extract, and stop after so many of the inputs that are left, as if the process were gone."""
    with ExitStack() as stack:
        out = run.open_output(stack, "out.jsonl", "errors.jsonl", OPTIONS, **how)
        for number, outcome in enumerate(run.Work(Stub()).outcomes(out.rest(inputs))):
            if number == stop:
                return out
            out.write(outcome)
            out.note(outcome)
        out.complete()
    return out


def files() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(Path().iterdir())}


@pytest.fixture
def expected(tmp_path: Path) -> dict[str, bytes]:
    """The files of a run that nothing stopped."""
    work()
    whole = files()
    for name in whole:
        os.remove(name)
    assert list(whole) == ["errors.jsonl", "out.jsonl"]
    assert [json.loads(line)["id"] for line in whole["errors.jsonl"].splitlines()] == ["2é.txt", "7é.txt"]
    return whole


def test_a_run_in_several_pieces_gives_what_one_gives(expected: dict[str, bytes]) -> None:
    for stop in range(len(INPUTS)):
        work(stop=1 if stop else 0, resume=True)
    assert work(resume=True).failed == 2
    assert files() == expected


@pytest.mark.parametrize("seed", range(25))
def test_whatever_the_files_have_lost_or_hold_too_much(expected: dict[str, bytes], seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(3):
        work(stop=chance.randrange(4), resume=True)
        for name in ("out.jsonl", "errors.jsonl", "out.jsonl.progress"):
            with open(name, "r+b") as file:
                size = file.seek(0, os.SEEK_END)
                if chance.random() < 0.4:  # of the next input a part was written
                    file.write(b'{"id": "12345", "te'[: chance.randrange(20)])
                elif chance.random() < 0.4:  # what was written last never reached the disk
                    head = len(Path(name).read_bytes().partition(b"\n")[0]) + 1 if name.endswith("progress") else 0
                    file.truncate(chance.randrange(head, size) if size > head else size)
    work(resume=True)
    assert files() == expected


def test_an_input_at_which_a_run_stopped_is_done_again(expected: dict[str, bytes]) -> None:
    with ExitStack() as stack:
        out = run.open_output(stack, "out.jsonl", "errors.jsonl", OPTIONS)
        for outcome in run.Work(Stub()).outcomes(out.rest(INPUTS)):
            out.write(outcome)
            if isinstance(outcome, Failure):
                break
            out.note(outcome)
    work(resume=True)
    assert files() == expected


def refusal(errors: str | None = "errors.jsonl", options: Mapping[str, object] = OPTIONS, **how: bool) -> str:
    before = files()
    stack = ExitStack()
    with stack, pytest.raises(run.Refused) as refused:
        run.open_output(stack, "out.jsonl", errors, options, **how)
    assert files() == before
    return str(refused.value)


def test_what_is_there_is_not_written_over() -> None:
    Path("out.jsonl").touch()
    work(stop=3)
    text = "out.jsonl is of a run that was not finished; --resume goes on with it, --force begins anew"
    assert refusal() == text
    work(resume=True)
    assert refusal() == "out.jsonl is not empty; --force writes over it"
    assert refusal(resume=True).startswith("out.jsonl is complete, or was not made by such a run: nothing to resume")
    whole = files()
    work(force=True)
    assert files() == whole


def test_what_is_written_over_without_a_journal_can_not_be_resumed() -> None:
    work(stop=3)
    with ExitStack() as stack:
        out = run.open_output(stack, "out.jsonl", None, OPTIONS, force=True, mode="streamed")
        out.write(run.Done("0", "other\n", 1, 1))
    assert "nothing to resume" in refusal(resume=True)


def test_other_options_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    work(stop=3)
    begun = "can't resume what out.jsonl.progress tells of: it was begun "
    assert refusal(resume=True, options=OPTIONS | {"acts": ["writing"]}).startswith(f"{begun}with other acts; ")
    assert refusal(resume=True, options=OPTIONS | {"nested": True}).startswith(f"{begun}with other nested; ")
    monkeypatch.setattr("quotes.run.journal._version", lambda: "9")
    assert refusal(resume=True).startswith(f"{begun}by quotes ")


def test_a_list_that_has_changed_is_another_option() -> None:
    Path("people.csv").write_text("id,name\n")
    options = {"speakers": Path("people.csv")}
    with ExitStack() as stack:
        run.open_output(stack, "out.jsonl", "errors.jsonl", options)
    with ExitStack() as stack:
        run.open_output(stack, "out.jsonl", "errors.jsonl", options, resume=True)
    Path("people.csv").write_text("id,name\nlund,Ada Lund\n")
    assert "with other speakers" in refusal(resume=True, options=options)


@pytest.mark.parametrize(
    ("inputs", "now"),
    [
        ([INPUTS[1], *INPUTS], "number 1 was '0é.txt' and is '1é.txt' now"),
        (INPUTS[:2], "number 3 was '2é.txt' and is no more"),
    ],
)
def test_other_inputs_are_refused(inputs: list[Document], now: str) -> None:
    work(stop=5)
    before = files()
    with pytest.raises(run.Refused, match=f"the inputs have changed: {now}"):
        work(inputs, resume=True)
    assert files() == before


def test_two_runs_into_one_output() -> None:
    with ExitStack() as stack:
        run.open_output(stack, "out.jsonl", None, OPTIONS)
        for how in ({}, {"force": True}, {"resume": True}):
            assert refusal(None, **how) == "another run is writing out.jsonl"
    work(resume=False, force=True)


def test_two_runs_with_one_file_of_errors() -> None:
    with ExitStack() as stack:
        run.open_output(stack, "out.jsonl", "errors.jsonl", OPTIONS)
        Path("errors.jsonl").write_text("kept")
        other = ExitStack()
        with other, pytest.raises(run.Refused, match=r"^another run is writing errors\.jsonl$"):
            run.open_output(other, "other.jsonl", "errors.jsonl", OPTIONS)
        assert Path("errors.jsonl").read_text() == "kept"


@pytest.mark.parametrize("old", [b"", b"old"])
def test_a_file_that_is_written_whole_is_there_when_it_is_complete(old: bytes) -> None:
    if old:
        Path("out").write_bytes(old)

    def there() -> bytes:
        return Path("out").read_bytes()

    with suppress(KeyError), ExitStack() as stack:  # it fails in the middle
        out = run.open_output(stack, "out", None, OPTIONS, force=True, mode="whole")
        out.records.write(b"half")
        assert there() == old
        assert refusal_of("out", "whole") == "another run is writing out"
        raise KeyError
    assert files() == ({"out": old} if old else {})
    with ExitStack() as stack:
        run.open_output(stack, "out", None, OPTIONS, force=True, mode="whole").records.write(b"new")
    assert files() == {"out": b"new"}
    assert refusal_of("out", "whole") == "out is not empty; --force writes over it"
    assert files() == {"out": b"new"}


def refusal_of(path: str, mode: Mode) -> str:
    stack = ExitStack()
    with stack, pytest.raises(run.Refused) as refused:
        run.open_output(stack, path, None, OPTIONS, mode=mode)
    return str(refused.value)


def test_a_power_cut_costs_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr("quotes.run.output.SYNC_SECONDS", 0)
    monkeypatch.setattr(os, "fsync", synced.append)
    work()
    assert len(synced) == 3 * len(INPUTS) + 2


# The command, in a process of its own, with a stub for the extractor


def command(*args: str, source: str = "in.jsonl", **how: object) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, str(STUBS), "extract", source, "-o", "out.jsonl", "--errors", "errors.jsonl", *args],
        stderr=subprocess.PIPE,
        **how,  # type: ignore[call-overload]
    )


def done(process: "subprocess.Popen[bytes]") -> tuple[int, str]:
    _, said = process.communicate(timeout=60)
    return process.returncode, said.decode()


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """240 inputs, of which each third fails, and the files of a run over them that nothing stopped."""
    texts = [("q1 q2 SLOW ", "none SLOW ", "RAISE ")[i % 3] + "0" * 4_000 for i in range(240)]
    lines = (json.dumps({"id": f"{i}", "text": text}) for i, text in enumerate(texts))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("whole"))
        Path("in.jsonl").write_text("\n".join(lines))
        status, said = done(command())
        assert (status, said.splitlines()[-1]) == (1, "quotes: 80 of 240 inputs failed")
        found = files()
    assert list(found) == ["errors.jsonl", "in.jsonl", "out.jsonl"]
    assert found["out.jsonl"].count(b"\n") == 160
    return found


@pytest.fixture
def whole(uninterrupted: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """The same, with its inputs here."""
    Path("in.jsonl").write_bytes(uninterrupted["in.jsonl"])
    return uninterrupted


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_killed_at_random_moments(whole: dict[str, bytes], jobs: str) -> None:
    killed(whole, jobs, "in.jsonl")


def test_gdelt_killed_at_random_moments(folder: Path) -> None:
    """Lines of GDELT's in a compressed file, some of them broken, some in another language."""
    quote = {"pre": "q1 0000", "quote": "the words q2 SLOW", "post": f"said q3 {'0' * 3_000}"}
    rows = [
        json.dumps({"url": f"https://echo.example/{i}", "lang": ("ENGLISH", "FRENCH")[i % 7 == 0], "quotes": [quote]})
        for i in range(160)
    ]
    rows[30] = rows[30][:50]
    Path("in.gqg.json.gz").write_bytes(gzip.compress("\n".join(rows).encode()))
    assert done(command(source="in.gqg.json.gz"))[0] == 1
    whole = files()
    assert whole["out.jsonl"].count(b'"q2"') > 130
    for name in ("out.jsonl", "errors.jsonl"):
        Path(name).unlink()
    killed(whole, "1", "in.gqg.json.gz")


def killed(whole: dict[str, bytes], jobs: str, source: str) -> None:
    """Run, be killed and go on; at last the files are those of a run that nothing stopped."""
    chance = random.Random(int(jobs))
    kills = 0
    while not kills or Path("out.jsonl.progress").exists():
        process = command("--resume", "--jobs", jobs, "--quiet", source=source)
        if kills < 5:
            wait_for_more(process, chance.randrange(1, len(whole["out.jsonl"]) // 8))
            process.send_signal(signal.SIGKILL)
            kills += 1
        status, said = done(process)
        assert status in (1, -signal.SIGKILL), said
    assert kills >= 3
    assert files() == whole


def wait_for_more(process: "subprocess.Popen[bytes]", much: int) -> None:
    """Until the run has written so many bytes more, or is done."""
    before = size()
    while size() < before + much and process.poll() is None:
        time.sleep(0.001)


def size() -> int:
    """Bytes written; a file may go while they are counted."""
    total = 0
    for path in Path().glob("*.jsonl*"):
        with suppress(FileNotFoundError):
            total += path.stat().st_size
    return total


def test_a_full_disk(whole: dict[str, bytes]) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (15_000, resource.RLIM_INFINITY))

    status, said = done(command(preexec_fn=limit))
    assert (status, said.splitlines()[-1]) == (1, "quotes: can't write: file too large")
    assert Path("out.jsonl").stat().st_size == 15_000, "filled to the last byte, in the middle of a record"
    assert done(command("--resume", "--quiet"))[0] == 1
    assert files() == whole


def test_fail_fast(whole: dict[str, bytes]) -> None:
    status, said = done(command("--fail-fast"))
    assert (status, said.splitlines()[0]) == (1, "quotes: 2: extraction failed (RuntimeError: told to)")
    assert len(Path("errors.jsonl").read_text().splitlines()) == 1
    assert Path("out.jsonl").read_bytes() == b"".join(whole["out.jsonl"].splitlines(keepends=True)[:2])
    assert done(command("--resume", "--quiet"))[0] == 1
    assert files() == whole


def test_workers_do_not_outlive_a_killed_run(whole: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUB_PIDS", "pids")
    process = command("--jobs", "2", "--resume")
    wait_for_more(process, 1)
    process.kill()
    process.wait()
    until = time.monotonic() + 20
    while any(Path("/proc", pid).exists() for pid in Path("pids").read_text().split()):
        assert time.monotonic() < until
        time.sleep(0.05)


def test_ctrl_c_ends_the_workers_too(whole: dict[str, bytes]) -> None:
    process = command("--jobs", "2", preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    wait_for_more(process, 1)
    process.send_signal(signal.SIGINT)
    status, said = done(process)
    assert status == 130
    assert said.splitlines()[-1] == "quotes: stopped; the same command with --resume goes on"
    assert done(command("--resume", "--quiet"))[0] == 1
    assert files() == whole


def test_whoever_reads_a_pipe_may_have_enough(whole: dict[str, bytes]) -> None:
    line = [sys.executable, str(STUBS), "extract", "in.jsonl", "--jobs", "2", "--quiet"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline() == whole["out.jsonl"].splitlines(keepends=True)[0]
        process.stdout.close()
        assert process.wait(30) == 0
        assert b"Traceback" not in process.stderr.read()


# On a terminal


def on_a_terminal(*args: str) -> str:
    """What a run into a file shows on a terminal."""
    ours, theirs = os.openpty()
    with subprocess.Popen([sys.executable, str(STUBS), "extract", "-o", "out.jsonl", *args], stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # its end
            while some := os.read(ours, 4096):
                shown += some
        os.close(ours)
    assert process.returncode == 1
    return shown.decode()


def test_a_terminal_is_shown_how_far_a_run_is(whole: dict[str, bytes]) -> None:
    shown = on_a_terminal("in.jsonl")
    assert " inputs  " in shown
    assert " words/s" in shown
    assert re.search(
        r"quotes: 160 quotes in 160 texts of 560 words, [\d,]+ words a second; 80 of 240 inputs failed", shown
    )
    assert shown.count(": extraction failed (RuntimeError: told to)\r\n") == 80, "whole lines, the bar below them"


def test_a_quick_run_has_no_bar_and_a_quiet_one_nothing_but_failures(folder: Path) -> None:
    Path("in.jsonl").write_text('{"id": "a", "text": "q1"}\nbroken\n')
    failure = "quotes: in.jsonl:2: broken JSON: Expecting value at column 1\r\n"
    shown = on_a_terminal("in.jsonl")
    assert shown.startswith(f"{failure}quotes: 1 quote in 1 text of 1 word, ")
    assert on_a_terminal("in.jsonl", "--quiet", "--force") == failure


def test_inputs_are_counted_where_files_have_one_text_each() -> None:
    Path("in/b").mkdir(parents=True)
    for name in ("a.txt", "b/c.html.gz", "b/d.vtt", "b/image.png"):
        Path("in", name).touch()
    assert count(["in", "in/a.txt", "gone.txt"], Reading()) == 5
    assert count(["in", "rows.csv"], Reading()) is None
    assert count(["in/a.txt"], Reading(input_format="jsonl")) is None
