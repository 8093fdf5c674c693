"""Who goes on speaking, whom a lead means, and names in news of many countries.

Beside each text stand the names of those who "said" or "told", in order; None for a name withheld.
"""

from __future__ import annotations

import pytest

from quotes.extractor import Extractor


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(min_confidence=0.2)


def names(extractor: Extractor, text: str) -> list[str | None]:
    """Who "said" or "told" in a text, by the order of the quotes."""
    quotes = [quote for quote in extractor.extract(text) if quote.cue and quote.cue.text in ("said", "told")]
    return [quote.speaker and quote.speaker.name for quote in quotes]


GOES_ON = {
    "he is the lawyer, not the client": (
        "Brodie's attorney, Wendell Marsh, said he would appeal. “There was never any evidence,” he said.",
        ["Wendell Marsh", "Wendell Marsh"],
    ),
    "he is the subject of the sentence before, whoever spoke before that": (
        "Hugo Lenz said the vote was fair. “Nobody was bullied,” he said.\n\nOscar Pratt disagreed. “I was in the room "
        "and I was bullied,” he said.",
        ["Hugo Lenz", "Hugo Lenz", "Oscar Pratt"],
    ),
    "she is another where the subject before is a man": (
        "Rosa Vidal sat beside her coach. Martin Egan praised her. “I have waited for this,” she said.",
        ["Rosa Vidal"],
    ),
    "a place that nobody has told of": (
        "Senator Obi Nweke said contractors had been paid twice. Senator Rakiya Danjuma said schools had no roofs. “I "
        "went there myself,” the Zamfara lawmaker said.",
        ["Obi Nweke", "Rakiya Danjuma", "Rakiya Danjuma"],
    ),
    "an age and a position": (
        "Kieran Walsh said the ball had not touched his arm. “I have a mark to prove it,” the 22-year-old defender "
        "said.",
        ["Kieran Walsh", "Kieran Walsh"],
    ),
    "an age alone": (
        "Her colleague Sam Adair, who moved from Cork in 2023, said he might go back. “The sun doesn’t pay the rent,” "
        "the 34-year-old said.",
        ["Sam Adair", "Sam Adair"],
    ),
    "a calling of one of whom nothing is said": (
        "Colette Brun, 19, said she had queued since dawn. “I’m sad but not angry,” the student said.",
        ["Colette Brun", "Colette Brun"],
    ),
    "the seat of a member": (
        "Majority Leader Kiprono Bett spoke next. “He used the same officers,” the Belgut MP said.",
        ["Kiprono Bett"],
    ),
    "one from a region": (
        "Former captain Neil Hartley said it was brainless. “My father would have wept,” the Yorkshireman said.",
        ["Neil Hartley", "Neil Hartley"],
    ),
    "a noun cut at its hyphen": (
        "Former striker Alan Trent said the manager had lost the team. “You look at it and it’s not there,” the "
        "ex-Wales forward said.",
        ["Alan Trent", "Alan Trent"],
    ),
    "a judge is not the man whom he hears": (
        "Colin Brodie, a former nurse, said he was sorry. “You are a danger to the public,” the judge said.",
        ["Colin Brodie", "judge"],
    ),
    "a minister who was spoken of before": (
        "The minister resigned. Ada Kerr wrote a poem about it. “I never read poems,” the minister said.",
        ["minister"],
    ),
    "a new speaker in another paragraph": (
        "Bea Holm, 40, spoke for an hour.\n\n“Are you going to answer?” said the reporter.",
        ["reporter"],
    ),
}

LEADS = {
    "a former office": (
        "Envoy says warnings were ignored\n\nA former ambassador to Hungary told a panel on Tuesday that his warnings "
        "were ignored for more than a year.\n\nDouglas Kerr, who served in Budapest from 2019 to 2021, said he wrote "
        "at least six cables to his superiors.",
        ["Douglas Kerr", "Douglas Kerr"],
    ),
    "a relative, who is so again": (
        "A city mourns\n\nThe mother of a boy who was stabbed at a party in Sligo said her family had been given a "
        "life sentence.\n\nAnna Quill was speaking at the sentencing of the man who killed her son, Ciaran.\n\nThe "
        "boy’s mother said she was tired.",
        ["Anna Quill", "Anna Quill"],
    ),
    "a spokesman is nobody who is named next": (
        "Fire in Ghent\n\nA spokesman for the brigade said on Monday that nobody had been hurt in the fire at the "
        "harbour.\n\nKarel Maes, who lives across the street, watched the roof fall in with his two daughters.",
        ["spokesman for the brigade"],
    ),
    "somebody with another role": (
        "A long trial\n\nA former nurse said in court on Monday that she had never seen the patient alive before "
        "that night.\n\nProsecutor Dana Whit told the jury on Tuesday that the nurse had been at his bed at two.",
        ["former nurse", "Dana Whit"],
    ),
    "a headline over a lead that names somebody": (
        "Tycoon attacks plan\n\nThe shipping magnate Leon Vass said on Sunday that the plan of the government was an "
        "insult to sailors.\n\nDaniel Roke, who took over at the Home Office in March, replied that it was late."
        "\n\nThe tycoon said he was angry.",
        ["Leon Vass", "Leon Vass"],
    ),
}

NAMES = {
    "an office in letters between seat and name": (
        "Lamu East MP Obo Kee said it was secret. The legislator said she would go to court.",
        ["Obo Kee", "Obo Kee"],
    ),
    "a body between role and name": (
        "Also speaking, the President of the Nigeria Union of Porters, Comrade Titus Ekeh, said nobody had written.",
        ["Titus Ekeh"],
    ),
    "a body's president, whom the parser misses": (
        "Law Society of Kenya president Faraj Omondi said the withdrawal must follow the law.",
        ["Faraj Omondi"],
    ),
    "honours in capitals": (
        "Michael Doran SC, for the defence, said it was late. Mr Doran said he was tired.",
        ["Michael Doran", "Michael Doran"],
    ),
    "a rank in two short words": ("Det Con Sam Weir of Gwent Police said it was sad.", ["Sam Weir"]),
    "a given name that is a rank elsewhere": ("Con Hegarty said it was over.", ["Con Hegarty"]),
    "a given name that is a day": (
        "Nigeria coach Sunday Ekpo said he was sorry. The coach said it was his call.",
        ["Sunday Ekpo", "Sunday Ekpo"],
    ),
    "a firm whose trade is a person's as well": (
        "Promoter Tidewave said tickets would be refunded. The company said fans would get an email.",
        ["Tidewave", "Tidewave"],
    ),
    "a promoter who is a person": ("Promoter Eddie Marsh said it was sold out.", ["Eddie Marsh"]),
    "where a firm has its seat": (
        "Lumetra, the education company once worth 2bn, is cutting 400 jobs. The Bengaluru-based firm said staff "
        "would be paid.",
        ["Lumetra"],
    ),
    "a name that is told simply": (
        "Another resident, who identified himself simply as Dauda, said his brother was missing.",
        ["Dauda"],
    ),
    "a party and a state in letters": (
        "Chairman Bill Strand, R-Okla., said it was alarming. The Oklahoma Republican said he would go on.",
        ["Bill Strand", "Bill Strand"],
    ),
}


@pytest.mark.parametrize("case", GOES_ON)
def test_who_goes_on(extractor: Extractor, case: str) -> None:
    text, expected = GOES_ON[case]
    assert names(extractor, text) == expected


@pytest.mark.parametrize("case", LEADS)
def test_whom_a_lead_means(extractor: Extractor, case: str) -> None:
    text, expected = LEADS[case]
    assert names(extractor, text) == expected


@pytest.mark.parametrize("case", NAMES)
def test_name(extractor: Extractor, case: str) -> None:
    text, expected = NAMES[case]
    assert names(extractor, text) == expected


def test_last_name_of_two_is_less_sure(extractor: Extractor) -> None:
    text = "Linda Vega, 67, said it was hot. Her son, Miguel Vega, drove home. “My mom was on the road,” Vega said."
    speaker = extractor.extract(text)[-1].speaker
    assert speaker is not None
    assert speaker.confidence < 0.8
