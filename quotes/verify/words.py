"""Words as a quotation and its source are compared: without case and marks, numbers as figures, one spelling.

The words of "We're gonna spend two hundred million" and of "we are going to spend $200m" are the same; ``tolerated``
names in what their writing differs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from quotes.lexicon import table
from quotes.lexicon import words as word_list

Tolerated = Literal["case", "number", "spelling", "short form", "ellipsis", "bracket", "filler", "interruption"]
"""In what a quotation may differ from what was said and be verbatim all the same."""

TOKEN = (
    r"(?P<figure>\d+(?:[.,]\d+)*)(?P<letters>[a-z]{1,2}\b)?|(?P<percent>%|\bper\s?cent\b)"
    r"|(?P<word>[^\W_]+(?:['’][^\W\d_]+)*)"
)
WORD = re.compile(TOKEN, re.IGNORECASE)
DIRECTION = r"\[[^\[\]\n]{0,80}\]|\((?:%s)\b[^()\n]{0,40}\)"
"""What a transcript puts among the words: [inaudible], (Applause.)"""
PERCENT = re.compile(r"%|per\s?cent")
ENDING = re.compile(r"(n't|'(?:m|re|ve|ll|s|d))$")
BETWEEN_NUMBERS = re.compile(r"[\s-]{0,3}")
LONGEST = 40
"""Letters of words whose spelling is looked at; the time it takes grows with their square."""
FOLLOWS = {
    "unit": ("ten", "hundred", "scale"),
    "teen": ("hundred", "scale"),
    "ten": ("hundred", "scale"),
    "hundred": ("unit", "teen", "figure"),
    "scale": ("unit", "teen", "ten", "hundred", "figure"),
    "figure": (),
}
"""After which words of the same number each kind of number word may stand."""


class Word(NamedTuple):
    """A word of a text; characters, half-open. Of "gonna" two words have the same place."""

    start: int
    end: int
    plain: str
    """The word as it is compared."""


class _Figure(NamedTuple):
    """A word or figures of a number."""

    start: int
    end: int
    kind: str
    value: float


def words(text: str, start: int = 0, end: int | None = None, *, directions: bool = False) -> list[Word]:
    """The words of a stretch of a text in order.

    Args:
        text: any text.
        start: first character of the stretch.
        end: one past its last; None is the end of the text.
        directions: leave out stage directions, for a source.
    """
    found: list[Word] = []
    number: list[_Figure] = []
    held: list[Word] = []  # an "and" that may go on with the number: two hundred and fifty
    pattern = _source_pattern() if directions else WORD
    for match in pattern.finditer(text, start, len(text) if end is None else end):
        a, b = match.span()
        if match.lastgroup == "direction":
            continue
        surface = match[0]
        figure = _figure(match)
        if figure and _goes_on(text, number, figure):
            number.append(figure)
        elif surface == "and" and number and not held and number[-1].kind in ("hundred", "scale"):
            held = [Word(a, b, surface)]
            continue
        else:
            found += [*_flushed(number), *held]
            number = [figure] if figure else []
            found += [] if figure else [Word(a, b, plain) for plain in plain_words(surface)]
        held = []
    return [*found, *_flushed(number), *held]


@lru_cache(maxsize=200_000)
def plain_words(surface: str) -> tuple[str, ...]:
    """What one written word is compared as, mostly one word.

    >>> plain_words("Gonna"), plain_words("don’t"), plain_words("organised"), plain_words("Third")
    (('going', 'to'), ('do', 'not'), ('organized',), ('3rd',))
    """
    low = surface.lower().replace("’", "'")
    if PERCENT.fullmatch(low):
        return ("percent",)
    if known := _short_forms().get(low):
        return known
    if (ending := ENDING.search(low)) and ending.start():
        return (*plain_words(low[: ending.start()]), *_short_forms().get(ending[1], (ending[1],)))
    if len(low) > LONGEST:
        return (low,)
    if low in _ordinals():
        return (_ordinals()[low],)
    for british, american in _spellings():
        if match := british.fullmatch(low):
            return (match.expand(american),)
    return (low,)


def same(a: str, b: str) -> bool:
    """Whether two plain words are one; "'s" is "is" and "has"."""
    return a == b or b in _either().get(a, ()) or a in _either().get(b, ())


def tolerated(quoted: str, said: str) -> Tolerated | None:
    """In what the writing of the same words differs; None where only in marks.

    >>> tolerated("The", "the"), tolerated("colour", "color"), tolerated("three", "3"), tolerated("gonna", "going to")
    ('case', 'spelling', 'number', 'short form')
    """
    a, b = (re.sub(r"[^\w\s']", "", one.replace("’", "'")) for one in (quoted, said))
    if a == b:
        return None
    if a.lower() == b.lower():
        return "case"
    if any(_is_number(one) for one in (a, b)):
        return "number"
    short = any(len(plain_words(part)) > 1 or part.lower() in _short_forms() for one in (a, b) for part in one.split())
    return "short form" if short else "spelling"


def _is_number(words_: str) -> bool:
    return any(part.isdigit() or part in _number_words() or part in _ordinals() for part in words_.lower().split())


def _figure(match: re.Match[str]) -> _Figure | None:
    """What a token is of a number, None for nothing: "3rd" and "1.2.2024" are words."""
    if match.lastgroup == "word":
        known = _number_words().get(match[0].lower())
        return _Figure(*match.span(), *known) if known else None
    if match.lastgroup == "percent" or match["figure"].count(".") > 1:
        return None
    letters = (match["letters"] or "").lower()
    if letters and letters not in _letters():
        return None
    return _Figure(*match.span(), "figure", float(match["figure"].replace(",", "")) * _letters().get(letters, 1))


def _goes_on(text: str, number: Sequence[_Figure], figure: _Figure) -> bool:
    """Whether it belongs to the number before it."""
    if not number or number[-1].kind not in FOLLOWS[figure.kind]:
        return False
    between = text[number[-1].end : figure.start].lower().replace(" and ", " ")
    return BETWEEN_NUMBERS.fullmatch(between) is not None


def _flushed(number: Sequence[_Figure]) -> Iterator[Word]:
    """A number as one word of figures."""
    if not number:
        return
    total, current = 0.0, 0.0
    for _, _, kind, value in number:
        if kind == "hundred":
            current = (current or 1) * value
        elif kind == "scale":
            total, current = total + (current or 1) * value, 0.0
        else:
            current += value
    value = round(total + current, 6)
    yield Word(number[0].start, number[-1].end, str(int(value)) if value.is_integer() else str(value))


@cache
def _source_pattern() -> re.Pattern[str]:
    direction = DIRECTION % "|".join(sorted(map(re.escape, word_list("directions")), key=len, reverse=True))
    return re.compile(f"(?P<direction>{direction})|{TOKEN}", re.IGNORECASE)


@cache
def _number_words() -> dict[str, tuple[str, float]]:
    kinds = ("unit", "teen", "ten", "hundred", "scale")
    return {row["word"]: (row["kind"], float(row["value"])) for row in table("numbers") if row["kind"] in kinds}


@cache
def _letters() -> dict[str, float]:
    return {row["word"]: float(row["value"]) for row in table("numbers") if row["kind"] == "letters"}


@cache
def _ordinals() -> dict[str, str]:
    return {row["word"]: row["value"] for row in table("numbers") if row["kind"] == "ordinal"}


@cache
def _short_forms() -> dict[str, tuple[str, ...]]:
    return {row["written"]: tuple(row["plain"].split()) for row in table("short_forms") if "|" not in row["plain"]}


@cache
def _either() -> dict[str, tuple[str, ...]]:
    return {row["written"]: tuple(row["plain"].split("|")) for row in table("short_forms") if "|" in row["plain"]}


@cache
def _spellings() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["british"]), row["american"]) for row in table("spellings"))
