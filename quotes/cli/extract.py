"""``quotes extract``: files in, JSON Lines out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import asdict
from enum import Enum
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, cast

import typer

from quotes.cli.console import named, printable, say, stop
from quotes.cli.options import (
    AuthorField,
    Careful,
    DateField,
    Dates,
    For,
    IdField,
    InputFormat,
    KeepField,
    MaxExpanded,
    Metadata,
    OutletField,
    Precision,
    SpeakerPrecision,
    TextField,
    Timeout,
    TitleField,
    UrlField,
    Weights,
    meta_fields,
    names,
    told,
)
from quotes.cli.output import STDOUT
from quotes.cli.report import Report
from quotes.read.document import MAX_EXPANDED, STDIN, Failure, Reading
from quotes.records import ACTS, REPORTED, TYPES

if TYPE_CHECKING:
    from quotes.run.journal import Place
    from quotes.run.output import Mode, Output
    from quotes.run.work import Outcome


class Format(str, Enum):
    """Forms of output."""

    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"


MODES: dict[Format, Mode] = {Format.jsonl: "resumable", Format.csv: "streamed", Format.parquet: "whole"}


class Transcripts(str, Enum):
    """Whether texts are transcripts; see quotes.grammar.turns."""

    auto = "auto"
    yes = "yes"
    no = "no"


class Engine(str, Enum):
    """What does the work."""

    local = "local"
    ray = "ray"


def extract(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            help="Files, folders (all in them with the ending of a format, to any depth), or - for standard input."
        ),
    ] = None,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where to write; - is standard output.")
    ] = "-",
    format: Annotated[Format, typer.Option(help="The form of the output; see also quotes export.")] = Format.jsonl,
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
    purpose: For = "checking",
    min_confidence: Annotated[
        float | None,
        typer.Option(
            min=0,
            max=1,
            show_default=False,
            help="Only quotes at least this sure; instead of --for.",
        ),
    ] = None,
    precision: Precision = None,
    nested: Annotated[
        bool, typer.Option("--nested", help="Quotes inside others too; their key parent has the outer one's id.")
    ] = False,
    transcript: Annotated[
        Transcripts,
        typer.Option(help="Are the texts transcripts, a label before each turn? Auto tells it by their lines."),
    ] = Transcripts.auto,
    speakers: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            show_default=False,
            help="Your own list of speakers, CSV or JSON Lines: id, name, aliases, kind. Who is in it gets its id.",
        ),
    ] = None,
    speaker_precision: SpeakerPrecision = None,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Tell why each speaker has its name, in the key evidence.")
    ] = False,
    claims: Annotated[
        bool,
        typer.Option("--claims", help="Tell what each quote claims, of what kind, in the key claim: docs/claims.md."),
    ] = False,
    careful: Careful = False,
    weights: Weights = None,
    model: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="An installed English spaCy pipeline, or the path of its folder."),
    ] = None,
    input_format: InputFormat = None,
    text_field: TextField = "text",
    id_field: IdField = "id",
    keep_field: KeepField = None,
    title_field: TitleField = None,
    author_field: AuthorField = None,
    date_field: DateField = None,
    outlet_field: OutletField = None,
    url_field: UrlField = None,
    dates: Dates = None,
    metadata: Metadata = None,
    keep_text: Annotated[
        bool, typer.Option("--keep-text", help="Give each record its document's text, in the key doc_text.")
    ] = False,
    english_only: Annotated[
        bool, typer.Option("--english-only", help="Leave out texts in other languages; how many is told at the end.")
    ] = False,
    max_expanded: MaxExpanded = MAX_EXPANDED,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            "-j",
            min=0,
            metavar="N",
            show_default="1; by Ray all that the cluster has",
            help="How many processes work, 0 for one a core.",
        ),
    ] = None,
    timeout: Timeout = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on where a run into the output was stopped, however that was.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over an output that is not empty.")] = False,
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Stop at the first input that fails.")] = False,
    engine: Annotated[
        Engine, typer.Option(help="Work on this machine, or by Ray on a cluster, in no order.")
    ] = Engine.local,
    ray_address: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS", show_default=False, help="Of a running cluster; without one Ray is started here."
        ),
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
    quotes extract articles/ --for counting -o quotes.jsonl
    quotes extract articles/ --precision 0.9 --nested
    quotes extract articles/ --speakers people.csv --evidence
    quotes extract articles/ --claims
    quotes extract articles/ --act all --model en_core_web_trf
    quotes extract export.csv.gz --text-field body --id-field url --keep-field desk
    quotes extract news.jsonl -o quotes.jsonl --jobs 0 --resume
    quotes extract articles/ --format csv -o quotes.csv

    Standard output carries the quotes, standard error everything else. Exit status: 0 all was read; 1 some
    inputs failed, each named on standard error, or the output can't be written; 2 the command line was wrong.
    """
    types, acts = names("--type", type, TYPES), names("--act", act, ACTS)
    inputs = named(paths, "extract", "a text")
    _spare([*inputs, *(str(path) for path in (speakers, weights) if path)], output, errors)
    if resume and (force or output == STDOUT):
        raise stop("--resume goes on with a file: give -o FILE, and no --force", 2)
    if format is not Format.jsonl and resume:
        raise stop(f"--format {format.value} has no --resume: extract JSON Lines, and then use quotes export", 2)
    if format is Format.parquet and output == STDOUT and sys.stdout.isatty():
        raise stop("--format parquet is not for a terminal; name a file with -o", 2)
    if engine is Engine.ray and (metadata or dates or STDIN in inputs):
        raise stop("--engine ray has no --metadata or --dates, and reads no standard input", 2)
    fields = meta_fields(title=title_field, author=author_field, date=date_field, outlet=outlet_field, url=url_field)
    how = Reading(input_format, text_field, id_field, tuple(keep_field or ()), max_expanded, fields)
    known = told(how, metadata, dates)
    options: dict[str, Any] = {
        "model": model,
        "acts": acts,
        "types": types,
        "purpose": purpose,
        "min_confidence": min_confidence,
        "precision": precision,
        "weights": weights,
        "nested": nested,
        "transcript": transcript.value,
        "speakers": speakers,
        "evidence": evidence,
        "speaker_precision": speaker_precision,
        "claims": claims,
        "careful": careful,
    }
    asked = {
        "inputs": inputs,
        **asdict(how),
        **options,
        "keep_text": keep_text,
        "errors": errors,
        "english_only": english_only,
        "dates": dates,
        "metadata": Path(metadata) if metadata else None,
        "engine": engine.value,
    }
    from quotes import read, run
    from quotes.extras import need

    order = run.Order(options, keep_text, english_only, run.TIMEOUT if timeout is None else timeout)
    with ExitStack() as stack:
        opened = partial(run.open_output, stack, output, errors, asked, resume=resume, force=force, mode=MODES[format])
        outcomes: Iterable[tuple[Outcome, Place | None]]
        try:
            if format is Format.parquet:
                need("pyarrow.parquet", "parquet")
            if engine is Engine.local:
                work = stack.enter_context(run.engine(order, 1 if jobs is None else jobs))
                out = opened()
                outcomes = zip(work(out.rest(known.of(read.inputs(inputs, how)))), repeat(None))
            else:
                from quotes import ray

                out = opened()
                outcomes = ray.outcomes(
                    inputs, how, order, passed=out.passed(), address=ray_address, concurrency=jobs or None
                )
        except ValueError as error:  # what is asked of the extractor or of the output can't be
            raise stop(printable(str(error)), 2) from error
        if format is not Format.jsonl:
            from quotes.write.stream import Rows

            out.records = cast(BinaryIO, stack.enter_context(Rows(format.value, out.records)))
        report = stack.enter_context(Report(quiet, inputs, how, out.done, output == STDOUT and sys.stdout.isatty()))
        try:
            _write(outcomes, out, report, fail_fast)
        except (run.Refused, run.Unusable) as error:
            raise stop(printable(str(error)), 2) from error
        except KeyboardInterrupt as error:
            raise stop("stopped" + "; the same command with --resume goes on" * out.resumable, 130) from error
    report.summary()
    for note in () if quiet else known.notes():
        say(printable(note))
    if out.failed:
        raise typer.Exit(1)


def _write(outcomes: Iterable[tuple[Outcome, Place | None]], out: Output, report: Report, fail_fast: bool) -> None:
    """Write and tell what became of the inputs."""
    for outcome, place in outcomes:
        out.write(outcome)
        report.add(outcome)
        if fail_fast and isinstance(outcome, Failure):
            return
        out.note(outcome, place)
    out.complete()


def _spare(inputs: list[str], *outputs: str | None) -> None:
    """Refuse to write what is to be read, and two outputs into one file."""
    from quotes.read import readable

    written = [os.path.realpath(output) for output in outputs if output]
    if len({*written}) < len(written) and (os.path.isfile(written[0]) or not os.path.exists(written[0])):
        raise stop("-o and --errors name the same file", 2)
    for real, output in zip(written, filter(None, outputs), strict=True):
        for path in map(os.path.realpath, inputs):
            if (real == path and os.path.isfile(real)) or (real.startswith(path + os.sep) and readable(real)):
                raise stop(f"{printable(output)} is among the inputs; write to another file", 2)
