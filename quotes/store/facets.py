"""Quotes counted by speaker, outlet, month …"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from quotes.records import FLAGS
from quotes.store.database import Database
from quotes.store.rows import listed

COUNTED = 10_000
"""Quotes over which the facets of a search are counted at most: the last added of those that match."""
FACET_ROWS = 12
"""Values of a facet that are given."""

VALUES = {
    "speaker": "q.speaker_id",
    "outlet": "q.outlet",
    "month": "substr(q.date, 1, 7)",
    "type": "q.type",
    "act": "q.act",
    "cue": "q.cue_lemma",
    "rule": "q.rule",
    **{flag: f"q.{flag}" for flag in FLAGS},
}
"""For each facet of quotes q what is counted."""
FACETS = (*VALUES, "gender", "claim")


COLUMNS = ", ".join([*VALUES.values(), "q.claims"])
"""Of quotes q, in SQL."""


def facet_counts(db: Database, rows: Sequence[Sequence[Any]]) -> dict[str, list[dict[str, Any]]]:
    """For each of FACETS the most frequent values, each {"value", "label", "count"}.

    Args:
        db: the database.
        rows: the COLUMNS of the quotes over which they are counted.
    """
    *values, claims = map(Counter, zip(*rows, strict=True)) if rows else [Counter[Any]() for _ in (*VALUES, "claims")]
    counts = dict(zip(VALUES, values, strict=True))
    speakers = listed(counts["speaker"])
    names: dict[Any, str] = {}
    counts["gender"] = Counter()
    for id, name, gender in db.execute(f"SELECT id, name, gender FROM speakers WHERE id IN ({speakers})"):
        names[id] = name
        counts["gender"][gender] += counts["speaker"][id]
    counts["claim"] = Counter()
    for kinds, count in claims.items():
        counts["claim"].update(dict.fromkeys(kinds.split(", ") if kinds else (), count))
    labels = {"speaker": names} | {flag: {0: "no", 1: "yes"} for flag in FLAGS}
    return {facet: _most_frequent(counts[facet], labels.get(facet, {})) for facet in FACETS}


def _most_frequent(counts: Counter[Any], names: dict[Any, str]) -> list[dict[str, Any]]:
    del counts[None]
    rows = [{"value": value, "label": names.get(value, value), "count": count} for value, count in counts.items()]
    return sorted(rows, key=lambda row: (-row["count"], row["label"]))[:FACET_ROWS]
