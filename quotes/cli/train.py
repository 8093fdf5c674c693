"""quotes train: make the model file from annotated articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer

from quotes.cli.console import printable, say, stop
from quotes.cli.output import spare, writing


def train(
    gold: Annotated[list[Path], typer.Argument(help="Annotated articles: JSON Lines, or brat's .txt and .ann files.")],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="The model file to write; - is standard output.")
    ] = "model.json",
    weight: Annotated[
        list[str] | None,
        typer.Option(
            metavar="GOLD=N",
            show_default=False,
            help="How often the articles of one of the golds count, instead of once; may be given several times.",
        ),
    ] = None,
    read: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            show_default=False,
            help="Learn what the second reader adds as well, by the read.npz of quotes train-reader, of the same gold.",
        ),
    ] = None,
    careful: Annotated[
        str, typer.Option(metavar="FILE", help="With --read, the file to write of that.")
    ] = "careful.json",
    force: Annotated[bool, typer.Option("--force", help="Write over what is there.")] = False,
    model: Annotated[str | None, typer.Option(help="The spaCy pipeline to parse with.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")] = False,
) -> None:
    """Learn from annotated articles which proposals are quotes.

    The file that comes out is what `quotes extract --weights FILE` takes. The same articles give the same
    file, byte for byte. A gold of records that somebody judged, right or not, teaches by those.

    \b
    quotes train polnear-train.jsonl -o model.json
    quotes train polnear-train.jsonl world.jsonl --weight world.jsonl=3

    Exit status: 0 the model was written; 1 the disk is full; 2 the command line or the gold was wrong.
    """
    for file in (output, careful) if read else (output,):
        spare(file, map(str, gold), force)
    weights = _weights(gold, weight or [])

    from quotes.extras import MissingPackage, need
    from quotes.grammar.parse import Parser
    from quotes.learn.careful import read_before, train_careful
    from quotes.learn.examples import articles
    from quotes.learn.gold import GoldError, load
    from quotes.learn.train import cross_validated, trained

    try:
        need("sklearn", "train")
        if read:
            need("tokenizers", "careful")
        corpora = {path: load([path]) for path in gold}
    except (GoldError, MissingPackage) as error:
        raise stop(str(error), 2) from error
    if not any(document.annotations for documents in corpora.values() for document in documents):
        raise stop("nothing is annotated in the gold, so there is nothing to learn from", 2)
    progress = (lambda step: None) if quiet else say
    progress(f"parsing {sum(len({d.id for d in documents}) for documents in corpora.values())} articles")
    parser = Parser(model)
    learned_from = [
        article
        for path, documents in corpora.items()
        for article in articles(documents, parser, path.stem, weights.get(path, 1))
    ]
    if read:
        try:
            read_before(learned_from, (i for of in corpora.values() for i in dict.fromkeys(d.id for d in of)), read)
        except (OSError, ValueError) as error:
            raise stop(printable(str(error)), 2) from error
    validated = cross_validated(learned_from, progress)
    _write(trained(learned_from, validated, progress), output)
    if read:
        _write(train_careful(validated.folds, progress), careful)


def _write(learned: dict[str, Any], output: str) -> None:
    from quotes.learn.train import write

    with writing(output) as file, TemporaryDirectory() as folder:
        path = Path(folder, "model.json")
        write(learned, path)
        file.write(path.read_bytes())


def _weights(gold: Sequence[Path], given: Iterable[str]) -> dict[Path, int]:
    """How often the articles of each gold count, by what --weight says.

    Raises:
        typer.Exit: one names no gold or no number from 1 on, which is said.
    """
    out = {}
    for one in given:
        name, _, number = one.rpartition("=")
        if Path(name) not in gold:
            raise stop(f"--weight {one}: {name or one} is none of the golds; write GOLD=N", 2)
        if not (number.isdecimal() and int(number) > 0):
            raise stop(f"--weight {one}: {number or 'nothing'} is no whole number from 1 on", 2)
        out[Path(name)] = int(number)
    return out
