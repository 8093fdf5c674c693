"""What is in the database, seen from a quote, a document, a speaker, and as a whole."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from quotes.store.database import Database
from quotes.store.documents import stored
from quotes.store.fulltext import MOST_WORDS
from quotes.store.hits import JOINED, ROW, rows
from quotes.store.identity import merged
from quotes.store.people import all_names, roots
from quotes.store.rows import clean, like, listed, unpack
from quotes.store.search import STANDS, WRONG
from quotes.store.verdicts import of_quote, standing

SPEAKERS = (
    "(SELECT s.*, s.quotes - coalesce(w.quotes, 0) AS counted, coalesce(w.quotes, 0) AS wrong "
    "FROM speakers s LEFT JOIN "
    f"(SELECT speaker_id, count(*) AS quotes FROM quotes WHERE id IN ({WRONG}) GROUP BY speaker_id) w "
    "ON w.speaker_id = s.id) s"
)
"""The speakers, each with how many of its quotes count, and how many are wrong."""
TOPICS = (
    "(SELECT t.id, t.name, t.quotes - coalesce(w.quotes, 0) AS counted FROM topics t LEFT JOIN "
    f"(SELECT topic_id, count(*) AS quotes FROM quote_topics WHERE quote_id IN ({WRONG}) GROUP BY topic_id) w "
    "ON w.topic_id = t.id) t"
)
"""The topics, each with how many of its quotes count."""
COUNTED = {
    "documents": "documents",
    "quotes": f"quotes WHERE {STANDS}",
    "wrong": f"({WRONG}) wrong",
    "speakers": f"{SPEAKERS} WHERE counted > 0",
    "topics": "topics",
    "groups": "groups",
    "verdicts": "(SELECT DISTINCT quote_id FROM verdicts WHERE undone_at IS NULL) checked",
}
"""What totals tell, and the rows that they count."""
BY = ("speaker", "outlet", "month", "type", "act", "gender", "topic")
"""What quotes can be counted by."""
OF_DOCUMENTS = {
    "outlet": f"SELECT max(outlet) AS value, count(*) AS quotes FROM quotes WHERE {STANDS} GROUP BY document_id",
    "month": f"SELECT substr(max(date), 1, 7) AS value, count(*) AS quotes FROM quotes WHERE {STANDS} "
    "GROUP BY document_id",
    "type": f"SELECT type AS value, count(*) AS quotes FROM quotes WHERE {STANDS} GROUP BY document_id, type",
    "act": f"SELECT act AS value, count(*) AS quotes FROM quotes WHERE {STANDS} GROUP BY document_id, act",
}
"""Of each document its values and how many of its quotes have them: with that, documents are counted in the order of
an index. A document has one date and one outlet."""
MOST_TOPICS = 20


def quote(db: Database, uid: str) -> dict[str, Any] | None:
    """A quote; see ``Store.quote``."""
    found = db.execute(f"SELECT {ROW} FROM {JOINED} WHERE q.uid = ?", (uid,)).fetchone()
    if found is None:
        return None
    places = []
    if found["group_id"] is not None:
        others = db.execute(
            f"SELECT {ROW} FROM {JOINED} WHERE q.group_id = ? ORDER BY q.date IS NULL, q.date, q.id",
            (found["group_id"],),
        ).fetchall()
        places = rows(db, others)
    [row] = rows(db, [found])
    return row | {"record": unpack(found), "places": places, "verdicts": of_quote(db, uid)}


def document(db: Database, id: int | str) -> dict[str, Any] | None:
    """A document with its quotes; see ``Store.document``."""
    if isinstance(id, int):
        found = db.execute("SELECT * FROM documents WHERE id = ?", (id,)).fetchone()
    else:
        found = stored(db, id, None)
    if found is None:
        return None
    of = db.execute(
        "SELECT q.*, d.doc_id FROM quotes q JOIN documents d ON d.id = q.document_id WHERE d.id = ?", (found["id"],)
    ).fetchall()
    records = sorted((unpack(one) for one in of), key=lambda record: record["content"][0]["start"])
    return dict(found) | {
        "meta": json.loads(found["meta"]) if found["meta"] else {},
        "records": records,
        "speaker_ids": {one["uid"]: one["speaker_id"] for one in of},
        "verdicts": standing(db, [one["id"] for one in of]),
    }


SORTS = {
    "added": "d.id DESC",
    "date": "d.date IS NULL, d.date DESC, d.id DESC",
    "title": "lower(d.title), d.id",
    "outlet": "d.outlet IS NULL, lower(d.outlet), d.date DESC, d.id DESC",
    "quotes": "quotes DESC, d.id DESC",
}
"""What documents can be sorted by."""
SEARCHED = ("title", "doc_id", "outlet", "author", "url")
"""Columns of documents in which words are looked for."""


def documents(db: Database, limit: int, offset: int, words: str = "", sort: str = "added") -> list[dict[str, Any]]:
    """Documents; see ``Store.documents``."""
    where, values = _of_words(words)
    found = db.execute(
        "SELECT d.id, d.doc_id, d.title, d.outlet, d.date, coalesce(w.quotes, 0) AS wrong, "
        "(SELECT count(*) FROM quotes WHERE document_id = d.id) - coalesce(w.quotes, 0) AS quotes FROM documents d "
        f"LEFT JOIN (SELECT document_id, count(*) AS quotes FROM quotes WHERE id IN ({WRONG}) GROUP BY document_id) w "
        f"ON w.document_id = d.id {where} ORDER BY {SORTS[sort]} LIMIT ? OFFSET ?",
        (*values, limit, offset),
    )
    return [dict(one) for one in found]


def number_of_documents(db: Database, words: str) -> int:
    """How many documents have these words; see ``Store.number_of_documents``."""
    where, values = _of_words(words)
    return int(db.execute(f"SELECT count(*) FROM documents d {where}", values).fetchone()[0])


def _of_words(words: str) -> tuple[str, list[str]]:
    """The condition that each word stands in what is known of a document."""
    found = clean(words).replace("\0", " ").split()[:MOST_WORDS]
    one = " OR ".join(f"lower(d.{column}) LIKE ? ESCAPE '!'" for column in SEARCHED)
    patterns = ["%" + like(word.lower()) + "%" for word in found]
    return "WHERE " * bool(found) + " AND ".join(f"({one})" for _ in found), [
        pattern for pattern in patterns for _ in SEARCHED
    ]


def speaker(db: Database, id: int) -> dict[str, Any] | None:
    """A speaker; see ``Store.speaker``."""
    id = roots(db, [id]).get(id, id)
    found = db.execute(f"SELECT * FROM {SPEAKERS} WHERE id = ?", (id,)).fetchone()
    if found is None:
        return None
    said = f"speaker_id = ? AND q.{STANDS}"
    [documents, first, last] = db.execute(
        f"SELECT count(DISTINCT document_id), min(date), max(date) FROM quotes q WHERE {said}", (id,)
    ).fetchone()
    months = db.execute(
        f"SELECT substr(date, 1, 7), count(*) FROM quotes q WHERE {said} AND date IS NOT NULL GROUP BY 1 ORDER BY 1",
        (id,),
    )
    topics = db.execute(
        "SELECT t.name, count(*) FROM quotes q JOIN quote_topics ON quote_id = q.id JOIN topics t ON t.id = topic_id "
        f"WHERE {said} GROUP BY t.id ORDER BY 2 DESC, 1 LIMIT ?",
        (id, MOST_TOPICS),
    )
    return _counted(found) | {
        "names": all_names(db, id),
        "merged": merged(db, id),
        "documents": documents,
        "first": first,
        "last": last,
        "months": [list(one) for one in months],
        "topics": [list(one) for one in topics],
    }


def speakers(db: Database, ids: Sequence[int] | None, limit: int, offset: int) -> list[dict[str, Any]]:
    """Speakers by their number of quotes; see ``Store.speakers``."""
    some = "" if ids is None else f"AND id IN ({listed(ids)})"
    found = db.execute(
        f"SELECT * FROM {SPEAKERS} WHERE counted > 0 {some} ORDER BY counted DESC, name LIMIT ? OFFSET ?",
        (limit, offset),
    ).fetchall()
    count = f"SELECT count(DISTINCT document_id) FROM quotes WHERE speaker_id = ? AND {STANDS}"
    counts = [db.execute(count, (one["id"],)).fetchone()[0] for one in found]
    return [
        _counted(one) | {"names": all_names(db, one["id"]), "documents": count}
        for one, count in zip(found, counts, strict=True)
    ]


def _counted(speaker: Any) -> dict[str, Any]:
    """A row of SPEAKERS with the quotes that count as its quotes."""
    found = dict(speaker)
    return found | {"quotes": found.pop("counted")}


def totals(db: Database) -> dict[str, int]:
    """How many rows each table has that count; see ``Store.totals``."""
    return {table: db.execute(f"SELECT count(*) FROM {of}").fetchone()[0] for table, of in COUNTED.items()}


def stats(db: Database, by: str, limit: int = 50, documents: bool = True) -> list[dict[str, Any]]:
    """Quotes counted; see ``Store.stats``."""
    if by == "topic":
        rows = db.execute(
            f"SELECT id AS value, name AS label, counted AS quotes, NULL AS documents FROM {TOPICS} WHERE counted > 0 "
            "ORDER BY counted DESC, label LIMIT ?",
            (limit,),
        )
        return [dict(one) for one in rows]
    if by == "speaker":
        return _by_speaker(db, limit)
    if by == "gender":
        return _by_gender(db, limit, documents)
    order = "value NULLS FIRST" if by == "month" else "quotes DESC, label NULLS FIRST"
    rows = db.execute(
        "SELECT value, value AS label, sum(quotes) AS quotes, count(*) AS documents "
        f"FROM ({OF_DOCUMENTS[by]}) counted GROUP BY 1 ORDER BY {order} LIMIT ?",
        (limit,),
    )
    return [dict(one) for one in rows]


def _by_gender(db: Database, limit: int, documents: bool) -> list[dict[str, Any]]:
    """From what is counted already, unless documents are to be counted too."""
    if documents:
        counts = "count(*) AS quotes, count(DISTINCT q.document_id) AS documents"
        counted = f"quotes q LEFT JOIN speakers s ON s.id = q.speaker_id WHERE q.{STANDS}"
    else:
        counts = "sum(quotes) AS quotes, NULL AS documents"
        counted = (
            f"(SELECT gender, counted AS quotes FROM {SPEAKERS} WHERE counted > 0 UNION ALL "
            f"SELECT NULL, count(*) FROM quotes WHERE speaker_id IS NULL AND {STANDS} HAVING count(*) > 0) counted"
        )
    rows = db.execute(
        f"SELECT gender AS value, gender AS label, {counts} FROM {counted} "
        "GROUP BY 1 ORDER BY quotes DESC, label NULLS FIRST LIMIT ?",
        (limit,),
    )
    return [dict(one) for one in rows]


def _by_speaker(db: Database, limit: int) -> list[dict[str, Any]]:
    """From what is counted already, as there may be very many."""
    count = f"SELECT count(DISTINCT document_id) FROM quotes q WHERE q.{STANDS} AND q.speaker_id"
    rows = db.execute(
        f"SELECT s.id AS value, s.name AS label, s.counted AS quotes, ({count} = s.id) AS documents "
        f"FROM {SPEAKERS} ORDER BY s.counted DESC, s.name LIMIT ?",
        (limit,),
    )
    unnamed = db.execute(
        f"SELECT NULL AS value, NULL AS label, count(*) AS quotes, ({count} IS NULL) AS documents "
        f"FROM quotes WHERE speaker_id IS NULL AND {STANDS}"
    )
    found = [dict(one) for one in (*rows, *unnamed) if one["quotes"]]
    return sorted(found, key=lambda row: (-row["quotes"], row["label"] or ""))[:limit]
