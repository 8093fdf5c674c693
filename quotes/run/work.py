"""Inputs to their records as lines, whatever they hold: one that fails is told of, and the others go on."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from quotes.clean import UNPUNCTUATED, is_unpunctuated
from quotes.read import Document, Failure
from quotes.read.document import in_a_line
from quotes.read.language import foreign
from quotes.records import Quote

if TYPE_CHECKING:
    from quotes.read.html import Page

    Item = Document | Page | Failure

BATCH_CHARACTERS = 50_000
"""About how much text is worked on at once, 8,000 words: what waits for its batch to fill is not seen yet, and what is
lost with a worker process is done again."""
PAGE_SHARE = 10
"""Of so many bytes of a web page about one is text."""
LEAST_CHARACTERS = 200
"""What a document counts at least, so that a batch of empty ones is full some time."""


@dataclass(frozen=True, slots=True)
class Done:
    """A document that was searched for quotes."""

    id: str
    lines: str
    """Its records, a line of JSON each; "" where there are none."""
    quotes: int
    """How many they are."""
    words: int
    """Of its text, as parted by blanks."""
    note: str = ""
    """As ``Document.note``."""
    left_out: bool = False
    """Not searched, as it is in another language."""


Outcome = Done | Failure


class Unusable(ValueError):
    """Worker processes can't be started, can't extract as asked, or lack a package; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done with inputs, in this process or another."""

    options: Mapping[str, Any]
    """Of ``quotes.Extractor``."""
    keep_text: bool = False
    english_only: bool = False
    """Both as ``Work``'s."""
    timeout: float = 0
    """Seconds that a worker process may take for one document; 0 is no limit."""
    extractor: str = "quotes.extractor:Extractor"
    """What finds the quotes, "module:class"."""

    def work(self) -> Work:
        """Load the pipeline.

        Raises:
            ValueError: as ``quotes.Extractor``.
        """
        module, _, name = self.extractor.partition(":")
        with _kept():
            return Work(getattr(import_module(module), name)(**self.options), self.keep_text, self.english_only)


@contextmanager
def _kept() -> Iterator[None]:
    """What is made inside stays for good: the garbage collector, which would walk a pipeline's many objects over and
    over (a tenth of the time that one article takes), is told to leave them alone."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


class Work:
    """Extracts in this process.

    Args:
        extractor: what finds the quotes.
        keep_text: give each record the document's text, in ``doc_text``.
        english_only: don't search texts in other languages.
    """

    def __init__(self, extractor: Any, keep_text: bool = False, english_only: bool = False) -> None:
        self.extractor, self.keep_text, self.english_only = extractor, keep_text, english_only

    def outcomes(self, items: Iterable[Item]) -> Iterator[Outcome]:
        """What became of each item, in their order; holds a batch of them at a time.

        Raises:
            quotes.extras.MissingPackage: web pages need a package that is not installed.
        """
        for batch in batches(items):
            yield from self.of(batch)

    def of(self, items: Sequence[Item]) -> Iterator[Outcome]:
        """What became of each item, all of them parsed together; raises as ``outcomes``."""
        parser = getattr(self.extractor, "parser", None)
        if parser and parser.worn:
            gc.unfreeze()  # the old pipeline is not to stay for good
            with _kept():
                parser.renew()
        read = [item if isinstance(item, Document | Failure) else item.document() for item in items]
        done = {k: one for k, item in enumerate(read) if isinstance(item, Document) and (one := self._left_out(item))}
        documents = [item for k, item in enumerate(read) if isinstance(item, Document) and k not in done]
        found = self._found(documents)
        for k, item in enumerate(read):
            yield item if isinstance(item, Failure) else done.get(k) or next(found)

    def _left_out(self, document: Document) -> Done | None:
        """What is said of a document in another language, where only English is wanted; None for all others."""
        if not self.english_only or not (language := foreign(document.text, needed=True)):
            return None
        return Done(document.id, "", 0, len(document.text.split()), f"left out: looks {language}", True)

    def _found(self, documents: Sequence[Document]) -> Iterator[Outcome]:
        done = 0
        try:
            for quotes, document in self._extracted(documents):
                yield self._done(document, quotes)
                done += 1
        except Exception:  # which of those that are left is it?
            yield from map(self._alone, documents[done:])

    def _alone(self, document: Document) -> Outcome:
        try:
            [(quotes, _)] = self._extracted([document])
            return self._done(document, quotes)
        except Exception as error:
            return Failure(document.id, f"extraction failed ({in_a_line(error)})", document.reader)

    def _extracted(self, documents: Sequence[Document]) -> Iterator[tuple[list[Quote], Document]]:
        found = self.extractor.pipe(((document.text, document.id) for document in documents), as_tuples=True)
        for (quotes, _), document in zip(found, documents, strict=True):
            yield quotes, document

    def _done(self, document: Document, quotes: Sequence[Quote]) -> Done:
        lines = "".join(f"{with_document(quote, document, self.keep_text).to_json()}\n" for quote in quotes)
        note = document.note or (UNPUNCTUATED if is_unpunctuated(document.text) else "")
        if not note and (language := foreign(document.text)):
            note = f"looks {language}, and this reads English"
        return Done(document.id, lines, len(quotes), len(document.text.split()), note)


def with_document(quote: Quote, document: Document, keep_text: bool = False) -> Quote:
    """A quote with what is known of its document, and with its text if that is to be kept."""
    if document.meta is None and not keep_text:
        return quote
    meta = None if document.meta is None else dict(document.meta)
    return replace(quote, meta=meta, doc_text=document.text if keep_text else None)


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items in lists of about BATCH_CHARACTERS; a failure waits for nothing but what stands before it."""
    batch: list[Item] = []
    size = 0
    for item in items:
        batch.append(item)
        size += _size(item)
        if size >= BATCH_CHARACTERS or isinstance(batch[0], Failure):
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def weight(item: Item) -> int:
    """Characters of a document, bytes of a web page."""
    if isinstance(item, Failure):
        return 0
    return len(item.text) if isinstance(item, Document) else len(item.data)


def _size(item: Item) -> int:
    """About how many characters of text."""
    share = 1 if isinstance(item, Document) else PAGE_SHARE
    return max(weight(item) // share, LEAST_CHARACTERS)
