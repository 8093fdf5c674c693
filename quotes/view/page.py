"""The view put together: the marked text, who speaks in it, what is known of each quote."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from quotes.grammar.boundaries import paragraph_spans
from quotes.records import TYPES, Quote, Record
from quotes.view.cast import cast
from quotes.view.marks import paragraphs, shown
from quotes.view.notes import UNSURE, Check, notes, numbered

STATIC = Path(__file__).parent / "static"
"""The folder of base.css (colours and type), view.css (the view) and view.js (its keyboard)."""
LONGEST_HEADLINE = 160
"""Characters."""
SENTENCE_ENDS = (".", "!", "?", "…", ",", ":", ";", '"', "”", "’", "»")


def article(
    text: str,
    quotes: Iterable[Quote | Record],
    title: str | None = None,
    meta: Mapping[str, Any] | None = None,
    added: Mapping[str, Markup] | None = None,
    checks: Mapping[str, Check] | None = None,
) -> Markup:
    """The reading view as a piece of HTML, for a page that has base.css, view.css and view.js of ``STATIC``.

    It is one ``div.view``: a ``header`` with the only ``h1``, the marked text, what is known of each quote
    (``article.note``, with ids q1, q2 … and the quote's own id in ``data-id``), and the speakers. It holds no inline
    style or script, and can be read without view.js. Each paragraph, a ``p`` or the ``h1``, has in ``data-start`` the
    offset of its first character; but for the elements of class ``ref`` it holds the text, code point for code point.

    Args:
        text: the document's whole text.
        quotes: its quotes in any order, or records as dicts.
        title: the headline; None takes meta's title, or else the text's first line if it looks like one. A first
            paragraph that says the same becomes the headline itself, with its marks.
        meta: title, author, date, url and outlet as far as known, as in ``Quote.meta``; None takes the first quote's.
        added: by quote id, what to put before the particulars of that quote: forms, links.
        checks: by quote id, what came of checking it; None where nobody checks. Quotes that are wrong are struck
            through, and counted neither with the others nor with any speaker.

    Raises:
        quotes.view.Misfit: a ValueError: a quote's offsets don't fit the text.
        ValueError: a dict is no record.
    """
    context = _context(text, quotes, title, meta, added or {}, checks)
    return Markup(templates("quotes.view").get_template("article.html").render(context))


def page(
    text: str,
    quotes: Iterable[Quote | Record],
    title: str | None = None,
    meta: Mapping[str, Any] | None = None,
) -> str:
    """The reading view as a page of its own that asks nothing of any network: its styles and its script are in it, and
    its Content-Security-Policy allows only these, by their hashes.

    Arguments and errors as those of ``article``.
    """
    styles, script = _static("base.css") + _static("view.css"), _static("view.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(styles)}'; script-src '{_hash(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    context = _context(text, quotes, title, meta, {}, None)
    return (
        templates("quotes.view").get_template("page.html").render(context, styles=styles, script=script, policy=policy)
    )


def _context(
    text: str,
    quotes: Iterable[Quote | Record],
    title: str | None,
    meta: Mapping[str, Any] | None,
    added: Mapping[str, Markup],
    checks: Mapping[str, Check] | None,
) -> dict[str, Any]:
    """What the templates show."""
    found = numbered(text, quotes)
    about = told_of(found, meta)
    given = checks or {}
    wrong = {id for id, check in given.items() if check == "wrong"}
    roles, of_quote = cast(found, wrong)
    body = paragraphs(text, found, of_quote, given)
    heading = titled(text, title, about)
    first = body.pop(0) if body and _plain(text[body[0].start : body[0].end]) == heading else None
    told = notes(found, of_quote, given, added)
    return {
        "title": heading or "Untitled",
        "headline": first,
        "paragraphs": body,
        "byline": byline(about),
        "url": _web(about.get("url")),
        "roles": roles,
        "notes": told,
        "quotes": sum(quote.id not in wrong for quote in found),
        "checked": None if checks is None else sum(quote.id in checks for quote in found),
        "types": [(type, sum(quote.type == type and quote.id not in wrong for quote in found)) for type in TYPES],
        "in_doubt": sum(note.unsure for note in told),
        "unsure_below": UNSURE,
    }


def told_of(quotes: Iterable[Quote], meta: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """What is known of a document: what is given, or else what the first quote has."""
    return meta if meta is not None else next((quote.meta for quote in quotes if quote.meta), {})


def titled(text: str, title: str | None, about: Mapping[str, Any]) -> str:
    """The headline that is shown, "" where there is none: a title that is given, the document's own, or what its text
    begins with."""
    return _plain(title) or _plain(about.get("title")) or headline(text)


def byline(about: Mapping[str, Any]) -> list[str]:
    """Author, outlet and date, as far as they are known."""
    return [words for key in ("author", "outlet", "date") if (words := _plain(about.get(key)))]


def headline(text: str) -> str:
    """A text's first paragraph if it looks like a headline, on one line; else ""."""
    spans = paragraph_spans(text)
    first = _plain(text[slice(*spans[0])]) if len(spans) > 1 else ""
    return "" if len(first) > LONGEST_HEADLINE or first.endswith(SENTENCE_ENDS) else first


def _plain(value: Any) -> str:
    """What a document's metadata say, on one line; "" where they say nothing."""
    return "" if value is None else " ".join(str(value).split())


def _web(url: Any) -> str:
    """An address if it is one of the web, else ""."""
    try:
        parts = urlsplit(str(url or ""))
    except ValueError:
        return ""
    return str(url) if parts.scheme in ("http", "https") and parts.netloc else ""


@cache
def templates(package: str) -> Environment:
    """The templates of a package that makes pages: all text is escaped and shown as it is, none may be missing."""
    environment = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: shown(value) if isinstance(value, str) and not isinstance(value, Markup) else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["percent"] = lambda share: f"{100 * share:.0f} %"
    return environment


@cache
def _static(name: str) -> Markup:
    return Markup((STATIC / name).read_text(encoding="utf-8"))


def _hash(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
