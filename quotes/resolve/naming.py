"""Kinds of naming: whose name the text withholds and with what words, and where it tells a speaker's role and body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from quotes.find.candidate import TokenSpan
from quotes.lexicon import words
from quotes.records import Span
from quotes.resolve import lexicon
from quotes.resolve.descriptions import Description
from quotes.resolve.document import Document, Found
from quotes.resolve.entities import Entity

UNNAMED_ONES = words("indefinite_ones") | words("indefinite_some")
SOURCES = words("known_sources")
KNOWING = words("knowing")
PEOPLE = words("vague_people") | words("persons")
NAMELESS = words("nameless")
ON_RECORD = words("on_record")
LONGEST = 8
"""Words of a phrase in the list at most."""


def withheld(doc: Document, found: Sequence[Found | None]) -> list[Span | None]:
    """For each attribution the words with which the text withholds its speaker's name, None where it doesn't.

    Those words hold for every quote of the same speaker.
    """
    said = _phrases_by_head(doc)
    reasons: dict[Entity, TokenSpan] = {}
    nameless: dict[Entity, TokenSpan] = {}
    speakers = [met.entity if met and met.entity and not met.entity.members else None for met in found]
    for head, source, entity in zip(doc.heads, doc.sources, speakers, strict=True):
        if entity is None:
            continue
        if (why := said.get(head)) and (not entity.forms or lexicon.withheld()[_words(doc, why)]):
            reasons.setdefault(entity, why)
        if source and not entity.forms and entity.kind in ("person", "group") and _nameless(doc, head, source):
            nameless.setdefault(entity, source)
    spans = nameless | reasons
    return [_span(doc, spans[entity]) if entity in spans else None for entity in speakers]


def _phrases_by_head(doc: Document) -> dict[int, TokenSpan]:
    """The phrases that withhold a name, by the head of the source nearest before them in their sentence, or behind."""
    parse = doc.parse
    heads: dict[int, list[int]] = {}
    for head in sorted({head for head in doc.heads if head >= 0}):
        heads.setdefault(parse.sent_of[head], []).append(head)
    found: dict[int, TokenSpan] = {}
    for start, end in _phrases(doc):
        near = heads.get(parse.sent_of[start], [])
        before = [h for h in near if h < start]
        after = [h for h in near if h >= end]
        if before or after:
            found.setdefault(before[-1] if before else after[0], (start, end))
    return found


def _phrases(doc: Document) -> Iterator[TokenSpan]:
    """Where the listed words stand outside quotation marks."""
    parse, listed = doc.parse, lexicon.withheld()
    first = {phrase.split()[0] for phrase in listed}
    for i, word in enumerate(parse.lower):
        if word in first and not doc.depth[i]:
            for size in range(LONGEST, 0, -1):
                if " ".join(parse.lower[i : i + size]) in listed:
                    yield i, min(i + size, len(parse))
                    break


def _words(doc: Document, span: TokenSpan) -> str:
    return " ".join(doc.parse.lower[span[0] : span[1]])


def _nameless(doc: Document, head: int, source: TokenSpan) -> bool:
    """Whether a source names nobody on purpose: "one trader", "two officials", "people familiar with the matter"."""
    mention, noun = doc.parse.lower[source[0] : source[1]], doc.parse.lower[head]
    if noun in SOURCES or not NAMELESS.isdisjoint(mention) or (noun in PEOPLE and not KNOWING.isdisjoint(mention)):
        return True
    if not ON_RECORD.isdisjoint(mention) or noun in lexicon.groups():
        return False
    sort = lexicon.sort_of(noun) if noun in lexicon.nouns() else lexicon.sort_of(lexicon.singular(noun))
    return sort.kind == "person" and mention[0] in UNNAMED_ONES


def role_and_body(doc: Document, entity: Entity) -> tuple[Span | None, Span | None]:
    """Where the fullest description of an entity stands in the text: its role, and the body that it names."""
    said = doc.roles.place(entity)
    if said is None or said.role == (0, 0) or said.kind != "person" or not _is_role(doc, entity, said):
        return None, None
    for i in range(*said.span):
        body = doc.entity_at(i)
        if body is None or body is entity:
            continue
        name = doc.names[doc.name_at[i]]
        if body.kind == "organization" or _maybe_body(body, _belongs(doc, name.start, name.end)):
            return _span(doc, said.role), _span(doc, (name.start, name.end))
    return _span(doc, said.role), _before_role(doc, said)


def _before_role(doc: Document, said: Description) -> Span | None:
    """The body in the capitals before a role in small letters, or that are its letters alone: Comerica chief economist,
    NYPD Commissioner; no place, no party and no person has such a role to give.
    """
    parse, (start, end) = doc.parse, (said.span[0], said.role[0])
    while start < end and parse.lower[start] in words("articles"):
        start += 1
    capitals = range(start, end)
    proper = all(parse.tag[i] in parse.language.proper for i in capitals)
    if not capitals or not proper or not (_is_small(parse.words[end]) or parse.words[end - 1].isupper()):
        return None
    known = [body for i in capitals if (body := doc.entity_at(i)) is not None]
    named = {parse.lower[i] for i in capitals}
    if any(body.kind in ("person", "place") for body in known) or not named.isdisjoint(_no_bodies()):
        return None
    return _span(doc, (start, end))


def _is_small(word: str) -> bool:
    """Whether a role is no part of a name in capitals: executive, CEO."""
    return word.isupper() or not word[0].isupper()


@cache
def _no_bodies() -> frozenset[str]:
    """Words in capitals before a role that are no body: places, parties, the former."""
    return (
        frozenset(lexicon.places()) | words("camps") | words("portfolios") | words("former") | words("empty_modifiers")
    )


def _is_role(doc: Document, entity: Entity, said: Description) -> bool:
    """Whether what the text calls somebody is a role, and no more than that: a pollster, but no voice and no fraud.

    CASE 1: "Lindsey Graham, R-S.C.": a party and a state.
    CASE 2: "Mr. King": a word of the name itself.
    CASE 3: "a source": whoever tells.
    """
    noun = said.head.split()[-1] if said.head else ""
    if said.text[:2].lower() in words("party_states") or noun in SOURCES or noun in entity.key:
        return False
    listed = said.head in lexicon.nouns() or noun in lexicon.nouns()
    return listed or any(noun.endswith(ending) for ending in words("role_endings"))


def _maybe_body(entity: Entity, belongs: bool) -> bool:
    """Whether a name of unknown kind beside a role may be a body's: "analyst at Kestrel Capital", and of one word only
    where its place tells: "head of distribution at Universal"."""
    return entity.kind == "unknown" and entity.person <= 0 and (len(entity.key) > 1 or belongs)


def _belongs(doc: Document, start: int, end: int) -> bool:
    """Whether a name stands behind "at" or "of", or has the role: T-Mobile's chief executive."""
    parse = doc.parse
    owns = end < len(parse) and parse.tag[end] in parse.language.possessive_marks
    return owns or (start > 0 and parse.lower[start - 1] in words("of_body"))


def _span(doc: Document, span: TokenSpan) -> Span:
    """A token span in characters."""
    start, end = doc.parse.start[span[0]], doc.parse.end[span[1] - 1]
    return Span(start, end, doc.parse.text[start:end])
