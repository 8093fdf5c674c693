"""What the layout of a line says: headlines and leads with a colon, transcripts, signatures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quotes.find import source as src
from quotes.find.candidate import Proposal, Source, TokenSpan
from quotes.find.content import breaks, edges_of, sentence_like
from quotes.find.frame import Frame
from quotes.find.rules.places import paragraphs, quotations
from quotes.find.rules.rule import rule
from quotes.grammar import clauses
from quotes.grammar.circumstances import can_hear, is_time
from quotes.grammar.context import NO_QUOTE, Context
from quotes.grammar.language import ENGLISH
from quotes.grammar.lemma import lemma as base_form
from quotes.lexicon import words
from quotes.lexicon.cues import cue

MAX_LABEL = 5
RECURS = 3
"""How many paragraphs a label must open to be a speaker's in a transcript."""
MAX_NAME = 9
MAX_SPEAKER = 5
"""How many words name who says what stands before them."""
MAX_HEADLINE = 25
FARTHEST = 40
"""How many tokens may stand before the colon of a paragraph."""
VERB_REACH = 12
"""How many tokens before the colon its verb is looked for."""
DASHES = frozenset(("—", "–", "-", "--", "―", "~"))
BRACKETS = {"(": ")", "[": "]"}
MAX_SIGNATURE = 20
MOST_ROLES = 3
"""Words of a role that may stand before a name in brackets, and the name's first."""

NO_SPEAKERS, FOREIGN, VERSUS = words("no_speakers"), words("foreign_words"), words("versus")
SEVERAL = 2
"""Foreign words from which a line is no English."""


@dataclass(slots=True)
class Colon:
    """The first colon of a paragraph that stands outside quotation marks, with words on both sides."""

    at: int
    left: TokenSpan
    right: TokenSpan
    end: int
    """The paragraph's end."""
    headline: bool
    """Whether the paragraph is the text's first."""
    label: bool
    """Whether the words before it open several paragraphs, as those of a speaker do in a transcript."""
    verb: int
    """A verb shortly before it; -1 for none."""


def colons(ctx: Context) -> Iterator[Colon]:
    """The colons of the paragraphs that have one."""
    p, known = ctx.parse, _labels(ctx)
    for start, end in p.paragraphs:
        near = range(start, min(end, start + FARTHEST))
        at = next((i for i in near if p.lower[i] == ":" and ctx.quote_of[i] == NO_QUOTE), -1)
        if at <= start:
            continue
        left, right = ctx.trim(start, at), ctx.trim(at + 1, end)
        if left is None or right is None or not _speaks(ctx, left, right):
            continue
        before = range(at - 1, max(start, at - VERB_REACH) - 1, -1)
        verb = next((i for i in before if p.tag[i] in ENGLISH.tensed or p.tag[i] == "VBG"), -1)
        yield Colon(at, left, right, end, p.para_of[start] == 0, " ".join(p.words[start:at]) in known, verb)


def _speaks(ctx: Context, left: TokenSpan, right: TokenSpan) -> bool:
    """Whether words before a colon may name a speaker: no heading (Warning, DVD review, Smith vs Jones), no time
    (10.30, October 20), not in German."""
    p = ctx.parse
    first, last, several = left[0], p.words[left[1] - 1], left[1] - left[0] > 1
    numbered = several and len(last) == 1 and last.isupper()  # Plan B, Vitamin C
    dated = p.words[first][:1].isdigit() or (several and is_time(p, first) and last[:1].isdigit())
    if dated or numbered or last.casefold() in NO_SPEAKERS or not VERSUS.isdisjoint(p.lower[first : left[1]]):
        return False
    return len(FOREIGN.intersection(p.lower[right[0] : min(right[1], right[0] + FARTHEST)])) < SEVERAL


def _labels(ctx: Context) -> frozenset[str]:
    """The names before a colon that open several paragraphs, as those of the speakers do in a transcript."""
    p = ctx.parse
    counts: Counter[str] = Counter()
    for start, end in p.paragraphs:
        lead = p.words[start : min(end, start + MAX_LABEL + 1)]
        if ":" in lead[1:] and lead[0][:1].isupper():
            counts[" ".join(lead[: lead.index(":")])] += 1
    return frozenset(label for label, times in counts.items() if times >= RECURS)


@rule(
    "line.name",
    on=colons,
    about="a name and a colon open a paragraph: headline, lead, transcript, question and answer",
    matches=(
        "[Poll](:) {Most voters want a second ballot}",
        "[Trump](:) {We will win}",
        "[THE CHAIR](:) {Please answer the question.}",
        "[Report](:) {Two engines failed before crash}",
    ),
    rejects=("The museum opened its doors on Monday.",),
    prior=0.4,
)
def name(ctx: Context, colon: Colon) -> Iterator[Proposal]:
    named = colon.at - colon.left[0] <= MAX_NAME and not _is_somebodys(ctx, colon)
    if not colon.label and colon.verb < 0 and named:
        yield _named(ctx, colon, "headline" if colon.headline else "paragraph", colon.left, colon.right)


@rule(
    "line.label",
    on=colons,
    about="a name with a colon that opens three paragraphs or more, in a text that is no transcript",
    matches=(
        "[ADEBAYO](:) {“Why did you leave?”}\n\nLUND: “I was told to.”\n\nADEBAYO: “By?”\n\nADEBAYO: “When?”",
        "Host: “Hello.”\n\nHost: “First question.”\n\n[Host](:) {“Who pays for the dam?”}\n\nRees: “We do.”",
        "[Lakers](:) {“We were slow.”}\n\nThunder: “A good night.”\n\nLakers: “Slow.”\n\nLakers: “Sorry.”",
    ),
    rejects=(
        "Note: the road is closed.\n\nThe mayor said it would open in May.",
        "March 3: A van hit a gate.\n\nMarch 3: Two men were fined.\n\nMarch 3: A dog was found.",
        "Fieldmore vs. Carrick: Prices.\n\nFieldmore vs. Carrick: Size.\n\nFieldmore vs. Carrick: Range.",
        "Related article: Anna Reyes to wed.\n\nRelated article: Two stars split.\n\nRelated article: Who won?",
    ),
    prior=0.85,
    taught=False,
)
def label(ctx: Context, colon: Colon) -> Iterator[Proposal]:
    if colon.label:
        edges = edges_of(ctx, [("paragraph", [colon.right])], colon.at, colon.right[1])
        yield Proposal(Frame("label"), (colon.at, colon.at + 1), colon.at, ":", edges, _source(colon.left))


@rule(
    "line.item",
    on=colons,
    about="a line of nothing but a name, a colon and a quotation that says something, as in a list of reactions",
    matches=(
        "What they say:\n\n[Defence lawyer Ann Toft](:) {“We will appeal.”}\n\nPolice: “no comment”",
        "What they say:\n\nLabour: rebuild it\n\n[Greens](:) {“tear it down”}",
        "The night in quotes.\n\n[City captain Lee Okoro](:) {“We earned it.”}",
    ),
    rejects=("Today's films:\n\nSalt: “a slow delight”\n\nLate Train: “four stars”", "Warning: “Keep out.”"),
    prior=0.75,
    taught=False,
)
def item(ctx: Context, colon: Colon) -> Iterator[Proposal]:
    p = ctx.parse
    named = colon.at - colon.left[0] <= MAX_NAME and p.words[colon.left[0]][:1].isupper() and colon.verb < 0
    if not named or not _all_quoted(ctx, colon.right) or _is_somebodys(ctx, colon):
        return
    says = sentence_like(ctx, ctx.quote_of[colon.right[0]])
    if says or any(p.tag[i] in p.language.verbs or p.tag[i] == "MD" for i in range(*colon.right)):
        yield _named(ctx, colon, "item", colon.left, colon.right)


@rule(
    "line.name-last",
    on=colons,
    about="a headline ends with a colon and who says so",
    matches=(
        "{Budget will hurt the poor}(:) [Bishop]",
        "{‘We were robbed’}(:) [Rovers manager]",
        "{‘Nobody told us’}(:) [flood victims]",
    ),
    rejects=("The museum opened its doors on Monday.",),
    prior=0.5,
)
def name_last(ctx: Context, colon: Colon) -> Iterator[Proposal]:
    if _trails(ctx, colon) and _is_name(ctx, colon.right) and (_all_quoted(ctx, colon.left) or _is_claim(ctx, colon)):
        yield _named(ctx, colon, "last", colon.right, colon.left)


@rule(
    "line.told",
    on=colons,
    about="a headline's quotation with a colon, then who says it to whom",
    matches=(
        "{‘Get out now’}: [mayor] (tells) low-lying suburbs",
        "{‘Pay us’}: [nurses] (tell) minister",
        "{‘No deal’}: [union] (rejects) pay offer",
    ),
    rejects=("The museum opened its doors on Monday.",),
    prior=0.7,
)
def told(ctx: Context, colon: Colon) -> Iterator[Proposal]:
    verb = _telling(ctx, colon) if _all_quoted(ctx, colon.left) and _trails(ctx, colon) else -1
    if verb >= 0 and _is_name(ctx, (colon.right[0], verb)):
        edges = edges_of(ctx, [("line", [colon.left])], verb, ctx.paragraph(verb)[1])
        source = _source((colon.right[0], verb))
        yield Proposal(Frame("colon", "told"), (verb, verb + 1), verb, ctx.lemma(verb), edges, source)


@rule(
    "line.headline",
    on=paragraphs,
    about="a headline's verb that reads like a name",
    matches=(
        "[Jones] (Slams) {New Tax On Bread}",
        "[Texas Governor] (Blasts) {Border Plan}",
        "[Senator Hale] (Slams) {Steel Tariffs}",
    ),
    rejects=("The museum opened its doors on Monday.",),
    prior=0.1,
)
def headline(ctx: Context, paragraph: TokenSpan) -> Iterator[Proposal]:
    p = ctx.parse
    start, end = ctx.trim(*paragraph) or (0, 0)
    if not 3 <= end - start <= MAX_HEADLINE or p.lower[end - 1] in (".", "?", "!"):
        return
    for i in range(start + 1, end - 1):
        if p.tag[i][0] != "N" or p.tag[i - 1][0] != "N" or ctx.quote_of[i] != NO_QUOTE:
            continue
        lemma, subject = base_form(p.lower[i], "VBZ"), ctx.trim(start, i)
        if subject is None or not cue(lemma, "VBZ").act:
            continue
        readings = [("to end", [(i + 1, end)]), *((name, [(i + 1, cut)]) for name, cut in breaks(ctx, i + 1, end))]
        edges = edges_of(ctx, readings, i, end)
        yield Proposal(Frame("headline"), (i, i + 1), i, lemma, edges, _source(subject))


@rule(
    "line.verb",
    on=colons,
    about="a verb with a colon behind it, and no quotation marks",
    matches=(
        "[The sign] (said): {No dogs on the beach.}",
        "[The sign] (says): {No swimming after dark.}",
        "[Her lawyer] (replied): {see you in court.}",
    ),
    rejects=("The museum opened its doors on Monday.",),
    prior=0.1,
)
def verb(ctx: Context, colon: Colon) -> Iterator[Proposal]:
    verb, at = colon.verb, colon.at + 1
    if colon.label or verb < 0 or ctx.quote_of[verb] != NO_QUOTE:
        return
    while at < colon.end and ctx.blank[at]:
        at += 1
    if at < colon.end and ctx.quote_of[at] != NO_QUOTE:  # which complement.quotation finds
        return
    sentence = ctx.sentence(at)[1] if at < colon.end else colon.end
    edges = edges_of(ctx, [("sentence", [(at, sentence)]), ("paragraph", [(at, colon.end)])], verb, colon.end)
    yield Proposal(Frame("colon", "verb"), (verb, verb + 1), verb, ctx.lemma(verb), edges, lambda: _subject(ctx, verb))


@rule(
    "line.signature",
    on=quotations,
    about="a name after a dash, or in brackets, behind or below a quotation",
    matches=(
        "{“I came to fish, and I stayed to vote.”}\n\n(—) [Maeve Doyle]",
        "Readers write.\n\n{“The new timetable has cost me my job.”}\n\n(–) [Tom Ashworth], Leeds",
        "{“There is no planet B.”}\n\n(—) [Ines Carvalho]",
        "{“The ferry will sail again by spring.”}\n(-)[Rita Amin], councillor\n\nThe council met.",
    ),
    rejects=("The museum opened its doors on Monday.", "“The ferry will sail” (Line 4, weekdays) is all it says."),
    prior=0.9,
    taught=False,
)
def signature(ctx: Context, q: int) -> Iterator[Proposal]:
    p, quote = ctx.parse, ctx.quotes[q]
    dash = _skip_blanks(ctx, quote.end)
    if dash >= len(p) or not (p.lower[dash] in DASHES or p.lower[dash] in BRACKETS):
        return
    start = end = _skip_blanks(ctx, dash + 1)
    limit = min(len(p), start + MAX_SIGNATURE)
    while end < limit and p.para_of[end] == p.para_of[dash] and not (ctx.blank[end] and "\n" in p.words[end]):
        end += 1
    if end > start and p.lower[end - 1] == "." and p.lower[dash] in BRACKETS:
        end -= 1
    if p.lower[dash] in BRACKETS and (end <= start or p.lower[end - 1] != BRACKETS[p.lower[dash]]):
        return
    if p.lower[dash] in BRACKETS:  # (engineer Kit Amar)
        start = next((i for i in range(start, min(start + MOST_ROLES, end)) if p.words[i][:1].isupper()), start)
    name = ctx.trim(start, next((i for i in range(start, end) if p.lower[i] in (",", "(", ")", "]")), end))
    if end == limit < len(p) or name is None or not all(p.words[i][:1].isupper() for i in (name[0], name[1] - 1)):
        return
    edges = edges_of(ctx, [("quotation", [(quote.start, quote.end)])], dash, dash + 1)
    yield Proposal(Frame("signature"), (dash, dash + 1), dash, "—", edges, _source(name))


def _trails(ctx: Context, colon: Colon) -> bool:
    """Whether few words stand behind a colon, none quoted, of a headline or of a paragraph of a quotation and these."""
    start, end = colon.right
    few = end - start <= MAX_NAME and ctx.quoted[end] == ctx.quoted[start]
    return few and not colon.label and (colon.headline or _all_quoted(ctx, colon.left))


def _is_somebodys(ctx: Context, colon: Colon) -> bool:
    """Whether a quotation follows a noun that says whose words it is, so that it is that noun's: her reply: "No." """
    p, noun = ctx.parse, colon.left[1] - 1
    quoted = ctx.quote_of[colon.right[0]] != NO_QUOTE
    return quoted and bool(cue(p.lemma(noun), p.tag[noun]).act) and clauses.possessor(p, noun) >= 0


def _is_claim(ctx: Context, colon: Colon) -> bool:
    """Whether what stands before the colon of a headline says something: words with a verb that report nothing."""
    start, end = colon.left
    verbs = [i for i in range(start, end) if ctx.parse.tag[i] in ctx.parse.language.verbs]
    asks = ctx.parse.lower[start] in ctx.parse.language.words("questions")
    return bool(verbs) and not asks and not any(ctx.verb_act(i) for i in verbs)


def _is_name(ctx: Context, span: TokenSpan) -> bool:
    """Whether a few words name somebody who may speak."""
    tags = ctx.parse.tag[slice(*span)]
    return len(tags) <= MAX_SPEAKER and can_hear(ctx.parse, span[1] - 1) and ctx.parse.language.verbs.isdisjoint(tags)


def _telling(ctx: Context, colon: Colon) -> int:
    """The verb of reporting in the words behind a colon: mayor tells suburbs; -1 for none."""
    first, end = colon.right
    return next((i for i in range(first + 1, end) if _tells(ctx, i)), -1)


def _tells(ctx: Context, i: int) -> bool:
    """Whether a token is a verb of reporting, or a noun in the plural that is one by mistake of the tagger."""
    word, tag = ctx.parse.lower[i], ctx.parse.tag[i]
    misread = tag[0] == "N" and word.endswith("s")
    if not misread and tag not in ctx.parse.language.tensed:
        return False
    return bool(cue(base_form(word, "VBZ" if misread else tag), "VBZ").act)


def _all_quoted(ctx: Context, span: TokenSpan) -> bool:
    q = ctx.quote_of[span[0]]
    return q != NO_QUOTE and (ctx.quotes[q].start, ctx.quotes[q].end) == span


def _named(ctx: Context, colon: Colon, where: str, name: TokenSpan, content: TokenSpan) -> Proposal:
    p, at, head = ctx.parse, colon.at, name[1] - 1
    shape = "name" if p.tag[head] in ENGLISH.proper else "noun" if p.tag[head][0] == "N" else "other"
    lemma = p.lower[head] if shape == "noun" else f":{shape}:{min(name[1] - name[0], 4)}"
    sentence = ctx.sentence(content[0])
    readings = [("paragraph", [content]), ("sentence", [(content[0], min(content[1], sentence[1]))])]
    edges = edges_of(ctx, readings, at, content[1])
    return Proposal(Frame("colon", where), (at, at + 1), at, lemma, edges, _source(name))


def _source(name: TokenSpan) -> Callable[[], Source]:
    """A name as a source, headed by its last word."""
    return lambda: (name, name[1] - 1)


def _subject(ctx: Context, verb: int) -> Source | None:
    found = src.mention(ctx, clauses.governing(ctx, verb)) or src.beside(ctx, verb)
    return src.outside_quotes(ctx, found, verb)


def _skip_blanks(ctx: Context, i: int) -> int:
    while i < len(ctx.blank) and ctx.blank[i]:
        i += 1
    return i
