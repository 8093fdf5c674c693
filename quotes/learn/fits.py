"""Whether a name that the program gives is the name of who really speaks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

ARTICLES = frozenset({"the", "a", "an"})
TITLES = ARTICLES | {"mr", "mrs", "ms", "miss", "dr", "prof", "sir", "lord", "lady", "rev", "gen", "jr", "sr", "former"}
OFFICES = {"sen", "senator", "rep", "gov", "governor", "president", "secretary", "judge", "justice", "speaker", "mayor"}
NO_PART = TITLES | OFFICES
"""What is no part of a name itself."""
SMALL = frozenset({"of", "and", "for", "on", "in"})
"""Small words inside a name."""
MORE = 3
"""Words by which a list of names may be longer than the names."""

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Who:
    """Who really speaks, as a reader of the whole text told."""

    name: str
    """The fullest name; several joined by "; "."""
    aliases: tuple[str, ...] = ()
    kind: str = "PERSON"
    """PERSON, ORG, GROUP, DOCUMENT, PLACE, NONE."""
    mention: str = ""
    """How the text mentions the speaker there: name, pronoun, description, none."""


def plain(name: str) -> Words:
    """The words of a name in small letters, without titles, offices and full stops."""
    words = re.findall(r"\w+", re.sub(r"['’]s\b", "", name.lower().replace(".", "")))
    return tuple(word for word in words if word not in NO_PART) or tuple(words)


def is_name(form: str) -> bool:
    """Whether a form names by itself ("Post", "GOP"), and is no role ("the Republican nominee")."""
    words = re.findall(r"\w+", form)
    return all(w[0].isupper() or w[0].isdigit() for w in words if w.lower() not in NO_PART | SMALL)


def fits(given: str | None, who: Who, others: Iterable[Who] = ()) -> bool:
    """Whether a given name is that of a speaker: the full name, an alias that is a name (a role only for one without a
    name), or a part of it that fits none of the others in the text."""
    words = plain(given or "")
    if not words:
        return False
    full, parts = plain(who.name), [plain(name) for name in who.name.split(";")]
    if words == full or (len(parts) > 1 and set(words) >= set().union(*parts)):
        return len(parts) < 2 or len(words) <= sum(map(len, parts)) + MORE
    alias = any(words == plain(a) for a in who.aliases if is_name(a) or not is_name(who.name))
    if who.kind == "PERSON":
        of_it = bool(full) and words[-1] == full[-1] and (set(words) <= set(full) or set(full) <= set(words))
        partly = alias or (of_it and not set(full) <= set(words))
        return (alias or of_it) and not (
            partly and any(plain(o.name) != full and fits(given, o) for o in others if o.kind != "NONE")
        )
    return alias or (words[-1:] == full[-1:] and (set(words) <= set(full) or set(full) <= set(words)))
