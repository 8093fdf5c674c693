"""Where commands write: nothing is written over unasked, and a file is whole or not there."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import BinaryIO

from quotes.cli.console import printable, stop
from quotes.read.document import STDIN

STDOUT = "-"


def spare(output: str, inputs: Iterable[str], force: bool) -> None:
    """Refuse an output that can't be, or that would write over something.

    Args:
        output: a file, or "-" for standard output.
        inputs: files that are to be read.
        force: whether to write over a file that is there, if it is no input.

    Raises:
        typer.Exit: with status 2; the reason is said.
    """
    if output == STDOUT:
        return
    name = printable(output)
    if os.path.isdir(output):
        raise stop(f"can't write {name}: is a directory", 2)
    if not os.path.isdir(os.path.dirname(output) or "."):
        raise stop(f"can't write {name}: no such file or directory", 2)
    if not os.path.isfile(output):
        return
    if any(path != STDIN and os.path.realpath(path) == os.path.realpath(output) for path in inputs):
        raise stop(f"{name} is among the inputs; write to another file", 2)
    if not force:
        raise stop(f"{name} is there already; --force writes over it", 2)


@contextmanager
def writing(path: str) -> Iterator[BinaryIO]:
    """Standard output for "-", or a file that takes its place when the block ends.

    Raises:
        typer.Exit: with status 2: it can't be opened; the reason is said.
        OSError: it can't be written any more, a full disk say, which ends the command with status 1.
    """
    if path == STDOUT:
        yield sys.stdout.buffer
        return
    from quotes.write.beside import beside

    with ExitStack() as stack:
        try:
            file = stack.enter_context(beside(path))
        except (OSError, ValueError) as error:  # ValueError: a NUL in the path
            reason = getattr(error, "strerror", None) or str(error)
            raise stop(f"can't write {printable(path)}: {reason.lower()}", 2) from error
        yield file
