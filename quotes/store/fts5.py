"""Full-text search by SQLite's FTS5: https://sqlite.org/fts5.html"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from quotes.store.database import Database
from quotes.store.fulltext import CLOSE, HAS_WORD, MOST_WORDS, OPEN, Matching
from quotes.store.rows import listed
from quotes.store.schema import INDEXED

COLUMNS = ", ".join(INDEXED)
WEIGHTS = (10.0, 4.0, 1.0, 5.0)
"""Of a word in the quote, its speaker, its context, its topics."""
PHRASE = re.compile(r'"([^"]+)"|(\S+)')


class Fts5:
    """See ``quotes.store.fulltext.Index``."""

    def put(self, db: Database, quote: Mapping[str, Any]) -> None:
        values = (quote["id"], *(quote[key] for key in INDEXED))
        db.execute(f"INSERT INTO quotes_fts (rowid, {COLUMNS}) VALUES (?, ?, ?, ?, ?)", values)

    def drop(self, db: Database, quotes: Iterable[int]) -> None:
        db.execute(
            f"INSERT INTO quotes_fts (quotes_fts, rowid, {COLUMNS}) "
            f"SELECT 'delete', id, {COLUMNS} FROM quotes WHERE id IN ({listed(quotes)})"
        )

    def put_name(self, db: Database, id: int, name: str) -> None:
        db.execute("INSERT INTO names_fts (rowid, name) VALUES (?, ?)", (id, name))

    def drop_names(self, db: Database, speaker: int) -> None:
        db.execute(
            "INSERT INTO names_fts (names_fts, rowid, name) SELECT 'delete', id, name FROM speaker_names "
            "WHERE speaker_id = ?",
            (speaker,),
        )

    def expression(self, db: Database, words: str) -> str:
        """As it is where it has FTS5's syntax."""
        if len(words.split()) <= MOST_WORDS and _is_syntax(db, words):
            return words
        parts = [phrase or word for phrase, word in PHRASE.findall(words)]
        quoted = [f'"{part}"' for part in (part.replace('"', " ").strip() for part in parts) if HAS_WORD.search(part)]
        return " ".join(quoted[:MOST_WORDS])

    def spoken_by(self, match: str, names: Sequence[Sequence[str]]) -> str:
        """FTS5 soon finds the few quotes of a speaker among the many that have a word."""
        each = ("(" + " AND ".join(f'"{word}"' for word in words or ("\x01",)) + ")" for words in names)
        by = f"speaker : ({' OR '.join(each)})"
        return f"({match}) AND {by}" if match else by

    def last(self, db: Database, columns: str, matching: Matching, many: int) -> list[Any]:
        """Conditions are looked up in a narrow index instead of whole rows."""
        conditions = " AND ".join(["quotes_fts MATCH ?", *matching.where])
        narrow = "quotes q INDEXED BY quotes_filters"
        return db.execute(
            f"SELECT {columns} FROM quotes_fts f JOIN {narrow} ON q.id = f.rowid WHERE {conditions} "
            "ORDER BY f.rowid DESC LIMIT ?",
            (matching.match, *matching.values, many),
        ).fetchall()

    def ranked(self, db: Database, matching: Matching, many: int) -> list[Any]:
        rank = f"bm25(quotes_fts, {', '.join(map(str, WEIGHTS))})"
        return self.last(db, f"q.id, {rank}, q.group_id", matching, many)

    def marked(self, db: Database, match: str, ids: Sequence[int]) -> dict[int, str]:
        rows = db.execute(
            f"SELECT rowid, highlight(quotes_fts, 0, '{OPEN}', '{CLOSE}') FROM quotes_fts "
            f"WHERE quotes_fts MATCH ? AND rowid IN ({listed(ids)})",
            (match,),
        )
        return dict(rows.fetchall())

    def named(self, db: Database, words: Sequence[str]) -> Iterable[tuple[int, int]]:
        found = db.execute(
            "SELECT n.id, n.speaker_id FROM names_fts f JOIN speaker_names n ON n.id = f.rowid WHERE names_fts MATCH ?",
            (" ".join(f'"{word}"' for word in words),),
        )
        return [(id, speaker) for id, speaker in found]


def _is_syntax(db: Database, words: str) -> bool:
    try:
        db.execute("SELECT 1 FROM quotes_fts WHERE quotes_fts MATCH ? LIMIT 1", (words,)).fetchone()
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise
        return False
    return True


INDEX = Fts5()
