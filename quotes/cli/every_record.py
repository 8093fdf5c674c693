"""Records of whatever holds them: what ``quotes extract`` wrote, or a database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quotes.cli.console import Errors
from quotes.read.document import STDIN

if TYPE_CHECKING:
    from quotes.records import Record


def every_record(paths: list[str], errors: Errors) -> Iterator[Record]:
    """The records of files and databases, one after the other; what is none is said."""
    from quotes.read.records import is_database, valid
    from quotes.store.postgresql import SCHEMES

    for path in paths:
        if path.startswith(SCHEMES) or (path != STDIN and is_database(path)):
            yield from _stored(path, errors)
        else:
            yield from valid([path], errors.add)


def _stored(path: str, errors: Errors) -> Iterator[Record]:
    from quotes.store import StoreError
    from quotes.store import open as opened
    from quotes.store.records import records

    try:
        with opened(path) as store:
            yield from records(store)
    except StoreError as error:
        errors.add(str(error))
