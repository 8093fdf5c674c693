"""``quotes db repeats``: what somebody says again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from quotes.cli.db_options import Database, Form, Format, Limit, day, form_for, opened, show_rows


def repeats(
    database: Database,
    speaker: Annotated[
        str | None,
        typer.Option(metavar="NAME", show_default=False, help="Only of speakers with these words in a name."),
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", show_default=False, help="First day, or month.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", show_default=False, help="Last day, or month.")] = None,
    limit: Limit = 50,
    format: Format = None,
) -> None:
    """Show what somebody says again: nearly the same, at other times or in other words.

    \b
    quotes db repeats quotes.db
    quotes db repeats quotes.db --speaker Lund --since 2026-01 --format csv

    A line a time, with the words that were left out (-) and put in (+) since the time before. The same words in several
    documents within three days are one time.
    """
    from quotes.store.repeats import repeats as found

    with opened(database) as store:
        rows = found(store, speaker, day("--since", since), day("--until", until))
    rows = [row for row in rows if row["repeat"] <= limit]
    if form_for(format) is Form.table:
        rows = [row | {"matches": [], "changed": _changed(row)} for row in rows]
    show_rows(rows, {"repeat": "", "date": "date", "line": "quote", "changed": "changed"}, format)


def _changed(row: Mapping[str, Any]) -> str:
    """What is different from the time before: "- in May  + in June"."""
    return "  ".join([*(f"- {words}" for words in row["left_out"]), *(f"+ {words}" for words in row["put_in"])])
