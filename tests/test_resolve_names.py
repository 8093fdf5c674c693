"""Names as they are found in a text, and which of them are one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quotes.grammar.parse import Parser
from quotes.lexicon import table, words
from quotes.resolve.find_names import find_names
from quotes.resolve.lexicon import nouns, places, singular
from quotes.resolve.linking import first_names_fit, link, same_person
from quotes.resolve.names import Name, fold
from quotes.resolve.runs import mended_tags
from quotes.resolve.variants import one_slip, skeleton


def names(parser: Parser, text: str) -> list[Name]:
    parse = next(iter(parser.pipe([text])))
    return find_names(replace(parse, tag=mended_tags(parse)))


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("It was Senator Amy Thorsen who objected.", "Amy Thorsen", "person"),
        ("“Poor Nathan, you must be cold,” she said.", "Nathan", "unknown"),
        ("House Majority Leader Dean Whitlock spoke.", "Dean Whitlock", "person"),
        ("Will Carr, a nurse, agreed.", "Will Carr", "person"),
        ("May Collins objected.", "May Collins", "person"),
        ("Toxicologist Anna Lie objected.", "Anna Lie", "person"),
        ("Opposition leader Imran Sheikh objected.", "Imran Sheikh", "person"),
        ("Will Rask agree on Monday?", "Rask", "unknown"),
        ("UPDATE Rask agreed.", "Rask", "unknown"),
        ("Minister Sorley (D-Ohio) agreed.", "D-Ohio", "place"),
        ("They met Sir Giles Pemberton-Smythe there.", "Giles Pemberton-Smythe", "person"),
        ("They met Prince Khalid bin Nayef there.", "Khalid bin Nayef", "person"),
        ("The Department of Fisheries closed the bay.", "Department of Fisheries", "organization"),
        ("Shares in Coyle & Sons fell.", "Coyle & Sons", "organization"),
        ("She writes for Reporters Without Borders.", "Reporters Without Borders", "organization"),
        ("The bus stops in South Korea and in Downing Street.", "South Korea", "place"),
        ("Martin Luther Hayes Jr. was born here.", "Martin Luther Hayes Jr.", "person"),
        ("Baroness Hale of Skipton agreed.", "Hale of Skipton", "person"),
        ("He rang Foreign Minister of India Venkatarao Iyengar.", "Venkatarao Iyengar", "person"),
        ("He rang President of South Korea Shin Yul on Monday.", "Shin Yul", "person"),
        ("According to the Armenian Foreign Ministry, gas flows.", "Armenian Foreign Ministry", "organization"),
        ("The House Speaker Mike Brandt agreed.", "Mike Brandt", "person"),
        ("Fed Chair Jerome Brandt agreed.", "Jerome Brandt", "person"),
        ("Assembly Speaker Woo Won-shin agreed.", "Woo Won-shin", "person"),
        ("They met Lara Cook Brandt there.", "Lara Cook Brandt", "person"),
        ("Independent MP Paul Lind agreed.", "Paul Lind", "person"),
        ("Ex-President Evo Brandt agreed.", "Evo Brandt", "person"),
        ("Prosecutor Richard Thyne KC agreed.", "Richard Thyne", "person"),
        ("DCP Gedham agreed.", "Gedham", "person"),
        ("Rescuer Huw Tomos agreed.", "Huw Tomos", "person"),
        ("The ambassador to the United States Hamdu Mohib agreed.", "Hamdu Mohib", "unknown"),
    ],
)
def test_name_proper_and_kind(parser: Parser, text: str, name: str, kind: str) -> None:
    assert (name, kind) in [(" ".join(n.words), n.kind) for n in names(parser, text)]


@pytest.mark.parametrize(
    "name",
    [
        "Centers for Disease Control and Prevention",
        "Royal Society for the Protection of Birds",
        "Office for Safeguarding National Security",
        "Department for Environment, Food and Rural Affairs",
        "U.S. Court of Appeals for the 6th Circuit",
        "Organization for Security and Co-operation in Europe",
        "Securities and Exchange Commission",
        "Customs and Border Protection",
        "National Organization of Black Law Enforcement Executives",
        "Institute of Directors",
        "League of Women Voters",
        "Bill and Melinda Gates Foundation",
        "Rask and Dale Association",
    ],
)
def test_a_long_name_of_one_body(parser: Parser, name: str) -> None:
    short = " (RDA)" if name.startswith("Rask") else ""
    assert (name, "organization") in [(" ".join(n.words), n.kind) for n in names(parser, f"The {name}{short} agreed.")]


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("The Pentagon and State Department agreed.", ["Pentagon", "State Department"]),
        ("The Department of Justice and State Department agreed.", ["Department of Justice", "State Department"]),
        ("Tesla and Ford Motor Company agreed.", ["Tesla", "Ford Motor Company"]),
        ("The Bank of England and HSBC agreed.", ["Bank of England", "HSBC"]),
        ("The Ministry of Agriculture and Norden Bank agreed.", ["Ministry of Agriculture", "Norden Bank"]),
    ],
)
def test_two_bodies_stay_two(parser: Parser, text: str, both: list[str]) -> None:
    assert [" ".join(n.words) for n in names(parser, text)] == both


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("The Immigration and Customs Enforcement agreed. ICE left.", "Immigration and Customs Enforcement"),
        (
            "The Centers for Disease Control and Prevention agreed. The CDC left.",
            "Centers for Disease Control and Prevention",
        ),
        ("The Civil Society Legislative Centre (CISLAC) agreed. CISLAC left.", "Civil Society Legislative Centre"),
    ],
)
def test_an_acronym_is_the_body(parser: Parser, text: str, full: str) -> None:
    assert {e.name for e in link(names(parser, text)) if e} == {full}


def test_a_role_in_capitals_is_no_name(parser: Parser) -> None:
    assert [n.kind for n in names(parser, "He rang the Prime Minister and the Home Secretary.")] == ["role", "role"]


def test_title_tells_the_sex(parser: Parser) -> None:
    assert [n.gender for n in names(parser, "Mrs. Ortega met Mr. Diaz.")] == ["f", "m"]


def test_days_and_months_are_no_names(parser: Parser) -> None:
    assert names(parser, "They met on Tuesday and again in March.") == []


@pytest.mark.parametrize(
    ("full", "short", "one"),
    [
        ("donald j trump", "donald trump", True),
        ("michael pelletier", "mike pelletier", True),
        ("j k rowling", "joanne rowling", True),
        ("debbie wasserman schultz", "wasserman schultz", True),
        ("john smith", "jane smith", False),
        ("george hw bush", "george w bush", False),
    ],
)
def test_forms_of_one_person(full: str, short: str, one: bool) -> None:
    assert same_person(tuple(full.split()), tuple(short.split())) is one


def test_bill_may_be_william_but_not_bob() -> None:
    assert first_names_fit("william", "bill")
    assert not first_names_fit("bill", "bob")


def test_people_of_one_last_name_stay_apart(parser: Parser) -> None:
    found = names(parser, "Adam Rourke met Brenda Rourke. Mr. Rourke left. Ms. Rourke stayed.")
    assert [e.name if e else None for e in link(found)] == [
        "Adam Rourke",
        "Brenda Rourke",
        "Adam Rourke",
        "Brenda Rourke",
    ]


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        ("Larkspur Foods shut two plants. Larkspur was sorry.", "Larkspur", "Larkspur Foods"),
        ("Brightwell Energy fell. Brightwell was sorry.", "Brightwell", "Brightwell Energy"),
        ("Kenya Airways rose. Ministers met in Kenya.", "Kenya", "Kenya"),
    ],
)
def test_a_company_goes_by_its_first_word_but_a_country_is_itself(
    parser: Parser, text: str, short: str, full: str
) -> None:
    found = names(parser, text)
    of = dict(zip([" ".join(name.words) for name in found], link(found), strict=True))
    entity = of[short]
    assert entity is not None
    assert entity.name == full


def test_fold_makes_forms_comparable() -> None:
    assert fold("Díaz") == "diaz"
    assert fold("O’Dell") == "o'dell"
    assert fold("Jr.") == "jr"


@pytest.mark.parametrize(
    ("plural", "one"), [("spokesmen", "spokesman"), ("women", "woman"), ("ministries", "ministry"), ("boss", "boss")]
)
def test_singular(plural: str, one: str) -> None:
    assert singular(plural) == one


def test_tables_name_only_known_nouns_and_sexes() -> None:
    assert {row["gender"] for row in (*table("roles"), *table("titles"))} <= {"", "m", "f"}
    assert all(0 <= int(row["women"]) <= 100 for row in table("first_names"))
    assert all(0 < float(row["right"]) <= 1 for row in table("evidence"))
    assert len({row["role"] for row in table("roles")}) == len(table("roles"))
    assert places()["turkish"] == places()["ankara"] == "turkey"
    assert "leader" in nouns()["prime minister"].broader
    assert words("epithets") <= nouns().keys()


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ("colby", "colbey", True),
        ("stephens", "stevens", False),
        ("kowalski", "kowalksi", True),
        ("marsh", "march", True),
        ("lind", "holm", False),
    ],
)
def test_a_slip_of_one_letter(a: str, b: str, one: bool) -> None:
    assert one_slip(a, b) == one


def test_transliterations_have_one_skeleton() -> None:
    assert {skeleton(name) for name in ("mohammed", "mohamed", "muhammad")} == {"mhmd"}
    assert {skeleton(name) for name in ("al-hadidi", "el-hadidy")} == {"hdd"}
