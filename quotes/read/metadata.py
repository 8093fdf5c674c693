"""A table of metadata beside texts: CSV with a row for each text that says its title, date, outlet …"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Mapping
from typing import Any

ID_COLUMNS = ("file", "path", "id", "doc_id")
"""The column that says of which text a row is: the first of these that there is."""
DELIMITERS = ",;\t"


class TableError(ValueError):
    """A table of metadata that can't be read; the message says why."""


class Table:
    """What is known of texts, and how many of them it knows.

    Args:
        path: CSV in UTF-8 whose first line names its columns. The column file (or path, id, doc_id) has a text's path,
            its path from the table's folder, its name or its id; the others are title, author, date, url, outlet and
            whatever else is to be kept. Empty cells tell nothing.

    Raises:
        TableError: it can't be read, has no such column, or two rows of one text.
    """

    def __init__(self, path: str) -> None:
        self.path, self.folder = path, os.path.normpath(os.path.dirname(path))
        self.rows = dict(_rows(path))
        self.used: set[str] = set()
        self.unknown = self.asked = 0

    def find(self, doc_id: str) -> Mapping[str, str]:
        """What is known of a document, by its id; nothing of one that has no row."""
        self.asked += 1
        path = os.path.normpath(doc_id)
        for name in (doc_id, path, os.path.relpath(path, self.folder), os.path.basename(path)):
            if name in self.rows:
                self.used.add(name)
                return self.rows[name]
        self.unknown += 1
        return {}

    def notes(self) -> Iterator[str]:
        """Texts without a row, and rows without a text, a line each."""
        if self.unknown:
            yield f"{self.unknown:,} of {self.asked:,} texts have no row in {self.path}"
        if unused := [name for name in self.rows if name not in self.used]:
            yield f"{len(unused):,} of {len(self.rows):,} rows of {self.path} are of no text that was read: {unused[0]}"


def _rows(path: str) -> Iterator[tuple[str, dict[str, str]]]:
    text = _text(path)
    head = text.partition("\n")[0]
    table = csv.DictReader(text.splitlines(keepends=True), delimiter=max(DELIMITERS, key=head.count), strict=True)
    lines: dict[str, int] = {}
    try:
        table.fieldnames = [(name or "").strip().lower() for name in table.fieldnames or ()]
        of = next((name for name in ID_COLUMNS if name in table.fieldnames), None)
        if of is None:
            raise TableError(f"{path}: no column file; the first line names the columns: file,title,date,outlet")
        for row in table:
            name = os.path.normpath(row[of].strip()) if (row[of] or "").strip() else ""
            if name in lines:
                raise TableError(f"{path}:{table.line_num}: a second row of {name}, after line {lines[name]}")
            if name:
                lines[name] = table.line_num
                yield name, {key: value.strip() for key, value in row.items() if key != of and _tells(key, value)}
    except csv.Error as error:
        raise TableError(f"{path}:{table.reader.line_num}: broken CSV: {error}") from error


def _tells(key: Any, value: Any) -> bool:
    """Whether a cell has a name and something in it."""
    return isinstance(key, str) and bool(key) and isinstance(value, str) and bool(value.strip())


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            return file.read()
    except UnicodeDecodeError as error:
        raise TableError(f"{path}: not UTF-8; save it as UTF-8") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise TableError(f"can't read {path}: {reason.lower()}") from error
