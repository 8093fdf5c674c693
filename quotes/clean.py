"""Takes the dirt out of a text before it is parsed, and puts offsets back into the text as it was given.

Entities, tags, mojibake, Markdown's emphasis, mail's ``>``, footnote marks, emoji, bullets, hyphens and headers at the
breaks of lines and pages: none of them is language, and each of them costs quotes. A reader's offsets count in the text
that they gave, so every change remembers where it stood.

>>> cleaned = clean("&ldquo;We will re-\\nbuild it,&rdquo; Lund said.")
>>> cleaned.text
'“We will rebuild it,” Lund said.'
>>> cleaned.given[slice(*cleaned.back(0, 21))]
'&ldquo;We will re-\\nbuild it,&rdquo;'
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from itertools import accumulate, pairwise
from typing import Any, NamedTuple, TypeVar

from quotes.grammar.boundaries import less_blanks
from quotes.records import PART_SEPARATOR, Quote, Span, quote_id

Value = TypeVar("Value")


class Edit(NamedTuple):
    """Characters of a text, half-open, and what takes their place."""

    start: int
    end: int
    new: str


class Cleaned:
    """A text without dirt, and the way back to the one that was given.

    Args:
        given: the text as it was given.
    """

    def __init__(self, given: str) -> None:
        self.given = self.text = given
        self._passes: list[_Pass] = []
        self._gaps: list[tuple[int, int]] = []

    def apply(self, edits: list[Edit], gaps: bool = False) -> None:
        """Change the text.

        Args:
            edits: in order, none overlapping.
            gaps: what they take away is no part of what goes on behind it: a content around one has two parts.
        """
        if not edits:
            return
        if gaps:
            self._gaps += [self.back(start, end) for start, end, _ in edits]
        pieces, at = [], 0
        for start, end, new in edits:
            pieces += [self.text[at:start], new]
            at = end
        self.text = "".join([*pieces, self.text[at:]])
        self._passes.append(_Pass(edits))

    @property
    def changed(self) -> bool:
        """Whether it is another text than the one given."""
        return bool(self._passes)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """A span of the clean text, half-open and not empty, as one of the given text: with all of each replaced
        stretch that it begins or ends in."""
        last = end - 1
        for one in reversed(self._passes):
            start, last = one.back(start, False), one.back(last, True)
        return start, last + 1

    def restored(self, quotes: list[Quote]) -> list[Quote]:
        """Quotes of the clean text as quotes of the given one: all spans, texts and ids."""
        if not self.changed:
            return quotes
        moved = [_moved(replace(quote, content=()), self) for quote in quotes]
        moved = [
            replace(new, content=tuple(part for span in old.content for part in self._parts(span)))
            for old, new in zip(quotes, moved, strict=True)
        ]
        ids = {
            old.id: quote_id(new.doc_id, [(part.start, part.end) for part in new.content])
            for old, new in zip(quotes, moved, strict=True)
        }
        return [
            replace(
                quote,
                id=ids[quote.id],
                text=PART_SEPARATOR.join(part.text for part in quote.content),
                parent=ids.get(quote.parent, quote.parent) if quote.parent else None,
                content_of=ids.get(of, of) if isinstance(of := quote.content_of, str) else of,
            )
            for quote in moved
        ]

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """As back, less the blanks at the edges, which a replaced stretch may have: "« " for “."""
        return less_blanks(self.given, *self.back(start, end))

    def _parts(self, span: Span) -> Iterator[Span]:
        """A span in the given text, parted where a page ended in it."""
        start, end = self.trimmed(span.start, span.end)
        bounds = [start, *(at for gap in self._gaps if start < gap[0] and gap[1] < end for at in gap), end]
        for a, b in zip(bounds[::2], bounds[1::2], strict=True):
            yield Span(a, b, self.given[a:b])


class _Pass:
    """Edits made at once, and how offsets after them are those before."""

    def __init__(self, edits: list[Edit]) -> None:
        self.edits = edits
        shifts = accumulate(len(new) - (end - start) for start, end, new in edits)
        self.shifts = [0, *shifts]
        self.starts = [start + shift for (start, _, _), shift in zip(edits, self.shifts, strict=False)]
        """Where each edit begins in the text after it."""

    def back(self, at: int, last: bool) -> int:
        """The character before the edits that a character after them is; of a replaced stretch its first or last."""
        k = bisect_right(self.starts, at) - 1
        if k >= 0 and at < self.starts[k] + len(self.edits[k].new):
            start, end, new = self.edits[k]
            if end - start == len(new):  # a character for a character
                return start + at - self.starts[k]
            return max(start, end - 1) if last else start
        return at - self.shifts[k + 1]


def _moved(value: Value, by: Cleaned) -> Value:
    """A quote, or what one holds, with its spans in the given text."""
    if isinstance(value, Span):
        start, end = by.trimmed(value.start, value.end)
        return replace(value, start=start, end=end, text=by.given[start:end])
    if isinstance(value, tuple):
        return tuple(_moved(item, by) for item in value)  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        changed: dict[str, Any] = {f.name: _moved(getattr(value, f.name), by) for f in fields(value)}
        return replace(value, **changed)
    return value


def clean(text: str) -> Cleaned:
    """Take the dirt out of a text. Takes linear time; a text without any is given back as it is."""
    cleaned = Cleaned(text)
    for find in PASSES:
        cleaned.apply(list(find(cleaned.text)), gaps=find in PARTING)
    return cleaned


LETTERS = re.compile(r"[^\W\d_]+")
SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s|$)|\n\s*\n")
LONGEST_SENTENCE = 120
"""Words: a text whose sentences are longer on average has none that can be told apart."""
LEAST_RAW = 40
"""Words of a text without any punctuation or capital from which it is raw speech recognition."""
RAW = re.compile(r"[,;:\"“”]|\b(?!I\b)[A-Z]")
UNPUNCTUATED = (
    "no punctuation by which sentences could be told apart, as in raw speech recognition; no quotes looked for"
)


def is_unpunctuated(text: str) -> bool:
    """Whether a text is so poor in full stops and paragraphs that a parse would take it for one endless sentence."""
    words, ends = len(LETTERS.findall(text)), len(SENTENCE_END.findall(text))
    raw = words > LEAST_RAW and not ends and not RAW.search(text)
    return raw or (words > LONGEST_SENTENCE and ends * LONGEST_SENTENCE < words)


# Escapes of a string in a program, which a text has that was written as one twice.

ESCAPED_MARK = re.compile(r"\\(?=[\"'])")
ESCAPED_END = re.compile(r"\\r\\n|\\n")


def _escapes(text: str) -> Iterator[Edit]:
    """Backslashes before marks, two or more, and line ends written out in a text that has no others."""
    if "\\" not in text:
        return
    marks = list(ESCAPED_MARK.finditer(text))
    ends = [] if "\n" in text else list(ESCAPED_END.finditer(text))
    edits = [Edit(*m.span(), "") for m in marks if len(marks) > 1]
    edits += [Edit(*m.span(), "\n") for m in ends if len(ends) > 1 or len(marks) > 1]
    yield from sorted(edits)


# Web pages' markup. Only what plainly is some: an entity that HTML knows, a tag by its name.

ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});")
TAG = re.compile(
    r"<!--.{0,5000}?-->|<(script|style)\b[^<>]*>.{0,20000}?</\1\s*>"
    r"|</?(?P<name>a|abbr|article|aside|b|blockquote|body|br|cite|div|em|figcaption|figure|font|h[1-6]|head|hr|html|i"
    r"|iframe|img|li|main|mark|ol|p|q|section|small|span|strong|sub|sup|table|tbody|td|th|tr|u|ul)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE | re.DOTALL,
)
INLINE = frozenset(
    ("a", "abbr", "b", "cite", "em", "font", "i", "img", "mark", "small", "span", "strong", "sub", "sup", "u")
)


def _entities(text: str) -> Iterator[Edit]:
    if "&" in text:
        for m in ENTITY.finditer(text):
            new = html.unescape(m[0])
            if new != m[0]:
                yield Edit(*m.span(), new)


def _tags(text: str) -> Iterator[Edit]:
    if "<" not in text:
        return
    for m in TAG.finditer(text):
        name = (m["name"] or "").lower()
        if name == "q":
            new = "”" if m[0].startswith("</") else "“"
        elif name in INLINE or m[0].startswith("<!"):
            new = ""
        else:
            new = "\n" if name == "br" else "\n\n"
        yield Edit(*m.span(), new)


# Characters.

FOREIGN = re.compile(r"[^\x00-\x7f]{2,}")
"""UTF-8 that was read as another encoding is a run of characters beyond ASCII, and so is each of its characters."""
HALF = re.compile("â€(?![\u0080-\uffff])")
"""A closing mark whose last byte, which Windows-1252 does not have, was lost on the way."""
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
EMOJI = re.compile(
    " ?(?:[\U0001f1e6-\U0001f1ff]{2}"  # flags: two letters of their own
    "|[\U0001f300-\U0001faff\u2600-\u26ff\u2700-\u275a\u2761-\u27bf]\ufe0f?[\U0001f3fb-\U0001f3ff]?"
    "(?:\u200d[\U0001f300-\U0001faff\u2600-\u27bf]\ufe0f?[\U0001f3fb-\U0001f3ff]?)*)+"  # families: joined ones
)


def _mojibake(text: str) -> Iterator[Edit]:
    if text.isascii() or not any(mark in text for mark in ("â", "Ã", "Â", "‚Ä", "ï¿")):
        return
    from ftfy import fix_encoding

    found = False
    for m in FOREIGN.finditer(text):
        new = fix_encoding(m[0])
        if new != m[0]:
            found = True
            yield Edit(*m.span(), HALF.sub("”", new))
        elif m[0] == "â€":
            found = True
            yield Edit(*m.span(), "”")
    if not found and "â€" in text:
        yield from (Edit(*m.span(), "”") for m in HALF.finditer(text))


def _invisible(text: str) -> Iterator[Edit]:
    if not text.isascii():
        yield from (Edit(*m.span(), "") for m in INVISIBLE.finditer(text))


def _emoji(text: str) -> Iterator[Edit]:
    if not text.isascii():
        yield from (Edit(*m.span(), "") for m in EMOJI.finditer(text))


# Quotation marks of other languages, which no English parser has seen.

DOUBLE_MARK = re.compile("[\"“”]|''|``")
GUILLEMET = re.compile("[\u00a0\u202f ]?(?P<mark>[«»‹›])[\u00a0\u202f ]?")
"""With the blanks that the French set inside them."""
CORNERS = {"＂": '"', "「": "“", "」": "”", "『": "‘", "』": "’", "﹁": "“", "﹂": "”"}
CORNER = re.compile("[＂「」『』﹁﹂]|““+|””+")
OPENERS = frozenset("([{—–")


def _foreign_marks(text: str) -> Iterator[Edit]:
    """Guillemets that stand alone in a text, whichever way they point, and East Asian corner marks, as English ones."""
    if text.isascii():
        return
    yield from (Edit(*m.span(), CORNERS.get(m[0], m[0][0])) for m in CORNER.finditer(text))


def _guillemets(text: str) -> Iterator[Edit]:
    if not text.isascii() and not DOUBLE_MARK.search(text):
        for m in GUILLEMET.finditer(text):
            start, end = m.span("mark")
            opens = _opens(text, start)
            yield Edit(start if opens else m.start(), m.end() if opens else end, "“" if opens else "”")


def _opens(text: str, at: int) -> bool:
    """Whether a guillemet stands before words; between blanks its shape tells."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    starts, ends = not before or before.isspace() or before in OPENERS, not after or after.isspace()
    return text[at] in "«‹" if starts == ends else starts


# Marks of other kinds of text.

EMPHASIS = re.compile(r"(?<![\w*_\\])(\*{1,3}|_{1,3})(?=[^\s*_])([^\n*]{1,400}?)(?<=[^\s*_])\1(?!\.?[\w*_])")
LINK = re.compile(
    r"!?\[(?P<text>[^\[\]\n]{1,300})\]\((?:https?://|/|#|mailto:|www\.)[^()\s]{0,2000}(?:\s\"[^\"\n]{0,200}\")?\)"
)
MAIL = re.compile(r"^(?:> ?)+(?=\S)|^>[> ]*$", re.MULTILINE)
TURN = re.compile(r"^>>+ ?\S", re.MULTILINE)
"""In captions: the speaker changes."""
WROTE = re.compile(r":[^\S\n]*\n\Z")
ANSWERED_BLOCK = re.compile(
    r"\b(?:wrote|writes|said|says)[^\n]{0,40}:[^\S\n]*\n(?:[^\S\n]*\n)?(?P<words>(?:>(?! ?>)[^\n]*(?:\n|\Z))+)"
)
"""A line that tells who wrote, and what it answers, less what that answers in its turn."""
MAIL_LINE = re.compile(r"^>[^\S\n]*(?P<said>\S[^\n]*\S)?[^\S\n]*$", re.MULTILINE)
ANSWERED = re.compile(r"^> ?[^>\s]", re.MULTILINE)
"""In mail, but not in captions."""
FOOTNOTE = re.compile(
    r"(?<=[\w.,;:!?\"'”’»)])(?:\[\^?\d{1,3}\]|\[\^\w{1,20}\]|\[(?:citation needed|note \d+)\])+"
    r"|(?<=[.,;!?\"”’»])\[[a-z]\]"
    r"|(?<=[.,;:!?\"”’»)a-z])[¹²³⁰⁴-⁹]+(?=[\s\"”’»,.]|$)|(?<=[.,!?][\"”’»])(?:\*{1,3}|[†‡])(?=\s)"
)
BULLET = re.compile(r"^[^\S\n]*(?:[•‣◦▪▫●○■□►▶➤✓✔][^\S\n]*|\d{1,2}\)[^\S\n]+|(?=\d{1,2}\.[^\S\n]))", re.MULTILINE)
STAR = re.compile(r"^[^\S\n]*[*-][^\S\n]+(?=\S)", re.MULTILINE)
STARRED = re.compile(r"(?:^[^\S\n]*[*-][^\S\n]+\S[^\n]*(?:\n|\Z)){2,}", re.MULTILINE)
SPOKEN_ITEM = re.compile(r"^[^\S\n]*-[^\n]*[,?!] (?:said|says|asked|replied|answered|cried) \w", re.MULTILINE)
"""An item that is a line of dialogue, set with a hyphen: - Where is the oar? said Jonas."""
ROW = re.compile(r"^[^\n\t]+(?:\t[^\n\t]*)+$", re.MULTILINE)
CELL_END = re.compile(r"[\t\n]")


def _emphasis(text: str) -> Iterator[Edit]:
    if "*" in text or "_" in text:
        for m in EMPHASIS.finditer(text):
            yield Edit(*m.span(1), "")
            yield Edit(m.end(2), m.end(), "")


def _links(text: str) -> Iterator[Edit]:
    if "](" in text:
        for m in LINK.finditer(text):
            yield Edit(m.start(), m.start("text"), "")
            yield Edit(m.end("text"), m.end(), "")


def _mail(text: str) -> Iterator[Edit]:
    """The marks of what a mail answers. Below a line that tells who wrote it, its paragraphs get quotation marks, so
    that they end where the answer begins; words that have such marks already are left as they are."""
    if ">" not in text or (TURN.search(text) and not ANSWERED.search(text)):
        return
    lines = list(MAIL.finditer(text))
    blocks = {block.start("words"): block for block in ANSWERED_BLOCK.finditer(text)}
    if len(lines) < 2 and not blocks:
        return
    edits = []
    for m in lines:
        headed = m.start() in blocks or WROTE.search(text, max(0, m.start() - LONGEST_HEADER), m.start())
        edits.append(Edit(*m.span(), "\n" if headed else ""))
    for start, block in blocks.items():
        if not DOUBLE_MARK.search(block["words"]):
            edits += _quoted(text, start, block.end("words"))
    yield from sorted(edits)


def _quoted(text: str, start: int, end: int) -> Iterator[Edit]:
    """Marks around the paragraphs of a mail's words, each line of which begins with ">"."""
    first = True
    last = -1
    for line in MAIL_LINE.finditer(text, start, end):
        if not line["said"]:
            first = True
            continue
        if first:
            yield Edit(line.start("said"), line.start("said") + 1, f"“{line['said'][0]}")
        first, last = False, line.end("said") - 1
    if last >= 0:
        yield Edit(last, last + 1, f"{text[last]}”")


def _footnotes(text: str) -> Iterator[Edit]:
    if "[" in text or "*" in text or not text.isascii():
        yield from (Edit(*m.span(), "") for m in FOOTNOTE.finditer(text))


def _bullets(text: str) -> Iterator[Edit]:
    """Each item of a list becomes a paragraph; with a star or hyphen only in lines that follow each other, as one line
    alone may be a signature. Lines of dialogue keep a dash."""
    for m in BULLET.finditer(text):
        yield Edit(*m.span(), "\n" * (m.start() > 0))
    for items in STARRED.finditer(text):
        spoken = bool(SPOKEN_ITEM.search(items[0])) and not DOUBLE_MARK.search(items[0])
        for m in STAR.finditer(text, *items.span()):
            yield Edit(*m.span(), "\n" * (m.start() > 0) + "— " * spoken)


def _cells(text: str) -> Iterator[Edit]:
    """Each cell of a table, two rows or more, becomes a paragraph."""
    if "\t" in text:
        rows = [m.span() for m in ROW.finditer(text)]
        in_table = {a for (_, end), (start, _) in pairwise(rows) if start == end + 1 for a in (start, end)}
        for start, end in rows:
            if start in in_table or end in in_table:
                yield from (Edit(*m.span(), "\n\n") for m in CELL_END.finditer(text, start, end + 1))


# Breaks of lines and pages.

PAGE_NUMBER = re.compile(r"(?<=[\w,;])[^\S\n]*\n(?:\n|[^\S\n]{3,})\d{1,4}[^\S\n]*\n\s*(?=[a-z])")
"""The number of a page alone on its line in mid-sentence."""
HYPHEN = re.compile(r"(?<=[^\W\d_])-[^\S\n]*\r?\n[^\S\n]*(?=[a-zà-öø-ÿ]{2})")
BLANK_LINES = re.compile(r"(?<!\s)\s*\n[^\S\n]*\n\s*")
PAGE = re.compile(
    r"[-–—]\s*\d{1,4}\s*[-–—]|(?:\bpage\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|.*\bpage\s+\d{1,4}\b.*|.*\S\s{3,}\d{1,4}",
    re.IGNORECASE,
)
LONGEST_HEADER = 90
"""Characters of a page's header or footer."""
UNENDED = re.compile(r"[\w,;–—-]$")
LEAST_WIDTH, MOST_WIDTH = 30, 130
"""Characters of the longest line of a text that was broken to fit some width."""
LEAST_LINES = 3
"""Line ends with blank lines between from which their lengths tell."""
LEAST_WRAPPED = 0.4
"""Share of the lines of a text with blank lines between all of them that must end in mid-sentence."""


def _hyphens(text: str) -> Iterator[Edit]:
    if "-" in text:
        yield from (Edit(*m.span(), "") for m in HYPHEN.finditer(text))


def _page_breaks(text: str) -> Iterator[Edit]:
    """The headers and footers of pages in the middle of a sentence: a line with the page's number, or one that comes
    again and again, between a paragraph that has not ended and one that begins in small letters; where a form feed
    stands, any that has not ended goes on behind it."""
    gaps = list(BLANK_LINES.finditer(text))
    bounds = [0, *(at for gap in gaps for at in gap.span()), len(text)]
    blocks = [text[a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True)]
    often = Counter(block for block in blocks if len(block) <= LONGEST_HEADER)
    k = 0
    while k < len(blocks) - 1:
        after = k + 1
        while after < len(blocks) - 1 and _is_header(blocks[after], often):
            after += 1
        fed = any("\f" in gap[0] for gap in gaps[k:after])
        if UNENDED.search(blocks[k]) and (fed or (after > k + 1 and blocks[after][:1].islower())):
            yield Edit(gaps[k].start(), gaps[after - 1].end(), " ")
        k = after


def _is_header(block: str, often: Counter[str]) -> bool:
    if len(block) > LONGEST_HEADER or "\n" in block:
        return False
    return bool(PAGE.fullmatch(block)) or often[block] > 2


def _page_numbers(text: str) -> Iterator[Edit]:
    yield from (Edit(*m.span(), " ") for m in PAGE_NUMBER.finditer(text))


def _wraps(text: str) -> Iterator[Edit]:
    """Line ends that are there only because the next word had no place: each becomes a blank."""
    for start, end in _blocks(text):
        lines = text[start:end].split("\n")
        if len(lines) > 1 and _is_wrapped(lines):
            for line, following in pairwise(lines):
                end_of_line = start + len(line.rstrip())
                start += len(line) + 1
                yield Edit(end_of_line, start + len(following) - len(following.lstrip()), " ")


def _double_spaced(text: str) -> Iterator[Edit]:
    """The same where blank lines stand between all lines."""
    blocks = list(_blocks(text))
    lines = [text[a:b] for a, b in blocks]
    width = max(map(len, lines))
    if not LEAST_WIDTH <= width <= MOST_WIDTH or any("\n" in line for line in lines):
        return
    full = [
        len(line) + 1 + len(following.split(maxsplit=1)[0]) > width and bool(UNENDED.search(line))
        for line, following in pairwise(lines)
        if following
    ]
    few = len(full) < LEAST_LINES and not all(line[:1].islower() for line in lines[1:])
    if sum(full) > LEAST_WRAPPED * len(full) and not few:
        for (_, a), (b, _), wrapped in zip(blocks, blocks[1:], full, strict=False):
            if wrapped:
                yield Edit(a, b, " ")


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """The stretches between blank lines."""
    at = 0
    for gap in BLANK_LINES.finditer(text):
        yield at, gap.start()
        at = gap.end()
    yield at, len(text)


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether no line of a stretch but the last had place for the next line's first word, and some end in
    mid-sentence; lines that end where their writer wanted are of any length."""
    width = max(len(line.rstrip()) for line in lines)
    return (
        LEAST_WIDTH <= width <= MOST_WIDTH
        and any(UNENDED.search(line.rstrip()) for line in lines[:-1])
        and all(
            following.strip() and len(line.rstrip()) + 1 + len(following.split(maxsplit=1)[0]) > width
            for line, following in pairwise(lines)
        )
        and (len(lines) > 2 or lines[1].lstrip()[:1].islower())
    )


PASSES: tuple[Callable[[str], Iterator[Edit]], ...] = (
    _escapes,
    _entities,
    _entities,  # &amp;quot; was escaped twice
    _tags,
    _mojibake,
    _invisible,
    _emoji,
    _foreign_marks,
    _guillemets,
    _mail,
    _bullets,
    _cells,
    _links,
    _emphasis,
    _footnotes,
    _hyphens,
    _page_numbers,
    _page_breaks,
    _wraps,
    _double_spaced,
)
"""In this order: what one takes away may stand between the marks of the next."""
PARTING = (_page_numbers, _page_breaks)
"""What these take away parts what stands on either side of it."""
