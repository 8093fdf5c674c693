"""The records of a database: as they were before they were in it, and as people who checked them corrected them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quotes.records import CHECKED, META, Record
from quotes.store.corrected import corrected
from quotes.store.store import Store


def records(store: Store) -> Iterator[Record]:
    """All records by the verdicts that stand, those of one document after one another, with meta and the text where the
    database has them; quotes that are wrong are left out.

    Raises:
        quotes.store.StoreError: the file is damaged or in use.
    """
    for (id,) in store.db.execute("SELECT id FROM documents ORDER BY id").fetchall():
        if document := store.document(id):
            yield from checked_records(store, document)


def checked_records(store: Store, document: Mapping[str, Any]) -> Iterator[Record]:
    """The records of a document (see ``Store.document``), as ``records`` gives them: of a quote that somebody checked
    meta has ``CHECKED`` too, the verdict, whose it is and its time."""
    meta = {key: document[key] for key in META} | document["meta"]
    for record in as_checked(store, document) if document["verdicts"] else document["records"]:
        verdict = document["verdicts"].get(record["id"])
        said = dict(zip(CHECKED, (verdict["verdict"], verdict["who"], verdict["at"]), strict=True)) if verdict else {}
        yield record | {"meta": meta | said, "doc_text": document["text"]}


def as_checked(store: Store, document: Mapping[str, Any]) -> list[Record]:
    """The records of a document (see ``Store.document``) by its verdicts, without those that are wrong; where a parent
    is left out, its own parent takes its place."""
    verdicts, kept, left_out = document["verdicts"], [], {}
    known: dict[int, Mapping[str, Any]] = {
        row: record["speaker"]
        for record in document["records"]
        if (row := document["speaker_ids"][record["id"]]) and not verdicts.get(record["id"], {}).get("speaker")
    }
    for record in document["records"]:
        row, verdict = document["speaker_ids"][record["id"]], verdicts.get(record["id"])
        if row and row not in known:
            known[row] = _known(store, row)
        if found := corrected(record, verdict, document["text"], known.get(row)):
            kept.append(found)
        else:
            left_out[record["id"]] = record["parent"]
    for record in kept:
        if record["parent"] in left_out:
            for _ in left_out:
                record["parent"] = left_out.get(record["parent"], record["parent"])
    return sorted(kept, key=lambda record: int(record["content"][0]["start"]))


def _known(store: Store, row: int) -> dict[str, Any]:
    """What the database tells of a speaker of whom the document has no other quote."""
    return dict(store.db.execute("SELECT kind, list_id AS id FROM speakers WHERE id = ?", (row,)).fetchone())
