"""The report hangs on the clause that it reports: according to X; as X put it; per X; reportedly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from quotes.find import source as src
from quotes.find.candidate import Proposal, Source, TokenSpan
from quotes.find.content import MIDDLE, edges_of
from quotes.find.frame import Frame
from quotes.find.rules.places import adverbs, prepositions, verbs
from quotes.find.rules.rule import rule
from quotes.grammar import clauses
from quotes.grammar.circumstances import can_hear, text_of
from quotes.grammar.context import NO_QUOTE, Context
from quotes.grammar.parse import Parse
from quotes.lexicon import words
from quotes.lexicon.cues import NO_TEXT, texts

WORDS_OF = words("words_of")
PREPOSITIONS = words("source_prepositions")
CLAUSES = frozenset(("advcl", "ccomp", "parataxis", "ROOT", "prep", "pcomp", "relcl"))
"""How an as-clause hangs on what it reports."""


def accordings(ctx: Context) -> Iterator[int]:
    """The tokens "according" before a "to"."""
    p = ctx.parse
    return (i for i in range(len(p) - 1) if p.lower[i] == "according" and p.lower[i + 1] == "to" and p.tag[i][0] == "V")


@rule(
    "adjunct.according-to",
    on=accordings,
    about="according to a source",
    matches=(
        "(According to) [the ministry], {exports fell by a tenth}.",
        "{Exports fell by a tenth}, (according to) [the ministry].",
        "{The suspect}, (according to) [police], {had crossed the border on foot}.",
        "(According to) [warden Pilar Oso], {the bats left in March}.",
    ),
    rejects=("He did everything by the book.",),
    prior=0.85,
)
def according_to(ctx: Context, i: int) -> Iterator[Proposal]:
    p = ctx.parse
    nouns = [c for c in p.children[i + 1] if p.dep[c] == "pobj"] or [
        c for c in p.children[i] if c > i + 1 and p.dep[c] == "pobj"
    ]
    found = src.mention(ctx, nouns[0]) if nouns else _called(p, i + 2)
    if found:
        phrase = (i, _phrase_end(ctx, found, ctx.sentence(i)))
        yield from _beside(ctx, "according", (i, i + 2), "according", found, phrase)


def _called(p: Parse, first: int) -> Source | None:
    """A name and the calling before it that the tagger takes for a verb: according to warden Pilar Oso."""
    if first >= len(p) or p.tag[first] not in p.language.verbs:
        return None
    end = first + 1
    while end < len(p) and p.tag[end] in p.language.proper:
        end += 1
    return ((first, end), end - 1) if end > first + 1 else None


@rule(
    "adjunct.as",
    on=verbs,
    about="an as-clause beside what it reports",
    matches=(
        "As [Larsen] (put) it, {the party is over}.",
        "As [the mayor] (noted), {the bridge was never safe}.",
        "As [the minister] (said), {nobody expected this}.",
    ),
    rejects=("He works as a plumber.",),
    prior=0.05,
)
def as_clause(ctx: Context, verb: int) -> Iterator[Proposal]:
    p = ctx.parse
    first = p.left[verb]
    if p.lower[first] not in ("as", "like") or p.dep[verb] not in CLAUSES:
        return
    lemma, cue = ctx.lemma(verb), (verb, verb + 1)
    found = src.outside_quotes(ctx, src.mention(ctx, clauses.subject(ctx, verb)), verb)
    if found is None:
        return
    end = p.right[verb]
    comma = next((i for i in range(verb + 1, end) if p.lower[i] == ","), end)
    yield from _beside(ctx, "as", cue, lemma, found, (first, comma))
    edges = edges_of(ctx, [("word", [(first, first + 1)])], verb, verb + 1)
    yield Proposal(Frame("as", "word"), cue, verb, lemma, edges, lambda: found)


class Phrase(NamedTuple):
    """A preposition at a sentence's beginning or end, and the source that it names."""

    start: int
    end: int
    cue: int
    """The noun that reports, or else the preposition."""
    lemma: str
    source: Source
    worded: bool
    """Whether the source hangs on a noun that reports: in the words of X, in her view."""
    per: bool
    """Whether it is "per" and somebody who speaks, or a text: per Reuters, but not per day."""

    def beside(self, ctx: Context) -> Iterator[Proposal]:
        """What stands beside it as what it reports."""
        kind = "words-of" if self.worded else "per" if self.per else "in-text"
        cue = (self.cue, self.cue + 1)
        yield from _beside(ctx, kind, cue, self.lemma, self.source, (self.start, self.end))


def phrases(ctx: Context) -> Iterator[Phrase]:
    """The prepositions that may name who says so."""
    for i in prepositions(ctx):
        if found := _phrase(ctx, i):
            yield found


def _phrase(ctx: Context, i: int) -> Phrase | None:
    p = ctx.parse
    if p.lower[i] not in PREPOSITIONS:
        return None
    noun = next((c for c in p.children[i] if c > i and p.dep[c] == "pobj"), -1)
    if noun < 0:
        return None
    first, last = ctx.sentence(i)
    beside = i == first or (p.lower[i - 1] == "," and p.right[i] >= last - 1)
    if not beside and not (p.lower[i] == "in" and texts().get(ctx.lemma(noun), NO_TEXT).source):
        return None
    lemma = f"{p.lower[i]}:{ctx.lemma(noun) if p.tag[noun] in ('NN', 'NNS') else p.tag[noun]}"
    head = noun
    if p.lower[noun] in WORDS_OF:
        below = [g for c in p.children[noun] if p.lower[c] == "of" for g in p.children[c] if p.dep[g] == "pobj"]
        head = below[0] if below else clauses.possessor(ctx.parse, noun)
    found = src.mention(ctx, head)
    own = ctx.quote_of[i] != NO_QUOTE and p.lower[head] in p.language.words("i")  # "The law, in my view, is too weak."
    if found is None or own:
        return None
    end = _phrase_end(ctx, found, (first, last)) if i != first else p.right[i]
    per = p.lower[i] == "per" and _speaks(p, noun)
    return Phrase(i, end, noun if head != noun else i, lemma, found, head != noun, per)


def _speaks(p: Parse, noun: int) -> bool:
    """Whether a noun stands for somebody or for a text, one or all of a kind and not each: the report, not person."""
    each = p.tag[noun] == "NN" and p.left[noun] == noun
    text = text_of(p, noun)
    return not each and (can_hear(p, noun) or bool(text.source or text.channel))


@rule(
    "adjunct.words-of",
    on=phrases,
    about="in the words of a source, in a source's view",
    matches=(
        "In the (words) of [one diner], {the soup was a tragedy}.",
        "In [the minister]'s (view), {the treaty is dead}.",
        "In [Dr Okoye]'s (view), {the trial ended too soon}.",
    ),
    rejects=("In the garden, a dog barked.",),
    prior=0.6,
)
def words_of(ctx: Context, phrase: Phrase) -> Iterator[Proposal]:
    if phrase.worded:
        yield from phrase.beside(ctx)


@rule(
    "adjunct.preposition",
    on=phrases,
    about="a preposition with a text that says so: in a poll",
    matches=(
        "(In) [a new poll], {the party leads by six points}.",
        "{The party leads by six points}, (in) [a new poll].",
        "(In) [the latest poll], {she is ahead by four points}.",
    ),
    rejects=("The dog barked in the garden.", "For a year, nobody spoke.", "The deal is worth $2bn, per Reuters."),
    prior=0.4,
)
def preposition(ctx: Context, phrase: Phrase) -> Iterator[Proposal]:
    if not phrase.worded and not phrase.per and text_of(ctx.parse, phrase.source[1]).source:
        yield from phrase.beside(ctx)


@rule(
    "adjunct.per",
    on=phrases,
    about="per a source",
    matches=(
        "{The deal is worth $2bn}, (per) [Reuters].",
        "{The firm will cut 400 jobs}, (per) [a statement].",
        "(Per) [the report], {two engines had failed}.",
    ),
    rejects=("The hall costs 40 euros an hour, per person.",),
    prior=0.7,
)
def per(ctx: Context, phrase: Phrase) -> Iterator[Proposal]:
    if phrase.per and not phrase.worded:
        yield from phrase.beside(ctx)


@rule(
    "adjunct.adverb",
    on=adverbs,
    about="an adverb that says that somebody said so",
    matches=(
        "{The firm} (reportedly) {sold its last ship}.",
        "{Hackers} (reportedly) {stole the records of two million patients}.",
        "(Reportedly), {the firm is up for sale}.",
    ),
    rejects=("The firm quickly sold its last ship.",),
    prior=0.1,
)
def adverb(ctx: Context, i: int) -> Iterator[Proposal]:
    lemma = ctx.parse.lower[i]
    if lemma in words("hearsay"):
        yield from _beside(ctx, "adverb", (i, i + 1), lemma, None, (i, i + 1))


def _phrase_end(ctx: Context, found: Source, sentence: TokenSpan) -> int:
    """Where the phrase that names a source ends: with its appositions, unless these run to the sentence's end."""
    (_, end), head = found
    right = max(ctx.parse.right[head], end)
    if right >= sentence[1] - 1 and end < sentence[1] and ctx.parse.lower[end] == ",":
        return end
    return right


def _beside(
    ctx: Context, kind: str, cue: TokenSpan, lemma: str, found: Source | None, phrase: TokenSpan
) -> Iterator[Proposal]:
    """A proposal whose content is the clause around a phrase, less the phrase."""
    head = cue[0]
    first, last = ctx.sentence(head)
    own = ctx.quote_of[head]
    if own != NO_QUOTE:
        first, last = max(first, ctx.quotes[own].start + 1), min(last, ctx.quotes[own].end - 1)
    left, right = ctx.trim(first, phrase[0]), ctx.trim(phrase[1], last)
    if left or right:
        frame = Frame(kind, "both" if left and right else "right" if right else "left")
        edges = edges_of(ctx, _readings(ctx, left, right, head), head, phrase[1])
        yield Proposal(frame, cue, head, lemma, edges, lambda: found)


def _readings(
    ctx: Context, left: TokenSpan | None, right: TokenSpan | None, head: int
) -> Iterator[tuple[str, list[TokenSpan]]]:
    """The words on both sides of a phrase, on the left and on the right, as far as each may belong to the content."""
    if left and right:
        yield "both", [left, right]
    if left:
        for name, span in _lefts(ctx, left, head):
            yield f"left {name}", [span]
    if right:
        yield "right", [right]
        for name, span in _rights(ctx, right):
            yield f"right {name}", [span]


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
