"""``quotes speakers``: who spoke in records, and which names may be one speaker's."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli.console import Errors, named, printable, stop

if TYPE_CHECKING:
    from quotes.people.registry import Entry
    from quotes.people.speakers import Spoken

FORMS_SHOWN = 5
WIDEST = 40
"""Characters of the column of names."""


def speakers(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE.jsonl...", help="What quotes extract wrote, or - for standard input."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="A line of JSON a speaker.")] = False,
    merges: Annotated[
        bool,
        typer.Option(
            "--merges",
            help="Instead, propose which names may be one speaker's: CSV to look through and give to --speakers.",
        ),
    ] = False,
) -> None:
    """Show who spoke, how often and under which names.

    \b
    quotes speakers quotes.jsonl
    quotes extract articles/ | quotes speakers --json
    quotes speakers quotes.jsonl --merges > people.csv     # look through it, then:
    quotes extract articles/ --speakers people.csv

    Exit status: 0 all was read; 1 some lines were no records, each named on standard error and left out; 2 the
    command line was wrong.
    """
    if as_json and merges:
        raise stop("--merges writes CSV; leave out --json", 2)
    inputs = named(paths, "speakers", "records")
    from quotes.extras import MissingPackage
    from quotes.people.speakers import merges as proposed
    from quotes.people.speakers import tally
    from quotes.read.records import valid
    from quotes.records import to_line

    errors = Errors()
    found = tally(valid(inputs, errors.add))
    if merges:
        try:
            text = _csv(proposed(found))
        except MissingPackage as error:
            raise stop(f"--merges: {error}", 2) from error
    elif as_json:
        text = "".join(f"{to_line(_row(one))}\n" for one in found)
    else:
        text = _table(found)
    typer.echo(text.encode(errors="replace"), nl=False)
    errors.end()


def _row(one: Spoken) -> dict[str, object]:
    return {
        "id": one.id,
        "name": one.name,
        "kind": one.kind,
        "quotes": one.quotes,
        "documents": len(one.documents),
        "forms": dict(one.forms.most_common()),
    }


def _table(found: Sequence[Spoken]) -> str:
    if not found:
        return "no speakers\n"
    width = min(max(len(printable(one.name)) for one in found), WIDEST)
    lines = [f"quotes  documents  {'kind':<12}  {'name':<{width}}  forms"]
    for one in found:
        forms = [f"{printable(text)} ({count:,})" for text, count in one.forms.most_common(FORMS_SHOWN)]
        more = ["…"] if len(one.forms) > FORMS_SHOWN else []
        name = f"{printable(one.name):<{width}}  {', '.join(forms + more)}"
        lines.append(f"{one.quotes:>6,}  {len(one.documents):>9,}  {one.kind:<12}  {name}")
    return "\n".join(lines) + "\n"


def _csv(entries: Sequence[Entry]) -> str:
    """The entries as ``--speakers`` reads them."""
    from quotes.people.registry import COLUMNS, SEPARATOR

    file = StringIO()
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(COLUMNS)
    for entry in entries:
        rows.writerow([entry.id, entry.name, f"{SEPARATOR} ".join(entry.aliases), entry.kind, ""])
    return file.getvalue()
