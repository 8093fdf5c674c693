"""A quote as searches give it: with where else it stands, the verdict that stands, and the edges that it gave."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from quotes.line import joined, lead
from quotes.records import FLAGS, PART_SEPARATOR
from quotes.store.corrected import corrected
from quotes.store.database import Database
from quotes.store.fulltext import CLOSE, OPEN
from quotes.store.rows import context, listed, unpack
from quotes.store.verdicts import standing

PLACES = 10
"""Documents in which the same quote stands that are named with it."""

ROW = (
    "q.id, q.uid, q.document_id, q.date, q.outlet, q.speaker_id, q.speaker, q.type, q.act, q.text, q.context, "
    "q.topics, q.confidence, q.rule, q.group_id, q.record, q.cue, q.cue_lemma, q.negated, q.modal, q.question, "
    "q.lead, d.doc_id, d.title, d.url, s.name AS known_as, "
    "g.documents, g.first_seen"
)
JOINED = (
    "quotes q JOIN documents d ON d.id = q.document_id LEFT JOIN speakers s ON s.id = q.speaker_id "
    "LEFT JOIN groups g ON g.id = q.group_id"
)


def rows(
    db: Database, found: Sequence[Mapping[str, Any]], marked: Mapping[int, str] | None = None
) -> list[dict[str, Any]]:
    """Quotes as searches give them, in the order of the rows, with the edges that verdicts gave them.

    Args:
        db: the database.
        found: the columns ROW of each.
        marked: by the quote's row its text with marks around what matches.
    """
    verdicts, marked = standing(db, [one["id"] for one in found]), marked or {}
    places = _places(db, [one["group_id"] for one in found])
    shown = [
        row(
            one,
            verdicts.get(one["uid"]),
            _marks(one["text"], marked.get(one["id"])),
            [place for place in places.get(one["group_id"], ()) if place["id"] != one["uid"]],
        )
        for one in found
    ]
    return [_moved(db, one, as_found) for one, as_found in zip(found, shown, strict=True)]


def _places(db: Database, groups: Sequence[int | None]) -> dict[int | None, list[dict[str, Any]]]:
    """Where the quotes of groups stand, of each the earliest PLACES."""
    places: dict[int | None, list[dict[str, Any]]] = {}
    rows = db.execute(
        "SELECT * FROM (SELECT q.group_id, q.uid AS id, q.document_id AS document, d.doc_id, d.title, d.url, q.outlet, "
        "q.date, row_number() OVER (PARTITION BY q.group_id ORDER BY q.date IS NULL, q.date, q.id) AS place "
        "FROM quotes q JOIN documents d ON d.id = q.document_id "
        f"WHERE q.group_id IN ({listed(groups)})) placed WHERE place <= ? ORDER BY group_id, place",
        (PLACES,),
    )
    for one in map(dict, rows):
        del one["place"]
        places.setdefault(one.pop("group_id"), []).append(one)
    return places


def row(
    found: Mapping[str, Any], verdict: dict[str, Any] | None, matches: list[list[int]], elsewhere: list[dict[str, Any]]
) -> dict[str, Any]:
    """A quote as searches give it.

    id (the record's), doc_id, document (its row), title, url, date, outlet, speaker (the words of the record, or the
    name that a verdict gives), speaker_id (its row, or null), known_as (the speaker's name across documents), type,
    act, line (all of it in one, see ``quotes.line``), lead (what stands in that before the text), cue (its words, or
    null), cue_lemma, negated, modal, question, text, context, topics, confidence, rule, documents (how many have it:
    1, or those of its group), first_seen, group (its row, or null), elsewhere (the same quote in other documents, the
    earliest PLACES of them: id, document, doc_id, title, url, outlet, date), verdict (the one that stands, or null),
    and matches: pairs of offsets into text, half-open, in characters.
    """
    return {
        "id": found["uid"],
        "doc_id": found["doc_id"],
        "document": found["document_id"],
        "title": found["title"],
        "url": found["url"],
        "date": found["date"],
        "outlet": found["outlet"],
        "speaker": found["speaker"],
        "speaker_id": found["speaker_id"],
        "known_as": found["known_as"],
        "type": found["type"],
        "act": found["act"],
        "line": joined(found["lead"], found["text"]),
        "lead": found["lead"],
        "cue": found["cue"],
        "cue_lemma": found["cue_lemma"],
        **{flag: bool(found[flag]) for flag in FLAGS},
        "text": found["text"],
        "context": found["context"],
        "topics": found["topics"].split(", ") if found["topics"] else [],
        "confidence": found["confidence"],
        "rule": found["rule"],
        "documents": found["documents"] or 1,
        "first_seen": found["first_seen"] or found["date"],
        "group": found["group_id"],
        "elsewhere": elsewhere,
        "verdict": verdict,
        "matches": matches,
    }


def _moved(db: Database, found: Mapping[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    """A row with the edges that a verdict gave it."""
    if not (row["verdict"] and row["verdict"]["content"]):
        return row
    [text] = db.execute("SELECT text FROM documents WHERE id = ?", (row["document"],)).fetchone()
    before = unpack(dict(found))
    after = corrected(before, row["verdict"], text)
    if text is None or after is None:
        return row
    matches = [
        [there + start - here, there + end - here]
        for start, end in row["matches"]
        for here, there, length in _shared(before["content"], after["content"])
        if here <= start and end <= here + length
    ]
    before_it = lead(after, row["speaker"], text)
    told = {"line": joined(before_it, after["text"]), "lead": before_it, "type": after["type"], "text": after["text"]}
    return row | told | {"context": context(after, text), "matches": matches}


def _shared(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, int, int]]:
    """What two contents share: where it begins in the one's text, where in the other's, and its length."""
    for (here, a), (there, b) in product(_placed(before), _placed(after)):
        first, last = max(a["start"], b["start"]), min(a["end"], b["end"])
        if first < last:
            yield here + first - a["start"], there + first - b["start"], last - first


def _placed(content: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The parts of a content and where each begins in its text."""
    at = 0
    for part in content:
        yield at, part
        at += len(part["text"]) + len(PART_SEPARATOR)


def _marks(text: str, marked: str | None) -> list[list[int]]:
    """Where in a text the words that match stand, in characters, from the text with marks around them."""
    if not marked or OPEN in text or CLOSE in text:
        return []
    pieces = re.split(f"[{OPEN}{CLOSE}]", marked)
    places, at = [], 0
    for k, piece in enumerate(pieces):
        if k % 2:
            places.append([at, at + len(piece)])
        at += len(piece)
    return places
