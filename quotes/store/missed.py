"""Quotes that the program missed, added by people who checked.

Such a quote is a row like all others, found by the rule ``MISSED``, and stands by a verdict of whoever added it: where
none stands any more, it counts as wrong (see ``quotes.store.verdicts.undo``).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, cast

from quotes.grammar.lemma import lemma
from quotes.lexicon.cues import cue as entry
from quotes.records import FLAGS, CueRecord, Quote, Record, completed, quote_id
from quotes.store.add import Added, Incoming, insert
from quotes.store.corrected import at, moved
from quotes.store.database import Database
from quotes.store.rows import clean
from quotes.store.verdicts import MISSED, Said, Span, VerdictError, give


@dataclass(frozen=True, slots=True)
class Missed:
    """A quote as somebody marked it in a document's text."""

    content: Sequence[Span]
    """Its parts, in order."""
    who: str
    """Whoever adds it."""
    speaker: str | None = None
    """The name of whoever said it; None where the text names nobody."""
    mention: Span | None = None
    """Where the text names them."""
    cue: Span | None = None
    """The words that report."""
    flags: Collection[str] = ()
    """Those of ``quotes.records.FLAGS`` that hold."""


def add(db: Database, document: int, missed: Missed) -> str:
    """Add a quote to a document; see ``Store.add_missed``, within a transaction."""
    found = db.execute("SELECT doc_id, text FROM documents WHERE id = ?", (document,)).fetchone()
    if found is None or found["text"] is None:
        raise VerdictError(f"there is no document {document} whose text is in the database")
    text = str(found["text"])
    who, speaker = clean(missed.who.strip()), clean((missed.speaker or "").strip()) or None
    said = Said("speaker" if speaker else "right", who, speaker, missed.mention)
    said.check(text)
    # the words themselves are checked as those of moved edges are
    Said("edges", who, content=missed.content, mention=missed.cue).check(text)
    if missed.flags and missed.cue is None:
        raise VerdictError("whether it was denied, planned or asked is told of the words that report: name them")
    uid = quote_id(found["doc_id"], list(missed.content))
    if db.execute("SELECT 1 FROM quotes WHERE uid = ?", (uid,)).fetchone():
        raise VerdictError("this quote is there already, word for word")
    insert(db, Incoming(found["doc_id"], text, None, [_record(uid, found["doc_id"], text, missed)]), Added())
    give(db, uid, said)
    return uid


def _record(uid: str, doc_id: str, text: str, missed: Missed) -> Record:
    known: dict[str, Any] = {"id": uid, "doc_id": doc_id, "act": "speech", "cue": _cue(text, missed), "speaker": None}
    known |= {"addressee": None, "confidence": 1.0, "rule": MISSED, **moved(missed.content, text)}
    return cast("Record", completed(Quote, known))


def _cue(text: str, missed: Missed) -> CueRecord | None:
    if missed.cue is None:
        return None
    words = at(text, missed.cue)
    head = lemma(words["text"].split()[0].lower(), "V")
    sense = entry(head, "V").sense
    flags = {flag: flag in missed.flags for flag in FLAGS}
    flags["negated"] |= sense == "denied"
    flags["question"] |= sense == "asked"
    return cast("CueRecord", {**words, "lemma": head, **flags})
