"""Is a text a conversation, as novels have them, in which a new paragraph is a new speaker's turn?

In news a paragraph of nothing but quotation goes on with the speaker before it; in a story it is the other one's
answer. No paragraph tells by itself which it is. The document does: people who talk to each other ask, exclaim, say
"you", answer in a word or two and open paragraph after paragraph; those who talk to a reporter speak in long
sentences, between numbers and days of the week.

The weights are those of a logistic regression, rounded, over the 50 novels of LitBank, the 840 articles of PolNeAR's
training part and the 167 of the world. Of 33 novels with enough to judge 32 are over the threshold, of the 1,007
articles four, all of which retell a conversation; of the 124 articles of the development sets, none of which it was
fitted on, none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes.grammar.marks import ANY, Quotation

LEAST = 3
"""Quotations that are sentences from which there is anything to judge."""
QUESTIONS, YOU, SHORT, LEADS, NARRATED = 2.2, 0.1, 5.4, 3.2, 0.35
"""What counts for it: the shares of quotations that ask or exclaim, say "you", are short; of paragraphs that open with
a mark; the pronouns in a hundred words of the writer's."""
MOST_NARRATED = 15.0
THRESHOLD = 4.7
FIGURES = 0.008
"""Share of figures and days among the writer's words up to which a text may be a story; one is always allowed."""
FEW_WORDS = 5
MANY = 6
"""Quotations of a text of which less than half of the paragraphs open (or, where no figures stand, end) with one."""

FIGURE = re.compile(r"\w*\d\w*|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|per ?cent|[%$£€]")
SECOND = re.compile(r"\b(?:you|yours?|yourself|thou|thee|thy|ye)\b", re.I)
PRONOUN = re.compile(r"\b(?:he|she|I|him|her|his|my|me)\b")
ENDED = re.compile(r"[.,!?—–…-][\W_]*$")


def is_conversation(text: str, quotations: Sequence[Quotation], paragraphs: Sequence[tuple[int, int]]) -> bool:
    """Whether the people of a text talk to each other.

    Args:
        text: the document's.
        quotations: those of the text, as ``quotes.grammar.marks.pair`` gives them.
        paragraphs: character spans of its paragraphs.
    """
    outer = [q for q in quotations if not q.depth]
    said = [words for q in outer if (words := _words(text, q))[:1].isupper() and _ended(text, q)]
    if len(said) < LEAST:
        return False
    told = _outside(text, outer)
    told_words = max(1, len(told.split()))
    figures = len(FIGURE.findall(told))
    if figures > max(1.0, FIGURES * told_words):
        return False
    starts = {q.start for q in outer}
    opened = sum(a + len(text[a:b]) - len(text[a:b].lstrip()) in starts for a, b in paragraphs)
    many = len(said)
    at_edges = opened if figures else _at_edges(text, outer, paragraphs)
    if many < MANY and 2 * at_edges < len(paragraphs):
        return False
    score = (
        QUESTIONS * sum(words[-1] in "?!" for words in said) / many
        + YOU * sum(bool(SECOND.search(words)) for words in said) / many
        + SHORT * sum(len(words.split()) <= FEW_WORDS for words in said) / many
        + LEADS * opened / len(paragraphs)
        + NARRATED * min(MOST_NARRATED, 100 * len(PRONOUN.findall(told)) / told_words)
    )
    return score > THRESHOLD


def _at_edges(text: str, outer: Sequence[Quotation], paragraphs: Sequence[tuple[int, int]]) -> int:
    """How many paragraphs open or end with a quotation: He put down his pen. “I shall not sign it.”"""
    starts, ends = {q.start for q in outer}, {q.end for q in outer}
    return sum(a in starts or a + len(text[a:b].rstrip()) in ends for a, b in paragraphs)


def _words(text: str, quotation: Quotation) -> str:
    return text[quotation.start : quotation.end].strip(ANY + " \n")


def _ended(text: str, quotation: Quotation) -> bool:
    return bool(ENDED.search(text[quotation.start : quotation.end])) or not quotation.closed


def _outside(text: str, outer: Sequence[Quotation]) -> str:
    """The writer's own words."""
    parts, at = [], 0
    for quotation in outer:
        parts.append(text[at : quotation.start])
        at = quotation.end
    return " ".join([*parts, text[at:]])
