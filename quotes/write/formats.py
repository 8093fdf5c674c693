"""All formats by their names: records in, a file or a folder out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from quotes.records import Record, to_line
from quotes.write import array, brat, docbin, gqg, labelstudio, parquet, schemaorg, table, tei, webannotation
from quotes.write.quoted import Quoted, documents, whole

Records = Iterable[Record]
"""As ``quotes.read.records`` gives them, those of one document after one another."""
Tell = Callable[[str], None]
"""Gets a line for a reader."""


def to_csv(records: Records, file: BinaryIO, on_error: Tell, on_note: Tell) -> None:
    """See ``quotes.write.table``."""
    with table.Writer(file) as out:
        out.write(map(whole, records))


def to_parquet(records: Records, file: BinaryIO, on_error: Tell, on_note: Tell) -> None:
    """See ``quotes.write.parquet``."""
    with parquet.Writer(file) as out:
        out.write(map(whole, records))


def to_labelstudio(records: Records, file: BinaryIO, on_error: Tell, on_note: Tell) -> None:
    """See ``quotes.write.labelstudio``."""
    array.write((labelstudio.task(document, f"quotes {_version()}") for document in texts(records, on_error)), file)


def to_webannotation(records: Records, file: BinaryIO, on_error: Tell, on_note: Tell) -> None:
    """See ``quotes.write.webannotation``."""
    bare = 0

    def items() -> Iterator[dict[str, Any]]:
        nonlocal bare
        for document in documents(records):
            bare += document.text is None
            yield from webannotation.annotate(document)

    array.write(items(), file)
    if bare:
        on_note(f"documents without prefix and suffix, for want of their text: {bare:,}; extract with --keep-text")


def to_schemaorg(records: Records, file: BinaryIO, on_error: Tell, on_note: Tell) -> None:
    """See ``quotes.write.schemaorg``."""
    left_out = 0

    def items() -> Iterator[dict[str, Any]]:
        nonlocal left_out
        for document in documents(records, texts=False):
            left_out += sum(not schemaorg.is_statement(record) for record in document.records)
            yield from schemaorg.nodes(document)

    array.write(items(), file, schemaorg.HEAD, schemaorg.TAIL)
    if left_out:
        on_note(f"quotes left out, for they are no statements (negated, modal, asked, thought): {left_out:,}")


def to_gqg(records: Records, file: BinaryIO, on_error: Tell, on_note: Tell) -> None:
    """See ``quotes.write.gqg``."""
    bare = left_out = 0
    for document in documents(records):
        article = gqg.article(document)
        bare += document.text is None
        left_out += sum(record["type"] == "indirect" for record in document.records)
        if article["quotes"]:
            file.write(f"{to_line(article)}\n".encode())
    if left_out:
        on_note(f"quotes left out, for they are in no quotation marks: {left_out:,}")
    if bare:
        on_note(
            f"documents whose quotes have no pre and post, for want of their text: {bare:,}; extract with --keep-text"
        )


def to_docbin(records: Records, file: BinaryIO, on_error: Tell, on_note: Tell) -> None:
    """See ``quotes.write.docbin``."""
    docbin.write(texts(records, on_error), file)


def to_tei(records: Records, file: BinaryIO, on_error: Tell, on_note: Tell) -> None:
    """See ``quotes.write.tei``.

    Raises:
        quotes.write.quoted.NothingToWriteError: no document has its text.
    """
    tei.write(texts(records, on_error), file, _version())


def to_brat(records: Records, folder: Path, on_error: Tell) -> None:
    """See ``quotes.write.brat``."""
    out = brat.Folder(folder)
    for document in texts(records, on_error):
        out.write(document)


def texts(records: Records, on_error: Tell) -> Iterator[Quoted]:
    """The documents that have their texts; the others are told of."""
    for document in documents(records):
        if document.text is None:
            on_error(f"{document.id}: {document.reason}")
        else:
            yield document


def _version() -> str:
    from quotes import __version__

    return __version__


FILES: dict[str, Callable[[Records, BinaryIO, Tell, Tell], None]] = {
    "csv": to_csv,
    "parquet": to_parquet,
    "labelstudio": to_labelstudio,
    "webannotation": to_webannotation,
    "schemaorg": to_schemaorg,
    "docbin": to_docbin,
    "gqg": to_gqg,
    "tei": to_tei,
}
"""The formats that are one file."""
