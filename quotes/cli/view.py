"""``quotes view``: an article with its quotes marked, as a page to read."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli.console import Errors, printable, say, stop
from quotes.cli.options import IdField, InputFormat, TextField
from quotes.cli.output import spare, writing
from quotes.read.document import STDIN, Document, Failure, Reading

if TYPE_CHECKING:
    from quotes.records import Quote


def view(
    article: Annotated[
        str | None,
        typer.Argument(help="A file with one text, or - for standard input; not needed where the records hold it."),
    ] = None,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where to write the page; - is standard output.")
    ] = "-",
    force: Annotated[bool, typer.Option("--force", help="Write over what is there.")] = False,
    records: Annotated[
        str | None,
        typer.Option(
            metavar="FILE.jsonl",
            show_default=False,
            help="Show these quotes, written by quotes extract, instead of looking for them.",
        ),
    ] = None,
    doc: Annotated[
        str | None,
        typer.Option(metavar="ID", show_default=False, help="Of several texts in the input the one with this id."),
    ] = None,
    input_format: InputFormat = None,
    text_field: TextField = "text",
    id_field: IdField = "id",
    min_confidence: Annotated[
        float | None, typer.Option(min=0, max=1, show_default=False, help="Only quotes at least this sure.")
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="An installed English spaCy pipeline, or the path of its folder."),
    ] = None,
) -> None:
    """Make a page of an article: its quotes marked in their speakers' colours, and why each was found.

    The page is one file that loads nothing from anywhere. It is made for screens of any width, light and dark, for the
    keyboard alone and for paper.

    \b
    quotes view article.txt -o page.html
    quotes view articles.jsonl --doc 4711 -o page.html
    quotes extract article.txt --nested -o quotes.jsonl && quotes view article.txt --records quotes.jsonl -o page.html
    quotes extract articles/ --keep-text -o quotes.jsonl && quotes view --records quotes.jsonl --doc articles/a.txt

    Exit status: 0 the page was written; 1 the article can't be read, some records don't fit it, each named on standard
    error and left out, or the disk is full; 2 the command line was wrong.
    """
    if article is None and records is None:
        if sys.stdin.isatty():
            raise stop("nothing to show: name an article, or pipe a text in (see quotes view --help)", 2)
        article = STDIN
    if article == STDIN and records == STDIN:
        raise stop("the article and the records can't both be standard input", 2)
    spare(output, filter(None, (article, records)), force)
    how = Reading(input_format, text_field, id_field)
    errors = Errors()
    if records is None:
        document = _document(article or STDIN, doc, how)
        quotes = _extracted(document, model, min_confidence)
    else:
        document, quotes = _recorded(records, article, doc, how, errors)
        quotes = [quote for quote in quotes if quote.confidence >= (min_confidence or 0)]
    with writing(output) as file:
        file.write(_page(document, quotes).encode())
    errors.end()


def _page(document: Document, quotes: Sequence[Quote]) -> str:
    from quotes.view import headline, page

    meta = document.meta or {}
    title = meta.get("title") or headline(document.text) or os.path.basename(document.id)
    return page(document.text, quotes, title, meta)


def _document(path: str, id: str | None, how: Reading, renamed: bool = False) -> Document:
    """The text of an input, of several the one with the id; with renamed an only one may have another id."""
    from quotes.read import documents

    texts: list[Document] = []  # the first two of those that could be meant
    for item in documents([path], how):
        if isinstance(item, Failure):
            say(f"{printable(item.id)}: {item.reason}")
        elif item.id == id:
            texts = [item]
            break
        elif (id is None or renamed) and len(texts) < 2:
            texts.append(item)
            if id is None and len(texts) == 2:
                break
    if len(texts) == 2:
        raise stop(f"{printable(path)} holds several texts; choose one: --doc {_quoted(texts[0].id)}", 2)
    if not texts:
        raise stop(f"nothing to show: no text {f'with the id {_quoted(id)} ' * bool(id)}in {printable(path)}", 1)
    if texts[0].note:
        say(f"{printable(texts[0].id)}: {texts[0].note}")
    return texts[0]


def _extracted(document: Document, model: str | None, min_confidence: float | None) -> list[Quote]:
    from quotes.decide.careful import is_installed
    from quotes.extractor import Extractor

    extractor = Extractor(model, min_confidence=min_confidence, evidence=True, careful=is_installed())
    return extractor.extract(document.text, document.id)


def _recorded(
    path: str, article: str | None, id: str | None, how: Reading, errors: Errors
) -> tuple[Document, list[Quote]]:
    """The text and its quotes from a file of records; what is no record or doesn't fit is told."""
    from quotes.read.records import records
    from quotes.records import Quote
    from quotes.view import misfit

    document = _document(article, id, how, renamed=True) if article else None
    wanted = id or (document.id if document else None)
    first: str | None = None
    found: dict[str, list[tuple[int, Quote]]] = {}  # of the wanted text and of the first, of the others none
    for item in records(path):
        if isinstance(item, Failure):
            errors.add(f"{item.id}: {item.reason}")
            continue
        number, record = item
        first = first if first is not None else record["doc_id"]
        of = found.setdefault(record["doc_id"], [])
        if record["doc_id"] in (wanted, first):
            of.append((number, Quote.from_dict(record)))
    chosen = _chosen(path, list(found), wanted, article is not None and id is None)
    document = document or _beside(path, chosen, found[chosen][0][1], how)
    fitting = []
    for number, quote in found[chosen]:
        if why := misfit(document.text, quote):
            errors.add(f"{path}:{number}: left out: {why}")
        else:
            fitting.append(quote)
    meta = document.meta or found[chosen][0][1].meta
    return replace(document, meta=meta), fitting


def _chosen(path: str, ids: Sequence[str], wanted: str | None, renamed: bool) -> str:
    """Which text's records to show: the wanted one's, or those of the only one if it may have been renamed."""
    if wanted in ids and wanted is not None:
        return wanted
    if len(ids) == 1 and (wanted is None or renamed):
        return ids[0]
    if not ids or (wanted is not None and not renamed):
        raise stop(f"{printable(path)} holds no record" + (f" with the doc_id {_quoted(wanted)}" if wanted else ""), 1)
    raise stop(f"{printable(path)} has records of {len(ids):,} texts; choose one: --doc {_quoted(ids[0])}", 2)


def _beside(path: str, id: str, quote: Quote, how: Reading) -> Document:
    """The text that records are of: in themselves, or in the file of that name, from here or beside their own."""
    if quote.doc_text is not None:
        return Document(id, quote.doc_text)
    for file in (id, os.path.join(os.path.dirname(path), id)):
        with suppress(ValueError):  # a NUL in the path
            if id != STDIN and os.path.isfile(file):
                return _document(file, None, how)
    raise stop(
        f"{printable(path)} holds no text, and there is no file {_quoted(id)}; name the article, or extract with "
        "--keep-text",
        1,
    )


def _quoted(id: str | None) -> str:
    """An id as a shell takes it."""
    return printable(shlex.quote(id or ""))
