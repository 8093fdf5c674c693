"""Transcripts: is a text one, and where does each speaker's turn begin and end?

A text is a transcript by the share of its lines that begin with the label of a speaker (labels.py), by those labels
that return, and by how the words under them sound; three labels in an article don't make it one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from quotes.grammar.labels import CharSpan, Label, is_titled, label
from quotes.lexicon import words

Transcript = Literal["auto", "yes", "no"]
"""Whether texts are transcripts: told by their lines, always, never."""
TRANSCRIPT: tuple[Transcript, ...] = ("auto", "yes", "no")

LEAST_SHARE = 0.3
"""Of a transcript's lines at least this share begin with a label; of one whose labels are all strong, LEAST_STRONG."""
LEAST_STRONG = 0.12
STRONG = 0.75
"""Share of strong labels from which the form alone decides."""
LEAST_SPOKEN = 0.3
"""Share of turns that sound like speech, where it doesn't."""
DENSE = 0.75
"""Share of a text's lines that begin with a label from which each of them counts, be it there once: Patient:"""
LEAST_TURNS = 4
"""Labels of such a text, all strong, from which its words need not sound like speech."""
LEAST_UNDER = 0.5
"""Share of a text's words that stand under its labels."""
IN_CAPITALS = 0.7
"""Share of labels in capitals from which the others are none unless they have a title: headlines, notes."""
MANY_NAMED = 4
"""Labels with a name among which one letter is a label: a reporter at a briefing."""
QUOTED = 0.5
"""Share of turns in quotation marks from which a text is a list of statements that somebody wrote."""
LINE = re.compile(r"^[^\S\n]*\S[^\n]*", re.M)
WORD = re.compile(r"\w+")
SPOKEN = re.compile(
    r"\b(?:I|I['’]\w+|you|your|me|my|we|we['’]\w+|us|our|yes|no|thanks|thank|okay|well|yeah|sir|madam)\b|\?", re.I
)
"""Words of people who talk to each other."""
BRACKETED = re.compile(r"\((?P<round>[^()\n]{1,60})\)|\[(?P<square>[^\[\]\n]{1,60})\]")
CAPITALS = re.compile(r"[A-Z][A-Z .,;:'’-]{2,}")
STAMP = re.compile(r"\d{1,2}:\d\d(?::\d\d)?")
ASIDE = re.compile(r"[^\n]{3,120}(?:interjecting|having[^\n]{3,90})\s?[—–-]+\s*$", re.M)
"""Hansard's own words among the speeches: Mr Pyke interjecting—"""
BLANK_LINE = re.compile(r"\n\s*\n")
IN_BRACKETS = re.compile(r"\n?[^\S\n]*(?:\([A-Z][^()\n]{1,60}\)\s?){1,3}")
"""A line of nothing but a seat, a party or a name: (Pontarfon) (Lab)"""
QUOTATION = tuple("\"“‘'«„")
ADDRESSED = "dear "
"""Letters and their answers begin so: DEAR MABEL:"""
EDGE = " \t\n\r*_\u00a0"


class Turn(NamedTuple):
    """What one speaker says until the next begins; spans are characters, half-open."""

    label: CharSpan
    """From the beginning of the label's line to where what is said begins."""
    name: CharSpan | None
    """The words of the label that name the speaker."""
    content: tuple[CharSpan, ...]
    """What is said, a part a paragraph, less stage directions and times."""


def turns(text: str, transcript: Transcript = "auto") -> list[Turn]:
    """The turns of a transcript in order; none of any other text.

    Args:
        text: any text.
        transcript: "yes" takes every label for a speaker's, "no" none.
    """
    if transcript == "no":
        return []
    lines = list(_lines(text))
    found = [label(text, a, b) for a, b in lines]
    for labels in (_headed(found), _alone(text, lines, found)):
        if labels and (transcript == "yes" or _is_transcript(text, len(lines), labels)):
            return [turn for turn in _turns(text, labels) if turn.content]
    return []


def _lines(text: str) -> Iterator[CharSpan]:
    """The lines of a text that are not blank; what stands in brackets alone below a line, as a seat, belongs to it."""
    spans = [m.span() for m in LINE.finditer(text)]
    for (start, end), (_, below) in zip(spans, [*spans[1:], (0, 0)], strict=False):
        if IN_BRACKETS.fullmatch(text, start, end) and start:
            continue
        yield start, below if IN_BRACKETS.fullmatch(text, end, below) else end


def _headed(found: Sequence[Label | None]) -> list[Label]:
    """The labels that stand before what is said. "A." is one only where "Q." is, "Q." only where it
    returns or others do, capitals with a stop only where they return."""
    labels = [one for one in found if one and one.form != "line"]
    named = sum(one.strong and one.form == "colon" for one in labels)
    letters = Counter(one.text for one in labels if one.form == "letter")
    stops = Counter(one.key for one in labels if one.form == "stop")
    kept = [
        one
        for one in labels
        if (one.form != "letter" or letters["Q"] > 1 or (letters["Q"] and (letters["A"] or named >= MANY_NAMED)))
        and (one.form != "stop" or stops[one.key] > 1 or one.text.startswith(("Mr", "Ms", "The")))
    ]
    if sum(one.form == "dash" for one in kept) < DENSE * len(found):
        kept = [one for one in kept if one.form != "dash"]  # Monday — rain
    capitals = [one.text.isupper() for one in kept if one.form == "colon"]
    if sum(capitals) > IN_CAPITALS * len(capitals):
        short = {one.text.replace(".", "") for one in kept}  # RL: after Rosa Lindqvist:
        kept = [
            one
            for one in kept
            if one.form != "colon" or _has_capitals(one.text) or is_titled(one.text) or _initials(one.text) in short
        ]
    if len(kept) < DENSE * len(found):
        keys = Counter(one.key for one in kept)
        kept = [one for one in kept if one.strong or keys[one.key] > 1 or one.form in ("time", "letter")]
    first = next((k for k, one in enumerate(kept) if one.name), len(kept))
    return kept[first:]


def _initials(name: str) -> str:
    return "".join(word[0] for word in WORD.findall(name))


def _has_capitals(name: str) -> bool:
    return name.isupper() or any(len(word) > 2 and word.isupper() for word in name.split())


def _alone(text: str, lines: Sequence[CharSpan], found: Sequence[Label | None]) -> list[Label]:
    """Names alone on their lines, each with text below it, where some return; headed labels stand among them."""
    kept = [
        one
        for k, one in enumerate(found)
        if one and (_is_heading(found, k) if one.form == "line" else one.form in ("colon", "stop") and one.strong)
    ]
    keys = Counter(one.key for one in kept)
    kept = [one for one in kept if keys[one.key] > 1 or one.strong]
    returning = {one.key for one in kept if keys[one.key] > 1 and one.form == "line"}
    return kept if returning else []


def _is_heading(found: Sequence[Label | None], k: int) -> bool:
    """Whether the line below a name has words of its own."""
    below = found[k + 1] if k + 1 < len(found) else None
    return k + 1 < len(found) and (below is None or below.form != "line")


def _is_transcript(text: str, lines: int, labels: Sequence[Label]) -> bool:
    named = [one for one in labels if one.name]
    keys = Counter(one.key for one in named)
    if len({one.text for one in named}) < 2:
        return False
    if all(one.text.casefold().startswith(ADDRESSED) for one in named):
        return True
    strong = sum(one.strong for one in named) / len(named)
    said = [text[one.end : end] for one, end in zip(labels, [*(n.start for n in labels[1:]), len(text)], strict=True)]
    opening = [part.strip()[:300] for part, one in zip(said, labels, strict=True) if one.name]
    if sum(part.startswith(QUOTATION) for part in opening) > QUOTED * len(opening):
        return False
    spoken = sum(bool(SPOKEN.search(part)) for part in opening) / len(opening)
    returns = len(named) > len(keys) or all(STAMP.search(text, one.start, one.end) for one in named)
    if not returns and (len(named) < 3 or strong < 1):
        return False
    surely = strong == 1 and len(labels) >= max(LEAST_TURNS, DENSE * lines)
    least = LEAST_STRONG if strong >= STRONG else LEAST_SHARE
    if (spoken < LEAST_SPOKEN and not surely) or len(named) / lines < least:
        return False
    under = len(WORD.findall(text[labels[0].start :])) / max(1, len(WORD.findall(text)))
    return under >= LEAST_UNDER


def _turns(text: str, labels: Sequence[Label]) -> Iterator[Turn]:
    name: CharSpan | None = None
    for one, following in zip(labels, [*labels[1:], None], strict=True):
        end = following.start if following else len(text)
        name = one.name or name  # after a time alone the same speaker goes on
        yield Turn((one.start, one.end), name, tuple(_parts(text, one.end, end)))


def _parts(text: str, start: int, end: int) -> Iterator[CharSpan]:
    """What is said between two places, a part a paragraph and on either side of a stage direction."""
    gaps = [m.span() for m in BLANK_LINE.finditer(text, start, end)]
    gaps += [m.span() for m in BRACKETED.finditer(text, start, end) if _is_direction(m)]
    gaps += [m.span() for m in ASIDE.finditer(text, start, end)]
    at = start
    for a, b in [*sorted(gaps), (end, end)]:
        if part := _trimmed(text, at, max(at, a)):
            yield part
        at = max(at, b)


def _is_direction(bracketed: re.Match[str]) -> bool:
    inside = (bracketed["round"] or bracketed["square"]).strip()
    if STAMP.match(inside) or CAPITALS.fullmatch(inside):
        return True
    low = inside.lower().strip(".")
    return any(low == word or low.startswith(word + " ") for word in words("directions"))


def _trimmed(text: str, start: int, end: int) -> CharSpan | None:
    """A span without blanks and marks of bold type at its edges; None where no word is left."""
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    return (start, end) if WORD.search(text, start, end) else None
