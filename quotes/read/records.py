"""Records in: the JSON Lines that ``quotes extract`` writes."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from itertools import chain, pairwise
from typing import Any, cast

from quotes.read.document import LARGEST, STDIN, Failure
from quotes.read.jsonl import from_json
from quotes.records import (
    KEYS,
    PART_SEPARATOR,
    Claim,
    Copied,
    Cue,
    Kind,
    Quote,
    Record,
    Sign,
    Span,
    Speaker,
    adapter,
    completed,
    spans,
)

SURROGATE = re.compile(rb"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
"""In JSON: half a character beyond U+FFFF, or on its own what stands for nothing."""
OF_MORE_KEYS: Mapping[str, Kind] = {"cue": Cue, "claim.kinds": Sign, "claim.mapping": Copied}
"""The spans that have keys of their own."""
SQLITE = b"SQLite format 3\0"
"""How a database begins."""
LOOKED_AT = 20
"""Lines of a file that tell whether it holds records."""
AHEAD = 8_192
"""Bytes of standard input that do."""
A_RECORD = re.compile(rb'\s*\{.*"doc_id"\s*:', re.DOTALL)
LAST = 2**31 - 1
"""No text is longer."""


def records(path: str) -> Iterator[tuple[int, Record] | Failure]:
    """Read records one after the other; blank lines are passed over.

    Args:
        path: a file, or "-" for standard input.

    Yields:
        a line's number, counted from 1, and its record, as ``record`` gives it; or a Failure whose id is the path and
        the line, "quotes.jsonl:3", for a line that is none, and the path for what can't be read.
    """
    try:
        with nullcontext(sys.stdin.buffer) if path == STDIN else open(path, "rb") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    if text := line.decode("utf-8-sig" if number == 1 else "utf-8").strip():
                        yield number, record(from_json(text), text)
                except UnicodeDecodeError:
                    yield Failure(f"{path}:{number}", "not UTF-8", "jsonl")
                except ValueError as error:
                    yield Failure(f"{path}:{number}", str(error), "jsonl")
    except OSError as error:
        yield Failure(path, (error.strerror or str(error)).lower(), "jsonl")
    except ValueError as error:  # a NUL in the path
        yield Failure(path, str(error), "jsonl")


def valid(paths: Iterable[str], on_error: Callable[[str], None]) -> Iterator[Record]:
    """The records of several files; what is none goes to ``on_error``, a line for a reader."""
    for item in chain.from_iterable(map(records, paths)):
        if isinstance(item, Failure):
            on_error(f"{item.id}: {item.reason}")
        else:
            yield item[1]


def record(row: Any, text: str | None = None) -> Record:
    """Check a row of JSON and give it as a record with all keys.

    A record has the keys of ``quotes.Quote`` with values of their types, and no others; those may be missing that have
    a default there. Each span's text is as long as its offsets say, the parts of the content stand in order, and where
    the record holds its document's text, every span is found there.

    Args:
        row: what ``json.loads`` gives.
        text: the JSON that it was read from, if at hand.

    Raises:
        ValueError: it is no record; the message says why, in a line.
    """
    if not (isinstance(row, dict) and isinstance(row.get("doc_id"), str) and "speaker" in row):
        raise ValueError("not a record of quotes extract: expected an object with doc_id and speaker")
    _check_types(json.dumps(row) if text is None else text)
    found = cast("Record", _complete("", row, Quote))
    for where, value, kind in (("speaker.", found["speaker"], Speaker), ("claim.", found["claim"], Claim)):
        if value:
            _complete(where, value, kind)
    for key, span in spans(found):
        _complete(f"{key}.", span, OF_MORE_KEYS.get(key, Span))
    _check_offsets(found)
    return found


def is_database(path: str) -> bool:
    """Whether a path is a file of SQLite's and not one of records; pipes, which can be read only once, are none."""
    try:
        if not os.path.isfile(path):
            return False
        with open(path, "rb") as file:
            return file.read(len(SQLITE)) == SQLITE
    except (OSError, ValueError):
        return False


def holds_records(path: str) -> bool:
    """Whether a file, or standard input, holds records rather than texts, by its first lines."""
    if path == STDIN:
        return bool(A_RECORD.match(_ahead()))
    try:
        with open(path, "rb") as file:
            lines = (file.readline(LARGEST) for _ in range(LOOKED_AT))
            return any(A_RECORD.match(line) and _has_content(line) for line in lines)
    except (OSError, ValueError):
        return False


def _ahead() -> bytes:
    """What standard input begins with, which stays there to be read."""
    file: Any = sys.stdin.buffer
    if hasattr(file, "peek"):
        return bytes(file.peek())
    at = file.tell()
    ahead = bytes(file.read(AHEAD))
    file.seek(at)
    return ahead


def _has_content(line: bytes) -> bool:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(row, dict) and "doc_id" in row and ("content" in row or "speaker" in row)


def misplaced(record: Record, text: str) -> str | None:
    """Where in the record the first span stands that the text doesn't have at its offsets, if any does."""
    return next((key for key, span in spans(record) if text[span["start"] : span["end"]] != span["text"]), None)


def _check_types(text: str) -> None:
    from pydantic import ValidationError

    try:
        # lone surrogates, of which pydantic knows nothing, are a text's characters like all others
        adapter().validate_json(SURROGATE.sub(rb"\\ufffd", text.encode()), strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        if first["type"] in ("missing", "missing_argument"):
            raise ValueError(f"not a record of quotes extract: no key {where}") from None
        raise ValueError(f"{where}: {first['msg'][:1].lower()}{first['msg'][1:]}") from None


def _complete(where: str, value: Any, kind: Kind) -> Any:
    """Refuse keys that the kind doesn't have, and give those that are missing their values."""
    keys = KEYS[kind].keys()
    if value.keys() != keys:
        if unknown := value.keys() - keys:
            raise ValueError(f"unknown key {ascii(where + min(unknown))[1:-1]}: from a newer version of quotes?")
        value |= completed(kind, value)
    return value


def _check_offsets(row: Record) -> None:
    if not row["content"]:
        raise ValueError("content: no part")
    for where, span in spans(row):
        if not 0 <= span["start"] <= LAST or span["end"] - span["start"] != len(span["text"]):
            raise ValueError(f"{where}: offsets that don't fit a text of {len(span['text']):,} characters")
        if not span["text"].strip():
            raise ValueError(f"{where}: no words")
    if any(after["start"] < before["end"] for before, after in pairwise(row["content"])):
        raise ValueError("content: parts overlap, or are not in order")
    if row["text"] != PART_SEPARATOR.join(part["text"] for part in row["content"]):
        raise ValueError("text: not that of the parts of content")
    if not 0 <= row["paragraph"] <= LAST:
        raise ValueError("paragraph: no number of a paragraph")
    for where, sure in (("", row["confidence"]), ("speaker.", row["speaker"]["confidence"] if row["speaker"] else 0)):
        if not 0 <= sure <= 1:
            raise ValueError(f"{where}confidence: {sure} is not within 0 and 1")
    if (doc_text := row["doc_text"]) is not None and (wrong := misplaced(row, doc_text)):
        raise ValueError(f"{wrong}: doc_text has other words at these offsets")
