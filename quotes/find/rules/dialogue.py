"""Dialogue: quotations broken by a clause, beats that are no verbs of speech, and lines that open with a dash."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotes.find.candidate import Edges, Proposal, Readings, TokenSpan
from quotes.find.content import edges_of, opens_sentence
from quotes.find.frame import Frame
from quotes.find.rules.left import ReportingClause, reporting_clauses
from quotes.find.rules.rule import rule
from quotes.grammar.context import NO_QUOTE, Context
from quotes.grammar.parse import Parse
from quotes.lexicon import words
from quotes.lexicon.cues import SPOKEN

BREAKING_OFF = frozenset((",", "—", "–", "--", "-", "..."))
"""What a quotation ends with that a clause breaks."""
GOING_ON = BREAKING_OFF | {";", ":"}
"""What stands before the rest of a broken quotation."""
BEFORE_BEATS = BREAKING_OFF | {"?", "!", "…"}
"""What a line of a conversation ends with before words that say how it was said."""
DASH = re.compile(r"\s*[—–―]\s?(?=\S)")
SAYS = r"(?:said|says|asked|asks|replied|answered|called|cried|added|whispered|shouted|muttered|told|murmured)"
NAME = r"[A-Z](?:[\w'’-]*\w)?"
WHO = rf"(?:{NAME}|he|she|they|I|we|(?:the|an?|his|her|my) [a-z-]+)(?: {NAME})*"
BY_WHOM = rf"(?:{SAYS} (?P<behind>{WHO})|(?P<before>{WHO}) {SAYS})[^.!?\n—–]{{0,60}}"
REPORT = re.compile(rf"(?<=[,!?…])\s+{BY_WHOM}[.,]?")
BETWEEN_DASHES = re.compile(rf"\s*[—–]\s?{BY_WHOM}(?:[—–][.,;]?|[.]|$)")
"""As Spanish has it: —Only me —said Benigno—. Open the door."""
REPLIES, BEGINNING = words("replies"), words("beginning")
UNSAID = frozenset({"", "attitude", "light"})
"""Acts of verbs that report no further quotation."""
FIRST_PERSON = ("I", "I'm", "I'll", "I've", "I'd")
"""A word with a capital wherever it stands."""
LEAST_LINES = 2
"""Paragraphs that open with a dash from which they are lines, not one item."""
ENDS = (".", "!", "?", "…", ":", ",")


@rule(
    "dialogue.broken",
    on=reporting_clauses,
    about="a quotation that a clause of any length breaks at a comma, behind which it goes on",
    matches=(
        "{“Rubbish, lad,”} (returned) [my grandfather], {“no one sells a boat in winter.”}",
        "{“Tell me,”} [Ferdinand] (asked), not raising his eyes from the board, {“where did you learn that?”}",
        "{“You know,”} (said) [Marjorie], putting down the lamp, {“you are late again.”}",
        "{“In the end,”} [Petrov] (said), {“they paid.”}",
        "{“The vaccine works,”} (said) [Dr Lindqvist], {“but it works slowly.”}",
        "{“My dear father,”} [I] (answered), {“what did he do? He drew a little.”}",
        "{“But it is,”} (returned) [she]; {“for Mrs. Long has been here.”}",
        "{“Bans have never worked,”} (said) [Marc Tissier], head of a charity in Lyon, {“and they will not now.”}",
        "{“The dam is old”} (said) [Paul Sorley] {“and it leaks”}.",
        "{“We lost,”} [he] (said), and then, after a pause: {“We deserved to.”}",
        "{“If I were you,”} [Mr. Plum] (replied), folding his paper with care, {“I should sell the goat.”}",
        "{“If you please,”} (began) [the curate], who had turned red, {“I should like to say something.”}",
    ),
    rejects=("“We lost,” the coach said. “The pitch was wet.”",),
    prior=0.98,
    taught=False,
)
def broken(ctx: Context, clause: ReportingClause) -> Iterator[Proposal]:
    rest = _rest(ctx, clause)
    if rest is not None and (ctx.parse.lower[clause.boundary - 1] in BREAKING_OFF or _is_cut(ctx, clause, rest)):
        first = ctx.quotes[ctx.quote_of[clause.boundary]]
        yield _proposal(ctx, clause, Frame("broken"), [(first.start, first.end), rest])


def _is_cut(ctx: Context, clause: ReportingClause, rest: TokenSpan) -> bool:
    """Whether a quotation breaks off in mid-sentence without a comma, and what follows goes on in small letters."""
    p = ctx.parse
    mid = p.lower[clause.boundary - 1][-1:].isalnum()
    return mid and next((word for word in p.words[slice(*rest)] if word[:1].isalpha()), "A")[0].islower()


@rule(
    "dialogue.beat",
    on=reporting_clauses,
    about="in a conversation, what somebody does or how it sounds behind their words: she smiled; elsewhere he or she",
    matches=(
        "{“I have never seen that letter,”} [he] (threw) up his hands.",
        "{“Nonsense!”} [she] (tutted). {“The horse is lame.”}",
        "{“You are late,”} [she] (smiled).\n\n“Am I?”\n\n“Yes!”",
        "{“Not again!”} [Tilden] (shuddered).\n\n“Who is it?”\n\n“Your aunt.”",
        "{“No,”} [Ines] (frowned).\n\n“No?”\n\n“No!”",
        "“What?”\n\n{“A hundred,”} (was) the reply.\n\n“No!” he said.",
        "{“I never—”} [Isidore] (began).\n\n“You always do,” she said.",
    ),
    rejects=("The mayor called it “a mess,” critics noted. It cost a million in 2019.",),
    prior=0.7,
    taught=False,
)
def beat(ctx: Context, clause: ReportingClause) -> Iterator[Proposal]:
    q = ctx.quote_of[clause.boundary]
    if q == NO_QUOTE or q == ctx.quote_of[clause.verb] or not (ctx.conversation or _is_whole(ctx, q, clause)):
        return
    if ctx.parse.lower[clause.boundary - 1] in BEFORE_BEATS:
        yield _proposal(ctx, clause, Frame("beat"), [(ctx.quotes[q].start, ctx.quotes[q].end)])


def _is_whole(ctx: Context, q: int, clause: ReportingClause) -> bool:
    """Whether a quotation opens its sentence, with a capital, and ends at a comma, behind which he or she does
    something: nobody but who speaks is meant. So may it end otherwise where the sentence goes on in small letters."""
    p, quote = ctx.parse, ctx.quotes[q]
    before = ctx.before(quote.start)
    opens = (before < 0 or p.lower[before][-1:] in ENDS) and p.words[quote.start + 1][:1].isupper()
    someone = p.tag[clause.source[1]] in p.language.personal or p.lower[clause.source[1]] in REPLIES
    ended = p.lower[clause.boundary - 1]
    exclaims = ended in ("!", "?") and p.tag[clause.source[1]] in p.language.personal and _in_small(p, clause)
    breaks_off = ended in BREAKING_OFF and p.lemma(clause.verb) in BEGINNING
    return opens and (exclaims or breaks_off or (ended == "," and someone))


def _in_small(p: Parse, clause: ReportingClause) -> bool:
    """Whether the clause goes on with the quotation's sentence: “Nonsense!” he snorted."""
    return p.words[min(clause.verb, clause.source[0][0])][:1].islower()


def _proposal(ctx: Context, clause: ReportingClause, frame: Frame, parts: list[TokenSpan]) -> Proposal:
    """A quotation and the clause beside it; whose the reply is, "was the reply" does not say."""
    verb = clause.verb
    nameless = ctx.parse.lower[clause.source[1]] in REPLIES
    edges = edges_of(ctx, [("quotation", parts)], verb, max(clause.end, parts[-1][1]))
    return Proposal(frame, (verb, verb + 1), verb, ctx.lemma(verb), edges, None if nameless else lambda: clause.source)


def _rest(ctx: Context, clause: ReportingClause) -> TokenSpan | None:
    """The rest of a broken quotation: the next one in the sentence, after a comma, with a small letter, or behind a
    clause of a few words."""
    p, q = ctx.parse, ctx.quote_of[clause.boundary]
    if q == NO_QUOTE or q == ctx.quote_of[clause.verb] or q + 1 >= len(ctx.quotes):
        return None
    later = ctx.quotes[q + 1]
    words = [word for word in p.words[later.start + 1 : later.end] if word[:1].isalpha()]
    if not words or p.para_of[later.start] != p.para_of[clause.boundary]:
        return None
    between = p.lower[clause.boundary + 1 : later.start]
    if clause.verb > later.start or not {".", "!", "?"}.isdisjoint(between):
        return None
    before, added = p.lower[later.start - 1], range(clause.end, later.start)
    if not words[0][0].islower() and words[0] not in FIRST_PERSON and later.start > clause.end + 1:
        if not opens_sentence(ctx, q):
            return None
        adds = before == ":" and p.language.tensed.isdisjoint(p.tag[i] for i in added)
        tells = before == "," and clause.inverted and all(ctx.verb_act(i) in UNSAID for i in added)
        return (later.start, later.end) if adds or tells else None
    if words[0] in FIRST_PERSON and any(ctx.verb_act(i) in SPOKEN for i in added):
        return None  # "We lost," he said, and Lund replied, "I know."
    tight = later.start == max(clause.verb + 1, clause.source[0][1]) and opens_sentence(ctx, q)
    return (later.start, later.end) if before in GOING_ON or tight else None


def lines(ctx: Context) -> Iterator[TokenSpan]:
    """The paragraphs that open with a dash, where there are several and they end as sentences do: no list's items."""
    p = ctx.parse
    found = [(a, b) for a, b in p.paragraphs if DASH.match(p.text, p.start[a], p.end[b - 1])]
    texts = [p.slice(span).rstrip() for span in found]
    if len(found) < LEAST_LINES or not all(text.endswith(ENDS) for text in texts):
        return
    spoken = any("?" in text or "!" in text or REPORT.search(text) or BETWEEN_DASHES.search(text) for text in texts)
    if spoken and not ctx.quotes:
        yield from found


@rule(
    "dialogue.dash",
    on=lines,
    about="a line that opens with a dash, and who says it, if it is said",
    matches=(
        "— {Will it last the winter?} asked [Rita Amin].\n\n— It will not, said Paul Sorley. Not even to Christmas.",
        "— Will it last? asked Rita Amin.\n\n— {It will not,} said [Paul Sorley]. {Not even to Christmas.}",
        "– {Mind the step!} [he] called from the cellar.\n\n– I see it, Tilden answered.",
        "—Who is there? —asked Rosario.\n\n—{Only me} —said [Benigno]—. {Open the door.}",
    ),
    rejects=("What the parties want:\n\n– a new dam\n\n– a new road",),
    prior=0.85,
    taught=False,
)
def dash(ctx: Context, paragraph: TokenSpan) -> Iterator[Proposal]:
    p = ctx.parse
    first, last = p.start[paragraph[0]], p.end[paragraph[1] - 1]
    opened = DASH.match(p.text, first, last)
    start = opened.end() if opened else first
    report = BETWEEN_DASHES.search(p.text, start, last) or REPORT.search(p.text, start, last)
    parts = [(start, report.start()), (report.end(), last)] if report else [(start, last)]
    content = tuple(span for part in parts if part[0] < part[1] and (span := ctx.tokens(*part)))
    if not content:
        return
    name = ctx.tokens(*report.span("behind" if report["behind"] else "before")) if report else None
    source = (name, name[1] - 1) if name else None
    head = name[1] - 1 if name else content[0][0]
    yield Proposal(Frame("dash"), None, head, "", Readings([Edges("whole", content)]), lambda: source)
