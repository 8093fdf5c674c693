"""What is worth a look: proposals are many, and experience with a cue in a frame rules most of them out at once."""

from __future__ import annotations

from collections.abc import Iterable

from quotes.decide.ranker import Model
from quotes.find.candidate import Proposal


def pruned(proposals: Iterable[Proposal], model: Model) -> list[Proposal]:
    """The proposals whose cue was a report often enough in their frame, and of which some content is left.

    Only of these are the source and the content worked out.
    """
    return [p for p in proposals if model.plausible(p.lemma, str(p.frame.asked)) and p.edges]
