"""What a text says of those whom it names: roles before and behind a name, after "is" and "became", and ages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from quotes.find.candidate import TokenSpan
from quotes.grammar.language import ENGLISH
from quotes.grammar.parse import Parse
from quotes.lexicon import words
from quotes.resolve import lexicon
from quotes.resolve.descriptions import AGED, NEAR, NO_MODIFIERS, Description, describe, for_another, of_title, role_at
from quotes.resolve.names import Name, fold, may_be_firm
from quotes.resolve.syntax import span_head, strip_article

if TYPE_CHECKING:
    from quotes.resolve.document import Document
    from quotes.resolve.entities import Entity

BEING = words("being")
PARTY_LETTERS = words("party_letters")
IN_ROLE = ENGLISH.before_roles
ENDS_ROLE = frozenset({",", ".", ")", ";", "—", "–", "--"}) | words("relatives") - {"that"}
PARTING = frozenset({",", "(", "and"})
REACH = 15
"""Tokens within which an apposition ends."""
MEMBERS = ("democrat", "republican")
OLDEST = 120


def gather(doc: Document) -> None:
    """Learn from the whole text how it describes those whom it names, before anybody is looked for."""
    for name, entity in zip(doc.names, doc.entities, strict=True):
        if entity is None:
            continue
        head = span_head(doc.parse, (name.start, name.end))
        _before(doc, name, entity, head)
        for noun in dict.fromkeys([*_by_syntax(doc, entity, head), *_behind(doc.parse, name)]):
            if not doc.apart(max(noun, head), min(noun, head)):
                _add(doc, entity, noun)
        _aged(doc, name, entity)
        if entity.kind == "organization":
            _by_name(doc, name, entity)


def _by_name(doc: Document, name: Name, entity: Entity) -> None:
    """What a body's name says that it is: Norden Bank a bank, the Daily Ledger a newspaper."""
    last = name.key[-1]
    if "of" in name.key[1:]:
        last = name.key[name.key.index("of") - 1]
    for noun in (last, *lexicon.name_nouns().get(last, ())):
        if noun in lexicon.nouns():
            doc.roles.add(entity, Description(noun, frozenset(name.key) - {last}, "", -1, lexicon.nouns()[noun].kind))


def _add(doc: Document, entity: Entity, noun: int) -> None:
    """Remember what a noun says of an entity, if that fits its kind."""
    if doc.parse.tag[noun] not in doc.parse.language.singular_nouns or doc.entity_at(noun) is not None:
        return
    if for_another(doc.parse, noun):
        return
    said = describe(doc.parse, noun, listed=entity.kind != "person")
    if said and (said.kind == "person" or entity.kind != "person"):
        doc.said_of.setdefault(noun, entity)
        if said.kind != "person" or entity.kind in ("person", "unknown"):
            doc.roles.add(entity, said)
        if said.head in lexicon.nouns():
            entity.person += 1 if said.kind == "person" else -1


def _before(doc: Document, name: Name, entity: Entity, head: int) -> None:
    """The title and role in front of a name."""
    parse = doc.parse
    left = max(min(parse.left[head], name.left), name.start - NEAR)
    if left < name.start and entity.kind in ("person", "unknown"):
        parting = [k for k in range(left, name.left) if parse.lower[k] in PARTING]
        left = parting[-1] + 1 if parting else left
        words = tuple(fold(word) for word in parse.words[left : name.start])
        said = of_title(words, name.start, parse.slice((left, name.start)).strip(" ,")) if words else []
        of = _of_where(doc, name) if said else frozenset()
        for member in (m for m in MEMBERS if of & {f"{m} party", f"{m}ic party"}):  # Brandt (D-Ohio), a Democrat
            doc.roles.add(entity, Description(member, of, "", name.end, proper=of))
        firm = entity.kind == "unknown" and may_be_firm(words, name.key)
        for description in said:
            told = replace(description, modifiers=description.modifiers | of, proper=description.proper | of)
            doc.roles.add(entity, replace(told, kind="organization") if firm else told)
        entity.person += -1 if firm else bool(said)
    if left < name.left and entity.kind in ("organization", "unknown"):
        _body_before(doc, (left, name.left), entity)


def _body_before(doc: Document, span: TokenSpan, entity: Entity) -> None:
    """The noun right in front of a body's name: "Finnish retailer Kesto"."""
    parse, (left, end) = doc.parse, span
    noun, start = role_at(parse, end - 1)
    if lexicon.sort_of(noun).kind != "organization" or parse.tag[end - 1] not in parse.language.singular_nouns:
        return
    places, words = lexicon.places(), map(fold, parse.words[left:start])
    modifiers = frozenset(places.get(word, word) for word in words) - NO_MODIFIERS
    text = strip_article(parse.slice(span).strip(" ,"))
    doc.roles.add(entity, Description(noun, modifiers, text, end - 1, "organization", role=(start, end), span=span))
    entity.person -= 1


def _of_where(doc: Document, name: Name) -> frozenset[str]:
    """Whose office a name's is by what follows it: "Mayor Ida Roe of Halby", "Sen. Tom Brandt (D-Ohio)"; folded."""
    parse, start, mark = doc.parse, name.end + 1, _word(doc.parse, name.end)
    party: frozenset[str] = frozenset()
    if mark in ("(", ",") and _word(parse, start) in PARTY_LETTERS and _word(parse, start + 1) == "-":
        party = frozenset(name for name in lexicon.parties() if name.startswith(parse.lower[start]))
        start += 2
    elif mark != "of":
        return frozenset()
    end = start
    while end < len(parse) and parse.tag[end] in ENGLISH.proper:
        end += 1
    words, places = parse.lower[start:end], lexicon.places()
    whole = places.get(" ".join(words)) or places.get(f"{''.join(words[:1])}.")  # R-Okla.
    return party.union([whole] if whole else map(fold, words))


def _word(parse: Parse, i: int) -> str:
    """A token's word in small letters; "" after the last one."""
    return parse.lower[i] if i < len(parse) else ""


def _by_syntax(doc: Document, entity: Entity, head: int) -> Iterator[int]:
    """The nouns in apposition, and those of "X is a …", "X, who is a …", "X serves as …", "X was elected …"; "who"
    and "which" tell the kind."""
    parse = doc.parse
    above = parse.head[head]
    yield from (c for c in parse.children[head] if parse.dep[c] in parse.language.appositions and 0 < c - head < NEAR)
    if parse.dep[head] in parse.language.appositions and head - above < NEAR:
        yield above
    verbs = [above] if parse.dep[head] in parse.language.subjects else []
    for c in parse.children[head]:
        if parse.dep[c] in parse.language.relative_clauses:
            who = next((parse.lower[k] for k in parse.children[c] if parse.lower[k] in ("who", "which")), "")
            entity.person += {"who": 2, "which": -1}.get(who, 0)
            verbs += [c] if who else []
    for verb in verbs:
        yield from _predicates(parse, verb)


def _predicates(parse: Parse, verb: int) -> Iterator[int]:
    """The nouns that a verb says of its subject: is a …, became …, was elected …, works as …."""
    if parse.lower[verb] in BEING:
        yield from (c for c in parse.children[verb] if parse.dep[c] in parse.language.complement_nouns)
    elif parse.lower[verb] in lexicon.role_verbs():
        for c in parse.children[verb]:
            if parse.dep[c] in parse.language.complement_nouns:
                yield c
            elif parse.lower[c] == "as":
                yield from (k for k in parse.children[c] if parse.dep[k] in parse.language.prepositional)


def _behind(parse: Parse, name: Name) -> Iterator[int]:
    """The noun between commas behind a name, where the parser may have missed it: "Ida Roe, the ranger who …, said"."""
    end = name.end
    if end + 1 >= len(parse) or parse.words[end] != ",":
        return
    k = end + 1
    limit = min(len(parse), end + NEAR, parse.sents[parse.sent_of[end]][1])
    while k + 1 < limit and parse.tag[k] in IN_ROLE and parse.tag[k + 1] in IN_ROLE | ENGLISH.nouns:
        k += 1
    if (
        parse.tag[k] not in parse.language.singular_nouns
        or parse.dep[k] in parse.language.subjects | parse.language.conjuncts
    ):
        return
    for at in range(k + 1, min(len(parse), k + REACH)):
        if parse.words[at] in ENDS_ROLE:
            yield k
            return
        if parse.tag[at] in ENGLISH.finite:
            return


def _aged(doc: Document, name: Name, entity: Entity) -> None:
    """The age behind a name, by which "the 34-year-old" is known."""
    parse, end = doc.parse, name.end
    closed = end + 2 < len(parse) and parse.words[end] == "," and parse.words[end + 2] in (",", ".", "—")
    if closed and parse.words[end + 1].isdecimal() and 0 < int(parse.words[end + 1]) < OLDEST:
        doc.roles.add(entity, Description(AGED, frozenset({parse.words[end + 1]}), "", end + 1))
