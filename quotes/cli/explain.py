"""``quotes explain``: what was found in a text, beside its parse."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from quotes.parse import Parse
    from quotes.records import Quote


def explain(
    text: Annotated[str, typer.Argument(help="A sentence, or a text of any length.")],
    as_json: Annotated[bool, typer.Option("--json", help="Write it as JSON.")] = False,
    model: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="An installed English spaCy pipeline, or the path of its folder."),
    ] = None,
) -> None:
    """Show which quotes are found in a sentence, by which rule, beside its parse.

    \b
    quotes explain "The bridge will open in May, said Ada Lund."
    quotes explain --json "Rain is likely, the mayor warned."
    """
    from quotes.extractor import find
    from quotes.parse import Parser

    parse = next(Parser(model).pipe([text]))
    quotes = find(parse)
    if as_json:
        records = [quote.to_dict() for quote in quotes]
        typer.echo(json.dumps({"text": text, "quotes": records, "parse": list(_tokens(parse))}, indent=2))
    else:
        typer.echo("\n".join([*_quotes(quotes), "", *_table(parse)]))


def _quotes(quotes: list[Quote]) -> Iterator[str]:
    if not quotes:
        yield "no quote found"
    for quote in quotes:
        speaker = quote.speaker
        yield f"{quote.rule}  {quote.type} {quote.act}, confidence {quote.confidence:.2f}"
        yield f"  source   {speaker.mention.text if speaker and speaker.mention else '-'}"
        yield f"  cue      {quote.cue.text if quote.cue else '-'}"
        yield f"  content  {quote.text}"


def _tokens(parse: Parse) -> Iterator[dict[str, Any]]:
    for i, word in enumerate(parse.words):
        yield {"token": i, "text": word, "tag": parse.tag[i], "dep": parse.dep[i], "head": parse.head[i]}


def _table(parse: Parse) -> Iterator[str]:
    """A line a token: its number, itself, its tag, and how it hangs on which token."""
    width = max((len(word) for word in parse.words), default=0)
    for i, word in enumerate(parse.words):
        head = parse.head[i]
        above = f"{head} {parse.words[head]}" if head != i else ""
        yield f"{i:>4}  {word:<{width}}  {parse.tag[i]:<5} {parse.dep[i]:<10} {above}".rstrip()
