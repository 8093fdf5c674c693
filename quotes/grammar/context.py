"""A parse with its quotation marks: what every rule looks at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from quotes.grammar.conversation import is_conversation
from quotes.grammar.marks import Quotation
from quotes.grammar.parse import Parse, TokenSpan
from quotes.grammar.turns import Transcript, turns

NO_QUOTE = -1
REACH = 200
"""Tokens beyond which nothing is searched for within a sentence, so that endless ones cost no more than others."""
SPACE_TAG = "_SP"
BREAKS = frozenset(",;:-–—.…()[]/|*•")
"""Punctuation that may stand at a content's edge and does not belong to it."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """An outermost quotation in tokens, marks included."""

    start: int
    end: int
    closed: bool
    continues: bool


def outermost(text: str, quotations: Sequence[Quotation]) -> Iterator[Quotation]:
    """The quotations that stand in no other.

    A paragraph of a block quote, opened by a straight mark and never closed, is none where quotations in curly
    marks stand in it: they are what its sentences report.
    """
    block = False
    for q, following in zip(quotations, [*quotations[1:], None], strict=False):  # none of either where none is
        if not q.depth:
            block = not q.closed and text[q.start] == '"' and _is_curly_inside(text, following)
            if not block:
                yield q
        elif block and q.depth == 1 and text[q.start] == "“":
            yield q


def _is_curly_inside(text: str, q: Quotation | None) -> bool:
    return q is not None and q.depth > 0 and text[q.start] == "“"


class Context:
    """A Parse, the outermost quotations in it, and for every token the quotation that it stands in.

    ``capitals[i]`` counts the words with a capital before token i, ``quoted[i]`` the tokens in quotations.
    ``run_end[q]`` is the last of the quotations that quotation q runs on into, paragraph by paragraph; q itself where
    it does not. ``turns`` are those of a transcript, in characters; ``conversation`` tells whether a new paragraph is
    the next speaker's turn. ``read`` is what a second reader made of the text, once one was asked.
    """

    __slots__ = (
        "_sentence_of",
        "blank",
        "capitals",
        "conversation",
        "parse",
        "quote_of",
        "quoted",
        "quotes",
        "read",
        "run_end",
        "turns",
    )

    def __init__(self, parse: Parse, quotations: Sequence[Quotation], transcript: Transcript = "auto") -> None:
        self.parse = parse
        self.read: Any = None
        self.turns = turns(parse.text, transcript)
        self.conversation = is_conversation(parse.text, quotations, parse.paragraph_spans())
        self.quotes: list[Quoted] = []
        self.quote_of = [NO_QUOTE] * len(parse)
        self.blank = [tag == SPACE_TAG for tag in parse.tag]
        for q in outermost(parse.text, quotations):
            start, end = bisect_right(parse.end, q.start), bisect_left(parse.start, q.end)
            if start < end and (not self.quotes or start >= self.quotes[-1].end):
                self.quote_of[start:end] = [len(self.quotes)] * (end - start)
                self.quotes.append(Quoted(start, end, q.closed, q.continues))
        self._sentence_of = self._sentences()
        self.capitals = [0, *accumulate(word[:1].isupper() for word in parse.words)]
        self.quoted = [0, *accumulate(q != NO_QUOTE for q in self.quote_of)]
        self.run_end = list(range(len(self.quotes)))
        for k in reversed(range(len(self.quotes) - 1)):
            if self.quotes[k].continues:
                self.run_end[k] = self.run_end[k + 1]

    def _sentences(self) -> list[TokenSpan]:
        """For every token its sentence, without white space at the edges; quotation marks that the parse put on
        the wrong side of a full stop are moved to the sentence that they open or close."""
        parse, blank, quote_of, quotes = self.parse, self.blank, self.quote_of, self.quotes
        out: list[TokenSpan] = []
        start = 0
        for _, end in parse.sents:
            if end <= start:
                continue
            last = quote_of[end - 1]
            if last != NO_QUOTE:
                quote = quotes[last]
                if start < quote.start and end - quote.start <= 2 and quote.end > end:
                    end = quote.start
                elif quote.closed and quote.end - end == 1 and quote.start < end:
                    end = quote.end
            a, b = start, end
            while b > a and blank[b - 1]:
                b -= 1
            while a < b and blank[a]:
                a += 1
            out += [(a, b)] * (end - start)
            start = end
        return out

    def lemma(self, i: int) -> str:
        """Base form of token i."""
        return self.parse.lemma(i)

    def verb_act(self, i: int) -> str:
        """The act that token i reports by the lexicon, if it is a verb; "" for none."""
        return self.parse.verb_act(i)

    def sentence(self, i: int) -> TokenSpan:
        """The sentence of token i, without white space at its edges."""
        return self._sentence_of[i]

    def paragraph(self, i: int) -> TokenSpan:
        """The paragraph of token i."""
        return self.parse.paragraphs[self.parse.para_of[i]]

    def tokens(self, start: int, end: int) -> TokenSpan | None:
        """The tokens of a span of characters, less blanks at its edges; None where there are none."""
        first, last = bisect_right(self.parse.end, start), bisect_left(self.parse.start, end)
        while first < last and self.blank[first]:
            first += 1
        while last > first and self.blank[last - 1]:
            last -= 1
        return (first, last) if first < last else None

    def before(self, i: int) -> int:
        """The nearest token before i that is not white space, within the paragraph; -1 at its beginning."""
        first, blank = self.paragraph(i)[0], self.blank
        i -= 1
        while i >= first and blank[i]:
            i -= 1
        return i if i >= first else -1

    def after(self, i: int) -> int:
        """The nearest token at or after i that is not white space, within the paragraph of i - 1; -1 at its end."""
        last, blank = self.paragraph(i - 1)[1], self.blank
        while i < last and blank[i]:
            i += 1
        return i if i < last else -1

    def trim(self, start: int, end: int) -> TokenSpan | None:
        """A span without punctuation and white space at its edges, quotation marks kept; None if nothing is left."""
        lower, quote_of, blank = self.parse.lower, self.quote_of, self.blank
        while start < end and (blank[start] or (lower[start] in BREAKS and quote_of[start] == NO_QUOTE)):
            start += 1
        while end > start and (blank[end - 1] or (lower[end - 1] in BREAKS and quote_of[end - 1] == NO_QUOTE)):
            end -= 1
        return (start, end) if start < end else None
