"""What stands for what was said before: "Edun rejected that", "she said so", "he denied it".

An anaphor is no statement. Where it is plain what it stands for, the record of it tells (``Quote.content_of``): the
quote that ends in the same sentence or the one before, or else that sentence, if it states something.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from quotes.find.rules.anaphor import is_anaphor, stands_for_clause

if TYPE_CHECKING:
    from quotes.find.candidate import Attribution, TokenSpan
    from quotes.grammar.parse import Parse

LEAST_STATED = 4
"""Tokens of a sentence that states something."""


def content_of(parse: Parse, attributions: Sequence[Attribution]) -> list[Attribution | TokenSpan | None]:
    """For each attribution what its content stands for; None for a statement, and where that is not plain.

    CASE 1: "Economists say the naira will fall. Edun rejected that": the quote that ends last before the cue, in its
    sentence or the one before.
    CASE 2: "The river is rising. The mayor admitted as much": else the sentence before, in the same paragraph.
    CASE 3: "He bought a boat. She praised it": a thing, or nobody knows: not plain.
    """
    said = [one for one in attributions if not is_anaphor(parse, one.candidate.content)]
    ends = {id(one): parse.sent_of[one.candidate.content[-1][1] - 1] for one in said}
    out: list[Attribution | TokenSpan | None] = []
    for one in attributions:
        found = one.candidate
        if not is_anaphor(parse, found.content) or not stands_for_clause(parse, found.head, found.content):
            out.append(None)
            continue
        sentence = parse.sent_of[found.head]
        before = _sentence_before(parse, sentence)
        near = [
            other
            for other in said
            if other.candidate.content[-1][1] <= found.head and ends[id(other)] in (sentence, before)
        ]
        last = max(near, key=lambda other: other.candidate.content[-1][1], default=None)
        out.append(last or _statement(parse, before, sentence))
    return out


def _sentence_before(parse: Parse, sentence: int) -> int:
    """The number of the nearest sentence before that has a word in it; -1 for none."""
    before = sentence - 1
    while before >= 0 and not any(word[:1].isalnum() for word in parse.words[slice(*parse.sents[before])]):
        before -= 1
    return before


def _statement(parse: Parse, before: int, sentence: int) -> TokenSpan | None:
    """A sentence that states something, in the paragraph of the one behind it."""
    if before < 0:
        return None
    start, end = parse.sents[before]
    while end > start and not parse.words[end - 1].strip():
        end -= 1
    language = parse.language
    states = any(parse.tag[i] in language.finite for i in range(start, end)) and parse.lower[end - 1] != "?"
    together = parse.para_of[start] == parse.para_of[parse.sents[sentence][0]]
    return (start, end) if states and together and end - start >= LEAST_STATED else None
