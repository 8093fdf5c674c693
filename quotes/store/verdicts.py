"""What people who checked say of quotes: kept with who and when, never deleted, only undone.

Of a quote the last verdict that is not undone stands. It says something of the quote as it was corrected before: who
calls a quote right whose speaker somebody set, or moves its edges, leaves it with that speaker. So each verdict has in
itself all corrections that it leaves in force.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Literal, get_args

from quotes.records import ACTS, REPORTED, Record, SpanRecord
from quotes.store.changes import now
from quotes.store.corrected import corrected
from quotes.store.database import Database
from quotes.store.errors import StoreError
from quotes.store.rows import clean, listed, unpack
from quotes.store.settle import settle

Verdict = Literal["right", "wrong", "speaker", "edges"]
"""A quote as it is, with its speaker; none; one of another speaker; one with other edges."""
MISSED = "checked.missed"
"""The rule of a quote that somebody added, see ``quotes.store.missed``."""
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
Span = tuple[int, int]
"""Start and end in characters of the document's text, half-open."""


class VerdictError(StoreError):
    """A verdict that can't be given; the message says why."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of a quote, names without blanks around them; see ``Store.verdict``."""

    verdict: Verdict
    who: str
    speaker: str | None = None
    mention: Span | None = None
    content: Sequence[Span] | None = None

    def check(self, text: str | None) -> None:
        """Refuse what doesn't fit together, or not the document's text."""
        if self.verdict not in VERDICTS:
            raise VerdictError(f"no verdict is called {self.verdict!r}, only {', '.join(VERDICTS)}")
        if not self.who:
            raise VerdictError("a verdict needs the name of whoever gives it")
        if (self.verdict == "speaker") != bool(self.speaker):
            raise VerdictError("the verdict speaker, and no other, takes the name of the speaker")
        if (self.verdict == "edges") != bool(self.content):
            raise VerdictError("the verdict edges, and no other, takes the parts of the content")
        for start, end in (*(self.content or ()), *((self.mention,) if self.mention else ())):
            if not 0 <= start < end or (text is not None and end > len(text)):
                raise VerdictError(f"{start} to {end} is no part of the document's text")
            if text is not None and not text[start:end].strip():
                raise VerdictError(f"{start} to {end} has no words in it")
        if self.content and any(after[0] < before[1] for before, after in pairwise(self.content)):
            raise VerdictError("parts of a content stand in order and don't overlap")

    def after(self, before: Mapping[str, Any]) -> Said:
        """The same of a quote that another verdict has corrected: those corrections are part of what is said now."""
        return replace(
            self,
            speaker=self.speaker or before["speaker"],
            mention=self.mention or (None if self.speaker else before["mention"]),
            content=self.content or before["content"],
        )


def give(db: Database, uid: str, said: Said) -> int:
    """Keep a verdict on a quote and give the quote to whoever said it; see ``Store.verdict``, within a transaction."""
    row = db.execute(
        "SELECT q.id, d.text FROM quotes q JOIN documents d ON d.id = q.document_id WHERE q.uid = ?", (uid,)
    ).fetchone()
    if row is None:
        raise VerdictError(f"no quote has the id {uid!r}")
    said.check(row["text"])
    if before := standing(db, [row["id"]]).get(uid):
        said = said.after(before)
    made = db.execute(
        "INSERT INTO verdicts (quote_id, verdict, speaker, mention, content, who, at) VALUES (?, ?, ?, ?, ?, ?, ?) "
        "RETURNING id",
        (
            row["id"],
            said.verdict,
            said.speaker,
            json.dumps(said.mention) if said.mention else None,
            json.dumps(said.content) if said.content else None,
            said.who,
            now(),
        ),
    )
    number = int(made.fetchone()[0])
    _settle(db, row["id"])
    return number


def undo(db: Database, id: int, who: str) -> None:
    """Undo a verdict and give the quote to whoever said it by the one before; see ``Store.undo``, within a
    transaction."""
    row = db.execute(
        "SELECT v.quote_id, q.uid, q.rule FROM verdicts v JOIN quotes q ON q.id = v.quote_id "
        "WHERE v.id = ? AND v.undone_at IS NULL",
        (id,),
    ).fetchone()
    if row is None:
        raise VerdictError(f"verdict {id} does not stand: there is none, or it was undone")
    db.execute("UPDATE verdicts SET undone_by = ?, undone_at = ? WHERE id = ?", (clean(who), now(), id))
    if row["rule"] == MISSED and not standing(db, [row["quote_id"]]):
        # nobody says any more that there is a quote which only people found
        give(db, row["uid"], Said("wrong", clean(who)))
    _settle(db, row["quote_id"])


def _settle(db: Database, quote: int) -> None:
    settle(db, quote, next((verdict["speaker"] for verdict in standing(db, [quote]).values()), None))


def of_quote(db: Database, uid: str) -> list[dict[str, Any]]:
    """All verdicts on a quote, the first given first; the last with undone_at null stands."""
    rows = db.execute(
        "SELECT v.*, q.uid FROM verdicts v JOIN quotes q ON q.id = v.quote_id WHERE q.uid = ? ORDER BY v.id", (uid,)
    )
    return [_verdict(row) for row in rows]


def standing(db: Database, quotes: Iterable[int]) -> dict[str, dict[str, Any]]:
    """The verdicts that stand on quotes, given by their rows, by the quotes' ids: of each the last that was not
    undone."""
    rows = db.execute(
        "SELECT v.*, q.uid FROM verdicts v JOIN quotes q ON q.id = v.quote_id WHERE v.id IN "
        f"(SELECT max(id) FROM verdicts WHERE undone_at IS NULL AND quote_id IN ({listed(quotes)}) GROUP BY quote_id)"
    )
    return {row["uid"]: _verdict(row) for row in rows}


def _verdict(row: Mapping[str, Any]) -> dict[str, Any]:
    found = {key: row[key] for key in ("id", "verdict", "speaker", "mention", "content", "who", "at")}
    found |= {"undone_by": row["undone_by"], "undone_at": row["undone_at"], "quote": row["uid"]}
    for key in ("mention", "content"):
        found[key] = json.loads(found[key]) if found[key] else None
    return found


def counts(db: Database, documents: Iterable[int]) -> dict[int, int]:
    """By document, each given by its row, how many of its quotes have a verdict that stands."""
    found = db.execute(
        "SELECT q.document_id, count(DISTINCT q.id) FROM verdicts v JOIN quotes q ON q.id = v.quote_id "
        f"WHERE v.undone_at IS NULL AND q.document_id IN ({listed(documents)}) GROUP BY q.document_id"
    )
    return dict(found.fetchall())


def documents(db: Database) -> int:
    """How many documents have a quote with a verdict that stands."""
    found = db.execute(
        "SELECT count(DISTINCT q.document_id) FROM verdicts v JOIN quotes q ON q.id = v.quote_id "
        "WHERE v.undone_at IS NULL"
    )
    return int(found.fetchone()[0])


def gold(db: Database, partly: bool = False) -> Iterator[dict[str, Any]]:
    """Checked documents as gold, in the order of their rows: see ``quotes.learn.gold.load_jsonl``.

    A document counts as checked when all its quotes have a verdict that stands. Its quotes are as those verdicts have
    them: see ``quotes.store.corrected``.

    Args:
        db: the database.
        partly: documents too of which only some quotes have a verdict; the others count as right.

    Yields:
        {"id", "text", "quotes": [{"source", "cue", "content"}, …], "acts"}, and beyond what scorers read "checked": the
        share of the document's quotes with a verdict, and in a quote with another speaker its name: "speaker". Acts
        are those that its quotes were looked at for: of others nobody was asked.
    """
    documents = db.execute(
        "SELECT DISTINCT d.id, d.doc_id, d.text FROM verdicts v JOIN quotes q ON q.id = v.quote_id "
        "JOIN documents d ON d.id = q.document_id WHERE v.undone_at IS NULL AND d.text IS NOT NULL ORDER BY d.id"
    ).fetchall()
    for document in documents:
        rows = db.execute(
            "SELECT q.*, d.doc_id FROM quotes q JOIN documents d ON d.id = q.document_id "
            "WHERE q.document_id = ? ORDER BY q.id",
            (document["id"],),
        ).fetchall()
        verdicts = standing(db, [row["id"] for row in rows])
        checked = sum(row["uid"] in verdicts for row in rows)
        if checked < len(rows) and not partly:
            continue
        quotes = [_gold(unpack(row), verdicts.get(row["uid"]), document["text"]) for row in rows]
        yield {
            "id": document["doc_id"],
            "text": document["text"],
            "acts": [act for act in ACTS if act in REPORTED or any(row["act"] == act for row in rows)],
            "quotes": sorted(filter(None, quotes), key=lambda quote: quote["content"]),
            "checked": round(checked / len(rows), 4),
        }


def _gold(record: Record, verdict: dict[str, Any] | None, text: str) -> dict[str, Any] | None:
    found = corrected(record, verdict, text)
    if found is None:
        return None
    source, cue = found["speaker"] and found["speaker"]["mention"], found["cue"]
    quote: dict[str, Sequence[SpanRecord]] = {
        "source": [source] if source else [],
        "cue": [cue] if cue else [],
        "content": found["content"],
    }
    gold: dict[str, Any] = {key: [[span["start"], span["end"]] for span in spans] for key, spans in quote.items()}
    return gold | ({"speaker": verdict["speaker"]} if verdict and verdict["speaker"] else {})
