"""The last added quotes that have words, found in PostgreSQL without a look at all that have them.

Its index of words (GIN) knows which rows have a word, but gives them in no order: the last few thousand of a common
word would cost a look at each. So the words of a quote have marks among them, which tell in which runs of numbers its
own stands: #13.4 is that of the rows 32,768 to 40,959. A search goes back from the last run until it has enough.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from quotes.store.database import Database

SIZES = (13, 16, 19)
"""Runs are of 8,192, 65,536 and 524,288 numbers: these powers of two."""
MOST = 8
"""Runs of one size that are asked for at once, as the index goes through all of them; then a run of the next begins."""
FIRST = 2
"""Runs of the smallest size that are asked for first: the last of them may have just begun."""
AMPLE = 1.2
"""So much more than what should be enough is asked for."""


def marked(words: str, id: str = "id") -> str:
    """A tsvector with the marks of a quote.

    Args:
        words: it, in SQL.
        id: the quote's row, in SQL.
    """
    marks = ", ".join(f"'#{size}.' || ({id} >> {size})::text" for size in SIZES)
    return f"{words} || array_to_tsvector(ARRAY[{marks}])"


def last(db: Database, statement: Callable[[str], str], values: Sequence[Any], many: int) -> list[Any]:
    """Rows of the last added quotes q that match the tsquery ``query``.

    Args:
        db: the database.
        statement: gives the statement for a condition that says which runs; its rows come from the last added
            backwards, its last parameter is how many at most.
        values: of its other parameters.
        many: how many at most.
    """
    end = top = db.execute("SELECT coalesce(max(id), 0) FROM quotes").fetchone()[0] + 1
    found: list[Any] = []
    while end > 0 and len(found) < many:
        lacking = many - len(found)
        if end == top:
            size, runs = SIZES[0], FIRST
        else:
            size, runs = following(end, AMPLE * lacking * (top - end) / len(found)) if found else (0, 0)
        start = max((end - 1 >> size) - runs + 1, 0) << size if runs else 0
        sql = statement(of_runs(size, start, end) if runs else of_all(end))
        found += db.execute(sql, (*values, lacking)).fetchall()
        end = start
    return found


def following(end: int, wanted: float) -> tuple[int, int]:
    """The size of the runs before a number, and how many of them have the numbers that are wanted, or most; 0 and 0
    where it is quicker to take all."""
    if 2 * wanted > end:
        return 0, 0
    size = max(size for size in SIZES if size == SIZES[0] or (end % 2**size == 0 and 2**size <= wanted))
    return size, min(max(int(wanted) >> size, 1), (end >> size) % MOST or MOST)


def of_runs(size: int, start: int, end: int) -> str:
    """The condition that a quote matches and stands in the runs between two numbers; nothing matches no words."""
    marks = " | ".join(f"''#{size}.{run}''" for run in range(start >> size, (end - 1 >> size) + 1))
    return f"q.words @@ (query && '{marks}'::tsquery) AND numnode(query) > 0"


def of_all(end: int) -> str:
    """The condition that a quote matches and stands before a number; + 0 keeps it to the index of words."""
    return f"q.words @@ query AND q.id + 0 < {end}"
