"""Whom the pronouns of a text mean, wherever they stand: for those who read a quote without its article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quotes.find.candidate import Attribution
from quotes.grammar.marks import Quotation
from quotes.grammar.parse import Parse
from quotes.resolve.antecedents import HE, SHE
from quotes.resolve.discourse import walk
from quotes.resolve.document import Document
from quotes.resolve.pronouns import CLASSES
from quotes.resolve.ranker import shipped

SURE = 0.7
"""Confidence under which a pronoun is left as it is."""


def meant(parse: Parse, quotations: Sequence[Quotation], attributions: Sequence[Attribution]) -> Mapping[int, str]:
    """The names of those whom "he" and "she", in all their forms, mean, by token; only those that are sure.

    Args:
        parse: the document.
        quotations: what stands in quotation marks.
        attributions: those whose sources tell who has been speaking.
    """
    doc = Document(parse, quotations, attributions)
    walk(doc)
    names = {}
    for i, found in doc.found.items():
        if found.entity is None or CLASSES.get(parse.lower[i]) not in (HE, SHE):
            continue
        entity = found.entity.same or found.entity
        person = entity.kind == "person" or (entity.kind == "unknown" and len(entity.key) > 1)
        if entity.forms and person and shipped().certainty.of(found) >= SURE:
            names[i] = entity.name
    return names
