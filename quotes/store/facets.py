"""Quotes counted by speaker, outlet, month …"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

COUNTED = 20_000
"""Quotes over which facets of a search are counted at most: the last added of those that match."""
FACET_ROWS = 12
"""Values of a facet that are given."""

VALUES = {
    "speaker": ("q.speaker_id", "s.name"),
    "outlet": ("q.outlet", "q.outlet"),
    "month": ("substr(q.date, 1, 7)", "substr(q.date, 1, 7)"),
    "type": ("q.type", "q.type"),
    "act": ("q.act", "q.act"),
    "gender": ("s.gender", "s.gender"),
}
"""For each facet what is counted, of quotes q and speakers s, and how it is shown."""
FACETS = tuple(VALUES)


def facet_counts(db: sqlite3.Connection, ids: Sequence[int]) -> dict[str, list[dict[str, Any]]]:
    """For each of FACETS the most frequent values among quotes, each {"value", "label", "count"}.

    Args:
        db: the database.
        ids: the quotes, by their rows.
    """
    db.execute("CREATE TEMP TABLE IF NOT EXISTS hits (id INTEGER PRIMARY KEY)")
    db.execute("DELETE FROM temp.hits")
    if ids:
        db.execute(f"INSERT INTO temp.hits VALUES {', '.join(f'({id})' for id in ids)}")
    found = {}
    for facet, (value, label) in VALUES.items():
        rows = db.execute(
            f"SELECT {value} AS value, {label} AS label, count(*) AS count FROM temp.hits h "
            "JOIN quotes q INDEXED BY quotes_filters ON q.id = h.id LEFT JOIN speakers s ON s.id = q.speaker_id "
            f"WHERE {value} IS NOT NULL GROUP BY 1 ORDER BY count DESC, label LIMIT {FACET_ROWS}"
        )
        found[facet] = [dict(one) for one in rows]
    return found
