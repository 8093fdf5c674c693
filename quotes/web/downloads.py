"""Lists of the desk as files: what a search found, a document's quotes, what is to be checked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from io import BytesIO
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query
from starlette.responses import Response

from quotes.records import Record
from quotes.store import Store
from quotes.store.records import checked_records
from quotes.store.search import RANKED
from quotes.web.dependencies import Db
from quotes.web.query import Asked, Queue, Row
from quotes.write import table
from quotes.write.quoted import whole

Form = Literal["csv", "json"]
router = APIRouter(include_in_schema=False)


@router.get("/search.{form}")
def search(db: Db, form: Form, asked: Annotated[Asked, Query()]) -> Response:
    """All that a search found, best first; what was said to be no quote is left out."""
    found = db.search(asked.search(RANKED, 0, corrected=True))
    return _file(form, "search", _records(db, found.rows))


@router.get("/check.{form}")
def check(db: Db, form: Form, asked: Annotated[Queue, Query()]) -> Response:
    """What is to be checked, in the order asked for."""
    found, _ = db.waiting(asked.waiting(RANKED, 0))
    return _file(form, "check", _records(db, found))


@router.get("/documents/{id}.{form}")
def document(db: Db, id: Row, form: Form) -> Response:
    """The quotes of a document as they are checked."""
    one = db.document(id)
    if one is None:
        raise HTTPException(404, "There is no such document.")
    return _file(form, f"document-{id}", checked_records(db, one))


def _records(db: Store, rows: Iterable[Mapping[str, Any]]) -> Iterator[Record]:
    """The records of quotes in a list, as they are checked, in its order."""

    @lru_cache(50)
    def of(document: int) -> dict[str, Record]:
        return {record["id"]: record for record in checked_records(db, db.document(document) or {})}

    for row in rows:
        if record := of(row["document"]).get(row["id"]):
            yield record


def _file(form: Form, name: str, records: Iterable[Record]) -> Response:
    if form == "csv":
        out = BytesIO()
        with table.Writer(out) as writer:
            writer.write(map(whole, records))
        data, kind = out.getvalue(), "text/csv; charset=utf-8"
    else:
        rows = [table.row(whole(record)) for record in records]
        data, kind = json.dumps(rows, ensure_ascii=False, indent=1).encode(), "application/json"
    return Response(data, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}.{form}"'})
