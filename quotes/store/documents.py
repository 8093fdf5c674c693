"""Documents put right: what is known of them filled in or corrected, and whole ones taken out and brought back.

A document that is taken out is in no table that searches and counts read; its rows are kept in removed, and it stays
out when it is added again. Brought back it has what it had: verdicts, speakers that somebody named, topics.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from quotes.records import META, SpeakerKind
from quotes.store.changes import ChangeError, keep
from quotes.store.database import Database
from quotes.store.indexes import index
from quotes.store.people import assign, find, renew
from quotes.store.rows import clean, digest, kinds, listed, title
from quotes.store.wire import recount, regroup

FILLED = ("author", "date", "outlet", "url", "text", "hash")
"""Columns that are filled in where they are empty."""
GENERATED = {"quotes": ("line", "words"), "speakers": ("gender",)}
"""Columns that the database fills."""


def stored(db: Database, doc_id: str, text: str | None) -> Mapping[str, Any] | None:
    """The row of a document, by its id, by another id of it, or by its text."""
    for sql, value in (
        ("SELECT * FROM documents WHERE doc_id = ?", doc_id),
        ("SELECT d.* FROM other_ids o JOIN documents d ON d.id = o.document_id WHERE o.doc_id = ?", doc_id),
        ("SELECT * FROM documents WHERE hash = ? ORDER BY id LIMIT 1", digest(text)),
    ):
        if value is not None and (row := db.execute(sql, (value,)).fetchone()):
            return cast("Mapping[str, Any]", row)
    return None


def taken_out(db: Database, doc_id: str, text: str | None) -> int | None:
    """The change by which a document was taken out, by its id or its text."""
    row = db.execute(
        "SELECT change_id FROM removed WHERE doc_id = ? OR hash = ? ORDER BY change_id DESC LIMIT 1",
        (doc_id, digest(text)),
    ).fetchone()
    return row and int(row[0])


def complete(db: Database, known: Mapping[str, Any], fields: Mapping[str, Any]) -> None:
    """Fill in what is not known of a document yet.

    Args:
        db: inside a transaction.
        known: its row.
        fields: the same as ``quotes.store.rows.document`` makes it of what is known now.
    """
    new = {key: fields[key] for key in FILLED if known[key] is None and fields[key] is not None}
    unnamed = (known["doc_id"], title(known["doc_id"], None), title(known["doc_id"], known["text"]))
    told = fields["title"] != title(fields["doc_id"], fields["text"])
    now = fields["title"] if told else title(known["doc_id"], fields["text"] or known["text"])
    if known["title"] in unnamed and now != known["title"]:
        new["title"] = now
    meta = json.loads(known["meta"] or "{}")
    if more := {key: value for key, value in json.loads(fields["meta"] or "{}").items() if key not in meta}:
        new["meta"] = json.dumps(meta | more, ensure_ascii=False)
    _write(db, int(known["id"]), new)


def edit(db: Database, document: int, fields: Mapping[str, str | None], who: str) -> int:
    """Correct what is known of a document; see ``Store.edit``, within a transaction."""
    row = _row(db, document)
    if unknown := fields.keys() - set(META):
        raise ChangeError(f"a document has no {', '.join(sorted(unknown))}; it has {', '.join(META)}")
    after = {key: clean(" ".join((value or "").split())) or None for key, value in fields.items()}
    if "title" in after:
        after["title"] = after["title"] or title(row["doc_id"], row["text"])
    if (day := after.get("date")) and not _is_day(day):
        raise ChangeError(f"{day!r} is no day; write it as 2024-01-31")
    after = {key: value for key, value in after.items() if row[key] != value}
    if not after:
        raise ChangeError(f"{row['doc_id']}: nothing to change, all of it is so already")
    before = {key: row[key] for key in after}
    told = {"doc_id": row["doc_id"], "before": before, "after": after}
    line = "; ".join(f"{key}: {before[key] or 'none'} → {value or 'none'}" for key, value in after.items())
    _write(db, document, after)
    return keep(db, "edit", f"{row['doc_id']}: {line}", told, who)


def unedit(db: Database, told: Mapping[str, Any]) -> None:
    """Undo a correction, unless there was another since."""
    row = db.execute("SELECT * FROM documents WHERE doc_id = ?", (told["doc_id"],)).fetchone()
    if row is None:
        raise ChangeError(f"{told['doc_id']} was removed since; undo that first")
    for key, value in told["after"].items():
        if row[key] != value:
            raise ChangeError(f"{row['doc_id']}: its {key} was changed again since; undo that first")
    _write(db, row["id"], told["before"])


def remove(db: Database, document: int, who: str) -> int:
    """Take a document out; see ``Store.remove``, within a transaction."""
    row = _row(db, document)
    quotes = db.execute("SELECT * FROM quotes WHERE document_id = ? ORDER BY id", (document,)).fetchall()
    ids = [quote["id"] for quote in quotes]
    joined = _joined(db, ids)
    rows = {
        "documents": [dict(row)],
        "quotes": [_own("quotes", quote) for quote in quotes],
        "speakers": [
            _own("speakers", one) for one in db.execute(f"SELECT * FROM speakers WHERE id IN ({listed(joined)})")
        ],
        "topics": [
            tuple(one)
            for one in db.execute(
                "SELECT quote_id, name FROM quote_topics JOIN topics t ON t.id = topic_id "
                f"WHERE quote_id IN ({listed(ids)}) ORDER BY quote_id, topic_id"
            )
        ],
        "other_ids": _of(db, "other_ids", "document_id", [document]),
        "verdicts": _of(db, "verdicts", "quote_id", ids),
        "found_speakers": _of(db, "found_speakers", "quote_id", ids),
    }
    count = f"{len(ids):,} quote" + "s" * (len(ids) != 1)
    change = keep(db, "remove", f"{row['doc_id']} removed, with {count}", {"doc_id": row["doc_id"]}, who)
    db.execute(
        "INSERT INTO removed (change_id, doc_id, hash, rows) VALUES (?, ?, ?, ?)",
        (change, row["doc_id"], row["hash"], json.dumps(rows, ensure_ascii=False)),
    )
    _untag(db, ids)
    assign(db, ids, None)
    index(db).drop(db, ids)
    for table in ("verdicts", "found_speakers", "wire_keys"):
        db.execute(f"DELETE FROM {table} WHERE quote_id IN ({listed(ids)})")
    db.execute(f"DELETE FROM quotes WHERE id IN ({listed(ids)})")
    regroup(db, (), {quote["group_id"] for quote in quotes})
    for one in joined:
        renew(db, one)
    db.execute("UPDATE speakers SET document_id = NULL WHERE document_id = ?", (document,))
    db.execute("DELETE FROM other_ids WHERE document_id = ?", (document,))
    db.execute("DELETE FROM documents WHERE id = ?", (document,))
    return change


def restore(db: Database, change: int) -> None:
    """Bring a document back that was taken out."""
    row = db.execute("SELECT doc_id, hash, rows FROM removed WHERE change_id = ?", (change,)).fetchone()
    rows = json.loads(row["rows"])
    [document] = rows["documents"]
    uids = {quote["uid"] for quote in rows["quotes"]}
    taken = [uid for uid in uids if db.execute("SELECT 1 FROM quotes WHERE uid = ?", (uid,)).fetchone()]
    if taken or stored(db, document["doc_id"], document["text"]):
        raise ChangeError(f"{document['doc_id']}: the database has it again; remove that one first")
    db.execute("DELETE FROM removed WHERE change_id = ?", (change,))
    new = _insert(db, "documents", document)
    for other in rows["other_ids"]:
        db.execute("INSERT INTO other_ids VALUES (?, ?) ON CONFLICT DO NOTHING", (other["doc_id"], new))
    speakers = {one["id"]: _revive(db, one, document["id"], new) for one in rows["speakers"]}
    quotes: dict[int, int] = {}
    for quote in rows["quotes"]:
        quotes[quote["id"]] = _bring_back(db, quote, new, speakers)
    for quote, topic in rows["topics"]:
        tag(db, quotes[quote], [topic])
    for verdict in rows["verdicts"]:
        _insert(db, "verdicts", verdict | {"quote_id": quotes[verdict["quote_id"]]})
    for found in rows["found_speakers"]:
        values = (quotes[found["quote_id"]], speakers.get(found["speaker_id"]), found["speaker"])
        db.execute("INSERT INTO found_speakers VALUES (?, ?, ?)", values)
    for one in dict.fromkeys(speakers.values()):
        renew(db, one)
    regroup(db, quotes.values())
    grouped = db.execute(f"SELECT DISTINCT group_id FROM quotes WHERE id IN ({listed(quotes.values())})").fetchall()
    regroup(db, (), [group for (group,) in grouped])  # those of the groups that they joined, in the order of their rows


def tag(db: Database, quote: int, topics: Iterable[str]) -> None:
    """Give a quote its topics, and count them."""
    for topic in dict.fromkeys(topics):
        db.execute(
            "INSERT INTO topics (name, quotes) VALUES (?, 1) ON CONFLICT (name) DO UPDATE "
            "SET quotes = topics.quotes + 1",
            (topic,),
        )
        db.execute("INSERT INTO quote_topics SELECT ?, id FROM topics WHERE name = ?", (quote, topic))


def _untag(db: Database, quotes: Sequence[int]) -> None:
    some = f"quote_id IN ({listed(quotes)})"
    counts = db.execute(f"SELECT count(*), topic_id FROM quote_topics WHERE {some} GROUP BY topic_id").fetchall()
    db.execute(f"DELETE FROM quote_topics WHERE {some}")
    db.executemany("UPDATE topics SET quotes = quotes - ? WHERE id = ?", [tuple(one) for one in counts])
    db.execute(f"DELETE FROM topics WHERE quotes = 0 AND id IN ({listed(topic for _, topic in counts)})")


def _joined(db: Database, quotes: Sequence[int]) -> list[int]:
    """The speakers to whom quotes are joined, or were before a verdict."""
    rows = db.execute(
        f"SELECT coalesce(joined_as, speaker_id) FROM quotes WHERE id IN ({listed(quotes)}) "
        f"UNION SELECT speaker_id FROM found_speakers WHERE quote_id IN ({listed(quotes)})"
    )
    return sorted(row[0] for row in rows if row[0] is not None)


def _bring_back(db: Database, quote: dict[str, Any], document: int, speakers: Mapping[int, int]) -> int:
    of = db.execute("SELECT date, outlet FROM documents WHERE id = ?", (document,)).fetchone()
    joined = quote["joined_as"] or quote["speaker_id"]
    bare = {"document_id": document, "speaker_id": None, "joined_as": None, "group_id": None}
    later = {"claims": kinds(json.loads(quote["record"]))}  # which it had not where an older version removed it
    id = _insert(db, "quotes", quote | bare | later | {"date": of["date"], "outlet": of["outlet"]})
    assign(db, [id], joined and speakers[joined])
    index(db).put(db, quote | {"id": id})
    return id


def _revive(db: Database, speaker: dict[str, Any], before: int, document: int) -> int:
    """The row of a speaker of a document that comes back: its own, unless nothing was left of that and somebody of that
    name has been added since."""
    id = int(speaker["id"])
    scope = document if speaker["document_id"] == before else None
    if scope is not None:
        db.execute("UPDATE speakers SET document_id = ? WHERE id = ?", (scope, id))
    if db.execute("SELECT 1 FROM speaker_names WHERE speaker_id = ? LIMIT 1", (id,)).fetchone():
        return id
    kind = cast("SpeakerKind", speaker["kind"])
    known = None if scope is not None else find(db, document, speaker["name"], kind, speaker["list_id"])
    return id if known is None else known


def _insert(db: Database, table: str, row: Mapping[str, Any]) -> int:
    """Put a row back, under its number unless that was given to another."""
    fields = dict(row)
    if db.execute(f"SELECT 1 FROM {table} WHERE id = ?", (row["id"],)).fetchone():
        del fields["id"]
    columns, marks = ", ".join(fields), ", ".join("?" * len(fields))
    made = db.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks}) RETURNING id", tuple(fields.values()))
    return int(made.fetchone()[0])


def _own(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: row[key] for key in row.keys() if key not in GENERATED.get(table, ())}  # noqa: SIM118 a Row is none


def _of(db: Database, table: str, column: str, ids: Sequence[int]) -> list[dict[str, Any]]:
    rows = db.execute(f"SELECT * FROM {table} WHERE {column} IN ({listed(ids)}) ORDER BY 1")
    return [dict(row) for row in rows]


def _row(db: Database, document: int) -> Mapping[str, Any]:
    row = db.execute("SELECT * FROM documents WHERE id = ?", (document,)).fetchone()
    if row is None:
        raise ChangeError(f"there is no document {document}")
    return cast("Mapping[str, Any]", row)


def _write(db: Database, document: int, fields: Mapping[str, Any]) -> None:
    """Change columns of a document, and what its quotes and their groups have of them."""
    if not fields:
        return
    columns = ", ".join(f"{key} = ?" for key in fields)
    db.execute(f"UPDATE documents SET {columns} WHERE id = ?", (*fields.values(), document))
    shared = {key: value for key, value in fields.items() if key in ("date", "outlet")}
    if shared:
        columns = ", ".join(f"{key} = ?" for key in shared)
        db.execute(f"UPDATE quotes SET {columns} WHERE document_id = ?", (*shared.values(), document))
    if "date" in shared:
        groups = db.execute(
            "SELECT DISTINCT group_id FROM quotes WHERE document_id = ? AND group_id IS NOT NULL", (document,)
        )
        recount(db, [group for (group,) in groups.fetchall()])


def _is_day(written: str) -> bool:
    try:
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False
