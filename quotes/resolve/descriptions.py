"""Roles: what the text says of somebody ("Iran's foreign minister"), and whom "the Iranian top diplomat" fits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace

from quotes.find.candidate import TokenSpan
from quotes.grammar.language import ENGLISH
from quotes.grammar.parse import Parse
from quotes.lexicon import words
from quotes.resolve import lexicon
from quotes.resolve.entities import Entity
from quotes.resolve.names import fold
from quotes.resolve.syntax import phrase, strip_article

DEFINITE = words("definite")
EMPTY = words("empty_modifiers")
"""Modifiers that tell nobody from anybody."""
ANOTHER = words("another")
"""Modifiers that tell an entity from the one mentioned before."""
NO_MODIFIERS = words("no_modifiers")
ROLE_WORDS = 3
"""Words of a role at most: "chief of staff"."""
MAX_KNOWN = 100
"""Descriptions of one noun that are compared, the last ones."""
UNFIT = 0.2
"""How well a description must fit at least."""
NEAR = 12
"""Tokens within which a name and what stands in apposition with it are believed to belong together."""
AGED = "-year-old"
"""The noun of a description by age; its modifier is the number of years."""
FORMER = words("former")
UNDER = words("under")
MOUTHPIECES = words("mouthpieces")
SEATED = frozenset({"based", "headquartered"})
OF_OWNER = "for"
SHARED = words("shared_with_deputies")
CALLINGS = words("callings")


@dataclass(frozen=True, slots=True)
class Description:
    """What the text calls somebody: "Iran's foreign minister"."""

    head: str
    """Its noun, lower case, singular; with the words before it where they make one role ("foreign minister")."""
    modifiers: frozenset[str]
    """Its other words folded, places for their adjectives."""
    text: str
    """As it stands, less its article; "" for the last word of an organisation's name."""
    at: int
    """The token that heads it."""
    kind: str = "person"
    """person, organization, place, document; group in the plural."""
    proper: frozenset[str] = frozenset()
    """Those of its modifiers that are names: of a place, a body, a person."""
    definite: bool = False
    owner: Entity | None = None
    """Whose it is: her in "her lawyer"."""
    role: TokenSpan = (0, 0)
    """Where its noun stands, with the words before it that are part of the role; empty for no place in the text."""
    span: TokenSpan = (0, 0)
    """Where all of it stands."""


def describe(parse: Parse, head: int, listed: bool = True) -> Description | None:
    """The description that a noun heads; None where the noun is no role, organisation or document.

    Args:
        parse: the document.
        head: the noun.
        listed: False takes any noun, as what somebody is: "the beekeeper".
    """
    noun, start = role_at(parse, head)
    sort = lexicon.nouns().get(noun)
    if sort is None and listed:
        return None
    left, right = phrase(parse, head)
    modifiers, proper = set(), set()
    definite = False
    seat = seats(parse, left, head)
    for k in range(left, right):
        if start <= k <= head or (k in seat and _modifier(parse, k, right) not in lexicon.place_names()):
            continue
        word, tag = parse.lower[k], parse.tag[k]
        if word in DEFINITE or tag in parse.language.possessive_marks:
            definite = definite or k < head
        elif tag[0] in "NJVCR" and len(word) > 1:
            modifiers.add(folded := _modifier(parse, k, right))
            if tag in ENGLISH.proper:
                proper.add(folded)
    return Description(
        noun,
        frozenset(modifiers),
        strip_article(parse.slice((left, right))),
        head,
        sort.kind if sort else "person",
        frozenset(proper),
        definite and modifiers.isdisjoint(ANOTHER),
        role=(start, max(head, start + noun.count(" ")) + 1),
        span=(left, right),
    )


def seats(parse: Parse, left: int, end: int) -> set[int]:
    """The tokens between two that say where somebody is: "Navi Mumbai-based"."""
    found: set[int] = set()
    for k in range(left + 2, end):
        if parse.lower[k] in SEATED and parse.words[k - 1] == "-":
            found |= {k - 1, k}
            first = k - 2
            while first >= left and parse.tag[first] in ENGLISH.proper:
                found.add(first)
                first -= 1
    return found


def _modifier(parse: Parse, k: int, right: int) -> str:
    """A modifier folded; the place for its adjective."""
    places = lexicon.places()
    word = fold(parse.words[k])
    pair = f"{word} {fold(parse.words[k + 1])}" if k + 1 < right else ""
    return (
        places.get(pair)
        or places.get(word)
        or (lexicon.singular(word) if parse.tag[k] in parse.language.plural - parse.language.proper else word)
    )


def role_at(parse: Parse, head: int) -> tuple[str, int]:
    """The role that ends at a noun and its first token: "foreign minister" where the two make one."""
    nouns = lexicon.nouns()
    last = parse.lower[head]
    forms = (last, lexicon.singular(last))
    hyphened = "".join(parse.lower[max(head - 2, 0) : head + 1])
    if hyphened in nouns and "-" in hyphened:  # the Director-General
        return hyphened, head - 2
    for size in range(ROLE_WORDS - 1, 0, -1):
        k = head - size
        if k >= 0 and parse.sent_of[k] == parse.sent_of[head]:
            before = " ".join(parse.lower[k:head])
            for form in forms:
                if f"{before} {form}" in nouns:
                    return f"{before} {form}", k
    if head + 2 < len(parse) and parse.lower[head + 1] == "of":
        for size in (2, 1):
            long = f"{forms[1]} of {' '.join(parse.lower[head + 2 : head + 2 + size])}"
            if long in nouns:
                return long, head
    return (last if last in nouns else forms[1]), head


def for_another(parse: Parse, i: int) -> bool:
    """Whether a noun is somebody's who speaks for the holder of an office, who may be the one named behind that: "a
    spokeswoman for the mayor, Ada Falk"."""
    if parse.lower[i] not in MOUTHPIECES or parse.lower[i + 1 : i + 2] != [OF_OWNER]:
        return False
    inside = range(i + 2, min(phrase(parse, i)[1], i + NEAR))
    common = (k for k in inside if parse.tag[k] in parse.language.singular_nouns and parse.words[k][0].islower())
    return any(lexicon.sort_of(role_at(parse, k)[0]).kind == "person" for k in common)


def of_title(words: tuple[str, ...], at: int, text: str) -> list[Description]:
    """The descriptions in what stands before a name ("House Majority Leader", "Detective Garda"), from its folded
    words, the last one first."""
    nouns, roles, places = lexicon.nouns(), lexicon.title_roles(), lexicon.places()
    full = tuple(roles.get(word, roles.get(f"{word}.", word)) for word in words)
    named = frozenset(fold(word) for word in text.split() if word[0].isupper())
    found, end = [], len(words)
    while end:
        for size in range(min(ROLE_WORDS, end), 0, -1):
            noun = " ".join(filter(None, full[end - size : end]))  # a full stop of its own is ""
            if noun in nouns and nouns[noun].kind == "person":
                rest = {places.get(w, w) for j, w in enumerate(words) if not end - size <= j < end}
                modifiers = frozenset(rest - NO_MODIFIERS)
                role = at - len(words) + end - size, at - len(words) + end
                span = at - len(words), at
                plain = strip_article(text)
                found.append(Description(noun, modifiers, plain, at, proper=modifiers & named, role=role, span=span))
                end -= size - 1
                break
        end -= 1
    return found


def in_full(said: Description) -> Description:
    """A description whose office goes by the listed name: "minister of education" as the education minister."""
    for word in sorted(said.modifiers):
        if (whole := f"{word} {said.head}") in lexicon.nouns():
            return replace(said, head=whole, modifiers=said.modifiers - {word}, proper=said.proper - {word})
    return said


class Roles:
    """Who is described how, found by the nouns that describe them and by broader ones."""

    def __init__(self) -> None:
        self.of: dict[Entity, list[Description]] = {}
        self.by_noun: dict[str, list[tuple[Entity, Description]]] = {}
        self.by_place: dict[str, list[Entity]] = {}
        self.places: dict[Entity, set[str]] = {}
        self._seen: set[tuple[Entity, int, str]] = set()
        self._fullest: dict[Entity, Description] = {}

    def add(self, entity: Entity, description: Description) -> None:
        """Remember a description of an entity."""
        description = in_full(description)
        key = (entity, description.at, description.head)
        if key in self._seen:
            return
        self._seen.add(key)
        self.of.setdefault(entity, []).append(description)
        before = self._fullest.get(entity)
        if description.text and (before is None or len(description.text) > len(before.text)):
            self._fullest[entity] = description
        sort = lexicon.nouns().get(description.head)
        if sort and sort.gender and entity.kind == "person":
            entity.men += 0.8 * (sort.gender == "m")
            entity.women += 0.8 * (sort.gender == "f")
        for noun in {description.head, *(sort.broader if sort else ())}:
            self.by_noun.setdefault(noun, []).append((entity, description))
        if entity.kind in ("person", "unknown") or description.text:
            for place in description.modifiers & lexicon.place_names():
                self.comes_from(entity, place)

    def comes_from(self, entity: Entity, place: str) -> None:
        """Remember that the text says an entity to be of a place."""
        self.by_place.setdefault(place, []).append(entity)
        self.places.setdefault(entity, set()).add(place)

    def fullest(self, entity: Entity) -> str | None:
        """The longest description of an entity other than its name."""
        best = self._fullest.get(entity)
        return best.text if best is not None and best.text != entity.name else None

    def place(self, entity: Entity) -> Description | None:
        """That description, whose words may be the entity's own."""
        return self._fullest.get(entity)

    def match(
        self, wanted: Description, distance: Mapping[Entity, int], owners: frozenset[str], at: int
    ) -> dict[Entity, float]:
        """The entities that a definite description may mean, with how well each fits; a deputy only where nobody
        else has the office.

        Args:
            wanted: the description.
            distance: tokens since an entity was last mentioned.
            owners: last names of the document's people; a description that holds one fits nobody else's.
            at: where the description stands, a token.
        """
        wanted = in_full(wanted)
        fits: dict[Entity, float] = {}
        under: dict[Entity, float] = {}
        for entity, known in self._known(wanted):
            if not self._may_be(wanted, entity, known) or (score := _fit(wanted, known, owners)) is None:
                continue
            score += 0.5 if entity.forms or entity.same else 0.0
            score += 1.5 / (1.0 + distance.get(entity, 2000) / 60)
            score -= 0.6 * (entity not in distance and known.at > at)
            if _below(known, wanted):
                continue  # the deputy head is not the head
            if not _below(wanted, known):
                fits[entity] = max(score, fits.get(entity, score))
            elif wanted.head in SHARED:
                under[entity] = max(score, under.get(entity, score))
        return fits or under

    def elsewhere(self, entity: Entity, wanted: Description) -> bool:
        """Whether the text calls an entity by other places than a description: "Russian" for "the US president"."""
        there = self.places.get(entity)
        return there is not None and _clash(wanted.modifiers & lexicon.place_names(), there)

    def of_unknown_place(self, entity: Entity, wanted: Description) -> bool:
        """Whether a person's office is asked for by a place, and the text gives that one none."""
        where = (wanted.modifiers & lexicon.place_names()) - lexicon.parties()
        return wanted.kind == "person" and bool(where) and not self.places.get(entity, set()) - lexicon.parties()

    def _known(self, wanted: Description) -> Iterator[tuple[Entity, Description]]:
        """Descriptions by the same noun or a narrower one; by a broader one too where the noun is one by which a text
        calls whom it is about anyhow ("the singer" for a star) or a kind of a calling (the surgeon for Dr Rask)."""
        yield from self.by_noun.get(wanted.head, [])[-MAX_KNOWN:]
        broader = lexicon.sort_of(wanted.head).broader
        for noun in broader if wanted.head in lexicon.epithets() else sorted(broader & CALLINGS):
            yield from ((e, d) for e, d in self.by_noun.get(noun, [])[-MAX_KNOWN:] if d.head == noun)

    def _may_be(self, wanted: Description, entity: Entity, known: Description) -> bool:
        """Whether kind, sex, place and owner allow that a description means an entity."""
        if entity is wanted.owner or entity.kind not in (wanted.kind, "unknown"):
            return False
        gender = lexicon.sort_of(wanted.head).gender
        if (gender and not entity.may_be(gender)) or self.elsewhere(entity, wanted):
            return False
        if (wanted.kind == "document" or not entity.forms) and wanted.head != known.head:
            return False
        return bool(entity.forms) or not wanted.modifiers - known.modifiers - EMPTY


def _fit(wanted: Description, known: Description, owners: frozenset[str]) -> float | None:
    """How well a known description fits a wanted one; None where they clash."""
    want, have = wanted.modifiers - EMPTY, known.modifiers - EMPTY
    where, there = want & lexicon.place_names(), have & lexicon.place_names()
    if _clash(where, there) or _of_others(wanted, known):
        return None
    if wanted.owner is None:
        if (want - have) & owners:
            return None
    else:
        if known.owner is not None and known.owner is not wanted.owner:
            return None
        want, have = want - set(wanted.owner.key), have - set(wanted.owner.key)
    if wanted.head == AGED:
        return 1.0 if want & have else None
    score = 1.0 if wanted.head == known.head else 0.8
    score += len(want & have) + 1.5 * (wanted.owner is not None and wanted.owner is known.owner)
    score -= min(0.3 * len(want - have) + 0.2 * bool(where and not there), 0.5)
    score -= (1.0 if FORMER & have else 0.5) * bool(FORMER & (want ^ have))
    return score if score > UNFIT else None


def _clash(where: Set[str], there: Set[str]) -> bool:
    """Whether two sets of places, or of the parties among them, have nothing in common."""
    parties, others = lexicon.parties() & where, lexicon.parties() & there
    a, b = where - parties, there - others
    return bool(parties and others and parties.isdisjoint(others)) or bool(a and b and a.isdisjoint(b))


def _below(wanted: Description, known: Description) -> bool:
    """Whether a known office is the deputy's of a wanted one; no short form of it is: the DP."""
    if wanted.head in lexicon.office_abbreviations():
        return False
    want, have = wanted.modifiers.union(wanted.head.split()), known.modifiers.union(known.head.split())
    return not UNDER.isdisjoint(have - want)


def _of_others(wanted: Description, known: Description) -> bool:
    """Whether two descriptions of one office name different bodies or towns: the mayor of Halby, the Dunford mayor."""
    want, have = wanted.proper, known.proper
    return bool(want and have and wanted.head == known.head) and want.isdisjoint(have)
