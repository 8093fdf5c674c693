"""Quotations whose source stands in the sentence before or behind them, or on what they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotes.find import source as src
from quotes.find.candidate import Edges, Proposal, Readings, Source, TokenSpan
from quotes.find.content import in_capitals
from quotes.find.frame import Frame
from quotes.find.rules.left import ReportingClause, reporting_clauses
from quotes.find.rules.places import paragraphs, quotations
from quotes.find.rules.quotation import reported_quotation
from quotes.find.rules.rule import rule
from quotes.grammar import clauses
from quotes.grammar.circumstances import text_of
from quotes.grammar.context import NO_QUOTE, Context
from quotes.grammar.labels import is_given, is_titled
from quotes.grammar.phrases import noun_phrase, span_head
from quotes.lexicon import words
from quotes.lexicon.cues import SPOKEN

SHORT = 8
"""Tokens of a sentence that says no more than that somebody speaks: The chairman said."""
READS, THAT = words("having_written"), words("before_written")
FIRST_PERSON = words("i") | words("we")
SINGING = words("singing")
ENDS = (".", "!", "?", "…")
LEAST_SUNG = 4
"""Tokens of what is sung at least, marks included."""
GIVEN = (
    r"(?:message|advice|answer|verdict|response|reply|view|motto|plea|warning|reaction|comment|conclusion|prediction"
    r"|appeal|promise|line|catchphrase|slogan|mantra|words|statement|rule|take|assessment|last words|tip)"
)
MESSAGE = re.compile(
    rf"(?:\b(?P<holder>[A-Z][^,.;:!?\"“”\n]{{1,50}}?)(?:['’]s|(?<=s)['’])|\b(?P<pronoun>[Hh]is|[Hh]er|[Tt]heir))"
    rf" (?:\w+ )?{GIVEN}(?:(?: [^,.;:!?\"“”\n]{{1,60}})? (?:was|is|were|are|remains|came|could not be)\b"
    r"(?P<rest>[^.;:!?\"“”\n]{0,40}:)?| (?:on|to|about|for|after|when|of|in) [^,.;:!?\"“”\n]{1,60}(?P<colon>:))\s*$"
)
MESSAGE_REACH = 250
"""Characters before a quotation that MESSAGE looks at: a long name, what is added to the message, the verb's clause."""
SIGNATURE = re.compile(
    r"\s*(?:[—–]|--)\s?(?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,3})(?:, (?!who\b)[^\n.!?]{2,60})?\s*"
)
SPEAKING = re.compile(
    r"\s*(?P<who>(?:The |An? )?[A-Z][^.!?;:\"“”\n]{2,90}?),? (?:has|have|is|are|was|were)(?: just| now| also| been)* "
    r"(?:on (?:the (?:radio|phone|line)|air|television|TV)|speaking|comment(?:ed|ing)|respond(?:ed|ing)"
    r"|react(?:ed|ing)|tweet(?:ed|ing)|talking|spoken|address(?:ed|ing))\b"
)


def _named(ctx: Context, start: int, end: int) -> Source | None:
    span = ctx.tokens(start, end)
    return (span, span_head(ctx.parse, span)) if span else None


@rule(
    "neighbours.unclosed",
    on=reporting_clauses,
    about="words whose closing mark is missing, and who says them",
    matches=(
        "{“Should we close the bridge, or wait?} (asked) [the councillor], Rita Amin.\n\n“Wait,” said Paul Sorley.",
        "{“Who has the money?} (asked) [Lars Holm].\n\n“Not I,” said his deputy.",
        "{“Nobody told us!} (said) [the farmer], Ann Toft.\n\n“They did,” said the minister.",
    ),
    rejects=("“Should we close it?” asked Rita Amin.\n\n“Wait,” said Paul Sorley.",),
    prior=0.85,
    taught=False,
)
def unclosed(ctx: Context, clause: ReportingClause) -> Iterator[Proposal]:
    q = ctx.quote_of[clause.boundary]
    if q == NO_QUOTE or ctx.verb_act(clause.verb) not in SPOKEN:
        return
    quote = ctx.quotes[q]
    if not quote.closed and not quote.continues and quote.end == clause.boundary + 1:
        yield reported_quotation(ctx, q, Frame("unclosed"), clause.verb, clause.source)


@rule(
    "neighbours.told",
    on=reporting_clauses,
    about="a whole clause, and who told it to whom",
    matches=(
        "{Rescue work is on and a team is there}, [Deputy Commissioner Kuldip Sehran], who is at the site, (told) PTI.",
        "{The gang has been caught}, [Judge Siti Rahma], who sat in the case, (told) Radio Bali.",
        "{The offer is fair}, [union leader Marta Ruiz], who has read it, (told) Radio Bali.",
    ),
    rejects=("After the vote, Ms Diop told her party that it was over.", "In Lagos, she told them of the flood."),
    prior=0.6,
    taught=False,
)
def told(ctx: Context, clause: ReportingClause) -> Iterator[Proposal]:
    p, verb = ctx.parse, clause.verb
    if (
        clause.inverted
        or clause.goes_on
        or ctx.quote_of[clause.boundary] != NO_QUOTE
        or p.lower[clause.boundary] != ","
    ):
        return
    whole = ctx.sentence(verb)[0]
    finite = any(p.tag[i] in p.language.finite and not _opens_aside(ctx, whole) for i in range(whole, clause.boundary))
    says_more = any(c > verb and p.dep[c] in ("ccomp", "xcomp", "prep") and _tells(ctx, c) for c in p.children[verb])
    if ctx.lemma(verb) == "tell" and finite and not says_more and clause.end > verb + 1:
        yield clause.proposal(ctx)


def _opens_aside(ctx: Context, first: int) -> bool:
    """Whether a sentence begins with a clause that tells when or why: After the vote was lost, she told them."""
    p = ctx.parse
    return p.lower[first] in p.language.words("adverbial_openers")


def _tells(ctx: Context, i: int) -> bool:
    """Whether what hangs on a verb says what was told: that it was over, of the flood."""
    return ctx.parse.dep[i] != "prep" or ctx.parse.lower[i] in ("of", "about")


@rule(
    "neighbours.written",
    on=quotations,
    about="what a thing has written on it: a sign that said, a shirt reading",
    matches=(
        "Her son wore [a T-shirt] that (said) {“Vote or Float”}.",
        "He held up [a banner] (reading) {“No Water, No Peace”}.",
        "On the desk stood [a mug] which (read) {“World's Best Boss”}.",
        "[A note] on the door (read) {“Back in May”}.",
    ),
    rejects=("She met a man who said “Hello”.", "He lost the letter. It said “Come home”."),
    prior=0.85,
    taught=False,
)
def written(ctx: Context, q: int) -> Iterator[Proposal]:
    p = ctx.parse
    verb = _cue_before(ctx, q)
    if verb < 2 or p.lower[verb] not in READS:
        return
    noun = _bearer(ctx, verb)
    if noun < 0 or ctx.quote_of[noun] != NO_QUOTE:
        return
    if p.tag[noun][0] in "NJ" and text_of(p, noun).source == "document":  # a vest reading: an adjective and a noun
        source = ((noun_phrase(p, noun)[0], noun + 1), noun)
        yield reported_quotation(ctx, q, Frame("written"), verb, source)


def _bearer(ctx: Context, verb: int) -> int:
    """The noun before a verb for what is written on a thing: a sign that said, a note on the door read; -1 for none."""
    p, noun = ctx.parse, verb - 1
    while noun > 0 and p.lower[noun] in THAT:
        noun -= 1
    if (noun == verb - 1) == p.lower[verb].endswith("ing"):
        return noun
    bare = p.lower[verb] in ("read", "reads") and ctx.quote_of[verb + 1] != NO_QUOTE
    return clauses.subject(ctx, verb) if bare else -1


def _cue_before(ctx: Context, q: int) -> int:
    """The word before a quotation, a comma or colon between them or not; -1 for none."""
    word = ctx.before(ctx.quotes[q].start)
    return ctx.before(word) if word >= 0 and ctx.parse.lower[word] in (",", ":") else word


@rule(
    "neighbours.sung",
    on=quotations,
    about="what people sing or chant, unless it is a song's title",
    matches=(
        "[The choir] (sang) {“Snow on the hill, snow on the hill”} as the coffin passed.",
        "[Fans] (chanted) {“Sack the board”} for ten minutes.",
        "[The children] (sang): {“The river keeps no ledger”}.",
    ),
    rejects=("She hummed “Blue Moon” all day.", "The band sang “The Weir at Night” twice."),
    prior=0.85,
    taught=False,
)
def sung(ctx: Context, q: int) -> Iterator[Proposal]:
    quote, verb = ctx.quotes[q], _cue_before(ctx, q)
    if verb < 1 or ctx.parse.lower[verb] not in SINGING or ctx.quote_of[verb] != NO_QUOTE or in_capitals(ctx, q):
        return
    source = src.source_of(ctx, verb, False)
    if source and quote.end - quote.start > LEAST_SUNG:
        yield reported_quotation(ctx, q, Frame("sung"), verb, source)


@rule(
    "neighbours.stopped",
    on=quotations,
    about="a sentence that says no more than who speaks, ended by a full stop, and the quotation behind it",
    matches=(
        "The chairman came out at noon. [He] (said). {“The bank is sound.”}",
        "Nobody spoke. [The engineer] (replied). {“It will fall by Friday.”}",
        "[Ms Diop] (added). {“We were never told.”}",
    ),
    rejects=("“It will not last.” He said. “Ask the board.”", "The chairman spoke for an hour. “Late” is a film."),
    prior=0.8,
    taught=False,
)
def stopped(ctx: Context, q: int) -> Iterator[Proposal]:
    p, quote = ctx.parse, ctx.quotes[q]
    stop = ctx.before(quote.start)
    if stop < 2 or p.lower[stop] != "." or ctx.quote_of[stop] != NO_QUOTE:
        return
    start, verb = ctx.sentence(stop)[0], stop - 1
    before = ctx.before(start)
    after_quotation = (before >= 0 and ctx.quote_of[before] != NO_QUOTE) or ctx.quoted[stop] > ctx.quoted[start]
    if after_quotation or stop - start > SHORT or ctx.verb_act(verb) not in SPOKEN or not _is_sentence(ctx, q):
        return
    subject = next(iter(clauses.subjects(p, verb)), -1)
    if start <= subject < verb:
        yield reported_quotation(ctx, q, Frame("stopped"), verb, (noun_phrase(p, subject), subject))


def _is_sentence(ctx: Context, q: int) -> bool:
    """Whether a quotation begins with a capital and no report or rest of a sentence stands behind it."""
    p, quote = ctx.parse, ctx.quotes[q]
    if p.lower[quote.end - 1 - quote.closed] == ",":
        return False
    after = ctx.after(quote.end)
    free = after < 0 or ctx.quote_of[after] != NO_QUOTE or p.words[after][:1].isupper()
    return free and quote.start + 1 < quote.end and p.words[quote.start + 1][:1].isupper()


@rule(
    "neighbours.message",
    on=quotations,
    about="whose message, answer or motto the quotation behind the colon is",
    matches=(
        "[His] message to fans was simple: {“Stay at home.”}",
        "[The coach]'s answer was blunt: {“We were poor.”}",
        "[Ms Diop]'s advice to the young is always the same: {“Read the contract.”}",
        "[Rask]'s message to the firm is {“pay or leave”}.",
        "[Her] verdict on the soup: {“Dishwater.”}",
    ),
    rejects=("The mayor's house has a name: “Seaview”.", "The board's response was “slow and weak”."),
    prior=0.85,
    taught=False,
)
def message(ctx: Context, q: int) -> Iterator[Proposal]:
    p, start = ctx.parse, ctx.quotes[q].start
    first = max(p.start[ctx.paragraph(start)[0]], p.start[start] - MESSAGE_REACH)
    found = MESSAGE.search(p.text[first : p.start[start]])
    if found is None or not (found["rest"] or found["colon"] or _is_clause(ctx, q)):
        return
    a, b = found.span("holder") if found["holder"] else found.span("pronoun")
    source = _named(ctx, first + a, first + b)
    if source:
        yield reported_quotation(ctx, q, Frame("message"), -1, source)


def _is_clause(ctx: Context, q: int) -> bool:
    """Whether a quotation of several words has a verb: “pay or leave”, but not “slow and weak”."""
    p, quote = ctx.parse, ctx.quotes[q]
    verbs = p.language.tensed | {"VB", "MD"}
    return quote.end - quote.start > LEAST_SUNG and not verbs.isdisjoint(p.tag[quote.start : quote.end])


@rule(
    "neighbours.speaking",
    on=quotations,
    about="in a live blog, a quotation, and who has just been speaking in the sentence behind it",
    matches=(
        "8.33am: {“Bold, but risky.”} [General Ivo Tamm] has just been on the radio commenting on the plan.",
        "{“We will not move.”} [Ann Toft] is speaking outside the gate.",
        "{“A brave speech.”} [Sir Lee Okoro] has responded to the budget.",
    ),
    rejects=("“We will not move,” Ann Toft said. Her lawyer is speaking now.",),
    prior=0.8,
    taught=False,
)
def speaking(ctx: Context, q: int) -> Iterator[Proposal]:
    p, quote = ctx.parse, ctx.quotes[q]
    before = ctx.before(quote.start)
    if before >= 0 and not _is_time(ctx, before):
        return
    found = SPEAKING.match(p.text, p.end[quote.end - 1], p.end[ctx.paragraph(quote.start)[1] - 1])
    source = _named(ctx, *found.span("who")) if found and _is_sentence(ctx, q) else None
    if source:
        yield reported_quotation(ctx, q, Frame("speaking"), -1, source)


@rule(
    "neighbours.signed",
    on=paragraphs,
    about="a paragraph without marks, and a line of a dash and who says it: a block quote, a reader's letter",
    matches=(
        "The vote is near.\n\n{I warned the council twice. It is in the letters.}\n\n— [Paul Sorley], engineer",
        "Readers write.\n\n{The new timetable has cost me my job.}\n\n– [Mrs Ashworth], Leeds",
        "{We were never asked.}\n\n— [Ines Carvalho]\n\nThe council met.",
        "Readers write.\n\n{I wait an hour for the bus.}\n– [Tom Ashworth], Leeds\n\nThe council met.",
    ),
    rejects=(
        "The bank shut on Friday.\n\n— Associated Press",
        "The crowd came early.\n\n— Tom Reed",
        "The bank shut.\n\n— Paul Sorley is our editor.",
    ),
    prior=0.8,
    taught=False,
)
def signed(ctx: Context, paragraph: TokenSpan) -> Iterator[Proposal]:
    p = ctx.parse
    k = p.para_of[paragraph[0]]
    first, last = p.start[paragraph[0]], p.end[paragraph[1] - 1]
    line = p.text.rfind("\n", first, last - len(p.text[first:last]) + len(p.text[first:last].rstrip())) + 1
    inside = line > first and bool(p.text[first:line].strip())
    above = (first, line) if inside else (p.start[p.paragraphs[k - 1][0]], first) if k else None
    found = SIGNATURE.fullmatch(p.text, line if inside else first, last) if above else None
    if found is None or above is None or not (is_titled(found["name"]) or is_given(found["name"].split()[0])):
        return
    content, source = ctx.tokens(*above), _named(ctx, *found.span("name"))
    if content is None or not FIRST_PERSON.intersection(p.lower[slice(*content)]):
        return  # a caption, and whose photograph it is
    if source and ctx.quoted[content[0]] == ctx.quoted[content[1]] and p.text[slice(*above)].rstrip().endswith(ENDS):
        whole = Readings([Edges("whole", (content,))])
        yield Proposal(Frame("signed"), None, content[0], "", whole, lambda: source)


def _is_time(ctx: Context, last: int) -> bool:
    """Whether what stands before a quotation is a time of day and no more: 8.33am:"""
    p = ctx.parse
    first = ctx.paragraph(last)[0]
    return bool(re.fullmatch(r"\s*\d{1,2}[.:]\d\d\s?(?:[ap]\.?m\.?)?\s?[:–—-]?\s*", p.slice((first, last + 1))))
