"""Names of bodies that go on behind small words: "Society for the Protection of Birds", "Food and Drug Agency"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes.find.candidate import TokenSpan
from quotes.grammar.parse import Parse
from quotes.lexicon import words
from quotes.resolve import lexicon

LINKS = words("body_links")
ENDS = words("body_ends")
SMALL = words("small_words") | {"&"}
GOING_ON = frozenset({"of", "for"})
"""What may link a second time: the Court of Appeals for the Ninth Circuit."""
COOPERATION = words("takes_in")
"""Words behind which "in" is part of the name: Organization for Security and Co-operation in Europe."""
COUPLES = words("couples_bodies")
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")
JOINING = frozenset({"and", "&"})


def body_goes_on(parse: Parse, capital: Sequence[bool], j: int, run: Sequence[TokenSpan]) -> int:
    """One past the next word of a body's name where small words at a token join it to its run, else that token.

    CASE 1: "of", "for", "on" behind a word for a body, and "of" or "for" again behind these.
    CASE 2: "and" or commas between the things that it is about: Department for Environment, Food and Rural Affairs;
    Securities and Exchange Commission. The Pentagon and State Department are two.
    CASE 3: anything whose first letters follow in brackets.
    """
    word = parse.lower[j]
    if word in LINKS and (_is_body(_last(parse, run)) or (word in GOING_ON and _linked(parse, run))):
        return behind_link(parse, capital, j)
    if word == "in" and _linked(parse, run) and _last(parse, run) in COOPERATION:
        return behind_link(parse, capital, j)
    if word in JOINING:
        return _behind_and(parse, capital, j, run)
    return _behind_comma(parse, capital, j, run) if word == "," else j


def behind_link(parse: Parse, capital: Sequence[bool], j: int) -> int:
    """One past the capitalised word behind "of", "of the" at a token, else that token."""
    k = j + 1
    k += k < len(parse) and parse.lower[k] == "the"
    if k + 1 < len(parse) and capital[k + 1] and (ORDINAL.match(parse.words[k]) or _is_doing(parse, k)):
        return k + 2  # for the 6th Circuit, for Safeguarding Security
    return k + 1 if k < len(parse) and capital[k] else j


def _is_doing(parse: Parse, k: int) -> bool:
    return parse.words[k][0].isupper() and parse.lower[k].endswith("ing")


def _behind_and(parse: Parse, capital: Sequence[bool], j: int, run: Sequence[TokenSpan]) -> int:
    end = _end(parse, capital, j + 1)
    if end == j + 1:
        return j
    if _in_brackets(parse, run, end):
        return end
    given = lexicon.first_names()
    couple = len(run) == 1 and _last(parse, run) in given and parse.lower[j + 1] in given
    if couple and parse.lower[end - 1] in COUPLES:
        return end
    joined = _is_topic(_last(parse, run)) and _is_topic(_word(parse, j + 1))
    return end if joined and _one_body(parse, run, end) else j


def _behind_comma(parse: Parse, capital: Sequence[bool], j: int, run: Sequence[TokenSpan]) -> int:
    """One past a series of topics: "…, Food and Rural Affairs"."""
    k = j
    while k < len(parse) and parse.lower[k] in (",", "and", "&"):
        last = parse.lower[k] != ","
        if not last and k + 1 < len(parse) and parse.lower[k + 1] in JOINING:
            k, last = k + 1, True
        end = _end(parse, capital, k + 1)
        if end == k + 1 or not _is_topic(_last(parse, run)) or not _is_topic(_word(parse, k + 1)):
            return j
        if last:
            return end if _one_body(parse, run, end) else j
        k = end
    return j


def _one_body(parse: Parse, run: Sequence[TokenSpan], end: int) -> bool:
    """Whether what ends before a token belongs to the body that a run begins: no other body with "of" before it,
    otherwise all of one: "Department of Justice and State Department" are two, "Food and Drug Administration" one."""
    last = parse.lower[end - 1]
    if _linked(parse, run):
        return not _is_body(last) or _is_topic(last)
    alone = not any(_is_body(parse.lower[a]) and not _is_topic(parse.lower[a]) for a, _ in run[1:] or run)
    return alone and (_is_body(last) or last in ENDS)


def _end(parse: Parse, capital: Sequence[bool], k: int) -> int:
    """One past the capitalised words from a token on; before a role whose holder's name follows the body's."""
    end, body = k, k
    while end < len(parse) and (capital[end] or (parse.words[end][0].isupper() and _is_topic(_word(parse, end)))):
        end += 3 if _hyphened(parse, end) else 1
        body = end if _is_body(parse.lower[end - 1]) else body
    if k < body < end and parse.lower[body] in lexicon.person_words():
        return body
    return end


def _in_brackets(parse: Parse, run: Sequence[TokenSpan], end: int) -> bool:
    """Whether the first letters of a name follow it in brackets."""
    if end + 2 >= len(parse) or parse.words[end] != "(" or parse.words[end + 2] != ")":
        return False
    inside = [k for k in range(run[0][0], end) if parse.lower[k] not in SMALL and parse.words[k][0].isalpha()]
    return len(inside) > 2 and "".join(parse.lower[k][0] for k in inside) == parse.lower[end + 1]


def _linked(parse: Parse, run: Sequence[TokenSpan]) -> bool:
    """Whether a run holds a word for a body and "of" or "for" behind it."""
    at = next((k for k, (a, _) in enumerate(run) if k and parse.lower[a] in LINKS), 0)
    return at > 0 and _is_body(parse.lower[run[at - 1][1] - 1])


def _last(parse: Parse, run: Sequence[TokenSpan]) -> str:
    """The last word of a run, small."""
    start, end = run[-1]
    return "".join(parse.lower[start:end])


def _word(parse: Parse, k: int) -> str:
    """The word at a token, small, with what a hyphen joins to it."""
    return "".join(parse.lower[k : k + 3]) if _hyphened(parse, k) else parse.lower[k]


def _hyphened(parse: Parse, k: int) -> bool:
    return k + 2 < len(parse) and parse.words[k + 1] == "-" and parse.start[k + 1] == parse.end[k]


def _is_body(word: str) -> bool:
    bodies = lexicon.organisation_words()
    return word in bodies or lexicon.singular(word) in bodies


def _is_topic(word: str) -> bool:
    return word in words("body_topics") or word in lexicon.portfolios()
