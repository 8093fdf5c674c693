"""Inputs as they are opened: streams, compression, folders, and the command quotes text."""

import gzip
import os
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from badinput import TEXT, page, row, rows, zstd
from typer.testing import CliRunner, Result

from quotes.cli import app
from quotes.read import Document, Failure, Reading, documents, readable
from quotes.read.formats import detect, ending


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


# Formats


@pytest.mark.parametrize(
    ("name", "format"),
    [("a.TXT", "text"), ("a.csv.gz", "csv"), ("a.b.htm", "html"), ("x/page.d/a", ""), ("a.tar.gz", ""), ("a.gz", "")],
)
def test_endings(name: str, format: str) -> None:
    assert ending(name) == format
    assert readable(name) == bool(format)


@pytest.mark.parametrize(
    ("name", "head", "format"),
    [
        ("-", '{"text": "a"}\n', "jsonl"),
        ("-", '{\n  "text"', "json"),
        ("-", "[{", "json"),
        ("-", "[Music plays] Hello.", "text"),
        ("-", "{Hello}", "text"),
        ("-", "\ufeff \n<!doctype HTML>", "html"),
        ("-", "<?xml version='1.0'?>\n<!-- x --><html>", "html"),
        ("-", "WEBVTT\n", "vtt"),
        ("-", "1\n00:00:01,000 --> 00:00:02,000\n", "srt"),
        ("-", "PAR1", "parquet"),
        ("-", "WARC/1.0\r\n", "warc"),
        ("-", "A plain text.", "text"),
        ("-", "", "text"),
        ("a.csv", "<!doctype html>", "csv"),
        ("a.jsonl", '[{"text"', "json"),
        ("a.json", '{"text": "a"}\n{"text"', "jsonl"),
        ("a.json", '{"text": "a"}', "json"),
        ("a.html", "Just text.", "text"),
        ("a.md", "1\n00:00:01,000 --> x", "markdown"),
    ],
)
def test_content_where_the_ending_is_missing_or_lies(name: str, head: str, format: str) -> None:
    assert detect(name, head.encode()) == format


def test_a_text_that_begins_with_many_comments() -> None:
    """Of which a pattern that can match them in two ways tries all 2**500 combinations."""
    assert detect("-", b"<!-- a -->\n" * 500 + b"<p>") == "text"
    assert detect("-", b"<!-- a-- ->--->\n" * 500 + b"<html>") == "html"


# Compression


def test_gzip_and_zstd_of_several_parts() -> None:
    parts = [TEXT.encode() * 3, b"", b"The end.\n"]
    Path("a.txt.gz").write_bytes(b"".join(map(gzip.compress, parts)))
    Path("a.txt.zst").write_bytes(b"".join(map(zstd, parts)))
    found = [item.text for item in documents(["a.txt.gz", "a.txt.zst"]) if isinstance(item, Document)]
    assert found == [b"".join(parts).decode()] * 2


def test_a_word_that_begins_like_bzip2_is_text() -> None:
    Path("a.txt").write_text("BZh is short for something.", encoding="utf-8")
    [found] = documents(["a.txt"])
    assert isinstance(found, Document)


@pytest.mark.parametrize("limit", [10_000, 100_000])
def test_the_limit_on_what_a_file_expands_to(limit: int) -> None:
    data = rows(*(row(k) for k in range(300))).encode()
    Path("a.jsonl.gz").write_bytes(gzip.compress(data))
    found = list(documents(["a.jsonl.gz"], Reading(max_expanded=limit)))
    assert isinstance(found[-1], Failure) == (len(data) > limit)


# Memory


def test_memory_does_not_grow_with_the_input() -> None:
    def peak(count: int) -> int:
        with gzip.open("a.jsonl.gz", "wt", encoding="utf-8", compresslevel=1) as file:
            file.writelines(rows(row(k, text=TEXT * 20)) for k in range(count))
        tracemalloc.start()
        assert sum(isinstance(item, Document) for item in documents(["a.jsonl.gz"])) == count
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    peak(10)
    assert peak(5000) < 1.5 * peak(500)


def test_rows_are_read_as_they_come() -> None:
    code = "from quotes.read import documents\nfor item in documents(['-']): print(item.id, flush=True)"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        for k in range(3):
            process.stdin.write(rows(row(k)).encode())
            process.stdin.flush()
            assert process.stdout.readline() == f"row {k}\n".encode()
        process.stdin.close()


# Folders


def test_a_folder_with_a_pipe_in_it() -> None:
    os.makedirs("in")
    os.mkfifo("in/a.txt")
    Path("in/b.md").write_text(TEXT, encoding="utf-8")
    assert [(type(item), item.id) for item in documents(["in"])] == [(Failure, "in/a.txt"), (Document, "in/b.md")]


# quotes text


def text(*args: str, input: str = "") -> Result:
    return CliRunner().invoke(app, ["text", *args], input=input, catch_exceptions=False)


def test_one_text_is_printed_as_offsets_count_in_it() -> None:
    Path("a.html").write_text(page(), encoding="utf-8")
    [found] = documents(["a.html"])
    assert isinstance(found, Document)
    result = text("a.html")
    assert (result.exit_code, result.stdout, result.stderr) == (0, found.text, "")


def test_several_texts_have_their_ids_before_them() -> None:
    result = text("-", input=rows(row(1), row(2, text="No end")))
    assert result.stdout == f"==> row 1 <==\n{TEXT}\n==> row 2 <==\nNo end\n"


def test_what_fails_is_said() -> None:
    result = text("none.html", "-", input="Yes.")
    assert (result.exit_code, result.stdout) == (1, "==> - <==\nYes.\n")
    assert result.stderr == "quotes: none.html: no such file or directory\n"


def test_sizes() -> None:
    assert text("-", "--max-expanded", "2 kB", input="x").exit_code == 0
    result = text("-", "--max-expanded", "much")
    assert result.exit_code == 2
    assert "'much' is no size" in result.stderr


@pytest.mark.parametrize(
    ("name", "module", "line"),
    [
        ("a.html", "trafilatura", 'needs trafilatura; install it with: pip install "newsquotes[html]"'),
        ("a.parquet", "pyarrow.parquet", 'needs pyarrow; install it with: pip install "newsquotes[parquet]"'),
        ("a.warc", "fastwarc.warc", 'needs fastwarc; install it with: pip install "newsquotes[warc]"'),
        ("a.srt", "webvtt", 'needs webvtt; install it with: pip install "newsquotes[transcripts]"'),
        ("a.txt.zst", "zstandard", 'needs zstandard; install it with: pip install "newsquotes[zstd]"'),
    ],
)
@pytest.mark.parametrize("command", ["text", "extract"])
def test_a_missing_package(command: str, name: str, module: str, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(name).write_bytes(zstd(b"x") if name.endswith(".zst") else page().encode())
    monkeypatch.setitem(sys.modules, module, None)
    result = CliRunner().invoke(app, [command, name], catch_exceptions=False)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"quotes: {line}\n")
