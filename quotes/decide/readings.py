"""What the scorers look at in a reading, for the question which of a content is right: its facts, keys and numbers."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from quotes.decide.features import Features, Key, Number
from quotes.decide.proposals import has_quotation, quoted_tokens, quoting_of
from quotes.find.candidate import Edges, Proposal, TokenSpan
from quotes.grammar.circumstances import circumstance, told_by
from quotes.grammar.clauses import subjects
from quotes.grammar.context import NO_QUOTE, REACH, Context
from quotes.grammar.phrases import objects_of

ASIDES = frozenset(("time", "channel"))
"""Circumstances that are no content."""
LOOK_INTO = 30
"""How many tokens of what a reading leaves out are searched."""


class Shared:
    """What the readings of a content have in common."""

    def __init__(self, ctx: Context, proposal: Proposal, readings: Sequence[Edges]) -> None:
        self.ctx, self.proposal = ctx, proposal
        self.frame, self.lemma, self.head = str(proposal.frame), proposal.lemma, proposal.head
        self.family = self.frame.partition(":")[0]
        self.many = len(readings)
        self.lengths = [sum([b - a for a, b in e.content]) for e in readings]
        self.longest, self.shortest = max(self.lengths), min(self.lengths)
        self.ends = sorted({e.content[-1][1] for e in readings})
        """Where the readings end, each place once, rising."""
        self.sentence_end = ctx.sentence(proposal.head)[1]
        self.asides = _asides(ctx, self.ends[0], self.ends[-1])
        """Where circumstances begin between the ends."""


class Facts:
    """What the features of a reading are made of."""

    def __init__(self, shared: Shared, order: int, reading: Edges) -> None:
        ctx = shared.ctx
        p = ctx.parse
        self.ctx, self.shared = ctx, shared
        self.order = order
        """Its place among the readings, the fullest first."""
        self.reading, self.name, self.content = reading, reading.name, reading.content
        self.length = shared.lengths[order]
        self.start, self.end = self.content[0][0], self.content[-1][1]
        self.left_out = _left_out(ctx, self.end, shared.ends[-1])
        self.share = quoted_tokens(ctx, self.content) / self.length
        self.quoting = quoting_of(self.share)
        inside = self.end < len(p)
        self.next = p.lower[self.end] if inside else ""
        """The token after the content, its tag and how it hangs."""
        self.next_tag = p.tag[self.end] if inside else ""
        self.next_dep = p.dep[self.end] if inside else ""
        self.taken_in = bisect_left(shared.asides, self.end)
        """How many circumstances it takes in."""


def reading_facts(ctx: Context, proposal: Proposal) -> list[Facts]:
    """The facts of each reading of a proposal's content."""
    readings = proposal.edges.all()
    shared = Shared(ctx, proposal, readings)
    return [Facts(shared, order, reading) for order, reading in enumerate(readings)]


def _last(f: Facts) -> str:
    tag = f.ctx.parse.tag[f.end - 1]
    return f"{tag}|{f.next_tag if f.next.isalnum() else f.next}"


def _start(f: Facts) -> str:
    lower, start = f.ctx.parse.lower, f.start
    return f"{lower[start]}|{lower[start - 1] if start else ''}|{f.shared.family}"


def _next_how(f: Facts) -> str:
    return f"{f.next}|{f.next_tag}|{f.next_dep}|{f.quoting}" if f.next_tag else ""


def _adjunct_out(f: Facts) -> str:
    return _adjunct(f.ctx, f.shared.head, f.shared.family, f.end, f.shared.ends[-1])


def _adjunct_in(f: Facts) -> str:
    ends = f.shared.ends
    return _adjunct(f.ctx, f.shared.head, f.shared.family, ends[max(ends.index(f.end) - 1, 0)], f.end)


def _second_part(f: Facts) -> str:
    return f"{f.shared.family}|{_going_on(f.ctx, f.content[1])}" if len(f.content) > 1 else ""


def _crosses(f: Facts) -> bool:
    sent_of = f.ctx.parse.sent_of
    return sent_of[f.start] != sent_of[f.end - 1]


READING: Features[Facts] = Features(
    keys=(
        Key("name", lambda f: f.name),
        Key("name+frame", lambda f: f"{f.name}|{f.shared.frame}", "name", counted=True),
        Key("name+lemma", lambda f: f"{f.name}|{f.shared.lemma}", "name", counted=True),
        Key("cut", lambda f: f.left_out.how),
        Key("name+cut", lambda f: f"{f.name}|{f.left_out.how}", "cut"),
        Key("last", _last),
        Key("start+frame", _start),
        Key("name+quoted", lambda f: f"{f.name}|{f.quoting}|{len(f.content)}", "name"),
        Key("cut+lemma", lambda f: f"{f.left_out.how}|{f.shared.lemma}", "cut"),
        Key("cut+frame", lambda f: f"{f.left_out.how}|{f.shared.frame}", "cut"),
        Key("position+name", lambda f: f"{f.name}|{min(f.order, 5)}|{f.shared.many}", "name"),
        Key("name+next", lambda f: f"{f.name}|{f.next}", "name"),
        Key("next+how", _next_how),
        Key("left out", _adjunct_out),
        Key("taken in", _adjunct_in),
        Key("name+shape", lambda f: f"{f.name}|{_shape(f.ctx, f.start)}", "name"),
        Key("lead", lambda f: f"{f.shared.family}|{_lead(f.ctx, *f.content[0])}"),
        Key("second part", _second_part),
    ),
    telling=("name+frame", "name+cut"),
    numbers=(
        Number("log length", lambda f: math.log(f.length)),
        Number("share of longest", lambda f: f.length / f.shared.longest),
        Number("log words left out", lambda f: math.log1p(f.shared.longest - f.length)),
        Number("order", lambda f: f.order),
        Number("alternatives", lambda f: f.shared.many),
        Number("ends at sentence end", lambda f: f.end >= f.shared.sentence_end - 1),
        Number("ends before comma", lambda f: f.next == ","),
        Number("ends in quotation", lambda f: f.ctx.quote_of[f.end - 1] != NO_QUOTE),
        Number("starts in quotation", lambda f: f.ctx.quote_of[f.start] != NO_QUOTE),
        Number("quoted share", lambda f: f.share),
        Number("parts", lambda f: len(f.content)),
        Number("longest", lambda f: f.length == f.shared.longest),
        Number("shortest", lambda f: f.length == f.shared.shortest),
        Number("left out has verb", lambda f: f.left_out.verb),
        Number("left out has quotation", lambda f: f.left_out.quotation),
        Number("crosses sentence", _crosses),
        Number("circumstances taken in", lambda f: f.taken_in),
        Number("circumstances left out", lambda f: len(f.shared.asides) - f.taken_in),
    ),
    standing=(
        Number("lead over other readings", lambda s: s.score - s.other),
        Number("best of other readings", lambda s: s.other),
        Number("rank among readings", lambda s: s.rank),
    ),
)
"""The features of a reading. Experience with the telling keys gives a first score, by which readings are compared."""


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


class LeftOut(NamedTuple):
    """What a reading leaves out at its end."""

    how: str
    """Its first word and how that hangs; "" where nothing is left out."""
    verb: bool
    """Whether a verb is in it."""
    quotation: bool


def _left_out(ctx: Context, end: int, widest: int) -> LeftOut:
    """What stands between a reading's end and the end of the widest."""
    p = ctx.parse
    i = end
    while i < widest and (p.dep[i] in p.language.punctuation or ctx.blank[i] or p.tag[i] in (",", ":")):
        i += 1
    if i >= widest:
        return LeftOut("", False, False)
    comma = "," if i > end else ""
    word = p.tag[i] if p.tag[i][0] in "NJV" else p.lower[i]
    last = min(widest, i + LOOK_INTO)
    verb = not p.language.verbs.isdisjoint(p.tag[i:last])
    return LeftOut(f"{comma}{word}|{p.dep[i]}", verb, has_quotation(ctx, (i, last)))
