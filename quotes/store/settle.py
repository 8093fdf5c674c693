"""A quote is found and counted with whoever said it according to the verdict that stands.

Whom the program found is kept in found_speakers for as long as that is somebody else, and gets the quote back when the
verdict is undone.
"""

from __future__ import annotations

from quotes.line import lead
from quotes.records import SpeakerKind
from quotes.store.database import Database
from quotes.store.indexes import index
from quotes.store.people import ACROSS, assign, meant
from quotes.store.rows import clean, unpack


def settle(db: Database, quote: int, name: str | None) -> None:
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
    now = [row["joined_as"] or row["speaker_id"], row["speaker"]]
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
    index(db).drop(db, [quote])
    words = clean(lead(record, then[1], row["doc_text"]))
    db.execute("UPDATE quotes SET speaker = ?, lead = ? WHERE id = ?", (then[1], words, quote))
    index(db).put(db, {**row, "speaker": then[1]})
    assign(db, [quote], then[0])
