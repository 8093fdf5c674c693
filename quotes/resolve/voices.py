"""In whose voice a text speaks outside quotation marks: the one interviewed, who signs a letter, who gives a speech."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from quotes.grammar.language import ENGLISH
from quotes.lexicon import words
from quotes.resolve.author import FIRST_PERSON
from quotes.resolve.syntax import SUBJECTS

if TYPE_CHECKING:
    from quotes.resolve.document import Document
    from quotes.resolve.entities import Entity

YOU = words("you")
INTERVIEWS = words("interview_heads")
"""Words of which the head of an interview has one."""
INTERVIEWED = words("interviewed")
"""What stands over the name of the one interviewed."""
SPEECHES = words("speech_heads")
"""Words of which the head of a speech has one."""
ENOUGH = 3
"""First persons outside quotation marks from which a text is in somebody's voice."""
QUESTIONS = 2
"""Questions from which a text is an interview."""
HEAD = 5
"""Paragraphs at the head of a text: titles, place and day, the salutation of a letter."""
LETTERHEAD = 12
FOOT = 8
"""Paragraphs at the foot of a letter, among which its signature stands."""
SHORT = 6
"""Tokens of a signature or a salutation at most."""
REQUEST = 60
"""Tokens at most of a paragraph in which an interviewer asks without a question mark."""
BY = "by"
HEADING = 30
"""Tokens of a title at most."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says "I" from a paragraph on, but for those in which somebody asks."""

    speaker: Entity
    evidence: str
    """What told it, a key of the table of chances."""
    first: int
    asked: frozenset[int] = frozenset()
    """The paragraphs in which "you" is the speaker."""


def voice_of(doc: Document) -> Voice | None:
    """In whose voice a document is as a whole, or after its head; None where it is in nobody's or doesn't tell.

    CASE 1: an interview whose head says so, and whose questions are paragraphs of their own.
    CASE 2: a letter, with a salutation at its head and a name alone at its foot (or over the salutation).
    CASE 3: a speech, whose title names one person and says what it is.
    """
    firsts = Counter(_paragraphs_of(doc, FIRST_PERSON))
    if firsts.total() < ENOUGH:
        return None
    return _interview(doc, firsts) or _letter(doc) or _speech(doc)


def _paragraphs_of(doc: Document, words: frozenset[str]) -> Iterable[int]:
    """The paragraphs of all tokens outside quotation marks that are one of some words."""
    parse = doc.parse
    return (
        paragraph
        for word, depth, paragraph in zip(parse.lower, doc.depth, parse.para_of, strict=True)
        if not depth and word in words
    )


def _interview(doc: Document, firsts: Counter[int]) -> Voice | None:
    yous = Counter(_paragraphs_of(doc, YOU))
    questions = [k for k in range(1, len(doc.parse.paragraphs)) if _asks(doc, k)]
    if len(questions) < QUESTIONS:
        return None
    head = questions[0]
    if INTERVIEWS.isdisjoint(doc.parse.lower[: doc.parse.paragraphs[head][0]]):
        return None
    asked = set(questions)
    for k in range(head, len(doc.parse.paragraphs)):  # a request is no question: "Tell our readers about your site."
        start, end = doc.parse.paragraphs[k]
        if end - start < REQUEST and yous[k] >= max(firsts[k], 1):
            asked.add(k)
    if sum(firsts[k] for k in range(head, len(doc.parse.paragraphs)) if k not in asked) < ENOUGH:
        return None
    met = _interviewed(doc, doc.parse.paragraphs[head][0])
    return Voice(met, "voice.interview", head, frozenset(asked)) if met else None


def _asks(doc: Document, paragraph: int) -> bool:
    """Whether a paragraph outside quotation marks ends with a question."""
    start, end = doc.parse.paragraphs[paragraph]
    last = next((k for k in range(end - 1, start - 1, -1) if doc.parse.words[k].strip()), start)
    return doc.parse.words[last] == "?" and not doc.depth[start]


def _interviewed(doc: Document, end: int) -> Entity | None:
    """The person of whom the head of an interview, up to a token, speaks most; who is said to be interviewed first."""
    times: Counter[Entity] = Counter()
    for i, entity in _people(doc, range(end)):
        asked = doc.parse.lower[doc.parse.head[i]] in INTERVIEWED and doc.parse.dep[i] not in SUBJECTS
        if len(entity.key) > 1:
            times[entity] += 1 + 2 * asked
    return times.most_common(1)[0][0] if times else None


def _people(doc: Document, tokens: Sequence[int]) -> Iterable[tuple[int, Entity]]:
    """The people named at tokens, each with the last token of the name."""
    for i in tokens:
        entity = doc.entity_at(i)
        if entity is None or doc.names[doc.name_at[i]].end != i + 1:
            continue
        if entity.kind == "person" or (entity.kind == "unknown" and len(entity.key) > 1 and entity.person >= 0):
            yield i, entity


def _letter(doc: Document) -> Voice | None:
    parse = doc.parse
    greeting = next((k for k in range(min(LETTERHEAD, len(parse.paragraphs))) if _greets(doc, k)), -1)
    if greeting < 0:
        return None
    foot = range(len(parse.paragraphs) - 1, max(greeting + 1, len(parse.paragraphs) - FOOT), -1)
    for k in (*foot, *range(greeting)):
        for line in _lines(doc, k):
            if entity := _name_alone(doc, line):
                return Voice(entity, "voice.letter", greeting)
    return None


def _greets(doc: Document, paragraph: int) -> bool:
    """Whether a paragraph is a salutation: "Dear Jean:", "Mum,"."""
    start, end = doc.parse.paragraphs[paragraph]
    words = [word for word in doc.parse.words[start:end] if word.strip()]
    if not words or len(words) > SHORT or words[-1] not in (",", ":"):
        return False
    return words[0] == "Dear" or (len(words) <= 3 and words[-1] == "," and words[0][0].isupper())


def _lines(doc: Document, paragraph: int) -> Iterable[range]:
    """The tokens of a paragraph's lines, if all are short: a signature with what stands over and under the name."""
    start, end = doc.parse.paragraphs[paragraph]
    ends = [k + 1 for k in range(start, end) if "\n" in doc.parse.words[k]]
    lines = [range(a, b) for a, b in pairwise([start, *ends, end]) if a < b]
    return lines if all(len(line) <= SHORT + 1 for line in lines) else [range(start, end)]


def _name_alone(doc: Document, line: range) -> Entity | None:
    """The person whose name is all of a line."""
    words = [k for k in line if doc.parse.words[k].strip(" \n\t,.-–—")]
    if not words or len(words) > SHORT or any(doc.parse.tag[k] not in ENGLISH.proper for k in words):
        return None
    if any(c.isdigit() for k in words for c in doc.parse.words[k]):
        return None
    entities = {entity for k in words if (entity := doc.entity_at(k)) is not None}
    entity = entities.pop() if len(entities) == 1 else None
    return entity if entity and _may_speak(entity) else None


def _speech(doc: Document) -> Voice | None:
    parse = doc.parse
    head = [
        k for k in range(min(HEAD, len(parse.paragraphs))) if parse.paragraphs[k][1] - parse.paragraphs[k][0] <= HEADING
    ]
    for k in head:
        start, end = parse.paragraphs[k]
        said = next((i for i in range(start, end) if parse.lower[i] in SPEECHES), -1)
        if said < 0:
            continue
        # "Ada Lindqvist's Address to …", "Remarks by Ada Lindqvist": whoever else is named is what it is about
        before = {entity for i in range(start, said) if (entity := doc.entity_at(i)) and _may_speak(entity)}
        by = next((i for i in range(said + 1, end) if parse.lower[i] == BY), end)
        people = before or {entity for _, entity in _people(doc, range(by, end))}
        return Voice(people.pop(), "voice.speech", k + 1) if len(people) == 1 else None
    return None


def _may_speak(entity: Entity) -> bool:
    return entity.kind == "person" or (entity.kind == "unknown" and entity.person >= 0)
