"""Markdown, as CommonMark has it, with tables and front matter."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from quotes.read.document import NO_TEXT, Document, Failure, Reading
from quotes.read.source import Source
from quotes.read.text import whole
from quotes.records import META

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.S)
TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[^<>]*>", re.S)
BREAK = re.compile(r"<br\b", re.I)


def read(source: Source, how: Reading) -> Iterator[Document | Failure]:
    """The file's text without its markup."""
    text, note = whole(source)
    text, meta = _without_front_matter(text)
    text = plain(text)
    yield Document(source.path, text, note if text.strip() else NO_TEXT, meta, "markdown")


def plain(text: str) -> str:
    """Markdown as plain text: a paragraph, heading, list item or cell is a paragraph, blank lines between them."""
    paragraphs = []
    for token in _parser().parse(text):
        if token.type == "inline":
            paragraphs.append(_inline(token.children or []))
        elif token.type in ("code_block", "fence"):
            paragraphs.append(token.content)
        elif token.type == "html_block":
            paragraphs.append(html.unescape(TAG.sub("", token.content)))
    return "\n\n".join(filter(None, (paragraph.strip() for paragraph in paragraphs))) + "\n"


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _inline(tokens: list[Token]) -> str:
    return "".join(map(_words, tokens))


def _words(token: Token) -> str:
    if token.type in ("text", "text_special", "code_inline"):
        return token.content
    if token.type == "softbreak":
        return " "
    return "\n" if token.type == "hardbreak" or (token.type == "html_inline" and BREAK.match(token.content)) else ""


def _without_front_matter(text: str) -> tuple[str, dict[str, Any] | None]:
    """The text after the YAML between two lines of ---, if it begins so, and what that tells."""
    match = FRONT_MATTER.match(text)
    if not match:
        return text, None
    import srsly

    try:
        told = srsly.yaml_loads(match[1])
    except Exception:  # of whatever kind: then it is none
        return text, None
    if not isinstance(told, dict):
        return text, None
    meta = {key: _joined(told.get(key)) for key in META}
    return text[match.end() :], meta if any(meta.values()) else None


def _joined(value: Any) -> str | None:
    """A value as words, those of a list parted by semicolons; null where it has none, as an object."""
    values = value if isinstance(value, list) else [value]
    return "; ".join(str(one) for one in values if one is not None and not isinstance(one, (dict, list))) or None
