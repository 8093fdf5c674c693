"""What somebody says of a quote: from a form to the database, and from the database to lines for a reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quotes.records import PART_SEPARATOR, Record
from quotes.store import Missed, Store, Verdict
from quotes.web.edges import NotThere, Span, locate, replaced


class NotChecked(ValueError):
    """A verdict that can't be kept; the message says why."""


@dataclass(frozen=True, slots=True)
class Check:
    """A filled-in form."""

    verdict: Verdict
    speaker: str
    content: Sequence[str]
    """The parts of the content as they should be."""
    place: Span | None = None
    """Words of the text that were selected, in place of what stands in ``content``."""

    @classmethod
    def of(cls, record: Record) -> Check:
        """The form as it is before anybody fills it in."""
        return cls("right", "", [part["text"] for part in record["content"]])


@dataclass(frozen=True, slots=True)
class Addition:
    """A filled-in form for a quote that the program missed."""

    content: str = ""
    speaker: str = ""
    cue: str = ""
    how: str = ""
    """One of ``quotes.records.FLAGS``, or "" for what was plainly said."""
    place: Span | None = None
    """Where the words stood when they were selected."""


@dataclass(frozen=True, slots=True)
class Line:
    """A verdict as the page tells of it."""

    id: int
    label: str
    who: str
    at: str
    undone_by: str | None
    undone_at: str | None


def judge(db: Store, id: str, said: Check, by: str) -> int:
    """Keep a verdict.

    Args:
        db: the database.
        id: the quote's.
        said: the form.
        by: who says so.

    Returns:
        the verdict's number.

    Raises:
        NotChecked: the form does not fit; VerdictError: the store's.
    """
    if not by:
        raise NotChecked("Say who you are: a verdict is kept with its name.")
    if said.verdict == "speaker":
        if not said.speaker.strip():
            raise NotChecked("Say who it was: the name is missing.")
        return db.verdict(id, "speaker", by, speaker=" ".join(said.speaker.split()))
    if said.verdict == "edges":
        return db.verdict(id, "edges", by, content=_moved(db, id, said))
    return db.verdict(id, said.verdict, by)


def _moved(db: Store, id: str, said: Check) -> list[Span]:
    quote = db.quote(id)
    document = quote and db.document(quote["document"])
    if not quote or not document or document["text"] is None:
        raise NotChecked("The article's text is not in the database, so edges can't be moved.")
    given = quote["verdict"] and quote["verdict"]["content"]
    before = [(start, end) for start, end in given or _spans(quote["record"])]
    if said.place:
        spans = replaced(before, said.place)
    elif len(said.content) != len(before):
        raise NotChecked(f"This quote has {len(before)} parts, and the form had {len(said.content)}.")
    else:
        spans = _located(document["text"], said.content, [start for start, _ in before])
    if spans == before:
        raise NotChecked("These are the edges that it has. Change the words to what the quote should be.")
    return spans


def _spans(record: Record) -> list[Span]:
    return [(part["start"], part["end"]) for part in record["content"]]


def _located(text: str, parts: Sequence[str], near: Sequence[int]) -> list[Span]:
    try:
        return locate(text, parts, near)
    except NotThere as error:
        raise NotChecked(str(error)) from error


def add_missed(db: Store, document: int, added: Addition, by: str) -> str:
    """Add a quote that the program missed.

    Args:
        db: the database.
        document: its row.
        added: the form; the words may have been changed after they were selected.
        by: who adds it.

    Returns:
        the quote's id.

    Raises:
        NotChecked: the form does not fit; VerdictError: the store's.
    """
    text = (db.document(document) or {}).get("text")
    if text is None:
        raise NotChecked("The article's text is not in the database, so no quote can be added.")
    if not by:
        raise NotChecked("Say who you are: a quote is added under a name.")
    near = added.place[0] if added.place else 0
    content = _located(text, [added.content], [near])
    [cue] = _located(text, [added.cue], [content[0][0]]) if added.cue.strip() else [None]
    speaker = " ".join(added.speaker.split())
    found = Missed(content, by, speaker, _mention(text, speaker, content[0]), cue, [added.how] if added.how else [])
    return db.add_missed(document, found)


def _mention(text: str, speaker: str, content: Span) -> Span | None:
    """Where a speaker's name stands, if it does so in the quote's own paragraph and outside it."""
    if not speaker:
        return None
    try:
        [(start, end)] = locate(text, [speaker], [content[0]])
    except NotThere:
        return None
    between = text[min(end, content[1]) : max(start, content[0])]
    inside = start < content[1] and content[0] < end
    return None if inside or "\n\n" in between else (start, end)


def words(verdict: Mapping[str, Any], text: str | None) -> str:
    """A verdict in words, with the corrections that it leaves in force: "right, said by Ada Lund"."""
    said = [verdict["verdict"]] if verdict["verdict"] in ("right", "wrong") else []
    if verdict["speaker"]:
        said.append(f"said by {verdict['speaker']}")
    if verdict["content"]:
        parts = (" ".join(text[start:end].split()) for start, end in verdict["content"]) if text is not None else ()
        said.append(f"edges moved: {PART_SEPARATOR.join(parts)}".removesuffix(": "))
    return ", ".join(said)


def history(verdicts: Sequence[Mapping[str, Any]], text: str | None) -> list[Line]:
    """All verdicts on a quote, the last first."""
    return [
        Line(one["id"], words(one, text), one["who"], one["at"], one["undone_by"], one["undone_at"])
        for one in reversed(verdicts)
    ]
