"""Records as JSON has them: the same keys and types as the Quote that they are made from, written down once more."""

import json
from dataclasses import fields
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from quotes.records import (
    FLAGS,
    Claim,
    ClaimRecord,
    Copied,
    CopiedRecord,
    Cue,
    CueRecord,
    Mention,
    Quote,
    Record,
    Sign,
    SignRecord,
    Span,
    SpanRecord,
    Speaker,
    SpeakerRecord,
    completed,
    flags,
    spans,
)

QUOTE = Quote(
    id="1f",
    doc_id="a.txt",
    type="indirect",
    act="speech",
    text="that it rains … again",
    content=(Span(0, 13, "that it rains"), Span(20, 25, "again")),
    cue=Cue(14, 18, "deny", "deny", negated=True, question=True),
    speaker=Speaker(Mention(27, 29, "Bo"), "Bo Dahl", "person", members=("Bo", "Ida")),
    addressee=None,
    confidence=0.5,
    rule="left.said",
    paragraph=0,
    when=Span(30, 36, "Monday"),
    meta={"tags": ("a", "b")},
)


def in_json(hint: Any) -> Any:
    """A type hint as one of JSON: tuples are lists, and a Mention is a Span."""
    if get_origin(hint) in (list, tuple):
        return [in_json(get_args(hint)[0])]
    if get_origin(hint) in (Union, UnionType):
        return {str(in_json(one)) for one in get_args(hint)}
    name = getattr(hint, "__name__", str(hint)).removesuffix("Record")
    return "Span" if name == "Mention" else name


@pytest.mark.parametrize(
    ("kind", "in_a_record"),
    [
        (Quote, Record),
        (Speaker, SpeakerRecord),
        (Cue, CueRecord),
        (Span, SpanRecord),
        (Mention, SpanRecord),
        (Claim, ClaimRecord),
        (Sign, SignRecord),
        (Copied, CopiedRecord),
    ],
)
def test_a_record_has_the_keys_and_types_of_a_quote_in_their_order(kind: type, in_a_record: type) -> None:
    ours = {field.name: in_json(get_type_hints(kind)[field.name]) for field in fields(kind)}
    theirs = {key: in_json(hint) for key, hint in get_type_hints(in_a_record).items()}
    assert theirs == ours
    assert [*get_type_hints(in_a_record)] == [*ours]


def test_a_quote_goes_to_json_and_back() -> None:
    record = QUOTE.to_dict()
    assert json.loads(QUOTE.to_json()) == record
    assert record["meta"] == {"tags": ["a", "b"]}
    assert Quote.from_dict(record).to_dict() == record


def test_flags_are_those_that_hold_of_a_quote_or_a_record() -> None:
    assert flags(QUOTE.cue) == flags(QUOTE.to_dict()["cue"]) == ["negated", "question"]
    assert flags(None) == []
    assert [*FLAGS] == [key for key, value in QUOTE.to_dict()["cue"].items() if isinstance(value, bool)]  # type: ignore[union-attr]


def test_all_spans_are_told_with_their_places() -> None:
    assert [(key, span["text"]) for key, span in spans(QUOTE.to_dict())] == [
        ("content", "that it rains"),
        ("content", "again"),
        ("speaker.mention", "Bo"),
        ("cue", "deny"),
        ("when", "Monday"),
    ]


def test_what_is_missing_is_completed_by_lists_of_its_own() -> None:
    one, other = completed(Speaker, {"name": "Bo"}), completed(Speaker, {"name": "Ida"})
    one["members"].append("Bo")
    assert (other["members"], other["kind"], [*other]) == ([], "unknown", [*one])
