"""What is denied, and by which words."""

from __future__ import annotations

import pytest

from quotes.find.denied import is_denied
from quotes.grammar.negation import denied, is_nobody, joined_in_denial, leaves_out, negates
from quotes.grammar.parse import Parse, Parser


def parsed(parser: Parser, text: str) -> Parse:
    return next(parser.pipe([text]))


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("She did not say so.", "not", True),
        ("She hardly said so.", "hardly", True),
        ("She has yet to say so.", "yet", True),
        ("She not only said so.", "not", False),
        ("There is no doubt.", "no", False),
        ("She asked whether or not it was late.", "not", False),
        ("Yet she said so.", "Yet", False),
    ],
)
def test_a_word_that_denies(parser: Parser, text: str, word: str, expected: bool) -> None:
    parse = parsed(parser, text)
    assert negates(parse, parse.words.index(word)) is expected


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("She did not say that it was late.", "say", True),
        ("She has not, however, said so.", "said", True),
        ("At no point did she say so.", "say", True),
        ("She said that it was not late.", "said", False),
    ],
)
def test_a_verb_that_is_denied(parser: Parser, text: str, verb: str, expected: bool) -> None:
    parse = parsed(parser, text)
    assert denied(parse, parse.words.index(verb)) is expected


def test_what_is_reported_denies_no_cue(parser: Parser) -> None:
    parse = parsed(parser, "She did not say so.")
    assert not denied(parse, parse.words.index("say"), apart_from={parse.words.index("not")})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nobody said so.", True),
        ("No official said so.", True),
        ("No 10 said so.", False),
        ("No doubt she said so.", False),
        ("She said so.", False),
    ],
)
def test_nobody(parser: Parser, text: str, expected: bool) -> None:
    assert is_nobody(parsed(parser, text), 0) is expected


def test_several_verbs_denied_together(parser: Parser) -> None:
    parse = parsed(parser, "She neither said nor implied that it was late.")
    assert joined_in_denial(parse, parse.words.index("implied"))
    parse = parsed(parser, "She said and implied that it was late.")
    assert not joined_in_denial(parse, parse.words.index("implied"))


def test_words_that_leave_out_what_they_govern(parser: Parser) -> None:
    parse = parsed(parser, "She stopped short of saying so and left without a word for us.")
    assert leaves_out(parse, parse.words.index("of"))
    assert leaves_out(parse, parse.words.index("without"))
    assert not leaves_out(parse, parse.words.index("for"))


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("He would not say.", "say", True),
        ("He declined to say.", "say", True),
        ("He did not hesitate to say so.", "say", False),
        ("Nobody said so.", "said", True),
        ("He said so.", "said", False),
    ],
)
def test_a_verb_after_which_no_quotation_is_its_own(parser: Parser, text: str, verb: str, expected: bool) -> None:
    parse = parsed(parser, text)
    assert is_denied(parse, parse.words.index(verb)) is expected
