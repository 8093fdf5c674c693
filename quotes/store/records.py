"""The records of a database, as they were before they were in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quotes.store.store import Store

META = ("title", "author", "date", "url", "outlet")


def records(store: Store) -> Iterator[dict[str, Any]]:
    """All records, those of one document after one another, with meta and the text where the database has them.

    Raises:
        quotes.store.StoreError: the file is damaged or in use.
    """
    for (id,) in store.db.execute("SELECT id FROM documents ORDER BY id").fetchall():
        if document := store.document(id):
            meta = {key: document[key] for key in META} | document["meta"]
            for record in document["records"]:
                yield {**record, "meta": meta, "doc_text": document["text"]}
