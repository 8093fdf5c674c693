"""JSON Lines: a document a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from quotes.read.document import Document, Failure, Reading
from quotes.read.lines import lines, mended
from quotes.read.rows import LARGEST_ROW, RECORD, document
from quotes.read.source import Source, megabytes

TOO_LONG = f"a line longer than {megabytes(LARGEST_ROW)}"
DIGITS = "a number of too many digits"
RECORDS = "holds what quotes extract wrote, not the texts that it read"


def read(source: Source, how: Reading) -> Iterator[Document | Failure]:
    """The documents of the lines; a broken line is a failure of its own, a blank one is nothing."""
    first = True
    for number, line, whole in lines(source.file, LARGEST_ROW):
        place = f"{source.path}:{number}"
        if not whole:
            yield Failure(place, TOO_LONG, "jsonl")
        elif not line.isspace():
            try:
                line, note = mended(line)
                row = from_json(line)
            except ValueError as error:
                yield Failure(place, str(error), "jsonl")
            else:
                if first and is_record(row, how):
                    yield Failure(source.path, RECORDS, "jsonl")
                    return
                yield document(row, how, place, f"{source.path}#{number}", "jsonl", note)
            first = False


def from_json(text: str) -> Any:
    """What JSON says.

    Raises:
        ValueError: it is broken; the message says where.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"broken JSON: {wrong(error)} at column {error.colno}") from error
    except RecursionError as error:
        raise ValueError("broken JSON: nested too deep") from error
    except ValueError as error:
        raise ValueError(f"broken JSON: {DIGITS}") from error


def wrong(error: json.JSONDecodeError) -> str:
    """What is wrong, for a sentence that goes on."""
    return error.msg.removesuffix(" at").removesuffix(" starting")


def is_record(row: Any, how: Reading) -> bool:
    """Whether a row is a record of ``quotes extract``, and the text of such was not asked for."""
    return isinstance(row, dict) and row.keys() >= RECORD and how.text_field == "text"
