"""How well the kinds of claims are told, on claims that were read twice: ids and labels in claims.tsv.

    quotes extract genres.jsonl british-dev.jsonl --claims | python docs/measure/claims.py
    quotes extract genres.jsonl world.jsonl --claims | python docs/measure/claims.py claims-unseen.tsv
    quotes extract genres.jsonl world.jsonl --claims | python docs/measure/claims.py claims-four.tsv quantity cause …

For each kind: how many of the program's there are among the claims read, how many of them are right by one reading at
least and by both, and how far the readings agree (the F1 of one against the other). Of long contents only the beginning
was read, so that only kinds told there count. Other labels, and the kinds that were read, can be named: in the unseen
ones "first" has the kinds that are surely right, "second" those that are so by one way of reading.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from quotes.records import CLAIM_KINDS

HERE = Path(__file__).parent
READ = 420
"""Characters of a content that were read."""


def main() -> None:
    name, *asked = sys.argv[1:] or ["claims.tsv"]
    labels = HERE / name
    rows = [line.split("\t") for line in labels.read_text(encoding="utf-8").splitlines()[1:] if line]
    readings = {id: (set(first.split()), set(second.split())) for id, first, second in rows}
    told, either, both, agreed, named = (Counter[str]() for _ in range(5))
    for first, second in readings.values():
        agreed.update(first & second)
        named.update([*first, *second])
    for line in sys.stdin:
        record = json.loads(line)
        if record["id"] not in readings:
            continue
        first, second = readings[record["id"]]
        start = record["content"][0]["start"]
        kinds = {sign["kind"] for sign in record["claim"]["kinds"] if sign["start"] - start < READ}
        told.update(kinds)
        either.update(kinds & (first | second))
        both.update(kinds & first & second)
    print("| kind | told | right by either | by both | readings agree |\n|---|---|---|---|---|")
    for kind in asked or CLAIM_KINDS:
        many = max(told[kind], 1)
        agreement = 2 * agreed[kind] / max(named[kind], 1)
        print(f"| {kind} | {told[kind]} | {either[kind] / many:.2f} | {both[kind] / many:.2f} | {agreement:.2f} |")


if __name__ == "__main__":
    main()
