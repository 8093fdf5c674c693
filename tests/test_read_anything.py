"""Whatever bytes come: documents and failures, never an exception. tests/fuzz_readers.py does this at length."""

import csv
import io
import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.read import FORMATS, Document, Failure, Reading, documents
from quotes.read.document import Format

QUICK = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=60)


def read(data: bytes, ending: str = "", format: Format | None = None) -> list[Document | Failure]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"a{ending}")
        path.write_bytes(data)
        return list(documents([str(path)], Reading(format)))


@pytest.mark.parametrize("format", FORMATS)
@QUICK
@given(data=st.binary(max_size=400))
def test_any_bytes_as_any_format(format: Format, data: bytes) -> None:
    for item in read(data, format=format):
        assert isinstance(item, Document | Failure)


def as_json_lines(texts: list[str]) -> str:
    return "".join(f"{json.dumps({'text': text}, ensure_ascii=False)}\n" for text in texts)


def as_csv(texts: list[str], delimiter: str = ",") -> str:
    file = io.StringIO()
    rows = csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    rows.writerow(["text", "n"])
    rows.writerows((text, "1") for text in texts)
    return file.getvalue()


@pytest.mark.parametrize(
    ("ending", "write"),
    [
        (".jsonl", as_json_lines),
        (".json", lambda texts: json.dumps([{"text": text} for text in texts])),
        (".csv", as_csv),
        (".csv", lambda texts: as_csv(texts, ";")),
    ],
    ids=["jsonl", "json", "csv", "csv with semicolons"],
)
@QUICK
@given(texts=st.lists(TEXTS, min_size=1, max_size=4))
def test_any_texts_come_back_as_they_were(ending: str, write: Callable[[list[str]], str], texts: list[str]) -> None:
    found = read(write(texts).encode(), ending)
    assert [item.text if isinstance(item, Document) else item for item in found] == texts
