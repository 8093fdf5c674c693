"""Attributions to speakers: who each source is, by name where the text tells."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.find.candidate import Attribution
from quotes.find.marks import Quotation
from quotes.parse import Parse
from quotes.records import Mention, Speaker
from quotes.resolve.discourse import Discourse, Found
from quotes.resolve.entities import Entity
from quotes.resolve.pronouns import CLASSES, SPEAKER

ONE = frozenset({"i", "me", "my", "mine", "myself"})
UNSURE = 0.5
"""Probability under which a name is withheld."""
OUTPUT_KINDS = frozenset({"person", "organization", "group", "document", "place"})


def resolve(parse: Parse, quotations: Sequence[Quotation], attributions: Sequence[Attribution]) -> list[Speaker | None]:
    """Who speaks each attribution of a document.

    Args:
        parse: the document.
        quotations: what stands in quotation marks.
        attributions: any order.

    Returns:
        One item an attribution: its speaker, or None where the text names no source and no context tells one.
    """
    discourse = Discourse(parse, quotations, attributions)
    found = [discourse.found.get(h) if h >= 0 else None for h in discourse.heads]
    for k, head in enumerate(discourse.heads):
        if head >= 0 and CLASSES.get(parse.lower[head]) == SPEAKER:
            found[k] = _first_person(discourse, found, k, head)
    _float(discourse, found)
    numbers: dict[Entity, str] = {}
    return [_speaker(discourse, k, f, numbers) for k, f in enumerate(found)]


def _first_person(discourse: Discourse, found: list[Found | None], k: int, head: int) -> Found:
    """ "I" and "we" in a quote are its speaker."""
    seen = {k}
    outer = discourse.content[head]
    while outer >= 0 and outer not in seen:
        seen.add(outer)
        met = found[outer]
        if met is not None and met.entity is not None:
            return Found(
                met.entity, "pronoun", f"first.{'one' if discourse.parse.lower[head] in ONE else 'several'}", 1.0, met
            )
        h = discourse.heads[outer]
        outer = discourse.content[h] if h >= 0 else -1
    if not discourse.depth[head] and (writer := discourse.author()):
        return Found(writer, "context", f"author.{'one' if discourse.parse.lower[head] in ONE else 'several'}")
    return Found(None, "none", "first.none")


def _float(discourse: Discourse, found: list[Found | None]) -> None:
    """Give quotations without a cue the speaker whom the text before them makes plain, if it does.

    That is the person whom the sentence before the quotation, in its paragraph, is about; in a conversation of
    paragraphs that are nothing but quotation, who answers is who spoke before the last speaker.
    """
    parse = discourse.parse
    order = sorted(range(len(found)), key=lambda k: discourse.attributions[k].candidate.content[0][0])
    turns: list[tuple[int, Entity]] = []
    for k in order:
        this = discourse.attributions[k].candidate
        start = this.content[0][0]
        paragraph = parse.para_of[start]
        met = found[k]
        if this.cue is None and this.source is None and met is None:
            about = discourse.subject_before(start)
            if about is not None:
                met = Found(about, "context", "context.subject")
            elif start - parse.paragraphs[paragraph][0] < 2 and [p for p, _ in turns[-2:]] == [
                paragraph - 2,
                paragraph - 1,
            ]:
                if turns[-2][1] is not turns[-1][1]:
                    met = Found(turns[-2][1], "context", "context.turn")
            found[k] = met
        if met is not None and met.entity is not None and not discourse.depth_before(start):
            if not turns or turns[-1][0] != paragraph or turns[-1][1] is not met.entity:
                turns.append((paragraph, met.entity))


def _speaker(discourse: Discourse, k: int, found: Found | None, numbers: dict[Entity, str]) -> Speaker | None:
    parse, source = discourse.parse, discourse.attributions[k].candidate.source
    if source is None:
        return _named(discourse, None, found, numbers) if found else None
    start, end = parse.start[source[0]], parse.end[source[1] - 1]
    text = parse.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    mention = Mention(start, start + len(text), text)
    return _named(discourse, mention, found, numbers)


def _named(discourse: Discourse, mention: Mention | None, found: Found | None, numbers: dict[Entity, str]) -> Speaker:
    if found is None or found.entity is None:
        return Speaker(mention, None, "unknown", resolved_by="none", confidence=1 - UNSURE)
    entity, confidence = found.entity.same or found.entity, round(found.confidence, 3)
    kind = entity.kind if entity.kind in OUTPUT_KINDS else _guess(entity)
    if confidence < UNSURE:
        return Speaker(mention, None, kind, resolved_by="none", confidence=round(1 - confidence, 3))
    number = numbers.setdefault(entity, f"e{len(numbers) + 1}")
    role = max((d.text for d in entity.descriptions if d.text != entity.name), key=len, default=None)
    return Speaker(mention, entity.name or None, kind, role, found.by, number, confidence, entity.members)


def _guess(entity: Entity) -> str:
    """What somebody is whom no word list knows: he, she and a last name used alone tell a person."""
    if not entity.forms:
        return "unknown"
    if entity.men or entity.women or entity.person > 0:
        return "person"
    short = {form[0] for form in entity.forms if len(form) == 1}
    return "organization" if entity.person < 0 or (len(entity.key) > 1 and short) else "unknown"
