"""Which names in a document are one and the same person, organisation or place."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence

from quotes.lexicon import words
from quotes.resolve import lexicon
from quotes.resolve.entities import Entity
from quotes.resolve.names import Name, fold

MAX_NAMESAKES = 24
"""Entities that share a word of their names and are told apart; a text with more is no news."""
LONG = 4
"""Words of a body's name from which its acronym may leave out the last."""
EVEN = 0.5
NEAR = 60
"""Tokens within which a full name decides whom its last word alone means."""
SMALL = words("small_words")
WORTH = {"person": 1.0, "organization": -2.0, "place": -2.0}
"""Evidence for a person in what a name's words look like."""
TITLE_WORTH = 3.0

Key = tuple[str, ...]


def link(names: Sequence[Name]) -> list[Entity | None]:
    """The entity of every name, in order; None for capitalised roles.

    Fuller names come first, so that a short form finds them wherever it stands, then the runs of headlines, which
    may hold more than a name, then single words. A word that several could bear goes by title, by the full name just
    before, by who was named first and by how often.
    """
    linked: list[Entity | None] = [None] * len(names)
    index = Index()
    keys, glued = _by_key(names)
    single: list[int] = []
    for key in sorted(keys, key=lambda k: (-len(k), keys[k][0])):
        at = keys[key]
        kind = _kind(names, at)
        if len(key) == 1:
            _learn_short_form(index, names, linked, at)
            if _short_form(index, names, at):
                single += at
                continue
        entity = index.full(key, kind) or index.add(key, kind, names[at[0]].start)
        for i in at:
            linked[i] = entity
            _note(entity, names[i])
            if names[i].nickname:
                index.heads.setdefault(names[i].nickname, []).append(entity)
    for key, at in glued.items():
        kind = names[at[0]].kind
        known = index.full(key, kind) or index.within(key) or _begun(index, names, key, at[0], keys)
        entity = known or Entity(kind, key, first=names[at[0]].start)
        for i in at:
            linked[i] = entity
            entity.mentions.append(names[i].end - 1)
            if not entity.forms:
                entity.forms[names[i].words] += 1
    _link_single(index, names, linked, set(single))
    _tell_apart(names, linked)
    for entity in {e for e in linked if e is not None}:
        entity.mentions.sort()
        if entity.kind == "unknown" and len(entity.key) > 1 and not entity.article:
            alone = {fold(form[0]) for form in entity.forms if len(form) == 1}
            if entity.key[-1] in alone:
                entity.kind, entity.person = "person", max(entity.person, 1.0)
    return linked


def _tell_apart(names: Sequence[Name], linked: Sequence[Entity | None]) -> None:
    """Leave their titles to those known by a last name alone that somebody else has too: Mrs. Hale, not Joran Hale."""
    bearers: dict[str, set[Entity]] = {}
    for entity in linked:
        if entity is not None and entity.key and entity.kind in ("person", "unknown"):
            bearers.setdefault(entity.key[-1], set()).add(entity)
    for name, entity in zip(names, linked, strict=True):
        if entity is not None and name.title and len(entity.key) == 1 and len(bearers.get(entity.key[0], ())) > 1:
            entity.title = entity.title or name.title


def _by_key(names: Sequence[Name]) -> tuple[dict[Key, list[int]], dict[Key, list[int]]]:
    """Where each name stands, by its folded words; apart, headlines' longer runs that stand nowhere else."""
    keys: dict[Key, list[int]] = {}
    glued: dict[Key, list[int]] = {}
    for i, name in enumerate(names):
        if name.kind != "role":
            (glued if name.headline and len(name.key) > 1 else keys).setdefault(_bare(name.key), []).append(i)
    for key in glued.keys() & keys.keys():
        keys[key] = sorted(keys[key] + glued.pop(key))
    return keys, glued


def _begun(index: Index, names: Sequence[Name], key: Key, i: int, keys: Mapping[Key, list[int]]) -> Entity | None:
    """The person whom only a headline names in full, at its beginning: "Ada Lund Thanks Crew", where Lund stands alone
    elsewhere."""
    if len(key) < 3 or key[0] not in lexicon.first_names() or key[1:2] not in keys or len(names[i].words) != len(key):
        return None
    entity = index.add(key[:2], "person", names[i].start)
    entity.forms[names[i].words[:2]] += 1
    return entity


def _bare(key: Key) -> Key:
    """A folded name without suffixes and "the"."""
    bare = tuple(k for k in key if k not in lexicon.suffixes())
    return (bare[1:] if len(bare) > 1 and bare[0] == "the" else bare) or key


def _kind(names: Sequence[Name], at: Sequence[int]) -> str:
    """What a name is that stands at several places: a title counts thrice."""
    kinds = Counter(names[i].kind for i in at if names[i].kind != "unknown")
    kinds["person"] += 2 * sum(names[i].titled for i in at)
    return kinds.most_common(1)[0][0] if kinds.total() else "unknown"


def _short_form(index: Index, names: Sequence[Name], at: Sequence[int]) -> bool:
    """Whether a single word is to be looked for among the fuller names."""
    name = names[at[0]]
    if name.label and len(name.key[0]) in (2, 3):
        return True
    if any(names[i].kind in ("organization", "place") for i in at):
        return index.full(name.key, name.kind) is None and bool(index.short(name.key[0]))
    return True


def _note(entity: Entity, name: Name) -> None:
    """Count a mention and what it tells."""
    entity.forms[name.words] += 1
    entity.mentions.append(name.end - 1)
    entity.article = entity.article or (name.article and len(name.key) > 1)
    entity.men += name.gender == "m"
    entity.women += name.gender == "f"
    entity.person += TITLE_WORTH if name.titled else WORTH.get(name.kind, 0.0)


def _link_single(index: Index, names: Sequence[Name], linked: list[Entity | None], single: set[int]) -> None:
    """Link the names of one word, in text order."""
    recent: dict[str, tuple[Entity, int]] = {}
    alone: dict[tuple[str, str], Entity] = {}
    for i, name in enumerate(names):
        entity = linked[i]
        if i in single:
            word = name.key[0]
            entity = _bearer(index, name, recent.get(word)) or alone.get((word, name.gender)) or alone.get((word, ""))
            if entity is None or not entity.may_be(name.gender):
                entity = Entity(name.kind, name.key)
                alone[word, name.gender if (word, "") in alone else ""] = entity
            linked[i] = entity
            _note(entity, name)
        elif entity is not None and entity.key:
            recent[entity.key[-1]] = (entity, name.end)


def _learn_short_form(index: Index, names: Sequence[Name], linked: Sequence[Entity | None], at: Sequence[int]) -> None:
    """Learn of whom a word is short that stands in brackets behind a body's name: Civil Legislative Centre (CISLAC)."""
    for i in at:
        short, full = names[i], names[i - 1]
        word, entity = short.key[0], linked[i - 1] if i else None
        adjacent = short.bracketed and short.left == full.end + 1 and len(full.key) > 1
        if entity is None or not adjacent or entity.kind in ("person", "place") or not short.words[0][:2].isupper():
            continue
        if word[0] in {part[0] for part in full.key if part not in SMALL}:
            index.acronyms[word] = [entity, *(e for e in index.acronyms.get(word, ()) if e is not entity)]


def _bearer(index: Index, name: Name, recent: tuple[Entity, int] | None) -> Entity | None:
    """The fuller-named entity that a name of one word means."""
    word = name.key[0]
    if name.label and index.initials.get(word):
        return index.initials[word][0]
    at = sys.maxsize if name.headline else name.start
    fitting = [
        e for e in index.short(word, at) if e.may_be(name.gender) and not (name.titled and e.kind == "organization")
    ]
    if not fitting and word.endswith("s") and not name.titled:
        fitting = [e for e in index.short(word[:-1]) if e.kind == "organization"]
    if not fitting:
        fitting = [e for e in index.weak.get(word, []) if e.first < at and not e.article and e.may_be(name.gender)]
    if name.likely:
        fitting = [e for e in fitting if (e.woman > EVEN) == (name.likely == "f")] or fitting
    if name.kind == "place":  # what Kenya says is not what Kenya Airways does
        fitting = [e for e in fitting if e.kind != "organization" or e.key[0] != word]
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    near = recent[0] if recent and name.start - recent[1] < NEAR else None
    earliest = min(e.first for e in fitting)
    return max(fitting, key=lambda e: 0.9 * (e is near) + 1.0 * (e.first == earliest))


class Index:
    """The named entities by the words of their names, by acronym and by initials."""

    def __init__(self) -> None:
        self.tails: dict[str, list[Entity]] = {}
        self.heads: dict[str, list[Entity]] = {}
        self.weak: dict[str, list[Entity]] = {}
        """By the first word of what may be no person's name: "Park", "Marlowe" after Park Ji-won, Marlowe Foods."""
        self.acronyms: dict[str, list[Entity]] = {}
        self.initials: dict[str, list[Entity]] = {}

    def add(self, key: Key, kind: str, first: int) -> Entity:
        """A new entity with its full name, folded, and the token where it is first named."""
        entity = Entity(kind, key, first=first)
        self.tails.setdefault(key[-1], []).append(entity)
        if len(key) == 1:
            return entity
        sure = kind != "unknown" or key[0] in lexicon.first_names()
        (self.heads if sure else self.weak).setdefault(key[0], []).append(entity)
        particles = lexicon.particles()
        if kind == "person" or not particles.isdisjoint(key):
            for middle in key[1:-1]:
                if len(middle) > 2 and middle not in particles:
                    self.heads.setdefault(middle, []).append(entity)
        if kind == "person":
            self.initials.setdefault("".join(k[0] for k in key), []).append(entity)
        else:
            for letters in _acronyms(key):
                self.acronyms.setdefault(letters, []).append(entity)
        return entity

    def full(self, key: Key, kind: str) -> Entity | None:
        """The entity that a name means by all its words, if there is one already."""
        size = len(key)
        for entity in self.tails.get(key[-1], [])[:MAX_NAMESAKES]:
            one_kind = entity.kind == kind or "unknown" in (entity.kind, kind)
            if entity.key == key or (one_kind and kind != "organization" and same_person(entity.key, key)):
                return entity
        for entity in self.heads.get(key[0], [])[:MAX_NAMESAKES]:
            begins, rest = entity.key[:size] == key, entity.key[size:]
            if begins and (
                (kind not in ("person", "place") and lexicon.company_endings().issuperset(rest))
                or (size > 1 and entity.kind == "person")
            ):
                return entity
            if key[:-1] == entity.key[:-1] and {key[-1], entity.key[-1]} == {"corp", "corporation"}:
                return entity
        if size == 1:
            return next(iter(self.acronyms.get(key[0], [])), None)
        for entity in self.heads.get(key[-1], [])[:MAX_NAMESAKES]:  # "Ben Youssef" of "Abdelkader ben Youssef al-Fassi"
            inside = any(entity.key[k : k + size] == key for k in range(1, len(entity.key)))
            if inside and entity.kind in ("person", "unknown"):
                return entity
        return None

    def within(self, key: Key) -> Entity | None:
        """The first entity whose name a headline's run of capitals holds, best in full: "Clinton Slams …"."""
        for k in range(len(key)):
            for entity in self.heads.get(key[k], [])[:MAX_NAMESAKES]:
                if key[k : k + len(entity.key)] == entity.key:
                    return entity
        for by_word in (self.tails, self.heads):
            for word in key:
                for entity in by_word.get(word, [])[:MAX_NAMESAKES]:
                    if entity.kind == "person" or (entity.key == (word,) and entity.kind != "place"):
                        return entity
        return None

    def short(self, word: str, at: int = sys.maxsize) -> list[Entity]:
        """The entities that a word at a token may mean, likeliest way first: by last name, by first, by acronym.

        A name that may be no person's must have been given in full before.
        """
        tails, heads = self.tails.get(word, [])[:MAX_NAMESAKES], self.heads.get(word, [])[:MAX_NAMESAKES]
        people = [e for e in tails if len(e.key) > 1 and (e.kind == "person" or (e.kind == "unknown" and e.first < at))]
        if people:
            return people
        if word in lexicon.organisation_words() and (firms := [e for e in tails if e.kind == "organization"]):
            return firms
        endings = lexicon.company_endings()
        begun = [e for e in heads if e.kind != "organization" or endings.issuperset(e.key[1:]) or e.key[1:2] == ("of",)]
        return begun or self.acronyms.get(word, [])[:MAX_NAMESAKES]


def _acronyms(key: Key) -> set[str]:
    """The first letters of a folded name; also without a country before it and the last of what it is about: ICE of
    U.S. Immigration and Customs Enforcement, CDC of Centers for Disease Control and Prevention."""
    found = {"".join(word[0] for word in key if word not in SMALL)}
    bare = key[1:] if key[0] in lexicon.places() else key
    found.add("".join(word[0] for word in bare if word not in SMALL))
    if len(bare) > LONG and bare[-2] == "and":
        found.add("".join(word[0] for word in bare[:-2] if word not in SMALL))
    return {letters for letters in found if len(letters) > 1}


def same_person(full: Key, key: Key) -> bool:
    """Whether a folded name can be a form of a fuller one of the same last word."""
    if full[-len(key) :] == key:
        return True
    if not first_names_fit(full[0], key[0]):
        return False
    middle = iter(full[1:-1])
    return all(any(_initial_fits(word, other) for other in middle) for word in key[1:-1])


def _initial_fits(a: str, b: str) -> bool:
    return a == b or (1 in (len(a), len(b)) and a[0] == b[0])


def first_names_fit(a: str, b: str) -> bool:
    """Whether two folded given names can be one: the same, an initial, a short form."""
    if _initial_fits(a, b):
        return True
    long = lexicon.nicknames()
    return b in long.get(a, ()) or a in long.get(b, ()) or not long.get(a, frozenset()).isdisjoint(long.get(b, ()))
