"""Complements to the right of a verb: clauses, objects, infinitives, prepositional phrases, quotations."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.find import source as src
from quotes.find.candidate import Proposal
from quotes.find.content import edges_of
from quotes.find.frame import Frame
from quotes.find.rules.complements import CLAUSES, OBJECTS, Complement, complements, reporting_verbs
from quotes.find.rules.rule import rule
from quotes.grammar import clauses
from quotes.grammar.circumstances import is_time
from quotes.grammar.context import NO_QUOTE, Context

CLAUSAL = CLAUSES | {"pcomp"}
NOMINAL = OBJECTS | {"advmod", "pobj"}
NOT_FINITE = frozenset(("to", "bare", "VBG", "VBN"))
NEAR_COLON = 5
"""Tokens behind "it" within which a colon takes its place."""
FAR = 25
"""How many tokens behind a verb a quotation may begin that it reports."""


@rule(
    "complement.that",
    on=complements,
    about="a that-clause after the verb",
    matches=(
        "[Fidan] (said) {that talks would resume in the spring}.",
        "[The minister] (insisted) {that no money had changed hands}.",
        "[Larsen] praised the crew, (adding) {that nobody had been hurt}.",
        "[The minister] said talks had begun, (adding) {that no date had been set}.",
        "[The central bank] (told) lenders {that it would raise rates in June}.",
        "[Prosecutors] (alleged) on Tuesday {that the broker had hidden his losses}.",
        "[The White House] on Friday (confirmed) {that the envoy had resigned}.",
        "[Brandt] said the mine was safe and (warned) {that closing it would cost 300 jobs}.",
        "[The paper], citing two aides, (reported) {that the talks had failed}.",
    ),
    rejects=("The house that Jack built fell down.", "The goalkeeper saved a penalty in the last minute."),
    prior=0.33,
)
def that_clause(ctx: Context, complement: Complement) -> Iterator[Proposal]:
    if _clausal(complement) and complement.frame.opener == "that":
        yield complement.proposal()


@rule(
    "complement.clause",
    on=complements,
    about="a clause without that after the verb",
    matches=(
        "[Officials] (say) {the bridge will reopen in June}.",
        "[Ann Lee] (told) the BBC {she would not resign}.",
        "[The coach] (admitted) {his side were second best}.",
        "[Researchers] (believe) {the glacier will lose a third of its ice}.",
        "[Brandt] (said) {the mine was safe} and warned that closing it would cost 300 jobs.",
        "[The spokesman] was quoted as (saying) {the plant would close}.",
        "[Ruiz] (said) as she left the courthouse {that she would appeal}.",
    ),
    rejects=("The trains were late again.",),
    prior=0.16,
)
def clause(ctx: Context, complement: Complement) -> Iterator[Proposal]:
    frame = complement.frame
    if _clausal(complement) and frame.opener not in ("that", "wh") and not infinite(frame):
        yield complement.proposal()


@rule(
    "complement.question",
    on=complements,
    about="an embedded question after the verb",
    matches=(
        "[She] (asked) {whether the vote would be held again}.",
        "[The report] (explained) {how the fire had spread}.",
        "[The judge] (wondered) {why the file had been opened twice}.",
    ),
    rejects=("Shares in the company fell by four per cent.",),
    prior=0.1,
)
def question(ctx: Context, complement: Complement) -> Iterator[Proposal]:
    if _clausal(complement) and complement.frame.opener == "wh":
        yield complement.proposal()


@rule(
    "complement.infinitive",
    on=complements,
    about="an infinitive or a participle after the verb",
    matches=(
        "[The union] (threatened) {to walk out on Friday}.",
        "[Mbeki] (promised) {to publish the figures}.",
        "[The airline] (refused) {to comment on the delay}.",
        "[The defendant] (denied) {stealing the car}.",
    ),
    rejects=("The striker scored twice in Naples.",),
    prior=0.08,
)
def infinitive(ctx: Context, complement: Complement) -> Iterator[Proposal]:
    if _clausal(complement) and infinite(complement.frame):
        yield complement.proposal()


@rule(
    "complement.object",
    on=complements,
    about="an object, predicate or small clause after the verb",
    matches=(
        "[The senator] (praised) {the decision}.",
        "[Rossi] (called) {it a disgrace}.",
        "[Campaigners] (welcomed) {the ruling}.",
        "[The Kremlin] (denied) {the claims}.",
        "[Aid agencies] (put) {the death toll at 40}.",
        "[The bank] (estimates) {losses at $2 billion}.",
        "[The coastguard] (said) Monday in a statement {that the search was over}.",
        "[Her brother] (told) the inquest {that she loved boats}.",
    ),
    rejects=("The committee met on Tuesday.", "He is a doctor.", "The bridge will close, the mayor said yesterday."),
    prior=0.2,
)
def direct_object(ctx: Context, complement: Complement) -> Iterator[Proposal]:
    if not complement.of.passive and complement.frame.kind in NOMINAL and not _stands_for_more(ctx, complement):
        yield complement.proposal()


def _stands_for_more(ctx: Context, complement: Complement) -> bool:
    """Whether an object only stands for what is said.

    CASE 1: "put it bluntly: they would have starved": what stands behind the colon.
    CASE 2: "told PTI": to whom.
    CASE 3: "Prices will rise, the minister said yesterday.": when.
    """
    p, child = ctx.parse, complement.child
    if (
        is_time(p, child)
        and p.tag[child] != "CD"
        and not any(map(str.isalnum, p.lower[child + 1 : ctx.sentence(child)[1]]))
    ):
        return True
    if p.lower[child] == "it":
        return ":" in p.lower[child + 1 : min(ctx.sentence(child)[1], child + NEAR_COLON)]
    return complement.of.lemma == "tell" and p.tag[child] in p.language.proper and p.right[child] == child + 1


@rule(
    "complement.preposition",
    on=complements,
    about="a prepositional phrase after the verb",
    matches=(
        "[Doctors] (warned of) {a shortage of beds}.",
        "[Residents] (complained about) {the smell}.",
        "[The envoy] (spoke about) {the prisoners}.",
        "[The Swedish side] (points to) {the treaty of 1658}.",
        "[The mayor] (apologised for) {the delay}.",
    ),
    rejects=("The governor signed the bill.", "The ferry sinks in May, the skipper said on Monday."),
    prior=0.1,
)
def preposition(ctx: Context, complement: Complement) -> Iterator[Proposal]:
    if not complement.of.passive and complement.frame.kind == "prep":
        yield complement.proposal()


@rule(
    "complement.quotation",
    on=reporting_verbs,
    about="a quotation to the right of the verb, whatever the parse makes of it",
    matches=(
        "[The note] (read): {“Gone fishing.”}",
        "[She] (replied), {“Not on my watch.”}",
        "[The actor] (wrote) on Instagram: {“Thank you for twenty years. It has been a joy.”}",
    ),
    rejects=("The film “Winter Light” opens on Friday.",),
    prior=0.25,
)
def quotation(ctx: Context, verb: int) -> Iterator[Proposal]:
    q = _quotation_right(ctx, verb)
    if q == NO_QUOTE:
        return
    quote, passive = ctx.quotes[q], clauses.passive(ctx.parse, verb)
    before = ctx.parse.lower[quote.start - 1]
    link = before if before in (":", ",") else "word" if quote.start - 1 > verb else "cue"
    sentence_end = max(ctx.sentence(verb)[1], quote.end)
    readings = [("quotation", [(quote.start, quote.end)]), ("to sentence end", [(quote.start, sentence_end)])]
    yield Proposal(
        Frame("quote", voice="pass:" if passive else "", found=link),
        (verb, verb + 1),
        verb,
        ctx.lemma(verb),
        edges_of(ctx, readings, verb, quote.end),
        lambda: src.source_of(ctx, verb, passive),
    )


def _clausal(complement: Complement) -> bool:
    """Whether it is a clause of an active verb, finite or not."""
    return not complement.of.passive and complement.frame.kind in CLAUSAL


def infinite(frame: Frame) -> bool:
    """Whether a clause has no finite verb; of what the parser takes for a ccomp, only with "to"."""
    return frame.opener == "to" or (frame.opener in NOT_FINITE and frame.kind != "ccomp")


def _quotation_right(ctx: Context, verb: int) -> int:
    """The quotation that opens to the right of a verb in its sentence, or after a colon that ends its paragraph."""
    p = ctx.parse
    if ctx.quote_of[verb] != NO_QUOTE:
        return NO_QUOTE
    end = ctx.sentence(verb)[1]
    for i in range(verb + 1, min(end, verb + FAR)):
        if ctx.quote_of[i] != NO_QUOTE:
            return ctx.quote_of[i]
    if end < len(p) + 1 and p.lower[end - 1] in (":", ",") and end - verb < FAR:
        nxt = end
        while nxt < len(p) and ctx.blank[nxt]:
            nxt += 1
        if nxt < len(p) and p.para_of[nxt] - p.para_of[verb] <= 1:
            q = ctx.quote_of[nxt]
            return q if q != NO_QUOTE and ctx.quotes[q].start == nxt else NO_QUOTE
    return NO_QUOTE
