"""JSON that is one long list, written item by item."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

from quotes.records import to_line


def write(items: Iterable[dict[str, Any]], file: BinaryIO, head: str = "[", tail: str = "]") -> None:
    """Write ``head``, the items, each on a line of its own, and ``tail``.

    "</" is written "<\\/", which is the same in JSON, so that no text ends a script element that the file is put in.
    """
    file.write(head.encode())
    for number, item in enumerate(items):
        file.write(f"{',' if number else ''}\n{to_line(item)}".replace("</", "<\\/").encode())
    file.write(f"\n{tail}\n".encode())
