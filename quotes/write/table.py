"""CSV: one row a quote, for spreadsheets.

A cell that a spreadsheet would take for a formula gets an apostrophe before it, as OWASP advises
(https://owasp.org/www-community/attacks/CSV_Injection): its words come from texts that anybody may have written.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from io import TextIOWrapper
from typing import Any, BinaryIO

from quotes.line import line
from quotes.records import CHECKED, FLAGS, META, Record, to_line
from quotes.write.around import sentence
from quotes.write.quoted import REPLACEMENT, words

COLUMNS = (
    *("id", "doc_id", "speaker", "speaker_description", "speaker_kind", "speaker_id", "speaker_confidence"),
    *("resolved_by", "entity", "members", "mention", "cue", "cue_lemma", *FLAGS),
    *("text", "type", "act", "confidence", "addressee", "medium", "when"),
    *META,
    *("fields", "paragraph", "start", "end", "parts", "cue_start", "cue_end", "mention_start", "mention_end"),
    *("rule", "parent", "content_of", "line", *CHECKED, "context"),
)
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Control characters but tab and line ends: readers of CSV stop at a NUL, and spreadsheets refuse the others."""


def row(record: Record) -> dict[str, Any]:
    """A record laid flat: the values of ``COLUMNS``.

    ``start`` and ``end`` are those of the whole content, ``parts`` the offsets of its parts, as in "0 10;24 30";
    ``fields`` is JSON of what ``meta`` holds beyond the columns that it has of its own, ``line`` all of it in one (see
    ``quotes.line``).
    ``verdict``, ``checked_by`` and ``checked_at`` tell of a quote of a database that somebody checked, ``context`` is
    the sentence around it, where the record has its document's text.
    """
    of = record["content_of"]
    content, meta = record["content"], dict(record["meta"] or {})
    cue: Mapping[str, Any] = record["cue"] or {}
    speaker: Mapping[str, Any] = record["speaker"] or {}
    mention = speaker.get("mention") or {}
    beside = {"addressee": record["addressee"], "medium": record["medium"], "when": record["when"]}
    own = {key: words(meta.pop(key, None)) or None for key in (*META, *CHECKED)}
    return own | {
        "id": record["id"],
        "doc_id": record["doc_id"],
        "speaker": speaker.get("name"),
        "speaker_description": speaker.get("description"),
        "speaker_kind": speaker.get("kind"),
        "speaker_id": speaker.get("id"),
        "speaker_confidence": speaker.get("confidence"),
        "resolved_by": speaker.get("resolved_by"),
        "entity": speaker.get("entity"),
        "members": "; ".join(speaker.get("members", ())) or None,
        "mention": mention.get("text"),
        "mention_start": mention.get("start"),
        "mention_end": mention.get("end"),
        "cue": cue.get("text"),
        "cue_lemma": cue.get("lemma"),
        "cue_start": cue.get("start"),
        "cue_end": cue.get("end"),
        **{flag: cue.get(flag) for flag in FLAGS},
        "text": record["text"],
        "type": record["type"],
        "act": record["act"],
        "confidence": record["confidence"],
        "rule": record["rule"],
        "paragraph": record["paragraph"],
        "parent": record["parent"],
        "content_of": of["text"] if isinstance(of, dict) else of,
        **{key: span and span["text"] for key, span in beside.items()},
        "start": content[0]["start"],
        "end": content[-1]["end"],
        "parts": ";".join(f"{part['start']} {part['end']}" for part in content),
        "fields": to_line(meta) if meta else None,
        "line": line(record),
        "context": None if record["doc_text"] is None else sentence(record, record["doc_text"]),
    }


class Writer:
    """Writes records as CSV in UTF-8, with a byte order mark, without which Excel shows â€œ for a quotation mark.

    A context manager, at whose end the file is complete, and still open.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.text = TextIOWrapper(file, "utf-8-sig", newline="", write_through=True)
        self.rows = csv.writer(self.text)
        self.rows.writerow(COLUMNS)

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self.text.detach()

    def write(self, records: Iterable[Record]) -> None:
        """Write some more records, without lone surrogates (see ``quotes.write.quoted.whole``)."""
        for record in records:
            flat = row(record)
            self.rows.writerow([cell(flat[name]) for name in COLUMNS])
        self.text.flush()


def cell(value: Any) -> str:
    """A value as a spreadsheet takes it for no formula; null is empty."""
    if isinstance(value, str):
        value = CONTROL.sub(REPLACEMENT, value)
        return f"'{value}" if FORMULA.match(value) else value
    return "" if value is None else str(value).lower() if isinstance(value, bool) else repr(value)
