"""Words per CPU second of extraction beside those of the spaCy pipelines, measured in one run, in turn.

    python docs/measure/benchmark.py [TEXTS.jsonl] [--rounds 5] [--model NAME]

TEXTS.jsonl holds an object with a "text" a line; without it the articles in fixtures/ are read, ten times over.

    full pipeline    nlp.pipe of the model as it comes, nothing after it
    lean pipeline    the same without ner, lemmatizer and attribute_ruler
    parse            the lean pipeline as extraction runs it
    extraction       from text to records
    careful          the same with the second reader, where that is installed

CPU seconds are of this process (all its threads), so set OMP_NUM_THREADS=1 for figures to compare. The texts are read
in slices of some ten articles, each by all of them in turn; of a slice's rounds the best counts, as what else runs on
the machine only ever slows one down. What is loaded is kept out of the garbage collector's walks, as the command does,
and these come as seldom.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import spacy

from quotes import Extractor
from quotes.decide.careful import is_installed
from quotes.grammar.parse import DEFAULT_MODEL, UNUSED
from quotes.run.work import kept

FIXTURES = Path(__file__).parents[2] / "fixtures"
SLICE = 10
"""How many texts a pipeline is given at a time."""


def texts(path: Path | None) -> list[str]:
    if path is None:
        return [file.read_text(encoding="utf-8") for file in sorted(FIXTURES.glob("*.txt"))] * 10
    with path.open(encoding="utf-8") as lines:
        return list({row["id"]: row["text"] for row in map(json.loads, lines)}.values())


def cpu_seconds(run: Callable[[list[str]], Iterable[object]], part: list[str]) -> float:
    start = time.process_time()
    for _ in run(part):
        pass
    return time.process_time() - start


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("texts", nargs="?", type=Path)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--model", default=DEFAULT_MODEL)
    chosen = options.parse_args()

    documents = texts(chosen.texts)
    words = sum(len(text.split()) for text in documents)
    with kept():
        full = spacy.load(chosen.model)
        extractor = Extractor(chosen.model)
        runs: dict[str, Callable[[list[str]], Iterable[object]]] = {
            "full pipeline": full.pipe,
            "lean pipeline": spacy.load(chosen.model, exclude=UNUSED).pipe,
            "parse": extractor.parser.pipe,
            "extraction": extractor.pipe,
        }
        if is_installed():
            runs["careful"] = Extractor(chosen.model, careful=True).pipe
    best = dict.fromkeys(runs, 0.0)
    for start in range(0, len(documents), SLICE):
        part = documents[start : start + SLICE]
        rounds = [{name: cpu_seconds(run, part) for name, run in runs.items()} for _ in range(chosen.rounds)]
        for name in runs:
            best[name] += min(seconds[name] for seconds in rounds)

    print(f"{len(documents):,} texts, {words:,} words, best of {chosen.rounds} rounds, {chosen.model}\n")
    print(f"{'':<15}{'words per CPU second':>22}{'of the full pipeline':>22}")
    for name, seconds in best.items():
        print(f"{name:<15}{words / seconds:>22,.0f}{best['full pipeline'] / seconds:>21.2f}x")
    more = {name: best["extraction"] / best[name] - 1 for name in ("lean pipeline", "parse")}
    print(f"\nextraction takes {more['lean pipeline']:.0%} more CPU time than the lean pipeline and", end=" ")
    print(f"{more['parse']:.0%} more than its own parse")


if __name__ == "__main__":
    main()
