"""The API under whatever its OpenAPI document allows, and what it doesn’t: schemathesis makes the requests up.

QUOTES_API_CASES says how many of each kind, valid and not, for each operation: 60 make more than 1,000 in all.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from storing import reading_here

from quotes import store
from quotes.web.app import application
from quotes.web.reading import Read

schemathesis = pytest.importorskip("schemathesis")
checks = pytest.importorskip("schemathesis.specs.openapi.checks")

CASES = int(os.environ.get("QUOTES_API_CASES", "8"))
ARTICLE = "Ada Lund said that the bridge will open. “It took too long,” the mayor, Tom Rask, said.\n"


def test_nothing_that_is_sent_makes_the_server_fail(tmp_path: Path) -> None:
    read = reading_here()
    app = application(tmp_path / "quotes.db", read=read, hosts=("*",))
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app)
    _fill(tmp_path / "quotes.db", read)
    statuses: Counter[int] = Counter()

    for operation in schema.get_all_operations():
        for mode in schemathesis.GenerationMode:
            # what takes nothing can't be sent anything wrong
            if mode.is_positive or [*operation.ok().iter_parameters(), *operation.ok().body]:
                _try(operation.ok(), mode, statuses)
    print(f"\n{sum(statuses.values())} requests: {dict(sorted(statuses.items()))}")
    assert len(statuses) > 3


def _fill(path: Path, read: Read) -> None:
    """Put a document with verdicts into the database, so that there is something to find."""
    found = read("a.txt", ARTICLE.encode())
    with store.open(str(path), write=True) as db:
        db.add_document(found.doc_id, found.text, found.records, {"date": "2024-05-01"}, found.topics)
        db.verdict(found.records[0]["id"], "right", "Åsa")
        db.verdict(found.records[1]["id"], "speaker", "Åsa", speaker="Ada Lund")


def _try(operation: Any, mode: Any, statuses: Counter[int]) -> None:
    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=CASES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )
    def run(case: Any) -> None:
        response = case.call()  # what is refused all the same: a text that is none, say, for a NUL in it
        statuses[response.status_code] += 1
        case.validate_response(response, excluded_checks=[checks.positive_data_acceptance])

    run()
