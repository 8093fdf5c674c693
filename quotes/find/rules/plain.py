"""Whole quotations beside a plain report, behind a colon or below a name, whatever the parse makes of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotes.find import source as src
from quotes.find.candidate import Edges, Proposal, Readings, Source, TokenSpan
from quotes.find.content import begins_sentence, edges_of, in_capitals, opens_sentence, sentence_like, with_paragraphs
from quotes.find.frame import Frame
from quotes.find.rules.complements import Complement, complements
from quotes.find.rules.left import ReportingClause, reporting_clauses
from quotes.find.rules.places import nominals, paragraphs, quotations, verbs
from quotes.find.rules.quotation import reported_quotation
from quotes.find.rules.rule import rule
from quotes.grammar import clauses
from quotes.grammar.circumstances import can_hear, text_of
from quotes.grammar.context import NO_QUOTE, Context
from quotes.grammar.labels import label
from quotes.grammar.parse import Parse
from quotes.lexicon import words
from quotes.lexicon.cues import SPOKEN, cue

REPORTED = frozenset({"ccomp", "xcomp"})
ONE_WORD = 4
"""Tokens of a quotation of one word and a comma, marks included."""
LONGEST_SIGNATURE = 15
"""Tokens of a name and what its bearer is."""
PLAIN_ADJECTIVES, CRIES, NAMED = words("plain_adjectives"), words("cries"), words("before_titles")
TALES, PLAIN_VERBS = words("tales"), words("plain_verbs")
HOW = re.compile(
    r",?\s*(?:is|was) (?:just |simply |exactly |also )?how (?P<name>[^.,;:!?\"“”\n]{2,60}?) (?:once |later |has |had )?"
    r"(?:put|puts|described?|describes|phrased?|phrases|summed|sums|explained|explains|expressed|recalled|recalls|saw|sees)\b"
)


@rule(
    "plain.behind",
    on=reporting_clauses,
    about="a whole quotation, and behind it who says it with a plain verb of speech",
    matches=(
        "{“It leaks”}, [the engineer] (wrote).",
        "{“Nobody asked us!”}, [Ms Diop] (complained).",
        "“Is it broken?” asked Runa; and {“Completely,”} (said) [the plumber].",
    ),
    rejects=(
        "The “old dam,” said to be safe, fell in May.",
        "He sang “Late Train”, the critic wrote.",
        "“It will not last.” He did not say so aloud.",
        "“It will not last.” She said she was tired.",
    ),
    prior=0.82,
    taught=False,
)
def behind(ctx: Context, clause: ReportingClause) -> Iterator[Proposal]:
    p, q = ctx.parse, ctx.quote_of[clause.boundary]
    if q in (NO_QUOTE, ctx.quote_of[clause.verb]) or clause.splits(ctx) or ctx.verb_act(clause.verb) not in SPOKEN:
        return
    quote, head = ctx.quotes[q], clause.source[1]
    closed = quote.closed and quote.end == clause.boundary + 1
    second = _is_second(ctx, q)
    short = second and quote.end - quote.start <= ONE_WORD
    titled = in_capitals(ctx, q) and not sentence_like(ctx, q) and not short
    if not closed or titled or not (second or opens_sentence(ctx, q)) or not _speaks(p, head):
        return
    if not clauses.passive(p, clause.verb) and not _tells_more(ctx, clause):
        verb = clause.verb
        edges = edges_of(ctx, [("quotation", [(quote.start, quote.end)])], verb, max(clause.end, quote.end))
        yield Proposal(Frame("behind"), (verb, verb + 1), verb, ctx.lemma(verb), edges, lambda: clause.source)


def _is_second(ctx: Context, q: int) -> bool:
    """Whether a quotation that ends at a comma stands behind another report: “Is it?” asked X; and “It is,” said Y."""
    p, quote = ctx.parse, ctx.quotes[q]
    joint = ctx.before(quote.start)
    if joint > 0 and p.tag[joint] in p.language.conjunctions:
        joint -= 1
    joined = joint > 0 and p.lower[joint] in (";", ",") and ctx.quote_of[joint] == NO_QUOTE
    said = p.words[quote.start + 1][:1].isupper() and p.lower[quote.end - 2] == ","
    return joined and said and q > 0 and ctx.quotes[q - 1].start >= ctx.sentence(joint)[0]


def _tells_more(ctx: Context, clause: ReportingClause) -> bool:
    """Whether a verb has a clause or a quotation of its own behind it: “We lost.” She said she was tired."""
    p, verb = ctx.parse, clause.verb
    if p.lower[clause.end : clause.end + 1] == [":"]:
        return True
    stopped = (
        p.lower[clause.boundary - 1 : clause.boundary + 2 : 2] != [".", ","] and p.lower[clause.boundary - 1] == "."
    )
    if stopped and any(p.words[i][:1].isalnum() for i in range(clause.source[0][1], clause.end) if i != verb):
        return True  # the next sentence
    return any(c > verb and p.dep[c] in REPORTED and ctx.quote_of[c] == ctx.quote_of[verb] for c in p.children[verb])


def _speaks(p: Parse, head: int) -> bool:
    """Whether a word may name who speaks: a person, a body, a text; no relative pronoun and no thing."""
    if p.tag[head] in p.language.personal:
        return p.lower[head] not in p.language.words("it")
    return can_hear(p, head) or bool(text_of(p, head).source)


@rule(
    "plain.that",
    on=complements,
    about="somebody who may speak, a plain verb of speech, and that something is so",
    matches=(
        "The firm has forty lifts. [It] (maintains) {that none has ever fallen}.",
        "The bank kept silent. [It] would not (confirm) {that hackers had taken the list}.",
        "[It] never (confirmed) {that the boat was lost}.",
    ),
    rejects=(
        "The lamp told him that it was late.",
        "It is said that dragons sleep.",
        "The figures show that the well is dry.",
    ),
    prior=0.6,
    taught=False,
)
def that(ctx: Context, complement: Complement) -> Iterator[Proposal]:
    p, of = ctx.parse, complement.of
    plain = complement.frame.opener == "that" and p.dep[complement.child] == "ccomp" and of.lemma in PLAIN_VERBS
    if not plain or of.passive or ctx.quote_of[of.verb] != NO_QUOTE or of.source is None:
        return
    head = of.source[1]
    if can_hear(p, head) or p.lower[head] in p.language.words("it") or bool(text_of(p, head).source):
        yield complement.proposal()


@rule(
    "plain.text",
    on=reporting_clauses,
    about="a sentence without marks, and at its end who says it with a plain verb of speech",
    matches=(
        "{The teacher left in May}, [parents] (said).",
        "{The pipe had burst at dawn}, [tenants] (complained).",
        "{The dogs had barked all night}, [neighbours] (complained).",
    ),
    rejects=("After the vote, she said no.", "The dam, engineers say, holds.", "In May, the mayor said."),
    prior=0.6,
    taught=False,
)
def text(ctx: Context, clause: ReportingClause) -> Iterator[Proposal]:
    p, verb = ctx.parse, clause.verb
    ends = clause.end >= ctx.sentence(verb)[1] or p.lower[clause.end] == "."
    plain = ctx.lemma(verb) in PLAIN_VERBS and p.lower[clause.boundary] == "," and ctx.quote_of[verb] == NO_QUOTE
    if not plain or not ends or clause.goes_on or clause.end - max(verb + 1, clause.source[0][1]) > 0:
        return
    first = ctx.sentence(verb)[0]
    if ctx.quoted[clause.boundary] > ctx.quoted[first] or p.lower[first] in p.language.words("adverbial_openers"):
        return
    whole = any(p.tag[i] in p.language.finite for i in range(first, clause.boundary))
    if whole and _speaks(p, clause.source[1]) and not clauses.passive(p, verb):
        yield clause.proposal(ctx)


@rule(
    "plain.colon",
    on=quotations,
    about="a whole quotation behind a colon, and before it who does, has or is something",
    matches=(
        "[Ida Rask] was clear: {“We will not sell.”}",
        "[Her lawyer] had one wish left: {“Leave us in peace.”}",
        "[He] shook his head: {“Not while I live.”}",
    ),
    rejects=(
        "The street has a new name: “Mill Lane.”",
        "She recorded three songs: “Salt”, “Late Train” and “Weir.”",
        "The lab wrote a paper titled: “A bound on the growth of ice in pipes.”",
        "The house had no bell: “Seaview” it was called.",
    ),
    prior=0.85,
    taught=False,
)
def colon(ctx: Context, q: int) -> Iterator[Proposal]:
    found = _before_colon(ctx, ctx.quotes[q].start)
    if found and sentence_like(ctx, q) and _is_statement(ctx, q) and not _goes_on(ctx, q):
        yield reported_quotation(ctx, q, Frame("colon", "clause"), -1, found)


@rule(
    "plain.adjective",
    on=nominals,
    about="an adjective of plain words, and behind a colon what is so plain",
    matches=(
        "[Ida Rask] was (adamant): {the land is not for sale}.",
        "[The coach] is (blunt): {they have to win on Sunday}.",
        "[Mr Tamm] was (unequivocal): {the bridge must close}.",
    ),
    rejects=("The sky was clear: the moon stood over the mill.", "The rule is clear: no dogs."),
    prior=0.75,
    taught=False,
)
def adjective(ctx: Context, i: int) -> Iterator[Proposal]:
    p, colon = ctx.parse, i + 1
    end = ctx.sentence(i)[1]
    if p.lower[i] not in PLAIN_ADJECTIVES or p.lower[colon : colon + 1] != [":"] or colon + 1 >= end:
        return
    source = _before_colon(ctx, colon + 1)
    if source and not text_of(p, source[1]).source and ctx.quote_of[colon + 1] == NO_QUOTE:
        edges = edges_of(ctx, [("sentence", [(colon + 1, end)])], i, end)
        yield Proposal(Frame("colon", "adjective"), (i, i + 1), i, ctx.lemma(i), edges, lambda: source)


def _before_colon(ctx: Context, after: int) -> Source | None:
    """The subject of the sentence that ends in a colon before a token, if it may name who speaks."""
    p, colon = ctx.parse, ctx.before(after)
    if colon < 1 or p.lower[colon] != ":" or ctx.quote_of[colon] != NO_QUOTE or p.lower[colon - 1] in NAMED:
        return None
    if p.tag[colon - 1] in p.language.tensed and ctx.verb_act(colon - 1):  # which reports the quotation
        return None
    first = max(ctx.sentence(colon - 1)[0], ctx.paragraph(colon)[0])
    for verb in range(first, colon):
        if p.tag[verb] not in p.language.verbs or p.dep[verb] in ("relcl", "advcl") or ctx.quote_of[verb] != NO_QUOTE:
            continue
        subject = clauses.subject(ctx, verb)
        if subject < 0:
            continue
        if first <= subject < verb and _speaks(p, subject) and not clauses.passive(p, verb):
            return src.outside_quotes(ctx, src.mention(ctx, subject), verb)
        return None
    return None


def _is_statement(ctx: Context, q: int) -> bool:
    """Whether a quotation of several words begins with a capital and is no title."""
    return begins_sentence(ctx, q) and not in_capitals(ctx, q)


def _goes_on(ctx: Context, q: int) -> bool:
    """Whether the writer's sentence goes on behind a quotation: with a list, or with who else says it."""
    after = ctx.after(ctx.quotes[q].end)
    if after < 0 or ctx.quote_of[after] != NO_QUOTE:
        return False
    return not ctx.parse.words[after][:1].isupper()


@rule(
    "plain.how",
    on=quotations,
    about="a quotation, and who put it so: is how she described it",
    matches=(
        "{“The wall is paper,”} is how [Ida Rask] put it.",
        "{“A long goodbye”} was how [the coach] described the season.",
        "{“We walked on ash”} is how [one nurse] sums up the night.",
    ),
    rejects=("“Late Train” is how the film begins.",),
    prior=0.9,
    taught=False,
)
def how(ctx: Context, q: int) -> Iterator[Proposal]:
    p, quote = ctx.parse, ctx.quotes[q]
    found = HOW.match(p.text, p.end[quote.end - 1], p.end[ctx.paragraph(quote.start)[1] - 1])
    name = ctx.tokens(*found.span("name")) if found else None
    if name and _speaks(p, name[1] - 1):
        yield reported_quotation(ctx, q, Frame("how"), -1, (name, name[1] - 1))


@rule(
    "plain.cries",
    on=quotations,
    about="cries, shouts or chants of a quotation; who utters them is not told",
    matches=(
        "There were (cries) of {“Shame!”} from the benches.",
        "He left to (shouts) of {“Resign!”}",
        "The (chant) of {“No more dams”} grew louder.",
    ),
    rejects=("She wrote a song of “Salt” and sand.",),
    prior=0.85,
    taught=False,
)
def cries(ctx: Context, q: int) -> Iterator[Proposal]:
    p, quote = ctx.parse, ctx.quotes[q]
    noun = quote.start - 2
    if noun < 0 or p.lower[noun + 1] != "of" or p.lower[noun] not in CRIES or ctx.quote_of[noun] != NO_QUOTE:
        return
    yield reported_quotation(ctx, q, Frame("cries"), noun, src.mention(ctx, clauses.possessor(p, noun)))


@rule(
    "plain.below",
    on=paragraphs,
    about="a line of nothing but a name, a role and a colon, and the quotation below it",
    matches=(
        "[Ida Rask], mayor of Tarn:\n\n{“The wall will be mended by May.”}\n\nThe council met.",
        "[Chairwoman Adela Quist]:\n\n{“We have read the letters, and we are sorry.”}",
        "[Tom Pyke], engineer:\n\n{“It will not.”}",
    ),
    rejects=("Related:\n\n“The road is closed.”", "Our verdict:\n\n“Late” is a film."),
    prior=0.88,
    taught=False,
)
def below(ctx: Context, paragraph: TokenSpan) -> Iterator[Proposal]:
    p = ctx.parse
    start, end = ctx.trim(*paragraph) or (0, 0)
    k = p.para_of[paragraph[0]] + 1
    if start == end or k >= len(p.paragraphs) or p.lower[end : end + 1] != [":"] or end + 1 < paragraph[1] - 1:
        return
    found = label(p.text, p.start[start], p.end[end])
    at = next((i for i in range(*p.paragraphs[k]) if not ctx.blank[i]), -1)
    q = ctx.quote_of[at] if at >= 0 else NO_QUOTE
    if found is None or found.form != "colon" or not found.strong or q == NO_QUOTE or ctx.quotes[q].start != at:
        return
    name = ctx.tokens(*found.name) if found.name else None
    if name and sentence_like(ctx, q):
        whole = Readings([Edges("whole", with_paragraphs(ctx, (at, ctx.quotes[q].end)))])
        yield Proposal(Frame("below"), None, at, "", whole, lambda: (name, name[1] - 1))


@rule(
    "plain.signed",
    on=paragraphs,
    about="a paragraph of quotation, and below it a line of nothing but a name, with or without a role",
    matches=(
        "Quote of the day\n\n{“They lied to us.”}\n\n[Rita Amin], mayor of Ostby",
        "{“We will build it again.”}\n\n[Paul Sorley]\nEngineer, Norden Bank",
        "{“The fish are back.”}\n\n[Dr Ada Lund], lead author",
    ),
    rejects=("“The fish are back.”\n\nRead more", "“The fish are back.”\n\nRita Amin was asked to leave."),
    prior=0.8,
    taught=False,
)
def signed(ctx: Context, paragraph: TokenSpan) -> Iterator[Proposal]:
    p = ctx.parse
    k = p.para_of[paragraph[0]]
    span = ctx.trim(*paragraph)
    above = ctx.trim(*p.paragraphs[k - 1]) if k else None
    q = ctx.quote_of[above[0]] if above else NO_QUOTE
    if not span or q == NO_QUOTE or (ctx.quotes[q].start, ctx.quotes[q].end) != above or not sentence_like(ctx, q):
        return
    start = p.start[span[0]]
    stop = p.text.find("\n", start, p.end[span[1] - 1])
    found = label(p.text, start, stop if stop > 0 else p.end[span[1] - 1])
    whole = p.lower[span[1] - 1 : span[1] + 1][-1:] != ["."] and span[1] - span[0] <= LONGEST_SIGNATURE
    name = ctx.tokens(*found.name) if found and found.name and found.form == "line" and found.strong else None
    if name and whole and not _tells(ctx, span):
        yield reported_quotation(ctx, q, Frame("signed"), -1, (name, name[1] - 1))


@rule(
    "plain.credited",
    on=quotations,
    about="a quotation that opens its paragraph, and behind it or on the next line nothing but a name and a role",
    matches=(
        "Quote of the day\n\n{“If it floats, we can sell it.”} [Ivo Brand], boat builder\n\nRain is likely.",
        "The village has no doctor.\n\n{“We drive two hours.”}\n[Ada Keita], midwife\n\nA clinic was promised.",
        "{“I came to fish.”} [Maria Doyle]\n\nThe bay is wide.",
    ),
    rejects=("“We drive two hours.” Ada Keita sighed.", "“We drive two hours.” Read more"),
    prior=0.82,
    taught=False,
)
def credited(ctx: Context, q: int) -> Iterator[Proposal]:
    p, quote = ctx.parse, ctx.quotes[q]
    rest = ctx.trim(quote.end, ctx.paragraph(quote.start)[1])
    if ctx.before(quote.start) >= 0 or rest is None or not sentence_like(ctx, q) or not quote.closed:
        return
    line = p.text[p.start[rest[0]] : p.end[rest[1] - 1]]
    found = label(p.text, p.start[rest[0]], p.end[rest[1] - 1]) if "\n" not in line else None
    name = ctx.tokens(*found.name) if found and found.name and found.form == "line" and found.strong else None
    short = rest[1] - rest[0] <= LONGEST_SIGNATURE and p.lower[rest[1] : rest[1] + 1] != ["."]
    if name and name[1] - name[0] > 1 and short and not _tells(ctx, rest):
        yield reported_quotation(ctx, q, Frame("credited"), -1, (name, name[1] - 1))


def _tells(ctx: Context, span: TokenSpan) -> bool:
    """Whether a line tells what somebody does, and is no signature."""
    p = ctx.parse
    return any(p.tag[i] in p.language.tensed for i in range(*span))


@rule(
    "plain.noun",
    on=quotations,
    about="a noun of speech that is nobody's, and behind a colon the quotation",
    matches=(
        "From the pulpit came a (warning): {“The flood will return.”}",
        "There was one piece of (advice): {“Buy a boat.”}",
        "The river left a (message): {“You were told.”}",
    ),
    rejects=("The (weir) has a name: “Seaview”.", "Her (reply): “No way.”"),
    prior=0.75,
    taught=False,
)
def noun(ctx: Context, q: int) -> Iterator[Proposal]:
    p, quote = ctx.parse, ctx.quotes[q]
    head = quote.start - 2
    if head < 0 or p.lower[head + 1] != ":" or ctx.quote_of[head] != NO_QUOTE or clauses.possessor(p, head) >= 0:
        return
    told = p.tag[head] in p.language.nouns and cue(p.lemma(head), p.tag[head]).act == "speech"
    if told and sentence_like(ctx, q) and _is_statement(ctx, q) and not _goes_on(ctx, q):
        yield reported_quotation(ctx, q, Frame("noun", "colon"), head, None)


@rule(
    "plain.has-it",
    on=verbs,
    about="what hearsay has: word, legend or rumour has it that something is so",
    matches=(
        "[Legend] (has) it {that a drowned bell rings at midnight}.",
        "[Word] (has) it {that the inn is haunted}.",
        "[Local tradition] (had) it {that the well was poisoned}.",
    ),
    rejects=("The law has it that way.", "She has it that bad."),
    prior=0.75,
    taught=False,
)
def has_it(ctx: Context, verb: int) -> Iterator[Proposal]:
    p = ctx.parse
    subject = clauses.subject(ctx, verb) if ctx.lemma(verb) == "have" else -1
    if subject < 0 or p.lower[verb + 1 : verb + 3] != ["it", "that"] or p.lemma(subject) not in TALES:
        return
    clause = next((c for c in p.children[verb] if c > verb + 2 and p.dep[c] in REPORTED), -1)
    if clause > 0:
        source = src.mention(ctx, subject)
        edges = edges_of(ctx, [("whole", [(verb + 2, p.right[clause])])], verb, p.right[clause])
        yield Proposal(Frame("has-it"), (verb, verb + 1), verb, "have", edges, lambda: source)
