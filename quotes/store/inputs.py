"""Files to documents with their quotes: records as they are, texts by extraction."""

from __future__ import annotations

import json
import re
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from quotes.read import LARGEST, STDIN, Document, Failure, documents
from quotes.read.records import records
from quotes.records import Record
from quotes.store.add import Incoming

if TYPE_CHECKING:
    from quotes.extractor import Extractor
    from quotes.grammar.parse import Parse, Parser

LOOKED_AT = 20
"""Lines of a file that tell whether it holds records."""
AHEAD = 8_192
"""Bytes of standard input that do."""
A_RECORD = re.compile(rb'\s*\{.*"doc_id"\s*:', re.DOTALL)
SEPARATOR = "\n\n"
Told = Callable[[str], None]
Known = Callable[[str, str], bool]


class Inputs:
    """Reads files; loads a model at the first text that it needs one for.

    Args:
        on_error: gets a line for each input, or part of one, that can't be read.
        on_note: gets a line for what a reader should know of a text: "old.txt: not UTF-8, read as cp1252".
        known: whether a document's id and text are in the database, so that it needn't be read again.
        topics: whether to look for topics; None: where the text is parsed anyway.
    """

    def __init__(self, on_error: Told, on_note: Told, known: Known, topics: bool | None = None) -> None:
        self.on_error, self.on_note, self.known, self.topics = on_error, on_note, known, topics
        self._extractor: Extractor | None = None

    def of(self, paths: Iterable[str]) -> Iterator[Incoming]:
        """The documents of files, each when it is asked for; texts that are known are passed over."""
        for path in paths:
            yield from self._records(path) if holds_records(path) else self._extracted(path)

    @property
    def extractor(self) -> Extractor:
        if self._extractor is None:
            from quotes.extractor import Extractor

            self._extractor = Extractor()
        return self._extractor

    def _records(self, path: str) -> Iterator[Incoming]:
        """Records of one document that stand one after the other are one addition."""

        def valid() -> Iterator[tuple[int, Record]]:
            for item in records(path):
                if isinstance(item, Failure):
                    self.on_error(f"{item.id}: {item.reason}")
                else:
                    yield item

        for doc_id, items in groupby(valid(), key=lambda item: item[1]["doc_id"]):
            lines = list(items)
            of = [record for _, record in lines]
            text = next((record["doc_text"] for record in of if record["doc_text"] is not None), None)
            meta = next((record["meta"] for record in of if record["meta"] is not None), None)
            incoming = Incoming(doc_id, text, meta, of, places=[f"{path}:{number}" for number, _ in lines])
            if self.topics:
                incoming.topics = of_records(incoming, self.extractor.parser)
            yield incoming

    def _extracted(self, path: str) -> Iterator[Incoming]:
        from quotes.extractor import find

        waiting: deque[Document] = deque()

        def texts() -> Iterator[str]:
            for item in documents([path]):
                if isinstance(item, Failure):
                    self.on_error(f"{item.id}: {item.reason}")
                elif not self.known(item.id, item.text):
                    if item.note:
                        self.on_note(f"{item.id}: {item.note}")
                    waiting.append(item)
                    yield item.text

        for parse in self._parses(texts()):
            read = waiting.popleft()
            found = self.extractor.wanted.of(find(parse, self.extractor.settings, read.id))
            of = [quote.to_dict() for quote in found]
            about = topics_of(parse, of) if self.topics is not False else ()
            yield Incoming(read.id, read.text, read.meta, of, about)

    def _parses(self, texts: Iterator[str]) -> Iterator[Parse]:
        """The parses of texts; nothing is loaded where there is no text."""
        for first in texts:
            yield from self.extractor.parser.pipe(_chained(first, texts))


def _chained(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def topics_of(parse: Parse, of: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """See ``quotes.store.topics.topics``."""
    from quotes.store.topics import topics

    return topics(parse, of)


def of_records(incoming: Incoming, parser: Parser) -> list[list[str]]:
    """The topics of a document's records: from its text, or without one from their own texts."""
    records = list(incoming.records)
    if incoming.text is not None:
        return topics_of(next(parser.pipe([incoming.text])), records)
    text, pseudo = "", []
    for record in records:
        end = len(text) + len(record["text"])
        pseudo.append({"content": [{"start": len(text), "end": end}]})
        text += record["text"] + SEPARATOR
    return topics_of(next(parser.pipe([text])), pseudo)


def holds_records(path: str) -> bool:
    """Whether a file, or standard input, holds records rather than texts, by its first lines."""
    if path == STDIN:
        return bool(A_RECORD.match(_ahead()))
    try:
        with open(path, "rb") as file:
            lines = (file.readline(LARGEST) for _ in range(LOOKED_AT))
            return any(A_RECORD.match(line) and _has_content(line) for line in lines)
    except (OSError, ValueError):
        return False


def _ahead() -> bytes:
    """What standard input begins with, which stays there to be read."""
    file: Any = sys.stdin.buffer
    if hasattr(file, "peek"):
        return bytes(file.peek())
    at = file.tell()
    ahead = bytes(file.read(AHEAD))
    file.seek(at)
    return ahead


def _has_content(line: bytes) -> bool:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(row, dict) and "doc_id" in row and ("content" in row or "speaker" in row)
