"""What quotes are about: the keyterms of a quote's surroundings, by textacy.

The terms of a document come from YAKE (Campos and others, "YAKE! Keyword extraction from single documents using
multiple local features", 2020) as textacy has it, over nouns and names: beside textrank it is the quick one of
textacy's four methods, and it gives the plain words that people search for as well as phrases. Each quote gets the
terms that stand in its own paragraph or in one beside it, and the document's first few.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from statistics import StatisticsError
from typing import TYPE_CHECKING

from spacy.tokens import Doc
from spacy.vocab import Vocab
from textacy.extract.keyterms import yake

from quotes.grammar.language import ENGLISH
from quotes.grammar.lemma import lemma

if TYPE_CHECKING:
    from quotes.grammar.parse import Parse

PARTS = {tag: "PROPN" if tag in ENGLISH.proper else "NOUN" for tag in ENGLISH.nouns}
"""Penn tags of the words that may stand in a term, as textacy knows them."""
OF_DOCUMENT = 20
"""Terms of a document."""
OF_ALL = 3
"""Of these, how many every quote of it gets."""
LONGEST = 20_000
"""Tokens of a document that are looked at."""


def topics(parse: Parse, quotes: Iterable[tuple[int, int]]) -> list[list[str]]:
    """The topics of each quote, in the order of their weight.

    Args:
        parse: the document.
        quotes: where the content of each begins and ends, in characters.
    """
    terms = keyterms(parse)
    spans = parse.paragraph_spans()
    found = []
    for first, last in quotes:
        own = [k for k, (start, end) in enumerate(spans) if start < last and end > first]
        near = range(max(0, own[0] - 1), own[-1] + 2) if own else range(0)
        paragraphs = {parse.paragraphs[k] for k in near if k < len(spans)}
        around = " ".join(_lemmas(parse, *paragraph) for paragraph in sorted(paragraphs))
        found.append([term for k, term in enumerate(terms) if k < OF_ALL or f" {term} " in f" {around} "])
    return found


def keyterms(parse: Parse) -> list[str]:
    """The terms that tell what a text is about, the weightiest first; in small letters, words in their base form."""
    end = min(len(parse), LONGEST)
    if not any(tag in PARTS for tag in parse.tag[:end]):
        return []
    doc = Doc(
        Vocab(),
        parse.words[:end],
        [after > before for before, after in pairwise([*parse.end[:end], parse.end[end - 1]])],
        pos=[PARTS.get(tag, "X") for tag in parse.tag[:end]],
        lemmas=_lemmas(parse, 0, end).split(" "),
        sent_starts=[k == 0 or parse.sent_of[k] != parse.sent_of[k - 1] for k in range(end)],
    )
    try:
        terms = yake(doc, normalize="lemma", include_pos=tuple(set(PARTS.values())), topn=OF_DOCUMENT)
    except StatisticsError:  # a text of a word or two
        return []
    return list(dict.fromkeys(term for term, _ in terms if any(map(str.isalpha, term))))


def _lemmas(parse: Parse, start: int, end: int) -> str:
    """Base forms of tokens, small letters, one blank between."""
    forms: Iterable[tuple[str, str]] = zip(parse.lower[start:end], parse.tag[start:end], strict=True)
    return " ".join("".join(lemma(lower, tag).split()) or "_" for lower, tag in forms)
