"""Which speakers of several documents are one.

In order: the same id in the user's list; the same name but for capitals, accents, hyphens, blanks and titles; of
people the same given name in full and the same last name, where middle names don't contradict each other and only one
known speaker fits by all names that it goes by. Everything else is a speaker of its own: two people whose given names
differ, be it a nickname or an initial. A last name alone is a speaker of its document only. Those whom the text does
not name ("two officials", "police") are no speakers here: their quotes keep their words.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

from quotes.people.forms import Form, compare, form
from quotes.people.speakers import is_named
from quotes.records import Record, Speaker, SpeakerKind, SpeakerRecord, completed
from quotes.resolve import lexicon
from quotes.resolve.names import fold
from quotes.store.database import Database
from quotes.store.indexes import index
from quotes.store.rows import clean, listed

ACROSS: tuple[SpeakerKind, ...] = ("person", "organization", "place", "unknown")
"""Kinds of which the same name is the same speaker in other documents."""
PRONOUNS = {"he": "he", "him": "he", "his": "he", "himself": "he", "she": "she", "her": "she", "hers": "she"} | {
    "herself": "she"
}
WORD = re.compile(r"\w+")
SURE = 0.9
"""Confidence from which a pronoun tells a speaker's gender."""

taken_apart = lru_cache(100_000)(form)


def join(db: Database, document: int, records: Sequence[Record]) -> list[int | None]:
    """The speakers of a document's records, each as its row in speakers, found or made; None where it has no name. One
    that is merged into another is the row it was before: see ``roots``.

    Args:
        db: inside a transaction.
        document: the document's row.
        records: of that document.
    """
    entities: dict[str, list[SpeakerRecord]] = {}
    keys = [_entity(record["speaker"]) for record in records]
    for key, record in zip(keys, records, strict=True):
        if key is not None and record["speaker"]:
            entities.setdefault(key, []).append(record["speaker"])
    rows = {key: _speaker(db, document, speakers) for key, speakers in entities.items()}
    return [None if key is None else rows[key] for key in keys]


def _entity(speaker: SpeakerRecord | None) -> str | None:
    """What tells a speaker from the others of its document; None for one without a name."""
    if not speaker or not (speaker["name"] or "").strip():
        return None
    return str(speaker["id"] or speaker["entity"] or speaker["name"])


def _speaker(db: Database, document: int, speakers: Sequence[SpeakerRecord]) -> int | None:
    """The row of one entity, from all that its document's records tell of it."""
    first = speakers[0]
    name, kind = _blanks(first["name"] or ""), first["kind"]
    list_id = next((speaker["id"] for speaker in speakers if speaker["id"]), None)
    if list_id is None and (kind not in ACROSS or _is_words(name) or not any(map(is_named, speakers))):
        return None
    row = find(db, document, name, kind, list_id)
    if row is None:
        scope = None if list_id or _is_full(name, kind) else document
        row = _insert(db, name, kind, list_id, scope)
    _tell(db, row, speakers)
    return row


def _tell(db: Database, row: int, speakers: Sequence[SpeakerRecord]) -> None:
    """Add to a speaker's row what the records of one document tell: description, id in the user's list, names."""
    name, kind = _blanks(speakers[0]["name"] or ""), speakers[0]["kind"]
    list_id = next((speaker["id"] for speaker in speakers if speaker["id"]), None)
    description = next((s["description"] for s in speakers if s["description"]), None)
    db.execute(
        "UPDATE speakers SET description = coalesce(description, ?), list_id = coalesce(list_id, ?), "
        "kind = CASE WHEN kind = 'unknown' THEN ? ELSE kind END WHERE id = ?",
        (description and clean(description), list_id, kind, row),
    )
    given = dict.fromkeys(_blanks(speaker["name"] or "") for speaker in speakers)
    _add_names(db, row, kind, [*given, *_aliases(name, kind, speakers)])


def renew(db: Database, row: int) -> None:
    """Write anew what is known of a speaker, from the quotes that are still joined to it and the name that somebody
    gave it; of one without any of them nothing is left that could be found, unless it was merged. The names of one whom
    somebody named, or merged, stay while it has no quotes: those that come later go the same way."""
    merged = "merged_into IS NOT NULL OR EXISTS (SELECT 1 FROM speakers m WHERE m.merged_into = speakers.id)"
    [given, merged] = db.execute(f"SELECT given, {merged} FROM speakers WHERE id = ?", (row,)).fetchone()
    told = _told(db, row)
    if merged and not told:
        return
    if told or given is None:
        index(db).drop_names(db, row)
        db.execute("DELETE FROM speaker_names WHERE speaker_id = ?", (row,))
    if not told and given is None:
        db.execute("UPDATE speakers SET list_id = NULL, description = NULL WHERE id = ?", (row,))
        return
    if told:
        first = told[0][0]
        db.execute(
            "UPDATE speakers SET name = ?, kind = ?, list_id = NULL, description = NULL WHERE id = ?",
            (_blanks(first["name"] or ""), first["kind"], row),
        )
    for speakers in told:
        _tell(db, row, speakers)
    if given is not None:
        kind = db.execute("SELECT kind FROM speakers WHERE id = ?", (row,)).fetchone()[0]
        _add_names(db, row, kind, [given])
        db.execute("UPDATE speakers SET name = ? WHERE id = ?", (given, row))


def _told(db: Database, row: int) -> list[list[SpeakerRecord]]:
    """What each document's quotes tell of a speaker, in the order in which they were added: by the program, or by the
    name that a verdict gave them."""
    found = db.execute(
        f"SELECT q.id, q.document_id, q.record, q.speaker, f.quote_id FROM quotes q "
        f"LEFT JOIN found_speakers f ON f.quote_id = q.id WHERE {joined_as('q')} UNION ALL "
        "SELECT q.id, q.document_id, q.record, q.speaker, NULL FROM found_speakers f "
        "JOIN quotes q ON q.id = f.quote_id WHERE f.speaker_id = ? ORDER BY 1",
        (row, row, row),
    ).fetchall()
    told: dict[Any, list[SpeakerRecord]] = {}
    for id, document, record, words, by_verdict in found:
        known = json.loads(record).get("speaker") or {}
        if by_verdict is None:
            speaker = cast("SpeakerRecord", completed(Speaker, known))
            told.setdefault((document, _entity(speaker)), []).append(speaker)
        else:
            kind = known.get("kind")
            told[id] = [_by_name_alone(words, kind if kind in ACROSS else "person")]
    return list(told.values())


def joined_as(quotes: str = "quotes") -> str:
    """The condition, of two parameters, that quotes were joined to a speaker before it was merged."""
    return f"({quotes}.joined_as = ? OR {quotes}.speaker_id = ? AND {quotes}.joined_as IS NULL)"


def roots(db: Database, speakers: Iterable[int | None]) -> dict[int, int]:
    """Of speakers the ones into whom they are merged, or themselves."""
    of = f"FROM speakers WHERE id IN ({listed(set(speakers))})"
    return dict(db.execute(f"SELECT id, coalesce(merged_into, id) {of}").fetchall())


def assign(db: Database, quotes: Sequence[int], joined: int | None) -> None:
    """Give quotes to a speaker, and count them with the one into whom that is merged."""
    root = None if joined is None else roots(db, [joined])[joined]
    some = f"id IN ({listed(quotes)})"
    counts: dict[int | None, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in db.execute(f"SELECT speaker_id, record FROM quotes WHERE {some}").fetchall():
        known = json.loads(row["record"]).get("speaker")
        word = pronoun(cast("SpeakerRecord", completed(Speaker, known))) if known else None
        for speaker, change in ((row["speaker_id"], -1), (root, 1)):
            for k, one in enumerate((1, word == "he", word == "she")):
                counts[speaker][k] += change * one
    db.execute(
        f"UPDATE quotes SET speaker_id = ?, joined_as = ? WHERE {some}", (root, None if joined == root else joined)
    )
    count(db, counts)


def count(db: Database, counts: Mapping[int | None, Sequence[int]]) -> None:
    """Add to speakers' numbers of quotes, and of these the ones beside which "he" and "she" stand."""
    db.executemany(
        "UPDATE speakers SET quotes = quotes + ?, he = he + ?, she = she + ? WHERE id = ?",
        [(*change, speaker) for speaker, change in counts.items() if speaker is not None],
    )


def find(db: Database, document: int, name: str, kind: SpeakerKind, list_id: str | None = None) -> int | None:
    """The row of a speaker who is known already."""
    if list_id and (row := _by_id(db, list_id)) is not None:
        return row
    if _is_full(name, kind):
        return _by_name(db, name, kind, list_id)
    return None if list_id else _in_document(db, document, name, kind)


def pronoun(speaker: SpeakerRecord) -> str | None:
    """Which of "he" and "she" stands beside a quote and is surely the speaker's."""
    sure = speaker["resolved_by"] == "pronoun" and speaker["confidence"] >= SURE
    return PRONOUNS.get(_mention(speaker).lower()) if sure else None


def meant(db: Database, document: int, name: str, likely: SpeakerKind) -> int | None:
    """The row of the speaker whom somebody calls by a name, found or made; None where it is no name ("police").

    Args:
        db: inside a transaction.
        document: the row of the document in which they speak.
        name: as somebody wrote it.
        likely: the kind that is looked for before all others, and of which a speaker is that nobody knows yet.
    """
    if not (name := _blanks(name)):
        return None
    for kind in dict.fromkeys((likely, *ACROSS)):
        if (row := find(db, document, name, kind)) is not None:
            _add_names(db, row, kind, [name])
            return row
    return _speaker(db, document, [_by_name_alone(name, likely)])


def _by_name_alone(name: str, kind: SpeakerKind) -> SpeakerRecord:
    told = completed(Speaker, {"name": name, "mention": None, "kind": kind, "resolved_by": "name", "confidence": 1.0})
    return cast("SpeakerRecord", told)


def _blanks(name: str) -> str:
    return " ".join(clean(name).split())


def same_name(one: str | None, other: str, kind: SpeakerKind) -> bool:
    """Whether two names are the same but for capitals, accents, hyphens, blanks and titles."""
    return bool(one) and taken_apart(_blanks(one or ""), kind).whole == taken_apart(_blanks(other), kind).whole


def _is_words(name: str) -> bool:
    """Whether a name begins with a common noun: "spokeswoman for Brügger"."""
    first = name.split()[0]
    return first.islower() and fold(first) not in lexicon.particles()


def _mention(speaker: SpeakerRecord) -> str:
    return _blanks(speaker["mention"]["text"]) if speaker["mention"] else ""


def _is_full(name: str, kind: SpeakerKind) -> bool:
    """Whether the name means the same in other documents: of people a given and a last name, or several initials."""
    if kind in ("organization", "place"):
        return bool(taken_apart(name, kind).last)
    given = taken_apart(name, kind).given
    if not given or (given[0] in lexicon.titles() and given[0] not in lexicon.first_names()):
        return False
    return len(given[0]) > 1 or len(given) > 1


def _aliases(name: str, kind: SpeakerKind, speakers: Iterable[SpeakerRecord]) -> list[str]:
    """Other full names that the document itself has for a person whose name is full."""
    if kind != "person" or not _is_full(name, kind):
        return []
    names = dict.fromkeys(_mention(s) for s in speakers if s["resolved_by"] == "name")
    own = taken_apart(name, kind)
    return [
        other
        for other in names
        if other != name
        and _is_full(other, kind)
        and taken_apart(other, kind).last == own.last
        and compare(own, taken_apart(other, kind))
    ]


def _by_id(db: Database, list_id: str) -> int | None:
    row = db.execute("SELECT id FROM speakers WHERE list_id = ?", (list_id,)).fetchone()
    return row and int(row[0])


def _in_document(db: Database, document: int, name: str, kind: str) -> int | None:
    row = db.execute(
        "SELECT id FROM speakers WHERE document_id = ? AND name = ? AND kind = ?", (document, name, kind)
    ).fetchone()
    return row and int(row[0])


def _by_name(db: Database, name: str, kind: SpeakerKind, list_id: str | None) -> int | None:
    """The one known speaker that a full name means; None where there is none, or several may be meant.

    Of several of exactly that name, the one that is on no list of the user's comes first.
    """
    own = taken_apart(name, kind)
    same = [row for row in _named(db, "form", own.whole, kind) if compare(own, taken_apart(row["name"], kind))]
    for rows in (
        [row for row in same if row["kind"] == kind and row["list_id"] is None],
        [row for row in same if row["kind"] == kind and list_id is None],
        [row for row in same if "unknown" in (kind, row["kind"]) and (row["list_id"] is None or list_id is None)],
    ):
        found = {row["root"]: int(row["id"]) for row in rows}
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
    if list_id or not (family := _family(own, kind)):
        return None
    fitting = {row["id"]: row["root"] for row in _named(db, "family", family, kind) if row["kind"] == kind}
    found = {
        root: int(id)
        for id, root in fitting.items()
        if all(compare(own, taken_apart(other, kind)) for other in names(db, id))
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _family(shape: Form, kind: str) -> str | None:
    """A person's first given name and last name, or None where the given name is an initial."""
    if kind != "person" or not shape.given or len(shape.given[0]) < 2:
        return None
    return f"{shape.given[0]} {shape.last}"


def _named(db: Database, column: str, value: str, kind: str) -> list[Mapping[str, Any]]:
    return db.execute(
        "SELECT s.id, coalesce(s.merged_into, s.id) AS root, s.kind, s.list_id, n.name "
        f"FROM speaker_names n JOIN speakers s ON s.id = n.speaker_id WHERE n.{column} = ? "
        "ORDER BY s.merged_into IS NULL, s.id",
        (value,),
    ).fetchall()


def names(db: Database, speaker: int) -> list[str]:
    """All names that a speaker goes by, the first known first."""
    rows = db.execute("SELECT name FROM speaker_names WHERE speaker_id = ? ORDER BY id", (speaker,))
    return [row[0] for row in rows]


def all_names(db: Database, speaker: int) -> list[str]:
    """The names that a speaker goes by, and then those of the speakers that are merged into it."""
    rows = db.execute(
        "SELECT n.name FROM speaker_names n JOIN speakers s ON s.id = n.speaker_id "
        "WHERE s.id = ? OR s.merged_into = ? ORDER BY s.merged_into IS NOT NULL, n.id",
        (speaker, speaker),
    )
    return list(dict.fromkeys(row[0] for row in rows))


def _insert(db: Database, name: str, kind: str, list_id: str | None, document: int | None) -> int:
    made = db.execute(
        "INSERT INTO speakers (name, kind, list_id, document_id) VALUES (?, ?, ?, ?) RETURNING id",
        (name, kind, list_id, document),
    )
    return int(made.fetchone()[0])


def _add_names(db: Database, speaker: int, kind: SpeakerKind, found: Iterable[str]) -> None:
    """Keep the names that say something new; a name without the title that the speaker's has becomes the speaker's.

    A name that is left out has all words of one that is kept: searches rely on it.
    """
    known = names(db, speaker)
    for name in found:
        shape = taken_apart(name, kind) if _is_full(name, kind) else None
        same = [other for other in known if shape and taken_apart(other, kind).whole == shape.whole]
        if any(_words(other) <= _words(name) for other in same):
            continue
        if known and known[0] in same and _words(name) < _words(known[0]):
            db.execute("UPDATE speakers SET name = ? WHERE id = ?", (name, speaker))
        known.append(name)
        made = db.execute(
            "INSERT INTO speaker_names (speaker_id, name, form, family) VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO NOTHING RETURNING id",
            (speaker, name, shape and shape.whole, shape and _family(shape, kind)),
        ).fetchone()
        if made:
            index(db).put_name(db, made[0], name)


def _words(name: str) -> set[str]:
    """The words of a name as the full-text index has them."""
    plain = unicodedata.normalize("NFKD", name.lower())
    return set(WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))
