"""Somebody or something that may speak, with what the text tells of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from quotes.resolve import lexicon

SEX_SURE = 0.9
"""Probability of a sex from which a title or pronoun of the other is another one's."""
GIVEN_NAME = 0.25
"""What a given name's statistics count, where a title counts 1."""
ALONE = 0.75
"""How far a given name alone tells a sex: it may be a last name."""
UNKNOWN_NAME = 0.42
"""Share of women among the people of news whose given name tells nothing."""


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody or something that may speak."""

    kind: str
    """person, organization, place, group, document or unknown."""
    key: tuple[str, ...] = ()
    """The fullest name folded, without suffixes; () for one that the text never names."""
    forms: Counter[tuple[str, ...]] = field(default_factory=Counter)
    """The name as written, word by word, and how often."""
    first: int = 0
    """Where it is first named in full, a token."""
    article: bool = False
    """Its full name has had an article before it: no person's."""
    mentions: list[int] = field(default_factory=list)
    """The tokens that head its mentions by name, in order."""
    men: float = 0.0
    women: float = 0.0
    """Evidence from the text that it is a man, a woman."""
    person: float = 0.0
    """Evidence for a person (over 0) or against one (under 0)."""
    title: str = ""
    """The title, Mrs., of one known by the last name alone that another has too."""
    chance: float = 0.5
    """The probability that a name is a person's, see `kinds`."""
    words: str = ""
    """The own words of one that the text never names: "two officials"."""
    members: tuple[str, ...] = ()
    """The names of several who speak together."""
    same: Entity | None = None
    """The named one that it turned out to be."""
    sorts: frozenset[str] = frozenset()
    """The kinds of those several."""

    @property
    def name(self) -> str:
        """The fullest form, as often written."""
        if not self.forms:
            return self.words
        best = max(self.forms, key=lambda f: (len(f), not all(w.isupper() and len(w) > 3 for w in f), self.forms[f]))
        name = " ".join(best[1:] if len(best) > 1 and best[0] in ("The", "the") else best)
        return f"{self.title} {name}" if self.title else name

    @property
    def woman(self) -> float:
        """The probability that it is a woman: what the text tells, and the given name where it tells nothing."""
        given = UNKNOWN_NAME if self.given_name is None else self.given_name
        if len(self.key) < 2:
            given = ALONE * given + (1 - ALONE) * UNKNOWN_NAME
        return (self.women + GIVEN_NAME * given) / (self.men + self.women + GIVEN_NAME)

    @property
    def given_name(self) -> float | None:
        """The share of women among those whose given name is the first word of this name; None if it is no such."""
        return _women_called(self.key[0]) if self.key else None

    def may_be(self, gender: str) -> bool:
        """Whether a title's sex (m, f or "") allows that it means this one."""
        return not gender or (self.woman < SEX_SURE if gender == "m" else self.woman > 1 - SEX_SURE)


@lru_cache(maxsize=10_000)
def _women_called(given: str) -> float | None:
    """The share of women among those of a given name, of its first part where it has several."""
    return lexicon.first_names().get(given.split("-")[0])
