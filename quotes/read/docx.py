"""Word's .docx: paragraphs and the cells of tables in their order, without headers, footers and comments."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import Any
from zipfile import BadZipFile

from quotes.extras import need
from quotes.read.document import LARGEST, NO_TEXT, Document, Reading
from quotes.read.encoding import Unreadable
from quotes.read.source import Source, megabytes
from quotes.records import META

LARGEST_FILE = 200_000_000
"""Bytes."""


def read(source: Source, how: Reading) -> Iterator[Document]:
    """The file's text.

    Raises:
        Unreadable: it is too large, or no Word document.
        quotes.extras.MissingPackage: python-docx is not installed.
    """
    docx = need("docx", "docx")
    data = source.file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise Unreadable(f"larger than {megabytes(LARGEST_FILE)}")
    try:
        document = docx.Document(io.BytesIO(data))
        text = "\n\n".join(_paragraphs(document)) + "\n"
        meta = _meta(document.core_properties)
    except (BadZipFile, zlib.error, KeyError, ValueError) as error:
        raise Unreadable("no Word document (.docx), or a broken one") from error
    if len(text) > LARGEST:
        raise Unreadable(f"a text larger than {megabytes(LARGEST)}, too much for one; split it")
    yield Document(source.path, text, "" if text.strip() else NO_TEXT, meta, "docx")


def _paragraphs(container: Any) -> Iterator[str]:
    for item in container.iter_inner_content():
        if hasattr(item, "rows"):
            for row in item.rows:
                cells = dict.fromkeys(cell._tc for cell in row.cells)  # one that spans several columns comes once
                for cell in row.cells:
                    if cell._tc in cells:
                        del cells[cell._tc]
                        yield from _paragraphs(cell)
        elif item.text.strip():
            yield item.text.strip()


def _meta(told: Any) -> dict[str, Any] | None:
    meta: dict[str, Any] = dict.fromkeys(META)
    meta["title"] = told.title or None
    meta["author"] = told.author if told.author and told.author != "python-docx" else None
    meta["date"] = told.created.date().isoformat() if told.created else None
    return meta if any(meta.values()) else None
