"""Finds the quotes of a text that somebody sent, by the engine of ``quotes extract`` (``quotes.run``)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore
from typing import Any

from quotes.decide.careful import is_installed
from quotes.read import Document, Failure, documents
from quotes.records import Record
from quotes.run import Lost, Order, Outcome, Pool, Unusable

WAITING = 4
"""Texts that may wait for the process at a time, the one at work included."""
NO_ENDING = re.compile(r"[^\w.]")
"""What is no part of a file's ending."""


class ReadingError(Exception):
    """A text's quotes were not found; the message says why, and what to do."""


class Busy(ReadingError):
    """Too many texts wait already."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text and its quotes, ready for ``Store.add_document``."""

    doc_id: str
    """Made from the text, so that the same text is the same document."""
    text: str
    records: list[Record]
    topics: Sequence[Sequence[str]]
    """Those of each record."""
    meta: Mapping[str, Any]
    """What a page says of itself: title, author, date, url, outlet."""


Read = Callable[[str, bytes], Reading]
"""Takes a file's name and its bytes, in any format that holds one text; raises ReadingError."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that somebody sent; it is read where its quotes are found, as it may hold anything."""

    id: str
    """Its name."""
    data: bytes
    reader: str = "text"

    def document(self) -> Document | Failure:
        """The one text in it, whose id is made from the text."""
        with TemporaryDirectory() as folder:
            file = Path(folder, f"text{NO_ENDING.sub('', ''.join(PurePath(self.id).suffixes[-2:]))}")
            file.write_bytes(self.data)
            found = list(islice(documents([str(file)]), 2))
        if len(found) != 1:
            return Failure(self.id, "it does not hold one text; add files of many with quotes db add")
        if isinstance(found[0], Failure):
            return replace(found[0], id=self.id)
        digest = hashlib.sha256(found[0].text.encode(errors="replace")).hexdigest()
        return replace(found[0], id=f"pasted-{digest[:16]}")


class Reader:
    """The engine with one process, which begins to load at once; a text at a time. Calling it is a ``Read``.

    Args:
        seconds: how long a text may take; loading the pipeline does not count.
    """

    def __init__(self, seconds: float) -> None:
        self.places = BoundedSemaphore(WAITING)
        self.pool = Pool(order(seconds), jobs=1)

    def __call__(self, name: str, data: bytes) -> Reading:
        if not self.places.acquire(blocking=False):
            raise Busy("Other texts are being read. Try again in a moment.")
        try:
            [outcome] = self.pool.outcomes([Sent(name, data)])
        except Unusable as error:
            raise ReadingError(f"This can't be read here: {error}") from error
        finally:
            self.places.release()
        return reading(outcome)

    def close(self) -> None:
        """End the process."""
        self.pool.close()


def order(seconds: float) -> Order:
    """What the engine is asked to do; a text may take so many seconds."""
    return Order({"careful": is_installed()}, timeout=seconds, documents=True, topics=True)


def reading(outcome: Outcome) -> Reading:
    """What became of a text that was sent.

    Raises:
        ReadingError: its quotes were not found.
    """
    if isinstance(outcome, Failure):
        raise ReadingError(f"{outcome.id}: {outcome.reason}." + " Send it in parts." * isinstance(outcome, Lost))
    assert outcome.document  # as ordered
    document = outcome.document
    return Reading(document.id, document.text, outcome.records(), outcome.topics, document.meta or {})
