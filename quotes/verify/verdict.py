"""Is what stands in quotation marks what was said? The verdict on a quote, and the words that differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, Literal

from quotes.records import Quote
from quotes.verify.differences import Difference, differences
from quotes.verify.index import Sources
from quotes.verify.placing import Placed, in_order, link, places, runs
from quotes.verify.quotation import Piece, pieces
from quotes.verify.voices import Voices, fits

Status = Literal["verbatim", "altered", "joined", "other speaker", "absent"]
STATUSES: tuple[Status, ...] = ("verbatim", "altered", "joined", "other speaker", "absent")
WRONG: tuple[Status, ...] = ("altered", "other speaker", "absent")
"""What somebody should look at before the article goes out."""
LEAST = 0.6
"""Similarity under which a passage is another statement."""
SHORT = 3
"""Words of a piece that is found word for word or not at all: two of three are found in any text."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Where the words were said; characters of the source's text, half-open."""

    source: str
    """The id of the document."""
    start: int
    end: int
    text: str
    speaker: str | None
    """Whom the source names there; null where it names nobody."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of a quote's words.

    ``verbatim``: said so, but for what is tolerated. ``altered``: words are left out, put in or changed. ``joined``:
    every word was said, but in several places. ``other speaker``: it was said by somebody else. ``absent``: nothing
    like it is in the sources.
    """

    status: Status
    similarity: float
    """Of all words, of the quotation and of the passages, the share that have a counterpart, 0 to 1."""
    source: str | None
    """The document in which most of it stands; null where it is absent."""
    passages: tuple[Passage, ...]
    """One for each place, in the order of the quotation."""
    differences: tuple[Difference, ...]
    """In the order of the quotation."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        found = asdict(self)
        return {key: list(value) if isinstance(value, tuple) else value for key, value in found.items()}


ABSENT = Verification("absent", 0.0, None, (), ())


def verify(quote: Quote, text: str, sources: Sources, voices: Voices) -> Verification | None:
    """Look for a quote in the sources; None for one of which nothing stands in quotation marks.

    Args:
        quote: a quote of the text.
        text: the article's text, into which its offsets count.
        sources: where to look.
        voices: who says what in them.

    Raises:
        quotes.extras.MissingPackage: a ValueError: rapidfuzz is not installed.
    """
    parts = pieces(quote, text)
    if not parts:
        return None
    placed = _placed(parts, sources, quote, voices)
    found = [one for one in placed if one]
    if not found:
        return ABSENT
    sizes = [sum(len(one.words) for one in some) for some in found]
    missing = sum(len(part.words) for part, some in zip(parts, placed, strict=True) if not some)
    flat = [one for some in found for one in some]
    alike = sum(one.similarity * len(one.words) for one in flat) / (sum(sizes) + missing)
    if alike < LEAST:
        return ABSENT
    passages = [_passage(one, sources, voices) for one in flat]
    links = {link(before, a, b, sources) for (_, a), (before, b) in pairwise(in_order(parts, placed))}
    status: Status = "verbatim"
    if any(_fits(one, sources, quote, voices) is False for one in flat):
        status = "other speaker"
    elif missing or "left out" in links or any(one.altered for one in flat):
        status = "altered"
    elif "apart" in links:
        status = "joined"
    longest = max(range(len(flat)), key=lambda k: len(flat[k].words))
    differing = tuple(differences(parts, placed, sources, text))
    return Verification(status, round(alike, 3), passages[longest].source, tuple(passages), differing)


def _placed(parts: Sequence[Piece], sources: Sources, quote: Quote, voices: Voices) -> list[list[Placed]]:
    """Where each piece is, from one place or from several; the longest first, as the others are looked for near it."""
    found: list[list[Placed]] = [[] for _ in parts]
    anchor = max(range(len(parts)), key=lambda k: len(parts[k].words))
    order = [anchor, *range(anchor + 1, len(parts)), *range(anchor - 1, -1, -1)]
    for k in order:
        beside = found[k - 1][-1:] if k > anchor else found[k + 1][:1] if k < anchor else []
        near = beside[0] if beside else None
        choice = places(parts[k], sources, near)
        if choice:
            best = max(choice, key=lambda one: _preference(one, near, _fits(one, sources, quote, voices)))
            found[k] = [best] if _is_found(best) else []
            if best.altered and (joined := runs(parts[k].words, sources)) and not _left_out_only(best):
                found[k] = joined
    return found


def _preference(one: Placed, near: Placed | None, fit: bool | None) -> tuple[Any, ...]:
    """Of several places the one most like it, then by the right speaker, then nearest to what stands beside it."""
    far = abs(one.place.first - near.place.first) if near else one.place.first
    right = {True: 2, None: 1, False: 0}[fit]
    return (not one.altered and right > 0, round(one.similarity, 6), right, -far)


def _is_found(one: Placed) -> bool:
    if not one.altered:
        return True
    return len(one.words) > SHORT and one.similarity >= LEAST


def _left_out_only(one: Placed) -> bool:
    return all(step.alike or step.quoted is None for step in one.steps)


def _fits(one: Placed, sources: Sources, quote: Quote, voices: Voices) -> bool | None:
    document = sources.documents[one.document]
    name = voices.at(document, *sources.span(one.place))
    if name is None:
        return None
    return fits(quote.speaker, name, sorted({stretch.name for stretch in voices.of(document)}))


def _passage(one: Placed, sources: Sources, voices: Voices) -> Passage:
    document = sources.documents[one.document]
    start, end = sources.span(one.place)
    return Passage(document.id, start, end, document.text[start:end], voices.at(document, start, end))
