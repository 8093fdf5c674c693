"""Nouns: whom "the minister", "his Turkish counterpart, Hakan Fidan" and "two officials" mean."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from quotes.lexicon import words
from quotes.resolve import lexicon, pronouns
from quotes.resolve.antecedents import ANYBODY, FIRM, HE, SHE
from quotes.resolve.beside import named_beside
from quotes.resolve.descriptions import AGED, ANOTHER, DEFINITE, EMPTY, NEAR, Description, describe
from quotes.resolve.document import Document, Found
from quotes.resolve.entities import Entity
from quotes.resolve.going_on import called, goes_on, subject_before
from quotes.resolve.lead import named_next
from quotes.resolve.names import is_regional
from quotes.resolve.several import coordinated
from quotes.resolve.syntax import MODIFYING, own_words, phrase, strip_article

SALIENCE = 0.4
"""What the log of a salience is worth beside how well a description fits."""
UNSEEN = 0.02
"""The salience of one who was not mentioned lately."""
CLEAR = 1.0
"""How much better than the next a description must fit to be clear."""
GOING_ON = 1.0
"""How much better a description fits the one whom the sentence before the quotation is about."""
ANY_FIRM = words("any_firm")
UNLIKE = 0.3
"""What salience counts of one whom the text describes otherwise, beside one whom it doesn't."""
NEAREST = "likely.organization"
NEARER = 3.0
"""How much likelier about a body must be than one whose name fits, to be meant instead."""
LIKELY_PERSON = 0.5
"""Probability of a person under which a name has no person's role."""
PEOPLE = words("people")
ACCUSED, AT_COURT, POSITIONS = words("accused"), words("at_court"), words("positions")
"""Nouns for one on trial, for those who are not, and for one player out of a team."""
LIKE_COUNTERPART = words("like_counterpart")
OFF_THE_PITCH = words("off_the_pitch")
"""Nouns for those of a team who don't play, which no player is."""
PLURAL = "s"
"""How a people's name ends that means several of it: the Danes, but the Portuguese may be one."""
SAYS_LITTLE = words("says_little") | {AGED}
"""What one may be who is something else besides: a professor may be the oceanographer."""
YEARS = frozenset({"year", "years"})
PAIR = frozenset({"both", "two"})
ONE = words("one_of_many")


def nominal(doc: Document, i: int) -> Found:
    """Whom a noun means: the one named beside it, one described so, or nobody known, who goes by these words."""
    return _named(doc, i) or _by_description(doc, i)


def _named(doc: Document, i: int) -> Found | None:
    """The one whose name stands beside a noun, or of whom the text says it."""
    parse = doc.parse
    if titled := doc.by_name(i):  # "said Army Capt. | Leroy Banks", which the parser cuts
        return titled
    several = parse.lower[i] in lexicon.groups() and _those_named(doc, i)  # "the couple, Ade and Bisi Falana"
    if named := several or named_beside(doc, i) or _those_named(doc, i):
        return named
    if i in doc.said_of and i not in doc.source_of:
        return Found(doc.said_of[i], "name", "name.apposition")
    if parse.dep[i] in MODIFYING and parse.head[i] > i and (entity := doc.entity_at(parse.head[i])):
        return Found(entity, "name", "name.modified")
    return None


def _by_description(doc: Document, i: int) -> Found:
    """Whom a noun describes that has no name beside it."""
    parse = doc.parse
    said, plural = describe(parse, i), parse.tag[i] in parse.language.plural
    if parent := _parent(doc, i):
        return parent
    if parse.lower[i] == "old" and i > 3 and parse.lower[i - 2] in YEARS:
        return aged(doc, i)
    if said is None:
        word = parse.lower[i]
        place = lexicon.places().get(word) or (word if is_regional(word) else None)
        if place and parse.words[i][0].isupper() and not (plural and parse.lower[i].endswith(PLURAL)):
            return _national(doc, i, place)
    elif said.kind != "document":
        source = doc.source_of.get(i)
        if source and "-" in parse.words[source[0] : i] and parse.lower[source[0]] in DEFINITE:  # ex-England forward
            said = replace(said, definite=said.modifiers.isdisjoint(ANOTHER))
        said = replace(said, owner=doc.owner(i), kind="group" if plural else said.kind)
    if any(parse.lower[c] in PAIR for c in parse.children[i]) and (said or parse.lower[i] in PEOPLE):
        kind = lexicon.nouns()[said.head].kind if said else "person"
        if pair := doc.pair(kind):
            return Found(pair, "description", "description.pair")
    if said and said.kind == "document" and (issuer := _issuer(doc, i)):
        return issuer
    met = None
    if said is None:
        met = None if plural else _called_so(doc, i)
    elif said.head in LIKE_COUNTERPART and (other := _counterpart(doc, i, said)):
        return other
    elif not plural:
        met = _described(doc, i, said) if said.definite else _bare(doc, i, said)
        met = _going_on(doc, i, said, met) or met
        if met is None or met.entity is None or not met.entity.forms:
            met = named_next(doc, i, said) or met
    return met or own(doc, i, said)


def _going_on(doc: Document, i: int, said: Description, met: Found | None) -> Found | None:
    """The one whom the sentence before a quotation is about, where a description behind that tells nobody as well:
    "“They never asked,” the Halby councillor said". One whom the text calls something else is not "the judge", but
    may be "the 52-year-old judge"."""
    before = goes_on(doc, i) or (subject_before(doc, i) if _is_firm(said) and met is None else None)
    entity = before.entity if before else None
    if entity is None or not entity.forms or not said.definite or said.owner is not None:
        return None
    if met is not None and met.entity is not None and (met.entity is entity or _called_that(doc, met, said)):
        return None
    if entity.kind not in (said.kind, "unknown") or _ruled_out(doc, entity, said, False) or _unnamed_so(doc, i, said):
        return None
    known = [d for d in doc.roles.of.get(entity, []) if d.kind == said.kind and d.head not in SAYS_LITTLE]
    plain = not said.modifiers - EMPTY and said.head not in lexicon.epithets() | lexicon.firm_nouns()
    elsewhere = doc.parse.para_of[doc.before.get(i, i)] != doc.parse.para_of[i]
    if plain and (known or elsewhere) and not any(akin(d.head, said.head) for d in known):
        return None
    gender = lexicon.sort_of(said.head).gender
    return called(before) if before and entity.may_be(gender) else None


def _is_firm(said: Description) -> bool:
    """Whether a noun is a kind of firm: the utility, but not the union."""
    return said.kind == "organization" and bool(
        {"company", "firm"} & (lexicon.sort_of(said.head).broader | {said.head})
    )


def _called_that(doc: Document, met: Found, said: Description) -> bool:
    """Whether the text calls one whom a description may mean by its very noun, or by all of its other words."""
    known = doc.roles.of.get(met.entity, []) if met.entity and met.evidence.endswith(".clear") else []
    return any(d.head == said.head or said.modifiers - EMPTY <= d.modifiers for d in known if d.head != AGED)


def _unnamed_so(doc: Document, i: int, said: Description) -> bool:
    """Whether somebody without a name has been called so: "the minister", who is the one meant again."""
    called = (entity for entity, known in doc.roles.by_noun.get(said.head, []) if known.at < i)
    return any(not entity.forms and entity.same is None for entity in called)


def _bare(doc: Document, i: int, said: Description) -> Found | None:
    """Whom a source without an article means if that is clear: a headline's "Townsville mayor"."""
    parse = doc.parse
    counted = any(parse.tag[c] in parse.language.counting for c in parse.children[i])
    if said.kind != "person" or i not in doc.source_of or counted:
        return None
    met = _described(doc, i, said)
    return met if met and met.evidence == "description.person.clear" else None


def _those_named(doc: Document, i: int) -> Found | None:
    """Those whose names stand in apposition with a plural: "two officials, Ida Roe and Tom Brandt"."""
    parse = doc.parse
    many = parse.tag[i] in parse.language.plural or parse.lower[i] in lexicon.groups()
    for c in parse.children[i] if many else ():
        near = parse.dep[c] in parse.language.appositions and i < c < i + NEAR and not doc.apart(c, i)
        if near and (met := doc.by_name(c)) and met.entity:
            group = coordinated(doc, c, met, parse.right[c], nominal)
            if group is not met:
                return group
    return None


def _called_so(doc: Document, i: int) -> Found | None:
    """The named one of whom the text says a noun that is in no list: "Ida Roe, a beekeeper, … The beekeeper said"."""
    said = describe(doc.parse, i, listed=False)
    if said is None or not said.definite:
        return None
    fits = doc.roles.match(said, _distances(doc, i), doc.owners, i)
    named = [entity for entity in fits if entity.forms]
    return Found(named[0], "description", "description.person.clear") if len(named) == 1 else None


def _counterpart(doc: Document, i: int, said: Description) -> Found | None:
    """The named one who has the owner's office in another place: "his Egyptian counterpart"."""
    where = said.modifiers & lexicon.place_names()
    offices = {d.head for d in doc.roles.of.get(said.owner, [])} if said.owner and where else set()
    for office in sorted(offices):
        fits = doc.roles.match(replace(said, head=office, owner=None), _distances(doc, i), doc.owners, i)
        named = [e for e in fits if e.forms and e is not said.owner and where & doc.roles.places.get(e, set())]
        if len(named) == 1:
            return Found(named[0], "description", "description.person.clear")
    return None


def _small_letters(text: str) -> str:
    """A phrase without the role before a name that the text writes in small letters: "rapper q.t. moss"."""
    role, _, name = text.partition(" ")
    words = name.split()
    given = len(words) == 2 and (words[0] in lexicon.first_names() or words[0].count(".") > 1)
    plain = given and name.islower() and not lexicon.nouns().keys() & set(words)
    return name if plain and lexicon.sort_of(role).kind == "person" else text


def own(doc: Document, i: int, said: Description | None) -> Found:
    """An entity that goes by the words of its mention."""
    parse = doc.parse
    left, right = phrase(parse, i)
    while left < i and parse.tag[left] in parse.language.adverbs:
        left += 1
    text = said.text if said else strip_article(parse.slice((left, right)))
    if i in doc.source_of:
        text = own_words(parse, doc.source_of[i]) or text
    if said is None:
        text = _small_letters(text)
    text = " ".join(text.split())
    if not any(letter.isalpha() for letter in text):
        return Found(None, "none", "none")  # numbers and marks never speak
    many = parse.tag[i] not in parse.language.single or parse.lower[i] in lexicon.groups()
    kind = said.kind if said else "person" if parse.lower[i] in ONE else "group" if many else "unknown"
    entity = Entity(kind, words=text)
    if said and said.modifiers.isdisjoint(ANOTHER):
        doc.roles.add(entity, said)
    return Found(entity, "description", f"own.{kind}")


def _described(doc: Document, i: int, said: Description) -> Found | None:
    """Whom a definite description means: one whom the text calls so; else, if it is a noun for whom a text is about,
    the likeliest one about; else somebody unnamed who was called so."""
    fits = doc.roles.match(said, _distances(doc, i), doc.owners, i)
    if len(doc.offices.get(said.head, set()) - lexicon.parties()) > 1:  # the US president beside the Mexican president
        fits = {entity: fit for entity, fit in fits.items() if not doc.roles.of_unknown_place(entity, said)}
    if said.definite:
        fits = {entity: fit for entity, fit in fits.items() if not _named_later(doc, i, entity, said.head)}
    if any(not entity.forms and not entity.same for entity in fits):  # "The minister resigned. The minister said …"
        fits = {entity: fit for entity, fit in fits.items() if not entity.mentions or entity.mentions[0] < i}
    want = _salient(doc, i, said)
    about = dict(doc.antecedents(i, want)) if want and fits else {}
    if about:
        fits = {e: fit + SALIENCE * math.log(max(about.get(e, 0.0), UNSEEN)) for e, fit in fits.items()}
    before = goes_on(doc, i) or subject_before(doc, i)
    if before and before.entity in fits:
        fits[before.entity] += GOING_ON
    ranked = sorted(fits.items(), key=lambda pair: -pair[1])
    best = ranked[0][0] if ranked else None
    if best is not None and best.forms:
        if want == FIRM and (near := likeliest(doc, i, want, said)) and _nearer(near, about, best):
            return near
        clear = len(ranked) < 2 or ranked[0][1] - ranked[1][1] > CLEAR or (before and before.entity is best)
        sure = "close" if not clear else "abroad" if doc.roles.of_unknown_place(best, said) else "clear"
        return Found(best, "description", f"description.{said.kind}.{sure}")
    if want and said.modifiers.isdisjoint(doc.owners) and (near := likeliest(doc, i, want, said)):
        return near
    if best is None:
        return None
    # Somebody unnamed goes by the text's words whether or not it is the one before: no name can be wrong.
    return Found(best, "description", "own.person" if said.kind == "person" else f"description.unnamed.{said.kind}")


def _nearer(near: Found, about: Mapping[Entity, float], best: Entity) -> bool:
    """Whether a body is far likelier about than the one whose name fits: NASA, which spoke last."""
    entity = near.entity
    return entity is not None and near.evidence == NEAREST and about.get(entity, 0.0) > NEARER * about.get(best, 0.0)


def _distances(doc: Document, i: int) -> dict[Entity, int]:
    """How many tokens ago each entity was last mentioned."""
    return {seen.entity: i - seen.at for seen in doc.recent()}


def likeliest(doc: Document, i: int, want: str, said: Description) -> Found | None:
    """The named one about whom a description can mean for salience alone. What the text calls otherwise counts less,
    and not at all if that is another place, another age or, of bodies, another kind."""
    plain: dict[Entity, float] = {}
    otherwise: dict[Entity, float] = {}
    antecedents = doc.antecedents(i, want)
    nobody = max(1 - sum(share for _, share in antecedents), 0.0)
    for entity, share in antecedents:
        known = [d for d in doc.roles.of.get(entity, []) if d.kind == said.kind and d.head != AGED]
        other = bool(known) and not any(akin(d.head, said.head) for d in known)
        employer = want == FIRM and entity in doc.employers
        if entity.forms and not employer and not _ruled_out(doc, entity, said, other):
            (otherwise if other else plain)[entity] = share
    shares = plain | {entity: share * (UNLIKE if plain else 1.0) for entity, share in otherwise.items()}
    best = max(shares, key=lambda e: shares[e], default=None)
    if best is None or shares[best] <= nobody:
        return None
    evidence = f"likely.{said.kind}{'.otherwise' if best in otherwise else ''}"
    if said.head in said.modifiers:
        evidence = "national.likely"
    return Found(best, "description", evidence, shares[best] / (sum(shares.values()) + nobody))


def _ruled_out(doc: Document, entity: Entity, said: Description, otherwise: bool) -> bool:
    """Whether the text calls an entity what a description can't mean."""
    if doc.roles.elsewhere(entity, said):
        return True
    body = entity.kind == "organization" or (entity.kind == "unknown" and entity.person < 0)
    if said.kind == "organization" and said.head not in ANY_FIRM and (otherwise or not body):
        return True
    known = {d.head for d in doc.roles.of.get(entity, [])}
    if said.kind == "person" and entity.kind != "person" and entity.chance < LIKELY_PERSON:
        return True
    if said.head == AGED:
        return AGED in known
    if said.head in ACCUSED and not AT_COURT.isdisjoint(known):
        return True
    if said.head in POSITIONS and any(head in POSITIONS and not akin(head, said.head) for head in known):
        return True
    if said.head in POSITIONS and known and known <= OFF_THE_PITCH:
        return True
    return _named_otherwise(entity, said.head)


def _named_later(doc: Document, i: int, entity: Entity, head: str) -> bool:
    """Whether an entity is first named in a paragraph after a token's: "the minister" is somebody whom one knows. In
    the first paragraph it may be one who is named later, but not by a narrower role ("the education minister")."""
    if not entity.mentions or entity.mentions[0] < i:
        return False
    if doc.parse.para_of[i]:
        return doc.parse.para_of[entity.mentions[0]] > doc.parse.para_of[i]
    return all(known.head != head for known in doc.roles.of.get(entity, []))


def _named_otherwise(entity: Entity, head: str) -> bool:
    """Whether the name itself says what it is, and that is something else: "the bank" is no Circuit Court."""
    nouns = lexicon.nouns()
    own = [word for word in entity.key if word in nouns and nouns[word].kind == "organization"]
    return bool(own) and not any(akin(word, head) for word in own)


def akin(a: str, b: str) -> bool:
    """Whether two roles are one, or one is the broader."""
    return a == b or b in lexicon.sort_of(a).broader or a in lexicon.sort_of(b).broader


def _issuer(doc: Document, i: int) -> Found | None:
    """Who issues the statement that is given as a source: "Smith released a statement saying …"."""
    parse = doc.parse
    if (
        i not in doc.source_of
        or parse.dep[i] not in parse.language.objects
        or parse.lower[parse.head[i]] not in lexicon.issuing_verbs()
    ):
        return None
    subject = next((c for c in parse.children[parse.head[i]] if c < i and parse.dep[c] in parse.language.subjects), -1)
    met = doc.found.get(subject)
    return Found(met.entity, "description", "description.issuer", 1.0, met) if met and met.entity else None


def _salient(doc: Document, i: int, said: Description) -> str | None:
    """The class of pronoun that a description is like, if it may mean somebody for salience alone.

    Not an office or a calling of those who come in beside whom a text is about ("the mayor", "the doctor"), nor one
    with an owner or in capitals: there somebody new may be meant.
    """
    parse = doc.parse
    if said.kind == "person":
        owned = said.owner is not None or any(parse.dep[c] in parse.language.possessives for c in parse.children[i])
        office = parse.words[i][0].isupper() and i > parse.sents[parse.sent_of[i]][0]
        if owned or office or said.head not in lexicon.epithets():
            return None
        return {"f": SHE, "m": HE}.get(lexicon.sort_of(said.head).gender) or _of_self(doc, i) or ANYBODY
    if said.head in lexicon.firm_nouns() and said.modifiers.isdisjoint(doc.proper(phrase(parse, i))):
        return FIRM
    return None


def _of_self(doc: Document, i: int) -> str | None:
    """The class of the pronoun by which one who speaks goes in what is reported: "the minister said he was sorry"."""
    parse = doc.parse
    if parse.dep[i] not in parse.language.subjects:
        return None
    clauses = (c for c in parse.children[parse.head[i]] if c > i and parse.dep[c] in parse.language.content_clauses)
    subjects = (parse.lower[s] for c in clauses for s in parse.children[c] if parse.dep[s] in parse.language.subjects)
    return {"he": HE, "she": SHE}.get(next(subjects, ""))


def _national(doc: Document, i: int, place: str) -> Found:
    """ "the Russian": the last of those whom the text says to be of that place, or the likeliest one near."""
    before = goes_on(doc, i) or (subject_before(doc, i) if is_regional(place) else None)
    entity = before.entity if before else None
    if before and entity and entity.forms and pronouns.possible(entity, ANYBODY):
        there = doc.roles.places.get(entity)
        if not there or place in there or is_regional(place):
            doc.roles.comes_from(entity, place)
            return called(before)
    fitting = {e for e in doc.roles.by_place.get(place, [])[-pronouns.WINDOW :] if e.mentions and e.mentions[0] <= i}
    if fitting:
        last = {seen.entity: seen.at for seen in doc.recent()}
        return Found(max(fitting, key=lambda e: last.get(e, -1)), "description", "description.national")
    near = likeliest(doc, i, ANYBODY, Description(place, frozenset({place}), "", i))
    if near is None or near.entity is None:
        return own(doc, i, None)
    doc.roles.comes_from(near.entity, place)  # the Spaniard is not the Italian of the next sentence
    return near


def _parent(doc: Document, i: int) -> Found | None:
    """The likeliest one about as "the mother-of-two", of which a token is the noun; None for another noun."""
    parse, gender = doc.parse, lexicon.sort_of(doc.parse.lower[i]).gender
    hyphened = i + 4 < len(parse) and (parse.words[i + 1], parse.lower[i + 2], parse.words[i + 3]) == ("-", "of", "-")
    if not hyphened or not gender:
        return None
    return likeliest(doc, i, HE if gender == "m" else SHE, Description(parse.lower[i], frozenset(), "", i))


def aged(doc: Document, i: int) -> Found:
    """ "The 52-year-old", given its last token: one of that age by the text, the one whom the sentence before the
    quotation is about, or the likeliest one of no known age."""
    said = Description(AGED, frozenset({doc.parse.lower[i - 4]}), "", i, definite=True)
    fits = doc.roles.match(said, _distances(doc, i), doc.owners, i)
    named = {entity: fit for entity, fit in fits.items() if entity.forms}
    if named:
        return Found(max(named, key=lambda e: named[e]), "description", "description.person.clear")
    met, before = likeliest(doc, i, ANYBODY, said), goes_on(doc, i)
    entity = before.entity if before else None
    if met is None or met.entity is not entity:
        ages = {d.head for d in doc.roles.of.get(entity, [])} if entity else set()
        if before and entity and entity.forms and pronouns.possible(entity, ANYBODY) and AGED not in ages:
            return called(before)
    if met is None and fits:
        return Found(max(fits, key=lambda e: fits[e]), "description", "description.person.clear")
    return met or own(doc, i, None)
