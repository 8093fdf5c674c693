"""Whose turn it is: the labels of transcripts, and quotations without a cue in conversations and elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from quotes.grammar.conversation import is_conversation
from quotes.resolve import lexicon
from quotes.resolve.antecedents import ANYBODY, HE, SHE
from quotes.resolve.document import Document, Found
from quotes.resolve.entities import Entity
from quotes.resolve.names import fold
from quotes.resolve.pronouns import CLASSES, possible
from quotes.resolve.ranker import shipped

LABEL = "turn.label"
"""The rule that finds the turns of transcripts."""
QUESTION, ANSWER = frozenset({"q", "question"}), frozenset({"a", "answer"})
BETWEEN = 2
"""How many talk to each other, so that the other one is "you"."""
LONGEST = 14
"""Turns in a row without a name through which alternation is believed."""
SURE = 0.5
"""Confidence over which "he" is believed to be whom the text was naming, not who takes turns."""
NEARBY = 6
"""Turns on either side among which a third speaker ends it."""
AFTER = 12
"""Tokens behind a quotation within which the subject of the writer's next sentence stands."""


def take_turns(doc: Document, found: list[Found | None]) -> None:
    """Say who speaks the turns of transcripts and the quotations that stand without a cue.

    Args:
        doc: the document, walked through.
        found: what is known of each attribution's speaker; filled in and mended in place.
    """
    order = sorted(range(len(found)), key=lambda k: doc.attributions[k].candidate.content[0][0])
    labelled = [k for k in order if doc.attributions[k].candidate.rule == LABEL]
    if labelled:
        _labelled(doc, found, labelled)
    if is_conversation(doc.parse.text, doc.quotations, doc.parse.paragraph_spans()):
        _alternate(doc, found, order)
    else:
        _float(doc, found, order)


# Transcripts


def _labelled(doc: Document, found: list[Found | None], order: Sequence[int]) -> None:
    """Give the turns of a transcript their speakers.

    CASE 1: "LUND:" is whom the label names; "Operator:" is known by its own words, the same each time.
    CASE 2: "A:" is whom the introduction names, never a name in the answer; who asks is not told.
    CASE 3: a time alone goes on with the speaker before it.
    CASE 4: a label that gives a name in full gives it as it is: "Adam Fish:", though he is "Adam Fish AF" elsewhere.
    CASE 5: "DEAR NORA:" is whom a letter addresses; answers, "DEAR TIRED:", are Nora's.
    """
    own: dict[str, Entity] = {}
    addressed = {k: name for k in order if (name := _addressed(doc, k))}
    columnist = Counter(addressed.values()).most_common(1)
    asked = _introduced(doc, order[0])
    last: Found | None = None
    for k in order:
        source = doc.sources[k]
        if k in addressed:
            answers = addressed[k] != columnist[0][0] and columnist[0][1] > 1
            met = Entity("person", words=columnist[0][0].title())
            met = own.setdefault(met.words.casefold(), met)
            found[k] = Found(met, "context", "turn.columnist") if answers else None
            continue
        if source is None:
            found[k] = last and Found(last.entity, "context", last.evidence, last.share)
            continue
        words = [word for word in doc.parse.words[source[0] : source[1]] if word.strip()]
        letter = words[0].casefold().strip(".:") if len(words) == 1 else ""
        if letter in QUESTION or letter in ANSWER:
            answers = letter in ANSWER and asked is not None
            last = Found(asked, "context", "voice.interview.one") if answers else Found(None, "none", "none")
        else:
            last = _named_in(doc, source) or _by_own_words(own, doc.parse.slice(source))
            _as_labelled(doc, source, last)
        found[k] = last


def talking(doc: Document) -> dict[int, frozenset[Entity]]:
    """By the token of each "he" and "she" in a turn, outside quotation marks, those whom it can't mean: whose turn it
    is, who says "I"; and where two talk to each other the other one as well, who is "you"."""
    named = {k: entity for k, a in enumerate(doc.attributions) if a.candidate.rule == LABEL and (entity := _on(doc, k))}
    everybody = {entity.same or entity for entity in named.values()}
    them = frozenset(named.values()) | everybody
    return {
        i: them if len(everybody) == BETWEEN else frozenset({entity, entity.same or entity})
        for k, entity in named.items()
        for a, b in doc.attributions[k].candidate.content
        for i in range(a, b)
        if CLASSES.get(doc.parse.lower[i]) in (HE, SHE) and not doc.depth[i]
    }


def _on(doc: Document, k: int) -> Entity | None:
    """Whom the label of a turn names."""
    source = doc.sources[k] or (0, 0)
    return next((entity for i in reversed(range(*source)) if (entity := doc.entity_at(i)) is not None), None)


def _addressed(doc: Document, k: int) -> str:
    """The name behind "DEAR" in a label, "" in any other."""
    candidate, parse = doc.attributions[k].candidate, doc.parse
    if doc.sources[k] is not None or candidate.cue is None:
        return ""
    start = parse.paragraphs[parse.para_of[candidate.cue[0]]][0]
    words = parse.words[start : candidate.cue[0]]
    return " ".join(words[1:]) if words and words[0].casefold() == "dear" else ""


def _named_in(doc: Document, source: tuple[int, int]) -> Found | None:
    """The person whose name stands inside a label and ends where it does."""
    for i in range(source[1] - 1, source[0] - 1, -1):
        k = doc.name_at.get(i)
        if k is not None and source[0] <= doc.names[k].start and doc.names[k].end <= source[1]:
            met = doc.by_name(i)
            entity = met.entity if met is not None else None
            whole = entity is not None and _covers(doc, source, entity) and _is_persons(entity.name)
            return met if whole else None
    return None


def _is_persons(name: str) -> bool:
    """Whether no small words stand in a name but those of people's: "House on the Morrison" is nobody's."""
    return all(word[0].isupper() or word in lexicon.particles() for word in name.split()[1:])


def _as_labelled(doc: Document, source: tuple[int, int], found: Found) -> None:
    """Leave of the forms of a person's name that of the label, where that has several words."""
    k = doc.name_at.get(source[1] - 1)
    if (
        k is not None
        and found.entity is not None
        and len(doc.names[k].key) > 1
        and doc.names[k].words in found.entity.forms
    ):
        found.entity.forms = Counter({doc.names[k].words: found.entity.forms[doc.names[k].words]})


def _covers(doc: Document, source: tuple[int, int], entity: Entity) -> bool:
    """Whether an entity's name has the given names of a label."""
    known = {fold(word).strip(".") for word in entity.name.split()}
    words = (fold(word) for word in doc.parse.words[source[0] : source[1]])
    return not any(word in _given_names() and word not in known for word in words)


@cache
def _given_names() -> frozenset[str]:
    """Given names that are no titles and roles: Grace, not Justice."""
    return frozenset(lexicon.first_names().keys() - lexicon.titles().keys() - lexicon.nouns().keys())


def _by_own_words(own: dict[str, Entity], label: str) -> Found:
    """One that is only known by its label: Speaker 1, THE COURT, Operator."""
    text = " ".join(label.split())
    key = " ".join(fold(word) for word in text.split())
    same = [entity for known, entity in own.items() if known == key or known.endswith(f" {key}")]
    entity = same[0] if len(same) == 1 else own.setdefault(key, Entity("person", words=text))
    return Found(entity, "description", "label.own")


def _introduced(doc: Document, first: int) -> Entity | None:
    """The person named most before the first turn, without who wrote it."""
    end = doc.attributions[first].candidate.content[0][0]
    times: Counter[Entity] = Counter()
    for name, entity in zip(doc.names, doc.entities, strict=True):
        byline = name.left > 0 and doc.parse.lower[name.left - 1] == "by"
        person = entity is not None and len(entity.key) > 1 and entity.kind in ("person", "unknown")
        if name.end <= end and entity is not None and person and not byline:
            times[entity] += 1
    first_two = times.most_common(2)
    if not first_two or (len(first_two) > 1 and first_two[0][1] == first_two[1][1]):
        return None
    return first_two[0][0]


# Conversations


@dataclass(slots=True)
class Line:
    """A paragraph of a conversation that opens with somebody's words."""

    paragraph: int
    attributions: list[int]
    speaker: Entity | None
    """Whom the text names beside the words."""
    told: bool
    """Whether it says who speaks, though perhaps not by name."""
    called: frozenset[Entity]
    """Whom the words address: they are not the speaker's own name."""
    sex: str
    """m or f where he or she says it, and nothing tells who that is; else ""."""


def _alternate(doc: Document, found: list[Found | None], order: Sequence[int]) -> None:
    """Give the lines of a conversation that tell no speaker to the two who take turns around them.

    Line after line in paragraphs that follow each other, one of two speaks every second. A third speaker near by, or
    two known ones whose turns don't fit, ends the belief: those lines stay without a name. "He" and "she" of whom
    nothing else tells who they are take their turns as well.
    """
    for run in _runs(doc, found, order):
        for at, line in enumerate(run):
            if line.speaker is not None or (line.told and not line.sex):
                continue
            near = run[max(0, at - NEARBY) : at + NEARBY + 1]
            told = {other.speaker for other in run if other.speaker}
            told = told if len(told) <= 2 else {other.speaker for other in near if other.speaker}
            guess = _guess(run, at, told) or _answering(doc, run, at) or _other(doc, run, at, told)
            if guess is not None and guess not in line.called and guess.may_be(line.sex):
                line.speaker = guess
                for k in line.attributions:
                    found[k] = Found(guess, "pronoun" if line.sex else "context", "turn.alternate")


def _guess(run: Sequence[Line], at: int, told: set[Entity]) -> Entity | None:
    """Who speaks a line, by the nearest lines before and behind it that tell; None where they disagree."""
    if len(told) > 2:
        return _between(run, at)
    guesses = set()
    for step in (-1, 1):
        for away in range(1, LONGEST + 1):
            other = at + step * away
            if not 0 <= other < len(run):
                break
            speaker = run[other].speaker
            if speaker is None:
                continue
            if away % 2 == 0:
                guesses.add(speaker)
            else:
                guesses |= told - {speaker}
            break
    return guesses.pop() if len(guesses) == 1 else None


def _between(run: Sequence[Line], at: int) -> Entity | None:
    """Who speaks between two lines of one speaker, among several: who spoke before the first of them or after the
    second, if one did."""
    near = [run[k].speaker if 0 <= k < len(run) else None for k in (at - 2, at - 1, at + 1, at + 2)]
    if near[1] is None or near[1] is not near[2]:
        return None
    others = {speaker for speaker in (near[0], near[3]) if speaker is not None and speaker is not near[1]}
    return others.pop() if len(others) == 1 else None


def _other(doc: Document, run: Sequence[Line], at: int, told: set[Entity]) -> Entity | None:
    """Whom the text has lately named besides the only one who is known to speak, in a line that is not that one's; with
    an "I" among the speakers it may be that one's."""
    known = [k for k, line in enumerate(run) if line.speaker is not None and abs(k - at) <= LONGEST]
    if len(told) != 1 or not known or any((k - at) % 2 == 0 for k in known):
        return None
    if any(line.told and line.speaker is None and not line.sex for line in run):
        return None
    return doc.other_person(doc.parse.paragraphs[run[at].paragraph][0], next(iter(told)))


def _answering(doc: Document, run: Sequence[Line], at: int) -> Entity | None:
    """Whom the line before addresses by name."""
    called = run[at - 1].called if at else frozenset()
    return next(iter(called)) if len(called) == 1 else None


def _runs(doc: Document, found: list[Found | None], order: Sequence[int]) -> Iterator[list[Line]]:
    """Lines in paragraphs that follow each other."""
    run: list[Line] = []
    for line in _lines(doc, found, order):
        if run and line.paragraph > run[-1].paragraph + 1:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _lines(doc: Document, found: list[Found | None], order: Sequence[int]) -> Iterator[Line]:
    parse = doc.parse
    by_paragraph: dict[int, list[int]] = {}
    for k in order:
        start = doc.attributions[k].candidate.content[0][0]
        if doc.heads[k] >= 0 and doc.depth[doc.heads[k]]:
            continue  # somebody whom the line tells of
        if doc.depth[start] and not (start and doc.depth[start - 1] and doc.content[start] not in (-1, k)):
            by_paragraph.setdefault(parse.para_of[start], []).append(k)
    for paragraph, here in by_paragraph.items():
        for k in here:
            if _untold(doc, k):
                _beside(doc, found, k)
        met = [
            m for k in here if (m := found[k]) is not None and (m.by != "pronoun" or shipped().certainty.of(m) > SURE)
        ]
        known = [m.entity.same or m.entity for m in met if m.entity is not None]
        told = any(not _untold(doc, k) for k in here)
        sex = _sex_told(doc, here) if told and not known else ""
        silent = [k for k in here if _untold(doc, k) or sex]
        called = frozenset(c for k in here for c in _called(doc, k))
        yield Line(paragraph, silent, known[0] if known else None, told or bool(known), called, sex)


def _sex_told(doc: Document, here: Sequence[int]) -> str:
    """The sex of whom the pronouns beside a line's words mean; "" where they are none, or of both."""
    heads = {doc.parse.lower[doc.heads[k]] for k in here if doc.heads[k] >= 0}
    return "m" if heads == {"he"} else "f" if heads == {"she"} else ""


def _untold(doc: Document, k: int) -> bool:
    candidate = doc.attributions[k].candidate
    return candidate.cue is None and candidate.source is None


def _beside(doc: Document, found: list[Found | None], k: int) -> None:
    """Give a line to the one whom the writer's words beside it, in its paragraph, are about."""
    content = doc.attributions[k].candidate.content
    about = doc.subject_before(content[0][0]) or _subject_after(doc, content[-1][1])
    if about is not None:
        found[k] = Found(about, "context", "turn.beside")


def _subject_after(doc: Document, end: int) -> Entity | None:
    """Whom the sentence behind a quotation, in its paragraph, is about: “No.” He put down his pen."""
    parse = doc.parse
    if end >= len(parse):
        return None
    for i in range(end, min(end + AFTER, parse.paragraphs[parse.para_of[end - 1]][1])):
        met = doc.found.get(i)
        if doc.depth[i]:
            return None
        if met is not None and met.entity is not None and parse.dep[i] in parse.language.subjects:
            return met.entity if possible(met.entity, ANYBODY) else None
    return None


def _called(doc: Document, k: int) -> Iterator[Entity]:
    """Whom the words of a line address: “Come in, Edwin,” between commas or at an end."""
    parse = doc.parse
    for start, end in doc.attributions[k].candidate.content:
        for i in range(start, end):
            at = doc.name_at.get(i)
            if at is None or doc.names[at].end != i + 1:
                continue
            name, entity = doc.names[at], doc.entities[at]
            before = parse.words[name.left - 1] if name.left else ""
            after = parse.words[i + 1] if i + 1 < len(parse) else ""
            fenced = (before in (",", "“", '"', "‘", "'", "``") or name.left == start) and after in ",.?!;—"
            answer = name.left <= start + 1 and after == "."  # “Bingley.” tells a name, and calls nobody
            if entity is None or entity.kind not in ("person", "unknown"):
                continue
            person = entity.kind == "person" or len(entity.mentions) > 1  # not "Design!"
            if person and fenced and not answer:
                yield entity.same or entity


# Elsewhere


def _float(doc: Document, found: list[Found | None], order: Sequence[int]) -> None:
    """Give quotations without a cue the speaker whom the text before them makes plain, if it does.

    That is the person whom the writer's words just before it in its paragraph are about; in paragraphs of nothing but
    quotation it is who spoke before the last speaker, and the only other one about after a question.
    """
    parse = doc.parse
    turns: list[tuple[int, Entity, bool]] = []
    """Paragraphs, who spoke in them outside other quotations, and whether that was a question."""
    for k in order:
        candidate = doc.attributions[k].candidate
        start = candidate.content[0][0]
        paragraph = parse.para_of[start]
        first = parse.paragraphs[paragraph][0]
        if candidate.cue is None and candidate.source is None and candidate.rule != LABEL:
            if about := doc.subject_before(start):
                found[k] = Found(about, "context", "context.subject")
            elif start - first < 2 and (turn := _whose_turn(doc, turns, paragraph, first)):
                found[k] = Found(turn, "context", "context.turn")
        met = found[k]
        if met is not None and met.entity is not None and not (start > first and doc.depth[start - 1]):
            if turns and turns[-1][0] == paragraph:
                turns.pop()
            question = "?" in parse.words[candidate.content[-1][1] - 2 : candidate.content[-1][1]]
            turns.append((paragraph, met.entity, question))


def _whose_turn(doc: Document, turns: Sequence[tuple[int, Entity, bool]], paragraph: int, first: int) -> Entity | None:
    """Who answers in a paragraph that begins with a quotation, given the turns before."""
    if not turns or turns[-1][0] != paragraph - 1:
        return None
    if len(turns) > 1 and turns[-2][0] == paragraph - 2 and turns[-2][1] is not turns[-1][1]:
        return turns[-2][1]
    return doc.other_person(first, turns[-1][1]) if turns[-1][2] else None
