"""Where paragraphs, sentences and words surely begin, told by the characters alone, before any parse.

A parser that is not told runs a headline into the first sentence, a dateline into the report, and one speaker's last
sentence into the next one's first; and a tokenizer leaves left.”He one word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
LINE_END = re.compile(r"\n[^\S\n]*")
ENDED_LINE = re.compile(r"[.!?…][\"'”’»)]*[^\S\n]*\n\s*(?=\S)")
DATELINE = re.compile(
    r"^[^\S\n]*(?:"
    r"[A-Z][A-Z.'’-]{2,}(?: [A-Z.'’-]{2,}){0,3}(?:, [A-Z][\w.]{1,15}){0,2}"
    r"(?:, (?:\w{3,9}\.? \d{1,2}|\d{1,2} [A-Z]\w{2,8}\.?)(?:,? \d{4})?)?"
    r"(?: \([^()\n]{1,25}\)| /[^/\n]{1,25}/)?"
    r"|[A-Z][\w.'’-]{2,20}(?: [A-Z][\w.'’-]{1,20}){0,3}(?:, [A-Z][\w.]{1,15}(?: [A-Z][\w.]{1,15})?){0,2}"
    r" \([A-Z][^()\n]{1,24}\)"
    r"|\([A-Z][^()\n]{1,24}\)"
    r"|[A-Z][A-Z .,'’-]{2,40}--\([A-Z][^()\n]{1,24}\)"
    r"|(?P<time>(?:(?:[Uu]pdated?|UPDATED?|[Pp]osted|[Pp]ublished)(?: at)? )?"
    r"\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?(?: [A-Z]{2,4})?"
    r"|BREAKING(?: NEWS)?|JUST IN|WATCH|UPDATED?|EXCLUSIVE|ALERT)"
    r")\s?(?:[—–]|--?|:?-|(?(time):|(?!)))(?:\s+|(?<=\)--))(?=\S)"
    r"|^[^\S\n]*(?:[01]?\d|2[0-3]):[0-5]\d[^\S\n]+(?=[A-Z“\"])",
    re.MULTILINE,
)
"""The place, day and agency before a report: LISBON, March 3 (Newswire) — The minister …; with the agency the place may
be in small letters, or be missing; and the time in a live blog: 8.33am: The minister …, 14:20 The minister …,
10:15 GMT: The minister …; or what a page calls out: BREAKING: The minister …"""
HEADING = re.compile(
    r"(?:\A|\n[^\S\n]*\n)[^\S\n]*[A-Z][\w'’-]*(?: [\w'’&-]+){0,3}[^\S\n]*\n(?=[^\S\n]*[A-Z“\"‘][^\n]{25})"
)
"""A few words on the first line of a paragraph, which is a longer one's heading."""
RUN_LIMIT = 200
LONG_RUN = re.compile(rf"\S{{{RUN_LIMIT + 1},}}|[^\w\n]{{{RUN_LIMIT + 1},}}")
"""What is no language: rows of marks, data in base64."""
NOISE = re.compile(r"\W{20,}")
"""What of a long run is taken for one token."""
BLANK = re.compile(r"\s")
GLUED = re.compile(
    r"(?<=\S)―|―(?=\S)|(?<=[\w.,!?…:])[“”\"](?=\w|[,.]\w|--?\s|-(?:said|says|asked)\b)|(?<=[”\"])(?:--|[,.])(?=[^\W\d])"
    r"|(?<=\))--(?=\w)|(?<=[)\]]):(?=\s)|(?<=\w)[—–](?=[.,;]\s)|(?<=[.!?,][”\"])[(\[](?=[^\W\d])"
)
"""A mark that text runs together with the words around it, or the tokenizer does: left.”He, ”―Name, said:“We, .”,said,
”- Name, (Ms Lund):, said he—."""

NOTE = re.compile(
    r"(?<=[\w.,!?\"”’])(?:\[\^?\w{1,4}\]|[¹²³⁰⁴-⁹]{1,3})(?=\s|$)|(?<=\S)[‹›«»]|[‹›«»](?=\S)"
    r"|(?:(?<=\n)|(?<=[\"”’] ))(?:--?|[–—~])(?=[A-Z])"
)
"""The number of a footnote behind a word or mark, and guillemets, the dash before a signature, which tokenizers leave
in one word with it."""
ENDED_NOTE = re.compile(r"[.!?](?:[\"”’]?(?:\[\^?\w{1,4}\]|[¹²³⁰⁴-⁹]{1,3})|[›»])\s+(?=[A-Z“\"‹«])")
"""The end of a sentence with a footnote, or a guillemet, behind its full stop."""
UNFINISHED = re.compile(
    r"\b(?:said|says|added|told|the|an?|of|to|and|or|in|on|at|for|with|by|that|his|her|their|its|was|were|who|but|from)"
    r"[^\S\n]*\n\s*$"
)
"""The end of a line that can't end a paragraph."""
RUNNING_ON = re.compile(r"[\w,;’'][^\S\n]*\n[^\S\n]*$")
"""The end of a line that may be one of a sentence that goes on in small letters."""
LOOK_BACK = 40


def paragraph_breaks(text: str) -> list[int]:
    """Character offsets at which a paragraph after the first begins.

    Blank lines part paragraphs. A text without any has its paragraphs at line ends, unless its lines look
    wrapped at a fixed width (most of them end within a word or so of the longest).
    """
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    breaks = [m.end() for m in BLANK_LINE.finditer(text, first, last)]
    if not breaks and "\n" in text[first:last] and not _wrapped(text):
        ends = (m.end() for m in LINE_END.finditer(text))
        breaks = [end for end in ends if not _runs_on(text, end)]
    return [b for b in breaks if first < b < last]


def _runs_on(text: str, end: int) -> bool:
    """Whether a sentence goes on behind a line's end: said⏎Lund; on⏎the roof."""
    line = text[max(0, end - LOOK_BACK) : end]
    return bool(UNFINISHED.search(line)) or (text[end : end + 1].islower() and bool(RUNNING_ON.search(line)))


def paragraph_spans(text: str) -> list[tuple[int, int]]:
    """The paragraphs of a text in characters, less blanks at their edges."""
    parts = pairwise([0, *paragraph_breaks(text), len(text)])
    return [(start, end) for start, end in (less_blanks(text, *part) for part in parts) if start < end]


def less_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    """A span of characters without the blanks at its edges; empty where it has nothing else."""
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    return start, start + len(part.strip())


def sentence_starts(text: str) -> list[int]:
    """Character offsets at which a sentence after the first surely begins, rising: with a paragraph, after a dateline,
    and after a line that ends a sentence (in text wrapped at a fixed width line ends say nothing)."""
    lines = [] if _wrapped(text) else [m.end() for m in ENDED_LINE.finditer(text)]
    lines += [m.end() for m in HEADING.finditer(text) if not UNFINISHED.search(m[0])]
    lines += [m.end() for m in ENDED_NOTE.finditer(text)]
    return sorted({*paragraph_breaks(text), *lines, *(m.end() for m in DATELINE.finditer(text))})


def _wrapped(text: str) -> bool:
    lines = [len(line) for line in text.split("\n") if line.strip()]
    if len(lines) < 3:
        return False
    widest = max(lines[:-1])
    return 40 <= widest <= 120 and sum(n >= widest - 14 for n in lines[:-1]) >= 0.7 * (len(lines) - 1)


def token_cuts(text: str) -> list[int]:
    """Character offsets at which a token surely ends, in any order; only those that tokenizers may miss."""
    runs = [run.span() for run in LONG_RUN.finditer(text)]
    marks = (*GLUED.finditer(text), *NOTE.finditer(text))
    glued = [at for mark in marks for at in mark.span() if not BLANK.search(text[at - 1 : at + 1])]
    return glued + [at for start, end in runs for at in (*range(start, end, RUN_LIMIT), end)]


def tokenised(text: str, make_doc: Callable[[str], Doc]) -> Doc:
    """The tokens of a text; it is cut around marks that are run together with words, and long runs are cut, as the
    tokenizer's time is quadratic over what has no blank.

    Args:
        text: any text.
        make_doc: what makes the tokens of a text without such places, such as ``nlp.make_doc``.
    """
    cuts = token_cuts(text)
    if not cuts:
        return make_doc(text)
    from spacy.tokens import Doc

    words: list[str] = []
    spaces: list[bool] = []
    for start, end in pairwise(sorted({0, len(text)}.union(cuts))):
        piece = text[start:end]
        doc = None if NOISE.fullmatch(piece) else make_doc(piece)
        words += [token.text for token in doc or ()] or [piece]
        spaces += [bool(token.whitespace_) for token in doc or ()] or [False]
    return Doc(make_doc("").vocab, words, spaces)


def begin_sentences(doc: Doc, starts: Sequence[int]) -> None:
    """Tell a parser that sentences begin at the first tokens at or after rising character offsets."""
    for token in _first_tokens(doc, starts):
        doc[token].is_sent_start = True


def overrun(doc: Doc) -> str:
    """The first words of a parsed Doc that stand where a sentence or a token should have begun and did not; "" where
    its boundaries are those that this module sets."""
    late = [i for i in _first_tokens(doc, sentence_starts(doc.text)) if not doc[i].is_sent_start]
    if cuts := token_cuts(doc.text):
        late += [token.i for token in doc if any(token.idx < at < token.idx + len(token) for at in cuts)]
    return doc[min(late) : min(late) + 4].text if late else ""


def _first_tokens(doc: Doc, starts: Sequence[int]) -> Iterator[int]:
    from spacy.attrs import IDX

    if starts and len(doc):
        tokens = doc.to_array(IDX).searchsorted(starts).tolist()
        yield from (token for token in sorted({*tokens}) if 0 < token < len(doc))
