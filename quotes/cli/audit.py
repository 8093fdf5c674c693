"""``quotes audit``: who is quoted, by outlet, section and month."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from quotes.cli.console import Errors, named, say, stop
from quotes.cli.every_record import every_record, extracted
from quotes.cli.options import (
    AuthorField,
    DateField,
    Dates,
    For,
    IdField,
    InputFormat,
    Jobs,
    Metadata,
    OutletField,
    TextField,
    Timeout,
    TitleField,
    UrlField,
    meta_fields,
    told,
)
from quotes.cli.output import STDOUT, spare, writing
from quotes.read.document import Reading

SUFFIXES = (".html", ".csv", ".json")


def audit(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE...",
            help="Articles in any format that quotes extract reads, folders of them, records that it wrote, or a "
            "database of quotes db; - for standard input.",
        ),
    ] = None,
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Where to write: .html a page, .csv a row a source, .json all of it."
        ),
    ] = "audit.html",
    section_field: Annotated[
        str,
        typer.Option(metavar="FIELD", help="The field of an article, or of records' meta, that has its section."),
    ] = "section",
    purpose: For = "checking",
    jobs: Jobs = 1,
    timeout: Timeout = None,
    input_format: InputFormat = None,
    text_field: TextField = "text",
    id_field: IdField = "id",
    title_field: TitleField = None,
    author_field: AuthorField = None,
    date_field: DateField = None,
    outlet_field: OutletField = None,
    url_field: UrlField = None,
    dates: Dates = None,
    metadata: Metadata = None,
    force: Annotated[bool, typer.Option("--force", help="Write over what is there.")] = False,
) -> None:
    """Tell who is quoted: kinds of source, titles, named or not, share of words, first and last word.

    \b
    quotes audit articles/ -o audit.html
    quotes audit export.csv.gz --text-field body --date-field published --section-field desk
    quotes audit quotes.jsonl -o sources.csv
    quotes audit news.db -o audit.json --section-field desk

    By outlet, section and month where articles or records tell them. With the texts (of records those of
    extract --keep-text, or of a database that has them) it also tells why a source may speak: "who has studied the
    river for 20 years".

    Exit status: 0 all was read; 1 some inputs failed, each named on standard error and left out; 2 the command line
    was wrong.
    """
    inputs = named(paths, "audit", "articles or records")
    suffix = Path(output).suffix.lower()
    if output != STDOUT and suffix not in SUFFIXES:
        raise stop(f"-o {output}: the name must end in {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}", 2)
    spare(output, inputs, force)
    from quotes import run
    from quotes.audit import audit as audited

    fields = meta_fields(title=title_field, author=author_field, date=date_field, outlet=outlet_field, url=url_field)
    how = Reading(input_format, text_field, id_field, (section_field,), meta_fields=fields)
    order = run.Order({"purpose": purpose}, keep_text=True, timeout=run.TIMEOUT if timeout is None else timeout)
    errors = Errors()
    texts = partial(extracted, order=order, jobs=jobs, known=told(how, metadata, dates), errors=errors)
    report = audited(every_record(inputs, errors, texts), section_field)
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
