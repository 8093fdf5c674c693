"""Who is quoted: kinds of source by readable rules, titles and bodies, and the figures of an audit."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from quotes.audit import KINDS, Report, audit, write
from quotes.audit.kinds import kind_of
from quotes.audit.page import page
from quotes.cli import app
from quotes.extractor import Extractor
from quotes.lexicon import table
from quotes.records import Record

TEXT = """\
The crossing at Razi

The bridge will be shut in May, said Ada Lund, the chief executive of Norden Bank. "We are sorry," she said.

Tom Rask, a driver who saw the lorry leave the road, said the wind was to blame. An official who asked not to be named
said the wind was not to blame.

A survey found that most people wanted a tunnel. Mr Rask said he would drive on.
"""


@pytest.fixture(scope="module")
def records() -> list[Record]:
    found = Extractor(purpose="everything").extract(TEXT, "razi.txt")
    meta = {"title": None, "author": None, "date": "2026-05-12", "url": None, "outlet": "The Ledger", "section": "News"}
    return [{**quote.to_dict(), "meta": meta, "doc_text": TEXT} for quote in found]


@pytest.fixture(scope="module")
def report(records: Sequence[Record]) -> Report:
    return audit(records)


@pytest.mark.parametrize(
    ("kind", "name", "title", "body", "expected"),
    [
        ("person", "Ada Lund", "chief executive", "Norden Bank", "company"),
        ("person", "Ada Lund", "spokeswoman", "Ministry of Justice", "official"),
        ("person", "Ada Lund", "director", "Halby Institute", "expert"),
        ("person", "Ada Lund", "lawyer", "Norden Bank", "expert"),
        ("person", "Ada Lund", "mayor", None, "official"),
        ("person", "Tom Rask", "driver", None, "ordinary"),
        ("person", "Tom Rask", None, None, "untold"),
        ("person", "Tom Baker", None, None, "untold"),
        ("group", "residents", None, None, "ordinary"),
        ("organization", "Drivers' Union", None, None, "group"),
        ("organization", "Halby Council", None, None, "official"),
        ("document", "survey", None, None, "poll"),
        ("document", "letter", None, None, "document"),
        ("place", "Oslo", None, None, "official"),
    ],
)
def test_the_kind_of_a_source_is_told_by_words(
    kind: str, name: str, title: str | None, body: str | None, expected: str
) -> None:
    span = {"start": 0, "end": 0}
    speaker = {
        "mention": {**span, "text": name},
        "name": name,
        "kind": kind,
        "description": title,
        "title": title and {**span, "text": title},
        "organization": body and {**span, "text": body},
        "anonymous": None,
    }
    assert kind_of(speaker)[0] == expected  # type: ignore[arg-type]


def test_sources_come_with_what_the_text_tells_of_them(report: Report) -> None:
    by_name = {source.name: source for source in report.sources}
    lund, rask = by_name["Ada Lund"], by_name["Tom Rask"]
    assert (lund.kind, lund.title, lund.organization, lund.sex) == (
        "company",
        "chief executive",
        "Norden Bank",
        "woman",
    )
    assert lund.why
    assert TEXT[lund.why["start"] : lund.why["end"]] == lund.why["text"] == "chief executive of Norden Bank"
    assert lund.first
    assert (rask.kind, rask.sex, rask.last) == ("ordinary", "man", True)
    withheld = [source for source in report.sources if source.anonymous]
    assert [source.named for source in withheld] == [False]


def test_figures_add_up(report: Report, records: Sequence[Record]) -> None:
    whole = report.whole
    assert whole.articles == 1
    assert sum(share.quotes for share in whole.kinds) == len(records)
    assert sum(share.of_words for share in whole.kinds) == pytest.approx(1, abs=0.01)
    assert sum(share.first for share in whole.kinds) == sum(share.last for share in whole.kinds) == 1
    assert [group.name for group in report.months] == ["2026-05"]
    assert [group.name for group in report.sections] == ["News"]
    assert whole.women == 0.5


def test_the_page_needs_no_network_and_defines_every_kind(report: Report) -> None:
    made = page(report)
    assert not re.search(r"<script|(?:src|href)=\"(?!data:)", made)
    assert "chief executive of Norden Bank" in made
    assert re.search(r">1 article, \d sources, \d quotes, \d+ words\.<", made)
    assert {row["figure"] for row in table("audit")} >= {*KINDS}
    assert "Nobody is quoted" in page(audit([]))


def test_csv_and_json_hold_every_source(report: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(write.csv(report).removeprefix("\ufeff"))))
    assert [row["name"] for row in rows] == [source.name for source in report.sources]
    assert json.loads(write.json(report))["whole"]["articles"] == 1


def test_the_command_writes_what_the_name_says(records: Sequence[Record], tmp_path: Path) -> None:
    lines = tmp_path / "quotes.jsonl"
    lines.write_text("".join(f"{json.dumps(record)}\n" for record in records) + "no record\n", encoding="utf-8")
    for suffix in ("html", "csv", "json"):
        done = CliRunner().invoke(app, ["audit", str(lines), "-o", str(tmp_path / f"a.{suffix}")])
        assert done.exit_code == 1, done.output  # the line that is no record
        assert (tmp_path / f"a.{suffix}").stat().st_size > 500
    wrong = CliRunner().invoke(app, ["audit", str(lines), "-o", str(tmp_path / "a.pdf")])
    assert wrong.exit_code == 2
    assert "must end in .html, .csv or .json" in wrong.output


def test_articles_are_audited_like_their_records(records: Sequence[Record], tmp_path: Path) -> None:
    row = {"id": "b", "body": TEXT, "published": "2026-05-12", "paper": "The Herald", "desk": "News"}
    (tmp_path / "articles.jsonl").write_text(f"{json.dumps(row)}\n", encoding="utf-8")
    (tmp_path / "c.html").write_text(f"<html><body><article><p>{TEXT}</p></article></body></html>", encoding="utf-8")
    (tmp_path / "d.txt").write_text(TEXT, encoding="utf-8")
    lines = tmp_path / "quotes.jsonl"
    lines.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    inputs = [str(tmp_path / name) for name in ("articles.jsonl", "c.html", "d.txt", "quotes.jsonl", "none.txt")]
    fields = "--text-field body --date-field published --outlet-field paper --section-field desk"
    done = CliRunner().invoke(app, ["audit", *inputs, *fields.split(), "-o", str(tmp_path / "a.json")])
    assert done.exit_code == 1, done.output  # none.txt
    assert "none.txt" in done.output
    found = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["sources"]
    by_article: dict[str, list[tuple[str, str, bool]]] = {}
    for one in found:
        by_article.setdefault(one["doc_id"], []).append((one["name"], one["kind"], bool(one["why"])))
    assert len(by_article) == 4
    assert len({str(said) for said in by_article.values()}) == 1
    assert {(one["outlet"], one["section"], one["month"]) for one in found if one["doc_id"] == "b"} == {
        ("The Herald", "News", "2026-05")
    }


def test_what_nobody_said_counts_for_nothing() -> None:
    text = (
        "Did Ada Lund say that the bridge was safe? Tom Rask did not say that the road was open. Ivo Tamm said that he "
        "was tired. Kit Amar asked whether it was late. Mara Voss denied that she had slept."
    )
    found = Extractor(purpose="everything").extract(text, "a.txt")
    report = audit([{**quote.to_dict(), "meta": {}, "doc_text": text} for quote in found])
    assert {source.name for source in report.sources} == {"Ivo Tamm", "Kit Amar", "Mara Voss"}
