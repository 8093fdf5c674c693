"""An audit as CSV, a row a source, and as JSON, all of it."""

from __future__ import annotations

import csv as csv_module
import json as json_module
from dataclasses import asdict
from io import StringIO

from quotes.audit.report import Report
from quotes.write.table import cell

COLUMNS = (
    *("doc_id", "name", "kind", "told_by", "title", "organization", "named", "anonymous", "sex", "why"),
    *("outlet", "section", "month", "quotes", "words", "direct_words", "first", "last"),
)


def csv(report: Report) -> str:
    """A row for each source of each article; cells are safe in spreadsheets as those of ``quotes.write.table``."""
    file = StringIO()
    rows = csv_module.writer(file)
    rows.writerow(COLUMNS)
    for source in report.sources:
        flat = {**asdict(source), "named": source.named, "why": source.why["text"] if source.why else None}
        rows.writerow([cell(flat[name]) for name in COLUMNS])
    return "\ufeff" + file.getvalue()  # without the mark Excel shows â€œ for a quotation mark


def json(report: Report) -> str:
    """All figures and all sources, ``why`` with its offsets and ``said`` with the ids of the quotes."""
    return json_module.dumps(asdict(report), ensure_ascii=True, indent=2) + "\n"
