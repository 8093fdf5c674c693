"""How well pronouns are resolved in GAP: python docs/measure/gap.py gap-test.tsv

GAP (Webster, Recasens, Axelrod and Baldridge, TACL 2018; google-research-datasets/gap-coreference on GitHub, Apache
2.0) has passages of Wikipedia with a pronoun and two names, either of which it may mean, or neither. As in its own
scorer each name is a decision: precision, recall and F1 of those that the pronoun is said to mean, over all, of men and
of women, and the ratio of the last two.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from quotes.grammar.parse import Parser
from quotes.learn.antecedents import OfTwo, lessons, tokens
from quotes.learn.speakers import read
from quotes.resolve.discourse import walk
from quotes.resolve.document import Document
from quotes.resolve.ranker import shipped

CASES = ((True, True), (False, True), (True, False))
"""Whether a name is meant, and whether it is said to be: right, spurious, missed."""


def main() -> None:
    counts: Counter[tuple[str, bool, bool]] = Counter()
    passages = {p.id: p for p in lessons(map(Path, sys.argv[1:])) if isinstance(p, OfTwo)}
    for text in read(passages.values(), Parser()):
        doc = text.document(shipped().trees)
        walk(doc)
        for sex, meant, said in decisions(doc, passages[text.lesson.id]):
            counts.update([(sex, meant, said), ("all", meant, said)])
    f1 = {}
    for group in ("all", "men", "women"):
        right, spurious, missed = (counts[group, meant, said] for meant, said in CASES)
        precision, recall = right / max(right + spurious, 1), right / max(right + missed, 1)
        f1[group] = 2 * right / max(2 * right + spurious + missed, 1)
        print(f"{group:<8}precision {precision:.3f}  recall {recall:.3f}  F1 {f1[group]:.3f}")
    print(f"women to men {f1['women'] / max(f1['men'], 1e-9):.3f}")


def decisions(doc: Document, lesson: OfTwo) -> list[tuple[str, bool, bool]]:
    """For each name the pronoun's sex, whether it means the name, and whether the program says so."""
    at = tokens(doc.parse, lesson.pronoun, lesson.pronoun + 1)[0]
    met = doc.found.get(at)
    said = {entity for entity in (met.entity, met.entity.same) if entity} if met and met.entity else set()
    sex = "women" if doc.parse.lower[at] in ("she", "her", "hers", "herself") else "men"
    return [
        (sex, meant, any(doc.entity_at(k) in said for k in range(*tokens(doc.parse, start, end))))
        for start, end, meant in lesson.names
    ]


if __name__ == "__main__":
    main()
