"""Tokens to records: the spans of a quote in characters, its type, its id."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from quotes.describe import describe
from quotes.grammar.boundaries import less_blanks
from quotes.records import PART_SEPARATOR, Cue, Quote, QuoteType, Span, quote_id

if TYPE_CHECKING:
    from quotes.find.candidate import Attribution, TokenSpan
    from quotes.grammar.marks import Quotation
    from quotes.grammar.parse import Parse
    from quotes.records import Speaker

WORD = re.compile(r"\w")


def record(
    parse: Parse,
    quotations: Sequence[Quotation],
    attribution: Attribution,
    speaker: Speaker | None,
    doc_id: str,
    content_of: Attribution | TokenSpan | None = None,
) -> Quote:
    """The record of one attribution; spans, type and id are those of its content.

    Args:
        parse: the text.
        quotations: those of the text, as ``quotes.grammar.marks.pair`` gives them.
        attribution: what stands, in tokens of the parse.
        speaker: who it is from.
        doc_id: the text's id.
        content_of: what its content stands for, if it is no statement itself.
    """
    found = attribution.candidate
    said = describe(parse, attribution, speaker)
    content = _content(parse, attribution)
    cue = None
    if found.cue:
        words = span(parse, found.cue)
        cue = Cue(words.start, words.end, words.text, found.lemma, said.negated, said.modal, said.question)
    return Quote(
        id=_id(doc_id, content),
        doc_id=doc_id,
        type=quote_type(parse.text, content, quotations),
        act=said.act,
        text=PART_SEPARATOR.join(part.text for part in content),
        content=content,
        cue=cue,
        speaker=speaker,
        addressee=span(parse, said.addressee) if said.addressee else None,
        confidence=round(attribution.confidence, 4),
        rule=found.rule,
        paragraph=parse.para_of[found.content[0][0]],
        medium=span(parse, said.medium) if said.medium else None,
        when=span(parse, said.when) if said.when else None,
        parent=_id_of(parse, attribution.parent, doc_id),
        content_of=span(parse, content_of) if isinstance(content_of, tuple) else _id_of(parse, content_of, doc_id),
    )


def _content(parse: Parse, attribution: Attribution) -> tuple[Span, ...]:
    return tuple(span(parse, part) for part in attribution.candidate.content)


def _id_of(parse: Parse, attribution: Attribution | None, doc_id: str) -> str | None:
    """The id of the record of an attribution."""
    return _id(doc_id, _content(parse, attribution)) if attribution else None


def _id(doc_id: str, content: Sequence[Span]) -> str:
    return quote_id(doc_id, [(part.start, part.end) for part in content])


def span(parse: Parse, tokens: TokenSpan) -> Span:
    """The characters of a token span, less blank space at its edges (blanks can be tokens)."""
    first, end = tokens
    start, stop = less_blanks(parse.text, parse.start[first], parse.end[end - 1])
    return Span(start, stop, parse.text[start:stop])


def quote_type(text: str, content: Sequence[Span], quotations: Sequence[Quotation]) -> QuoteType:
    """direct: all words stand in quotations that open in the content; mixed: some do; indirect: none does.

    Args:
        text: the document's.
        content: the parts of the content, in order.
        quotations: those of the text, as ``quotes.grammar.marks.pair`` gives them.
    """
    quoted = outside = False
    at = 0
    for part in content:
        at = max(at, part.start)
        for i in range(bisect_left(quotations, part.start, key=_start), len(quotations)):
            quotation = quotations[i]
            if quotation.start >= part.end:
                break
            quoted = True
            if quotation.start >= at:
                outside = outside or bool(WORD.search(text, at, quotation.start))
            at = max(at, quotation.end)
        outside = outside or bool(at < part.end and WORD.search(text, at, part.end))
    return ("mixed" if outside else "direct") if quoted else "indirect"


def _start(quotation: Quotation) -> int:
    return quotation.start
