"""A quote is found and counted with whoever said it according to the verdict that stands.

Whom the program found is kept beside the record for as long as that is somebody else, and gets the quote back when the
verdict is undone.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from quotes.records import SpeakerKind
from quotes.store.people import ACROSS, meant, pronoun
from quotes.store.rows import unpack
from quotes.store.schema import INDEXED

FOUND = "found"
"""The key, in the column record, of the row and the words of the speaker whom the program found."""


def settle(db: sqlite3.Connection, quote: int, name: str | None) -> None:
    """Give a quote to a speaker.

    Args:
        db: inside a transaction.
        quote: its row.
        name: the speaker's; None, or the name that the program found, gives it back to whom the program found.
    """
    row = db.execute(
        "SELECT q.*, d.doc_id FROM quotes q JOIN documents d ON d.id = q.document_id WHERE q.id = ?", (quote,)
    ).fetchone()
    told, kept = unpack(row)["speaker"], json.loads(row["record"])
    now = [row["speaker_id"], row["speaker"]]
    found = kept.pop(FOUND, now)
    if name in (None, found[1]):
        then = found
    else:
        likely: SpeakerKind = told["kind"] if told and told["kind"] in ACROSS else "person"
        then = [meant(db, row["document_id"], name, likely), name]
    if then == now:
        return
    if then != found:
        kept[FOUND] = found
    _give(db, quote, then, json.dumps(kept, ensure_ascii=False))
    word = pronoun(told) if told else None
    for speaker, change in ((now[0], -1), (then[0], 1)):
        db.execute(
            "UPDATE speakers SET quotes = quotes + ?1, he = he + ?1 * ?2, she = she + ?1 * ?3 WHERE id = ?4",
            (change, word == "he", word == "she", speaker),
        )


def _give(db: sqlite3.Connection, quote: int, speaker: Sequence[Any], record: str) -> None:
    """Write the row and the words of a quote's speaker, in the full-text index too, which is told what they were."""
    columns = ", ".join(INDEXED)
    before = f"SELECT 'delete', id, {columns} FROM quotes WHERE id = ?"
    after = f"SELECT id, {columns} FROM quotes WHERE id = ?"
    db.execute(f"INSERT INTO quotes_fts (quotes_fts, rowid, {columns}) {before}", (quote,))
    db.execute("UPDATE quotes SET speaker_id = ?, speaker = ?, record = ? WHERE id = ?", (*speaker, record, quote))
    db.execute(f"INSERT INTO quotes_fts (rowid, {columns}) {after}", (quote,))
