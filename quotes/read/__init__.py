"""Inputs to documents: files, folders and standard input; one file a format."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext

from quotes.read.document import FORMATS, LARGEST, STDIN, Document, Failure, Reading
from quotes.read.text import Unreadable, decode

__all__ = ["ENDING", "FORMATS", "LARGEST", "STDIN", "Document", "Failure", "Reading", "documents", "readable"]

ENDING = ".txt"
"""Of the files that are read where a folder is named."""
DEFAULT = Reading()


def documents(paths: Iterable[str], how: Reading = DEFAULT) -> Iterator[Document | Failure]:
    """Read inputs one after the other, each only when it is asked for.

    Args:
        paths: files of any name, folders (searched to any depth for \\*.txt, in sorted order, without
            following symbolic links to folders), and "-" for standard input.

    Yields:
        a Document a file, or a Failure for what can't be read; never raises on what a path holds.
    """
    for path in paths:
        if path != STDIN and os.path.isdir(path):
            yield from _folder(path)
        else:
            yield _file(path)


def readable(name: str) -> bool:
    """Whether a file of this name is read where its folder is named."""
    return name.lower().endswith(ENDING)


def _folder(path: str) -> Iterator[Document | Failure]:
    failures: list[Failure] = []
    found = 0
    for folder, folders, files in os.walk(path, onerror=lambda e: failures.append(_failure(e.filename, e))):
        folders.sort()
        for name in sorted(files):
            if readable(name):
                found += 1
                yield _file(os.path.join(folder, name))
    yield from failures
    if not found and not failures:
        yield Failure(path, f"no *{ENDING} file in this folder")


def _file(path: str) -> Document | Failure:
    try:
        with nullcontext(sys.stdin.buffer) if path == STDIN else open(path, "rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            return Failure(path, f"larger than {LARGEST // 10**6} MB, too much for one text; split it")
        return Document(path, *decode(data))
    except Unreadable as error:
        return Failure(path, str(error))
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        return _failure(path, error)


def _failure(path: str, error: Exception) -> Failure:
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return Failure(path, (reason or type(error).__name__).lower())
