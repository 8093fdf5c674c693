"""How far a run is, shown on a terminal while it lasts."""

from __future__ import annotations

import time
from collections.abc import Iterable
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from quotes.read import Reading

SHOWN_AFTER = 1.0
"""Seconds: what is done sooner needs no bar, nor the time to import one."""
ONE_TEXT = frozenset(("text", "markdown", "html", "vtt", "srt", "pdf", "docx"))
"""The formats of which a file has one text."""


class Progress:
    """A line with counts, and where the number of inputs is known, a bar and the remaining time.

    Args:
        paths: the inputs.
        how: how they are read.
        done: how many of them are done already.
    """

    def __init__(self, paths: list[str], how: Reading, done: int) -> None:
        self.paths, self.how, self.done = paths, how, done
        self.since = time.monotonic()
        self.total: int | None = None
        self.bar: Bar | None = None

    def update(self, inputs: int, quotes: int, words: int) -> None:
        """Show how far this run has come."""
        took = time.monotonic() - self.since
        if self.bar is None:
            if took < SHOWN_AFTER:
                return
            self.bar = self._start()
        counts = f"{self.done + inputs:,} inputs  {quotes:,} quotes  {words / took:,.0f} words/s"
        self.bar.update(self.bar.task_ids[0], completed=self.done + inputs, total=self.total, description=counts)

    def stop(self) -> None:
        """Take it away."""
        if self.bar:
            self.bar.stop()

    def _start(self) -> Bar:
        from rich.console import Console
        from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        Thread(target=self._count, daemon=True).start()
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
        bar = Bar(*columns, console=Console(stderr=True), transient=True)
        bar.add_task("", total=None, completed=self.done)
        bar.start()
        return bar

    def _count(self) -> None:
        self.total = count(self.paths, self.how)


def count(paths: Iterable[str], how: Reading) -> int | None:
    """How many inputs there are in files and folders; None where only reading them can tell."""
    from quotes.read import Failure, files
    from quotes.read.formats import ending

    total = 0
    for item in files(paths):
        if not isinstance(item, Failure) and (how.input_format or ending(item)) not in ONE_TEXT:
            return None
        total += 1
    return total
