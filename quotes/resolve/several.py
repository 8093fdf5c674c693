"""Several who speak together: "Rita Amin, the mayor, and Paul Sorley", "the teachers, the parents and the union"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quotes.grammar.language import ENGLISH
from quotes.lexicon import words
from quotes.resolve import lexicon
from quotes.resolve.document import Document, Found
from quotes.resolve.entities import Entity
from quotes.resolve.syntax import NOMINAL, SUBJECTS, phrase, strip_article

CROWD = 8
"""Coordinated speakers at most."""
JOINING = frozenset({"and", "&", ","})
JOINTS = words("series_joints")
"""What stands before the last of several."""
REACH = 40
"""Tokens between the first of several and the verb of speech at most."""

Nominal = Callable[[Document, int], Found]


def coordinated(doc: Document, i: int, first: Found, end: int, nominal: Nominal) -> Found:
    """ "Clinton and Kaine", where others are coordinated with the head of a mention that ends before a token.

    Args:
        doc: the document.
        i: the mention's head.
        first: whom it means alone.
        end: one past the mention.
        nominal: resolves a noun.
    """
    if first.entity is None or first.entity.members or first.evidence == "name.behind":
        return first
    heads = _heads(doc, i, max(end, _verb(doc, i)))
    if (before := _before(doc, i)) and (earlier := doc.by_name(before[0])):
        heads, first = [*before, *heads], earlier
    if first.entity is None or len(heads) < 2 or not _joined(doc, heads):
        return _listed(doc, i, first) if first.by == "name" else first
    if one := _of_all_offices(doc, i, first):
        return one
    members = [first.entity]
    if first.evidence.startswith("own") and i in doc.source_of:  # its own words were those of the whole source
        members = [Entity(first.entity.kind, words=strip_article(doc.parse.slice(phrase(doc.parse, i))))]
    named = doc.entity_at(i) is None and first.evidence.startswith("name.")
    for h in heads[1:]:
        office = doc.entity_at(h) is None or doc.parse.lower[h] in lexicon.office_abbreviations()
        if named and office and not _with_article(doc, h):
            continue  # "Chairman and CEO of Larkspur Foods, Debra Sims"
        met = doc.by_name(h) or (nominal(doc, h) if doc.parse.tag[h] in ENGLISH.nouns else None)
        if met and met.entity and met.entity.kind != "document" and met.entity not in members:
            members.append(met.entity)
    return _group(doc, members, first)


def _before(doc: Document, i: int) -> list[int]:
    """The heads of those named before a source that begins in the middle of a series: "The World Bank, [the IMF and the
    African Union] said"."""
    parse, source = doc.parse, doc.source_of.get(i)
    found: list[int] = []
    series = parse.language.conjuncts | parse.language.appositions
    above = parse.head[i]
    while source and above < source[0] and parse.dep[i] in series and len(found) < CROWD:
        comma = parse.words[parse.left[i] - 1] == "," and parse.sent_of[above] == parse.sent_of[i]
        if not comma or doc.entity_at(above) is None or doc.entity_at(i) is None or not _and_behind(doc, i, source[1]):
            return []
        found.insert(0, above)
        i, above = above, parse.head[above]
    return found if found and parse.dep[found[0]] in SUBJECTS else []


def _and_behind(doc: Document, i: int, end: int) -> bool:
    """Whether somebody is joined to a name by "and" before a token."""
    return any(i < c < end and doc.parse.dep[c] in doc.parse.language.conjuncts for c in doc.parse.children[i])


def _joined(doc: Document, heads: Sequence[int]) -> bool:
    """Whether those are several: "and" stands between two of them, or, in a headline, a comma. "The Commissioner,
    Lagos Command, Ola Bakare" is one, with role and body."""
    name = doc.name_at.get(heads[0])
    if name is not None and doc.names[name].headline:
        return True
    return not JOINTS.isdisjoint(doc.parse.lower[heads[0] : heads[-1]])


def _heads(doc: Document, i: int, end: int) -> list[int]:
    """The heads of those who speak together, from the first one's: its conjuncts, and theirs."""
    parse, heads = doc.parse, [i]
    for h in heads:
        conjuncts = [
            c for c in parse.children[h] if parse.dep[c] in parse.language.conjuncts and parse.tag[c] in NOMINAL
        ]
        for c in parse.children[h]:
            # "Wong, president of the institute, and Greenberg": the parser hangs him on "president"
            if parse.dep[c] in parse.language.appositions:
                conjuncts += [
                    k for k in parse.children[c] if parse.dep[k] in parse.language.conjuncts and _person_at(doc, k)
                ]
        owners = {c for c in conjuncts if c + 1 < len(parse) and parse.tag[c + 1] in parse.language.possessive_marks}
        heads += [c for c in conjuncts if h < c < end and c not in owners][: CROWD - len(heads)]
    return heads


def _of_all_offices(doc: Document, i: int, first: Found) -> Found | None:
    """The one person whose offices are coordinated before the name: "President and Chief Financial Officer of Larkspur
    Foods Debra Sims"; with an article, "the president and Councillor Sims" are two."""
    source = doc.source_of.get(i)
    at = doc.name_at.get(source[1] - 1) if source else None
    if at is None or source is None or not first.evidence.startswith("own.") or _with_article(doc, i):
        return None
    name = doc.names[at]
    long = name.behind or name.start - name.left > 1 or doc.parse.lower[name.left - 1] not in JOINING
    capital = doc.parse.words[source[0]][0].isupper()
    person = doc.by_name(name.end - 1) if long and capital and name.kind == "person" else None
    return person and Found(person.entity, "name", "name.behind")


def _with_article(doc: Document, i: int) -> bool:
    """Whether an article, a number or a possessive stands with a noun, as where somebody new comes in."""
    language = doc.parse.language
    return any(doc.parse.tag[c] in language.counting | language.personal for c in doc.parse.children[i])


def _verb(doc: Document, i: int) -> int:
    """The verb of speech behind a source, up to which others may be named: "Amin, the mayor, and Sorley, …, said"."""
    cue = doc.cue_of.get(i)
    after = cue is not None and i < cue[0] < i + REACH and doc.parse.sent_of[cue[0]] == doc.parse.sent_of[i]
    if cue is None or not after:
        return -1
    subject = doc.parse.dep[i] in SUBJECTS and doc.parse.head[i] in range(*cue)  # "Ojo, who led it, and Ryle, who …"
    return cue[0] if subject or not any(doc.parse.tag[k] in ENGLISH.finite for k in range(i + 1, cue[0])) else -1


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
    """Whether a person is named at a token or in apposition with it: "and her deputy, Max Boll"."""
    named = [
        doc.entity_at(k)
        for k in (i, *(c for c in doc.parse.children[i] if doc.parse.dep[c] in doc.parse.language.appositions))
    ]
    return any(entity is not None and entity.kind == "person" for entity in named)
