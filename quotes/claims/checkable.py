"""Which claims to check first: an order by what can be looked up in them, and no judgement of what is true.

A linear model that can be read: the weights, set by hand, are in ``lexicon/en/checkable.tsv``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from quotes.claims.numbers import quantities
from quotes.grammar.circumstances import is_time
from quotes.lexicon import table

if TYPE_CHECKING:
    from quotes.claims.reported import Reported
    from quotes.records import ClaimKind

MOST = 3
"""Numbers, dates and names of each that count."""


@cache
def weights() -> Mapping[str, float]:
    """What each feature adds, by its name."""
    return {row["feature"]: float(row["weight"]) for row in table("checkable")}


def features(reported: Reported, kinds: Sequence[ClaimKind]) -> dict[str, float]:
    """What of a claim counts: 1 for each of its kinds, how many numbers, dates and names stand in it, whether it has a
    clause, and how sure the quote is."""
    parse, tokens = reported.parse, reported.tokens
    proper = parse.language.proper
    names = sum(
        parse.tag[i] in proper and not (i - 1 in reported.inside and parse.tag[i - 1] in proper) for i in tokens
    )
    return {
        "always": 1.0,
        **dict.fromkeys(kinds, 1.0),
        "numbers": float(min(MOST, len(list(quantities(reported))))),
        "dates": float(min(MOST, sum(is_time(parse, i) for i in tokens))),
        "names": float(min(MOST, names)),
        "clause": float(bool(reported.clauses)),
        "confidence": reported.quote.confidence,
    }


def checkable(reported: Reported, kinds: Sequence[ClaimKind]) -> float:
    """Where a claim stands in the order, 0 to 1."""
    total = sum(weights()[name] * value for name, value in features(reported, kinds).items())
    return round(min(1.0, max(0.0, total)), 2)
