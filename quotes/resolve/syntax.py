"""What the parse tells about noun phrases: their edges, their heads, their words."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.find.candidate import Attribution, TokenSpan
from quotes.grammar.marks import Quotation
from quotes.grammar.parse import NOUNS, Parse
from quotes.resolve import lexicon

NOMINAL = NOUNS | {"PRP", "PRP$", "WP", "WDT", "WP$", "CD", "DT", "JJ", "JJS", "JJR", "FW", "EX"}
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
OBJECTS = frozenset({"dobj", "dative", "iobj"})
MODIFYING = frozenset({"compound", "amod", "nmod", "npadvmod", "quantmod"})
INSIDE = NOUNS | {"JJ", "JJS", "JJR", "CD", "HYPH", "POS", "VBG"}
"""What may follow a word inside its noun phrase: such a word is not the head."""
LOOSE = frozenset({"relcl", "appos", "cc", "conj", "punct", "parataxis", "ccomp", "advcl", "dep"})
"""What hangs on a noun without belonging to its phrase."""
LOOSE_WORDS = frozenset({"including", "which", "who", "whose", "such"})
LOOSE_TAGS = frozenset({"VBG", "VBN", "WP", "WDT", "DT"})
PARTING = frozenset({",", "(", ";", "—", "–", ":"})
BEFORE_TIME = frozenset(["last", "this", "next", "on", "in", "late", "early", "earlier"])
REACH = 14
"""Tokens of a noun phrase that are looked at before its head."""
FAR = 40
"""Tokens of a noun phrase that are looked at after its head."""


def phrase(parse: Parse, head: int) -> TokenSpan:
    """The noun phrase of a head without appositions, relative clauses, conjuncts and the time at its end."""
    left = max(parse.left[head], head - REACH)
    right = head + 1
    for c in parse.children[head]:
        if c < head:
            if parse.dep[c] in ("punct", "cc") and parse.words[c] in PARTING:
                left = max(left, c + 1)
            continue
        apart = parse.dep[c] in LOOSE or parse.tag[c] in ("_SP", "VBG") or parse.lower[c] in ("as", "like")
        if apart or parse.left[c] != right:
            break
        right = parse.right[c] if parse.dep[c] != "prep" else _prep_end(parse, c)
    while left < head and (parse.tag[left] == "_SP" or parse.dep[left] in ("cc", "punct", "mark", "preconj")):
        left += 1
    return left, _before_time(parse, head + 1, right)


def _prep_end(parse: Parse, prep: int) -> int:
    """Where a prepositional phrase ends, before commas and relative clauses in it."""
    end = min(parse.right[prep], prep + FAR)
    for k in range(prep + 1, end):
        if parse.words[k] in PARTING or parse.tag[k] in ("WDT", "WP") or "\n" in parse.words[k]:
            return k
    return end


def _before_time(parse: Parse, start: int, end: int) -> int:
    """Where a phrase ends without the time at its end: "a poll released on Tuesday", "last year"."""
    times = lexicon.times()
    if end <= start or parse.lower[end - 1] not in times:
        return end
    end -= 1
    while end > start and (parse.lower[end - 1] in BEFORE_TIME or parse.lower[end - 1] in times):
        end -= 1
    return end


def own_words(parse: Parse, source: TokenSpan) -> str:
    """A source's words without the article before them and what is loosely attached behind a comma."""
    a, b = source
    for k in range(a + 1, b - 1):
        loose = parse.lower[k + 1] in LOOSE_WORDS or parse.tag[k + 1] in LOOSE_TAGS
        if parse.words[k] in (",", "--", "—", "-", "(") and loose:
            b = k
            break
    while b - 1 > a and parse.tag[b - 1] in ("WP", "WDT"):
        b -= 1
    while a < b - 1 and parse.tag[a] in ("RB", "IN", "_SP", "``"):
        a += 1
    return strip_article(parse.slice((a, b)).strip(" ,.;:\n"))


def strip_article(text: str) -> str:
    """A phrase without the article that begins it."""
    first, _, rest = text.partition(" ")
    return rest.lstrip() if first.lower() in ("the", "a", "an") and rest else text


def span_head(parse: Parse, span: TokenSpan) -> int:
    """The token of a span that hangs on something outside it, the last one if several do."""
    a, b = span
    for i in range(b - 1, a - 1, -1):
        if (not a <= parse.head[i] < b or parse.head[i] == i) and parse.dep[i] != "punct":
            return i
    return b - 1


def source_head(parse: Parse, source: TokenSpan | None, hint: int) -> int:
    """The token that heads a source; -1 for no source. The hint stands if it heads a part of it."""
    if source is None:
        return -1
    a, b = source
    tops = [i for i in range(a, b) if parse.tag[i] in NOMINAL and (not a <= parse.head[i] < b or parse.head[i] == i)]
    if not tops:
        tops = [i for i in range(a, b) if parse.tag[i] in NOMINAL]
    whole = [i for i in tops if parse.tag[i] not in ("DT", "JJ") and (i + 1 == b or parse.tag[i + 1] not in INSIDE)]
    if hint in whole or (hint in tops and not whole):
        return hint
    return (whole or tops or [a])[0]


def displaced_subject(parse: Parse, name: TokenSpan) -> int:
    """The noun that is the subject where the parser takes a name before it for that; -1 if there is none.

    "In a call with his counterpart, Hakan Fidan, the top diplomat said …": the name belongs to the counterpart.
    """
    left, end = name
    start = parse.sents[parse.sent_of[left]][0]
    if left - 2 <= start or end + 2 >= len(parse) or parse.words[left - 1] != "," or parse.words[end] != ",":
        return -1
    if parse.dep[left - 2] != "pobj" or parse.tag[left - 2] != "NN" or parse.tag[start] != "IN":
        return -1
    k = end + 1
    while k < min(end + 9, len(parse) - 1) and (parse.tag[k] in NOUNS or parse.tag[k] in ("DT", "JJ", "POS", "PRP$")):
        k += 1
    follows = parse.tag[k][0] == "V" or parse.tag[k] in ("MD", "RB")
    return k - 1 if follows and k - 1 > end and parse.tag[k - 1] in NOUNS else -1


def clause_of(parse: Parse, i: int) -> int:
    """The verb over a token, where it stands near."""
    for _ in range(6):
        i = parse.head[i]
        if parse.tag[i][0] == "V":
            break
    return i


def depths(parse: Parse, quotations: Sequence[Quotation]) -> list[int]:
    """In how many quotations each token stands."""
    change: dict[int, int] = {}
    for quotation in quotations:
        change[quotation.start] = change.get(quotation.start, 0) + 1
        change[quotation.end] = change.get(quotation.end, 0) - 1
    points = sorted(change)
    found, level, k = [], 0, 0
    for start in parse.start:
        while k < len(points) and points[k] <= start:
            level += change[points[k]]
            k += 1
        found.append(level)
    return found


def contents(parse: Parse, attributions: Sequence[Attribution]) -> list[int]:
    """The innermost attribution in whose content each token stands, -1 outside all."""
    inside = [-1] * len(parse)
    spans = [(span, k) for k, a in enumerate(attributions) for span in a.candidate.content]
    for (a, b), k in sorted(spans, key=lambda s: (s[0][0], -s[0][1])):
        inside[a:b] = [k] * (b - a)
    return inside
