"""What readers give: documents and failures; and how they are asked to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

STDIN = "-"
"""The path that stands for standard input."""
LARGEST = 5_000_000
"""Bytes of a text, about 850,000 words: more than that is no article, and takes more memory than a laptop has."""
MAX_EXPANDED = 20_000_000_000
"""Bytes that a compressed file may expand to, unless told otherwise."""
Format = Literal[
    "text", "markdown", "html", "jsonl", "json", "csv", "tsv", "parquet", "warc", "vtt", "srt", "pdf", "docx", "gqg"
]
FORMATS: tuple[Format, ...] = get_args(Format)
"""The names of the formats, as ``Reading.input_format`` takes them."""
NO_TEXT = "no text in it"
"""The note of a document without any."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text to extract from."""

    id: str
    """Of a file with one text the path as given (for a file found in a folder, the folder as given and the way from
    there); of a row its id field, or else path#N with N the row, counted from 1; of a web archive's page its
    address."""
    text: str
    note: str = ""
    """What a reader of the results should know: "not UTF-8, read as cp1252"."""
    meta: Mapping[str, Any] | None = None
    """title, author, date, url and outlet, each null where unknown, then the fields that ``Reading.keep_fields``
    names; null where the input tells nothing of the kind."""
    reader: str = "text"
    """The format that it was read as, one of ``FORMATS``."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An input, or a part of one, that gave no text."""

    id: str
    """The path, "path:N" for a line of it, "path#N" for a row, both counted from 1; of a web archive's page its
    address."""
    reason: str
    reader: str = "text"
    """The format that it was read as, one of ``FORMATS``."""


def in_a_line(error: BaseException) -> str:
    """An exception as a line: its kind and the first line of its message."""
    first = str(error).strip().partition("\n")[0]
    return f"{type(error).__name__}: {first}" if first else type(error).__name__


@dataclass(frozen=True, slots=True)
class Reading:
    """How inputs are to be read.

    Raises:
        ValueError: an unknown format.
    """

    input_format: Format | None = None
    """Read every input as this one of ``FORMATS``; None: by its ending, and by its content where there is none."""
    text_field: str = "text"
    """Of rows the field with the text; "article.body" is the field body of an object article."""
    id_field: str = "id"
    """Of rows the field with the id, the same way."""
    keep_fields: tuple[str, ...] = ()
    """Fields of rows to keep in ``Document.meta``, the same way, under these names."""
    max_expanded: int = MAX_EXPANDED
    """Bytes that a compressed file may expand to."""
    meta_fields: Mapping[str, str] = field(default_factory=dict)
    """Of title, author, date, url and outlet those that stand in fields of other names, the same way: {"title":
    "headline"}."""

    def __post_init__(self) -> None:
        if self.input_format not in (None, *FORMATS):
            raise ValueError(f"no input format {self.input_format!r}, only {', '.join(FORMATS)}")
