"""The same articles through every format and compression: the same texts, and so the same records."""

import bz2
import csv
import gzip
import json
import lzma
import re
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from badinput import archive, zstd
from pages import page, paragraphs
from typer.testing import CliRunner

from quotes.cli import app
from quotes.extractor import Extractor
from quotes.read import Document, Reading, documents

NAMES = ["british_single", "business", "court", "culture", "football", "interview", "poll", "press_release", "science"]
NAMES += ["speech", "summit", "us_politics"]
FIXTURES = Path(__file__).parents[1] / "fixtures"
TEXTS = {name: "\n\n".join(paragraphs((FIXTURES / f"{name}.txt").read_text(encoding="utf-8"))) + "\n" for name in NAMES}
COMPRESSIONS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstd,
}
MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#+\-.!|~&])")


def write_all(write: Callable[[str], bytes], ending: str) -> None:
    """A file a text."""
    for name in NAMES:
        Path(f"{name}.{ending}").write_bytes(write(TEXTS[name]))


def write_rows(delimiter: str, name: str) -> None:
    with open(name, "w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, delimiter=delimiter)
        rows.writerow(["id", "text"])
        rows.writerows(TEXTS.items())


def write_parquet(name: str) -> None:
    pq.write_table(pa.table({"id": list(TEXTS), "text": list(TEXTS.values())}), name, row_group_size=5)


ROWS = [{"id": name, "text": text} for name, text in TEXTS.items()]
FORMATS: dict[str, Callable[[], object]] = {
    "txt": lambda: write_all(str.encode, "txt"),
    "md": lambda: write_all(lambda text: MARKDOWN.sub(r"\\\1", text).encode(), "md"),
    "html": lambda: write_all(lambda text: page(text).encode(), "html"),
    "jsonl": lambda: Path("a.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in ROWS), encoding="utf-8"),
    "json": lambda: Path("a.json").write_text(json.dumps(ROWS, ensure_ascii=False, indent=2), encoding="utf-8"),
    "csv": lambda: write_rows(",", "a.csv"),
    "tsv": lambda: write_rows("\t", "a.tsv"),
    "parquet": lambda: write_parquet("a.parquet"),
    "warc": lambda: Path("a.warc").write_bytes(archive([page(text) for text in TEXTS.values()], compress=False)[0]),
}


def read(paths: list[str]) -> dict[str, str]:
    """The texts by the name of their fixture."""
    found: dict[str, str] = {}
    for item in documents(paths):
        assert isinstance(item, Document), item
        number = re.fullmatch(r"https://news\.example/(\d+)", item.id)
        found[NAMES[int(number[1])] if number else item.id.partition(".")[0]] = item.text
    return found


@pytest.mark.parametrize("compression", COMPRESSIONS)
@pytest.mark.parametrize("format", FORMATS)
def test_the_texts_are_the_same(format: str, compression: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    FORMATS[format]()
    paths = []
    for path in sorted(tmp_path.iterdir()):
        packed = path.with_name(path.name + compression)
        packed.write_bytes(COMPRESSIONS[compression](path.read_bytes()))
        paths.append(packed.name)
    assert read(paths) == TEXTS


def test_a_web_archive_gives_the_quotes_of_the_plain_texts(extractor: Extractor, tmp_path: Path) -> None:
    path = tmp_path / "news.warc.gz"
    path.write_bytes(archive([page(text) for text in TEXTS.values()])[0])
    found = [item for item in documents([str(path)]) if isinstance(item, Document)]
    pairs = zip(found, NAMES, strict=True)
    archived = extractor.pipe(((item.text, name) for item, name in pairs), as_tuples=True)
    plain = extractor.pipe(((text, name) for name, text in TEXTS.items()), as_tuples=True)
    records = [[quote.to_json() for quote in quotes] for quotes, _ in archived]
    assert records == [[quote.to_json() for quote in quotes] for quotes, _ in plain]
    assert sum(map(len, records)) > 100


@pytest.mark.parametrize("format", FORMATS)
def test_standard_input_is_told_by_its_content(format: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    FORMATS[format]()
    path = min(tmp_path.iterdir())
    asked = ["--input-format", {"md": "markdown"}.get(format, format)] if format in ("csv", "tsv", "md") else []
    for data in (path.read_bytes(), gzip.compress(path.read_bytes())):
        result = CliRunner().invoke(app, ["text", "-", *asked], input=data)
        assert (result.exit_code, result.stderr) == (0, "")
        assert TEXTS[NAMES[0]] in result.stdout


def test_asked_formats_are_taken_at_their_word(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(page(TEXTS["court"]), encoding="utf-8")
    [as_text] = documents([str(path)], Reading(input_format="text"))
    assert isinstance(as_text, Document)
    assert as_text.text.startswith("<!DOCTYPE html>")
    with pytest.raises(ValueError, match="no input format 'odt', only text"):
        Reading(input_format="odt")  # type: ignore[arg-type]
