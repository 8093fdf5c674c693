"""Documents and their quotes into the database, whole or not at all."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from quotes.line import lead, who
from quotes.read.records import misplaced
from quotes.records import Record, quote_id
from quotes.store.database import Database
from quotes.store.documents import complete, stored, tag, taken_out
from quotes.store.indexes import index
from quotes.store.people import count, join, pronoun, roots
from quotes.store.rows import clean, context, cue_columns, document, kinds, listed, pack
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
    notes: list[str] = field(default_factory=list)
    """What a reader should know, a line each: "b.txt: the same text as a.txt"."""


def insert(db: Database, incoming: Incoming, added: Added) -> int | None:
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
    known = stored(db, doc_id, text)
    if known is None and (change := taken_out(db, doc_id, text)):
        added.notes.append(f"{doc_id}: left out, as it was removed; quotes db undo {change} brings it back")
        return None
    if known and None not in (known["text"], text) and known["text"] != text:
        added.refused.append(f"{doc_id}: the database has another text under this id; give this one an id of its own")
        return None
    if known and known["doc_id"] != doc_id:
        added.notes.append(f"{doc_id}: the same text as {known['doc_id']}")
        incoming = _as_known(db, incoming, known)
    kept = _kept(db, incoming, text if known is None or text is not None else known["text"], added)
    fields = document(doc_id, text, incoming.meta)
    if known:
        row = int(known["id"])
        complete(db, known, fields)
    else:
        columns, marks = ", ".join(fields), ", ".join("?" * len(fields))
        made = db.execute(f"INSERT INTO documents ({columns}) VALUES ({marks}) RETURNING id", tuple(fields.values()))
        row = int(made.fetchone()[0])
        added.documents += 1
    _insert_quotes(db, row, incoming, kept, text)
    added.quotes += len(kept)
    return row


def _as_known(db: Database, incoming: Incoming, known: Mapping[str, Any]) -> Incoming:
    """A document that is stored under another id, as it would be under that one: quotes at the same offsets are the
    same quotes."""
    db.execute(
        "INSERT INTO other_ids (doc_id, document_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (clean(incoming.doc_id), known["id"]),
    )
    there = {
        json.dumps(json.loads(record)["content"]): uid
        for uid, record in db.execute("SELECT uid, record FROM quotes WHERE document_id = ?", (known["id"],))
    }
    ids: dict[str, str] = {}
    for record in incoming.records:
        spans = [(part["start"], part["end"]) for part in record["content"]]
        ids[record["id"]] = there.get(json.dumps(spans)) or quote_id(known["doc_id"], spans)
    records = [
        cast(
            "Record",
            record | {"id": ids[record["id"]], "doc_id": known["doc_id"], "parent": ids.get(record["parent"] or "")},
        )
        for record in incoming.records
    ]
    return replace(incoming, doc_id=known["doc_id"], records=records)


def _kept(db: Database, incoming: Incoming, text: str | None, added: Added) -> list[int]:
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


def _documents_of(db: Database, uids: Sequence[str]) -> dict[str, str]:
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


def _insert_quotes(db: Database, row: int, incoming: Incoming, kept: Iterable[int], text: str | None) -> None:
    records = [incoming.records[k] for k in kept]
    about = [incoming.topics[k] if incoming.topics else () for k in kept]
    of = db.execute("SELECT date, outlet FROM documents WHERE id = ?", (row,)).fetchone()
    joined = join(db, row, records)
    root = roots(db, joined)
    speakers = [None if one is None else root[one] for one in joined]
    shared = _counted(db, speakers, records)
    for record, topics, one, speaker in zip(records, about, joined, speakers, strict=True):
        words = who(record["speaker"])
        said_by = words and clean(words)
        quote = {
            "uid": clean(record["id"]),
            "document_id": row,
            "date": of["date"],
            "outlet": of["outlet"],
            "speaker_id": speaker,
            "joined_as": None if one == speaker else one,
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
            "claims": kinds(record),
        }
        columns, marks = ", ".join(quote), ", ".join("?" * len(quote))
        made = db.execute(f"INSERT INTO quotes ({columns}) VALUES ({marks}) RETURNING id", tuple(quote.values()))
        id = int(made.fetchone()[0])
        index(db).put(db, quote | {"id": id})
        tag(db, id, map(clean, topics))
        if (found := group(db, quote | {"id": id}, speaker in shared)) is not None:
            db.execute("UPDATE quotes SET group_id = ? WHERE id = ?", (found, id))


def _counted(db: Database, speakers: Sequence[int | None], records: Sequence[Record]) -> set[int]:
    """Count the quotes of speakers; which of these other documents may have too."""
    counts: dict[int | None, list[int]] = defaultdict(lambda: [0, 0, 0])
    for speaker, record in zip(speakers, records, strict=True):
        word = pronoun(record["speaker"]) if record["speaker"] else None
        for k, one in enumerate((1, word == "he", word == "she")):
            counts[speaker][k] += one
    count(db, counts)
    some = f"document_id IS NULL AND id IN ({listed(counts)})"
    return {row[0] for row in db.execute(f"SELECT id FROM speakers WHERE {some}")}
