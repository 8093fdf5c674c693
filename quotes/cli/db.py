"""``quotes db``: a database of quotes to search, to check, and to look at with Datasette."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotes.cli.console import Errors, many, printable, say, stop
from quotes.cli.options import (
    AuthorField,
    DateField,
    Dates,
    IdField,
    InputFormat,
    Jobs,
    KeepField,
    Metadata,
    OutletField,
    TextField,
    Timeout,
    TitleField,
    UrlField,
    meta_fields,
    names,
    told,
)
from quotes.cli.output import spare, writing
from quotes.read.document import Reading
from quotes.records import ACTS, TYPES, to_line

if TYPE_CHECKING:
    from quotes.store import Added, Store

db = typer.Typer(
    name="db",
    help="Keep quotes in a database: search it, check it, look at it with Datasette.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


class Form(str, Enum):
    """Forms of output."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


class ClaimKinds(str, Enum):
    """What ``--claim`` takes: the kinds of ``quotes.records.ClaimKind``."""

    quantity = "quantity"
    comparison = "comparison"
    cause = "cause"
    law = "law"
    fact = "fact"
    prediction = "prediction"
    promise = "promise"
    personal = "personal"
    opinion = "opinion"
    question = "question"
    other = "other"


class By(str, Enum):
    """What quotes are counted by."""

    speaker = "speaker"
    outlet = "outlet"
    month = "month"
    type = "type"
    act = "act"
    gender = "gender"
    topic = "topic"


Database = Annotated[str, typer.Argument(metavar="QUOTES.db", show_default=False, help="The database.")]
Format = Annotated[
    Form | None,
    typer.Option(show_default=False, help="The form of the output; a table on a terminal, else JSON Lines."),
]
Output = Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Where to write; - is standard output.")]
Force = Annotated[bool, typer.Option("--force", help="Write over what is there.")]
Limit = Annotated[int, typer.Option(min=1, help="At most so many.")]


@contextmanager
def opened(path: str, *, write: bool = False, make: bool = False) -> Iterator[Store]:
    """A database, with one end for whatever may be wrong with it: a line on standard error and the right status."""
    from quotes.extras import MissingPackage
    from quotes.store import StoreError, WriteError
    from quotes.store import open as open_store

    try:
        with open_store(path, write=write, make=make) as store:
            yield store
    except WriteError as error:
        raise stop(printable(str(error)), 1) from error
    except (StoreError, MissingPackage) as error:
        raise stop(printable(str(error)), 2) from error


@db.command()
def add(
    database: Annotated[
        str, typer.Argument(metavar="QUOTES.db", show_default=False, help="The database; made where there is none.")
    ],
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILES...",
            help="What quotes extract wrote, or texts in any format that it reads; folders of texts; or - for standard "
            "input.",
        ),
    ] = None,
    topics: Annotated[
        bool | None,
        typer.Option(
            "--topics/--no-topics",
            show_default=False,
            help="Find what quotes are about. Unless told otherwise in texts only: for records it takes a parse.",
        ),
    ] = None,
    claims: Annotated[
        bool, typer.Option("--claims", help="In texts: tell what each quote claims, as quotes extract --claims does.")
    ] = False,
    jobs: Jobs = 1,
    timeout: Timeout = None,
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
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Say nothing but what failed on standard error.")
    ] = False,
) -> None:
    """Add quotes, or articles with their quotes.

    \b
    quotes db add quotes.db quotes.jsonl
    quotes db add quotes.db articles/
    quotes db add quotes.db export.csv --text-field body --title-field headline --date-field published --dates dmy
    quotes db add quotes.db articles/ --metadata articles.csv --claims
    quotes extract articles/ --keep-text | quotes db add quotes.db -

    What is in the database already stays as it is, so that adding the same again changes nothing. Documents are
    written whole; after a crash or Ctrl-C the same command does the rest.

    Exit status: 0 all was added; 1 some inputs or records could not be, each named on standard error and left out, or
    the disk is full; 2 the command line was wrong.
    """
    from quotes.read import STDIN
    from quotes.run import TIMEOUT, Unusable

    if not paths and sys.stdin.isatty():
        raise stop("nothing to add: name files or folders, or pipe records in (see quotes db add --help)", 2)
    shown = sys.stderr.isatty() and not quiet
    fields = meta_fields(title=title_field, author=author_field, date=date_field, outlet=outlet_field, url=url_field)
    how = Reading(input_format, text_field, id_field, tuple(keep_field or ()), meta_fields=fields)
    known = told(how, metadata, dates, days=True)
    errors = Errors()
    with opened(database, make=True) as store:
        try:
            added = store.add(
                paths or [STDIN],
                errors.add,
                on_note=lambda note: None if quiet else say(printable(note)),
                topics=topics,
                progress=_progress if shown else lambda added: None,
                jobs=jobs,
                timeout=TIMEOUT if timeout is None else timeout,
                told=known,
                claims=claims,
            )
        except Unusable as error:
            raise stop(printable(str(error)), 2) from error
    if shown:
        say(_added(added))
    errors.end()


def _progress(added: Added) -> None:
    typer.echo(f"\rquotes: {_added(added)}\r", err=True, nl=False)


def _added(added: Added) -> str:
    there = f"; {many(added.known, 'quote')} there already"
    return f"{many(added.quotes, 'quote')} added, {many(added.documents, 'document')}{there}"


@db.command()
def search(
    database: Database,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORDS]...",
            show_default=False,
            help="Words that have to be there, in the quote, its speaker, its context or its topics; or FTS5 syntax.",
        ),
    ] = None,
    speaker: Annotated[
        str | None, typer.Option(metavar="NAME", show_default=False, help="Words of the speaker's name.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", show_default=False, help="Documents of this day, or later: 2024-01-31."),
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", show_default=False, help="Documents of this day, or earlier.")
    ] = None,
    type: Annotated[
        str, typer.Option(metavar="TYPES", help="Quotes of these types only, separated by commas.")
    ] = ",".join(TYPES),
    act: Annotated[str, typer.Option(metavar="ACTS", help="Quotes of these acts only, separated by commas.")] = "all",
    outlet: Annotated[str | None, typer.Option(metavar="NAME", show_default=False, help="Of this outlet only.")] = None,
    topic: Annotated[str | None, typer.Option(metavar="TOPIC", show_default=False, help="On this topic only.")] = None,
    cue: Annotated[
        str | None,
        typer.Option(metavar="WORD", show_default=False, help="With this cue only, in its base form: say, deny."),
    ] = None,
    rule: Annotated[
        str | None,
        typer.Option(metavar="RULE", show_default=False, help="Found by this rule, or one of this family: passive."),
    ] = None,
    claim: Annotated[
        ClaimKinds | None,
        typer.Option(show_default=False, help="Claims of this kind only, where records tell it: extract --claims."),
    ] = None,
    negated: Annotated[
        bool | None,
        typer.Option("--negated/--no-negated", show_default=False, help="Only what was denied, or only other quotes."),
    ] = None,
    modal: Annotated[
        bool | None,
        typer.Option("--modal/--no-modal", show_default=False, help="Only what may or will be said, or only others."),
    ] = None,
    question: Annotated[
        bool | None,
        typer.Option("--question/--no-question", show_default=False, help="Only what was asked, or only others."),
    ] = None,
    min_confidence: Annotated[float, typer.Option(min=0, max=1, help="Only quotes at least this sure.")] = 0.0,
    limit: Limit = 20,
    format: Format = None,
) -> None:
    """Search for quotes: best first, or without words newest first.

    \b
    quotes db search quotes.db trade
    quotes db search quotes.db trade --speaker Merkel --since 2024-01-01 --type direct
    quotes db search quotes.db bridge --cue say --no-negated --no-modal
    quotes db search quotes.db --claim quantity --since 2024-05
    quotes db search quotes.db '"net zero" AND (steel OR cement)' --format csv > found.csv

    Quotes that a verdict calls wrong are left out; others come with the speaker and the edges that a verdict gave them.

    Exit status: 0, also when nothing was found; 2 the command line was wrong.
    """
    from quotes.store import Search

    types, acts = names("--type", type, TYPES), names("--act", act, ACTS)
    asked = Search(
        words=" ".join(words or []),
        speaker=speaker,
        since=day("--since", since),
        until=day("--until", until),
        types=() if len(types) == len(TYPES) else types,
        acts=() if len(acts) == len(ACTS) else acts,
        outlet=outlet,
        topic=topic,
        min_confidence=min_confidence,
        cue=cue,
        rule=rule,
        claim=claim and claim.value,
        negated=negated,
        modal=modal,
        question=question,
        corrected=True,
        limit=limit,
    )
    with opened(database) as store:
        found = store.search(asked)
    show_rows(found.rows, {"date": "date", "line": "quote", "title": "in"}, format)
    if len(found.rows) < found.total and sys.stderr.isatty():
        say(f"{len(found.rows)} of {'more than ' * found.more}{found.total:,}; --limit shows more")


@db.command()
def speakers(
    database: Database,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", show_default=False, help="Only those with these words in a name.")
    ] = None,
    limit: Limit = 50,
    format: Format = None,
) -> None:
    """Show who spoke in all documents, most quotes first.

    \b
    quotes db speakers quotes.db
    quotes db speakers quotes.db Merkel --format jsonl
    """
    with opened(database) as store:
        rows = store.speakers(name, limit)
    for row in rows:
        row["only_in"] = row.pop("document_id")
        for key in ("he", "she"):
            del row[key]
    columns = {"quotes": "quotes", "documents": "documents", "name": "name", "kind": "kind", "gender": "gender"}
    show_rows(rows, columns | {"description": "description"}, format)


@db.command()
def stats(
    database: Database,
    by: Annotated[
        By | None, typer.Option(show_default=False, help="Count quotes by this; otherwise all tables are counted.")
    ] = None,
    limit: Limit = 50,
    format: Format = None,
) -> None:
    """Count quotes: by speaker, outlet, month, type, act, gender or topic.

    \b
    quotes db stats quotes.db
    quotes db stats quotes.db --by month
    quotes db stats quotes.db --by gender --format csv

    A speaker's gender is known where pronouns beside the quotes tell it, and never guessed from a name.
    """
    with opened(database) as store:
        if by is None:
            rows: list[dict[str, Any]] = [{"what": what, "rows": count} for what, count in store.totals().items()]
            show_rows(rows, {"what": "what", "rows": "rows"}, format)
            return
        rows = [{by.value: row.pop("label"), **row} for row in store.stats(by.value, limit)]
    columns = {by.value: by.value, "quotes": "quotes"}
    show_rows(rows, columns if by is By.topic else columns | {"documents": "documents"}, format)


@db.command()
def verdicts(
    database: Database,
    output: Output = "-",
    force: Force = False,
    partly: Annotated[
        bool,
        typer.Option(
            "--partly", help="Documents too of which only some quotes are checked; the others count as right."
        ),
    ] = False,
) -> None:
    """Write checked documents as gold, for quotes evaluate and quotes train.

    \b
    quotes db verdicts quotes.db -o gold.jsonl
    quotes evaluate gold.jsonl

    Only documents all of whose quotes have a verdict are written, unless --partly is given.

    Exit status: 0 all was written; 1 the disk is full; 2 the command line was wrong.
    """
    spare(output, [database], force)
    with opened(database) as store:
        written = 0
        with writing(output) as file:
            for document in store.gold(partly):
                file.write(f"{to_line(document)}\n".encode())
                written += 1
        if left := store.checked() - written:
            say(f"{many(left, 'document')} left out, without text or with quotes that have no verdict (see --partly)")


@db.command()
def metadata(
    database: Database,
    output: Output = "-",
    force: Force = False,
) -> None:
    """Write the metadata that makes Datasette show the database well.

    \b
    quotes db metadata quotes.db -o metadata.json
    datasette quotes.db --metadata metadata.json

    Exit status: 0 it was written; 1 the disk is full; 2 the command line was wrong.
    """
    spare(output, [database], force)

    from quotes.store.metadata import metadata as of
    from quotes.store.postgresql import SCHEMES

    if database.startswith(SCHEMES):
        raise stop("Datasette reads SQLite only: name a file", 2)
    with opened(database):
        text = json.dumps(of(database), indent=2, ensure_ascii=False)
    with writing(output) as file:
        file.write(f"{text}\n".encode())


def day(option: str, value: str | None) -> str | None:
    """A day, a month or a year, as it stands."""
    if value is None:
        return None
    try:
        if not DATE.fullmatch(value):
            raise ValueError
        date.fromisoformat(value + "2000-01-01"[len(value) :])
    except ValueError as error:
        raise stop(f"{option} takes a date like 2024-01-31, 2024-01 or 2024, not {value!r}", 2) from error
    return value


def form_for(asked: Form | None) -> Form:
    """The form that is asked for, or else the one for where it is shown."""
    return asked or (Form.table if sys.stdout.isatty() else Form.jsonl)


def show_rows(rows: list[dict[str, Any]], columns: dict[str, str], form: Form | None) -> None:
    """Write rows in a form.

    Args:
        rows: as the database gives them.
        columns: of a table: key and heading.
        form: None takes a table on a terminal, and else JSON Lines.
    """
    form = form_for(form)
    if form is Form.jsonl:
        text = "".join(f"{to_line(row)}\n" for row in rows)
        typer.echo(text.encode(), nl=False)
    elif form is Form.csv:
        from quotes.cli.tables import as_csv

        typer.echo(as_csv(rows).encode(), nl=False)
    else:
        from quotes.cli.tables import show

        show(rows, columns)
