"""``quotes read``: an article's quotes, in the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli.console import about, named, say
from quotes.cli.options import IdField, InputFormat, TextField
from quotes.read.document import Failure, Reading

if TYPE_CHECKING:
    from rich.console import RenderableType

LESS = "FRX"
"""What less is told, unless LESS tells it otherwise: to show colours, and to end at once where all fits the screen."""


def read(
    articles: Annotated[
        list[str] | None,
        typer.Argument(metavar="ARTICLE...", help="Files, folders, or - for standard input, as for quotes extract."),
    ] = None,
    in_text: Annotated[
        bool, typer.Option("--in-text", help="Show the whole article, its quotes marked, not the quotes by speaker.")
    ] = False,
    input_format: InputFormat = None,
    text_field: TextField = "text",
    id_field: IdField = "id",
    min_confidence: Annotated[
        float | None, typer.Option(min=0, max=1, show_default=False, help="Only quotes at least this sure.")
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="An installed English spaCy pipeline, or the path of its folder."),
    ] = None,
) -> None:
    """Read the quotes of an article in the terminal: who said what, by speaker.

    What was denied, only possible or asked is told as such. A mark tells how sure a quote and its speaker are.

    \b
    quotes read article.txt
    quotes read article.txt --in-text
    curl -s https://example.org/news.html | quotes read
    NO_COLOR=1 PAGER=cat quotes read articles/

    On a terminal it is shown by the pager that PAGER names, or by less. The variable NO_COLOR takes the colours away.

    Exit status: 0 all was read; 1 some inputs failed, each named on standard error; 2 the command line was wrong.
    """
    inputs = named(articles, "read", "a text")
    from rich.console import Console

    console, failures = Console(highlight=False), list[str]()
    how = Reading(input_format, text_field, id_field)
    shown = _articles(inputs, how, model, min_confidence, in_text, failures)
    if sys.stdout.isatty():
        os.environ.setdefault("LESS", LESS)
        os.environ.pop("MANPAGER", None)  # it would go before PAGER, and may be good for nothing but manuals
        with console.pager(styles=True):
            console.print(*shown, sep="")
    else:
        for one in shown:
            with console.capture() as drawn:
                console.print(one)
            lines = (line.rstrip() for line in drawn.get().splitlines())
            typer.echo("".join(f"{line}\n" for line in lines).encode(errors="replace"), nl=False)
    for failure in failures:  # now, as a pager has the screen before
        say(failure)
    if failures:
        raise typer.Exit(1)


def _articles(
    inputs: list[str], how: Reading, model: str | None, least: float | None, in_text: bool, failures: list[str]
) -> Iterator[RenderableType]:
    """The articles, with a line between them; what can't be read is added to the failures."""
    from rich.rule import Rule

    from quotes.decide.careful import is_installed
    from quotes.extractor import Extractor
    from quotes.read import documents
    from quotes.view import headline
    from quotes.view.terminal import GREY, Article

    extractor: Extractor | None = None
    for item in documents(inputs, how):
        if isinstance(item, Failure):
            failures.append(about(item.id, item.reason))
            continue
        if extractor:
            yield Rule(style=GREY)
        extractor = extractor or Extractor(model, min_confidence=least, careful=is_installed())
        meta = item.meta or {}
        title = meta.get("title") or headline(item.text) or os.path.basename(item.id)
        yield Article(item.text, extractor.extract(item.text, item.id), title, meta, in_text)
