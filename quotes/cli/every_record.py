"""Records of whatever holds them, what ``quotes extract`` wrote or a database; and those of texts, found on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from quotes.cli.console import Errors, about, printable, say, stop
from quotes.read.document import STDIN, Failure

if TYPE_CHECKING:
    from quotes.read.told import Told
    from quotes.records import Record
    from quotes.run import Order


def every_record(
    paths: list[str], errors: Errors, extracted: Callable[[list[str]], Iterator[Record]] | None = None
) -> Iterator[Record]:
    """The records of files and databases, one after the other; what is none is said.

    Args:
        paths: the files.
        errors: gets a line for each thing that is left out.
        extracted: finds the records of texts; without it every file is one of records.
    """
    from quotes.read.records import valid

    for kind, some in groupby(paths, lambda path: _kind(path, extracted is not None)):
        if kind == "texts" and extracted:
            yield from extracted(list(some))
        elif kind == "database":
            for path in some:
                yield from _stored(path, errors)
        else:
            yield from valid(some, errors.add)


def _kind(path: str, texts: bool) -> str:
    """What a file holds; texts only where they may be."""
    from quotes.read.records import holds_records, is_database
    from quotes.store.postgresql import SCHEMES

    if path.startswith(SCHEMES) or (path != STDIN and is_database(path)):
        return "database"
    return "texts" if texts and not holds_records(path) else "records"


def extracted(paths: list[str], order: Order, jobs: int, known: Told, errors: Errors) -> Iterator[Record]:
    """The records of texts, by the one engine; what can't be read is said.

    Raises:
        typer.Exit: there can be no engine.
    """
    from quotes import read, run

    try:
        with run.engine(order, jobs) as work:
            for outcome in work(known.of(read.inputs(paths, known.how))):
                if isinstance(outcome, Failure):
                    errors.add(about(outcome.id, outcome.reason))
                    continue
                if outcome.note:
                    say(about(outcome.id, outcome.note))
                yield from outcome.records()
    except run.Unusable as error:
        raise stop(printable(str(error)), 2) from error
    for note in known.notes():
        say(printable(note))


def _stored(path: str, errors: Errors) -> Iterator[Record]:
    from quotes.store import StoreError
    from quotes.store import open as opened
    from quotes.store.records import records

    try:
        with opened(path) as store:
            yield from records(store)
    except StoreError as error:
        errors.add(str(error))
