"""What the scorers look at in a proposal, for the question whether it is a report: its facts, keys and numbers.

A proposal's content is taken in its first reading here; which reading is best is another question (see `readings`).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from functools import cache, cached_property
from operator import itemgetter
from typing import NamedTuple

from quotes.decide.features import Features, Key, Number
from quotes.find.candidate import Content, Proposal, TokenSpan
from quotes.grammar.context import NO_QUOTE, Context
from quotes.grammar.language import ENGLISH
from quotes.grammar.negation import negates
from quotes.grammar.nouns import determiner, linker, noun_class
from quotes.grammar.phrases import span_head
from quotes.lexicon import table
from quotes.lexicon.cues import cue

KINDS = {
    **dict.fromkeys(ENGLISH.words("i") | ENGLISH.words("we"), "first person"),
    **dict.fromkeys(ENGLISH.words("he") | ENGLISH.words("she") | ENGLISH.words("they"), "pronoun"),
    **dict.fromkeys(ENGLISH.words("relatives") | {"what"}, "relative"),
}
"""What sort of word a pronoun is as a source."""
VAGUE = ENGLISH.words("vague_sources")
NOBODY = ENGLISH.words("nobody")
CONDITIONS = ENGLISH.words("conditions_before")
PERFECT = ENGLISH.words("perfect_auxiliaries")
FIRST_PERSON = ENGLISH.words("i") | ENGLISH.words("we")
SECOND_PERSON = ENGLISH.words("you")
SAID = ENGLISH.words("said")
FEW = 0.5
"""Words in a hundred: a text with fewer of a field is not of it."""
REACH = 40
"""How many tokens of a content are searched for a finite verb."""


class Form(NamedTuple):
    """A cue's tag with its auxiliaries, and what they do."""

    name: str
    negated: bool
    modal: bool
    perfect: bool


FIELDS = ("sport", "business", "science", "court", "politics", "arts", "advice")
"""See lexicon/en/fields.tsv."""


class Text:
    """A text, and what its proposals have in common: which field it is of, and how it speaks."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx

    @cached_property
    def words(self) -> Counter[str]:
        """How often each form stands in it outside quotation marks."""
        lower = self.ctx.parse.lower
        return Counter(word for word, quote in zip(lower, self.ctx.quote_of, strict=True) if quote == NO_QUOTE)

    @cached_property
    def shares(self) -> dict[str, float]:
        """Of every hundred words, how many are of each field."""
        fields, every = _fields(), max(self.words.total(), 1)
        out = dict.fromkeys(FIELDS, 0.0)
        for word, times in self.words.items():
            field = fields.get(word) or fields.get(ENGLISH.singular(word))
            if field:
                out[field] += 100 * times / every
        return out

    @cached_property
    def field(self) -> str:
        """The field of which it has most words, "" where it has hardly any of one."""
        field, share = max(self.shares.items(), key=itemgetter(1))
        return field if share >= FEW else ""

    def rate(self, forms: Iterable[str]) -> float:
        """Of every hundred words outside quotation marks, how many are of some forms."""
        return 100 * sum(self.words[form] for form in forms) / max(self.words.total(), 1)

    @cached_property
    def voice(self) -> tuple[float, float, float]:
        """The rates of I and we, of you, and of said."""
        return self.rate(FIRST_PERSON), self.rate(SECOND_PERSON), self.rate(SAID)


@cache
def _fields() -> dict[str, str]:
    return {row["word"]: row["field"] for row in table("fields")}


class Outline:
    """As much of a proposal as a first score needs."""

    def __init__(self, text: Text, proposal: Proposal) -> None:
        ctx = text.ctx
        self.text, self.ctx, self.proposal = text, ctx, proposal
        self.frame, self.lemma, self.head = str(proposal.frame), proposal.lemma, proposal.head
        self.content = proposal.edges.first.content
        self.length = sum([b - a for a, b in self.content])
        """Tokens of the content."""
        self.share = quoted_tokens(ctx, self.content) / self.length
        """Of the content's tokens, how many stand in quotation marks."""
        self.quoting = quoting_of(self.share)
        self.kind = source_kind(ctx, proposal)
        entry = cue(self.lemma, ctx.parse.tag[self.head])
        self.act = f"{entry.act} {entry.sense}"
        """What the lexicon says of the cue."""


class Facts(Outline):
    """What the features of a proposal are made of."""

    def __init__(self, outline: Outline) -> None:
        self.__dict__.update(outline.__dict__)
        ctx, proposal, head = self.ctx, self.proposal, self.head
        p, source = ctx.parse, proposal.source
        self.form = _form(ctx, head)
        self.sentence = p.sents[p.sent_of[head]]
        self.size = self.sentence[1] - self.sentence[0]
        """Tokens of the cue's sentence."""
        self.first, self.last = self.content[0], self.content[-1]
        """Parts of the content."""
        self.first_word = p.lower[self.first[0]]
        self.left = self.first[0] < head
        """Whether the content begins before the cue."""
        self.before = p.lower[self.first[0] - 1] if self.first[0] else ""
        """The token before the content."""
        self.next = p.lower[head + 1] if head + 1 < len(p) else ""
        """The token after the cue's head."""
        start = source[0] if source and source[0] < head else head
        self.previous = p.lower[start - 1] if start > self.sentence[0] else "^"
        """The token before the source and cue."""
        self.source_at = source[0] if source else head
        self.source_word = _source_word(ctx, proposal)
        self.source_capital = source is not None and p.words[proposal.source_head][:1].isupper()
        content_head = span_head(p, self.first)
        self.content_head = content_head
        self.content_word = p.lemma(content_head)
        self.content_class = noun_class(ctx, content_head)
        self.determiner = determiner(p, content_head)
        self.linker = linker(p, content_head)
        self.source_class = noun_class(ctx, proposal.source_head) if source else ""
        governor = p.head[head]
        above = p.lemma(governor) if governor != head else ""
        self.governing = f"{above}|{p.dep[head]}"
        """The word that the cue hangs on, and how."""


def _finite(f: Facts) -> bool:
    start, end = f.first
    return not f.ctx.parse.language.finite.isdisjoint(f.ctx.parse.tag[start : min(end, start + REACH)])


def _question(f: Facts) -> bool:
    lower, (_, end) = f.ctx.parse.lower, f.last
    return lower[end - 1] == "?" or (end - f.first[0] > 1 and lower[end - 2] == "?")


def _share_of(field: str) -> Number[Facts]:
    return Number(f"of the field {field}", lambda f: f.text.shares[field])


PROPOSAL: Features[Facts] = Features(
    keys=(
        Key("frame", lambda f: f.frame),
        Key("act+frame", lambda f: f"{f.act}|{f.frame}", "frame"),
        Key("lemma", lambda f: f.lemma, counted=True),
        Key("lemma+frame", lambda f: f"{f.lemma}|{f.frame}", "act+frame", counted=True),
        Key("lemma+kind", lambda f: f"{f.lemma}|{f.kind}", "lemma"),
        Key("lemma+form", lambda f: f"{f.lemma}|{f.form.name}", "lemma"),
        Key("lemma+first", lambda f: f"{f.lemma}|{f.first_word}", "lemma"),
        Key("lemma+next", lambda f: f"{f.lemma}|{f.next}", "lemma"),
        Key("lemma+previous", lambda f: f"{f.lemma}|{f.previous}", "lemma"),
        Key("lemma+quoted", lambda f: f"{f.lemma}|{f.quoting}|{f.left:d}", "lemma"),
        Key("frame+kind+quoted", lambda f: f"{f.frame}|{f.kind}|{f.quoting}", "frame"),
        Key("frame+lemma+kind+quoted", lambda f: f"{f.frame}|{f.lemma}|{f.kind}|{f.quoting}", "lemma+frame"),
        Key("act+kind+quoted", lambda f: f"{f.act}|{f.kind}|{f.quoting}"),
        Key("source", lambda f: f.source_word),
        Key("source+lemma", lambda f: f"{f.source_word}|{f.lemma}", "source"),
        Key("source+frame", lambda f: f"{f.source_word}|{f.frame}", "source"),
        Key("content", lambda f: f"{f.content_word}|{f.ctx.parse.dep[f.content_head]}"),
        Key("content+frame", lambda f: f"{f.content_word}|{f.frame}", "content"),
        Key("content+lemma", lambda f: f"{f.content_word}|{f.lemma}", "content"),
        Key("class", lambda f: f.content_class),
        Key("class+frame", lambda f: f"{f.content_class}|{f.frame}", "class"),
        Key("class+lemma", lambda f: f"{f.content_class}|{f.lemma}|{f.frame.partition(':')[0]}", "class+frame"),
        Key("determiner+frame", lambda f: f"{f.determiner}|{f.linker}|{f.frame}", "frame"),
        Key("determiner+lemma", lambda f: f"{f.determiner}|{f.linker}|{f.lemma}", "lemma"),
        Key("source class+lemma", lambda f: f"{f.source_class}|{f.lemma}", "lemma"),
        Key("field+lemma", lambda f: f"{f.text.field}|{f.lemma}", "lemma"),
        Key("field+act", lambda f: f"{f.text.field}|{f.act}|{f.frame}", "act+frame"),
        Key("governor", lambda f: f.governing),
        Key("governor+lemma", lambda f: f"{f.governing}|{f.lemma}", "lemma"),
        Key("frame+before", lambda f: f"{f.frame}|{'word' if f.before.isalnum() else f.before}|{f.quoting}", "frame"),
        Key("previous", lambda f: f.previous),
    ),
    telling=("lemma+frame", "frame+lemma+kind+quoted"),
    numbers=(
        Number("quoted share", lambda f: f.share),
        Number("all quoted", lambda f: f.quoting == "all"),
        Number("none quoted", lambda f: f.quoting == "none"),
        Number("cue in quotation", lambda f: f.ctx.quote_of[f.head] != NO_QUOTE),
        Number("log length", lambda f: math.log(f.length)),
        Number("content left", lambda f: f.left),
        Number("distance", lambda f: math.log1p(min(abs(f.first[0] - f.head), abs(f.last[1] - f.head)))),
        Number("negated", lambda f: f.form.negated),
        Number("parts", lambda f: len(f.content)),
        Number("question", _question),
        Number("same sentence", lambda f: f.ctx.parse.sent_of[f.first[0]] == f.ctx.parse.sent_of[f.head]),
        Number("log sentence length", lambda f: math.log(f.size)),
        Number("content at sentence start", lambda f: f.first[0] <= f.sentence[0] + 1),
        Number("content at sentence end", lambda f: f.last[1] >= f.sentence[1] - 2),
        Number("first person", lambda f: f.kind == "first person"),
        Number("has source", lambda f: f.proposal.source is not None),
        Number("has finite verb", _finite),
        Number("modal", lambda f: f.form.modal),
        Number("perfect", lambda f: f.form.perfect),
        Number("passive", lambda f: f.proposal.frame.passive),
        Number("headline", lambda f: f.ctx.parse.para_of[f.head] == 0),
        Number("title case", lambda f: (f.ctx.capitals[f.sentence[1]] - f.ctx.capitals[f.sentence[0]]) / f.size),
        Number("source distance", lambda f: math.log1p(abs(f.head - f.source_at))),
        Number("source in title case", lambda f: f.source_capital),
        Number("log document length", lambda f: math.log(len(f.ctx.parse))),
        Number("paragraph position", lambda f: f.ctx.parse.para_of[f.head] / len(f.ctx.parse.paragraphs)),
        Number("root cue", lambda f: f.ctx.parse.dep[f.head] == "ROOT"),
        Number("quotation in sentence", lambda f: has_quotation(f.ctx, f.sentence)),
        Number("cue first in sentence", lambda f: f.head == f.sentence[0]),
        Number("conditional", lambda f: f.previous in CONDITIONS),
        *(_share_of(field) for field in FIELDS),
        Number("I and we", lambda f: f.text.voice[0]),
        Number("you", lambda f: f.text.voice[1]),
        Number("said", lambda f: f.text.voice[2]),
    ),
)
"""The features of a proposal."""

OUTLINED = ("frame", "act+frame", "lemma+frame", "frame+lemma+kind+quoted")
"""The keys that an outline is enough for: the telling ones and those that they back off to."""


def source_kind(ctx: Context, proposal: Proposal) -> str:
    """What sort of word heads a source."""
    if proposal.source is None:
        return "none"
    p, head = ctx.parse, proposal.source_head
    word, tag = p.lower[head], p.tag[head]
    if (kind := KINDS.get(word)) is not None:
        return kind
    if tag in p.language.proper:
        return "name"
    if tag in p.language.nouns:
        return tag
    return word if word in VAGUE else "other"


def quoting_of(share: float) -> str:
    """Whether a share of quoted tokens is all of a content, some or none of it."""
    return "all" if share > 0.95 else "none" if share == 0 else "some"


def has_quotation(ctx: Context, span: TokenSpan) -> bool:
    """Whether a token of a span stands in quotation marks."""
    return ctx.quoted[span[1]] > ctx.quoted[span[0]]


def quoted_tokens(ctx: Context, content: Content) -> int:
    """How many tokens of a content stand in quotation marks."""
    quoted = ctx.quoted
    return sum([quoted[b] - quoted[a] for a, b in content])


def _form(ctx: Context, head: int) -> Form:
    p = ctx.parse
    negated = modal = perfect = False
    for child in p.children[head]:
        if child > head:
            break
        if negates(p, child) or p.lower[child] in NOBODY:
            negated = True
        elif p.tag[child] in p.language.modals:
            modal = True
        elif p.dep[child] in p.language.auxiliaries and p.lower[child] in PERFECT:
            perfect = True
    return Form(f"{p.tag[head]}{'n' * negated}{'m' * modal}{'p' * perfect}", negated, modal, perfect)


def _source_word(ctx: Context, proposal: Proposal) -> str:
    if proposal.source is None:
        return ""
    p, head = ctx.parse, proposal.source_head
    tag = p.tag[head]
    if tag in p.language.proper:
        return "NAME"
    return "NUMBER" if tag in p.language.numbers else p.lemma(head)
