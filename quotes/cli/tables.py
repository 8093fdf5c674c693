"""Rows as a table for a reader, or as CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import TYPE_CHECKING, Any

import typer

from quotes.line import plain

if TYPE_CHECKING:
    from rich.text import Text

WIDEST = {"line": None, "title": 26, "name": 32, "description": None, "changed": 30}
"""Columns that are folded where the table is wider than the terminal, and the most characters of each."""
STYLES = {"name": "cyan", "date": "green", "title": "dim"}
MATCH = "bold reverse"
"""How words that were searched for look."""


def show(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str]) -> None:
    """Write rows to standard output as a table.

    Args:
        rows: of quotes with a "lead" that stands in their "line" before "text", and in "matches" pairs of offsets into
            text, where words are to stand out.
        columns: the keys that are shown, with their headings.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table

    if not rows:
        typer.echo("nothing found")
        return
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
    for key, heading in columns.items():
        number = isinstance(rows[0].get(key), int | float)
        table.add_column(
            heading,
            justify="right" if number else "left",
            style=STYLES.get(key),
            no_wrap=key not in WIDEST,
            max_width=WIDEST.get(key),
            ratio=1 if key == "line" else None,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(_cell(row, key) for key in columns))
    console = Console(highlight=False)
    with console.capture() as drawn:
        console.print(table)
    typer.echo("\n".join(line.rstrip() for line in drawn.get().splitlines() if line.strip()))


def _cell(row: Mapping[str, Any], key: str) -> Text:
    from rich.text import Text

    if key == "line":
        return _line(row)
    value = row.get(key)
    if value is None:
        return Text("–", style="dim")
    return Text(f"{value:,}" if isinstance(value, int) else plain(str(value)))


def _line(row: Mapping[str, Any]) -> Text:
    """A quote in one line, the words that were searched for marked."""
    from rich.text import Text

    content = Text(plain(row["text"]))
    for start, end in row["matches"]:
        content.stylize(MATCH, start, end)
    return Text.assemble((f"{plain(row['lead'])} ", "cyan"), content)


def as_csv(rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as CSV, in which spreadsheets find no formula; lists and objects are JSON."""
    from quotes.write.table import cell

    def told(value: Any) -> str:
        return cell(json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value)

    file = StringIO()
    writer = csv.writer(file, lineterminator="\n")
    for k, row in enumerate(rows):
        if k == 0:
            writer.writerow(row)
        writer.writerow(map(told, row.values()))
    return file.getvalue()
