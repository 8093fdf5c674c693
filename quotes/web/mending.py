"""The pages' forms that put right what is wrong: documents and speakers, and changes undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request
from pydantic import Field
from starlette.responses import RedirectResponse, Response

from quotes.store import ChangeError, Store
from quotes.web.dependencies import Db, Page, Then, Who, Words, known, remember
from quotes.web.query import Day, Row
from quotes.web.render import render
from quotes.web.security import checked, local_path
from quotes.web.shown import pages, with_query

PER_PAGE = 50
T = TypeVar("T")
Changed = Annotated[Row | None, Query()]
"""The change that was just made, which the page tells of."""
router = APIRouter(include_in_schema=False)
writes = APIRouter(include_in_schema=False, dependencies=[Depends(checked)])
"""What a form is sent to."""


@writes.post("/documents/{id}/edit")
def edit(
    db: Db,
    id: Row,
    by: Who,
    title: Words = "",
    author: Words = "",
    outlet: Words = "",
    date: Annotated[Day, Form()] = "",
    url: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Correct what is known of a document."""
    fields = {"title": title, "author": author, "outlet": outlet, "date": date, "url": url}
    change = _made(by, lambda: db.edit(id, {key: value.strip() or None for key, value in fields.items()}, by))
    return _told(f"/documents/{id}", change, by)


@writes.post("/documents/{id}/remove")
def remove(db: Db, id: Row, by: Who) -> Response:
    """Take a document out."""
    return _told("/documents", _made(by, lambda: db.remove(id, by)), by)


@writes.post("/speakers/{id}/rename")
def rename(db: Db, id: Row, by: Who, name: Annotated[str, Form(max_length=200)] = "") -> Response:
    """Call a speaker by another name."""
    return _told(f"/speakers/{id}", _made(by, lambda: db.rename(id, " ".join(name.split()), by)), by)


@writes.post("/speakers/{id}/merge")
def merge(db: Db, id: Row, by: Who, into: Annotated[str, Form(max_length=200)] = "") -> Response:
    """Say that a speaker is the same as another."""

    def change() -> tuple[int, int]:
        other = db.meant(" ".join(into.split()))
        return db.merge([id], other, by)[0], other

    number, other = _made(by, change)
    return _told(f"/speakers/{other}", number, by)


@writes.post("/speakers/{id}/split")
def split(
    db: Db,
    id: Row,
    by: Who,
    names: Annotated[list[Annotated[str, Field(max_length=200)]], Form(max_length=100)] = [],  # noqa: B006 as FastAPI wants it
    name: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Say that some of a speaker's names are somebody else's."""
    number, other = _made(by, lambda: db.split(id, by, names=names, name=" ".join(name.split()) or None))
    return _told(f"/speakers/{other}", number, by)


@router.get("/changes")
def changes(request: Request, db: Db, page: Page = 1) -> Response:
    found = db.changes(PER_PAGE + 1, PER_PAGE * (page - 1))
    total = PER_PAGE * (page - 1) + len(found)
    return render(
        request,
        "changes.html",
        changes=found[:PER_PAGE],
        who=known(request),
        **pages(page, total, PER_PAGE, "/changes", {}),
    )


@writes.post("/changes/{id}/undo")
def undo(db: Db, id: Row, by: Who, then: Then = "/changes") -> Response:
    """Undo a change."""
    _made(by, lambda: db.undo_change(id, by))
    return remember(RedirectResponse(local_path(then), 303), by)


def just_changed(db: Store, change: int | None, then: str) -> dict[str, Any] | None:
    """The change that was just made, to be told on the page that follows, where it can be undone."""
    one = next((one for one in db.changes(PER_PAGE) if one["id"] == change), None) if change else None
    if one is None or one["undone_at"]:
        return None
    return {"undo": f"/changes/{change}/undo", "words": "done", "line": one["line"], "then": then}


def _made(by: str, change: Callable[[], T]) -> T:
    if not by:
        raise HTTPException(422, "Say who you are: a change is kept with a name.")
    try:
        return change()
    except ChangeError as error:
        raise HTTPException(409, f"{str(error)[:1].upper()}{str(error)[1:]}.") from error


def _told(path: str, change: int, by: str) -> Response:
    return remember(RedirectResponse(with_query(path, changed=change), 303), by)


router.include_router(writes)
