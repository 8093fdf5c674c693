"""Who goes on speaking: the one whom the sentence right before a quotation is about, when "he said" follows that."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from quotes.find.candidate import Attribution, TokenSpan
from quotes.resolve.antecedents import HE
from quotes.resolve.document import Document, Found
from quotes.resolve.entities import Entity
from quotes.resolve.pronouns import possible
from quotes.resolve.syntax import SUBJECTS

FAR = 1
"""Paragraphs between the two at most."""
UNLIKELY = 0.8
"""Probability of the other sex from which "he" is somebody else."""
LIKELY = 0.6
"""Probability from which one who is named is meant rather than one who isn't."""
EVEN = 0.3
"""The same where nothing tells that one's sex."""


def speakers_before(doc: Document) -> dict[int, int]:
    """By the head of each source behind a quotation, the head of the mention that the sentence right before is about.

    CASE 1: it is reported there what somebody says: "Brandt's lawyer, Ada Fitch, said he slept. "It's true," she said."
    CASE 2: somebody is its subject: "Fitch was not amused. "It's true," she said."
    """
    found: dict[int, int] = {}
    spans = [_extent(attribution) for attribution in doc.attributions]
    order = sorted(range(len(spans)), key=lambda k: spans[k][1])
    ends = [spans[k][1] for k in order]
    for k, head in enumerate(doc.heads):
        start = doc.attributions[k].candidate.content[0][0]
        if head < start or not doc.depth[start]:
            continue
        before = order[bisect_right(ends, _word_before(doc, start)) : bisect_right(ends, start)]
        outermost = min(before, key=lambda k: spans[k][0], default=-1)
        subject = doc.heads[outermost] if outermost >= 0 else -1
        if subject < 0:
            subject = _subject_before(doc, start)
        if subject >= 0 and _near(doc, subject, start):
            found[head] = subject
    return found


def _extent(attribution: Attribution) -> TokenSpan:
    """All that an attribution covers, from its first token to one past its last."""
    candidate = attribution.candidate
    spans = [*candidate.content, *(span for span in (candidate.source, candidate.cue) if span)]
    return min(a for a, _ in spans), max(b for _, b in spans)


def _near(doc: Document, i: int, start: int) -> bool:
    return 0 <= doc.parse.para_of[start] - doc.parse.para_of[i] <= FAR


def _word_before(doc: Document, i: int) -> int:
    """The last token before one that is a word or a number; -1 for none."""
    i -= 1
    while i >= 0 and not any(c.isalnum() for c in doc.parse.words[i]):
        i -= 1
    return i


def _subject_before(doc: Document, start: int) -> int:
    """The subject of the sentence before a token, where that is the writer's own; -1 for none."""
    parse, last = doc.parse, _word_before(doc, start)
    if last < 0 or doc.depth[last]:
        return -1
    a, b = parse.sents[parse.sent_of[last]]
    root = next((i for i in range(a, b) if parse.head[i] == i), -1)
    return next((c for c in parse.children[root] if parse.dep[c] in SUBJECTS), -1) if root >= 0 else -1


def goes_on(doc: Document, i: int) -> Found | None:
    """Whom the sentence before the quotation of a source is about, if that one is known by now."""
    return doc.found.get(doc.before.get(i, -1))


def called(before: Found) -> Found:
    """What a description that tells nobody as well means: the one whom the sentence before is about."""
    return Found(before.entity, "description", "going.called", 1.0, before)


def subject_before(doc: Document, i: int) -> Found | None:
    """Whom the sentence before that of a subject is about, in the same paragraph."""
    parse = doc.parse
    start = parse.sents[parse.sent_of[i]][0]
    subject = _subject_before(doc, start) if parse.dep[i] in SUBJECTS else -1
    return doc.found.get(subject) if subject >= 0 and parse.para_of[subject] == parse.para_of[i] else None


def speaks_again(entity: Entity, want: str, ranked: Sequence[tuple[Entity, float]]) -> bool:
    """Whether "he said" behind a quotation means the one whom the sentence before is about, and not the likeliest of
    all; somebody unnamed only where nobody else is likely, as "the woman" may have a name by now."""
    if not possible(entity, want) or (ranked and ranked[0][0] is entity):
        return False
    fits = (entity.woman if want == HE else 1 - entity.woman) <= UNLIKELY
    if entity.forms or not ranked:
        return fits
    told = entity.men if want == HE else entity.women
    return fits and ranked[0][1] < (LIKELY if told else EVEN)
