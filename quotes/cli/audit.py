"""``quotes audit``: who is quoted, by outlet, section and month."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotes.cli.console import Errors, named, say, stop
from quotes.cli.every_record import every_record
from quotes.cli.output import STDOUT, spare, writing

SUFFIXES = (".html", ".csv", ".json")


def audit(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE...", help="Records of quotes extract, or a database of quotes db; - for standard input."
        ),
    ] = None,
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Where to write: .html a page, .csv a row a source, .json all of it."
        ),
    ] = "audit.html",
    section_field: Annotated[
        str, typer.Option(metavar="FIELD", help="The field of meta that has an article's section (--keep-field).")
    ] = "section",
    force: Annotated[bool, typer.Option("--force", help="Write over what is there.")] = False,
) -> None:
    """Tell who is quoted: kinds of source, titles, named or not, share of words, first and last word.

    \b
    quotes extract articles/ --keep-text | quotes audit -o audit.html
    quotes audit quotes.jsonl -o sources.csv
    quotes audit news.db -o audit.json --section-field desk

    By outlet, section and month where the records' meta tells them. With the documents' texts (--keep-text, or a
    database that has them) it also tells why a source may speak: "who has studied the river for 20 years".

    Exit status: 0 all was read; 1 some lines were no records, each named on standard error and left out; 2 the
    command line was wrong.
    """
    inputs = named(paths, "audit", "records")
    suffix = Path(output).suffix.lower()
    if output != STDOUT and suffix not in SUFFIXES:
        raise stop(f"-o {output}: the name must end in {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}", 2)
    spare(output, inputs, force)
    from quotes.audit import audit as audited

    errors = Errors()
    report = audited(every_record(inputs, errors), section_field)
    if suffix == ".csv":
        from quotes.audit.write import csv as made
    elif suffix == ".json":
        from quotes.audit.write import json as made
    else:
        from quotes.audit.page import page as made
    with writing(output) as file:
        file.write(made(report).encode(errors="replace"))
    if not report.sources:
        say("nobody is quoted in what was read")
    errors.end()
