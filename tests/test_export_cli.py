"""What quotes export says, refuses and leaves alone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hostile
import pytest
from typer.testing import CliRunner, Result

import quotes.extras
from quotes.cli import app
from quotes.extractor import Extractor
from quotes.read.records import record as completed
from quotes.records import to_line
from quotes.write.brat import Folder
from quotes.write.quoted import documents

FORMATS = ("csv", "parquet", "labelstudio", "brat", "webannotation", "schemaorg", "docbin", "tei", "gqg")
WITH_TEXT = ("labelstudio", "brat", "docbin", "tei")
NEWS = "The harbour bridge will reopen in May, Mayor Ada Lund said on Monday.\n\n“It took too long,” Lund said.\n"

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return [quote.to_dict() for quote in Extractor().extract(NEWS, "news.txt")]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: list[dict[str, Any]]) -> Run:
    """Runs a command in a folder with quotes.jsonl, whose records hold the text, and bare.jsonl, whose don't."""
    monkeypatch.chdir(tmp_path)
    lines([{**row, "doc_text": NEWS} for row in rows], "quotes.jsonl")
    lines(rows, "bare.jsonl")
    return lambda *args, input="": CliRunner().invoke(app, ["export", *args], input=input, catch_exceptions=False)


def lines(rows: list[dict[str, Any]], path: str) -> str:
    text = "".join(f"{to_line(row)}\n" for row in rows)
    Path(path).write_text(text, encoding="utf-8")
    return text


def errors(result: Result) -> list[str]:
    return result.stderr.splitlines()


def test_a_link_to_a_file_stays_one(run: Run) -> None:
    Path("of-may.csv").write_text("old", encoding="utf-8")
    Path("newest.csv").symlink_to("of-may.csv")
    assert run("quotes.jsonl", "--format", "csv", "-o", "newest.csv", "--force").exit_code == 0
    assert Path("newest.csv").is_symlink()
    assert "Ada Lund" in Path("of-may.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("format", FORMATS)
def test_what_is_there_is_not_written_over(run: Run, format: str) -> None:
    args = ("quotes.jsonl", "--format", format, "-o", "out")
    assert run(*args).exit_code == 0
    before = sorted(Path().rglob("*"))
    again = run(*args)
    assert (again.exit_code, len(errors(again))) == (2, 1)
    assert "--force writes over" in again.stderr
    assert run(*args, "--force").exit_code == 0
    assert sorted(Path().rglob("*")) == before


@pytest.mark.parametrize("format", [format for format in FORMATS if format not in ("brat", "parquet", "docbin")])
def test_standard_input_to_standard_output(run: Run, format: str) -> None:
    text = Path("quotes.jsonl").read_text("utf-8")
    for args in ((), ("-", "-o", "-")):
        out = run("--format", format, *args, input=text)
        left_out = "quotes: quotes left out, for they are in no quotation marks: 1\n" * (format == "gqg")
        assert (out.exit_code, out.stderr) == (0, left_out)
        assert "It took too long" in out.stdout


@pytest.mark.parametrize("format", WITH_TEXT)
def test_documents_without_text_are_named_and_left_out(run: Run, rows: list[dict[str, Any]], format: str) -> None:
    named = [{**row, "doc_text": NEWS, "doc_id": "named.txt"} for row in rows]
    lines(rows + named, "mixed.jsonl")
    result = run("mixed.jsonl", "--format", format, "-o", "out")
    assert result.exit_code == 1
    assert errors(result) == ["quotes: news.txt: no text to mark the quotes in; extract with --keep-text"]
    content = b"".join(path.read_bytes() for path in [Path("out"), *Path("out").glob("*")] if path.is_file())
    assert format == "docbin" or b"It took too long" in content  # spaCy's is compressed


@pytest.mark.parametrize("format", WITH_TEXT)
def test_the_text_comes_from_the_file_where_it_still_fits(run: Run, format: str) -> None:
    Path("news.txt").write_text(NEWS, encoding="utf-8")
    assert run("bare.jsonl", "--format", format, "-o", "out").exit_code == 0
    Path("news.txt").write_text(f"Corrected. {NEWS}", encoding="utf-8")
    result = run("bare.jsonl", "--format", format, "-o", "other")
    line = "quotes: news.txt: the file has other words there now; extract with --keep-text"
    assert (result.exit_code, errors(result)[0]) == (1, line)


def test_annotations_do_without_text(run: Run, rows: list[dict[str, Any]]) -> None:
    result = run("bare.jsonl", "--format", "webannotation")
    assert result.exit_code == 0
    assert errors(result) == [
        "quotes: documents without prefix and suffix, for want of their text: 1; extract with --keep-text"
    ]
    _, quote = json.loads(result.stdout)[0]["target"][0]["selector"]
    assert quote == {"type": "TextQuoteSelector", "exact": rows[0]["content"][0]["text"]}


@pytest.mark.parametrize("format", FORMATS)
def test_no_records_at_all(run: Run, format: str) -> None:
    result = run("--format", format, "-o", "out")
    assert result.exit_code == (1 if format == "tei" else 0)
    assert errors(result) == (["quotes: no document to write"] if format == "tei" else [])
    assert Path("out").exists() == (format != "tei")


@pytest.mark.parametrize("format", FORMATS)
def test_lines_that_are_no_records_are_named_and_left_out(run: Run, format: str) -> None:
    text = Path("quotes.jsonl").read_text("utf-8")
    Path("quotes.jsonl").write_text(f"{{}}\n{text}no\n", encoding="utf-8")
    result = run("quotes.jsonl", "gone.jsonl", "--format", format, "-o", "out")
    assert (result.exit_code, Path("out").exists()) == (1, True)
    assert errors(result) == [
        "quotes: quotes.jsonl:1: not a record of quotes extract: expected an object with doc_id and speaker",
        "quotes: quotes.jsonl:4: broken JSON: Expecting value at column 1",
        "quotes: gone.jsonl: no such file or directory",
        *["quotes: quotes left out, for they are in no quotation marks: 1"] * (format == "gqg"),
    ]


@pytest.mark.parametrize("format", ["csv", "webannotation", "schemaorg", "tei", "gqg"])
def test_a_database_has_what_was_put_in(run: Run, rows: list[dict[str, Any]], format: str) -> None:
    about = {"title": "Bridge", "author": None, "date": "2026-03-09", "url": None, "outlet": None, "section": "Local"}
    lines([{**row, "meta": about, "doc_text": NEWS} for row in rows], "told.jsonl")
    assert CliRunner().invoke(app, ["db", "add", "quotes.db", "told.jsonl"]).exit_code == 0
    assert run("quotes.db", "--format", format).stdout == run("told.jsonl", "--format", format).stdout
    Path("broken.db").write_bytes(Path("quotes.db").read_bytes()[:100])
    result = run("broken.db", "--format", "csv")
    assert (result.exit_code, len(errors(result))) == (1, 1)


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (["--format", "brat"], "--format brat makes a folder; name it with -o"),
        (["--format", "brat", "-o", "bare.jsonl"], "bare.jsonl is a file; brat needs a folder"),
        (["--format", "csv", "-o", "."], "can't write .: is a directory"),
        (["--format", "csv", "-o", "no/out.csv"], "can't write no/out.csv: no such file or directory"),
        (
            ["--format", "csv", "-o", "./quotes.jsonl", "--force"],
            "./quotes.jsonl is among the inputs; write to another file",
        ),
    ],
)
def test_what_can_not_be_done(run: Run, args: list[str], line: str) -> None:
    before = Path("quotes.jsonl").read_bytes()
    result = run("quotes.jsonl", *args)
    assert (result.exit_code, result.stdout, errors(result)) == (2, "", [f"quotes: {line}"])
    assert Path("quotes.jsonl").read_bytes() == before


def test_a_format_is_asked_for(run: Run) -> None:
    assert run("quotes.jsonl").exit_code == 2
    assert run("quotes.jsonl", "--format", "xlsx").exit_code == 2
    assert "  quotes export " in run("--help").stdout


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_a_full_disk(run: Run, format: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no device that is always full")
    command = [sys.executable, "-m", "quotes", "export", "quotes.jsonl", "--format", format, "-o", "/dev/full"]
    done = subprocess.run(command, capture_output=True)
    assert (done.returncode, done.stderr) == (1, b"quotes: can't write: no space left on device\n")
    assert Path("/dev/full").is_char_device()


def test_what_fails_leaves_the_old_file(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("out.parquet").write_text("old")

    def need(module: str, extra: str) -> Any:
        raise quotes.extras.MissingPackage(f'needs pyarrow; install it with: pip install "newsquotes[{extra}]"')

    monkeypatch.setattr("quotes.write.parquet.need", need)
    result = run("quotes.jsonl", "--format", "parquet", "-o", "out.parquet", "--force")
    line = 'quotes: --format parquet: needs pyarrow; install it with: pip install "newsquotes[parquet]"'
    assert (result.exit_code, errors(result)) == (2, [line])
    assert Path("out.parquet").read_text() == "old"
    assert not list(Path().glob(".*"))


def test_documents_of_one_name_have_files_of_their_own(tmp_path: Path) -> None:
    ids = ["a/story.txt", "b/story.txt", "STORY", "story-2", "https://example.org/story/", "..", "", "x" * 1000]
    one = completed(next(hostile.records()))
    rows = [one | {"doc_id": id} for id in ids]
    folder = Folder(tmp_path)
    for document in documents(rows):
        folder.write(document)
    texts = {path.stem for path in tmp_path.glob("*.txt")}
    assert texts == {path.stem for path in tmp_path.glob("*.ann")}
    assert texts == {"story", "story-2", "STORY-3", "story-2-2", "story-4", "_", "_-2", "x" * 150}
    assert {path.parent for path in tmp_path.rglob("*.txt")} == {tmp_path}
