"""A worker process: gets batches of inputs and gives back what became of each.

It is no fork, so that it can be started on every system and from any program, and it talks over its standard input and
output alone, in pickles: when its parent is gone, however that ended, so is it.

    in    an Order
    out   True, or Unusable: why there can be no such extractor
    in    a list of inputs
    out   for each of them a Done or a Failure; or Unusable in place of it
"""

from __future__ import annotations

import faulthandler
import os
import pickle
import signal
import sys
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from quotes.run.work import Order, Outcome, Unusable

LONGEST = 10**8
"""Seconds, three years; the clock can't be set to many more."""


def main() -> None:
    """Run the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # on Windows, Ctrl-C is for every process at the terminal
    inputs, outputs = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    order: Order = pickle.load(inputs)
    try:
        work = order.work()
        _send(outputs, True)
        with open(os.devnull, "wb") as nowhere:
            while items := _received(inputs):
                for outcome in _timed(work.of(items), order.timeout, nowhere):
                    _send(outputs, outcome)
    except ValueError as error:  # all that Extractor and a missing package raise
        _send(outputs, Unusable(str(error)))
    except BrokenPipeError:  # the parent is gone
        os._exit(1)


def _timed(outcomes: Iterable[Outcome], timeout: float, nowhere: BinaryIO) -> Iterator[Outcome]:
    """Ends the process when an outcome takes too long. faulthandler's clock needs no Python, so it stops C code too."""
    rest = iter(outcomes)
    while True:
        if timeout:
            faulthandler.dump_traceback_later(min(timeout, LONGEST), exit=True, file=nowhere)
        outcome = next(rest, None)
        faulthandler.cancel_dump_traceback_later()
        if outcome is None:
            return
        yield outcome


def _received(inputs: BinaryIO) -> Any:
    try:
        return pickle.load(inputs)
    except EOFError:
        return None


def _send(outputs: BinaryIO, answer: object) -> None:
    pickle.dump(answer, outputs)
    outputs.flush()
