"""What people who checked say of quotes: kept with who and when, never deleted, only undone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from itertools import pairwise
from typing import Any, Literal, get_args

from quotes.store.errors import StoreError
from quotes.store.rows import clean, unpack

Verdict = Literal["right", "wrong", "speaker", "edges"]
"""A quote as it is, with its speaker; none; one of another speaker; one with other edges."""
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
Span = tuple[int, int]
"""Start and end in characters of the document's text, half-open."""
CURRENT = (
    "SELECT v.* FROM verdicts v WHERE v.undone_at IS NULL AND v.id = "
    "(SELECT max(w.id) FROM verdicts w WHERE w.quote_id = v.quote_id AND w.undone_at IS NULL)"
)
"""The verdicts that stand: of each quote the last that was not undone."""


class VerdictError(StoreError):
    """A verdict that can't be given; the message says why."""


def give(
    db: sqlite3.Connection,
    uid: str,
    verdict: Verdict,
    who: str,
    *,
    speaker: str | None = None,
    mention: Span | None = None,
    content: Sequence[Span] | None = None,
) -> int:
    """Keep a verdict on a quote; see ``Store.verdict``, within a transaction."""
    row = db.execute(
        "SELECT q.id, d.text FROM quotes q JOIN documents d ON d.id = q.document_id WHERE q.uid = ?", (uid,)
    ).fetchone()
    if row is None:
        raise VerdictError(f"no quote has the id {uid!r}")
    if verdict not in VERDICTS:
        raise VerdictError(f"no verdict is called {verdict!r}, only {', '.join(VERDICTS)}")
    if not who.strip():
        raise VerdictError("a verdict needs the name of whoever gives it")
    if (verdict == "speaker") != bool(speaker and speaker.strip()):
        raise VerdictError("the verdict speaker, and no other, takes the name of the speaker")
    if (verdict == "edges") != bool(content):
        raise VerdictError("the verdict edges, and no other, takes the parts of the content")
    for start, end in (*(content or ()), *((mention,) if mention else ())):
        if not 0 <= start < end or (row["text"] is not None and end > len(row["text"])):
            raise VerdictError(f"{start} to {end} is no part of the document's text")
    if content and any(after[0] < before[1] for before, after in pairwise(content)):
        raise VerdictError("parts of a content stand in order and don't overlap")
    made = db.execute(
        "INSERT INTO verdicts (quote_id, verdict, speaker, mention, content, who, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            row["id"],
            verdict,
            clean(speaker.strip()) if speaker else None,
            json.dumps(mention) if mention else None,
            json.dumps(content) if content else None,
            clean(who.strip()),
            _now(),
        ),
    )
    return made.lastrowid or 0


def undo(db: sqlite3.Connection, id: int, who: str) -> None:
    """Undo a verdict; see ``Store.undo``, within a transaction."""
    done = db.execute(
        "UPDATE verdicts SET undone_by = ?, undone_at = ? WHERE id = ? AND undone_at IS NULL", (clean(who), _now(), id)
    )
    if not done.rowcount:
        raise VerdictError(f"verdict {id} does not stand: there is none, or it was undone")


def of_quote(db: sqlite3.Connection, uid: str) -> list[dict[str, Any]]:
    """All verdicts on a quote, the first given first; the last with undone_at null stands."""
    rows = db.execute(
        "SELECT v.* FROM verdicts v JOIN quotes q ON q.id = v.quote_id WHERE q.uid = ? ORDER BY v.id", (uid,)
    )
    return [_verdict(row) | {"quote": uid} for row in rows]


def standing(db: sqlite3.Connection, document: int) -> dict[str, dict[str, Any]]:
    """The verdicts that stand on a document's quotes, by their ids."""
    rows = db.execute(
        f"SELECT c.*, q.uid FROM ({CURRENT}) c JOIN quotes q ON q.id = c.quote_id WHERE q.document_id = ?", (document,)
    )
    return {row["uid"]: _verdict(row) | {"quote": row["uid"]} for row in rows}


def _verdict(row: sqlite3.Row) -> dict[str, Any]:
    found = {key: row[key] for key in ("id", "verdict", "speaker", "mention", "content", "who", "at")}
    found |= {key: row[key] for key in ("undone_by", "undone_at")}
    for key in ("mention", "content"):
        found[key] = json.loads(found[key]) if found[key] else None
    return found


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


def documents(db: sqlite3.Connection) -> int:
    """How many documents have a quote with a verdict that stands."""
    found = db.execute(
        "SELECT count(DISTINCT q.document_id) FROM verdicts v JOIN quotes q ON q.id = v.quote_id "
        "WHERE v.undone_at IS NULL"
    )
    return int(found.fetchone()[0])


def gold(db: sqlite3.Connection, partly: bool = False) -> Iterator[dict[str, Any]]:
    """Checked documents as gold, in the order of their rows: see ``quotes.read.gold.load_jsonl``.

    A document counts as checked when all its quotes have a verdict that stands. Of a quote with another speaker the
    source is the mention that the verdict gives; else the record's own where it is a pronoun or a description, and
    where it is a name, which then is somebody else's, none.

    Args:
        db: the database.
        partly: documents too of which only some quotes have a verdict; the others count as right.

    Yields:
        {"id", "text", "quotes": [{"source", "cue", "content"}, …]}, and beyond what scorers read "checked": the share
        of the document's quotes with a verdict, and in a quote with another speaker its name: "speaker".
    """
    documents = db.execute(
        "SELECT DISTINCT d.id, d.doc_id, d.text FROM verdicts v JOIN quotes q ON q.id = v.quote_id "
        "JOIN documents d ON d.id = q.document_id WHERE v.undone_at IS NULL AND d.text IS NOT NULL ORDER BY d.id"
    ).fetchall()
    for document in documents:
        verdicts = standing(db, document["id"])
        rows = db.execute(
            "SELECT q.*, d.doc_id FROM quotes q JOIN documents d ON d.id = q.document_id "
            "WHERE q.document_id = ? ORDER BY q.id",
            (document["id"],),
        ).fetchall()
        checked = sum(row["uid"] in verdicts for row in rows)
        if checked < len(rows) and not partly:
            continue
        quotes = [_gold(unpack(row), verdicts.get(row["uid"])) for row in rows]
        yield {
            "id": document["doc_id"],
            "text": document["text"],
            "quotes": sorted(filter(None, quotes), key=lambda quote: quote["content"]),
            "checked": round(checked / len(rows), 4),
        }


def _gold(record: dict[str, Any], verdict: dict[str, Any] | None) -> dict[str, Any] | None:
    if verdict and verdict["verdict"] == "wrong":
        return None
    mention = (record["speaker"] or {}).get("mention")
    source = [[mention["start"], mention["end"]]] if mention else []
    content = [[part["start"], part["end"]] for part in record["content"]]
    quote: dict[str, Any] = {}
    if verdict and verdict["verdict"] == "speaker":
        if verdict["mention"]:
            source = [verdict["mention"]]
        elif record["speaker"] and record["speaker"]["resolved_by"] == "name":
            source = []
        quote["speaker"] = verdict["speaker"]
    elif verdict and verdict["content"]:
        content = verdict["content"]
        source = [verdict["mention"]] if verdict["mention"] else source
    cue = record["cue"]
    return {"source": source, "cue": [[cue["start"], cue["end"]]] if cue else [], "content": content} | quote
