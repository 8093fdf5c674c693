"""What a page says of itself, without what others put around it: its headline, and who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from quotes.lexicon import words

SEPARATOR = re.compile(r"\s+[|–—·•»:-]\s+|\s*\|\s*")
"""Between a headline and the name of its site."""
BETWEEN_AUTHORS = re.compile(r"\s*(?:;|\band\b|&|/|\|)\s*")
MOST_WORDS = 5
"""Of a person's name."""


def headline(title: str | None, outlet: str | None, headings: Iterable[str]) -> str | None:
    """A page's title without the site's name.

    Args:
        title: as the page has it.
        outlet: the site's name, where it is known.
        headings: those of the page of the highest level; one that begins the title is the headline.

    >>> headline("Library shut - Ostby Post", None, ["Library shut"])
    'Library shut'
    >>> headline("Ostby Post | Rovers 2 - 1 United", "Ostby Post", [])
    'Rovers 2 - 1 United'
    """
    if not title:
        return title
    for heading in headings:
        if heading and title.startswith(heading) and SEPARATOR.match(title, len(heading)):
            return heading
    cuts = list(SEPARATOR.finditer(title))
    if cuts and outlet:
        if same(title[cuts[-1].end() :], outlet):
            return title[: cuts[-1].start()]
        if same(title[: cuts[0].start()], outlet):
            return title[cuts[0].end() :]
    return title


def same(one: str, other: str) -> bool:
    """Whether two names of a site are the same but for case, "The" and an address's end."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    name = name.lower().removeprefix("the ").removeprefix("www.")
    return re.sub(r"\.(?:com|org|net|co\.uk|\w\w)$|\W", "", name)


def author(given: str | None) -> str | None:
    """Who wrote an article, several parted by semicolons: names only, no role, agency or system; None where none is
    left.

    >>> author("By Ada Lund, Health Correspondent; Reuters and Tom Rask")
    'Ada Lund; Tom Rask'
    >>> author("escenic") is None
    True
    """
    names = []
    for one in BETWEEN_AUTHORS.split(given or ""):
        name = re.sub(r"^by\s+", "", one.partition(",")[0].partition("(")[0].strip(), flags=re.IGNORECASE)
        if name and not _is_no_name(name) and name not in names:
            names.append(name)
    return "; ".join(names) or None


def _is_no_name(name: str) -> bool:
    none = words("byline_words")
    parts = name.lower().split()
    return name.lower() in none or len(parts) > MOST_WORDS or any(part in none for part in parts) or "@" in name
