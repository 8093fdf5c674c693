"""quotes train-speakers: make the file of what is learned about who speaks."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from quotes.cli.console import printable, say, stop
from quotes.cli.output import spare, writing


def train_speakers(
    gold: Annotated[
        list[Path],
        typer.Argument(
            metavar="GOLD...",
            show_default=False,
            help="GUM's .conllu, LitBank's .ann, GAP's .tsv; articles as JSON Lines with the file of their speakers.",
        ),
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="The file to write; - is standard output.")
    ] = "ranker.json",
    force: Annotated[bool, typer.Option("--force", help="Write over what is there.")] = False,
    model: Annotated[str | None, typer.Option(help="The spaCy pipeline to parse with.")] = None,
    kinds: Annotated[
        bool, typer.Option("--kinds", help="Learn the kinds of names instead: quotes/lexicon/en/name_kinds.tsv.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")] = False,
) -> None:
    """Learn whom pronouns mean, and how sure a speaker is; with --kinds, what kind a name is of.

    The file that comes out takes the place of quotes/resolve/ranker.json, or of quotes/lexicon/en/name_kinds.tsv. The
    same texts give the same file, byte for byte.

    \b
    quotes train-speakers gum/*.conllu gap-development.tsv articles.jsonl speakers.jsonl -o ranker.json
    quotes train-speakers --kinds gum/*.conllu articles.jsonl speakers.jsonl -o name_kinds.tsv

    Exit status: 0 the file was written; 1 the disk is full; 2 the command line or the gold was wrong.
    """
    spare(output, map(str, gold), force)

    from quotes.grammar.parse import Parser
    from quotes.learn.antecedents import OfChains, OfSources, lessons
    from quotes.learn.gold import GoldError
    from quotes.learn.kinds import learn, names_of, share_right
    from quotes.learn.speakers import read, train, write

    try:
        texts = lessons(gold)
    except GoldError as error:
        raise stop(printable(str(error)), 2) from error
    if not any(isinstance(text, OfChains) for text in texts):
        raise stop("no text has all its mentions in chains, as GUM's and LitBank's have: nothing to begin with", 2)
    if not any(isinstance(text, OfSources) for text in texts):
        raise stop("no file tells the speakers of articles, so nothing tells how sure a speaker is", 2)
    progress = (lambda step: None) if quiet else say
    progress(f"parsing {len(texts)} texts")
    parsed = list(read(texts, Parser(model)))
    if kinds:
        names = list(names_of(parsed))
        progress(f"{len(names)} names, {share_right(names):.3f} of them of the right kind in cross-validation")
        with writing(output) as file:
            file.write(learn(names).encode())
        return
    learned = train(parsed, progress)
    with writing(output) as file, TemporaryDirectory() as folder:
        path = Path(folder, "ranker.json")
        write(learned, path)
        file.write(path.read_bytes())
