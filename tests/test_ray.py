"""Extraction with Ray: the same records as in one process, also where an actor is killed."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import quotes.ray
from quotes import Extractor
from quotes.cli import app
from quotes.read import Reading
from quotes.records import to_line
from quotes.run import Unusable
from quotes.write import arrow

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
ray = pytest.importorskip("ray", reason="needs the extra ray")
pytest.importorskip("ray.data", reason="needs the extra ray")
pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

FIXTURES = Path(__file__).parents[1] / "fixtures"
NAMES = ("business", "court", "science")
STUBS = Path(__file__).with_name("stubs.py")


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    ray.init("local", num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    ray.data.DataContext.get_current().enable_progress_bars = False
    yield
    ray.shutdown()


@pytest.fixture(scope="module")
def articles() -> list[dict[str, Any]]:
    """Rows as a table of articles has them."""
    texts = [(FIXTURES / f"{name}.txt").read_text(encoding="utf-8") for name in NAMES]
    return [
        {"id": name, "text": text, "title": f"On {name}", "desk": {"name": None if k else "City"}}
        for k, (name, text) in enumerate(zip(NAMES, texts, strict=True))
    ]


@pytest.fixture(scope="module")
def expected(articles: list[dict[str, Any]]) -> list[str]:
    """The lines of a single process, sorted, without meta."""
    extractor = Extractor(nested=True)
    return sorted(quote.to_json() for row in articles for quote in extractor.extract(row["text"], row["id"]))


def lines(records: list[dict[str, Any]]) -> list[str]:
    return sorted(to_line(record | {"meta": None}) for record in records)


def actors(kind: str) -> list[int]:
    """The processes of our own cluster in which actors live."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"MapWorker(MapBatches({kind}))".encode() in (process / "cmdline").read_bytes() and _is_ours(process):
                found.append(int(process.name))
        except OSError:  # ended meanwhile
            continue
    return found


def _is_ours(process: Path) -> bool:
    """Whether it descends from this process."""
    while process.name not in ("0", "1"):
        if process.name == str(os.getpid()):
            return True
        status = (process / "status").read_text()
        process = process.parent / status.partition("PPid:")[2].split()[0]
    return False


# As a stage of a pipeline


def test_rows_are_the_records_of_a_single_process_through_parquet_and_json_lines(
    articles: list[dict[str, Any]], expected: list[str], tmp_path: Path
) -> None:
    bad = [{"id": "empty", "text": None}, {"id": None, "text": "Ada Lund said it was late."}]
    parquet.write_table(pyarrow.Table.from_pylist([*articles, *bad]), tmp_path / "articles.parquet")
    dataset = ray.data.read_parquet(str(tmp_path / "articles.parquet"))
    found = quotes.ray.extract(dataset, keep=["desk.name"], concurrency=1, nested=True).materialize()
    found.write_parquet(str(tmp_path / "parquet"))
    found.write_json(str(tmp_path / "json"))

    in_table = parquet.read_table(tmp_path / "parquet").to_pylist()
    in_lines = [json.loads(line) for file in (tmp_path / "json").iterdir() for line in file.open(encoding="utf-8")]
    for rows in in_table, in_lines:
        failed = {(row["doc_id"], row["error"]) for row in rows if row["error"]}
        assert failed == {("empty", "the field 'text' holds null, no text"), ("", "no id in the field 'id'")}
        records = [arrow.record(row) for row in rows if row.pop("error") is None]
        assert lines(records) == expected
        metas = {record["doc_id"]: record["meta"] for record in records}
        assert metas["business"]["title"] == "On business"
        assert [metas[name]["desk.name"] for name in NAMES] == ["City", None, None]


def test_what_can_be_told_before_the_run_is() -> None:
    dataset = ray.data.from_items([{"body": "Ada Lund said it was late.", "id": 1}])
    with pytest.raises(ValueError, match="no column 'text', only body, id"):
        quotes.ray.extract(dataset)
    with pytest.raises(TypeError, match="min_sureness"):
        quotes.ray.extract(dataset, text="body", min_sureness=0.5)


def test_an_actor_killed_in_mid_run_loses_nothing(articles: list[dict[str, Any]], expected: list[str]) -> None:
    dataset = ray.data.from_items(articles * 4, override_num_blocks=12)
    found = quotes.ray.extract(dataset, concurrency=2, nested=True)
    records: list[dict[str, Any]] = []
    killed: list[int] = []
    for block in found.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=0):
        records += [arrow.record(row) for row in block.drop_columns("error").to_pylist()]
        if not killed:
            killed = actors("Rows")[:1]
            os.kill(killed[0], signal.SIGKILL)
    assert killed
    assert lines(records) == sorted(expected * 4)


# As the engine of the command


def test_the_command_writes_the_same_lines_by_ray(
    articles: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("one.txt").write_text(articles[0]["text"], encoding="utf-8")
    Path("many.jsonl").write_text(
        "".join(
            f"{line}\n" for line in (json.dumps(articles[1]), '{"text": "\\ud800 “It is late,” said Ada Lund."}', "{")
        ),
        encoding="utf-8",
    )
    parquet.write_table(pyarrow.Table.from_pylist(articles[2:]), "table.parquet")
    inputs = ("one.txt", "many.jsonl", "table.parquet", "missing.txt", "--keep-text", "--keep-field", "desk")
    results = {}
    for engine in ("local", "ray"):
        done = CliRunner().invoke(
            app, ["extract", *inputs, "--engine", engine, "-o", f"{engine}.jsonl", "--errors", f"{engine}.errors"]
        )
        written = [sorted(Path(f"{engine}.{what}").read_bytes().split(b"\n")) for what in ("jsonl", "errors")]
        results[engine] = done.exit_code, sorted(done.stderr.splitlines()), written
    assert results["ray"] == results["local"]
    status, _, (records, errors) = results["ray"]
    assert status == 1
    assert len(records) > 10
    assert [json.loads(line)["id"] for line in errors if line] == ["many.jsonl:3", "missing.txt"]


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Inputs for a stub of the extractor; of their ids each is there twice, and some fail."""
    monkeypatch.chdir(tmp_path)
    texts = [("q1 q2 SLOW ", "none SLOW ", "RAISE ")[i % 3] + "0" * 5_000 for i in range(90)]
    many = (json.dumps({"id": f"{i // 2}", "text": f"{'q' * (i % 7)} {text}"}) for i, text in enumerate(texts))
    Path("many.jsonl").write_text("\n".join(many))
    Path("few").mkdir()
    for i in range(20):
        Path(f"few/{i}.txt").write_text(f"q{i} SLOW")


def stubbed(output: str, *args: str) -> "subprocess.Popen[bytes]":
    line = [sys.executable, str(STUBS), "extract", "few", "many.jsonl", "missing.txt", "many.jsonl", "--quiet"]
    line += ["-o", f"{output}.jsonl", "--errors", f"{output}.errors", *args]
    return subprocess.Popen(line, stderr=subprocess.DEVNULL)


def by_ray() -> "subprocess.Popen[bytes]":
    """A run in our cluster."""
    address = ray.get_runtime_context().gcs_address
    return stubbed("ray", "--engine", "ray", "--ray-address", address, "--jobs", "1", "--resume")


def wait_for(process: "subprocess.Popen[bytes]", more: int) -> None:
    """Until the run has written so many more lines of its journal."""
    before = noted()
    while noted() < before + more and process.poll() is None:
        time.sleep(0.01)
    assert process.poll() is None


def noted() -> int:
    path = Path("ray.jsonl.progress")
    return max(0, path.read_bytes().count(b"\n") - 1) if path.exists() else 0


def written(output: str) -> list[list[bytes]]:
    return [sorted(Path(f"{output}.{what}").read_bytes().splitlines()) for what in ("jsonl", "errors")]


@pytest.mark.usefixtures("slow")
def test_a_run_that_is_killed_goes_on_and_an_actor_that_is_killed_costs_nothing() -> None:
    assert stubbed("local").wait(60) == 1
    chance = random.Random(1)
    for _ in range(2):
        process = by_ray()
        wait_for(process, chance.randrange(1, 60))
        process.kill()
        process.wait()
    assert 2 <= noted() < 201
    process = by_ray()
    wait_for(process, 1)
    killed = actors("Batches")
    assert killed
    for actor in killed:
        os.kill(actor, signal.SIGKILL)
    assert process.wait(300) == 1
    assert written("ray") == written("local")
    assert noted() == 0


@pytest.mark.usefixtures("slow")
def test_other_inputs_than_those_done_are_refused() -> None:
    def left(*times: dict[int, str]) -> list[object]:
        passed = {"many.jsonl": list(times)}
        named = quotes.ray._left(["few/1.txt", "many.jsonl", "many.jsonl"], passed)
        return [place for group in quotes.ray._together(named) for _, place in quotes.ray._placed(group, Reading())]

    assert len(left()) == 1 + 2 * 90
    assert len(left({0: "0", 1: "0", 3: "1"}, {1: "0"})) == 1 + 2 * 90 - 4
    with pytest.raises(Unusable, match=r"changed: number 2 of many\.jsonl was '1' and is '0' now; begin anew"):
        left({1: "1"})
    with pytest.raises(Unusable, match=r"changed: number 91 of many\.jsonl was '45' and is no more"):
        left({90: "45"})
    with pytest.raises(Unusable, match=r"many\.jsonl is not among them any more"):
        left({0: "0"}, {0: "0"}, {0: "0"})


def test_what_ray_can_not_do_is_said_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    article = str(FIXTURES / "business.txt")

    def said(*options: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["extract", article, "--engine", "ray", *options])
        return done.exit_code, done.stderr

    status, line = said("--model", "nothing_sm", "--jobs", "1")
    assert (status, line.count("\n")) == (2, 1)
    assert line.startswith("quotes: model 'nothing_sm' is not installed")
    with monkeypatch.context() as patch:
        patch.setattr(ray, "is_initialized", lambda: False)
        status, line = said("--ray-address", "127.0.0.1:9")
        assert (status, line.count("\n")) == (2, 1)
        assert line.startswith("quotes: can't connect to Ray at 127.0.0.1:9: ")
    monkeypatch.setitem(sys.modules, "ray", None)
    assert said() == (2, 'quotes: needs ray; install it with: pip install "newsquotes[ray]"\n')
