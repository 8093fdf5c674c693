"""How well does a model do on the articles that it is learned from, each judged by one that has not seen it?

    python docs/measure/crossvalidation.py GOLD.jsonl... [--weight GOLD.jsonl=N] [--read read.npz]

The same parts, second stage and thresholds as `quotes train` makes. For every gold and purpose the figures of `quotes
evaluate`, and the expected calibration error over ten equal bins. With --read, which `quotes train-reader` wrote, also
those with the second reader.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

from quotes.decide.choose import Judged, with_confidence
from quotes.decide.model import regression_of
from quotes.grammar.parse import Parser
from quotes.learn.calibrate import LOWEST, Crossed, confidence_from, picked_of, shares_right, thresholds
from quotes.learn.careful import cross_validated as with_readers
from quotes.learn.careful import read_before
from quotes.learn.evaluate import score
from quotes.learn.examples import Article, articles, as_annotation
from quotes.learn.gold import Document, load_jsonl
from quotes.learn.train import cross_validated


def calibration_error(found: list[tuple[Article, list[Judged]]], least: float) -> float:
    """The mean difference between confidence and the share that is right, over ten bins, of what stands."""
    pairs = []
    for article, judged in found:
        picked = picked_of(judged, least)
        pairs += list(zip((j.confidence for j in picked), shares_right(article, picked), strict=True))
    sure, right = np.array(pairs).T
    which = (sure * 10).astype(int).clip(0, 9)
    bins = [which == k for k in range(10)]
    return float(sum(abs(sure[at].sum() - right[at].sum()) for at in bins) / len(sure))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("gold", type=Path, nargs="+")
    options.add_argument("--weight", action="append", default=[])
    options.add_argument("--read", type=Path)
    chosen = options.parse_args()
    weights = {Path(name): int(number) for name, _, number in (one.rpartition("=") for one in chosen.weight)}
    parser, taken, ids = Parser(), [], {}
    golds = {path.stem: load_jsonl(path) for path in chosen.gold}
    for path in chosen.gold:
        of_corpus = articles(golds[path.stem], parser, path.stem, weights.get(path, 1))
        ids |= dict(zip(map(id, of_corpus), dict.fromkeys(d.id for d in golds[path.stem]), strict=True))
        taken += of_corpus
    if chosen.read:
        read_before(taken, (ids[id(article)] for article in taken), chosen.read)
    validated = cross_validated(taken, lambda step: print(step, file=sys.stderr))
    print("shares", validated.shares)
    report(golds, ids, validated.crossed)
    if chosen.read:
        print("\nwith the second reader")
        report(golds, ids, with_readers(validated.folds, lambda step: print(step, file=sys.stderr)).crossed)


def report(golds: dict[str, list[Document]], ids: dict[int, str], crossed: Crossed) -> None:
    """Print the figures of each corpus.

    Args:
        golds: the annotated articles of each.
        ids: from each article, by its place in memory, to its id.
        crossed: what was made of each.
    """
    confidence = confidence_from(crossed)
    stage = regression_of(confidence["regression"])
    judged = [(article, with_confidence(found, stage)) for article, found in crossed if article.complete]
    for name in dict.fromkeys(article.corpus for article, _ in judged):
        of_one = [(article, found) for article, found in judged if article.corpus == name]
        print(f"\n{name}: expected calibration error {calibration_error(of_one, LOWEST):.3f}")
        for purpose, least in thresholds(crossed, confidence)["thresholds"].items():
            predicted = {
                ids[id(article)]: [
                    as_annotation(article.ctx.parse, j.content, j.proposal.cue, j.proposal.source)
                    for j in picked_of(found, least)
                ]
                for article, found in of_one
            }
            figures = score(golds[name], predicted)
            line = [f"{measure} {getattr(figures, measure).f1:.3f}" for measure in ("found", "exact", "who_what")]
            line += [f"P {figures.who_what.p:.3f}", f"R {figures.who_what.r:.3f}"]
            line += [f"{kind} {getattr(figures, f'{kind}_recall'):.2f}" for kind in ("direct", "mixed", "indirect")]
            print(f"{purpose:<11} from {least:.2f}: {'  '.join(line)}")


if __name__ == "__main__":
    main()
