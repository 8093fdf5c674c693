"""What is known of documents beside their texts: titles, authors, dates, outlets, addresses.

From fields of rows, or from a table beside the texts. What is missing or unclear is counted, to be said once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from quotes.read.dates import Order, Unclear, day
from quotes.read.document import Document, Failure, Reading
from quotes.read.html import Page
from quotes.read.metadata import Table
from quotes.records import META

FROM_ROWS = ("jsonl", "json", "csv", "tsv", "parquet", "gqg")
"""Formats whose documents have fields."""

Item = TypeVar("Item", bound="Document | Page | Failure")


class Told:
    """Completes what is known of documents.

    Args:
        how: how they are read.
        table: what is known of them beside the texts.
        dates: in which order dates in figures have day, month and year; all dates are then written as days,
            YYYY-MM-DD. Unless it is known they stay as they are.
        days: whether dates are to be days: those that can't be read, or may be two, are counted.
    """

    def __init__(
        self, how: Reading, table: Table | None = None, dates: Order | None = None, days: bool = False
    ) -> None:
        self.how, self.table, self.dates, self.days = how, table, dates, days or dates is not None
        self.from_rows = 0
        self.missing: Counter[str] = Counter()
        self.unclear: list[str] = []
        self.no_dates: list[str] = []

    def of(self, items: Iterable[Item]) -> Iterator[Item]:
        """The same documents, with what is known of them."""
        return map(self._item, items)

    def meta(self, doc_id: str, meta: Mapping[str, Any] | None) -> dict[str, Any] | None:
        """What is known of a document, given what its input tells of it."""
        known = {**(meta or {}), **(self.table.find(doc_id) if self.table else {})}
        if self.days and (written := known.get("date")):
            known["date"] = self._day(str(written))
        return {**dict.fromkeys(META), **known} if known else None

    def notes(self) -> Iterator[str]:
        """What was missing or unclear, a line each."""
        for key, name in self.how.meta_fields.items():
            if count := self.missing[key]:
                yield f"no {key} in {count:,} of {self.from_rows:,} rows: their field {name!r} is missing or empty"
        if self.table:
            yield from self.table.notes()
        if self.unclear:
            yield (
                f"dates that may be two days, such as {self.unclear[0]!r}, are none: {len(self.unclear):,}; say with "
                "--dates dmy that the day comes first, or with --dates mdy that the month does"
            )
        if self.no_dates:
            yield f"dates that can't be read, such as {self.no_dates[0]!r}: {len(self.no_dates):,}"

    def _item(self, item: Item) -> Item:
        if isinstance(item, Document):
            if item.reader in FROM_ROWS:
                self.from_rows += 1
                self.missing.update(key for key in self.how.meta_fields if not (item.meta or {}).get(key))
            return replace(item, meta=self.meta(item.id, item.meta))
        if isinstance(item, Page) and self.table:
            return replace(item, given=self.table.find(item.id))
        return item

    def _day(self, written: str) -> str:
        """A date as a day where its order is known and it is one, else as it is written."""
        try:
            found = day(written, self.dates)
        except Unclear:
            self.unclear.append(written)
            return written
        if found is None:
            self.no_dates.append(written)
        return found if found and self.dates else written
