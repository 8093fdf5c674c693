"""Wire copy: the same quote in several documents is one group.

Two quotes are one when their words are the same and their speakers don't contradict each other, or when they are of the
same speaker and nearly the same (rapidfuzz's ratio), with the same figures and the same words of denial. Short ones are
nobody's: "the bill" is said every day.

So that time per quote stays the same however many there are, a quote is compared only with those that share a key with
it: a hash of all its words, or one of the three least hashes of its runs of three words together with the speaker.
That is a bottom-k sketch (Broder, "On the resemblance and containment of documents", 1997): where 80% of the runs of
two quotes are in both, they share one of three keys in about 99 of 100 cases. Of a key that many have, the last few are
looked at. Only the first quote of a group has keys.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Any
from zlib import crc32

from quotes.extras import need
from quotes.resolve.names import fold
from quotes.store.database import Database
from quotes.store.rows import listed

WORD = re.compile(r"\w+(?:['’]\w+)*")
SHORTEST = 6
"""Words from which the same words are no coincidence."""
LONG = 12
"""Words from which that holds also where one of two speakers is not known by name."""
RUN = 3
"""Words in a run."""
SKETCH = 3
"""Runs of a quote that are its keys."""
LOOKED_AT = 8
"""Quotes of a key that are compared."""
ALIKE = 90
"""Ratio, 0 to 100, from which words are nearly the same."""
DENIALS = frozenset({"no", "not", "never", "none", "nobody", "nothing", "nor", "neither", "without", "cannot"})


def words(text: str) -> list[str]:
    """The words of a text, without capitals, accents' variants of apostrophes and marks."""
    return WORD.findall(text.lower().replace("’", "'"))


def group(db: Database, quote: Mapping[str, Any], speaker_is_shared: bool) -> int | None:
    """The group that a quote belongs to, counting it in; None where no other document has it.

    Args:
        db: inside a transaction.
        quote: its row, with id, text, document_id, date, speaker_id and speaker.
        speaker_is_shared: whether the speaker may be met in other documents.

    Raises:
        quotes.extras.MissingPackage: a ValueError: rapidfuzz is not installed.
    """
    own = words(quote["text"])
    if len(own) < SHORTEST:
        return None
    exact = int.from_bytes(blake2b(" ".join(own).encode(), digest_size=8).digest(), "big", signed=True)
    near = _sketch(own, quote["speaker_id"]) if speaker_is_shared else []
    for key in (exact, *near):
        for other in _of_key(db, key):
            if other["document_id"] != quote["document_id"] and (
                _same(own, quote, other) if key == exact else _nearly(own, quote, other)
            ):
                return _count_in(db, quote, other)
    db.executemany(
        "INSERT INTO wire_keys VALUES (?, ?) ON CONFLICT DO NOTHING", [(key, quote["id"]) for key in (exact, *near)]
    )
    return None


def regroup(db: Database, quotes: Iterable[int], groups: Iterable[int] = ()) -> None:
    """Group quotes anew, and with them all others of their groups, in the order in which they were added.

    Args:
        db: inside a transaction.
        quotes: the rows of quotes whose speaker changed, or who came back.
        groups: the rows of groups that lost some.
    """
    some = f"id IN ({listed(quotes)})"
    touched = {row[0] for row in db.execute(f"SELECT DISTINCT group_id FROM quotes WHERE {some}")} | set(groups)
    some = f"({some} OR group_id IN ({listed(touched)}))"
    ids = [row[0] for row in db.execute(f"SELECT id FROM quotes WHERE {some}")]
    db.execute(f"UPDATE quotes SET group_id = NULL WHERE id IN ({listed(ids)})")
    db.execute(f"DELETE FROM wire_keys WHERE quote_id IN ({listed(ids)})")
    db.execute(f"DELETE FROM groups WHERE id IN ({listed(touched)})")
    rows = db.execute(
        "SELECT q.id, q.text, q.document_id, q.date, q.speaker_id, q.speaker, "
        "s.id IS NOT NULL AND s.document_id IS NULL AS shared "
        f"FROM quotes q LEFT JOIN speakers s ON s.id = q.speaker_id WHERE q.id IN ({listed(ids)}) ORDER BY q.id"
    ).fetchall()
    joined = {}
    for row in rows:
        if (found := group(db, row, bool(row["shared"]))) is not None:
            joined[row["id"]] = found
            db.execute("UPDATE quotes SET group_id = ? WHERE id = ?", (found, row["id"]))
    recount(db, joined.values())


def recount(db: Database, groups: Iterable[int]) -> None:
    """Write anew where and when groups were first seen, of which quotes came earlier or the date of a document
    changed."""
    for id in dict.fromkeys(groups):
        of = "FROM quotes WHERE group_id = groups.id"
        db.execute(
            f"UPDATE groups SET documents = (SELECT count(DISTINCT document_id) {of}), "
            f"first_seen = (SELECT min(date) {of}), "
            f"first_document_id = (SELECT document_id {of} ORDER BY date IS NULL, date, id LIMIT 1), "
            f"text = (SELECT text {of} ORDER BY id LIMIT 1) WHERE id = ?",
            (id,),
        )


def _sketch(own: list[str], speaker: int) -> list[int]:
    runs = zip(*(own[k:] for k in range(RUN)), strict=False)
    return sorted({crc32(f"{speaker} {' '.join(run)}".encode()) for run in runs})[:SKETCH]


def _of_key(db: Database, key: int) -> list[Mapping[str, Any]]:
    return db.execute(
        "SELECT q.id, q.text, q.document_id, q.date, q.speaker_id, q.speaker, q.group_id "
        "FROM wire_keys k JOIN quotes q ON q.id = k.quote_id WHERE k.key = ? ORDER BY k.quote_id DESC LIMIT ?",
        (key, LOOKED_AT),
    ).fetchall()


def _same(own: list[str], quote: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    if own != words(other["text"]):
        return False
    a, b = (fold(one["speaker"] or "").split() for one in (quote, other))
    if None in (quote["speaker_id"], other["speaker_id"]):
        return len(own) >= LONG or a == b
    # Merkel, where the other has Angela Merkel
    return quote["speaker_id"] == other["speaker_id"] or (1 in (len(a), len(b)) and a[-1:] == b[-1:])


def _nearly(own: list[str], quote: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    if quote["speaker_id"] != other["speaker_id"]:
        return False
    theirs = words(other["text"])
    if _telling(own) != _telling(theirs):
        return False
    alike: float = need("rapidfuzz.fuzz", "db").ratio(" ".join(own), " ".join(theirs), score_cutoff=ALIKE)
    return alike >= ALIKE


def _telling(of: list[str]) -> Counter[str]:
    """The words that may turn a statement into another one: figures and denials."""
    return Counter(word for word in of if word in DENIALS or word.endswith("n't") or any(map(str.isdigit, word)))


def _count_in(db: Database, quote: Mapping[str, Any], other: Mapping[str, Any]) -> int:
    id = other["group_id"]
    if id is None:
        made = db.execute(
            "INSERT INTO groups (text, first_seen, first_document_id, documents) VALUES (?, ?, ?, 1) RETURNING id",
            (other["text"], other["date"], other["document_id"]),
        )
        id = made.fetchone()[0]
        db.execute("UPDATE quotes SET group_id = ? WHERE id = ?", (id, other["id"]))
    known = db.execute(
        "SELECT 1 FROM quotes WHERE group_id = ? AND document_id = ? LIMIT 1", (id, quote["document_id"])
    ).fetchone()
    db.execute("UPDATE groups SET documents = documents + ? WHERE id = ?", (int(known is None), id))
    if quote["date"] is not None:
        db.execute(
            "UPDATE groups SET first_seen = ?, first_document_id = ? "
            "WHERE id = ? AND (first_seen IS NULL OR first_seen > ?)",
            (quote["date"], quote["document_id"], id, quote["date"]),
        )
    return int(id)
