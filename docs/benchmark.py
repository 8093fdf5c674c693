"""Words per CPU second of extraction beside those of the spaCy pipelines, measured in one run, in turn.

    python docs/benchmark.py [TEXTS.jsonl] [--rounds 3] [--model NAME]

TEXTS.jsonl holds an object with a "text" a line; without it the articles in fixtures/ are read, ten times over.

    full pipeline    nlp.pipe of the model as it comes, nothing after it
    lean pipeline    the parse that extraction runs on: without ner, lemmatizer and attribute_ruler
    extraction       from text to records

CPU seconds are of this process (all its threads), so set OMP_NUM_THREADS=1 for figures to compare; of the rounds the
best counts, as what else runs on the machine only ever slows one down.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import spacy

from quotes import Extractor
from quotes.parse import DEFAULT_MODEL

FIXTURES = Path(__file__).parent.parent / "fixtures"


def texts(path: Path | None) -> list[str]:
    if path is None:
        return [file.read_text(encoding="utf-8") for file in sorted(FIXTURES.glob("*.txt"))] * 10
    with path.open(encoding="utf-8") as lines:
        return list({row["id"]: row["text"] for row in map(json.loads, lines)}.values())


def cpu_seconds(run: Callable[[], Iterable[object]]) -> float:
    start = time.process_time()
    for _ in run():
        pass
    return time.process_time() - start


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("texts", nargs="?", type=Path)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--model", default=DEFAULT_MODEL)
    chosen = options.parse_args()

    documents = texts(chosen.texts)
    words = sum(len(text.split()) for text in documents)
    full = spacy.load(chosen.model)
    extractor = Extractor(chosen.model)
    runs: dict[str, Callable[[], Iterable[object]]] = {
        "full pipeline": lambda: full.pipe(documents),
        "lean pipeline": lambda: extractor.parser.pipe(documents),
        "extraction": lambda: extractor.pipe(documents),
    }
    best = dict.fromkeys(runs, float("inf"))
    for _ in range(chosen.rounds):
        for name, run in runs.items():
            best[name] = min(best[name], cpu_seconds(run))

    print(f"{len(documents):,} texts, {words:,} words, best of {chosen.rounds} rounds, {chosen.model}\n")
    print(f"{'':<15}{'words per CPU second':>22}{'of the full pipeline':>22}")
    for name, seconds in best.items():
        print(f"{name:<15}{words / seconds:>22,.0f}{best['full pipeline'] / seconds:>21.2f}x")
    lean, whole = best["lean pipeline"], best["extraction"]
    print(f"\nextraction takes {whole / lean - 1:.0%} more CPU time than the lean pipeline that it runs on")


if __name__ == "__main__":
    main()
