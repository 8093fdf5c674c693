"""The text as HTML paragraphs, its quotes marked.

Marks may overlap and stand in one another: each becomes as many elements as it takes to nest them properly. All
offsets count characters into the text, half-open. Apart from the numbers that stand behind the quotes (class ``ref``),
the characters of a paragraph are those of the text, one for one; what HTML can't hold (NUL, lone surrogates) is U+FFFD.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from quotes.grammar.boundaries import paragraph_spans
from quotes.records import Quote
from quotes.view.cast import Role
from quotes.view.notes import Check, unsure

NOT_HTML = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
SHORT = 40
"""Characters of a line under which its end is no matter of width but meant."""
STATES = {"unsure": "unsure", "right": "checked", "wrong": "checked: no quote", "changed": "checked and corrected"}
"""The states of a quote, in words."""
KINDS = ("content", "mention", "cue")
"""Of spans with the same edges the first stands outside."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the text, less blanks at its edges."""

    start: int
    end: int
    html: Markup
    """What stands inside the element."""
    lines: bool
    """Whether its line ends are meant, as in a list or a poem."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A span that gets an element."""

    start: int
    end: int
    kind: str
    """One of KINDS."""
    open: Markup
    close: Markup

    @property
    def order(self) -> tuple[int, int, int]:
        """Sorts outer before inner."""
        return (self.start, -self.end, KINDS.index(self.kind))


def shown(text: str) -> Markup:
    """Text as HTML, each of its characters one character."""
    return Markup(str(escape(NOT_HTML.sub("\ufffd", text))).replace("\r", "&#13;"))


def paragraphs(
    text: str, quotes: Sequence[Quote], roles: Sequence[Role], checks: Mapping[str, Check]
) -> list[Paragraph]:
    """The paragraphs with their marks.

    Args:
        text: the document's whole text.
        quotes: its quotes in the order of their numbers, every span within the text.
        roles: for each quote who speaks it.
        checks: by quote id what came of checking it.
    """
    spans = paragraph_spans(text)
    starts = [start for start, _ in spans]
    layers: dict[int, list[Layer]] = defaultdict(list)
    states = [_state(quote, checks) for quote in quotes]
    for layer in _layers(quotes, roles, states):
        k = max(bisect_right(starts, layer.start) - 1, 0)
        while k < len(spans) and starts[k] < layer.end:
            layers[k].append(layer)
            k += 1
    refs: dict[int, dict[int, list[Markup]]] = defaultdict(lambda: defaultdict(list))
    for at, ref in _refs(quotes, roles, states):
        k = max(bisect_right(starts, at - 1) - 1, 0)
        if spans:
            refs[k][min(max(at, starts[k]), spans[k][1])].append(ref)
    return [
        Paragraph(
            start, end, Markup("").join(_marked(text, start, end, layers[k], refs[k])), has_lines(text[start:end])
        )
        for k, (start, end) in enumerate(spans)
    ]


def has_lines(text: str) -> bool:
    """Whether the line ends of a paragraph are meant."""
    return any(len(line) < SHORT for line in text.split("\n")[:-1])


def _state(quote: Quote, checks: Mapping[str, Check]) -> str:
    """What a reader should know of a quote before all else: "unsure", or what came of checking it; or ""."""
    return checks.get(quote.id) or "unsure" * unsure(quote, checks)


def _layers(quotes: Sequence[Quote], roles: Sequence[Role], states: Sequence[str]) -> Iterator[Layer]:
    """The spans of all quotes; a cue or mention that several quotes share is one."""
    beside: dict[tuple[int, int, str], list[int]] = defaultdict(list)
    for k, quote in enumerate(quotes):
        classes = f"quote {quote.type} {roles[k].look} {states[k]}".strip()
        for part in quote.content:
            tag = Markup('<mark class="{}" data-quote="{}">').format(classes, k + 1)
            yield Layer(part.start, part.end, "content", tag, Markup("</mark>"))
        if quote.cue:
            beside[quote.cue.start, quote.cue.end, "cue"].append(k)
        if quote.speaker and quote.speaker.mention:
            beside[quote.speaker.mention.start, quote.speaker.mention.end, "mention"].append(k)
    for (start, end, kind), users in beside.items():
        name = "u" if kind == "cue" else "b"
        classes = kind if kind == "cue" else f"{kind} {roles[users[0]].look}"
        numbers = " ".join(str(k + 1) for k in users)
        tag = Markup('<{} class="{}" data-quote="{}">').format(Markup(name), classes, numbers)
        yield Layer(start, end, kind, tag, Markup(f"</{name}>"))


def _refs(quotes: Sequence[Quote], roles: Sequence[Role], states: Sequence[str]) -> Iterator[tuple[int, Markup]]:
    """Where a quote's number stands, and its HTML: a link behind the first part, plain behind the others."""
    for k, quote in enumerate(quotes):
        label = f"Quote {k + 1}{states[k] and f', {STATES[states[k]]}'}: {roles[k].name}, {quote.type}"
        classes = f"ref {roles[k].look} {states[k]}".strip()
        yield (
            quote.content[0].end,
            Markup('<a class="{0}" id="r{1}" href="#q{1}" role="doc-noteref" aria-label="{2}">{1}</a>').format(
                classes, k + 1, shown(label)
            ),
        )
        for part in quote.content[1:]:
            again = Markup('<span class="{0}" data-quote="{1}" aria-hidden="true">{1}</span>')
            yield part.end, again.format(classes, k + 1)


def _marked(
    text: str, start: int, end: int, layers: Iterable[Layer], refs: dict[int, list[Markup]]
) -> Iterator[Markup]:
    """A paragraph's HTML: what is open is closed down to what goes on, then opened up to what stands there."""
    waiting = sorted(layers, key=lambda layer: layer.order, reverse=True)
    edges = {start, end, *refs}
    edges |= {min(max(edge, start), end) for layer in waiting for edge in (layer.start, layer.end)}
    opened: list[Layer] = []
    for left, right in pairwise(sorted(edges)):
        here = [layer for layer in opened if layer.end > left]
        while waiting and waiting[-1].start <= left:
            layer = waiting.pop()
            if layer.end > left:
                here.append(layer)
        kept = next((k for k, (a, b) in enumerate(zip(opened, here, strict=False)) if a is not b), len(opened))
        kept = min(kept, len(here))
        yield from (layer.close for layer in reversed(opened[kept:]))
        yield from refs.get(left, ())
        yield from (layer.open for layer in here[kept:])
        yield shown(text[left:right])
        opened = here
    yield from (layer.close for layer in reversed(opened))
    yield from refs.get(end, ())
