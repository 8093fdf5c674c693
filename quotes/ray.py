"""Extraction on many machines: a stage of Ray Data pipelines, and the engine behind ``quotes extract --engine ray``.

Ray (https://docs.ray.io) comes with the extra "ray". Its actors, processes that last, load the pipeline once each. An
actor or a task that dies is started again, by Ray Data as often as it takes, and what it had in hand is done again:
nothing is lost and nothing comes twice.
"""

from __future__ import annotations

import inspect
import logging
import os
import pickle
import socket
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from itertools import islice, tee
from typing import TYPE_CHECKING, Any

from quotes.extractor import Extractor
from quotes.extras import MissingPackage, need
from quotes.read import Document, Failure, Reading, files, inputs, rows
from quotes.records import META
from quotes.run.journal import Passed, Place
from quotes.run.pool import Pool
from quotes.run.work import TIMEOUT, Order, Unusable, batches
from quotes.write import arrow

if TYPE_CHECKING:
    import pyarrow as pa
    from ray.data import ActorPoolStrategy, Dataset

    from quotes.run.work import Item, Outcome

ERROR = "error"
"""The last column of what ``extract`` gives."""
BLOCK_BYTES = 1
"""From how much Ray hands on what a task has given: each batch at once, to whichever actor is free."""
TASK_BYTES = 1_000_000
"""About how much one task reads of small files."""
READER, EXTRACTOR = 0.1, 0.9
"""Shares of a core that a reading task and an actor book: each core has room for both, so that actors on all cores
never keep out the readers that feed them; and Ray joins no stages that book differently."""
CONNECT_SECONDS = 10
"""In which a cluster must answer."""
TABLE_DOCUMENTS = 100
"""As many documents' records make one table."""


def extract(
    dataset: Dataset,
    *,
    text: str = "text",
    id: str = "id",
    keep: Sequence[str] = (),
    concurrency: int | tuple[int, int] | None = None,
    **options: Any,
) -> Dataset:
    """Find the quotes of a dataset's texts, lazily, as Ray Data does everything.

    Args:
        dataset: a row a document.
        text: the column with the text; "article.body" is the field body of a column of structs.
        id: the column with the document's id, a string or a number.
        keep: columns to keep in the record's meta, beside title, author, date, url and outlet, which are kept where
            there are such columns.
        concurrency: how many actors, each on a core of its own: so many, or from so few to so many; None leaves it
            to Ray, which starts more as long as there is room for them and work.
        options: of ``quotes.Extractor``. Files that they name must be there on every machine.

    Returns:
        a row a quote, in no order to be counted on. Its columns are the record's (``quotes.write.arrow.schema``: meta
        is JSON text) and "error", which is null. A document that fails is a row too, of doc_id and error only.

    Raises:
        quotes.extras.MissingPackage: Ray is not installed.
        ValueError: the dataset is known to have no such column.
        TypeError: an option is none of Extractor's. (Whether its value is right, the actors find out.)
    """
    inspect.signature(Extractor).bind(**options)
    known = dataset.columns(fetch_if_missing=False)
    for path in (text, id, *keep):
        if known is not None and not {path, path.partition(".")[0]}.intersection(known):
            raise ValueError(f"the dataset has no column {path!r}, only {', '.join(known)}")
    return dataset.map_batches(
        Rows,
        fn_constructor_args=(Reading(text_field=text, id_field=id, keep_fields=tuple(keep)), options),
        compute=_pool(concurrency),
        batch_size=None,
        batch_format="pyarrow",
    )


class Rows:
    """The actors of ``extract``: tables of documents in, tables of records out."""

    def __init__(self, how: Reading, options: Mapping[str, Any]) -> None:
        self.how, self.pool = how, Pool(Order(options, timeout=TIMEOUT), jobs=1)
        paths = (how.text_field, how.id_field, *how.keep_fields, *how.meta_fields.values())
        self.columns = {*META, *paths, *(path.partition(".")[0] for path in paths)}
        self.schema = arrow.schema().append(need("pyarrow", "ray").field(ERROR, "string"))

    def __call__(self, documents: pa.Table) -> Iterator[pa.Table]:
        """The records of the documents, in their order."""
        columns = [column for column in documents.column_names if column in self.columns]
        for some in documents.select(columns).to_batches(max_chunksize=TABLE_DOCUMENTS):
            items = [self._document(row) for row in some.to_pylist()]
            yield arrow.table((row for outcome in self.pool.outcomes(items) for row in _rows(outcome)), self.schema)

    def _document(self, row: dict[str, Any]) -> Document | Failure:
        doc_id = rows.field(row, self.how.id_field)
        place = rows.name(doc_id) if isinstance(doc_id, str | int | float) else ""
        item = rows.document(row, self.how, place, "", "parquet")
        if isinstance(item, Document) and not item.id:
            return Failure("", f"no id in the field {self.how.id_field!r}")
        return item


def _rows(outcome: Outcome) -> Iterable[Mapping[str, Any]]:
    if isinstance(outcome, Failure):
        return [{"doc_id": outcome.id, ERROR: outcome.reason}]
    return outcome.records()


# The engine of the command


def outcomes(
    paths: Iterable[str],
    how: Reading,
    order: Order,
    *,
    passed: Passed | None = None,
    address: str | None = None,
    concurrency: int | None = None,
) -> Iterator[tuple[Outcome, Place]]:
    """Read inputs and find their quotes on all cores of a cluster.

    Args:
        paths: as ``quotes.read.documents``'s but for standard input, relative to the working folder of this process,
            which every machine must have at the same place.
        how: how to read them.
        order: what to do with them.
        passed: the inputs to leave out, as they are done.
        address: of a running cluster ("auto": the one that this machine belongs to); None starts Ray here and ends it.
        concurrency: how many actors; None as many as the cluster has cores.

    Yields:
        what became of each input, and where it stands, in no order to be counted on.

    Raises:
        quotes.extras.MissingPackage: Ray is not installed.
        Unusable: there can be no such extractor, a machine lacks a package, there is no cluster at the address, or
            inputs to leave out are others now.
    """
    named = list(_left(files(paths), passed or {}))
    yield from ((file, Place(file.id, 0)) for file, done in named if isinstance(file, Failure) and not done)
    groups = [{"row": pickle.dumps(group)} for group in _together((f, done) for f, done in named if isinstance(f, str))]
    if not groups:
        return
    with _connected(address, concurrency) as data:
        tasks = data.from_items(groups, override_num_blocks=len(groups))
        items = tasks.map_batches(_read, fn_args=(how, os.getcwd()), batch_size=1, num_cpus=READER)
        found = items.map_batches(
            Batches,
            fn_constructor_args=(order, os.getcwd()),
            compute=_pool(concurrency or _cores()),
            num_cpus=EXTRACTOR,
            batch_size=None,
        )
        for batch in found.iter_batches(batch_size=None):
            for some in map(pickle.loads, batch["row"]):
                if isinstance(some, Unusable):
                    raise some
                yield from some


class Batches:
    """The actors of the command: batches of items in, of outcomes out."""

    def __init__(self, order: Order, folder: str) -> None:
        _enter(folder)
        self.order = order

    @cached_property
    def pool(self) -> Pool:
        """The process that does the work: what crashes or hangs it costs one document, not the actor."""
        return Pool(self.order, jobs=1)

    def __call__(self, rows: Mapping[str, Any]) -> Iterator[dict[str, list[bytes]]]:
        """What became of the items."""
        for batch in map(pickle.loads, rows["row"]):
            yield _row(batch if isinstance(batch, Unusable) else self._of(*batch))

    def _of(self, items: Sequence[Item], places: Sequence[Place]) -> list[tuple[Outcome, Place]] | Unusable:
        try:
            return list(zip(self.pool.outcomes(items), places, strict=True))
        except Unusable as error:
            return error


def _read(rows: Mapping[str, Any], how: Reading, folder: str) -> Iterator[dict[str, list[bytes]]]:
    """A task: what is in some files, in batches."""
    _enter(folder)
    try:
        for group in map(pickle.loads, rows["row"]):
            items, places = tee(_placed(group, how))
            for batch in batches(item for item, _ in items):
                yield _row((batch, [place for _, place in islice(places, len(batch))]))
    except (MissingPackage, Unusable) as error:
        yield _row(Unusable(str(error)))


def _left(named: Iterable[str | Failure], passed: Passed) -> Iterator[tuple[str | Failure, Mapping[int, str]]]:
    """Each file with those of its inputs that are done."""
    left = {file: list(times) for file, times in passed.items()}
    for file in named:
        times = left.get(file.id if isinstance(file, Failure) else file)
        yield file, times.pop(0) if times else {}
    for file, times in left.items():
        if times:
            raise _changed(f"{file} is not among them any more")


def _placed(group: Iterable[tuple[str, Mapping[int, str]]], how: Reading) -> Iterator[tuple[Item, Place]]:
    """What is in files and not done, and where it stands."""
    for path, done in group:
        count = 0
        for number, item in enumerate(inputs([path], how)):
            count += 1
            if number not in done:
                yield item, Place(path, number)
            elif item.id != done[number]:
                raise _changed(f"number {number + 1:,} of {path} was {done[number]!r} and is {item.id!r} now")
        if done and max(done) >= count:
            raise _changed(f"number {max(done) + 1:,} of {path} was {done[max(done)]!r} and is no more")


def _changed(how: str) -> Unusable:
    return Unusable(f"can't resume: the inputs have changed: {how}; begin anew with --force")


def _row(value: object) -> dict[str, list[bytes]]:
    """What goes from stage to stage: pickled, as Arrow knows neither our classes nor every text."""
    return {"row": [pickle.dumps(value)]}


def _enter(folder: str) -> None:
    """Make relative paths mean the same as where the command was started."""
    with suppress(OSError):
        os.chdir(folder)


def _together(files: Iterable[tuple[str, Mapping[int, str]]]) -> Iterator[list[tuple[str, Mapping[int, str]]]]:
    """The files in groups that one task reads: one large file, or small ones and perhaps a large one."""
    group: list[tuple[str, Mapping[int, str]]] = []
    size = 0
    for path, done in files:
        with suppress(OSError, ValueError):  # its reader will say what is wrong
            size += os.path.getsize(path)
        group.append((path, done))
        if size >= TASK_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


@contextmanager
def _connected(address: str | None, concurrency: int | None) -> Iterator[Any]:
    """Ray Data in a cluster, quiet; one that is connected already stays so."""
    for name in ("RAY_USAGE_STATS_ENABLED", "RAY_COLOR_PREFIX"):
        os.environ.setdefault(name, "0")
    ray, data = need("ray", "ray"), need("ray.data", "ray")
    ours = not ray.is_initialized()
    if ours:
        alone = {} if address else {"num_cpus": concurrency, "include_dashboard": False}
        try:
            _knock(address or "")
            with _hushed():
                ray.init(address or "local", log_to_driver=False, logging_level="ERROR", **alone)
        except (OSError, RuntimeError, ValueError) as error:
            where = f"connect to Ray at {address}" if address else "start Ray"
            raise Unusable(f"can't {where}: {str(error).strip().partition(chr(10))[0]}") from error
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    context = data.DataContext.get_current()
    before = context.enable_progress_bars, context.target_max_block_size
    context.enable_progress_bars, context.target_max_block_size = False, BLOCK_BYTES
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module="ray")  # of fewer blocks than actors
            yield data
    finally:
        context.enable_progress_bars, context.target_max_block_size = before
        if ours:
            ray.shutdown()


def _knock(address: str) -> None:
    """Raise OSError where nobody listens at host:port; Ray itself tries for ten minutes."""
    host, _, port = address.rpartition("://")[2].rpartition(":")
    if host and port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), CONNECT_SECONDS).close()


@contextmanager
def _hushed() -> Iterator[None]:
    """Without the lines that Ray's core writes to standard error about what it is told to leave out."""
    stderr, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(stderr, 2)
        os.close(stderr)
        os.close(nowhere)


def _cores() -> int:
    return max(1, int(need("ray", "ray").cluster_resources().get("CPU", 1)))


def _pool(concurrency: int | tuple[int, int] | None) -> ActorPoolStrategy:
    pool = need("ray.data", "ray").ActorPoolStrategy
    if concurrency is None:
        return pool(min_size=1)
    if isinstance(concurrency, int):
        return pool(size=concurrency)
    return pool(min_size=concurrency[0], max_size=concurrency[1])
