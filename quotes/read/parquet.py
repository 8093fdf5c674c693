"""Parquet: a document a row."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from quotes.extras import need
from quotes.read.document import Document, Failure, Reading, in_a_line
from quotes.read.rows import document, no_field
from quotes.read.source import Source
from quotes.records import META

ROWS = 64
"""Rows that are held at once."""


def read(source: Source, how: Reading) -> Iterator[Document | Failure]:
    """The documents of the rows; a group of rows that is broken is a failure, and the next is read.

    Raises:
        quotes.extras.MissingPackage: pyarrow is not installed.
        OSError, ValueError: the file is no Parquet.
    """
    parquet = need("pyarrow.parquet", "parquet")
    with ExitStack() as stack:
        if source.seekable and not source.compression:
            file: Any = source.seekable
            file.seek(0)
        else:
            file = stack.enter_context(tempfile.TemporaryFile())
            shutil.copyfileobj(source.file, file)
            file.seek(0)
        try:
            table = stack.enter_context(parquet.ParquetFile(file, buffer_size=1 << 20, pre_buffer=False))
        except ValueError as error:
            raise ValueError(f"no Parquet file, or a broken one ({_short(error)})") from error
        yield from _rows(table, source.path, how)


def _rows(table: Any, path: str, how: Reading) -> Iterator[Document | Failure]:
    schema = table.schema_arrow
    column = _column(how.text_field, schema.names)
    if column is None:
        yield Failure(path, no_field(how.text_field, schema.names), "parquet")
        return
    if wrong := _no_text(schema.field(column).type):
        yield Failure(path, f"the column {column!r} holds {wrong}, no text; name another with --text-field", "parquet")
        return
    named = (how.text_field, how.id_field, *how.keep_fields, *how.meta_fields.values(), *META)
    wanted = {_column(name, schema.names) for name in named}
    columns = [name for name in schema.names if name in wanted]
    number = 0
    for group in range(table.num_row_groups):
        last = number + table.metadata.row_group(group).num_rows
        try:
            for batch in table.iter_batches(ROWS, [group], columns, use_threads=False):
                for row in _dicts(batch):
                    number += 1
                    place = f"{path}#{number}"
                    if isinstance(row, UnicodeDecodeError):
                        yield Failure(place, "a string that is not UTF-8", "parquet")
                    elif isinstance(row, Exception):
                        yield Failure(place, f"a value that can't be read ({in_a_line(row)})", "parquet")
                    else:
                        yield document(row, how, place, place, "parquet")
        except (OSError, ValueError) as error:
            yield Failure(f"{path}#{number + 1}", f"broken from here to row {last} ({_short(error)})", "parquet")
        number = last


def _column(field: str, names: list[str]) -> str | None:
    """The column that a field is in."""
    first = field.partition(".")[0]
    return field if field in names else first if first in names else None


def _no_text(type: Any) -> str:
    """What a column of a type holds that can't be text, else ""."""
    types = need("pyarrow.types", "parquet")
    if types.is_dictionary(type):
        type = type.value_type
    nested = types.is_nested(type)
    text = types.is_string(type) or types.is_large_string(type) or types.is_binary(type) or types.is_large_binary(type)
    return "" if text or nested or types.is_null(type) or "view" in str(type) else str(type)


def _dicts(batch: Any) -> Iterator[dict[str, Any] | Exception]:
    """The rows of a batch, or what is wrong with them: text that is not UTF-8, a date beyond the year 9999 …"""
    try:
        yield from batch.to_pylist()
    except Exception:
        for k in range(batch.num_rows):
            try:
                yield batch.slice(k, 1).to_pylist()[0]
            except Exception as error:
                yield error


def _short(error: Exception) -> str:
    """The first sentence of pyarrow's message."""
    return str(error).partition("\n")[0].partition(". ")[0][:100]
