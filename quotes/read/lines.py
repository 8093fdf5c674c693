"""Lines of files of any size, one after the other."""

from __future__ import annotations

import io
from collections.abc import Iterator

from quotes.read.encoding import BOMS, decode


def decoded(file: io.BufferedReader, newline: str = "\n") -> io.TextIOWrapper:
    """A file as text: UTF-8, or what its byte order mark says, which is left out.

    Bytes that are not UTF-8 become lone surrogates (see ``mended``). newline is ``open``'s.
    """
    start = file.peek(4)
    mark, encoding = next(((m, e) for m, e in BOMS if start.startswith(m)), (b"", "utf-8"))
    file.read(len(mark))
    return io.TextIOWrapper(file, encoding, "surrogateescape" if encoding == "utf-8" else "replace", newline)


def lines(file: io.BufferedReader, longest: int, newline: str = "\n") -> Iterator[tuple[int, str, bool]]:
    """Read lines.

    Args:
        file: see ``decoded``.
        longest: how many characters of a line are given; what follows them is passed over.
        newline: where lines end, as ``open`` has it.

    Yields:
        each line's number from 1, the line with its end, and whether it is whole.
    """
    text = decoded(file, newline)
    number = 0
    while line := text.readline(longest):
        number += 1
        rest = line
        while len(rest) >= longest and rest[-1] not in "\r\n":
            rest = text.readline(longest)
        yield number, line, rest is line


def mended(text: str) -> tuple[str, str]:
    """A text that holds undecodable bytes as lone surrogates, and a note on it.

    Raises:
        quotes.read.encoding.Unreadable: the bytes are no text.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return decode(text.encode("utf-8", "surrogateescape"))
    return text, ""
