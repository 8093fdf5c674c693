"""A quote in one line: never as said what was denied, only possible, or asked."""

from __future__ import annotations

import pytest

from quotes.extractor import Extractor
from quotes.line import line
from quotes.records import Cue, Mention, Quote, Span, Speaker


@pytest.mark.parametrize(
    ("text", "with_text", "without"),
    [
        (
            "Ada Lund did not recommend that charges be brought.",
            "Ada Lund did NOT recommend that charges be brought",
            "Ada Lund did NOT recommend that charges be brought",
        ),
        (
            "Bo Dahl hasn't said who was driving.",
            "Bo Dahl has NOT said who was driving",
            "Bo Dahl did NOT say who was driving",
        ),
        (
            "Ida Holm can't rule out that rates will fall.",
            "Ida Holm can NOT rule out that rates will fall",
            "Ida Holm did NOT rule out that rates will fall",
        ),
        (
            "Tom Rask would not comment on the case.",
            "Tom Rask would NOT comment on the case",
            "Tom Rask did NOT comment on the case",
        ),
        (
            "Eva Berg has never claimed that taxes would fall.",
            "Eva Berg has NEVER claimed that taxes would fall",
            "Eva Berg did NOT claim that taxes would fall",
        ),
        (
            "The board of Tarn Foods stopped short of saying that he lied.",
            "board of Tarn Foods did NOT say that he lied",
            "board of Tarn Foods did NOT say that he lied",
        ),
        (
            "None of the officials said the bridge was safe.",
            "None of the officials said: the bridge was safe",
            "None of the officials said: the bridge was safe",
        ),
        ("Ada Lund denied that he had lied.", "Ada Lund denied that he had lied", "Ada Lund denied that he had lied"),
        (
            "Ada Lund did not deny that he had lied.",
            "Ada Lund did NOT deny that he had lied",
            "Ada Lund did (or did NOT?) deny that he had lied",
        ),
        (
            "Bo Dahl may announce that the ferry will be sold.",
            "Bo Dahl may announce that the ferry will be sold",
            "Bo Dahl may announce that the ferry will be sold",
        ),
        (
            "“I would never,” Bo Dahl might have said.",
            "Bo Dahl might have said: “I would never,”",
            "Bo Dahl may say: “I would never,”",
        ),
        (
            "Tom Rask asked whether the bridge would close.",
            "Tom Rask asked whether the bridge would close",
            "Tom Rask asked whether the bridge would close",
        ),
        (
            "It was alleged by Ida Holm that the files were lost.",
            "Ida Holm alleged that the files were lost",
            "Ida Holm alleged that the files were lost",
        ),
        (
            "According to Eva Berg, prices could rise.",
            "According to Eva Berg: prices could rise",
            "According to Eva Berg: prices could rise",
        ),
    ],
)
def test_who_the_act_and_the_content(extractor: Extractor, text: str, with_text: str, without: str) -> None:
    [quote] = extractor.extract(text)
    assert (line(quote.to_dict(), text), line(quote.to_dict())) == (with_text, without)


def made(cue: Cue | None, speaker: Speaker | None = None, rule: str = "nominal.clause", text: str = "it rains") -> str:
    content = (Span(0, len(text), text),)
    return line(Quote("1", "a", "indirect", "speech", text, content, cue, speaker, None, 0.9, rule, 0).to_dict())


def test_without_a_cue_or_a_speaker() -> None:
    assert made(None) == "(no source named): it rains"
    assert made(Cue(20, 21, ":", ":"), Speaker(Mention(20, 22, "JK"), None)) == "JK: it rains"


def test_it_is_one_line() -> None:
    said = made(Cue(20, 25, "said\nof", "say"), Speaker(None, "Ada\nLund"), "left.said", "“It is\n\nover,”")
    assert said == "Ada Lund said of: “It is over,”"


def test_cues_that_are_nouns_stand_apart() -> None:
    ada = Speaker(None, "Ada Lund")
    assert made(Cue(20, 25, "claim", "claim"), ada) == "Ada Lund (claim): it rains"
    assert made(Cue(20, 27, "comment", "comment", negated=True), ada) == "Ada Lund (NO comment): it rains"
    assert made(Cue(20, 27, "promise", "promise", modal=True), ada) == "Ada Lund (possible promise): it rains"


def test_cues_of_several_words_that_have_no_base_form_are_marked() -> None:
    ada, cue = Speaker(None, "Ada Lund"), "made a claim"
    assert made(Cue(20, 32, cue, "claim", negated=True), ada, "left.said") == "Ada Lund [not] made a claim it rains"
    assert made(Cue(20, 32, cue, "claim", modal=True), ada, "left.said") == "Ada Lund [maybe] made a claim it rains"
