"""``quotes rules``: the rules by their examples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from quotes.learn.shown import Shown


def rules(
    check: Annotated[
        bool, typer.Option("--check", help="Run the examples through the whole program and print those that fail.")
    ] = False,
) -> None:
    """Print every rule with its examples, where its function stands, and how it fared in training.

    In the examples [source], (cue) and {content} are what a rule proposes; a sentence after ✗ is one in
    which it proposes nothing.

    \b
    quotes rules
    quotes rules | grep -A4 clause
    quotes rules --check

    Exit status with --check: 0 every sentence after ✓ comes out of the whole program, under the name of its rule and
    with what is marked in it, and none after ✗ does; 1 some don't.
    """
    if check:
        _check()
        return

    from quotes.decide.model import load
    from quotes.find.rules import BOOK

    fared = load().rules
    for rule in BOOK:
        typer.echo(f"{rule.name}  {rule.about}")
        typer.echo(f"  {rule.stands}{_fared(*fared[rule.name]) if rule.name in fared else ''}")
        for mark, examples in (("✓", rule.matches), ("✗", rule.rejects)):
            for example in examples:
                typer.echo(f"  {mark} {example}")
        typer.echo()


def _fared(proposed: int, right: int) -> str:
    return f", {right:,} of {proposed:,} proposals right in training"


def _check() -> None:
    from quotes.learn.shown import shown

    every = list(shown())
    failed = [one for one in every if not one.as_shown]
    for one in failed:
        typer.echo("\n".join(_told(one)))
    typer.echo(f"{len(every) - len(failed)} of {len(every)} examples come out as shown")
    if failed:
        raise typer.Exit(1)


def _told(one: Shown) -> Iterator[str]:
    yield f"{one.rule.name}  {one.rule.stands}"
    yield f"  {'✓' if one.matches else '✗'} {one.example}"
    for quote in one.quotes:
        mention = quote.speaker.mention.text if quote.speaker and quote.speaker.mention else "-"
        cue = quote.cue.text if quote.cue else "-"
        yield f"    {quote.rule} {quote.confidence:.2f}  [{mention}] ({cue}) {{{quote.text}}}"
    if not one.quotes:
        yield "    no quote found"
