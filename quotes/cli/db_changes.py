"""``quotes db``: what is wrong in a database put right, and undone."""

from __future__ import annotations

import csv
import getpass
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli.console import Errors, printable, say, stop
from quotes.cli.db_options import Database, Format, Limit, opened, show_rows

SEPARATOR = ";"
"""Between the aliases in a cell, as in a list of speakers."""

if TYPE_CHECKING:
    from quotes.store import Store

Who = Annotated[
    str | None, typer.Option(metavar="NAME", show_default=False, help="Whoever does it; else whose account this is.")
]
DocumentId = Annotated[
    str, typer.Argument(metavar="DOCUMENT", show_default=False, help="Its number or its id: see quotes db documents.")
]
SpeakerId = Annotated[
    str, typer.Argument(metavar="SPEAKER", show_default=False, help="A number or a name: see quotes db speakers.")
]


def documents(
    database: Database,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORDS]...",
            show_default=False,
            help="Only those with these words in title, id, outlet, author or address.",
        ),
    ] = None,
    sort: Annotated[str, typer.Option(metavar="ORDER", help="added, date, title, outlet or quotes.")] = "added",
    limit: Limit = 50,
    format: Format = None,
) -> None:
    """Show the documents, the last added first.

    \b
    quotes db documents quotes.db
    quotes db documents quotes.db harbour --sort date
    """
    from quotes.store import SORTS

    if sort not in SORTS:
        raise stop(f"--sort takes one of {', '.join(SORTS)}, not {sort!r}", 2)
    with opened(database) as store:
        rows = store.documents(limit, 0, " ".join(words or []), sort)
    columns = ("id", "date", "title", "outlet", "quotes", "wrong")
    show_rows(rows, {column: column for column in columns}, format)


def edit(
    database: Database,
    document: DocumentId,
    title: Annotated[str | None, typer.Option(show_default=False, help="Its title.")] = None,
    author: Annotated[str | None, typer.Option(show_default=False, help="Who wrote it.")] = None,
    date: Annotated[
        str | None, typer.Option(metavar="DAY", show_default=False, help="When it appeared: 2024-01-31.")
    ] = None,
    outlet: Annotated[str | None, typer.Option(show_default=False, help="Where it appeared.")] = None,
    url: Annotated[str | None, typer.Option(show_default=False, help="Its address.")] = None,
    who: Who = None,
) -> None:
    """Correct what is known of a document; "" says that it is not known.

    \b
    quotes db edit quotes.db articles/bridge.txt --date 2024-01-31 --outlet "The Harbour Post"

    Exit status: 0 it is changed, and the change's number printed, by which quotes db undo takes it back; 2 the command
    line was wrong.
    """
    told = {"title": title, "author": author, "date": date, "outlet": outlet, "url": url}
    fields = {key: value for key, value in told.items() if value is not None}
    if not fields:
        raise stop("nothing to change: name --title, --author, --date, --outlet or --url", 2)
    with opened(database, write=True) as store:
        _done(store, store.edit(_document(store, document), fields, _who(who)))


def remove(
    database: Database,
    documents: Annotated[
        list[str],
        typer.Argument(
            metavar="DOCUMENTS...", show_default=False, help="Their numbers or ids: see quotes db documents."
        ),
    ],
    who: Who = None,
) -> None:
    """Take documents out, with their quotes; they stay out when they are added again.

    \b
    quotes db remove quotes.db articles/bridge.txt
    quotes db undo quotes.db 12

    Exit status: 0 they are taken out, and the changes' numbers printed; 2 the command line was wrong.
    """
    with opened(database, write=True) as store:
        rows = [_document(store, one) for one in documents]
        for row in rows:
            _done(store, store.remove(row, _who(who)))


def rename(
    database: Database,
    speaker: SpeakerId,
    name: Annotated[str, typer.Argument(metavar="NAME", show_default=False, help="What to call them.")],
    who: Who = None,
) -> None:
    """Call a speaker by another name.

    \b
    quotes db rename quotes.db "Ada Lund" "Ada Lund-Berg"
    """
    with opened(database, write=True) as store:
        _done(store, store.rename(store.meant(speaker), name, _who(who)))


def merge(
    database: Database,
    speakers: Annotated[
        list[str] | None,
        typer.Argument(metavar="SPEAKERS...", show_default=False, help="Numbers or names: see quotes db speakers."),
    ] = None,
    into: Annotated[str | None, typer.Option(metavar="SPEAKER", show_default=False, help="Whom they are.")] = None,
    listed: Annotated[
        str | None,
        typer.Option(
            "--list",
            metavar="FILE.csv",
            show_default=False,
            help="A table: columns speaker and into, or name and aliases.",
        ),
    ] = None,
    who: Who = None,
) -> None:
    """Make speakers one: quotes that are there, and those that are added later.

    \b
    quotes db merge quotes.db "Bill Dahl" --into "William Dahl"
    quotes db merge quotes.db --list merges.csv
    quotes speakers quotes.jsonl --merges > people.csv     # look through it, then:
    quotes db merge quotes.db --list people.csv

    Of a list, what is merged already is passed over, so that the same list can be applied again; so are aliases that
    nobody has.

    Exit status: 0 they are one, and the changes' numbers printed; 1 some lines of the list could not be applied, each
    named on standard error; 2 the command line was wrong.
    """
    if bool(listed) == bool(speakers and into):
        raise stop("name speakers and --into one, or give a --list", 2)
    errors = Errors()
    with opened(database, write=True) as store:
        if speakers and into:
            for change in store.merge(map(store.meant, speakers), store.meant(into), _who(who)):
                _done(store, change)
        for place, names, all_known in _merges(listed) if listed else ():
            _merge(store, names, all_known, _who(who), place, errors)
    errors.end()


def _merge(store: Store, names: list[str], all_known: bool, who: str, place: str, errors: Errors) -> None:
    """Merge the speakers of these names into the first of them, unless they are one."""
    from quotes.store import ChangeError

    found: dict[int, None] = {}
    for name in names:
        try:
            found[store.meant(name)] = None
        except ChangeError as error:
            if all_known or "no speaker" not in str(error):
                errors.add(f"{place}: {error}")
                return
    into, *others = found or (0,)
    for change in store.merge(others, into, who) if others else ():
        _done(store, change)


def _merges(path: str) -> Iterator[tuple[str, list[str], bool]]:
    """The lines of a table: where each stands, names of one speaker, and whether all of them have to be known."""
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file)
            known = set(table.fieldnames or ())
            pairs = {"speaker", "into"} <= known
            if not pairs and not {"name", "aliases"} <= known:
                raise stop(f"{printable(path)}: the first line names the columns: speaker,into or name,aliases", 2)
            for row in table:
                aliases = filter(None, map(str.strip, (row.get("aliases") or "").split(SEPARATOR)))
                names = [row["into"] or "", row["speaker"] or ""] if pairs else [row["name"] or "", *aliases]
                yield f"{path}:{table.line_num}", names, pairs
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise stop(f"{printable(path)}: {getattr(error, 'strerror', None) or error}", 2) from error


def split(
    database: Database,
    speaker: SpeakerId,
    named: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="NAME", show_default=False, help="The quotes under this name; may be repeated."),
    ] = None,
    document: Annotated[
        list[str] | None,
        typer.Option(metavar="DOCUMENT", show_default=False, help="The quotes of this document; may be repeated."),
    ] = None,
    called: Annotated[
        str | None, typer.Option("--as", metavar="NAME", show_default=False, help="What to call the new speaker.")
    ] = None,
    who: Who = None,
) -> None:
    """Make a speaker of their own of some of a speaker's quotes: two of one name, or names wrongly taken for one.

    \b
    quotes db split quotes.db "George Dahl" --name "George W. Dahl"
    quotes db split quotes.db "Tom Rask" --document sport/7.txt --document sport/9.txt --as "Tom Rask (goalkeeper)"
    """
    if not named and not document:
        raise stop("say which quotes: --name or --document", 2)
    with opened(database, write=True) as store:
        rows = [_document(store, one) for one in document or ()]
        change, _ = store.split(store.meant(speaker), _who(who), names=named or (), documents=rows, name=called)
        _done(store, change)


def changes(database: Database, limit: Limit = 50, format: Format = None) -> None:
    """Show what people put right, the last first.

    \b
    quotes db changes quotes.db
    """
    with opened(database) as store:
        rows = store.changes(limit)
    show_rows(rows, {"id": "id", "at": "at", "who": "who", "line": "change", "undone_by": "undone by"}, format)


def undo(
    database: Database,
    change: Annotated[int, typer.Argument(show_default=False, help="The change's number: see quotes db changes.")],
    who: Who = None,
) -> None:
    """Undo a change: a correction, a removal, a merge …; what was changed otherwise since stays.

    \b
    quotes db undo quotes.db 12
    """
    with opened(database, write=True) as store:
        store.undo_change(change, _who(who))
        say(f"change {change} is undone")


def _done(store: Store, change: int) -> None:
    """Print a change's number, and on standard error what it is."""
    [line] = [one["line"] for one in store.changes() if one["id"] == change]
    typer.echo(change)
    say(printable(line))


def _document(store: Store, words: str) -> int:
    """The row of a document that is meant by a number or an id."""
    found = store.document(words) or (store.document(int(words)) if words.isdecimal() else None)
    if found is None:
        raise stop(f"{printable(words)}: no such document; quotes db documents lists them", 2)
    return int(found["id"])


def _who(name: str | None) -> str:
    if name:
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:  # an account without a name
        raise stop("say who does it: --who", 2) from error
