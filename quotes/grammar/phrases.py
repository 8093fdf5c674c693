"""Phrases: what belongs to a noun, and what heads a span.

All by the parse, which errs; where it errs in one way often enough, a CASE says so with a sentence. What looks at
quotation marks as well is in ``quotes.find.source``.
"""

from __future__ import annotations

from quotes.grammar.circumstances import told_by
from quotes.grammar.parse import Parse, TokenSpan

EDGE_MARKS = frozenset(",;:-–—")
"""Punctuation that may stand at a noun phrase's edge and does not belong to it."""


def noun_phrase(p: Parse, head: int, *, conjuncts: bool = True) -> TokenSpan:
    """A noun with what says which one it is: without appositions, clauses, times, and what comes after these.

    CASE 1: "[Hugh Hill], a doctor in Perth, said": the apposition is none of it.
    CASE 2: "[her aide Tom Rask] said": an apposition without a comma is part of the name.
    CASE 3: "[the White House] on Friday dismissed": the parser hangs the time on the noun.

    Args:
        p: the parse.
        head: the token that heads it.
        conjuncts: whether it goes on over "and": "[Reyes and Pinto] said".
    """
    dep, language = p.dep, p.language
    start, end = head, head + 1
    for child in p.children[head]:
        label = dep[child]
        if child < head:
            if label not in language.opening and p.left[child] < start:
                start = p.left[child]
        elif (
            (label in language.ending and not _is_part(p, child))
            or (not conjuncts and label in language.joining)
            or _tells_when(p, child)
        ):
            break
        else:
            end = p.right[child]
    return trimmed(p, start, head, end)


def trimmed(p: Parse, start: int, head: int, end: int) -> TokenSpan:
    """A noun phrase as far as white space, less punctuation, conjunctions and a possessive's 's at its edges.

    Args:
        p: the parse.
        start: the first token.
        head: the token that heads it.
        end: one past the last token.
    """
    tag, lower, language = p.tag, p.lower, p.language
    start = next((i + 1 for i in range(head - 1, start - 1, -1) if tag[i] in language.space), start)
    end = next((i for i in range(head + 1, end) if tag[i] in language.space), end)
    while start < head and (lower[start] in EDGE_MARKS or tag[start] in language.conjunctions):
        start += 1
    while end - 1 > head and (lower[end - 1] in EDGE_MARKS or tag[end - 1] in ("CC", "POS")):
        end -= 1
    return start, end


def _is_part(p: Parse, child: int) -> bool:
    """Whether what mostly ends a noun phrase goes on with it: a hyphen, or an apposition without a comma."""
    if p.dep[child] == "punct":
        return p.lower[child] == "-"
    before = p.left[child] - 1
    return p.dep[child] == "appos" and p.tag[child] == "NNP" and before >= 0 and p.tag[before] in p.language.nouns


def _tells_when(p: Parse, child: int) -> bool:
    return p.dep[child] == "prep" and "time" in told_by(p, child)


def span_head(p: Parse, span: TokenSpan) -> int:
    """The token of a span that hangs on something outside it; of several, by an erring parse, the one with most of the
    span under it, and of equals the last; the last token where there is none."""
    start, end = span
    best, most = end - 1, 0
    for i in range(start, end):
        above = p.head[i]
        if (above == i or not start <= above < end) and p.dep[i] != "punct" and p.tag[i] not in p.language.space:
            size = min(p.right[i], end) - max(p.left[i], start)
            if size >= most:
                best, most = i, size
    return best


def objects_of(p: Parse, preposition: int) -> list[int]:
    """The heads of the nouns of a preposition, in text order."""
    return [child for child in p.children[preposition] if p.dep[child] == "pobj"]
