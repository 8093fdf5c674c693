"""Quotations beside what was said: the verdicts, the words that differ, the page, the command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from quotes.cli import app
from quotes.read.document import Document
from quotes.records import Quote, QuoteType, Span, Speaker
from quotes.verify import STATUSES, Sources, Verification, Voices, verify
from quotes.verify.align import align
from quotes.verify.page import Checked, page, surroundings
from quotes.verify.voices import fits
from quotes.verify.words import words

HEARING = """ANNA SMITH: Thank you, chair. We are going to build 3 new bridges over the river, um, and the government \
will pay for all of the colour they want. I will never raise taxes on ordinary people.

PETER JONES: Thank you, minister. Do you not think that the harbour needs the money more than your bridges do?

ANNA SMITH: No. The harbour had its share last year (Laughter.) and I told the board so in person. My officials \
organised two hundred and fifty meetings, which cost us $5 million.

PETER JONES: Why should I believe you? The pilots have told me that nobody came to see them.
"""
LETTER = "To the editor\n\nThe ferry is the only way for my mother to reach her doctor, and you know it.\n"


@pytest.fixture(scope="module")
def sources() -> Sources:
    """A hearing and a letter."""
    made = Sources()
    made.add(Document("hearing.txt", HEARING))
    made.add(Document("letter.txt", LETTER))
    return made


def quote(text: str, *content: str, speaker: str | None = None, type: QuoteType = "direct") -> Quote:
    """A quote of a text; without a content the whole text is."""
    spans = tuple(Span(text.index(part), text.index(part) + len(part), part) for part in content or (text,))
    who = Speaker(None, speaker, "person") if speaker else None
    return Quote("1", "a.txt", type, "speech", " … ".join(s.text for s in spans), spans, None, who, None, 1.0, "", 0)


def verdict(sources: Sources, text: str, speaker: str | None = "Anna Smith", *content: str) -> Verification:
    found = verify(quote(text, *content, speaker=speaker), text, sources, Voices())
    assert found is not None
    for passage in found.passages:
        document = next(one for one in sources.documents if one.id == passage.source)
        assert document.text[passage.start : passage.end] == passage.text
    for difference in found.differences:
        if difference.quoted:
            assert text[difference.quoted.start : difference.quoted.end] == difference.quoted.text
    return found


def told(found: Verification) -> list[tuple[str | None, ...]]:
    return [
        (d.kind, d.quoted and d.quoted.text, d.said and d.said.text, d.tolerated)  # type: ignore[misc]
        for d in found.differences
    ]


@pytest.mark.parametrize(
    ("text", "differences"),
    [
        ("“I will never raise taxes on ordinary people.”", []),
        ('"I will NEVER raise taxes -- on ordinary people!"', [("same", "NEVER", "never", "case")]),
        (
            "“We’re gonna build three new bridges over the river”",
            [
                ("same", "We’re", "We are", "short form"),
                ("same", "gonna", "going to", "short form"),
                ("same", "three", "3", "number"),
            ],
        ),
        (
            "“over the river and the government will pay for all of the color they want”",
            [("left out", None, "um", "filler"), ("same", "color", "colour", "spelling")],
        ),
        (
            "“My officials organized 250 meetings, which cost us $5m”",
            [
                ("same", "organized", "organised", "spelling"),
                ("same", "250", "two hundred and fifty", "number"),
                ("same", "5m", "5 million", "number"),
            ],
        ),
        ("“The harbour had its share last year and I told the board so in person.”", []),
        (
            "“[T]he government will pay … I will never raise taxes”",
            [
                ("same", "[T]he", "the", "case"),
                ("left out", None, "for all of the colour they want", "ellipsis"),
            ],
        ),
        (
            "“I told [the trustees] so in [sic] person.”",
            [("changed", "[the trustees]", "the board", "bracket")],
        ),
    ],
)
def test_verbatim_but_for_what_is_tolerated(
    sources: Sources, text: str, differences: list[tuple[str | None, ...]]
) -> None:
    found = verdict(sources, text)
    assert (found.status, found.similarity, found.source) == ("verbatim", 1.0, "hearing.txt")
    assert told(found) == differences


@pytest.mark.parametrize(
    ("text", "differences"),
    [
        ("“I will raise taxes on ordinary people.”", [("left out", None, "never", None)]),
        ("“I will never raise your taxes on ordinary people.”", [("put in", "your", None, None)]),
        ("“I will never lower taxes on ordinary people.”", [("changed", "lower", "raise", None)]),
        (
            "“My officials organised 350 meetings, which cost us $5 million”",
            [("changed", "350", "two hundred and fifty", None)],
        ),
        ("“I will never raise taxes on ordinary people in this town.”", [("put in", "in this town", None, None)]),
    ],
)
def test_altered_word_by_word(sources: Sources, text: str, differences: list[tuple[str | None, ...]]) -> None:
    found = verdict(sources, text)
    assert found.status == "altered"
    assert 0.6 < found.similarity < 1
    assert told(found) == differences


def test_joined_from_two_places(sources: Sources) -> None:
    found = verdict(sources, "“I will never raise taxes on ordinary people. The harbour had its share last year.”")
    assert found.status == "joined"
    assert [one.text for one in found.passages] == [
        "I will never raise taxes on ordinary people",
        "The harbour had its share last year",
    ]


def test_more_left_out_than_is_quoted_is_still_left_out() -> None:
    sources = Sources()
    sources.add(
        Document(
            "s.txt", "We will sell the old port, if the court and both councils agree to it, by the spring of 2027."
        )
    )
    found = verdict(sources, "“We will sell the old port by the spring of 2027”")
    assert (found.status, told(found)) == (
        "altered",
        [("left out", None, "if the court and both councils agree to it", None)],
    )


def test_an_interrupted_quotation_is_one_where_nothing_stood_between(sources: Sources) -> None:
    parts = "“No,”", "“The harbour had its share last year.”"
    found = verdict(sources, "“No,” Smith said. “The harbour had its share last year.”", "Anna Smith", *parts)
    assert found.status == "verbatim"
    parts = "“I will never raise taxes on ordinary people,”", "“I told the board so in person.”"
    found = verdict(sources, f"{parts[0]} Smith said. {parts[1]}", "Anna Smith", *parts)
    assert found.status == "joined"


@pytest.mark.parametrize(
    ("speaker", "status"),
    [("Peter Jones", "verbatim"), ("Jones", "verbatim"), (None, "verbatim"), ("Anna Smith", "other speaker")],
)
def test_who_said_it(sources: Sources, speaker: str | None, status: str) -> None:
    found = verdict(sources, "“The pilots have told me that nobody came to see them.”", speaker)
    assert found.status == status
    assert [one.speaker for one in found.passages] == ["PETER JONES"]


def test_no_label_tells_of_no_speaker(sources: Sources) -> None:
    found = verdict(sources, "“The ferry is the only way for my mother to reach her doctor”", "Anna Smith")
    assert (found.status, found.source, found.passages[0].speaker) == ("verbatim", "letter.txt", None)


@pytest.mark.parametrize(
    "text",
    [
        "“This is the end of the road for our town, and nobody at the ministry cares.”",
        "“taxes for board”",  # three words of which two are there: found whole or not at all
        "“Zyx.”",
    ],
)
def test_absent(sources: Sources, text: str) -> None:
    found = verdict(sources, text)
    assert (found.status, found.source, found.passages, found.differences) == ("absent", None, (), ())


def test_of_a_mixed_quote_what_stands_in_marks_is_looked_for(sources: Sources) -> None:
    text = "Smith said the harbour “had its share” and that she had told the board so “in person”."
    found = verify(quote(text, text, speaker="Anna Smith", type="mixed"), text, sources, Voices())
    assert found
    assert found.status == "verbatim"
    assert [one.text for one in found.passages] == ["had its share", "in person"]


def test_without_marks_there_is_nothing_to_verify(sources: Sources) -> None:
    text = "Smith said the harbour had its share."
    assert verify(quote(text, text, type="indirect"), text, sources, Voices()) is None


def test_a_source_that_quotes_somebody_names_the_speaker() -> None:
    text = "“We shall rebuild the pier before the winter comes,” Ada Lund said.\n"
    sources = Sources()
    sources.add(Document("other.txt", text))
    voices = Voices(lambda text, id: [quote(text, text.partition(" Ada")[0], speaker="Ada Lund")])
    article = "“We shall rebuild the pier before the winter comes”"
    found = verify(quote(article, speaker="Tom Rask"), article, sources, voices)
    assert found
    assert found.status == "other speaker"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("“It took far too long and we are sorry for that”", "verbatim"),
        ("“We told them no and went home”", "altered"),
    ],
)
def test_a_source_may_interrupt_what_it_quotes(text: str, status: str) -> None:
    sources = Sources()
    other = '"It took far too long," Lund told the council on Monday, "and we are sorry for that."\n\n'
    sources.add(Document("other.txt", other + 'We told them no, "not ever", and went home.\n'))
    found = verdict(sources, text)
    assert found.status == status
    assert [d.tolerated for d in found.differences] == ["interruption" if status == "verbatim" else None]


def test_a_long_quotation_is_compared_in_strips() -> None:
    said = " ".join(f"word{k} and so on" for k in range(200))
    sources = Sources()
    sources.add(Document("long.txt", f"He began. {said}. He ended."))
    assert verdict(sources, f"“{said}”").status == "verbatim"
    assert verdict(sources, f"“{said.replace('word70 ', 'wood70 ')}”").status == "altered"


@pytest.mark.parametrize(
    ("name", "all_names", "fit"),
    [
        ("ANNA SMITH", [], True),
        ("Ms Smith", [], True),
        ("Minister Smith", [], True),
        ("PETER SMITH", [], False),
        ("Peter Jones", [], False),
        ("Q", [], None),
        ("Q", ["Q", "SMITH"], False),
        ("THE MINISTER", [], True),
    ],
)
def test_fitting_names(name: str, all_names: list[str], fit: bool | None) -> None:
    assert fits(Speaker(None, "Anna Smith", "person", "transport minister"), name, all_names) is fit


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("two hundred and fifty thousand", "250,000"),
        ("2.5 million", "2.5m"),
        ("twenty-five per cent", "25%"),
        ("can't", "cannot"),
        ("the third defence", "the 3rd defense"),
        ("travelling to the theatre", "traveling to the theater"),
        ("a thousand and we", "a 1000 and we"),
    ],
)
def test_writings_of_one_thing(one: str, other: str) -> None:
    assert [word.plain for word in words(one)] == [word.plain for word in words(other)]


@pytest.mark.parametrize(
    ("one", "other"), [("filing", "filling"), ("twenty six", "26 0"), ("2.5", "25"), ("four", "for")]
)
def test_writings_of_two_things(one: str, other: str) -> None:
    assert [word.plain for word in words(one)] != [word.plain for word in words(other)]


@pytest.mark.parametrize("part", ["a", "an[", "9", "ab'", "(applause", ". ", "[…", "“”", "\ud800 ", "million "])
def test_no_text_breaks_it(part: str) -> None:
    hostile = part * 5_000
    sources = Sources()
    sources.add(Document("hostile.txt", hostile))
    sources.add(Document("letter.txt", LETTER))
    found = verify(quote(hostile[:1_500]), hostile, sources, Voices())
    assert found is None or found.status in STATUSES


def test_alignment_may_begin_and_end_anywhere() -> None:
    steps = align(["b", "x", "d"], ["a", "b", "c", "d", "e"])
    assert [tuple(step) for step in steps] == [(0, 1, True), (1, 2, False), (2, 3, True)]


def test_the_index_finds_everywhere_and_never_over_a_documents_end() -> None:
    sources = Sources()
    for k, text in enumerate(["one fine day in may", "a fine day", "and fine", "day it was"]):
        sources.add(Document(str(k), text))
    assert [sources.document_at(place.first) for place in sources.exact(["fine", "day"])] == [0, 1]
    assert sources.exact(["fine", "day", "it"]) == []
    assert sources.exact(["nowhere"]) == []
    assert len(sources.exact(["fine"])) == 3


def test_the_page_marks_both_sides_and_text_stays_text(sources: Sources) -> None:
    text = "“I will raise taxes on <b>ordinary</b> people.”"
    one = quote(text, speaker="<i>Anna</i>")
    found = verify(one, text, sources, Voices())
    assert found
    html = page([Checked(one, found, surroundings(found, sources))])
    assert '<del title="left out">never</del>' in html
    assert "<b>" not in html
    assert "<i>" not in html
    assert "&lt;i&gt;Anna&lt;/i&gt;" in html
    assert "1 other speaker" in html


ARTICLE = """Minister defends bridges

“I will raise taxes on ordinary people,” Anna Smith, the transport minister, told a hearing on Tuesday.

“The harbour had its share last year,” she said.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an article and its source, where the command runs."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "hearing.txt").write_text(HEARING, encoding="utf-8")
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(app, ["verify", *args], catch_exceptions=False)


def test_the_command_gives_records_a_page_and_a_status(folder: Path) -> None:
    (folder / "letter.txt").write_text(LETTER, encoding="utf-8")
    result = run("article.txt", "--against", "letter.txt", "hearing.txt", "--page", "page.html", "--strict")
    assert result.exit_code == 1
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["verification"]["status"] for one in found] == ["altered", "verbatim"]
    assert list(found[0]["verification"]) == ["status", "similarity", "source", "passages", "differences"]
    assert "2 quotes: 1 altered, 1 verbatim" in result.stderr
    assert "<del" in (folder / "page.html").read_text(encoding="utf-8")
    assert run("article.txt", "--against", "hearing.txt").exit_code == 0


def test_what_can_not_be_used_is_said_and_the_rest_done(folder: Path) -> None:
    (folder / "empty.txt").write_text("", encoding="utf-8")
    (folder / "quiet.txt").write_text("It rained in Kisumu on Monday.\n", encoding="utf-8")
    (folder / "huge.txt").write_text("word " * 1_200_000, encoding="utf-8")
    french = "Le gouvernement a annoncé que les ministres se réuniront demain pour parler de la nouvelle loi. " * 6
    (folder / "loi.txt").write_text(french, encoding="utf-8")
    names = ("empty.txt", "huge.txt", "loi.txt", "article.txt", "missing.txt", "hearing.txt")
    result = run("article.txt", "quiet.txt", "--against", *names)
    assert result.exit_code == 1  # two could not be read
    assert len(result.stdout.splitlines()) == 2
    for name, reason in {
        "empty.txt": "no text in it",
        "huge.txt": "5 MB",
        "loi.txt": "not English",
        "article.txt": "among the articles",
        "missing.txt": "no such file",
        "quiet.txt": "nobody is quoted",
    }.items():
        assert sum(line.startswith(f"quotes: {name}") and reason in line for line in result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("args", "words_", "status"),
    [
        (("article.txt",), "--against", 2),
        (("article.txt", "--against"), "--against", 2),
        (("--against", "hearing.txt"), "Missing argument", 2),
        (("-", "--against", "-"), "both be standard input", 2),
        (("article.txt", "--against", "hearing.txt", "-o", "hearing.txt"), "among the inputs", 2),
        (("article.txt", "--against", "nothing.txt"), "nothing to compare with", 1),
    ],
)
def test_a_wrong_command_line_is_said(folder: Path, args: tuple[str, ...], words_: str, status: int) -> None:
    result = run(*args)
    assert result.exit_code == status
    assert words_ in result.stderr
    assert "Traceback" not in result.stderr
