"""How well the kinds of claims are told, on claims that were read twice: ids and labels in claims.tsv.

    quotes extract genres.jsonl british-dev.jsonl --claims | python docs/measure/claims.py

For each kind: how many of the program's there are among the claims read, how many of them are right by one reading at
least and by both, and how far the readings agree (the F1 of one against the other). Of long contents only the beginning
was read, so that only kinds told there count.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from quotes.records import CLAIM_KINDS

LABELS = Path(__file__).parent / "claims.tsv"
READ = 420
"""Characters of a content that were read."""


def main() -> None:
    rows = [line.split("\t") for line in LABELS.read_text(encoding="utf-8").splitlines()[1:] if line]
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
    for kind in CLAIM_KINDS:
        many = max(told[kind], 1)
        agreement = 2 * agreed[kind] / max(named[kind], 1)
        print(f"| {kind} | {told[kind]} | {either[kind] / many:.2f} | {both[kind] / many:.2f} | {agreement:.2f} |")


if __name__ == "__main__":
    main()
