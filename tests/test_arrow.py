"""Records as Arrow tables."""

from dataclasses import replace
from pathlib import Path

import pytest

from quotes import Extractor, Quote
from quotes.write.arrow import record, schema, table

pyarrow = pytest.importorskip("pyarrow", reason="needs the extra parquet")

ARTICLE = Path(__file__).parents[1] / "fixtures" / "summit.txt"


def test_a_row_is_the_record_that_it_was_made_from(extractor: Extractor) -> None:
    meta = {"title": "Talks “on course”", "n": [1, {"a": None, "b": "\ud800"}]}
    quotes = [replace(quote, meta=meta) for quote in extractor.extract(ARTICLE.read_text(encoding="utf-8"), "a")]
    rows = table([quote.to_dict() for quote in quotes]).to_pylist()
    assert [Quote.from_dict(record(row)) for row in rows] == quotes


def test_tables_without_a_value_in_a_column_fit_the_others(extractor: Extractor) -> None:
    bare = extractor.extract("“It is late.”")
    assert bare[0].speaker is None
    tables = [table([quote.to_dict() for quote in bare]), table([]), table([{"doc_id": "a"}])]
    assert {t.schema for t in tables} == {schema()}
    assert pyarrow.concat_tables(tables).num_rows == len(bare) + 1


def test_a_lone_surrogate_is_replaced(extractor: Extractor) -> None:
    [quote] = extractor.extract("“It is \ud800 late,” said Ada Lund.")
    [row] = table([quote.to_dict()]).to_pylist()
    assert row["content"][0]["text"] == "“It is \ufffd late,”"
