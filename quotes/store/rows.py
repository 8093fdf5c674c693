"""Records to rows and back."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any, cast

from quotes.read.dates import Unclear, day
from quotes.records import FLAGS, META, PART_SEPARATOR, Quote, Record, SpanRecord, Speaker, completed, encodable

IN_COLUMNS = ("id", "doc_id", "type", "act", "text", "confidence", "rule", "meta", "doc_text")
"""Keys of a record that have a column of their own, here or in documents; of its cue all but the offsets have."""
AROUND = 200
"""Characters before and after a quote that are its context, besides what stands between its parts."""


def clean(text: str) -> str:
    """A text as the database can hold it, of the same length."""
    return encodable(text)


def listed(ids: Iterable[int | None]) -> str:
    """Numbers of rows as they stand in SQL after IN; none of them is none of the rows."""
    return ", ".join(str(id) for id in ids if id is not None) or "NULL"


def like(words: str) -> str:
    """Words as they stand in a pattern of LIKE with ESCAPE '!'."""
    return re.sub("[!%_]", r"!\g<0>", words)


def kinds(record: Mapping[str, Any]) -> str | None:
    """The kinds of a record's claim as the column claims has them."""
    return ", ".join(sign["kind"] for sign in (record.get("claim") or {}).get("kinds", ())) or None


def pack(record: Record) -> str:
    """What of a record stands in no column, as JSON without what is empty."""
    rest = {key: value for key, value in record.items() if key not in IN_COLUMNS}
    rest["content"] = [[part["start"], part["end"]] for part in record["content"]]
    if record["speaker"]:
        rest["speaker"] = _told(record["speaker"])
    if record["cue"]:
        rest["cue"] = [record["cue"]["start"], record["cue"]["end"]]
    return clean(json.dumps(_told(rest), ensure_ascii=False))


def _told(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is not empty."""
    return {key: value for key, value in values.items() if not (value is None or value is False or value == [])}


def cue_columns(cue: Mapping[str, Any] | None) -> dict[str, Any]:
    """The columns of a cue, whose flags may be missing where they don't hold."""
    told = cue or {}
    flags = {flag: int(told.get(flag, False)) for flag in FLAGS}
    return {"cue": cue and clean(cue["text"]), "cue_lemma": cue and clean(cue["lemma"]), **flags}


def unpack(row: Mapping[str, Any]) -> Record:
    """The record of a row of quotes that also has the column doc_id; its meta and doc_text are null."""
    found = json.loads(row["record"])
    found |= {"id": row["uid"], **{key: row[key] for key in IN_COLUMNS[1:-2]}}
    found["content"] = _parts(row["text"], found["content"])
    if "speaker" in found:
        found["speaker"] = completed(Speaker, found["speaker"])
    if "cue" in found:
        start, end = found["cue"]
        flags = {flag: bool(row[flag]) for flag in FLAGS}
        found["cue"] = {"start": start, "end": end, "text": row["cue"], "lemma": row["cue_lemma"], **flags}
    return cast("Record", completed(Quote, found))


def _parts(text: str, content: Sequence[Sequence[int]]) -> list[SpanRecord]:
    """The parts of a content from its text, in which they stand one after the other."""
    parts: list[SpanRecord] = []
    at = 0
    for start, end in content:
        parts.append({"start": start, "end": end, "text": text[at : at + end - start]})
        at += end - start + len(PART_SEPARATOR)
    return parts


def context(record: Record, text: str) -> str:
    """The text around a quote, without the quote."""
    content = record["content"]
    first, last = content[0]["start"], content[-1]["end"]
    before, after = text[max(0, first - AROUND) : first], text[last : last + AROUND]
    if first > AROUND:
        before = before.partition(" ")[2]
    if last + AROUND < len(text):
        after = after.rpartition(" ")[0]
    between = (text[a["end"] : b["start"]] for a, b in pairwise(content))
    return PART_SEPARATOR.join(" ".join(piece.split()) for piece in (before, *between, after))


def title(doc_id: str, text: str | None) -> str:
    """What a document without a title is called: by the headline of its text, else by its file's name."""
    from quotes.view import headline

    return (headline(text) if text else "") or PurePosixPath(doc_id.replace("\\", "/")).name or doc_id


def digest(text: str | None) -> str | None:
    """What tells a text from all others; None for one without words, which tells nothing."""
    return None if text is None or not text.strip() else hashlib.sha256(text.encode()).hexdigest()


def document(doc_id: str, text: str | None, meta: Mapping[str, Any] | None) -> dict[str, Any]:
    """The row of a document; a title that is unknown is its headline, a date that is none is null, and stays in
    meta."""
    known = {key: value for key, value in (meta or {}).items() if value is not None}
    own = {key: clean(str(known[key])) if key in known else None for key in META}
    rest = {key: value for key, value in known.items() if key not in META or key == "date"}
    return own | {
        "doc_id": doc_id,
        "title": own["title"] or title(doc_id, text),
        "date": _day(own["date"]),
        "meta": clean(json.dumps(rest, ensure_ascii=False)) if rest else None,
        "text": text,
        "hash": digest(text),
    }


def _day(written: str | None) -> str | None:
    """A date as YYYY-MM-DD; None for what is none, or may be two."""
    try:
        return day(written)
    except Unclear:
        return None
