"""Bad input: what is said, and that everything else is done. The table of it is in docs/inputs.md."""

import json
from pathlib import Path

import pytest
from badinput import CASES, Case
from typer.testing import CliRunner

from quotes.cli import app


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.about)
def test_bad_input(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    case.make()
    args = ["extract", *case.args.split(), "--errors", "../failed.jsonl", "--force"]
    result = CliRunner().invoke(app, args, catch_exceptions=False)
    said = [line.removeprefix("quotes: ") for line in result.stderr.splitlines()]
    assert tuple(line for line in said if not line.endswith("inputs failed")) == case.lines
    assert result.exit_code == case.status
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert len({record["doc_id"] for record in records}) == case.texts
    failed = [json.loads(line) for line in Path("../failed.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {f"{row['id']}: {row['reason']}" for row in failed} <= set(said)
    assert bool(failed) == bool(case.status)
