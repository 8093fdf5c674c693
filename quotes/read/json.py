"""JSON: an array of objects, or objects one after the other, over any number of lines."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any

from quotes.read.document import Document, Failure, Reading
from quotes.read.jsonl import DIGITS, RECORDS, is_record, wrong
from quotes.read.lines import decoded, mended
from quotes.read.rows import LARGEST_ROW, document
from quotes.read.source import Source

PIECE = 1 << 16
"""Characters that are read at once."""
BETWEEN = re.compile(r"[\s,]*")
NEAR = 16
"""Characters from the end of what is read so far in which an error may only mean that more is to come."""


def read(source: Source, how: Reading) -> Iterator[Document | Failure]:
    """The documents of the objects; what follows a broken one can't be told apart and is not read."""
    number = 0
    try:
        for number, (row, note) in enumerate(_values(source.file), 1):
            place = f"{source.path}#{number}"
            if number == 1 and is_record(row, how):
                yield Failure(source.path, RECORDS, "json")
                return
            yield document(row, how, place, place, "json", note)
    except RecursionError:
        yield _broken(source, number, "nested too deep")
    except json.JSONDecodeError as error:
        yield _broken(source, number, wrong(error))


def _broken(source: Source, number: int, why: str) -> Failure:
    return Failure(f"{source.path}#{number + 1}", f"broken JSON: {why}; the rest is not read", "json")


def _values(file: io.BufferedReader) -> Iterator[tuple[Any, str]]:
    """The items of an array, or several values that are no arrays, and a note; no more than one is held.

    Raises:
        json.JSONDecodeError: a value is broken, or larger than LARGEST_ROW; or an array does not end.
        RecursionError: it is nested too deep.
    """
    decoder = json.JSONDecoder()
    source = decoded(file)
    text = note = ""
    at, array, ended = 0, False, False
    while True:
        at = BETWEEN.match(text, at).end()  # type: ignore[union-attr]
        if text.startswith("]" if array else "[", at):
            array, at = not array, at + 1
            continue
        if at == len(text) and ended:
            if array:
                raise json.JSONDecodeError('Expecting "]" where the file ends', text, at)
            return
        try:
            value, end = decoder.raw_decode(text, at)
            if ended or end < len(text):  # else a number might go on
                yield value, note
                at = end
                continue
        except json.JSONDecodeError as error:
            if ended or len(text) - at > LARGEST_ROW or not _unfinished(error, len(text)):
                raise
        except ValueError as error:
            raise json.JSONDecodeError(DIGITS, text, at) from error
        more = source.read(max(PIECE, len(text) - at))
        ended = not more
        more, note = mended(more) if more else ("", note)
        text, at = text[at:] + more, 0


def _unfinished(error: json.JSONDecodeError, length: int) -> bool:
    """Whether more text may put an error right."""
    return error.msg.startswith("Unterminated string") or error.pos >= length - NEAR
