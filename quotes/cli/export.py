"""``quotes export``: records to other programs' formats."""

from __future__ import annotations

import os
import sys
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from quotes.cli.console import Errors, named, printable, say, stop
from quotes.cli.every_record import every_record
from quotes.cli.output import STDOUT, spare, writing


class Format(str, Enum):
    """What records can be made into."""

    csv = "csv"
    parquet = "parquet"
    labelstudio = "labelstudio"
    brat = "brat"
    webannotation = "webannotation"
    schemaorg = "schemaorg"
    docbin = "docbin"
    tei = "tei"
    gqg = "gqg"


BINARY = (Format.parquet, Format.docbin)


def export(
    format: Annotated[Format, typer.Option("--format", "-f", show_default=False, help="What to make of them.")],
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE...", help="What quotes extract wrote, a database of quotes db, or - for standard input."
        ),
    ] = None,
    output: Annotated[
        str,
        typer.Option("--output", "-o", metavar="FILE", help="Where to write; for brat a folder. - is standard output."),
    ] = "-",
    force: Annotated[bool, typer.Option("--force", help="Write over what is there.")] = False,
) -> None:
    """Make other programs' formats of records: spreadsheets, annotation tools, JSON-LD, spaCy, TEI, GDELT.

    \b
    quotes export quotes.jsonl --format csv -o quotes.csv
    quotes export quotes.jsonl --format parquet -o quotes.parquet
    quotes extract articles/ --keep-text | quotes export --format labelstudio -o tasks.json
    quotes export quotes.jsonl --format brat -o folder/
    quotes export quotes.db --format tei -o quotes.xml

    brat, docbin, labelstudio and tei hold the texts of the documents too: extract with --keep-text, or keep the
    files where they were. Exit status: 0 all was written; 1 some lines were no records, or some texts are missing,
    each named on standard error and left out; 2 the command line was wrong.
    """
    inputs = named(paths, "export", "records")
    _check_output(format, output, inputs, force)

    from quotes.extras import MissingPackage
    from quotes.write.formats import FILES, to_brat
    from quotes.write.quoted import NothingToWriteError

    errors = Errors()
    records = every_record(inputs, errors)
    try:
        if format is Format.brat:
            to_brat(records, Path(output), errors.add)
        else:
            with writing(output) as file:
                FILES[format.value](records, file, errors.add, say)
    except MissingPackage as error:
        raise stop(f"--format {format.value}: {error}", 2) from error
    except NothingToWriteError as error:
        raise stop(str(error), 1) from error
    errors.end()


def _check_output(format: Format, output: str, inputs: list[str], force: bool) -> None:
    """Refuse what can't be, or what would write over something."""
    name = printable(output)
    if output == STDOUT:
        if format is Format.brat:
            raise stop("--format brat makes a folder; name it with -o", 2)
        if format in BINARY and sys.stdout.isatty():
            raise stop(f"--format {format.value} is not for a terminal; name a file with -o", 2)
    elif format is Format.brat:
        if os.path.exists(output) and not os.path.isdir(output):
            raise stop(f"{name} is a file; brat needs a folder", 2)
        if os.path.isdir(output) and os.listdir(output) and not force:
            raise stop(f"there are files in {name} already; --force writes over those of the same name", 2)
    else:
        spare(output, inputs, force)
