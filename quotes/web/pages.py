"""The pages on which texts are read in, searched and counted, and the door; those for checking are in ``checks``."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, File, Form, HTTPException, Query, Request, UploadFile
from starlette.responses import RedirectResponse, Response

from quotes.records import META
from quotes.store import Store
from quotes.web.dependencies import Db, Page, Then, Words, known
from quotes.web.mending import Changed, just_changed
from quotes.web.plots import timeline
from quotes.web.query import Asked, Day, Row
from quotes.web.reading import Read, ReadingError
from quotes.web.render import render
from quotes.web.security import SESSION, checked, local_path, same, session
from quotes.web.shown import Chosen, chosen, facets, hits, pages, rows, topics, with_query

PER_PAGE = 20
MANY = 50
"""Rows of a table on one page."""
Sort = Literal["added", "date", "title", "outlet", "quotes"]
SORTS: dict[Sort, str] = {
    "added": "Last added",
    "date": "Newest",
    "title": "Title",
    "outlet": "Outlet",
    "quotes": "Most quotes",
}
LONGEST = 400_000
"""Characters of a pasted text."""

router = APIRouter(include_in_schema=False)
writes = APIRouter(include_in_schema=False, dependencies=[Depends(checked)])
"""What a form is sent to."""


# Reading


class Given:
    """What stands in the form for a text."""

    def __init__(
        self, text: str = "", title: str = "", author: str = "", outlet: str = "", date: str = "", url: str = ""
    ) -> None:
        self.text, self.title, self.author, self.outlet, self.date, self.url = text, title, author, outlet, date, url

    @property
    def meta(self) -> dict[str, str]:
        """What was said of the text."""
        named = {key: getattr(self, key).strip() for key in META}
        return {key: value for key, value in named.items() if value}


@router.get("/")
def home(request: Request, db: Db) -> Response:
    return _home(request, db, Given())


def _home(request: Request, db: Store, given: Given, status: int = 200, error: str = "") -> Response:
    return render(
        request,
        "home.html",
        status,
        given=given,
        error=error,
        longest=LONGEST,
        documents=with_checked(db, db.documents(8)),
    )


@router.get("/read")
def read_again() -> Response:
    return RedirectResponse("/", 303)


@writes.post("/read")
def read(
    request: Request,
    db: Db,
    text: Annotated[str, Form(max_length=2 * LONGEST)] = "",
    file: Annotated[UploadFile | None, File()] = None,
    title: Words = "",
    author: Words = "",
    outlet: Words = "",
    date: Annotated[Day, Form()] = "",
    url: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Find the quotes of a text, keep them, and show them."""
    given = Given(text, title, author, outlet, date, url)
    if file and file.filename:
        name, data = file.filename, file.file.read()
    else:
        name, data = "pasted.txt", text.replace("\r\n", "\n").encode()
    if not data.strip():
        return _home(request, db, given, 422, "There is no text yet.")
    find: Read = request.app.state.read
    try:
        found = find(name, data)
    except ReadingError as error:
        return _home(request, db, given, 422, str(error))
    row = db.add_document(found.doc_id, found.text, found.records, {**found.meta, **given.meta}, found.topics)
    return RedirectResponse(f"/documents/{row}", 303)


# Looking


def with_checked(db: Store, documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Documents of a list with how many of their quotes are checked."""
    counts = db.checked_in(one["id"] for one in documents)
    return [one | {"checked": counts.get(one["id"], 0)} for one in documents]


@router.get("/search")
def search(request: Request, db: Db, asked: Annotated[Asked, Query()], page: Page = 1) -> Response:
    found = db.search(asked.search(PER_PAGE, PER_PAGE * (page - 1)), facets=True)
    return render(
        request,
        "search.html",
        asked=asked,
        kept=Chosen(asked).hidden(),
        chosen=chosen(asked, db),
        hits=hits(found.rows),
        facets=facets(found.facets, Chosen(asked)),
        counted=found.counted,
        more=found.more,
        wrong=found.wrong,
        query=Chosen(asked).link().removeprefix("/search"),
        **pages(page, found.total, PER_PAGE, "/search", asked.given()),
    )


@router.get("/speakers")
def speakers(request: Request, db: Db, name: Annotated[str, Query(max_length=200)] = "", page: Page = 1) -> Response:
    found = db.speakers(name.strip() or None, MANY, MANY * (page - 1))
    total = db.totals()["speakers"] if not name.strip() else MANY * (page - 1) + len(found) + (len(found) == MANY)
    return render(
        request,
        "speakers.html",
        name=name,
        speakers=found,
        **pages(page, total, MANY, "/speakers", {"name": name} if name else {}),
    )


@router.get("/speakers/{id}")
def speaker(request: Request, db: Db, id: Row, page: Page = 1, changed: Changed = None) -> Response:
    one = db.speaker(id)
    if one is None:
        raise HTTPException(404, "There is no such speaker.")
    asked = Asked(speaker_id=id)
    found = db.search(asked.search(PER_PAGE, PER_PAGE * (page - 1)), facets=True)
    dated = sum(count for _, count in one["months"])
    return render(
        request,
        "speaker.html",
        speaker=one,
        just=just_changed(db, changed, f"/speakers/{id}"),
        who=known(request),
        plot=timeline(dict(one["months"])),
        undated=one["quotes"] - dated,
        hits=hits(found.rows),
        wrong=found.wrong,
        facets=facets(found.facets, Chosen(asked), without=("speaker", "gender")),
        counted=found.counted,
        topics=topics(one, Chosen(asked)),
        **pages(page, found.total, PER_PAGE, f"/speakers/{id}", {}),
    )


@router.get("/documents")
def documents(
    request: Request,
    db: Db,
    q: Annotated[str, Query(max_length=500)] = "",
    sort: Sort = "added",
    page: Page = 1,
    changed: Changed = None,
) -> Response:
    found = with_checked(db, db.documents(MANY, MANY * (page - 1), q, sort))
    given = {key: value for key, value in (("q", q), ("sort", sort)) if value and value != "added"}
    orders = [(name, with_query("/documents", **{**given, "sort": key}), key == sort) for key, name in SORTS.items()]
    return render(
        request,
        "documents.html",
        documents=found,
        q=q,
        sort=sort,
        orders=orders,
        just=just_changed(db, changed, "/documents"),
        who=known(request),
        **pages(page, db.number_of_documents(q), MANY, "/documents", given),
    )


@router.get("/figures")
def figures(request: Request, db: Db) -> Response:
    months = db.stats("month", limit=100_000)
    tables = [
        {"name": name, "rows": rows(db.stats(by, limit=12, documents=False), by), "more": more}
        for name, by, more in (
            ("By speaker", "speaker", "/speakers"),
            ("By outlet", "outlet", ""),
            ("By topic", "topic", ""),
            ("By type", "type", ""),
            ("By act", "act", ""),
            ("By gender, where the text’s pronouns tell it", "gender", ""),
        )
    ]
    return render(
        request,
        "figures.html",
        totals=db.totals(),
        plot=timeline({one["value"]: one["quotes"] for one in months if one["value"]}),
        undated=sum(one["quotes"] for one in months if not one["value"]),
        tables=tables,
    )


# The token


@router.get("/enter")
def enter(request: Request, then: Annotated[str, Query(max_length=500)] = "/") -> Response:
    return render(request, "enter.html", then=local_path(then), wrong=False)


@writes.post("/enter")
def entered(
    request: Request,
    token: Annotated[str, Form(max_length=500)],
    then: Then = "/",
) -> Response:
    """Let in whoever shows the token."""
    wanted: str | None = request.app.state.token
    if wanted is None or same(token, wanted):
        response: Response = RedirectResponse(local_path(then), 303)
        if wanted is not None:
            response.set_cookie(SESSION, session(wanted), httponly=True, samesite="strict")
        return response
    return render(request, "enter.html", 403, then=local_path(then), wrong=True)


router.include_router(writes)
