"""Pronouns: whom "he", "she", "it" and "they" mean, from who was named before, how, and how long ago."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from quotes.lexicon import words
from quotes.resolve.antecedents import ANYBODY, FIRM, HE, IT, SHE, SPEAKER, THEY, Place, Seen, rows
from quotes.resolve.entities import Entity

CLASSES = {
    **{word: kind for kind in (HE, SHE, IT, THEY) for word in words(kind)},
    **dict.fromkeys(words("i") | words("we"), SPEAKER),
}
"""The class of every personal and possessive pronoun but "you"."""

WINDOW = 60
"""Mentions that are looked back on."""
PARAGRAPHS = 4
"""Paragraphs that are looked back on, if anybody is mentioned in them."""
NOT_OF_SEX = 0.03
"""Share of a sex among a name's bearers under which it is no name of that sex."""
TOLD_SEX = 0.1
"""The same where the text itself tells the sex."""


class Ranker(Protocol):
    """Judges which of several entities a pronoun means."""

    def shares(
        self, place: Place, mentions: Mapping[Entity, Sequence[Seen]], numbers: Sequence[Sequence[float]]
    ) -> list[float]:
        """The probability of each entity, and last that it is none of them; they sum to one.

        Args:
            place: where the pronoun stands.
            mentions: the entities that it may mean, with their mentions.
            numbers: a row for each of them and one for none, see `antecedents.rows`.
        """
        ...


def possible(entity: Entity, want: str) -> bool:
    """Whether a pronoun of a class can stand for an entity at all."""
    if want in (HE, SHE, ANYBODY):
        if entity.kind != "person" and not (entity.kind == "unknown" and entity.forms and entity.person > -1.5):
            return False
        if want == ANYBODY:
            return True
        share = entity.woman if want == SHE else 1 - entity.woman
        return share > (TOLD_SEX if entity.men or entity.women else NOT_OF_SEX)
    if want == FIRM:
        return bool(entity.forms) and (
            entity.kind == "organization" or (entity.kind == "unknown" and entity.person <= 0)
        )
    if want == IT:
        return entity.kind in ("organization", "document", "place") or (entity.kind == "unknown" and entity.person <= 0)
    return entity.kind in ("group", "organization") or (
        entity.kind == "unknown" and bool(entity.forms) and entity.person <= 0
    )


def rank(
    history: Sequence[Seen],
    place: Place,
    ranker: Ranker,
    barred: Collection[int] = (),
    others: Collection[Entity] = (),
) -> list[tuple[Entity, float]]:
    """The possible antecedents of a pronoun with their probabilities, the likeliest first; what lacks to one is the
    probability that it means none of them.

    Args:
        history: the mentions before it, in text order; only the last ones are looked at.
        place: where it stands.
        ranker: what judges them.
        barred: tokens of mentions of those whom grammar rules out.
        others: those whom what is known of the talk rules out.
    """
    mentions: dict[Entity, list[Seen]] = {}
    if place.ahead is not None and possible(place.ahead.entity, place.want):
        mentions[place.ahead.entity] = [place.ahead]
    ruled_out = set(others)
    for seen in reversed(history[-WINDOW:]):
        if place.paragraph - seen.paragraph > PARAGRAPHS and mentions:
            break
        entity = seen.entity
        if seen.at in barred:
            ruled_out.add(entity)
        if seen.at >= place.at or entity in ruled_out:
            continue
        if entity in mentions:
            mentions[entity].append(seen)
        elif possible(entity, place.want):
            mentions[entity] = [seen]
        else:
            ruled_out.add(entity)
    if not mentions:
        return []
    shares = ranker.shares(place, mentions, rows(mentions, place))
    return sorted(zip(mentions, shares, strict=False), key=lambda pair: -pair[1])
