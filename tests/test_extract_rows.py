"""quotes extract --format csv and parquet: the same as exporting its records."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import quotes.extras
from quotes.cli import app

NEWS = "“It took too long,” Mayor Ada Lund said.\n\nThe engineer Tom Rask warned that it would rain in May.\n"
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "b.txt"):
        Path(name).write_text(NEWS, encoding="utf-8")
    return lambda *args: CliRunner().invoke(app, list(args), catch_exceptions=False)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_csv(run: Run, jobs: str) -> None:
    assert run("extract", "a.txt", "b.txt", "-o", "quotes.jsonl").exit_code == 0
    exported = run("export", "quotes.jsonl", "--format", "csv").stdout_bytes
    assert exported.count(b"\r\n") == 5
    assert run("extract", "a.txt", "b.txt", "--format", "csv").stdout_bytes == exported
    assert run("extract", "a.txt", "b.txt", "--format", "csv", "-o", "quotes.csv", "--jobs", jobs).exit_code == 0
    assert Path("quotes.csv").read_bytes() == exported
    assert not list(Path().glob("*journal*"))


def test_parquet(run: Run) -> None:
    import pandas

    result = run("extract", "a.txt", "gone.txt", "b.txt", "--format", "parquet", "-o", "quotes.parquet")
    assert result.exit_code == 1
    frame = pandas.read_parquet("quotes.parquet")
    assert list(frame["doc_id"]) == ["a.txt", "a.txt", "b.txt", "b.txt"]
    assert list(frame["speaker"].str.get("name")) == 2 * ["Ada Lund", "Tom Rask"]


def test_what_can_not_be(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run("extract", "a.txt", "--format", "csv", "-o", "quotes.csv", "--resume")
    line = "quotes: --format csv has no --resume: extract JSON Lines, and then use quotes export\n"
    assert (result.exit_code, result.stderr) == (2, line)

    def need(module: str, extra: str) -> None:
        raise quotes.extras.MissingPackage(f'needs pyarrow; install it with: pip install "newsquotes[{extra}]"')

    monkeypatch.setattr(quotes.extras, "need", need)
    Path("old.parquet").write_text("old")
    result = run("extract", "a.txt", "--format", "parquet", "-o", "old.parquet", "--force")
    line = 'quotes: needs pyarrow; install it with: pip install "newsquotes[parquet]"\n'
    assert (result.exit_code, result.stderr, Path("old.parquet").read_text()) == (2, line, "old")
