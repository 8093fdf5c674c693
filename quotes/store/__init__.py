"""Quotes in an SQLite database: to search, to check, to look at with Datasette.

    store = quotes.store.open("quotes.db", make=True)
    store.add(["quotes.jsonl", "articles/"])
    store.search(Search("trade", speaker="Merkel", since="2024-01-01"))

Everything a caller needs is here; the tables are described in ``quotes.store.schema``.
"""

from __future__ import annotations

from quotes.store.add import Added
from quotes.store.agreement import Agreement
from quotes.store.changes import ChangeError
from quotes.store.errors import StoreError, WriteError
from quotes.store.facets import FACETS
from quotes.store.look import BY, SORTS
from quotes.store.missed import Missed
from quotes.store.queue import ORDERS, Order, Waiting
from quotes.store.search import Found, Search
from quotes.store.store import Store, open
from quotes.store.verdicts import VERDICTS, Verdict, VerdictError

__all__ = [
    "BY",
    "FACETS",
    "ORDERS",
    "SORTS",
    "VERDICTS",
    "Added",
    "Agreement",
    "ChangeError",
    "Found",
    "Missed",
    "Order",
    "Search",
    "Store",
    "StoreError",
    "Verdict",
    "VerdictError",
    "Waiting",
    "WriteError",
    "open",
]
