"""The journal of a run: how far it has come, kept beside its output as long as the run is unfinished.

A file of JSON Lines. Its first line tells what the run was asked; then comes a line for each input that is done, in
their order, written when all that the input gave is in the output:

    {"version": "0.1.0", "options": {"--act": "speech", …}}
    ["articles/a.txt", 5120, 0, 0]     its id; bytes of the output, bytes of the errors file, inputs failed so far

So what stands in the output beyond the last line's count is of an input that was not finished, and is cut off.

Where inputs come in no order, by Ray, each line has where its input stands too, its file and which it is of the file's:

    ["x17", 5120, 0, 0, "news.jsonl", 16]
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from quotes.run.work import Item

ENDING = ".progress"
"""What the journal's name has more than its output's."""


class CannotResume(ValueError):
    """The run is not the one that was stopped; the message says in what it differs."""


class Entry(NamedTuple):
    """An input that is done."""

    id: str
    output: int
    """Bytes of the output, up to its last record."""
    errors: int
    """Bytes of the errors file."""
    failed: int
    """Inputs that failed, up to this one."""
    file: str = ""
    number: int = 0
    """Its Place, where they come in no order."""


class Place(NamedTuple):
    """Where an input stands."""

    file: str
    """As it was named, or found in a folder."""
    number: int
    """Which of the file's inputs it is, from 0."""


Passed = dict[str, list[dict[int, str]]]
"""Inputs that are done: for each file, as often as it was named, the numbers of those of its inputs, with their ids."""


class Journal:
    """The journal of the run into an output; begin or resume it first.

    Args:
        output: the output's path.
    """

    def __init__(self, output: str) -> None:
        self.path = output + ENDING
        self.done = 0
        """Inputs that the runs before have done."""

    def exists(self) -> bool:
        """Whether there is an unfinished run."""
        return os.path.exists(self.path)

    def begin(self, options: Mapping[str, Any]) -> None:
        """Begin a run, forgetting the one before: altogether or not at all.

        Raises:
            OSError: it can't be written.
        """
        beside = f"{self.path}.new"
        with open(beside, "wb") as file:
            file.write(_line({"version": _version(), "options": _plain(options)}))
        os.replace(beside, self.path)
        self._open()

    def resume(self, options: Mapping[str, Any], output: int, errors: int) -> Entry:
        """Go on with a run that was stopped.

        Args:
            options: what is asked now, as JSON has it, and paths of files.
            output: the size of the output in bytes.
            errors: the size of the errors file.

        Returns:
            the last input all of which is in files of these sizes.

        Raises:
            CannotResume: something else was asked then.
            OSError: the journal can't be read or written.
        """
        last = Entry("", 0, 0, 0)
        with open(self.path, "rb") as file:
            self._compare(file.readline(), options)
            end = file.tell()
            for entry in _entries(file):
                if entry.output > output or entry.errors > errors:  # they never reached the disk
                    break
                last, end = entry, file.tell()
                self.done += 1
        os.truncate(self.path, end)
        self._open()
        return last

    def rest(self, items: Iterable[Item]) -> Iterator[Item]:
        """The inputs without those that are done.

        Raises:
            CannotResume: it were other inputs that are done.
        """
        items = iter(items)
        with open(self.path, "rb") as file:
            file.readline()
            for number, entry in enumerate(islice(_entries(file), self.done), 1):
                item = next(items, None)
                if item is None or item.id != entry.id:
                    now = f"{item.id!r} now" if item else "no more"
                    raise CannotResume(f"the inputs have changed: number {number:,} was {entry.id!r} and is {now}")
        yield from items

    def passed(self) -> Passed:
        """The inputs that the runs before have done, where they come in no order."""
        found: Passed = {}
        with open(self.path, "rb") as file:
            file.readline()
            for entry in islice(_entries(file), self.done):
                times = found.setdefault(entry.file, [])
                numbers = next((numbers for numbers in times if entry.number not in numbers), None)
                if numbers is None:  # a file that is named twice: which of the two it was is all one
                    times.append(numbers := {})
                numbers[entry.number] = entry.id
        return found

    def add(self, entry: Entry) -> None:
        """Note an input that is done.

        Raises:
            OSError: it can't be written.
        """
        write_all(self.file, _line(entry if entry.file else entry[:4]))

    def complete(self) -> None:
        """There is nothing to resume any more."""
        self.file.close()
        self.forget()

    def forget(self) -> None:
        """Whatever run there was, it can't be resumed."""
        with suppress(FileNotFoundError):
            os.remove(self.path)

    def _open(self) -> None:
        self.file: BinaryIO = open(self.path, "ab", buffering=0)  # noqa: SIM115

    def _compare(self, head: bytes, options: Mapping[str, Any]) -> None:
        try:
            then = json.loads(head)
            version, before = then["version"], dict(then["options"])
        except (ValueError, LookupError, TypeError) as error:
            raise CannotResume(f"{self.path} is no journal of a run") from error
        if version != _version():
            raise CannotResume(f"it was begun by quotes {version}")
        now = _plain(options)
        for name in (*now, *before):
            if now.get(name) != before.get(name):
                raise CannotResume(f"it was begun with other {name}")


def write_all(file: BinaryIO, data: bytes) -> None:
    """Write to a file that may take less at once, as unbuffered ones do, and let readers see it.

    Raises:
        OSError: what the file raises: a full disk, a closed pipe.
    """
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]
    file.flush()


def _entries(file: BinaryIO) -> Iterator[Entry]:
    """Up to a line that was not wholly written. (By readline, as ``tell`` counts what an iterator reads ahead.)"""
    while (line := file.readline()).endswith(b"\n"):
        try:
            yield Entry(*json.loads(line))
        except (ValueError, TypeError):
            return


def _plain(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options as JSON gives them back; a file is told by its content too."""
    plain: dict[str, Any] = json.loads(json.dumps(options, default=_file))
    return plain


def _file(path: Path) -> list[str]:
    return [str(path), hashlib.sha256(path.read_bytes()).hexdigest()]


def _line(row: Any) -> bytes:
    return f"{json.dumps(row)}\n".encode()


def _version() -> str:
    import quotes

    return quotes.__version__
