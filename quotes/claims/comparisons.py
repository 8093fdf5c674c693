"""What a claim compares: comparatives, superlatives, "as … as", and verbs of rising and falling."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quotes.lexicon import words

if TYPE_CHECKING:
    from quotes.claims.reported import Clause, Reported
    from quotes.grammar.parse import Parse, TokenSpan

NEAR_NUMBER = 3
"""Tokens behind "more than" within which a number makes it one: more than half a million."""


def comparisons(reported: Reported) -> Iterator[TokenSpan]:
    """Comparatives, superlatives, "as … as"."""
    parse, language = reported.parse, reported.parse.language
    for i in reported.tokens:
        if parse.tag[i] in language.comparatives | language.superlatives:
            if not _compares_nothing(parse, i):
                yield i, i + 1
        elif i + 2 in reported.inside and parse.lower[i] == parse.lower[i + 2] == "as" and _is_degree(parse, i + 1):
            yield i, i + 3


def _compares_nothing(parse: Parse, i: int) -> bool:
    """Whether a comparative or superlative compares nothing.

    CASE 1: "no longer", "at least", "three days later", "nothing more", "had better go".
    CASE 2: "more than 40 people", "one more day", "most people", "to do more": they count.
    CASE 3: "higher education", "the lower house", "best wishes": a name; "the best" is a superlative as what
    something is said to be.
    CASE 4: "better known"; "for better or worse"; "to better understand", "to fly higher", without "than".
    """
    word, tags = parse.lower[i], parse.language
    before, after = _around(parse, i)
    if word in words("no_comparison") or before in words("before_no_comparison") or after in words("degree_names"):
        return True
    than = any(parse.lower[c] == "than" for k in (i, parse.head[i]) for c in parse.children[k])
    if i and parse.tag[i - 1] in tags.numbers and not than:
        return True
    if word == "most":
        return not _is_superlative(parse, i)
    if word in words("good_degrees") and (_advises(parse, i) or (word == "best" and not _is_said_of(parse, i))):
        return True
    if parse.tag[i + 1 : i + 2] and parse.tag[i + 1] in tags.participles:
        return True
    if not than and (_is_either(parse, i) or _is_aim(parse, i)):
        return True
    if word in words("more_or_less") and not than and not _is_degree(parse, i + 1):
        return True
    return after == "than" and any(_is_number(parse, k) for k in range(i + 2, min(i + 2 + NEAR_NUMBER, len(parse))))


def _around(parse: Parse, i: int) -> tuple[str, str]:
    return parse.lower[i - 1] if i else "", parse.lower[i + 1] if i + 1 < len(parse) else ""


def _is_superlative(parse: Parse, i: int) -> bool:
    """Whether "most" is one: "the most wasteful", "is most important", "worries me most", but not "most people"."""
    before, _ = _around(parse, i)
    if before in words("definite") or (i and parse.tag[i - 1] in parse.language.possessive_marks):
        return True
    if i and parse.tag[i - 1] in parse.language.possessive_words:
        return True
    return parse.tag[i] not in parse.language.adjectives and (
        parse.head[i] < i or parse.dep[parse.head[i]] in parse.language.predicates
    )


def _advises(parse: Parse, i: int) -> bool:
    """Had better go."""
    untensed = i + 1 < len(parse) and parse.tag[i + 1] in parse.language.untensed
    return untensed and bool(i) and parse.lower[i - 1] in words("had")


def _is_said_of(parse: Parse, i: int) -> bool:
    """Whether a word, or the noun that it stands before, is what something is said to be, or one of them: they are the
    best, one of the best."""
    predicates = parse.language.predicates
    one_of = i > 1 and parse.lower[i - 2] == "of" and parse.lower[i - 1] in words("definite")
    return one_of or parse.dep[i] in predicates or parse.dep[parse.head[i]] in predicates


def _is_aim(parse: Parse, i: int) -> bool:
    """Whether it hangs on an infinitive: to better understand, to fly higher, to be cleaner."""
    above = parse.head[i]
    return parse.tag[above] in parse.language.verbs and any(
        parse.tag[c] in parse.language.infinitive_marks for c in parse.children[above]
    )


def _is_either(parse: Parse, i: int) -> bool:
    """Whether it is one of two, of which it leaves open which: for better or worse."""
    degrees = parse.language.comparatives
    pairs = ((i, i + 2), (i - 2, i))
    return any(
        a >= 0 and b < len(parse) and parse.lower[a + 1] == "or" and parse.tag[a] in degrees and parse.tag[b] in degrees
        for a, b in pairs
    )


def _is_number(parse: Parse, i: int) -> bool:
    signs = parse.language.numbers | parse.language.currency
    return parse.tag[i] in signs or parse.lower[i] in words("number_words")


def _is_degree(parse: Parse, i: int) -> bool:
    """Whether a word may stand between "as" and "as": as big as, but not as soon as."""
    return (
        i < len(parse)
        and parse.tag[i] in parse.language.adjectives | parse.language.adverbs
        and parse.lower[i] not in words("as_soon_as")
    )


def changes(reported: Reported, clause: Clause) -> bool:
    """Whether a verb such as "rose" or "improve" says that something has become more or less.

    CASE 1: "prices rose"; "they should improve the roads" doesn't.
    CASE 2: "she fell in love", "a deer jumped onto the road", "he rose to speak": who moves has no number beside it.
    """
    parse, verb = reported.parse, clause.verb
    if any(parse.lower[k] in words("obliging") for k in clause.auxiliaries):
        return False
    if parse.lemma(verb) not in words("moving"):
        return True
    if any(_is_number(parse, k) for k in range(verb + 1, min(verb + 2 + NEAR_NUMBER, len(parse)))):
        return True
    behind = parse.lower[verb + 1 : verb + 4]
    moved = clause.subject >= 0 and parse.lower[clause.subject] in words("movers")
    whither = bool(behind) and (behind[0] in words("whither") or not words("ground").isdisjoint(behind[1:]))
    return not moved and not whither
