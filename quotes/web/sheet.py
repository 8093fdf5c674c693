"""A document as people who checked have it: what its page shows, and where checking goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quotes.records import Quote, Record
from quotes.store import Store
from quotes.store.records import as_checked
from quotes.view import Check, numbered


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document whose text is at hand, with its quotes as they are checked."""

    document: Mapping[str, Any]
    """As ``Store.document`` gives it."""
    quotes: list[Quote]
    """In the order of their numbers, those that are wrong too."""
    checks: dict[str, Check]
    """By quote id, what came of checking it."""

    def number(self, id: str) -> int:
        """A quote's number on the page; 1 where it is none of these."""
        return next((k for k, quote in enumerate(self.quotes, 1) if quote.id == id), 1)

    def next_unchecked(self, id: str) -> int:
        """The number of the first quote after one that nobody has checked, from the first again after the last; of the
        one itself where all are checked."""
        at = self.number(id)
        numbers = [k for k, quote in enumerate(self.quotes, 1) if quote.id not in self.checks]
        return next((k for k in numbers if k > at), numbers[0] if numbers else at)


def sheet(db: Store, document: Mapping[str, Any]) -> Sheet:
    """A document with its quotes as they are checked: see ``records_of``.

    Args:
        db: the database.
        document: as ``Store.document`` gives it, with its text.
    """
    checks = {id: outcome(verdict) for id, verdict in document["verdicts"].items()}
    return Sheet(document, numbered(document["text"], records_of(db, document)), checks)


def records_of(db: Store, document: Mapping[str, Any]) -> list[Record]:
    """A document's records by the verdicts that stand; those that are wrong as the program has them."""
    checked = {record["id"]: record for record in as_checked(db, document)}
    return [checked.get(record["id"], record) for record in document["records"]]


def outcome(verdict: Mapping[str, Any]) -> Check:
    """What a verdict makes of a quote."""
    if verdict["verdict"] == "wrong":
        return "wrong"
    return "changed" if verdict["speaker"] or verdict["content"] else "right"
