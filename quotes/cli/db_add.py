"""``quotes db add``: quotes, or articles with their quotes, into a database."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli.console import Errors, many, printable, say, stop
from quotes.cli.db_options import opened
from quotes.cli.options import (
    AuthorField,
    DateField,
    Dates,
    IdField,
    InputFormat,
    Jobs,
    KeepField,
    Metadata,
    OutletField,
    TextField,
    Timeout,
    TitleField,
    UrlField,
    meta_fields,
    told,
)
from quotes.read.document import Reading

if TYPE_CHECKING:
    from quotes.store import Added


def add(
    database: Annotated[
        str, typer.Argument(metavar="QUOTES.db", show_default=False, help="The database; made where there is none.")
    ],
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILES...",
            help="What quotes extract wrote, or texts in any format that it reads; folders of texts; or - for standard "
            "input.",
        ),
    ] = None,
    topics: Annotated[
        bool | None,
        typer.Option(
            "--topics/--no-topics",
            show_default=False,
            help="Find what quotes are about. Unless told otherwise in texts only: for records it takes a parse.",
        ),
    ] = None,
    claims: Annotated[
        bool, typer.Option("--claims", help="In texts: tell what each quote claims, as quotes extract --claims does.")
    ] = False,
    jobs: Jobs = 1,
    timeout: Timeout = None,
    input_format: InputFormat = None,
    text_field: TextField = "text",
    id_field: IdField = "id",
    keep_field: KeepField = None,
    title_field: TitleField = None,
    author_field: AuthorField = None,
    date_field: DateField = None,
    outlet_field: OutletField = None,
    url_field: UrlField = None,
    dates: Dates = None,
    metadata: Metadata = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Say nothing but what failed on standard error.")
    ] = False,
) -> None:
    """Add quotes, or articles with their quotes.

    \b
    quotes db add quotes.db quotes.jsonl
    quotes db add quotes.db articles/
    quotes db add quotes.db export.csv --text-field body --title-field headline --date-field published --dates dmy
    quotes db add quotes.db articles/ --metadata articles.csv --claims
    quotes extract articles/ --keep-text | quotes db add quotes.db -

    What is in the database already stays as it is, so that adding the same again changes nothing. Documents are
    written whole; after a crash or Ctrl-C the same command does the rest.

    Exit status: 0 all was added; 1 some inputs or records could not be, each named on standard error and left out, or
    the disk is full; 2 the command line was wrong.
    """
    from quotes.read import STDIN
    from quotes.run import TIMEOUT, Unusable

    if not paths and sys.stdin.isatty():
        raise stop("nothing to add: name files or folders, or pipe records in (see quotes db add --help)", 2)
    shown = sys.stderr.isatty() and not quiet
    fields = meta_fields(title=title_field, author=author_field, date=date_field, outlet=outlet_field, url=url_field)
    how = Reading(input_format, text_field, id_field, tuple(keep_field or ()), meta_fields=fields)
    known = told(how, metadata, dates, days=True)
    errors = Errors()
    with opened(database, make=True) as store:
        try:
            added = store.add(
                paths or [STDIN],
                errors.add,
                on_note=lambda note: None if quiet else say(printable(note)),
                topics=topics,
                progress=_progress if shown else lambda added: None,
                jobs=jobs,
                timeout=TIMEOUT if timeout is None else timeout,
                told=known,
                claims=claims,
            )
        except Unusable as error:
            raise stop(printable(str(error)), 2) from error
    if shown:
        say(_added(added))
    errors.end()


def _progress(added: Added) -> None:
    typer.echo(f"\rquotes: {_added(added)}\r", err=True, nl=False)


def _added(added: Added) -> str:
    there = f"; {many(added.known, 'quote')} there already"
    return f"{many(added.quotes, 'quote')} added, {many(added.documents, 'document')}{there}"
