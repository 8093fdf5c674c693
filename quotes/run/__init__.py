"""The one engine: a stream of inputs to a stream of outcomes, by worker processes that a text may crash or hang without
harm to the others, and into a file in which a run that was stopped can be taken up again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from quotes.run.output import Output, Refused, open_output
from quotes.run.pool import Pool, cores
from quotes.run.work import TIMEOUT, Done, Item, Lost, Order, Outcome, Recorded, Unusable, Work

__all__ = [
    "TIMEOUT",
    "Done",
    "Item",
    "Lost",
    "Order",
    "Outcome",
    "Output",
    "Pool",
    "Recorded",
    "Refused",
    "Unusable",
    "Work",
    "engine",
    "open_output",
]


@contextmanager
def engine(order: Order, jobs: int = 1) -> Iterator[Callable[[Iterable[Item]], Iterator[Outcome]]]:
    """What does the work: a function from inputs to what became of each, in their order.

    Args:
        order: what is to be done.
        jobs: how many processes do it, 0 for one a core.

    Raises:
        Unusable: there can be no such extractor, or no worker processes.
    """
    with Pool(order, jobs or cores()) as pool:
        yield pool.outcomes
