"""What is worth a look: proposals are many, and experience with a cue in a frame rules most of them out at once.

Only of what is left are the source and the content worked out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from quotes.decide.model import Model
from quotes.find.candidate import Proposal
from quotes.find.rules import BOOK

LEAST_PRIOR = 0.015
"""As lessons.IMPLAUSIBLE, for frames that training has seen seldom or never."""


def pruned(proposals: Iterable[Proposal], model: Model) -> Iterator[Proposal]:
    """The proposals that are not ruled out."""
    return (proposal for proposal in proposals if not ruled_out(proposal, model))


def ruled_out(proposal: Proposal, model: Model) -> str:
    """Why a proposal is not worth a look; empty if it is."""
    frame = proposal.frame.asked
    if not model.plausible(proposal.lemma, frame):
        prior = prior_of(proposal, model)
        if prior is None:
            return f"{proposal.lemma!r} with {frame!r} is hardly ever a report"
        if prior < LEAST_PRIOR:
            return f"training has hardly seen {frame!r}, and the rule's prior is {prior:g}"
    return "" if proposal.edges else "nothing is left of its content"


def prior_of(proposal: Proposal, model: Model) -> float | None:
    """The confidence that a proposal is given at least: its rule's prior; None where training has seen its frame often
    enough to tell."""
    rule = BOOK[proposal.rule]
    return None if rule.taught and model.knows(proposal.frame.asked) else rule.prior
