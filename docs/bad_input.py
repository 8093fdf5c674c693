"""Runs ``quotes extract`` on bad input of every kind and prints what became of it: the table in docs/inputs.md.

The input is made by the tests (tests/badinput.py), and what is printed is what was said, not what was expected.

    python docs/bad_input.py
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import textwrap
from functools import cache
from pathlib import Path

from typer.testing import CliRunner

import quotes.parse
from quotes.cli import app

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from badinput import CASES, Case

WIDTH = 116


def tell(case: Case) -> None:
    """Run a case in a folder of its own; print its command, what it said and how it ended."""
    home = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            case.make()
            result = CliRunner().invoke(app, ["extract", *case.args.split()], catch_exceptions=False)
        finally:
            os.chdir(home)
    texts = len({json.loads(line)["doc_id"] for line in result.stdout.splitlines()})
    print(f"{case.about}\n  $ quotes extract {case.args}")
    for line in result.stderr.splitlines():
        print(textwrap.fill(line, WIDTH, initial_indent="  ", subsequent_indent="      ", break_on_hyphens=False))
    print(f"  quotes of {texts or 'no'} text{'s' * (texts != 1)}; exit status {result.exit_code}\n")


def main() -> None:
    quotes.parse.load = cache(quotes.parse.load)  # one model for all runs
    for case in CASES:
        tell(case)


if __name__ == "__main__":
    main()
