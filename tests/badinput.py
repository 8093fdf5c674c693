"""Bad input of every kind, made anew each time: for the tests, and for the table in docs/inputs.md.

A case is made in an empty folder of its own and read there by ``quotes extract`` with its arguments. Another case is
another entry of ``CASES``; what its run must write on standard error stands beside it.
"""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import os
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SAID = "The harbour bridge will reopen in May, Mayor Ada Lund said on Monday. “It took too long,” Lund said."
"""A text with two quotes."""
TEXT = f"{SAID}\n"
NEVER = "The opposition’s Per Dahl said he had never been asked."
PAGE = f"<p>{SAID}</p><p>{NEVER}</p><p>The work on the bridge had begun two years before, and it cost £40m.</p>"
DEEP = 300
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4


@dataclass(frozen=True)
class Case:
    """Bad input, and what is to become of it."""

    about: str
    """What is bad."""
    args: str
    """The arguments of ``quotes extract``, blanks between them; the files among them are made by ``make``."""
    make: Callable[[], None]
    """Makes the files in the current folder."""
    texts: int = 0
    """How many texts quotes are found in."""
    lines: tuple[str, ...] = ()
    """What is said on standard error, less "quotes: "."""
    status: int = 0


def write(name: str, data: bytes | str) -> None:
    """A file; its folder is made too."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)


def rows(*values: object) -> str:
    """JSON Lines; a string is a line as it is."""
    return "".join(f"{value if isinstance(value, str) else json.dumps(value)}\n" for value in values)


def row(k: int, **more: object) -> dict[str, object]:
    """A row with a text."""
    return {"id": f"row {k}", "text": TEXT, **more}


def page(body: str = PAGE, head: str = "") -> str:
    """A web page."""
    return (
        f"<!DOCTYPE html>\n<html><head><title>Bridge</title>{head}</head><body><article>{body}</article></body></html>"
    )


def table(*values: tuple[str, ...]) -> str:
    """CSV."""
    file = io.StringIO()
    csv.writer(file).writerows(values)
    return file.getvalue()


def zstd(data: bytes) -> bytes:
    """Compressed by zstd."""
    import zstandard

    return zstandard.compress(data)


def parquet(name: str, **columns: list[Any]) -> None:
    """A Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table(columns), name)


def archive(pages: list[str], compress: bool = True, kind: str = "text/html; charset=utf-8") -> tuple[bytes, list[int]]:
    """A WARC of pages under https://news.example/0, /1 …, and where the record of each begins."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=compress)
    writer.write_record(writer.create_warcinfo_record("news.warc", {"software": "a test"}))
    begins = []
    for k, html in enumerate(pages):
        begins.append(out.tell())
        headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
        payload = io.BytesIO(html.encode())
        address = f"https://news.example/{k}"
        writer.write_record(writer.create_warc_record(address, "response", payload=payload, http_headers=headers))
    return out.getvalue(), begins


def spoilt(data: bytes, at: int, size: int = 40) -> bytes:
    """Bytes of which some are others."""
    return data[:at] + random.Random(1).randbytes(size) + data[at + size :]


# What needs more than a line to make


def cut_archive() -> None:
    data, begins = archive([page()] * 3)
    write("cut.warc.gz", data[: begins[2] + 150])


def broken_archive(compress: bool) -> None:
    data, begins = archive([page()] * 3, compress)
    write("broken.warc.gz" if compress else "broken.warc", spoilt(data, begins[1] + (60 if compress else 4)))


def wrong_response(name: str, body: str, header: bytes) -> None:
    """An archive of two responses, the first of which has this header, wrongly."""
    data, _ = archive([body, page()], compress=False)
    wrong = data.replace(b"200 OK\r\n", b"200 OK\r\n%s\r\n" % header, 1)
    size = int(data.partition(b"Content-Length: ")[2].partition(b"Content-Length: ")[2].split(b"\r\n", 1)[0])
    longer = size + len(header) + 2
    write(name, wrong.replace(b"Content-Length: %d" % size, b"Content-Length: %d" % longer, 1))


def vanishing() -> None:
    """A pipe, and a file that is gone by the time the pipe has been read."""
    os.mkfifo("slow.txt")
    write("gone.txt", TEXT)

    def slow() -> None:
        with open("slow.txt", "w", encoding="utf-8") as file:
            os.unlink("gone.txt")
            file.write(TEXT)

    threading.Thread(target=slow, daemon=True).start()


def loop() -> None:
    write("loop/a.txt", TEXT)
    os.symlink("../loop", "loop/again")
    os.symlink("nowhere.txt", "loop/b.txt")
    os.symlink("c.txt", "loop/c.txt")


def holes() -> None:
    parquet("holes.parquet", id=["a", "b", "c"], text=[TEXT, None, TEXT])


def empties() -> None:
    for ending in ("txt", "md", "html", "jsonl", "json", "csv", "tsv", "parquet", "warc", "vtt", "srt"):
        write(f"empty/a.{ending}", b"")
    for ending, compress in (("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress), ("zst", zstd)):
        write(f"empty/b.txt.{ending}", compress(b""))


def lies() -> None:
    write("lies/array.jsonl", json.dumps([row(1)], indent=1))
    write("lies/lines.json", rows(row(2), row(3)))
    write("lies/page.txt", page())
    write("lies/plain.txt.gz", TEXT)
    write("lies/text.html", TEXT)
    write("lies/zipped.txt", gzip.compress(TEXT.encode()))


def encodings() -> None:
    declares = '<meta charset="{}">'.format
    write("charset/latin.html", page(head=declares("utf-8")).encode("cp1252"))
    write("charset/none.html", page().encode("cp1252"))
    write("charset/utf8.html", page(head=declares("iso-8859-1")))
    write("charset/utf16.jsonl", rows(row(1)).encode("utf-16"))
    write("charset/western.csv", table(("id", "text"), ("a", SAID)).encode("cp1252"))


CASES = [
    # Compressed
    Case(
        "gzip, cut off",
        "cut.txt.gz",
        lambda: write("cut.txt.gz", gzip.compress(TEXT.encode())[:-20]),
        lines=("cut.txt.gz: the gzip data end too early; is the file complete?",),
        status=1,
    ),
    Case(
        "gzip of many texts, cut off",
        "cut.jsonl.gz",
        lambda: write(
            "cut.jsonl.gz",
            gzip.compress(rows(*map(row, range(3)), row(3, image=random.Random(1).randbytes(9999).hex())).encode())[
                :-5000
            ],
        ),
        texts=3,
        lines=("cut.jsonl.gz: the gzip data end too early; is the file complete? (after 3 texts)",),
        status=1,
    ),
    Case(
        "zstd, cut off",
        "cut.txt.zst",
        lambda: write("cut.txt.zst", zstd(TEXT.encode())[:-20]),
        lines=("cut.txt.zst: the zstd data end too early; is the file complete?",),
        status=1,
    ),
    Case(
        "gzip, broken",
        "broken.txt.gz",
        lambda: write("broken.txt.gz", spoilt(gzip.compress(TEXT.encode()), 20)),
        lines=("broken.txt.gz: broken gzip data",),
        status=1,
    ),
    Case(
        "a gzip bomb: 100 MB in 100 kB",
        "bomb.jsonl.gz --max-expanded 50MB",
        lambda: write("bomb.jsonl.gz", gzip.compress(rows(row(1)).encode() + b" " * 10**8, 9)),
        texts=1,
        lines=(
            "bomb.jsonl.gz: expands to more than 50 MB; if it is no bomb, allow more with --max-expanded "
            "(after 1 text)",
        ),
        status=1,
    ),
    Case(
        "a gzip bomb that is one text",
        "bomb.txt.gz",
        lambda: write("bomb.txt.gz", gzip.compress(bytes(10**8), 9)),
        lines=("bomb.txt.gz: larger than 5 MB, too much for one text; split it",),
        status=1,
    ),
    Case(
        "no gzip at all, though it is named so",
        "plain.txt.gz",
        lambda: write("plain.txt.gz", TEXT),
        texts=1,
    ),
    # Web pages
    Case(
        "a page with no article",
        "none.html",
        lambda: write("none.html", page("<script>let a = 1</script><img src='a.png'>")),
        lines=("none.html: no article found in the page",),
        status=1,
    ),
    Case(
        "a page of 20 MB, most of it script and pictures",
        "large.html",
        lambda: write(
            "large.html", page(f"<script>{'go(1);' * 2_000_000}</script><img src='data:{'A' * 8_000_000}'>{PAGE}")
        ),
        texts=1,
    ),
    Case(
        "a page of 20 MB, all of it markup",
        "markup.html",
        lambda: write("markup.html", page("<div><b>Buy</b></div>\n" * 900_000)),
        lines=("markup.html: a page of more than 100,000 elements, too much for one article",),
        status=1,
    ),
    Case(
        "a page larger than any should be",
        "huge.html",
        lambda: write("huge.html", b"<html>" + bytes(51_000_000)),
        lines=("huge.html: a page larger than 50 MB",),
        status=1,
    ),
    Case(
        "frames in frames, and scripts that hold markup",
        "frames.html",
        lambda: write(
            "frames.html",
            page(f"{'<iframe><html><body>' * DEEP}</iframe><script>'<p>“No,” Ada Lund said.</p>'</script>{PAGE}"),
        ),
        texts=1,
    ),
    Case(
        f"elements in elements, {DEEP} deep, never closed",
        "deep.html",
        lambda: write("deep.html", page("<div>" * DEEP + PAGE)),
        texts=1,
    ),
    Case(
        "wrong or no declared charset; UTF-16; cp1252",
        "charset",
        encodings,
        texts=5,
        lines=(
            "charset/latin.html: not UTF-8, read as cp1252",
            "charset/none.html: not UTF-8, read as cp1252",
            "a: not UTF-8, read as cp1252",
        ),
    ),
    Case(
        "a picture that is named page.html",
        "page.html",
        lambda: write("page.html", PNG),
        lines=("page.html: a binary file, not plain text",),
        status=1,
    ),
    # Rows
    Case(
        "JSON Lines: broken, no object, no text, null, a number",
        "rows.jsonl",
        lambda: write(
            "rows.jsonl",
            rows(
                row(1),
                '{"id": 2, "text": "The',
                [1],
                {"id": 4, "body": TEXT},
                row(5, text=None),
                row(6, text=7),
                "",
                row(8),
            ),
        ),
        texts=2,
        lines=(
            "rows.jsonl:2: broken JSON: Invalid control character at column 23",
            "rows.jsonl:3: a list, not an object with fields",
            "rows.jsonl:4: no field 'text', only id, body; name the right one with --text-field",
            "rows.jsonl:5: the field 'text' holds null, no text",
            "rows.jsonl:6: the field 'text' holds a number, no text",
        ),
        status=1,
    ),
    Case(
        "a JSON array that is broken in the middle",
        "array.json",
        lambda: write("array.json", f"[{json.dumps(row(1))}, {{'id': 2}}, {json.dumps(row(3))}]"),
        texts=1,
        lines=("array.json#2: broken JSON: Expecting property name enclosed in double quotes; the rest is not read",),
        status=1,
    ),
    Case(
        "JSON that is nested 100,000 deep",
        "deep.jsonl",
        lambda: write("deep.jsonl", rows("[" * 100_000, row(2))),
        texts=1,
        lines=("deep.jsonl:1: broken JSON: nested too deep",),
        status=1,
    ),
    Case(
        "what quotes extract wrote, read again",
        "quotes.jsonl",
        lambda: write(
            "quotes.jsonl", rows({"doc_id": "a", "content": [], "cue": None, "speaker": None, "rule": "", "text": "x"})
        ),
        lines=("quotes.jsonl: holds what quotes extract wrote, not the texts that it read",),
        status=1,
    ),
    Case(
        "CSV with ragged rows and a quotation mark that is not doubled",
        "ragged.csv",
        lambda: write(
            "ragged.csv",
            table(("id", "text", "title"), ("a", TEXT), ("b",), ("c", TEXT, "Bridge", "too much"))
            + 'd,"“No,” she said. "No",\n',
        ),
        texts=1,
        lines=(
            "ragged.csv:4: no field 'text', only id; name the right one with --text-field",
            "ragged.csv:5: 4 fields, but 3 columns; a delimiter outside quotation marks?",
            'ragged.csv:7: a quotation mark within a field is not doubled ("")',
        ),
        status=1,
    ),
    Case(
        "CSV with a field of 6 MB, and one with NUL",
        "huge.csv",
        lambda: write("huge.csv", table(("id", "text"), ("a", "So " * 2_000_000), ("b", f"{TEXT}\0"))),
        texts=1,
        lines=(
            "huge.csv:2: a field or line larger than 5 MB; is a quotation mark not closed?",
            "b: NUL characters replaced by \ufffd",
        ),
        status=1,
    ),
    Case(
        "CSV without a column of texts",
        "other.csv",
        lambda: write("other.csv", table(("id", "body"), ("a", TEXT))),
        lines=("other.csv: no field 'text', only id, body; name the right one with --text-field",),
        status=1,
    ),
    Case(
        "Parquet with a null",
        "holes.parquet",
        holes,
        texts=2,
        lines=("holes.parquet#2: the field 'text' holds null, no text",),
        status=1,
    ),
    Case(
        "Parquet with a column of numbers",
        "numbers.parquet",
        lambda: parquet("numbers.parquet", id=["a"], text=[1.5]),
        lines=("numbers.parquet: the column 'text' holds double, no text; name another with --text-field",),
        status=1,
    ),
    Case(
        "no Parquet, though it is named so",
        "text.parquet",
        lambda: write("text.parquet", TEXT),
        lines=("text.parquet: no Parquet file, or a broken one (Parquet magic bytes not found in footer)",),
        status=1,
    ),
    # Web archives
    Case(
        "an archive with a broken record in the middle",
        "broken.warc.gz",
        lambda: broken_archive(compress=True),
        texts=2,
        lines=("broken.warc.gz: a broken record, after https://news.example/0",),
        status=1,
    ),
    Case(
        "the same, not compressed",
        "broken.warc",
        lambda: broken_archive(compress=False),
        texts=2,
        lines=("broken.warc: a broken record, after https://news.example/0",),
        status=1,
    ),
    Case(
        "an archive that is cut off",
        "cut.warc.gz",
        cut_archive,
        texts=2,
        lines=("cut.warc.gz: the archive ends in the middle of a record, after https://news.example/1",),
        status=1,
    ),
    Case(
        "an archive with a response that is not compressed as it says",
        "plain.warc",
        lambda: wrong_response("plain.warc", page(), b"Content-Encoding: gzip"),
        texts=2,
    ),
    Case(
        "an archive with a response that is cut off in a chunk",
        "chunks.warc",
        lambda: wrong_response("chunks.warc", "fff\r\n<p>The harbour", b"Transfer-Encoding: chunked"),
        texts=1,
        lines=("https://news.example/0: a broken response (unexpected end of file)",),
        status=1,
    ),
    # Transcripts
    Case(
        "no captions in them",
        "talk.vtt talk.srt",
        lambda: (write("talk.vtt", TEXT), write("talk.srt", TEXT)),
        lines=("talk.vtt: no WebVTT file, or a broken one", "talk.srt: no SRT file, or a broken one"),
        status=1,
    ),
    # Files and folders
    Case(
        "an empty file of each kind",
        "empty",
        empties,
        lines=(
            *(f"empty/a.{ending}: no text in it" for ending in ("csv", "html", "json", "jsonl", "md")),
            "empty/a.parquet: no Parquet file, or a broken one (Parquet file size is 0 bytes)",
            *(f"empty/a.{ending}: no text in it" for ending in ("srt", "tsv", "txt", "vtt", "warc")),
            *(f"empty/b.txt.{ending}: no text in it" for ending in ("bz2", "gz", "xz", "zst")),
        ),
        status=1,
    ),
    Case(
        "endings that lie",
        "lies",
        lies,
        texts=7,
    ),
    Case(
        "a folder with links to itself, to nothing and in a circle",
        "loop",
        loop,
        texts=1,
        lines=("loop/b.txt: no such file or directory", "loop/c.txt: too many levels of symbolic links"),
        status=1,
    ),
    Case(
        "a file that vanishes while another is read",
        "slow.txt gone.txt",
        vanishing,
        texts=1,
        lines=("gone.txt: no such file or directory",),
        status=1,
    ),
]
