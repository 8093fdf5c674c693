"""Records as people who checked them corrected them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any, cast

from quotes.records import PART_SEPARATOR, Record, Span, SpanRecord, Speaker, SpeakerRecord, completed

SAID_SO = {"resolved_by": "none", "confidence": 1.0, "evidence": []}
"""Of a speaker whom somebody named: the program found none of it."""


def corrected(
    record: Record,
    verdict: Mapping[str, Any] | None,
    text: str | None,
    known: Mapping[str, Any] | None = None,
) -> Record | None:
    """A record by the verdict that stands; None where that says that it is no quote.

    Another speaker has the name that the verdict gives, resolved_by "none" and confidence 1, and the mention that the
    verdict gives; else the record's own where it is a pronoun or a description, and where it is a name, which then is
    somebody else's, none. With moved edges content, text, type and paragraph are those of the text; id, rule and the
    quote's own confidence stay the program's.

    Args:
        record: the program's.
        verdict: as ``quotes.store.verdicts.standing`` gives it, or None.
        text: the document's; without one edges and mentions stay.
        known: what else is known of the speaker whom the verdict names: other keys of a speaker.
    """
    if verdict is None:
        return record.copy()
    if verdict["verdict"] == "wrong":
        return None
    speaker = _speaker(record["speaker"], verdict["speaker"], known or {})
    if verdict["mention"] and text is not None:
        speaker = (speaker or _told(SAID_SO)) | {"mention": at(text, verdict["mention"])}
    edges = moved(verdict["content"], text) if verdict["content"] and text is not None else {}
    return cast("Record", {**record, "speaker": speaker, **edges})


def _speaker(told: SpeakerRecord | None, name: str | None, known: Mapping[str, Any]) -> SpeakerRecord | None:
    mention = told["mention"] if told else None
    if name is None or (told and name == (told["name"] or (mention and mention["text"]))):
        return told
    if told and told["resolved_by"] == "name":
        mention = None
    return _told({**known, **SAID_SO, "name": name, "mention": mention})


def _told(known: Mapping[str, Any]) -> SpeakerRecord:
    return cast("SpeakerRecord", completed(Speaker, known))


def moved(content: Sequence[Sequence[int]], text: str) -> dict[str, Any]:
    """What of a record depends on its edges: type, text, content, paragraph."""
    from quotes.assemble import quote_type
    from quotes.grammar.boundaries import paragraph_breaks
    from quotes.grammar.marks import pair

    parts = [at(text, span) for span in content]
    breaks = paragraph_breaks(text)
    marks = pair(text, list(zip([0, *breaks], [*breaks, len(text)], strict=True)))
    return {
        "type": quote_type(text, [Span(**part) for part in parts], marks),
        "text": PART_SEPARATOR.join(part["text"] for part in parts),
        "content": parts,
        "paragraph": bisect_right(breaks, parts[0]["start"]),
    }


def at(text: str, span: Sequence[int]) -> SpanRecord:
    """A span of a text, given by its start and end in characters."""
    start, end = span
    return {"start": start, "end": end, "text": text[start:end]}
