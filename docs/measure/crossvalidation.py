"""How well does the model do on its own training articles, each judged by a model that has not seen it?

    python docs/measure/crossvalidation.py GOLD.jsonl

The same parts, calibration and threshold as `quotes train` makes; the figures are those of `quotes evaluate`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from quotes.decide.ranker import Threshold
from quotes.grammar.parse import Parser
from quotes.learn.calibrate import confidence_from, picked_of, thresholds
from quotes.learn.evaluate import score
from quotes.learn.examples import articles, as_annotation
from quotes.learn.gold import load_jsonl
from quotes.learn.train import cross_validated


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("gold", type=Path)
    gold = load_jsonl(options.parse_args().gold)
    taken = articles(gold, Parser())
    ids = {id(article): doc_id for article, doc_id in zip(taken, dict.fromkeys(d.id for d in gold), strict=True)}
    judged = cross_validated(taken, lambda step: print(step, file=sys.stderr))
    confidence = confidence_from(judged)
    threshold = Threshold(*thresholds(judged, confidence)["threshold"])
    predicted = {
        ids[id(article)]: [
            as_annotation(article.ctx.parse, j.content, j.proposal.cue, j.proposal.source)
            for j in picked_of([j.with_confidence(confidence) for j in found], threshold)
        ]
        for article, found in judged
    }
    figures = score(gold, predicted)
    for name in ("found", "exact", "who_what", "tokens"):
        measure = getattr(figures, name)
        print(f"{name:20} P {measure.p:.3f}  R {measure.r:.3f}  F1 {measure.f1:.3f}")
    for name in ("source_accuracy", "direct_recall", "mixed_recall", "indirect_recall"):
        print(f"{name:20} {getattr(figures, name):.3f}")


if __name__ == "__main__":
    main()
