"""Who speaks in a document, and the colour of each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from quotes.records import Quote, Speaker

HUES = 12
"""Colours of static/base.css: hue-0 to hue-11."""
WEAVES = 3
"""Textures that part speakers of the same colour: plain, weave-1, weave-2."""
NOBODY = "No source named"
UNTOLD = "Name not told by the text"


@dataclass(slots=True)
class Role:
    """A speaker of the document, or all quotes whose speaker has no name."""

    key: str
    """Unique in the document: "s1"."""
    name: str
    speaker: Speaker | None
    """As the quote has it that knows most; None for the quotes without a name."""
    quotes: list[int] = field(default_factory=list)
    """The numbers of its quotes, from 1, in order."""
    look: str = "hue-none"
    """Classes that give its colour and texture."""


def cast(quotes: Sequence[Quote], wrong: Collection[str] = ()) -> tuple[list[Role], list[Role]]:
    """Who speaks, most quotes first and those without a name last; and the same, one for each quote.

    Quotes with the same entity are one speaker's; without an entity, those with the same id or name. What is no quote,
    by its id in ``wrong``, makes nobody a speaker and has no colour.
    """
    found: dict[tuple[str, str], Role] = {}
    of_quote = []
    for number, quote in enumerate(quotes, 1):
        if quote.id in wrong:
            of_quote.append(Role("", (quote.speaker and quote.speaker.name) or NOBODY, None))
            continue
        role = found.setdefault(_identity(quote.speaker), Role("", "", None))
        role.quotes.append(number)
        speaker = quote.speaker
        if speaker and speaker.name and (role.speaker is None or _knows_more(speaker, role.speaker)):
            role.speaker, role.name = speaker, speaker.name
        elif not role.name:
            role.name = UNTOLD if speaker else NOBODY
        of_quote.append(role)
    roles = sorted(found.values(), key=lambda role: (role.speaker is None, -len(role.quotes), role.quotes[0]))
    for k, role in enumerate(roles):
        role.key = f"s{k + 1}"
        if role.speaker:
            weave = k // HUES % WEAVES
            role.look = f"hue-{k % HUES}" + (f" weave-{weave}" if weave else "")
    return roles, of_quote


def _identity(speaker: Speaker | None) -> tuple[str, str]:
    if speaker is None or not speaker.name:
        return ("nobody" if speaker is None else "untold", "")
    if speaker.entity:
        return ("entity", speaker.entity)
    return ("id", speaker.id) if speaker.id else ("name", " ".join(speaker.name.split()).lower())


def _knows_more(one: Speaker, other: Speaker) -> bool:
    return (len(one.name or ""), len(one.description or "")) > (len(other.name or ""), len(other.description or ""))
