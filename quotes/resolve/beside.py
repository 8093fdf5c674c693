"""The name beside a noun: in apposition, between commas further on, and after "known as"."""

from __future__ import annotations

from dataclasses import replace

from quotes.grammar.language import ENGLISH
from quotes.lexicon import words
from quotes.records import ResolvedBy
from quotes.resolve import lexicon
from quotes.resolve.descriptions import NEAR, Description, describe, for_another
from quotes.resolve.document import Document, Found
from quotes.resolve.entities import Entity
from quotes.resolve.runs import OPENING
from quotes.resolve.syntax import phrase, strip_article

LIKE_COUNTERPART = words("like_counterpart")
EVER_FORMER = words("former")
FORMER = {"predecessor": frozenset({"former"})}
CLOSING = frozenset({",", ".", "—", "–", ";"})
BEFORE_NAME = ENGLISH.before_names
FAR = 45
"""Tokens between a role and the name behind it at most: "the head of the union, who has led two strikes, Tom Pyke"."""
CALLED = 8
"""Tokens between a noun and the words that tell its name at most."""


def named_beside(doc: Document, i: int) -> Found | None:
    """The one whose name stands in apposition with a noun, after "named", or in commas where the parser missed it."""
    parse = doc.parse
    if for_another(parse, i):
        return None
    if (name := _at_end(doc, i)) >= 0 and (met := doc.by_name(name)):
        return _told(doc, i, met, name, "name.behind")
    if (name := _right_behind(doc, i)) >= 0 and (met := doc.by_name(name)):
        return _told(doc, i, met, name, "name.apposition")
    bodies = frozenset({"place", "organization"}) if _of_person(doc, i) else frozenset({"place"})
    for c in parse.children[i]:
        near = parse.dep[c] in parse.language.appositions and i < c < i + NEAR and not doc.apart(c, i)
        one = near and parse.tag[i] in parse.language.singular_nouns
        if one and (met := doc.by_name(c)) and met.entity and met.entity.kind not in bodies:
            return _told(doc, i, met, c, "name.apposition")
    if (name := _called(doc, i)) >= 0 and (met := doc.by_name(name)):
        return Found(met.entity, _named_how(doc, i, name), "name.named")
    for name in (_between_commas(doc, i), before_verb(doc, i)):
        if name >= 0 and (met := doc.by_name(name)) and met.entity:
            return _told(doc, i, met, name, met.evidence)
    return None


def _right_behind(doc: Document, i: int) -> int:
    """The last token of a person's full name right behind a role, whatever the parser made of it: "according to curator
    Elaine Moss"; -1 for none."""
    at, entity = doc.name_at.get(i + 1), doc.entity_at(i + 1)
    if at is None or entity is None or doc.names[at].left != i + 1 or len(doc.names[at].key) < 2:
        return -1
    person = entity.kind == "person" and doc.parse.tag[i] in doc.parse.language.singular_nouns
    return doc.names[at].end - 1 if person and _of_person(doc, i) else -1


def _of_person(doc: Document, i: int) -> bool:
    """Whether a noun is a person's role: no body in apposition has it."""
    said = describe(doc.parse, i)
    return said is not None and said.kind == "person"


def _at_end(doc: Document, i: int) -> int:
    """The last token of a person's name that ends a source, behind the body or place of that one's role: "former envoy
    to Freedonia Karl Vogtmann"; -1 for none."""
    source = doc.source_of.get(i)
    at = doc.name_at.get(source[1] - 1) if source else None
    if at is None or doc.names[at].left <= i:
        return -1
    name, bodies = doc.names[at], lexicon.organisation_words()
    bare = doc.parse.words[source[0]][0].isupper() and source[0] == i if source else False
    through = bare and name.titled and not bodies.isdisjoint(doc.parse.lower[name.left : name.start])
    return name.end - 1 if name.behind or through else -1


def _told(doc: Document, i: int, met: Found, name: int, evidence: str) -> Found:
    """The one named at a token, of whom the noun at another is said."""
    if met.entity is not None:
        _learn(doc, i, met.entity, doc.names[doc.name_at[name]].start)
    return Found(met.entity, _named_how(doc, i, name), evidence)


def _named_how(doc: Document, i: int, name: int) -> ResolvedBy:
    """How a source that a noun heads tells its speaker: by the name if that is part of it, else by a description."""
    source = doc.source_of.get(i)
    return "name" if source is None or source[0] <= name < source[1] else "description"


def _called(doc: Document, i: int) -> int:
    """The name by which a noun's clause says that one goes: "a man who goes by the name “Lofty”"; -1 for none."""
    parse = doc.parse
    end = min(len(parse) - 1, i + CALLED, parse.sents[parse.sent_of[i]][1] - 1)
    for k in range(i + 1, end):
        for size in lexicon.naming_sizes() if parse.lower[k] in lexicon.naming_starts() else ():
            if " ".join(parse.lower[k : k + size]) in lexicon.naming_phrases():
                at = k + size
                at += at < len(parse) and parse.words[at] in OPENING
                entity = doc.entity_at(at)
                if entity is not None:
                    return doc.names[doc.name_at[at]].end - 1
    return -1


def _between_commas(doc: Document, i: int) -> int:
    """The last token of a person's name in commas after a role: "the secretary, Jacob J. Lew, …"; -1 for none."""
    parse, source = doc.parse, doc.source_of.get(i)
    if parse.tag[i] not in parse.language.singular_nouns:
        return -1
    commas = [phrase(parse, i)[1]] if source is None else list(range(i + 1, min(source[1] + 1, len(parse))))
    for comma in commas:
        if comma >= len(parse) or parse.words[comma] != ",":
            continue
        at = comma + 1
        while at < min(comma + 6, len(parse) - 1) and parse.tag[at] in BEFORE_NAME:
            at += 1
        entity = doc.entity_at(at)
        if entity is None:
            continue
        end = doc.names[doc.name_at[at]].end
        closed = end >= len(parse) or parse.words[end] in CLOSING or (source is not None and end >= source[1])
        if closed and (said := describe(parse, i)) and entity.kind in (said.kind, "unknown"):
            return end - 1
    return -1


def before_verb(doc: Document, i: int) -> int:
    """The last token of a person's name between a comma and the verb of speech, of whom a role before it at any length
    speaks: "the executive secretary, Delta Fish Board, formerly …, Amina Yusuf, told"; -1 for none.
    """
    parse, cue = doc.parse, doc.cue_of.get(i)
    if cue is None or not i < cue[0] < i + FAR or parse.para_of[cue[0]] != parse.para_of[i]:
        return -1
    end = cue[0]
    while end > i and (
        parse.words[end - 1] == "," or parse.tag[end - 1] in parse.language.before_verbs | parse.language.tensed
    ):
        end -= 1
    at = doc.name_at.get(end - 1)
    if at is None:
        return -1
    name, entity = doc.names[at], doc.entities[at]
    person = entity is not None and (entity.kind == "person" or (entity.kind == "unknown" and len(name.key) > 1))
    if not person or name.left <= i or parse.words[name.left - 1] != ",":
        return -1
    return name.end - 1 if _one_phrase(doc, i + 1, name.left) else -1


def _one_phrase(doc: Document, start: int, end: int) -> bool:
    """Whether what stands between two tokens belongs to one noun: all its finite verbs are in relative clauses."""
    relative = False
    for k in range(start, end):
        word, tag = doc.parse.lower[k], doc.parse.tag[k]
        if word in ("but", ";", ":", ".") or (word == "," and k + 1 < end and doc.parse.lower[k + 1] in ("and", "but")):
            return False
        if tag in ENGLISH.finite and not relative:
            return False
        relative = (relative and word != ",") or tag in doc.parse.language.question_tags
    return True


def spoken_for(doc: Document, i: int) -> Found | None:
    """The person between commas before the verb of speech, where the parser took a body named in that one's role for
    the speaker: "the Executive Secretary, Delta Fish Board, formerly …, Amina Yusuf, told"."""
    parse = doc.parse
    left = doc.names[doc.name_at[i]].left
    role = left - 2 if left > 1 and parse.words[left - 1] == "," else -1
    said = describe(parse, role) if role >= 0 and parse.tag[role] in ENGLISH.nouns else None
    if said is None or said.kind != "person" or (name := before_verb(doc, i)) < 0:
        return None
    met = doc.by_name(name)
    return met and _told(doc, role, met, name, met.evidence)


def _learn(doc: Document, i: int, entity: Entity, name: int) -> None:
    """Remember the noun that a name stands beside, which begins at a token; somebody's counterpart has the same role
    elsewhere."""
    said, owner = describe(doc.parse, i), doc.owner(i)
    if said is None or said.kind not in ("person", "organization"):
        return
    if i < name < said.span[1]:
        text = strip_article(doc.parse.slice((said.span[0], name)).strip(" ,"))
        said = replace(said, text=text, span=(said.span[0], name))
    if said.definite and owner is None:  # "the lawyer, Peter Njoroge": the one who was "her lawyer" before
        for other, known in doc.roles.by_noun.get(said.head, [])[-4:]:
            one = (
                known.head == said.head
                and other.kind == said.kind
                and not said.modifiers - known.modifiers - said.proper
            )
            if one and not other.forms and other.same is None:
                other.same = entity
    doc.roles.add(entity, replace(said, owner=owner))
    if doc.parse.lower[i] in LIKE_COUNTERPART and owner is not None:
        for known in doc.roles.of.get(owner, [])[-4:]:
            if known.kind == "person" and known.head != said.head:
                where = said.modifiers & lexicon.place_names()
                same = known.modifiers - EVER_FORMER - (lexicon.place_names() if where else frozenset())
                modifiers = same | where | FORMER.get(said.head, frozenset())
                doc.roles.add(entity, Description(known.head, modifiers, said.text, i))
