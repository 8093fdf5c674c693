"""Entities: which names in a document are one and the same person, organisation or place."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from quotes.resolve import lexicon
from quotes.resolve.names import Name, fold

MAX_NAMESAKES = 24
"""Entities of one last name that are told apart; a text with more is no news."""
GENDER_SURE = 0.9
"""Share of a given name's bearers from which it tells a sex."""
SMALL = frozenset({"of", "the", "for", "and", "on", "&", "in"})


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
        return " ".join(best[1:] if len(best) > 1 and best[0] in ("The", "the") else best)

    @property
    def woman(self) -> float:
        """The probability that it is a woman: what the text tells, and the given name where it tells nothing."""
        if self.men or self.women:
            return (self.women + 0.02) / (self.men + self.women + 0.04)
        if len(self.key) > 1:
            return lexicon.first_names().get(self.key[0].split("-")[0], 0.45)
        return 0.4


def link(names: Sequence[Name]) -> list[Entity | None]:
    """The entity of every name, in order; None for capitalised roles.

    Fuller names come first, so that a short form finds them wherever it stands; a short form that several could
    bear goes to the one that the text last named in full nearby, else to the one that it names most.
    """
    index = _Index()
    keys: dict[tuple[str, ...], list[int]] = {}
    glued: dict[tuple[str, ...], list[int]] = {}
    for i, name in enumerate(names):
        if name.kind != "role":
            (glued if name.headline and len(name.key) > 1 else keys).setdefault(_bare(name.key), []).append(i)
    linked: list[Entity | None] = [None] * len(names)
    short = []
    for key in sorted(glued, key=lambda k: glued[k][0]):
        if key in keys:
            keys[key] += glued[key]
            keys[key].sort()
    body = sorted(keys, key=lambda k: (-len(k), keys[k][0]))
    glued = {k: v for k, v in glued.items() if k not in keys}
    for key in body:
        if len(key) == 1 and names[keys[key][0]].label and len(key[0]) in (2, 3):
            short += keys[key]
            continue
        if len(key) == 1 and not any(names[i].kind in ("organization", "place") for i in keys[key]):
            short += keys[key]
            continue
        kinds = Counter(names[i].kind for i in keys[key] if names[i].kind != "unknown")
        kinds["person"] += 2 * sum(names[i].titled for i in keys[key])
        kind = kinds.most_common(1)[0][0] if kinds.total() else "unknown"
        entity = index.full(key, kind)
        if entity is None and len(key) == 1 and index.short(key[0]):
            short += keys[key]
            continue
        entity = entity or index.add(key, kind, names[keys[key][0]].start)
        for i in keys[key]:
            linked[i] = entity
            _note(entity, names[i])
            if names[i].nickname:
                index.heads.setdefault(names[i].nickname, []).append(entity)
    for key in glued:
        entity = index.full(key, names[glued[key][0]].kind) or index.within(key)
        entity = entity or index.add(key, names[glued[key][0]].kind, names[glued[key][0]].start)
        for i in glued[key]:
            linked[i] = entity
            entity.mentions.append(names[i].end - 1)
            if not entity.forms:
                entity.forms[names[i].words] += 1
    for entity in index.entities:
        entity.mentions.sort()
    recent: dict[str, tuple[Entity, int]] = {}
    alone: dict[tuple[str, str], Entity] = {}
    waiting = set(short)
    for i, name in enumerate(names):
        if i in waiting:
            linked[i] = entity = _short(index, name, recent, alone)
            _note(entity, name)
        elif (entity_or_none := linked[i]) and entity_or_none.key:
            recent[entity_or_none.key[-1]] = (entity_or_none, name.end)
    for entity in index.entities + list(alone.values()):
        entity.mentions.sort()
        if entity.kind == "unknown" and len(entity.key) > 1:
            shorter = {fold(form[0]) for form in entity.forms if len(form) == 1}
            if entity.key[-1] in shorter and not entity.article:
                entity.kind = "person"
    return linked


def _bare(key: tuple[str, ...]) -> tuple[str, ...]:
    """A folded name without suffixes and "the"."""
    bare = tuple(k for k in key if k not in lexicon.suffixes())
    return (bare[1:] if len(bare) > 1 and bare[0] == "the" else bare) or key


def _note(entity: Entity, name: Name) -> None:
    entity.forms[name.words] += 1
    entity.article = entity.article or (name.article and len(name.key) > 1)
    entity.mentions.append(name.end - 1)
    if name.gender == "m":
        entity.men += 1
    elif name.gender == "f":
        entity.women += 1
    entity.person += {"person": 1.0 if not name.titled else 3.0, "organization": -2.0, "place": -2.0}.get(
        name.kind, 0.0
    )


class _Index:
    """The named entities by the last and first words of their names, and by acronym."""

    def __init__(self) -> None:
        self.entities: list[Entity] = []
        self.tails: dict[str, list[Entity]] = {}
        self.heads: dict[str, list[Entity]] = {}
        self.weak: dict[str, list[Entity]] = {}
        self.acronyms: dict[str, list[Entity]] = {}
        self.initials: dict[str, list[Entity]] = {}

    def add(self, key: tuple[str, ...], kind: str, first: int) -> Entity:
        entity = Entity(kind, key, first=first)
        self.entities.append(entity)
        self.tails.setdefault(key[-1], []).append(entity)
        if len(key) > 1:
            sure = kind != "unknown" or key[0] in lexicon.first_names()
            (self.heads if sure else self.weak).setdefault(key[0], []).append(entity)
            for middle in key[1:-1]:
                if (
                    len(middle) > 2
                    and middle not in lexicon.particles()
                    and (kind == "person" or lexicon.particles() & set(key))
                ):
                    self.heads.setdefault(middle, []).append(entity)
            if kind == "person":
                self.initials.setdefault("".join(k[0] for k in key), []).append(entity)
            else:
                self.acronyms.setdefault("".join(k[0] for k in key if k not in SMALL), []).append(entity)
        return entity

    def full(self, key: tuple[str, ...], kind: str) -> Entity | None:
        """The entity that a name of several words means, if there is one already."""
        for entity in self.tails.get(key[-1], [])[:MAX_NAMESAKES]:
            if entity.key == key or (
                _one_kind(entity.kind, kind) and kind != "organization" and same_person(entity.key, key)
            ):
                return entity
        for entity in self.heads.get(key[0], [])[:MAX_NAMESAKES]:
            if (
                kind != "person"
                and set(entity.key[len(key) :]) <= lexicon.company_endings()
                and entity.key[: len(key)] == key
            ):
                return entity
            if len(key) > 1 and entity.key[: len(key)] == key and entity.kind == "person":
                return entity
            if key[:-1] == entity.key[:-1] and {key[-1], entity.key[-1]} == {"corp", "corporation"}:
                return entity
        if len(key) > 1:
            for entity in self.heads.get(key[-1], [])[:MAX_NAMESAKES]:
                if entity.kind in ("person", "unknown") and any(
                    entity.key[k : k + len(key)] == key for k in range(1, len(entity.key))
                ):
                    return entity
        if len(key) == 1:
            for entity in self.acronyms.get(key[0], []):
                return entity
        return None

    def within(self, key: tuple[str, ...]) -> Entity | None:
        """The first entity whose name a headline's run of capitals begins with or holds: "Hillary Clinton Slams …"."""
        for k, word in enumerate(key):
            for entity in self.tails.get(word, [])[:MAX_NAMESAKES]:
                if entity.kind == "place":
                    continue
                size = len(entity.key)
                if entity.key[:1] == key[k - size + 1 : k - size + 2] or (entity.kind == "person" and k == 0):
                    return entity
            for entity in self.heads.get(word, [])[:MAX_NAMESAKES]:
                if key[k : k + len(entity.key)] == entity.key:
                    return entity
        return None

    def short(self, word: str, at: int = sys.maxsize) -> list[Entity]:
        """The entities that a word at a token may mean, likeliest way first: by last name, by first, by acronym.

        A name that may be no person's must have been given in full before.
        """
        people = [
            e
            for e in self.tails.get(word, [])
            if len(e.key) > 1 and (e.kind == "person" or (e.kind == "unknown" and e.first < at))
        ]
        if people:
            return people[:MAX_NAMESAKES]
        firm = [
            e for e in self.tails.get(word, []) if e.kind == "organization" and word in lexicon.organisation_words()
        ]
        first = [
            e
            for e in self.heads.get(word, [])
            if e.kind != "organization" or set(e.key[1:]) <= lexicon.company_endings() or e.key[1:2] == ("of",)
        ]
        return (firm or first or self.acronyms.get(word, []))[:MAX_NAMESAKES]


def _one_kind(a: str, b: str) -> bool:
    return a == b or "unknown" in (a, b)


def same_person(full: tuple[str, ...], key: tuple[str, ...]) -> bool:
    """Whether a folded name can be a form of a fuller one of the same last word."""
    if full[-len(key) :] == key:
        return True
    if not first_names_fit(full[0], key[0]):
        return False
    middle = iter(full[1:-1])
    return (
        all(
            any(m == f or (len(m) == 1 and f[0] == m) or (len(f) == 1 and m[0] == f) for f in middle) for m in key[1:-1]
        )
        or len(full) == 2
    )


def first_names_fit(a: str, b: str) -> bool:
    """Whether two folded given names can be one: the same, an initial, a short form."""
    if a == b or (1 in (len(a), len(b)) and a[0] == b[0]):
        return True
    short = lexicon.nicknames()
    return b in short.get(a, ()) or a in short.get(b, ()) or bool(short.get(a, frozenset()) & short.get(b, frozenset()))


def _short(
    index: _Index, name: Name, recent: dict[str, tuple[Entity, int]], alone: dict[tuple[str, str], Entity]
) -> Entity:
    """The entity of a one-word name."""
    word = name.key[0]
    if name.label and index.initials.get(word):
        return index.initials[word][0]
    fitting = [
        e
        for e in index.short(word, sys.maxsize if name.headline else name.start)
        if _sex_fits(e, name.gender) and not (name.titled and e.kind == "organization")
    ]
    if not fitting and word.endswith("s") and not name.titled:
        fitting = [e for e in index.short(word[:-1]) if e.kind == "organization"]
    if not fitting:  # "Park" or "Marlowe" after "Park Ji-won", "Marlowe Foods"
        fitting = [
            e for e in index.weak.get(word, []) if e.first < name.start and not e.article and _sex_fits(e, name.gender)
        ]
    if fitting:
        if len(fitting) == 1:
            return fitting[0]
        last = recent.get(fitting[0].key[-1])
        near = last[0] if last and name.start - last[1] < 60 and last[0] in fitting else None
        best = max(fitting, key=lambda e: (len(e.mentions) + 2 * (e is near), -(e.mentions or [0])[0]))
        return best
    entity = alone.get((word, name.gender)) or alone.get((word, ""))
    if entity is None or not _sex_fits(entity, name.gender):
        entity = Entity(name.kind, name.key)
        alone[word, name.gender if name.gender and (word, "") in alone else ""] = entity
    return entity


def _sex_fits(entity: Entity, gender: str) -> bool:
    if not gender:
        return True
    woman = entity.woman
    return woman < GENDER_SURE if gender == "m" else woman > 1 - GENDER_SURE
