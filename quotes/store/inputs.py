"""Files to documents with their quotes: records as they are, texts by extraction."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import cached_property
from itertools import chain, groupby

from quotes import run
from quotes.read import Document, Failure, Reading, inputs
from quotes.read.records import holds_records, records
from quotes.read.told import Told
from quotes.records import Record
from quotes.store.add import Incoming

SEPARATOR = "\n\n"
Tell = Callable[[str], None]
Known = Callable[[str, str | None], bool]


class Inputs:
    """Reads files; starts the engine at the first text that it needs one for. To be closed, which ends it.

    Args:
        on_error: gets a line for each input, or part of one, that can't be read.
        on_note: gets a line for what a reader should know of a text: "old.txt: not UTF-8, read as cp1252".
        known: whether the database has a document with an id, and with a text where one is given.
        topics: whether to look for topics; None: where the text is parsed anyway.
        jobs: how many processes find quotes, 0 for one a core.
        timeout: seconds that each document may take.
        told: how inputs are read, and what completes what is known of them.
        claims: tell what the quotes of texts claim; records have it or not.
    """

    def __init__(
        self,
        on_error: Tell,
        on_note: Tell,
        known: Known,
        topics: bool | None = None,
        jobs: int = 1,
        timeout: float = run.TIMEOUT,
        told: Told | None = None,
        claims: bool = False,
    ) -> None:
        self.on_error, self.on_note, self.known, self.topics = on_error, on_note, known, topics
        self.told = told or Told(Reading(), days=True)
        self.order = run.Order({"claims": claims}, timeout=timeout, documents=True, topics=topics is not False)
        self.jobs = jobs
        self._opened = ExitStack()
        self._passed: deque[Document] = deque()

    def __enter__(self) -> Inputs:
        return self

    def __exit__(self, error: object, *_: object) -> None:
        self._opened.close()
        if error is None:
            for note in self.told.notes():
                self.on_note(note)

    def of(self, paths: Iterable[str]) -> Iterator[Incoming]:
        """The documents of files, each when it is asked for; texts that are known come without quotes.

        Raises:
            quotes.run.Unusable: a ValueError: there can be no engine.
        """
        for are_records, some in groupby(paths, holds_records):
            read = self._records if are_records else self._extracted
            yield from read(some)

    @cached_property
    def _engine(self) -> Callable[[Iterable[run.Item]], Iterator[run.Outcome]]:
        return self._opened.enter_context(run.engine(self.order, self.jobs))

    def _records(self, paths: Iterable[str]) -> Iterator[Incoming]:
        found = chain.from_iterable(map(self._recorded, paths))
        return self._with_topics(found) if self.topics else found

    def _recorded(self, path: str) -> Iterator[Incoming]:
        """Records of one document that stand one after the other are one addition."""

        def valid() -> Iterator[tuple[int, Record]]:
            for item in records(path):
                if isinstance(item, Failure):
                    self.on_error(f"{item.id}: {item.reason}")
                else:
                    yield item

        for doc_id, items in groupby(valid(), key=lambda item: item[1]["doc_id"]):
            lines = list(items)
            of = [record for _, record in lines]
            text = next((record["doc_text"] for record in of if record["doc_text"] is not None), None)
            meta = next((record["meta"] for record in of if record["meta"] is not None), None)
            meta = self.told.meta(doc_id, meta)
            yield Incoming(doc_id, text, meta, of, places=[f"{path}:{number}" for number, _ in lines])

    def _with_topics(self, found: Iterator[Incoming]) -> Iterator[Incoming]:
        waiting: deque[Incoming] = deque()

        def items() -> Iterator[run.Item]:
            for incoming in found:
                waiting.append(incoming)
                yield _recorded(incoming)

        for outcome in self._engine(items()):
            incoming = waiting.popleft()
            if isinstance(outcome, Failure):
                self.on_error(f"{outcome.id}: added without topics: {outcome.reason}")
            else:
                incoming.topics = outcome.topics
            yield incoming

    def _extracted(self, paths: Iterable[str]) -> Iterator[Incoming]:
        new = self._new(paths)
        first = next(new, None)
        yield from self._take_known()
        if first is None:  # nothing to start an engine for
            return
        for outcome in self._engine(chain([first], new)):
            if isinstance(outcome, Failure):
                self.on_error(f"{outcome.id}: {outcome.reason}")
                continue
            if outcome.note:
                self.on_note(f"{outcome.id}: {outcome.note}")
            assert outcome.document  # as ordered
            read = outcome.document
            yield Incoming(read.id, read.text, read.meta, outcome.records(), outcome.topics)
            yield from self._take_known()
        yield from self._take_known()

    def _take_known(self) -> Iterator[Incoming]:
        """The texts that were passed over since: what is known of them completes what the database knows."""
        while self._passed:
            read = self._passed.popleft()
            yield Incoming(read.id, read.text, read.meta, ())

    def _new(self, paths: Iterable[str]) -> Iterator[run.Item]:
        """What is not in the database yet. A page is read by a worker, unless it may be one that was read before."""
        for item in self.told.of(inputs(paths, self.told.how)):
            read = item if isinstance(item, Document | Failure) or not self.known(item.id, None) else item.document()
            if isinstance(read, Document) and self.known(read.id, read.text):
                self._passed.append(read)
            else:
                yield read


def _recorded(incoming: Incoming) -> run.Recorded:
    """A document of which the topics are wanted: its text, or without one the texts of its records."""
    text, contents = incoming.text, []
    if text is not None:
        contents = [(record["content"][0]["start"], record["content"][-1]["end"]) for record in incoming.records]
    else:
        text = ""
        for record in incoming.records:
            contents.append((len(text), len(text) + len(record["text"])))
            text += record["text"] + SEPARATOR
    return run.Recorded(incoming.doc_id, text, contents=tuple(contents))
