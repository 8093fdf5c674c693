"""A document, a quote, and what people say of them: the pages on which quotes are checked, and what they send."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request
from pydantic import Field
from starlette.responses import RedirectResponse, Response

from quotes import view
from quotes.records import FLAGS, META
from quotes.store import Store, VerdictError
from quotes.web.checking import Addition, Check, NotChecked, add_missed, history, judge, words
from quotes.web.dependencies import Db, QuoteId, Then, Who, Words, known, remember
from quotes.web.edges import Span
from quotes.web.mending import Changed, just_changed
from quotes.web.query import Row
from quotes.web.render import fragment, render
from quotes.web.security import checked, local_path
from quotes.web.sheet import Sheet, records_of, sheet
from quotes.web.shown import citation, context, hits, titled, with_query

router = APIRouter(include_in_schema=False)
writes = APIRouter(include_in_schema=False, dependencies=[Depends(checked)])
"""What a form is sent to."""

Said = Annotated[Row | None, Query()]
"""The verdict that was just given, which the page tells of."""
Of = Annotated[str, Query(max_length=100)]
"""The quote that it is of."""
Place = Annotated[str, Form(pattern=r"^(\d{1,9} \d{1,9})?$")]
"""Start and end of words that were selected in the text."""


@router.get("/documents/{id}")
def document(
    request: Request, db: Db, id: Row, said: Said = None, of: Of = "", at: Of = "", changed: Changed = None
) -> Response:
    if at and (one := db.document(id)) and one["text"] is not None:
        return RedirectResponse(f"/documents/{id}#q{sheet(db, one).number(at)}", 303)
    told = just(db, said, of, f"/documents/{id}") or just_changed(db, changed, f"/documents/{id}")
    return _document(request, db, id, told=told)


def _document(
    request: Request,
    db: Store,
    id: int,
    status: int = 200,
    told: dict[str, Any] | None = None,
    addition: Addition | None = None,
    error: str = "",
) -> Response:
    one = db.document(id)
    if one is None:
        raise HTTPException(404, "There is no such document.")
    name = known(request)
    values: dict[str, Any] = {
        "document": one,
        "article": None,
        "hits": [],
        "just": told,
        "who": name,
        "names": _names(one),
        "given": addition or Addition(),
        "error": error,
        "flags": FLAGS,
    }
    if one["text"] is None:
        values["hits"] = hits(filter(None, (db.quote(record["id"]) for record in one["records"])))
    else:
        values["article"] = _article(request, sheet(db, one), name)
    return render(request, "document.html", status, **values)


def _article(request: Request, page: Sheet, name: str) -> Any:
    one = page.document
    forms = {
        quote.id: fragment(
            request,
            "check.html",
            quote=quote,
            verdict=one["verdicts"].get(quote.id),
            words=words(one["verdicts"][quote.id], one["text"]) if quote.id in one["verdicts"] else "",
            speaker_id=one["speaker_ids"].get(quote.id),
            citation="" if page.checks.get(quote.id) == "wrong" else citation(quote, one),
            who=name,
            document=one["id"],
            here=f"/documents/{one['id']}#q{number}",
        )
        for number, quote in enumerate(page.quotes, 1)
    }
    meta = {key: one[key] for key in META} | {"title": titled(one)}
    return view.article(one["text"], page.quotes, meta=meta, added=forms, checks=page.checks)


def _names(document: Any) -> list[str]:
    found = {record["speaker"]["name"] for record in document["records"] if record["speaker"]}
    found |= {verdict["speaker"] for verdict in document["verdicts"].values()}
    return sorted(filter(None, found))


def just(db: Store, said: int | None, of: str, then: str) -> dict[str, Any] | None:
    """What the verdict that was just given says, to be told on the page that follows, where it can be undone."""
    quote = db.quote(of) if said and of else None
    given = next((one for one in quote["verdicts"] if one["id"] == said), None) if quote else None
    if not quote or not given or given["undone_at"]:
        return None
    text = (db.document(quote["document"]) or {}).get("text")
    return {"undo": f"/verdicts/{said}/undo", "words": words(given, text), "line": quote["line"], "then": then}


@router.get("/quotes/{id}")
def quote(request: Request, db: Db, id: QuoteId) -> Response:
    return _quote(request, db, id)


def _quote(
    request: Request, db: Store, id: str, status: int = 200, check: Check | None = None, error: str = ""
) -> Response:
    one = db.quote(id)
    of = one and db.document(one["document"])
    if one is None or of is None:
        raise HTTPException(404, "There is no such quote.")
    record = next(record for record in records_of(db, of) if record["id"] == id)
    [hit] = hits([one])
    return render(
        request,
        "quote.html",
        status,
        quote=hit,
        record=record,
        found=one["record"],
        context=context(of["text"], record),
        places=[place for place in one["places"] if place["id"] != id],
        given=check or Check.of(record),
        movable=of["text"] is not None,
        verdicts=history(one["verdicts"], of["text"]),
        names=_names(of),
        who=known(request),
        error=error,
    )


@writes.post("/quotes/{id}/verdicts")
def check(
    request: Request,
    db: Db,
    id: QuoteId,
    by: Who,
    verdict: Annotated[Literal["right", "wrong", "speaker", "edges"], Form()],
    speaker: Annotated[str, Form(max_length=200)] = "",
    content: Annotated[list[Annotated[str, Field(max_length=20_000)]], Form(max_length=100)] = [],  # noqa: B006 as FastAPI wants it
    place: Place = "",
    document: Annotated[Row | None, Form()] = None,
    then: Then = "",
) -> Response:
    """Keep what somebody says of a quote. On a document's page checking goes on at the next quote that nobody has
    checked; a quote that was corrected is shown first."""
    said = Check(verdict, speaker, content, _span(place))
    try:
        number = judge(db, id, said, by)
    except (NotChecked, VerdictError) as error:
        return _quote(request, db, id, 422, said, str(error))
    onward = f"/quotes/{id}"
    if document is not None and (of := db.document(document)) and of["text"] is not None:
        page = sheet(db, of)
        at = page.number(id) if verdict in ("speaker", "edges") else page.next_unchecked(id)
        onward = f"{with_query(f'/documents/{document}', said=number, of=id)}#q{at}"
    elif then:
        onward = with_query(local_path(then), said=number, of=id)
    return remember(RedirectResponse(onward, 303), by)


@writes.post("/documents/{id}/quotes")
def add(
    request: Request,
    db: Db,
    id: Row,
    by: Who,
    content: Annotated[str, Form(max_length=20_000)] = "",
    speaker: Words = "",
    cue: Words = "",
    how: Annotated[Literal["", "negated", "modal", "question"], Form()] = "",
    place: Place = "",
) -> Response:
    """Add a quote that the program missed."""
    addition = Addition(content, speaker, cue, how, _span(place))
    try:
        quote = add_missed(db, id, addition, by)
    except (NotChecked, VerdictError) as error:
        return _document(request, db, id, 422, addition=addition, error=str(error))
    page = sheet(db, db.document(id) or {})
    said = page.document["verdicts"][quote]["id"]
    onward = f"{with_query(f'/documents/{id}', said=said, of=quote)}#q{page.number(quote)}"
    return remember(RedirectResponse(onward, 303), by)


def _span(place: str) -> Span | None:
    if not place:
        return None
    start, end = map(int, place.split())
    return start, end


@writes.post("/verdicts/{id}/undo")
def undo(request: Request, db: Db, id: Row, by: Who, then: Then = "/") -> Response:
    """Take a verdict back."""
    if not by:
        raise HTTPException(422, "Say who you are: that a verdict was undone is kept with a name.")
    try:
        db.undo(id, by)
    except VerdictError as error:
        raise HTTPException(409, str(error)) from error
    return remember(RedirectResponse(local_path(then), 303), by)


router.include_router(writes)
