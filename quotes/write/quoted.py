"""Records to documents: the quotes of one text together, with the text, as the writers take them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import quote as percent

from quotes.read import STDIN, Document
from quotes.read import documents as read
from quotes.read.records import misplaced
from quotes.records import Record, encodable

REPLACEMENT = "\ufffd"
URL = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x1f]+", re.IGNORECASE)
NO_TEXT = "no text to mark the quotes in; extract with --keep-text"


class NothingToWriteError(ValueError):
    """There is no document, and the format can't say so."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A document with its quotes."""

    id: str
    records: list[Record]
    """As ``quotes.read.records`` gives them, at least one."""
    text: str | None = None
    """The text into which the offsets count."""
    reason: str = NO_TEXT
    """Where there is none: why."""

    @property
    def meta(self) -> Mapping[str, Any]:
        """What is known of the document."""
        return self.records[0]["meta"] or {}

    @property
    def iri(self) -> str:
        """Its address, or a reference made of its id: the path, relative to where the file of marks is."""
        for name in (self.meta.get("url"), self.id):
            if isinstance(name, str) and URL.fullmatch(name):
                return name
        return percent(re.sub("^/+", "/", self.id), safe="/-._~")  # "//a/b" would be b of the host a


def documents(records: Iterable[Record], texts: bool = True) -> Iterator[Quoted]:
    """Put the records of each document together.

    Lone surrogates, which are in no file of UTF-8, become U+FFFD; offsets stay right.

    Args:
        records: those of one document after one another, as extract writes them; a document whose records stand apart
            makes two.
        texts: whether to find texts: in the records (extract --keep-text), or else in the file that the document's id
            names, if there is one and it has the quotes where the records say.
    """
    for (doc_id, text), group in groupby(map(whole, records), lambda record: (record["doc_id"], record["doc_text"])):
        rows = list(group)
        if text is not None or not texts:
            yield Quoted(doc_id, rows, text)
        else:
            yield _from_file(doc_id, rows)


def whole(value: Any) -> Any:
    """A value of JSON whose strings hold no lone surrogate; a number beyond 64 bits becomes its digits."""
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, dict):
        return {whole(key): whole(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [whole(item) for item in value]
    return str(value) if isinstance(value, int) and value.bit_length() > 63 else value


def words(value: Any) -> str:
    """A value of a document's meta as words: "" for null, the items of a list after one another."""
    if isinstance(value, list | tuple):
        return ", ".join(map(words, value))
    return "" if value is None else str(value)


def _from_file(doc_id: str, rows: list[Record]) -> Quoted:
    try:
        if doc_id == STDIN or not os.path.isfile(doc_id):
            return Quoted(doc_id, rows)
    except ValueError:  # a NUL in the name
        return Quoted(doc_id, rows)
    found = next(iter(read([doc_id])))
    if not isinstance(found, Document) or found.id != doc_id:
        return Quoted(doc_id, rows)
    text = whole(found.text)
    if any(misplaced(row, text) for row in rows):
        return Quoted(doc_id, rows, reason="the file has other words there now; extract with --keep-text")
    return Quoted(doc_id, rows, text)
