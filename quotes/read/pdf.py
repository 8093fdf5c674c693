"""PDF: the text of its pages in reading order, as paragraphs, without the headers and footers of pages.

A PDF has no paragraphs and no lines, only words at places. Lines are put together from what stands side by side,
columns are found as X-Y cuts do (Nagy and Seth, ICPR 1984), paragraphs by gaps, indents and lines that end early.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf
from statistics import median
from typing import Any, NamedTuple

from quotes.extras import need
from quotes.read.document import LARGEST, Document, Reading
from quotes.read.encoding import Unreadable
from quotes.read.source import Source, megabytes
from quotes.records import META

LARGEST_FILE = 200_000_000
"""Bytes."""
MOST_PAGES = 2000
SCANNED = "no text in its pages; if they are pictures, run text recognition (OCR) first"
GUTTER = 9.0
"""Points between columns, at least."""
GAP = 1.3
"""Of the usual distance between the lines of a column, from which on a new paragraph begins."""
INDENT = 7.0
"""Points, from which on a first line is indented."""
SPARE = 3
"""Characters of place that a line has left, beside the next word, which ended on purpose: letters differ in width."""
EDGE_LINES = 2
"""How many lines at the top and the bottom of a page can be header and footer."""
PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–—]?\s*\d{1,4}\s*(?:(?:of|/)\s*\d{1,4})?\s*[-–—]?", re.IGNORECASE)
ENDED = re.compile(r"[.!?:…][\"'”’»)\]]*$")
HYPHENATED = re.compile(r"[^\W\d_]{2}[-\u00ad\ufffe\x02]$")
NO_TITLE = re.compile(r"^(?:microsoft word|untitled|.*\.(?:docx?|pdf|indd|qxp|rtf|tmp))", re.IGNORECASE)


Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in points from the page's left and top."""
NO_BOX: Box = (inf, inf, -inf, -inf)


class Line(NamedTuple):
    """Words side by side and where they stand, in points from the page's left and top."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


def read(source: Source, how: Reading) -> Iterator[Document]:
    """The file's text.

    Raises:
        Unreadable: it is too large, broken or locked, or has no text.
        quotes.extras.MissingPackage: pypdfium2 is not installed.
    """
    pdfium = need("pypdfium2", "pdf")
    data = source.file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise Unreadable(f"larger than {megabytes(LARGEST_FILE)}")
    try:
        file = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise Unreadable("locked by a password" if locked else "a broken PDF") from error
    with file:
        if len(file) > MOST_PAGES:
            raise Unreadable(f"more than {MOST_PAGES:,} pages, too much for one text; split it")
        try:
            pages = [_lines(page) for page in file]
        except pdfium.PdfiumError as error:
            raise Unreadable("a broken PDF") from error
        meta = _meta(file.get_metadata_dict())
    text = plain(pages)
    if not text.strip():
        raise Unreadable(SCANNED)
    if len(text) > LARGEST:
        raise Unreadable(f"a text larger than {megabytes(LARGEST)}, too much for one; split it")
    yield Document(source.path, text, "", meta, "pdf")


def plain(pages: Sequence[Sequence[Line]]) -> str:
    """The text of pages: paragraphs parted by blank lines, one that runs over the end of a column or page whole."""
    paragraphs: list[str] = []
    for lines in without_headers(pages):
        for column in columns(lines):
            found = list(paragraphs_of(column))
            if paragraphs and found and not ENDED.search(paragraphs[-1]) and found[0][:1].islower():
                found[0] = _joined([paragraphs.pop(), found[0]])
            paragraphs += found
    return "\n\n".join(paragraphs) + "\n"


def without_headers(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of pages without numbers at their edges and what comes again at the edges of half of them."""
    sorted_pages = [sorted(lines, key=lambda line: line.top) for lines in pages]
    often = Counter(key for lines in sorted_pages for key in {_key(line) for line in _edges(lines)})
    least = max(2, len(pages) / 2)
    out = []
    for lines in sorted_pages:
        edges = {id(line) for line in _edges(lines) if often[_key(line)] >= least or PAGE_NUMBER.fullmatch(line.text)}
        out.append([line for line in lines if id(line) not in edges])
    return out


def _edges(lines: Sequence[Line]) -> Sequence[Line]:
    return lines if len(lines) <= 2 * EDGE_LINES else [*lines[:EDGE_LINES], *lines[-EDGE_LINES:]]


def _key(line: Line) -> str:
    """A line's words, whatever their numbers are."""
    return re.sub(r"\d+", "0", line.text)


def columns(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines in reading order, a column after the other."""
    if cut := _widest_gap([(line.left, line.right) for line in lines], GUTTER):
        for side in ([x for x in lines if x.right <= cut], [x for x in lines if x.right > cut]):
            yield from columns(side)
        return
    ordered = sorted(lines, key=lambda line: (line.top, line.left))
    # CASE: a headline over two columns. No gutter goes through it, but one does through the lines below a gap.
    if cut := _widest_gap([(line.top, line.bottom) for line in lines], 0.1):
        above = [x for x in ordered if x.bottom <= cut]
        below = [x for x in ordered if x.bottom > cut]
        if any(_widest_gap([(x.left, x.right) for x in part], GUTTER) for part in (above, below) if len(part) > 1):
            yield from columns(above)
            yield from columns(below)
            return
    for k in range(1, len(ordered)):  # else it is the lines themselves that begin with wide ones
        rest = ordered[k:]
        if len(rest) > 3 and _widest_gap([(x.left, x.right) for x in rest], GUTTER):
            yield ordered[:k]
            yield from columns(rest)
            return
        if k == 12:
            break
    if ordered:
        yield ordered


def _widest_gap(spans: Sequence[tuple[float, float]], least: float) -> float:
    """The middle of the widest stretch that none of the spans covers, between some of them; 0 for none so wide."""
    best, cut, reach = least, 0.0, inf
    for start, end in sorted(spans):
        if start - reach > best:
            best, cut = start - reach, (start + reach) / 2
        reach = end if reach == inf else max(reach, end)
    return cut


def paragraphs_of(column: Sequence[Line]) -> Iterator[str]:
    """The paragraphs of a column."""
    pitch = median([b.top - a.top for a, b in pairwise(column)] or [0.0])
    left, right = min(line.left for line in column), max(line.right for line in column)
    held: list[Line] = []
    for line in column:
        if held and _begins(line, held[-1], pitch, left, right):
            yield _joined([one.text for one in held])
            held = []
        held.append(line)
    yield _joined([one.text for one in held])


def _begins(line: Line, last: Line, pitch: float, left: float, right: float) -> bool:
    """Whether a line begins a paragraph."""
    if line.top - last.top > GAP * pitch or (line.bottom - line.top) > 1.2 * (last.bottom - last.top):
        return True
    if line.left - left > INDENT and last.left - left <= INDENT:
        return True
    return _had_place(last, line.text.split(maxsplit=1)[0], right)


def _had_place(line: Line, word: str, right: float) -> bool:
    """Whether a line of a column that ends at ``right`` had place for one more word, and so ended on purpose."""
    width = (line.right - line.left) / len(line.text)
    return line.right + (len(word) + 1 + SPARE) * width < right


def _joined(lines: Sequence[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        hyphenated = HYPHENATED.search(text) and line[:1].islower()
        text = text[:-1] + line if hyphenated else f"{text} {line}"
    return text


def _lines(page: Any) -> list[Line]:
    """The lines of a page, as pdfium parts them, and again where a gutter goes through them."""
    height = page.get_height()
    text = page.get_textpage()
    code_at = need("pypdfium2.raw", "pdf").FPDFText_GetUnicode
    lines: list[Line] = []
    words = ""
    box = NO_BOX
    for i in range(text.count_chars()):
        char = chr(code_at(text.raw, i))
        left, bottom, right, top = text.get_charbox(i, loose=True)
        ended = char in "\r\n"
        apart = bool(words) and not char.isspace() and not -2 * GUTTER < left - box[2] < 2 * GUTTER
        if (ended or apart) and words.strip():
            lines.append(Line(*box, " ".join(words.split())))
        if ended or apart:
            words, box = "", NO_BOX
        if ended:
            continue
        words += char
        if not char.isspace():
            top, bottom = height - top, height - bottom
            box = (min(box[0], left), min(box[1], top), max(box[2], right), max(box[3], bottom))
    if words.strip():
        lines.append(Line(*box, " ".join(words.split())))
    text.close()
    page.close()
    return lines


def _meta(told: dict[str, str]) -> dict[str, Any] | None:
    meta: dict[str, Any] = dict.fromkeys(META)
    title = (told.get("Title") or "").strip()
    meta["title"] = title if title and not NO_TITLE.match(title) else None
    meta["author"] = (told.get("Author") or "").strip() or None
    made = re.match(r"D:(\d{4})(\d\d)(\d\d)", told.get("CreationDate") or "")
    meta["date"] = "-".join(made.groups()) if made else None
    return meta if any(meta.values()) else None
