"""What a claim counts or measures: its numbers, each with what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from quotes.grammar.circumstances import YEAR, is_time
from quotes.lexicon import table, words

if TYPE_CHECKING:
    from quotes.claims.reported import Reported
    from quotes.grammar.parse import Parse, TokenSpan

AFTER_NUMBER = 4
"""Tokens from a number within which the noun stands that it counts."""
NAMES = re.compile(r"[()]|\d0s$")
CLOCK = re.compile(r"\d{1,2}[:.]\d\d|\d{1,2}(?:[ap]m)")


def quantities(reported: Reported) -> Iterator[TokenSpan]:
    """Numbers with what they count.

    CASE 1: "in 2019", "on 12 May", "at 9.30", "Article 50", "Formula 1": a year, a day, a time, a name count nothing.
    CASE 2: "one of them" counts nothing, "one in five" does.
    CASE 3: "the two men", "our two nations" are known to be two; "the top four" a rank.
    CASE 4: "Lund, 43, said", "a 43-year-old": an age.
    CASE 5: "the 1970s", "12 Mill Street", "1608(a)(3)", "555-0134": a time, an address, names of a passage and a line.
    CASE 6: "a four-legged friend", and what the tagger only takes for a number.
    """
    parse = reported.parse
    for i in reported.tokens:
        if parse.tag[i] in parse.language.numbers and _counts(parse, i):
            yield _with_unit(reported, i)


def _counts(parse: Parse, i: int) -> bool:
    word, before = parse.lower[i], parse.tag[i - 1] if i else ""
    after = parse.lower[i + 1] if i + 1 < len(parse) else ""
    if (after == "-" and parse.lower[i + 2].startswith("year")) or (i and parse.lower[i - 1] in words("numbering")):
        return False
    if word in words("unquantified"):
        return after in words("counted_in_ones")
    if not _is_number(word) or NAMES.search(word) or _is_address(parse, i) or _is_dialled(parse, i):
        return False
    if _is_of_shape(parse, i):
        return False
    if before in parse.language.possessive_words or (i and _is_known(parse, i - 1)):
        return after in words("percent") | words("counted_in_ones")
    money = before in parse.language.currency
    if CLOCK.fullmatch(word) and not money and after not in words("percent") | words("counted_in_ones"):
        return False
    if YEAR.fullmatch(word) and not money and not _counted(parse, i):
        return False
    if i and parse.lower[i - 1] == after == ",":
        return False
    if i > 1 and parse.lower[i - 1] == "-" and parse.lower[i - 2].isdigit():
        return _counts(parse, i - 2)  # June 6-10
    if any(0 <= k < len(parse) and is_time(parse, k) and not parse.lower[k].isdigit() for k in (i - 1, i + 1)):
        return False
    return before not in parse.language.proper or _counted(parse, i) or after in words("counted_in_ones")


def _is_number(word: str) -> bool:
    """Whether it has a digit, or is a number word."""
    return any(c.isdigit() for c in word) or not _number_words().isdisjoint(re.split(r"[^a-z]+", word))


@cache
def _number_words() -> frozenset[str]:
    return frozenset(row["word"] for row in table("numbers")) | words("number_words")


def _is_dialled(parse: Parse, i: int) -> bool:
    """Whether it is a part of a number that one calls: 555-0134."""
    near = [k for k in (i - 2, i + 2) if 0 <= k < len(parse) and parse.lower[(k + i) // 2] == "-"]
    return parse.lower[i].isdigit() and any(parse.lower[k].isdigit() and len(parse.lower[k]) > 2 for k in near)


def _is_of_shape(parse: Parse, i: int) -> bool:
    """Whether it says what something is like: four legged."""
    above, language = parse.head[i], parse.language
    return above > i and parse.tag[above] in language.adjectives | language.participles and parse.words[above].isalpha()


def _is_known(parse: Parse, i: int) -> bool:
    """Whether the word before a number says that it is known: the two men, but not "said that two men"."""
    ranks = parse.lower[i] in words("ranking")
    return ranks or (parse.lower[i] in words("definite") and parse.dep[i] not in parse.language.openers)


def _is_address(parse: Parse, i: int) -> bool:
    """12 Mill Street, 701 13th Street, the 2100 block, but not "12 Mill Street workers"."""
    if i + 1 >= len(parse) or not parse.lower[i].isdigit():
        return False
    follows = parse.tag[i + 1] == parse.language.name and not _counted(parse, i)
    return follows or not words("street_nouns").isdisjoint(parse.lower[i + 1 : i + 3])


def _counted(parse: Parse, i: int) -> bool:
    """Whether a number stands before the noun that it counts."""
    return parse.head[i] > i and parse.tag[parse.head[i]] in parse.language.nouns - parse.language.proper


def _with_unit(reported: Reported, i: int) -> TokenSpan:
    parse, inside = reported.parse, reported.inside
    start, end = i, i + 1
    while start - 1 in inside and parse.tag[start - 1] in parse.language.numbers | parse.language.currency:
        start -= 1
    while end in inside and (parse.tag[end] in parse.language.numbers or parse.lower[end] in words("percent")):
        end += 1
    noun = parse.head[i]
    if end <= noun < i + AFTER_NUMBER and parse.tag[noun] in parse.language.nouns and noun in inside:
        end = noun + 1
    return start, end
