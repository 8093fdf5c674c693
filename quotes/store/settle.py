"""A quote is found and counted with whoever said it according to the verdict that stands.

Whom the program found is kept in found_speakers for as long as that is somebody else, and gets the quote back when the
verdict is undone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from quotes.line import lead
from quotes.records import SpeakerKind
from quotes.store.people import ACROSS, meant, pronoun
from quotes.store.rows import clean, unpack
from quotes.store.schema import INDEXED


def settle(db: sqlite3.Connection, quote: int, name: str | None) -> None:
    """Give a quote to a speaker.

    Args:
        db: inside a transaction.
        quote: its row.
        name: the speaker's; None, or the name that the program found, gives it back to whom the program found.
    """
    row = db.execute(
        "SELECT q.*, d.doc_id, d.text AS doc_text FROM quotes q JOIN documents d ON d.id = q.document_id "
        "WHERE q.id = ?",
        (quote,),
    ).fetchone()
    record = unpack(row)
    told = record["speaker"]
    now = [row["speaker_id"], row["speaker"]]
    kept = db.execute("SELECT speaker_id, speaker FROM found_speakers WHERE quote_id = ?", (quote,)).fetchone()
    found = list(kept) if kept else now
    if name in (None, found[1]):
        then = found
    else:
        likely: SpeakerKind = told["kind"] if told and told["kind"] in ACROSS else "person"
        then = [meant(db, row["document_id"], name, likely), name]
    if then == now:
        return
    db.execute("DELETE FROM found_speakers WHERE quote_id = ?", (quote,))
    if then != found:
        db.execute("INSERT INTO found_speakers VALUES (?, ?, ?)", (quote, *found))
    _give(db, quote, then, clean(lead(record, then[1], row["doc_text"])))
    word = pronoun(told) if told else None
    for speaker, change in ((now[0], -1), (then[0], 1)):
        db.execute(
            "UPDATE speakers SET quotes = quotes + ?1, he = he + ?1 * ?2, she = she + ?1 * ?3 WHERE id = ?4",
            (change, word == "he", word == "she", speaker),
        )


def _give(db: sqlite3.Connection, quote: int, speaker: Sequence[Any], lead: str) -> None:
    """Write the row and the words of a quote's speaker, and how the quote is told now, in the full-text index too,
    which is told what they were."""
    columns = ", ".join(INDEXED)
    before = f"SELECT 'delete', id, {columns} FROM quotes WHERE id = ?"
    after = f"SELECT id, {columns} FROM quotes WHERE id = ?"
    db.execute(f"INSERT INTO quotes_fts (quotes_fts, rowid, {columns}) {before}", (quote,))
    db.execute("UPDATE quotes SET speaker_id = ?, speaker = ?, lead = ? WHERE id = ?", (*speaker, lead, quote))
    db.execute(f"INSERT INTO quotes_fts (rowid, {columns}) {after}", (quote,))
