"""Options that several commands share."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from quotes.cli.console import printable, stop
from quotes.read.dates import Order
from quotes.read.document import MAX_EXPANDED, Format
from quotes.records import Purpose

if TYPE_CHECKING:
    from quotes.read.document import Reading
    from quotes.read.told import Told

Name = TypeVar("Name", bound=str)
SIZE = re.compile(r"(\d+(?:\.\d+)?) ?([kmgt]?)b?", re.I)
UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12}


def size(value: str | int) -> int:
    """Bytes of what a user writes: 500MB, 20 GB, 1000; a default comes as a number."""
    match = SIZE.fullmatch(str(value).strip())
    if not match:
        raise typer.BadParameter(f"{value!r} is no size; write a number of bytes, or one such as 500MB or 20GB")
    return round(float(match[1]) * UNITS[match[2].lower()])


InputFormat = Annotated[
    Format | None,
    typer.Option(
        show_default=False,
        help="Read every input as this, instead of what its ending and its content say.",
    ),
]
TextField = Annotated[
    str, typer.Option(metavar="NAME", help="The field or column of rows with the text; article.body is one in another.")
]
IdField = Annotated[str, typer.Option(metavar="NAME", help="The field or column of rows with the id.")]
KeepField = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        show_default=False,
        help="A field or column of rows to keep in meta; may be given several times.",
    ),
]


def _meta_field(key: str) -> Any:
    return typer.Option(
        metavar="NAME", show_default=False, help=f"The field or column of rows with the {key}, if it has another name."
    )


TitleField = Annotated[str | None, _meta_field("title")]
AuthorField = Annotated[str | None, _meta_field("author")]
DateField = Annotated[str | None, _meta_field("date")]
OutletField = Annotated[str | None, _meta_field("outlet")]
UrlField = Annotated[str | None, _meta_field("url")]
Dates = Annotated[
    Order | None,
    typer.Option(
        show_default=False,
        help="How dates in figures are written: day, month, year; month, day, year; or year, month, day. Unless told, "
        "12/03/2024 is no date.",
    ),
]
Metadata = Annotated[
    str | None,
    typer.Option(
        metavar="FILE.csv",
        show_default=False,
        help="A table with what is known of the texts: file, title, author, date, outlet, url.",
    ),
]
MaxExpanded = Annotated[
    int,
    typer.Option(
        parser=size,
        metavar="SIZE",
        show_default=f"{MAX_EXPANDED // 10**9}GB",
        help="How much a compressed file may expand to, against bombs.",
    ),
]
Jobs = Annotated[
    int, typer.Option("--jobs", "-j", min=0, metavar="N", help="How many processes find quotes, 0 for one a core.")
]
Timeout = Annotated[
    float | None,
    typer.Option(
        min=0,
        metavar="SECONDS",
        show_default="120",
        help="How long a document may take before it counts as failed; 0 for no limit.",
    ),
]
Precision = Annotated[
    float | None,
    typer.Option(
        metavar="SHARE",
        show_default=False,
        help="As sure as gave this precision in cross-validation, e.g. 0.9; instead of --for or --min-confidence.",
    ),
]
For = Annotated[
    Purpose,
    typer.Option(
        "--for",
        help="What the quotes are for, which sets how sure they must be: checking (few that are wrong), counting (the "
        "best balance of wrong and missed) or everything (few missed).",
    ),
]
SpeakerPrecision = Annotated[
    float | None,
    typer.Option(
        metavar="SHARE",
        show_default=False,
        help="Withhold speakers' names that are less sure than gave this precision in cross-validation, e.g. 0.95.",
    ),
]
Careful = Annotated[
    bool,
    typer.Option(
        "--careful",
        help="Ask a second reader too, which takes longer: more is found, and less of it is wrong. An extra: careful.",
    ),
]
Weights = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        show_default=False,
        help="Decide with this model file, made by quotes train, instead of the one in the package.",
    ),
]


def meta_fields(**given: str | None) -> dict[str, str]:
    """Which keys of meta stand in fields of other names."""
    return {key: name for key, name in given.items() if name}


def told(how: Reading, metadata: str | None, dates: Order | None, days: bool = False) -> Told:
    """What completes what is known of the documents; with days, dates are to be days.

    Raises:
        typer.Exit: the table of metadata can't be read, which is said.
    """
    from quotes.read.metadata import Table, TableError
    from quotes.read.told import Told

    try:
        return Told(how, Table(metadata) if metadata else None, dates, days)
    except TableError as error:
        raise stop(printable(str(error)), 2) from error


def names(option: str, value: str, known: tuple[Name, ...]) -> tuple[Name, ...]:
    """The names in a list separated by commas, in the order of those that are known; "all" is all of them.

    Raises:
        typer.Exit: one is not known, which is said.
    """
    asked = {name.strip() for name in value.split(",")}
    if unknown := asked.difference(known, ["all"]):
        raise stop(f"{option} knows no {min(unknown)!r}, only {', '.join(known)} or all", 2)
    return tuple(name for name in known if name in asked or "all" in asked)
