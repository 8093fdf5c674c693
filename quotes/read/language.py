"""Is a text English? A cheap look at its small words tells of nearly all; of the others langid tells which language."""

from __future__ import annotations

import re
from functools import cache

from quotes.extras import MissingPackage, need
from quotes.lexicon import table, words

LEAST = 150
"""Letters of a text that is long enough to tell."""
LOOKED_AT = 5000
"""Characters."""
ENGLISH_SHARE = 0.15
"""Of the words of English news a third are such as "the", "of" and "said"; of other languages' hardly one in twenty."""
NO_ANSWER = frozenset(("en", "pcm", "zxx"))
"""English, Nigerian Pidgin, which much English looks like, and no language at all."""
WORD = re.compile(r"[^\W\d_]+")


def foreign(text: str, needed: bool = False) -> str:
    """The name of a text's language where it is plainly not English; "" for English and where that can't be told.

    Args:
        text: any text; its beginning is looked at.
        needed: whether an answer is, even if it needs a package.

    Raises:
        quotes.extras.MissingPackage: an answer is needed, and py3langid is not installed.
    """
    start = text[:LOOKED_AT]
    found = WORD.findall(start.lower())
    if sum(map(len, found)) < LEAST:
        return ""
    if sum(word in words("small_words") for word in found) > ENGLISH_SHARE * len(found):
        return ""
    try:
        code, _ = need("py3langid", "languages").classify(start)
    except MissingPackage:
        if needed:
            raise
        return ""
    return "" if code in NO_ANSWER else _names().get(code, code)


@cache
def _names() -> dict[str, str]:
    return {row["code"]: row["language"] for row in table("languages")}
