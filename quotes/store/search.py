"""Search: by words, ranked, and by who, when, where and how.

Words are looked for in a quote, its speaker, its context and its topics, with English stems, and ranked by SQLite's
bm25 or PostgreSQL's ts_rank, in which a word counts for more in the quote itself than in what stands around. Where
more quotes match than RANKED, the last added of them are ranked, so that a search for a common word takes not much
longer than others. Without words the newest come first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from quotes.records import FLAGS
from quotes.store.database import Database
from quotes.store.facets import COLUMNS, COUNTED, facet_counts
from quotes.store.fulltext import HAS_WORD, MOST_WORDS, Matching
from quotes.store.hits import JOINED, ROW, rows
from quotes.store.indexes import index
from quotes.store.people import roots
from quotes.store.rows import clean, like, listed

RANKED = 3_000
"""Quotes that are ranked at most."""
MOST_SPEAKERS = 1_000
"""Speakers that a name may mean."""
FEW = 20
"""Names that are looked for by FTS5 too."""

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
    """The quotes, best first, as ``quotes.store.hits.row`` describes them."""
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
    counted: int | None = None
    """Over how many quotes, the last of those that match, facets were counted, where it was not over all of them."""


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
    hits = _hits(db, Matching(match, where, values))
    ranked = hits[:RANKED]
    if match:
        ranked.sort(key=lambda hit: hit[1])
    once = _once(ranked)
    over = _counted(db, Matching(match, where, values), hits) if facets else []
    return Found(
        rows=_rows(db, once[asked.offset : asked.offset + asked.limit], match),
        total=len(once),
        wrong=0 if asked.corrected else _wrong(db, once),
        more=len(hits) > RANKED,
        facets=facet_counts(db, over[:COUNTED]) if facets else {},
        words=match,
        counted=COUNTED if len(over) > COUNTED else None,
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
        "', ' || q.claims || ',' LIKE ? ESCAPE '!'": asked.claim and f"%, {like(clean(asked.claim))},%",
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


def _hits(db: Database, matching: Matching) -> list[tuple[int, float, int | None]]:
    """Rows of quotes, their ranks and their groups; of the last where there are more than RANKED."""
    if matching.match:
        found = index(db).ranked(db, matching, RANKED + 1)
    else:
        found = _last(db, "q.id, 0.0, q.group_id", matching, RANKED + 1)
    return [tuple(one) for one in found]


def _counted(db: Database, matching: Matching, hits: Sequence[tuple[int, float, int | None]]) -> list[Any]:
    """COLUMNS of the quotes over which facets are counted, one more than COUNTED where there are more; those found are
    not looked for again where they are all."""
    if len(hits) <= min(RANKED, COUNTED):
        some = listed(id for id, _, _ in hits)
        return db.execute(f"SELECT {COLUMNS} FROM quotes q WHERE q.id IN ({some}) AND q.{STANDS}").fetchall()
    return _last(db, COLUMNS, replace(matching, where=[*matching.where, f"q.{STANDS}"]), COUNTED + 1)


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


def _last(db: Database, columns: str, matching: Matching, many: int) -> list[Any]:
    """Columns of the quotes q that match, of the last added, or without words of the newest, so many at most."""
    if matching.match:
        return index(db).last(db, columns, matching, many)
    conditions = f"WHERE {' AND '.join(matching.where)}" if matching.where else ""
    return db.execute(
        f"SELECT {columns} FROM quotes q {conditions} ORDER BY q.date DESC NULLS LAST, q.id DESC LIMIT ?",
        (*matching.values, many),
    ).fetchall()


def _rows(db: Database, ids: Sequence[int], match: str) -> list[dict[str, Any]]:
    found = {one["id"]: one for one in db.execute(f"SELECT {ROW} FROM {JOINED} WHERE q.id IN ({listed(ids)})")}
    marked = index(db).marked(db, match, ids) if match else {}
    return rows(db, [found[id] for id in ids], marked)
