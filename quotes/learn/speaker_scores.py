"""How often the speakers are right: against articles whose speakers people told, and texts with coreference chains.

A speaker is right if the name fits who really speaks (see `fits`), wrong if it is another's, and withheld if there is
no name or only the speaker's own words ("a spokesman") where the text has a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from quotes.learn.coreference import Chained, Mention
from quotes.learn.fits import Who, fits, is_name
from quotes.learn.gold import Annotation, Document
from quotes.learn.overlap import pairs, words, words_of
from quotes.records import Quote, Span
from quotes.resolve.pronouns import CLASSES

SURE = 0.9
"""Confidence from which a name looks certain."""
PRONOUNS = frozenset({"who", "you", "which"})
MENTIONS = ("name", "pronoun", "description", "none")
HALF = 0.5
"""Overlap of words from which two mentions are the same (Jaccard index)."""


@dataclass(slots=True)
class Tally:
    """How many speakers are right."""

    sources: int = 0
    right: int = 0
    wrong: int = 0
    withheld: int = 0
    sure: int = 0
    """Names given with a confidence of SURE or more."""
    sure_wrong: int = 0

    def add(self, given: str | None, confidence: float, is_right: bool) -> None:
        """Count a speaker."""
        named = bool(given) and is_name(given or "")
        self.sources += 1
        self.right += is_right
        self.wrong += named and not is_right
        self.withheld += not named and not is_right
        self.sure += (named or is_right) and confidence >= SURE
        self.sure_wrong += named and not is_right and confidence >= SURE


Found = Mapping[str, Sequence[Quote]]
"""The quotes found in each text, by its id."""


def by_articles(articles: Iterable[Document], whos: Mapping[str, Mapping[int, Who]], found: Found) -> dict[str, Tally]:
    """The speakers of the quotes that are found, by how the text mentions them, and of all."""
    tallies = {mention: Tally() for mention in (*MENTIONS, "all")}
    for article in articles:
        of = whos.get(article.id, {})
        everybody = list(dict.fromkeys(of.values()))
        for number, quote in _same(article, found.get(article.id, ())):
            who = of.get(number)
            if who is not None and who.kind != "NONE":
                _count(tallies, who.mention, quote, fits(_name(quote), who, everybody))
    return tallies


def by_chains(texts: Iterable[Chained], found: Found) -> dict[str, Tally]:
    """The speakers of all quotes whose mention stands in a chain with a name, by what that mention is, and of all."""
    tallies = {mention: Tally() for mention in (*MENTIONS, "all")}
    for text in texts:
        names = _names(text)
        for quote in found.get(text.id, ()):
            mention = quote.speaker.mention if quote.speaker else None
            gold = mention and _overlapping(text, mention)
            if mention and gold and (who := names.get(gold.chain)):
                _count(tallies, _sort(mention.text), quote, fits(_name(quote), who))
    return tallies


def _sort(mention: str) -> str:
    """What a mention is: name, pronoun or description."""
    if mention.lower() in CLASSES or mention.lower() in PRONOUNS:
        return "pronoun"
    return "name" if is_name(mention) else "description"


def _count(tallies: Mapping[str, Tally], mention: str, quote: Quote, right: bool) -> None:
    confidence = quote.speaker.confidence if quote.speaker else 0.0
    for row in (mention, "all"):
        tallies[row].add(_name(quote), confidence, right)


def _name(quote: Quote) -> str | None:
    return quote.speaker.name if quote.speaker else None


def _same(article: Document, quotes: Sequence[Quote]) -> Iterator[tuple[int, Quote]]:
    """The number of an annotation and the quote that is the same."""
    gold = [words_of(article.text, [annotation]) for annotation in article.annotations]
    mine = [words_of(article.text, [Annotation(tuple((s.start, s.end) for s in quote.content))]) for quote in quotes]
    number = {id(w): k for k, one in enumerate(gold) for w in one}
    place = {id(w): k for k, one in enumerate(mine) for w in one}
    for g, f in pairs([w for one in gold for w in one], [w for one in mine for w in one]):
        yield number[id(g)], quotes[place[id(f)]]


def _overlapping(text: Chained, mention: Span) -> Mention | None:
    """The gold mention that is the same as one of the program's: most words in common, the shortest of equals."""
    mine = words(text.text, ((mention.start, mention.end),))
    best, most = None, (0.0, 0)
    for gold in text.mentions:
        if gold.start < mention.end and mention.start < gold.end:
            theirs = words(text.text, ((gold.start, gold.end),))
            overlap = len(mine & theirs) / max(len(mine | theirs), 1)
            if overlap >= HALF and (overlap, -len(theirs)) > most:
                best, most = gold, (overlap, -len(theirs))
    return best


def _names(text: Chained) -> dict[str, Who]:
    """Who each chain with a name is."""
    forms: dict[str, list[str]] = {}
    kinds: dict[str, str] = {}
    for mention in text.mentions:
        form = re.sub(r"\s+", " ", text.text[mention.start : mention.end])
        if form.lower() not in CLASSES and re.search(r"[^\W\d_]", form):
            forms.setdefault(mention.chain, []).append(form)
            kinds.setdefault(mention.chain, mention.kind)
    whos = {}
    for chain, all_forms in forms.items():
        named = sorted((form for form in dict.fromkeys(all_forms) if is_name(form)), key=len, reverse=True)
        if named:
            person = kinds[chain].lower()[:3] in ("per", "pro", "nom", "")
            whos[chain] = Who(named[0], tuple(named[1:]), "PERSON" if person else "ORG")
    return whos
