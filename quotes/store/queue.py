"""What is still to be checked, and what most of all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from quotes.store.database import Database
from quotes.store.hits import JOINED, ROW, rows
from quotes.store.rows import clean

Order = Literal["quote", "speaker", "wire", "new", "claim"]
"""The least sure quotes first; those whose speaker's name is least sure; those that stand in most documents; the newest
documents'; the claims of the newest day first, the most checkable ones before others."""
ORDERS: tuple[Order, ...] = get_args(Order)

STANDING = "SELECT 1 FROM verdicts v WHERE v.quote_id = q.id AND v.undone_at IS NULL"
# PostgreSQL gives numbers of JSON's as words, in whose order shares between 0 and 1 stand as well
SURE_OF_NAME = "json_extract(q.record, '$.speaker.confidence')"
CONDITIONS: dict[Order, str] = {
    "speaker": "json_extract(q.record, '$.speaker.name') IS NOT NULL",
    "wire": "q.group_id IS NOT NULL",
    "claim": "json_extract(q.record, '$.claim') IS NOT NULL",
}
BY: dict[Order, str] = {
    "quote": "q.confidence, q.id",
    "speaker": f"{SURE_OF_NAME}, q.id",
    "wire": "g.documents DESC, q.group_id, q.id",
    "new": "d.id DESC, q.id",
    "claim": "q.date DESC NULLS LAST, json_extract(q.record, '$.claim.checkable') DESC, q.id",
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """Which quotes to check, and in which order."""

    order: Order = "quote"
    outlet: str | None = None
    again_by: str | None = None
    """None: those that nobody has checked; a name: those that others have, and this one has not, for a second look."""
    limit: int = 20
    offset: int = 0


def waiting(db: Database, asked: Waiting) -> tuple[list[dict[str, Any]], int]:
    """Quotes to check as ``quotes.store.hits.row`` describes them, and how many there are."""
    where, values = [], []
    if asked.again_by is None:
        where.append(f"NOT EXISTS ({STANDING})")
    else:
        where += [f"EXISTS ({STANDING})", f"NOT EXISTS ({STANDING} AND v.who = ?)"]
        values.append(clean(asked.again_by))
    if asked.outlet is not None:
        where.append("q.outlet = ? COLLATE NOCASE")
        values.append(clean(asked.outlet))
    if condition := CONDITIONS.get(asked.order):
        where.append(condition)
    conditions = " AND ".join(where)
    found = db.execute(
        f"SELECT {ROW} FROM {JOINED} WHERE {conditions} ORDER BY {BY[asked.order]} LIMIT ? OFFSET ?",
        (*values, asked.limit, asked.offset),
    ).fetchall()
    [total] = db.execute(f"SELECT count(*) FROM quotes q WHERE {conditions}", values).fetchone()
    return rows(db, found), int(total)


def outlets(db: Database) -> list[tuple[str, int]]:
    """The outlets with quotes that nobody has checked, and how many, most first."""
    found = db.execute(
        f"SELECT q.outlet, count(*) FROM quotes q WHERE q.outlet IS NOT NULL AND NOT EXISTS ({STANDING}) "
        "GROUP BY q.outlet ORDER BY 2 DESC, 1"
    )
    return [(name, count) for name, count in found]
