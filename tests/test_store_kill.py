"""A process killed while it adds: see docs/measure/db_kills.py."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from storing import said, write

SCRIPT = Path(__file__).parents[1] / "docs" / "measure" / "db_kills.py"
WORDS = "harbour bridge trade storm pilot vote cocoa mill winter summer rail port bank school strike"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no SIGKILL here")
def test_killed_three_times_and_run_again_is_the_same(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    words = WORDS.split()
    records = [
        said(
            f"Ada {words[k % 13].title()}",
            f"The {words[k % 7]} and the {words[k % 11]} need the {words[k % 5]} before the {words[k % 3]} comes",
            f"{k // 2}.txt",
            before="The second: " * (k % 2),
            keep_text=False,
        )
        for k in range(600)
    ]
    path = write(tmp_path / "records.jsonl", records)
    other = "killed.db" if database.endswith(".db") else request.getfixturevalue("schema")()
    command = [sys.executable, str(SCRIPT), path, "3", "--on", database, other]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"SMALL": "1"})
    assert (done.returncode, done.stderr) == (0, "")
    first, *killed, last = done.stdout.splitlines()
    assert first.startswith("300 documents with 600 quotes added in ")
    assert len(killed) == 3
    assert last == "3 kills, and run again: the same as undisturbed, row for row"
