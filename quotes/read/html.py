"""Web pages: the article without what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from quotes.extras import need
from quotes.read.document import LARGEST, META, NO_TEXT, Document, Failure, Reading
from quotes.read.source import Source, megabytes
from quotes.read.text import Unreadable, decode

LARGEST_PAGE = 50_000_000
"""Bytes of a page."""
TOO_LARGE = f"a page larger than {megabytes(LARGEST_PAGE)}"
NO_ARTICLE = "no article found in the page"
DECLARED = re.compile(rb"""<(?:meta\b[^>]{0,200}?charset|\?xml\b[^>]{0,200}?encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
WITHIN = 4096
"""Bytes of a page in which its charset is declared."""
INLINE = frozenset(("hi", "ref", "del", "code"))
"""Elements of trafilatura's tree that are within a paragraph."""
SPACES = re.compile(r"[^\S\n]*\n[^\S\n]*")


@dataclass(frozen=True, slots=True)
class Page:
    """A web page whose article is still to be found, which takes some 20 ms: it may be done in any process."""

    id: str
    data: bytes
    charset: str | None = None
    """What the server said."""
    meta: Mapping[str, Any] = field(default_factory=dict)
    """What is known beside the page: url, date."""
    reader: str = "html"

    def document(self) -> Document | Failure:
        """Find the article.

        Raises:
            quotes.extras.MissingPackage: trafilatura is not installed.
        """
        if len(self.data) > LARGEST_PAGE:
            return Failure(self.id, TOO_LARGE, self.reader)
        try:
            page, note = decode(self.data, [self.charset, declared(self.data)])
        except Unreadable as error:
            return Failure(self.id, str(error), self.reader)
        if not page.strip():
            return Document(self.id, "", NO_TEXT, None, self.reader)
        extract = need("trafilatura", "html").bare_extraction
        try:
            article = extract(
                DECLARATION.sub("", page), self.meta.get("url"), with_metadata=True, include_comments=False
            )
        except Exception as error:  # whatever a page makes it do
            return Failure(self.id, f"trafilatura can't read the page ({type(error).__name__})", self.reader)
        text = plain(article.body) if article and article.body is not None else ""
        if not text.strip():
            return Failure(self.id, NO_ARTICLE, self.reader)
        if len(text) > LARGEST:
            return Failure(self.id, f"an article larger than {megabytes(LARGEST)}", self.reader)
        told = {"title": article.title, "author": article.author, "date": article.date}
        told |= {"url": article.url, "outlet": article.sitename}
        meta = {key: told[key] or self.meta.get(key) for key in META}
        return Document(self.id, text, note, meta, self.reader)


def read(source: Source, how: Reading) -> Iterator[Page]:
    """The file's page."""
    yield Page(source.path, source.file.read(LARGEST_PAGE + 1))


def declared(data: bytes) -> str | None:
    """The charset that a page says it is in."""
    match = DECLARED.search(data, 0, WITHIN)
    return match[1].decode("ascii", "replace") if match else None


def plain(body: Any) -> str:
    """The text of trafilatura's tree: a paragraph, heading, list item, cell or part of a block quote is a paragraph,
    blank lines between them."""
    paragraphs: list[list[str]] = [[]]
    for event, element in need("lxml.etree", "html").iterwalk(body, events=("start", "end")):
        begins = event == "start"
        if element.tag == "lb":
            paragraphs[-1].append("\n" * begins)
        elif element.tag not in INLINE:
            paragraphs.append([])
        paragraphs[-1].append((element.text if begins else element.tail) or "")
    lines = (SPACES.sub("\n", "".join(paragraph)).strip() for paragraph in paragraphs)
    return "\n\n".join(filter(None, lines)) + "\n"
