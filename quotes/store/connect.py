"""Opens a database file, and says plainly why one can't be opened."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from quotes.extras import DISTRIBUTION
from quotes.store import postgresql
from quotes.store.database import Database
from quotes.store.errors import StoreError, explained
from quotes.store.schema import APPLICATION, VERSION, migrate

MAGIC = b"SQLite format 3\0"
WAIT = 10.0
"""Seconds to wait for another program that is writing."""
CACHE = 128_000
"""KiB of pages kept in memory."""
LOG = 10_000
"""Pages that are written beside the file before they go into it: fewer of them go there twice."""


def connect(path: str, *, write: bool = False) -> Database:
    """Open a database that exists and is of this version's schema; statements outside transactions commit at once.

    Args:
        path: the file.
        write: whether it is to be written; otherwise the file is left as it is, byte for byte.

    Raises:
        StoreError: no such file; no database of quotes; one of a newer version.
        WriteError: it can't be written, or is in use.
    """
    if path.startswith(postgresql.SCHEMES):
        return postgresql.connect(path, write=write)
    _check_file(path)
    with explained(path):
        connection = _connect(path, "rw" if write else "ro")
        try:
            version = _version(path, connection)
        except sqlite3.OperationalError as error:
            connection.close()
            if write or "unable to open" not in str(error):
                raise
            # in a folder that can't be written there is nowhere to keep what readers of a WAL share
            connection = _connect(path, "ro&immutable=1")
            version = _version(path, connection)
        if version < VERSION:
            connection.close()
            raise StoreError(f"{path}: made by an older version of quotes; quotes db add brings it up to date")
        return connection


def create(path: str) -> None:
    """Make an empty database, or bring one of an older version up to date; one of this version stays as it is.

    Raises:
        StoreError, WriteError: see ``connect``.
        quotes.extras.MissingPackage: a ValueError: sqlite-utils is not installed.
    """
    if path.startswith(postgresql.SCHEMES):
        postgresql.create(path)
        return
    if not os.path.isdir(os.path.dirname(path) or "."):
        raise StoreError(f"{path}: no such folder")
    if os.path.isdir(path) or (os.path.exists(path) and os.path.getsize(path)):
        _check_file(path)
    with explained(path), closing(_connect(path, "rwc")) as connection:
        if _version(path, connection) < VERSION:
            with suppress(sqlite3.OperationalError):  # another program is about to do the same
                connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("BEGIN IMMEDIATE")
            if _version(path, connection) < VERSION:
                migrate(connection)
            connection.execute("COMMIT")


def _connect(path: str, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{Path(path).absolute().as_uri()}?mode={mode}", uri=True, timeout=WAIT, isolation_level=None
    )
    connection.row_factory = sqlite3.Row
    connection.execute(f"PRAGMA cache_size = -{CACHE}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA mmap_size = 4000000000")
    connection.execute(f"PRAGMA wal_autocheckpoint = {LOG}")
    return connection


def _check_file(path: str) -> None:
    try:
        with open(path, "rb") as file:
            head = file.read(len(MAGIC))
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise StoreError(f"{path}: {reason.lower()}") from error
    if head != MAGIC:
        raise StoreError(f"{path}: no database; quotes db add makes one")


def _version(path: str, connection: sqlite3.Connection) -> int:
    """The schema's version; 0 in an empty file."""
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if tables and application != APPLICATION:
        raise StoreError(f"{path}: a database, but not one of quotes; name another file")
    if version > VERSION:
        raise StoreError(
            f"{path}: made by a newer version of quotes (schema {version}, this one knows {VERSION}); "
            f"update with: pip install --upgrade {DISTRIBUTION}"
        )
    return int(version)
