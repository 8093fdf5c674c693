"""Kills a run at random moments, goes on with it by --resume each time, and compares what comes out with a run that
nothing stopped.

    python docs/measure/kills.py [--kills 25] [--documents 150] [--jobs 1] [--seed 1] [--engine ray]

A kill is SIGKILL to the command: of three, one at any moment of its start, two a moment after it began to write. When a
run comes to its end before all kills are done, its output is compared and the next begins anew. With --engine ray the
runs are in a cluster that lasts, here, and as they write in no order, the outputs' lines are compared sorted.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import corpus

LATER = 0.2
"""Seconds, at most, after which a run that has begun to write is killed."""


def command(folder: Path, output: str, *args: str) -> subprocess.Popen[bytes]:
    """A run over the documents."""
    line = [sys.executable, "-m", "quotes", "extract", "documents.jsonl", "-o", output, "--quiet", *args]
    return subprocess.Popen(line, cwd=folder)


@contextmanager
def engine(name: str) -> Iterator[list[str]]:
    """What to tell the command, so that it runs by this engine."""
    if name == "local":
        yield []
        return
    import ray

    ray.init("local", include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    try:
        yield ["--engine", "ray", "--ray-address", ray.get_runtime_context().gcs_address]
    finally:
        ray.shutdown()


def same(killed: Path, whole: Path, name: str) -> bool:
    """Whether the outputs are the same: byte for byte, or by Ray as sorted lines."""
    outputs = [path.read_bytes() for path in (killed, whole)]
    if name == "ray":
        outputs = [b"".join(sorted(output.splitlines(keepends=True))) for output in outputs]
    return outputs[0] == outputs[1]


def complete(folder: Path) -> bool:
    """Whether the run is through: it has written records, and its journal is gone."""
    output = folder / "killed.jsonl"
    return journalled(folder) < 0 and output.exists() and output.stat().st_size > 0


def journalled(folder: Path) -> int:
    """How far the journal has come, in bytes; -1 where there is none."""
    path = folder / "killed.jsonl.progress"
    return path.stat().st_size if path.exists() else -1


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--kills", type=int, default=25)
    options.add_argument("--documents", type=int, default=150)
    options.add_argument("--jobs", default="1")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--engine", choices=["local", "ray"], default="local")
    chosen = options.parse_args()
    chance = random.Random(chosen.seed)
    with tempfile.TemporaryDirectory() as name, engine(chosen.engine) as by:
        folder = Path(name)
        corpus.write(folder / "documents.jsonl", chosen.documents, chosen.seed)
        since = time.monotonic()
        assert command(folder, "whole.jsonl").wait() == 0
        start = (time.monotonic() - since) / 2
        whole, killed = folder / "whole.jsonl", folder / "killed.jsonl"
        kills = runs = outputs = 0
        while kills < chosen.kills:
            killed.unlink(missing_ok=True)
            while not complete(folder):
                runs += 1
                run = command(folder, killed.name, "--resume", "--jobs", chosen.jobs, *by)
                if kills < chosen.kills:
                    wait(run, folder, chance, start)
                    kills += run.poll() is None
                    run.kill()
                run.wait()
                size = killed.stat().st_size if killed.exists() else 0
                print(f"run {runs}: {size / whole.stat().st_size:.0%} of the output", flush=True)
            outputs += 1
            if not same(killed, whole, chosen.engine):
                sys.exit("the outputs differ")
        how = "in any order" if chosen.engine == "ray" else "byte for byte"
        print(f"{kills} kills: {outputs} outputs, each that of a run that nothing stopped, {how}")


def wait(run: subprocess.Popen[bytes], folder: Path, chance: random.Random, start: float) -> None:
    """Until the moment to kill."""
    if chance.random() < 1 / 3:
        time.sleep(chance.uniform(0, start))
    else:
        before = journalled(folder)
        while journalled(folder) <= max(before, 0) and run.poll() is None:
            time.sleep(0.002)
        time.sleep(chance.uniform(0, LATER))


if __name__ == "__main__":
    main()
