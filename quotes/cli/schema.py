"""``quotes schema``: the record's JSON Schema."""

from __future__ import annotations

import json

import typer


def schema() -> None:
    """Print the JSON Schema of a record, a line of what `quotes extract` writes.

    \b
    quotes schema > quote.schema.json
    """
    from quotes.records import schema as of_record

    typer.echo(json.dumps(of_record(), indent=2))
