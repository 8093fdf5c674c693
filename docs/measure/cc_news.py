"""The quotes of the English pages of CC-NEWS, or of other WARC files, as Parquet: quotes.ray.extract at full length.

    python docs/measure/cc_news.py PATHS OUTPUT [--address auto] [--prefix https://data.commoncrawl.org/] [--group 64]

PATHS is a file with the path of a WARC file a line, as Common Crawl's warc.paths; --prefix goes before each, and fsspec
opens them (local files, https://, and s3:// with s3fs installed). Each is fetched and read by one task. OUTPUT is a
folder that every machine sees. The files are done in groups of so many, each into a folder of its own; a group that is
complete is left out when the program runs again, so that one that was stopped goes on where it was.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import ray

import quotes.ray
from quotes.read import Failure, documents

ENGLISH = re.compile(r"\b(?:the|of|and|to|in|that|said)\b", re.IGNORECASE)
LEAST_ENGLISH = 0.1
"""Of an English text's words about a fifth are these, of other languages' hardly any."""


def pages(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The articles of a WARC file, an English one a row."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "pages.warc.gz")
        with fsspec.open(row["path"], "rb") as there, file.open("wb") as here:
            shutil.copyfileobj(there, here)
        for item in documents([str(file)]):
            if isinstance(item, Failure):
                print(f"{row['path']}: {item.id}: {item.reason}", file=sys.stderr)
            elif len(ENGLISH.findall(item.text)) > LEAST_ENGLISH * len(item.text.split()):
                yield {"id": item.id, "text": item.text, **(item.meta or {})}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("paths", type=Path)
    options.add_argument("output", type=Path)
    options.add_argument("--address")
    options.add_argument("--prefix", default="")
    options.add_argument("--group", type=int, default=64)
    asked = options.parse_args()

    ray.init(asked.address)
    ray.data.DataContext.get_current().target_max_block_size = 1_000_000  # what an actor does at a time
    paths = [{"path": asked.prefix + line} for line in asked.paths.read_text().split()]
    for start in range(0, len(paths), asked.group):
        folder = asked.output / f"{start:06}"
        complete = folder / "_SUCCESS"
        if complete.exists():
            continue
        shutil.rmtree(folder, ignore_errors=True)
        group = paths[start : start + asked.group]
        # Half a core, so that Ray makes it a stage of its own and doesn't put it into the actors.
        articles = ray.data.from_items(group, override_num_blocks=len(group)).flat_map(pages, num_cpus=0.5)
        quotes.ray.extract(articles).write_parquet(str(folder))
        complete.touch()


if __name__ == "__main__":
    main()
