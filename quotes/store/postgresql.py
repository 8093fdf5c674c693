"""PostgreSQL behind the methods of SQLite's connection; see ``quotes.store.database``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from quotes.extras import need
from quotes.store.database import Cursor
from quotes.store.errors import StoreError, WriteError
from quotes.store.tables import TABLES, VERSION

SCHEMES = ("postgresql://", "postgres://")
PLANNING = ("jit = off", "work_mem = '64MB'", "random_page_cost = 1.1")
"""For searches: to compile takes longer than most, a bitmap of many matches fits into memory, disks seek fast."""
ONE_WRITER = 0x71756F74
"""The advisory lock of whoever writes. Documents are joined by what is there already, so writers take turns."""
JSON = r"replace(\1::text, '\\u0000', '\\ufffd')::jsonb"
"""A text of JSON's as its values; a NUL is none of PostgreSQL's characters, in whatever value it stands."""
WORDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(\S+) = \? COLLATE NOCASE"), r"lower(\1) = lower(?)"),
    (re.compile(r"json_extract\((\S+), '\$\.(\w+)\.(\w+)'\)"), rf"({JSON} #>> '{{\2,\3}}')"),
    (re.compile(r"json_extract\((\S+), '\$\.(\w+)'\)"), rf"({JSON} #>> '{{\2}}')"),
    (re.compile("%"), "%%"),
    (re.compile(r"\?"), "%s"),
)
"""Words of SQLite's, and the same in PostgreSQL, in order."""


class Row(tuple[Any, ...]):
    """Values by number and by name."""

    names: Mapping[str, int]

    def __getitem__(self, key: Any) -> Any:
        return super().__getitem__(self.names[key] if isinstance(key, str) else key)

    def keys(self) -> list[str]:
        """The names."""
        return list(self.names)


class Postgres:
    """A connection; outside of BEGIN and COMMIT every statement commits at once."""

    def __init__(self, url: str, *, write: bool) -> None:
        self.psycopg: Any = need("psycopg", "postgres")
        self.url, self.shown = url, shown(url)
        with self._explained():
            self.connection: Any = self.psycopg.connect(
                url, autocommit=True, prepare_threshold=None, row_factory=_rows, client_encoding="utf-8"
            )
            self.connection.adapters.register_loader("numeric", _whole(self.psycopg))
            for setting in PLANNING:
                self.connection.execute(f"SET {setting}")
            if not write:
                self.connection.execute("SET default_transaction_read_only = on")

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction has begun."""
        return bool(self.connection.info.transaction_status != self.psycopg.pq.TransactionStatus.IDLE)

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Cursor:
        """Run a statement."""
        with self._explained():
            if sql == "BEGIN IMMEDIATE":
                self.connection.execute("BEGIN")
                sql = f"SELECT pg_advisory_xact_lock({ONE_WRITER})"
            cursor: Cursor = self.connection.execute(translated(sql), tuple(map(_value, parameters)))
            return cursor

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> None:
        """Run a statement for several."""
        with self._explained(), self.connection.cursor() as cursor:
            cursor.executemany(translated(sql), [tuple(map(_value, values)) for values in parameters])

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn PostgreSQL's errors that a user may meet into lines for them."""
        errors = self.psycopg.errors
        try:
            yield
        except (errors.ReadOnlySqlTransaction, errors.InsufficientPrivilege) as error:
            raise WriteError(f"{self.shown}: may only be read, not written") from error
        except errors.UndefinedTable as error:
            raise StoreError(f"{self.shown}: no database of quotes; quotes db add makes one") from error
        except errors.DiskFull as error:
            raise WriteError(f"{self.shown}: no space left on the server's disk; what was added is whole") from error
        except (self.psycopg.OperationalError, self.psycopg.ProgrammingError) as error:
            if error.sqlstate and not error.sqlstate.startswith(("08", "28", "3D", "53", "57")):
                raise
            reason = " ".join(str(error).split()) or "the connection is lost"
            raise WriteError(f"{self.shown}: {reason}") from error


def connect(url: str, *, write: bool = False) -> Postgres:
    """Open a database that is there.

    Raises:
        StoreError: it is none of quotes, or of another version.
        WriteError: the server can't be reached, or refuses.
        quotes.extras.MissingPackage: a ValueError: psycopg is not installed.
    """
    db = Postgres(url, write=write)
    version = _version(db)
    if version == VERSION:
        return db
    db.close()
    if version == 0:
        raise StoreError(f"{db.shown}: no database of quotes; quotes db add makes one")
    if version > VERSION:
        raise StoreError(f"{db.shown}: made by a newer version of quotes (schema {version}, this one knows {VERSION})")
    raise StoreError(f"{db.shown}: made by an older version of quotes; quotes db add brings it up to date")


def create(url: str) -> None:
    """Make the tables where there are none, or bring those of an older version up to date."""
    db = Postgres(url, write=True)
    try:
        if _version(db) >= VERSION:
            return
        db.execute("BEGIN IMMEDIATE")
        for version, statements in TABLES.items():
            if _version(db) < version:
                for statement in statements.split(";\n"):
                    if statement.strip():
                        db.execute(statement)
                db.execute("DELETE FROM quotes_schema")
                db.execute("INSERT INTO quotes_schema VALUES (?)", (version,))
        db.execute("COMMIT")
    finally:
        db.close()


def shown(url: str) -> str:
    """An address without its password."""
    parts = urlsplit(url)
    if parts.password is None:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", "@", 1)))


def translated(sql: str) -> str:
    """A statement in PostgreSQL's words."""
    return _translated(sql) if len(sql) < LONG else _in_words(sql)


LONG = 4_000
"""Characters from which a statement, that has many numbers in it, is not remembered."""


def _in_words(sql: str) -> str:
    for words, ours in WORDS:
        sql = words.sub(ours, sql)
    return sql


_translated = lru_cache(1_000)(_in_words)


def _value(value: Any) -> Any:
    """A value as PostgreSQL can keep it: a NUL is none of its characters."""
    if isinstance(value, bool):
        return int(value)
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value


def _version(db: Postgres) -> int:
    # not to_regclass, which may remember that there was none before another program made it
    there = "SELECT 1 FROM pg_tables WHERE tablename = 'quotes_schema' AND schemaname = ANY (current_schemas(false))"
    if db.execute(there).fetchone() is None:
        return 0
    row = db.execute("SELECT version FROM quotes_schema").fetchone()
    return int(row[0]) if row else 0


def _rows(cursor: Any) -> Callable[[Sequence[Any]], Row]:
    names = {column.name: k for k, column in enumerate(cursor.description or ())}
    kind = type("Row", (Row,), {"names": names})
    return lambda values: kind(values)


def _whole(psycopg: Any) -> Any:
    """Sums of whole numbers come as whole numbers."""

    class Whole(psycopg.adapt.Loader):  # type: ignore[misc]
        def load(self, data: bytes) -> int | float:
            text = bytes(data).decode()
            return int(text) if text.lstrip("-").isdecimal() else float(text)

    return Whole
