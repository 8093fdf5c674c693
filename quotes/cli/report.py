"""What a run tells on standard error: what failed as it fails, on a terminal how far it is, the counts at its end."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from quotes.cli.console import about, many, say
from quotes.cli.progress import Progress
from quotes.read.document import Failure

if TYPE_CHECKING:
    from quotes.read import Reading
    from quotes.run.work import Outcome


class Report:
    """Counts what became of inputs.

    Args:
        quiet: tell nothing but what failed.
        paths: the inputs, for how far the run is.
        how: how they are read.
        done: how many inputs runs before have done.
        to_terminal: whether the records go there, where a bar would get between them.
    """

    def __init__(self, quiet: bool, paths: list[str], how: Reading, done: int, to_terminal: bool) -> None:
        self.quiet, self.paths, self.done = quiet, paths, done
        self.texts = self.quotes = self.words = self.failed = self.left_out = 0
        self.since = time.monotonic()
        self.terminal = sys.stderr.isatty() and not quiet
        self.progress = Progress(paths, how, done) if self.terminal and not to_terminal else None
        self.to_people = self.terminal and to_terminal

    def __enter__(self) -> Report:
        return self

    def __exit__(self, *_: object) -> None:
        if self.progress:
            self.progress.stop()

    def add(self, outcome: Outcome) -> None:
        """Tell of one."""
        if isinstance(outcome, Failure):
            self.failed += 1
            say(about(outcome.id, outcome.reason))
        else:
            self.texts += 1
            self.quotes += outcome.quotes
            self.words += outcome.words
            self.left_out += outcome.left_out
            if outcome.note and not self.quiet:
                say(about(outcome.id, outcome.note))
        if self.progress:
            self.progress.update(self.texts + self.failed, self.quotes, self.words)

    def summary(self) -> None:
        """Tell the counts: on a terminal all of them; elsewhere how many of several inputs failed."""
        from quotes.read import unread_in

        inputs = self.texts + self.failed
        failed = f"{self.failed:,} of {inputs:,} inputs failed"
        if self.terminal:
            took = max(time.monotonic() - self.since, 0.001)
            say(
                f"{many(self.quotes, 'quote')} in {many(self.texts, 'text')} of {many(self.words, 'word')}, "
                f"{self.words / took:,.0f} words a second"
                + (f"; {many(self.done, 'input')} done before" if self.done else "")
                + (f"; {failed}" if self.failed else "")
            )
        elif self.failed and inputs > 1 and not self.quiet:
            say(failed)
        if self.to_people:
            say("these are records for programs; for people there is quotes read")
        if self.left_out and not self.quiet:
            say(f"{many(self.left_out, 'text')} left out, not in English")
        for path in () if self.quiet else self.paths:
            if unread := unread_in(path):
                endings = ", ".join(f"{ending} ({times:,})" if times > 1 else ending for ending, times in unread)
                count = sum(times for _, times in unread)
                say(about(path, f"{many(count, 'file')} not read: {endings}"))
