"""Records as Arrow tables: the columns of Parquet files and of Ray datasets.

A column's type is made from the record's own, so that tables fit together that hold nothing in a column. Only
``meta``, whose fields differ from input to input, and ``content_of``, an id or a span, are columns of JSON text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin, get_type_hints

from quotes.extras import need
from quotes.records import Quote, to_line
from quotes.write.quoted import whole

if TYPE_CHECKING:
    import pyarrow as pa

JSON = ("meta", "content_of")
PLAIN = {str: "string", int: "int64", float: "float64", bool: "bool_"}


@cache
def schema() -> pa.Schema:
    """The columns of a record, in its order.

    Raises:
        quotes.extras.MissingPackage: pyarrow is not installed.
    """
    return need("pyarrow", "parquet").schema(list(_type(Quote)))


def table(records: Iterable[Mapping[str, Any]], columns: pa.Schema | None = None) -> pa.Table:
    """Records as a table; lone surrogates, which Arrow can't hold, are replaced by U+FFFD.

    Args:
        records: as ``Quote.to_dict`` gives them.
        columns: None takes ``schema()``; a record's missing keys are null.

    Raises:
        quotes.extras.MissingPackage: pyarrow is not installed.
    """
    pa = need("pyarrow", "parquet")
    rows = [{**record, **{key: _json(record.get(key)) for key in JSON}} for record in records]
    try:
        return pa.Table.from_pylist(rows, schema=columns or schema())
    except UnicodeEncodeError:
        return pa.Table.from_pylist(whole(rows), schema=columns or schema())


def record(row: Mapping[str, Any]) -> dict[str, Any]:
    """The record that a row of such a table (as ``to_pylist`` gives it) was made from."""
    return {**row, **{key: json.loads(row[key]) if row.get(key) else None for key in JSON}}


def _type(hint: Any) -> Any:
    """The Arrow type of a type hint."""
    pa = need("pyarrow", "parquet")
    inside = [part for part in get_args(hint) if part not in (NoneType, ...)]
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return pa.struct([(field.name, _type(hints[field.name])) for field in fields(hint)])
    if get_origin(hint) is tuple:
        return pa.list_(_type(inside[0]))
    if get_origin(hint) in (Literal, dict):
        return pa.string()
    return _type(inside[0]) if inside else getattr(pa, PLAIN[hint])()


def _json(value: Any) -> str | None:
    return None if value is None else to_line(value)
