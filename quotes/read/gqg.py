"""GDELT's Global Quotation Graph: a line an article, with its quotations and some words before and after each.

    {"date": "…", "url": "…", "title": "…", "lang": "ENGLISH", "quotes": [{"pre": "…", "quote": "…", "post": "…"}, …]}

(https://blog.gdeltproject.org/announcing-the-global-quotation-graph/) The snippets of an article become one text, so
that one may tell who "he" is in another. Those that overlap in the article are put together again; the others are
paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quotes.read.document import Document, Failure, Reading
from quotes.read.jsonl import TOO_LONG, from_json
from quotes.read.lines import lines, mended
from quotes.read.rows import LARGEST_ROW, kind, meta, name
from quotes.read.source import Source

ENGLISH = frozenset(("", "english", "eng", "en"))
"""Values of "lang" under which a text is read; where there is none, what it is may be told by the text."""
LONGEST = 10_000
"""Characters of a quotation: in what is longer, a closing mark was missed, and all the rest of a page taken for it."""
LEAST = 20
"""Letters by which two snippets must overlap."""
REACH = 3_000
"""Characters from the end of the text in which a snippet may begin."""
MARKS = "\"“”„«»'‘’"
LETTERS = re.compile(r"\w")
DANGLING = re.compile(r"""(?<!\S)["“„«][^"“”„«»]*$""")
"""A quotation that is cut off, and begins another snippet."""

CUT = 40
"""Characters of a text before or after a quotation from which it is cut off somewhere, in a word too."""
FIRST_WORD = re.compile(r"\S*\s*")
LAST_WORD = re.compile(r"\s\S*\w$")


@dataclass(frozen=True, slots=True)
class Snippets(Document):
    """An article's snippets, put together."""

    quoted: tuple[tuple[int, int], ...] = ()
    """Where its quotations stand in the text, with their marks, in characters. What else is reported between them is
    cut off, and not asked for."""
    foreign: bool = False
    """Whether it is in another language, and left out."""

    def asked(self, parts: Sequence[tuple[int, int]]) -> bool:
        """Whether a content with these parts has one of the quotations in it, or of it."""
        return any(start < end and begin < stop for start, stop in parts for begin, end in self.quoted)


def read(source: Source, how: Reading) -> Iterator[Document | Failure]:
    """The articles; a broken line is a failure of its own, a blank one is nothing."""
    for number, line, whole in lines(source.file, LARGEST_ROW):
        place = f"{source.path}:{number}"
        if not whole:
            yield Failure(place, TOO_LONG, "gqg")
        elif not line.isspace():
            try:
                row = from_json(mended(line)[0])
            except ValueError as error:
                yield Failure(place, str(error), "gqg")
            else:
                yield _article(row, how, place, f"{source.path}#{number}")


def _article(row: Any, how: Reading, place: str, own_id: str) -> Document | Failure:
    if not isinstance(row, Mapping):
        return Failure(place, f"{kind(row)}, not an object with fields", "gqg")
    given = row.get("quotes")
    if not isinstance(given, list):
        return Failure(place, "no list of quotes in it, as a line of GDELT's Global Quotation Graph has", "gqg")
    url = row.get("url")
    doc_id = (name(url) if isinstance(url, str) else "") or own_id
    if str(row.get("lang") or "").strip().lower() not in ENGLISH:
        return Snippets(doc_id, "", "", meta(row, how), "gqg", foreign=True)
    text, left_out = Text(), 0
    for one in given:
        pre, quote, post = (_words(one, key) for key in ("pre", "quote", "post"))
        if 0 < len(quote) <= LONGEST:
            text.add(pre[-REACH:], quote, post[:REACH])
        else:
            left_out += 1
    note = f"{left_out:,} of {len(given):,} quotes left out: empty, or longer than {LONGEST:,} characters"
    return Snippets(doc_id, text.whole(), note * bool(left_out), meta(row, how), "gqg", tuple(text.quoted))


def _words(snippet: Any, key: str) -> str:
    value = snippet.get(key) if isinstance(snippet, Mapping) else None
    return value.strip() if isinstance(value, str) else ""


class Text:
    """Puts snippets together."""

    def __init__(self) -> None:
        self._text = ""
        self.quoted: list[tuple[int, int]] = []
        """Where the quotations stand, with their marks."""

    def whole(self) -> str:
        """What has been put together."""
        self._end()
        return self._text.rstrip()

    def add(self, pre: str, quote: str, post: str) -> None:
        """One more snippet.

        Args:
            pre: what stands before the quotation, to its opening mark or up to it.
            quote: the quotation, with its marks or without.
            post: what follows, from its closing mark or behind it.
        """
        before = pre.rstrip(MARKS) if pre[-1:] in MARKS else pre
        before += " " * bool(before and not before[-1].isspace())
        after = post[1:] if post[:1] in MARKS else post
        content = _marked(quote.strip(MARKS))
        start, end = len(before), len(before) + len(content)
        snippet = f"{before}{content}{' ' * after[:1].isalnum()}{after}"
        kept, left_out = self._overlap(snippet, start) or (self._end(), _cut_word(before))
        self._text = self._text[:kept] + snippet[left_out:]
        self.quoted.append((start + kept - left_out, end + kept - left_out))

    def _overlap(self, snippet: str, start: int) -> tuple[int, int] | None:
        """Where a snippet goes on with the text.

        Args:
            snippet: the words.
            start: where its quotation begins.

        Returns:
            how many characters of the text stay, up to the end of its last quotation at least, and how many of the
            snippet are left out, up to the beginning of its own at most; None where they don't overlap.
        """
        last = self.quoted[-1][1] if self.quoted else 0
        begin = max(last - REACH, len(self._text) - 2 * REACH, 0)
        tail, head = _letters(self._text, begin), _letters(snippet)
        there, here = _spelt(self._text, tail), _spelt(snippet, head)
        at = there.find(here[:LEAST]) if len(here) >= LEAST else -1
        while at >= 0 and not here.startswith(there[at:]):
            at = there.find(here[:LEAST], at + 1)
        if at < 0:
            return None
        k = next((k for k in range(at, len(tail)) if tail[k] >= last), None)
        if k is None:  # the text ends with its last quotation
            rest = len(tail) - at
            self._text += " "
            return len(self._text), min(head[rest] if rest < len(head) else len(snippet), start)
        return (tail[k], head[k - at]) if head[k - at] <= start else None

    def _end(self) -> int:
        """End a paragraph, without what is cut off behind its last quotation, a quotation or a word that may be half
        of a name; where the next one begins."""
        last = self.quoted[-1][1] if self.quoted else 0
        rest = DANGLING.sub("", self._text[last:]).rstrip()
        self._text = self._text[:last] + (LAST_WORD.sub("", rest) if len(rest) > CUT else rest)
        self._text += "\n\n" * bool(self._text)
        return len(self._text)


def _cut_word(before: str) -> int:
    """How long the word is with which a text begins that was cut off in one perhaps: "as-based" was Texas."""
    found = FIRST_WORD.match(before)
    return found.end() if found and len(before) > CUT and before[0].islower() else 0


def _marked(words: str) -> str:
    """A quotation in marks that part it from those in it."""
    return f"‘{words}’" if set(words) & set('"“”') and not set(words) & set("‘’") else f"“{words}”"


def _letters(text: str, begin: int = 0) -> list[int]:
    """Where the letters and digits of a text stand."""
    return [match.start() for match in LETTERS.finditer(text, begin)]


def _spelt(text: str, letters: Sequence[int]) -> str:
    return "".join(text[k] for k in letters)
