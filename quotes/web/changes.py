"""The JSON API's routes that put right what is wrong: documents and speakers, and changes undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, Field

from quotes.store import ChangeError, Store
from quotes.web.api import ALWAYS, Db, Limit, Offset, Who, problems
from quotes.web.query import Day, Row

T = TypeVar("T")
REFUSED = problems(_403="From a page of another site.", _404="No such document.", _409="It can't be changed so.")
OF_SPEAKERS = REFUSED | problems(_404="No such speaker.")


class Made(BaseModel):
    """A change that was made."""

    id: int = Field(description="By which it can be undone.")


class Change(Made):
    """A change as it is kept."""

    what: str = Field(description="edit, remove, rename, merge or split.")
    line: str = Field(description="What was done, in words.")
    who: str
    at: str
    undone_by: str | None
    undone_at: str | None


class Split(Made):
    """A split that was made."""

    speaker: int = Field(description="The new speaker's number.")


class By(BaseModel):
    """Whoever does it."""

    who: Who


class Edit(By):
    """What is known of a document: what is left out stays, null says that it is not known."""

    title: str | None = Field(None, max_length=500)
    author: str | None = Field(None, max_length=500)
    outlet: str | None = Field(None, max_length=500)
    date: Day | None = None
    url: str | None = Field(None, max_length=2000)


class Rename(By):
    """Another name for a speaker."""

    name: str = Field(max_length=200, pattern=r"\S")


class Merge(By):
    """The speaker who is the same."""

    into: Row


class Parts(By):
    """Which quotes of a speaker are another's."""

    names: list[Annotated[str, Field(max_length=200)]] = Field([], max_length=100, description="Those under these.")
    documents: list[Row] = Field([], max_length=1000, description="Those of these documents, by their numbers.")
    name: str | None = Field(None, max_length=200, description="What to call the new speaker.")


router = APIRouter(prefix="/api", responses=ALWAYS)


@router.patch("/documents/{id}", responses=REFUSED, summary="Correct a document")
def edit(db: Db, id: Row, fields: Edit) -> Made:
    """Title, author, date, outlet, url, in all that shows them."""
    _there(db.document(id), "document")
    try:
        return Made(id=db.edit(id, fields.model_dump(exclude_unset=True, exclude={"who"}), fields.who))
    except ChangeError as error:
        raise HTTPException(409, str(error)) from error


@router.post("/documents/{id}/removal", status_code=201, responses=REFUSED, summary="Take a document out")
def remove(db: Db, id: Row, by: By) -> Made:
    """With its quotes and verdicts, which come back when the change is undone."""
    _there(db.document(id), "document")
    return Made(id=db.remove(id, by.who))


@router.patch("/speakers/{id}", responses=OF_SPEAKERS, summary="Rename a speaker")
def rename(db: Db, id: Row, to: Rename) -> Made:
    """The names that the speaker went by stay."""
    return Made(id=_of_speaker(db, id, lambda: db.rename(id, to.name, to.who)))


@router.post("/speakers/{id}/merge", status_code=201, responses=OF_SPEAKERS, summary="Merge a speaker into another")
def merge(db: Db, id: Row, to: Merge) -> Made:
    """From now on the two are one, for what is added later too."""
    return Made(id=_of_speaker(db, id, lambda: db.merge([id], to.into, to.who))[0])


@router.post("/speakers/{id}/split", status_code=201, responses=OF_SPEAKERS, summary="Split a speaker")
def split(db: Db, id: Row, parts: Parts) -> Split:
    """Some of the quotes become another speaker's."""
    change, speaker = _of_speaker(
        db,
        id,
        lambda: db.split(id, parts.who, names=parts.names, documents=parts.documents, name=parts.name),
    )
    return Split(id=change, speaker=speaker)


@router.get("/changes", summary="What people put right")
def changes(db: Db, limit: Limit = 50, offset: Offset = 0) -> list[Change]:
    """The last first."""
    return [Change.model_validate(one) for one in db.changes(limit, offset)]


@router.post(
    "/changes/{id}/undo",
    status_code=204,
    responses=problems(
        _403="From a page of another site.", _409="It does not stand, or another is to be undone first."
    ),
    summary="Undo a change",
)
def undo(db: Db, id: Row, by: By) -> None:
    """What was changed otherwise since stays."""
    try:
        db.undo_change(id, by.who)
    except ChangeError as error:
        raise HTTPException(409, str(error)) from error


def _of_speaker(db: Store, id: int, change: Callable[[], T]) -> T:
    _there(db.speaker(id), "speaker")
    try:
        return change()
    except ChangeError as error:
        raise HTTPException(409, str(error)) from error


def _there(one: object, what: str) -> None:
    if one is None:
        raise HTTPException(404, f"no such {what}")
