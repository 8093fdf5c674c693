"""``quotes text``: what an input's text is."""

from __future__ import annotations

from typing import Annotated

import typer

from quotes.cli.console import about, named, printable, say
from quotes.cli.options import IdField, InputFormat, MaxExpanded, TextField
from quotes.read.document import MAX_EXPANDED, Failure, Reading


def text(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Files, folders, or - for standard input, as quotes extract takes them.")
    ] = None,
    input_format: InputFormat = None,
    text_field: TextField = "text",
    id_field: IdField = "id",
    max_expanded: MaxExpanded = MAX_EXPANDED,
) -> None:
    """Print the texts of inputs as they are read: of a web page the article, of a table a field.

    The offsets of quotes count in these texts. One text is printed as it is; before each of several stands a
    line with its id.

    \b
    quotes text page.html
    quotes text export.csv.gz --text-field body | less

    Exit status: 0 all was read; 1 some inputs failed, each named on standard error; 2 the command line was wrong.
    """
    from quotes.read import documents

    how = Reading(input_format, text_field, id_field, (), max_expanded)
    failed = False
    before = ""
    items = documents(named(paths, "text", "a text"), how)
    ahead = next(items, None)
    several = len(paths or ()) > 1
    while ahead is not None:
        item, ahead = ahead, next(items, None)
        several |= ahead is not None
        if isinstance(item, Failure):
            failed = True
            say(about(item.id, item.reason))
            continue
        if item.note:
            say(about(item.id, item.note))
        if several:
            _print(f"{before}==> {printable(item.id)} <==\n")
        _print(item.text if item.text.endswith("\n") else f"{item.text}\n")
        before = "\n"
    if failed:
        raise typer.Exit(1)


def _print(words: str) -> None:
    typer.echo(words.encode(errors="replace"), nl=False)
