"""``quotes db``: a database of quotes to search, to check, and to look at with Datasette."""

from __future__ import annotations

import typer

from quotes.cli.db_add import add
from quotes.cli.db_changes import changes, documents, edit, merge, remove, rename, split, undo
from quotes.cli.db_repeats import repeats
from quotes.cli.db_search import search, speakers, stats
from quotes.cli.db_write import metadata, verdicts

db = typer.Typer(
    name="db",
    help="Keep quotes in a database: search it, check it, look at it with Datasette.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for kept in (add, search, speakers, stats, verdicts, metadata):
    db.command()(kept)
for changed in (documents, edit, remove, rename, merge, split, changes, undo):
    db.command()(changed)
db.command()(repeats)
