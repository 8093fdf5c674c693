"""Quotes as a data frame, with the columns that CSV and Parquet have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from quotes.extras import need
from quotes.records import Quote, Record
from quotes.write.table import COLUMNS, row

Library = Literal["pandas", "polars"]


def frame(quotes: Iterable[Quote | Record], library: Library = "pandas") -> Any:
    """A row a quote, in the columns of ``quotes export --format csv`` (docs/exports.md); dates are ISO strings as in
    meta.

    Args:
        quotes: quotes or records, also of several texts.
        library: whose DataFrame to make.

    Raises:
        TypeError: what is given is no collection of quotes.
        ValueError: there is no such library.
        quotes.extras.MissingPackage: a ValueError: it is not installed.
    """
    if library not in ("pandas", "polars"):
        raise ValueError(f"no library {library!r}, only pandas, polars")
    if isinstance(quotes, str | bytes | Quote | Mapping) or not isinstance(quotes, Iterable):
        raise TypeError(f"frame takes quotes, not {_a(quotes)}: frame(quotes.extract(text))")
    rows = [row(_record(item)) for item in quotes]
    made: Any = need(library, library).DataFrame
    columns = {name: [one[name] for one in rows] for name in COLUMNS}
    return made(columns)


def _record(item: Any) -> Record:
    if isinstance(item, Quote):
        return item.to_dict()
    if isinstance(item, Mapping):
        return Quote.from_dict(item).to_dict()
    raise TypeError(f"frame takes quotes, and among them is {_a(item)}; for several texts chain their lists")


def _a(value: object) -> str:
    return f"a {type(value).__name__}"
