"""Roles: what the text says of somebody ("Iran's foreign minister"), and who "the Iranian top diplomat" is."""

from __future__ import annotations

from collections.abc import Mapping

from quotes.parse import Parse
from quotes.resolve import lexicon
from quotes.resolve.entities import Description, Entity
from quotes.resolve.names import CALENDAR, fold

CUT = frozenset({"relcl", "appos", "cc", "conj", "punct", "parataxis", "ccomp", "advcl", "dep", "prep_cut"})
PLAIN = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "my", "our", "'s", "’s"}
)
DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their", "both"})
EMPTY = frozenset(
    {"former", "current", "new", "longtime", "own", "senior", "top", "then", "ex", "late", "old", "former"}
)
TIMES = CALENDAR | {
    "week",
    "month",
    "year",
    "night",
    "today",
    "yesterday",
    "morning",
    "afternoon",
    "evening",
    "weekend",
}
MAX_KNOWN = 100
"""Descriptions of one noun that are compared, the last ones."""
PAIRS = 3
"""Words of a role at most: "chief of staff"."""
ANOTHER = frozenset(
    {"another", "other", "second", "third", "fourth", "different", "separate", "earlier", "previous", "similar"}
)
"""Words that tell an entity from the one mentioned before."""
REACH = 14
"""Tokens of a noun phrase that are looked at on either side of its head."""


def phrase(parse: Parse, head: int) -> tuple[int, int]:
    """The noun phrase of a head without what is loosely attached (appositions, relative clauses, conjuncts)."""
    left = max(parse.left[head], head - REACH)
    for c in parse.children[head]:
        if c < head and parse.dep[c] in ("punct", "cc") and parse.words[c] in (",", "(", "—", "–", ";", ":"):
            left = max(left, c + 1)
    right = head + 1
    for c in parse.children[head]:
        if c > head:
            if parse.dep[c] in CUT or parse.tag[c] in ("_SP", "VBG") or parse.left[c] != right:
                break
            right = parse.right[c] if parse.dep[c] != "prep" else _prep_end(parse, c)
    while left < head and (parse.tag[left] == "_SP" or parse.dep[left] in ("cc", "punct", "mark", "preconj")):
        left += 1
    return left, _before_time(parse, head + 1, right)


def _before_time(parse: Parse, start: int, end: int) -> int:
    """Where a phrase ends without the time at its end: "a poll released on Tuesday", "last year"."""
    if end - start < 1 or parse.lower[end - 1] not in TIMES:
        return end
    end -= 1
    while end > start and (
        parse.lower[end - 1] in ("last", "this", "next", "on", "in", "late", "early", "earlier")
        or parse.lower[end - 1] in TIMES
    ):
        end -= 1
    return end


def _prep_end(parse: Parse, prep: int) -> int:
    """Where a prepositional phrase ends, before commas and relative clauses in it."""
    end = parse.right[prep]
    for k in range(prep + 1, min(end, prep + 3 * REACH)):
        if parse.words[k] in (",", "(", ";", "—", "–", ":") or parse.tag[k] in ("WDT", "WP") or "\n" in parse.words[k]:
            return k
    return min(end, prep + 3 * REACH)


def describe(parse: Parse, head: int) -> Description | None:
    """The description that a noun heads; None where the noun is no role, organisation or document."""
    noun, start = role_at(parse, head)
    sort = lexicon.nouns().get(noun)
    if sort is None:
        return None
    left, right = phrase(parse, head)
    modifiers = set()
    definite = False
    for k in range(left, right):
        if start <= k <= head:
            continue
        word = parse.lower[k]
        if word in DEFINITE:
            definite = definite or k < head
        elif parse.tag[k] == "POS":
            definite = True
        elif parse.tag[k][0] in "NJVCR" and len(word) > 1:
            modifiers.add(modifier(parse, k, right))
    if modifiers & ANOTHER:
        definite = False
    text = parse.slice((left, right)) if right > left else parse.words[head]
    return Description(noun, frozenset(m for m in modifiers if m), strip_article(text), head, sort.kind, definite)


def modifier(parse: Parse, k: int, right: int) -> str:
    """A modifier folded; the place for its adjective."""
    places = lexicon.places()
    word = fold(parse.words[k])
    pair = f"{word} {fold(parse.words[k + 1])}" if k + 1 < right else ""
    return places.get(pair) or places.get(word) or (lexicon.singular(word) if parse.tag[k] == "NNS" else word)


def role_at(parse: Parse, head: int) -> tuple[str, int]:
    """The role that ends at a noun and its first token: "foreign minister" where the two make one."""
    nouns = lexicon.nouns()
    last = parse.lower[head]
    forms = (last, lexicon.singular(last))
    for size in range(PAIRS - 1, 0, -1):
        k = head - size
        if k >= 0 and parse.sent_of[k] == parse.sent_of[head]:
            before = " ".join(parse.lower[k:head])
            for form in forms:
                if f"{before} {form}" in nouns:
                    return f"{before} {form}", k
    if (
        head + 2 < len(parse)
        and parse.lower[head + 1] == "of"
        and (long := f"{forms[1]} of {parse.lower[head + 2]}") in nouns
    ):
        return long, head
    return (last if last in nouns else forms[1]), head


def strip_article(text: str) -> str:
    """A phrase without the article that begins it."""
    first, _, rest = text.partition(" ")
    return rest.lstrip() if first.lower() in ("the", "a", "an") and rest else text


def of_title(words: tuple[str, ...], at: int, text: str) -> Description | None:
    """The description in the role before a name ("House Majority Leader"), from its folded words."""
    nouns, roles = lexicon.nouns(), lexicon.title_roles()
    for size in (3, 2, 1):
        for k in range(len(words) - size, -1, -1):
            noun = " ".join(words[k : k + size])
            noun = roles.get(noun, roles.get(noun + ".", noun))
            if noun in nouns and nouns[noun].kind == "person":
                places = lexicon.places()
                rest = {places.get(w, w) for j, w in enumerate(words) if not k <= j < k + size}
                return Description(
                    noun,
                    frozenset(rest - {"'s", "’s", "the", "of", "a", "an", "and"}),
                    strip_article(text),
                    at,
                    "person",
                )
    return None


class Roles:
    """Who is described how: entities by the nouns that describe them and by broader ones."""

    def __init__(self) -> None:
        self.by_noun: dict[str, list[tuple[Entity, Description]]] = {}

    def add(self, entity: Entity, description: Description) -> None:
        """Remember a description of an entity."""
        if any(d.at == description.at and d.head == description.head for d in entity.descriptions):
            return
        entity.descriptions.append(description)
        sort = lexicon.nouns().get(description.head)
        if sort and sort.gender and entity.kind == "person":
            entity.men += 0.8 * (sort.gender == "m")
            entity.women += 0.8 * (sort.gender == "f")
        for noun in {description.head, *(sort.broader if sort else ())}:
            self.by_noun.setdefault(noun, []).append((entity, description))

    def match(
        self, wanted: Description, distance: Mapping[Entity, int], owners: frozenset[str], at: int
    ) -> dict[Entity, float]:
        """The entities that a definite description may mean, with how well each fits.

        Args:
            wanted: the description.
            distance: tokens since an entity was last mentioned.
            owners: last names of the document's people; a description that belongs to one fits nobody else's.
            at: where the description stands, a token.
        """
        fits: dict[Entity, float] = {}
        gender = getattr(lexicon.nouns().get(wanted.head), "gender", "")
        known_by = self.by_noun.get(wanted.head, [])[-MAX_KNOWN:]
        for noun in (
            getattr(lexicon.nouns().get(wanted.head), "broader", ()) if wanted.kind == "person" else ()
        ):  # "the actress" was called a star
            known_by = known_by + [(e, d) for e, d in self.by_noun.get(noun, [])[-MAX_KNOWN:] if d.head == noun]
        for entity, known in known_by:
            if entity.kind != wanted.kind and entity.kind != "unknown":
                continue
            if entity is wanted.owner:
                continue
            if gender and (entity.woman > 0.9 if gender == "m" else entity.woman < 0.1):
                continue
            if wanted.kind == "document" and wanted.head != known.head:
                continue
            score = _fit(wanted, known, owners)
            if score is None:
                continue
            if not entity.forms and wanted.kind != "person" and wanted.modifiers - known.modifiers - EMPTY:
                continue
            score += 0.5 if entity.forms or entity.same else 0.0
            score += 1.5 / (1.0 + distance.get(entity, 2000) / 60)
            score -= 0.6 * (entity not in distance and known.at > at)
            fits[entity] = max(score, fits.get(entity, -9.0))
        return fits


def _fit(wanted: Description, known: Description, owners: frozenset[str]) -> float | None:
    """How well a known description fits a wanted one; None where they clash."""
    want, have = wanted.modifiers - EMPTY, known.modifiers - EMPTY
    shared = want & have
    lands = lexicon.place_names()
    where, there = want & lands, have & lands
    if where and there and not where & there:
        return None
    if wanted.owner and known.owner and wanted.owner is not known.owner:
        return None
    if wanted.owner is None and (want - have) & owners:
        return None
    if wanted.owner:
        want, have = want - set(wanted.owner.key), have - set(wanted.owner.key)
    score = 1.5 * (wanted.owner is not None and wanted.owner is known.owner)
    score += (1.0 if wanted.head == known.head else 0.7) + 1.0 * len(shared)
    missing = len(want - have)
    score -= 0.4 * min(missing, 2) + 0.6 * bool(where and not there)
    return score if score > 0.2 else None
