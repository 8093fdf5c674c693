"""The tables, and how a database of an older version comes to have them.

    documents  1 ── n  quotes  n ── 1  speakers  1 ── n  speaker_names
                       quotes  n ── n  topics            (quote_topics)
                       quotes  n ── 1  groups            the same words in several documents
                       quotes  1 ── n  verdicts
                       quotes  1 ── 1  found_speakers    whom the program found, where a verdict names somebody else
    documents  1 ── n  other_ids                         under which the same text was added too
    speakers   n ── 1  speakers (merged_into)            one person by what somebody said
    changes    1 ── 1  removed                           what people put right, and documents that they took out
    quotes_fts, names_fts      full-text indexes of quotes and speaker_names
    wire_keys                  by which the quotes of one group find each other (see ``quotes.store.wire``)

A migration, once released, stays as it is; a new version appends one and raises VERSION.
"""

from __future__ import annotations

import sqlite3
from typing import Any

VERSION = 5
"""``PRAGMA user_version`` of a database with all migrations."""
APPLICATION = 0x71756F74
"""``PRAGMA application_id``, by which a database is known as one of quotes: "quot"."""

INDEXED = ("text", "speaker", "context", "topics")
"""Columns of quotes that quotes_fts has too."""

FIRST = """
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    doc_id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    author TEXT,
    date TEXT,
    outlet TEXT,
    url TEXT,
    meta TEXT,
    text TEXT
);
CREATE INDEX documents_date ON documents (date);
CREATE INDEX documents_outlet ON documents (outlet);

CREATE TABLE speakers (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    description TEXT,
    list_id TEXT UNIQUE,
    document_id INTEGER REFERENCES documents (id),
    he INTEGER NOT NULL DEFAULT 0,
    she INTEGER NOT NULL DEFAULT 0,
    gender TEXT GENERATED ALWAYS AS (
        CASE WHEN he + she = 0 THEN NULL WHEN he >= 9 * she THEN 'man' WHEN she >= 9 * he THEN 'woman' END
    ) VIRTUAL,
    quotes INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX speakers_quotes ON speakers (quotes);
CREATE INDEX speakers_document ON speakers (document_id) WHERE document_id IS NOT NULL;

CREATE TABLE speaker_names (
    id INTEGER PRIMARY KEY,
    speaker_id INTEGER NOT NULL REFERENCES speakers (id),
    name TEXT NOT NULL,
    form TEXT,
    family TEXT,
    UNIQUE (speaker_id, name)
);
CREATE INDEX speaker_names_form ON speaker_names (form) WHERE form IS NOT NULL;
CREATE INDEX speaker_names_family ON speaker_names (family) WHERE family IS NOT NULL;

CREATE TABLE groups (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    first_seen TEXT,
    first_document_id INTEGER REFERENCES documents (id),
    documents INTEGER NOT NULL
);

CREATE TABLE quotes (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    document_id INTEGER NOT NULL REFERENCES documents (id),
    date TEXT,
    outlet TEXT,
    speaker_id INTEGER REFERENCES speakers (id),
    speaker TEXT,
    type TEXT NOT NULL,
    act TEXT NOT NULL,
    text TEXT NOT NULL,
    context TEXT,
    topics TEXT,
    confidence REAL NOT NULL,
    rule TEXT NOT NULL,
    group_id INTEGER REFERENCES groups (id),
    record TEXT NOT NULL
);
CREATE INDEX quotes_document ON quotes (document_id);
CREATE INDEX quotes_speaker ON quotes (speaker_id, date, document_id);
CREATE INDEX quotes_date ON quotes (date, type, act, confidence);
CREATE INDEX quotes_outlet ON quotes (outlet COLLATE NOCASE, date);
CREATE INDEX quotes_group ON quotes (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX quotes_filters ON quotes (id, speaker_id, date, outlet, type, act, confidence);

CREATE TABLE topics (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);
CREATE TABLE quote_topics (
    quote_id INTEGER NOT NULL REFERENCES quotes (id),
    topic_id INTEGER NOT NULL REFERENCES topics (id),
    PRIMARY KEY (quote_id, topic_id)
) WITHOUT ROWID;
CREATE INDEX quote_topics_topic ON quote_topics (topic_id);

CREATE TABLE verdicts (
    id INTEGER PRIMARY KEY,
    quote_id INTEGER NOT NULL REFERENCES quotes (id),
    verdict TEXT NOT NULL CHECK (verdict IN ('right', 'wrong', 'speaker', 'edges')),
    speaker TEXT,
    mention TEXT,
    content TEXT,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    undone_by TEXT,
    undone_at TEXT
);
CREATE INDEX verdicts_quote ON verdicts (quote_id);

CREATE TABLE wire_keys (
    key INTEGER NOT NULL,
    quote_id INTEGER NOT NULL REFERENCES quotes (id),
    PRIMARY KEY (key, quote_id)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE quotes_fts USING fts5(
    text, speaker, context, topics,
    content="quotes", content_rowid="id", tokenize="porter unicode61 remove_diacritics 2"
);
INSERT INTO quotes_fts (quotes_fts, rank) VALUES ('automerge', 8);
CREATE VIRTUAL TABLE names_fts USING fts5(
    name, content="speaker_names", content_rowid="id", tokenize="unicode61 remove_diacritics 2"
);
"""

SECOND = """
DROP INDEX quotes_document;
CREATE INDEX quotes_document ON quotes (document_id, type, act, date, outlet);
ALTER TABLE topics ADD COLUMN quotes INTEGER NOT NULL DEFAULT 0;
UPDATE topics SET quotes = (SELECT count(*) FROM quote_topics WHERE topic_id = topics.id);
"""
"""What counts over all quotes read: ``quotes.store.look.stats``."""


THIRD = """
ALTER TABLE quotes ADD COLUMN cue TEXT;
ALTER TABLE quotes ADD COLUMN cue_lemma TEXT;
ALTER TABLE quotes ADD COLUMN negated INTEGER NOT NULL DEFAULT 0;
ALTER TABLE quotes ADD COLUMN modal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE quotes ADD COLUMN question INTEGER NOT NULL DEFAULT 0;
ALTER TABLE quotes ADD COLUMN lead TEXT NOT NULL DEFAULT '';
ALTER TABLE quotes ADD COLUMN line TEXT GENERATED ALWAYS AS
    (lead || ' ' || replace(replace(text, char(13), ''), char(10), ' ')) VIRTUAL;
DROP INDEX quotes_filters;
CREATE INDEX quotes_filters ON quotes
    (id, speaker_id, date, outlet, type, act, confidence, cue_lemma, negated, modal, question, rule);
CREATE TABLE found_speakers (
    quote_id INTEGER PRIMARY KEY REFERENCES quotes (id),
    speaker_id INTEGER REFERENCES speakers (id),
    speaker TEXT
);
"""
"""How a quote is told has columns of its own, and so has whom the program found where a verdict names somebody else."""


FOURTH = """
ALTER TABLE documents ADD COLUMN hash TEXT;
CREATE INDEX documents_hash ON documents (hash) WHERE hash IS NOT NULL;
CREATE TABLE other_ids (
    doc_id TEXT PRIMARY KEY,
    document_id INTEGER NOT NULL REFERENCES documents (id)
);
CREATE INDEX other_ids_document ON other_ids (document_id);
ALTER TABLE speakers ADD COLUMN given TEXT;
ALTER TABLE speakers ADD COLUMN merged_into INTEGER REFERENCES speakers (id);
CREATE INDEX speakers_merged ON speakers (merged_into) WHERE merged_into IS NOT NULL;
ALTER TABLE quotes ADD COLUMN joined_as INTEGER REFERENCES speakers (id);
CREATE INDEX quotes_joined ON quotes (joined_as) WHERE joined_as IS NOT NULL;
DROP INDEX quotes_filters;
CREATE INDEX quotes_filters ON quotes
    (id, speaker_id, date, outlet, type, act, confidence, cue_lemma, negated, modal, question, rule, group_id);
CREATE TABLE changes (
    id INTEGER PRIMARY KEY,
    what TEXT NOT NULL,
    line TEXT NOT NULL,
    told TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    undone_by TEXT,
    undone_at TEXT
);
CREATE TABLE removed (
    change_id INTEGER PRIMARY KEY REFERENCES changes (id),
    doc_id TEXT NOT NULL,
    hash TEXT,
    rows TEXT NOT NULL
);
CREATE INDEX removed_doc_id ON removed (doc_id);
CREATE INDEX removed_hash ON removed (hash) WHERE hash IS NOT NULL;
"""
"""What people put right: each change is kept, and can be undone. Of a quote, joined_as is the speaker to whom it was
joined by its name, where that one is merged into another: speaker_id."""


FIFTH = """
ALTER TABLE quotes ADD COLUMN claims TEXT;
UPDATE quotes SET claims = (SELECT group_concat(kind, ', ') FROM
    (SELECT json_extract(value, '$.kind') AS kind FROM json_each(record, '$.claim.kinds')))
    WHERE record LIKE '%"claim":%';
DROP INDEX quotes_filters;
CREATE INDEX quotes_filters ON quotes
    (id, speaker_id, date, outlet, type, act, confidence, cue_lemma, negated, modal, question, rule, group_id, claims);
"""
"""The kinds of a quote's claim, joined by ", ", have a column, so that no record needs be read to count them."""


def migrate(connection: sqlite3.Connection) -> None:
    """Give an empty database all tables, and one of an older version what it lacks, each migration whole or not at all.

    Raises:
        quotes.extras.MissingPackage: a ValueError: sqlite-utils is not installed.
    """
    from quotes.extras import need

    db: Any = need("sqlite_utils", "db").Database(connection)
    migrations: Any = need("sqlite_utils.migrations", "db").Migrations("quotes")

    @migrations()  # type: ignore[untyped-decorator]
    def first(db: Any) -> None:
        _run(db, FIRST)
        db.execute(f"PRAGMA application_id = {APPLICATION}")
        db.execute("PRAGMA user_version = 1")

    @migrations()  # type: ignore[untyped-decorator]
    def second(db: Any) -> None:
        _run(db, SECOND)
        db.execute("PRAGMA user_version = 2")

    @migrations()  # type: ignore[untyped-decorator]
    def third(db: Any) -> None:
        from quotes.store.retold import retell

        _run(db, THIRD)
        retell(connection)
        db.execute("PRAGMA user_version = 3")

    @migrations()  # type: ignore[untyped-decorator]
    def fourth(db: Any) -> None:
        from quotes.store.rows import digest, title

        _run(db, FOURTH)
        changes = connection.cursor()
        for id, doc_id, known, text in db.execute("SELECT id, doc_id, title, text FROM documents"):
            named = title(doc_id, text) if known == doc_id else known
            changes.execute("UPDATE documents SET title = ?, hash = ? WHERE id = ?", (named, digest(text), id))
        db.execute("PRAGMA user_version = 4")

    @migrations()  # type: ignore[untyped-decorator]
    def fifth(db: Any) -> None:
        _run(db, FIFTH)
        db.execute("PRAGMA user_version = 5")

    migrations.apply(db)


def _run(db: Any, statements: str) -> None:
    """Run statements one by one: SQLite's way to run several at once ends the transaction."""
    for statement in statements.split(";\n"):
        if statement.strip():
            db.execute(statement)
