"""Pairs quotation marks, a paragraph at a time, by the characters around them alone.

Marks fall into families that close one another: double (" “ ” „ ‟ `` '' ‘‘ ’’), single (' ‘ ’ ‚ ‛ `), and
the two guillemets. Every mark first gets a role: its shape says it, or what stands on either side of it (the
one before a word opens, the one after a word closes), or, where neither does, whether one is open already.
Then a stack pairs them. What is left over costs its own paragraph at most: either the quotation was left open
there, or the mark is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from quotes.lexicon import words

ANY = "\"'“”‘’«»„‟‚‛‹›`＂"
RUN = re.compile(rf"[{ANY}](?<!\w['’‘`](?=\w))[{ANY}]*")
"""Marks that stand together, but for a single apostrophe inside a word."""
MARK = re.compile("''|``|‘‘|’’|.")
CLOSING_MARK = re.compile("'(?=''$)|''|``|‘‘|’’|.")
"""The marks of a run; after a word, of three straight ones the single comes first (''He said 'no''')."""

OPEN, CLOSE, EITHER = "open", "close", "either"
FAMILIES = DOUBLE, SINGLE, ANGLE, SINGLE_ANGLE = "double", "single", "angle", "single angle"
FAMILY = {
    **dict.fromkeys(["“", "”", "„", "‟", '"', "＂", "''", "``", "‘‘", "’’"], DOUBLE),
    **dict.fromkeys(["'", "‘", "’", "‚", "‛", "`"], SINGLE),
    **dict.fromkeys("«»", ANGLE),
    **dict.fromkeys("‹›", SINGLE_ANGLE),
}
SHAPE = {
    **dict.fromkeys(["“", "„", "‟", "``", "‘‘", "«", "‹", "‘", "‚", "‛"], OPEN),
    **dict.fromkeys(["”", "’’", "»", "›", "’"], CLOSE),
}
UNSEEN = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
BEFORE_OPENING = frozenset("([{<–—-―‒−/=|•*_>" + UNSEEN)
AFTER_CLOSING = frozenset(")]}>,.;:!?…–—-―‒−/=|*_" + UNSEEN)
SPEECH_END = frozenset(",.!?…")
SENTENCE_CLOSE = frozenset(".!?…")
SPEECH_BEGIN = frozenset(',:.!?…"”')

WORD = re.compile(r"\w{1,9}")
DECADE = re.compile(r"\d\ds?")
ELIDED = re.compile(r"(?:\w[sS]|\win|\b(?:[nN]|[oO]|an|ol|th|wi)|(?<![\d,.])\d{1,3})$")
"""Before an apostrophe that could close: the students' union, goin' home, Guns N' Roses, 6' tall."""
INCHES = re.compile(r"(?<![\d,.$£€])\d{1,3}(?:[.,]\d)?$")
LOOK_BACK = 8
"""Characters that ELIDED and INCHES need to see."""
NON_BLANK = re.compile(r"\S")
SENTENCE_END = re.compile(r"[.!?]\s")
REPORTED = re.compile(r",\s[^,.!?]*\b(?:said|says|added|adds|asked|replied|told)\b[^,.!?]*[.!?]\s*$")
"""The end of a sentence that says who said it: a closing mark is missing before the comma."""
SAYS = r"(?:said|says|added|adds|asked|asks|replied|told|answered|explained|warned|wrote|recalled|insisted)"
REPORT = re.compile(
    r"(?<=[,!?…])\s+(?:"
    r"(?:[A-Z]|(?:he|she|they|the|a|an|his|her|their|one)\b)"
    r"(?:(?!\b(?:who|which)\b)[^.!?\"“”„«»]){0,90}?"
    rf"\b{SAYS}\b(?=(?:,?\s(?!that\b|if\b)[\w'’-]+){{0,7}}\s*(?:[.!?]|$))"
    rf"|{SAYS}\s(?:[A-Z]|(?:he|she|they|the|a|an|his|her|their|one)\b|[a-z-]+ [A-Z])[^.!?\"“”„«»]{{0,60}}(?:[.!?]|$))"
)
"""A report behind what was said, its closing mark missing: …, Marta Ilves, the minister, said on Monday."""
REPORT_BEHIND = re.compile(
    rf"\s*(?:{SAYS}\s(?:[A-Z]|(?:he|she|they|the|a|an|his|her|their|one)\b|[a-z-]+ [A-Z])"
    r"|(?:[A-Z]|(?:he|she|they|the|a|an|his|her|their|one)\b)"
    rf"(?:(?!\b(?:who|which)\b)[^.!?\"“”„«»]){{0,90}}?\b{SAYS}\b)"
)
"""A report directly behind a closing mark."""
SENTENCE_START = re.compile(r"(?<!\bMr)(?<!\bDr)(?<!\bMs)(?<!\bMrs)(?<![\s.][A-Z])[.!?…][\"”’')]*\s+(?=[A-Z])")
LEAST_SAID = 2
"""Words of a quotation whose closing mark is missing before a report."""
REPORT_REACH = 80
DOUBTFUL_REACH = 80
"""Characters within which a mark that may as well be an apostrophe still closes a quotation."""


Span = tuple[int, int, bool, bool]
"""A quotation without its depth: start, end, closed, continues."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands in quotation marks, the marks included; offsets are characters of the text, half-open."""

    start: int
    """The opening mark; where it was lost, the first character of what is said."""
    end: int
    """One past the closing mark; where none stands, the end of the paragraph less its trailing blanks."""
    closed: bool
    """Whether a closing mark stands at its end."""
    continues: bool
    """Left open where the next paragraph, or the next sentence, opens with a mark: the same speech goes on there."""
    depth: int
    """How many quotations it stands in; 0 is outermost."""


class Mark(NamedTuple):
    """A mark with what its surroundings say of it."""

    start: int
    end: int
    family: str
    role: str
    doubtful: bool = False
    """Looks like a closing mark, but may be an apostrophe or a prime."""
    ends_speech: bool = False
    """Stands after punctuation or before a comma, as closing marks of speech do."""


def is_mark(word: str) -> bool:
    """Whether a word is nothing but quotation marks."""
    return not word.strip(ANY)


def pair(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[Quotation]:
    """The quotations of a text, nested ones included. Takes linear time; no text makes it raise.

    Args:
        text: any text.
        paragraphs: character spans of its paragraphs, half-open, in order; blanks may stand at their ends.

    Returns:
        quotations in text order, an outer one before those inside it. None crosses a paragraph's end; of two
        that overlap, one lies inside the other.
    """
    filled = [span for a, b in paragraphs if (span := _trimmed(text, a, b))]
    marks = [list(_marks(text, a, b)) for a, b in filled]
    single_first = _single_first(marks)
    leads = [_lead(a, ms) for (a, _), ms in zip(filled, marks, strict=True)]
    leads.append(frozenset())
    found: list[Quotation] = []
    for k, span in enumerate(filled):
        if marks[k]:
            closed, left = _match(text, span[0], marks[k], single_first)
            found += _nested(closed + _left_open(text, span, left, leads[k + 1], single_first))
    return found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A span without the blanks at its ends; None where there is nothing else."""
    part = text[start:end]
    body = part.rstrip()
    return (start + len(body) - len(body.lstrip()), start + len(body)) if body else None


def _marks(text: str, start: int, end: int) -> Iterator[Mark]:
    """The marks of a paragraph in order, without the apostrophes that can be nothing else."""
    for run in RUN.finditer(text, start, end):
        first, last = run.span()
        before = text[first - 1] if first > start else ""
        after = text[last] if last < end else ""
        place = _place(before, after)
        pattern = CLOSING_MARK if place == CLOSE else MARK
        glyphs = [(first + m.start(), m[0], FAMILY[m[0]]) for m in pattern.finditer(run[0])]
        alone = all(family == glyphs[0][2] for _, _, family in glyphs)
        ends_speech = alone and (before in SPEECH_END or after == ",")
        tail = text[max(start, first - LOOK_BACK) : first]
        for at, glyph, family in glyphs:
            stop = at + len(glyph)
            if family != SINGLE:
                doubtful = at == first and place != OPEN and INCHES.search(tail) is not None
                yield Mark(at, stop, family, _role(glyph, place, before, after), doubtful, ends_speech)
            elif role := _single_role(glyph, place, before, after):
                if place != CLOSE and stop == last and _is_elision(text, stop, end):
                    continue
                if role == CLOSE and tail.endswith(("'n", "’n", "‘n")):
                    continue
                doubtful = role == CLOSE and stop == last and _may_be_elided(text, tail, stop, end)
                yield Mark(at, stop, family, role, doubtful, ends_speech)


def _place(before: str, after: str) -> str:
    """What the characters on either side of a mark, "" at the paragraph's ends, make of it."""
    starts = not before or before.isspace() or before in BEFORE_OPENING
    ends = not after or after.isspace() or after in AFTER_CLOSING
    if starts == ends:
        return EITHER
    return OPEN if starts else CLOSE


def _role(glyph: str, place: str, before: str, after: str) -> str:
    """The role of a mark that is never an apostrophe: its shape, unless its place speaks against it."""
    shape = SHAPE.get(glyph, place)
    misplaced = place not in (shape, EITHER) or (place == CLOSE and before == ":")  # said:" We won"
    nothing_opens = shape == OPEN and (not after or (after.isspace() and before.isspace()))  # is safe, “ she said
    nothing_closes = shape == CLOSE and (not before or before.isspace())
    return EITHER if misplaced or nothing_opens or nothing_closes else shape


def _single_role(glyph: str, place: str, before: str, after: str) -> str | None:
    """The role of a single mark; None where it is an apostrophe."""
    if place == OPEN:
        return None if glyph == "’" else OPEN
    if place == CLOSE:
        return OPEN if glyph == "‚" else CLOSE
    if before in SPEECH_END and after.isalnum():  # a space is missing: 'We won.'He left
        return CLOSE
    if before == ":" and after.isalnum():
        return OPEN
    if after and not after.isspace() and (not before or before.isspace()):  # '… and then'
        return OPEN
    if before and not before.isspace() and (not after or after.isspace()):  # 'But –' he said
        return CLOSE
    return SHAPE.get(glyph)


def _is_elision(text: str, stop: int, end: int) -> bool:
    """Whether the word after a mark shows it to be an apostrophe: '90s, 'tis, give 'em, the U.S.'s."""
    match = WORD.match(text, stop, end)
    word = match[0].lower() if match else ""
    return word in words("elisions") or DECADE.fullmatch(word) is not None


def _may_be_elided(text: str, tail: str, stop: int, end: int) -> bool:
    """Whether a mark follows a word that could end in an apostrophe, and the sentence goes on behind it."""
    rest = text[stop : min(end, stop + 3)]
    going_on = rest[:1].isspace() and rest.lstrip()[:1] not in AFTER_CLOSING
    return going_on and ELIDED.search(tail) is not None


def _single_first(marks: list[list[Mark]]) -> bool:
    """Whether the document sets its speech in single marks, as British papers do."""
    opened, closed = {SINGLE: 0, DOUBLE: 0}, {SINGLE: 0, DOUBLE: 0}
    for mark in (m for paragraph in marks for m in paragraph if m.family in opened):
        if mark.role != CLOSE:
            opened[mark.family] += 1
        if mark.role != OPEN and mark.ends_speech and not mark.doubtful:
            closed[mark.family] += 1
    return min(opened[SINGLE], closed[SINGLE]) > closed[DOUBLE]


def _lead(start: int, marks: list[Mark]) -> frozenset[str]:
    """The families of the marks that open at a paragraph's first character."""
    families = set()
    for mark in marks:
        if mark.start != start or mark.role == CLOSE:
            break
        families.add(mark.family)
        start = mark.end
    return frozenset(families)


def _match(text: str, start: int, marks: list[Mark], single_first: bool) -> tuple[list[Span], list[Mark]]:
    """Closed quotations of a paragraph that begins at a character, in the order in which they close, and marks left
    open, outer first.

    Of the marks left open only the last of its shape is handed on: where another opened after it, the earlier
    one's closing mark is missing, and nothing tells where it belongs.
    """
    closed: list[Span] = []
    inner: Mark | None = None
    stack: list[Mark] = []
    standing = dict.fromkeys(FAMILIES, 0)
    latest: dict[str, Mark] = {}
    for mark, excluded in zip(marks, _excluded(marks, single_first), strict=True):
        family = mark.family
        if stack and (spoken := _given_up(text, stack[-1], mark)):
            standing[stack.pop().family] -= 1
            closed.append(spoken)
        if stack and _taken_up(text, stack[-1], mark):
            opening = stack.pop()
            standing[family] -= 1
            closed.append((opening.start, len(text[opening.start : mark.start].rstrip()) + opening.start, False, True))
        if mark.role == OPEN or (mark.role == EITHER and not standing[family]):
            if not mark.doubtful:
                stack.append(mark)
                standing[family] += 1
                latest[text[mark.start : mark.end]] = mark
            continue
        if not stack and (unopened := _unopened(text, closed[-1][1] if closed else start, mark)):
            closed.append(unopened)
        if not standing[family] or (excluded and standing[family] == 1):
            continue
        if not _closes(text, mark, stack[-1], single_first):
            continue
        while stack[-1].family != family:
            standing[stack.pop().family] -= 1
        opening = stack.pop()
        standing[family] -= 1
        if NON_BLANK.search(text, opening.end, mark.start):
            if inner and inner.family == family and closed[-1][:2] == (opening.end, mark.start):
                closed.pop()  # doubled marks: ""We won""
            closed.append((opening.start, mark.end, True, False))
            inner = opening
    return closed, [m for m in stack if latest[text[m.start : m.end]] is m]


def _given_up(text: str, opening: Mark, mark: Mark) -> Span | None:
    """The quotation that lost its closing mark before a report, where another opens behind it: “We are sorry, Rita Amin
    said. “It was old,” said Paul Sorley."""
    if mark.role != OPEN or mark.family != opening.family or mark.family == SINGLE or mark.doubtful:
        return None
    return _before_report(text, opening, mark.start)


def _unopened(text: str, start: int, mark: Mark) -> Span | None:
    """The sentence that lost its opening mark, by the mark that closes it and the report behind: It was old,” said Paul
    Sorley."""
    if not mark.ends_speech or mark.family == SINGLE or mark.doubtful or not REPORT_BEHIND.match(text, mark.end):
        return None
    sentences = [m.end() for m in SENTENCE_START.finditer(text, start, mark.start)]
    first = sentences[-1] if sentences else start
    said = text[first : mark.start]
    if len(said.split()) < LEAST_SAID or not said[:1].isupper() or REPORTED.search(said):
        return None
    return first, mark.end, True, False


def _before_report(text: str, opening: Mark, end: int) -> Span | None:
    """What a mark that is never closed opens, up to the report behind it; None where none follows before an end."""
    report = REPORT.search(text, opening.end, end)
    if report is None or len(text[opening.end : report.start()].split()) < LEAST_SAID:
        return None
    return opening.start, report.start(), False, False


def _taken_up(text: str, opening: Mark, mark: Mark) -> bool:
    """Whether speech left open goes on at a mark in the same paragraph, where its paragraph break was lost.

    The mark opens a sentence with a capital letter, and so did the one before, or it followed a comma or colon.
    """
    if mark.role != OPEN or mark.family != opening.family or mark.family == SINGLE or mark.doubtful:
        return False
    if text[mark.start : mark.end] != text[opening.start : opening.end] or not text[mark.end : mark.end + 1].isupper():
        return False
    if REPORTED.search(text[max(opening.end, mark.start - REPORT_REACH) : mark.start]):
        return False
    ends = [text[max(0, m.start - LOOK_BACK) : m.start].rstrip()[-1:] for m in (opening, mark)]
    return ends[1] in SENTENCE_CLOSE and (not ends[0] or ends[0] in SPEECH_BEGIN)


def _excluded(marks: list[Mark], single_first: bool) -> list[bool]:
    """Which doubtful marks are apostrophes or primes: a surer one to close follows before the next opens."""
    sure = dict.fromkeys(FAMILIES, False)
    excluded = []
    for mark in reversed(marks):
        excluded.append(mark.doubtful and sure[mark.family])
        if not mark.doubtful:
            sure[mark.family] = mark.role != OPEN
            if mark.family != SINGLE and not single_first:
                sure[SINGLE] = False
    return excluded[::-1]


def _closes(text: str, mark: Mark, top: Mark, single_first: bool) -> bool:
    """Whether a mark whose family stands open closes, given the mark that opened last.

    Single marks may be apostrophes after all: only where they are the document's marks of speech do they end
    what other marks opened inside.
    """
    if mark.family != SINGLE:
        return True
    if top.family != SINGLE:
        return single_first and not mark.doubtful
    near = mark.start - top.end <= DOUBTFUL_REACH
    return not mark.doubtful or (near and not SENTENCE_END.search(text, top.end, mark.start))


def _left_open(
    text: str, span: tuple[int, int], left: list[Mark], lead: frozenset[str], single_first: bool
) -> list[Span]:
    """The quotations that run to their paragraph's end: those that the next paragraph takes up, and those
    that begin the paragraph or follow a comma or colon, as speech does."""
    start, end = span
    kept: list[Span] = []
    for mark in left:
        goes_on = mark.family in lead
        apostrophe = mark.family == SINGLE and not single_first and not kept
        before = text[start : mark.start].rstrip()[-1:]
        stray = mark.end == end or (before and text[mark.end].isspace())
        if not apostrophe and not stray and (goes_on or (not kept and before in ("", ",", ":"))):
            spoken = _before_report(text, mark, end)
            if spoken and goes_on and SENTENCE_END.search(text, spoken[1] + 1, end):
                spoken = None  # in speech that goes on somebody may tell what others said
            kept.append(spoken or (mark.start, end, False, goes_on))
    return kept


def _nested(spans: list[Span]) -> list[Quotation]:
    """Quotations of one paragraph in text order, each with its depth."""
    quotations = []
    ends: list[int] = []
    for start, end, closed, continues in sorted(spans, key=lambda s: (s[0], -s[1])):
        while ends and ends[-1] <= start:
            ends.pop()
        quotations.append(Quotation(start, end, closed, continues, len(ends)))
        ends.append(end)
    return quotations
