"""What belongs to a noun, and what heads a span."""

from __future__ import annotations

import pytest

from quotes.grammar.language import ENGLISH
from quotes.grammar.parse import Parse, Parser
from quotes.grammar.phrases import noun_phrase, objects_of, short_phrase, span_head


def parsed(parser: Parser, text: str) -> Parse:
    return next(parser.pipe([text]))


@pytest.mark.parametrize(
    ("text", "head", "phrase"),
    [
        ("Hugh Hill, a doctor in Perth, said the wards were full.", "Hill", "Hugh Hill"),
        ("The head of the bank said nothing.", "head", "The head of the bank"),
        ("The White House on Friday dismissed it.", "House", "The White House"),
        ("The minister who resigned said nothing.", "minister", "The minister"),
        ("The club's refusal was short.", "club", "The club"),
        ("The head of McDonald's said no.", "head", "The head of McDonald's"),
        ("Ana Reyes and Tom Rask said no.", "Reyes", "Ana Reyes and Tom Rask"),
        ("Mr\xa0Ansari said that the water was low.", "Ansari", "Mr\xa0Ansari"),
    ],
)
def test_a_noun_phrase(parser: Parser, text: str, head: str, phrase: str) -> None:
    parse = parsed(parser, text)
    assert parse.slice(noun_phrase(parse, parse.words.index(head))) == phrase


@pytest.mark.parametrize(
    ("text", "head", "phrase"),
    [
        ("The chairman and the treasurer left.", "chairman", "The chairman"),
        ("A poll released on Tuesday shows a tie.", "poll", "A poll"),
        ("A survey commissioned by a bank shows a tie.", "survey", "A survey commissioned by a bank"),
        ("The mayor of the town, who is ill, stayed at home.", "mayor", "The mayor of the town"),
    ],
)
def test_a_short_phrase(parser: Parser, text: str, head: str, phrase: str) -> None:
    parse = parsed(parser, text)
    assert parse.slice(short_phrase(parse, parse.words.index(head))) == phrase


@pytest.mark.parametrize(
    ("text", "span", "head"),
    [
        ("She said that the old bridge would reopen.", "the old bridge", "bridge"),
        ("She said that the old bridge would reopen.", "that the old bridge would reopen", "reopen"),
        ("Labour leader Ann Lund left.", "Ann Lund", "Lund"),
    ],
)
def test_the_head_of_a_span(parser: Parser, text: str, span: str, head: str) -> None:
    parse = parsed(parser, text)
    words = span.split()
    at = next(i for i in range(len(parse)) if parse.words[i : i + len(words)] == words)
    assert parse.words[span_head(parse, (at, at + len(words)))] == head


def test_a_span_without_a_head_is_headed_by_its_last_token() -> None:
    parse = Parse("a , b", ENGLISH, [0, 2, 4], [1, 3, 5], ["a", ",", "b"], ["a", ",", "b"])
    parse.tag, parse.dep, parse.head = ["NN", ",", "NN"], ["ROOT", "punct", "conj"], [0, 0, 0]
    parse.left, parse.right = [0, 1, 2], [3, 2, 3]
    assert span_head(parse, (1, 2)) == 1


def test_the_nouns_of_a_preposition(parser: Parser) -> None:
    parse = parsed(parser, "He spoke to the crowd.")
    assert [parse.words[i] for i in objects_of(parse, parse.words.index("to"))] == ["crowd"]
    assert objects_of(parse, parse.words.index("He")) == []
