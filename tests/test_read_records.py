"""Records in: what is read, and what is named and left out."""

import json
from pathlib import Path
from typing import Any

import pytest

import quotes
from quotes.read.document import Failure
from quotes.read.records import record, records
from quotes.records import to_line

TEXT = "“It took too long,” Mayor Ada Lund said on Monday. “Far too long.”\n"


@pytest.fixture(scope="module")
def line() -> str:
    [found] = [quote.to_json() for quote in quotes.extract(TEXT)]
    return found


def changed(line: str, **values: Any) -> dict[str, Any]:
    """The record with other values, at keys like speaker__kind; ... takes a key away."""
    row = json.loads(line)
    for path, value in values.items():
        *way, last = (int(key) if key.isdigit() else key for key in path.split("__"))
        there = row
        for key in way:
            there = there[key]
        if value is ...:
            del there[last]
        else:
            there[last] = value
    return row


def test_lines_are_numbered_and_bad_ones_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "quotes.jsonl"
    bad = [b"", b"[]", b"{", b"\xff", b"[" * 100_000, to_line(changed(line, colour="red")).encode()]
    path.write_bytes(b"\xef\xbb\xbf" + b"\n".join([line.encode(), *bad, line.encode()]))
    found = list(records(str(path)))
    assert [item[0] for item in found if not isinstance(item, Failure)] == [1, 8]
    assert [(f.id.removeprefix(str(path)), f.reason) for f in found if isinstance(f, Failure)] == [
        (":3", "not a record of quotes extract: expected an object with doc_id and speaker"),
        (":4", "broken JSON: Expecting property name enclosed in double quotes at column 2"),
        (":5", "not UTF-8"),
        (":6", "broken JSON: nested too deep"),
        (":7", "unknown key colour: from a newer version of quotes?"),
    ]


def test_what_is_no_file() -> None:
    assert list(records("no.jsonl")) == [Failure("no.jsonl", "no such file or directory", "jsonl")]
    assert [item.reason for item in records("a\0b") if isinstance(item, Failure)] == ["embedded null byte"]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"text": ...}, "not a record of quotes extract: no key text"),
        ({"content__0__end": ...}, "not a record of quotes extract: no key content.0.end"),
        ({"type": "spoken"}, "type: input should be 'direct', 'indirect' or 'mixed'"),
        ({"confidence": "0.9"}, "confidence: input should be a valid number"),
        ({"confidence": 1.5}, "confidence: 1.5 is not within 0 and 1"),
        ({"speaker__confidence": float("nan")}, "speaker.confidence: nan is not within 0 and 1"),
        ({"speaker__party": "Left"}, "unknown key speaker.party: from a newer version of quotes?"),
        ({"cue__\n": 1}, "unknown key cue.\\n: from a newer version of quotes?"),
        ({"meta": "x"}, "meta: input should be an object"),
        ({"content": []}, "content: no part"),
        ({"content__0__start": 3}, "content: offsets that don't fit a text of 19 characters"),
        ({"cue__end": 10**30}, "cue: offsets that don't fit a text of 4 characters"),
        ({"content__0__start": -1}, "content: offsets that don't fit a text of 19 characters"),
        ({"text": "Long."}, "text: not that of the parts of content"),
        ({"paragraph": 10**30}, "paragraph: no number of a paragraph"),
        ({"doc_text": "x" + TEXT}, "content: doc_text has other words at these offsets"),
    ],
)
def test_what_is_no_record(line: str, values: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=r".") as error:
        record(changed(line, **values))
    assert str(error.value) == reason


def test_parts_out_of_order(line: str) -> None:
    row = changed(line)
    row["content"].reverse()
    row["text"] = " … ".join(part["text"] for part in row["content"])
    with pytest.raises(ValueError, match="parts overlap"):
        record(row)


def test_a_record_of_an_older_version_gets_the_keys_it_lacks(line: str) -> None:
    row = json.loads(line)
    old = changed(line, medium=..., meta=..., doc_text=..., speaker__members=..., cue__modal=...)
    assert record(old) == row


def test_odd_texts_are_records(line: str) -> None:
    odd = "“\ud800 \0 \x1b ]]> \U0001f600,”"
    row = changed(line, text=odd, content=[{"start": 0, "end": len(odd), "text": odd}], doc_text=odd)
    row["cue"] = row["speaker"] = row["when"] = None
    assert record(json.loads(to_line(row)), to_line(row)) == row
    assert record(json.loads(json.dumps(row)), json.dumps(row))["text"] == odd
