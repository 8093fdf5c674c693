"""The database as one object: what the command line and the desk call."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from quotes.read.told import Told
from quotes.records import Quote, Record
from quotes.run import TIMEOUT
from quotes.store import changes, documents, identity, look, missed, queue, verdicts
from quotes.store.add import Added, Incoming, insert
from quotes.store.agreement import Agreement, agreement
from quotes.store.connect import connect, create
from quotes.store.database import Database
from quotes.store.documents import stored, taken_out
from quotes.store.errors import explained
from quotes.store.missed import Missed
from quotes.store.queue import Waiting
from quotes.store.rows import clean
from quotes.store.search import Found, Search, named, search
from quotes.store.verdicts import Said, Span, Verdict

BATCH_QUOTES = 4_000
"""Quotes that are written in one transaction, or a few more: whole documents."""
BATCH_SECONDS = 5.0
"""Time after which what has been read is written."""

UNDO: dict[str, Callable[[Database, Mapping[str, Any]], None]] = {
    "edit": documents.unedit,
    "rename": identity.unname,
    "merge": identity.unmerge,
    "split": identity.unsplit,
}
"""How changes are undone, each from what was kept of it; a document comes back from what is in removed."""


class Store:
    """A database file; may be used from several threads, each of which gets a connection of its own.

    Args:
        path: the file.
        write: whether to write; otherwise the file is left byte for byte as it is.

    Raises:
        quotes.store.StoreError: there is no such file, it is no database of quotes, or one of a newer version.
        quotes.store.WriteError: a StoreError: it can't be written, or is in use by another program. This one may come
            from every method too.
    """

    def __init__(self, path: str, *, write: bool = False) -> None:
        self.path, self.write = path, write
        self._local = threading.local()
        _ = self.db  # so that what is wrong with the file is said now

    @property
    def db(self) -> Database:
        """This thread's connection: outside of ``transaction`` every statement commits at once."""
        connection: Database | None = getattr(self._local, "db", None)
        if connection is None:
            connection = self._local.db = connect(self.path, write=self.write)
        return connection

    def close(self) -> None:
        """Close this thread's connection."""
        connection: Database | None = getattr(self._local, "db", None)
        if connection is not None:
            del self._local.db
            connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[Database]:
        """All of the block is written, or after an exception none of it."""
        with explained(self.path):
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield self.db
                self.db.execute("COMMIT")
            except BaseException:
                if self.db.in_transaction:
                    self.db.execute("ROLLBACK")
                raise

    # Adding

    def add(
        self,
        paths: Iterable[str],
        on_error: Callable[[str], None] = lambda message: None,
        on_note: Callable[[str], None] = lambda message: None,
        topics: bool | None = None,
        progress: Callable[[Added], None] = lambda added: None,
        *,
        jobs: int = 1,
        timeout: float = TIMEOUT,
        told: Told | None = None,
        claims: bool = False,
    ) -> Added:
        """Add files: records as ``quotes extract`` writes them, and texts in any format that it reads, from which
        quotes are extracted on the way.

        What is in the database already is left as it is, but what was not known of a document, its date, say, is filled
        in. A text that is there under another id is the same document. Documents are written whole, several in one
        transaction; when this ends early, those written stay, and the same call again does the rest.

        Args:
            paths: files, folders of texts, "-" for standard input.
            on_error: gets a line for everything that is left out: where it comes from and why.
            on_note: gets a line for what a reader should know of a text: "old.txt: not UTF-8, read as cp1252".
            topics: whether to look for topics; None: in texts, which are parsed anyway, and not in records.
            progress: gets the counts after each transaction.
            jobs: how many processes find quotes, 0 for one a core. A text that crashes or hangs one of them is left
                out, and told of.
            timeout: seconds that a text may take, 0 for no limit.
            told: how inputs are read, and what completes what is known of them; None reads what has the usual names.
            claims: tell what the quotes of texts claim, as ``quotes.Extractor`` does; records have it or not.

        Raises:
            quotes.extras.MissingPackage: a ValueError: rapidfuzz is not installed.
            quotes.run.Unusable: a ValueError: there can be no worker processes.
        """
        from quotes.store.inputs import Inputs

        added = Added()
        batch: list[Incoming] = []
        since = time.monotonic()
        with Inputs(on_error, on_note, self._has, topics, jobs, timeout, told, claims) as inputs:
            for incoming in inputs.of(paths):
                batch.append(incoming)
                if sum(len(one.records) for one in batch) >= BATCH_QUOTES or time.monotonic() - since > BATCH_SECONDS:
                    self._write(batch, added, on_error, on_note)
                    progress(added)
                    batch, since = [], time.monotonic()
        self._write(batch, added, on_error, on_note)
        return added

    def add_document(
        self,
        doc_id: str,
        text: str,
        quotes: Sequence[Quote | Record],
        meta: Mapping[str, Any] | None = None,
        topics: Sequence[Sequence[str]] = (),
    ) -> int | None:
        """Add one document.

        Args:
            doc_id: its id; the quotes' own has to be the same.
            text: its whole text.
            quotes: its quotes, or their records with all keys.
            meta: title, author, date, url, outlet and other fields.
            topics: those of each quote; () where they weren't looked for.

        Returns:
            the document's row, also where it was there before; None where another text has this id.
        """
        records = [quote.to_dict() if isinstance(quote, Quote) else quote for quote in quotes]
        with self.transaction() as db:
            return insert(db, Incoming(doc_id, text, meta, records, topics), Added())

    def _has(self, doc_id: str, text: str | None) -> bool:
        """Whether there is a document with an id, and with this text where one is given, or there was until it was
        removed."""
        row = stored(self.db, clean(doc_id), text and clean(text))
        if row is None:
            return taken_out(self.db, clean(doc_id), text and clean(text)) is not None
        return text is None or row["text"] == clean(text)

    def _write(
        self,
        batch: Sequence[Incoming],
        added: Added,
        on_error: Callable[[str], None],
        on_note: Callable[[str], None],
    ) -> None:
        if not batch:
            return
        with self.transaction() as db:
            for incoming in batch:
                insert(db, incoming, added)
        for lines, tell in ((added.refused, on_error), (added.notes, on_note)):
            for line in lines:
                tell(line)
            lines.clear()

    # Looking

    def search(self, asked: Search, facets: bool = False) -> Found:
        """See ``quotes.store.search.search``."""
        with explained(self.path):
            return search(self.db, asked, facets)

    def quote(self, id: str) -> dict[str, Any] | None:
        """A quote by its record's id, or None: as ``quotes.store.hits.row`` describes it, and beyond that record
        (with all keys), places (all quotes of its group as rows, the earliest first; [] without a group) and verdicts
        (all that were given, in order)."""
        with explained(self.path):
            return look.quote(self.db, id)

    def document(self, id: int | str) -> dict[str, Any] | None:
        """A document by its row (int) or its doc_id, or None: id, doc_id, title, author, date, outlet, url, meta (other
        fields), text (or None), records (in the order of the text), speaker_ids (record id -> row of the speaker or
        None), verdicts (record id -> the one that stands)."""
        with explained(self.path):
            return look.document(self.db, id)

    def documents(self, limit: int = 50, offset: int = 0, words: str = "", sort: str = "added") -> list[dict[str, Any]]:
        """Documents: id, doc_id, title, outlet, date, quotes (a count). Quotes that are wrong by the verdict that
        stands are counted apart: wrong.

        Args:
            limit: how many at most.
            offset: how many to pass over.
            words: only those whose title, id, outlet, author or address has each of these.
            sort: "added" (the last first), "date" (the newest first), "title", "outlet" or "quotes" (most first).
        """
        with explained(self.path):
            return look.documents(self.db, limit, offset, words, sort)

    def number_of_documents(self, words: str = "") -> int:
        """How many documents have these words: see ``documents``."""
        with explained(self.path):
            return look.number_of_documents(self.db, words)

    def speaker(self, id: int) -> dict[str, Any] | None:
        """A speaker by its row, or None: id, name, kind, description, list_id (of the user's list), document_id (of one
        that is only known by a last name), gender (man, woman or None), quotes, documents (counts), names, first, last
        (dates), months ([month, quotes] in order), topics ([topic, quotes], most frequent first). Quotes that are wrong
        by the verdict that stands are in none of these: wrong is their count."""
        with explained(self.path):
            return look.speaker(self.db, id)

    def speakers(self, name: str | None = None, limit: int = 50, offset: int = 0) -> list[dict[str, Any]]:
        """Speakers who have quotes, most quotes first, with names and documents (a count). Quotes that are wrong by the
        verdict that stands are counted apart: wrong.

        Args:
            name: only those one of whose names has all these words.
            limit: how many at most.
            offset: how many to pass over.
        """
        with explained(self.path):
            return look.speakers(self.db, None if name is None else named(self.db, name), limit, offset)

    def totals(self) -> dict[str, int]:
        """How many documents, quotes (without those that are wrong by the verdict that stands, and those), speakers who
        have quotes, topics, groups and standing verdicts there are."""
        with explained(self.path):
            return look.totals(self.db)

    def stats(self, by: str, limit: int = 50, documents: bool = True) -> list[dict[str, Any]]:
        """Quotes counted by one of ``quotes.store.BY``, without those that are wrong by the verdict that stands.

        Args:
            by: what to count them by.
            limit: how many values at most.
            documents: whether to count documents by gender too, which takes long.

        Returns:
            {"value", "label", "quotes", "documents"} each, the most frequent first, months in order; a value of None
            counts those of which it is unknown. By topic, documents are not counted: None.
        """
        with explained(self.path):
            return look.stats(self.db, by, limit, documents)

    # Putting right

    def edit(self, document: int, fields: Mapping[str, str | None], who: str) -> int:
        """Correct what is known of a document.

        Args:
            document: its row.
            fields: new values of title, author, date (YYYY-MM-DD), outlet, url; None or "" where there is none.
            who: whoever does it.

        Returns:
            the change's number, by which it can be undone.

        Raises:
            quotes.store.ChangeError: a StoreError: there is no such document, or a value is none that it can have.
        """
        with self.transaction() as db:
            return documents.edit(db, document, fields, who)

    def remove(self, document: int, who: str) -> int:
        """Take out a document with its quotes and their verdicts, which ``undo_change`` brings back as they were. It
        stays out when it is added again.

        Returns:
            the change's number.

        Raises:
            quotes.store.ChangeError: there is no such document.
        """
        with self.transaction() as db:
            return documents.remove(db, document, who)

    def rename(self, speaker: int, name: str, who: str) -> int:
        """Call a speaker by another name; those that it went by stay.

        Returns:
            the change's number.

        Raises:
            quotes.store.ChangeError: there is no such speaker, or another is called so.
        """
        with self.transaction() as db:
            return identity.rename(db, speaker, name, who)

    def merge(self, speakers: Iterable[int], into: int, who: str) -> list[int]:
        """Make speakers one, with all names that they go by; quotes that are added later go the same way.

        Args:
            speakers: the rows of those that are found with another from now on.
            into: that one's row.
            who: whoever says so.

        Returns:
            the changes' numbers, one for each.

        Raises:
            quotes.store.ChangeError: one of them does not exist, or they are one already. Then none is merged.
        """
        with self.transaction() as db:
            return identity.merge(db, speakers, into, who)

    def split(
        self,
        speaker: int,
        who: str,
        *,
        names: Sequence[str] = (),
        documents: Sequence[int] = (),
        name: str | None = None,
    ) -> tuple[int, int]:
        """Make a speaker of their own of some of a speaker's quotes.

        Args:
            speaker: its row.
            who: whoever says so.
            names: of the quotes under these names; later quotes under them go the same way.
            documents: of the quotes of these documents, by their rows.
            name: what the new one is called; None takes the first of names, or else the same name.

        Returns:
            the change's number, and the new speaker's row.

        Raises:
            quotes.store.ChangeError: there is no such speaker, or none or all of its quotes are meant.
        """
        with self.transaction() as db:
            return identity.split(db, speaker, who, names, documents, name)

    def meant(self, speaker: str) -> int:
        """The row of the speaker who is meant by a number or one of its names.

        Raises:
            quotes.store.ChangeError: there is none, or there are several.
        """
        with explained(self.path):
            return identity.meant(self.db, speaker)

    def changes(self, limit: int = 50, offset: int = 0) -> list[dict[str, Any]]:
        """What people put right, the last first: id, what (edit, remove, rename, merge, split), line (what was done, in
        words), who, at, undone_by, undone_at."""
        with explained(self.path):
            return changes.listing(self.db, limit, offset)

    def undo_change(self, change: int, who: str) -> None:
        """Undo a change, by its number; all that was changed otherwise since stays.

        Raises:
            quotes.store.ChangeError: it does not stand, or another that was made since is to be undone first.
        """
        with self.transaction() as db:
            what, told = changes.standing(db, change)
            changes.undone(db, change, who)
            if what == "remove":
                documents.restore(db, change)
            else:
                UNDO[what](db, told)

    # Checking

    def verdict(
        self,
        quote: str,
        verdict: Verdict,
        who: str,
        *,
        speaker: str | None = None,
        mention: Span | None = None,
        content: Sequence[Span] | None = None,
    ) -> int:
        """Keep what somebody who checked says of a quote. The last verdict on a quote that is not undone stands; it is
        of the quote as it was corrected before.

        A quote whose speaker is set is from then on found and counted with that speaker, and goes back to the one whom
        the program found when the verdict is undone. Its record stays as it was.

        Args:
            quote: the record's id.
            verdict: right, wrong (no quote), speaker (somebody else's), edges (begins or ends elsewhere).
            who: whoever says so.
            speaker: with the verdict speaker: the name.
            mention: with the verdicts speaker and edges, if known: where in the text the source stands.
            content: with the verdict edges: the parts of the content, in order.

        Returns:
            the verdict's number, by which it can be undone.

        Raises:
            quotes.store.VerdictError: a StoreError: there is no such quote, or an argument doesn't fit.
        """
        said = Said(verdict, clean(who.strip()), clean((speaker or "").strip()) or None, mention, content)
        with self.transaction() as db:
            return verdicts.give(db, quote, said)

    def undo(self, verdict: int, who: str) -> None:
        """Undo a verdict, by its number; the last before it on the same quote that is not undone stands again.

        Raises:
            quotes.store.VerdictError: there is no such verdict, or it was undone already.
        """
        with self.transaction() as db:
            verdicts.undo(db, verdict, who)

    def add_missed(self, document: int, found: Missed) -> str:
        """Add a quote that the program missed, to a document given by its row, and give the id that its record gets.
        It stands by a verdict of whoever adds it; when that is undone, it counts as wrong.

        Raises:
            quotes.store.VerdictError: a StoreError: there is no such document, or its text is not in the database; the
                quote is there already; an argument doesn't fit.
        """
        with self.transaction() as db:
            return missed.add(db, document, found)

    def waiting(self, asked: Waiting) -> tuple[list[dict[str, Any]], int]:
        """Quotes to check, as ``quotes.store.hits.row`` describes them, and how many there are."""
        with explained(self.path):
            return queue.waiting(self.db, asked)

    def waiting_outlets(self) -> list[tuple[str, int]]:
        """The outlets with quotes that nobody has checked, and how many, most first."""
        with explained(self.path):
            return queue.outlets(self.db)

    def agreement(self) -> Agreement:
        """Who checked, and how far they agree."""
        with explained(self.path):
            return agreement(self.db)

    def checked_in(self, documents: Iterable[int]) -> dict[int, int]:
        """By document, each given by its row, how many of its quotes have a verdict that stands."""
        with explained(self.path):
            return verdicts.counts(self.db, documents)

    def checked(self) -> int:
        """How many documents have a quote with a verdict that stands."""
        with explained(self.path):
            return verdicts.documents(self.db)

    def gold(self, partly: bool = False) -> Iterator[dict[str, Any]]:
        """Checked documents for ``quotes evaluate`` and ``quotes train``: see ``quotes.store.verdicts.gold``."""
        with explained(self.path):
            yield from verdicts.gold(self.db, partly)


def open(path: str, *, write: bool = False, make: bool = False) -> Store:
    """Open a database.

    Args:
        path: the file.
        write: whether to write.
        make: make the file where there is none, and bring one of an older version up to date; implies write.

    Raises:
        quotes.store.StoreError, quotes.store.WriteError: see ``Store``.
        quotes.extras.MissingPackage: a ValueError: with make, sqlite-utils is not installed.
    """
    if make:
        create(path)
    return Store(path, write=write or make)
