"""The subject belongs to the content: is expected to, seems to, was called; which X opposes; a plan backed by X."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.find import source as src
from quotes.find.candidate import Proposal, TokenSpan
from quotes.find.content import cuts, edges_of
from quotes.find.rules.rule import Rule
from quotes.grammar import clauses
from quotes.grammar.circumstances import end_of_circumstance
from quotes.grammar.context import Context

PREDICATES = frozenset(("xcomp", "oprd", "prep", "acomp", "ccomp", "advcl", "dobj", "attr"))
SEEMING = frozenset(("seem", "appear", "look", "sound", "feel"))
RELATIVES = frozenset(("which", "that", "what", "who", "whom", "whose", "as", "than"))

RULES = (
    Rule(
        "passive.complement",
        "what a passive reports after it, with an agent or without",
        (
            "It was (announced) {that the summit had been cancelled}.",
            "She was (told) {that the flight was full}.",
            "Reporters were (told) by [an aide] {that the minister had resigned}.",
            "When (asked) {whether she would appeal}, Ms Adair shook her head.",
            "(Asked) by [a reader] {whether the mill was insured}, the mayor wept.",
        ),
        ("The minister resigned on Monday.",),
    ),
    Rule(
        "passive.raising",
        "the subject before the verb and the complement after it are one content",
        (
            "{The court} is (expected) {to rule in May}.",
            "{The plan} was (described) {as reckless} by [critics].",
            "{The gang} is (said) {to have fled to Malta}.",
            "{Inflation} (seems) {to have peaked}.",
        ),
        ("The bridge collapsed in 1931.",),
    ),
    Rule(
        "passive.likely",
        "the subject of an adjective that judges, and the infinitive after it",
        (
            "{The talks} are (likely) {to resume in June}.",
            "{The club} is (certain) {to appeal}.",
            "{Ministers} are (sure) {to face questions}.",
        ),
        ("The road is long.",),
    ),
    Rule(
        "passive.subject",
        "the subject of a passive is the content",
        (
            "{The proposal} was (welcomed) by [farmers].",
            "{The verdict} was (condemned) by [human rights groups].",
            "{Her appointment} was (announced) on Friday.",
        ),
        ("Farmers own the land.",),
    ),
    Rule(
        "passive.relative",
        "a relative pronoun or the noun before it is the content",
        (
            "The tax, {which} [he] (opposes), would rise.",
            "They adopted {a plan} that [the unions] (rejected).",
            "Dunne resigned over {what} [he] (called) {a betrayal}.",
        ),
        ("Farmers own the land.",),
    ),
    Rule(
        "passive.participle",
        "a noun that a passive participle modifies is the content",
        (
            "It is {a measure} (opposed) by [unions].",
            "Parliament passed {a law} (backed) by [the church].",
            "They debated {the cuts} (proposed) by [the treasury].",
        ),
        ("Farmers own the land.",),
    ),
)


def proposals(ctx: Context, verb: int) -> Iterator[Proposal]:
    """What lies before the verb and may belong to its content."""
    p = ctx.parse
    lemma = ctx.lemma(verb)
    is_passive = clauses.passive(ctx.parse, verb)
    own = clauses.subject(ctx, verb)
    if 0 <= own < verb and (is_passive or p.dep[own] == "nsubj"):
        yield from _raising(ctx, verb, lemma, own, is_passive)
    if p.dep[verb] in ("relcl", "ccomp", "pcomp", "advcl") or (p.dep[verb] == "xcomp"):
        yield from _relative(ctx, verb, lemma)
    if p.dep[verb] == "acl" and p.tag[verb] == "VBN" and own < 0:
        yield from _participle(ctx, verb, lemma)


def _raising(ctx: Context, verb: int, lemma: str, own: int, is_passive: bool) -> Iterator[Proposal]:
    p = ctx.parse
    prefix = "pass" if is_passive else "raise"
    found = src.outside_quotes(ctx, src.mention(ctx, clauses.agent(ctx.parse, verb)), verb) if is_passive else None
    subject = (p.left[own], p.right[own])
    short = src.phrase(ctx, own)
    kinds = PREDICATES | {"advmod"} if lemma in SEEMING else PREDICATES
    items = [
        c
        for c in p.children[verb]
        if c > verb and p.dep[c] in kinds and not (p.dep[c] == "prep" and _is_aside(ctx, lemma, c))
    ]
    if items and lemma == "be" and p.dep[items[0]] == "acomp":
        yield from _likely(ctx, items[0], subject)
        return
    if items and (is_passive or p.dep[items[0]] in ("xcomp", "oprd", "acomp", "advmod")):
        first = items[0]
        what = p.lower[first] if p.dep[first] == "prep" else p.tag[first][:2]
        frame = f"{prefix}+subject:{p.dep[first]}:{what}"
        if ctx.plausible(lemma, frame):
            readings = _joined(ctx, verb, items, subject, short)
            edges = edges_of(ctx, readings, verb, p.right[first])
            if edges:
                yield Proposal("passive.raising", frame, (verb, verb + 1), verb, lemma, *src.spread(found), edges)
    if is_passive and p.lower[own] != "it":  # which is no content: it was announced
        frame = f"{prefix}=subject:{'agent' if found else 'none'}"
        if ctx.plausible(lemma, frame):
            edges = edges_of(ctx, [("whole", [subject]), ("short subject", [short])], verb, verb + 1)
            if edges:
                yield Proposal("passive.subject", frame, (verb, verb + 1), verb, lemma, *src.spread(found), edges)


def _is_aside(ctx: Context, lemma: str, preposition: int) -> bool:
    """Whether a phrase tells by whom, where or when, and not what."""
    return ctx.parse.lower[preposition] == "by" or end_of_circumstance(ctx.parse, lemma, preposition) >= 0


def _joined(
    ctx: Context, verb: int, items: list[int], subject: TokenSpan, short: TokenSpan
) -> Iterator[tuple[str, list[TokenSpan]]]:
    """A subject with each end that the complement after the verb may have."""
    p = ctx.parse
    first = items[0]
    start, right = p.left[first], p.right[first]
    ends = [("whole", right), *cuts(ctx, first, start, right)]
    if len(items) > 1:
        ends.insert(1, (f"with {p.dep[items[1]]}", p.right[items[1]]))
    other = first + 1 if p.dep[first] == "prep" else start
    if p.dep[first] == "prep" and p.lower[first] not in ("as", "for"):
        start, other = other, start
    for k, (name, end) in enumerate(ends):
        yield name, [subject, (start, end)]
        if k == 0 and other != start:
            yield "preposition" if other < start else "less preposition", [subject, (other, end)]
        if short != subject:
            yield f"short subject, {name}", [short, (start, end)]
    sentence_end = ctx.sentence(verb)[1]
    if sentence_end > right:
        yield "to sentence end", [subject, (start, sentence_end)]


def _likely(ctx: Context, adjective: int, subject: TokenSpan) -> Iterator[Proposal]:
    """is likely to, is sure to, is certain to: the subject and the infinitive."""
    p = ctx.parse
    infinitive = next((c for c in p.children[adjective] if c > adjective and p.dep[c] == "xcomp"), -1)
    lemma = ctx.lemma(adjective)
    if infinitive < 0 or not ctx.plausible(lemma, "adj+subject"):
        return
    start, right = p.left[infinitive], p.right[infinitive]
    ends = [("whole", right), *cuts(ctx, infinitive, start, right)]
    edges = edges_of(ctx, [(name, [subject, (start, end)]) for name, end in ends], adjective, right)
    if edges:
        yield Proposal("passive.likely", "adj+subject", (adjective, adjective + 1), adjective, lemma, None, -1, edges)


def _relative(ctx: Context, verb: int, lemma: str) -> Iterator[Proposal]:
    """which X opposes; what X called a lie; the lies that X told; a strike that X said could spread."""
    p = ctx.parse
    object_left = next(
        (c for c in p.children[verb] if c < verb and p.dep[c] in ("dobj", "pobj", "mark", "attr", "dative")), -1
    )
    clause = next(
        (c for c in p.children[verb] if c > verb and p.dep[c] in ("ccomp", "oprd", "xcomp", "dobj", "attr", "acomp")),
        -1,
    )
    pronoun = object_left if object_left >= 0 and p.lower[object_left] in RELATIVES else -1
    if pronoun < 0 and clause >= 0:
        pronoun = next((c for c in p.children[clause] if c < verb and p.lower[c] in RELATIVES), -1)
    if pronoun < 0 and p.dep[verb] != "relcl":
        return
    if clause >= 0 and p.dep[clause] not in ("ccomp", "xcomp", "oprd") and (pronoun < 0 or p.dep[clause] != "dobj"):
        return
    own = clauses.subject(ctx, verb)
    found = src.outside_quotes(ctx, src.mention(ctx, own if own != pronoun else -1), verb)
    if found is None:
        return
    lead: list[tuple[str, TokenSpan]] = []
    wider = left_of = -1
    if pronoun >= 0:
        lead.append(("pronoun", (p.left[pronoun], pronoun + 1)))
    if p.dep[verb] == "relcl" and (pronoun < 0 or p.lower[pronoun] != "what"):
        noun = p.head[verb]
        left_of = min(p.left[verb], found[0][0])
        lead.append(("antecedent", (p.left[noun], left_of)))
        wider = _wider(ctx, noun)
    for name, span in lead:
        frame = f"rel:{name}{':' + p.dep[clause] if clause >= 0 else ''}"
        if not ctx.plausible(lemma, frame):
            continue
        readings: list[tuple[str, list[TokenSpan]]] = []
        if clause >= 0:
            readings.append(("whole", [span, (max(p.left[clause], verb + 1), p.right[clause])]))
            readings += [
                (cut, [span, (max(p.left[clause], verb + 1), end)])
                for cut, end in cuts(ctx, clause, verb + 1, p.right[clause])
            ]
        readings.append((name, [span]))
        if name == "antecedent":
            if pronoun >= 0:
                readings.append(("antecedent and pronoun", [(span[0], pronoun + 1)]))
            if wider >= 0:
                readings.append(("wider antecedent", [(wider, left_of)]))
        edges = edges_of(ctx, readings, verb, verb + 1)
        if edges:
            yield Proposal("passive.relative", frame, (verb, verb + 1), verb, lemma, *src.spread(found), edges)


def _wider(ctx: Context, noun: int) -> int:
    """Where the phrase begins in which a noun hangs on another: a number of arrests; -1 if it hangs on none."""
    p = ctx.parse
    up = p.head[noun]
    if p.dep[noun] == "pobj" and p.tag[p.head[up]][0] == "N":
        return p.left[p.head[up]]
    return -1


def _participle(ctx: Context, verb: int, lemma: str) -> Iterator[Proposal]:
    p = ctx.parse
    found = src.source_of(ctx, verb, True) if clauses.agent(ctx.parse, verb) >= 0 else None
    frame = f"participle:{'agent' if found else 'none'}"
    if not ctx.plausible(lemma, frame):
        return
    noun = p.head[verb]
    after = [c for c in p.children[verb] if c > verb and p.dep[c] in ("xcomp", "oprd", "prep") and p.lower[c] != "by"]
    clause = next((c for c in after if p.lower[c] == "as"), after[0] if after else -1)  # known in the trade as
    head_span = (p.left[noun], p.left[verb])
    readings: list[tuple[str, list[TokenSpan]]] = [("antecedent", [head_span])]
    wider = _wider(ctx, noun)
    if wider >= 0:
        readings.append(("wider antecedent", [(wider, head_span[1])]))
    if clause >= 0:
        readings.append(("with complement", [head_span, (p.left[clause], p.right[clause])]))
    edges = edges_of(ctx, readings, verb, verb + 1)
    if edges:
        yield Proposal("passive.participle", frame, (verb, verb + 1), verb, lemma, *src.spread(found), edges)
