"""Extraction with Ray: the same records as in one process, also where an actor is killed."""

import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import quotes.ray
from quotes import Extractor
from quotes.cli import app
from quotes.records import to_line
from quotes.write import arrow

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
ray = pytest.importorskip("ray", reason="needs the extra ray")
pytest.importorskip("ray.data", reason="needs the extra ray")
pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

FIXTURES = Path(__file__).parents[1] / "fixtures"
NAMES = ("business", "court", "science")


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
