"""Does a database that is killed while it is added to lose or garble anything?

    python docs/measure/db_kills.py quotes.jsonl 10
    python docs/measure/db_kills.py quotes.jsonl 20 --postgresql --writers 10

adds the records to a database undisturbed; then to another with the process killed (SIGKILL) so many times, of three
once at any moment of its start and twice after it began to write, each time checking that no document is there in part;
then adds the same once more, and compares all rows of both. With SMALL=1 every document is a transaction: more moments.
With --postgresql both are on a server of its own, with --on they are two addresses. With several writers each has its
share of the lines of a file of records and all write at once; one of them, at random, is killed each time and begins
again; rows are then compared without their order.

Numbers of rows are no part of what is compared, only what they lead to: PostgreSQL gives none twice.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import quotes.store
from quotes.store.database import Database

COMMAND = [sys.executable, "-m", "quotes", "db", "add"]
SMALL = (
    "import sys, quotes.cli, quotes.store.store as store; store.BATCH_QUOTES = 1; "
    "sys.argv[1:1] = ['db', 'add']; quotes.cli.main()"
)
"""A program that writes every document in a transaction of its own: more moments at which it may be killed."""
SEED = 11
MOST_LATE = 5
"""Runs that may end before they are killed."""
Rows = dict[str, list[tuple[object, ...]]]
TABLES = {
    "documents": "SELECT doc_id, title, author, date, outlet, url, meta, text, hash FROM documents ORDER BY id",
    "quotes": "SELECT q.uid, d.doc_id, q.date, q.outlet, s.name, q.speaker, q.type, q.act, q.text, q.context, "
    "q.topics, q.confidence, q.rule, q.record, q.claims, q.cue, q.cue_lemma, q.negated, q.modal, q.question, q.lead "
    "FROM quotes q JOIN documents d ON d.id = q.document_id LEFT JOIN speakers s ON s.id = q.speaker_id ORDER BY q.id",
    "speakers": "SELECT name, kind, description, list_id, he, she, gender, quotes, given FROM speakers ORDER BY id",
    "speaker_names": "SELECT s.name, n.name, n.form, n.family FROM speaker_names n "
    "JOIN speakers s ON s.id = n.speaker_id ORDER BY n.id",
    "topics": "SELECT name, quotes FROM topics ORDER BY id",
    "quote_topics": "SELECT q.uid, t.name FROM quote_topics JOIN quotes q ON q.id = quote_id "
    "JOIN topics t ON t.id = topic_id ORDER BY q.id, t.id",
    "groups": "SELECT q.uid, g.documents, g.first_seen, (SELECT min(uid) FROM quotes WHERE group_id = g.id) "
    "FROM groups g JOIN quotes q ON q.group_id = g.id ORDER BY q.id",
    "wire_keys": "SELECT q.uid, count(*) FROM wire_keys JOIN quotes q ON q.id = quote_id GROUP BY q.id, q.uid "
    "ORDER BY q.id",
}
"""What the rows of each table say, in the order in which they were made."""


def rows(address: str) -> Rows:
    """All rows of all tables, after SQLite and the full-text indexes have checked themselves."""
    with quotes.store.open(address, write=True) as store:
        if isinstance(store.db, sqlite3.Connection):
            _check(store.db, address)
        return {table: [tuple(row) for row in store.db.execute(sql)] for table, sql in TABLES.items()}


def _check(db: Database, address: str) -> None:
    [[sound]] = db.execute("PRAGMA integrity_check").fetchall()
    broken = db.execute("PRAGMA foreign_key_check").fetchall()
    if sound != "ok" or broken:
        sys.exit(f"{address} is damaged: {sound} {broken}")
    for index in ("quotes_fts", "names_fts"):
        db.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")


def same(one: Rows, other: Rows, ordered: bool) -> bool:
    if ordered:
        return one == other
    return all(sorted(one[table], key=repr) == sorted(other[table], key=repr) for table in TABLES)


def quotes_of(address: str) -> dict[str, int]:
    """How many quotes each document has; {} where there is no database yet."""
    try:
        with quotes.store.open(address) as store:
            return {one["doc_id"]: one["quotes"] for one in store.documents(limit=10**6)}
    except quotes.store.StoreError:
        return {}


@contextmanager
def addresses(postgresql: bool) -> Iterator[list[str]]:
    """Where two databases are to be made, in a temporary folder or on a server of their own."""
    if not postgresql:
        with tempfile.TemporaryDirectory() as folder:
            yield [f"{folder}/whole.db", f"{folder}/killed.db"]
        return
    sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
    import psycopg
    import servers

    with servers.postgresql() as server:
        with psycopg.connect(server, autocommit=True) as db:
            for name in ("whole", "killed"):
                db.execute(f"CREATE SCHEMA {name}")
        yield [f"{server}?options=-csearch_path%3D{name}" for name in ("whole", "killed")]


def shares(files: Sequence[str], writers: int, folder: str) -> list[list[str]]:
    """What each writer adds: all files, or its share of the lines of all, those of a document together."""
    if writers == 1:
        return [list(files)]
    lines = [line for file in files for line in Path(file).read_text("utf-8").splitlines(keepends=True)]
    each = -(-len(lines) // writers)
    found = []
    for k in range(writers):
        path = Path(folder, f"share{k}.jsonl")
        path.write_text("".join(lines[k * each : (k + 1) * each]), "utf-8")
        found.append([str(path)])
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="+")
    parser.add_argument("kills", type=int)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--writers", type=int, default=1)
    parser.add_argument("--on", nargs=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        of = shares(asked.files, asked.writers, folder)
        if asked.on:
            measure(of, asked.kills, *asked.on)
        else:
            with addresses(asked.postgresql) as (whole, killed):
                measure(of, asked.kills, whole, killed)


def wait(killed: str, many: int, processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Until there are more documents than so many."""
    while len(quotes_of(killed)) <= many and any(process.poll() is None for process in processes):
        time.sleep(0.1)


def measure(of: list[list[str]], kills: int, whole: str, killed: str) -> None:
    """Add what each writer has to both databases, to the second with kills, and compare."""
    command = [sys.executable, "-c", SMALL] if os.environ.get("SMALL") else COMMAND
    luck, writers, one_writer = random.Random(SEED), len(of), len(of) == 1

    def add(to: str) -> float:
        start = time.monotonic()
        for files in of:
            subprocess.run([*command, to, *files], check=True)
        return time.monotonic() - start

    takes = add(whole)
    expected = rows(whole)
    idle = add(whole)
    if rows(whole) != expected:
        sys.exit("adding the same again changed something")
    every = quotes_of(whole)
    many = f"{len(every):,} documents with {sum(every.values()):,} quotes"
    print(f"{many} added in {takes:.1f} s; again: no change")
    at_work = {} if one_writer else {k: subprocess.Popen([*command, killed, *of[k]]) for k in range(writers)}
    done = late = 0
    there: dict[str, int] = {}
    while done < kills:
        left = (1 - len(there) / len(every)) / (kills - done)
        process = None if at_work else subprocess.Popen([*command, killed, *of[0]])
        if luck.random() < 1 / 3:
            time.sleep(luck.uniform(0, idle / writers))
        else:
            wait(killed, len(there), [process] if process else list(at_work.values()))
            time.sleep(luck.uniform(0, max(takes - idle, 0) * left))
        k = luck.choice([k for k, one in at_work.items() if one.poll() is None] or [0])
        process = process or at_work[k]
        late += process.poll() is not None
        if late > MOST_LATE:
            print("it was done too soon for more kills: give it more records")
            break
        done += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
        there = quotes_of(killed)
        if torn := {doc_id for doc_id, count in there.items() if every[doc_id] != count}:
            sys.exit(f"killed, and in part there: {torn}")
        print(f"killed with {len(there):,} documents there, all whole", flush=True)
        if at_work:
            at_work[k] = subprocess.Popen([*command, killed, *of[k]])
    for process in at_work.values():
        process.wait()
    add(killed)
    if not same(rows(killed), expected, ordered=one_writer):
        sys.exit("killed and run again is not the same as undisturbed")
    print(f"{done} kills, and run again: the same as undisturbed, row for row")


if __name__ == "__main__":
    main()
