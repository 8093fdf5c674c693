"""The JSON API's routes for those who check: what waits for them, quotes that were missed, and how far they agree."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Query
from pydantic import BaseModel, Field

from quotes.store import Missed, VerdictError
from quotes.web.api import ALWAYS, Db, Hit, Limit, Offset, OneQuote, Span, Who, problems
from quotes.web.query import Queue, Row

Parts = Annotated[list[Span], Field(min_length=1, max_length=100, description="Start and end of each in characters.")]


class Waiting(BaseModel):
    """What is still to be checked."""

    total: int
    quotes: list[Hit]


class NewQuote(BaseModel):
    """A quote that the program missed."""

    who: Who
    content: Parts
    speaker: str | None = Field(None, max_length=200, description="Their full name; null where the text names nobody.")
    mention: Span | None = Field(None, description="Where they stand in the text.")
    cue: Span | None = Field(None, description="Where the words stand that report.")
    flags: list[Literal["negated", "modal", "question"]] = Field([], max_length=3, description="What holds of the cue.")


class Checker(BaseModel):
    """Somebody who checked, and the quotes of which they said so last."""

    who: str
    right: int
    wrong: int
    corrected: int


class Pair(BaseModel):
    """Two people and the quotes that both checked."""

    one: str
    other: str
    quotes: int
    same: int = Field(description="Of how many both say the same.")
    kappa: float | None = Field(description="Cohen's; null where both said the same of every quote.")


class Agreement(BaseModel):
    """All people's verdicts, compared."""

    checkers: list[Checker]
    pairs: list[Pair]
    disputed: list[str] = Field(description="The quotes of which people say different things, the last checked first.")


router = APIRouter(prefix="/api", responses=ALWAYS)


@router.get("/check", summary="Quotes to check")
def waiting(db: Db, asked: Annotated[Queue, Query()], limit: Limit = 20, offset: Offset = 0) -> Waiting:
    """Those that nobody has checked, or that others have; what needs it most first."""
    found, total = db.waiting(asked.waiting(limit, offset))
    return Waiting.model_validate({"total": total, "quotes": found})


@router.get("/check/agreement", summary="Who checked, and how far they agree")
def agreement(db: Db) -> Agreement:
    """Each one's last verdicts that stand, and those of each two on the same quotes."""
    return Agreement.model_validate(db.agreement(), from_attributes=True)


@router.post(
    "/documents/{id}/quotes",
    status_code=201,
    responses=problems(_403="From a page of another site.", _404="No such document.", _409="It does not fit the text."),
    summary="Add a quote that was missed",
)
def add(db: Db, id: Row, new: NewQuote) -> OneQuote:
    """It stands by a verdict of whoever adds it, and is no quote when that is undone."""
    if db.document(id) is None:
        raise HTTPException(404, "no such document")
    content = [(start, end) for start, end in new.content]
    found = Missed(content, new.who, new.speaker, _pair(new.mention), _pair(new.cue), new.flags)
    try:
        made = db.add_missed(id, found)
    except VerdictError as error:
        raise HTTPException(409, str(error)) from error
    return OneQuote.model_validate(db.quote(made))


def _pair(span: list[int] | None) -> tuple[int, int] | None:
    return (span[0], span[1]) if span else None
