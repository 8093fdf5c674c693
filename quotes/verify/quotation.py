"""What stands in quotation marks, in the pieces that claim to have been said in one breath.

An ellipsis parts two pieces, and so do closing and opening marks. Words in brackets are the writer's: they stand for
any words or none; [sic] stands for nothing; "[T]he" is "The".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from quotes.grammar.boundaries import paragraph_spans
from quotes.grammar.marks import pair
from quotes.records import Quote
from quotes.verify.words import Word, plain_words, words

Before = Literal["", "ellipsis", "marks", "own words", "length"]
LONGEST = 150
"""Words of a piece; longer ones are cut, as time to compare grows with the square."""
ANY = "[]"
"""The plain form of what the writer put in brackets."""
MARK = re.compile(
    r"(?P<ellipsis>[\[(]\s*(?:…|\.{3,}|\.(?:\s\.){2,})\s*[\])]|…|\.{3,}|\.(?:\s\.){2,})"
    r"|(?P<sic>[\[(]sic[.!]?[\])])"
    r"|(?P<letters>\[(?P<first>\w{1,2})\](?P<rest>\w[\w'’]*))"
    r"|(?P<bracket>\w{0,20}\[[^\[\]]{1,200}\])",
    re.IGNORECASE,
)


class Piece(NamedTuple):
    """Words that claim to stand together."""

    words: tuple[Word, ...]
    before: Before
    """What parts it from the piece before it: nothing (it is the first), an ellipsis, closing and opening marks,
    words of the writer's outside of marks, as in a quote that is partly in them, or nothing but its length."""


def pieces(quote: Quote, text: str) -> list[Piece]:
    """The pieces of a quote in order, none of one without quotation marks.

    Args:
        quote: a quote of the text.
        text: its document's text.
    """
    found: list[Piece] = []
    for start, end in _marked(quote, text):
        before: Before = "" if not found else "own words" if quote.type == "mixed" else "marks"
        for words_ in _parted(text, start, end):
            for at in range(0, len(words_), LONGEST):
                found.append(Piece(words_[at : at + LONGEST], "length" if at else before))
            before = "ellipsis"
    return found


def _marked(quote: Quote, text: str) -> list[tuple[int, int]]:
    if quote.type == "direct":
        return [(part.start, part.end) for part in quote.content]
    if quote.type == "indirect":
        return []
    first, last = quote.content[0].start, quote.content[-1].end
    paragraphs = [(a, b) for a, b in paragraph_spans(text) if a < last and b > first]
    return [
        (max(mark.start, part.start), min(mark.end, part.end))
        for mark in pair(text, paragraphs)
        if mark.depth == 0
        for part in quote.content
        if mark.start < part.end and mark.end > part.start
    ]


def _parted(text: str, start: int, end: int) -> Sequence[tuple[Word, ...]]:
    """A stretch in marks, parted at its ellipses; pieces without a word left out."""
    parts: list[list[Word]] = [[]]
    at = start
    for match in MARK.finditer(text, start, end):
        parts[-1] += words(text, at, match.start())
        at = match.end()
        if match["ellipsis"]:
            parts.append([])
        elif match["letters"]:
            parts[-1] += [Word(*match.span(), plain) for plain in plain_words(match["first"] + match["rest"])]
        elif match["bracket"]:
            parts[-1].append(Word(*match.span(), ANY))
    parts[-1] += words(text, at, end)
    return [tuple(part) for part in parts if any(word.plain != ANY for word in part)]
