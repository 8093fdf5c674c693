"""Rows to documents: the fields of a row of JSON, CSV or Parquet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from math import isfinite
from typing import Any

from quotes.read.document import LARGEST, NO_TEXT, Document, Failure, Reading
from quotes.read.source import megabytes
from quotes.records import META

LARGEST_ROW = 50_000_000
"""Bytes of a row, all its fields together."""
SHOWN = 8
"""Names of fields that a message lists."""
RECORD = frozenset(("doc_id", "content", "cue", "speaker", "rule"))
"""What a record of ``quotes extract`` has and no article."""
MISSING = object()


def document(row: Any, how: Reading, place: str, own_id: str, reader: str, note: str = "") -> Document | Failure:
    """A row's document.

    Args:
        row: what the row holds; a mapping, or it is a failure.
        how: which fields hold what.
        place: where it stands, for a failure: "rows.jsonl:7".
        own_id: the document's id where the row has none.
        reader: the format.
        note: for the document.
    """
    if not isinstance(row, Mapping):
        return Failure(place, f"{kind(row)}, not an object with fields", reader)
    text = field(row, how.text_field)
    if text is MISSING:
        return Failure(place, no_field(how.text_field, row), reader)
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    if not isinstance(text, str):
        return Failure(place, f"the field {how.text_field!r} holds {kind(text)}, no text", reader)
    if len(text) > LARGEST:
        return Failure(place, f"a text larger than {megabytes(LARGEST)}, too much for one; split it", reader)
    given = field(row, how.id_field)
    if isinstance(given, (Mapping, list, bool)):
        return Failure(place, f"the field {how.id_field!r} holds {kind(given)}, no id", reader)
    doc_id = own_id if given is MISSING else name(given) or own_id
    return Document(doc_id, text, note or ("" if text.strip() else NO_TEXT), meta(row, how), reader)


def field(row: Mapping[str, Any], path: str) -> Any:
    """What a field holds, or MISSING; "article.body" is the field body of an object article, and "authors.0" the
    first of a list, unless a field has that whole name."""
    if path in row:
        return row[path]
    value: Any = row
    for part in path.split("."):
        if isinstance(value, Mapping) and part in value:
            value = value[part]
        elif isinstance(value, list) and part.isdecimal() and int(part) < len(value):
            value = value[int(part)]
        else:
            return MISSING
    return value


def no_field(path: str, names: Any) -> str:
    """Says that there is no such field, which there are, and what to do."""
    shown = [str(name) for name in names]
    there = ", ".join(shown[:SHOWN]) + (" …" if len(shown) > SHOWN else "")
    return f"no field {path!r}, only {there or 'none'}; name the right one with --text-field"


def kind(value: Any) -> str:
    """What a value is, in JSON's words."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, str):
        return "a string"
    if isinstance(value, Mapping):
        return "an object"
    return "a list" if isinstance(value, list) else "a number" if isinstance(value, (int, float)) else "another type"


def name(value: Any) -> str:
    """An id as a string, "" where there is none; a whole number that came as a fraction, as tables with gaps have
    them, as a whole one."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    value = plain(value)
    return "" if value is None else str(value)


def plain(value: Any) -> Any:
    """A value as JSON has it: no NaN, dates as ISO 8601, what it doesn't know as a string."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value if value is None or isinstance(value, (str, int)) else str(value)


def meta(row: Mapping[str, Any], how: Reading) -> dict[str, Any] | None:
    """What a row tells of its document, as ``Document.meta`` has it."""
    known = {key: field(row, how.meta_fields[key]) if key in how.meta_fields else row.get(key) for key in META}
    found = {key: _words(plain(value)) for key, value in known.items() if value is not MISSING}
    told: dict[str, Any] = dict.fromkeys(META) | found
    for path in how.keep_fields:
        value = field(row, path)
        told[path] = None if value is MISSING else plain(value)
    return told if how.keep_fields or any(value is not None for value in told.values()) else None


def _words(value: Any) -> str | None:
    """A string or a number as a string; null where there is none, or nothing in it, as in an empty cell."""
    words = str(value) if isinstance(value, (str, int, float)) else ""
    return words if words.strip() else None
