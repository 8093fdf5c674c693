"""The sentence around a quote, told by the characters alone."""

from __future__ import annotations

import re
from functools import cache

from quotes.lexicon import table
from quotes.records import Record

END = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\W_a-z])|\n\s*\n|\n(?=\S)(?<=[.!?…\"”’»]\n)")
"""The end of a sentence, with the blanks behind it; the next one begins with a capital or a number."""
WORD_BEFORE = re.compile(r"([\w.]+)\.$")
FARTHEST = 1_000
"""Characters beyond a quote in which its sentence begins or ends."""


def sentence(record: Record, text: str) -> str:
    """The sentence, or sentences, in which a quote stands with its cue and its speaker's mention, on one line.

    Args:
        record: the quote.
        text: its document's.
    """
    spans = [*record["content"], *filter(None, (record["cue"], record["speaker"] and record["speaker"]["mention"]))]
    start, end = min(span["start"] for span in spans), max(span["end"] for span in spans)
    first, last = max(0, start - FARTHEST), min(len(text), end + FARTHEST)
    begins = max((at for at in _ends(text[first:start])), default=0) + first
    after = text[end - 1 : last]  # with the mark that ends the quote, which may end the sentence
    ends = min((at for at in _ends(after)), default=len(after)) + end - 1
    return " ".join(text[begins:ends].split())


def _ends(text: str) -> list[int]:
    """Where the sentences of a piece of text end, and the next begin."""
    return [match.end() for match in END.finditer(text + "A") if not _is_short(text[: match.start() + 1])]


def _is_short(before: str) -> bool:
    """Whether a full stop ends a short form: Mr., St., J."""
    word = WORD_BEFORE.search(before)
    return word is not None and (len(word[1]) == 1 or "." in word[1] or f"{word[1].lower()}." in _titles())


@cache
def _titles() -> frozenset[str]:
    return frozenset(row["title"] for row in table("titles"))
