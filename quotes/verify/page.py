"""The page on which each quotation stands beside what was said, the words that differ marked on both sides."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from quotes.records import Quote, Span
from quotes.verify.differences import Difference
from quotes.verify.index import Sources
from quotes.verify.verdict import STATUSES, WRONG, Passage, Verification
from quotes.view import STATIC
from quotes.view.page import templates

AROUND = 160
"""Characters of a source that are shown before a passage and behind it."""


class Run(NamedTuple):
    """Characters that are marked alike."""

    text: str
    mark: str
    """The kind of a difference, "tolerated", or ""."""
    title: str
    """What a reader is told of the mark."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A quote and the verdict on it."""

    quote: Quote
    verification: Verification
    around: tuple[tuple[str, str], ...]
    """What stands before each passage and behind it."""


def surroundings(verification: Verification, sources: Sources) -> tuple[tuple[str, str], ...]:
    """What stands in the sources around each passage, in whole words."""
    texts = {document.id: document.text for document in sources.documents}
    return tuple(_around(texts[passage.source], passage) for passage in verification.passages)


def page(checked: Iterable[Checked]) -> str:
    """A page of its own that asks nothing of any network; the articles in their order, each with its quotes."""
    articles = [(id, [_row(one) for one in some]) for id, some in groupby(checked, key=lambda one: one.quote.doc_id)]
    rows = [row for _, some in articles for row in some]
    counts = [(status, sum(row["status"] == status for row in rows)) for status in STATUSES]
    styles = Markup(
        (STATIC / "base.css").read_text(encoding="utf-8")
        + (Path(__file__).parent / "static" / "verify.css").read_text(encoding="utf-8")
    )
    digest = base64.b64encode(hashlib.sha256(styles.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    template = templates("quotes.verify").get_template("verify.html")
    return template.render(articles=articles, counts=counts, styles=styles, policy=policy)


def _row(one: Checked) -> dict[str, object]:
    differences = one.verification.differences
    speaker = one.quote.speaker
    return {
        "status": one.verification.status,
        "wrong": one.verification.status in WRONG,
        "similarity": one.verification.similarity,
        "speaker": (speaker.name or (speaker.mention and speaker.mention.text)) if speaker else None,
        "parts": [_runs(part, [(d.quoted, d) for d in differences if d.quoted]) for part in one.quote.content],
        "passages": [
            (passage, around, _runs(_span(passage), [(d.said, d) for d in differences if d.said and d.passage == k]))
            for k, (passage, around) in enumerate(zip(one.verification.passages, one.around, strict=True))
        ],
    }


def _span(passage: Passage) -> Span:
    return Span(passage.start, passage.end, passage.text)


def _runs(whole: Span, marked: Sequence[tuple[Span, Difference]]) -> list[Run]:
    """A stretch of text in runs, those of the differences in it marked."""
    runs: list[Run] = []
    at = whole.start
    for span, difference in sorted(marked, key=lambda item: item[0].start):
        if not at <= span.start < span.end <= whole.end:  # in another part, or in what an ellipsis stands for
            continue
        runs.append(Run(whole.text[at - whole.start : span.start - whole.start], "", ""))
        mark = "tolerated" if difference.tolerated else difference.kind.replace(" ", "-")
        runs.append(Run(span.text, mark, difference.tolerated or difference.kind))
        at = span.end
    runs.append(Run(whole.text[at - whole.start :], "", ""))
    return [run for run in runs if run.text]


def _around(text: str, passage: Passage) -> tuple[str, str]:
    """What stands before a passage in its line, and behind it."""
    line = text.rfind("\n", 0, passage.start) + 1
    end = text.find("\n", passage.end)
    end = len(text) if end < 0 else end
    before, behind = text[line : passage.start], text[passage.end : end]
    if len(before) > AROUND:
        before = "… " + before[-AROUND:].partition(" ")[2]
    if len(behind) > AROUND:
        behind = behind[:AROUND].rpartition(" ")[0] + " …"
    return before, behind
