"""Tables as text, the first line with the names of the columns: CSV, with commas, semicolons or tabs, and TSV."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain

from quotes.read.document import LARGEST, Document, Failure, Reading
from quotes.read.lines import lines, mended
from quotes.read.rows import LARGEST_ROW, document, no_field
from quotes.read.source import Source, megabytes

DELIMITERS = ",;\t|"
"""Tried in this order: the first that makes a column of the name that is looked for."""
FOR_EXCEL = re.compile(r"sep=.\s*$", re.I)
"""A first line that some programs write, for Excel only."""
HUGE = f"a field or line larger than {megabytes(LARGEST)}; is a quotation mark not closed?"
NUL = "NUL characters replaced by \ufffd"

Row = list[str] | ValueError


def read(source: Source, how: Reading) -> Iterator[Document | Failure]:
    """The documents of the rows; a broken row is a failure of its own.

    Raises:
        ValueError: the row of names is broken.
    """
    rest = Lines(source)
    head = next((line for line in rest if not line.isspace() and not FOR_EXCEL.match(line)), "")
    if source.format == "tsv":
        columns = _names(csv.reader([head], delimiter="\t"))
        rows = _tabbed(rest, len(columns))
    else:
        by = (one for one in DELIMITERS if how.text_field in _names(csv.reader([head], delimiter=one)))
        rows = csv.reader(chain([head], rest), delimiter=next(by, DELIMITERS[0]), strict=True)
        columns = _names(rows)
    if head and how.text_field not in columns:
        yield Failure(source.path, no_field(how.text_field, columns), source.format)
        return
    for number, (line, row, note) in enumerate(_tried(rows, rest), 1):
        place = f"{source.path}:{line}"
        try:
            fields = _fields(row, columns)
            _, mending = mended(fields.get(how.text_field, ""))
        except ValueError as error:
            yield Failure(place, str(error), source.format)
        else:
            if mending:
                fields = {name: mended(value)[0] for name, value in fields.items()}
            note = "; ".join(filter(None, (mending, note)))
            yield document(fields, how, place, f"{source.path}#{number}", source.format, note)


class Lines:
    """The lines of a table, with what is wrong with those since ``begin``."""

    def __init__(self, source: Source) -> None:
        self._lines = lines(source.file, LARGEST_ROW, newline="")
        self._again: deque[str] = deque()
        self.number = 0
        self.huge = self.nul = False

    def begin(self) -> int:
        """Forget what was wrong; the number of the line that comes next, from 1."""
        self.huge = self.nul = False
        return self.number + 1

    def __iter__(self) -> Lines:
        return self

    def back(self, ahead: list[str]) -> None:
        """Take lines back that were read ahead."""
        self._again.extendleft(reversed(ahead))
        self.number -= len(ahead)

    def __next__(self) -> str:
        if self._again:
            self.number += 1
            return self._again.popleft()
        self.number, line, whole = next(self._lines)
        self.huge |= not whole
        if "\0" in line:  # Python 3.10's csv can't read it
            self.nul = True
            line = line.replace("\0", "\ufffd")
        return line


def _names(rows: Iterator[list[str]]) -> list[str]:
    """The names of the columns, which the first row has.

    Raises:
        ValueError: it is broken.
    """
    try:
        with _large_fields():
            return [name.strip() for name in next(rows, [])]
    except csv.Error as error:
        raise ValueError(f"the names of the columns are broken: {_reason(str(error))}") from error


def _tried(rows: Iterator[list[str]], rest: Lines) -> Iterator[tuple[int, Row, str]]:
    """Each row that is not blank, or what is wrong with it, with the line on which it begins and a note."""
    while True:
        begin = rest.begin()
        row: Row
        try:
            with _large_fields():
                row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            row = ValueError(_reason(str(error)))
        if rest.huge:
            row = ValueError(HUGE)
        if isinstance(row, ValueError) or row:
            yield begin, row, NUL if rest.nul else ""


@contextmanager
def _large_fields() -> Iterator[None]:
    """Let fields be as large as a text may be. The limit is the whole process's, so it is as it was at all other times,
    for the program that we are a part of."""
    before = csv.field_size_limit(LARGEST)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _reason(message: str) -> str:
    if "field limit" in message:
        return HUGE
    if "expected after" in message:
        return 'a quotation mark within a field is not doubled ("")'
    if "end of data" in message:
        return "the file ends within a field; is a quotation mark not closed?"
    return message


def _tabbed(rest: Lines, columns: int) -> Iterator[list[str]]:
    """Rows of TSV. Some programs put fields in quotation marks, with those within doubled, and some put none: a field
    that begins with one is taken for quoted only where the whole row can be."""
    for line in rest:
        row = line.rstrip("\r\n").split("\t")
        if any(field.startswith('"') for field in row):
            ahead = _ahead(row[-1], rest)
            try:
                [quoted] = csv.reader([line, *ahead], delimiter="\t", strict=True)
            except (csv.Error, ValueError):  # ValueError: several rows
                quoted = []
            if len(quoted) == columns:
                row = quoted
            else:
                rest.back(ahead)
        yield row if any(row) else []


def _ahead(field: str, rest: Lines) -> list[str]:
    """The lines over which the last field of a row may go on: to a quotation mark, and no tab before it."""
    ahead: list[str] = []
    size = 0
    while _opens(field) and size < LARGEST and (line := next(rest, "")):
        ahead.append(line)
        size += len(line)
        first, *others = line.rstrip("\r\n").split("\t")
        if first.count('"') % 2:
            field = others[-1] if others else ""
        elif others:
            break
    return ahead


def _opens(field: str) -> bool:
    """Whether a field may begin a quotation that goes on in the next line."""
    return field.startswith('"') and field.count('"') % 2 == 1


def _fields(row: Row, columns: list[str]) -> dict[str, str]:
    """A row's fields by name.

    Raises:
        ValueError: the row is broken.
    """
    if isinstance(row, ValueError):
        raise row
    if len(row) > len(columns):
        raise ValueError(f"{len(row)} fields, but {len(columns)} columns; a delimiter outside quotation marks?")
    return dict(zip(columns, row, strict=False))
