"""The report hangs on the clause that it reports: according to X; as X put it; per X; reportedly."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.find import source as src
from quotes.find.candidate import Proposal, TokenSpan
from quotes.find.content import MIDDLE, edges_of
from quotes.find.rules.rule import Rule
from quotes.grammar import clauses
from quotes.grammar.context import NO_QUOTE, Context
from quotes.lexicon import words
from quotes.lexicon.cues import NO_TEXT, texts

WORDS_OF = frozenset(
    ("words", "view", "opinion", "telling", "account", "phrase", "estimation", "reckoning", "eyes", "mind")
)
PREPOSITIONS = frozenset(("per", "in", "to", "for", "under", "among", "by"))

RULES = (
    Rule(
        "adjunct.according-to",
        "according to a source",
        (
            "(According to) [the ministry], {exports fell by a tenth}.",
            "{Exports fell by a tenth}, (according to) [the ministry].",
            "{The suspect}, (according to) [police], {had crossed the border on foot}.",
        ),
        ("He did everything by the book.",),
    ),
    Rule(
        "adjunct.as",
        "an as-clause beside what it reports",
        (
            "As [Larsen] (put) it, {the party is over}.",
            "{The party is over}, as [Larsen] (noted).",
            "As [the minister] (said), {nobody expected this}.",
        ),
        ("He works as a plumber.",),
    ),
    Rule(
        "adjunct.words-of",
        "in the words of a source, in a source's view",
        (
            "In the (words) of [one diner], {the soup was a tragedy}.",
            "{The merger was}, in the (words) of [the chairman], {a costly mistake}.",
            "In [her] (view), {the law is too weak}.",
        ),
        ("In the garden, a dog barked.",),
    ),
    Rule(
        "adjunct.preposition",
        "a preposition that names who says so: per, in a poll, for somebody",
        (
            "{The deal is worth $2bn}, (per) [Reuters].",
            "(In) [a new poll], {the party leads by six points}.",
            "(For) [Keane], {the match was over by half-time}.",
        ),
        ("The dog barked in the garden.",),
    ),
    Rule(
        "adjunct.adverb",
        "an adverb that says that somebody said so",
        (
            "{The firm} (reportedly) {sold its last ship}.",
            "{Two officers} (allegedly) {took bribes}.",
            "(Apparently), {the keeper was injured in training}.",
        ),
        ("The firm quickly sold its last ship.",),
    ),
)


def according(ctx: Context, i: int) -> Iterator[Proposal]:
    """Proposals for "according", token i, with its "to"."""
    p = ctx.parse
    if i + 1 >= len(p) or p.lower[i + 1] != "to":
        return
    nouns = [c for c in p.children[i + 1] if p.dep[c] == "pobj"] or [
        c for c in p.children[i] if c > i + 1 and p.dep[c] == "pobj"
    ]
    found = src.mention(ctx, nouns[0]) if nouns else None
    if found is None:
        return
    phrase = (i, _phrase_end(ctx, found, ctx.sentence(i)))
    yield from _beside(ctx, "adjunct.according-to", "according", (i, i + 2), i, "according", found, phrase)


def _phrase_end(ctx: Context, found: src.Source, sentence: TokenSpan) -> int:
    """Where the phrase that names a source ends: with its appositions, unless these run to the sentence's end."""
    (_, end), head = found
    right = max(ctx.parse.right[head], end)
    if right >= sentence[1] - 1 and end < sentence[1] and ctx.parse.lower[end] == ",":
        return end
    return right


def as_clause(ctx: Context, verb: int) -> Iterator[Proposal]:
    """Proposals for a verb in an as-clause."""
    p = ctx.parse
    first = p.left[verb]
    if p.lower[first] not in ("as", "like") or p.dep[verb] not in (
        "advcl",
        "ccomp",
        "parataxis",
        "ROOT",
        "prep",
        "pcomp",
        "relcl",
    ):
        return
    lemma = ctx.lemma(verb)
    found = src.outside_quotes(ctx, src.mention(ctx, clauses.subject(ctx, verb)), verb)
    if found is None:
        return
    end = p.right[verb]
    comma = next((i for i in range(verb + 1, end) if p.lower[i] == ","), end)
    for phrase in ((first, comma),):
        yield from _beside(ctx, "adjunct.as", "as", (verb, verb + 1), verb, lemma, found, phrase)
    if ctx.plausible(lemma, "as:word"):
        edges = edges_of(ctx, [("word", [(first, first + 1)])], verb, verb + 1)
        if edges:
            yield Proposal("adjunct.as", "as:word", (verb, verb + 1), verb, lemma, *src.spread(found), edges)


def words_of(ctx: Context, i: int) -> Iterator[Proposal]:
    """Proposals for a preposition, token i, that opens or closes a sentence: in the words of X; per X; in a poll."""
    p = ctx.parse
    nouns = [c for c in p.children[i] if c > i and p.dep[c] == "pobj"]
    if not nouns or p.lower[i] not in PREPOSITIONS:
        return
    first, last = ctx.sentence(i)
    noun = nouns[0]
    beside = i == first or (p.lower[i - 1] == "," and p.right[i] >= last - 1) or p.lower[i] == "per"
    if not beside and not (p.lower[i] == "in" and texts().get(ctx.lemma(noun), NO_TEXT).source):
        return
    lemma = f"{p.lower[i]}:{ctx.lemma(noun) if p.tag[noun] in ('NN', 'NNS') else p.tag[noun]}"
    head = noun
    if p.lower[noun] in WORDS_OF:
        below = [g for c in p.children[noun] if p.lower[c] == "of" for g in p.children[c] if p.dep[g] == "pobj"]
        head = below[0] if below else clauses.possessor(ctx.parse, noun)
    found = src.mention(ctx, head)
    if found:
        cue = (noun, noun + 1) if head != noun else (i, i + 1)
        rule = "adjunct.words-of" if head != noun else "adjunct.preposition"
        end = _phrase_end(ctx, found, (first, last)) if i != first else p.right[i]
        yield from _beside(ctx, rule, "words-of", cue, cue[0], lemma, found, (i, end))


def adverb(ctx: Context, i: int) -> Iterator[Proposal]:
    """Proposals for an adverb, token i, such as "reportedly"."""
    lemma = ctx.parse.lower[i]
    if lemma not in words("hearsay"):
        return
    yield from _beside(ctx, "adjunct.adverb", "adverb", (i, i + 1), i, lemma, None, (i, i + 1))


def _beside(
    ctx: Context,
    rule: str,
    kind: str,
    cue: TokenSpan,
    head: int,
    lemma: str,
    found: src.Source | None,
    phrase: TokenSpan,
) -> Iterator[Proposal]:
    """A proposal whose content is the clause around a phrase, less the phrase."""
    first, last = ctx.sentence(head)
    own = ctx.quote_of[head]
    if own != NO_QUOTE:
        first, last = max(first, ctx.quotes[own].start + 1), min(last, ctx.quotes[own].end - 1)
    left, right = ctx.trim(first, phrase[0]), ctx.trim(phrase[1], last)
    side = "both" if left and right else "right" if right else "left"
    frame = f"{kind}:{side}"
    if not (left or right) or not ctx.plausible(lemma, frame):
        return
    readings: list[tuple[str, list[TokenSpan]]] = []
    if left and right:
        readings.append(("both", [left, right]))
    if left:
        readings += [(f"left {name}", [span]) for name, span in _lefts(ctx, left, head)]
    if right:
        readings.append(("right", [right]))
        readings += [(f"right {name}", [span]) for name, span in _rights(ctx, right)]
    edges = edges_of(ctx, readings, head, phrase[1])
    if edges:
        yield Proposal(rule, frame, cue, head, lemma, *src.spread(found), edges)


def _lefts(ctx: Context, span: TokenSpan, head: int) -> Iterator[tuple[str, TokenSpan]]:
    """Where the reported clause may begin: the sentence, after a break, the clauses that govern the phrase."""
    p = ctx.parse
    yield "sentence", span
    comma = next((i for i in range(*span) if p.lower[i] == ","), -1)
    if span[0] < comma < span[1] - 2:
        yield "less lead", (comma + 1, span[1])
    up, climbs = p.head[head], 0
    while climbs < 4 and span[0] <= up < span[1]:
        if p.left[up] > span[0] and (p.tag[up][0] == "V" or p.tag[up][0] == "N"):
            yield f"clause {p.dep[up]}", (p.left[up], span[1])
        if p.head[up] == up:
            break
        up = p.head[up]
        climbs += 1
    for i in range(span[1] - 2, span[0], -1):
        if (p.lower[i] in MIDDLE or (p.lower[i] == "," and p.tag[i + 1] == "CC")) and ctx.quote_of[i] == ctx.quote_of[
            head
        ]:
            yield "after break", (i + 1 + (p.tag[i + 1] == "CC"), span[1])
            return


def _rights(ctx: Context, span: TokenSpan) -> Iterator[tuple[str, TokenSpan]]:
    p = ctx.parse
    for i in range(span[0] + 2, span[1] - 1):
        if p.lower[i] in MIDDLE or (p.lower[i] == "," and p.tag[i + 1] == "CC"):
            yield "to break", (span[0], i)
            return
