"""What can go wrong with a database file, in a line for a reader."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


class StoreError(ValueError):
    """The file is no database that can be used; the message says which, why, and what to do."""


class WriteError(StoreError):
    """The database is in order, and yet what was to be done could not be; the message says why. It is as it was before,
    or holds whole documents of what was being added."""


REASONS = (
    ("is locked", "in use by another program; try again when it is done"),
    ("readonly", "may only be read, not written"),
    ("is full", "no space left on the disk; what was added is whole: make room and run the same again"),
    ("disk i/o", "the disk can't be read or written; what was added is whole"),
    ("unable to open", "can't be opened; may its folder be written?"),
)
"""Words of SQLite's messages, and what they mean."""
DAMAGED = ("not a database", "malformed", "corrupt")


@contextmanager
def explained(path: str) -> Iterator[None]:
    """Turn SQLite's errors inside the block into a StoreError or WriteError about the file."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        message = str(error).lower()
        if any(words in message for words in DAMAGED):
            raise StoreError(f"{path}: no database, or a damaged one ({error})") from error
        for words, reason in REASONS:
            if words in message:
                raise WriteError(f"{path}: {reason}") from error
        raise
