"""In whose voice a text speaks: an interview, a letter, a speech, a story."""

from __future__ import annotations

import pytest

import quotes
from quotes.records import ACTS

INTERVIEW = """Wikinews interviews beekeeper Ada Lindqvist

Ada Lindqvist keeps bees on the roofs of Oslo. She spoke with us about her work.

When did you begin?

I began in 1998. I thought that bees would like the park.

Do you think that the city helps?

I believe that it tries. My neighbours help more."""

LETTER = """May 3, 1951

Dear Jean:

Thanks for the money. I think that the house will do. My roof leaks, and I hope that the rain ends soon.

Love,

Zora"""

TO_A_PAPER = """Dear Sir,

Your reader claims that wolves sleep all day. I have farmed here for forty years, and I think that they do not. I
believe the minister.

Yours faithfully,
Morag Sinclair
Strathcarron"""

SPEECH = """Ada Lindqvist's Address to the Harbour Union

4 March 2019

Friends, I believe that the port will live. We have worked for it. My father said so, and I know that he was right."""


@pytest.mark.parametrize(
    ("text", "name", "sources"),
    [
        (INTERVIEW, "Ada Lindqvist", {"I", "you"}),
        (LETTER, "Zora", {"I"}),
        (TO_A_PAPER, "Morag Sinclair", {"I"}),
        (SPEECH, "Ada Lindqvist", {"I"}),
    ],
)
def test_whoever_speaks_in_an_interview_a_letter_a_speech(text: str, name: str, sources: set[str]) -> None:
    found = [q.speaker for q in quotes.Extractor(acts=ACTS, min_confidence=0.1).extract(text) if q.speaker]
    told = {s.mention.text for s in found if s.mention and s.name == name}
    assert told >= sources


def test_a_narrator_is_not_who_wrote_the_story() -> None:
    text = 'By Ada Lindqvist\n\n"Come in," I said.\n\nThe wolf sat down. "Tea?" I asked. I knew that it would eat me.'
    narrators = [q.speaker for q in quotes.extract(text) if q.speaker and q.speaker.mention]
    assert narrators
    assert all(s.name is None for s in narrators if s.mention and s.mention.text == "I")


def test_his_wife_is_not_he() -> None:
    text = "Joran Tamworth kissed his wife. “The boat sails at six,” he said.\n\n“Not today,” said Mrs. Tamworth."
    assert [q.speaker and q.speaker.name for q in quotes.extract(text)] == ["Joran Tamworth", "Mrs. Tamworth"]


def test_neither_of_two_who_talk_is_he_or_she() -> None:
    text = (
        "Ann Bell: Your father was a diver.\n\nCleo Dorn: He told me that the lake had no bottom.\n\nAnn Bell: And "
        "your sister?\n\nCleo Dorn: She said that I should have been a dentist.\n\nAnn Bell: Thank you.\n"
    )
    inside = [one for one in quotes.extract(text) if one.parent]
    assert [one.cue.text for one in inside if one.cue] == ["told", "said"]
    assert not {one.speaker and one.speaker.name for one in inside} & {"Ann Bell", "Cleo Dorn"}


def test_a_label_gives_the_name_as_it_is() -> None:
    text = (
        "Lenny: Your handle?\n\nAdam Fishwick: Look for me there.\n\nLenny: Adam Fishwick AF. I like it.\n\n"
        "Adam Fishwick: Thank you."
    )
    assert {q.speaker and q.speaker.name for q in quotes.extract(text)} == {"Lenny", "Adam Fishwick"}


def test_names_under_the_wanted_precision_are_withheld() -> None:
    text = "Ida Roe met Ada Lund and Tom Brandt. She said the harbour would open. Ida Roe said it would not."
    plain, strict = (
        [q.speaker and q.speaker.name for q in quotes.Extractor(speaker_precision=share).extract(text)]
        for share in (None, 0.99)
    )
    assert "Ida Roe" in plain
    assert strict.count(None) > plain.count(None)


@pytest.mark.parametrize(("share", "why"), [(1.5, "is a share"), (1.0, "never reached")])
def test_what_can_not_be_had_is_said(share: float, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        quotes.Extractor(speaker_precision=share)
