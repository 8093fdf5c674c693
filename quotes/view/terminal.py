"""A text and its quotes for a terminal: the quotes by speaker, or the whole text with its quotes marked.

Colours, numbers and the order of the speakers are the page's. Where the page has a line under the words, solid for
direct and dashed for indirect speech, a terminal has underlines and slanted type; both together are mixed speech. Where
it has neither, in a file or a pipe, a quote stands in brackets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.constrain import Constrain
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from quotes.grammar.boundaries import paragraph_spans
from quotes.line import act, lead, plain, who
from quotes.records import Quote, QuoteType, Record, Span, flags
from quotes.view.cast import UNTOLD, Role, cast
from quotes.view.marks import has_lines
from quotes.view.notes import UNSURE, numbered, unsure
from quotes.view.page import byline, titled, told_of

HUES = (
    "#3177c5",
    "#b85c25",
    "#1c8747",
    "#b3548f",
    "#8e721c",
    "#8265c1",
    "#128383",
    "#bf525a",
    "#6c7d19",
    "#167f9e",
    "#9e5bae",
    "#9f6b1e",
)
"""The hues of static/base.css as light as reads on black and on white alike, with a contrast of 4.5:1: which of the two
a terminal has, it doesn't tell."""
GREY = "#777571"
RED = "#cb4b41"
TYPES: Mapping[QuoteType, str] = {"direct": "underline", "indirect": "italic", "mixed": "underline italic"}
SURE = 0.9
"""Confidence from which a quote and its speaker's name get the mark of the surest."""
MARKS = ("●", "◐", "○")
"""Of quotes that are sure, fairly sure and in doubt."""
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
MEASURE = 100
"""Characters of a line that still reads well."""
WIDE = 110
"""Columns from which speakers stand beside their quotes, and how many they take."""
ASIDE = 30


class Article:
    """What a text's quotes look like, as wide as the console is.

    Args:
        text: the document's whole text.
        quotes: its quotes in any order, or records as dicts.
        title: the headline; None takes meta's title, or else the text's first line if it looks like one.
        meta: title, author, date, url and outlet as far as known; None takes the first quote's.
        in_text: show the whole text, its quotes marked, instead of the quotes by speaker.

    Raises:
        quotes.view.Misfit: a ValueError: a quote's offsets don't fit the text.
        ValueError: a dict is no record.
    """

    def __init__(
        self,
        text: str,
        quotes: Iterable[Quote | Record],
        title: str | None = None,
        meta: Mapping[str, Any] | None = None,
        in_text: bool = False,
    ) -> None:
        self.text, self.quotes, self.in_text = text, numbered(text, quotes), in_text
        self.roles, self.of_quote = cast(self.quotes)
        about = told_of(self.quotes, meta)
        self.title, self.byline = titled(text, title, about), byline(about)
        first = next(iter(paragraph_spans(text)), None) if in_text else None
        self.headline = first if first and " ".join(text[slice(*first)].split()) == self.title else None
        """Where the headline stands in the text, if that is shown and begins with it."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        styled = console.color_system is not None
        wide = options.max_width >= WIDE
        if self.title:
            heading = self._paragraph(*self.headline, styled) if self.headline else Text(plain(self.title))
            heading.style = "bold"
            yield _narrow(heading)
        if self.byline:
            yield _narrow(Text(plain(" · ".join(self.byline)), style=GREY))
        if self.title or self.byline:
            yield ""
        if self.in_text:
            yield from self._paragraphs(styled)
        if not self.quotes:
            yield Text("No quotes found.", style=GREY)
        elif self.in_text:
            yield from self._speakers()
            yield ""
            yield _narrow(Text(_key(styled), style=GREY))
        else:
            for role in self.roles:
                yield self._beside(role) if wide else self._below(role)
                yield ""
            yield _narrow(Text("   ".join(_sureness()), style=GREY))

    # The quotes by speaker

    def _beside(self, role: Role) -> Table:
        """A speaker and the quotes, one beside the other."""
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(width=ASIDE)
        grid.add_column(max_width=MEASURE + 8)
        grid.add_row(_heading(role, "\n"), self._rows(role))
        return grid

    def _below(self, role: Role) -> Group:
        """A speaker and the quotes, one below the other."""
        return Group(_narrow(_heading(role, ", ")), Padding(self._rows(role), (0, 0, 0, 1)))

    def _rows(self, role: Role) -> Table:
        """The quotes of a speaker with their numbers and marks."""
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_column(justify="right", style=GREY, min_width=len(str(len(self.quotes))))
        grid.add_column(style=_colour(role))
        grid.add_column(max_width=MEASURE, overflow="fold")
        for number in role.quotes:
            quote = self.quotes[number - 1]
            grid.add_row(str(number), _mark(quote), self._line(quote, role))
        return grid

    def _line(self, quote: Quote, role: Role) -> Text:
        """A quote in a line: the act as it was done or not done, and the content."""
        record = quote.to_dict()
        name = who(record["speaker"])
        told = lead(record, name, self.text) if role.name == UNTOLD else act(record, name, self.text)
        style = f"bold {RED}" if flags(quote.cue) else _colour(role)
        return Text.assemble((plain(f"{told} " if told else ""), style), plain(" ".join(quote.text.split())))

    # The whole text

    def _paragraphs(self, styled: bool) -> Iterator[RenderableType]:
        for start, end in paragraph_spans(self.text):
            if (start, end) != self.headline:
                yield _narrow(self._paragraph(start, end, styled))
                yield ""

    def _paragraph(self, start: int, end: int, styled: bool) -> Text:
        """A paragraph with its marks, and the numbers of quotes behind them."""
        words = self.text[start:end]
        shown = Text("\n".join(map(plain, words.split("\n"))) if has_lines(words) else plain(words))

        def style(span: Span, how: str) -> None:
            if span.start < end and span.end > start:
                shown.stylize(how, max(span.start - start, 0), min(span.end, end) - start)

        put: list[tuple[int, Text]] = []
        for number, (quote, role) in enumerate(zip(self.quotes, self.of_quote, strict=True), 1):
            colour = _colour(role)
            for part in quote.content:
                style(part, f"{colour} {TYPES[quote.type]}")
                if start <= part.start < end and not styled:
                    put.append((part.start - start, Text("[")))
                if start < part.end <= end:
                    put.append((part.end - start, Text(f"{']' * (not styled)}{_raised(number, quote)}", colour)))
            if quote.cue:
                style(quote.cue, f"bold {RED}" if flags(quote.cue) else "bold")
            if quote.speaker and quote.speaker.mention:
                style(quote.speaker.mention, f"bold {colour}")
        return _with(shown, put)

    def _speakers(self) -> Iterator[RenderableType]:
        """Who speaks, in which quotes."""
        for role in self.roles:
            numbers = " ".join(_raised(number, self.quotes[number - 1]) for number in role.quotes)
            yield _narrow(Text.assemble(_heading(role, ", "), "  ", (numbers, _colour(role))))


def _narrow(words: Text) -> Constrain:
    return Constrain(words, MEASURE)


def _with(words: Text, put: Sequence[tuple[int, Text]]) -> Text:
    """Words with others put in at some offsets."""
    put = sorted(put, key=lambda one: one[0])
    edges = [0, *(at for at, _ in put), len(words)]
    shown = Text()
    for (left, right), (_, after) in zip(pairwise(edges), [*put, (0, Text())], strict=True):
        shown.append_text(words[left:right]).append_text(after)
    return shown


def _heading(role: Role, between: str) -> Text:
    """A speaker's name, with the role that the text gives."""
    description = role.speaker.description if role.speaker else None
    told = f"{between}{plain(description)}" if description and description != role.name else ""
    return Text.assemble((plain(role.name), f"bold {_colour(role)}"), (told, GREY))


def _colour(role: Role) -> str:
    hue = role.look.split()[0].removeprefix("hue-")
    return HUES[int(hue)] if hue.isdecimal() else GREY


def _mark(quote: Quote) -> str:
    if unsure(quote):
        return MARKS[2]
    named = quote.speaker if quote.speaker and quote.speaker.name else None
    return MARKS[min(quote.confidence, named.confidence if named else 1) < SURE]


def _raised(number: int, quote: Quote) -> str:
    return f"{number}".translate(RAISED) + "?" * unsure(quote)


def _sureness() -> tuple[str, str, str]:
    sure, fairly, doubtful = MARKS
    return (
        f"{sure} {100 * SURE:.0f} % sure or more",
        f"{fairly} {100 * UNSURE:.0f} % or more",
        f"{doubtful} less sure of the quote or of its speaker",
    )


def _key(styled: bool) -> str:
    marked = "underlined: direct speech, slanted: indirect, both: mixed; bold: who, and the words that report; "
    return f"{marked if styled else ''}?: less than {100 * UNSURE:.0f} % sure of the quote or of its speaker"
