"""PDF and Word documents: lines to paragraphs in reading order, without what stands at the edges of pages."""

import io
from pathlib import Path

import pytest

from quotes.read import Document, Failure, documents
from quotes.read.pdf import Line, columns, paragraphs_of, plain

docx = pytest.importorskip("docx")


def lines(*texts: str, left: float = 50, top: float = 50, width: float = 300) -> list[Line]:
    return [Line(left, top + 14 * k, left + width, top + 14 * k + 11, text) for k, text in enumerate(texts)]


def test_lines_become_a_paragraph_and_hyphens_go() -> None:
    assert list(paragraphs_of(lines("The mayor told coun-", "cillors on Monday that"))) == [
        "The mayor told councillors on Monday that"
    ]


def test_a_gap_or_an_indent_begins_a_paragraph() -> None:
    one, two, three = lines("The dam is sound.", "Nobody asked,", "she said.")
    assert list(paragraphs_of([one, two._replace(left=64), three])) == ["The dam is sound.", "Nobody asked, she said."]
    far = [line._replace(top=line.top + 20, bottom=line.bottom + 20) for line in lines("So it is.", "Yes.", top=92)]
    assert list(paragraphs_of([one, two, three, *far])) == [
        "The dam is sound. Nobody asked, she said.",
        "So it is. Yes.",
    ]


def test_a_line_that_ends_early_ends_a_paragraph() -> None:
    short, long = lines("4.31pm", "The river has passed nine metres, police say.")
    assert list(paragraphs_of([short._replace(right=95), long])) == [short.text, long.text]


def test_columns_are_read_one_after_the_other() -> None:
    left, right = lines("A one", "A two"), lines("B one", "B two", left=400)
    assert [[line.text for line in column] for column in columns([*left, *right])] == [
        ["A one", "A two"],
        ["B one", "B two"],
    ]


def test_a_headline_over_two_columns_comes_first() -> None:
    head = lines("Rates rise again", width=650, top=20)
    left, right = lines("A one", "A two", top=60), lines("B one", "B two", left=400, top=60)
    assert [column[0].text for column in columns([*left, *right, *head])] == ["Rates rise again", "A one", "B one"]


def test_headers_and_page_numbers_go_and_paragraphs_run_on() -> None:
    body = ["“We had no", "money at all,” she"], ["said at last.", "He agreed with all of it."]
    pages = [
        [*lines("Port Gazette", top=10), *lines(*texts, top=60), *lines(f"Page {k} of 2", top=700)]
        for k, texts in enumerate(body, 1)
    ]
    assert plain(pages) == "“We had no money at all,” she said at last. He agreed with all of it.\n"


def document(*paragraphs: str) -> bytes:
    made = docx.Document()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    table = made.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Ada Lund", "mayor"
    made.core_properties.title, made.core_properties.author = "Dam", "Mira Holt"
    made.sections[0].header.paragraphs[0].text = "Port Gazette"
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def test_a_word_document(tmp_path: Path) -> None:
    path = tmp_path / "dam.docx"
    path.write_bytes(document("“The dam is sound,” Ada Lund said.", "", "Nobody else spoke."))
    [found] = documents([str(path)])
    assert isinstance(found, Document)
    assert found.text == "“The dam is sound,” Ada Lund said.\n\nNobody else spoke.\n\nAda Lund\n\nmayor\n"
    assert found.meta
    assert (found.meta["title"], found.meta["author"], found.reader) == ("Dam", "Mira Holt", "docx")


def test_a_word_document_is_told_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "dam"
    path.write_bytes(document("The dam is sound."))
    [found] = documents([str(path)])
    assert found.reader == "docx"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.pdf", b"%PDF-1.7\nnothing else", "a broken PDF"),
        ("a.docx", b"PK\x03\x04 nothing else", "no Word document (.docx), or a broken one"),
        ("a.docx", b"", "no Word document (.docx), or a broken one"),
    ],
)
def test_broken_files_are_failures(name: str, data: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert list(documents([str(path)])) == [Failure(str(path), reason, name.partition(".")[2])]
