"""Texts that a resolver may stumble over: crowds of one name, lists, capitals or none, other scripts."""

from __future__ import annotations

import pytest

from quotes.extractor import Extractor

GIVEN = [
    f"{start}{end}"
    for start in ("Ar", "Bel", "Cor", "Del", "Em", "Fin", "Gar", "Hal", "Jor", "Kel")
    for end in "aeiouy"
]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(min_confidence=0.2)


def names(extractor: Extractor, text: str) -> list[str | None]:
    return [quote.speaker and quote.speaker.name for quote in extractor.extract(text)]


def test_hundreds_of_one_surname_stay_apart(extractor: Extractor) -> None:
    people = [f"{given}{tail} Tamworth" for given in GIVEN for tail in ("n", "m", "t", "th", "ck", "sh", "ll")]
    text = "\n\n".join(f"{person} said it was cold." for person in people)
    found = names(extractor, text)
    assert len(found) > 0.9 * len(people)
    assert set(found) - {None} <= set(people)


def test_thousands_of_mentions_are_one_person(extractor: Extractor) -> None:
    text = "Rita Amin came early. " + "Amin said it was cold. She said it was late. " * 1000
    assert set(names(extractor, text)) == {"Rita Amin"}


def test_a_cast_list_says_nothing(extractor: Extractor) -> None:
    text = "\n".join(f"{given} Holt ..... Guard {k}" for k, given in enumerate(GIVEN))
    assert names(extractor, text) == []


def test_small_letters_name_nobody(extractor: Extractor) -> None:
    found = names(extractor, "the mayor said on monday that rita amin had left. she said it was late.")
    assert not any(name and "amin" in name for name in found)


def test_capitals_throughout(extractor: Extractor) -> None:
    found = names(extractor, "THE MAYOR, RITA AMIN, SAID ON MONDAY THAT THE BRIDGE WAS SAFE. POLICE SAID IT WAS NOT.")
    assert found == ["RITA AMIN", "POLICE"]


@pytest.mark.parametrize("name", ["محمد الحديدي", "李明", "Иван Петров"])
def test_names_in_other_scripts_are_kept_or_left_out(extractor: Extractor, name: str) -> None:
    found = names(extractor, f"{name} said the bridge was safe. Rita Amin said it was not.")
    assert set(found) <= {name, None, "Rita Amin"}
    assert "Rita Amin" in found


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        (
            "Greenmere Park will close in June. The ranger said he would miss the deer. He said the bridge was rotten.",
            "Park",
        ),
        ("15: the number of ships, he said. WATCH: Mayor Ida Kerr says the tower will go.", "15"),
        ("Broward County shut nine schools. He said it was wrong.", "Broward County"),
        ("The Central Park Conservancy planted oaks on Sunday. He said it was lovely.", "Park"),
        ("Victoria Street was closed by police. She said she had to walk.", "Victoria Street"),
        ("Project Aurora began in 2019. He said it would end soon.", "Aurora"),
        ("At 34 Marlow Street nobody was home. He said it was quiet.", "Marlow Street"),
    ],
)
def test_no_place_number_or_label_speaks(extractor: Extractor, text: str, nobody: str) -> None:
    assert not any(name and nobody in name for name in names(extractor, text))
