"""What a notebook shows of quotes, and data frames of them."""

from __future__ import annotations

import pytest

import quotes
from quotes import Cue, Mention, Quote, Span, Speaker
from quotes.notebook import MOST, SHOWN
from quotes.records import Quotes
from quotes.write.table import COLUMNS

TEXT = "“It took <b>too</b> long,” Ada Lund said.\n"
META = {"title": "Bridge", "author": None, "date": "2026-05-01", "url": None, "outlet": None}


def one(text: str = TEXT[:26], cue: Cue | None = None, speaker: Speaker | None = None) -> Quote:
    return Quote(
        *("1", "a.txt", "direct", "speech", text, (Span(0, len(text), text),), cue, speaker, None, 0.97, "r", 0),
        meta=META,
    )


LUND = Speaker(Mention(27, 35, "Ada Lund"), "Ada Lund", "person")
SAID = Cue(36, 40, "said", "say")


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        (one("“No”", SAID, LUND), "<Quote direct, Ada Lund said: “No” (0.97)>"),
        (one("“No”"), "<Quote direct, nobody named: “No” (0.97)>"),
        (
            one("“No”", Cue(0, 4, "said", "say", negated=True), LUND),
            "<Quote direct, Ada Lund said (negated): “No” (0.97)>",
        ),
        (one("“No\n\nnever”", SAID, LUND), "<Quote direct, Ada Lund said: “No never” (0.97)>"),
    ],
)
def test_a_quote_is_one_line(quote: Quote, shown: str) -> None:
    assert repr(quote) == shown


def test_a_long_quote_is_cut() -> None:
    assert f"{'x' * (SHOWN - 1)}… (0.97)" in repr(one("x" * 500))


def test_notebooks_show_text_as_text() -> None:
    html = one(TEXT[:26], SAID, LUND)._repr_html_()
    assert "&lt;b&gt;too&lt;/b&gt;" in html
    assert "<b>" not in html
    assert "97 % sure" in html


def test_a_list_shows_its_quotes_and_counts_the_others() -> None:
    assert Quotes([one("“A”"), one("“B”")])._repr_html_().count("97 % sure") == 2
    many = Quotes([one("“A”")] * (MOST + 1_234))._repr_html_()
    assert many.count("97 % sure") == MOST
    assert "and 1,234 more" in many


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_frame_has_the_columns_of_the_exports(library: str) -> None:
    pytest.importorskip(library)
    made = quotes.frame([one("“A”", SAID, LUND), one("“B”").to_dict()], library)  # type: ignore[arg-type]
    assert tuple(made.columns) == COLUMNS
    assert list(made["text"]) == ["“A”", "“B”"]
    assert list(made["date"]) == ["2026-05-01", "2026-05-01"]
    assert made["speaker"][0] == "Ada Lund"
    assert len(quotes.frame([], library)) == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("a text", "not a str"),
        (one(), "not a Quote"),
        (None, "not a NoneType"),
        ([[one()]], "among them is a list"),
        (["a text"], "among them is a str"),
    ],
)
def test_what_is_no_quotes_is_a_type_error(given: object, why: str) -> None:
    with pytest.raises(TypeError, match=why):
        quotes.frame(given)  # type: ignore[arg-type]


def test_there_are_two_libraries() -> None:
    with pytest.raises(ValueError, match="only pandas, polars"):
        quotes.frame([], "spark")  # type: ignore[arg-type]


def test_extract_takes_the_options_of_extractor() -> None:
    text = "“It took too long,” Ada Lund said. She said that the bridge will open in May."
    assert {quote.type for quote in quotes.extract(text, purpose="counting")} == {"direct", "indirect"}
    found = quotes.extract(text, "a.txt", types=["direct"])
    assert [(quote.type, quote.doc_id) for quote in found] == [("direct", "a.txt")]
    assert isinstance(found, Quotes)
    with pytest.raises(TypeError, match="not bytes"):
        quotes.extract(b"text")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="colour"):
        quotes.extract(text, colour="red")
