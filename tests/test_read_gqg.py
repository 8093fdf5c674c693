"""GDELT's Global Quotation Graph: snippets put together, and what is asked of them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from quotes.cli import app
from quotes.read import Failure, documents
from quotes.read.gqg import LONGEST, Snippets, Text

ARTICLE = (
    "The harbour bridge needs another winter of work, the council heard on Monday. “It took too long,” Mayor Ada Lund "
    "told councillors in Westhaven. “We are sorry for that.” She did not say when the first lorries would cross. "
    "Engineers had found cracks in three of the piers in the spring and again in the autumn of last year. “Nobody "
    "should drive there,” said Tom Rask, who leads the harbour board."
)


def snippets(text: str, around: int, marks: bool = False) -> list[dict[str, str]]:
    """The quotations of a text as GDELT has them, with so many characters around, and with their marks there."""
    found, at = [], 0
    while (start := text.find("“", at)) >= 0:
        at = text.index("”", start)
        pre, post = text[max(start + marks - around, 0) : start + marks], text[at + 1 - marks : at + around]
        found.append({"pre": pre, "quote": text[start + 1 : at], "post": post})
    return found


def put_together(found: Sequence[dict[str, str]]) -> tuple[str, list[str]]:
    text = Text()
    for one in found:
        text.add(one["pre"].strip(), one["quote"], one["post"].strip())
    whole = text.whole()
    return whole, [whole[start:end] for start, end in text.quoted]


@pytest.mark.parametrize("marks", [False, True])
@pytest.mark.parametrize("around", [500, 200, 120, 80])
def test_snippets_that_overlap_are_the_article_again(around: int, marks: bool) -> None:
    text, quoted = put_together(snippets(ARTICLE, around, marks))
    assert quoted == ["“It took too long,”", "“We are sorry for that.”", "“Nobody should drive there,”"]
    first, *more = text.split("\n\n")
    assert first in ARTICLE
    assert all(part in ARTICLE for part in more)
    assert len(more) == (around < 120)


def test_words_that_may_be_cut_off_are_no_names() -> None:
    pre, post = (
        "und told the council that lorries would have to wait. She said ",
        "according to a letter that she wrote to Tom Ra",
    )
    text, _ = put_together([{"pre": pre, "quote": "It took too long", "post": post}])
    assert text == (
        "told the council that lorries would have to wait. She said “It took too long” according to a letter that she "
        "wrote to Tom"
    )
    text, _ = put_together([{"pre": "lorries wait, ", "quote": "It took too long", "post": "said Lund"}])
    assert text == "lorries wait, “It took too long” said Lund"


def test_snippets_of_other_places_are_paragraphs() -> None:
    text, quoted = put_together(snippets(ARTICLE, 30))
    assert len(text.split("\n\n")) == 3
    assert all(one in text for one in quoted)


def test_a_quotation_that_is_cut_off_begins_another_snippet() -> None:
    text, _ = put_together([{"pre": "Ada Lund said: ", "quote": "No", "post": " again and again. “Ask the boa"}])
    assert text == "Ada Lund said: “No” again and again."


def line(**keys: Any) -> str:
    row = {"date": "2026-05-04T10:15:00Z", "url": "https://echo.example/bridge", "title": "Bridge", "lang": "ENGLISH"}
    return json.dumps(row | {"quotes": snippets(ARTICLE, 120)} | keys)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    quote = {"pre": "Ada Lund <b>said</b> ", "quote": "It took &amp; took", "post": ""}
    rows = [
        line(),
        line()[:200],
        line(lang="FRENCH", url="https://echo.example/pont"),
        "<html><body>404</body></html>",
        line(quotes=None),
        line(quotes=[quote, {"quote": "x" * (LONGEST + 1)}, "no object", {"pre": 1, "quote": ""}], url=None),
    ]
    path = tmp_path / "20260504.gqg.json.gz"
    path.write_bytes(gzip.compress("\n".join(rows).encode()))
    return path


def test_bad_lines_are_told_of_and_the_others_read(file: Path) -> None:
    found = list(documents([str(file)]))
    assert [(item.id.rpartition("/")[2], item.reason) for item in found if isinstance(item, Failure)] == [
        (f"{file.name}:2", "broken JSON: Invalid control character at column 201"),
        (f"{file.name}:4", "broken JSON: Expecting value at column 1"),
        (f"{file.name}:5", "no list of quotes in it, as a line of GDELT's Global Quotation Graph has"),
    ]
    first, french, last = (item for item in found if isinstance(item, Snippets))
    assert (first.id, french.foreign, french.text) == ("https://echo.example/bridge", True, "")
    assert first.meta == {
        "title": "Bridge",
        "author": None,
        "date": "2026-05-04T10:15:00Z",
        "url": "https://echo.example/bridge",
        "outlet": None,
    }
    assert (last.id, last.text) == (f"{file}#6", "Ada Lund <b>said</b> “It took &amp; took”")
    assert last.note == f"3 of 4 quotes left out: empty, or longer than {LONGEST:,} characters"


def test_speakers_are_found_and_other_languages_counted(file: Path) -> None:
    result = CliRunner().invoke(app, ["extract", str(file)], catch_exceptions=False)
    assert result.exit_code == 1
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(record["speaker"]["name"], record["text"]) for record in found] == [
        ("Ada Lund", "“It took too long,” … “We are sorry for that.”"),
        ("Tom Rask", "“Nobody should drive there,”"),
        ("Ada Lund", "“It took &amp; took”"),
    ]
    assert "1 text left out, not in English" in result.stderr


def test_exported_and_read_again_it_is_the_same(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(file.parent)

    def run(*args: str) -> str:
        return CliRunner().invoke(app, list(args), catch_exceptions=False).stdout

    Path("a.jsonl").write_text(run("extract", file.name, "--keep-text"), encoding="utf-8")
    Path("b.gqg.json").write_text(run("export", "a.jsonl", "--format", "gqg"), encoding="utf-8")
    there = map(json.loads, Path("a.jsonl").read_text(encoding="utf-8").splitlines())
    back = map(json.loads, run("extract", "b.gqg.json").splitlines())
    for one, other in zip(there, back, strict=True):
        assert (one["text"], one["speaker"]["name"]) == (other["text"], other["speaker"]["name"])
    first = json.loads(Path("b.gqg.json").read_text(encoding="utf-8").splitlines()[0])
    assert [quote["speaker"] for quote in first["quotes"]] == ["Ada Lund", "Ada Lund", "Tom Rask"]
    assert [quote["negated"] for quote in first["quotes"]] == [False, False, False]
