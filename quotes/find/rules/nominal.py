"""Nouns and adjectives as cues: his claim that …, issued a warning that …, critical of …, confident that …"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quotes.find import source as src
from quotes.find.candidate import Proposal, Source, TokenSpan
from quotes.find.content import cuts, edges_of, sentence_like
from quotes.find.frame import Frame
from quotes.find.rules.places import nominals
from quotes.find.rules.rule import rule
from quotes.grammar import clauses
from quotes.grammar.circumstances import end_of_circumstance
from quotes.grammar.context import NO_QUOTE, Context
from quotes.lexicon import words
from quotes.lexicon.cues import cue

COPULAS = words("copulas")
CLAUSE_OPENERS = words("noun_clause_openers")
MAX_COMPLEMENTS = 3


@dataclass(slots=True)
class Complement:
    """What hangs on a noun or an adjective, and may be what it reports."""

    nominal: int
    adjective: bool
    """Whether it hangs on an adjective."""
    child: int
    """The token that heads it."""

    def proposal(self, ctx: Context) -> Proposal:
        """It as what its noun or adjective reports."""
        p, i, child = ctx.parse, self.nominal, self.child
        found, how = _experiencer(ctx, i) if self.adjective else _claimant(ctx, i)
        frame = Frame("adj" if self.adjective else "noun", p.dep[child], _opener(ctx, child), found=how)
        edges = edges_of(ctx, self._contents(ctx), i, p.right[child])
        return Proposal(frame, (i, i + 1), i, ctx.lemma(i), edges, lambda: found)

    def _contents(self, ctx: Context) -> Iterator[tuple[str, list[TokenSpan]]]:
        """The content to each end that it may have."""
        p, i, child = ctx.parse, self.nominal, self.child
        start = child + 1 if p.dep[child] == "prep" else p.left[child]
        yield "whole", [(start, p.right[child])]
        if p.dep[child] == "prep":
            yield "preposition", [(child, p.right[child])]
        if p.right[i] > p.right[child]:
            yield "to noun's end", [(start, p.right[i])]
        for name, cut in cuts(ctx, child, start, p.right[child]):
            yield name, [(start, cut)]


def complements(ctx: Context) -> Iterator[Complement]:
    """What hangs on nouns and adjectives."""
    for i in nominals(ctx):
        adjective = _is_adjective(ctx, i)
        for child in _complements(ctx, i, adjective):
            yield Complement(i, adjective, child)


@rule(
    "nominal.clause",
    on=complements,
    about="a noun with a clause or an infinitive",
    matches=(
        "[His] (claim) {that the figures were invented} was false.",
        "Despite [the mayor]'s (promise) {that the road would open}, nothing happened.",
        "[The governor]'s (decision) {to close the mine} came on Friday.",
        "[Her] (argument) is {that the tax hurts the poor}.",
    ),
    rejects=("The bridge collapsed in 1931.", "The roof of the church leaks."),
    prior=0.03,
)
def clause(ctx: Context, complement: Complement) -> Iterator[Proposal]:
    p, child = ctx.parse, complement.child
    quoted = ctx.quote_of[p.left[child]] not in (NO_QUOTE, ctx.quote_of[complement.nominal])
    if not complement.adjective and p.dep[child] != "prep" and not quoted:
        yield complement.proposal(ctx)


@rule(
    "nominal.preposition",
    on=complements,
    about="a noun with a prepositional phrase",
    matches=(
        "[The senator]'s (criticism) of {the judge} was unusual.",
        "[Her] (criticism) of {the ministry} was sharp.",
        "[The president]'s (opposition) to {the pipeline} is well known.",
    ),
    rejects=("The team won again.",),
    prior=0.02,
)
def preposition(ctx: Context, complement: Complement) -> Iterator[Proposal]:
    if not complement.adjective and ctx.parse.dep[complement.child] == "prep":
        yield complement.proposal(ctx)


@rule(
    "nominal.quotation",
    on=nominals,
    about="what somebody's noun of speech says, in quotation marks behind a colon or a comma",
    matches=(
        "He was moved by [her] (reply): {“I would do it again.”}",
        "[Her] (message): {“Stay at home.”}",
        "[The coach]'s (verdict): {“Not good enough.”}",
        "[Ivo Tamm]'s (reaction): {“At last.”}",
    ),
    rejects=("The verdict came on Monday.", "She rowed in her “Late Train” jacket.", "His plan: “Seaview”."),
    prior=0.7,
    taught=False,
)
def quotation(ctx: Context, noun: int) -> Iterator[Proposal]:
    p = ctx.parse
    at = noun + 2
    q = ctx.quote_of[at] if at < len(p) and p.lower[noun + 1] in (",", ":") else NO_QUOTE
    if q == NO_QUOTE or ctx.quotes[q].start != at or ctx.quote_of[noun] != NO_QUOTE:
        return
    found, how = _claimant(ctx, noun)
    act = cue(ctx.lemma(noun), p.tag[noun]).act
    if how == "poss" and (act == "speech" or (act and p.lower[noun + 1] == ":" and sentence_like(ctx, q))):
        edges = edges_of(ctx, [("quotation", [(at, ctx.quotes[q].end)])], noun, ctx.quotes[q].end)
        frame = Frame("noun", "quote", p.lower[noun + 1], found=how)
        yield Proposal(frame, (noun, noun + 1), noun, ctx.lemma(noun), edges, lambda: found)


@rule(
    "nominal.adjective",
    on=complements,
    about="an adjective with a clause or a prepositional phrase",
    matches=(
        "[The mayor] was (critical) of {the delay}.",
        "[Engineers] are (confident) {that the dam will hold}.",
        "[Voters] remain (sceptical) about {the promise}.",
    ),
    rejects=("The long road was empty.",),
    prior=0.03,
)
def adjective(ctx: Context, complement: Complement) -> Iterator[Proposal]:
    if complement.adjective:
        yield complement.proposal(ctx)


def _is_adjective(ctx: Context, i: int) -> bool:
    return ctx.parse.tag[i][0] == "J" or ctx.parse.dep[i] == "acomp"


def _complements(ctx: Context, i: int, adjective: bool) -> list[int]:
    p = ctx.parse
    out = [
        c
        for c in p.children[i]
        if c > i and p.dep[c] in ("acl", "ccomp", "prep", "relcl", "xcomp", "advcl") and _may_report(ctx, c)
    ]
    if not adjective and p.dep[i] == "dobj":
        verb = p.head[i]
        out += [c for c in p.children[verb] if c > i and p.dep[c] in ("prep", "ccomp", "xcomp", "dative")]
    elif not adjective and p.dep[i] == "nsubj" and ctx.lemma(p.head[i]) == "be":
        out += [c for c in p.children[p.head[i]] if c > p.head[i] and p.dep[c] in ("ccomp", "xcomp")]
    elif adjective and p.dep[i] == "acomp":
        verb = p.head[i]
        out += [c for c in p.children[verb] if c > i and p.dep[c] in ("prep", "ccomp", "xcomp")]
    return [c for c in out if not 0 < p.right[c] <= end_of_circumstance(ctx.parse, "", c)][:MAX_COMPLEMENTS]


def _may_report(ctx: Context, child: int) -> bool:
    """Whether what hangs on a noun may be what the noun says, rather than say which one is meant."""
    p = ctx.parse
    if p.dep[child] == "relcl":
        return p.lower[p.left[child]] in CLAUSE_OPENERS
    return p.dep[child] != "acl" or p.tag[child] != "VBN" or p.lower[p.left[child]] == "that"


def _opener(ctx: Context, child: int) -> str:
    """The preposition, or the word that opens a clause, or else what its head is."""
    p = ctx.parse
    if p.dep[child] == "prep":
        return p.lower[child]
    first = p.lower[p.left[child]]
    return first if first in CLAUSE_OPENERS else p.tag[child][:3]


def _claimant(ctx: Context, noun: int) -> tuple[Source | None, str]:
    """Whose claim it is, and how that was found."""
    p = ctx.parse
    head = clauses.possessor(ctx.parse, noun)
    how = "poss"
    if head < 0 and p.dep[noun] in ("dobj", "attr") and p.tag[p.head[noun]][0] == "V":
        verb = p.head[noun]
        how = "light" if p.dep[noun] == "dobj" else "is"
        head = clauses.agent(ctx.parse, verb) if clauses.passive(ctx.parse, verb) else clauses.governing(ctx, verb)
    elif head < 0 and p.dep[noun] == "appos":
        head, how = p.head[noun], "appos"
    found = src.outside_quotes(ctx, src.mention(ctx, head), noun)
    return found, how if found else "none"


def _experiencer(ctx: Context, adjective: int) -> tuple[Source | None, str]:
    """Who is said to be critical, confident, aware: the copula's subject, or the noun before the adjective."""
    p = ctx.parse
    up = p.head[adjective]
    if p.dep[adjective] in ("acomp", "oprd", "ROOT", "conj", "advcl", "ccomp", "xcomp") and p.tag[up][0] == "V":
        head, how = clauses.governing(ctx, up), "copula" if ctx.lemma(up) in COPULAS else "verb"
    elif p.dep[adjective] == "amod" and up < adjective:
        head, how = up, "noun"
    else:
        head, how = clauses.subject(ctx, adjective), "own"
    found = src.outside_quotes(ctx, src.mention(ctx, head), adjective)
    return found, how if found else "none"
