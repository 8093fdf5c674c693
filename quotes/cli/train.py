"""quotes train: make the model file from annotated articles."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotes.cli.console import say, stop


def train(
    gold: Annotated[list[Path], typer.Argument(help="Annotated articles: JSON Lines, or brat's .txt and .ann files.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The model file to write.")] = Path("model.json"),
    model: Annotated[str | None, typer.Option(help="The spaCy pipeline to parse with.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")] = False,
) -> None:
    """Learn from annotated articles which proposals are quotes.

    The file that comes out is what `quotes extract --weights FILE` takes. The same articles give the same
    file, byte for byte.

    \b
    quotes train polnear-train.jsonl -o model.json
    """
    from quotes.decide.examples import articles
    from quotes.decide.train import train as learn
    from quotes.decide.train import write
    from quotes.parse import Parser
    from quotes.read.gold import GoldError, load

    try:
        documents = load(gold)
    except GoldError as error:
        raise stop(str(error), 2) from error
    if not any(document.annotations for document in documents):
        raise stop("nothing is annotated in the gold, so there is nothing to learn from", 2)
    progress = (lambda step: None) if quiet else say
    progress(f"parsing {len({d.id for d in documents})} articles")
    try:
        write(learn(articles(documents, Parser(model)), progress), output)
    except OSError as error:
        raise stop(f"can't write {output}: {(error.strerror or str(error)).lower()}", 2) from error
