"""Inputs to their records as lines, whatever they hold: one that fails is told of, and the others go on."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import groupby
from typing import Any, Protocol

from quotes.claims import dated
from quotes.clean import UNPUNCTUATED, clean, is_unpunctuated
from quotes.read import Document, Failure
from quotes.read.document import in_a_line
from quotes.read.gqg import Snippets
from quotes.read.language import foreign
from quotes.records import Quote, Record

TIMEOUT = 120
"""Seconds that one document may take, unless told otherwise."""
BATCH_CHARACTERS = 50_000
"""About how much text is worked on at once, 8,000 words: what waits for its batch to fill is not seen yet, and what is
lost with a worker process is done again."""
PAGE_SHARE = 10
"""Of so many bytes of a web page about one is text."""
LEAST_CHARACTERS = 200
"""What a document counts at least, so that a batch of empty ones is full some time."""


class Unread(Protocol):
    """An input that is read where its quotes are found: a web page, say (``quotes.read.html.Page``)."""

    @property
    def id(self) -> str: ...
    @property
    def data(self) -> bytes: ...
    @property
    def reader(self) -> str: ...
    def document(self) -> Document | Failure:
        """Read it."""


@dataclass(frozen=True, slots=True)
class Recorded(Document):
    """A document whose quotes are known, and of which the topics are wanted."""

    contents: tuple[tuple[int, int], ...] = ()
    """Where the content of each quote begins and ends, in characters."""


Item = Document | Unread | Failure


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
    document: Document | None = None
    """With documents asked for: the document itself."""
    topics: Sequence[Sequence[str]] = ()
    """With topics asked for: those of each record, or of each of a Recorded's contents."""

    def records(self) -> list[Record]:
        """Its records."""
        return [json.loads(line) for line in self.lines.split("\n") if line]


class Lost(Failure):
    """An input at which the process that worked on it ended: it crashed, or took too long."""

    __slots__ = ()


Outcome = Done | Failure


class Unusable(ValueError):
    """Worker processes can't be started, can't extract as asked, or lack a package; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done with inputs, in this process or another."""

    options: Mapping[str, Any]
    """Of ``quotes.Extractor``."""
    keep_text: bool = False
    """Give each record its document's text, in ``doc_text``."""
    english_only: bool = False
    """Leave out texts in other languages."""
    timeout: float = TIMEOUT
    """Seconds that a worker process may take for one document; 0 is no limit."""
    documents: bool = False
    """Give each document back with what was found in it."""
    topics: bool = False
    """Find what each quote is about: see ``quotes.describe.topics``."""
    extractor: str = "quotes.extractor:Extractor"
    """What finds the quotes, "module:class"."""

    def work(self) -> Work:
        """Load the pipeline.

        Raises:
            ValueError: as ``quotes.Extractor``.
        """
        module, _, name = self.extractor.partition(":")
        with kept():
            if self.topics:
                import_module("quotes.describe.topics")  # now, as it takes as long as a text may
            return Work(getattr(import_module(module), name)(**self.options), self)


SELDOM = 20_000
"""How many objects must have been made since the garbage collector last walked, for it to walk again: at Python's own
700 or 2,000 it takes up to a tenth of the time, as a text is thousands of objects that live until it is done."""


@contextmanager
def kept() -> Iterator[None]:
    """What is made inside stays for good: the garbage collector, which would walk a pipeline's many objects over and
    over (a tenth of the time that one article takes), is told to leave them alone, and to walk SELDOM from then on."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(SELDOM, *gc.get_threshold()[1:])
        if was_on:
            gc.enable()


class Work:
    """Extracts in this process.

    Args:
        extractor: what finds the quotes.
        order: what to do with them.
    """

    def __init__(self, extractor: Any, order: Order | None = None) -> None:
        self.extractor, self.order = extractor, order or Order({})

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
            with kept():
                parser.renew()
        read = [item if isinstance(item, Document | Failure) else item.document() for item in items]
        done = {k: one for k, item in enumerate(read) if isinstance(item, Document) and (one := self._left_out(item))}
        documents = [item for k, item in enumerate(read) if isinstance(item, Document) and k not in done]
        found = self._found(documents)
        for k, item in enumerate(read):
            yield item if isinstance(item, Failure) else done.get(k) or next(found)

    def _left_out(self, document: Document) -> Done | None:
        """What is said of a document in another language, where only English is wanted or can be read; None for all
        others."""
        if isinstance(document, Snippets) and document.foreign:
            return Done(document.id, "", 0, 0, left_out=True)
        if not self.order.english_only or not (language := foreign(document.text, needed=True)):
            return None
        return Done(document.id, "", 0, len(document.text.split()), f"left out: looks {language}", True)

    def _found(self, documents: Sequence[Document]) -> Iterator[Outcome]:
        done = 0
        try:
            for outcome in self._extracted(documents):
                yield outcome
                done += 1
        except Exception:  # which of those that are left is it?
            yield from map(self._alone, documents[done:])

    def _alone(self, document: Document) -> Outcome:
        try:
            [outcome] = self._extracted([document])
            return outcome
        except Exception as error:
            return Failure(document.id, f"extraction failed ({in_a_line(error)})", document.reader)

    def _extracted(self, documents: Sequence[Document]) -> Iterator[Done]:
        for kind, some in groupby(documents, type):
            found = self._topics_alone if kind is Recorded else self._with_topics if self.order.topics else self._quotes
            yield from found(list(some))

    def _quotes(self, documents: Sequence[Document]) -> Iterator[Done]:
        found = self.extractor.pipe(((document.text, document.id) for document in documents), as_tuples=True)
        for (quotes, _), document in zip(found, documents, strict=True):
            yield self._done(document, [quote for quote in quotes if _asked(document, quote)])

    def _with_topics(self, documents: Sequence[Document]) -> Iterator[Done]:
        from quotes.describe.topics import topics

        pairs = ((document.text, document.id) for document in documents)
        for found, document in zip(self.extractor.searched(pairs), documents, strict=True):
            asked = [k for k, quote in enumerate(found.quotes()) if _asked(document, quote)]
            quotes, clean = ([every[k] for k in asked] for every in (found.quotes(), found.found))
            contents = ((quote.content[0].start, quote.content[-1].end) for quote in clean)
            yield self._done(document, quotes, topics(found.parse, contents))

    def _topics_alone(self, documents: Sequence[Any]) -> Iterator[Done]:
        from quotes.describe.topics import topics

        parses = self.extractor.parser.pipe(document.text for document in documents)
        for parse, document in zip(parses, documents, strict=True):
            yield self._done(document, [], topics(parse, document.contents))

    def _done(self, document: Document, quotes: Sequence[Quote], topics: Sequence[Sequence[str]] = ()) -> Done:
        order = self.order
        unsearched = not quotes and is_unpunctuated(clean(document.text).text)
        note = document.note or (UNPUNCTUATED if unsearched else "")
        if not note and (language := foreign(document.text)):
            note = f"looks {language}, and this reads English"
        return Done(
            id=document.id,
            lines="".join(f"{with_document(quote, document, order.keep_text).to_json()}\n" for quote in quotes),
            quotes=len(quotes),
            words=len(document.text.split()),
            note=note,
            document=document if order.documents else None,
            topics=topics,
        )


def _asked(document: Document, quote: Quote) -> bool:
    """Whether a quote is one of those that are asked for."""
    return not isinstance(document, Snippets) or document.asked([(part.start, part.end) for part in quote.content])


def with_document(quote: Quote, document: Document, keep_text: bool = False) -> Quote:
    """A quote with what is known of its document, and with its text if that is to be kept."""
    if document.meta is None and not keep_text:
        return quote
    meta = None if document.meta is None else dict(document.meta)
    claim = quote.claim and dated(quote.claim, (meta or {}).get("date"))
    return replace(quote, meta=meta, doc_text=document.text if keep_text else None, claim=claim)


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
