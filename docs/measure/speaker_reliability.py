"""How sure speakers are and how often they are right: python docs/measure/speaker_reliability.py GOLD...

GOLD is as for `quotes train-speakers`. Each third of the articles is read with a ranker that was fitted on the other
texts; the calibration is the one in the package. Prints how many names of each confidence there are, what they say of
themselves on average, and how many are right.
"""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

from quotes.grammar.parse import Parser
from quotes.learn.antecedents import OfChains, lessons
from quotes.learn.speakers import FIRST_TREES, FOLDS, examples, fit, judge, part_of, read
from quotes.resolve.ranker import Trees, family, shipped

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)


def main() -> None:
    texts = list(read(lessons(map(Path, sys.argv[1:])), Parser()))
    first = Trees(fit(examples([t for t in texts if isinstance(t.lesson, OfChains)], None), FIRST_TREES))
    seen = examples(texts, first)
    marks: list[tuple[str, float, bool]] = []
    for part in range(FOLDS):
        ranker = Trees(fit([e for e in seen if part_of(e.doc_id) != part]))
        for text in texts:
            if part_of(text.lesson.id) == part:
                sure = shipped().certainty.of
                marks += [(family(found.evidence), sure(found), right) for found, right in judge(text, ranker)]
    for name in ("all", *sorted({name for name, _, _ in marks})):
        rows = [(sure, right) for of, sure, right in marks if name in ("all", of)]
        print(f"\n{name}, {len(rows):,} sources\n{'confidence':<14}{'names':>7}{'said':>8}{'right':>8}")
        for low, high in pairwise(EDGES):
            within = [(sure, right) for sure, right in rows if low <= sure < high]
            if within:
                said, right = (sum(column) / len(within) for column in zip(*within, strict=True))
                print(f"{low:.2f} to {high:.2f}  {len(within):>7}{said:>8.3f}{right:>8.3f}")


if __name__ == "__main__":
    main()
