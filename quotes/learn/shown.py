"""Whether the whole program gives out what the rules' examples show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from quotes.extractor import Extractor
from quotes.find.rules import BOOK, Rule
from quotes.find.rules.marked import Marked, bare
from quotes.records import ACTS, Quote


class Shown(NamedTuple):
    """An example of a rule, and what the program makes of it."""

    rule: Rule
    example: str
    """With its marks, if it is one that the rule must match."""
    matches: bool
    """Whether the rule must match it."""
    quotes: list[Quote]
    """All that comes out of it, whatever the act."""

    @property
    def as_shown(self) -> bool:
        """Whether a quote of the rule comes out with the marked source, cue and content; or none of the rule's, where
        it must not match."""
        own = [quote for quote in self.quotes if quote.rule == self.rule.name]
        return any(_is(quote, Marked.read(self.example)) for quote in own) if self.matches else not own


def shown(extractor: Extractor | None = None, rules: Iterable[Rule] = BOOK) -> Iterator[Shown]:
    """Run every example through the whole program.

    Args:
        extractor: what runs them; None takes one with the model of the package that gives out all acts.
        rules: whose examples.
    """
    examples = [(rule, example, True) for rule in rules for example in rule.matches]
    examples += [(rule, example, False) for rule in rules for example in rule.rejects]
    texts = (Marked.read(example).text if matches else example for _, example, matches in examples)
    found = (extractor or Extractor(acts=ACTS, purpose="everything")).pipe(texts)
    for (rule, example, matches), quotes in zip(examples, found, strict=True):
        yield Shown(rule, example, matches, quotes)


def _is(quote: Quote, marked: Marked) -> bool:
    mention = quote.speaker.mention if quote.speaker else None
    source, cue = ((span.start, span.end) if span else None for span in (mention, quote.cue))
    content = [bare(span.text) for span in quote.content]
    return (source, content) == (marked.source, marked.contents) and (quote.cue is None or cue == marked.cue)
