"""What quotes claim: their kinds with the words that tell them, their text standing alone, their order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from quotes.claims import dated
from quotes.extractor import Extractor
from quotes.records import ACTS, CLAIM_KINDS, Claim, Copied, Quote, Sign

FIXTURES = sorted((Path(__file__).parent.parent / "fixtures").glob("*.txt"))
BRACKETS = re.compile(r"\[[^\[\]]*\]")


@pytest.fixture(scope="module")
def claims() -> Extractor:
    return Extractor(acts=ACTS, purpose="everything", claims=True)


def only(found: Sequence[Quote]) -> Claim:
    [quote] = found
    assert quote.claim
    return quote.claim


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The union said 900 lorries were waiting at the border.", "quantity=900 lorries; fact=were waiting"),
        ("The board said prices rose in May because of the frost.", "comparison=rose; fact=rose; cause=because of"),
        ("The mayor said the scheme was illegal.", "fact=was; law=illegal"),
        ("The forecaster said winters would be colder.", "prediction=would be; comparison=colder"),
        ("The bank said it would close the branch.", "promise=would close"),
        ("“I saw the car leave the road,” Ada Lund said.", "personal=I saw; fact=saw"),
        ("Ada Lund said the verdict was unfair.", "opinion=was"),
        ("“Who will pay for the bridge?” Ada Lund asked.", "question=“Who will pay for the bridge?"),
        ("Ada Lund welcomed the offer.", "opinion=welcomed"),
        ("The firm said the school opened in 2019.", "fact=opened"),
        ("The minister said the two men were no longer at large.", "fact=were"),
        ("The firm said that 28 people were ill.", "quantity=28 people; fact=were"),
        ("The police said the man lived at 12 Mill Street in the 1970s.", "fact=lived"),
        ("The police asked them to call 555-0134.", "other=to call 555-0134"),
        ("The firm said the fish had been projected to die out.", "fact=had been projected; prediction=projected to"),
        ("Ada Lund stressed the need for rain.", "opinion=need"),
        ("Ada Lund asked how the bridge could close.", "question=asked"),
        ("The firm said most older bridges were closed.", "comparison=older; fact=were closed"),
        ("Ada Lund said the new rule was the most wasteful of all.", "law=rule; fact=was; comparison=most"),
        ("The board said it had to better understand the river.", "fact=had; opinion=had to"),
        ("“I fell in love with the town,” Ada Lund said.", "personal=I fell; fact=fell"),
        ("“We will win,” Ada Lund said.", "prediction=will win"),
        ("“I will close the bridge,” Ada Lund said.", "promise=will close"),
        ("“I was going to stay,” Ada Lund said.", "fact=was going"),
        ("“I don't think I will live here again,” Ada Lund said.", "opinion=don't think; prediction=will live"),
        ("Ada Lund said she can win.", "fact=can win"),
        ("Ada Lund said the guard had become frustrated.", "fact=had become"),
        ("Ada Lund asked whether the plan was fair.", "question=asked"),
        ("Ada Lund called the plan a farce.", "opinion=farce"),
        ("Ada Lund voiced confidence in the crew.", "opinion=confidence"),
        ("The firm denied any wrongdoing.", "fact=denied"),
        ("Ada Lund explained why the bridge had closed.", "cause=why the bridge had closed"),
        ("Ada Lund urged the council to open the bridge.", "other=the council to open the bridge"),
        ("“At his own office,” Ada Lund said.", "other=“At his own office,”"),
    ],
)
def test_kinds_come_with_the_words_that_tell_them(claims: Extractor, text: str, expected: str) -> None:
    claim = only(claims.extract(text))
    assert "; ".join(f"{sign.kind}={sign.text}" for sign in claim.kinds) == expected
    assert all(text[sign.start : sign.end] == sign.text for sign in claim.kinds)


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("Ada Lund said that the river had risen.", "The river had risen"),
        ("Ada Lund, the mayor, said she had seen the river.", "[Ada Lund] had seen the river"),
        ("Ada Lund denied that she had seen the river.", "[Ada Lund denied] that she had seen the river"),
        ("The river, Ada Lund did not say, had risen.", "[Ada Lund:] The river had risen"),
        ("“We have the money,” Ada Lund said.", "[Ada Lund:] We have the money"),
        ("“I saw my brother fall,” Ada Lund said.", "[Ada Lund] saw [Ada Lund's] brother fall"),
        ("“I am tired,” Ada Lund said.", "[Ada Lund:] I am tired"),
        ("Ada Lund warned of a slowdown.", "[Ada Lund warned of] a slowdown"),
        ("Norden Bank said it would close the branch.", "[Norden Bank] would close the branch"),
        ("A report said the river had risen.", "The river had risen"),
        ("“The river rose,” Ada Lund said. “Nobody slept.”", "The river rose. Nobody slept."),
    ],
)
def test_a_claim_stands_alone(claims: Extractor, text: str, alone: str) -> None:
    assert only(claims.extract(text)).text == alone


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_no_word_outside_brackets_is_invented(claims: Extractor, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for quote in claims.extract(text, path.name):
        claim = quote.claim
        assert claim
        assert claim.kinds
        assert {sign.kind for sign in claim.kinds} <= {*CLAIM_KINDS}
        assert 0 <= claim.checkable <= 1
        assert not invented(quote, claim, text)


def invented(quote: Quote, claim: Claim, text: str) -> list[str]:
    """What of a claim's text is neither copied from the content in its order nor in brackets."""
    at, before, rest = 0, 0, []
    for copied in claim.mapping:
        assert text[copied.start : copied.end] == copied.text
        assert before <= copied.start
        assert any(part.start <= copied.start and copied.end <= part.end for part in quote.content)
        here = claim.text[copied.at : copied.at + len(copied.text)]
        assert here.lower().split() == copied.text.lower().split()
        rest.append(claim.text[at : copied.at])
        at, before = copied.at + len(copied.text), copied.end
    rest.append(claim.text[at:])
    return re.findall(r"\w+", BRACKETS.sub("", "".join(rest)))


def test_an_articles_date_stands_behind_the_first_word_that_counts_from_it() -> None:
    claim = Claim(
        (Sign(9, 13, "rose", "fact"),),
        "It rose yesterday and today",
        (Copied(6, 33, "it rose yesterday and today", 0),),
        0.5,
    )
    told = dated(claim, "2026-05-12")
    assert told.text == "It rose yesterday [article of 2026-05-12] and today"
    assert [(c.text, told.text[c.at : c.at + len(c.text)]) for c in told.mapping] == [
        ("it rose yesterday", "It rose yesterday"),
        (" and today", " and today"),
    ]
    assert dated(claim, None) == claim


def test_what_can_be_looked_up_comes_first(claims: Extractor) -> None:
    number = only(claims.extract("Ada Lund said sales in Norway rose 4% to £512m in May."))
    wish = only(claims.extract("Ada Lund said it was a pity."))
    assert number.checkable > wish.checkable + 0.3


def test_claims_come_only_where_they_are_asked_for() -> None:
    [quote] = Extractor().extract("Ada Lund said the river had risen.")
    assert quote.claim is None
