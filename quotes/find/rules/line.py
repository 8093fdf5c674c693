"""What the layout of a line says: headlines and leads with a colon, transcripts, signatures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from quotes.find import source as src
from quotes.find.candidate import Proposal, TokenSpan
from quotes.find.content import breaks, edges_of
from quotes.find.rules.rule import Rule
from quotes.grammar import clauses
from quotes.grammar.context import NO_QUOTE, Context
from quotes.grammar.lemma import lemma as base_form
from quotes.grammar.parse import PROPER, TENSED
from quotes.lexicon.cues import cue

MAX_LABEL = 5
RECURS = 3
"""How many paragraphs a label must open to be a speaker's in a transcript."""
MAX_NAME = 9
MAX_HEADLINE = 25
DASHES = frozenset(("—", "–", "-", "--", "―", "~"))
MAX_SIGNATURE = 12

RULES = (
    Rule(
        "line.name",
        "a name and a colon open a paragraph: headline, lead, transcript, question and answer",
        (
            "[Poll](:) {Most voters want a second ballot}",
            "[Trump](:) {We will win}",
            "[THE CHAIR](:) {Please answer the question.}",
            "A talk with the author.\n\n[Q](:) {Where did you write it?}\n\nA: In a shed in Galway.",
        ),
        ("The museum opened its doors on Monday.",),
    ),
    Rule(
        "line.label",
        "a name with a colon that opens three paragraphs or more: a transcript",
        (
            "[ADEBAYO](:) {Why did you leave the bank?}\n\nLUND: I was told to.\n\nADEBAYO: By?\n\nADEBAYO: When?",
            "HOST: Welcome.\n\nHOST: First question.\n\n[HOST](:) {Who pays for the dam?}\n\nREES: We do.",
            "[Q](:) {Are you worried?}\n\nA: No.\n\nQ: Not even now?\n\nQ: And next year?",
        ),
        ("Note: the road is closed.\n\nThe mayor said it would open in May.",),
    ),
    Rule(
        "line.name-last",
        "a headline ends with a colon and a name",
        (
            "{Budget will hurt the poor}(:) [Bishop]",
            "{‘We were robbed’}(:) [Rovers manager]",
            "{Rates to stay low until 2027}(:) [central bank]",
        ),
        ("The museum opened its doors on Monday.",),
    ),
    Rule(
        "line.told",
        "a headline's quotation with a colon, then who says it to whom",
        (
            "{‘Get out now’}: [mayor] (tells) low-lying suburbs",
            "{“It was a mistake”}: [Minister] (admits) error over ferries",
            "{‘No deal’}: [union] (rejects) pay offer",
        ),
        ("The museum opened its doors on Monday.",),
    ),
    Rule(
        "line.headline",
        "a headline's verb that reads like a name",
        (
            "[Jones] (Slams) {New Tax On Bread}",
            "[Texas Governor] (Blasts) {Border Plan}",
            "[Senator Hale] (Backs) {Steel Tariffs}",
        ),
        ("The museum opened its doors on Monday.",),
    ),
    Rule(
        "line.verb",
        "a verb with a colon behind it, and no quotation marks",
        (
            "[Smith] (said): {the road is closed.}",
            "[The notice] (says): {no dogs on the beach.}",
            "[Her lawyer] (replied): {see you in court.}",
        ),
        ("The museum opened its doors on Monday.",),
    ),
    Rule(
        "line.signature",
        "a name after a dash below a quotation",
        (
            "{“I came to fish, and I stayed to vote.”}\n\n(—) [Maeve Doyle]",
            "Readers write.\n\n{“The new timetable has cost me my job.”}\n\n(–) [Tom Ashworth], Leeds",
            "{“There is no planet B.”}\n\n(—) [Ines Carvalho]",
        ),
        ("The museum opened its doors on Monday.",),
    ),
)


def labels(ctx: Context) -> frozenset[str]:
    """The names before a colon that open several paragraphs, as those of the speakers do in a transcript."""
    p = ctx.parse
    counts: Counter[str] = Counter()
    for start, end in p.paragraphs:
        lead = p.words[start : min(end, start + MAX_LABEL + 1)]
        if ":" in lead[1:] and lead[0][:1].isupper():
            counts[" ".join(lead[: lead.index(":")])] += 1
    return frozenset(label for label, times in counts.items() if times >= RECURS)


def colons(ctx: Context, paragraph: TokenSpan, speakers: frozenset[str] = frozenset()) -> Iterator[Proposal]:
    """Proposals for the first colon of a paragraph outside quotation marks; speakers are the text's labels."""
    p = ctx.parse
    start, end = paragraph
    colon = next(
        (i for i in range(start, min(end, start + 40)) if p.lower[i] == ":" and ctx.quote_of[i] == NO_QUOTE), -1
    )
    if colon <= start:
        return
    left, right = ctx.trim(start, colon), ctx.trim(colon + 1, end)
    if left is None or right is None:
        return
    if " ".join(p.words[start:colon]) in speakers:
        edges = edges_of(ctx, [("paragraph", [right])], colon, right[1])
        if edges:
            yield Proposal("line.label", "label", (colon, colon + 1), colon, ":", left, left[1] - 1, edges)
        return
    near = range(colon - 1, max(start, colon - 12) - 1, -1)
    verb = next((i for i in near if p.tag[i] in TENSED or p.tag[i] == "VBG"), -1)
    if verb >= 0:
        yield from _verb(ctx, verb, colon, end)
    kind = "headline" if p.para_of[start] == 0 else "paragraph"
    if colon - left[0] <= MAX_NAME and verb < 0:
        yield from _named(ctx, "line.name", f"colon:{kind}", left, right, colon)
    if right[1] - right[0] <= MAX_NAME and (kind == "headline" or _all_quoted(ctx, left)):
        tells = next((i for i in range(right[0] + 1, right[1]) if p.tag[i] in ("VBZ", "VBD") or _tells(ctx, i)), -1)
        if tells < 0:
            yield from _named(ctx, "line.name-last", "colon:last", right, left, colon)
        else:
            yield from _told(ctx, (right[0], tells), tells, left)


def _told(ctx: Context, name: TokenSpan, verb: int, content: TokenSpan) -> Iterator[Proposal]:
    """'Get out now': mayor tells suburbs."""
    lemma = ctx.lemma(verb)
    if ctx.plausible(lemma, "colon:told"):
        edges = edges_of(ctx, [("line", [content])], verb, ctx.paragraph(verb)[1])
        if edges:
            yield Proposal("line.told", "colon:told", (verb, verb + 1), verb, lemma, name, name[1] - 1, edges)


def _tells(ctx: Context, i: int) -> bool:
    """Whether a token reads like a verb of reporting in the present tense, though the tagger took it for a noun."""
    word = ctx.parse.lower[i]
    return ctx.parse.tag[i][0] == "N" and word.endswith("s") and bool(cue(base_form(word, "VBZ"), "VBZ").act)


def _all_quoted(ctx: Context, span: TokenSpan) -> bool:
    q = ctx.quote_of[span[0]]
    return q != NO_QUOTE and (ctx.quotes[q].start, ctx.quotes[q].end) == span


def headline(ctx: Context, paragraph: TokenSpan) -> Iterator[Proposal]:
    """Proposals for the reporting verbs of a headline that the tagger took for names: Jones Slams New Tax."""
    p = ctx.parse
    start, end = ctx.trim(*paragraph) or (0, 0)
    if not 3 <= end - start <= MAX_HEADLINE or p.lower[end - 1] in (".", "?", "!"):
        return
    for i in range(start + 1, end - 1):
        if p.tag[i][0] != "N" or p.tag[i - 1][0] != "N" or ctx.quote_of[i] != NO_QUOTE:
            continue
        lemma = base_form(p.lower[i], "VBZ")
        if not cue(lemma, "VBZ").act or not ctx.plausible(lemma, "headline"):
            continue
        readings = [("to end", [(i + 1, end)]), *((name, [(i + 1, cut)]) for name, cut in breaks(ctx, i + 1, end))]
        edges = edges_of(ctx, readings, i, end)
        name = ctx.trim(start, i)
        if edges and name:
            yield Proposal("line.headline", "headline", (i, i + 1), i, lemma, name, i - 1, edges)
            return


def _named(ctx: Context, rule: str, frame: str, name: TokenSpan, content: TokenSpan, colon: int) -> Iterator[Proposal]:
    p = ctx.parse
    head = name[1] - 1
    shape = "name" if p.tag[head] in PROPER else "noun" if p.tag[head][0] == "N" else "other"
    lemma = p.lower[head] if shape == "noun" else f":{shape}:{min(name[1] - name[0], 4)}"
    if not ctx.plausible(lemma, frame):
        return
    sentence = ctx.sentence(content[0])
    readings = [("paragraph", [content]), ("sentence", [(content[0], min(content[1], sentence[1]))])]
    edges = edges_of(ctx, readings, colon, content[1])
    if edges:
        yield Proposal(rule, frame, (colon, colon + 1), colon, lemma, name, head, edges)


def _verb(ctx: Context, verb: int, colon: int, end: int) -> Iterator[Proposal]:
    lemma = ctx.lemma(verb)
    if not ctx.plausible(lemma, "colon:verb") or ctx.quote_of[verb] != NO_QUOTE:
        return
    found = src.outside_quotes(ctx, src.mention(ctx, clauses.governing(ctx, verb)) or src.beside(ctx, verb), verb)
    at = colon + 1
    while at < end and ctx.blank[at]:
        at += 1
    sentence = ctx.sentence(at)[1] if at < end else end
    readings = [("sentence", [(at, sentence)]), ("paragraph", [(at, end)])]
    edges = edges_of(ctx, readings, verb, end)
    if edges:
        span, head = found if found else (None, -1)
        yield Proposal("line.verb", "colon:verb", (verb, verb + 1), verb, lemma, span, head, edges)


def signature(ctx: Context, q: int) -> Iterator[Proposal]:
    """A proposal for the q-th quotation if a dash and a name follow it, on its line or below."""
    p, quote = ctx.parse, ctx.quotes[q]
    dash = _skip_blanks(ctx, quote.end)
    if dash >= len(p) or p.lower[dash] not in DASHES or not ctx.plausible("—", "signature"):
        return
    start = end = _skip_blanks(ctx, dash + 1)
    limit = min(len(p), start + MAX_SIGNATURE)
    while end < limit and p.para_of[end] == p.para_of[dash] and not (ctx.blank[end] and "\n" in p.words[end]):
        end += 1
    name = ctx.trim(start, next((i for i in range(start, end) if p.lower[i] in (",", "(")), end))
    if end == limit < len(p) or name is None or not all(p.words[i][:1].isupper() for i in (name[0], name[1] - 1)):
        return
    edges = edges_of(ctx, [("quotation", [(quote.start, quote.end)])], dash, dash + 1)
    if edges:
        yield Proposal("line.signature", "signature", (dash, dash + 1), dash, "—", name, name[1] - 1, edges)


def _skip_blanks(ctx: Context, i: int) -> int:
    while i < len(ctx.blank) and ctx.blank[i]:
        i += 1
    return i
