"""To whom, where and when something was said."""

from __future__ import annotations

import pytest

from quotes.grammar.circumstances import (
    can_hear,
    channel_of,
    circumstance,
    end_of_circumstance,
    is_time,
    tells_somebody,
    tells_when,
    text_of,
    told_by,
)
from quotes.grammar.parse import Parse, Parser


def parsed(parser: Parser, text: str) -> Parse:
    return next(parser.pipe([text]))


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("He said so on Monday.", "Monday", True),
        ("Today he said so.", "Today", True),
        ("A reporter for USA Today said so.", "Today", False),
        ("He said so in 2019.", "2019", True),
        ("He said that 5000 people came.", "5000", False),
        ("He said so in Lagos.", "Lagos", False),
    ],
)
def test_a_time(parser: Parser, text: str, word: str, expected: bool) -> None:
    parse = parsed(parser, text)
    assert is_time(parse, parse.words.index(word)) is expected


@pytest.mark.parametrize(
    ("text", "word", "source", "channel"),
    [
        ("The bank said in a statement that it would close.", "statement", "document", "writing"),
        ("He told the Times that he would go.", "Times", "writing", "writing"),
        ("The Times Square party was loud.", "party", "", ""),
        ("She said so at a town hall in Leeds.", "hall", "", "speech"),
    ],
)
def test_a_text(parser: Parser, text: str, word: str, source: str, channel: str) -> None:
    parse = parsed(parser, text)
    assert text_of(parse, parse.words.index(word)) == (source, channel)


def test_a_name_is_a_channel_by_one_of_its_words(parser: Parser) -> None:
    parse = parsed(parser, "She said so on BBC Ulster.")
    assert channel_of(parse, parse.words.index("Ulster")) == "speech"


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("She told him that it was late.", "him", True),
        ("She told Lund that it was late.", "Lund", True),
        ("She told the inquest that it was late.", "inquest", True),
        ("She told her supporters that it was late.", "supporters", True),
        ("She told the truth about it.", "truth", False),
        ("She told lies about it.", "lies", False),
        ("She said Monday that it was late.", "Monday", False),
    ],
)
def test_who_can_hear(parser: Parser, text: str, word: str, expected: bool) -> None:
    parse = parsed(parser, text)
    assert can_hear(parse, parse.words.index(word)) is expected


def test_verbs_whose_object_always_hears() -> None:
    assert tells_somebody("tell")
    assert not tells_somebody("thank")  # she thanked the crew; she thanked God for the rain
    assert not tells_somebody("walk")


@pytest.mark.parametrize(
    ("text", "preposition", "told"),
    [
        ("He said on Friday that it was late.", "on", {"time"}),
        ("He said in a letter that it was late.", "in", {"channel"}),
        ("He spoke about the letter.", "about", {"text"}),
        ("He spoke about the weather.", "about", {""}),
    ],
)
def test_what_a_preposition_tells(parser: Parser, text: str, preposition: str, told: set[str]) -> None:
    parse = parsed(parser, text)
    at = parse.words.index(preposition)
    assert told_by(parse, at) == told
    assert {circumstance(parse, at, noun) for noun in parse.children[at]} == told


def test_what_tells_when(parser: Parser) -> None:
    parse = parsed(parser, "He spoke after the match about the weather.")
    assert tells_when(parse, parse.words.index("after"))
    assert not tells_when(parse, parse.words.index("about"))


@pytest.mark.parametrize(
    ("text", "lemma", "child", "rest"),
    [
        ("She told the BBC she would go.", "tell", "BBC", "she would go."),
        ("He said Monday it would rain.", "say", "Monday", "it would rain."),
        ("He said in a letter it would rain.", "say", "in", "it would rain."),
        ("He praised the crew.", "praise", "crew", None),
    ],
)
def test_where_a_circumstance_ends(parser: Parser, text: str, lemma: str, child: str, rest: str | None) -> None:
    parse = parsed(parser, text)
    end = end_of_circumstance(parse, lemma, parse.words.index(child))
    assert (parse.slice((end, len(parse))) if end >= 0 else None) == rest
