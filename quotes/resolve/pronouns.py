"""Pronouns: whom "he", "she", "it" and "they" mean, from who was named before, how, and how long ago."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from quotes.resolve.entities import Entity

HE, SHE, IT, THEY, SPEAKER, ANYBODY, FIRM = "he", "she", "it", "they", "speaker", "anybody", "firm"
CLASSES = {
    **dict.fromkeys(["he", "him", "his", "himself"], HE),
    **dict.fromkeys(["she", "her", "hers", "herself"], SHE),
    **dict.fromkeys(["it", "its", "itself"], IT),
    **dict.fromkeys(["they", "them", "their", "theirs", "themselves"], THEY),
    **dict.fromkeys(["i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"], SPEAKER),
}
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
WINDOW = 60
"""Mentions that are looked back on."""
PARAGRAPHS = 4
IMPOSSIBLE = -1e9


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
    """The verb of its clause."""


WEIGHTS = {
    "sentences": -0.55,
    "paragraphs": -0.35,
    "same_sentence": 0.3,
    "subject": 1.0,
    "possessive": -0.3,
    "other": -0.4,
    "quoted": -1.6,
    "in_content": -0.5,
    "speaks": 1.2,
    "last_speaker": 1.0,
    "pronoun": 0.3,
    "count": 0.25,
    "gender": 1.0,
    "person": 0.2,
    "rank": -0.25,
    "unnamed": -0.8,
}


def features(seen: Seen, rank: int, sentence: int, paragraph: int, want: str, last_speaker: Entity | None) -> dict[str, float]:
    """What speaks for and against a mention as the antecedent of a pronoun."""
    entity = seen.entity
    woman = entity.woman
    fit = woman if want == SHE else 1 - woman
    return {
        "sentences": min(sentence - seen.sentence, 6),
        "paragraphs": min(paragraph - seen.paragraph, 4),
        "same_sentence": float(sentence == seen.sentence),
        "subject": float(seen.role == "subject"),
        "possessive": float(seen.role == "possessive"),
        "other": float(seen.role == "other"),
        "quoted": float(seen.depth > 0),
        "in_content": float(seen.content >= 0),
        "speaks": float(seen.speaks),
        "last_speaker": float(entity is last_speaker),
        "pronoun": float(seen.form == "pronoun"),
        "count": math.log1p(len(entity.mentions)),
        "gender": math.log(max(fit, 0.02)) if want in (HE, SHE) else 0.0,
        "person": max(-3.0, min(entity.person, 3.0)) if want in (HE, SHE) else 0.0,
        "rank": min(rank, 6),
        "unnamed": float(not entity.forms),
    }


def possible(entity: Entity, want: str) -> bool:
    """Whether a pronoun of a class can stand for an entity at all."""
    if want in (HE, SHE, ANYBODY):
        if entity.kind != "person" and not (entity.kind == "unknown" and entity.forms and entity.person > -1.5):
            return False
        woman = entity.woman
        return want == ANYBODY or (woman > 0.1 if want == SHE else woman < 0.9)
    if want == FIRM:
        return bool(entity.forms) and (entity.kind == "organization" or (entity.kind == "unknown" and entity.person <= 0))
    if want == IT:
        return entity.kind in ("organization", "document", "place") or (entity.kind == "unknown" and entity.person <= 0)
    return entity.kind in ("group", "organization") or (entity.kind == "unknown" and entity.person <= 0)


def choose(
    history: Sequence[Seen], at: int, sentence: int, paragraph: int, want: str, last_speaker: Entity | None, barred: set[int]
) -> tuple[Entity, float, int] | None:
    """The likeliest antecedent of a pronoun, by how much it beats the next, and how many were possible.

    ``barred`` holds the tokens of mentions that grammar rules out.
    """
    best: dict[Entity, float] = {}
    rank: dict[Entity, int] = {}
    for seen in reversed(history[-WINDOW:]):
        if paragraph - seen.paragraph > PARAGRAPHS and best:
            break
        if seen.at in barred or seen.at >= at or not possible(seen.entity, want):
            continue
        r = rank.setdefault(seen.entity, len(rank))
        values = features(seen, r, sentence, paragraph, want, last_speaker)
        score = sum(WEIGHTS[k] * v for k, v in values.items())
        best[seen.entity] = max(score, best.get(seen.entity, IMPOSSIBLE))
    if not best:
        return None
    ranked = sorted(best.items(), key=lambda pair: -pair[1])
    margin = ranked[0][1] - ranked[1][1] if len(ranked) > 1 else 9.0
    return ranked[0][0], margin, len(ranked)
