"""Nouns: whom "the minister", "his Turkish counterpart, Hakan Fidan" and "two officials" mean."""

from __future__ import annotations

import math
from dataclasses import replace

from quotes.grammar.parse import NOUNS
from quotes.records import ResolvedBy
from quotes.resolve import lexicon, pronouns
from quotes.resolve.descriptions import ANOTHER, Description, describe
from quotes.resolve.document import NEAR, Document, Found
from quotes.resolve.entities import Entity
from quotes.resolve.pronouns import ANYBODY, FIRM, HE, SHE
from quotes.resolve.syntax import MODIFYING, NOMINAL, own_words, phrase, strip_article

SALIENCE = 0.4
"""What the log of a salience is worth beside how well a description fits."""
UNSEEN = 0.02
"""The salience of one who was not mentioned lately."""
CLEAR = 1.0
"""How much better than the next a description must fit to be clear."""
SURE = 0.75
"""Probability from which salience alone tells whom a description means for later ones too."""
CROWD = 8
"""Coordinated speakers at most."""
PEOPLE = frozenset({"men", "women", "people", "sides"})
PAIR = frozenset({"both", "two"})
ONE = frozenset({"one", "another", "other"})
LIKE_COUNTERPART = frozenset({"counterpart", "number", "colleague", "predecessor"})
CLOSING = frozenset({",", ".", "—", "–", ";"})
BEFORE_NAME = frozenset({"DT", "JJ", "NN", "PRP$"})


def nominal(doc: Document, i: int) -> Found:
    """Whom a noun means: the one named beside it, one described so, or nobody known, who goes by these words."""
    parse = doc.parse
    if (named := _named_beside(doc, i)) is not None:
        return named
    if parse.dep[i] in MODIFYING and parse.head[i] > i and (entity := doc.entity_at(parse.head[i])):
        return Found(entity, "name", "name.modified")
    said, plural = describe(parse, i), parse.tag[i] in ("NNS", "NNPS")
    if said is None:
        place = lexicon.places().get(parse.lower[i])
        if place and not plural and parse.words[i][0].isupper():
            return _national(doc, i, place)
    elif said.kind != "document":
        said = replace(said, owner=doc.owner(i), kind="group" if plural else said.kind)
    if any(parse.lower[c] in PAIR for c in parse.children[i]) and (said or parse.lower[i] in PEOPLE):
        kind = lexicon.nouns()[said.head].kind if said else "person"
        if pair := doc.pair(kind):
            return Found(pair, "description", "description.pair")
    if said and said.kind == "document" and (issuer := _issuer(doc, i)):
        return issuer
    if said is None or plural:
        return own(doc, i, said)
    if said.definite:
        return _described(doc, i, said) or own(doc, i, said)
    bare = not any(parse.tag[c] in ("DT", "CD") for c in parse.children[i])
    if bare and said.kind == "person" and i in doc.source_of:  # a headline's "Townsville mayor"
        met = _described(doc, i, said)
        if met and met.evidence == "description.person.clear":
            return met
    return own(doc, i, said)


def own(doc: Document, i: int, said: Description | None) -> Found:
    """An entity that goes by the words of its mention."""
    parse = doc.parse
    left, right = phrase(parse, i)
    while left < i and parse.tag[left] == "RB":
        left += 1
    text = said.text if said else strip_article(parse.slice((left, right)))
    if i in doc.source_of:
        text = own_words(parse, doc.source_of[i]) or text
    many = parse.tag[i] not in ("NN", "NNP", "PRP", "WP") or parse.lower[i] in lexicon.groups()
    kind = said.kind if said else "person" if parse.lower[i] in ONE else "group" if many else "unknown"
    entity = Entity(kind, words=text)
    if said and said.modifiers.isdisjoint(ANOTHER):
        doc.roles.add(entity, said)
    return Found(entity, "description", f"own.{kind}")


def coordinated(doc: Document, i: int, first: Found, end: int) -> Found:
    """ "Clinton and Kaine", where others are coordinated with the head of a mention that ends before a token."""
    parse, heads = doc.parse, [i]
    for h in heads:
        conjuncts = [c for c in parse.children[h] if parse.dep[c] == "conj" and parse.tag[c] in NOMINAL]
        for c in parse.children[
            h
        ]:  # "Wong, president of the institute, and Greenberg": the parser hangs him on "president"
            if parse.dep[c] == "appos":
                conjuncts += [k for k in parse.children[c] if parse.dep[k] == "conj" and _person_at(doc, k)]
        heads += [c for c in conjuncts if h < c < end][: CROWD - len(heads)]
    if first.entity is None:
        return first
    if len(heads) < 2:
        return _listed(doc, i, first) if first.by == "name" else first
    members = [first.entity]
    if first.evidence.startswith("own") and i in doc.source_of:  # its own words were those of the whole source
        members = [Entity(first.entity.kind, words=strip_article(parse.slice(phrase(parse, i))))]
    for h in heads[1:]:
        met = doc.by_name(h) or (nominal(doc, h) if parse.tag[h] in NOUNS else None)
        if met and met.entity and met.entity.kind != "document" and met.entity not in members:
            members.append(met.entity)
    return _group(doc, members, first)


def _listed(doc: Document, i: int, first: Found) -> Found:
    """Those named in a mention that the parser takes for one: "Labor Minister Ana Reyes and Interior Minister Carlos
    Pinto"; in a headline, which has a comma for "and", "Russia's Lavrov, India's Jaishankar"."""
    parse, source = doc.parse, doc.source_of.get(i)
    if source is None or i not in doc.name_at:
        return first
    parting = {",", "and"} if doc.names[doc.name_at[i]].headline else {"and"}
    members: list[Entity] = []
    start = source[0]
    for end in [*(k for k in range(*source) if parse.lower[k] in parting), source[1]]:
        named = doc.entity_at(end - 1)
        if named is None or named.kind in ("place", "organization") or named in members or end == start:
            return first
        members.append(named)
        start = end + 1
    return _group(doc, members, first)


def _group(doc: Document, members: list[Entity], first: Found) -> Found:
    """Those who speak together; the first found where there is nobody else."""
    return Found(doc.together(members), first.by, "group", 1.0, first) if len(members) > 1 else first


def _person_at(doc: Document, i: int) -> bool:
    entity = doc.entity_at(i)
    return entity is not None and entity.kind == "person"


def likeliest(doc: Document, i: int, want: str, kind: str, place: str = "") -> Found | None:
    """The named one about whom a description can mean for salience alone, unless the text says of another place."""
    for entity, share in doc.antecedents(i, want)[:1]:
        if entity.forms and not (place and _of_other_places(doc, entity, place)):
            return Found(entity, "description", f"likely.{kind}", share)
    return None


def _of_other_places(doc: Document, entity: Entity, place: str) -> bool:
    """Whether the text describes an entity by places, and this is none of them."""
    known = {name for said in doc.roles.of.get(entity, []) for name in said.modifiers & lexicon.place_names()}
    return bool(known) and place not in known


def _named_beside(doc: Document, i: int) -> Found | None:
    """The one whose name stands in apposition with a noun, after "named", or in commas where the parser missed it."""
    parse = doc.parse
    for c in parse.children[i]:
        if (
            parse.dep[c] == "appos"
            and i < c < i + NEAR
            and not doc.apart(c, i)
            and (met := doc.by_name(c))
            and met.entity
        ):
            if parse.tag[i] in ("NN", "NNP") and met.entity.kind != "place":
                _learn(doc, i, met.entity)
                return Found(met.entity, _named_how(doc, i, c), "name.apposition")
            group = coordinated(doc, c, met, parse.right[c])
            if group is not met:
                return group
    if i + 2 < len(parse) and parse.lower[i + 1] == "named" and (met := doc.by_name(i + 2)):
        return Found(met.entity, _named_how(doc, i, i + 2), "name.named")
    name = _between_commas(doc, i)
    if name >= 0 and (met := doc.by_name(name)) and met.entity:
        _learn(doc, i, met.entity)
        return replace(met, by=_named_how(doc, i, name))
    return None


def _named_how(doc: Document, i: int, name: int) -> ResolvedBy:
    """How a source that a noun heads tells its speaker: by the name if that is part of it, else by a description."""
    source = doc.source_of.get(i)
    return "name" if source is None or source[0] <= name < source[1] else "description"


def _between_commas(doc: Document, i: int) -> int:
    """The last token of a person's name in commas after a role: "the secretary, Jacob J. Lew, …"; -1 for none."""
    parse, source = doc.parse, doc.source_of.get(i)
    if parse.tag[i] not in ("NN", "NNP"):
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


def _learn(doc: Document, i: int, entity: Entity) -> None:
    """Remember the noun that a name stands in apposition with; somebody's counterpart has the same role elsewhere."""
    said, owner = describe(doc.parse, i), doc.owner(i)
    if said is None or said.kind not in ("person", "organization"):
        return
    if said.definite and owner is None:  # "the lawyer, Peter Njoroge": the one who was "her lawyer" before
        for other, known in doc.roles.by_noun.get(said.head, [])[-4:]:
            if not other.forms and known.head == said.head and other.same is None and other.kind == said.kind:
                other.same = entity
    doc.roles.add(entity, replace(said, owner=owner))
    if doc.parse.lower[i] in LIKE_COUNTERPART and owner is not None:
        places = said.modifiers & lexicon.place_names()
        for known in doc.roles.of.get(owner, [])[-4:]:
            if known.kind == "person" and known.head != said.head:
                former = {"former"} if said.head == "predecessor" else set()
                doc.roles.add(entity, Description(known.head, places | former, said.text, i))


def _described(doc: Document, i: int, said: Description) -> Found | None:
    """Whom a definite description means: one described so, else the likeliest one about, if any may be meant."""
    distance = {seen.entity: i - seen.at for seen in doc.recent()}
    fits = doc.roles.match(said, distance, doc.owners, i)
    if said.definite and doc.parse.para_of[i]:
        fits = {entity: fit for entity, fit in fits.items() if not _named_later(doc, i, entity)}
    want = _salient(doc, i, said)
    if want and fits:
        about = dict(doc.antecedents(i, want))
        fits = {e: fit + SALIENCE * math.log(max(about.get(e, 0.0), UNSEEN)) for e, fit in fits.items()}
    ranked = sorted(fits.items(), key=lambda pair: -pair[1])
    best = ranked[0][0] if ranked else None
    if best is not None and best.forms:
        clear = len(ranked) < 2 or ranked[0][1] - ranked[1][1] > CLEAR
        return Found(best, "description", f"description.{said.kind}.{'clear' if clear else 'close'}")
    near = likeliest(doc, i, want, said.kind) if want and said.modifiers.isdisjoint(doc.owners) else None
    if near and near.entity and not _named_otherwise(near.entity, said.head):
        if any(
            known.kind == "person" and not _akin(known.head, said.head) for known in doc.roles.of.get(near.entity, [])
        ):
            return replace(near, evidence=f"likely.{said.kind}.otherwise")
        if near.share > SURE:
            doc.roles.add(near.entity, said)
        return near
    return Found(best, "description", f"description.unnamed.{said.kind}") if best is not None else None


def _named_later(doc: Document, i: int, entity: Entity) -> bool:
    """Whether an entity is first named in a paragraph after a token's: "the minister" is somebody whom one knows."""
    return bool(entity.mentions) and doc.parse.para_of[entity.mentions[0]] > doc.parse.para_of[i]


def _named_otherwise(entity: Entity, head: str) -> bool:
    """Whether the name itself says what it is, and that is something else: "the bank" is no Circuit Court."""
    nouns = lexicon.nouns()
    own = [word for word in entity.key if word in nouns and nouns[word].kind == "organization"]
    return bool(own) and not any(_akin(word, head) for word in own)


def _akin(a: str, b: str) -> bool:
    """Whether two roles are one, or one is the broader."""
    nouns = lexicon.nouns()
    return a == b or b in nouns[a].broader or a in nouns[b].broader


def _issuer(doc: Document, i: int) -> Found | None:
    """Who issues the statement that is given as a source: "Smith released a statement saying …"."""
    parse = doc.parse
    if i not in doc.source_of or parse.dep[i] != "dobj" or parse.lower[parse.head[i]] not in lexicon.issuing_verbs():
        return None
    subject = next((c for c in parse.children[parse.head[i]] if c < i and parse.dep[c] == "nsubj"), -1)
    met = doc.found.get(subject)
    return Found(met.entity, "description", "description.issuer", 1.0, met) if met and met.entity else None


def _salient(doc: Document, i: int, said: Description) -> str | None:
    """The class of pronoun that a description is like, if it may mean somebody for salience alone.

    Not one that many have, one with an owner, or an office in capitals: there somebody new may be meant.
    """
    parse = doc.parse
    if said.kind == "person":
        owned = said.owner is not None or any(parse.dep[c] == "poss" for c in parse.children[i])
        office = parse.words[i][0].isupper() and i > parse.sents[parse.sent_of[i]][0]
        if owned or office or said.head in lexicon.roles_of_many():
            return None
        return {"f": SHE, "m": HE}.get(lexicon.nouns()[said.head].gender) or _of_self(doc, i) or ANYBODY
    if said.head in lexicon.firm_nouns() and said.modifiers.isdisjoint(doc.proper(phrase(parse, i))):
        return FIRM
    return None


def _of_self(doc: Document, i: int) -> str | None:
    """The class of the pronoun by which one who speaks goes in what is reported: "the minister said he was sorry"."""
    parse = doc.parse
    if parse.dep[i] != "nsubj":
        return None
    clauses = (c for c in parse.children[parse.head[i]] if c > i and parse.dep[c] == "ccomp")
    subjects = (parse.lower[s] for c in clauses for s in parse.children[c] if parse.dep[s] in ("nsubj", "nsubjpass"))
    return {"he": HE, "she": SHE}.get(next(subjects, ""))


def _national(doc: Document, i: int, place: str) -> Found:
    """ "the Russian": the last of those whom the text says to be of that place, or the likeliest one near."""
    fitting = {e for e in doc.roles.by_place.get(place, [])[-pronouns.WINDOW :] if e.mentions and e.mentions[0] <= i}
    if fitting:
        last = {seen.entity: seen.at for seen in doc.recent()}
        return Found(max(fitting, key=lambda e: last.get(e, -1)), "description", "description.national")
    return likeliest(doc, i, ANYBODY, "person", place) or own(doc, i, None)
