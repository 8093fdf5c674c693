"""``quotes db``: what is in a database, searched, listed and counted."""

from __future__ import annotations

import sys
from enum import Enum
from typing import Annotated, Any

import typer

from quotes.cli.console import say
from quotes.cli.db_options import Database, Format, Limit, day, opened, show_rows
from quotes.cli.options import names
from quotes.records import ACTS, TYPES


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
