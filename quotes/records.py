"""What goes out: a quote, its cue, its speaker, and their JSON.

All offsets are characters (Unicode code points) into the text as the program read it, half-open:
``text[span.start:span.end] == span.text`` always holds.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypedDict, cast, get_args

from quotes import notebook

if TYPE_CHECKING:
    from pydantic import TypeAdapter

QuoteType = Literal["direct", "indirect", "mixed"]
Act = Literal["speech", "writing", "thought", "attitude", "document"]
SpeakerKind = Literal["person", "organization", "group", "document", "place", "unknown"]
Purpose = Literal["checking", "counting", "everything"]
ResolvedBy = Literal["name", "pronoun", "description", "context", "none"]
ClaimKind = Literal[
    "quantity",
    "comparison",
    "cause",
    "law",
    "fact",
    "prediction",
    "promise",
    "personal",
    "opinion",
    "question",
    "other",
]

TYPES: tuple[QuoteType, ...] = ("direct", "indirect", "mixed")
ACTS: tuple[Act, ...] = ("speech", "writing", "thought", "attitude", "document")
REPORTED: tuple[Act, ...] = ("speech", "writing", "document")
PURPOSES: tuple[Purpose, ...] = ("checking", "counting", "everything")
CLAIM_KINDS: tuple[ClaimKind, ...] = get_args(ClaimKind)
"""The acts that count as reported speech: what ``quotes extract`` writes unless told otherwise."""

FLAGS: Mapping[str, str] = {
    "negated": "denied, or said not to have happened",
    "modal": "possible or planned, not done",
    "question": "asked, not stated",
}
"""What a cue may say besides that something was said, in words for a reader: see ``Cue``."""
META = ("title", "author", "date", "url", "outlet")
"""What may be known of a document: the keys that its meta has, whatever others it has."""
CHECKED = ("verdict", "checked_by", "checked_at")
"""What meta tells besides of a quote that somebody checked, where it comes from a database."""

SURROGATE = re.compile("[\ud800-\udfff]")
UNSAFE = re.compile("[\x85\u2028\u2029\ud800-\udfff]")
PART_SEPARATOR = " … "
"""Stands between the parts of an interrupted quote in ``Quote.text``."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text."""

    start: int
    """First character, counted from 0."""
    end: int
    """One past the last character."""
    text: str
    """The characters themselves."""


@dataclass(frozen=True, slots=True)
class Mention(Span):
    """The words that stand for the speaker beside the quote, appositions cut off."""


@dataclass(frozen=True, slots=True)
class Cue(Span):
    """The words that report: "said", "according to", ":"."""

    lemma: str
    """The base form of the word that heads the cue."""
    negated: bool = False
    """The act is denied: "did not say", "denied", "declined to"."""
    modal: bool = False
    """The act is possible, planned or expected rather than done: "may say", "is expected to say"."""
    question: bool = False
    """The content is asked rather than stated: "asked whether"."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who the quote is from."""

    mention: Mention | None
    """What stands beside the quote; null where only the context names the speaker."""
    name: str | None
    """The entity's fullest name in the document; null where the words don't tell which entity it is."""
    kind: SpeakerKind = "unknown"
    """What the speaker is."""
    description: str | None = None
    """The fullest role that the text gives: "Iran's Foreign Minister"."""
    resolved_by: ResolvedBy = "none"
    """How the name was found."""
    entity: str | None = None
    """The same for every quote of that speaker in the document."""
    confidence: float = 0.0
    """The probability that this is the speaker."""
    members: tuple[str, ...] = ()
    """The names of a speaker that is several: "Clinton and Kaine"."""
    id: str | None = None
    """With a list of speakers given: the id of the one in the list that this is."""
    evidence: tuple[str, ...] = ()
    """With evidence asked for: why this name, in lines for a reader."""
    anonymous: Span | None = None
    """Where the text withholds the name: the words that say why ("who asked not to be named"), else the mention itself
    ("one trader"); null where it names the speaker, or leaves the name out for want of need ("the mayor")."""
    title: Span | None = None
    """The title or role of the description, where it stands: "chief executive"."""
    organization: Span | None = None
    """The body of which the speaker has that role, where the text names it beside the role: "Norden Bank"."""


@dataclass(frozen=True, slots=True)
class Sign(Span):
    """The words that make a claim one of a kind: "some 900 lorries" a quantity."""

    kind: ClaimKind
    """The kind."""


@dataclass(frozen=True, slots=True)
class Copied(Span):
    """Words of the text that stand in a claim's own text."""

    at: int
    """Where they begin there, in characters."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a quote claims, as it can stand alone."""

    kinds: tuple[Sign, ...]
    """What kinds of claim it is, with the words that say so, in text order; at least one."""
    text: str
    """The reported clause as a main clause, in words of the text; what stands for others is in brackets."""
    mapping: tuple[Copied, ...]
    """Where its words come from, in order; what lies between these stretches is in brackets, or a blank."""
    checkable: float
    """An order, 0 to 1: what can be checked comes before what can't. It says nothing of what is true."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One attribution: a content, what reports it and who it is from."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"use_attribute_docstrings": True}

    id: str
    """Stable: made from doc_id and the content's offsets."""
    doc_id: str
    """The path as given, or the id of the input row."""
    type: QuoteType
    """direct: all of it in quotation marks; mixed: some of it; indirect: none."""
    act: Act
    """What kind of act: speech, writing, thought, attitude, or document (what a poll or a law "says")."""
    text: str
    """The content as the text has it, several parts joined by " … "."""
    content: tuple[Span, ...]
    """The parts of the content, in order, with their quotation marks."""
    cue: Cue | None
    """The words that report; null for a quotation without any."""
    speaker: Speaker | None
    """Who it is from; null where the text names no source."""
    addressee: Span | None
    """Whom it was said to."""
    confidence: float
    """Calibrated: of quotes given 0.9, nine in ten are right."""
    rule: str
    """Which rule found it: family.name."""
    paragraph: int
    """The paragraph in which the content begins, counted from 0."""
    medium: Span | None = None
    """Where it was said or written: "on Twitter", "in a statement"."""
    when: Span | None = None
    """When it was said: "on Sunday"."""
    parent: str | None = None
    """With nested quotes asked for: the id of the quote that this one stands in."""
    meta: dict[str, Any] | None = field(default=None, hash=False)
    """What the input tells of the document: title, author, date, url and outlet (each null where unknown), then the
    fields that were asked for; null where it tells nothing."""
    doc_text: str | None = None
    """With the text asked for: the document's whole text, into which all offsets count."""
    content_of: str | Span | None = None
    """Where the content only stands for what was said before ("she denied it"): the id of the quote, or the sentence,
    that it stands for; null for a content that is a statement itself."""
    claim: Claim | None = None
    """With claims asked for: what is claimed, as it can stand alone, and of what kinds it is."""

    def __repr__(self) -> str:
        return notebook.in_a_line(self)

    def _repr_html_(self) -> str:
        return notebook.card(self)

    def to_dict(self) -> Record:
        """The record as plain dicts, lists, strings and numbers, keys in the documented order."""
        return cast("Record", _plain(self))

    def to_json(self) -> str:
        """The record as one line of JSON: see ``to_line``."""
        return to_line(self.to_dict())

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Quote:
        """Read a record back, checking it against the schema.

        Raises:
            ValueError: a key is missing or a value has the wrong type (pydantic's message says which).
        """
        return adapter().validate_python(dict(record))


class Quotes(list[Quote]):
    """The quotes of a text; a list that notebooks show as its quotes."""

    def _repr_html_(self) -> str:
        return notebook.cards(self)


# The same as JSON has it. A Record has the keys of a Quote, in their order; tests/test_records.py compares the two.


class SpanRecord(TypedDict):
    """A Span, or a Mention, as JSON has it."""

    start: int
    end: int
    text: str


class CueRecord(SpanRecord):
    """A Cue as JSON has it."""

    lemma: str
    negated: bool
    modal: bool
    question: bool


class SpeakerRecord(TypedDict):
    """A Speaker as JSON has it."""

    mention: SpanRecord | None
    name: str | None
    kind: SpeakerKind
    description: str | None
    resolved_by: ResolvedBy
    entity: str | None
    confidence: float
    members: list[str]
    id: str | None
    evidence: list[str]
    anonymous: SpanRecord | None
    title: SpanRecord | None
    organization: SpanRecord | None


class SignRecord(SpanRecord):
    """A Sign as JSON has it."""

    kind: ClaimKind


class CopiedRecord(SpanRecord):
    """A Copied as JSON has it."""

    at: int


class ClaimRecord(TypedDict):
    """A Claim as JSON has it."""

    kinds: list[SignRecord]
    text: str
    mapping: list[CopiedRecord]
    checkable: float


class Record(TypedDict):
    """A Quote as JSON has it: what is written, stored and shown."""

    id: str
    doc_id: str
    type: QuoteType
    act: Act
    text: str
    content: list[SpanRecord]
    cue: CueRecord | None
    speaker: SpeakerRecord | None
    addressee: SpanRecord | None
    confidence: float
    rule: str
    paragraph: int
    medium: SpanRecord | None
    when: SpanRecord | None
    parent: str | None
    meta: dict[str, Any] | None
    doc_text: str | None
    content_of: str | SpanRecord | None
    claim: ClaimRecord | None


Kind = type[Quote] | type[Span] | type[Speaker] | type[Claim]
KEYS: Mapping[Kind, Mapping[str, Any]] = {
    kind: {field.name: None if field.default is MISSING else field.default for field in fields(kind)}
    for kind in (Quote, Cue, Span, Mention, Speaker, Claim, Sign, Copied)
}
"""The keys of each kind of object, with the values that stand for those missing."""


def completed(kind: Kind, found: Mapping[str, Any]) -> dict[str, Any]:
    """All keys of a kind in their order, those that are missing with the values that stand for them."""
    return {key: found[key] if key in found else _plain(default) for key, default in KEYS[kind].items()}


def flags(cue: Cue | CueRecord | None) -> list[str]:
    """What a cue says besides that something was said: those of FLAGS that hold."""
    if cue is None:
        return []
    return [flag for flag in FLAGS if (cue.get(flag) if isinstance(cue, dict) else getattr(cue, flag))]


def spans(record: Record) -> Iterator[tuple[str, SpanRecord]]:
    """All spans of a record and where they stand in it: "content", "speaker.mention", "cue" …"""
    for part in record["content"]:
        yield "content", part
    if claim := record["claim"]:
        yield from (("claim.kinds", sign) for sign in claim["kinds"])
        yield from (("claim.mapping", copied) for copied in claim["mapping"])
    speaker = record["speaker"]
    beside = {
        "speaker.mention": speaker and speaker["mention"],
        "speaker.anonymous": speaker and speaker["anonymous"],
        "speaker.title": speaker and speaker["title"],
        "speaker.organization": speaker and speaker["organization"],
        "cue": record["cue"],
        "addressee": record["addressee"],
        "medium": record["medium"],
        "when": record["when"],
    }
    if isinstance(stands_for := record.get("content_of"), dict):
        beside["content_of"] = stands_for
    yield from ((key, span) for key, span in beside.items() if span is not None)


def _plain(value: Any) -> Any:
    """A value as JSON has it: dataclasses are objects, tuples lists."""
    if isinstance(value, Span | Speaker | Claim | Quote):
        return {key: _plain(getattr(value, key)) for key in KEYS[type(value)]}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return {key: _plain(item) for key, item in value.items()} if isinstance(value, dict) else value


@cache
def adapter() -> TypeAdapter[Quote]:
    """What checks records; made once, as that takes longer than checking hundreds."""
    from pydantic import TypeAdapter

    return TypeAdapter(Quote)


def to_line(row: Mapping[str, Any]) -> str:
    """A row as one line of JSON; what UTF-8 can't hold (lone surrogates) and what some readers take for the end of
    a line is escaped."""
    line = json.dumps(row, ensure_ascii=False)
    return UNSAFE.sub(lambda m: f"\\u{ord(m[0]):04x}", line)


def encodable(text: str) -> str:
    """A text of the same length that UTF-8 can hold: lone surrogates become U+FFFD."""
    return text if text.isascii() else SURROGATE.sub("\ufffd", text)


def quote_id(doc_id: str, content: Sequence[tuple[int, int]]) -> str:
    """A 16-digit hexadecimal id from the document's id and the content's character offsets."""
    key = json.dumps([doc_id, [list(span) for span in content]])
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one record."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **adapter().json_schema(mode="serialization"),
    }
