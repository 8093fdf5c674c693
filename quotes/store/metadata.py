"""What tells Datasette how to show the database: https://docs.datasette.io/en/stable/metadata.html

Full-text search it finds by itself, as the index quotes_fts says whose content it has.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from quotes.records import FLAGS
from quotes.store.search import STANDS

HIDDEN = ("other_ids", "removed", "wire_keys", "quote_topics", "found_speakers", "_sqlite_migrations", "names_fts")
"""Tables that serve others."""

ABOUT: dict[str, dict[str, Any]] = {
    "documents": {
        "description": "The articles, with their text where it was given.",
        "label_column": "title",
        "sort_desc": "date",
        "facets": ["outlet"],
        "columns": {
            "doc_id": "The id in the records: a path, a row's id or an address",
            "date": "Day of publication; as it was written in meta where it is no date",
            "meta": "Other fields of the input, JSON",
            "text": "The text into which all offsets count, in characters",
        },
    },
    "quotes": {
        "description": "Who said what: a row a quote. Read the column line: the text alone does not say that it was "
        "denied, planned or asked.",
        "label_column": "line",
        "sort_desc": "date",
        "facets": ["type", "act", "outlet", "cue_lemma", *FLAGS, "rule"],
        "columns": {
            "uid": "The record's id",
            "speaker_id": "The speaker across documents; empty where the text does not name one",
            "speaker": "The speaker's name in the document, or the words beside the quote, or whom a verdict names",
            "type": "direct: all in quotation marks; mixed: some of it; indirect: none",
            "act": "speech, writing, document, thought or attitude",
            "context": "The text around",
            "topics": "What it is about: keyterms of the quote and its surroundings",
            "confidence": "Calibrated: of quotes given 0.9 nine in ten are right",
            "rule": "Which rule found it",
            "line": "All of it in one line: who, the act as it was done or not done, the text",
            "lead": "What stands in line before the text",
            "cue": "The words that report",
            "cue_lemma": "The base form of the cue",
            **FLAGS,
            "group_id": "The same quote in other documents: wire copy",
            "claims": "The kinds of what it claims, one for each sign of it",
            "record": "What of the record stands in no column, JSON",
        },
    },
    "speakers": {
        "description": "Who spoke, joined across documents by id or full name.",
        "label_column": "name",
        "sort_desc": "quotes",
        "facets": ["kind", "gender"],
        "columns": {
            "list_id": "The id in your own list of speakers",
            "document_id": "Of one known by a last name only: the document",
            "gender": "Where pronouns beside the quotes tell it; he and she count them",
        },
    },
    "speaker_names": {"description": "The names that speakers go by.", "label_column": "name"},
    "topics": {
        "description": "What quotes are about.",
        "label_column": "name",
        "sort_desc": "quotes",
        "columns": {"quotes": "How many are about it"},
    },
    "groups": {
        "description": "The same quote in several documents: wire copy. Its words alone do not say that it was denied, "
        "planned or asked: its quotes do.",
        "label_column": "text",
        "sort_desc": "documents",
        "columns": {"first_seen": "The earliest date of its documents", "documents": "How many have it"},
    },
    "changes": {"description": "What was put right in the database, by whom and when."},
    "verdicts": {
        "description": "What people who checked say of quotes; the last that is not undone stands.",
        "sort_desc": "at",
        "facets": ["verdict", "who"],
    },
}

QUERIES: dict[str, dict[str, str]] = {  # none counts or gives quotes that were called wrong, as ``quotes db search``
    "said_about": {
        "title": "What has somebody said about something?",
        "description": "Words of the speaker's name, and words of the quote, its surroundings or its topics.",
        "sql": (
            "select q.date, q.line, s.name as speaker, q.cue, q.negated, q.modal, q.question, q.type, q.text, d.title, "
            "d.url, q.confidence from quotes_fts f "
            "join quotes q on q.id = f.rowid join documents d on d.id = q.document_id "
            "join speakers s on s.id = q.speaker_id where quotes_fts match escape_fts(:about) and q.speaker_id in "
            "(select n.speaker_id from names_fts m join speaker_names n on n.id = m.rowid "
            f"where names_fts match escape_fts(:speaker)) and q.{STANDS} order by q.date desc limit 200"
        ),
    },
    "wire_copy": {
        "title": "Quotes that most documents have",
        "description": "Where each was first seen, and in how many documents it stands.",
        "sql": (
            "select g.documents, g.first_seen, d.title as first_seen_in, q.line, q.cue, q.negated, q.modal, q.question "
            f"from groups g join quotes q on q.id = (select min(id) from quotes where group_id = g.id and {STANDS}) "
            "left join documents d on d.id = g.first_document_id order by g.documents desc limit 200"
        ),
    },
    "by_month": {
        "title": "Quotes by month",
        "description": "How many quotes each month's documents have, of each type.",
        "sql": (
            "select substr(date, 1, 7) as month, count(*) as quotes, sum(type = 'direct') as direct, "
            "sum(type = 'mixed') as mixed, sum(type = 'indirect') as indirect from quotes "
            f"where {STANDS} group by month order by month"
        ),
    },
    "by_gender": {
        "title": "Quotes by the speakers' gender",
        "description": "Known where pronouns beside the quotes tell it, and otherwise left open.",
        "sql": (
            "select coalesce(s.gender, 'not told') as gender, count(*) as quotes, count(distinct s.id) as speakers "
            f"from quotes q left join speakers s on s.id = q.speaker_id where q.{STANDS} group by 1 "
            "order by quotes desc"
        ),
    },
    "to_check": {
        "title": "Quotes to check first",
        "description": "The least sure that have no verdict.",
        "sql": (
            "select q.confidence, q.uid, q.line, q.cue, q.negated, q.modal, q.question, d.title from quotes q "
            "join documents d on d.id = q.document_id where not exists "
            "(select 1 from verdicts v where v.quote_id = q.id and v.undone_at is null) "
            "order by q.confidence limit 200"
        ),
    },
}


def metadata(path: str) -> dict[str, Any]:
    """The metadata, for ``datasette FILE --metadata``.

    Args:
        path: the database; Datasette calls it by the file's name.
    """
    return {
        "title": "Who said what",
        "description": "Quotes from news text with their speakers, found by quotes.",
        "databases": {
            Path(path).stem: {"tables": ABOUT | {name: {"hidden": True} for name in HIDDEN}, "queries": QUERIES}
        },
    }
