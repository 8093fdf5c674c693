"""Where outcomes go: records to a file or a stream, failures to another. A file can be taken up again where a run into
it was stopped: the journal beside it tells how far that was."""

from __future__ import annotations

import json
import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from quotes.read import Failure
from quotes.run.journal import CannotResume, Entry, Journal, Passed, Place, write_all
from quotes.write.beside import beside

if TYPE_CHECKING:
    from quotes.run.work import Item, Outcome

STDOUT = "-"
Mode = Literal["resumable", "streamed", "whole"]
"""How a file of records is written: as outcomes come, with a journal or without one; or beside its place, which it
takes when it is complete."""
SYNC_SECONDS = 5
"""As often what is written is made to reach the disk, output first: a power cut costs no more."""


class Refused(ValueError):
    """The output can't be written as asked; the message says why, and what to do."""


class Output:
    """Streams for records and failures.

    Args:
        records: gets the lines of each document as soon as it is done.
        errors: gets a line for each failure: id, reader, reason.
    """

    resumable = False
    """Whether the run can be taken up again where it is stopped."""

    def __init__(self, records: BinaryIO, errors: BinaryIO | None = None) -> None:
        self.records, self.errors = records, errors
        self.failed = 0
        """Inputs that failed, in the runs before too."""
        self.done = 0
        """Inputs that the runs before have done."""

    def rest(self, items: Iterable[Item]) -> Iterator[Item]:
        """The inputs that are still to be done."""
        yield from items

    def passed(self) -> Passed:
        """The inputs that are done, where they come in no order."""
        return {}

    def write(self, outcome: Outcome) -> None:
        """Write what became of an input.

        Raises:
            OSError: it can't be written.
        """
        if isinstance(outcome, Failure):
            self.failed += 1
            if self.errors:
                row = {"id": outcome.id, "reader": outcome.reader, "reason": outcome.reason}
                write_all(self.errors, f"{json.dumps(row)}\n".encode())
        elif outcome.lines:
            write_all(self.records, outcome.lines.encode())

    def note(self, outcome: Outcome, place: Place | None = None) -> None:
        """The input is done, and need not be done again. Where they come in no order, its place must be told."""

    def complete(self) -> None:
        """All inputs are done."""


class ResumableOutput(Output):
    """Files for records and failures, with the journal of the run into them."""

    resumable = True

    def __init__(self, records: BinaryIO, errors: BinaryIO | None, journal: Journal, last: Entry) -> None:
        super().__init__(records, errors)
        self.journal, self.failed, self.done = journal, last.failed, journal.done
        self.synced = time.monotonic()

    def rest(self, items: Iterable[Item]) -> Iterator[Item]:
        """The inputs that are still to be done.

        Raises:
            Refused: the run was begun with other inputs.
        """
        try:
            yield from self.journal.rest(items)
        except CannotResume as error:
            raise _refused(self.journal, error) from error

    def passed(self) -> Passed:
        """The inputs that are done, where they come in no order."""
        return self.journal.passed()

    def note(self, outcome: Outcome, place: Place | None = None) -> None:
        """The input is done, and need not be done again. Where they come in no order, its place must be told.

        Raises:
            OSError: the journal can't be written.
        """
        self.journal.add(Entry(outcome.id, _size(self.records), _size(self.errors), self.failed, *(place or ())))
        if time.monotonic() - self.synced > SYNC_SECONDS:
            self._sync()
            os.fsync(self.journal.file.fileno())

    def complete(self) -> None:
        """All inputs are done, so there is nothing to take up any more."""
        self._sync()
        self.journal.complete()

    def _sync(self) -> None:
        for file in (self.records, self.errors):
            if file and _is_regular(file):
                os.fsync(file.fileno())
        self.synced = time.monotonic()


def open_output(
    stack: ExitStack,
    path: str,
    errors: str | None,
    options: Mapping[str, Any],
    *,
    resume: bool = False,
    force: bool = False,
    mode: Mode = "resumable",
) -> Output:
    """Open a file for the records of a run, and perhaps another for its failures.

    Args:
        stack: closes them.
        path: the file for the records; "-" is standard output. That, and a device or a pipe, is streamed.
        errors: the one for the failures, over which it is written.
        options: what the run is asked, by names for a reader; to be resumed it must be asked the same.
        resume: go on with a run that was stopped.
        force: write over a file that is not empty.
        mode: see Mode.

    Raises:
        Refused: a file can't be opened; another run is writing it; that of the records is not empty, and neither
            resume nor force are asked; or the run can't be resumed.
        OSError: the journal can't be written.
    """
    with ExitStack() as opened:  # closed as failed where it is refused
        output = _opened(opened, path, errors, options, resume, force, mode)
        stack.enter_context(opened.pop_all())
        return output


def _opened(
    stack: ExitStack, path: str, errors: str | None, options: Mapping[str, Any], resume: bool, force: bool, mode: Mode
) -> Output:
    log = stack.enter_context(open_file(errors)) if errors else None
    if path == STDOUT:
        _cut(log, 0)
        return Output(sys.stdout.buffer, log)
    try:  # before the file itself is opened, so that it is closed when the other takes its place
        complete = stack.enter_context(beside(path)) if mode == "whole" else None
    except (OSError, ValueError) as error:
        raise _unwritable(path, error) from error
    records = stack.enter_context(open_file(path))
    if not _is_regular(records):
        _cut(log, 0)
        return Output(records, log)
    journal, last = Journal(path), Entry("", 0, 0, 0)
    if resume and journal.exists():
        try:
            last = journal.resume(options, _size(records), _size(log))
        except CannotResume as error:
            raise _refused(journal, error) from error
    elif _size(records) and not force:
        raise Refused(f"{path} {_in_the_way(journal, resume)}")
    elif mode == "resumable":
        journal.begin(options)
    else:
        journal.forget()
    _cut(log, last.errors)
    if complete:
        stack.callback(_remove_empty, path)
        return Output(complete, log)
    _cut(records, last.output)
    return ResumableOutput(records, log, journal, last) if mode == "resumable" else Output(records, log)


@contextmanager
def open_file(path: str) -> Iterator[BinaryIO]:
    """A file to write, unbuffered, with what is in it; if it is a regular one, locked for this process.

    Raises:
        Refused: it can't be opened, or another run has it.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
    except (OSError, ValueError) as error:
        raise _unwritable(path, error) from error
    with open(descriptor, "wb", buffering=0) as file:
        if _is_regular(file) and not _lock(descriptor):
            raise Refused(f"another run is writing {path}")
        yield file


def _lock(descriptor: int) -> bool:
    """Lock a file for as long as it is open, however this process ends; False where another has locked it. True too
    where the file system knows no locks."""
    from filelock import lock_descriptor

    try:
        return lock_descriptor(descriptor, blocking=False)
    except OSError:
        return True


def _unwritable(path: str, error: OSError | ValueError) -> Refused:
    """ValueError: a NUL in the path."""
    reason = getattr(error, "strerror", None) or str(error)
    return Refused(f"can't write {path}: {reason.lower()}")


def _remove_empty(path: str) -> None:
    """Take away a file that only held the lock."""
    with suppress(OSError):
        if not os.path.getsize(path):
            os.unlink(path)


def _in_the_way(journal: Journal, resume: bool) -> str:
    if journal.exists():
        return "is of a run that was not finished; --resume goes on with it, --force begins anew"
    if resume:
        return "is complete, or was not made by such a run: nothing to resume; --force begins anew"
    return "is not empty; --force writes over it"


def _refused(journal: Journal, error: CannotResume) -> Refused:
    return Refused(f"can't resume what {journal.path} tells of: {error}; begin anew with --force")


def _cut(file: BinaryIO | None, size: int) -> None:
    """Make a regular file so many bytes long, and write on from there."""
    if file and _is_regular(file):
        file.truncate(size)
        file.seek(size)


def _size(file: BinaryIO | None) -> int:
    """Bytes of a regular file; of anything else 0."""
    return os.fstat(file.fileno()).st_size if file and _is_regular(file) else 0


def _is_regular(file: BinaryIO) -> bool:
    return stat.S_ISREG(os.fstat(file.fileno()).st_mode)
