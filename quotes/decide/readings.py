"""What the ranker looks at in the readings of a content: keys to count and numbers, as `features` for proposals."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from quotes.decide.experience import Key
from quotes.decide.features import has_quotation, quoted_tokens, quoting_of
from quotes.find.candidate import Edges, Proposal, TokenSpan
from quotes.grammar.circumstances import circumstance, told_by
from quotes.grammar.clauses import subjects
from quotes.grammar.context import NO_QUOTE, REACH, Context
from quotes.grammar.phrases import objects_of

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
    Key("name+next", "name"),
    Key("next+how", None),
    Key("left out"),
    Key("taken in"),
    Key("name+shape", "name"),
    Key("lead"),
    Key("second part"),
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
    "circumstances taken in",
    "circumstances left out",
)

ASIDES = frozenset(("time", "channel"))
"""Circumstances that are no content."""


class Facts(NamedTuple):
    """A reading's keys, in the order of EDGE_KEYS, and its numbers, in that of EDGE_NUMBERS."""

    keys: list[str]
    numbers: list[float]


def edge_facts(ctx: Context, proposal: Proposal) -> list[Facts]:
    """Facts for the question which reading of a proposal's content is right."""
    readings = proposal.edges.all()
    lengths = [sum([b - a for a, b in e.content]) for e in readings]
    ends = sorted({e.content[-1][1] for e in readings})
    family = str(proposal.frame).partition(":")[0]
    asides = _asides(ctx, ends[0], ends[-1])
    among = _Among(lengths, max(lengths), min(lengths), ends, family, ctx.sentence(proposal.head)[1], asides)
    return [_edge(ctx, proposal, k, edges, among) for k, edges in enumerate(readings)]


class _Among(NamedTuple):
    """What the readings of a content have in common."""

    lengths: Sequence[int]
    longest: int
    shortest: int
    ends: Sequence[int]
    """Of all, each once, rising."""
    family: str
    sentence_end: int
    asides: Sequence[int]
    """Where circumstances begin between the ends."""


def _edge(ctx: Context, proposal: Proposal, order: int, edges: Edges, among: _Among) -> Facts:
    """Facts on one reading."""
    p = ctx.parse
    lengths, longest, shortest, ends, family, sentence_end, asides = among
    content, name = edges.content, edges.name
    frame, lemma, length, many = str(proposal.frame), proposal.lemma, lengths[order], len(lengths)
    start, end = content[0][0], content[-1][1]
    widest, shorter = ends[-1], ends[max(ends.index(end) - 1, 0)]
    cut, cut_verb, cut_quote = _left_out(ctx, end, widest)
    share = quoted_tokens(ctx, content) / length
    quoting = quoting_of(share)
    nxt, nxt_tag, nxt_dep = (p.lower[end], p.tag[end], p.dep[end]) if end < len(p) else ("", "", "")
    taken_in = bisect_left(asides, end)
    keys = [
        name,
        f"{name}|{frame}",
        f"{name}|{lemma}",
        cut,
        f"{name}|{cut}",
        f"{p.tag[end - 1]}|{nxt_tag if nxt.isalnum() else nxt}",
        f"{p.lower[start]}|{p.lower[start - 1] if start else ''}|{family}",
        f"{name}|{quoting}|{len(content)}",
        f"{cut}|{lemma}",
        f"{cut}|{frame}",
        f"{name}|{min(order, 5)}|{many}",
        f"{name}|{nxt}",
        f"{nxt}|{nxt_tag}|{nxt_dep}|{quoting}" if nxt_tag else "",
        _adjunct(ctx, proposal.head, family, end, widest),
        _adjunct(ctx, proposal.head, family, shorter, end),
        f"{name}|{_shape(ctx, start)}",
        f"{family}|{_lead(ctx, start, content[0][1])}",
        f"{family}|{_going_on(ctx, content[1])}" if len(content) > 1 else "",
    ]
    numbers = [
        math.log(length),
        length / longest,
        math.log1p(longest - length),
        order,
        many,
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
        taken_in,
        len(asides) - taken_in,
    ]
    return Facts(keys, [float(n) for n in numbers])


def _adjunct(ctx: Context, head: int, family: str, at: int, before: int) -> str:
    """The prepositional phrase that begins at a token, if one does before another: its preposition, what it tells, and
    whether it hangs on the cue, whose head is given."""
    p = ctx.parse
    while at < before and p.dep[at] in p.language.punctuation:
        at += 1
    if at >= before or p.dep[at] not in p.language.adpositional:
        return ""
    noun = next(iter(objects_of(p, at)), -1)
    tells = (circumstance(ctx.parse, at, noun) or p.tag[noun]) if noun >= 0 else ""
    return f"{family}|{p.lower[at]}|{tells}|{p.head[at] == head}"


def _asides(ctx: Context, start: int, end: int) -> list[int]:
    """The prepositions in a span that only tell when, or by which channel, something was said."""
    p = ctx.parse
    return [
        i
        for i, dep in enumerate(p.dep[start : min(end, start + REACH)], start)
        if dep in p.language.adpositional and not told_by(ctx.parse, i).isdisjoint(ASIDES)
    ]


def _shape(ctx: Context, start: int) -> str:
    """How a content begins: in a quotation or not, with a capital or not, after what."""
    p, quoted = ctx.parse, ctx.quote_of[start] != NO_QUOTE
    first = start + (quoted and start + 1 < len(p))
    return f"{quoted}|{p.words[first][:1].isupper()}|{p.tag[start - 1] if start else ''}"


def _lead(ctx: Context, start: int, end: int) -> str:
    """How the words before the first quotation in a content's first part lead to it: a colon, a comma, a word's tag."""
    p = ctx.parse
    if ctx.quote_of[start] != NO_QUOTE:
        return "in quotation"
    if not has_quotation(ctx, (start, end)):
        return "no quotation"
    at = next(i for i in range(start + 1, end) if ctx.quote_of[i] != NO_QUOTE)
    return p.lower[at - 1] if p.dep[at - 1] in p.language.punctuation else p.tag[at - 1]


def _going_on(ctx: Context, part: TokenSpan) -> str:
    """How a content's second part begins, and whether it has a verb of speech with a subject of its own."""
    p = ctx.parse
    start, end = part
    if ctx.quote_of[start] != NO_QUOTE:
        return "in quotation"
    opener = p.lower[start] if p.tag[start] in p.language.linking else p.tag[start]
    return f"{opener}|{any(_reports(ctx, i) for i in range(start, min(end, start + REACH)))}"


def _reports(ctx: Context, i: int) -> bool:
    """Whether a token is a verb of speech with a subject."""
    p = ctx.parse
    return p.verb_act(i) == "speech" and bool(subjects(p, i))


def _left_out(ctx: Context, end: int, widest: int) -> tuple[str, bool, bool]:
    """What a reading leaves out at its end: its first word and how that hangs, whether a verb or quotation is in it."""
    if end >= widest:
        return "", False, False
    p = ctx.parse
    i = end
    comma = ""
    while i < widest and (p.dep[i] in p.language.punctuation or ctx.blank[i] or p.tag[i] in (",", ":")):
        comma = ","
        i += 1
    if i >= widest:
        return "", False, False
    return (
        f"{comma}{p.lower[i] if p.tag[i][0] not in 'NJV' else p.tag[i]}|{p.dep[i]}",
        not p.language.verbs.isdisjoint(p.tag[i : min(widest, i + 30)]),
        has_quotation(ctx, (i, min(widest, i + 30))),
    )
