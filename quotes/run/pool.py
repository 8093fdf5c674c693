"""Several worker processes, and one thread here for each: outcomes in the order of the inputs, a bounded number of
batches on the way. A document that crashes or hangs a worker costs that worker and nothing else."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from quotes.run.work import BATCH_CHARACTERS, PAGE_SHARE, Lost, Order, Outcome, Unusable, batches, weight

if TYPE_CHECKING:
    from quotes.run.work import Item

AHEAD = 16
"""Batches for each worker that may be on the way: so many are done by the others while one of them is held up."""
HEAVY = AHEAD * BATCH_CHARACTERS * PAGE_SHARE
"""Characters or bytes for each worker from which no more batches are on the way than there are workers, and one: where
inputs are huge."""
START = "import sys; sys.path[:] = sys.argv[1:]; from quotes.run.worker import main; main()"
"""With our own path: what is imported must be the same as here, and never what lies in the working folder."""
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)
TIMED_OUT = 1
"""The status with which faulthandler ends a worker whose time is up."""
NEARLY = 0.9
"""Of the timeout: the worker's clock may have begun somewhat before ours."""
BROKEN = (EOFError, OSError, pickle.UnpicklingError)
"""What comes of talking to a process that has ended."""


class Died(Exception):
    """A worker process ended before it had answered; the message says how."""


class Pool:
    """Extracts in worker processes, which begin to load at once; to be closed, which ends them.

    Args:
        order: what they are to do.
        jobs: how many.
    """

    def __init__(self, order: Order, jobs: int) -> None:
        self.workers = [Worker(order) for _ in range(jobs)]
        self.free: SimpleQueue[Worker] = SimpleQueue()
        for worker in self.workers:
            self.free.put(worker)
        self.threads = ThreadPoolExecutor(jobs)

    def __enter__(self) -> Pool:
        """Wait until one has loaded.

        Raises:
            Unusable: see there.
        """
        try:
            self.workers[0].ready()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes, whatever they are at."""
        for worker in self.workers:
            worker.close()
        self.threads.shutdown(cancel_futures=True)

    def outcomes(self, items: Iterable[Item]) -> Iterator[Outcome]:
        """What became of each item, in their order.

        Raises:
            Unusable: see there.
        """
        waiting: deque[tuple[Future[list[Outcome]], int]] = deque()
        total = 0
        for batch in batches(items):
            size = sum(map(weight, batch))
            waiting.append((self.threads.submit(self._of, batch), size))
            total += size
            while waiting and (waiting[0][0].done() or self._enough(len(waiting), total)):
                future, size = waiting.popleft()
                total -= size
                yield from future.result()
        for future, _ in waiting:
            yield from future.result()

    def _enough(self, batches: int, size: int) -> bool:
        """Whether so many batches, of so many characters or bytes in all, are on the way that the first must be done
        before there are more. One worker is given nothing more before what it has done is out: whoever types or pipes
        texts in sees what came of one before the next is read."""
        jobs = len(self.workers)
        return jobs == 1 or batches > AHEAD * jobs or (batches > jobs and size > HEAVY * jobs)

    def _of(self, batch: Sequence[Item]) -> list[Outcome]:
        worker = self.free.get()
        try:
            return worker.of(batch)
        finally:
            self.free.put(worker)


class Worker:
    """A worker process, started anew when it dies."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.closed = self.is_ready = False
        self.process = self._started()

    def of(self, items: Sequence[Item]) -> list[Outcome]:
        """What became of each item; when the process dies, those that are left are done one by one."""
        outcomes: list[Outcome] = []
        try:
            for outcome in self._answers(items):
                outcomes.append(outcome)
        except Died as death:
            if self.closed:
                raise
            if len(items) == 1:
                return [Lost(items[0].id, str(death), items[0].reader)]
            for item in items[len(outcomes) :]:
                outcomes += self.of([item])
        return outcomes

    def ready(self) -> None:
        """Wait until the pipeline is loaded.

        Raises:
            Unusable: it can't be, or the process ended.
        """
        if self.process.poll() is not None and not self.closed:
            self._end()
            self.process, self.is_ready = self._started(), False
        if not self.is_ready:
            try:
                self._answer()
            except BROKEN as error:
                raise Unusable(f"no worker process can be started: {_how(self.process.wait())}") from error
            self.is_ready = True

    def close(self) -> None:
        """End the process for good."""
        self.closed = True
        self._end()

    def _end(self) -> int:
        """End the process; how it ended."""
        self.process.kill()
        status = self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):  # what it has not read is lost
                pipe.close()  # type: ignore[union-attr]
        return status

    def _started(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-c", START, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | ONE_THREAD,
            start_new_session=True,  # Ctrl-C is for us, who end our workers
        )
        with suppress(OSError):  # ended already: reading its answer will tell
            _send(process, self.order)
        return process

    def _answers(self, items: Sequence[Item]) -> Iterator[Outcome]:
        self.ready()
        since = time.monotonic()
        try:
            _send(self.process, items)
            for _ in items:
                yield self._answer()
                since = time.monotonic()
        except BROKEN as error:
            took = time.monotonic() - since
            status = self.process.wait()
            if status == TIMED_OUT and self.order.timeout and took >= NEARLY * self.order.timeout:
                raise Died(f"took longer than {self.order.timeout:g} s") from error
            raise Died(_how(status)) from error

    def _answer(self) -> Any:
        assert self.process.stdout
        answer = pickle.load(self.process.stdout)
        if isinstance(answer, Unusable):  # its last words
            self._end()
            raise answer
        return answer


def _send(process: subprocess.Popen[bytes], message: object) -> None:
    assert process.stdin
    pickle.dump(message, process.stdin)
    process.stdin.flush()


def _how(status: int) -> str:
    """How a process ended."""
    if status >= 0:
        return f"its process ended with status {status}"
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = f"signal {-status}"
    return f"its process was ended by {name}"


def cores() -> int:
    """How many this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
