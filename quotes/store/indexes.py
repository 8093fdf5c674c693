"""Which full-text index a database has."""

from __future__ import annotations

from quotes.store import fts5, tsvector
from quotes.store.database import Database
from quotes.store.fulltext import Index
from quotes.store.postgresql import Postgres


def index(db: Database) -> Index:
    """The full-text indexes of a database."""
    return tsvector.INDEX if isinstance(db, Postgres) else fts5.INDEX
