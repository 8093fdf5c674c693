"""The full-text indexes of quotes and of speakers' names, kept in step with their tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from quotes.store.rows import listed
from quotes.store.schema import INDEXED

COLUMNS = ", ".join(INDEXED)


def put(db: sqlite3.Connection, quote: Mapping[str, Any]) -> None:
    """Index a quote.

    Args:
        db: inside a transaction.
        quote: its row, with id and the columns INDEXED.
    """
    values = (quote["id"], *(quote[key] for key in INDEXED))
    db.execute(f"INSERT INTO quotes_fts (rowid, {COLUMNS}) VALUES (?, ?, ?, ?, ?)", values)


def drop(db: sqlite3.Connection, quotes: Iterable[int]) -> None:
    """Take quotes out of the index, by their rows, which have to be as they were indexed."""
    db.execute(
        f"INSERT INTO quotes_fts (quotes_fts, rowid, {COLUMNS}) "
        f"SELECT 'delete', id, {COLUMNS} FROM quotes WHERE id IN ({listed(quotes)})"
    )


def put_name(db: sqlite3.Connection, id: int, name: str) -> None:
    """Index a row of speaker_names."""
    db.execute("INSERT INTO names_fts (rowid, name) VALUES (?, ?)", (id, name))


def drop_names(db: sqlite3.Connection, speaker: int) -> None:
    """Take a speaker's names, which have to be there still, out of the index."""
    db.execute(
        "INSERT INTO names_fts (names_fts, rowid, name) SELECT 'delete', id, name FROM speaker_names "
        "WHERE speaker_id = ?",
        (speaker,),
    )
