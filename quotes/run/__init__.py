"""The way through at scale: a stream of inputs to a stream of outcomes, in one process or several, and into a file in
which a run that was stopped can be taken up again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from quotes.run.output import Output, Refused, open_output
from quotes.run.work import Done, Order, Outcome, Unusable, Work

if TYPE_CHECKING:
    from quotes.run.work import Item

__all__ = ["Done", "Order", "Outcome", "Output", "Refused", "Unusable", "Work", "engine", "open_output"]


@contextmanager
def engine(order: Order, jobs: int = 1) -> Iterator[Callable[[Iterable[Item]], Iterator[Outcome]]]:
    """What does the work: a function from inputs to what became of each, in their order.

    Args:
        order: what is to be done.
        jobs: how many processes do it, 0 for one a core. One does it in this process, where it can't be timed; with
            a timeout it is a process too.

    Raises:
        ValueError: as ``quotes.Extractor``, or there can be no worker processes.
    """
    if jobs == 1 and not order.timeout:
        yield order.work().outcomes
    else:
        from quotes.run.pool import Pool, cores

        with Pool(order, jobs or cores()) as pool:
            yield pool.outcomes
