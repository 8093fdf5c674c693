"""What the commands of ``quotes db`` share: options, the database opened, rows shown."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotes.cli.console import printable, stop
from quotes.records import to_line

if TYPE_CHECKING:
    from quotes.store import Store

DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


class Form(str, Enum):
    """Forms of output."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


Database = Annotated[str, typer.Argument(metavar="QUOTES.db", show_default=False, help="The database.")]
Format = Annotated[
    Form | None,
    typer.Option(show_default=False, help="The form of the output; a table on a terminal, else JSON Lines."),
]
Output = Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Where to write; - is standard output.")]
Force = Annotated[bool, typer.Option("--force", help="Write over what is there.")]
Limit = Annotated[int, typer.Option(min=1, help="At most so many.")]


@contextmanager
def opened(path: str, *, write: bool = False, make: bool = False) -> Iterator[Store]:
    """A database, with one end for whatever may be wrong with it: a line on standard error and the right status."""
    from quotes.extras import MissingPackage
    from quotes.store import StoreError, WriteError
    from quotes.store import open as open_store

    try:
        with open_store(path, write=write, make=make) as store:
            yield store
    except WriteError as error:
        raise stop(printable(str(error)), 1) from error
    except (StoreError, MissingPackage) as error:
        raise stop(printable(str(error)), 2) from error


def day(option: str, value: str | None) -> str | None:
    """A day, a month or a year, as it stands."""
    if value is None:
        return None
    try:
        if not DATE.fullmatch(value):
            raise ValueError
        date.fromisoformat(value + "2000-01-01"[len(value) :])
    except ValueError as error:
        raise stop(f"{option} takes a date like 2024-01-31, 2024-01 or 2024, not {value!r}", 2) from error
    return value


def form_for(asked: Form | None) -> Form:
    """The form that is asked for, or else the one for where it is shown."""
    return asked or (Form.table if sys.stdout.isatty() else Form.jsonl)


def show_rows(rows: list[dict[str, Any]], columns: dict[str, str], form: Form | None) -> None:
    """Write rows in a form.

    Args:
        rows: as the database gives them.
        columns: of a table: key and heading.
        form: None takes a table on a terminal, and else JSON Lines.
    """
    form = form_for(form)
    if form is Form.jsonl:
        text = "".join(f"{to_line(row)}\n" for row in rows)
        typer.echo(text.encode(), nl=False)
    elif form is Form.csv:
        from quotes.cli.tables import as_csv

        typer.echo(as_csv(rows).encode(), nl=False)
    else:
        from quotes.cli.tables import show

        show(rows, columns)
