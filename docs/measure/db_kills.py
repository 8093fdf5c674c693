"""Does a database that is killed while it is added to lose or garble anything?

    python docs/measure/db_kills.py quotes.jsonl 10

adds the records to a database undisturbed; then to another with the process killed (SIGKILL) so many times, at moments
spread at random over the time that is left, each time checking that no document is there in part; then adds the same
once more, and compares all rows of both. FILES may be texts as well.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

COMMAND = [sys.executable, "-m", "quotes", "db", "add"]
SMALL = (
    "import sys, quotes.cli, quotes.store.store as store; store.BATCH_QUOTES = 1; "
    "sys.argv[1:1] = ['db', 'add']; quotes.cli.main()"
)
"""A program that writes every document in a transaction of its own: more moments at which it may be killed."""
SEED = 11


def rows(path: Path) -> list[tuple[object, ...]]:
    """All rows of all tables, after SQLite and the full-text indexes have checked themselves."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        [[sound]] = db.execute("PRAGMA integrity_check").fetchall()
        broken = db.execute("PRAGMA foreign_key_check").fetchall()
        if sound != "ok" or broken:
            sys.exit(f"{path} is damaged: {sound} {broken}")
        tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        for index in ("quotes_fts", "names_fts"):
            if index in tables:
                db.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
        own = [table for table in tables if "_fts_" not in table and not table.startswith(("_sqlite", "sqlite_"))]
        return sorted(((table, *row) for table in own for row in db.execute(f"SELECT * FROM {table}")), key=repr)


def quotes_of(path: Path) -> dict[str, int]:
    """How many quotes each document has."""
    with closing(sqlite3.connect(path)) as db:
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'quotes'").fetchone():
            return {}
        sql = "SELECT doc_id, count(q.id) FROM documents d LEFT JOIN quotes q ON q.document_id = d.id GROUP BY d.id"
        return dict(db.execute(sql).fetchall())


def main() -> None:
    *files, kills = sys.argv[1:]
    command = [sys.executable, "-c", SMALL] if os.environ.get("SMALL") else COMMAND
    luck = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        whole, killed = Path(folder, "whole.db"), Path(folder, "killed.db")
        start = time.monotonic()
        subprocess.run([*command, str(whole), *files], check=True)
        takes = time.monotonic() - start
        expected = rows(whole)
        subprocess.run([*command, str(whole), *files], check=True)
        if rows(whole) != expected:
            sys.exit("adding the same again changed something")
        every = quotes_of(whole)
        print(f"{len(every):,} documents with {sum(every.values()):,} quotes added in {takes:.1f} s; again: no change")
        for _ in range(int(kills)):
            with subprocess.Popen([*command, str(killed), *files]) as process:
                time.sleep(luck.uniform(0, takes))
                process.send_signal(signal.SIGKILL)
            there = quotes_of(killed) if killed.exists() else {}
            if torn := {doc_id for doc_id, count in there.items() if every[doc_id] != count}:
                sys.exit(f"killed, and in part there: {torn}")
            print(f"killed with {len(there):,} documents there, all whole")
        subprocess.run([*command, str(killed), *files], check=True)
        if rows(killed) != expected:
            sys.exit("killed and run again is not the same as undisturbed")
        print("run again: the same as undisturbed, row for row")


if __name__ == "__main__":
    main()
