"""``quotes extract``: files in, JSON Lines out."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from enum import Enum
from pathlib import Path
from typing import Annotated, BinaryIO, TypeVar

import typer

from quotes.cli.console import printable, say, stop
from quotes.cli.options import Precision, Weights
from quotes.read import STDIN, Document, Failure, documents, readable
from quotes.records import ACTS, REPORTED, TYPES
from quotes.write.jsonl import write

Name = TypeVar("Name", bound=str)


class Format(str, Enum):
    """Forms of output."""

    jsonl = "jsonl"


def extract(
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Files, folders (all *.txt in them, to any depth), or - for standard input."),
    ] = None,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where to write; - is standard output.")
    ] = "-",
    format: Annotated[Format, typer.Option(help="The form of the output.")] = Format.jsonl,
    type: Annotated[
        str, typer.Option(metavar="TYPES", help="Quotes of these types only, separated by commas.")
    ] = ",".join(TYPES),
    act: Annotated[
        str,
        typer.Option(
            metavar="ACTS",
            help=f"Quotes of these acts only, separated by commas: {', '.join(ACTS)}, or all.",
        ),
    ] = ",".join(REPORTED),
    min_confidence: Annotated[
        float | None,
        typer.Option(
            min=0,
            max=1,
            show_default=False,
            help="Only quotes at least this sure; less than the default threshold gives more of them.",
        ),
    ] = None,
    precision: Precision = None,
    nested: Annotated[
        bool, typer.Option("--nested", help="Quotes inside others too; their key parent has the outer one's id.")
    ] = False,
    speakers: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            show_default=False,
            help="Your own list of speakers, CSV or JSON Lines: id, name, aliases, kind. Who is in it gets its id.",
        ),
    ] = None,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Tell why each speaker has its name, in the key evidence.")
    ] = False,
    weights: Weights = None,
    model: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="An installed English spaCy pipeline, or the path of its folder."),
    ] = None,
    errors: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write what failed to this file too, as JSON Lines.")
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Say nothing but what failed on standard error.")
    ] = False,
) -> None:
    """Find the quotes of texts and write them as JSON Lines.

    \b
    quotes extract article.txt
    quotes extract articles/ -o quotes.jsonl --errors failed.jsonl
    cat article.txt | quotes extract --type direct,mixed --min-confidence 0.8
    quotes extract articles/ --precision 0.9 --nested
    quotes extract articles/ --speakers people.csv --evidence
    quotes extract articles/ --act all --model en_core_web_trf

    Standard output carries the quotes, standard error everything else. Exit status: 0 all was read; 1 some
    inputs failed, each named on standard error; 2 the command line was wrong.
    """
    types, acts = _names("--type", type, TYPES), _names("--act", act, ACTS)
    if not paths and sys.stdin.isatty():
        raise stop("nothing to read: name files or folders, or pipe a text in (see quotes extract --help)", 2)
    inputs = paths or [STDIN]
    for file in (output, errors):
        _spare_inputs(file, [*inputs, *([str(speakers)] if speakers else [])])

    from quotes.decide import SettingsError
    from quotes.extractor import Extractor
    from quotes.forms import MissingPackage
    from quotes.registry import RegistryError

    try:
        extractor = Extractor(
            model,
            acts=acts,
            types=types,
            min_confidence=min_confidence,
            precision=precision,
            weights=weights,
            nested=nested,
            speakers=speakers,
            evidence=evidence,
        )
    except (SettingsError, RegistryError, MissingPackage) as error:
        raise stop(printable(str(error)), 2) from error
    with ExitStack() as stack:
        out = sys.stdout.buffer if output == "-" else stack.enter_context(_create(output))
        log = stack.enter_context(_create(errors)) if errors else None
        report = Report(log, quiet)
        for found, _ in extractor.pipe(report.texts(inputs), as_tuples=True):
            write(found, out)
            report.quotes += len(found)
    report.summary()
    if report.failed:
        raise typer.Exit(1)


class Report:
    """Counts what is read, and tells of what is not."""

    def __init__(self, log: BinaryIO | None, quiet: bool) -> None:
        self.log, self.quiet = log, quiet
        self.read = self.quotes = self.failed = 0

    def texts(self, paths: list[str]) -> Iterator[tuple[str, str]]:
        """The texts and ids of the inputs that can be read."""
        for item in documents(paths):
            if isinstance(item, Document):
                self.read += 1
                if item.note and not self.quiet:
                    say(f"{printable(item.id)}: {item.note}")
                yield item.text, item.id
            else:
                self._failure(item)

    def _failure(self, failure: Failure) -> None:
        self.failed += 1
        say(f"{printable(failure.id)}: {failure.reason}")
        if self.log:
            self.log.write(f"{json.dumps({'id': failure.id, 'reason': failure.reason})}\n".encode())
            self.log.flush()

    def summary(self) -> None:
        """The counts, for a person at a terminal."""
        if sys.stderr.isatty() and not self.quiet:
            say(f"{self.quotes:,} quotes in {self.read:,} texts; {self.failed:,} failed")


def _names(option: str, value: str, known: tuple[Name, ...]) -> list[Name]:
    """The names in a list separated by commas; "all" is all of them."""
    asked = {name.strip() for name in value.split(",")}
    if unknown := asked.difference(known, ["all"]):
        raise stop(f"{option} knows no {min(unknown)!r}, only {', '.join(known)} or all", 2)
    return [name for name in known if name in asked or "all" in asked]


def _create(path: str) -> BinaryIO:
    try:
        return open(path, "wb")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise stop(f"can't write {printable(path)}: {reason.lower()}", 2) from error


def _spare_inputs(output: str | None, inputs: list[str]) -> None:
    """Refuse to write over what is to be read."""
    if not output or not os.path.isfile(output):
        return
    real = os.path.realpath(output)
    for path in map(os.path.realpath, inputs):
        if real == path or (real.startswith(path + os.sep) and readable(real)):
            raise stop(f"{printable(output)} is among the inputs; write to another file", 2)
