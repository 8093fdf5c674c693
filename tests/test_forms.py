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
    (
        "IP: Why the mill?\n\nMS: It was cheap. I had no money.\n\nIP: And now?\n\nMS: I sleep there.",
        "It was cheap",
        "MS",
    ),
    ("Guard — Who goes there?\nWoman — Me, and the goat.\nGuard — Pass.\nWoman — I will.", "Me, and the goat", "Woman"),
    ("JUROR 4: Is it true?\n\nJUROR 9: No.\n\nJUROR 4: Then why are we here?", "Then why are we here?", "JUROR 4"),
    ("Clerk: Order.\nSecretary: We have no key.\nTreasurer: I have.\nClerk: Good.", "We have no key", "Secretary"),
    ("[14:02] <ivo> is it open?\n[14:03] <kit> I think so\n[14:03] <ivo> then go", "I think so", "kit"),
    ("DEAR MABEL: My hen is ill. What now? -- SAD IN VELD\n\nDEAR SAD: Keep her warm.", "Keep her warm", None),
    ("12/05/21, 10:15 - Kit Amar: is it open?\n12/05/21, 10:16 - Ivo: I think so, yes", "I think so", "Ivo"),
    # marks
    ("＂The weir is old,＂ said Kit Amar. ＂It leaks.＂", "It leaks", "Kit Amar"),
    ('"The weir is old"! cried Kit Amar.', "The weir is old", "Kit Amar"),
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
    ('"It is shut," said Kit\n\f\n7\n\nAmar, the engineer.', "It is shut", "Kit Amar"),
    ("On Tue, 4 Jun 2019 at 9:12, Kit Amar wrote:\n> It is shut.\n>\n> Tell Lena.\n\nI will.", "Tell Lena", "Kit Amar"),
    ("10:15 GMT: Engineers say the weir is shut.\n\n09:40 GMT: Rain.", "the weir is shut", "Engineers"),
    ("Weir\nThe weir is shut until May, Kit Amar said.\n\nMill\nIt burned.", "The weir is shut", "Kit Amar"),
    ("“It is shut,” said Kit Amar 🐝. “So is the mill 😴.” #weir", "So is the mill", "Kit Amar"),
    ("I wait an hour for the bus.\n– Maria Amar, Veld\n\nThe council met.", "I wait an hour", "Maria Amar"),
    ("According to warden Kit Amar, the bats left in March.", "the bats left", "Kit Amar"),
    ("“It rained,” Minister for Youth, Sport and Culture, Kit Amar, said.", "It rained", "Kit Amar"),
    ("“It rained,” Professor of Law Kit Amar, of Ostby, New Zealand, said.", "It rained", "Kit Amar"),
    ("The company flat-out denied the claim.", "the claim", "company"),
    ('"It is shut."(engineer Kit Amar)\n\nThe mill burned.', "It is shut", "Kit Amar"),
    ("The following is a statement by Mayor Kit Amar:\n\n“The weir is gone. We weep.”", "The weir is gone", "Kit Amar"),
    ("“Nobody goes near the weir.” That was the order of engineer Kit Amar.", "Nobody goes near", "Kit Amar"),
    ("The engineer's orders were simple: nobody goes near the weir.", "nobody goes near", "engineer"),
    ("- Where is the oar? said Ivo.\n- In the weir, said Kit. With the other one.", "With the other one", "Kit"),
    # dialogue
    ("“If I were you,” Kit Amar said, folding his paper, “I should sell.”", "I should sell", "Kit Amar"),
    ("“I never—” Tobias began.\n\n“You always do,” said Mrs Hale.", "I never", "Tobias"),
    ("—Who is there? —asked Rosa.\n\n—Only me —said Tobias—. Let me in.", "Only me", "Tobias"),
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
    ("Kit Amar on the new mill: “It is all glass and no flour.”", "It is all glass", "Kit Amar"),
    ("With the words “I am done”, Kit Amar left the hall.", "I am done", "Kit Amar"),
    ("Kit Amar's advice to heirs: sell the mill.", "sell the mill", "Kit Amar"),
    ("To quote the engineer Kit Amar, “every weir is a promise”.", "every weir is a promise", "Kit Amar"),
    ("For Kit Amar, the mill is “a tomb”.", "a tomb", "Kit Amar"),
    ("“It floats, so we sell it.” Maria Amar, boat builder\n\nRain is likely.", "It floats", "Maria Amar"),
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
TOGETHER = (
    ("Ada Lund and her deputy, Kit Amar, both said the weir was safe.", ["Ada Lund", "Kit Amar"]),
    ("The mayor and the vicar each said the weir was safe.", ["mayor", "vicar"]),
    ("Kit Amar and Ida Rask both said the weir was safe.", ["Kit Amar", "Ida Rask"]),
)
LESS = (
    ("Kit Amar said the weir would close, although he gave no date.", "gave no date"),
    ("Kit Amar said the weir would close but he did not say when.", "did not say"),
    ("Kit Amar said the mill would open, though he admitted that it leaked.", "admitted"),
)
MORE = (
    ("Kit Amar said the weir would stay although it was leaking.", "although it was leaking"),
    ("Kit Amar said the mill was old but it had never burned.", "but it had never burned"),
)
NOBODYS = (
    "Plan B: a new road by the mill.",
    "Monday — Rain\nTuesday — Sun and wind\nMonday — Rain again",
    "She was ill and called a cab.",
    "He stressed the wrong syllable.",
    "The firm ordered forty benches.",
    "She said goodbye to the lake.",
    "The king acknowledged the applause.",
    "I have to say the lake is deep.",
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


@pytest.mark.parametrize(("text", "members"), TOGETHER)
def test_those_whom_a_word_counts_are_who_says_it(extractor: Extractor, text: str, members: list[str]) -> None:
    (quote,) = extractor.extract(text)
    assert quote.speaker is not None
    assert list(quote.speaker.members) == members


@pytest.mark.parametrize(("text", "words"), LESS)
def test_what_its_speaker_held_back_is_no_part_of_it(extractor: Extractor, text: str, words: str) -> None:
    found = extractor.extract(text)
    assert found
    assert not any(words in quote.text for quote in found)


@pytest.mark.parametrize(("text", "words"), MORE)
def test_what_its_speaker_conceded_of_a_thing_is(extractor: Extractor, text: str, words: str) -> None:
    assert any(words in quote.text for quote in extractor.extract(text))


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
