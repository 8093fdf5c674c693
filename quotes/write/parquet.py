"""Parquet: one row a quote, nested as the record is; the columns are those of ``quotes.write.arrow``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, BinaryIO

from quotes.extras import need
from quotes.write.arrow import schema, table

ROWS = 10_000
"""Of a group: as many are in memory at a time."""


def write(records: Iterable[Mapping[str, Any]], file: BinaryIO) -> None:
    """Write records as one Parquet file, compressed with zstd.

    Raises:
        quotes.extras.MissingPackage: pyarrow is not installed.
    """
    rows = iter(records)
    with need("pyarrow.parquet", "parquet").ParquetWriter(file, schema(), compression="zstd") as out:
        while group := list(islice(rows, ROWS)):
            out.write_table(table(group))
