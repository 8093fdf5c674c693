"""Phrases: what belongs to a noun, and what heads a span.

All by the parse, which errs; where it errs in one way often enough, a CASE says so with a sentence. What looks at
quotation marks as well is in ``quotes.find.source``.
"""

from __future__ import annotations

from quotes.grammar.circumstances import is_time, told_by
from quotes.grammar.parse import Parse, TokenSpan

LONGEST = 40
"""How many tokens of a phrase are looked at after its head."""
PARTING = frozenset((",", "(", ")", ";", ":", "—", "–", "--"))
"""Punctuation that parts a phrase from what follows."""
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


def short_phrase(p: Parse, head: int) -> TokenSpan:
    """A noun phrase as a description: of one thing alone, and only as far as it says of which kind that is.

    CASE 1: "[the chairman] and the treasurer": without conjuncts.
    CASE 2: "[a member of the council], which met": the clause, the apposition, the mark inside a phrase ends it too.
    CASE 3: "[a poll] released on Tuesday", "[the figures] last year": without the time at its end.
    CASE 4: "[a poll commissioned by a bank]": with a participle that tells something else than a time.
    CASE 5: "accused [the principal] of ignoring her": without what somebody does, which the verb before has to it.
    """
    start, end = noun_phrase(p, head, conjuncts=False)
    apart, question = p.language.apart, p.language.question_tags
    participle = next((child for child in p.children[head] if p.left[child] == end and _tells_which(p, child)), -1)
    end = p.right[participle] if participle >= 0 else end
    for i in range(head + 1, min(end, head + LONGEST)):
        if i == participle:
            continue
        ends = p.dep[i] in apart or p.tag[i] in question or p.lower[i] in PARTING or p.lower[i] in ("as", "like")
        if ends or _does(p, i):
            end = max(head + 1, min(i, p.left[i]))
            break
    return start, end


def trimmed(p: Parse, start: int, head: int, end: int) -> TokenSpan:
    """A noun phrase as far as the line's ends, less what doesn't belong to it at its edges: blanks, punctuation,
    conjunctions, a possessive's 's.

    Args:
        p: the parse.
        start: the first token.
        head: the token that heads it.
        end: one past the last token.
    """
    words, tag, lower, joints = p.words, p.tag, p.lower, p.language.joints
    for i in range(head - 1, start - 1, -1):
        if "\n" in words[i]:
            start = i + 1
            break
    for i in range(head + 1, end):
        if "\n" in words[i]:
            end = i
            break
    while start < head and (lower[start] in EDGE_MARKS or tag[start] in joints):
        start += 1
    while end - 1 > head and (lower[end - 1] in EDGE_MARKS or _is_loose(p, end - 1, head)):
        end -= 1
    return start, end


def _is_loose(p: Parse, i: int, head: int) -> bool:
    """Whether the last word of a noun phrase joins something, or makes a possessive of it: "the club's", but not "the
    head of McDonald's"."""
    return p.tag[i] in p.language.joints or (p.tag[i] == "POS" and (p.head[i] == head or p.dep[head] == "poss"))


def _is_part(p: Parse, child: int) -> bool:
    """Whether what mostly ends a noun phrase goes on with it: a hyphen, or an apposition without a comma."""
    if p.dep[child] == "punct":
        return p.lower[child] == "-"
    before = p.left[child] - 1
    return p.dep[child] == "appos" and p.tag[child] == "NNP" and before >= 0 and p.tag[before] in p.language.nouns


def _does(p: Parse, i: int) -> bool:
    """Whether a token is a preposition before a gerund with an object: of ignoring her."""
    language = p.language
    clauses = (c for c in p.children[i] if p.tag[i] in language.prepositions and p.tag[c] in language.gerunds)
    return any(p.dep[c] in language.prepositional_clauses and p.children[c] for c in clauses)


def _tells_which(p: Parse, child: int) -> bool:
    """Whether a participle after a noun says which one is meant, and not when it was made."""
    participle = p.dep[child] == "acl" and p.tag[child] == "VBN" and p.children[child]
    return bool(participle) and not any(_tells_when(p, c) or is_time(p, c) for c in p.children[child])


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
