"""Where could a quote be? Proposes freely; `decide` judges."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator

from quotes.find.candidate import Proposal
from quotes.find.dealings import deals_with
from quotes.find.rules import BOOK
from quotes.find.rules.floating import proposals_left
from quotes.find.rules.turn import outside
from quotes.find.set_phrases import is_set_phrase
from quotes.grammar.context import Context

__all__ = ["candidates", "proposals_left"]

MOST = 300
"""Proposals of one sentence that are looked at. In news there are 7 or so, and at most 30 in 3,765 sentences."""

log = logging.getLogger(__name__)


def candidates(ctx: Context, name: str = "a text") -> Iterator[Proposal]:
    """Every attribution that a rule finds possible in a text.

    Their sources and contents are worked out when they are asked for; the content of a few comes to nothing, which
    leaves their readings empty. Of an endless sentence the first MOST are given, and a warning names the text.
    """
    return _limited(ctx, name, _reporting(ctx, outside(ctx, BOOK.proposals(ctx))))


def _reporting(ctx: Context, found: Iterable[Proposal]) -> Iterator[Proposal]:
    """Those whose cue reports: it stands in no set phrase, and does nothing else to somebody; several have the same."""
    reports: dict[int, bool] = {}
    for one in found:
        head = one.head
        if head not in reports:
            reports[head] = not is_set_phrase(ctx, head) and not deals_with(ctx, head)
        if reports[head]:
            yield one


def _limited(ctx: Context, name: str, found: Iterable[Proposal]) -> Iterator[Proposal]:
    p = ctx.parse
    of_sentence: Counter[int] = Counter()
    for one in found:
        sentence = p.sent_of[one.head]
        of_sentence[sentence] += 1
        if of_sentence[sentence] <= MOST:
            yield one
    if endless := [sentence for sentence, many in of_sentence.items() if many > MOST]:
        first = p.sents[min(endless)][0]
        words = p.slice((first, min(first + 6, len(p))))
        log.warning("%s: only the beginning of %d endless sentences was looked at: %s …", name, len(endless), words)
