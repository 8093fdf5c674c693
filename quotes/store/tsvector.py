"""Full-text search by PostgreSQL's tsvector, with English stems and no stop words, as FTS5 has it here.

An expression is one of to_tsquery's. Accents are taken off here, as PostgreSQL does that by an extension only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from quotes.store import runs
from quotes.store.database import Database
from quotes.store.fulltext import CLOSE, MOST_WORDS, OPEN, Matching
from quotes.store.rows import listed

WEIGHTS = {"text": "A", "speaker": "B", "topics": "C", "context": "D"}
"""Of words in the columns."""
WEIGHED = "{0.1, 0.5, 0.4, 1.0}"
"""What each of these counts, from D to A."""
TOKEN = re.compile(r'\s*(?:(\()|(\))|(\w+)\s*:|"([^"]*)"(\*?)|(\w+)(\*?)(?=[\s()":]|$))')
WORD = re.compile(r"\w+")


class NoSyntax(ValueError):
    """What is written is words and marks, and no expression."""


class Tsvector:
    """See ``quotes.store.fulltext.Index``."""

    def put(self, db: Database, quote: Mapping[str, Any]) -> None:
        parts = " || ".join(f"setweight(to_tsvector('quotes_words', ?), '{WEIGHTS[key]}')" for key in WEIGHTS)
        values = [_words(quote[key] or "") for key in WEIGHTS]
        db.execute(f"UPDATE quotes SET words = {runs.marked(parts)} WHERE id = ?", (*values, quote["id"]))

    def drop(self, db: Database, quotes: Iterable[int]) -> None:
        """It goes with the row."""

    def put_name(self, db: Database, id: int, name: str) -> None:
        db.execute("UPDATE speaker_names SET words = to_tsvector('simple', ?) WHERE id = ?", (_words(name), id))

    def drop_names(self, db: Database, speaker: int) -> None:
        """They go with their rows."""

    def expression(self, db: Database, words: str) -> str:
        try:
            if len(words.split()) > MOST_WORDS:
                raise NoSyntax
            return Reader(words).expression()
        except (NoSyntax, RecursionError):
            phrases = (phrase or word for phrase, word in re.findall(r'"([^"]+)"|(\S+)', words))
            found = [WORD.findall(_plain(phrase)) for phrase in phrases]
            return " & ".join(_phrase(words) for words in [words for words in found if words][:MOST_WORDS])

    def spoken_by(self, match: str, names: Sequence[Sequence[str]]) -> str:
        each = (" & ".join(_word(_plain(word), "B") for word in words or ("\x01",)) for words in names)
        by = " | ".join(f"({one})" for one in each)
        return f"({match}) & ({by})" if match else by

    def last(self, db: Database, columns: str, matching: Matching, many: int) -> list[Any]:
        """id + 0 keeps PostgreSQL to the index of words: it knows too little of how common several are together, and
        may go through all quotes from the last."""
        found = f"SELECT {columns} FROM to_tsquery('quotes_words', ?) query, quotes q"

        def statement(of: str) -> str:
            return f"{found} WHERE {' AND '.join([of, *matching.where])} ORDER BY q.id + 0 DESC LIMIT ?"

        return runs.last(db, statement, (matching.match, *matching.values), many)

    def ranked(self, db: Database, matching: Matching, many: int) -> list[Any]:
        return self.last(db, f"q.id, -ts_rank('{WEIGHED}', q.words, query), q.group_id", matching, many)

    def marked(self, db: Database, match: str, ids: Sequence[int]) -> dict[int, str]:
        options = f"StartSel={OPEN}, StopSel={CLOSE}, HighlightAll=true"
        rows = db.execute(
            "SELECT id, ts_headline('quotes_words', text, to_tsquery('quotes_words', ?), ?) FROM quotes "
            f"WHERE id IN ({listed(ids)})",
            (match, options),
        )
        marked: dict[int, str] = dict(rows.fetchall())
        if "<->" in match:  # of a phrase each word is marked
            marked = {id: re.sub(rf"{CLOSE}(\W+){OPEN}", r"\1", text) for id, text in marked.items()}
        return marked

    def named(self, db: Database, words: Sequence[str]) -> Iterable[tuple[int, int]]:
        found = db.execute(
            "SELECT id, speaker_id FROM speaker_names WHERE words @@ to_tsquery('simple', ?)",
            (" & ".join(_word(_plain(word)) for word in words),),
        )
        return [(id, speaker) for id, speaker in found]


class Reader:
    """Reads a search string as FTS5 does: AND, or nothing between words, before OR, NOT before AND.

    Raises:
        NoSyntax: from ``expression``: it is none.
    """

    def __init__(self, words: str) -> None:
        self.tokens: list[tuple[str, ...]] = []
        at, plain = 0, _plain(words).rstrip()
        while at < len(plain):
            match = TOKEN.match(plain, at)
            if match is None:
                raise NoSyntax
            self.tokens.append(match.groups(""))
            at = match.end()
        self.at = 0

    def expression(self) -> str:
        found = self._either()
        if self.at < len(self.tokens):
            raise NoSyntax
        return found

    def _next(self) -> tuple[str, ...]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("",) * 7

    def _takes(self, word: str) -> bool:
        taken = self._next()[5] == word and not self._next()[6]
        self.at += taken
        return taken

    def _either(self, column: str = "") -> str:
        found = [self._all(column)]
        while self._takes("OR"):
            found.append(self._all(column))
        return " | ".join(f"({one})" for one in found) if len(found) > 1 else found[0]

    def _all(self, column: str) -> str:
        found = [self._without(column)]
        while self._takes("AND") or self._goes_on():
            found.append(self._without(column))
        return " & ".join(found)

    def _goes_on(self) -> bool:
        """Whether another word follows, with nothing between."""
        _, closed, *_ = token = self._next()
        return any(token) and not closed and token[5] not in ("OR", "NOT")

    def _without(self, column: str) -> str:
        found = self._one(column)
        while self._takes("NOT"):
            found = f"({found} & !{self._one(column)})"
        return found

    def _one(self, column: str) -> str:
        opened, closed, named, phrase, phrase_starts, word, word_starts = self._next()
        self.at += 1
        if named:
            if named not in WEIGHTS:
                raise NoSyntax
            return self._one(WEIGHTS[named])
        if opened:
            found = self._either(column)
            if not self._next()[1]:
                raise NoSyntax
            self.at += 1
            return f"({found})"
        words = WORD.findall(phrase or word)
        if closed or not words or word in ("AND", "OR", "NOT", "NEAR"):
            raise NoSyntax
        return _phrase(words, column, "*" * bool(phrase_starts or word_starts))


def _phrase(words: Sequence[str], column: str = "", starts: str = "") -> str:
    """Words that stand together; with "*" the last one is the beginning of a word."""
    *before, last = words
    found = " <-> ".join([*(_word(word, column) for word in before), _word(last, starts + column)])
    return f"({found})" if before else found


def _word(word: str, how: str = "") -> str:
    return f"'{word}'" + f":{how}" * bool(how)


def _words(text: str) -> str:
    """The words of a text, as PostgreSQL would take J.K. for a host's name."""
    return " ".join(WORD.findall(_plain(text)))


def _plain(text: str) -> str:
    """A text without accents, nor what to_tsquery takes for marks of its own."""
    apart = unicodedata.normalize("NFKD", text.replace("\0", " "))
    return "".join(c for c in apart if not unicodedata.combining(c)).replace("\\", " ").replace("'", " ")


INDEX = Tsvector()
