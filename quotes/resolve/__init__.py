"""Who is speaking."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.find.candidate import Attribution
from quotes.find.marks import Quotation
from quotes.parse import Parse
from quotes.records import Mention, Speaker


def resolve(
    parse: Parse, quotations: Sequence[Quotation], attributions: Sequence[Attribution]
) -> list[Speaker | None]:
    """The speaker of every attribution: by the words beside it."""
    return [_speaker(parse, attribution.candidate.source) for attribution in attributions]


def _speaker(parse: Parse, source: tuple[int, int] | None) -> Speaker | None:
    if source is None:
        return None
    words = parse.slice(source)
    return Speaker(Mention(parse.start[source[0]], parse.end[source[1] - 1], words), words, resolved_by="name")
