"""Who says what in a source: by the labels of a transcript, else by the quotes of an article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from quotes.grammar.boundaries import paragraph_spans
from quotes.grammar.labels import is_titled
from quotes.grammar.marks import pair
from quotes.grammar.turns import turns
from quotes.people.forms import compare, form
from quotes.read.document import Document
from quotes.records import Quote, Speaker
from quotes.resolve.names import fold

Extract = Callable[[str, str], list[Quote]]
"""A text and its id to its quotes."""
SHORTEST = 3
"""Letters of a word that a label and a description may share."""


class Stretch(NamedTuple):
    """What one voice says; characters, half-open."""

    start: int
    end: int
    name: str


class Voices:
    """The voices of sources, found where they are asked for and kept.

    Args:
        extract: finds the quotes of sources that are no transcripts but quote somebody; None asks transcripts only.
    """

    def __init__(self, extract: Extract | None = None) -> None:
        self._extract = extract
        self._of: dict[str, list[Stretch]] = {}

    def of(self, document: Document) -> list[Stretch]:
        """All that is known to be somebody's, in order."""
        if document.id not in self._of:
            self._of[document.id] = self._found(document)
        return self._of[document.id]

    def at(self, document: Document, start: int, end: int) -> str | None:
        """Whose the larger part of a stretch is; None where that isn't told."""
        best = max(self.of(document), key=lambda one: min(end, one.end) - max(start, one.start), default=None)
        return best.name if best and 2 * (min(end, best.end) - max(start, best.start)) > end - start else None

    def _found(self, document: Document) -> list[Stretch]:
        text = document.text
        labelled = [
            Stretch(a, b, text[slice(*turn.name)]) for turn in turns(text) if turn.name for a, b in turn.content
        ]
        if labelled or self._extract is None or not pair(text, paragraph_spans(text)):
            return labelled
        return [
            Stretch(part.start, part.end, quote.speaker.name)
            for quote in self._extract(text, document.id)
            if quote.type == "direct" and quote.speaker and quote.speaker.name
            for part in quote.content
        ]


def fits(speaker: Speaker | None, name: str, all_names: Sequence[str] = ()) -> bool | None:
    """Whether a quote's speaker is whom a source names; None where that can't be told.

    Args:
        speaker: the quote's.
        name: the label or name in the source.
        all_names: all of the source. Where one of the others is the speaker, this one isn't.

    Raises:
        quotes.extras.MissingPackage: a ValueError: rapidfuzz is not installed.
    """
    if speaker is None or speaker.name is None or speaker.kind not in ("person", "unknown"):
        return None
    if _is(speaker, name):
        return True
    if any(_is(speaker, other) for other in all_names if other != name):
        return False
    return False if is_titled(name) or _is_full_name(name) else None


def _is(speaker: Speaker, name: str) -> bool:
    plain = name.split(maxsplit=1)[1] if is_titled(name) else name
    if speaker.name and compare(form(speaker.name, "person"), form(plain, "person")):
        return True
    role = {word for word in fold(speaker.description or "").split() if len(word) >= SHORTEST}
    return name.isupper() and fold(name).split()[-1] in role  # THE PRESIDENT


def _is_full_name(name: str) -> bool:
    return len(form(name, "person").given) > 0 and not fold(name).startswith("the ")
