"""Label Studio: a task a document, with the quotes as predictions.

The form is told at https://labelstud.io/guide/predictions. Regions count characters as records do, in code points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import fmean
from typing import Any

from quotes.line import line
from quotes.records import Record, SpanRecord, flags
from quotes.write.quoted import Quoted, words

CONFIG = """\
<View>
  <Labels name="label" toName="text">
    <Label value="Direct" background="#1b6ca8"/>
    <Label value="Indirect" background="#8a5a00"/>
    <Label value="Mixed" background="#6b3fa0"/>
    <Label value="Cue" background="#4a4a4a"/>
    <Label value="Source" background="#1d7a3c"/>
  </Labels>
  <Relations>
    <Relation value="part"/>
    <Relation value="cue"/>
    <Relation value="source"/>
  </Relations>
  <Text name="text" value="$text"/>
</View>"""
"""The labelling interface that the tasks are made for."""


def task(document: Quoted, version: str) -> dict[str, Any]:
    """A document as a task: its text, and one prediction with all its quotes.

    A quote is a region a part of its content, labelled with its type and with its confidence as score, a region
    ``Cue`` and a region ``Source``, and relations from the first part to the other regions. The prediction's score is
    the mean of the confidences.

    Args:
        document: one that has its text.
        version: what made the predictions.
    """
    results = [
        item for k, record in enumerate(document.records, 1) for item in _regions(record, f"q{k}", document.text)
    ]
    score = fmean(record["confidence"] for record in document.records)
    data = {**{key: words(value) for key, value in document.meta.items()}, "doc_id": document.id, "text": document.text}
    return {"data": data, "predictions": [{"model_version": version, "score": score, "result": results}]}


def _regions(record: Record, name: str, text: str | None) -> Iterator[dict[str, Any]]:
    first = f"{name}-1"
    for k, part in enumerate(record["content"], 1):
        notes = _notes(record, text) if k == 1 else []
        yield _region(f"{name}-{k}", part, record["type"].capitalize(), record["confidence"], notes)
        if k > 1:
            yield _relation(first, f"{name}-{k}", "part")
    if record["cue"]:
        yield _region(f"{name}-cue", record["cue"], "Cue", record["confidence"])
        yield _relation(first, f"{name}-cue", "cue")
    if record["speaker"] and (mention := record["speaker"]["mention"]):
        yield _region(f"{name}-source", mention, "Source", record["speaker"]["confidence"])
        yield _relation(first, f"{name}-source", "source")


def _notes(record: Record, text: str | None) -> list[str]:
    """What the region's panel shows beside it."""
    name = record["speaker"]["name"] if record["speaker"] else None
    told = [line(record, text), *flags(record["cue"])]
    return [f"id: {record['id']}", f"speaker: {name or '-'}", f"act: {record['act']}", *told]


def _region(name: str, span: SpanRecord, label: str, score: float, notes: Sequence[str] = ()) -> dict[str, Any]:
    value = {"start": span["start"], "end": span["end"], "text": span["text"], "labels": [label]}
    region = {"id": name, "from_name": "label", "to_name": "text", "type": "labels", "value": value, "score": score}
    return {**region, "meta": {"text": list(notes)}} if notes else region


def _relation(from_id: str, to_id: str, label: str) -> dict[str, Any]:
    return {"type": "relation", "from_id": from_id, "to_id": to_id, "direction": "right", "labels": [label]}
