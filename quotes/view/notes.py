"""What is told of each quote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from quotes.records import FLAGS, Quote, Record, Span, flags
from quotes.view.cast import Role

UNSURE = 0.7
"""Confidence, of the quote or of its speaker's name, under which a quote is shown as doubtful."""
Check = Literal["right", "wrong", "changed"]
"""What came of checking a quote: it is as the program has it; it is none; its speaker or its edges are other ones."""
UNCHECKED: Mapping[str, Check] = {}
EXCERPT = 100
"""Characters of its text that are repeated where a quote is told of."""
TYPES = {
    "direct": "direct: all of it in quotation marks",
    "indirect": "indirect: in the writer’s words",
    "mixed": "mixed: some of it in quotation marks",
}


class Misfit(ValueError):
    """A quote whose offsets don't fit the text; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Note:
    """One quote as the page tells of it."""

    number: int
    """Counted from 1 in the order in which the quotes' first parts end."""
    quote: Quote
    role: Role
    unsure: bool
    check: Check | None
    """What came of checking it; None where nobody has."""
    excerpt: str
    """The beginning of its text."""
    kind: str
    """Its type and act in words."""
    naming: str
    """How its speaker's name was found, in words."""
    flags: tuple[str, ...]
    """What its cue says besides: that the act is denied, only possible, a question."""
    parent: int | None
    """The number of the quote that it stands in."""
    added: Markup


def misfit(text: str, quote: Quote) -> str:
    """Why a quote can't be shown in a text, or "" where it can: its spans must stand in the text as they say."""
    if not quote.content:
        return "it has no content"
    spans: list[tuple[str, Span | None]] = [(f"content[{k}]", part) for k, part in enumerate(quote.content)]
    spans += [("cue", quote.cue), ("speaker.mention", quote.speaker.mention if quote.speaker else None)]
    for name, span in spans:
        if span is None:
            continue
        if not 0 <= span.start <= span.end <= len(text):
            return f"{name} is {span.start} to {span.end}, which is no part of a text of {len(text):,} characters"
        if text[span.start : span.end] != span.text:
            return f"{name} is not what stands at {span.start} to {span.end} of the text"
    return ""


def numbered(text: str, quotes: Iterable[Quote | Record]) -> list[Quote]:
    """The quotes in the order of their numbers.

    Raises:
        Misfit: a quote's offsets don't fit the text.
        ValueError: a dict is no record.
    """
    found = [quote if isinstance(quote, Quote) else Quote.from_dict(quote) for quote in quotes]
    for quote in found:
        if why := misfit(text, quote):
            raise Misfit(f"quote {quote.id}: {why}")
    return sorted(found, key=lambda quote: (quote.content[0].end, -quote.content[0].start))


def unsure(quote: Quote, checks: Mapping[str, Check] = UNCHECKED) -> bool:
    """Whether a quote, or the name of its speaker, is in doubt: what somebody has checked is not."""
    speaker = quote.speaker
    if quote.id in checks:
        return False
    return quote.confidence < UNSURE or bool(speaker and speaker.name and speaker.confidence < UNSURE)


def notes(
    quotes: Sequence[Quote], roles: Sequence[Role], checks: Mapping[str, Check], added: Mapping[str, Markup]
) -> list[Note]:
    """What to tell of each quote.

    Args:
        quotes: in the order of their numbers.
        roles: for each quote who speaks it.
        checks: by quote id what came of checking it.
        added: as ``quotes.view.article`` takes it.
    """
    number = {quote.id: k for k, quote in enumerate(quotes, 1)}
    return [
        Note(
            number=k,
            quote=quote,
            role=role,
            unsure=unsure(quote, checks),
            check=checks.get(quote.id),
            excerpt=_excerpt(quote.text),
            kind=TYPES[quote.type] + ("" if quote.act == "speech" else f"; {quote.act}"),
            naming=_naming(quote),
            flags=tuple(FLAGS[flag] for flag in flags(quote.cue)),
            parent=number.get(quote.parent) if quote.parent else None,
            added=added.get(quote.id, Markup()),
        )
        for k, (quote, role) in enumerate(zip(quotes, roles, strict=True), 1)
    ]


def _excerpt(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= EXCERPT else words[:EXCERPT].rsplit(" ", 1)[0] + " …"


def _naming(quote: Quote) -> str:
    """How the name was found: "by the pronoun “he”"."""
    speaker = quote.speaker
    if speaker is None:
        return "the text names no source"
    words = f" “{' '.join(speaker.mention.text.split())}”" if speaker.mention else ""
    if not speaker.name:
        return f"not told: which one{words} is, the words don’t say"
    if speaker.resolved_by == "none":
        return f"by{words}" if words else "by nothing in the text"
    return f"by the {speaker.resolved_by}{words}"
