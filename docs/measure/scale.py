"""Memory and time over many documents, and what a second process gains.

    python docs/measure/scale.py memory [--documents 20000]     peak memory and seconds per document along one run
    python docs/measure/scale.py jobs [--documents 600]         --jobs 1 against --jobs 2, as the command is run

The documents are those of docs/measure/corpus.py, read from one file of JSON Lines. Set OMP_NUM_THREADS=1 and leave the
machine alone for figures to compare.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import corpus
from pace import Pace, spread

from quotes import read, run

STEPS = 10
PACED = 25
"""After so many documents the machine's pace is taken."""
ROUNDS = 3


def peak() -> float:
    """The most memory that this process has taken so far, MB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def memory(path: Path, count: int) -> None:
    """One run in this process, on the way that the command takes; times by the clock and by the machine's pace."""
    step = max(count // STEPS, 1)
    memories: list[float] = []
    times: list[float] = []
    paced: list[float] = []
    pace = Pace()
    print("documents  quotes  peak MB  to the first  ms a document  pace, ms")
    quotes = 0
    work = run.Order({}).work().outcomes
    spent, since = 0.0, time.process_time()
    for number, outcome in enumerate(work(read.inputs([str(path)])), 1):
        assert isinstance(outcome, run.Done)
        quotes += outcome.quotes
        if number % PACED == 0 or number % step == 0:
            spent += time.process_time() - since
            pace.take()
            since = time.process_time()
        if number % step == 0:
            memories.append(peak())
            times.append(1000 * spent / step)
            now = 1000 * pace.since()
            paced.append(times[-1] / now)
            spent = 0.0
            print(
                f"{number:>9,} {quotes:>7,} {memories[-1]:>8.1f} {memories[-1] / memories[0]:>12.3f}x "
                f"{times[-1]:>13.1f} {now:>9.1f}",
                flush=True,
            )
    print(f"time a document: {spread(times)}; by the machine's pace: {spread(paced)}")


def jobs(path: Path, count: int) -> None:
    """The command with one job and with two, the best of some rounds of each."""
    best: dict[int, float] = {}
    for _ in range(ROUNDS):
        for many in (1, 2):
            command = [sys.executable, "-m", "quotes", "extract", str(path), "--quiet", "--jobs", str(many)]
            since = time.monotonic()
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
            took = time.monotonic() - since
            best[many] = min(took, best.get(many, took))
            print(f"--jobs {many}: {took:6.1f} s, {count / took:6.1f} documents a second", flush=True)
    print(f"two jobs do {best[1] / best[2]:.2f} times what one does, loading the pipeline included")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("what", choices=("memory", "jobs"))
    options.add_argument("--documents", type=int)
    chosen = options.parse_args()
    measure, usual = {"memory": (memory, 20_000), "jobs": (jobs, 600)}[chosen.what]
    count = chosen.documents or usual
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "documents.jsonl")
        corpus.write(path, count)
        measure(path, count)


if __name__ == "__main__":
    main()
