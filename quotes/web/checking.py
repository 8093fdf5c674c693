"""What somebody says of a quote: from a form to the database, and from the database to lines for a reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quotes.records import PART_SEPARATOR, Record
from quotes.store import Store, Verdict
from quotes.web.edges import NotThere, locate


class NotChecked(ValueError):
    """A verdict that can't be kept; the message says why."""


@dataclass(frozen=True, slots=True)
class Check:
    """A filled-in form."""

    verdict: Verdict
    speaker: str
    content: Sequence[str]
    """The parts of the content as they should be."""

    @classmethod
    def of(cls, record: Record) -> Check:
        """The form as it is before anybody fills it in."""
        return cls("right", "", [part["text"] for part in record["content"]])


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
        return db.verdict(id, "edges", by, content=_moved(db, id, said.content))
    return db.verdict(id, said.verdict, by)


def _moved(db: Store, id: str, parts: Sequence[str]) -> list[tuple[int, int]]:
    quote = db.quote(id)
    document = quote and db.document(quote["document"])
    if not quote or not document or document["text"] is None:
        raise NotChecked("The article's text is not in the database, so edges can't be moved.")
    before = [(part["start"], part["end"]) for part in quote["record"]["content"]]
    if len(parts) != len(before):
        raise NotChecked(f"This quote has {len(before)} parts, and the form had {len(parts)}.")
    try:
        spans = locate(document["text"], parts, [start for start, _ in before])
    except NotThere as error:
        raise NotChecked(str(error)) from error
    if spans == before:
        raise NotChecked("These are the edges that it has. Change the words to what the quote should be.")
    return spans


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
