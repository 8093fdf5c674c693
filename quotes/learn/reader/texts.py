"""Annotated articles as windows of wordpieces with the right answer for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from quotes.decide.careful.pieces import Pieces, pieces
from quotes.decide.careful.reader import ANSWERS
from quotes.forest import Matrix
from quotes.grammar.boundaries import paragraph_spans
from quotes.grammar.marks import pair
from quotes.learn.gold import Annotation, Document, Spans


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text and its right answers."""

    id: str
    pieces: Pieces
    right: Matrix | None
    """For each wordpiece and each of the ANSWERS the share of the annotators who say yes; None of a text that was not
    annotated in whole: it is read only."""


def lessons(documents: Iterable[Document]) -> list[Lesson]:
    """Texts, those of one id once, in the order in which the ids come."""
    versions: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        versions[document.id].append(document)
    return [_lesson(name, same) for name, same in versions.items()]


def _lesson(name: str, same: Sequence[Document]) -> Lesson:
    text = same[0].text
    paragraphs = paragraph_spans(text)
    of = pieces(text, paragraphs, [q for q in pair(text, paragraphs) if not q.depth])
    whole = [_answers(of, one.annotations) for one in same if one.complete]
    return Lesson(name, of, np.mean(whole, axis=0) if whole else None)


def _answers(of: Pieces, annotations: Sequence[Annotation]) -> Matrix:
    out = np.zeros((len(of), len(ANSWERS)))
    for one in annotations:
        for first, last in _covered(of, one.content):
            out[first:last, 0] = out[first, 1] = out[last - 1, 2] = 1
        for column, spans in ((3, one.cue), (4, one.source)):
            for first, last in _covered(of, spans):
                out[first:last, column] = 1
    return out


def _covered(of: Pieces, spans: Spans) -> Iterable[tuple[int, int]]:
    """The wordpieces that stand in each span, half-open; a span in which none stands is left out."""
    for start, end in spans:
        first, last = np.searchsorted(of.end, start, side="right"), np.searchsorted(of.start, end, side="left")
        if first < last:
            yield int(first), int(last)
