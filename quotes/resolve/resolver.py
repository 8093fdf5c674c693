"""Attributions to speakers: who each source is, by name where the text tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quotes.find.candidate import Attribution
from quotes.grammar.boundaries import less_blanks
from quotes.grammar.conversation import FIGURE
from quotes.grammar.marks import Quotation
from quotes.grammar.parse import Parse
from quotes.lexicon import words
from quotes.records import Mention, Span, Speaker, SpeakerKind
from quotes.resolve import lexicon
from quotes.resolve.antecedents import SPEAKER
from quotes.resolve.discourse import walk
from quotes.resolve.document import Document, Found
from quotes.resolve.entities import Entity
from quotes.resolve.naming import role_and_body, withheld
from quotes.resolve.pronouns import CLASSES
from quotes.resolve.ranker import shipped
from quotes.resolve.turns import take_turns
from quotes.resolve.voices import YOU

UNSURE = 0.4
"""Confidence under which a name is withheld: where, on the articles learned from, it was as likely right as not."""
SPEAKING = words("plain_speaking")
HEARING = "hearing."
"""The rules that find what a court heard: not what it said."""
NARRATES = 2
"""Times that "I said" stands with a quotation from which a text is a story."""
ONE = words("i")
KINDS: dict[str, SpeakerKind] = {
    "person": "person",
    "organization": "organization",
    "group": "group",
    "document": "document",
    "place": "place",
}


def resolve(
    parse: Parse,
    quotations: Sequence[Quotation],
    attributions: Sequence[Attribution],
    evidence: bool = False,
    least: float = UNSURE,
) -> list[Speaker | None]:
    """Who speaks each attribution of a document. Takes linear time.

    Args:
        parse: the document.
        quotations: what stands in quotation marks.
        attributions: any order.
        evidence: tell with each speaker why it has its name, in lines for a reader.
        least: the confidence under which a name is withheld, 0 to 1.

    Returns:
        One item an attribution: its speaker, or None where the text names no source and no context tells one.
    """
    if not attributions:
        return []
    doc = Document(parse, quotations, attributions)
    found = sources(doc)
    numbers: dict[Entity, str] = {}
    hidden = withheld(doc, found)
    speakers = [_speaker(doc, k, numbers, met, least, hidden[k]) for k, met in enumerate(found)]
    if evidence:
        reasons = (_reasons(doc, met, least) for met in found)
        return [s and replace(s, evidence=why) for s, why in zip(speakers, reasons, strict=True)]
    return speakers


def least_sure(precision: float | None) -> float:
    """The confidence under which a name is withheld, so that of the names given a share is right.

    Args:
        precision: that share, 0 to 1; None withholds what is less likely than not.

    Raises:
        ValueError: it is no share, or was never reached in cross-validation.
    """
    if precision is None:
        return UNSURE
    if not 0 <= precision <= 1:
        raise ValueError(f"speaker_precision is a share, 0 to 1, not {precision:g}")
    reached = shipped().certainty.precision
    threshold = shipped().certainty.threshold_for(precision)
    if threshold is None:
        highest = max((share for share, _ in reached), default=0.0)
        raise ValueError(
            f"a speaker precision of {precision:g} was never reached in cross-validation, at most {highest:g}"
        )
    return threshold


def sources(doc: Document) -> list[Found | None]:
    """Whom the source of each attribution of a document means; None where nothing tells."""
    walk(doc)
    found = [doc.found.get(head) for head in doc.heads]
    for k, head in enumerate(doc.heads):
        if doc.attributions[k].candidate.rule.startswith(HEARING):
            found[k] = Found(None, "none", "none")
        elif head >= 0 and CLASSES.get(doc.parse.lower[head]) == SPEAKER:
            found[k] = _first_person(doc, found, k)
        elif head >= 0 and doc.parse.lower[head] in YOU and (asked := _asked(doc, head)):
            found[k] = asked
    take_turns(doc, found)
    return found


def _reasons(doc: Document, found: Found | None, least: float) -> tuple[str, ...]:
    """The chain of evidence for a name, then the forms and roles under which its bearer stands in the document."""
    if found is None or found.entity is None:
        return ()
    lines, sure = [], shipped().certainty.of
    step: Found | None = found
    while step is not None and step.entity is not None:
        meaning = lexicon.meanings().get(step.evidence, "")
        lines.append(f"{step.entity.name}: {meaning} ({step.evidence}, {sure(step):.2f})")
        step = step.on
    if sure(found) < least:
        lines.append("withheld: " + ("less likely than not" if least == UNSURE else f"less sure than {least:.2f}"))
    entity = found.entity.same or found.entity
    forms = ", ".join(f"{' '.join(form)} ({times})" for form, times in entity.forms.most_common())
    roles = ", ".join(dict.fromkeys(d.text for d in doc.roles.of.get(entity, []) if d.text))
    return (*lines, *([f"named: {forms}"] if forms else []), *([f"described: {roles}"] if roles else []))


def _first_person(doc: Document, found: list[Found | None], k: int) -> Found:
    """ "I" and "we" in a quote are its speaker, outside quotation marks the writer."""
    head = doc.heads[k]
    number = "one" if doc.parse.lower[head] in ONE else "several"
    outer, seen = doc.content[head], {k}
    while outer >= 0 and outer not in seen:
        seen.add(outer)
        met = found[outer]
        if met is not None and met.entity is not None:
            return Found(met.entity, "pronoun", f"first.{number}", 1.0, met)
        above = doc.heads[outer]
        outer = doc.content[above] if above >= 0 else -1
    if doc.depth[head]:
        return Found(None, "none", "none")
    voice, paragraph = doc.voice, doc.parse.para_of[head]
    if voice is not None and paragraph >= voice.first:
        if paragraph in voice.asked:
            return Found(None, "none", "none")
        return Found(voice.speaker, "context", f"{voice.evidence}.{number}")
    if doc.author is not None and not _tells(doc):
        return Found(doc.author, "context", f"author.{number}")
    return Found(None, "none", "none")


def _asked(doc: Document, i: int) -> Found | None:
    """Whom an interviewer's "you" means."""
    voice = doc.voice
    if voice is None or doc.depth[i] or doc.parse.para_of[i] not in voice.asked:
        return None
    return Found(voice.speaker, "context", f"{voice.evidence}.one")


def _tells(doc: Document) -> bool:
    """Whether "I" tells a story with dialogue, in which it is a narrator, not the writer: "I said" stands beside
    quotations, and be it once, no figure or day of the week anywhere."""
    said = (
        a
        for a, head in zip(doc.attributions, doc.heads, strict=True)
        if head >= 0 and doc.parse.lower[head] == "i" and a.candidate.lemma in SPEAKING
    )
    times = sum(doc.depth[a.candidate.content[0][0]] > 0 for a in said)
    return times >= NARRATES or (times > 0 and not FIGURE.search(doc.parse.text))


def _speaker(
    doc: Document, k: int, numbers: dict[Entity, str], found: Found | None, least: float, hidden: Span | None
) -> Speaker | None:
    source = doc.sources[k]
    mention = None
    if source is not None:
        start, end = less_blanks(doc.parse.text, doc.parse.start[source[0]], doc.parse.end[source[1] - 1])
        mention = Mention(start, end, doc.parse.text[start:end])
    elif found is None:
        return None
    if found is None or found.entity is None:
        return Speaker(mention, None, "unknown", resolved_by="none", confidence=UNSURE) if mention else None
    entity = found.entity.same or found.entity
    kind, confidence = KINDS.get(entity.kind) or _guess(entity), shipped().certainty.of(found)
    if confidence < least or not entity.name:
        if mention is None:
            return None
        return Speaker(mention, None, kind, resolved_by="none", confidence=round(1 - confidence, 4))
    title, body = role_and_body(doc, entity)
    return Speaker(
        mention,
        entity.name,
        kind,
        doc.roles.fullest(entity),
        found.by,
        numbers.setdefault(entity, f"e{len(numbers) + 1}"),
        round(confidence, 4),
        entity.members,
        anonymous=hidden,
        title=title,
        organization=body,
    )


def _guess(entity: Entity) -> SpeakerKind:
    """What a named one is that no word list knows: he and she tell a person, a first word alone an organisation."""
    if not entity.forms:
        return "unknown"
    if entity.men or entity.women or entity.person > 0:
        return "person"
    short = len(entity.key) > 1 and any(len(form) == 1 for form in entity.forms)
    return "organization" if entity.person < 0 or short else "unknown"
