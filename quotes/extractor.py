"""Text in, quotes out: the one place that strings the stages together."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal, TypeVar, overload

from quotes.decide import choose, load
from quotes.describe import describe
from quotes.find import candidates
from quotes.find.context import Context as Sight
from quotes.find.marks import pair
from quotes.parse import Parser
from quotes.records import (
    ACTS,
    PART_SEPARATOR,
    REPORTED,
    TYPES,
    Act,
    Cue,
    Quote,
    QuoteType,
    Span,
    quote_id,
)
from quotes.resolve import resolve

if TYPE_CHECKING:
    from quotes.find.candidate import Attribution, TokenSpan
    from quotes.find.marks import Quotation
    from quotes.parse import Parse
    from quotes.records import Speaker

Context = TypeVar("Context")
WORD = re.compile(r"\w")


class Extractor:
    """Finds the quotes of texts; loads its model once and may be used for any number of texts.

    Args:
        model: the name of an installed English spaCy pipeline or the path of its folder; None takes the
            variable QUOTES_MODEL or the model that is installed with this package.
        acts: the acts to give out (see ``quotes.records.Act``).
        types: the types to give out (see ``quotes.records.QuoteType``).
        min_confidence: leave out quotes of less confidence, 0 to 1; None leaves the choice to `decide`.

    Raises:
        quotes.parse.ModelError: no such model is installed, or it has no tagger, parser or ner.
        ValueError: there is no such act or type, or min_confidence is no probability.
    """

    def __init__(
        self,
        model: str | None = None,
        *,
        acts: Collection[Act] = REPORTED,
        types: Collection[QuoteType] = TYPES,
        min_confidence: float | None = None,
    ) -> None:
        self.wanted = Wanted(acts, types, min_confidence)
        self.parser = Parser(model)

    @overload
    def pipe(self, texts: Iterable[str], as_tuples: Literal[False] = ...) -> Iterator[list[Quote]]: ...
    @overload
    def pipe(
        self, texts: Iterable[tuple[str, Context]], as_tuples: Literal[True]
    ) -> Iterator[tuple[list[Quote], Context]]: ...

    def pipe(
        self, texts: Iterable[str] | Iterable[tuple[str, Context]], as_tuples: bool = False
    ) -> Iterator[list[Quote]] | Iterator[tuple[list[Quote], Context]]:
        """Find the quotes of a stream of texts, in its order, each text of any length.

        Args:
            texts: strings, or with as_tuples pairs (text, context), as ``nlp.pipe`` takes them.
            as_tuples: give pairs (quotes, context); a context that is a string becomes the quotes' doc_id.

        Yields:
            for each text its quotes in the order of their content.
        """
        if as_tuples:
            return self._with_contexts(texts)  # type: ignore[arg-type]
        return (self.wanted.of(find(parse)) for parse in self.parser.pipe(texts))  # type: ignore[arg-type]

    def extract(self, text: str, doc_id: str = "") -> list[Quote]:
        """Find the quotes of one text, in the order of their content."""
        return next(self.pipe([(text, doc_id)], as_tuples=True))[0]

    def _with_contexts(self, pairs: Iterable[tuple[str, Context]]) -> Iterator[tuple[list[Quote], Context]]:
        waiting: deque[Context] = deque()

        def texts() -> Iterator[str]:
            for text, context in pairs:
                waiting.append(context)
                yield text

        for parse in self.parser.pipe(texts()):
            context = waiting.popleft()
            yield self.wanted.of(find(parse, context if isinstance(context, str) else "")), context


class Wanted:
    """Which of the quotes found are given out; arguments and errors as Extractor's."""

    def __init__(self, acts: Collection[Act], types: Collection[QuoteType], min_confidence: float | None) -> None:
        for kind, known, asked in (("act", ACTS, acts), ("type", TYPES, types)):
            if isinstance(asked, str):
                raise ValueError(f"{kind}s is a list, not the string {asked!r}")
            for name in asked:
                if name not in known:
                    raise ValueError(f"there is no {kind} {name!r}, only {', '.join(known)}")
        if min_confidence is not None and not 0 <= min_confidence <= 1:
            raise ValueError(f"min_confidence is a probability, 0 to 1, not {min_confidence}")
        self.acts, self.types, self.min_confidence = frozenset(acts), frozenset(types), min_confidence or 0.0

    def of(self, quotes: Iterable[Quote]) -> list[Quote]:
        return [
            quote
            for quote in quotes
            if quote.act in self.acts and quote.type in self.types and quote.confidence >= self.min_confidence
        ]


def extract(text: str, doc_id: str = "") -> list[Quote]:
    """Find the quotes of one text with the default model and settings, in the order of their content.

    The model is loaded at the first call and kept. For other settings and for many texts use ``Extractor``.

    Raises:
        quotes.parse.ModelError: see ``Extractor``.
    """
    return _default().extract(text, doc_id)


@cache
def _default() -> Extractor:
    return Extractor()


def find(parse: Parse, doc_id: str = "") -> list[Quote]:
    """All quotes of a parsed text, whatever their act, in the order of their content: every later stage."""
    if not len(parse):
        return []
    quotations = pair(parse.text, parse.paragraph_spans())
    model = load()
    ctx = Sight(parse, quotations, model.plausible)
    attributions = choose(ctx, candidates(ctx), model)
    speakers = resolve(parse, quotations, attributions)
    quotes = [
        _record(parse, quotations, attribution, speaker, doc_id)
        for attribution, speaker in zip(attributions, speakers, strict=True)
    ]
    return sorted(quotes, key=lambda q: (q.content[0].start, q.cue.start if q.cue else -1))


def _record(
    parse: Parse,
    quotations: Sequence[Quotation],
    attribution: Attribution,
    speaker: Speaker | None,
    doc_id: str,
) -> Quote:
    found = attribution.candidate
    said = describe(parse, attribution, speaker)
    content = tuple(_span(parse, part) for part in found.content)
    cue = None
    if found.cue:
        words = _span(parse, found.cue)
        cue = Cue(words.start, words.end, words.text, found.lemma, said.negated, said.modal, said.question)
    return Quote(
        id=quote_id(doc_id, [(part.start, part.end) for part in content]),
        doc_id=doc_id,
        type=_type(parse.text, content, quotations),
        act=said.act,
        text=PART_SEPARATOR.join(part.text for part in content),
        content=content,
        cue=cue,
        speaker=speaker,
        addressee=_span(parse, said.addressee) if said.addressee else None,
        confidence=round(attribution.confidence, 4),
        rule=found.rule,
        paragraph=parse.para_of[found.content[0][0]],
        medium=_span(parse, said.medium) if said.medium else None,
        when=_span(parse, said.when) if said.when else None,
    )


def _span(parse: Parse, tokens: TokenSpan) -> Span:
    """The characters of a token span, less blank space at its edges (blanks can be tokens)."""
    first, end = tokens
    start, stop = parse.start[first], parse.end[end - 1]
    text = parse.text[start:stop]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    return Span(start, start + len(text), text)


def _type(text: str, content: Sequence[Span], quotations: Sequence[Quotation]) -> QuoteType:
    """direct: all words stand in quotations that open in the content; mixed: some do; indirect: none does."""
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
