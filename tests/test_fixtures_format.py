"""The fixtures themselves: marks and plain text agree, and the annotation is sound."""

import re
from itertools import pairwise
from typing import get_args

import pytest
from goldmarks import FIXTURES, Gold, load, names, parse

from quotes.records import ACTS, QuoteType, ResolvedBy, SpeakerKind

OPENING = re.compile(r"[\"“«„]|``|''(?=\w)|(?<![\w.,?!])['‘](?=\w)")
MARKS = re.compile(OPENING.pattern + r"|[”»]|''|(?<=[.,?!])['’]")
CLOSED = re.compile(r"[\"”»'’]$")


@pytest.fixture(params=names(), scope="module")
def gold(request: pytest.FixtureRequest) -> Gold:
    return load(request.param)


def quoted(text: str, parts: tuple[tuple[int, int], ...]) -> list[bool]:
    """Whether each part stands in marks; one that runs on into the next or never closes counts."""
    words = [text[start:end] for start, end in parts]
    opened = [bool(OPENING.match(part)) for part in words]
    runs_on = [a and b for a, b in zip(opened, [*opened[1:], False], strict=True)]
    return [
        o and (r or bool(CLOSED.search(w)) or len(MARKS.findall(w)) == 1)
        for w, o, r in zip(words, opened, runs_on, strict=True)
    ]


def test_there_are_enough() -> None:
    assert len([n for n in names() if not n.startswith("speakers_")]) >= 14
    assert len([n for n in names() if n.startswith("speakers_")]) >= 8


def test_every_text_has_its_gold() -> None:
    assert names() == sorted(path.stem for path in FIXTURES.glob("*.txt"))


def test_marks_taken_out_give_the_text(gold: Gold) -> None:
    assert gold.text == (FIXTURES / f"{gold.id}.txt").read_text(encoding="utf-8")


def test_spans_are_sound(gold: Gold) -> None:
    for quote in gold.quotes:
        assert quote.content, f"quote {quote.number} has no content"
        for spans in (quote.source, quote.cue, quote.content):
            for start, end in spans:
                words = gold.text[start:end]
                assert words, f"quote {quote.number} has an empty span"
                assert words == words.strip(), f"quote {quote.number}: {words!r}"
            assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_source_and_cue_stand_outside_their_own_content(gold: Gold) -> None:
    for quote in gold.quotes:
        for start, end in quote.source + quote.cue:
            assert not any(a < end and start < b for a, b in quote.content), f"quote {quote.number}"


def test_types_agree_with_the_marks(gold: Gold) -> None:
    for quote in gold.quotes:
        whole = quoted(gold.text, quote.content)
        some = any(MARKS.search(gold.text[start:end]) for start, end in quote.content)
        expected = "direct" if all(whole) else "mixed" if some else "indirect"
        assert quote.type == expected, f"quote {quote.number}"


def test_fields_have_known_values(gold: Gold) -> None:
    for quote in gold.quotes:
        assert quote.type in get_args(QuoteType)
        assert quote.act in ACTS
        assert quote.kind in {None, *get_args(SpeakerKind)}
        assert quote.resolved_by in {None, *get_args(ResolvedBy)}


def test_speakers_agree_with_mentions(gold: Gold) -> None:
    for quote in gold.quotes:
        if quote.kind is None:
            assert not quote.source, f"quote {quote.number} has a source, but no speaker"
        elif quote.resolved_by == "context":
            assert not quote.source, f"quote {quote.number} has a source, but is resolved by context"
        else:
            assert quote.source, f"quote {quote.number} has a speaker, but no source"
        assert (quote.name is None) == (quote.resolved_by in (None, "none")), f"quote {quote.number}"


def test_one_name_one_kind(gold: Gold) -> None:
    kinds: dict[str, set[str | None]] = {}
    for quote in gold.quotes:
        if quote.name:
            kinds.setdefault(quote.name, set()).add(quote.kind)
    assert all(len(found) == 1 for found in kinds.values()), kinds


def test_bench_form_keeps_the_spans(gold: Gold) -> None:
    row = gold.bench()
    assert len(row["quotes"]) == len(gold.quotes)
    assert set(gold.bench_speakers()["speakers"]) == {str(i) for i in range(len(gold.quotes))}
    for quote in row["quotes"]:
        assert all(0 <= start < end <= len(row["text"]) for spans in quote.values() for start, end in spans)


def test_nested_parts_and_shared_marks() -> None:
    gold = parse(
        "x",
        "{q1 “{s2 I} {c2 told} him {q2 no},”} {s1,3 Ms Roe} {c1 said}, {c3 adding} {q3 that he cried}. "
        "{q1 “Twice.”}\n"
        "----\n"
        "1 | direct | speech | person | name | Jane Roe / Roe\n"
        "2 | indirect | speech | person | pronoun | Jane Roe\n"
        "3 | indirect | speech | person | name | Jane Roe\n",
    )
    assert gold.text == "“I told him no,” Ms Roe said, adding that he cried. “Twice.”\n"
    first, inner, third = gold.quotes
    assert [gold.text[a:b] for a, b in first.content] == ["“I told him no,”", "“Twice.”"]
    assert first.aliases == ("Roe",)
    assert inner.parent == 1
    assert third.parent is None
    assert third.source == first.source


@pytest.mark.parametrize(
    ("gold", "complaint"),
    [
        ("{q1 yes\n----\n1 | direct | speech | - | - | -\n", "q.*not closed"),
        ("yes}\n----\n", "is no mark"),
        ("{q1 yes}\n", "no line of four hyphens"),
        ("{q1 yes}\n----\n2 | indirect | speech | - | - | -\n", r"different quotes: \[1, 2\]"),
        ("{q1 yes}\n----\n1 | indirect | speech\n", "six fields"),
    ],
)
def test_slips_of_the_annotator_are_named(gold: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        parse("x", gold)
