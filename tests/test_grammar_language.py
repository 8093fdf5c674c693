"""English as a value."""

from __future__ import annotations

import doctest
import pickle
from pathlib import Path

import pytest

from quotes.grammar.language import ENGLISH, language
from quotes.grammar.parse import Parser


def test_a_parse_knows_its_language(parser: Parser) -> None:
    text = "\n\n".join(f"The {n}th bridge will open, the mayor said." for n in range(400))
    (parse,) = parser.pipe([text])  # of several pieces
    assert parse.language is ENGLISH


def test_a_pickled_parse_names_its_language_and_no_more(parser: Parser) -> None:
    (parse,) = parser.pipe(["She said so."])
    again = pickle.loads(pickle.dumps(parse))
    assert again.language is ENGLISH
    assert again == parse
    assert len(pickle.dumps(ENGLISH)) < 100


def test_there_is_no_other_language() -> None:
    with pytest.raises(LookupError, match="no language 'xx', only 'en'"):
        language("xx")


def test_sets_that_others_are_part_of() -> None:
    assert ENGLISH.proper < ENGLISH.nouns < ENGLISH.names < ENGLISH.phrase_heads
    assert ENGLISH.tensed < ENGLISH.finite
    assert ENGLISH.tensed < ENGLISH.verbs
    assert ENGLISH.noun_clauses < ENGLISH.clauses < ENGLISH.apart


def test_words_come_from_the_lexicon() -> None:
    assert ENGLISH.words("articles") == {"the", "a", "an"}
    assert "yesterday" in ENGLISH.words("times")
    assert ENGLISH.lemma("said", "VBD") == "say"


def test_what_the_page_on_languages_shows_is_so() -> None:
    page = Path(__file__).parents[1] / "docs" / "language.md"
    result = doctest.testfile(str(page), module_relative=False)
    assert result.attempted
    assert not result.failed
