"""What somebody says again: the page, and the JSON API's route, of what ``quotes db repeats`` shows."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from quotes.store import Store
from quotes.store.repeats import repeats
from quotes.web.api import ALWAYS, Limit, Offset
from quotes.web.dependencies import Db, Page
from quotes.web.query import Day, Row
from quotes.web.render import render
from quotes.web.shown import pages

PER_PAGE = 20
SPEAKERS = 100
"""Speakers that are looked at where nobody is named, those with most quotes: of all it takes too long for a page."""


class Asked(BaseModel):
    """Whose repeats, and of which days."""

    model_config = ConfigDict(extra="ignore")

    speaker: Annotated[
        str, Field(max_length=200, description=f"Words of the speaker's name; without, of {SPEAKERS} with most quotes.")
    ] = ""
    speaker_id: Annotated[Row | None, Field(description="The speaker's number.")] = None
    since: Annotated[Day, Field(description="First day of the document's date, YYYY-MM-DD.")] = ""
    until: Annotated[Day, Field(description="Last day of the document's date, YYYY-MM-DD.")] = ""

    def rows(self, db: Store) -> list[dict[str, Any]]:
        """See ``quotes.store.repeats.repeats``."""
        name = self.speaker.strip() or None
        return repeats(
            db,
            name,
            self.since or None,
            self.until or None,
            speaker_id=self.speaker_id,
            most=None if name else SPEAKERS,
        )

    def given(self) -> dict[str, Any]:
        """What was asked for, without what was left open."""
        return self.model_dump(exclude_defaults=True)


class Time(BaseModel):
    """One time that something was said, and what was different from the time before."""

    repeat: int = Field(description="A number for what is said again: what is said most often has 1.")
    times: int = Field(description="How often it is said.")
    first_seen: str | None
    speaker: str | None
    speaker_id: int | None
    id: str
    doc_id: str
    title: str
    date: str | None
    line: str = Field(description="All of it in one line: who, the act as it was done or not done, the text.")
    lead: str
    text: str
    cue: str | None
    negated: bool
    modal: bool
    question: bool
    documents: int = Field(description="How many documents have it.")
    left_out: list[str] = Field(description="Words that the time before had.")
    put_in: list[str] = Field(description="Words that the time before had not.")


router = APIRouter()


@router.get("/api/repeats", responses=ALWAYS, summary="What is said again")
def listed(db: Db, asked: Annotated[Asked, Query()], limit: Limit = 50, offset: Offset = 0) -> list[Time]:
    """Nearly the same by one speaker, at other times or in other words: each time, in order. What is said most often
    comes first; limit and offset count what is said again."""
    return [Time.model_validate(row) for row in asked.rows(db) if offset < row["repeat"] <= offset + limit]


@router.get("/repeats", include_in_schema=False)
def page(request: Request, db: Db, asked: Annotated[Asked, Query()], page: Page = 1) -> Response:
    found = [list(times) for _, times in groupby(asked.rows(db), key=lambda row: row["repeat"])]
    one = db.speaker(asked.speaker_id) if asked.speaker_id else None
    return render(
        request,
        "repeats.html",
        asked=asked,
        one=one,
        speakers=SPEAKERS,
        repeats=found[PER_PAGE * (page - 1) : PER_PAGE * page],
        **pages(page, len(found), PER_PAGE, "/repeats", asked.given()),
    )
