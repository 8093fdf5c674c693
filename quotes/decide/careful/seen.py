"""What the second reader sees in a case: its answers at the places of the content, the cue and the source."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from quotes.decide.careful.reader import FAR, Scores

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.decide.scorers import Case
    from quotes.find.candidate import TokenSpan

NEAR = 3
"""How many tokens to either side of an edge another place is looked for where the content may begin or end."""


class Seen(NamedTuple):
    """The features of a case, in log-odds where nothing else is said; -FAR where there is nothing to look at."""

    odds: float
    """What the scorers before said together."""
    share_within: float
    """The mean probability of the content's tokens to stand in a content."""
    least_within: float
    first_within: float
    last_within: float
    before_within: float
    """Of the token before the content."""
    after_within: float
    gap_within: float
    """The mean probability of the tokens between the content's parts; 0 where it has one."""
    begins: float
    begins_near: float
    """The best of the places near by where it does not begin."""
    begins_inside: float
    """The best of the places inside, which would make it two contents."""
    ends: float
    ends_near: float
    ends_inside: float
    cue: float
    """The best of the cue's tokens."""
    cue_least: float
    cue_elsewhere: float
    """The best of the cue's sentence outside the cue."""
    cue_within: float
    """The cue stands in a content."""
    source: float
    source_least: float
    source_head: float
    source_elsewhere: float
    length: float
    """Tokens of the content."""
    parts: float
    """How many the content has."""


def seen(case: Case, scores: Scores, odds: float) -> Seen:
    """The features of a case."""
    proposal, content = case.proposal, case.reading.content
    first, last = content[0][0], content[-1][1]
    tokens = len(scores.within)
    length = sum([b - a for a, b in content])
    between = [(a[1], b[0]) for a, b in pairwise(content)]
    gap = sum([b - a for a, b in between])
    sentence = case.ctx.sentence(proposal.head)
    cue, source = proposal.cue, proposal.source
    return Seen(
        odds=odds,
        share_within=_inside(scores, content) / length,
        least_within=min([min(scores.within[a:b]) for a, b in content]),
        first_within=scores.within[first],
        last_within=scores.within[last - 1],
        before_within=scores.within[first - 1] if first else -FAR,
        after_within=scores.within[last] if last < tokens else -FAR,
        gap_within=_inside(scores, between) / gap if gap else 0.0,
        begins=scores.begins[first],
        begins_near=_best_but(scores.begins, (max(first - NEAR, 0), first + NEAR + 1), (first, first + 1)),
        begins_inside=max(scores.begins[first + 1 : last], default=-FAR),
        ends=scores.ends[last - 1],
        ends_near=_best_but(scores.ends, (max(last - 1 - NEAR, 0), last + NEAR), (last - 1, last)),
        ends_inside=max(scores.ends[first : last - 1], default=-FAR),
        cue=_best(scores.cue, cue),
        cue_least=_least(scores.cue, cue),
        cue_elsewhere=_best_but(scores.cue, sentence, cue),
        cue_within=_best(scores.within, cue),
        source=_best(scores.source, source),
        source_least=_least(scores.source, source),
        source_head=scores.source[proposal.source_head] if source else -FAR,
        source_elsewhere=_best_but(scores.source, sentence, source),
        length=float(length),
        parts=float(len(content)),
    )


def _inside(scores: Scores, spans: Sequence[TokenSpan]) -> float:
    return sum([scores.inside[b] - scores.inside[a] for a, b in spans])


def _best(of: Sequence[float], span: TokenSpan | None) -> float:
    return max(of[span[0] : span[1]], default=-FAR) if span else -FAR


def _least(of: Sequence[float], span: TokenSpan | None) -> float:
    return min(of[span[0] : span[1]], default=-FAR) if span else -FAR


def _best_but(of: Sequence[float], around: TokenSpan, span: TokenSpan | None) -> float:
    """The best inside one span and outside another."""
    if span is None:
        return _best(of, around)
    return max(_best(of, (around[0], min(span[0], around[1]))), _best(of, (max(span[1], around[0]), around[1])))
