"""How long searches take in a PostgreSQL database of very many quotes.

    python docs/measure/million.py 1000000

starts a PostgreSQL server of its own, in a temporary folder, fills it with so many invented quotes (those of
db_scale.py, with topics, kinds of claim, denials, questions and verdicts besides), and prints how long 200 searches
take, each as the command has it (``db search``: what is wrong left out) and as the desk has it (with facets). With the
address of a database it uses that one, and fills it where it is empty. With -v it names the slowest.

The rows are those that ``quotes db add`` would write, but go in by COPY, and the indexes that searches use are made
when all are there: adding is another measure.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
from db_scale import OF_DOCUMENT, SEED, World

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
import servers

import quotes.store
from quotes.line import lead
from quotes.records import CLAIM_KINDS, Record
from quotes.store import Search
from quotes.store.rows import context, cue_columns, document, kinds, pack
from quotes.store.runs import marked
from quotes.store.tsvector import WEIGHTS

SEARCHES = 200
CHUNK = 2_000
"""Documents that are sent at a time."""
TOPICS = 800
CUES = (("said", "say"), ("told", "tell"), ("denied", "deny"), ("added", "add"), ("asked", "ask"), ("argued", "argue"))
WRONG = 0.0005
"""Share of quotes that somebody called wrong."""
QUOTES = (
    "id, uid, document_id, date, outlet, speaker_id, speaker, type, act, text, context, topics, confidence, rule, "
    "group_id, record, claims, cue, cue_lemma, negated, modal, question, lead"
)
LATER = ("quotes_words", "quotes_document", "quotes_speaker", "quotes_date", "quotes_outlet")
"""Indexes that are made when the rows are there."""
Row = tuple[Any, ...]


class Rows:
    """The rows of a world's documents, table by table."""

    def __init__(self, world: World) -> None:
        self.world, self.random = world, world.random
        self.topics = list(dict.fromkeys(world.sentence(1, 2) for _ in range(TOPICS)))
        self.speaker = {name: id for id, name in enumerate(world.people, 1)}
        self.first: dict[int, tuple[int, int, str | None]] = {}
        self.groups: dict[int, list[Any]] = {}
        self.counts = [0] * (len(world.people) + 1)
        self.quotes = 0

    def of_documents(self, first: int, many: int) -> Iterator[tuple[str, Row]]:
        """Rows of documents, quotes, topics of quotes and verdicts, each with its table."""
        for number in range(first, first + many):
            *records, last = self.world.document(number)
            text, row = last["doc_text"], number + 1
            known = document(records[0]["doc_id"], text, records[0]["meta"])
            yield "documents", (row, *(known[column] for column in DOCUMENTS))
            for record in records:
                yield from self._of_quote(self._varied(record), row, known, text)

    def _varied(self, record: dict[str, Any]) -> dict[str, Any]:
        luck = self.random.random
        words, lemma = self.random.choice(CUES)
        flags = {"negated": luck() < 0.05, "modal": luck() < 0.04, "question": lemma == "ask"}
        claim = None
        if luck() < 0.3:
            sign = {"kind": self.random.choice(CLAIM_KINDS), "words": [record["content"][0]]}
            claim = {"kinds": [sign], "text": record["text"], "mapping": [], "checkable": round(luck(), 3)}
        return record | {"cue": record["cue"] | {"text": words, "lemma": lemma, **flags}, "claim": claim}

    def _of_quote(self, record: Any, row: int, known: dict[str, Any], text: str) -> Iterator[tuple[str, Row]]:
        self.quotes += 1
        id, who = self.quotes, record["speaker"]["name"]
        self.counts[self.speaker[who]] += 1
        about = self.random.sample(range(len(self.topics)), self.random.choice((0, 1, 2)))
        yield (
            "quotes",
            (
                id,
                record["id"],
                row,
                known["date"],
                known["outlet"],
                self.speaker[who],
                who,
                record["type"],
                record["act"],
                record["text"],
                context(record, text),
                ", ".join(self.topics[k] for k in about) or None,
                record["confidence"],
                record["rule"],
                self._group(record, id, row, known["date"]),
                pack(record),
                kinds(record),
                *cue_columns(record["cue"]).values(),
                lead(record, who, text),
            ),
        )
        for k in about:
            yield "quote_topics", (id, k + 1)
        if self.random.random() < WRONG:
            yield "verdicts", (id, "wrong", "A", "2024-01-01T00:00:00Z")

    def _group(self, record: Record, id: int, row: int, date: str | None) -> int | None:
        """The group of a quote whose words another document has."""
        key = hash(record["text"].strip("“,” ").removeprefix("that "))
        if key not in self.first:
            self.first[key] = (id, row, date)
            return None
        other, its, seen = self.first[key]
        group = self.groups.setdefault(key, [other, record["text"], seen, its, 1])
        group[-1] += 1
        return other


DOCUMENTS = ("doc_id", "title", "author", "date", "outlet", "url", "meta", "text", "hash")


def fill(url: str, many: int) -> None:
    """Fill an empty database."""
    quotes.store.open(url, make=True).close()
    world = World(SEED)
    rows = Rows(world)
    with psycopg.connect(url, autocommit=True, client_encoding="utf-8") as db:
        later = [
            db.execute("SELECT pg_get_indexdef(oid) FROM pg_class WHERE relname = %s", (name,)).fetchone()[0]  # type: ignore[index]
            for name in LATER
        ]
        for name in LATER:
            db.execute(f"DROP INDEX {name}")
        db.execute("SET synchronous_commit = off")
        db.execute("SET session_replication_role = replica")  # references hold, and needn't be looked up
        db.execute("SET maintenance_work_mem = '512MB'")
        copy(db, "speakers (id, name, kind)", ((id, name, "person") for name, id in rows.speaker.items()))
        db.execute(
            "INSERT INTO speaker_names (speaker_id, name, words) "
            "SELECT id, name, to_tsvector('simple', name) FROM speakers"
        )
        copy(db, "topics (id, name)", enumerate(rows.topics, 1))
        db.execute("CREATE TEMP TABLE coming (LIKE quotes)")
        words = " || ".join(
            f"setweight(to_tsvector('quotes_words', regexp_replace({column}, '\\W+', ' ', 'g')), '{weight}')"
            for column, weight in WEIGHTS.items()
        ).replace("(topics,", "(coalesce(topics, ''),")
        words = marked(words)
        documents = many // OF_DOCUMENT + 1
        for first in range(0, documents, CHUNK):
            of: dict[str, list[Row]] = {"documents": [], "quotes": [], "quote_topics": [], "verdicts": []}
            for table, row in rows.of_documents(first, min(CHUNK, documents - first)):
                of[table].append(row)
            copy(db, f"documents (id, {', '.join(DOCUMENTS)})", of["documents"])
            copy(db, f"coming ({QUOTES})", of["quotes"])
            db.execute(f"INSERT INTO quotes ({QUOTES}, words) SELECT {QUOTES}, {words} FROM coming")
            db.execute("TRUNCATE coming")
            copy(db, "quote_topics (quote_id, topic_id)", of["quote_topics"])
            copy(db, "verdicts (quote_id, verdict, who, at)", of["verdicts"])
            say(f"{rows.quotes:,}")
        copy(db, "groups (id, text, first_seen, first_document_id, documents)", map(tuple, rows.groups.values()))
        db.execute("UPDATE quotes SET group_id = id WHERE id IN (SELECT id FROM groups)")
        counts = ", ".join(f"({id}, {count})" for id, count in enumerate(rows.counts) if count)
        db.execute(f"UPDATE speakers SET quotes = counted FROM (VALUES {counts}) c (of, counted) WHERE id = c.of")
        db.execute(
            "UPDATE topics SET quotes = n FROM (SELECT topic_id, count(*) AS n FROM quote_topics GROUP BY 1) c "
            "WHERE id = topic_id"
        )
        for definition in later:
            db.execute(definition)
        db.execute("VACUUM ANALYZE")


def say(line: str) -> None:
    print(f"\r{line} quotes", end="", file=sys.stderr, flush=True)


def copy(db: Any, into: str, rows: Any) -> None:
    with db.cursor().copy(f"COPY {into} FROM STDIN") as to:
        for row in rows:
            to.write_row(row)


def searches(world: World) -> list[Search]:
    """Searches that differ: four times those of db_scale.py, some with a filter or an order of the desk's."""
    found = [asked for _ in range(4) for asked in world.searches()][: SEARCHES - 20]
    some = world.random.sample(found, 20)
    kinds: list[dict[str, Any]] = [
        {"negated": True},
        {"question": True},
        {"cue": "deny"},
        {"rule": "left"},
        {"claim": "quantity"},
        {"min_confidence": 0.9},
        {"types": ("indirect",)},
        {"outlet": world.outlets[3]},
        {"words": "", "since": "2022-05", "until": "2022-06"},
        {"words": "", "speaker": None, "outlet": world.outlets[7]},
    ]
    return found + [replace(asked, **kinds[k % len(kinds)]) for k, asked in enumerate(some)]


def measure(url: str, world: World) -> None:
    """Print how long searches take."""
    asked = searches(world)
    with quotes.store.open(url) as store:
        print(", ".join(f"{count:,} {table}" for table, count in store.totals().items()))
        for how, facets, changes in (
            ("as db search", False, {"corrected": True}),
            ("as the desk, with facets", True, {}),
        ):
            taken = []
            for one in asked:
                since = time.perf_counter()
                found = store.search(replace(one, **changes), facets)
                taken.append((time.perf_counter() - since, found.total, one))
            times = sorted(1000 * seconds for seconds, _, _ in taken)
            nothing = sum(not total for _, total, _ in taken)
            print(
                f"{len(times)} searches {how}: median {statistics.median(times):.0f} ms, "
                f"95% within {times[len(times) * 95 // 100]:.0f} ms, slowest {times[-1]:.0f} ms; "
                f"{nothing} found nothing"
            )
            if "-v" in sys.argv:
                for seconds, total, one in sorted(taken, key=lambda each: -each[0])[:20]:
                    print(f"  {1000 * seconds:6.0f} ms {total:6} {told(one)}")


def told(asked: Search) -> str:
    empty = Search()
    given = {name: getattr(asked, name) for name in Search.__dataclass_fields__}
    return ", ".join(f"{name}={value!r}" for name, value in given.items() if value != getattr(empty, name))


def main() -> None:
    many, *addresses = (word for word in sys.argv[1:] if word != "-v")
    with ExitStack() as stack:
        url = addresses[0] if addresses else stack.enter_context(servers.postgresql())
        print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        try:
            quotes.store.open(url).close()
        except quotes.store.StoreError:
            fill(url, int(many.replace("_", "")))
        world = World(SEED)
        world.random.seed(SEED)
        measure(url, world)


if __name__ == "__main__":
    main()
