"""What a court, an inquest or a meeting heard: somebody said it there, and the sentence does not say who.

Who heard it is the source's words, as no others are there, and `resolve` names nobody by them; who was told is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from quotes.find.candidate import Proposal, Source
from quotes.find.frame import Frame
from quotes.find.rules.complement import infinite
from quotes.find.rules.complements import CLAUSES, OBJECTS, Complement, complements
from quotes.find.rules.left import ReportingClause, reporting_clauses
from quotes.find.rules.rule import rule
from quotes.grammar import clauses
from quotes.grammar.context import Context
from quotes.lexicon import words

BODIES = words("hearing_bodies")
FRAME = "hearing"


@rule(
    "hearing.clause",
    on=complements,
    about="a clause after what a court or a meeting heard or was told",
    matches=(
        "[The court] (heard) {that the lock had been broken for months}.",
        "[Jurors] (heard) {the driver had slept for two hours}.",
        "[The inquest] (heard) {how she had rung for help four times}.",
        "[Leeds Crown Court] (heard) {that the pair had met in a bar}.",
        "MPs were (told) {that the ship would be late}.",
    ),
    rejects=(
        "We heard that the shop was shut.",
        "The judge heard the case in private.",
        "The tribunal heard from two former drivers.",
        "Staff were told that the canteen would close.",
    ),
    prior=0.85,
    taught=False,
)
def clause(ctx: Context, complement: Complement) -> Iterator[Proposal]:
    of = complement.of
    if (
        complement.frame.kind in CLAUSES
        and not infinite(complement.frame)
        and _is_heard(ctx, of.verb, clauses.subject(ctx, of.verb))
    ):
        found = complement.proposal()
        yield Proposal(
            Frame(FRAME, "clause"), found.cue, of.verb, of.lemma, found.edges, _source(of.lemma, of.find_source)
        )


@rule(
    "hearing.left",
    on=reporting_clauses,
    about="what stands before a court or a meeting that heard it or was told",
    matches=(
        "{The driver was on his phone}, [the court] (heard).",
        "{“He was a danger to everybody,”} [an inquest] (heard) on Friday.",
        "{The hospital had run out of beds by midnight}, a jury was (told).",
    ),
    rejects=("“It is cold.” The court heard the case on Monday.", "When the bell rang, the crew was told to leave."),
    prior=0.85,
    taught=False,
)
def left(ctx: Context, clause: ReportingClause) -> Iterator[Proposal]:
    follows = [c for c in ctx.parse.children[clause.verb] if c > clause.verb and ctx.parse.dep[c] in OBJECTS]
    if not clause.inverted and not clause.splits(ctx) and not follows and _is_heard(ctx, clause.verb, clause.source[1]):
        found = clause.proposal(ctx)
        yield Proposal(
            Frame(FRAME, "left"),
            found.cue,
            clause.verb,
            found.lemma,
            found.edges,
            _source(found.lemma, lambda: clause.source),
        )


def _source(lemma: str, find: Callable[[], Source | None]) -> Callable[[], Source | None] | None:
    return find if lemma == "hear" else None


def _is_heard(ctx: Context, verb: int, subject: int) -> bool:
    """Whether a body that sits to hear people hears something, or is told it."""
    p = ctx.parse
    if subject < 0 or p.lower[subject] not in BODIES:
        return False
    if ctx.lemma(verb) == "hear":
        return not any(p.dep[c] in p.language.passive_marks for c in p.children[verb])
    return ctx.lemma(verb) == "tell" and clauses.passive(p, verb)
