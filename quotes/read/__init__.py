"""Inputs to documents: files, folders and standard input; one file a format."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING

from quotes.extras import MissingPackage
from quotes.read.document import FORMATS, LARGEST, NO_TEXT, STDIN, Document, Failure, Reading, in_a_line
from quotes.read.formats import ending
from quotes.read.source import opened

if TYPE_CHECKING:
    from quotes.read.html import Page

__all__ = [
    "FORMATS",
    "LARGEST",
    "STDIN",
    "Document",
    "Failure",
    "Reading",
    "documents",
    "files",
    "inputs",
    "readable",
    "unread_in",
]

MODULES = {"tsv": "csv", "vtt": "transcript", "srt": "transcript"}
"""The modules that read formats of other names."""
DEFAULT = Reading()
PANIC = "PanicException"
"""What packages written in Rust raise where they are at their wits' end; it is no Exception."""


def documents(paths: Iterable[str], how: Reading = DEFAULT) -> Iterator[Document | Failure]:
    """Read inputs one after the other, each only when it is asked for, and none of them whole that holds several texts.

    Args:
        paths: files of any name, folders (searched to any depth for files with the ending of a format, in sorted
            order, without following symbolic links to folders), and "-" for standard input.
        how: which format they have, and which of their fields are what.

    Yields:
        the documents in their order, and a Failure for what can't be read; an input in which there is nothing gives a
        document without text. Never raises on what a path holds.

    Raises:
        quotes.extras.MissingPackage: a format needs a package that is not installed.
    """
    for item in inputs(paths, how):
        yield item if isinstance(item, Document | Failure) else item.document()


def inputs(paths: Iterable[str], how: Reading = DEFAULT) -> Iterator[Document | Failure | Page]:
    """As ``documents``, but web pages are given as they are, for finding the article takes some 20 ms: call
    ``document()`` of each, in any process."""
    for file in files(paths):
        if isinstance(file, Failure):
            yield file
        else:
            yield from _file(file, how)


def files(paths: Iterable[str]) -> Iterator[str | Failure]:
    """The files that ``documents`` reads, in its order, and a Failure for a folder that can't be searched or has none;
    each folder is searched as its files are asked for."""
    for path in paths:
        if path != STDIN and os.path.isdir(path):
            yield from _folder(path)
        else:
            yield path


def readable(name: str) -> bool:
    """Whether a file of this name is read where its folder is named."""
    return bool(ending(name))


def unread_in(path: str) -> list[tuple[str, int]]:
    """The endings of the files of a folder that are not read, in any depth, and how many have each, most first; those
    without an ending and hidden ones left out. Nothing for what is no folder."""
    endings = Counter(
        os.path.splitext(name)[1].lower()
        for _, folders, names in (os.walk(path) if path != STDIN and os.path.isdir(path) else ())
        for name in names
        if not readable(name) and not name.startswith(".")
    )
    del endings[""]
    return sorted(endings.items(), key=lambda item: (-item[1], item[0]))


def _folder(path: str) -> Iterator[str | Failure]:
    failures: list[Failure] = []
    found = 0
    for folder, folders, names in os.walk(path, onerror=lambda e: failures.append(_failure(e.filename, e))):
        folders.sort()
        for name in sorted(names):
            if readable(name):
                found += 1
                file = os.path.join(folder, name)
                pipe = os.path.exists(file) and not os.path.isfile(file)  # it might never end
                yield Failure(file, "no regular file") if pipe else file
    yield from failures
    if not found and not failures:
        yield Failure(path, "no file in this folder with the ending of a format, such as .txt, .html or .jsonl")


def _file(path: str, how: Reading) -> Iterator[Document | Failure | Page]:
    format = how.input_format or ending(path) or "text"
    given, failed = 0, False
    try:
        with opened(path, how) as source:
            format = source.format
            for item in import_module(f"quotes.read.{MODULES.get(format, format)}").read(source, how):
                failed |= isinstance(item, Failure)
                given += not isinstance(item, Failure)
                yield item
        if not (given or failed):
            yield Document(path, "", NO_TEXT, None, format)
    except MissingPackage:
        raise
    except BaseException as error:  # of any kind: formats are read by others' code, and the next input may be fine
        if not isinstance(error, Exception) and type(error).__name__ != PANIC:
            raise
        yield _failure(path, error, format, given)


def _failure(path: str, error: BaseException, format: str = "text", given: int = 0) -> Failure:
    if isinstance(error, OSError) and error.strerror:
        reason = error.strerror.lower()
    elif isinstance(error, OSError | ValueError) and str(error):  # ValueError: a NUL in the path, or broken bytes
        reason = str(error)
    else:
        reason = f"reading failed ({in_a_line(error)})"
    after = f" (after {given:,} text{'s' * (given > 1)})" if given else ""
    return Failure(path, reason + after, format)
