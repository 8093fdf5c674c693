"""The pages: what a browser asks for, and what its forms send."""

from __future__ import annotations

import getpass
from typing import Annotated, Any, Literal
from urllib.parse import quote as quoted
from urllib.parse import unquote, urlencode

from fastapi import APIRouter, Depends, File, Form, HTTPException, Query, Request, UploadFile
from pydantic import Field
from starlette.responses import RedirectResponse, Response

from quotes import view
from quotes.records import META
from quotes.store import Store, VerdictError
from quotes.view.notes import numbered
from quotes.web.checking import Check, NotChecked, history, judge
from quotes.web.plots import timeline
from quotes.web.query import Asked, Day, Row
from quotes.web.reading import Read, ReadingError
from quotes.web.render import fragment, render
from quotes.web.security import SESSION, checked, local_path, same, session
from quotes.web.shown import Chosen, chosen, context, facets, hits, rows, topics

PER_PAGE = 20
MANY = 50
"""Rows of a table on one page."""
LONGEST = 400_000
"""Characters of a pasted text."""
NAME = "quotes_name"
"""The cookie that remembers who checks."""
YEAR = 365 * 24 * 3600


def database(request: Request) -> Store:
    """The open database."""
    store: Store = request.app.state.store
    return store


def who(request: Request, who: Annotated[str, Form(max_length=100)] = "") -> str:
    """Who checks: as the form says, else as before, else whose machine it is."""
    return who.strip() or known(request)


def known(request: Request) -> str:
    """Who checked last in this browser; on their own machine without a token, whose account it is; else ""."""
    if name := unquote(request.cookies.get(NAME, "")).strip()[:100]:
        return name
    if request.app.state.token is not None:
        return ""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name
        return ""


Db = Annotated[Store, Depends(database)]
Who = Annotated[str, Depends(who)]
Page = Annotated[int, Query(ge=1, le=10**6)]
Words = Annotated[str, Form(max_length=500)]
Then = Annotated[str, Form(max_length=500)]
QuoteId = Annotated[str, Field(max_length=100)]

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
    return render(request, "home.html", status, given=given, error=error, longest=LONGEST, documents=db.documents(8))


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
        more=found.more,
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
def speaker(request: Request, db: Db, id: Row, page: Page = 1) -> Response:
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
        plot=timeline(dict(one["months"])),
        undated=one["quotes"] - dated,
        hits=hits(found.rows),
        facets=facets(found.facets, Chosen(asked), without=("speaker", "gender")),
        topics=topics(one, Chosen(asked)),
        **pages(page, found.total, PER_PAGE, f"/speakers/{id}", {}),
    )


@router.get("/documents")
def documents(request: Request, db: Db, page: Page = 1) -> Response:
    found = db.documents(MANY, MANY * (page - 1))
    total = db.totals()["documents"]
    return render(request, "documents.html", documents=found, **pages(page, total, MANY, "/documents", {}))


@router.get("/documents/{id}")
def document(request: Request, db: Db, id: Row) -> Response:
    one = db.document(id)
    if one is None:
        raise HTTPException(404, "There is no such document.")
    meta = {key: one[key] for key in META}
    if one["title"] == one["doc_id"]:  # the store's stand-in for a title
        meta["title"] = None
    name, forms = known(request), {}
    for number, record in enumerate(numbered(one["text"] or "", one["records"]) if one["text"] else [], 1):
        forms[record.id] = fragment(
            request,
            "check.html",
            id=record.id,
            verdict=one["verdicts"].get(record.id),
            speaker_id=one["speaker_ids"].get(record.id),
            who=name,
            then=f"/documents/{id}#q{number}",
        )
    article = view.article(one["text"], one["records"], meta=meta, added=forms) if one["text"] else None
    found = [] if article else hits(filter(None, (db.quote(record["id"]) for record in one["records"])))
    return render(request, "document.html", document=one, article=article, hits=found)


@router.get("/quotes/{id}")
def quote(request: Request, db: Db, id: QuoteId) -> Response:
    return _quote(request, db, id)


def _quote(
    request: Request, db: Store, id: str, status: int = 200, check: Check | None = None, error: str = ""
) -> Response:
    one = db.quote(id)
    if one is None:
        raise HTTPException(404, "There is no such quote.")
    of = db.document(one["document"]) or {}
    text = of.get("text")
    return render(
        request,
        "quote.html",
        status,
        quote=hits([one])[0],
        record=one["record"],
        context=context(text, one["record"]),
        places=[place for place in one["places"] if place["id"] != id],
        given=check or Check.of(one["record"]),
        movable=text is not None,
        verdicts=history(one["verdicts"], text),
        names=sorted({r["speaker"]["name"] for r in of.get("records", ()) if r["speaker"] and r["speaker"]["name"]}),
        who=known(request),
        error=error,
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


def pages(page: int, total: int, size: int, path: str, given: dict[str, Any]) -> dict[str, Any]:
    """What the pager needs."""

    def link(number: int) -> str:
        return f"{path}?{urlencode({**given, 'page': number}, doseq=True)}"

    return {"here": page, "last": -(-total // size), "link": link, "total": total}


# Checking


@writes.post("/quotes/{id}/verdicts")
def check(
    request: Request,
    db: Db,
    id: QuoteId,
    by: Who,
    verdict: Annotated[Literal["right", "wrong", "speaker", "edges"], Form()],
    speaker: Annotated[str, Form(max_length=200)] = "",
    content: Annotated[list[Annotated[str, Field(max_length=20_000)]], Form(max_length=100)] = [],  # noqa: B006 as FastAPI wants it
    then: Then = "",
) -> Response:
    """Keep what somebody says of a quote."""
    said = Check(verdict, speaker, content)
    try:
        judge(db, id, said, by)
    except (NotChecked, VerdictError) as error:
        return _quote(request, db, id, 422, said, str(error))
    response = RedirectResponse(local_path(then) if then else f"/quotes/{id}", 303)
    response.set_cookie(NAME, quoted(by), max_age=YEAR, httponly=True, samesite="strict")
    return response


@writes.post("/verdicts/{id}/undo")
def undo(request: Request, db: Db, id: Row, by: Who, then: Then = "/") -> Response:
    """Take a verdict back."""
    if not by:
        raise HTTPException(422, "Say who you are: that a verdict was undone is kept with a name.")
    try:
        db.undo(id, by)
    except VerdictError as error:
        raise HTTPException(409, str(error)) from error
    return RedirectResponse(local_path(then), 303)


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
