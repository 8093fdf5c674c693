"""Names compared across documents, where no text tells whether two of them are one.

Two people are never one whose given names differ: the same name, an initial of it ("B." and "Bill") and a listed
short form ("Bill" and "William") fit. Last names may be spelt a little differently ("Zelensky", "Zelenskyy"), by
rapidfuzz's ratio: of all characters of both words the share that needn't be deleted or added to turn one into the
other.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from quotes.extras import need
from quotes.lexicon import words
from quotes.records import SpeakerKind
from quotes.resolve import lexicon
from quotes.resolve.names import fold

Fit = Literal["spaces and accents", "given name", "spelling", "last name"]
"""How two names fit, surest first: but for case, accents, hyphens and blanks they are the same; one has a shorter
or no middle or a shorter given name; they are spelt alike; one is only a last name."""
ALIKE = 0.9
"""Ratio from which words are spelt alike."""
LONG = 8
"""Letters from which words are compared so: Johnson and Johnston are two families."""
PREFIX = 3
"""Letters that words spelt alike have in common at their beginning."""
GENERATIONS = words("generations")
ARTICLES = ("al-", "el-")
QUOTED = re.compile(r"[\"“‘][^\"”’]*[\"”’]")
INITIALS = re.compile(r"(?<=\b[^\W\d_])\.(?=\w)")
NOT_WORD = re.compile(r"[\W_]")
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"})
"""Letters that Unicode does not take apart into a plain one and an accent."""


@dataclass(frozen=True, slots=True)
class Form:
    """A name taken apart; words are folded, without hyphens, particles, titles and nicknames in quotation marks."""

    given: tuple[str, ...]
    """A person's given and middle names or initials; of anything else all words but the last."""
    last: str
    """The last word; "" where no letter is left."""
    generation: str
    """A person's "jr", "iii"; else ""."""
    person: bool
    """Whether it is taken apart as a person's."""

    @property
    def whole(self) -> str:
        """All words in one."""
        return "".join((*self.given, self.last))


def form(name: str, kind: SpeakerKind) -> Form:
    """Take a name apart; what is not known to be something else is taken for a person."""
    person = kind in ("person", "unknown")
    words = (QUOTED.sub(" ", INITIALS.sub(". ", name)) if person else name).split()
    generation = ""
    if person:
        while len(words) > 1 and _is_suffix(words[-1]):
            last = _plain(words.pop())
            generation = last if last in GENERATIONS else generation
        while len(words) > 2 and _is_title(words[0]):
            del words[0]
        words = [
            word
            for k, word in enumerate(words)
            if k == len(words) - 1 or fold(word) not in lexicon.particles() or (k == 0 and not word.islower())
        ]
    elif len(words) > 1 and words[0].lower() == "the":
        del words[0]
    plain = [word for word in map(_plain, words) if word]
    return Form(tuple(plain[:-1]), plain[-1] if plain else "", generation, person)


def compare(a: Form, b: Form) -> Fit | None:
    """How two names fit, if they do.

    Raises:
        quotes.extras.MissingPackage: rapidfuzz is not installed.
    """
    if not a.last or not b.last or a.person != b.person or a.generation != b.generation:
        return None
    if a.whole == b.whole and (a.last == b.last or a.given[:1] == b.given[:1]):
        return "spaces and accents"
    if not a.person:
        words = zip((*a.given, a.last), (*b.given, b.last), strict=False)
        return "spelling" if len(a.given) == len(b.given) and all(_alike(x, y) for x, y in words) else None
    if not _alike(a.last, b.last):
        return None
    if not a.given or not b.given:
        return "last name" if a.given or b.given else "spelling"
    if not _given_names_fit(a.given, b.given):
        return None
    if a.last == b.last:
        return "given name"
    return "spelling" if a.given[0] == b.given[0] and len(a.given[0]) > 1 else None


@cache
def ratio() -> Callable[[str, str], float]:
    """rapidfuzz's ratio, 0 to 100.

    Raises:
        quotes.extras.MissingPackage: it is not installed.
    """
    of_words: Callable[[str, str], float] = need("rapidfuzz.fuzz", "speakers").ratio
    return of_words


def _plain(word: str) -> str:
    word = fold(word)
    for article in ARTICLES:
        word = word.removeprefix(article)
    return NOT_WORD.sub("", word.translate(LETTERS))


def _is_suffix(word: str) -> bool:
    return fold(word).strip(",") in lexicon.suffixes()


def _is_title(word: str) -> bool:
    """Whether a word before two others is no given name but a title: "Sir", "Dr."."""
    return word.lower() in lexicon.titles() and fold(word) not in lexicon.first_names()


def _alike(a: str, b: str) -> bool:
    if a == b:
        return True
    if min(len(a), len(b)) < LONG or a[:PREFIX] != b[:PREFIX]:
        return False
    return ratio()(a, b) >= 100 * ALIKE


def _given_names_fit(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether given names can be one person's, middle names in their order as far as both have them."""
    return _first_names_fit(a[0], b[0]) and all(_initial_fits(x, y) for x, y in zip(a[1:], b[1:], strict=False))


def _initial_fits(a: str, b: str) -> bool:
    return a == b or (1 in (len(a), len(b)) and a[0] == b[0])


def _first_names_fit(a: str, b: str) -> bool:
    if not lexicon.titles().keys().isdisjoint((a, b)) and not lexicon.first_names().keys() >= {a, b}:
        return a == b  # "M. Clinton" is not "Mrs. Clinton"
    short_for = lexicon.nicknames()
    return _initial_fits(a, b) or b in short_for.get(a, ()) or a in short_for.get(b, ())
