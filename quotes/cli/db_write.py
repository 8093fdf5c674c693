"""``quotes db``: what other programs read, written from a database."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from quotes.cli.console import many, say, stop
from quotes.cli.db_options import Database, Force, Output, opened
from quotes.cli.output import spare, writing
from quotes.records import to_line


def verdicts(
    database: Database,
    output: Output = "-",
    force: Force = False,
    partly: Annotated[
        bool,
        typer.Option(
            "--partly", help="Documents too of which only some quotes are checked; the others count as right."
        ),
    ] = False,
) -> None:
    """Write checked documents as gold, for quotes evaluate and quotes train.

    \b
    quotes db verdicts quotes.db -o gold.jsonl
    quotes evaluate gold.jsonl

    Only documents all of whose quotes have a verdict are written, unless --partly is given.

    Exit status: 0 all was written; 1 the disk is full; 2 the command line was wrong.
    """
    spare(output, [database], force)
    with opened(database) as store:
        written = 0
        with writing(output) as file:
            for document in store.gold(partly):
                file.write(f"{to_line(document)}\n".encode())
                written += 1
        if left := store.checked() - written:
            say(f"{many(left, 'document')} left out, without text or with quotes that have no verdict (see --partly)")


def metadata(
    database: Database,
    output: Output = "-",
    force: Force = False,
) -> None:
    """Write the metadata that makes Datasette show the database well.

    \b
    quotes db metadata quotes.db -o metadata.json
    datasette quotes.db --metadata metadata.json

    Exit status: 0 it was written; 1 the disk is full; 2 the command line was wrong.
    """
    spare(output, [database], force)

    from quotes.store.metadata import metadata as of
    from quotes.store.postgresql import SCHEMES

    if database.startswith(SCHEMES):
        raise stop("Datasette reads SQLite only: name a file", 2)
    with opened(database):
        text = json.dumps(of(database), indent=2, ensure_ascii=False)
    with writing(output) as file:
        file.write(f"{text}\n".encode())
