"""Dirt: what is taken out of a text before it is parsed, and offsets that count in the text as it was given."""

import json
from pathlib import Path
from textwrap import fill

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes import Extractor, Quote
from quotes.clean import Cleaned, Edit, clean, is_unpunctuated

DIRTY = [
    # entities and tags
    ("&ldquo;Rents will fall,&rdquo; Ana Reis said.", "“Rents will fall,” Ana Reis said."),
    ("It&#8217;s over, she said &amp;amp; left.", "It’s over, she said & left."),
    (
        "<p>The rink is <b>shut</b>, said Jo Lund.<br/>So is the pool.</p>",
        "\n\nThe rink is shut, said Jo Lund.\nSo is the pool.\n\n",
    ),
    ("She wrote <q>never</q> twice.", "She wrote “never” twice."),
    ("<script>var a = 'x';</script>The vote is on.", "\n\nThe vote is on."),
    # characters
    ("â€œWe won,â€\x9d said MarÃ\xada. Itâ€™s Â£5.", "“We won,” said María. It’s £5."),
    ("â€œWe won,â€ said Ada.", "“We won,” said Ada."),
    ("The dis\u00adpute is over\u200b, he said.", "The dispute is over, he said."),
    ("🇫🇷 Macron said no 👩‍👩‍👧.", " Macron said no."),
    # marks of mail, Markdown and encyclopaedias
    ('*"We are late,"* he said. _"Very,"_ she said.', '"We are late," he said. "Very," she said.'),
    ("**Ada Lund:** The road is open.", "Ada Lund: The road is open."),
    ("> The lift is broken,\n> he wrote.\n\nIs it?", "The lift is broken,\nhe wrote.\n\nIs it?"),
    ("The comet broke up,[3] Ortiz said.[12][note 2]", "The comet broke up, Ortiz said."),
    ("“It fell,” Ortiz said.² He left.", "“It fell,” Ortiz said. He left."),
    # lists and tables
    ("Pledges:\n• Labour: build\n• Greens: plant", "Pledges:\n\nLabour: build\n\nGreens: plant"),
    ("Name\tSaid\nAda\tyes\n", "Name\n\nSaid\n\nAda\n\nyes\n\n"),
    # breaks
    ("The coun-\ncil met.", "The council met."),
    (
        "The ferry will not sail before the spring, said Paul\n"
        "Sorley, who owns it and has done so for nine long\nyears.",
        "The ferry will not sail before the spring, said Paul Sorley, who owns it and has done so for nine long years.",
    ),
    (
        "The court heard that the driver had\n\nThe Daily Post        Page 7\n\nfallen asleep at the wheel.",
        "The court heard that the driver had fallen asleep at the wheel.",
    ),
    (
        "The minister said that the new\n\nlevy on sugar would be raised\n\n"
        "again and that nobody would be\n\nspared by it.",
        "The minister said that the new levy on sugar would be raised again and that nobody would be spared by it.",
    ),
]
CLEAN = [
    "AT&T said its R&D budget & staff would grow; see section &2.",
    "If a < b, she said, then b > a.",
    "Søren Ås said the Â-series, Ångström's and the naïve café were “fine”.",
    "He gave 2 * 3 * 4 as the answer, in snake_case_names and __init__.py.",
    "“The release[s] will give[s] hope,” he said.",
    "Roses are red,\nviolets are blue,\nsugar is sweet.",
    "MAYOR QUITS OVER MEALS\nThe mayor of Leeds said on Friday that he would go, after a row about school meals.",
    ">> ADA: Welcome.\n>> BO: Thanks.",
    "A well-known man, she said — twice.",
    "The score was 3-\n2 in the end.",
]


@pytest.mark.parametrize(("dirty", "wanted"), DIRTY)
def test_dirt_is_taken_out(dirty: str, wanted: str) -> None:
    assert clean(dirty).text == wanted


@pytest.mark.parametrize("text", CLEAN)
def test_what_is_no_dirt_stays(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.text == text
    assert not cleaned.changed


@pytest.mark.parametrize(("dirty", "wanted"), DIRTY)
def test_every_word_has_its_way_back(dirty: str, wanted: str) -> None:
    cleaned = clean(dirty)
    for word in ("said", "Ada", "Labour", "Macron"):
        if (at := wanted.find(word)) >= 0:
            assert dirty[slice(*cleaned.back(at, at + len(word)))] == word


@given(st.text("ab-\n &;<p>*_“”â€œ•\t1.", max_size=60))
def test_any_text_has_a_way_back(text: str) -> None:
    cleaned = clean(text)
    for at in range(len(cleaned.text)):
        start, end = cleaned.back(at, at + 1)
        assert 0 <= start < end <= len(text)


def test_edits_next_to_each_other() -> None:
    cleaned = Cleaned("abcdef")
    cleaned.apply([Edit(1, 2, ""), Edit(2, 4, "XYZ"), Edit(4, 5, "")])
    assert cleaned.text == "aXYZf"
    assert [cleaned.back(i, i + 1) for i in range(5)] == [(0, 1), (2, 4), (2, 4), (2, 4), (5, 6)]


def said(extractor: Extractor, text: str) -> list[Quote]:
    quotes = extractor.extract(text, "dirty")
    for quote in quotes:
        assert all(text[part.start : part.end] == part.text for part in quote.content)
        assert quote.cue is None or text[quote.cue.start : quote.cue.end] == quote.cue.text
        mention = quote.speaker and quote.speaker.mention
        assert not mention or text[mention.start : mention.end] == mention.text
    return quotes


def test_offsets_count_in_the_text_as_given(extractor: Extractor) -> None:
    [quote] = said(extractor, "&ldquo;The dam is sound,&rdquo; said the engineer, Paul&nbsp;Sorley.")
    assert quote.text == "&ldquo;The dam is sound,&rdquo;"
    assert quote.type == "direct"
    assert quote.speaker
    assert quote.speaker.name == "Paul Sorley"


def test_a_name_over_a_line_end_has_one_blank(extractor: Extractor) -> None:
    text = fill(
        "The bridge at Ostby will stay shut until the spring, said Paul Sorley, the chief engineer of the town, who "
        "has worked on it for nine years and knows every one of its bolts.",
        63,
    )
    assert "Paul\nSorley" in text
    [quote] = said(extractor, text)
    assert quote.speaker
    assert quote.speaker.name == "Paul Sorley"


def test_a_quote_around_the_end_of_a_page_has_two_parts(extractor: Extractor) -> None:
    text = (
        '"The rink will be closed until the spring and the teams will\nhave to train at the\n\n'
        'Port Gazette              Page 4              12 March\n\nold hall," the mayor, Rita Amin, said.'
    )
    [quote] = said(extractor, text)
    assert [part.text.split()[-1] for part in quote.content] == ["the", 'hall,"']


def test_text_without_punctuation_gives_nothing(extractor: Extractor) -> None:
    words = "so the mayor said we will not pay and then she said that nobody had asked her about the bridge "
    assert is_unpunctuated(words * 20)
    assert extractor.extract(words * 20) == []
    assert not is_unpunctuated((words.strip() + ". ") * 20)
    assert not is_unpunctuated(words)


def test_json_fields_are_cleaned_too(extractor: Extractor) -> None:
    row = json.loads('{"text": "He said: &quot;The tram is late.&quot;"}')
    assert [quote.text for quote in said(extractor, row["text"])] == ["&quot;The tram is late.&quot;"]


def test_fixtures_are_clean() -> None:
    for path in Path("fixtures").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        if path.stem not in ("dirty", "live_blog", "wire"):
            assert "".join(clean(text).text.split()) == "".join(text.split()), path  # but for wraps
