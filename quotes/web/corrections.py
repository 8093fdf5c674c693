"""What the desk needs of the database beyond ``quotes.store.Store``: its documents in a row, the verdicts that stand,
and that a quote of which somebody said who spoke it is found and counted with that speaker.

A quote that was given to another speaker keeps in its record, under ``found``, whose the program had it: undoing the
verdict gives it back.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from quotes.store import Store, Verdict
from quotes.store.people import join
from quotes.store.verdicts import CURRENT

Span = tuple[int, int]
INDEXED = ("text", "speaker", "context", "topics")
"""Columns of quotes_fts."""


def documents(db: Store, limit: int, offset: int = 0) -> list[dict[str, Any]]:
    """Documents, the last added first: id, doc_id, title, outlet, date, quotes (a count)."""
    rows = db.db.execute(
        "SELECT id, doc_id, title, outlet, date, (SELECT count(*) FROM quotes WHERE document_id = d.id) AS quotes "
        "FROM documents d ORDER BY id DESC LIMIT ? OFFSET ?",
        (limit, offset),
    )
    return [dict(row) for row in rows]


def with_verdicts(db: Store, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of a search, each with the verdict that stands, or None, in the form of ``Store.quote``'s verdicts."""
    found = list(rows)
    ids = [row["id"] for row in found]
    marks = ", ".join("?" * len(ids))
    standing = {
        row["uid"]: _verdict(row)
        for row in db.db.execute(
            f"SELECT c.*, q.uid FROM ({CURRENT}) c JOIN quotes q ON q.id = c.quote_id WHERE q.uid IN ({marks})", ids
        )
    }
    return [{**row, "verdict": standing.get(row["id"])} for row in found]


def _verdict(row: Mapping[str, Any]) -> dict[str, Any]:
    found = {key: row[key] for key in ("id", "verdict", "speaker", "who", "at", "undone_by", "undone_at")}
    for key in ("mention", "content"):
        found[key] = json.loads(row[key]) if row[key] else None
    return found | {"quote": row["uid"]}


def give(
    db: Store,
    quote: str,
    verdict: Verdict,
    who: str,
    *,
    speaker: str | None = None,
    mention: Span | None = None,
    content: Sequence[Span] | None = None,
) -> int:
    """Keep a verdict, and give the quote to the speaker that it names; arguments and errors as ``Store.verdict``'s."""
    number = db.verdict(quote, verdict, who, speaker=speaker, mention=mention, content=content)
    _settle(db, quote)
    return number


def undo(db: Store, verdict: int, who: str) -> None:
    """Undo a verdict, and give the quote back to whose it was before; errors as ``Store.undo``'s."""
    db.undo(verdict, who)
    [quote] = db.db.execute(
        "SELECT q.uid FROM verdicts v JOIN quotes q ON q.id = v.quote_id WHERE v.id = ?", (verdict,)
    ).fetchone()
    _settle(db, quote)


def _settle(db: Store, uid: str) -> None:
    """Make the speaker of a quote the one of the verdict that stands, or else the one whom the program found."""
    with db.transaction() as writing:
        row = writing.execute("SELECT * FROM quotes WHERE uid = ?", (uid,)).fetchone()
        standing = writing.execute(
            f"SELECT verdict, speaker FROM ({CURRENT}) WHERE quote_id = ?", (row["id"],)
        ).fetchone()
        record = json.loads(row["record"])
        found = record.pop("found", [row["speaker_id"], row["speaker"]])
        id, name = found
        if standing and standing["verdict"] == "speaker":
            id, name = _known(writing, row["document_id"], standing["speaker"], record), standing["speaker"]
            record["found"] = found
        _move(writing, row, id, name, record)


def _known(writing: sqlite3.Connection, document: int, name: str, record: Mapping[str, Any]) -> int | None:
    """The row of the speaker whom a verdict names, made where there is none."""
    kind = (record.get("speaker") or {}).get("kind", "person")
    told = {"name": name, "kind": kind, "mention": None, "description": None, "resolved_by": "name"}
    [id] = join(writing, document, [{"speaker": told | {"id": None, "entity": None, "confidence": 1.0}}])
    return id


def _move(
    writing: sqlite3.Connection, row: sqlite3.Row, id: int | None, name: str | None, record: Mapping[str, Any]
) -> None:
    """Give a quote to a speaker, in the index too."""
    columns = ", ".join(INDEXED)
    writing.execute(
        f"INSERT INTO quotes_fts (quotes_fts, rowid, {columns}) VALUES ('delete', ?, ?, ?, ?, ?)",
        (row["id"], *(row[key] for key in INDEXED)),
    )
    line = json.dumps(record, ensure_ascii=False)
    writing.execute(
        "UPDATE quotes SET speaker_id = ?, speaker = ?, record = ? WHERE id = ?", (id, name, line, row["id"])
    )
    writing.execute(
        f"INSERT INTO quotes_fts (rowid, {columns}) SELECT id, {columns} FROM quotes WHERE id = ?", (row["id"],)
    )
    for speaker, change in ((row["speaker_id"], -1), (id, 1)):
        writing.execute("UPDATE speakers SET quotes = quotes + ? WHERE id = ?", (change, speaker))
