"""Full-text search, by SQLite's FTS5 or PostgreSQL's tsvector, kept in step with the tables.

An expression is a search string in the words of the one or the other: what ``expression`` makes of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from quotes.store.database import Database

MOST_WORDS = 64
"""Of a search string: those after are left out."""
HAS_WORD = re.compile(r"\w")
OPEN, CLOSE = "\x02", "\x03"
"""Around what matches, in ``Index.marked``."""


@dataclass(frozen=True, slots=True)
class Matching:
    """What quotes q are looked for."""

    match: str
    """An expression."""
    where: Sequence[str]
    """Conditions in SQL besides."""
    values: Sequence[Any]
    """Of their parameters."""


class Index(Protocol):
    """The full-text indexes of quotes and of speakers' names."""

    def put(self, db: Database, quote: Mapping[str, Any]) -> None:
        """Index a quote, given by its row with text, speaker, context and topics."""

    def drop(self, db: Database, quotes: Iterable[int]) -> None:
        """Take quotes out of the index, by their rows, which have to be as they were indexed."""

    def put_name(self, db: Database, id: int, name: str) -> None:
        """Index a row of speaker_names."""

    def drop_names(self, db: Database, speaker: int) -> None:
        """Take a speaker's names, which have to be there still, out of the index."""

    def expression(self, db: Database, words: str) -> str:
        """A search string that has a word in it: with AND, OR, NOT, phrases, words* and columns where it is so written,
        else its words and phrases, all of which have to be there."""

    def spoken_by(self, match: str, names: Sequence[Sequence[str]]) -> str:
        """An expression, or "", and that the speaker goes by one of these names, each given as its words."""

    def last(self, db: Database, columns: str, matching: Matching, many: int) -> list[Any]:
        """Columns of the quotes q that match, of the last added, so many at most."""

    def ranked(self, db: Database, matching: Matching, many: int) -> list[Any]:
        """The same quotes: their rows, their ranks, less the better they match, and their groups."""

    def marked(self, db: Database, match: str, ids: Sequence[int]) -> dict[int, str]:
        """By their rows the texts of quotes, with OPEN and CLOSE around what matches."""

    def named(self, db: Database, words: Sequence[str]) -> Iterable[tuple[int, int]]:
        """The rows of speaker_names that have all these words, and whose they are."""
