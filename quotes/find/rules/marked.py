"""The marking of examples: [source], (cue) and {content} in a sentence."""

from __future__ import annotations

import re
from typing import NamedTuple

Characters = tuple[int, int]
"""First character and one past the last."""
MARK = re.compile(r"[\[\](){}]")
OPENS = {"[": "source", "(": "cue", "{": "content"}
EDGE = " \n.,;:!?…–—-"
"""What may stand at a content's edges beyond the marks, or be missing there."""


class Marked(NamedTuple):
    """A sentence without its marks, and the characters between them.

    >>> Marked.read("[Ann] (said) {she was late}.")
    Marked(text='Ann said she was late.', source=(0, 3), cue=(4, 8), content=((9, 21),))
    """

    text: str
    source: Characters | None
    cue: Characters | None
    content: tuple[Characters, ...]

    @classmethod
    def read(cls, example: str) -> Marked:
        """Take the marks out of an example.

        Raises:
            ValueError: a mark is not closed, or a source or a cue is marked twice.
        """
        text, done = "", 0
        opened: list[tuple[str, int]] = []
        spans: dict[str, list[Characters]] = {"source": [], "cue": [], "content": []}
        for mark in MARK.finditer(example):
            text += example[done : mark.start()]
            done = mark.end()
            if mark[0] in OPENS:
                opened.append((OPENS[mark[0]], len(text)))
            else:
                kind, start = opened.pop()
                spans[kind].append((start, len(text)))
        if opened or len(spans["source"]) > 1 or len(spans["cue"]) > 1:
            raise ValueError(f"marked in a way that can't be read: {example}")
        source, cue = (next(iter(spans[kind]), None) for kind in ("source", "cue"))
        return cls(text + example[done:], source, cue, tuple(sorted(spans["content"])))

    @property
    def contents(self) -> list[str]:
        """The parts of the content without punctuation at their edges."""
        return [bare(self.text[start:end]) for start, end in self.content]


def bare(text: str) -> str:
    """A part of a content without punctuation at its edges."""
    return text.strip(EDGE)
