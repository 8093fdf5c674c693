"""Rows of JSON Lines, JSON, CSV, TSV and Parquet: fields, ids, meta."""

import csv
import datetime
import io
import json
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from badinput import TEXT, row, rows

from quotes.read import Document, Failure, Reading, documents


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def read(name: str, data: str | bytes = b"", how: Reading | None = None) -> list[Document | Failure]:
    if data:
        Path(name).write_bytes(data.encode() if isinstance(data, str) else data)
    return list(documents([name], how or Reading()))


def texts(*args: object) -> dict[str, str]:
    """The texts by id; there may be no failures."""
    found = read(*args)  # type: ignore[arg-type]
    assert all(isinstance(item, Document) for item in found), found
    return {item.id: item.text for item in found if isinstance(item, Document)}


# Fields


def test_fields_of_objects_and_lists_have_dotted_names() -> None:
    data = {"article": {"body": TEXT, "key": 7}, "authors": [{"name": "Mira Holt"}], "a.b": 1, "a": {"b": 2}}
    how = Reading(text_field="article.body", id_field="article.key", keep_fields=("authors.0.name", "a.b", "none"))
    [found] = read("a.jsonl", rows(data), how)
    assert isinstance(found, Document)
    assert (found.id, found.text, found.note) == ("7", TEXT, "")
    assert found.meta
    assert {key: found.meta[key] for key in how.keep_fields} == {"authors.0.name": "Mira Holt", "a.b": 1, "none": None}


def test_meta_is_what_rows_tell_under_these_names() -> None:
    [told, silent] = read("a.jsonl", rows(row(1, title="Bridge", date=2024, author=None, outlet=["x"]), row(2)))
    assert isinstance(told, Document)
    assert told.meta == {"title": "Bridge", "author": None, "date": "2024", "url": None, "outlet": None}
    assert isinstance(silent, Document)
    assert silent.meta is None


def test_meta_of_empty_cells_is_null() -> None:
    [told, silent] = read("a.csv", "id,text,title,date,desk\na,A,Bridge, ,\nb,B,,,\n", Reading(keep_fields=("desk",)))
    assert isinstance(told, Document)
    assert told.meta == {"title": "Bridge", "author": None, "date": None, "url": None, "outlet": None, "desk": ""}
    assert isinstance(silent, Document)
    assert set((silent.meta or {}).values()) == {None, ""}


@pytest.mark.parametrize(
    ("given", "doc_id"), [("x", "x"), (7, "7"), (7.0, "7"), ("", None), (None, None), (1.5, "1.5")]
)
def test_ids(given: object, doc_id: str | None) -> None:
    assert list(texts("a.jsonl", rows({"id": given, "text": TEXT}))) == [doc_id or "a.jsonl#1"]
    assert list(texts("b.json", json.dumps({"id": given, "text": TEXT}))) == [doc_id or "b.json#1"]


def test_an_id_that_is_none() -> None:
    assert read("a.jsonl", rows({"id": [1], "text": TEXT})) == [
        Failure("a.jsonl:1", "the field 'id' holds a list, no id", "jsonl")
    ]


# JSON


def test_lines_of_any_kind_and_the_numbers_of_blank_ones() -> None:
    data = "\ufeff" + rows(row(1)).replace("\n", "\r\n") + "\n \n" + rows({"text": TEXT}).rstrip()
    assert texts("a.jsonl", data) == {"row 1": TEXT, "a.jsonl#4": TEXT}


def test_objects_one_after_the_other_over_several_lines() -> None:
    data = "\n".join(json.dumps(row(k), indent=2) for k in range(3))
    assert list(texts("a.json", data)) == list(texts("b", data)) == ["row 0", "row 1", "row 2"]


def test_an_array_longer_than_what_is_read_at_once() -> None:
    many = [row(k, text=f"{k} “é” " * (k % 5000)) for k in range(0, 40_000, 997)]
    assert texts("a.json", json.dumps(many, ensure_ascii=False)) == {str(r["id"]): r["text"] for r in many}


def test_an_array_that_is_cut_off_between_two_objects() -> None:
    first, failure = read("a.json", f"[{json.dumps(row(1))},\n")
    assert isinstance(first, Document)
    reason = 'broken JSON: Expecting "]" where the file ends; the rest is not read'
    assert failure == Failure("a.json#2", reason, "json")


def test_a_number_that_is_too_long() -> None:
    number = '{"text": "a", "n": ' + "9" * 5000 + "}"
    assert read("a.json", f"[{number}]") == [
        Failure("a.json#1", "broken JSON: a number of too many digits; the rest is not read", "json")
    ]
    assert read("a.jsonl", f"{number}\n") == [Failure("a.jsonl:1", "broken JSON: a number of too many digits", "jsonl")]


def test_bytes_that_are_not_utf_8_in_one_line() -> None:
    latin = '{"id": 1, "text": "It cost £5m, a café owner said."}\n'.encode("cp1252")
    [first, second] = read("a.jsonl", latin + rows(row(2)).encode())
    assert isinstance(first, Document)
    assert (first.text, first.note) == ("It cost £5m, a café owner said.", "not UTF-8, read as cp1252")
    assert isinstance(second, Document)
    assert (second.text, second.note) == (TEXT, "")


# CSV and TSV


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(delimiter: str) -> None:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows(
        [["id", "text", "n"], ["a", f'{TEXT}, "x"; y|z', "1"], [], ["b", "B"]]
    )
    assert texts("a.csv", file.getvalue()) == {"a": f'{TEXT}, "x"; y|z', "b": "B"}


def test_a_first_line_for_excel() -> None:
    assert texts("a.csv", "sep=;\r\nid;text\r\na;A, B\r\n") == {"a": "A, B"}


def test_names_of_columns_over_two_lines_and_with_blanks() -> None:
    assert texts("a.csv", 'id, text ,"day\n(UTC)"\na,A,\n\nb,B,"x\ny"\n') == {"a": "A", "b": "B"}
    assert texts("b.csv", '"day\n(UTC)",id,text\n1,a,A\n') == {"a": "A"}
    [failure] = read("c.csv", 'id,"text"s\na,A\n')
    assert failure.id == "c.csv"
    assert isinstance(failure, Failure)
    assert failure.reason.startswith("the names of the columns are broken: a quotation mark")


def test_tsv_with_quoted_fields_and_without() -> None:
    spreadsheet = 'id\ttext\n1\t"“We won,”\n""she"" said."\n2\t"Plain."\n'
    assert texts("a.tsv", spreadsheet) == {"1": '“We won,”\n"she" said.', "2": "Plain."}
    database = 'id\ttext\n1\t"We won," she said.\n2\t"We won\n3\tHe said "no"\n'
    assert texts("b.tsv", database) == {"1": '"We won," she said.', "2": '"We won', "3": 'He said "no"'}


def test_failures_of_a_table_have_the_line_on_which_the_row_begins() -> None:
    found = read("a.csv", 'id,text\na,"two\nlines"\nb,x,y\nc,"open\n')
    assert [item.id for item in found] == ["a", "a.csv:4", "a.csv:5"]
    [_, *failures] = read("a.tsv", 'id\ttext\na\t"two\nlines"\nb\tx\ty\n')
    assert [item.id for item in failures] == ["a.tsv:4"]


def test_fields_may_be_large_and_the_limit_of_the_process_is_as_it_was() -> None:
    was = csv.field_size_limit()
    Path("a.csv").write_text(f'id,text\na,"{"x " * was}"\nb,short\n', encoding="utf-8")
    for item in documents(["a.csv"]):
        assert isinstance(item, Document)
        assert csv.field_size_limit() == was, "between two rows too"


# Parquet


def test_parquet_in_groups_nested_and_of_other_types() -> None:
    table = pa.table(
        {
            "key": [1, None, 3],
            "article": [{"body": "A"}, {"body": "B"}, {"body": "C"}],
            "day": [datetime.date(2024, 5, 2)] * 3,
            "cost": [Decimal("1.50"), None, Decimal("2.00")],
            "tags": [["x"], [], None],
        }
    )
    pq.write_table(table, "a.parquet", row_group_size=2)
    how = Reading(text_field="article.body", id_field="key", keep_fields=("day", "cost", "tags"))
    found = [item for item in read("a.parquet", how=how) if isinstance(item, Document)]
    assert [(item.id, item.text) for item in found] == [("1", "A"), ("a.parquet#2", "B"), ("3", "C")]
    assert [[(item.meta or {})[key] for key in how.keep_fields] for item in found] == [
        ["2024-05-02", "1.50", ["x"]],
        ["2024-05-02", None, []],
        ["2024-05-02", "2.00", None],
    ]


def test_a_string_in_parquet_that_is_not_utf_8() -> None:
    broken = pa.array([b"fine", b"\xff\xfe", b"fine too"]).view(pa.string())
    pq.write_table(pa.table({"text": broken}), "a.parquet")
    assert read("a.parquet")[1] == Failure("a.parquet#2", "a string that is not UTF-8", "parquet")
    assert len(read("a.parquet")) == 3


def test_a_date_in_parquet_that_no_calendar_has() -> None:
    days = pa.array([0, 2**60, 0], pa.timestamp("us"))
    pq.write_table(pa.table({"text": ["A", "B", "C"], "date": days}), "a.parquet")
    [first, wrong, last] = read("a.parquet")
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert isinstance(wrong, Failure)
    assert wrong.id == "a.parquet#2"
    assert wrong.reason.startswith("a value that can't be read (")


def test_a_group_of_rows_that_is_broken() -> None:
    pq.write_table(
        pa.table({"text": [f"{k} {TEXT}" for k in range(9)]}), "a.parquet", row_group_size=3, compression="gzip"
    )
    data = bytearray(Path("a.parquet").read_bytes())
    at = pq.ParquetFile("a.parquet").metadata.row_group(1).column(0).dictionary_page_offset
    data[at : at + 60] = bytes(60)
    found = read("a.parquet", bytes(data))
    assert [item.id for item in found] == [
        "a.parquet#1",
        "a.parquet#2",
        "a.parquet#3",
        "a.parquet#4",
        *(f"a.parquet#{k}" for k in (7, 8, 9)),
    ]
    assert isinstance(found[3], Failure)
    assert found[3].reason.startswith("broken from here to row 6")
