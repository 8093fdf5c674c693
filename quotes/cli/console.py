"""What the commands share: lines on standard error, and how a command ends when something goes wrong."""

from __future__ import annotations

import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from quotes.extras import MissingPackage
from quotes.grammar.parse import ModelError
from quotes.read.document import STDIN

ERRORS_SHOWN = 10


def say(message: str) -> None:
    """Write one line to standard error."""
    typer.echo(f"quotes: {message}", err=True)


def printable(name: str) -> str:
    """A name as it is, or escaped where it holds what would break the line."""
    return name if name.isprintable() else ascii(name)


def many(count: int, what: str) -> str:
    """A number of things: "1 quote", "1,204 quotes"."""
    return f"{count:,} {what}{'s' * (count != 1)}"


def about(name: str, what: str) -> str:
    """A line on an input: its name, and what there is to say, which may repeat words that stand in it."""
    return f"{printable(name)}: {printable(what)}"


def stop(message: str, status: int) -> typer.Exit:
    """Say why and give the exception that ends the command: ``raise stop("…", 2)``."""
    say(message)
    return typer.Exit(status)


def named(paths: list[str] | None, command: str, what: str) -> list[str]:
    """The paths that were named, or else standard input.

    Args:
        paths: as the command got them.
        command: its name.
        what: "records", what it reads.

    Raises:
        typer.Exit: none was named, and standard input is a terminal; that is said.
    """
    if not paths and (sys.stdin is None or sys.stdin.isatty()):
        raise stop(f"nothing to read: name files, or pipe {what} in (see quotes {command} --help)", 2)
    return paths or [STDIN]


class Errors:
    """Names the first things that went wrong, and counts the others."""

    def __init__(self) -> None:
        self.count = 0

    def add(self, message: str) -> None:
        """One more."""
        self.count += 1
        if self.count <= ERRORS_SHOWN:
            say(printable(message))

    def end(self) -> None:
        """End the command with status 1 if there were any."""
        if self.count > ERRORS_SHOWN:
            say(f"and {self.count - ERRORS_SHOWN:,} more errors like these")
        if self.count:
            raise typer.Exit(1)


class Commands(TyperGroup):
    """The commands, with one end for all of them: a line on standard error and the right status."""

    def invoke(self, ctx: Any) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except (MissingPackage, ModelError) as error:
            raise stop(str(error), 2) from error
        except BrokenPipeError as error:  # whoever read our output has enough
            _drop_output()
            raise typer.Exit(0) from error
        except OSError as error:
            _drop_output()
            raise stop(f"can't write: {(error.strerror or str(error)).lower()}", 1) from error


def _drop_output() -> None:
    """Let what is still unwritten go nowhere, or Python complains of it when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
