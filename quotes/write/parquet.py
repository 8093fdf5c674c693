"""Parquet: one row a quote, nested as the record is; the columns are those of ``quotes.write.arrow``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from quotes.extras import need
from quotes.records import Record
from quotes.write.arrow import schema, table

ROWS = 10_000
"""Of a group: as many are in memory at a time."""


class Writer:
    """Writes records as one Parquet file, compressed with zstd.

    A context manager, at whose end the file is complete, and still open.

    Raises:
        quotes.extras.MissingPackage: pyarrow is not installed.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.out = need("pyarrow.parquet", "parquet").ParquetWriter(file, schema(), compression="zstd")
        self.group: list[Record] = []

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, error: object, *_: object) -> None:
        if error is None:
            self._flush()
        self.out.close()

    def write(self, records: Iterable[Record]) -> None:
        """Write some more records."""
        for record in records:
            self.group.append(record)
            if len(self.group) == ROWS:
                self._flush()

    def _flush(self) -> None:
        if self.group:
            self.out.write_table(table(self.group))
            self.group.clear()
