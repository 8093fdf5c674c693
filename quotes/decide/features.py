"""What the ranker looks at: for every proposal and every reading of its content, keys to count and numbers.

Keys are strings under a name ("lemma+frame" = "say|ccomp:that"); experience with them, learned from annotated text,
turns each into log-odds (see `experience`). Numbers go into the ranker as they are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from quotes.decide.experience import Key
from quotes.find.candidate import Content, Edges, Proposal
from quotes.find.context import NO_QUOTE, Context
from quotes.find.lemma import lemma as base_form
from quotes.lexicon.cues import cue

FIRST_PERSON = frozenset(("i", "we", "me", "us", "my", "our"))
PERSONAL = frozenset(("he", "she", "they", "him", "her", "them", "his", "their", "himself", "herself", "themselves"))
RELATIVE = frozenset(("who", "which", "that", "whom", "whose", "what"))
NEGATIONS = frozenset(("n't", "n’t", "not", "never", "no", "nobody", "none", "neither", "nor", "hardly"))
CONDITIONS = frozenset(("if", "when", "unless", "should", "whether"))
PERFECT = frozenset(("have", "has", "had", "'ve", "’ve"))
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))

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
TELLING = tuple(k for k, key in enumerate(REPORT_KEYS) if key.name in ("lemma+frame", "frame+lemma+kind+quoted"))
"""Places of the keys that tell most by themselves."""

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
    "readings",
    "root cue",
    "quotation in sentence",
    "cue first in sentence",
    "conditional",
)

EDGE_KEYS: tuple[Key, ...] = (
    Key("name"),
    Key("name+frame", "name", counted=True),
    Key("name+lemma", "name", counted=True),
    Key("cut"),
    Key("name+cut", "cut"),
    Key("last"),
    Key("start+frame"),
    Key("name+quoted", "name"),
    Key("cut+lemma", "cut"),
    Key("cut+frame", "cut"),
    Key("position+name", "name"),
)
"""The keys of a reading."""
TELLING_EDGES = tuple(k for k, key in enumerate(EDGE_KEYS) if key.name in ("name+frame", "name+cut"))

EDGE_NUMBERS: tuple[str, ...] = (
    "log length",
    "share of longest",
    "log words left out",
    "order",
    "alternatives",
    "ends at sentence end",
    "ends before comma",
    "ends in quotation",
    "starts in quotation",
    "quoted share",
    "parts",
    "longest",
    "shortest",
    "left out has verb",
    "left out has quotation",
    "crosses sentence",
)


def source_kind(ctx: Context, proposal: Proposal) -> str:
    """What sort of word heads a source."""
    if proposal.source is None:
        return "none"
    p, head = ctx.parse, proposal.source_head
    word, tag = p.lower[head], p.tag[head]
    if word in FIRST_PERSON:
        return "first person"
    if word in PERSONAL:
        return "pronoun"
    if word in RELATIVE:
        return "relative"
    if tag in ("NNP", "NNPS"):
        return "name"
    if tag in ("NN", "NNS"):
        return tag
    return word if word in ("it", "you", "this", "these", "those", "some", "many", "one") else "other"


class Form(NamedTuple):
    """A cue's tag with its auxiliaries, and what they do."""

    name: str
    negated: bool
    modal: bool
    perfect: bool


@dataclass(frozen=True, slots=True)
class Sketch:
    """A proposal's keys, and what of their making its numbers need too; content taken in its first reading."""

    proposal: Proposal
    keys: list[str]
    length: int
    share: float
    kind: str
    form: Form
    previous: str


def sketch(ctx: Context, proposal: Proposal) -> Sketch:
    """The keys by which experience judges a proposal, in the order of REPORT_KEYS."""
    p = ctx.parse
    head, lemma, frame = proposal.head, proposal.lemma, proposal.frame
    content = proposal.edges[0].content
    first = content[0]
    kind = source_kind(ctx, proposal)
    length = sum([b - a for a, b in content])
    share = _quoted(ctx, content) / length
    quoting = _quoting(share)
    form = _form(ctx, head)
    content_head = _head(ctx, first)
    content_word = base_form(p.lower[content_head], p.tag[content_head])
    source_word = _source_word(ctx, proposal)
    governor, dep = p.head[head], p.dep[head]
    governing = f"{base_form(p.lower[governor], p.tag[governor]) if governor != head else ''}|{dep}"
    nxt = p.lower[head + 1] if head + 1 < len(p) else ""
    before = p.lower[first[0] - 1] if first[0] else ""
    before_source = proposal.source[0] if proposal.source and proposal.source[0] < head else head
    previous = p.lower[before_source - 1] if before_source > p.sents[p.sent_of[head]][0] else "^"
    entry = cue(lemma, p.tag[head])
    act = f"{entry.act} {entry.sense}"
    keys = [
        frame,
        f"{act}|{frame}",
        lemma,
        f"{lemma}|{frame}",
        f"{lemma}|{kind}",
        f"{lemma}|{form.name}",
        f"{lemma}|{p.lower[first[0]]}",
        f"{lemma}|{nxt}",
        f"{lemma}|{previous}",
        f"{lemma}|{quoting}|{first[0] < head:d}",
        f"{frame}|{kind}|{quoting}",
        f"{frame}|{lemma}|{kind}|{quoting}",
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
    return Sketch(proposal, keys, length, share, kind, form, previous)


def report_numbers(ctx: Context, known: Sketch) -> list[float]:
    """The numbers named in REPORT_NUMBERS."""
    p, proposal, share = ctx.parse, known.proposal, known.share
    head = proposal.head
    content = proposal.edges[0].content
    first, last = content[0], content[-1]
    sentence = p.sents[p.sent_of[head]]
    size = sentence[1] - sentence[0]
    named = proposal.source is not None
    source_at = proposal.source[0] if proposal.source else head
    quoting = _quoting(share)
    numbers = [
        share,
        quoting == "all",
        quoting == "none",
        ctx.quote_of[head] != NO_QUOTE,
        math.log(known.length),
        first[0] < head,
        math.log1p(min(abs(first[0] - head), abs(last[1] - head))),
        known.form.negated,
        len(content),
        p.lower[last[1] - 1] == "?" or (last[1] - first[0] > 1 and p.lower[last[1] - 2] == "?"),
        p.sent_of[first[0]] == p.sent_of[head],
        math.log(size),
        first[0] <= sentence[0] + 1,
        last[1] >= sentence[1] - 2,
        known.kind == "first person",
        named,
        not FINITE.isdisjoint(p.tag[first[0] : min(first[1], first[0] + 40)]),
        known.form.modal,
        known.form.perfect,
        proposal.frame.startswith("pass"),
        p.para_of[head] == 0,
        sum([w[:1].isupper() for w in p.words[sentence[0] : sentence[1]]]) / size,
        math.log1p(abs(head - source_at)),
        named and p.words[proposal.source_head][:1].isupper(),
        math.log(len(p)),
        p.para_of[head] / len(p.paragraphs),
        len(proposal.edges),
        p.dep[head] == "ROOT",
        _has_quote(ctx, sentence),
        head == sentence[0],
        known.previous in CONDITIONS,
    ]
    return [float(n) for n in numbers]


def _quoting(share: float) -> str:
    return "all" if share > 0.95 else "none" if share == 0 else "some"


def _has_quote(ctx: Context, span: tuple[int, int]) -> bool:
    return any(q != NO_QUOTE for q in ctx.quote_of[span[0] : span[1]])


def _quoted(ctx: Context, content: Content) -> int:
    """How many tokens of a content stand in quotation marks."""
    return sum([b - a - ctx.quote_of[a:b].count(NO_QUOTE) for a, b in content])


def _form(ctx: Context, head: int) -> Form:
    p = ctx.parse
    negated = modal = perfect = False
    for child in p.children[head]:
        if child > head:
            break
        if p.dep[child] == "neg" or p.lower[child] in NEGATIONS:
            negated = True
        elif p.tag[child] == "MD":
            modal = True
        elif p.dep[child] == "aux" and p.lower[child] in PERFECT:
            perfect = True
    return Form(f"{p.tag[head]}{'n' * negated}{'m' * modal}{'p' * perfect}", negated, modal, perfect)


def _head(ctx: Context, span: tuple[int, int]) -> int:
    """The first token of a span that hangs on something outside it."""
    p = ctx.parse
    a, b = span
    for i in range(a, b):
        h = p.head[i]
        if (not a <= h < b or h == i) and p.dep[i] != "punct" and not ctx.blank[i]:
            return i
    return a


def _source_word(ctx: Context, proposal: Proposal) -> str:
    if proposal.source is None:
        return ""
    p, head = ctx.parse, proposal.source_head
    tag = p.tag[head]
    if tag in ("NNP", "NNPS"):
        return "NAME"
    return "NUMBER" if tag == "CD" else base_form(p.lower[head], tag)


class Facts(NamedTuple):
    """A reading's keys, in the order of EDGE_KEYS, and its numbers, in that of EDGE_NUMBERS."""

    keys: list[str]
    numbers: list[float]


def edge_facts(ctx: Context, proposal: Proposal) -> list[Facts]:
    """Facts for the question which reading of a proposal's content is right."""
    lengths = [sum(b - a for a, b in e.content) for e in proposal.edges]
    longest, shortest = max(lengths), min(lengths)
    widest = max((e.content for e in proposal.edges), key=lambda c: c[-1][1])
    return [
        _edge(ctx, proposal, k, edges, lengths[k], longest, shortest, widest[-1][1])
        for k, edges in enumerate(proposal.edges)
    ]


def _edge(
    ctx: Context,
    proposal: Proposal,
    order: int,
    edges: Edges,
    length: int,
    longest: int,
    shortest: int,
    widest: int,
) -> Facts:
    p = ctx.parse
    content, name = edges.content, edges.name
    start, end = content[0][0], content[-1][1]
    cut, cut_verb, cut_quote = _left_out(ctx, end, widest)
    share = _quoted(ctx, content) / length
    quoting = _quoting(share)
    nxt = p.lower[end] if end < len(p) else ""
    sentence_end = ctx.sentence(proposal.head)[1]
    family = proposal.frame.partition(":")[0]
    last = p.tag[end - 1]
    keys = [
        name,
        f"{name}|{proposal.frame}",
        f"{name}|{proposal.lemma}",
        cut,
        f"{name}|{cut}",
        f"{last}|{nxt if not nxt.isalnum() else p.tag[end] if end < len(p) else ''}",
        f"{p.lower[start]}|{p.lower[start - 1] if start else ''}|{family}",
        f"{name}|{quoting}|{len(content)}",
        f"{cut}|{proposal.lemma}",
        f"{cut}|{proposal.frame}",
        f"{name}|{min(order, 5)}|{len(proposal.edges)}",
    ]
    numbers = [
        math.log(length),
        length / longest,
        math.log1p(longest - length),
        order,
        len(proposal.edges),
        end >= sentence_end - 1,
        nxt == ",",
        ctx.quote_of[end - 1] != NO_QUOTE,
        ctx.quote_of[start] != NO_QUOTE,
        share,
        len(content),
        length == longest,
        length == shortest,
        cut_verb,
        cut_quote,
        p.sent_of[start] != p.sent_of[end - 1],
    ]
    return Facts(keys, [float(n) for n in numbers])


def _left_out(ctx: Context, end: int, widest: int) -> tuple[str, bool, bool]:
    """What a reading leaves out at its end: its first word and how that hangs, whether a verb or quotation is in it."""
    p = ctx.parse
    i = end
    comma = ""
    while i < widest and (p.dep[i] == "punct" or ctx.blank[i] or p.tag[i] in (",", ":")):
        comma = ","
        i += 1
    if i >= widest:
        return "", False, False
    return (
        f"{comma}{p.lower[i] if p.tag[i][0] not in 'NJV' else p.tag[i]}|{p.dep[i]}",
        any(p.tag[j][0] == "V" for j in range(i, min(widest, i + 30))),
        _has_quote(ctx, (i, min(widest, i + 30))),
    )
