"""How a content hangs on its cue: the key under which experience with a cue is counted."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

KEPT = 4096
"""How many frames' names are kept at hand; some hold a word of the text, so that there is no end of them."""


class Frame(NamedTuple):
    """How a content hangs on its cue, with the words that tell most; as text its parts with a colon between.

    >>> str(Frame("ccomp", "that"))
    'ccomp:that'
    >>> str(Frame("prep", "of", "noun", voice="pass:"))
    'pass:prep:of:noun'
    >>> str(Frame("noun", "prep", "of", found="poss"))
    'noun:prep:of/poss'
    """

    kind: str
    """The construction: the dependency label of a verb's complement, or "left", "noun", "quote", "label" …"""
    opener: str | None = None
    """The word that opens the content, or what sort of word does."""
    more: str | None = None
    voice: str = ""
    """What becomes of the cue's subject: "pass:" it is no part of what a passive reports; "pass+" and "raise+" it is
    (is expected to, seems to); "pass=" it is all of it (was welcomed). "" for a verb in the active."""
    found: str = ""
    """What is seen only by a closer look: whose claim it is, what stands before a quotation."""

    @property
    def passive(self) -> bool:
        """Whether the cue stands in the passive."""
        return self.voice.startswith("pass")

    @property
    def asked(self) -> str:
        """The frame's text before the closer look: what must be plausible for the look to be worth it."""
        return _asked(self)

    def __str__(self) -> str:
        return _name(self)


@lru_cache(KEPT)
def _name(frame: Frame) -> str:
    parts = (frame.kind, frame.opener, frame.more)
    name = frame.voice + ":".join(part for part in parts if part is not None)
    return f"{name}/{frame.found}" if frame.found else name


@lru_cache(KEPT)
def _asked(frame: Frame) -> str:
    return _name(frame._replace(found=""))
