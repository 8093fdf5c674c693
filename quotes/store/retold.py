"""Part of the third migration: how quotes are told, from the column record to columns of their own."""

from __future__ import annotations

import json
import sqlite3

from quotes.line import lead
from quotes.store.rows import cue_columns, unpack

FOUND = "found"
"""A key of the column record before: the row and the words of the speaker whom the program found."""


def retell(db: sqlite3.Connection) -> None:
    """Fill the columns, quote by quote.

    Args:
        db: inside a transaction, with the tables of the third version.
    """
    changes = db.cursor()
    rows = db.execute(
        "SELECT q.id, q.uid, d.doc_id, q.type, q.act, q.text, q.confidence, q.rule, q.speaker, q.record, "
        "d.text AS doc_text FROM quotes q JOIN documents d ON d.id = q.document_id"
    )
    rows.row_factory = sqlite3.Row
    for row in rows:
        kept = json.loads(row["record"])
        cue, found = kept.get("cue"), kept.pop(FOUND, None)
        if cue:
            kept["cue"] = [cue["start"], cue["end"]]
        columns = cue_columns(cue)
        told = unpack({**row, **columns, "record": json.dumps(kept)})
        columns |= {"lead": lead(told, row["speaker"], row["doc_text"]), "record": json.dumps(kept, ensure_ascii=False)}
        names = ", ".join(f"{name} = ?" for name in columns)
        changes.execute(f"UPDATE quotes SET {names} WHERE id = ?", (*columns.values(), row["id"]))
        if found:
            changes.execute("INSERT INTO found_speakers VALUES (?, ?, ?)", (row["id"], *found))
