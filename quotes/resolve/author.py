"""Who "I" is outside quotation marks: the writer, where a text names one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from quotes.grammar.parse import Parse
from quotes.lexicon import words
from quotes.resolve.entities import Entity
from quotes.resolve.names import Name

FIRST_PERSON = words("i") | words("we")
ENOUGH = 3
"""First persons outside quotation marks from which a text looks written in the first person."""
QUESTION = re.compile(r"(?:^|\n)[^\S\n]*Q(?:uestion)?(?:[:.\s]|(?=[A-Z]))")
ANSWER = re.compile(r"(?:^|\n)[^\S\n]*A(?:nswer)?(?:[:.]|(?=[A-Z]))")


def author(
    parse: Parse,
    names: Sequence[Name],
    entities: Sequence[Entity | None],
    name_at: Mapping[int, int],
    depth: Sequence[int],
) -> Entity | None:
    """The person whose words a text is as a whole: by its byline, a name and colon at its head, a note on the writer
    at its end, or as the one asked in an interview of questions and answers. None where it tells none of these.
    """

    def person(i: int) -> Entity | None:
        k = name_at.get(i)
        entity = entities[k] if k is not None else None
        return (
            entity
            if entity is not None and k is not None and len(names[k].key) > 1 and entity.kind in ("person", "unknown")
            else None
        )

    for k, (a, b) in enumerate(parse.paragraphs[:4]):
        if parse.lower[a] == "by" and a + 1 < b and b - a < 12 and (met := person(a + 1)):
            return met
        if k == 0 and (met := person(a)) and (end := names[name_at[a]].end) < b and parse.words[end] == ":":
            return met
    firsts = sum(w in FIRST_PERSON and not d for w, d in zip(parse.lower, depth, strict=True))
    if firsts < ENOUGH:
        return None
    for a, b in parse.paragraphs[-3:]:
        if (met := person(a)) and (end := names[name_at[a]].end) < b and parse.lower[end] in ("is", "was", ","):
            return met
    if len(QUESTION.findall(parse.text)) >= 2 and len(ANSWER.findall(parse.text)) >= 2:
        people = {e for e in entities if e is not None and e.kind == "person"}
        return max(people, key=lambda e: (len(e.mentions), -e.mentions[0]), default=None)
    return None
