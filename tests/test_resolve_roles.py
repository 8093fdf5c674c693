"""Descriptions and roles: whom they mean and whom they don't, and who speaks where a role and a body stand by a name.

Beside each text stand the names of those who "said", "told" or "argued", in order; None for a name withheld.
"""

from __future__ import annotations

import pytest

from quotes.extractor import Extractor


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(min_confidence=0.2)


def names(extractor: Extractor, text: str) -> list[str | None]:
    """Who "said", "told" or "argued" in a text, by the order of the quotes."""
    quotes = [quote for quote in extractor.extract(text) if quote.cue and quote.cue.text in ("said", "told", "argued")]
    return [quote.speaker and quote.speaker.name for quote in quotes]


UNNAMED = {
    "an office whose holder the text doesn't name": (
        "Typhoon Malakasi tore the roofs off two schools in Quezon. The principal said nobody was inside. The mayor "
        "said classes would start again on Monday.",
        ["principal", "mayor"],
    ),
    "callings that come in beside whom the text is about": (
        "Gareth Penhallow denies fraud. The barrister said the books were in order. The defendant told the court he "
        "had slept badly.",
        ["barrister", "Gareth Penhallow"],
    ),
    "two callings that share a broader one": (
        "Dev Malhotra went on trial in Pune on Monday. The prosecutor said he had stolen a bus. The defence lawyer "
        "said he was innocent.",
        ["prosecutor", "defence lawyer"],
    ),
    "a president of elsewhere": (
        "Russian President Vladimir Orlov spoke for an hour in Sochi. The US president said he had not listened.",
        ["US president"],
    ),
    "leaders whom the text calls by other offices and countries": (
        "Emmanuel Ducrot met Friedrich Maas in Warsaw on Thursday. President Ducrot said Europe must pay. The Polish "
        "prime minister said he had not been asked.",
        ["Emmanuel Ducrot", "Polish prime minister"],
    ),
    "one who is named later by a narrower role": (
        'The minister resigned on Friday over the leak. "I have nothing to hide," the minister said. Julian Voss, the '
        "education minister, said he was sorry to see her go.",
        ["minister", "Julian Voss"],
    ),
    "a newspaper that reports on a firm": (
        "Delivery company Hopfast lost 300 million last year, the newspaper said. The delivery company said the figure "
        "was wrong.",
        ["newspaper", "Hopfast"],
    ),
    "a senator of another state": (
        "Sen. Walter Briggs (R-Ohio) spoke for two hours. The Texas senator said the bill was dead.",
        ["Texas senator"],
    ),
    "one on trial, where only the judge is named": (
        "Judge Harold Pym heard the case in Leeds. The defendant said he was asleep.",
        ["defendant"],
    ),
    "the head of a university whose deputy is named": (
        "Vice-Chancellor Ruth Bam of the University of Mbeya was absent. The chancellor said exams would go on.",
        ["chancellor"],
    ),
    "a firm of another country": (
        "Finnish retailer Kesto bought a rival in Breda. The Dutch company said jobs were safe.",
        ["Dutch company"],
    ),
    "a player in another position": (
        "Midfielder Luca Sforza scored twice. The goalkeeper said he had seen nothing.",
        ["goalkeeper"],
    ),
    "a deputy of the office": (
        "Deputy Governor Hamisi Oloo visited the camp. The governor said food would come by Friday.",
        ["governor"],
    ),
    "offices of two countries": (
        "President Clara Solberg spoke with Don Tarrant. The US president said tariffs would stay. The Mexican "
        "president said there was hope.",
        ["US president", "Mexican president"],
    ),
    "a verb between noun and gerund": (
        "Priya Ram accused the principal of ignoring her letters. The principal said they were rude.",
        ["principal"],
    ),
    "a place that is part of a word": ("A Nairobi-based spokesman said it was over.", ["Nairobi-based spokesman"]),
    "who speaks for one who is named": (
        "A spokeswoman for the mayor of Portland, Keith Wilmot, said the camp would go.",
        ["spokeswoman for the mayor of Portland, Keith Wilmot"],
    ),
    "the employer of an analyst": (
        "Evan Siegert, an analyst at Kestrel Capital Markets, said shares had lost value. The company said it would "
        "cut 1,200 jobs.",
        ["Evan Siegert", "company"],
    ),
}

NAMED = {
    "elected": (
        "Wanjiru Kamotho was elected chair of the tea board in March. The chair said growers must be patient.",
        ["Wanjiru Kamotho"],
    ),
    "became": (
        "Mette Holmqvist became prime minister in 2021. The prime minister said she would stay.",
        ["Mette Holmqvist"],
    ),
    "works as": (
        "Ines Calderon, who works as a geologist in Quito, climbed the volcano. The geologist said the rim "
        "was unstable.",
        ["Ines Calderon"],
    ),
    "an apposition that the parser misses": (
        "Walter Dunn, the ranger who found the boat, gave evidence on Wednesday. The ranger said its lights were off.",
        ["Walter Dunn"],
    ),
    "a calling that no list has": (
        "Pia Sand, a lamplighter from Aarhus, lost her job. The lamplighter said it had been a good life.",
        ["Pia Sand"],
    ),
    "all roles of a title": (
        "Municipal Commissioner Dr. Kavita Rao opened the reservoir. The commissioner said it was full.",
        ["Kavita Rao"],
    ),
    "an office in short": (
        "Deputy President Rigathi Kamande toured Nyeri on Saturday. The DP said farmers had been cheated.",
        ["Rigathi Kamande"],
    ),
    "an office in short with its portfolio": (
        "Cabinet Secretary for Health Njeri Duale opened the ward. The Health CS said it was full.",
        ["Njeri Duale"],
    ),
    "an office with a hyphen": (
        "The Director-General of the Cocoa League, Dr Ama Osei, flew to Accra. The DG said growers were angry.",
        ["Ama Osei"],
    ),
    "of two mayors the one of that town": (
        "Lucy Tran, the mayor of Dunford, opened the line with Omar Siddiq, the mayor of Halby. The mayor of Halby "
        "said it had taken too long. The Dunford mayor said it was worth the wait.",
        ["Omar Siddiq", "Lucy Tran"],
    ),
    "a successor has the office, not the former holder": (
        "Former health minister Aldo Ricci attacked his successor, Carla Benni, on Sunday. The health minister said "
        "the attack was silly.",
        ["Carla Benni"],
    ),
    "ages": (
        "Tilda Brand, 34, and Mona Eide, 61, were rescued from the ridge. The 61-year-old said she had sung to stay "
        "awake. The 34-year-old said the singing was terrible.",
        ["Mona Eide", "Tilda Brand"],
    ),
    "what a body's name says that it is": (
        "The Daily Ledger printed the letters on Friday. The paper said they were genuine.",
        ["Daily Ledger"],
    ),
    "a mayor and the deputy": (
        "Deputy mayor Nils Berg opened the hall, as the mayor, Rita Amin, was ill. The mayor said she would be back. "
        "The deputy mayor said it was an honour.",
        ["Rita Amin", "Nils Berg"],
    ),
    "an office whose portfolio stands behind it": (
        "Minister of Education Rosa Lima faced pupils in Recife. The education minister said exams would be shorter.",
        ["Rosa Lima"],
    ),
    "a party in one letter": (
        "Sen. Walter Briggs, R-Ohio, voted no. The Republican senator said the bill was a gift to banks.",
        ["Walter Briggs"],
    ),
    "a counterpart by country": (
        "Egyptian Foreign Minister Sameh Fahmy met Sudanese Foreign Minister Omar Idris. The Sudanese minister said "
        "water was life. His Egyptian counterpart said he agreed.",
        ["Omar Idris", "Sameh Fahmy"],
    ),
    "a last name that is a title, too": (
        "Harvest Bank's chief economist, Uma Sen, expects a cut. The economist said March was likely.",
        ["Uma Sen"],
    ),
    "a university by the first word of its name": (
        "The University of Port Howe dismissed two professors. The university said they had cheated.",
        ["University of Port Howe"],
    ),
    "a kind of the calling": (
        "Dr Nitin Dange said Rask was out of danger. The neurosurgeon told reporters that he had slept well.",
        ["Nitin Dange", "Nitin Dange"],
    ),
    "a lieutenant governor": (
        "Gov. Tate Hollis signed the bill with Lt. Gov. Maria Pruitt. The governor said it would save lives. The "
        "lieutenant governor said it was late.",
        ["Tate Hollis", "Maria Pruitt"],
    ),
    "a mother of two": (
        "Bethan Prosser, 42, was walking her dog when the path gave way. “That was it,” said the mother-of-two.",
        ["Bethan Prosser"],
    ),
    "whose body it is, long before": (
        "The Delta Council of Social Service's Cassandra Goldman said the poor were forgotten.",
        ["Cassandra Goldman"],
    ),
    "the agency that spoke last": (
        "The European Space Agency said its probe had passed Mars. NASA, which took part, said the data would be "
        "public. The agency said it was proud.",
        ["European Space Agency", "NASA", "NASA"],
    ),
}

BEHIND = {
    "an office, its body, and the name": (
        "President and General Manager of Oakline Freight Sunita Bhargava said margins were thin.",
        ["Sunita Bhargava"],
    ),
    "a place": (
        "Former special envoy to Freedonia Karl Vogtmann said the talks had failed.",
        ["Karl Vogtmann"],
    ),
    "two offices of one": (
        "Chairman and CEO of Larkspur Foods, Debra Sims, said prices would rise.",
        ["Debra Sims"],
    ),
    "a heading before the name": (
        "ON THE ATTACK Rask said the bank was lying.",
        ["Rask"],
    ),
    "a portfolio": (
        "Cabinet Secretary for Water Njeri Waweru said the dam was safe.",
        ["Njeri Waweru"],
    ),
    "between commas": (
        'Harbour Workers Union General Secretary, Moses Otieno, said: "We will not load a single ship."',
        ["Moses Otieno"],
    ),
    "far behind, bodies between": (
        "The Executive Secretary, Fisheries Board of the Delta (FBD), formerly the Delta Fish Office, Amina Yusuf, "
        "told reporters that the nets were illegal.",
        ["Amina Yusuf"],
    ),
    "behind a relative clause": (
        "The head of the union's northern branch, who has led two strikes, Tom Pyke, said he was tired.",
        ["Tom Pyke"],
    ),
    "of a body with a person's name": (
        "A lawyer for Baker Tilly Roelfs said the claim was late.",
        ["lawyer for Baker Tilly Roelfs"],
    ),
    "by which somebody goes": (
        "A fisherman who goes by the name “Lofty” said the sea had changed.",
        ["Lofty"],
    ),
    "in small letters": (
        "The writer fern hooper argued that the prize should be shared.",
        ["fern hooper"],
    ),
    "a rank cut off by its full stop": (
        '"The convoy never stopped," said Army Capt. Leroy Banks.',
        ["Leroy Banks"],
    ),
    "two offices and a body": (
        "President and Chief Financial Officer of Oakline Freight Debra Moss said margins were thin.",
        ["Debra Moss"],
    ),
    "a body with a possessive in its name": (
        "President of the National Growers' Union of Wales Gwen Pryce said lambs were cheap.",
        ["Gwen Pryce"],
    ),
    "a place that is a given name": (
        "Head of the relief office in Mali Issa Traore said the vaccine had arrived.",
        ["Issa Traore"],
    ),
    "a portfolio of two things": (
        "South Africa's Minister of Public Works and Infrastructure Thandi Zulu said the dam would be built.",
        ["Thandi Zulu"],
    ),
    "a participle before": (
        "Reacting, the Executive Director, Delta Policy Centre (DPC), Bola Rask, said the case must not drag on.",
        ["Bola Rask"],
    ),
    "no apposition for the parser": (
        "The bronzes are home, according to curator Elaine Moss. Moss said they were safe.",
        ["Elaine Moss"],
    ),
}


@pytest.mark.parametrize("name", UNNAMED)
def test_who_has_no_name_goes_by_the_texts_words(extractor: Extractor, name: str) -> None:
    text, expected = UNNAMED[name]
    assert names(extractor, text) == expected


@pytest.mark.parametrize("name", NAMED)
def test_a_description_means_whom_the_text_calls_so(extractor: Extractor, name: str) -> None:
    text, expected = NAMED[name]
    assert names(extractor, text) == expected


@pytest.mark.parametrize("name", BEHIND)
def test_the_person_speaks_and_not_the_body(extractor: Extractor, name: str) -> None:
    text, expected = BEHIND[name]
    assert names(extractor, text) == expected


def test_a_country_that_is_told_of_nobody_leaves_doubt(extractor: Extractor) -> None:
    (quote,) = extractor.extract("Olga Petrenko won gold in Lausanne. The Swede said she was pleased with silver.")
    assert quote.speaker is not None
    assert quote.speaker.name != "Olga Petrenko" or quote.speaker.confidence < 0.6


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rita Moss beat Nora Lind. Lind said she had played badly. “She was faster,” she said.", "Nora Lind"),
        ("Tom Reed sold the boat to Al Marsh. Marsh said it leaked. “He lied to me,” he said.", "Al Marsh"),
        ("The Louvre hired Jean Petit in 2001. He said the halls were cold.", "Jean Petit"),
    ],
)
def test_who_speaks_is_not_who_is_spoken_of(extractor: Extractor, text: str, expected: str) -> None:
    assert names(extractor, text)[-1] == expected


def test_a_role_is_never_added_to_somebody_else(extractor: Extractor) -> None:
    quotes = extractor.extract(
        "Rosa Quintela opened the new library in Braga on Friday. The architect said the glass was from Porto. "
        "Quintela said children would love it."
    )
    assert [quote.speaker and quote.speaker.description for quote in quotes] == [None, None]


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("Lena Vogt, the pilot, and Arjun Rao, the engineer, said the alarm had failed.", ("Lena Vogt", "Arjun Rao")),
        ("Both the mayor, Ida Kerr, and her deputy, Max Boll, said the tower would go.", ("Ida Kerr", "Max Boll")),
        ("Neither Amara Diallo nor Piet Smit said the vote was fair.", ("Amara Diallo", "Piet Smit")),
        (
            "The teachers, the parents and the bus company all said they had been ignored.",
            ("teachers", "parents", "bus company"),
        ),
        ("Dr Ojo, who led the team, and Prof Ryle, who paid for it, said it worked.", ("Ojo", "Ryle")),
        ("Paula Reece and her husband, Dean, said they had lost everything.", ("Paula Reece", "Dean")),
        ("The couple, Adam and Nora Falk, said the landlord had vanished.", ("Adam Falk", "Nora Falk")),
        ("The World Bank, the IMF and the African Union said debt had grown.", ("World Bank", "IMF", "African Union")),
        ("The Commissioner of Police, Lagos Command, Bola Rask, said two men were held.", ()),
    ],
)
def test_several(extractor: Extractor, text: str, members: tuple[str, ...]) -> None:
    (quote,) = extractor.extract(text)
    assert quote.speaker is not None
    assert quote.speaker.members == members


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("A senior official who asked not to be named said the bank was broke.", "asked not to be named"),
        ("Speaking on condition of anonymity, a diplomat said the talks had failed.", "on condition of anonymity"),
        ("One trader said prices would fall.", "One trader"),
        ("People familiar with the matter said a deal was near.", "People familiar with the matter"),
        ("Ruth (not her real name) said she had fled at night.", "not her real name"),
        ("The mayor said the bridge was safe.", None),
        ("A spokesman for Norden Bank said it was fine.", None),
        ("Rita Amin, who was not named in the report, said it was fair.", None),
    ],
)
def test_names_that_the_text_withholds(extractor: Extractor, text: str, why: str | None) -> None:
    speaker = next(q.speaker for q in extractor.extract(text) if q.speaker and q.cue and q.cue.text == "said")
    assert (speaker.anonymous and speaker.anonymous.text) == why


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("Norden Bank chief executive Ada Holm said it was over.", "chief executive", "Norden Bank"),
        ("Jane Poole, an analyst at Kestrel Capital, said rates would rise.", "analyst", "Kestrel Capital"),
        ("A spokesman for Norden Bank said it was fine.", "spokesman", "Norden Bank"),
        ("Rita Amin said it was over.", None, None),
    ],
)
def test_where_role_and_body_stand(extractor: Extractor, text: str, title: str | None, body: str | None) -> None:
    (quote,) = extractor.extract(text)
    assert quote.speaker is not None
    found = quote.speaker.title, quote.speaker.organization
    assert [span and span.text for span in found] == [title, body]
    assert all(text[span.start : span.end] == span.text for span in found if span)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mohammed al-Hadidi was freed on Monday. Mohamed Al Hadidi said he had been beaten. "
            "Muhammad al-Hadidi said he forgave them.",
            ["Mohammed al-Hadidi", "Mohammed al-Hadidi"],
        ),
        (
            "Finance director Andrea Colby said sales were up. Andrea Colbey, the finance director, said costs "
            "were down.",
            ["Andrea Colby", "Andrea Colby"],
        ),
        ("Anna Lind said no. Anne Lund said yes.", ["Anna Lind", "Anne Lund"]),
        (
            "Mayor Carl Martin said no. Coach Carl Martins said yes.",
            ["Carl Martin", "Carl Martins"],
        ),
        (
            "Tom and Anna Rask bought the ferry. Rask said he would sell it. Anna Rask said she would not.",
            ["Tom Rask", "Anna Rask"],
        ),
        (
            "Edith Tamworth and her husband, Roy Tamworth, lost the house. Mrs. Tamworth said the water came at night. "
            "Mr. Tamworth said he had slept through it.",
            ["Edith Tamworth", "Roy Tamworth"],
        ),
        (
            "Jon Baker and John Barker are rivals. Baker said he was ahead. Barker said he was not.",
            ["Jon Baker", "John Barker"],
        ),
        ("Chile's Camila Rios, 23, won silver. Rios said she had cried.", ["Camila Rios"]),
        (
            "Ada Lund Thanked Crew\n\nThey met on Monday. Lund said she was grateful.",
            ["Ada Lund"],
        ),
    ],
)
def test_spellings_and_relatives(extractor: Extractor, text: str, expected: list[str]) -> None:
    assert names(extractor, text) == expected
