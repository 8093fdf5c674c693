"""All sources as one row of words, sorted by runs of three: where words stand together, and where nearly the same do.

The runs are sorted by the numbers of their words, so that one array answers for three words, for two and for one. It
takes some 40 bytes a word: 5 million words, 1,000 long transcripts, 200 MB.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from quotes.verify.words import words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from quotes.read.document import Document

BITS = 21
"""Of a word's number in a run: two million different words; further ones share a number with another in the runs."""
MASK = (1 << BITS) - 1
RARE = 64
"""A run that stands at more places tells nothing of where a quotation is from, unless there is no rarer one."""
MOST = 512
"""Places that are looked at for one quotation."""
LIKELY = 5
"""Places that are compared word by word."""
NEAR = 16
"""Words by which the places that runs of one passage point to may differ."""
BARRIER = 0
"""The number that stands behind each source's last word, so that nothing runs from one source into the next."""


class Place(NamedTuple):
    """Words of a source; their numbers among all words, half-open."""

    first: int
    last: int


class Sources:
    """Texts to look in. Add all of them, then look.

    The first look sorts what was added since the last.
    """

    def __init__(self) -> None:
        self.documents: list[Document] = []
        self._first: list[int] = []
        self._vocabulary: dict[str, int] = {"": BARRIER}
        self._plain: list[str] = [""]
        self._numbers, self._starts, self._ends = array("i"), array("i"), array("i")
        self._sorted = -1

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, document: Document) -> int:
        """Take a source in; gives the number of its words."""
        self.documents.append(document)
        self._first.append(len(self._numbers))
        found = words(document.text, directions=True)
        for start, end, plain in found:
            number = self._vocabulary.setdefault(plain, len(self._plain))
            if number == len(self._plain):
                self._plain.append(plain)
            self._numbers.append(number)
            self._starts.append(start)
            self._ends.append(end)
        for numbers, value in ((self._numbers, BARRIER), (self._starts, 0), (self._ends, 0)):
            numbers.append(value)
        return len(found)

    def document_at(self, at: int) -> int:
        """Which document a word is of."""
        return bisect_right(self._first, at) - 1

    def bounds(self, document: int) -> Place:
        """All words of a document."""
        following = self._first[document + 1] if document + 1 < len(self._first) else len(self._numbers)
        return Place(self._first[document], following - 1)

    def span(self, place: Place) -> tuple[int, int]:
        """The characters of some words in their document."""
        return self._starts[place.first], self._ends[place.last - 1]

    def plain(self, place: Place) -> list[str]:
        """Some words as they are compared."""
        return [self._plain[number] for number in self._numbers[place.first : place.last]]

    def exact(self, quoted: Sequence[str]) -> list[Place]:
        """Everywhere that these plain words stand, together and in this order."""
        numbers = self._known(quoted)
        if not quoted or BARRIER in numbers:
            return []
        self._sort()
        size = min(3, len(numbers))
        runs = [self._run(numbers[i : i + size]) for i in range(len(numbers) - size + 1)]
        i = min(range(len(runs)), key=lambda k: len(runs[k]))
        starts = runs[i] - i
        starts = starts[(starts >= 0) & (starts + len(numbers) <= len(self._array))]
        for k, number in enumerate(numbers):
            starts = starts[self._array[starts + k] == number]
        return [Place(int(start), int(start) + len(numbers)) for start in np.sort(starts)]

    def longest(self, quoted: Sequence[str]) -> list[Place]:
        """Everywhere that the most of the first of these words stand, at least three, together and in this order."""
        numbers = self._known(quoted)
        if len(numbers) < 3 or BARRIER in numbers[:3]:
            return []
        self._sort()
        starts, size = self._run(numbers[:3]), 3
        while size < len(numbers) and len(starts):
            further = starts[starts + size < len(self._array)]
            further = further[self._array[further + size] == numbers[size]]
            if not len(further):
                break
            starts, size = further, size + 1
        return [Place(int(start), int(start) + size) for start in np.sort(starts)]

    def likely(self, quoted: Sequence[str]) -> list[int]:
        """Where a passage with many of these words may begin, likeliest first: the numbers of words of sources.

        Runs of three that are not everywhere vote for where the quotation would begin; if there are none, runs of two,
        or single words.
        """
        numbers = self._known(quoted)
        self._sort()
        for size in (3, 2, 1):
            runs = [(i, numbers[i : i + size]) for i in range(len(numbers) - size + 1)]
            places = [(i, self._run(run)) for i, run in runs if BARRIER not in run]
            places = sorted(((i, found) for i, found in places if len(found)), key=lambda item: len(item[1]))
            if rare := [item for item in places if len(item[1]) <= RARE]:
                return self._voted(rare)
            if places and size < 3:
                return self._voted([(i, found[:RARE]) for i, found in places[:1]])
        return []

    def _voted(self, places: Sequence[tuple[int, NDArray[np.int64]]]) -> list[int]:
        votes: dict[int, int] = {}
        looked_at = 0
        for i, found in places:
            looked_at += len(found)
            if looked_at > MOST and votes:
                break
            for start in found.tolist():
                for bucket in ((start - i) // NEAR, (start - i) // NEAR + 1):  # one of two meets both sides of an edge
                    votes[bucket] = votes.get(bucket, 0) + 1
        best: list[int] = []
        for bucket in sorted(votes, key=lambda b: (-votes[b], b)):
            if all(abs(bucket - other) > 1 for other in best):
                best.append(bucket)
            if len(best) == LIKELY:
                break
        return [max(0, bucket * NEAR) for bucket in best]

    def _known(self, quoted: Sequence[str]) -> list[int]:
        return [self._vocabulary.get(word, BARRIER) for word in quoted]

    def _run(self, numbers: Sequence[int]) -> NDArray[np.int64]:
        """Where a run of one to three words begins."""
        low = 0
        for number in numbers:
            low = low << BITS | number & MASK
        shift = BITS * (3 - len(numbers))
        first, last = np.searchsorted(self._keys, (low << shift, low + 1 << shift))
        return self._order[first:last]

    def _sort(self) -> None:
        if self._sorted == len(self._numbers):
            return
        self._array = np.array(self._numbers, dtype=np.int64)
        padded = np.concatenate([self._array, [BARRIER, BARRIER]]) & MASK
        keys = padded[:-2] << 2 * BITS | padded[1:-1] << BITS | padded[2:]
        self._order = np.argsort(keys, kind="stable")
        self._keys = keys[self._order]
        self._sorted = len(self._numbers)
