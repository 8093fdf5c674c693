"""What is known of documents beside their texts: fields of other names, dates as people write them, a table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from quotes import store
from quotes.cli import app
from quotes.read import Document, Reading, documents, inputs
from quotes.read.dates import Order, Unclear, day
from quotes.read.metadata import Table, TableError
from quotes.read.told import Told

SAID = "Ada Lund said that the bridge would open."


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*args: str) -> Result:
    return CliRunner().invoke(app, list(args), catch_exceptions=False)


# Dates


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("2024-03-12", "2024-03-12"),
        ("2024-03-12T23:59:00-08:00", "2024-03-12"),
        ("20240312", "2024-03-12"),
        ("2024/3/12", "2024-03-12"),
        ("25/12/2023", "2023-12-25"),
        ("12/25/2023 09:30", "2023-12-25"),
        ("4/4/2024", "2024-04-04"),
        ("12 March 2024", "2024-03-12"),
        ("March 12th, 2024", "2024-03-12"),
        ("Sept. 5, 2023, 10:30 a.m. ET", "2023-09-05"),
        ("Tue, 12 Mar 2024 09:30:00 GMT", "2024-03-12"),
        ("2024-13-45", None),
        ("31/31/2024", None),
        ("March 2024", None),
        ("2024", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_a_date_that_is_clear(written: str | None, found: str | None) -> None:
    assert day(written) == found


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("12/03/2024", {"dmy": "2024-03-12", "mdy": "2024-12-03"}),
        ("12.3.24", {"dmy": "2024-03-12", "mdy": "2024-12-03", "ymd": "2012-03-24"}),
        ("1-2-99 18:00", {"dmy": "1999-02-01", "mdy": "1999-01-02"}),
    ],
)
def test_a_date_that_may_be_two_days_is_not_guessed(written: str, days: dict[Order, str]) -> None:
    with pytest.raises(Unclear):
        day(written)
    assert {order: day(written, order) for order in days} == days


# Fields


def rows() -> str:
    articles = [
        {"id": "a", "body": SAID, "headline": "Bridge", "source": {"name": "The Post"}, "published": "12/03/2024"},
        {"id": "b", "body": f"{SAID} It rained.", "headline": "", "published": "13/03/2024"},
    ]
    Path("rows.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in articles))
    return "rows.jsonl"


FIELDS = {"title": "headline", "outlet": "source.name", "date": "published"}
OPTIONS = [
    *("--text-field", "body", "--title-field", "headline"),
    *("--outlet-field", "source.name", "--date-field", "published"),
]


def test_fields_of_other_names_are_told_and_counted_where_they_are_missing() -> None:
    told = Told(Reading(text_field="body", meta_fields=FIELDS))
    [a, b] = told.of(documents([rows()], told.how))
    assert isinstance(a, Document)
    assert isinstance(b, Document)
    assert a.meta == {"title": "Bridge", "author": None, "date": "12/03/2024", "url": None, "outlet": "The Post"}
    assert (b.meta or {})["title"] is None
    assert list(told.notes()) == [
        "no title in 1 of 2 rows: their field 'headline' is missing or empty",
        "no outlet in 1 of 2 rows: their field 'source.name' is missing or empty",
    ]


def test_parquet_reads_the_columns_that_are_named() -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    pq.write_table(pa.table({"text": [SAID], "head": ["Bridge"], "more": ["x"]}), "a.parquet")
    [found] = documents(["a.parquet"], Reading(meta_fields={"title": "head"}))
    assert isinstance(found, Document)
    assert (found.meta or {})["title"] == "Bridge"


def test_dates_are_days_in_a_database_and_asked_about_where_they_may_be_two() -> None:
    result = run("db", "add", "quotes.db", rows(), "--no-topics", *OPTIONS)
    assert result.exit_code == 0
    assert (
        "quotes: dates that may be two days, such as '12/03/2024', are none: 1; say with --dates dmy that the day "
        "comes first, or with --dates mdy that the month does"
    ) in result.stderr.splitlines()
    with store.open("quotes.db") as db:
        assert [(one["title"], one["date"], one["outlet"]) for one in db.documents()] == [
            ("b", "2024-03-13", None),
            ("Bridge", None, "The Post"),
        ]
    assert "dates" not in run("db", "add", "new.db", "rows.jsonl", "--no-topics", *OPTIONS, "--dates", "dmy").stderr
    with store.open("new.db") as db:
        assert [one["date"] for one in db.documents()] == ["2024-03-13", "2024-03-12"]


def test_extract_writes_dates_as_they_are_unless_told_how_they_are_written() -> None:
    def dates(*more: str) -> list[str]:
        result = run("extract", rows(), *OPTIONS, *more)
        return [json.loads(line)["meta"]["date"] for line in result.stdout.splitlines()]

    assert dates() == ["12/03/2024", "13/03/2024"]
    assert dates("--dates", "dmy") == ["2024-03-12", "2024-03-13"]
    assert dates("--dates", "mdy") == ["2024-12-03", "13/03/2024"]
    assert (
        "dates that can't be read, such as '13/03/2024': 1" in run("extract", rows(), *OPTIONS, "--dates", "mdy").stderr
    )


@pytest.mark.parametrize("option", ["--since", "--until"])
@pytest.mark.parametrize("written", ["2016-13-45", "2016-02-30", "2016-00", "0000", "12/03/2024"])
def test_a_search_wants_days_that_are(option: str, written: str) -> None:
    result = run("db", "search", "none.db", option, written)
    assert result.exit_code == 2
    assert f"{option} takes a date like 2024-01-31, 2024-01 or 2024, not '{written}'" in result.stderr


# A table


def test_a_table_tells_what_is_known_of_texts() -> None:
    Path("in", "deep").mkdir(parents=True)
    for name in ("a.txt", "deep/b.txt", "c.txt"):
        Path("in", name).write_text(SAID)
    page = "".join(f"<p>{SAID} {k}</p>" for k in range(20))
    Path("in", "d.html").write_text(f"<html><head><title>The page's own</title></head><body>{page}</body></html>")
    Path("in", "files.csv").write_text(
        "\ufeffFile;Title;Outlet;desk\n"
        "a.txt;Bridge;The Post;city\ndeep/b.txt;Ferry;;\nd.html;Our title;;\nx.txt;Gone;;\n"
    )
    told = Told(Reading(), Table("in/files.csv"))
    texts = [f"in/{name}" for name in ("a.txt", "c.txt", "d.html", "deep/b.txt")]
    found = [item if isinstance(item, Document) else item.document() for item in told.of(inputs(texts))]
    assert [(item.meta or {}).get("title") for item in found if isinstance(item, Document)] == [
        *("Bridge", None, "Our title", "Ferry")
    ]
    [a, *_] = found
    assert isinstance(a, Document)
    assert a.meta == {
        **{"title": "Bridge", "author": None, "date": None, "url": None, "outlet": "The Post", "desk": "city"},
    }
    assert list(told.notes()) == [
        "1 of 4 texts have no row in in/files.csv",
        "1 of 4 rows of in/files.csv are of no text that was read: x.txt",
    ]


def test_a_table_goes_with_extract_and_with_a_database() -> None:
    Path("a.txt").write_text(SAID)
    Path("files.csv").write_text("path,title,date\na.txt,Bridge,2024-03-12\n")
    [record] = map(json.loads, run("extract", "a.txt", "--metadata", "files.csv").stdout.splitlines())
    assert (record["meta"]["title"], record["meta"]["date"]) == ("Bridge", "2024-03-12")
    assert run("db", "add", "quotes.db", "a.txt", "--no-topics", "--metadata", "files.csv").exit_code == 0
    with store.open("quotes.db") as db:
        assert [(one["title"], one["date"]) for one in db.documents()] == [("Bridge", "2024-03-12")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title,date\nBridge,2024\n", ": no column file; the first line names the columns: file,title,date,outlet"),
        ("", ": no column file; "),
        ("file,title\na.txt,x\n./a.txt,y\n", ":3: a second row of a.txt, after line 2"),
        ('file,title\na.txt,"x\n', ":2: broken CSV: "),
    ],
)
def test_a_broken_table_is_said_with_file_and_line(text: str, message: str) -> None:
    Path("files.csv").write_text(text)
    with pytest.raises(TableError) as error:
        Table("files.csv")
    assert str(error.value).startswith(f"files.csv{message}")
    result = run("extract", "a.txt", "--metadata", "files.csv")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


def test_a_table_that_is_not_there_or_no_utf_8() -> None:
    with pytest.raises(TableError, match=r"can't read none\.csv: no such file"):
        Table("none.csv")
    Path("files.csv").write_bytes("file,title\na.txt,Erdoğan".encode("utf-16"))
    with pytest.raises(TableError, match="not UTF-8; save it as UTF-8"):
        Table("files.csv")
