"""``quotes verify``: quotations beside what was said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from quotes.cli.console import Errors, about, many, say, stop
from quotes.cli.options import For, IdField, InputFormat, MaxExpanded, TextField
from quotes.cli.output import STDOUT, spare, writing
from quotes.read.document import MAX_EXPANDED, STDIN, Document, Failure, Reading

if TYPE_CHECKING:
    from quotes.extractor import Extractor
    from quotes.verify import Sources, Voices
    from quotes.verify.page import Checked

AGAINST = "--against"


class Verify(TyperCommand):
    """Takes all that follows ``--against``, up to the next option, for sources: ``--against speeches/*.txt``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The arguments with an ``--against`` before each source."""
        taken: list[str] = []
        in_sources = False
        for argument in args:
            if argument.startswith("-") and argument != STDIN:
                in_sources = argument == AGAINST
                taken += [] if in_sources else [argument]
            else:
                taken += [AGAINST, argument] if in_sources else [argument]
        if args[-1:] == [AGAINST]:
            taken.append(AGAINST)  # without a source: the parser says so
        return super().parse_args(ctx, taken)


def verify(
    articles: Annotated[
        list[str], typer.Argument(help="Files, folders, or - for standard input, as quotes extract takes them.")
    ],
    against: Annotated[
        list[str],
        typer.Option(
            AGAINST,
            metavar="SOURCE...",
            help="What was said: transcripts, speeches, press releases, articles; files or folders of any format.",
        ),
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where to write the records; - is standard output.")
    ] = STDOUT,
    page: Annotated[
        str | None,
        typer.Option(metavar="FILE.html", show_default=False, help="Write a page too, quotations beside passages."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over what is there.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="End with status 1 if a quotation is altered, absent or somebody else's.")
    ] = False,
    purpose: For = "counting",
    model: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="An installed English spaCy pipeline, or the path of its folder."),
    ] = None,
    input_format: InputFormat = None,
    text_field: TextField = "text",
    id_field: IdField = "id",
    max_expanded: MaxExpanded = MAX_EXPANDED,
) -> None:
    """Compare what stands in quotation marks with what was said.

    For each quote the best passage in the sources, and a verdict: verbatim, altered (with the words left out, put in
    and changed), joined from several places, other speaker, or absent. Case, marks, numbers, British and American
    spelling, "gonna", ellipses, brackets and [sic] are understood.

    \b
    quotes verify article.txt --against speech.txt
    quotes verify articles/ --against transcripts/*.vtt releases/ --page check.html -o checked.jsonl
    quotes verify article.txt --against hearing.txt --strict > checked.jsonl && publish article.txt

    Standard output carries the records with the key verification, standard error everything else. Exit status: 0 all
    was read; 1 some inputs failed, each named on standard error, or with --strict a quotation is not what was said;
    2 the command line was wrong.
    """
    if STDIN in articles and STDIN in against:
        raise stop("the articles and the sources can't both be standard input", 2)
    if page == STDOUT or (page and page == output):
        raise stop("--page needs a file of its own", 2)
    for path in filter(None, (output, page)):
        spare(path, [*articles, *against], force)
    from quotes.extractor import Extractor
    from quotes.records import to_line
    from quotes.verify import WRONG, Voices

    how = Reading(input_format, text_field, id_field, (), max_expanded)
    errors = Errors()
    texts = list(_read(articles, how, errors))
    sources = _sources(against, how, errors, {text.id for text in texts})
    extractor = Extractor(model, types=("direct", "mixed"), purpose=purpose)
    voices = Voices(extractor.extract)
    checked: list[Checked] = []
    with writing(output) as file:
        for text in texts:
            for one in _checked(text, sources, voices, extractor):
                record = {**one.quote.to_dict(), "verification": one.verification.to_dict()}
                file.write(f"{to_line(record)}\n".encode())
                checked.append(one)
    if page:
        from quotes.verify.page import page as made

        with writing(page) as file:
            file.write(made(checked).encode())
    counts = Counter(one.verification.status for one in checked)
    if checked:
        say(f"{many(len(checked), 'quote')}: {', '.join(f'{n:,} {status}' for status, n in counts.most_common())}")
    errors.end()
    if strict and any(counts[status] for status in WRONG):
        raise typer.Exit(1)


def _read(paths: list[str], how: Reading, errors: Errors) -> Iterator[Document]:
    """The texts; what can't be read or is empty is said."""
    from quotes.read import documents

    for item in documents(paths, how):
        if isinstance(item, Failure):
            errors.add(about(item.id, item.reason))
            continue
        if item.note:
            say(about(item.id, item.note))
        if item.text.strip():
            yield item


def _sources(paths: list[str], how: Reading, errors: Errors, articles: set[str]) -> Sources:
    """The sources; one in another language or among the articles is said and left out.

    Raises:
        typer.Exit: none is left.
    """
    from quotes.read.language import foreign
    from quotes.verify import Sources

    sources = Sources()
    for document in _read(paths, how, errors):
        if document.id in articles:
            say(about(document.id, "is among the articles; not taken for a source"))
        elif language := foreign(document.text):
            say(about(document.id, f"in {language}, not English; left out of the sources"))
        elif not sources.add(document):
            say(about(document.id, "no word in it"))
    if not len(sources):
        raise stop("nothing to compare with: no source could be used", 1)
    return sources


def _checked(text: Document, sources: Sources, voices: Voices, extractor: Extractor) -> Iterator[Checked]:
    """The quotes of an article that stand in quotation marks, and the verdict on each."""
    from quotes.verify import verify as judged
    from quotes.verify.page import Checked, surroundings

    some = False
    for quote in extractor.extract(text.text, text.id):
        if verification := judged(quote, text.text, sources, voices):
            some = True
            yield Checked(quote, verification, surroundings(verification, sources))
    if not some:
        say(about(text.id, "nobody is quoted in it, in quotation marks"))
