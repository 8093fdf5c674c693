"""The command line: parses options, calls the library, prints; one file a command."""

from __future__ import annotations

from typing import Annotated

import typer

from quotes.cli.audit import audit
from quotes.cli.console import Commands
from quotes.cli.db import db
from quotes.cli.evaluate import evaluate
from quotes.cli.explain import explain
from quotes.cli.export import export
from quotes.cli.extract import extract
from quotes.cli.read import read
from quotes.cli.rules import rules
from quotes.cli.schema import schema
from quotes.cli.serve import serve
from quotes.cli.speakers import speakers
from quotes.cli.text import text
from quotes.cli.train import train
from quotes.cli.train_reader import train_reader
from quotes.cli.train_speakers import train_speakers
from quotes.cli.verify import Verify, verify
from quotes.cli.view import view

app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for command in (extract, read, export, view, speakers, audit, evaluate, explain, text, rules, schema):
    app.command()(command)
for learning in (train, train_speakers, train_reader):
    app.command()(learning)
app.command(cls=Verify)(verify)
app.add_typer(db)
app.command()(serve)


def _version(asked: bool) -> None:
    if asked:
        from quotes import __version__

        typer.echo(f"quotes {__version__}")
        raise typer.Exit


@app.callback()
def quotes(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Find who said what in news text, and exactly where.

    \b
    quotes extract article.txt               JSON Lines: a line a quote
    quotes read article.txt                  the same for people: by speaker, in the terminal
    quotes explain "It is over, she said."   what was found in a sentence, and its parse
    """


def main() -> None:
    """Run the command line."""
    app()
