"""Finds the quotes of a text that somebody sent, in a process of its own, which is ended where that takes too long."""

from __future__ import annotations

import hashlib
import multiprocessing
import re
from collections.abc import Callable
from concurrent.futures import TimeoutError  # before Python 3.11 not the built-in one
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any

from quotes.extras import MissingPackage
from quotes.grammar.parse import ModelError
from quotes.records import Record

if TYPE_CHECKING:
    from quotes.extractor import Extractor

WAITING = 4
"""Texts that may wait for the process at a time, the one at work included."""
ENDING = re.compile(r"[^\w.]")
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
    topics: list[list[str]]
    """Those of each record."""
    meta: dict[str, Any]
    """What a page says of itself: title, author, date, url, outlet."""


Read = Callable[[str, bytes], Reading]
"""Takes a file's name and its bytes, in any format that holds one text; raises ReadingError."""


class Reader:
    """One process that holds the pipeline, loaded at once; a text at a time. Calling it is a ``Read``.

    Args:
        seconds: how long a text may take; loading the pipeline does not count.
    """

    def __init__(self, seconds: float) -> None:
        from pebble import ProcessPool

        self.seconds = seconds
        self.places = BoundedSemaphore(WAITING)
        # spawned, for a fork would copy locks that the server's threads hold
        self.pool = ProcessPool(max_workers=1, initializer=_load, context=multiprocessing.get_context("spawn"))
        self.pool.schedule(_read, args=("", b""))

    def __call__(self, name: str, data: bytes) -> Reading:
        from pebble import ProcessExpired

        if not self.places.acquire(blocking=False):
            raise Busy("Other texts are being read. Try again in a moment.")
        try:
            found: Reading = self.pool.schedule(_read, args=(name, data), timeout=self.seconds).result()
        except TimeoutError as error:
            raise ReadingError(f"Reading this took more than {self.seconds:g} seconds. Send it in parts.") from error
        except ProcessExpired as error:
            raise ReadingError("Reading this took more memory than there is. Send it in parts.") from error
        except (ModelError, MissingPackage) as error:
            raise ReadingError(f"This can't be read here: {error}") from error
        else:
            return found
        finally:
            self.places.release()

    def close(self) -> None:
        """End the process."""
        self.pool.stop()  # type: ignore[no-untyped-call]
        self.pool.join()


_extractor: Extractor | ModelError | None = None


def _load() -> None:
    """Load the pipeline, in the reader's process only."""
    global _extractor
    from quotes.extractor import Extractor

    try:
        _extractor = Extractor()
    except ModelError as error:
        _extractor = error


def _read(name: str, data: bytes) -> Reading:
    from quotes.extractor import find
    from quotes.store.topics import topics

    if isinstance(_extractor, ModelError):
        raise _extractor
    assert _extractor is not None
    text, meta = _text(name, data)
    doc_id = f"pasted-{hashlib.sha256(text.encode(errors='replace')).hexdigest()[:16]}"
    parse = next(_extractor.parser.pipe([text]))
    quotes = _extractor.wanted.of(find(parse, _extractor.settings, doc_id))
    records = [quote.to_dict() for quote in quotes]
    return Reading(doc_id, text, records, topics(parse, records), meta)


def _text(name: str, data: bytes) -> tuple[str, dict[str, Any]]:
    """The text of a file, and what it says of itself."""
    from quotes.read import Failure, documents

    with TemporaryDirectory() as folder:
        file = Path(folder, f"text{ENDING.sub('', ''.join(PurePath(name).suffixes[-2:]))}")
        file.write_bytes(data)
        found = list(islice(documents([str(file)]), 2))
    if len(found) != 1:
        raise ReadingError(f"{name} does not hold one text. Add files of many with quotes db add.")
    if isinstance(found[0], Failure):
        raise ReadingError(f"{name}: {found[0].reason}")
    return found[0].text, dict(found[0].meta or {})
