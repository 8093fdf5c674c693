"""What a search may ask for, the same in pages and in the API."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema

from quotes.records import Act, ClaimKind, QuoteType
from quotes.store import Order, Search, Waiting

Row = Annotated[int, Field(ge=1, lt=2**63)]
"""The number of a row in the database."""


def _day(value: str) -> str:
    if value and not (len(value) == len("2024-05-31") and date.fromisoformat(value).isoformat() == value):
        raise ValueError("not a day as YYYY-MM-DD")
    return value


Day = Annotated[
    str,
    AfterValidator(_day),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "const": ""}]}),
]
"""A day, YYYY-MM-DD, or nothing."""


class Asked(BaseModel):
    """What to look for; all of it has to fit."""

    model_config = ConfigDict(extra="ignore")

    q: Annotated[str, Field(max_length=500, description='Words, "words together", or FTS5 syntax.')] = ""
    speaker: Annotated[str, Field(max_length=200, description="Words of the speaker's name.")] = ""
    speaker_id: Annotated[Row | None, Field(description="The speaker's number.")] = None
    since: Annotated[Day, Field(description="First day of the document's date, YYYY-MM-DD.")] = ""
    until: Annotated[Day, Field(description="Last day of the document's date, YYYY-MM-DD.")] = ""
    type: Annotated[list[QuoteType], Field(max_length=3)] = []
    act: Annotated[list[Act], Field(max_length=5)] = []
    outlet: Annotated[str, Field(max_length=500)] = ""
    topic: Annotated[str, Field(max_length=500)] = ""
    cue: Annotated[str, Field(max_length=100, description="The cue, in its base form: say, deny.")] = ""
    rule: Annotated[str, Field(max_length=100, description="The rule that found it, or a family of rules.")] = ""
    claim: Annotated[ClaimKind | Literal[""], Field(description="A kind of claim, of records that tell it.")] = ""
    negated: Annotated[bool | None, Field(description="Whether the cue is negated: what was denied.")] = None
    modal: Annotated[bool | None, Field(description="Whether it may or is to be said, and was not.")] = None
    question: Annotated[bool | None, Field(description="Whether it is asked rather than stated.")] = None
    min_confidence: Annotated[float, Field(ge=0, le=1)] = 0.0

    def search(self, limit: int, offset: int, corrected: bool = False) -> Search:
        """The same for the store."""
        return Search(
            words=self.q,
            speaker=self.speaker or None,
            speaker_id=self.speaker_id,
            since=self.since or None,
            until=self.until or None,
            types=self.type,
            acts=self.act,
            outlet=self.outlet or None,
            topic=self.topic or None,
            cue=self.cue or None,
            rule=self.rule or None,
            claim=self.claim or None,
            negated=self.negated,
            modal=self.modal,
            question=self.question,
            min_confidence=self.min_confidence,
            corrected=corrected,
            limit=limit,
            offset=offset,
        )

    def given(self) -> dict[str, Any]:
        """What was asked for, without what was left open, nor a page's number."""
        return self.model_dump(exclude_defaults=True, include=set(Asked.model_fields))


class Queue(BaseModel):
    """Which quotes to check, and in which order."""

    model_config = ConfigDict(extra="ignore")

    order: Annotated[
        Order,
        Field(
            description="quote: the least sure first; speaker: whose name is least sure; wire: in most documents; new."
        ),
    ] = "quote"
    outlet: Annotated[str, Field(max_length=500)] = ""
    again_by: Annotated[
        str, Field(max_length=100, description="Those that others checked and this one did not, for a second look.")
    ] = ""

    def waiting(self, limit: int, offset: int) -> Waiting:
        """The same for the store."""
        return Waiting(self.order, self.outlet or None, self.again_by or None, limit, offset)

    def given(self) -> dict[str, Any]:
        """What was asked for, without what was left open."""
        return self.model_dump(exclude_defaults=True)
