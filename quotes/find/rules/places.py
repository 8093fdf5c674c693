"""The places at which rules are tried: tokens of a part of speech, paragraphs, quotations.

Places that only one family looks at, such as a verb's complements, stand with its rules.
"""

from __future__ import annotations

from collections.abc import Iterator

from quotes.find.candidate import TokenSpan
from quotes.grammar.context import Context


def verbs(ctx: Context) -> Iterator[int]:
    """The verbs, by the tagger, but not the "according" of "according to"."""
    lower = ctx.parse.lower
    return (i for i, tag in enumerate(ctx.parse.tag) if tag[:1] == "V" and lower[i] != "according")


def nominals(ctx: Context) -> Iterator[int]:
    """The nouns and adjectives on which something hangs, or which say what somebody is: adamant that."""
    p = ctx.parse
    return (i for i, tag in enumerate(p.tag) if tag[:1] in ("N", "J") and (p.children[i] or p.dep[i] == "acomp"))


def adverbs(ctx: Context) -> Iterator[int]:
    """The adverbs, comparatives left out."""
    return (i for i, tag in enumerate(ctx.parse.tag) if tag == "RB")


def prepositions(ctx: Context) -> Iterator[int]:
    """The prepositions, and conjunctions that open a clause."""
    return (i for i, tag in enumerate(ctx.parse.tag) if tag == "IN")


def paragraphs(ctx: Context) -> Iterator[TokenSpan]:
    """The paragraphs."""
    return iter(ctx.parse.paragraphs)


def quotations(ctx: Context) -> Iterator[int]:
    """The outermost quotations, by their number in the context."""
    return iter(range(len(ctx.quotes)))
