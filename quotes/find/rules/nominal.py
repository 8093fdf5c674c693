"""Nouns and adjectives as cues: his claim that …, issued a warning that …, critical of …, confident that …"""

from __future__ import annotations

from collections.abc import Iterator

from quotes.find import source as src
from quotes.find.candidate import Proposal, TokenSpan
from quotes.find.content import cuts, edges_of
from quotes.find.rules.rule import Rule
from quotes.grammar import clauses
from quotes.grammar.circumstances import end_of_circumstance
from quotes.grammar.context import NO_QUOTE, Context

COPULAS = frozenset(("be", "seem", "remain", "become", "feel", "look", "appear", "sound", "get", "stay"))

RULES = (
    Rule(
        "nominal.clause",
        "a noun with a clause or an infinitive",
        (
            "She rejected [his] (claim) {that the figures were invented}.",
            "[Diaz] issued a (warning) {that prices would rise}.",
            "Fans were angered by [the club]'s (refusal) {to pay}.",
            "[Her] (argument) is {that the tax hurts the poor}.",
        ),
        ("The bridge collapsed in 1931.", "The roof of the church leaks."),
    ),
    Rule(
        "nominal.preposition",
        "a noun with a prepositional phrase",
        (
            "[Singh] made (comments) about {the new stadium}.",
            "[Her] (criticism) of {the ministry} was sharp.",
            "[The president]'s (opposition) to {the pipeline} is well known.",
        ),
        ("The team won again.",),
    ),
    Rule(
        "nominal.quotation",
        "a noun with a quotation beside it",
        (
            "[The party]'s (slogan), {“Bread and work,”} was everywhere.",
            "[Her] (message): {“Stay at home.”}",
            "[The coach]'s (verdict): {“Not good enough.”}",
        ),
        ("The verdict came on Monday.",),
    ),
    Rule(
        "nominal.adjective",
        "an adjective with a clause or a prepositional phrase",
        (
            "[The mayor] was (critical) of {the delay}.",
            "[Engineers] are (confident) {that the dam will hold}.",
            "[Voters] remain (sceptical) about {the promise}.",
        ),
        ("The long road was empty.",),
    ),
)


def proposals(ctx: Context, i: int) -> Iterator[Proposal]:
    """What the complements of a noun or an adjective may report."""
    p = ctx.parse
    adjective = p.tag[i][0] == "J" or p.dep[i] == "acomp"
    lemma = ctx.lemma(i)
    for child in _complements(ctx, i, adjective):
        frame = f"{'adj' if adjective else 'noun'}:{_frame(ctx, child)}"
        if not ctx.plausible(lemma, frame):
            continue
        found, how = _experiencer(ctx, i) if adjective else _source(ctx, i)
        start = child + 1 if p.dep[child] == "prep" else p.left[child]
        readings: list[tuple[str, list[TokenSpan]]] = [("whole", [(start, p.right[child])])]
        if p.dep[child] == "prep":
            readings.append(("preposition", [(child, p.right[child])]))
        if p.right[i] > p.right[child]:
            readings.append(("to noun's end", [(start, p.right[i])]))
        readings += [(name, [(start, cut)]) for name, cut in cuts(ctx, child, start, p.right[child])]
        edges = edges_of(ctx, readings, i, p.right[child])
        if edges:
            if adjective:
                rule = "nominal.adjective"
            else:
                rule = "nominal.preposition" if p.dep[child] == "prep" else "nominal.clause"
            yield Proposal(rule, f"{frame}/{how}", (i, i + 1), i, lemma, *src.spread(found), edges)
    if not adjective:
        yield from _quotation(ctx, i, lemma)


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
    return [c for c in out if not 0 < p.right[c] <= end_of_circumstance(ctx.parse, "", c)][:3]


def _may_report(ctx: Context, child: int) -> bool:
    """Whether what hangs on a noun may be what the noun says, rather than say which one is meant."""
    p = ctx.parse
    if p.dep[child] == "relcl":
        return p.lower[p.left[child]] in ("that", "to", "whether", "if", "how", "why")
    return p.dep[child] != "acl" or p.tag[child] != "VBN" or p.lower[p.left[child]] == "that"


def _frame(ctx: Context, child: int) -> str:
    p = ctx.parse
    if p.dep[child] == "prep":
        return f"prep:{p.lower[child]}"
    first = p.left[child]
    opener = p.lower[first] if p.lower[first] in ("that", "to", "whether", "if", "how", "why") else p.tag[child][:3]
    return f"{p.dep[child]}:{opener}"


def _source(ctx: Context, noun: int) -> tuple[src.Source | None, str]:
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


def _experiencer(ctx: Context, adjective: int) -> tuple[src.Source | None, str]:
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


def _quotation(ctx: Context, noun: int, lemma: str) -> Iterator[Proposal]:
    p = ctx.parse
    at = noun + 1
    while at < len(p) and at - noun < 3 and p.lower[at] in (",", ":"):
        at += 1
    if at >= len(p) or ctx.quote_of[noun] != NO_QUOTE:
        return
    q = ctx.quote_of[at]
    if q == NO_QUOTE or ctx.quotes[q].start != at:
        return
    frame = f"noun:quote:{p.lower[at - 1] if at - 1 > noun else ''}"
    if ctx.plausible(lemma, frame):
        found, how = _source(ctx, noun)
        edges = edges_of(ctx, [("quotation", [(at, ctx.quotes[q].end)])], noun, ctx.quotes[q].end)
        if edges:
            yield Proposal(
                "nominal.quotation", f"{frame}/{how}", (noun, noun + 1), noun, lemma, *src.spread(found), edges
            )
