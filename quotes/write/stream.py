"""A stream of JSON Lines whose other end is a file of another format."""

from __future__ import annotations

import json
from io import BufferedWriter, RawIOBase
from typing import Any, BinaryIO

from quotes.write import parquet, table
from quotes.write.quoted import whole


class Rows:
    """A file to write records into, as whole lines of JSON, that writes them on as rows.

    A context manager, at whose end the other file is complete, and still open.

    Args:
        format: "csv" or "parquet".
        file: where the rows go.

    Raises:
        quotes.extras.MissingPackage: the format needs a package that is not installed.
    """

    def __init__(self, format: str, file: BinaryIO) -> None:
        self.buffer = BufferedWriter(file) if isinstance(file, RawIOBase) else None
        into: Any = self.buffer or file
        self.writer = table.Writer(into) if format == "csv" else parquet.Writer(into)

    def __enter__(self) -> Rows:
        return self

    def __exit__(self, *error: Any) -> None:
        self.writer.__exit__(*error)
        if self.buffer:
            self.buffer.detach()

    def write(self, lines: bytes | memoryview) -> int:
        """Write records; gives the number of bytes."""
        self.writer.write(whole(json.loads(line)) for line in bytes(lines).splitlines())
        return len(lines)

    def flush(self) -> None:
        """Nothing: rows of CSV are passed on as they come, and Parquet's groups only when they are full."""
