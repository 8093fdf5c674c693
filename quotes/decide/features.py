"""What the ranker looks at in a proposal: keys to count and numbers (`readings` has those of its content's readings).

Keys are strings under a name ("lemma+frame" = "say|ccomp:that"); experience with them, learned from annotated text,
turns each into log-odds (see `experience`). Numbers go into the ranker as they are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from quotes.decide.experience import Key
from quotes.find.candidate import Content, Proposal
from quotes.grammar.context import NO_QUOTE, Context
from quotes.grammar.language import ENGLISH
from quotes.grammar.negation import negates
from quotes.grammar.phrases import span_head
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

REPORT_KEYS: tuple[Key, ...] = (
    Key("frame"),
    Key("act+frame", "frame"),
    Key("lemma", None, counted=True),
    Key("lemma+frame", "act+frame", counted=True),
    Key("lemma+kind", "lemma"),
    Key("lemma+form", "lemma"),
    Key("lemma+first", "lemma"),
    Key("lemma+next", "lemma"),
    Key("lemma+previous", "lemma"),
    Key("lemma+quoted", "lemma"),
    Key("frame+kind+quoted", "frame"),
    Key("frame+lemma+kind+quoted", "lemma+frame"),
    Key("act+kind+quoted"),
    Key("source"),
    Key("source+lemma", "source"),
    Key("source+frame", "source"),
    Key("content"),
    Key("content+frame", "content"),
    Key("content+lemma", "content"),
    Key("governor"),
    Key("governor+lemma", "lemma"),
    Key("frame+before", "frame"),
    Key("previous"),
)
"""The keys of a proposal, each with the one that it backs off to."""
OUTLINE_KEYS = ("frame", "act+frame", "lemma+frame", "frame+lemma+kind+quoted")
"""The last two tell most by themselves; the others are what they back off to."""
TELLING = tuple(k for k, key in enumerate(REPORT_KEYS) if key.name in OUTLINE_KEYS[2:])
"""Their places among all keys."""

REPORT_NUMBERS: tuple[str, ...] = (
    "quoted share",
    "all quoted",
    "none quoted",
    "cue in quotation",
    "log length",
    "content left",
    "distance",
    "negated",
    "parts",
    "question",
    "same sentence",
    "log sentence length",
    "content at sentence start",
    "content at sentence end",
    "first person",
    "has source",
    "has finite verb",
    "modal",
    "perfect",
    "passive",
    "headline",
    "title case",
    "source distance",
    "source in title case",
    "log document length",
    "paragraph position",
    "root cue",
    "quotation in sentence",
    "cue first in sentence",
    "conditional",
)


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


class Form(NamedTuple):
    """A cue's tag with its auxiliaries, and what they do."""

    name: str
    negated: bool
    modal: bool
    perfect: bool


class Outline(NamedTuple):
    """As much of a proposal as a first score needs; content taken in its first reading."""

    proposal: Proposal
    length: int
    share: float
    kind: str
    act: str
    keys: tuple[str, str, str, str]
    """Those named in OUTLINE_KEYS."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """A proposal's keys, in the order of REPORT_KEYS, and what of their making its numbers need too."""

    outline: Outline
    keys: list[str]
    form: Form
    previous: str


def outline(ctx: Context, proposal: Proposal) -> Outline:
    """The few keys by which experience tells whether a proposal is worth a sketch."""
    lemma, frame = proposal.lemma, str(proposal.frame)
    content = proposal.edges.first.content
    kind = source_kind(ctx, proposal)
    length = sum([b - a for a, b in content])
    share = quoted_tokens(ctx, content) / length
    entry = cue(lemma, ctx.parse.tag[proposal.head])
    act = f"{entry.act} {entry.sense}"
    keys = (frame, f"{act}|{frame}", f"{lemma}|{frame}", f"{frame}|{lemma}|{kind}|{quoting_of(share)}")
    return Outline(proposal, length, share, kind, act, keys)


def sketch(ctx: Context, outline: Outline) -> Sketch:
    """All keys by which experience judges a proposal."""
    p = ctx.parse
    proposal, _, share, kind, act, (frame, act_frame, lemma_frame, all_four) = outline
    head, lemma = proposal.head, proposal.lemma
    first = proposal.edges.first.content[0]
    quoting = quoting_of(share)
    form = _form(ctx, head)
    content_head = span_head(p, first)
    content_word = p.lemma(content_head)
    source_word = _source_word(ctx, proposal)
    governor, dep = p.head[head], p.dep[head]
    governing = f"{p.lemma(governor) if governor != head else ''}|{dep}"
    nxt = p.lower[head + 1] if head + 1 < len(p) else ""
    before = p.lower[first[0] - 1] if first[0] else ""
    before_source = proposal.source[0] if proposal.source and proposal.source[0] < head else head
    previous = p.lower[before_source - 1] if before_source > p.sents[p.sent_of[head]][0] else "^"
    keys = [
        frame,
        act_frame,
        lemma,
        lemma_frame,
        f"{lemma}|{kind}",
        f"{lemma}|{form.name}",
        f"{lemma}|{p.lower[first[0]]}",
        f"{lemma}|{nxt}",
        f"{lemma}|{previous}",
        f"{lemma}|{quoting}|{first[0] < head:d}",
        f"{frame}|{kind}|{quoting}",
        all_four,
        f"{act}|{kind}|{quoting}",
        source_word,
        f"{source_word}|{lemma}",
        f"{source_word}|{frame}",
        f"{content_word}|{p.dep[content_head]}",
        f"{content_word}|{frame}",
        f"{content_word}|{lemma}",
        governing,
        f"{governing}|{lemma}",
        f"{frame}|{before if not before.isalnum() else 'word'}|{quoting}",
        previous,
    ]
    return Sketch(outline, keys, form, previous)


def report_numbers(ctx: Context, known: Sketch) -> list[float]:
    """The numbers named in REPORT_NUMBERS."""
    p = ctx.parse
    proposal, length, share, kind, _, _ = known.outline
    head = proposal.head
    content = proposal.edges.first.content
    first, last = content[0], content[-1]
    sentence = p.sents[p.sent_of[head]]
    size = sentence[1] - sentence[0]
    named = proposal.source is not None
    source_at = proposal.source[0] if proposal.source else head
    quoting = quoting_of(share)
    numbers = [
        share,
        quoting == "all",
        quoting == "none",
        ctx.quote_of[head] != NO_QUOTE,
        math.log(length),
        first[0] < head,
        math.log1p(min(abs(first[0] - head), abs(last[1] - head))),
        known.form.negated,
        len(content),
        p.lower[last[1] - 1] == "?" or (last[1] - first[0] > 1 and p.lower[last[1] - 2] == "?"),
        p.sent_of[first[0]] == p.sent_of[head],
        math.log(size),
        first[0] <= sentence[0] + 1,
        last[1] >= sentence[1] - 2,
        kind == "first person",
        named,
        not p.language.finite.isdisjoint(p.tag[first[0] : min(first[1], first[0] + 40)]),
        known.form.modal,
        known.form.perfect,
        proposal.frame.passive,
        p.para_of[head] == 0,
        (ctx.capitals[sentence[1]] - ctx.capitals[sentence[0]]) / size,
        math.log1p(abs(head - source_at)),
        named and p.words[proposal.source_head][:1].isupper(),
        math.log(len(p)),
        p.para_of[head] / len(p.paragraphs),
        p.dep[head] == "ROOT",
        has_quotation(ctx, sentence),
        head == sentence[0],
        known.previous in CONDITIONS,
    ]
    return [float(n) for n in numbers]


def quoting_of(share: float) -> str:
    return "all" if share > 0.95 else "none" if share == 0 else "some"


def has_quotation(ctx: Context, span: tuple[int, int]) -> bool:
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
