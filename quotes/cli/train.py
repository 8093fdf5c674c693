"""quotes train: make the model file from annotated articles."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from quotes.cli.console import say, stop
from quotes.cli.output import spare, writing


def train(
    gold: Annotated[list[Path], typer.Argument(help="Annotated articles: JSON Lines, or brat's .txt and .ann files.")],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="The model file to write; - is standard output.")
    ] = "model.json",
    force: Annotated[bool, typer.Option("--force", help="Write over what is there.")] = False,
    model: Annotated[str | None, typer.Option(help="The spaCy pipeline to parse with.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")] = False,
) -> None:
    """Learn from annotated articles which proposals are quotes.

    The file that comes out is what `quotes extract --weights FILE` takes. The same articles give the same
    file, byte for byte.

    \b
    quotes train polnear-train.jsonl -o model.json

    Exit status: 0 the model was written; 1 the disk is full; 2 the command line or the gold was wrong.
    """
    spare(output, map(str, gold), force)

    from quotes.grammar.parse import Parser
    from quotes.learn.examples import articles
    from quotes.learn.gold import GoldError, load
    from quotes.learn.train import train as learn
    from quotes.learn.train import write

    try:
        documents = load(gold)
    except GoldError as error:
        raise stop(str(error), 2) from error
    if not any(document.annotations for document in documents):
        raise stop("nothing is annotated in the gold, so there is nothing to learn from", 2)
    progress = (lambda step: None) if quiet else say
    progress(f"parsing {len({d.id for d in documents})} articles")
    model_file = learn(articles(documents, Parser(model)), progress)
    with writing(output) as file, TemporaryDirectory() as folder:
        path = Path(folder, "model.json")
        write(model_file, path)
        file.write(path.read_bytes())
