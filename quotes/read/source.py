"""Opens inputs: files and standard input, compressed or not, as streams of bytes that are never held whole."""

from __future__ import annotations

import io
import os
import stat
import sys
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from quotes.extras import need
from quotes.read.document import STDIN, Reading
from quotes.read.formats import detect

HEAD = 4096
"""Bytes by which the format is told."""
MAGIC = 10
"""Bytes by which the compression is told."""
BUFFER = 1 << 17
ZSTD_CHUNK = 2048
"""Compressed bytes that are expanded in one go: of a bomb, 64 MB."""
MAGICS = (
    (b"\x1f\x8b\x08", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    *((bytes([k]) + b"\x2a\x4d\x18", "zstd") for k in range(0x50, 0x60)),  # frames to be skipped
)
BZIP2 = (b"1AY&SY", b"\x17rE8P\x90")
"""What follows BZh and a digit, where it is no word of a text."""


if TYPE_CHECKING:
    BinaryFile = io.BufferedReader[Any]


class Broken(ValueError):
    """The bytes can't be read to their end; the message says why."""


@dataclass(frozen=True, slots=True)
class Source:
    """An input that is open."""

    path: str
    """As given."""
    format: str
    """One of ``quotes.read.document.FORMATS``."""
    file: BinaryFile
    """What it holds, expanded, from the beginning. Reading raises Broken, or OSError where the system can't read."""
    compression: str
    """gzip, bzip2, xz, zstd or ""."""
    seekable: BinaryIO | None
    """The file itself, still compressed; None where it can't be read at any place. Whoever reads this one (from the
    place that they seek) doesn't read the other."""


@contextmanager
def opened(path: str, how: Reading) -> Iterator[Source]:
    """Open an input and tell its format.

    Raises:
        OSError: it can't be opened or read.
        ValueError: a NUL in the path; Broken: it is broken from its beginning.
        quotes.extras.MissingPackage: it is compressed by zstd, and the extra "zstd" is not installed.
    """
    with ExitStack() as stack:
        raw = sys.stdin.buffer if path == STDIN else stack.enter_context(open(path, "rb"))
        start = _ahead(raw, MAGIC)
        compression = compression_of(start)
        plain = io.BufferedReader(Stream(raw, start), BUFFER)
        if compression:
            expanded, errors = _expanding(plain, compression)
            file = io.BufferedReader(Stream(expanded, b"", how.max_expanded, compression, errors), BUFFER)
        else:
            file = plain
        head = _ahead(file, HEAD)
        file = io.BufferedReader(Stream(file, head), BUFFER)
        seekable = raw if path != STDIN and stat.S_ISREG(os.fstat(raw.fileno()).st_mode) else None
        yield Source(path, how.input_format or detect(path, head), file, compression, seekable)


def compression_of(start: bytes) -> str:
    """How bytes that begin so are compressed: gzip, bzip2, xz, zstd or ""."""
    name = next((name for magic, name in MAGICS if start.startswith(magic)), "")
    return "" if name == "bzip2" and start[4:10] not in BZIP2 else name


class Stream(io.RawIOBase):
    """Bytes one after the other: what was read ahead, then the rest of a file.

    Args:
        file: anything with read1.
        ahead: what was read of it already.
        most: how many bytes it may give.
        compression: what it is expanded from, for messages.
        errors: what the file raises where it is broken.
    """

    def __init__(
        self,
        file: Any,
        ahead: bytes = b"",
        most: int | None = None,
        compression: str = "",
        errors: tuple[type[Exception], ...] = (),
    ) -> None:
        self._file, self._ahead, self._most, self._compression, self._errors = file, ahead, most, compression, errors
        self._given = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the beginning of a buffer; 0 at the end.

        Raises:
            Broken: the compressed bytes are no such, or end too early, or give too much.
        """
        size = len(buffer)
        if self._ahead:
            data, self._ahead = self._ahead[:size], self._ahead[size:]
        else:
            data = self._read(size)
        self._given += len(data)
        if self._most is not None and self._given > self._most:
            raise Broken(expands_to(self._most))
        buffer[: len(data)] = data
        return len(data)

    def tell(self) -> int:
        """How many bytes it has given."""
        return self._given

    def _read(self, size: int) -> bytes:
        try:
            data: bytes = self._file.read1(size)
            return data
        except EOFError as error:
            raise Broken(f"the {self._compression} data end too early; is the file complete?") from error
        except self._errors as error:
            raise Broken(f"broken {self._compression} data") from error
        except OSError as error:
            if self._compression == "bzip2" and error.errno is None:
                raise Broken("broken bzip2 data") from error
            raise


def expands_to(most: int) -> str:
    """Says that something expands to more."""
    return f"expands to more than {megabytes(most)}; if it is no bomb, allow more with --max-expanded"


def megabytes(count: int) -> str:
    """A number of bytes for a reader: "5 MB"."""
    unit, name = next(((u, n) for u, n in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")) if count >= u), (1, "bytes"))
    return f"{count / unit:g} {name}"


def _ahead(file: Any, size: int) -> bytes:
    """The first bytes, at least to the end of the first line that tells something if there are as many as wanted or
    fewer: blank lines and comments may stand before it."""
    ahead = b""
    while len(ahead) < size and not (len(ahead) >= MAGIC and _tells(ahead)):
        data = file.read1(size - len(ahead))
        if not data:
            break
        ahead += data
    return ahead


def _tells(start: bytes) -> bool:
    """Whether a whole line is there, and it is not the first of a comment or a declaration before a page."""
    start = start.removeprefix(BOM_UTF8).lstrip()
    return b"\n" in start and not start.startswith((b"<!--", b"<?xml"))


def _expanding(file: BinaryIO, compression: str) -> tuple[Any, tuple[type[Exception], ...]]:
    """A file that gives what another holds, expanded, and what it raises where that is broken."""
    if compression == "gzip":
        import gzip
        import zlib

        return gzip.GzipFile(fileobj=file, mode="rb"), (gzip.BadGzipFile, zlib.error)
    if compression == "bzip2":
        import bz2

        return bz2.BZ2File(file), ()  # it raises a mere OSError
    if compression == "xz":
        import lzma

        return lzma.LZMAFile(file), (lzma.LZMAError,)
    zstandard = need("zstandard", "zstd")
    return Zstd(file, zstandard.ZstdDecompressor()), (zstandard.ZstdError,)


class Zstd:
    """Expands the frames of a zstd file one after the other; unlike zstandard's own reader it tells where the last
    one is cut off."""

    def __init__(self, file: BinaryIO, decompressor: Any) -> None:
        self._file, self._decompressor = file, decompressor
        self._frame: Any = None
        self._expanded = memoryview(b"")
        self._rest = b""

    def read1(self, size: int) -> bytes:
        """The next bytes, b"" at the end.

        Raises:
            EOFError: the file ends within a frame.
        """
        while not self._expanded:
            data = self._rest or self._file.read(ZSTD_CHUNK)
            self._rest = b""
            if not data:
                if self._frame is not None:
                    raise EOFError
                return b""
            if self._frame is None:
                self._frame = self._decompressor.decompressobj()
            self._expanded = memoryview(self._frame.decompress(data))
            if self._frame.eof:
                self._rest, self._frame = self._frame.unused_data, None
        data = bytes(self._expanded[:size])
        self._expanded = self._expanded[size:]
        return data
