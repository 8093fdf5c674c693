"""Pronouns: whom "he", "she", "it" and "they" mean, from who was named before, how, and how long ago."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from quotes.lexicon import table, words
from quotes.resolve.entities import Entity

HE, SHE, IT, THEY, SPEAKER, ANYBODY, FIRM = "he", "she", "it", "they", "speaker", "anybody", "firm"
CLASSES = {
    **{word: kind for kind in (HE, SHE, IT, THEY) for word in words(kind)},
    **dict.fromkeys(words("i") | words("we"), SPEAKER),
}
"""The class of every personal and possessive pronoun but "you"."""

WINDOW = 60
"""Mentions that are looked back on."""
PARAGRAPHS = 4


@dataclass(frozen=True, slots=True)
class Seen:
    """One mention of an entity that a pronoun may look back on."""

    at: int
    entity: Entity
    role: str
    """subject, object, possessive or other."""
    form: str
    """name, pronoun or noun."""
    sentence: int
    paragraph: int
    depth: int
    """How many quotations it stands in."""
    content: int
    """The attribution whose content it stands in, -1 outside all."""
    speaks: bool
    """It is the source of an attribution."""
    clause: int = -1
    """The token that it hangs on."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pronoun stands."""

    at: int
    sentence: int
    paragraph: int
    clause: int
    """The verb whose subject binds it, -1 for none."""
    last_speaker: Entity | None
    """Who spoke last before it."""


@cache
def weights(column: str) -> dict[str, float]:
    """What each feature of an antecedent weighs: a conditional logit fitted on words that readers resolved.

    The column is person (he, she) or thing (it, they, the company).
    """
    return {row["feature"]: float(row[column]) for row in table("antecedents")}


def features(mentions: Sequence[Seen], rank: int, place: Place, want: str) -> dict[str, float]:
    """What speaks for and against an entity as the antecedent of a pronoun.

    Args:
        mentions: the entity's mentions in the window, the last one first.
        rank: how many other possible entities were mentioned after its last mention.
        place: where the pronoun stands.
        want: the pronoun's class.
    """
    entity, last = mentions[0].entity, mentions[0]
    plain = [m for m in mentions if not m.depth]
    subjects = [m for m in plain if m.role == "subject"]
    apart = min((place.sentence - m.sentence for m in subjects), default=9)
    found = {
        "last.sentences": float(min(place.sentence - last.sentence, 6)),
        "last.paragraphs": float(min(place.paragraph - last.paragraph, 3)),
        f"last.{last.role}": 1.0,
        f"last.{last.form}": 1.0,
        f"subject.{apart if apart < 3 else 'far' if apart < 9 else 'never'}": 1.0,
        f"rank.{min(rank, 3)}": 1.0,
        "mentions": math.log(len(mentions)),
        "all": math.log1p(len(entity.mentions)),
    }
    if not plain:
        found["quoted"] = 1.0
    elif last.content >= 0:
        found["content"] = 1.0
    if any(m.paragraph == place.paragraph for m in subjects):
        found["subject.paragraph"] = 1.0
    if any(m.sentence == place.sentence and m.clause == place.clause for m in subjects):
        found["subject.clause"] = 1.0
    if entity is place.last_speaker:
        found["speaker.last"] = 1.0
    if last.speaks:
        found["speaks"] = 1.0
    if not entity.forms:
        found["unnamed"] = 1.0
    if want in (HE, SHE):
        woman = entity.woman
        found["gender"] = math.log(max(woman if want == SHE else 1 - woman, 0.02))
        unnamed_speaker = not entity.forms and entity.kind == "person" and any(m.speaks for m in mentions)
        found["person"] = 1.0 if unnamed_speaker else max(-2.0, min(entity.person, 1.0))
    else:
        found[f"{want}.{entity.kind}"] = 1.0
    return found


def possible(entity: Entity, want: str) -> bool:
    """Whether a pronoun of a class can stand for an entity at all."""
    if want in (HE, SHE, ANYBODY):
        if entity.kind != "person" and not (entity.kind == "unknown" and entity.forms and entity.person > -1.5):
            return False
        woman = entity.woman
        return want == ANYBODY or (woman > 0.1 if want == SHE else woman < 0.9)
    if want == FIRM:
        return bool(entity.forms) and (
            entity.kind == "organization" or (entity.kind == "unknown" and entity.person <= 0)
        )
    if want == IT:
        return entity.kind in ("organization", "document", "place") or (entity.kind == "unknown" and entity.person <= 0)
    return entity.kind in ("group", "organization") or (
        entity.kind == "unknown" and bool(entity.forms) and entity.person <= 0
    )


def rank(history: Sequence[Seen], place: Place, want: str, barred: Collection[int] = ()) -> list[tuple[Entity, float]]:
    """The possible antecedents of a pronoun with their probabilities, the likeliest first.

    Args:
        history: the mentions before it, in text order; only the last ones are looked at.
        place: where it stands.
        want: its class.
        barred: tokens of mentions that grammar rules out.
    """
    mentions: dict[Entity, list[Seen]] = {}
    for seen in reversed(history[-WINDOW:]):
        if place.paragraph - seen.paragraph > PARAGRAPHS and mentions:
            break
        if seen.at not in barred and seen.at < place.at and possible(seen.entity, want):
            mentions.setdefault(seen.entity, []).append(seen)
    if len(mentions) < 2:
        return [(entity, 1.0) for entity in mentions]
    weight = weights("person" if want in (HE, SHE, ANYBODY) else "thing").get
    scores = {
        entity: math.exp(sum(weight(k, 0.0) * v for k, v in features(seen, r, place, want).items()))
        for r, (entity, seen) in enumerate(mentions.items())
    }
    total = sum(scores.values())
    return sorted(((entity, score / total) for entity, score in scores.items()), key=lambda pair: -pair[1])
