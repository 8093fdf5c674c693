"""W3C Web Annotations as JSON-LD: an annotation a quote (https://www.w3.org/TR/annotation-model/)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quotes.line import line
from quotes.records import Record, SpanRecord, flags
from quotes.write.quoted import Quoted

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Characters of prefix and suffix, as other tools have them."""


def annotate(document: Quoted) -> Iterator[dict[str, Any]]:
    """The quotes of a document as annotations.

    Each part of the content is a target, with its offsets (in code points, as the standard asks) and its words; where
    the text is known, with the words before and after. The bodies say who speaks, what kind of quote it is, and
    all of it in one line.
    """
    for record in document.records:
        yield {
            "@context": CONTEXT,
            "id": f"urn:quotes:{record['id']}",
            "type": "Annotation",
            "motivation": "identifying",
            "body": list(_bodies(record, document.text)),
            "target": [
                {"type": "SpecificResource", "source": document.iri, "selector": _selectors(part, document.text)}
                for part in record["content"]
            ],
        }


def _bodies(record: Record, text: str | None) -> Iterator[dict[str, Any]]:
    if speaker := record["speaker"]:
        if speaker["name"]:
            yield _text("identifying", speaker["name"])
        if speaker["description"]:
            yield _text("describing", speaker["description"])
    yield _text("commenting", line(record, text))
    for tag in (record["type"], record["act"], *flags(record["cue"])):
        yield _text("tagging", tag)
    yield _text("assessing", f"{record['confidence']:.4f}")


def _text(purpose: str, value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}


def _selectors(span: SpanRecord, text: str | None) -> list[dict[str, Any]]:
    start, end = span["start"], span["end"]
    quote = {"type": "TextQuoteSelector", "exact": span["text"]}
    if text is not None:
        quote |= {"prefix": text[max(start - AROUND, 0) : start], "suffix": text[end : end + AROUND]}
    return [{"type": "TextPositionSelector", "start": start, "end": end}, quote]
