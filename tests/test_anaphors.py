"""What stands for what was said before is no statement: it comes with what it stands for, or not at all. What repeats
it is no second record."""

from __future__ import annotations

import pytest

from quotes import Extractor, Quote
from quotes.records import ACTS


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(acts=ACTS)


def of(quotes: list[Quote], content: str) -> Quote | None:
    return next((quote for quote in quotes if quote.text == content), None)


@pytest.mark.parametrize(
    ("text", "content", "stands_for"),
    [
        ("Economists say that the peso will fall. Edun rejected that.", "that", "that the peso will fall"),
        ("“The plant was safe,” said Mr Aoki. His lawyer said so too.", "so", "“The plant was safe,”"),
        ("The union says 900 jobs will go. The firm confirmed this on Friday.", "this", "900 jobs will go"),
    ],
)
def test_the_quote_before(extractor: Extractor, text: str, content: str, stands_for: str) -> None:
    quotes = extractor.extract(text)
    anaphor, quote = of(quotes, content), of(quotes, stands_for)
    assert anaphor
    assert quote
    assert anaphor.content_of == quote.id
    assert quote.content_of is None


def test_the_sentence_before(extractor: Extractor) -> None:
    text = "The river is rising. The mayor said as much on Tuesday."
    anaphor = of(extractor.extract(text), "as much")
    assert anaphor
    assert anaphor.content_of
    assert not isinstance(anaphor.content_of, str)
    assert anaphor.content_of.text == "The river is rising."
    assert text[anaphor.content_of.start : anaphor.content_of.end] == anaphor.content_of.text


def test_what_is_not_plain_is_left_out() -> None:
    text = "The bank raised its rates. Is that wise? The minister did not say so."
    assert not of(Extractor(acts=ACTS).extract(text), "so")
    everything = of(Extractor(acts=ACTS, purpose="everything").extract(text), "so")
    assert everything
    assert everything.content_of is None


def test_what_another_stands_for_is_told_where_that_is_left_out() -> None:
    text = "“The plant was safe,” said Mr Aoki. His lawyer said so too."
    [anaphor] = Extractor(types=["indirect"]).extract(text)
    assert anaphor.content_of
    assert not isinstance(anaphor.content_of, str)
    assert anaphor.content_of.text == "“The plant was safe,”"


def test_its_id_is_that_of_the_quote_in_the_text_as_given(extractor: Extractor) -> None:
    quotes = extractor.extract("Economists &amp; bankers say that the peso will fall. Edun rejected that.")
    anaphor, quote = of(quotes, "that"), of(quotes, "that the peso will fall")
    assert anaphor
    assert quote
    assert anaphor.content_of == quote.id


def test_a_pull_quote_is_no_record_of_its_own() -> None:
    said = "“I never wanted to be rich. I wanted to be left alone,”"
    text = f"Rita Amin runs the shop.\n\n{said.replace(',', '.')}\n\nShe opens at six. {said} she says."
    assert [quote.text for quote in Extractor(purpose="counting").extract(text)] == [said]
