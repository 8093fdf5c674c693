"""A text as the second reader takes it: wordpieces in small letters, a marker for what small letters lose, windows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

from quotes.extras import need

WINDOW = 192
"""Wordpieces that are read together at most, the two at the ends that say so among them."""
FIRST, LAST = 101, 102
"""The wordpieces that stand at a window's ends."""
CASES, STATES = 3, 4
MARKERS = CASES * STATES * 2
"""How many markers there are: of case, of quotation, and of a paragraph's first wordpiece."""
OUTSIDE, OPENS, INSIDE, CLOSES = range(STATES)
SENTENCE_ENDS = frozenset(".!?")

Window = tuple[int, int]
"""Wordpieces read together, half-open."""


class Marked(Protocol):
    """A stretch in quotation marks, in characters, half-open, marks included."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def closed(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text's wordpieces, four lists of one length."""

    ids: list[int]
    markers: list[int]
    """What the vocabulary, which is one of small letters, does not tell; see MARKERS."""
    start: list[int]
    end: list[int]
    """Where each stands, in characters, half-open."""

    def __len__(self) -> int:
        return len(self.ids)


@cache
def tokenizer() -> Any:
    """The tokenizer of the model's vocabulary.

    Raises:
        quotes.extras.MissingPackage: the package "tokenizers" is not installed.
    """
    known = need("tokenizers", "careful").Tokenizer.from_str(
        files("quotes.decide.careful").joinpath("tokenizer.json").read_text(encoding="utf-8")
    )
    known.no_truncation()
    known.no_padding()
    return known


def pieces(text: str, paragraphs: Sequence[tuple[int, int]], quotations: Iterable[Marked]) -> Pieces:
    """The wordpieces of a text.

    Args:
        text: the text.
        paragraphs: where its paragraphs stand, in characters, half-open, in their order.
        quotations: what stands in quotation marks in it, nested ones left out.
    """
    inside = _states(text, quotations)
    out = Pieces([], [], [], [])
    for begin, stop in paragraphs:
        encoded = tokenizer().encode(text[begin:stop], add_special_tokens=False)
        for k, (number, (a, b)) in enumerate(zip(encoded.ids, encoded.offsets, strict=True)):
            a, b = a + begin, b + begin
            out.ids.append(number)
            out.markers.append(_case(text[a:b]) + CASES * inside[a] + CASES * STATES * (not k))
            out.start.append(a)
            out.end.append(b)
    return out


def _case(form: str) -> int:
    """0 for small letters and what has no case, 1 for a capital first, 2 for capitals only."""
    if len(form) > 1 and form.isupper():
        return 2
    return int(form[:1].isupper())


def _states(text: str, quotations: Iterable[Marked]) -> bytearray:
    """For each character whether it stands in a quotation, opens or closes one."""
    out = bytearray(len(text))
    for q in quotations:
        out[q.start : q.end] = bytes([INSIDE]) * (q.end - q.start)
        out[q.start] = OPENS
        if q.closed:
            out[q.end - 1] = CLOSES
    return out


def windows(of: Pieces) -> Iterator[Window]:
    """Whole paragraphs that fit into a window together; a longer one is cut, where it can be after a sentence."""
    most, begin, last = WINDOW - 2, 0, len(of)
    while begin < last:
        end = min(begin + most, last)
        if end < last:
            end = _cut(of, begin, end)
        yield begin, end
        begin = end


def _cut(of: Pieces, begin: int, end: int) -> int:
    """The best place to end a window: before a paragraph, else after a sentence's end, else where it is full."""
    half = (begin + end) // 2
    for k in range(end, half, -1):
        if of.markers[k] >= CASES * STATES:
            return k
    ends = {tokenizer().token_to_id(mark) for mark in SENTENCE_ENDS}
    for k in range(end, half, -1):
        if of.ids[k - 1] in ends:
            return k
    return end
