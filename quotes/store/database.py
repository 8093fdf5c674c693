"""What a database is to those who ask it: SQLite's connection as it is, or PostgreSQL's behind the same few methods.

Statements are written in the SQL that both know, with ? for values. What they don't share is in two places:
``quotes.store.fulltext`` (full-text search) and ``quotes.store.postgresql`` (a few words of SQL, types, transactions).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol


class Cursor(Protocol):
    """What a statement gave; a row is read by number or by name."""

    def fetchone(self) -> Any: ...

    def fetchall(self) -> list[Any]: ...

    def __iter__(self) -> Iterator[Any]: ...


class Database(Protocol):
    """An open database."""

    @property
    def in_transaction(self) -> bool: ...

    def execute(self, sql: str, parameters: Sequence[Any] = ..., /) -> Cursor: ...

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> Any: ...

    def close(self) -> None: ...
