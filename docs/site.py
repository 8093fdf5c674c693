"""What mkdocs asks while it builds the site (.mkdocs.yml): the page of commands is made by typer, from the commands.

mkdocs-typer2 does the same, but stops at the mark with which our help texts keep examples in lines.
"""

from __future__ import annotations

import re
from typing import Any

import typer
from typer.cli import get_docs_for_click

from quotes.cli import app

HERE = "<!-- commands -->"
EXAMPLES = re.compile(r"^\x08\n(.+?)\n\n", re.MULTILINE | re.DOTALL)


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Put the documentation of all commands, as Markdown, in the place that a page keeps for it."""
    return markdown.replace(HERE, commands()) if HERE in markdown else markdown


def commands() -> str:
    """What ``typer quotes.cli utils docs`` prints, with examples as code, less the title."""
    command = typer.main.get_command(app)
    text = get_docs_for_click(obj=command, ctx=typer.Context(command), name="quotes").partition("\n")[2]
    return EXAMPLES.sub(lambda found: f"```sh\n{found[1]}\n```\n\n", text)
