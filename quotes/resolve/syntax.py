"""What the parse tells about noun phrases: their edges, their heads, their words."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.find.candidate import Attribution, TokenSpan
from quotes.grammar import phrases
from quotes.grammar.language import ENGLISH
from quotes.grammar.marks import Quotation
from quotes.grammar.parse import Parse
from quotes.lexicon import words

phrase, span_head = phrases.short_phrase, phrases.span_head
NOMINAL, INSIDE = ENGLISH.phrase_heads, ENGLISH.phrase_insides
SUBJECTS, OBJECTS, MODIFYING = ENGLISH.subjects, ENGLISH.objects, ENGLISH.modifiers
LOOSE_WORDS = words("loose_openers")
LOOSE_TAGS = ENGLISH.loosely_opening
CLIMB = 14
"""Steps up the tree from a pronoun."""


def own_words(parse: Parse, source: TokenSpan) -> str:
    """A source's words without the article before them and what is loosely attached behind a comma."""
    a, b = source
    for k in range(a + 1, b - 1):
        loose = parse.lower[k + 1] in LOOSE_WORDS or parse.tag[k + 1] in LOOSE_TAGS
        loose = loose and parse.end[k - 1] < parse.start[k] if parse.words[k] == "-" else loose  # Singapore-based
        if parse.words[k] in (",", "--", "—", "-", "(") and loose:
            b = k
            break
    while b - 1 > a and parse.tag[b - 1] in parse.language.question_tags:
        b -= 1
    while a < b - 1 and parse.tag[a] in parse.language.before_phrases:
        a += 1
    return strip_article(parse.slice((a, b)).strip(" ,.;:\n"))


def strip_article(text: str) -> str:
    """A phrase without the article that begins it."""
    words = text.split(maxsplit=1)
    return words[1] if len(words) == 2 and words[0].lower() in ENGLISH.words("articles") else text


def source_head(parse: Parse, source: TokenSpan | None, hint: int) -> int:
    """The token that heads a source; -1 for no source. The hint stands if it heads a part of it."""
    if source is None:
        return -1
    a, b = source
    tops = [i for i in range(a, b) if parse.tag[i] in NOMINAL and (not a <= parse.head[i] < b or parse.head[i] == i)]
    if not tops:
        tops = [i for i in range(a, b) if parse.tag[i] in NOMINAL]
    whole = [
        i
        for i in tops
        if parse.tag[i] not in parse.language.half_nouns and (i + 1 == b or parse.tag[i + 1] not in INSIDE)
    ]
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
    if (
        parse.dep[left - 2] not in parse.language.prepositional
        or parse.tag[left - 2] not in parse.language.singular_nouns
        or parse.tag[start] not in parse.language.prepositions
    ):
        return -1
    k = end + 1
    while k < min(end + 9, len(parse) - 1) and (
        parse.tag[k] in ENGLISH.nouns or parse.tag[k] in parse.language.leading
    ):
        k += 1
    follows = parse.tag[k] in parse.language.verbs or parse.tag[k] in parse.language.before_verbs
    return k - 1 if follows and k - 1 > end and parse.tag[k - 1] in ENGLISH.nouns else -1


def role_of(parse: Parse, i: int) -> str:
    """The part that a token has in its clause: subject, object, possessive or other."""
    dep = parse.dep[i]
    if dep in SUBJECTS:
        return "subject"
    return "object" if dep in OBJECTS else "possessive" if dep in parse.language.possessives else "other"


def clauses_over(parse: Parse, i: int) -> dict[int, int]:
    """The tokens over one in the parse, each with how many clauses up it is: 0 for its own."""
    over: dict[int, int] = {}
    clause = 0
    for _ in range(CLIMB):
        if parse.head[i] == i:
            break
        i = parse.head[i]
        over[i] = clause
        clause += parse.tag[i] in parse.language.verbs
    return over


def fellow_arguments(parse: Parse, i: int) -> set[int]:
    """The tokens of mentions that a pronoun can't mean.

    CASE 1: "Smith praised him", "Smith spoke of him": the subjects of the verb of which it is an object.
    CASE 2: "Asked by Smith, he said": who does in the passive clause before it what is done to whom it means.
    """
    verb = parse.head[i]
    if parse.dep[i] in SUBJECTS:
        return _doers_before(parse, i)
    if parse.dep[i] in parse.language.prepositional:  # "Smith spoke of him"
        verb = parse.head[verb]
    elif parse.dep[i] not in OBJECTS:
        return set()
    return {c for c in parse.children[verb] if parse.dep[c] in SUBJECTS}


def _doers_before(parse: Parse, i: int) -> set[int]:
    """The agents of a clause without a subject that stands before a subject, at the beginning of its sentence."""
    begins = parse.sents[parse.sent_of[i]][0]
    clauses = (c for c in parse.children[parse.head[i]] if c < i and parse.dep[c] in parse.language.adverbial)
    spans = [(parse.left[c], parse.right[c]) for c in clauses if parse.left[c] == begins]
    inside = [k for a, b in spans for k in range(a, b)]
    if any(parse.dep[k] in SUBJECTS for k in inside):
        return set()
    return {k for k in inside if parse.dep[parse.head[k]] in parse.language.agents}


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
