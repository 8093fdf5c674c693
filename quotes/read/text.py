"""Plain text."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.read.document import LARGEST, Document, Reading
from quotes.read.encoding import Unreadable, decode
from quotes.read.source import Source


def read(source: Source, how: Reading) -> Iterator[Document]:
    """The file as it is."""
    text, note = whole(source)
    yield Document(source.path, text, note)


def whole(source: Source) -> tuple[str, str]:
    """A file's text and a note, see ``decode``.

    Raises:
        Unreadable: the bytes are no text, or more than one text should have.
    """
    data = source.file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Unreadable(f"larger than {LARGEST // 10**6} MB, too much for one text; split it")
    return decode(data)
