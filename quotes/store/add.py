"""Documents and their quotes into the database, whole or not at all."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from quotes.line import lead, who
from quotes.read.records import misplaced
from quotes.records import Record
from quotes.store.people import join
from quotes.store.rows import clean, context, cue_columns, document, pack
from quotes.store.schema import INDEXED
from quotes.store.wire import group

PARAMETERS = 500
"""Of one statement: older SQLites take 999."""


@dataclass(slots=True)
class Incoming:
    """A document to add."""

    doc_id: str
    text: str | None
    """Its whole text, or None where only its quotes are at hand."""
    meta: Mapping[str, Any] | None
    records: Sequence[Record]
    """Its quotes."""
    topics: Sequence[Sequence[str]] = ()
    """Those of each record; () where they weren't looked for."""
    places: Sequence[str] = ()
    """Where each record comes from: "quotes.jsonl:3"; () names it by its id."""


@dataclass(slots=True)
class Added:
    """What an addition did."""

    documents: int = 0
    """Documents that were not there before."""
    quotes: int = 0
    """Quotes that were not there before."""
    known: int = 0
    """Quotes that were there already, and are left as they were."""
    refused: list[str] = field(default_factory=list)
    """What was left out, a line each: where it comes from and why."""


def insert(db: sqlite3.Connection, incoming: Incoming, added: Added) -> int | None:
    """Add a document, or to a known one the quotes that it hasn't yet.

    Args:
        db: inside a transaction.
        incoming: the document.
        added: counts it.

    Returns:
        the document's row; None where another text is stored under its id.

    Raises:
        quotes.extras.MissingPackage: a ValueError: rapidfuzz is not installed.
    """
    doc_id, text = clean(incoming.doc_id), incoming.text if incoming.text is None else clean(incoming.text)
    known = db.execute("SELECT id, text FROM documents WHERE doc_id = ?", (doc_id,)).fetchone()
    if known and None not in (known["text"], text) and known["text"] != text:
        added.refused.append(f"{doc_id}: the database has another text under this id; give this one an id of its own")
        return None
    kept = _kept(db, incoming, text if known is None or text is not None else known["text"], added)
    if known:
        row = int(known["id"])
        if known["text"] is None and text is not None:
            db.execute("UPDATE documents SET text = ? WHERE id = ?", (text, row))
    else:
        fields = document(doc_id, text, incoming.meta)
        columns, marks = ", ".join(fields), ", ".join("?" * len(fields))
        made = db.execute(f"INSERT INTO documents ({columns}) VALUES ({marks})", tuple(fields.values()))
        row = made.lastrowid or 0
        added.documents += 1
    _insert_quotes(db, row, incoming, kept, text)
    added.quotes += len(kept)
    return row


def _kept(db: sqlite3.Connection, incoming: Incoming, text: str | None, added: Added) -> list[int]:
    """The indices of the records that are to be added."""
    kept = []
    taken: set[str] = set()
    known = _documents_of(db, [clean(record["id"]) for record in incoming.records])
    for k, record in enumerate(incoming.records):
        other = known.get(clean(record["id"]))
        place = incoming.places[k] if incoming.places else f"{incoming.doc_id}: {record['id']}"
        if other and other != clean(record["doc_id"]):
            added.refused.append(f"{place}: the id {record['id']} is taken, by a quote of {other}")
        elif other or record["id"] in taken:
            added.known += 1
        elif text is not None and (wrong := misplaced(record, text)) and misplaced(record, incoming.text or text):
            added.refused.append(f"{place}: {wrong}: the document's text has other words at these offsets")
        else:
            taken.add(record["id"])
            kept.append(k)
    return kept


def _documents_of(db: sqlite3.Connection, uids: Sequence[str]) -> dict[str, str]:
    """The documents' ids of those quotes that are known."""
    known: dict[str, str] = {}
    for k in range(0, len(uids), PARAMETERS):
        some = uids[k : k + PARAMETERS]
        known |= db.execute(
            "SELECT q.uid, d.doc_id FROM quotes q JOIN documents d ON d.id = q.document_id "
            f"WHERE q.uid IN ({', '.join('?' * len(some))})",
            some,
        ).fetchall()
    return known


def _insert_quotes(db: sqlite3.Connection, row: int, incoming: Incoming, kept: Iterable[int], text: str | None) -> None:
    records = [incoming.records[k] for k in kept]
    about = [incoming.topics[k] if incoming.topics else () for k in kept]
    of = db.execute("SELECT date, outlet FROM documents WHERE id = ?", (row,)).fetchone()
    speakers = join(db, row, records)
    shared = _counted(db, speakers)
    for record, topics, speaker in zip(records, about, speakers, strict=True):
        words = who(record["speaker"])
        said_by = words and clean(words)
        quote = {
            "uid": clean(record["id"]),
            "document_id": row,
            "date": of["date"],
            "outlet": of["outlet"],
            "speaker_id": speaker,
            "speaker": said_by,
            "type": record["type"],
            "act": record["act"],
            "text": clean(record["text"]),
            "context": None if text is None else context(record, text),
            "topics": ", ".join(map(clean, topics)) or None,
            "confidence": record["confidence"],
            "rule": record["rule"],
            **cue_columns(record["cue"]),
            "lead": clean(lead(record, said_by, text)),
            "record": pack(record),
        }
        columns, marks = ", ".join(quote), ", ".join("?" * len(quote))
        id = db.execute(f"INSERT INTO quotes ({columns}) VALUES ({marks})", tuple(quote.values())).lastrowid
        db.execute(
            f"INSERT INTO quotes_fts (rowid, {', '.join(INDEXED)}) VALUES (?, ?, ?, ?, ?)",
            (id, *(quote[key] for key in INDEXED)),
        )
        for topic in dict.fromkeys(map(clean, topics)):
            db.execute(
                "INSERT INTO topics (name, quotes) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET quotes = quotes + 1",
                (topic,),
            )
            db.execute("INSERT INTO quote_topics SELECT ?, id FROM topics WHERE name = ?", (id, topic))
        if (found := group(db, quote | {"id": id}, speaker in shared)) is not None:
            db.execute("UPDATE quotes SET group_id = ? WHERE id = ?", (found, id))


def _counted(db: sqlite3.Connection, speakers: Iterable[int | None]) -> set[int]:
    """Count the quotes of speakers; which of these other documents may have too."""
    counts = Counter(speaker for speaker in speakers if speaker is not None)
    db.executemany("UPDATE speakers SET quotes = quotes + ? WHERE id = ?", [(n, id) for id, n in counts.items()])
    ids = ", ".join(map(str, counts))
    return {row[0] for row in db.execute(f"SELECT id FROM speakers WHERE document_id IS NULL AND id IN ({ids})")}
