"""Web archives: WARC, as CC-NEWS has it; the pages of its responses."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from quotes.extras import need
from quotes.read.document import Failure, Reading
from quotes.read.formats import detect
from quotes.read.html import LARGEST_PAGE, TOO_LARGE, Page
from quotes.read.source import HEAD, MAGIC, Broken, Source, expands_to

if TYPE_CHECKING:
    from quotes.read.source import BinaryFile

PAGES = ("text/html", "application/xhtml+xml")
STARTS = {"": re.compile(rb"(?<=\n)WARC/\d"), "gzip": re.compile(rb"\x1f\x8b\x08")}
"""What a record begins with, in files in which the next one can be found after a broken one."""
PIECE = 1 << 20
MOST_TRIES = 1000
"""Places in a row where no record begins after all, before the rest is given up."""


def read(source: Source, how: Reading) -> Iterator[Failure | Page]:
    """The pages of the archive, in their order, under their addresses; a broken record is a failure, and reading goes
    on with the next.

    Raises:
        quotes.extras.MissingPackage: fastwarc is not installed.
        Broken: it is compressed and expands to more than is allowed.
    """
    expanded = 0
    for item in _records(source):
        if isinstance(item, Failure):
            yield item
        else:
            record, block = item
            expanded += record.content_length
            if source.compression and expanded > how.max_expanded:
                raise Broken(expands_to(how.max_expanded))
            yield from _page(record, block, source.path)


def _records(source: Source) -> Iterator[tuple[Any, bytes] | Failure]:
    """The records of whatever type, each with its block where that is a response, up to one byte more than a page has;
    and a Failure for each stretch that is no record."""
    warc = need("fastwarc.warc", "warc")
    start = STARTS.get(source.compression) if source.seekable else None
    stream = Pieces(source.file)
    file: Any = source.seekable if start else stream
    begin, fruitless, after = 0, 0, "its beginning"
    while True:
        if start:
            file.seek(begin)
        last, length, before, cut = begin, 0, after, False
        try:
            for record in warc.ArchiveIterator(file, parse_http=False):
                before, last, length, fruitless = after, max(last, record.stream_pos), record.content_length, 0
                after = record.headers.get("WARC-Target-URI") or after
                response = record.record_type == warc.WarcRecordType.response
                block = record.reader.read(min(length, LARGEST_PAGE + 1)) if response else b""
                cut = 0 < len(block) < min(length, LARGEST_PAGE + 1)
                yield record, block
            whole = _whole(file, last, length, source.compression) if start else stream.last in (b"", b"\n")
            if not (cut or whole):
                yield Failure(source.path, f"the archive ends in the middle of a record, after {before}", "warc")
            return
        except OSError:
            fruitless += 1
            found = _next(file, start, last + 1) if start and fruitless <= MOST_TRIES else None
            if fruitless == 1 or found is None:
                rest = "" if found is not None else "; the rest is not read"
                yield Failure(source.path, f"a broken record, after {after}{rest}", "warc")
            if found is None:
                return
            begin = found


class Pieces:
    """An archive that can be read in one go only. What is asked for comes in pieces, so that none is lost where the
    next can't be read."""

    def __init__(self, file: BinaryFile) -> None:
        self._file = file
        self.last = b""
        """The last byte read so far: a line end behind each record."""

    def read(self, size: int) -> bytes:
        """Up to so many bytes, b"" at the end; raises as ``Source.file``."""
        data = self._file.read1(size)
        self.last = data[-1:] or self.last
        return data

    def tell(self) -> int:
        """How many bytes it has given."""
        return self._file.tell()


def _whole(file: BinaryIO, last: int, length: int, compression: str) -> bool:
    """Whether an archive ends with its last record, which fastwarc doesn't tell.

    Args:
        file: the archive.
        last: where its last record begins.
        length: how many bytes that has after its header.
        compression: gzip or "".
    """
    file.seek(last)
    if compression:
        if not STARTS[compression].match(file.read(MAGIC)):
            last = 0  # it is compressed in one, not a record at a time
        file.seek(last)
        try:
            with gzip.GzipFile(fileobj=file) as rest:
                while rest.read(PIECE):
                    pass
        except (OSError, EOFError, zlib.error):
            return False
        return True
    header = file.read(PIECE).partition(b"\r\n\r\n")[0]
    file.seek(last + len(header) + 4 + length)
    return not file.read(PIECE).strip()


def _next(file: BinaryIO, start: re.Pattern[bytes], at: int) -> int | None:
    """Where the next record may begin, from a byte on."""
    file.seek(at - 1)
    data, at = b"", at - 1
    while piece := file.read(PIECE):
        data += piece
        if match := start.search(data, 1):
            return at + match.start()
        at += max(0, len(data) - 8)
        data = data[-8:]
    return None


def _page(record: Any, block: bytes, path: str) -> Iterator[Failure | Page]:
    """The page of a record, if it has one."""
    address = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    if not record.headers.get("WARC-Type"):
        yield Failure(path, "a broken record", "warc")
    elif not block or not address or not record.is_http:
        return
    elif len(block) > LARGEST_PAGE:
        yield Failure(address, TOO_LARGE, "warc")
    elif len(block) < record.content_length:
        yield Failure(address, "the archive ends in the middle of the page", "warc")
    else:
        yield from _response(record, address, block)


def _response(record: Any, address: str, block: bytes) -> Iterator[Failure | Page]:
    try:
        response, page, wrong = _decoded(block)
        if response.http_headers is None or response.http_headers.status_code is None:
            raise ValueError("no HTTP status")
    except (OSError, ValueError) as error:
        yield Failure(address, f"a broken response ({error})", "warc")
        return
    kind = (response.http_content_type or "").strip().lower()
    is_page = detect("", page[:HEAD]) == "html"
    if response.http_headers.status_code // 100 != 2 or (kind and kind not in PAGES):
        return
    if wrong and not is_page:
        yield Failure(address, f"a broken response ({wrong})", "warc")
    elif kind or is_page:
        date = record.record_date
        meta = {"url": address, "date": date.date().isoformat() if date else None}
        charset = (response.http_charset or "").strip("\"' ")
        yield Page(address, page, charset, meta, "warc")


def _decoded(block: bytes) -> tuple[Any, bytes, str]:
    """A response, its body put together and expanded as its headers say, and ""; or the body as it is, and what is
    wrong: some archives put bodies together and expand them, but keep these headers.

    Raises:
        OSError, ValueError: it is no response.
    """
    try:
        return *_parsed(block, "all"), ""
    except (OSError, ValueError) as error:
        return *_parsed(block, "none"), str(error)


def _parsed(block: bytes, decode: str) -> tuple[Any, bytes]:
    response = need("fastwarc.warc", "warc").WarcRecord()  # of its own: the archive's iterator survives no error in it
    response.is_http = True
    response.set_bytes_content(block)
    response.parse_http(auto_decode=decode)
    return response, response.reader.read(LARGEST_PAGE + 1)
