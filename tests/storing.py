"""What the tests of the database share: documents made of a sentence or two."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from quotes.read.records import record
from quotes.records import quote_id
from quotes.web import reading
from quotes.web.reading import Read

sqlite_only = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""Of a test of what only a file can be, or only SQLite does."""
TABLES = (
    *("documents", "other_ids", "speakers", "speaker_names", "groups", "quotes", "topics", "quote_topics"),
    *("verdicts", "found_speakers", "wire_keys", "changes", "removed"),
)
SAID = " said {}."


def said(
    who: str,
    what: str,
    doc_id: str = "a.txt",
    *,
    beside: str | None = None,
    kind: str = "person",
    by: str = "name",
    sure: float = 0.98,
    entity: str | None = "e1",
    id: str | None = None,
    date: str | None = None,
    outlet: str | None = None,
    before: str = "",
    keep_text: bool = True,
) -> dict[str, Any]:
    """The record of a document in which somebody says something: “What,” said beside (or who)."""
    beside = beside or who
    content = f"“{what},”"
    text = f"{before}{content}{SAID.format(beside)}"
    start, end = len(before), len(before) + len(content)
    cue = end + 1
    meta = {"title": None, "author": None, "date": date, "url": None, "outlet": outlet} if date or outlet else None
    return record(
        {
            "id": quote_id(doc_id, [(start, end)]),
            "doc_id": doc_id,
            "type": "direct",
            "act": "speech",
            "text": content,
            "content": [{"start": start, "end": end, "text": content}],
            "cue": {"start": cue, "end": cue + 4, "text": "said", "lemma": "say"},
            "speaker": {
                "mention": {"start": cue + 5, "end": cue + 5 + len(beside), "text": beside},
                "name": who,
                "kind": kind,
                "resolved_by": by,
                "entity": entity,
                "confidence": sure,
                "id": id,
            },
            "addressee": None,
            "confidence": 0.9,
            "rule": "left.said",
            "paragraph": 0,
            "meta": meta,
            "doc_text": text if keep_text else None,
        }
    )


def marked(source: str, lemma: str, rule: str = "complement.that", before: str = "", **flags: bool) -> dict[str, Any]:
    """The record of a sentence with its [speaker], its (cue) and its {content} marked, and the text before it."""
    plain, spans = before, {}
    for mark, words, rest in re.findall(r"([\[({])?([^\[\](){}]*)([\])}])?", source):
        if mark:
            spans[mark] = {"start": len(plain), "end": len(plain) + len(words), "text": words}
        plain += words if mark else words + rest
    content, speaker = spans["{"], spans.get("[")
    named = {"mention": speaker, "kind": "person", "resolved_by": "name", "confidence": 0.9}
    return record(
        {
            "id": quote_id("a.txt", [(content["start"], content["end"])]),
            "doc_id": "a.txt",
            "type": "indirect",
            "act": "speech",
            "text": content["text"],
            "content": [content],
            "cue": {**spans["("], "lemma": lemma, **flags},
            "speaker": {**named, "name": speaker["text"], "entity": speaker["text"]} if speaker else None,
            "addressee": None,
            "confidence": 0.9,
            "rule": rule,
            "paragraph": 0,
            "doc_text": plain,
        }
    )


def reading_here() -> Read:
    """Finds the quotes of what is sent to the desk, in the tests' own process."""
    work = reading.order(60).work()

    def read(name: str, data: bytes) -> reading.Reading:
        [outcome] = work.outcomes([reading.Sent(name, data)])
        return reading.reading(outcome)

    return read


def write(path: str | Path, records: Iterable[dict[str, Any]]) -> str:
    """A file of records."""
    Path(path).write_text("".join(f"{json.dumps(one)}\n" for one in records), encoding="utf-8")
    return str(path)
