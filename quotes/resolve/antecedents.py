"""What speaks for and against each entity as the antecedent of a pronoun: the numbers that the ranker judges by."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from quotes.resolve.entities import UNKNOWN_NAME, Entity

HE, SHE, IT, THEY, SPEAKER, ANYBODY, FIRM = "he", "she", "it", "they", "speaker", "anybody", "firm"

ROLES = ("subject", "object", "possessive", "other")
FORMS = ("name", "pronoun", "noun")
KINDS = ("person", "organization", "group", "place", "document", "unknown")
ONE_OF_ROLES, ONE_OF_FORMS, ONE_OF_KINDS = (
    {one: tuple(float(one == other) for other in all_of) for one in all_of} for all_of in (ROLES, FORMS, KINDS)
)
"""For each of them a column apiece: 1 in its own, 0 in the others'."""
NEVER = 9.0
"""What a distance is where there is nothing that it could be a distance to."""
LEAST = 0.02
"""Share of a sex under which one is as good as another."""

FEATURES = (
    "none",  # the row that stands for none of the entities
    "she",
    "thing",
    "they",
    "noun",
    "pronoun.subject",
    "pronoun.possessive",
    "pronoun.object",
    "pronoun.source",
    "pronoun.depth",
    "pronoun.content",
    "pronoun.opens",
    "pronoun.line",
    "conversation",
    "length",
    "candidates",
    "sentences",
    "paragraphs",
    "tokens",
    "rank",
    *(f"last.{role}" for role in ROLES),
    *(f"last.{form}" for form in FORMS),
    "last.speaks",
    "last.quoted",
    "last.joined",
    "last.first",
    "last.full",
    "parallel",
    "subject",
    "subject.paragraph",
    "subject.opens",
    "plain",
    "above",
    "over",
    "speaker",
    "speaker.inside",
    "spoke",
    "told.of",
    "named.after",
    "pronoun.last",
    "pronoun.apart",
    "quoted",
    "mentions",
    "names",
    "share",
    "topic",
    "opener",
    "ahead",
    "sex",
    "sex.given",
    "given",
    "single",
    "told",
    "person",
    "chance",
    "named",
    *(f"kind.{kind}" for kind in KINDS),
)
"""The columns of a row, see `row`."""


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
    first: bool = False
    """It is the first mention of its sentence."""
    joined: bool = False
    """It is coordinated with another."""
    long: bool = False
    """A name of more than one word."""
    pronoun: str = ""
    """The pronoun's class, if it is one."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pronoun (or a noun that is taken for one) stands, and what has gone before."""

    at: int
    want: str
    """Its class."""
    sentence: int
    paragraph: int
    role: str = "subject"
    noun: bool = False
    source: bool = False
    """It is the source of an attribution."""
    depth: int = 0
    opens: bool = False
    """It stands among the first words of its sentence."""
    inside: Entity | None = None
    """Who says the content that it stands in, where that is known."""
    content: bool = False
    """It stands in a content."""
    above: dict[int, int] = field(default_factory=dict)
    """The tokens over it in the parse, with how many clauses up each is."""
    last_speaker: Entity | None = None
    """Who spoke last before it."""
    last_meant: Entity | None = None
    """Whom the last pronoun of its class meant."""
    topic: Entity | None = None
    """The person or body that the document names most."""
    opener: Entity | None = None
    """The one that the document names first."""
    conversation: bool = False
    """The text is one in which people talk to each other, as novels and transcripts are."""
    length: int = 0
    """Tokens of the text."""
    line: int = 0
    """How many sentences of its paragraph stand before it."""
    says: Collection[int] = ()
    """The attributions of which it is the source."""
    told_of: Collection[Entity] = ()
    """Who is named in what it says: "Lund is right," he said."""
    named_after: Collection[Entity] = ()
    """Who is named after it in its sentence: "He praised Lund"."""
    ahead: Seen | None = None
    """The subject of its sentence, where it stands in a phrase before that."""


def rows(mentions: dict[Entity, list[Seen]], place: Place) -> list[list[float]]:
    """The numbers of each entity that a pronoun may mean, and in the last row those of none of them.

    Args:
        mentions: each entity's mentions in the window, the last one first; the entity mentioned last first.
        place: where the pronoun stands.
    """
    total = sum(map(len, mentions.values()))
    about = _about(place, len(mentions))
    found = [
        [0.0, *about, *_row(entity, seen, rank, place, total)] for rank, (entity, seen) in enumerate(mentions.items())
    ]
    blank = [0.0] * (len(FEATURES) - 1 - len(about))
    if found:  # how near the nearest is tells whether it can be somebody else
        nearest = min(r[len(about) + 1] for r in found)
        blank[0] = nearest
    return [*found, [1.0, *about, *blank]]


def _about(place: Place, candidates: int) -> list[float]:
    """The numbers that are the same for all entities: the pronoun's own."""
    role = place.role
    return [
        float(place.want == SHE),
        float(place.want in (IT, FIRM)),
        float(place.want == THEY),
        float(place.noun),
        float(role == "subject"),
        float(role == "possessive"),
        float(role in ("object", "other")),
        float(place.source),
        float(place.depth > 0),
        float(place.content),
        float(place.opens),
        float(min(place.line, 4)),
        float(place.conversation),
        round(math.log1p(place.length), 2),
        float(min(candidates, 12)),
    ]


def _row(entity: Entity, mentions: Sequence[Seen], rank: int, place: Place, total: int) -> list[float]:
    """What speaks for and against one entity."""
    last = mentions[0]
    subject, in_paragraph, opens, above, over, pronoun_apart = NEVER, 0.0, 0.0, NEVER, 0.0, NEVER
    plain, told_of = NEVER, entity in place.told_of
    for seen in mentions:
        apart = place.sentence - seen.sentence
        if seen.depth:  # one of whom it speaks, in quotation marks, as "he" is not who speaks
            told_of = told_of or seen.content in place.says
        else:
            plain = min(plain, float(apart))
            if seen.role == "subject":
                subject = min(subject, float(apart))
                if seen.paragraph == place.paragraph:
                    in_paragraph = 1.0
                    opens = max(opens, float(seen.first and apart <= 1))
        if seen.pronoun == place.want:
            pronoun_apart = min(pronoun_apart, float(apart))
        if apart == 0 and place.above:
            if seen.role == "subject" and seen.clause in place.above:
                above = min(above, float(place.above[seen.clause]))
            over = max(over, float(seen.at in place.above))
    given = entity.given_name
    role = last.role
    return [
        float(min(place.sentence - last.sentence, 8)),
        float(min(place.paragraph - last.paragraph, 4)),
        round(math.log1p(abs(place.at - last.at)), 3),
        float(min(rank, 8)),
        *ONE_OF_ROLES[role],
        *ONE_OF_FORMS[last.form],
        float(last.speaks),
        float(last.depth > 0),
        float(last.joined),
        float(last.first),
        float(last.long),
        float(role == place.role and place.sentence - last.sentence < 2),
        min(subject, NEVER),
        in_paragraph,
        opens,
        plain,
        above,
        over,
        float(entity is place.last_speaker),
        float(entity is place.inside),
        round(math.log1p(sum(seen.speaks for seen in mentions)), 3),
        float(told_of),
        float(entity in place.named_after),
        float(entity is place.last_meant),
        pronoun_apart,
        float(plain == NEVER),
        round(math.log(len(mentions)), 3),
        round(math.log1p(len(entity.mentions)), 3),
        round(len(mentions) / total, 3),
        float(entity is place.topic),
        float(entity is place.opener),
        float(last is place.ahead),
        _fit(entity.woman, place.want),
        _fit(UNKNOWN_NAME if given is None else given, place.want),
        float(given is not None),
        float(len(entity.key) == 1),
        round(min(entity.men + entity.women, 3.0), 3),
        max(-3.0, min(entity.person, 3.0)),
        round(math.log(max(entity.chance, LEAST) / max(1 - entity.chance, LEAST)), 2),
        float(bool(entity.forms)),
        *ONE_OF_KINDS.get(entity.kind, ONE_OF_KINDS["unknown"]),
    ]


def _fit(woman: float, want: str) -> float:
    """How well the probability that somebody is a woman fits a pronoun: the logarithm of that of its sex."""
    if want not in (HE, SHE):
        return 0.0
    return round(math.log(max(woman if want == SHE else 1 - woman, LEAST)), 3)
