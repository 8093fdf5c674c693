"""``quotes rules``: the rules by their examples."""

from __future__ import annotations

import typer


def rules() -> None:
    """Print every rule with its examples.

    In the examples [source], (cue) and {content} are what a rule proposes; a sentence after ✗ is one in
    which it proposes nothing.

    \b
    quotes rules
    quotes rules | grep -A4 clause
    """
    from quotes.find.rules import BOOK

    for rule in BOOK:
        typer.echo(f"{rule.name}  {rule.about}")
        for mark, examples in (("✓", rule.matches), ("✗", rule.rejects)):
            for example in examples:
                typer.echo(f"  {mark} {example}")
        typer.echo()
