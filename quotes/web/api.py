"""The JSON API below /api; its OpenAPI document is /api/openapi.json."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Request
from pydantic import BaseModel, Field

from quotes.records import Act, Quote, QuoteType
from quotes.store import BY, SORTS, Store, Verdict, VerdictError
from quotes.web.dependencies import database
from quotes.web.query import Asked, Day, Row
from quotes.web.reading import Read

Offset = Annotated[int, Query(ge=0, le=10**6)]
Limit = Annotated[int, Query(ge=1, le=100)]
Db = Annotated[Store, Depends(database)]
QuoteId = Annotated[str, Path(max_length=100)]
Start = Annotated[int, Field(ge=0, lt=2**31)]
Span = Annotated[list[Start], Field(min_length=2, max_length=2)]


class Problem(BaseModel):
    """What was wrong."""

    detail: str


class Judgement(BaseModel):
    """A verdict as it is kept."""

    id: int
    quote: str
    verdict: Verdict
    speaker: str | None = Field(description="Who said it, where this verdict or one before it set the speaker.")
    mention: list[int] | None = Field(description="Where the source stands in the text: start and end in characters.")
    content: list[list[int]] | None = Field(description="Start and end of each part, where edges were moved.")
    who: str
    at: str
    undone_by: str | None
    undone_at: str | None


class Place(BaseModel):
    """The same quote in another document."""

    id: str
    document: int
    doc_id: str
    title: str
    url: str | None
    outlet: str | None
    date: str | None


class Hit(BaseModel):
    """A quote as a search gives it."""

    id: str
    doc_id: str
    document: int = Field(description="The document's number.")
    title: str
    url: str | None
    date: str | None
    outlet: str | None
    speaker: str | None = Field(description="The words of the record, or the name that a verdict gives.")
    speaker_id: int | None
    known_as: str | None = Field(description="The speaker's name across documents.")
    type: QuoteType
    act: Act
    line: str = Field(description="All of it in one line: who, the act as it was done or not done, the text.")
    lead: str = Field(description="What stands in the line before the text.")
    cue: str | None = Field(description="The words that report.")
    cue_lemma: str | None = Field(description="Their base form.")
    negated: bool = Field(description="Denied, or said not to have happened.")
    modal: bool = Field(description="Possible or planned, not done.")
    question: bool = Field(description="Asked, not stated.")
    text: str
    topics: list[str]
    confidence: float
    rule: str
    documents: int = Field(description="How many documents have the same quote.")
    first_seen: str | None
    elsewhere: list[Place] = Field(description="The same quote in other documents, the earliest ten.")
    matches: list[list[int]] = Field(description="Where in the text the words stand that were searched for.")
    verdict: Judgement | None = Field(description="The one that stands.")


class Counted(BaseModel):
    """A value and how many of the quotes have it."""

    value: int | str | None
    label: str | None
    count: int


class Results(BaseModel):
    """What a search found."""

    total: int
    wrong: int = Field(description="How many of these were called wrong; the facets count none of them.")
    more: bool = Field(description="Whether more match than were counted.")
    quotes: list[Hit]
    facets: dict[str, list[Counted]]
    counted: int | None = Field(
        description="Over how many quotes, the last of those that match, facets were counted; null: over all of them."
    )


class OneQuote(Hit):
    """A quote with all that is known of it."""

    record: Quote
    places: list[Hit] = Field(description="The same quote in other documents, the earliest first.")
    verdicts: list[Judgement]


class DocumentLine(BaseModel):
    """A document in a list."""

    id: int
    doc_id: str
    title: str
    outlet: str | None
    date: str | None
    quotes: int
    wrong: int = Field(description="Quotes beyond those that were called wrong.")


class OneDocument(BaseModel):
    """A document with its quotes."""

    id: int
    doc_id: str
    title: str
    author: str | None
    date: str | None
    outlet: str | None
    url: str | None
    text: str | None
    records: list[Quote]
    speaker_ids: dict[str, int | None] = Field(description="By record id the speaker's number.")
    verdicts: dict[str, Judgement] = Field(description="By record id the verdict that stands.")


class SpeakerLine(BaseModel):
    """A speaker in a list."""

    id: int
    name: str
    kind: str
    description: str | None
    list_id: str | None = Field(description="The id in your own list of speakers.")
    names: list[str]
    quotes: int
    wrong: int = Field(description="Quotes beyond those that were called wrong.")
    documents: int


class Merged(BaseModel):
    """A speaker who is merged into another."""

    id: int
    name: str


class OneSpeaker(SpeakerLine):
    """A speaker and what they said over time."""

    merged: list[Merged]

    first: str | None
    last: str | None
    months: dict[str, int] = Field(description="Quotes by month: 2024-03.")
    topics: dict[str, int] = Field(description="Quotes by topic, the most frequent first.")


class Figure(BaseModel):
    """Quotes of one value."""

    value: int | str | None
    label: str | None
    quotes: int
    documents: int | None


class NewDocument(BaseModel):
    """A text whose quotes to find and keep."""

    text: str = Field(min_length=1, max_length=500_000)
    title: str | None = Field(None, max_length=500)
    author: str | None = Field(None, max_length=500)
    outlet: str | None = Field(None, max_length=500)
    date: Day = ""
    url: str | None = Field(None, max_length=2000)


Who = Annotated[str, Field(max_length=100, pattern=r"\S", description="Whoever says so.")]
"""A name, or what else tells who it is."""


class Plain(BaseModel):
    """The quote is right as it is, with its speaker; or it is wrong: no quote."""

    verdict: Literal["right", "wrong"]
    who: Who


class OtherSpeaker(BaseModel):
    """Somebody else said it."""

    verdict: Literal["speaker"]
    who: Who
    speaker: str = Field(max_length=200, pattern=r"\S", description="Their full name.")
    mention: Span | None = Field(None, description="Where they stand in the text: start and end in characters.")


class OtherEdges(BaseModel):
    """It begins or ends elsewhere."""

    verdict: Literal["edges"]
    who: Who
    content: list[Span] = Field(min_length=1, max_length=100, description="Start and end of each part in characters.")
    mention: Span | None = Field(None, description="Where the speaker stands in the text.")


NewVerdict = Annotated[Plain | OtherSpeaker | OtherEdges, Field(discriminator="verdict")]
"""What somebody who checked says of a quote."""


class Undo(BaseModel):
    """Who takes a verdict back."""

    who: Who


def problems(**why: str) -> dict[int | str, dict[str, Any]]:
    """Responses for the OpenAPI document: ``problems(_404="…")``."""
    return {int(status[1:]): {"model": Problem, "description": words} for status, words in why.items()}


ALWAYS = problems(
    _400="Not a request, or under another name than this server's.",
    _401="A token is needed: Authorization: Bearer.",
    _422="A value is missing, or none that is taken here.",
    _503="The database is in use by another program, or too many texts wait.",
)
"""What every route may answer."""

router = APIRouter(prefix="/api", responses=ALWAYS)


@router.get("/search", summary="Search quotes")
def search(
    db: Db, asked: Annotated[Asked, Query()], limit: Limit = 20, offset: Offset = 0, facets: bool = False
) -> Results:
    """Quotes, best first; without words the newest first."""
    found = db.search(asked.search(limit, offset), facets=facets)
    return Results.model_validate(
        {
            "total": found.total,
            "wrong": found.wrong,
            "more": found.more,
            "quotes": found.rows,
            "facets": found.facets,
            "counted": found.counted,
        }
    )


@router.get("/quotes/{id}", responses=problems(_404="No such quote."), summary="One quote")
def quote(db: Db, id: QuoteId) -> OneQuote:
    """Its record, the same quote elsewhere, and what was said of it."""
    return OneQuote.model_validate(_found(db.quote(id), "quote"))


@router.post(
    "/quotes/{id}/verdicts",
    status_code=201,
    responses=problems(_403="From a page of another site.", _404="No such quote.", _409="It does not fit the text."),
    summary="Check a quote",
)
def judge(db: Db, id: QuoteId, said: NewVerdict) -> Judgement:
    """Keep a verdict: right, wrong (it is no quote), speaker (somebody else said it), edges (it begins or ends
    elsewhere)."""
    _found(db.quote(id), "quote")
    try:
        number = db.verdict(id, **said.model_dump())
    except VerdictError as error:
        raise HTTPException(409, str(error)) from error
    [kept] = (one for one in _found(db.quote(id), "quote")["verdicts"] if one["id"] == number)
    return Judgement.model_validate(kept)


@router.post(
    "/verdicts/{id}/undo",
    status_code=204,
    responses=problems(_403="From a page of another site.", _409="It does not stand."),
    summary="Undo a verdict",
)
def undo(db: Db, id: Row, by: Undo) -> None:
    """The verdict before it on the same quote stands again."""
    try:
        db.undo(id, by.who)
    except VerdictError as error:
        raise HTTPException(409, str(error)) from error


@router.get("/documents", summary="Documents")
def documents(
    db: Db,
    words: Annotated[str, Query(max_length=200, description="In title, id, outlet, author or address.")] = "",
    sort: Literal[tuple(SORTS)] = "added",  # type: ignore[valid-type]
    limit: Limit = 50,
    offset: Offset = 0,
) -> list[DocumentLine]:
    """The last added first, or sorted."""
    return [DocumentLine.model_validate(one) for one in db.documents(limit, offset, words, sort)]


@router.post(
    "/documents",
    status_code=201,
    responses=problems(_403="From a page of another site.", _413="Too large."),
    summary="Find the quotes of a text",
)
def read(request: Request, db: Db, new: NewDocument) -> OneDocument:
    """Find the quotes of a text and keep both; the same text again changes nothing."""
    find: Read = request.app.state.read
    found = find("posted.txt", new.text.encode(errors="replace"))
    meta = {key: value for key, value in new.model_dump(exclude={"text"}).items() if value}
    row = db.add_document(found.doc_id, found.text, found.records, {**found.meta, **meta}, found.topics)
    assert row is not None  # the id is made from the text
    return OneDocument.model_validate(_found(db.document(row), "document"))


@router.get("/documents/{id}", responses=problems(_404="No such document."), summary="One document")
def document(db: Db, id: Row) -> OneDocument:
    """Its text, its quotes in the order of the text, and the verdicts that stand."""
    return OneDocument.model_validate(_found(db.document(id), "document"))


@router.get("/speakers", summary="Speakers")
def speakers(
    db: Db, name: Annotated[str, Query(max_length=200)] = "", limit: Limit = 50, offset: Offset = 0
) -> list[SpeakerLine]:
    """Those with most quotes first."""
    return [SpeakerLine.model_validate(one) for one in db.speakers(name.strip() or None, limit, offset)]


@router.get("/speakers/{id}", responses=problems(_404="No such speaker."), summary="One speaker")
def speaker(db: Db, id: Row) -> OneSpeaker:
    """Names, counts by month, topics."""
    found = _found(db.speaker(id), "speaker")
    return OneSpeaker.model_validate({**found, "months": dict(found["months"]), "topics": dict(found["topics"])})


@router.get("/figures/{by}", summary="Quotes counted")
def figures(db: Db, by: Literal[BY], limit: Annotated[int, Query(ge=1, le=1000)] = 50) -> list[Figure]:  # type: ignore[valid-type]
    """The most frequent first, months in order."""
    return [Figure.model_validate(one) for one in db.stats(by, limit)]


def _found(one: dict[str, Any] | None, what: str) -> dict[str, Any]:
    if one is None:
        raise HTTPException(404, f"no such {what}")
    return one
