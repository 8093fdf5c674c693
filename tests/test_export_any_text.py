"""Any text and any spans: what the formats with text in them hold is the text, and the spans stand where they stood."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.learn.gold import load
from quotes.write import brat, docbin, tei
from quotes.write.nest import nest
from quotes.write.quoted import Quoted, whole

TEXTS = st.text(st.characters() | st.sampled_from(" \n\r\t\0\x1c\x85\u2028\u00a0\ud800<&]>\"'“”"), max_size=60)
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@st.composite
def quoted(draw: st.DrawFn) -> Quoted:
    """A document with quotes anywhere in it, each of one or two parts; no part is blank."""
    text = whole(draw(TEXTS)) + "x"
    spans = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(
        lambda span: bool(text[span[0] : span[1]].strip())
    )
    records: list[dict[str, Any]] = []
    for number, drawn in enumerate(draw(st.lists(st.lists(spans, min_size=1, max_size=2), min_size=1, max_size=4))):
        parts = sorted(drawn)
        if any(after[0] < before[1] for before, after in pairwise(parts)):
            del parts[1:]
        content = [{"start": a, "end": b, "text": text[a:b]} for a, b in parts]
        about = {
            "id": f"q{number}",
            "type": "direct",
            "act": "speech",
            "confidence": 0.5,
            "meta": None,
            "rule": "left.said",
        }
        about["text"] = " … ".join(part["text"] for part in content)
        records.append({**about, "content": content, "cue": None, "speaker": None, "addressee": None})
    return Quoted("news.txt", records, text)


@settings(deadline=None)
@given(quoted())
def test_tei(document: Quoted) -> None:
    from lxml import etree

    file = BytesIO()
    tei.write([document], file, "1.0")
    root = etree.fromstring(file.getvalue(), etree.XMLParser(resolve_entities=False))
    body = root.find(".//{*}body")
    assert "".join(body.itertext()) == NOT_XML.sub("\ufffd", document.text or "")
    firsts = [said for said in body.iter("{*}said") if said.get("prev") is None]
    assert len(firsts) == len(document.records)


@settings(deadline=None)
@given(quoted())
def test_brat(document: Quoted) -> None:
    with TemporaryDirectory() as folder:
        brat.Folder(Path(folder)).write(document)
        [read] = load([Path(folder)])
    assert len(read.text) == len(document.text or "")
    for annotation, record in zip(read.annotations, document.records, strict=True):
        there = {k for part in record["content"] for k in range(part["start"], part["end"])}
        marked = {k for start, end in annotation.content for k in range(start, end)}
        assert marked <= there
        assert not any(read.text[k].strip() for k in there - marked)


@settings(deadline=None)
@given(quoted())
def test_docbin(document: Quoted) -> None:
    doc = docbin.doc(document)
    assert doc.text == document.text
    parts = [part["text"] for record in document.records for part in record["content"]]
    assert [span.text for span in doc.spans["quotes"]] == parts


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 8)), max_size=12), st.sets(st.integers(1, 25)))
def test_stretches_are_nested(drawn: list[tuple[int, int]], cuts: set[int]) -> None:
    stretches = [(number, (start, start + length)) for number, (start, length) in enumerate(drawn)]
    pieces = list(nest(stretches, sorted(cuts)))
    for number, (start, end) in stretches:
        mine = [stretch for other, stretch in pieces if other == number]
        assert [mine[0][0], mine[-1][1]] == [start, end]
        assert all(before[1] == after[0] for before, after in pairwise(mine))
        assert not any(a < cut < b for a, b in mine for cut in cuts)
    for k, (_, (a, b)) in enumerate(pieces):
        assert all(b <= c or d <= b for _, (c, d) in pieces[k + 1 :] if a <= c)
    assert [stretch for _, stretch in pieces] == sorted((s for _, s in pieces), key=lambda s: (s[0], -s[1]))
