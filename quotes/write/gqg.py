"""GDELT's Global Quotation Graph, with what it lacks, the speakers: a line of JSON an article (see quotes.read.gqg)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from quotes.line import line, who
from quotes.records import FLAGS, Record
from quotes.write.quoted import Quoted, words

AROUND = 100
"""Characters before and after a quotation."""
MARKS = "\"'“”‘’„«»"
QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]+)[\"”“»]")
"""What stands in quotation marks in a content that is not in them as a whole."""


def article(document: Quoted) -> dict[str, Any]:
    """A document as a line: its quotations, those in quotation marks alone. Each has GDELT's own keys, ``pre`` and
    ``post`` empty where the text is not known, and behind them what was found: the record's ``id``, ``speaker`` (the
    name, or the words beside the quote), ``cue`` with its flags, ``confidence``, and all of it in one ``line``."""
    return {
        "date": words(document.meta.get("date")),
        "url": words(document.meta.get("url")) or document.id,
        "title": words(document.meta.get("title")),
        "lang": "ENGLISH",
        "quotes": [snippet for record in document.records for snippet in _snippets(record, document.text)],
    }


def _snippets(record: Record, text: str | None) -> Iterator[dict[str, Any]]:
    cue = record["cue"]
    found = {
        "id": record["id"],
        "speaker": who(record["speaker"]),
        "cue": cue["text"] if cue else None,
        **{flag: bool(cue and cue.get(flag)) for flag in FLAGS},
        "confidence": record["confidence"],
        "line": line(record, text),
    }
    for part in record["content"]:
        for start, end in _quotations(part["text"], record["type"] == "direct"):
            begin, stop = part["start"] + start, part["start"] + end
            pre, post = ("", "") if text is None else (text[max(begin - AROUND, 0) : begin], text[stop : stop + AROUND])
            quote = part["text"][start:end]
            # "“" and "”" belong to neither
            yield {"pre": pre.rstrip(MARKS), "quote": quote, "post": post.lstrip(MARKS), **found}


def _quotations(content: str, direct: bool) -> Iterator[tuple[int, int]]:
    """Where the words stand that are in quotation marks, without these."""
    if direct:
        start = len(content) - len(content.lstrip(MARKS))
        yield start, max(len(content.rstrip(MARKS)), start)
    else:
        yield from (match.span(1) for match in QUOTED.finditer(content))
