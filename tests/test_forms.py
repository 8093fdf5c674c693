"""Forms of text in which quotes were lost, joined or made up: layout, dirt, marks, dialogue, verbs in another sense."""

from __future__ import annotations

import pytest

from quotes import Extractor

ACTS = ("speech", "writing", "thought", "attitude", "document")
FOUND = (
    # labels of transcripts
    (
        "Lena Ostrow -- Chair\n\nSales up.\n\nKit Amar -- Analyst\n\nBy how much?\n\nLena Ostrow -- Chair\n\nA tenth.",
        "By how much?",
        "Kit Amar",
    ),
    (
        "Lena Ostrow 0:05\nHow was the trip?\n\nKit Amar 0:09\nLong. We had rain.\n\nLena Ostrow 0:12\nFor days?",
        "We had rain",
        "Kit Amar",
    ),
    (
        "Lena Ostrow\n(Veld) (Ind)\n\nWhat has he done?\n\nKit Amar\n(Tarn)\n\nWe hired nine.\n\nLena Ostrow\n\nNine?",
        "We hired nine",
        "Kit Amar",
    ),
    ("THE CHAIR: Sit down. (Applause.) We begin.\n\nQ Madam, when?\n\nTHE CHAIR: Now.\n\nQ And then?", "when?", None),
    ("[Lena Ostrow]: Is it on?\n[Kit Amar]: It is, I think.\n[Lena Ostrow]: Then begin.", "It is, I think", "Kit Amar"),
    ("Dr Ostrow: The fever is gone.\nPatient: Can I go?\nDr Ostrow: You can.", "Can I go?", "Patient"),
    # marks
    ("»The weir is old«, said Kit Amar.", "The weir is old", "Kit Amar"),
    ("« The weir is old », said Kit Amar.", "The weir is old", "Kit Amar"),
    ("「The weir is old,」 said Kit Amar.", "The weir is old", "Kit Amar"),
    ("“The weir is old,”” said Kit Amar.", "The weir is old", "Kit Amar"),
    ('Kit Amar said:"The weir is old."Nobody heard.', "The weir is old", "Kit Amar"),
    ('"The weir is old.",said Kit Amar.', "The weir is old", "Kit Amar"),
    ('"The weir is old" said Kit Amar "and it leaks".', "and it leaks", "Kit Amar"),
    ('"The weir is old,"* said Kit Amar.\n\n* In Danish.', "The weir is old", "Kit Amar"),
    ('"The weir is old," [Kit Amar, engineer]', "The weir is old", "Kit Amar"),
    ('"The weir is old", Kit Amar, the engineer, said. "It leaks".', "It leaks", "Kit Amar"),
    # dirt
    ('"It is shut," said [Kit Amar](https://example.org/amar), "for good."', "for good", "Kit Amar"),
    ('\\"It is shut for good now,\\" said Kit Amar.', "It is shut", "Kit Amar"),
    ("“It is shut,” said Kit Amar.\\n\\n“Good,” said Lena Ostrow.", "Good", "Lena Ostrow"),
    ('>> "It is shut, and it stays\n>> shut," said Kit Amar.\n> Who is he?', "It is shut", "Kit Amar"),
    (
        '"It is shut, and nobody in the\n                  12\n\ncounty will pay," said Kit Amar.',
        "county will pay",
        "Kit Amar",
    ),
    ("Kit Amar said the\nweir was old.\nLena Ostrow said it\nwas not.", "weir was old", "Kit Amar"),
    ("1) Kit Amar: “It will not last”\n2) Lena Ostrow: “It will”", "It will”", "Lena Ostrow"),
    # dialogue
    (
        'He shut the book. "I shall not go."\n\nMrs Hale smiled. "You will, my dear."\n\n"Never," said Tobias.',
        "You will, my dear",
        None,
    ),
    (
        '"I have one question," the judge said. She shut the file. "Where were you in May?"',
        "Where were you in May",
        "judge",
    ),
    (
        '"If you please," began the clerk, who had turned red, "I should like to speak."',
        "I should like to speak",
        "clerk",
    ),
    # what announces a quotation
    ("Kit Amar was clear: “We will not sell.”", "We will not sell", "Kit Amar"),
    ("Kit Amar, mayor of Veld:\n\n“We will not sell the mill.”", "We will not sell", "Kit Amar"),
    ("“We will not sell the mill.”\n\nKit Amar, mayor of Veld", "We will not sell", "Kit Amar"),
    ("There were cries of “Shame!” from the gallery.", "Shame!", None),
    ("“A long goodbye” is how Kit Amar put it.", "A long goodbye", "Kit Amar"),
    ("Word has it that the inn is haunted.", "the inn is haunted", "Word"),
    ("Concluded the judge: “The law is an old coat.”", "The law is an old coat", "judge"),
    # the same verb where it reports
    ("The chairman dismissed the report as nonsense.", "nonsense", "chairman"),
    ("The coach denied that he had touched the ball.", "he had touched the ball", "coach"),
)
NOBODYS = (
    "The board dismissed its chief executive on Friday.",
    "The maker recalled 900 bicycles over a loose screw.",
    "The goalkeeper denied the visitors an equaliser.",
    "Kit Amar defended the near post.",
    "The fleet repeated the exercise in May.",
    "The climb demanded patience of the riders.",
    "All told, nine barns burned down.",
    "You could tell that the ice was thin.",
    "Mr Hale said nothing.",
    "The envoy declined to be named.",
    "Sources: Ministry of Health, Norden Bank",
)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(acts=ACTS)


@pytest.mark.parametrize(("text", "words", "name"), FOUND)
def test_it_is_found_and_whose_it_is(extractor: Extractor, text: str, words: str, name: str | None) -> None:
    found = [quote for quote in extractor.extract(text) if any(words in part.text for part in quote.content)]
    assert found, extractor.extract(text)
    if name is not None:
        assert [quote.speaker.name if quote.speaker else None for quote in found] == [name]


@pytest.mark.parametrize("text", NOBODYS)
def test_nobody_said_it(extractor: Extractor, text: str) -> None:
    assert not extractor.extract(text)


def test_what_went_on_over_a_page_has_two_parts(extractor: Extractor) -> None:
    text = '"It is shut, and nobody in the\n                  12\n\ncounty will pay," said Kit Amar.'
    (quote,) = extractor.extract(text)
    assert [text[part.start : part.end] for part in quote.content] == [
        '"It is shut, and nobody in the',
        'county will pay,"',
    ]


def test_speech_recognition_without_punctuation_gives_nothing(extractor: Extractor) -> None:
    words = "so she said you know we are shut and i said why and she said it broke and then we went home and "
    assert not extractor.extract(words * 3)
