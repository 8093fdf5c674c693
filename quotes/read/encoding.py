"""Bytes to characters: what a text is encoded in, and what is none."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from contextlib import suppress

from quotes.read.document import NO_TEXT

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
ENGLISH = ["cp1252", "mac_roman", "utf_16_le", "utf_16_be"]
"""What English text comes in where it is not UTF-8. Left to guess among all, charset-normalizer takes the
cp1252 of a short text for cp1250, whose quotation marks are the same and whose pound sign is not."""
FILLED = bytes.maketrans(b"\x81\x8d\x8f\x90\x9d", b"?????")
"""The bytes that cp1252 lacks, one of which is in the UTF-8 of a closing quotation mark."""
BINARY = "a binary file, not plain text"
SIGNATURES = (b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"{\\rtf")
CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
MULTIBYTE = re.compile("[^\x00-\x7f\ufffd]")
MOST_CONTROL = 0.05
"""The share of control characters beyond which what decodes as text is none."""


class Unreadable(ValueError):
    """The bytes are no text; the message says why."""


def decode(data: bytes, declared: Iterable[str | None] = ()) -> tuple[str, str]:
    """The text that bytes hold, every character kept (line ends too) but a byte order mark.

    Args:
        data: a file's content.
        declared: encodings that it is said to have, likeliest first; what is UTF-8 is read as such nevertheless.

    Returns:
        the text, and a note where it was not plain UTF-8 or is empty, else "".

    Raises:
        Unreadable: the bytes are no text.
    """
    if data.startswith(SIGNATURES):
        raise Unreadable(BINARY)
    mark, encoding = next(((m, e) for m, e in BOMS if data.startswith(m)), (b"", "utf-8"))
    note = "" if encoding == "utf-8" else f"read as {encoding}"
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        text, note = _damaged(data) or _as_declared(data, declared) or _cut(data, error) or _guessed(data)
    if len(CONTROL.findall(text)) > MOST_CONTROL * len(text):
        raise Unreadable(BINARY)
    return text, note if text.strip() else NO_TEXT


def _as_declared(data: bytes, declared: Iterable[str | None]) -> tuple[str, str] | None:
    """The text in the first of the encodings that it can be in."""
    for name in declared:
        with suppress(LookupError, ValueError):  # unknown; no such text, or a NUL in the name
            encoding = codecs.lookup((name or "").strip().lower()).name
            if encoding not in ("utf-8", "ascii"):
                if encoding in ("iso8859-1", "cp1252"):  # the same to browsers
                    return _replaced(data, "cp1252", "read as cp1252")
                return data.decode(encoding), f"read as {encoding}"
    return None


def _damaged(data: bytes) -> tuple[str, str] | None:
    """UTF-8 but for some bytes, as where texts were joined; None where it looks otherwise."""
    with suppress(UnicodeDecodeError):
        return data.decode("utf-8", "surrogatepass"), "not quite UTF-8, it holds lone surrogates"
    text, note = _replaced(data, "utf-8", "broken UTF-8")
    return (text, note) if len(MULTIBYTE.findall(text)) > text.count("\ufffd") else None


def _cut(data: bytes, error: UnicodeDecodeError) -> tuple[str, str] | None:
    """UTF-8 that ends within a character; None where it is something else."""
    cut = error.reason == "unexpected end of data"
    return _replaced(data, "utf-8", "broken UTF-8") if cut else None


def _guessed(data: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes, is_binary

    if is_binary(data):
        raise Unreadable(BINARY)
    best = from_bytes(data, cp_isolation=ENGLISH).best()
    if best is None or best.percent_chaos:
        filled = from_bytes(data.translate(FILLED), cp_isolation=ENGLISH).best()
        if filled and filled.encoding == "cp1252":
            return _replaced(data, "cp1252", "not UTF-8, read as cp1252")
    if best is None:
        raise Unreadable(BINARY)
    return str(best), f"not UTF-8, read as {best.encoding}"


def _replaced(data: bytes, encoding: str, note: str) -> tuple[str, str]:
    """The text in an encoding, and the note with how many characters that has not."""
    text = data.decode(encoding, "replace")
    lost = text.count("\ufffd")
    return text, note + (f", {lost} character{'s' * (lost > 1)} replaced by \ufffd" if lost else "")
