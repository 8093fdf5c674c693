"""The turns of a transcript: a label, then what its bearer says until the next one (grammar/turns.py tells them)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from quotes.find.candidate import Attribution, Edges, Proposal, Readings
from quotes.find.frame import Frame
from quotes.find.rules.rule import rule
from quotes.grammar.context import Context
from quotes.grammar.parse import TokenSpan
from quotes.grammar.turns import Turn
from quotes.lexicon import words
from quotes.lexicon.cues import cue

RULE = "turn.label"
SPEAKERS = words("speakers_of_turns")
REPORTED = frozenset({"speech", "writing", "document"})
CLAUSAL = frozenset(
    {"complement.that", "complement.clause", "complement.question", "left.said", "left.inverted", "left.inserted"}
)


def turns(ctx: Context) -> Iterator[Turn]:
    """The turns of a transcript."""
    return iter(ctx.turns)


@rule(
    RULE,
    on=turns,
    about="the label of a speaker in a transcript, and all that stands under it",
    matches=(
        "[ADEBAYO](:) {Why did you leave the bank?}\n\nLUND: I was told to.\n\nADEBAYO: By whom?",
        "HOST: Welcome.\n\nHOST: First question.\n\n[HOST](:) {Who pays for the dam?}\n\nREES: We do.",
        "[Q](:) {Are you worried?}\n\nA: No.\n\nQ: Not even now?\n\nA: I sleep well.",
        "Q. When did you wake?\n\n[A.] {At six.}\n\nQ. Who called?\n\nA. My son.",
        "[MARA COLLINS], ANCHOR(:) {Welcome back.}\n\nDITA PYKE, SENATOR: Thank you.\n\nCOLLINS: You voted no?",
        "Tom Pyke: Who pays?\n[Nora Lind](:) {The owner pays.}\nTom Pyke: And if he can't?",
        "Owen Tredway\n\nHow many nurses have left?\n\n[Chloe Tredway]\n\n{About 400. We hired 600.}\n\n"
        "Owen Tredway\n\nWill she publish it?\n\nChloe Tredway\n\nYes.",
        "[TRENT](:) {We won.}\n\n{We have time, and we will use it.}\n\nWELLS: Mr. Moss?\n\nTRENT: I am not done.",
    ),
    rejects=(
        "Note: the road is closed.\n\nThe mayor said it would open in May.",
        "Fixed: the game starts again.\n\nFixed: the map is no longer blank.\n\nAdded: two new ships.",
        "Lakers: two wins.\n\nThunder: host the Lakers on Friday.\n\nJets 2, Predators 1: a late goal.",
        "Free education: the firm has courses.\n\nPrice alerts: you get a mail.\n\nNews: it keeps you up to date.",
    ),
    prior=0.97,
    taught=False,
)
def turn(ctx: Context, turn: Turn) -> Iterator[Proposal]:
    content = tuple(span for part in turn.content if (span := ctx.tokens(*part)))
    if not content:
        return
    name, mark = _name(ctx, turn), _mark(ctx, turn)
    edges = Readings([Edges("turn", content)])
    source = (name, name[1] - 1) if name else None
    cue, head = ((mark, mark + 1), mark) if mark is not None else (None, source[1] if source else content[0][0])
    yield Proposal(Frame("turn"), cue, head, ":" if cue else "", edges, lambda: source)


def _name(ctx: Context, turn: Turn) -> TokenSpan | None:
    """The words of a label that name its speaker; None for a time alone, and for one addressed (DEAR NORA)."""
    name = ctx.tokens(*turn.name) if turn.name and turn.name[0] >= turn.label[0] else None
    return None if name is None or ctx.parse.lower[name[0]] == "dear" else name


def outside(ctx: Context, found: Iterable[Proposal]) -> Iterator[Proposal]:
    """The turns, and the proposals whose cue stands in none; what they hold is looked at by itself."""
    starts = [turn.label[0] for turn in ctx.turns]
    if not starts:
        yield from found
        return
    for proposal in found:
        at = ctx.parse.start[proposal.head]
        k = bisect_right(starts, at) - 1
        if k < 0 or proposal.rule == RULE or at >= ctx.turns[k].content[-1][1]:
            yield proposal


def of_others(ctx: Context, found: Iterable[Attribution]) -> Iterator[Attribution]:
    """Of what is reported inside turns, that which others said: somebody else is named, and a clause or a quotation
    tells what. In speech "I welcome the figures" and "tell us about the book" report nothing."""
    p = ctx.parse
    for one in found:
        candidate = one.candidate
        if candidate.source is None or candidate.cue is None or p.lower[candidate.source_head] in SPEAKERS:
            continue
        told = cue(candidate.lemma.partition(":")[0], p.tag[candidate.head]).act in REPORTED
        quoted = any(ctx.quoted[b] > ctx.quoted[a] for a, b in candidate.content)
        if told and (quoted or candidate.rule in CLAUSAL):
            yield one


def _mark(ctx: Context, turn: Turn) -> int | None:
    """The colon or full stop that ends a label."""
    start, end = turn.label
    span = ctx.tokens(turn.name[1] if turn.name and turn.name[0] >= start else start, end)
    if span is None:
        return None
    marks = [i for i in range(*span) if ctx.parse.words[i] in (":", ".")]
    return next((i for i in reversed(marks) if ctx.parse.words[i] == ":"), marks[-1] if marks else None)
