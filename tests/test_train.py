"""``quotes train``: where the model file goes. What is learned is tested elsewhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import quotes.cli.console
import quotes.grammar.parse
import quotes.learn.examples
import quotes.learn.train
from quotes.cli import app

LEARNED = {"plausible": 3}


@pytest.fixture(autouse=True)
def gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """gold.jsonl in a folder of its own, from which LEARNED is learned at once."""
    monkeypatch.chdir(tmp_path)
    article = {"id": "a", "text": "It rained, Ada said.", "quotes": [{"source": [[11, 14]], "content": [[0, 9]]}]}
    Path("gold.jsonl").write_text(f"{json.dumps(article)}\n", encoding="utf-8")

    def nothing(*_: Any) -> list[Any]:
        return []

    monkeypatch.setattr(quotes.grammar.parse, "Parser", nothing)
    monkeypatch.setattr(quotes.learn.examples, "articles", nothing)
    monkeypatch.setattr(quotes.learn.train, "cross_validated", lambda *_: None)
    monkeypatch.setattr(quotes.learn.train, "trained", lambda *_: LEARNED)


def train(*args: str) -> Result:
    return CliRunner().invoke(app, ["train", "gold.jsonl", "--quiet", *args], catch_exceptions=False)


def test_the_model_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    done = train()
    assert (done.exit_code, done.stderr) == (0, "")
    assert json.loads(Path("model.json").read_text("utf-8")) == LEARNED
    assert train("-o", "-").stdout == Path("model.json").read_text("utf-8")
    assert sorted(path.name for path in Path().iterdir()) == ["gold.jsonl", "model.json"]


def test_what_is_there_is_not_written_over() -> None:
    Path("model.json").write_text("old", encoding="utf-8")
    done = train()
    assert (done.exit_code, done.stderr) == (2, "quotes: model.json is there already; --force writes over it\n")
    assert Path("model.json").read_text("utf-8") == "old"
    assert train("--force").exit_code == 0
    assert json.loads(Path("model.json").read_text("utf-8")) == LEARNED


@pytest.mark.parametrize(
    ("weight", "why"),
    [
        ("world.jsonl=3", "world.jsonl is none of the golds; write GOLD=N"),
        ("gold.jsonl", "gold.jsonl is none of the golds; write GOLD=N"),
        ("gold.jsonl=0", "0 is no whole number from 1 on"),
        ("gold.jsonl=", "nothing is no whole number from 1 on"),
        ("gold.jsonl=1.5", "1.5 is no whole number from 1 on"),
    ],
)
def test_a_weight_is_a_whole_number_for_a_gold(weight: str, why: str) -> None:
    done = train("--weight", weight)
    assert (done.exit_code, done.stderr) == (2, f"quotes: --weight {weight}: {why}\n")
    assert train("--weight", "gold.jsonl=3").exit_code == 0


@pytest.mark.parametrize(
    ("args", "status", "line"),
    [
        (["-o", "./gold.jsonl", "--force"], 2, "./gold.jsonl is among the inputs; write to another file"),
        (["-o", "no/model.json"], 2, "can't write no/model.json: no such file or directory"),
        (["-o", "."], 2, "can't write .: is a directory"),
        (["-o", "/dev/full"], 1, "can't write: no space left on device"),
    ],
)
def test_where_nothing_can_be_written(monkeypatch: pytest.MonkeyPatch, args: list[str], status: int, line: str) -> None:
    if args[1] == "/dev/full" and not Path("/dev/full").exists():
        pytest.skip("this system has no device that is always full")
    monkeypatch.setattr(quotes.cli.console, "_drop_output", lambda: None)  # the runner's has no number
    done = train(*args)
    assert (done.exit_code, done.stdout, done.stderr) == (status, "", f"quotes: {line}\n")
