"""JSON Lines: a record a line, in UTF-8."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from quotes.records import Quote


def write(quotes: Iterable[Quote], file: BinaryIO) -> None:
    """Write the quotes of one document and flush them, so that a reader at the other end sees them at once.

    Raises:
        OSError: what the file's write raises: a full disk, a closed pipe.
    """
    file.write("".join(f"{quote.to_json()}\n" for quote in quotes).encode())
    file.flush()
