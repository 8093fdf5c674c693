"""Web pages: the article without what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from quotes.extras import MissingPackage, need
from quotes.lexicon import words
from quotes.read.byline import author, headline
from quotes.read.document import LARGEST, NO_TEXT, Document, Failure, Reading
from quotes.read.encoding import Unreadable, decode
from quotes.read.source import Source, megabytes
from quotes.records import META

LARGEST_PAGE = 50_000_000
"""Bytes of a page."""
MOST_ELEMENTS = 100_000
"""More than that is no article, and takes minutes."""
FEW_ELEMENTS = 3000
"""Up to that many, trafilatura compares its own result with other methods', one of which (jusText) takes time with the
square of them."""
TOO_LARGE = f"a page larger than {megabytes(LARGEST_PAGE)}"
TOO_MANY = f"a page of more than {MOST_ELEMENTS:,} elements, too much for one article"
NO_ARTICLE = "no article found in the page"
DATE = {"original_date": True, "extensive_search": False}
"""Of htmldate: the day of publishing where the page's data tell it; no guess from any date in the text."""
DECLARED = re.compile(rb"""<(?:meta\b[^>]{0,200}?charset|\?xml\b[^>]{0,200}?encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)
WITHIN = 1 << 16
"""Bytes of a page in which its charset is declared. (It should be 1,024, but browsers heed later ones too.)"""
MOST_HEADINGS = 5
"""Of the highest level that are looked at: a page's own stands before those of others."""
DASHES = ("—", "–", "-", "―")
NOTE = re.compile(r"\[?\d{1,3}\]?|[*†‡]")
BEFORE_NOTE = re.compile(r"(?:[.,;:!?\"'”’»)]|[^\W\d_]{4})$")
INLINE = frozenset(("hi", "ref", "del", "code"))
"""Elements of trafilatura's tree that are within a paragraph."""


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
    given: Mapping[str, Any] = field(default_factory=dict)
    """What somebody says of the page, whatever it says itself."""

    def document(self) -> Document | Failure:
        """Find the article.

        Raises:
            quotes.extras.MissingPackage: trafilatura is not installed.
        """
        try:
            return self._document()
        except MissingPackage:
            raise
        except Unreadable as error:
            return Failure(self.id, str(error), self.reader)
        except Exception as error:  # whatever a page makes them do
            return Failure(self.id, f"the page can't be read ({type(error).__name__})", self.reader)

    def _document(self) -> Document:
        if len(self.data) > LARGEST_PAGE:
            raise Unreadable(TOO_LARGE)
        page, note = decode(self.data, self._charsets())
        if not page.strip():
            return Document(self.id, "", NO_TEXT, None, self.reader)
        article, headings = _article(page, self.meta.get("url"))
        text = "" if article is None or article.body is None else plain(article.body)
        if not text.strip():
            raise Unreadable(NO_ARTICLE)
        if len(text) > LARGEST:
            raise Unreadable(f"an article larger than {megabytes(LARGEST)}")
        told = {"title": headline(article.title, article.sitename, headings), "author": author(article.author)}
        told |= {"date": article.date, "url": article.url, "outlet": article.sitename}
        meta = {key: told[key] or self.meta.get(key) for key in META} | dict(self.given)
        return Document(self.id, text, note, meta, self.reader)

    def _charsets(self) -> Iterator[str | None]:
        yield self.charset
        yield declared(self.data)


def read(source: Source, how: Reading) -> Iterator[Page]:
    """The file's page."""
    yield Page(source.path, source.file.read(LARGEST_PAGE + 1))


def _article(page: str, url: str | None) -> tuple[Any, list[str]]:
    """What trafilatura finds in a page, None where it finds no article, and the page's first headings.

    Raises:
        Unreadable: there are too many elements.
    """
    tree = _tree(page)
    if tree is None:
        return None, []
    elements = sum(1 for _ in tree.iter())
    if elements > MOST_ELEMENTS:
        raise Unreadable(TOO_MANY)
    _drop_share_buttons(tree)
    _mark_quotations(tree)
    _keep_signatures(tree)
    _drop_notes(tree)
    headings = [" ".join(h.text_content().split()) for h, _ in zip(tree.iter("h1"), range(MOST_HEADINGS), strict=False)]
    article = need("trafilatura", "html").bare_extraction(
        tree,
        url,
        fast=elements > FEW_ELEMENTS,
        with_metadata=True,
        include_comments=False,
        date_extraction_params=DATE,
    )
    return article, headings


def _drop_share_buttons(tree: Any) -> None:
    """Take out links and buttons that say "Email" or "WhatsApp" and no more, which else begin the paragraph that they
    stand in."""
    for element in list(tree.iter("a", "button")):
        if " ".join(element.text_content().lower().split()) in words("share_buttons"):
            element.drop_tree()


def _mark_quotations(tree: Any) -> None:
    """Write out the marks that a browser shows around the element for a quotation in a sentence."""
    for element in list(tree.iter("q")):
        inner = any(above.tag == "q" for above in element.iterancestors())
        opens, closes = "‘’" if inner else "“”"
        element.text = opens + (element.text or "")
        last = element[-1] if len(element) else None
        if last is None:
            element.text += closes
        else:
            last.tail = (last.tail or "") + closes
    for element in list(tree.iter("q")):
        element.drop_tag()


def _keep_signatures(tree: Any) -> None:
    """Who said what a block quotes, in its footer, which is no page's: a line with a dash before the name."""
    for block in tree.iter("blockquote"):
        for element in list(block.iter("footer")):
            element.tag = "p"
            words_before = (element.text or "").lstrip()
            if not words_before.startswith(DASHES):
                element.text = f"— {words_before}"


def _drop_notes(tree: Any) -> None:
    """Take out the raised numbers of notes behind words and marks, but not those of powers: Lund,¹ but 10⁶ and m²."""
    for element in list(tree.iter("sup")):
        before, above = element.getprevious(), element.getparent()
        if above is None or not NOTE.fullmatch(element.text_content().strip()):
            continue
        said = (above.text if before is None else before.tail or before.text_content()) or ""
        if BEFORE_NOTE.search(said):
            element.drop_tree()


def _tree(page: str) -> Any:
    """The page's elements, as trafilatura makes them, but to any depth; None where it has none."""
    etree, html = need("lxml.etree", "html"), need("lxml.html", "html")
    parser = html.HTMLParser(
        collect_ids=False,
        default_doctype=False,
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
    )
    try:
        return html.fromstring(page.encode(errors="replace"), parser=parser)
    except etree.ParserError:  # nothing but comments
        return None


def declared(data: bytes) -> str | None:
    """The charset that a page says it is in. It can't be UTF-16, or it could not be read here."""
    match = DECLARED.search(data, 0, WITHIN)
    name = match[1].decode("ascii", "replace").lower() if match else None
    return None if name and name.startswith(("utf-16", "utf-32")) else name


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
    texts = ("\n".join(map(str.strip, "".join(pieces).split("\n"))).strip() for pieces in paragraphs)
    return "\n\n".join(filter(None, texts)) + "\n"
