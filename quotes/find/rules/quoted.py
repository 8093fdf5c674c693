"""Quotations and paragraphs whose source a set phrase or the line before or behind them names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotes.find import source as src
from quotes.find.candidate import Edges, Proposal, Readings, Source, TokenSpan
from quotes.find.content import edges_of, with_paragraphs
from quotes.find.frame import Frame
from quotes.find.rules.places import paragraphs, quotations, verbs
from quotes.find.rules.quotation import of_quotation
from quotes.find.rules.rule import rule
from quotes.grammar import clauses
from quotes.grammar.context import NO_QUOTE, Context
from quotes.grammar.lemma import lemma as base_form
from quotes.grammar.phrases import noun_phrase
from quotes.lexicon import words
from quotes.lexicon.cues import SPOKEN, cue

NAME = (
    r"(?P<name>(?:the |The |a |an )?(?:[a-z][\w'’-]+ ){0,2}[A-Z][\w.'’-]+"
    r"(?: (?:[A-Z][\w.'’-]+|of|the|de|van|von|bin|al|for|and|[a-z]{4,15}(?= [A-Z]))){0,6})"
)
SAYINGS = words("sayings")
SAID_TO_BE = rf"(?:{'|'.join(sorted(SAYINGS))})"
IN_WORDS = re.compile(
    rf"(?:\b[Ii]n (?P<whose>[^,.;:!?\"“”\n]{{2,50}}?)(?:['’]s|s['’]) (?:own )?words[,:]?"
    rf"|(?:(?P<holder>\b[A-Z][^,.;:!?\"“”\n]{{1,50}}?)(?:['’]s|s['’])|(?P<pronoun>\b(?:[Hh]is|[Hh]er|[Tt]heir)))"
    rf" {SAID_TO_BE}(?: (?:on|to|of|about) [^,.;:!?\"“”\n]{{2,50}})?\?"
    r"|\b[Ii]n the (?:own )?words of (?P<of>[^,.;:!?\"“”\n]{2,60}?)[,:]?"
    r"|\b[Tt]o (?:quote|paraphrase|echo|borrow a line from) "
    r"(?P<quoted>(?:the |an? )?(?:[a-z-]+ ){0,3}[A-Z][^,.;:!?\"“”\n]{2,60}?)[,:]?)\s*$"
)
WORDS_REACH = 100
"""Characters before a quotation that IN_WORDS looks at: a long name and the words about it."""
HEADING = re.compile(
    r"(?:And |A |The following is (?:a|the) (?:full )?(?:text of a )?)?"
    r"(?:(?i:statement|message|comment|comments|remarks|response|reply|letter|quote|words)\s"
    rf"(?i:from|of|by)|[Ff]rom(?: the desk of)?) {NAME}(?:, [^:\n]{{2,80}})?\s*(?P<end>[:.])?"
)
MADE = re.compile(
    r"\bma(?:de|kes|king) (?:the|this|these|that|those|his|her|their)(?: \w+){0,2} "
    r"(?:statements?|remarks?|comments?|disclosure|claims?|appeal|call|announcement|assertion|observation|revelation)\b"
)
THAT_WAS = re.compile(
    r"\s*(?:That|This|Those|These|Such) (?:was|were|is|are) (?:the |his |her )?(?:\w+ )?"
    r"(?:message|words?|verdict|view|warning|reaction|response|assessment|conclusion|opinion|appeal|plea|claim|advice"
    r"|orders?|instructions?|promise|prediction|motto|boast|hope|wish)"
    rf"[^.,;:\n]{{0,30}}? (?:from|of|by) {NAME}"
)
ARTICLES = words("before_sources")
PUTTING, VERSUS = words("putting"), words("versus")
CASE_REACH = 8
"""Tokens before "held" among which "v." makes a name that of a case."""
COLON_BEHIND = 7
"""Tokens behind "put it" within which the colon stands."""
HERE_IS = ("here", "this")
NAMING = frozenset({"NNP", "NNPS", "NN", "NNS", "JJ", "DT", "CD", "PRP$", "HYPH"})
"""Tags of the words that name a source behind its verb."""
TOLD = SPOKEN | {"thought"}
"""Acts of verbs that report a quotation that follows them: Concluded the judge: “…”"""
SHORT = 30
"""Tokens of a line that announces what is said at most."""
ITEMS = tuple("-–—•*·▪►>#0123456789")


def before_it(ctx: Context, q: int) -> tuple[int, str]:
    """As many words of the paragraph before a quotation as IN_WORDS looks at, and where they begin."""
    p, start = ctx.parse, ctx.quotes[q].start
    first = max(p.start[ctx.paragraph(start)[0]], p.start[start] - WORDS_REACH)
    return first, p.text[first : p.start[start]]


def named(ctx: Context, start: int, end: int) -> Source | None:
    span = ctx.tokens(start, end)
    return (span, span[1] - 1) if span else None


@rule(
    "quoted.words",
    on=quotations,
    about="whose words, view or answer the quotation is",
    matches=(
        "The plan was, in [Sorley]'s (words), {“a bridge to nowhere”}.",
        "In [the coach]'s own (words): {“We were poor.”}",
        "The tunnel leaks. [Okafor]'s (view)? {“Start again.”}",
        "The harbour is, in the (words) of [pilot Jan Kruse], {“a mousetrap”}.",
        "[Her] (verdict) on the film? {“Too long by an hour.”}",
        "To (quote) [Jan Kruse], {“a harbour is no car park”}.",
    ),
    rejects=("The mayor's house was called “Seaview”.",),
    prior=0.9,
    taught=False,
)
def words_of(ctx: Context, q: int) -> Iterator[Proposal]:
    first, before = before_it(ctx, q)
    found = IN_WORDS.search(before)
    if found is None:
        return
    start, end = found.span(str(found.lastgroup))
    source = named(ctx, first + start, first + end)
    at = ctx.before(source[0][0] if source and found.lastgroup in ("of", "quoted") else ctx.quotes[q].start)
    while at > 0 and (not ctx.parse.words[at][:1].isalpha() or ctx.parse.lower[at] == "of"):
        at -= 1
    if found.lastgroup in ("holder", "pronoun"):
        at = next((i for i in range(at, source[0][1] - 1 if source else at, -1) if ctx.parse.lower[i] in SAYINGS), at)
    if source:
        yield Proposal(Frame("words"), (at, at + 1), at, ctx.lemma(at), of_quotation(ctx, q, at), lambda: source)


@rule(
    "quoted.heading",
    on=paragraphs,
    about="a line that says whose words follow: Statement from X, From the desk of X",
    matches=(
        "Statement from [Adela Quist]:\n\n{“Petra brings thirty years of bridge building to this office.”}",
        "From the desk of [Tobias Renner], chief analyst.\n\n{“The market has misread the bank.”}",
        "STATEMENT OF [RITA AMIN]: {The bridge is shut.}",
    ),
    rejects=("From May to August the museum opens at nine.\n\n“Late” is a film.",),
    prior=0.9,
    taught=False,
)
def heading(ctx: Context, paragraph: TokenSpan) -> Iterator[Proposal]:
    p = ctx.parse
    first, last = p.start[paragraph[0]], p.end[paragraph[1] - 1]
    found = HEADING.match(p.text, first, last)
    if found is None:
        return
    source = named(ctx, *found.span("name"))
    rest = ctx.tokens(found.end(), last)
    if source is None or (rest and found["end"] != ":"):
        return
    content = (rest,) if rest else next_said(ctx, paragraph, found["end"] == ":")
    if content:
        yield Proposal(Frame("heading"), None, source[1], "", Readings([Edges("whole", content)]), lambda: source)


def next_said(ctx: Context, paragraph: TokenSpan, unmarked: bool) -> tuple[TokenSpan, ...]:
    """The quotation that the next paragraph opens with, and those it runs on through; or the paragraph itself."""
    p = ctx.parse
    k = p.para_of[paragraph[0]] + 1
    if k >= len(p.paragraphs):
        return ()
    start, end = p.paragraphs[k]
    while start < end and ctx.blank[start]:
        start += 1
    while end > start and ctx.blank[end - 1]:
        end -= 1
    if start == end:
        return ()
    q = ctx.quote_of[start]
    if q != NO_QUOTE and ctx.quotes[q].start == start:
        return with_paragraphs(ctx, (start, ctx.quotes[q].end))
    whole = p.lower[end - 1] in (".", "!", "?") and not p.words[start].startswith(ITEMS)
    return ((start, end),) if unmarked and whole else ()


@rule(
    "quoted.announced",
    on=paragraphs,
    about="a line that ends with a verb of saying and a colon, and the paragraph below it",
    matches=(
        "[Mayor Ivo Tamm] (explained):\n\n{It is a bridge for people, and not for lorries.}\n\nThe council agreed.",
        "[The bank] (said):\n\n{We have no plans to close the branch.}\n\nIt has nine branches.",
        "Here's what [the coach] (said).\n\n{“We were poor from start to finish.”}\n\nHer side lost.",
    ),
    rejects=("The parties want the following:\n\n- a new dam\n\n- a new road",),
    prior=0.8,
    taught=False,
)
def announced(ctx: Context, paragraph: TokenSpan) -> Iterator[Proposal]:
    p = ctx.parse
    start, end = paragraph
    while end > start and ctx.blank[end - 1]:
        end -= 1
    here = p.lower[start] in HERE_IS and p.lower[end - 1] in (".", ":")
    if end - start < 3 or end - start > SHORT or not (here or p.lower[end - 1] == ":"):
        return
    verb = next((i for i in range(end - 1, start, -1) if ctx.verb_act(i) in SPOKEN), -1)
    if verb < 0 or ctx.quote_of[verb] != NO_QUOTE:
        return
    subject = next(iter(clauses.subjects(p, verb)), -1)
    content = next_said(ctx, paragraph, unmarked=True)
    if subject < 0 or not content or (here and ctx.quote_of[content[0][0]] == NO_QUOTE):
        return
    source = (noun_phrase(p, subject), subject)
    edges = Readings([Edges("whole", content)])
    yield Proposal(Frame("announced"), (verb, verb + 1), verb, ctx.lemma(verb), edges, lambda: source)


@rule(
    "quoted.statement",
    on=paragraphs,
    about="somebody made the statement, and quoted paragraphs follow",
    matches=(
        "[Governor Etim Ubara] (made) the statement on Tuesday at the college.\n\n{“I want them to think twice.”}",
        "[The bishop] (made) these remarks after Mass.\n\n{“We have all been tested this year.”}",
        "[Ms Diop] (made) the disclosure in Dakar on Friday.\n\n{“The firm has paid nothing.”}",
    ),
    rejects=("The chef made the cake on Tuesday.\n\n“Lemon” is its name.",),
    prior=0.9,
    taught=False,
)
def statement(ctx: Context, paragraph: TokenSpan) -> Iterator[Proposal]:
    p = ctx.parse
    first, last = p.start[paragraph[0]], p.end[paragraph[1] - 1]
    found = MADE.search(p.text, first, last)
    span = ctx.tokens(*found.span()) if found else None
    if span is None or p.sent_of[span[0]] != p.sent_of[ctx.tokens(first, last)[1] - 1]:  # type: ignore[index]
        return
    verb = span[0]
    subject = next(iter(clauses.subjects(p, verb)), -1)
    content = next_said(ctx, paragraph, unmarked=False)
    if subject >= 0 and content:
        source = (noun_phrase(p, subject), subject)
        edges = Readings([Edges("whole", content)])
        yield Proposal(Frame("statement"), (verb, verb + 1), verb, "make", edges, lambda: source)


@rule(
    "quoted.that-was",
    on=quotations,
    about="a paragraph of quotation, and whose message it was in the next",
    matches=(
        "{“We had two days of food left.”}\n\nThat was the message from [Nora Lind] when the boat reached the island.",
        "{“Stay indoors and boil your water.”}\n\nThis was the advice of [Mayor Ochoa] on Friday.",
        "{“Not in my lifetime.”}\n\nThose were the words of [Father Keane] at the gate.",
        "{“They lied to us.”} Those were the words of [Rita Amin].",
    ),
    rejects=("“Late” is a film.\n\nThat was the end of the road from Kerava.",),
    prior=0.9,
    taught=False,
)
def that_was(ctx: Context, q: int) -> Iterator[Proposal]:
    p, quote = ctx.parse, ctx.quotes[q]
    if ctx.before(quote.start) >= 0:
        return
    found = THAT_WAS.match(p.text, p.end[quote.end - 1])
    source = named(ctx, found.start("name"), found.start("name") + len(found["name"].rstrip("."))) if found else None
    if source:
        yield Proposal(Frame("that-was"), None, source[1], "", of_quotation(ctx, q, -1), lambda: source)


def openings(ctx: Context) -> Iterator[int]:
    """The first words of sentences that read like a verb of saying or writing, whatever the tagger makes of them."""
    for k, (start, end) in enumerate(ctx.parse.sents):
        word = ctx.parse.lower[start]
        if end - start > 3 and word.isalpha() and ctx.parse.words[start].istitle():
            act = cue(base_form(word, "VBD"), "VBD").act
            if act in TOLD and base_form(word, "VBD") != word and (not k or ctx.sentence(start)[0] == start):
                yield start


@rule(
    "quoted.inverted",
    on=openings,
    about="a sentence that begins with its verb of saying, then who says it, then the quotation",
    matches=(
        "(Added) [Paul Sorley], who built the bridge, {“It will stay shut.”}",
        "(Wrote) [Paul Sorley] in a letter: {“Never again.”}",
        "(Recalled) [Ada Lund], who runs the shop, {“We had no bread left on Sunday.”}",
    ),
    rejects=("Said to be haunted, the house is called “Seaview”.",),
    prior=0.9,
    taught=False,
)
def inverted(ctx: Context, verb: int) -> Iterator[Proposal]:
    p = ctx.parse
    end = ctx.sentence(verb)[1]
    q = next((ctx.quote_of[i] for i in range(verb + 1, min(end, verb + SHORT)) if ctx.quote_of[i] != NO_QUOTE), -1)
    if q < 0 or ctx.quotes[q].start <= verb + 1 or p.lower[ctx.quotes[q].start - 1] not in (",", ":"):
        return
    stop = verb + 1
    while stop < ctx.quotes[q].start and (p.tag[stop] in NAMING or p.lower[stop] in ARTICLES):
        stop += 1
    if stop > verb + 1:
        source = ((verb + 1, stop), stop - 1)
        edges = of_quotation(ctx, q, verb)
        yield Proposal(Frame("verb-first"), (verb, verb + 1), verb, ctx.lemma(verb), edges, lambda: source)


@rule(
    "quoted.held",
    on=verbs,
    about="a ruling or a judge that held that something is so",
    matches=(
        "She cited Hall v. Ostby, which (held) {that “a levy is not a tax”}.",
        "[The court] (held) {that the search was unlawful}.",
        "[Judge Aas] (holds) {that the board must pay}.",
    ),
    rejects=("The nurse held that lamp for an hour.",),
    prior=0.8,
    taught=False,
)
def held(ctx: Context, verb: int) -> Iterator[Proposal]:
    p = ctx.parse
    if ctx.lemma(verb) != "hold" or p.lower[verb + 1 : verb + 2] != ["that"]:
        return
    clause = next((c for c in p.children[verb] if c > verb and p.dep[c] in ("ccomp", "advcl")), -1)
    if clause > verb + 1:
        edges = edges_of(ctx, [("whole", [(verb + 1, p.right[clause])])], verb, p.right[clause])
        source = None if _is_case(ctx, verb) else src.source_of(ctx, verb, False)
        yield Proposal(Frame("held"), (verb, verb + 1), verb, "hold", edges, lambda: source)


def _is_case(ctx: Context, verb: int) -> bool:
    """Whether a case stands before ", which held": of Hall v. Ostby neither party speaks."""
    before = ctx.parse.lower[max(0, verb - CASE_REACH) : verb]
    return before[-2:] == [",", "which"] and not VERSUS.isdisjoint(before)


@rule(
    "quoted.put-it",
    on=verbs,
    about="puts it so, and behind a colon what is put so",
    matches=(
        "Or, as [the engineer Paul Sorley] (puts) it: {no proof, no bridge}.",
        "[Her deputy] (put) it more bluntly: {they would have starved}.",
        "[The coach] (phrased) it so: {win or go home}.",
    ),
    rejects=("She put it there: on the table by the door stood the lamp.", "He put it on the shelf."),
    prior=0.85,
    taught=False,
)
def put_it(ctx: Context, verb: int) -> Iterator[Proposal]:
    p = ctx.parse
    end = ctx.sentence(verb)[1]
    near = p.lower[verb + 1 : min(end, verb + COLON_BEHIND)]
    if ctx.lemma(verb) not in PUTTING or near[:1] != ["it"] or ":" not in near or "there" in near:
        return
    colon = verb + 1 + near.index(":")
    source = src.source_of(ctx, verb, False)
    if source and colon + 1 < end and ctx.quote_of[colon + 1] == NO_QUOTE:
        edges = edges_of(ctx, [("sentence", [(colon + 1, end)])], verb, end)
        yield Proposal(Frame("put-it"), (verb, verb + 1), verb, ctx.lemma(verb), edges, lambda: source)
