"""Base forms of words."""

from __future__ import annotations

import pytest

from quotes.grammar.lemma import lemma, singular


@pytest.mark.parametrize(
    ("form", "tag", "base"),
    [
        ("said", "VBD", "say"),
        ("urged", "VBD", "urge"),
        ("stopping", "VBG", "stop"),
        ("replies", "VBZ", "reply"),
        ("stressed", "VBN", "stress"),
        ("claims", "NNS", "claim"),
        ("early", "RB", "early"),
    ],
)
def test_the_base_form_by_the_tag(form: str, tag: str, base: str) -> None:
    assert lemma(form, tag) == base


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("gunmen", "gunman"),
        ("women", "woman"),
        ("children", "child"),
        ("ministries", "ministry"),
        ("movies", "movie"),
        ("viruses", "virus"),
        ("causes", "cause"),
        ("heroes", "hero"),
        ("woes", "woe"),
        ("churches", "church"),
        ("boss", "boss"),
        ("status", "status"),
        ("news", "news"),
    ],
)
def test_one_singular(plural: str, one: str) -> None:
    assert singular(plural) == one
    assert lemma(plural, "NNS") == one
