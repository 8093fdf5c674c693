"""Does the confidence mean what it says? Right quotes among those given each confidence, by rule family and by source.

    python docs/measure/reliability.py GOLD.jsonl PREDICTED.jsonl

PREDICTED comes from `quotes extract --act all` over the texts of GOLD. A quote is right if an annotator marked its
content (Jaccard index of the words at least 0.5) with the same source, the pairs one to one; where several people
annotated an article, the share of them counts. ECE is the expected calibration error over ten equal bins (Naeini,
Cooper and Hauskrecht, AAAI 2015): the mean distance between confidence and share of right quotes, weighted by bin.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from quotes.learn.gold import Document, annotation, load_jsonl, load_predicted
from quotes.learn.overlap import pairs, same_source, words_of

BINS = 10


class Outcome(NamedTuple):
    """A predicted quote: how sure the program was, and by what share of the annotators it is right."""

    confidence: float
    right: float
    family: str
    publisher: str


def outcomes(gold: Iterable[Document], predicted: Path) -> tuple[list[Outcome], dict[str, float]]:
    """Every prediction with its outcome; and how many quotes annotators marked, by publisher."""
    versions: dict[str, list[Document]] = defaultdict(list)
    for document in gold:
        versions[document.id].append(document)
    records = load_predicted(predicted)
    out: list[Outcome] = []
    marked: dict[str, float] = defaultdict(float)
    for doc_id, documents in versions.items():
        text, publisher = documents[0].text, doc_id.partition("_")[0]
        found = records.get(doc_id, [])
        shares = [0.0] * len(found)
        words = [(i, w) for i, record in enumerate(found) for w in words_of(text, [annotation(record)])]
        place = {id(w): i for i, w in words}
        for document in documents:
            marks = words_of(text, document.annotations)
            marked[publisher] += len(marks) / len(documents)
            for g, f in pairs(marks, [w for _, w in words]):
                shares[place[id(f)]] += same_source(text, g.source, f.source) / len(documents)
        for record, share in zip(found, shares, strict=True):
            out.append(Outcome(record["confidence"], share, record["rule"].partition(".")[0], publisher))
    return out, marked


def calibration(found: list[Outcome]) -> tuple[list[tuple[float, float, int]], float]:
    """For every bin the mean confidence, the share of right quotes and their number; and the calibration error."""
    bins: list[list[Outcome]] = [[] for _ in range(BINS)]
    for o in found:
        bins[min(int(o.confidence * BINS), BINS - 1)].append(o)
    rows = []
    for members in bins:
        n = max(len(members), 1)
        rows.append((sum(o.confidence for o in members) / n, sum(o.right for o in members) / n, len(members)))
    error = sum(n * abs(sure - right) for sure, right, n in rows) / max(len(found), 1)
    return rows, error


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("gold", type=Path)
    options.add_argument("predicted", type=Path)
    chosen = options.parse_args()
    found, marked = outcomes(load_jsonl(chosen.gold), chosen.predicted)
    rows, error = calibration(found)
    print("| confidence | mean | right | quotes |\n|---|---|---|---|")
    for k, (sure, right, n) in enumerate(rows):
        if n:
            print(f"| {k / BINS:.1f} to {(k + 1) / BINS:.1f} | {sure:.3f} | {right:.3f} | {n} |")
    print(f"\nexpected calibration error {error:.3f} over {len(found)} quotes\n")
    for name in ("family", "publisher"):
        print(f"| {name} | quotes | precision |{' recall |' if name == 'publisher' else ''}")
        print(f"|---|---|---|{'---|' if name == 'publisher' else ''}")
        for value in sorted({getattr(o, name) for o in found}):
            rights = [o.right for o in found if getattr(o, name) == value]
            recall = f" {sum(rights) / marked[value]:.3f} |" if name == "publisher" else ""
            print(f"| {value} | {len(rights)} | {sum(rights) / len(rights):.3f} |{recall}")
        print()


if __name__ == "__main__":
    main()
