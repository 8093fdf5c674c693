"""Search: by words, ranked, and by who, when, where and how.

Words are looked for in a quote, its speaker, its context and its topics, with English stems, and ranked by SQLite's
bm25 or PostgreSQL's ts_rank, in which a word counts for more in the quote itself than in what stands around. Where
more quotes match than RANKED, the last added of them are ranked, so that a search for a common word takes not much
longer than others. Without words the newest come first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from quotes.line import joined, lead
from quotes.records import FLAGS, PART_SEPARATOR
from quotes.store.corrected import corrected
from quotes.store.database import Database
from quotes.store.facets import facet_counts
from quotes.store.fulltext import CLOSE, HAS_WORD, MOST_WORDS, OPEN
from quotes.store.indexes import index
from quotes.store.people import roots
from quotes.store.rows import clean, context, listed, unpack
from quotes.store.verdicts import standing

RANKED = 3_000
"""Quotes that are ranked at most."""
MOST_SPEAKERS = 1_000
"""Speakers that a name may mean."""
PLACES = 10
"""Documents in which the same quote stands that are named with it."""
FEW = 20
"""Names that are looked for by FTS5 too."""

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

WRONG = (
    "SELECT quote_id FROM verdicts v WHERE verdict = 'wrong' AND undone_at IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM verdicts WHERE quote_id = v.quote_id AND id > v.id AND undone_at IS NULL)"
)
"""Quotes of which the verdict that stands says that they are none."""
STANDS = f"id NOT IN ({WRONG})"
"""The condition on quotes that they count: nobody says that they are none, or somebody has said otherwise since."""


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for; all of it has to fit."""

    words: str = ""
    """Words, or FTS5's syntax: climate AND (flood OR fire), "net zero", trad*; what is none of it is taken as words."""
    speaker: str | None = None
    """Words of the speaker's name, by any of the names that it goes by; where no known speaker has them, of what stands
    beside the quotes ("police")."""
    speaker_id: int | None = None
    """The speaker's row."""
    since: str | None = None
    """First day of the document's date, YYYY-MM-DD, or its beginning: 2024-05."""
    until: str | None = None
    """Last day, the same way."""
    types: Sequence[str] = ()
    acts: Sequence[str] = ()
    outlet: str | None = None
    topic: str | None = None
    """A topic as it is written in topics."""
    min_confidence: float = 0.0
    cue: str | None = None
    """The cue's words or their base form: "said", "say"."""
    rule: str | None = None
    """The rule that found it, or its family: "complement"."""
    claim: str | None = None
    """A kind of claim, of records that tell it: see ``quotes.records.ClaimKind``."""
    negated: bool | None = None
    modal: bool | None = None
    question: bool | None = None
    """Whether the cue says so: see ``quotes.records.Cue``."""
    corrected: bool = False
    """Whether quotes that are wrong by the verdict that stands are to be left out."""
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found."""

    rows: list[dict[str, Any]]
    """The quotes, best first, as ``row`` describes them."""
    total: int
    """How many match, at most RANKED: the same quote in several documents is one."""
    wrong: int
    """How many of these are wrong by the verdict that stands."""
    more: bool
    """Whether more than that match."""
    facets: dict[str, list[dict[str, Any]]]
    """With facets asked for: for each of FACETS the most frequent values, each {"value", "label", "count"}, where a
    quote counts once for each document that has it, and one that is wrong not at all."""
    words: str
    """The search string as FTS5 was given it; "" without words."""


def search(db: Database, asked: Search, facets: bool = False) -> Found:
    """Search the quotes.

    Args:
        db: the database.
        asked: what to look for.
        facets: whether to count facets over what matches.
    """
    match = expression(db, asked.words)
    if match is None:
        return Found([], 0, 0, False, {}, "")
    where, values, names = _conditions(db, asked)
    if names is not None:
        match = index(db).spoken_by(match, names)
    values = [*([match] if match else ()), *values]
    hits = _hits(db, match, where, values)
    ranked = hits[:RANKED]
    if match:
        ranked.sort(key=lambda hit: hit[1])
    once = _once(ranked)
    counted = where if asked.corrected else [*where, f"q.{STANDS}"]
    return Found(
        rows=_rows(db, once[asked.offset : asked.offset + asked.limit], match),
        total=len(once),
        wrong=0 if asked.corrected else _wrong(db, once),
        more=len(hits) > RANKED,
        facets=facet_counts(db, _matched(db, match, counted), values) if facets else {},
        words=match,
    )


def expression(db: Database, words: str) -> str | None:
    """A search string for the full-text index; "" for one that is empty, None for one without a word in it."""
    if not words.strip():
        return ""
    words = clean(words).replace("\0", " ")
    return index(db).expression(db, words) if HAS_WORD.search(words) else None


def _conditions(db: Database, asked: Search) -> tuple[list[str], list[Any], list[list[str]] | None]:
    """Conditions on quotes q with their values, and names, each its words, of which one has to be the speaker's.

    Of a few speakers it gives the names too, as FTS5 soon finds those few quotes among the many that have a word.
    """
    where: list[str] = []
    values: list[Any] = []
    names: list[list[str]] | None = None

    def add(condition: str, *of: Any) -> None:
        where.append(condition)
        values.extend(of)

    if asked.speaker_id is not None:
        one = roots(db, [asked.speaker_id]).get(asked.speaker_id, asked.speaker_id)
        add("q.speaker_id = ?", one)
        names = _going_by_names(db, [one]) if asked.words else None
    if asked.speaker is not None:
        known = named(db, asked.speaker)
        if known:
            add(f"q.speaker_id IN ({', '.join(map(str, known))})")
            names = names or (_going_by_names(db, known) if asked.words else None)
        else:
            names = [_words(asked.speaker)]
    for column, some in (("type", asked.types), ("act", asked.acts)):
        if some:
            add(f"q.{column} IN ({', '.join('?' * len(some))})", *some)
    if asked.rule is not None:
        add("(q.rule = ? OR q.rule LIKE ?)", asked.rule, f"{asked.rule}.%")
    for condition, value in _simple(asked).items():
        if value is not None:
            add(condition, value)
    if asked.corrected:
        add(f"q.{STANDS}")
    return where, values, names


def _simple(asked: Search) -> dict[str, Any]:
    """Conditions of one value each; those whose value is None are not asked for."""
    until = asked.until and asked.until + "~" * (len(asked.until) < len("2024-01-01"))
    topics = "SELECT quote_id FROM quote_topics JOIN topics t ON t.id = topic_id WHERE t.name = ?"
    return {
        "q.date >= ?": asked.since or None,
        "q.date <= ?": until or None,
        "q.outlet = ? COLLATE NOCASE": asked.outlet and clean(asked.outlet),
        f"q.id IN ({topics})": asked.topic and clean(asked.topic),
        "? IN (lower(q.cue_lemma), lower(q.cue))": asked.cue and clean(asked.cue).lower(),
        "? IN (SELECT json_extract(value, '$.kind') FROM json_each(q.record, '$.claim.kinds'))": asked.claim,
        **{f"q.{flag} = ?": getattr(asked, flag) for flag in FLAGS},
        "q.confidence >= ?": asked.min_confidence or None,
    }


def named(db: Database, name: str) -> list[int]:
    """The speakers with quotes one of whose names has all these words, those with most quotes first."""
    words = _words(name)
    if not words:
        return []
    found = roots(db, {speaker for _, speaker in index(db).named(db, words)}).values()
    rows = db.execute(
        f"SELECT id FROM speakers WHERE id IN ({listed(found)}) AND quotes > 0 ORDER BY quotes DESC, id LIMIT ?",
        (MOST_SPEAKERS,),
    )
    return [row[0] for row in rows]


def _going_by_names(db: Database, speakers: Sequence[int]) -> list[list[str]] | None:
    """The words of each name of some speakers, which others may have too; None where they go by more than a FEW names.

    A speaker's name in a document has all words of one that is kept (see ``quotes.store.people``).
    """
    some = listed(speakers)
    rows = db.execute(
        "SELECT n.name FROM speaker_names n JOIN speakers s ON s.id = n.speaker_id "
        f"WHERE s.id IN ({some}) OR s.merged_into IN ({some}) LIMIT ?",
        (FEW + 1,),
    )
    names = [_words(row[0]) for row in rows]
    return names if names and len(names) <= FEW and all(names) else None


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", clean(name))[:MOST_WORDS]


def _hits(db: Database, match: str, where: Sequence[str], values: Sequence[Any]) -> list[tuple[int, float, int | None]]:
    """Rows of quotes, their bm25 and their groups; the last added, or without words the newest, where there are more
    than RANKED."""
    if match:
        sql = index(db).ranked(match, where)
    else:
        sql = f"SELECT q.id, 0.0, q.group_id FROM {_matched(db, match, where)} LIMIT ?"
    return [tuple(one) for one in db.execute(sql, (*values, RANKED + 1))]


def _once(hits: Sequence[tuple[int, float, int | None]]) -> list[int]:
    """The rows of quotes, of each group the first."""
    found: dict[tuple[str, int], int] = {}
    for id, _, group in hits:
        found.setdefault(("quote", id) if group is None else ("group", group), id)
    return list(found.values())


def _wrong(db: Database, ids: Sequence[int]) -> int:
    """How many of some quotes are none."""
    wrong = {row[0] for row in db.execute(WRONG)}
    return len(wrong.intersection(ids))


def _matched(db: Database, match: str, where: Sequence[str]) -> str:
    """What follows FROM for the quotes q that match an expression, the first parameter, and conditions: the last added
    first, or without words the newest."""
    if match:
        return index(db).matched(match, where)
    conditions = f"WHERE {' AND '.join(where)}" if where else ""
    return f"quotes q {conditions} ORDER BY q.date DESC NULLS LAST, q.id DESC"


def _rows(db: Database, ids: Sequence[int], match: str) -> list[dict[str, Any]]:
    found = {one["id"]: one for one in db.execute(f"SELECT {ROW} FROM {JOINED} WHERE q.id IN ({listed(ids)})")}
    marked = index(db).marked(db, match, ids) if match else {}
    return rows(db, [found[id] for id in ids], marked)


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
