"""The subject belongs to the content: is expected to, seems to, was called; which X opposes; a plan backed by X."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quotes.find import source as src
from quotes.find.candidate import Proposal, Source, TokenSpan
from quotes.find.content import cuts, edges_of
from quotes.find.frame import Frame
from quotes.find.rules.complements import Complement, complements
from quotes.find.rules.places import verbs
from quotes.find.rules.rule import rule
from quotes.grammar import clauses
from quotes.grammar.circumstances import end_of_circumstance
from quotes.grammar.context import Context
from quotes.lexicon import words

PREDICATES = frozenset(("xcomp", "oprd", "prep", "acomp", "ccomp", "advcl", "dobj", "attr"))
RAISED = frozenset(("xcomp", "oprd", "acomp", "advmod"))
"""Of these, and of adverbs, those whose subject may belong to the content of a verb in the active: seems to sleep."""
SEEMING = words("seeming")
CLAUSES = frozenset(("relcl", "ccomp", "pcomp", "advcl", "xcomp"))
"""How a verb with a relative pronoun hangs on the sentence."""
FRONTED = frozenset(("dobj", "pobj", "mark", "attr", "dative"))
CLAUSAL = frozenset(("ccomp", "xcomp", "oprd"))
COMPLEMENTS = CLAUSAL | {"dobj", "attr", "acomp"}
RELATIVES = words("fronted")


@dataclass(slots=True)
class Subject:
    """A verb behind its subject, which may belong to what the verb reports."""

    head: int
    verb: int
    lemma: str
    passive: bool
    predicates: list[int]
    """The heads of what the verb says of it."""
    agent: Source | None
    """By whom, in the passive."""

    def span(self, ctx: Context) -> TokenSpan:
        return ctx.parse.left[self.head], ctx.parse.right[self.head]

    def judged_by(self, ctx: Context) -> int:
        """The adjective after "be", as in "is likely to"; -1 where nothing of the kind follows."""
        first = next(iter(self.predicates), -1)
        return first if first >= 0 and self.lemma == "be" and ctx.parse.dep[first] == "acomp" else -1


def subjects(ctx: Context) -> Iterator[Subject]:
    """The subjects before their verbs."""
    p = ctx.parse
    for verb in verbs(ctx):
        head = clauses.subject(ctx, verb)
        if not 0 <= head < verb:
            continue
        passive = clauses.passive(ctx.parse, verb)
        if not (passive or p.dep[head] == "nsubj"):
            continue
        lemma = ctx.lemma(verb)
        kinds = PREDICATES | {"advmod"} if lemma in SEEMING else PREDICATES
        predicates = [
            c
            for c in p.children[verb]
            if c > verb and p.dep[c] in kinds and not (p.dep[c] == "prep" and _is_aside(ctx, lemma, c))
        ]
        agent = src.outside_quotes(ctx, src.mention(ctx, clauses.agent(ctx.parse, verb)), verb) if passive else None
        yield Subject(head, verb, lemma, passive, predicates, agent)


@rule(
    "passive.complement",
    on=complements,
    about="what a passive reports after it, with an agent or without",
    matches=(
        "It was (announced) {that the summit had been cancelled}.",
        "She was (told) {that the flight was full}.",
        "Reporters were (told) by [an aide] {that the minister had resigned}.",
        "When (asked) {whether she would appeal}, Ms Adair shook her head.",
        "(Asked) by [a reader] {whether the mill was insured}, the mayor wept.",
    ),
    rejects=("The minister resigned on Monday.",),
    prior=0.05,
)
def complement(ctx: Context, complement: Complement) -> Iterator[Proposal]:
    if complement.of.passive:
        yield complement.proposal()


@rule(
    "passive.raising",
    on=subjects,
    about="the subject before the verb and the complement after it are one content",
    matches=(
        "{The plan} was (described) {as reckless} by [critics].",
        "{The minister} is (understood) {to be weighing a bid}.",
        "{The blaze} was (described) {as suspicious} by [investigators].",
    ),
    rejects=("The bridge collapsed in 1931.",),
    prior=0.05,
)
def raising(ctx: Context, subject: Subject) -> Iterator[Proposal]:
    p, verb = ctx.parse, subject.verb
    first = next(iter(subject.predicates), -1)
    if first < 0 or subject.judged_by(ctx) >= 0 or not (subject.passive or p.dep[first] in RAISED):
        return
    if p.lower[subject.head] == "it" and p.dep[first] == "ccomp":  # which stands for the clause: it was announced that
        return
    what = p.lower[first] if p.dep[first] == "prep" else p.tag[first][:2]
    frame = Frame("subject", p.dep[first], what, voice="pass+" if subject.passive else "raise+")
    edges = edges_of(ctx, _joined(ctx, subject), verb, p.right[first])
    yield Proposal(frame, (verb, verb + 1), verb, subject.lemma, edges, lambda: subject.agent)


@rule(
    "passive.subject",
    on=subjects,
    about="the subject of a passive is the content",
    matches=(
        "{The proposal} was (welcomed) by [farmers].",
        "{The attack} was (condemned) by [the president].",
        "{Her appointment} was (announced) on Friday.",
    ),
    rejects=("Farmers own the land.",),
    prior=0.05,
)
def whole_subject(ctx: Context, subject: Subject) -> Iterator[Proposal]:
    verb = subject.verb
    if not subject.passive or ctx.parse.lower[subject.head] == "it":  # which is no content: it was announced
        return
    frame = Frame("subject", "agent" if subject.agent else "none", voice="pass=")
    readings = (("whole", [subject.span(ctx)]), ("short subject", [src.phrase(ctx, subject.head)]))
    yield Proposal(
        frame, (verb, verb + 1), verb, subject.lemma, edges_of(ctx, readings, verb, verb + 1), lambda: subject.agent
    )


@rule(
    "passive.relative",
    on=verbs,
    about="a relative pronoun or the noun before it is the content",
    matches=(
        "The tax, {which} [he] (opposes), would rise.",
        "Dunne resigned over {what} [he] (called) {a betrayal}.",
        "The bypass, {which} [she] (opposes), would cut the walk in two.",
    ),
    rejects=("Farmers own the land.",),
    prior=0.05,
)
def relative(ctx: Context, verb: int) -> Iterator[Proposal]:
    clause = _relative_clause(ctx, verb) if ctx.parse.dep[verb] in CLAUSES else None
    if clause is None:
        return
    p, lemma, complement = ctx.parse, ctx.lemma(verb), clause.complement
    for lead, span in _leads(ctx, clause):
        frame = Frame("rel", lead, p.dep[complement] if complement >= 0 else None)
        edges = edges_of(ctx, _relative_readings(ctx, clause, lead, span), verb, verb + 1)
        yield Proposal(frame, (verb, verb + 1), verb, lemma, edges, lambda: clause.source)


@dataclass(slots=True)
class RelativeClause:
    """Which X opposes; what X called a lie; the lies that X told; a strike that X said could spread."""

    verb: int
    source: Source
    pronoun: int
    """The relative pronoun; -1 where it is left out."""
    complement: int
    """What hangs on the verb behind it and belongs to the content too; -1 for nothing."""


def _relative_clause(ctx: Context, verb: int) -> RelativeClause | None:
    p = ctx.parse
    before = next((c for c in p.children[verb] if c < verb and p.dep[c] in FRONTED), -1)
    complement = next((c for c in p.children[verb] if c > verb and p.dep[c] in COMPLEMENTS), -1)
    pronoun = before if before >= 0 and p.lower[before] in RELATIVES else -1
    if pronoun < 0 and complement >= 0:
        pronoun = next((c for c in p.children[complement] if c < verb and p.lower[c] in RELATIVES), -1)
    if pronoun < 0 and p.dep[verb] != "relcl":
        return None
    if pronoun > 0 and p.lower[pronoun] == "that" and p.tag[pronoun - 1] in p.language.adjectives:
        return None  # it is untrue that the minister said
    if complement >= 0 and p.dep[complement] not in CLAUSAL and (pronoun < 0 or p.dep[complement] != "dobj"):
        return None
    own = clauses.subject(ctx, verb)
    found = src.outside_quotes(ctx, src.mention(ctx, own if own != pronoun else -1), verb)
    return RelativeClause(verb, found, pronoun, complement) if found else None


def _leads(ctx: Context, clause: RelativeClause) -> Iterator[tuple[str, TokenSpan]]:
    """What stands for the content before the verb: the pronoun, and the noun that the clause hangs on."""
    p, pronoun, verb = ctx.parse, clause.pronoun, clause.verb
    if pronoun >= 0:
        yield "pronoun", (p.left[pronoun], pronoun + 1)
    if p.dep[verb] == "relcl" and (pronoun < 0 or p.lower[pronoun] != "what"):
        yield "antecedent", (p.left[p.head[verb]], min(p.left[verb], clause.source[0][0]))


def _relative_readings(
    ctx: Context, clause: RelativeClause, lead: str, span: TokenSpan
) -> Iterator[tuple[str, list[TokenSpan]]]:
    p, verb, complement = ctx.parse, clause.verb, clause.complement
    if complement >= 0:
        start, end = max(p.left[complement], verb + 1), p.right[complement]
        yield "whole", [span, (start, end)]
        for cut, stop in cuts(ctx, complement, verb + 1, end):
            yield cut, [span, (start, stop)]
    yield lead, [span]
    if lead == "antecedent":
        if clause.pronoun >= 0:
            yield "antecedent and pronoun", [(span[0], clause.pronoun + 1)]
        wider = _wider(ctx, p.head[verb])
        if wider >= 0:
            yield "wider antecedent", [(wider, span[1])]


@rule(
    "passive.participle",
    on=verbs,
    about="a noun that a passive participle modifies is the content",
    matches=(
        "It is {a measure} (opposed) by [unions].",
        "The vote is on {a measure} (opposed) by [unions].",
        "They voted on {a bill} (proposed) by [the governor].",
    ),
    rejects=("Farmers own the land.",),
    prior=0.05,
)
def participle(ctx: Context, verb: int) -> Iterator[Proposal]:
    p = ctx.parse
    if p.dep[verb] != "acl" or p.tag[verb] != "VBN" or clauses.subject(ctx, verb) >= 0:
        return
    found = src.source_of(ctx, verb, True) if clauses.agent(ctx.parse, verb) >= 0 else None
    frame = Frame("participle", "agent" if found else "none")
    edges = edges_of(ctx, _modified(ctx, verb), verb, verb + 1)
    yield Proposal(frame, (verb, verb + 1), verb, ctx.lemma(verb), edges, lambda: found)


def _modified(ctx: Context, verb: int) -> Iterator[tuple[str, list[TokenSpan]]]:
    """The noun that a participle modifies, and what it is said to be: known in the trade as."""
    p = ctx.parse
    noun = p.head[verb]
    span = (p.left[noun], p.left[verb])
    yield "antecedent", [span]
    wider = _wider(ctx, noun)
    if wider >= 0:
        yield "wider antecedent", [(wider, span[1])]
    after = [c for c in p.children[verb] if c > verb and p.dep[c] in ("xcomp", "oprd", "prep") and p.lower[c] != "by"]
    clause = next((c for c in after if p.lower[c] == "as"), after[0] if after else -1)
    if clause >= 0:
        yield "with complement", [span, (p.left[clause], p.right[clause])]


def _is_aside(ctx: Context, lemma: str, preposition: int) -> bool:
    """Whether a phrase tells by whom, where or when, and not what."""
    return ctx.parse.lower[preposition] == "by" or end_of_circumstance(ctx.parse, lemma, preposition) >= 0


def _joined(ctx: Context, of: Subject) -> Iterator[tuple[str, list[TokenSpan]]]:
    """A subject with each end that the predicate after the verb may have."""
    p, (first, *others) = ctx.parse, of.predicates
    subject, short = of.span(ctx), src.phrase(ctx, of.head)
    start, right = p.left[first], p.right[first]
    ends = _ends(ctx, first, start, right)
    if others:
        ends.insert(1, (f"with {p.dep[others[0]]}", p.right[others[0]]))
    other = first + 1 if p.dep[first] == "prep" else start
    if p.dep[first] == "prep" and p.lower[first] not in ("as", "for"):
        start, other = other, start
    for k, (name, end) in enumerate(ends):
        yield name, [subject, (start, end)]
        if k == 0 and other != start:
            yield "preposition" if other < start else "less preposition", [subject, (other, end)]
        if short != subject:
            yield f"short subject, {name}", [short, (start, end)]
    sentence_end = ctx.sentence(of.verb)[1]
    if sentence_end > right:
        yield "to sentence end", [subject, (start, sentence_end)]


def _ends(ctx: Context, head: int, start: int, end: int) -> list[tuple[str, int]]:
    """Where a predicate may end."""
    return [("whole", end), *cuts(ctx, head, start, end)]


def _wider(ctx: Context, noun: int) -> int:
    """Where the phrase begins in which a noun hangs on another: a number of arrests; -1 if it hangs on none."""
    p = ctx.parse
    up = p.head[noun]
    if p.dep[noun] == "pobj" and p.tag[p.head[up]][0] == "N":
        return p.left[p.head[up]]
    return -1
