"""The same documents through every format and compression, by one job, two jobs and Ray: are the records the same?

    python docs/measure/formats.py [--documents 200]

Each format in each compression holds three paragraphs of each document of docs/measure/corpus.py; a run of each engine
reads them all. Records are compared without `meta` (a web page has a title, a table has none) and without ids, which
are made of the path where a format has none of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import corpus

TESTS = Path(__file__).parents[2] / "tests"
ENGINES = {"one job": ["--jobs", "1"], "two jobs": ["--jobs", "2"], "Ray": ["--engine", "ray", "--jobs", "2"]}


def write_all(folder: Path, count: int) -> int:
    """Write the documents in every way; how many ways these are."""
    sys.path.insert(0, str(TESTS))
    import test_read_formats as formats
    from pages import paragraphs

    corpus.PARAGRAPHS = 3
    lines = ((" ".join(paragraph.split()) for paragraph in paragraphs(text)) for text in corpus.documents(count))
    texts = ("\n\n".join(parts) + "\n" for parts in lines)  # pages and Markdown don't keep the ends of lines
    formats.TEXTS.clear()
    formats.TEXTS.update((f"d{number:03}", text) for number, text in enumerate(texts))
    formats.NAMES[:] = formats.TEXTS
    formats.ROWS[:] = [{"id": name, "text": text} for name, text in formats.TEXTS.items()]
    for name, write in formats.FORMATS.items():
        for ending, compress in formats.COMPRESSIONS.items():
            made = folder / f"{name}{ending}"
            made.mkdir()
            os.chdir(made)
            write()
            for path in sorted(made.iterdir()):
                data = compress(path.read_bytes())
                path.unlink()
                path.with_name(path.name + ending).write_bytes(data)
    return len(formats.FORMATS) * len(formats.COMPRESSIONS)


def records(path: Path) -> Counter[str]:
    """The records of a run, each with how often it came."""
    found: Counter[str] = Counter()
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            for key in ("id", "doc_id", "meta"):
                del record[key]
            found[json.dumps(record)] += 1
    return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--documents", type=int, default=200)
    count = options.parse_args().documents
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inputs = folder / "inputs"
        inputs.mkdir()
        ways = write_all(inputs, count)
        same: Counter[str] | None = None
        for engine, chosen in ENGINES.items():
            since = time.monotonic()
            out = folder / f"{engine.split()[0]}.jsonl"
            command = [sys.executable, "-m", "quotes", "extract", str(inputs), "-o", str(out), "--quiet", *chosen]
            subprocess.run(command, check=True)
            found = records(out)
            uneven = sum(times % ways != 0 for times in found.values())
            same = same or found
            print(
                f"{engine:9} {ways} ways, {count} documents: {found.total():,} records, {uneven} that some way lacks; "
                f"{'the same as' if found == same else 'OTHER than'} one job's; {time.monotonic() - since:.0f} s",
                flush=True,
            )


if __name__ == "__main__":
    main()
