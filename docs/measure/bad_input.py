"""Runs ``quotes extract`` on bad input of every kind and prints what became of it: the table in docs/inputs.md.

The input is made by the tests (tests/badinput.py), and what is printed is what was said, not what was expected.

    python docs/measure/bad_input.py
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import textwrap
from functools import cache
from itertools import zip_longest
from pathlib import Path

from typer.testing import CliRunner

import quotes.grammar.parse
from quotes.cli import app

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from badinput import CASES, Case

WIDTHS = (38, 4, 5, 66)
"""Characters of the table's columns."""


def cells(case: Case) -> tuple[str, ...]:
    """Run a case in a folder of its own: what it is, its exit status, how many texts gave quotes, what it said."""
    home = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            case.make()
            result = CliRunner().invoke(app, ["extract", *case.args.split()], catch_exceptions=False)
        finally:
            os.chdir(home)
    texts = len({json.loads(line)["doc_id"] for line in result.stdout.splitlines()})
    command = f"$ quotes extract {case.args}"
    return f"{case.about}\n{command}", str(result.exit_code), str(texts), result.stderr.strip()


def show(row: tuple[str, ...]) -> None:
    """Print a row of the table, its cells wrapped."""
    columns = []
    for cell, width in zip(row, WIDTHS, strict=True):
        lines = cell.split("\n")
        columns.append([part for line in lines for part in textwrap.wrap(line, width, subsequent_indent="  ") or [""]])
    for parts in zip_longest(*columns, fillvalue=""):
        print("  ".join(f"{part:<{width}}" for part, width in zip(parts, WIDTHS, strict=True)).rstrip())


def main() -> None:
    quotes.grammar.parse.load = cache(quotes.grammar.parse.load)  # one model for all runs
    show(("input", "exit", "texts", "standard error"))
    for case in CASES:
        print("  ".join("-" * width for width in WIDTHS))
        show(cells(case))


if __name__ == "__main__":
    main()
