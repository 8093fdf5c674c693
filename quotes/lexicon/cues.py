"""Words that report (cues.tsv), and texts that speak or carry speech (texts.tsv)."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from quotes.lexicon import table

POS = {"V": "verb", "N": "noun", "J": "adjective"}
"""The part of speech in cues.tsv by a Penn tag's first letter; all else is "other"."""

SPOKEN = frozenset({"speech", "writing"})
"""The acts of those who say or write something themselves."""


class Cue(NamedTuple):
    """A row of cues.tsv; all empty for a word that is not in it."""

    act: str = ""
    sense: str = ""
    hearer: tuple[str, ...] = ()


class Text(NamedTuple):
    """A row of texts.tsv; all empty for a word that is not in it."""

    source: str = ""
    channel: str = ""


NO_CUE = Cue()
NO_TEXT = Text()


def cue(lemma: str, tag: str) -> Cue:
    """The row of a base form with a Penn tag, else of another part of speech: the tagger may have erred."""
    readings = _cues().get(lemma)
    if readings is None:
        return NO_CUE
    return readings.get(POS.get(tag[:1], "other")) or next(iter(readings.values()))


@cache
def _cues() -> dict[str, dict[str, Cue]]:
    cues: dict[str, dict[str, Cue]] = {}
    for row in table("cues"):
        entry = Cue(row["act"], row["sense"], tuple(row["hearer"].split()))
        cues.setdefault(row["lemma"], {})[row["pos"]] = entry
    return {lemma: dict(sorted(readings.items(), reverse=True)) for lemma, readings in cues.items()}


@cache
def texts() -> dict[str, Text]:
    """The rows of texts.tsv by noun, names with their capitals ("Reuters", "the Times")."""
    return {row["noun"]: Text(row["source"], row["channel"]) for row in table("texts")}
