"""What a quote claims: of what kinds it is, how it reads standing alone, and whether it is one to check first.

Everything is read from the parse that extraction has; docs/claims.md says what the kinds mean, and how well they
are told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.claims.alone import alone, dated
from quotes.claims.checkable import checkable
from quotes.claims.kinds import kinds
from quotes.claims.reported import Reported
from quotes.records import Claim, Sign

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotes.find.candidate import Attribution
    from quotes.grammar.marks import Quotation
    from quotes.grammar.parse import Parse
    from quotes.records import Quote

__all__ = ["claim", "dated"]


def claim(
    parse: Parse, quotations: Sequence[Quotation], attribution: Attribution, quote: Quote, meant: Mapping[int, str]
) -> Claim:
    """The claim of one quote.

    Args:
        parse: the text.
        quotations: those of the text, as ``quotes.grammar.marks.pair`` gives them.
        attribution: what stands, in tokens of the parse.
        quote: its record.
        meant: whom the pronouns of the text mean, by token, as ``quotes.resolve.meant.meant`` gives them.
    """
    reported = Reported(parse, quotations, attribution, quote, meant)
    found = kinds(reported)
    text, mapping = alone(reported)
    signs = []
    for kind, (first, end) in found:
        start, stop = parse.start[first], parse.end[end - 1]
        signs.append(Sign(start, stop, parse.text[start:stop], kind))
    return Claim(tuple(signs), text, mapping, checkable(reported, [kind for kind, _ in found]))
