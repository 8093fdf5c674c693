"""What people put right: kept with who and when, never deleted, only undone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from quotes.store.database import Database
from quotes.store.errors import StoreError
from quotes.store.rows import clean


class ChangeError(StoreError):
    """A change that can't be made or undone; the message says why."""


def keep(db: Database, what: str, line: str, told: Mapping[str, Any], who: str) -> int:
    """Keep a change that is being made.

    Args:
        db: inside a transaction.
        what: edit, remove, rename, merge or split.
        line: what was done, for people.
        told: what has to be known to undo it.
        who: whoever does it.

    Returns:
        the change's number.
    """
    if not (who := clean(who.strip())):
        raise ChangeError("a change needs the name of whoever makes it")
    made = db.execute(
        "INSERT INTO changes (what, line, told, who, at) VALUES (?, ?, ?, ?, ?) RETURNING id",
        (what, clean(line), json.dumps(told, ensure_ascii=False), who, now()),
    )
    return int(made.fetchone()[0])


def standing(db: Database, id: int) -> tuple[str, dict[str, Any]]:
    """What a change was, and what has to be known to undo it.

    Raises:
        ChangeError: there is no such change, or it was undone.
    """
    row = db.execute("SELECT what, told FROM changes WHERE id = ? AND undone_at IS NULL", (id,)).fetchone()
    if row is None:
        raise ChangeError(f"change {id} does not stand: there is none, or it was undone")
    return row["what"], json.loads(row["told"])


def undone(db: Database, id: int, who: str) -> None:
    """Keep that a change was undone."""
    if not (who := clean(who.strip())):
        raise ChangeError("to undo a change needs the name of whoever does")
    db.execute("UPDATE changes SET undone_by = ?, undone_at = ? WHERE id = ?", (who, now(), id))


def listing(db: Database, limit: int, offset: int) -> list[dict[str, Any]]:
    """Changes, the last first; see ``Store.changes``."""
    rows = db.execute(
        "SELECT id, what, line, who, at, undone_by, undone_at FROM changes ORDER BY id DESC LIMIT ? OFFSET ?",
        (limit, offset),
    )
    return [dict(row) for row in rows]


def now() -> str:
    """The time, as changes and verdicts keep it."""
    return datetime.now(timezone.utc).isoformat(timespec="seconds")
