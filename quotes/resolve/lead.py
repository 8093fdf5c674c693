"""Who is meant in a lead: "A former nurse told a court …", whom the next paragraph names."""

from __future__ import annotations

from quotes.lexicon import words
from quotes.resolve import lexicon
from quotes.resolve.descriptions import AGED, FORMER, MOUTHPIECES, Description
from quotes.resolve.document import Document, Found
from quotes.resolve.entities import Entity
from quotes.resolve.syntax import SUBJECTS, span_head

LONG = 12
"""Tokens from which a paragraph is no headline, by-line or place."""
NEXT = 2
"""Paragraphs behind the lead of which one names whom the lead means."""
NOT_ONE = words("indefinite_some") | words("another")


def named_next(doc: Document, i: int, said: Description) -> Found | None:
    """The one whom a description in the lead of an article means: the subject of the first sentence of the paragraph
    behind that, of whom the text says nothing else. A spokesman is nobody who is named by and by.

    Args:
        doc: the document.
        i: the noun.
        said: what it says.
    """
    parse = doc.parse
    if said.kind != "person" or said.head.split()[-1] in MOUTHPIECES or parse.para_of[i] > doc.lead:
        return None
    if doc.depth[i] or (parse.tag[i] in parse.language.proper and parse.para_of[i] == doc.lead):
        return None  # the charity War Child
    if not NOT_ONE.isdisjoint(parse.lower[said.span[0] : i]):
        return None
    if parse.dep[i] in parse.language.conjuncts or (parse.para_of[i] < doc.lead and _names_somebody(doc)):
        return None  # "Minister and tycoon clash"
    met = _introduced(doc, i)
    if met is None or not met.may_be(lexicon.sort_of(said.head).gender) or not _fits(doc, met, said):
        return None
    doc.roles.add(met, said)
    return Found(met, "description", "lead.named")


def _names_somebody(doc: Document) -> bool:
    """Whether the lead names a person in full, who may be whom a headline means."""
    people = (doc.entities[doc.name_at[j]] for j in range(*doc.parse.paragraphs[doc.lead]) if j in doc.name_at)
    return any(entity is not None and entity.kind == "person" and len(entity.key) > 1 for entity in people)


def _introduced(doc: Document, i: int) -> Entity | None:
    """The person in full whose name is the subject of a sentence that opens one of the paragraphs behind the lead, and
    stands nowhere before."""
    parse, seen = doc.parse, 0
    for k in range(max(doc.lead, parse.para_of[i]) + 1, len(parse.paragraphs)):
        start, end = parse.paragraphs[k]
        if end - start < LONG:
            continue
        seen += 1
        if seen > NEXT:
            return None
        stop = parse.sents[parse.sent_of[start]][1]
        names = [doc.name_at[j] for j in range(start, min(stop, end)) if j in doc.name_at and not doc.depth[j]]
        for at in dict.fromkeys(names):
            entity, name = doc.entities[at], doc.names[at]
            if entity is None or entity.kind != "person" or len(name.key) < 2:
                continue
            head = span_head(parse, (name.start, name.end))
            fresh = not any(parse.para_of[m] >= doc.lead and m < name.start for m in entity.mentions)
            return entity if fresh and parse.dep[head] in SUBJECTS else None
    return None


def _fits(doc: Document, entity: Entity, said: Description) -> bool:
    """Whether nothing that the text calls one says that a description means another."""
    own = (d for d in doc.roles.of.get(entity, []) if d.kind == "person" and d.head != AGED and d.text)
    known = [d for d in own if doc.parse.para_of[min(d.at, len(doc.parse) - 1)] > doc.lead]
    akin = any(
        d.head == said.head
        or said.head in lexicon.sort_of(d.head).broader
        or d.head in lexicon.sort_of(said.head).broader
        for d in known
    )
    once = not FORMER.isdisjoint(said.modifiers)
    if once and known and not any(FORMER & d.modifiers for d in known):
        return False  # the former boss is not the boss
    return (akin or not known) and not doc.roles.elsewhere(entity, said)
