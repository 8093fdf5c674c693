"""The Check page: what is still to be checked, what most of all, and how far those who check agree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from quotes.store import Order, Store
from quotes.web.checking import words
from quotes.web.checks import Of, Said, just
from quotes.web.dependencies import Db, Page, known
from quotes.web.query import Queue
from quotes.web.render import render
from quotes.web.shown import Option, hits, pages
from quotes.write.around import sentence

PER_PAGE = 20
DISPUTED = 50
"""Quotes of which people say different things that are shown."""
NAMES: dict[Order, str] = {
    "quote": "Least sure",
    "speaker": "Doubtful speaker",
    "wire": "In most documents",
    "new": "Newest",
    "claim": "Most checkable claims",
}

router = APIRouter(include_in_schema=False)


@router.get("/check")
def check(
    request: Request, db: Db, asked: Annotated[Queue, Query()], page: Page = 1, said: Said = None, of: Of = ""
) -> Response:
    found, total = db.waiting(asked.waiting(PER_PAGE, PER_PAGE * (page - 1)))
    name = known(request)
    orders = [(label, _link(asked, order=order), asked.order == order) for order, label in NAMES.items()]
    again = [
        ("that nobody has checked", _link(asked, again_by=""), not asked.again_by),
        ("that others have, for a second look", _link(asked, again_by=name), bool(asked.again_by)),
    ]
    return render(
        request,
        "queue.html",
        asked=asked,
        orders=orders,
        again=again if name else [],
        outlets=[Option(outlet, count, _link(asked, outlet=outlet)) for outlet, count in db.waiting_outlets()[:12]],
        without_outlet=_link(asked, outlet=""),
        hits=[(hit, _around(db, hit.row)) for hit in hits(found)],
        just=just(db, said, of, here := _link(asked, page=page)),
        then=here,
        who=name,
        query=_link(asked).partition("?")[2],
        totals=db.totals(),
        **pages(page, total, PER_PAGE, "/check", asked.given()),
    )


@router.get("/check/agreement")
def agreement(request: Request, db: Db) -> Response:
    found = db.agreement()
    return render(
        request,
        "agreement.html",
        found=found,
        disputed=[_disputed(db, id) for id in found.disputed[:DISPUTED]],
        more=max(0, len(found.disputed) - DISPUTED),
    )


def _around(db: Store, row: Mapping[str, Any]) -> str:
    """The sentence around a quote, where the text is at hand."""
    document = db.document(row["document"]) or {}
    record = next((record for record in document.get("records", ()) if record["id"] == row["id"]), None)
    return sentence(record, document["text"]) if record and document["text"] is not None else ""


def _disputed(db: Store, id: str) -> dict[str, Any]:
    """A quote of which people say different things: each one's last word, and which stands."""
    quote: dict[str, Any] = db.quote(id) or {}
    text = (db.document(quote["document"]) or {}).get("text")
    last = {one["who"]: one for one in quote["verdicts"] if not one["undone_at"]}
    stands = quote["verdict"]["id"]
    said = [(one["who"], words(one, text), one["at"], one["id"] == stands) for one in last.values()]
    return {"hit": hits([quote])[0], "said": said}


def _link(asked: Queue, **how: Any) -> str:
    """The Check page with some of what is asked for changed."""
    given = {key: value for key, value in {**asked.given(), **how}.items() if value}
    return f"/check?{urlencode(given)}" if given else "/check"
