"""Quotations without a cue beside them: whole sentences that stand alone after the writer's own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.find.candidate import Content, Edges, Proposal, Readings, TokenSpan
from quotes.find.content import sentence_like
from quotes.find.frame import Frame
from quotes.find.rules.rule import BOOK, rule
from quotes.grammar.context import NO_QUOTE, Context, Quoted

MIN_WORDS = 4
MIN_WORDS_OF_LINE = 3
LEAST_REPEATED = 3
"""Blanks in words that are no chance repetition."""
GOING_ON = frozenset((",", ";", ":", "-", "–", "—", "--", ")"))
"""What goes on with a sentence after a quotation."""
ITEMS = frozenset("-–—*•·▪◦►>#")
"""What opens an item of a list."""


def unclaimed(ctx: Context) -> Iterator[Content]:
    """The quotations that no attribution claims: none until the attributions are chosen; see proposals_left."""
    return iter(())


@rule(
    "floating.sentence",
    on=unclaimed,
    about="a quotation of whole sentences that no cue claims",
    matches=(
        "The hall was full by seven. {“Nobody asked us about the road.”} The meeting ended at nine.",
        "The nurses have been out since March.\n\n{“We would rather be on the ward.”}\n\nThe talks go on.",
        "The shop will close in the autumn. {“I shall miss the place. It was like a home.”}",
    ),
    rejects=(
        "The band played “Late Train” and “Salt” before the rain came.",
        "The so-called “tax on fresh air” passed by one vote.",
    ),
    prior=0.4,
    taught=False,
)
def sentence(ctx: Context, group: Content) -> Iterator[Proposal]:
    if not ctx.conversation:
        yield Proposal(Frame("floating"), None, group[0][0], "", Readings([Edges("whole", group)]))


@rule(
    "floating.again",
    on=unclaimed,
    about="the same behind another quotation of its paragraph: who spoke there goes on",
    matches=(
        "“I have one question,” the judge said. He shut the file. {“Where were you on Tuesday?”}",
        "“We lost,” said Holm. The hall was quiet. {“We deserved nothing else.”}",
        "She called it “a farce” on Friday. The clerk wept. {“Nobody has read the letter to this day.”}",
    ),
    rejects=("The hall was full by seven. “Nobody asked us about the road.” The meeting ended at nine.",),
    prior=0.75,
    taught=False,
)
def again(ctx: Context, group: Content) -> Iterator[Proposal]:
    q = ctx.quote_of[group[0][0]]
    if not ctx.conversation and q and ctx.parse.para_of[ctx.quotes[q - 1].start] == ctx.parse.para_of[group[0][0]]:
        yield Proposal(Frame("again"), None, group[0][0], "", Readings([Edges("whole", group)]))


@rule(
    "floating.line",
    on=unclaimed,
    about="in a conversation, a line that no cue claims, be it one word",
    matches=(
        "“Is the key in the lock?” Marta asked her brother.\n\n{“No.”}\n\n“All right,” said Marta.",
        "“Who is it?”\n\n{“Your aunt.”}\n\n“Again!” he groaned.",
        "“Can you lend me the boat?” said Ines.\n\n{“My brother has it.”}\n\n“Then I will ask him!”",
    ),
    rejects=("The hall was full by seven. “Nobody asked us about the road.” The meeting ended at nine.",),
    prior=0.9,
    taught=False,
)
def line(ctx: Context, group: Content) -> Iterator[Proposal]:
    if ctx.conversation:
        yield Proposal(Frame("line"), None, group[0][0], "", Readings([Edges("whole", group)]))


def proposals_left(ctx: Context, taken: Sequence[TokenSpan]) -> Iterator[Proposal]:
    """Proposals, without cue and source, for the quotations that no attribution claims.

    A quotation counts if it is a sentence or several by itself, of at least four words, and neither begins nor goes on
    inside a sentence of the writer's; or if it fills its line, as a headline does. In a conversation one word is
    enough. Those that follow each other directly are parts of one. Claims inside a quotation, on what it quotes in its
    turn, leave it free.

    One that only repeats what is claimed, as a pull quote does, is left out.

    Args:
        ctx: the text.
        taken: the token spans of the contents, sources and cues already claimed.

    Yields:
        proposals in text order, of one reading each.
    """
    claimed = _claimed(ctx, taken)
    groups: list[list[TokenSpan]] = []
    for q, quote in enumerate(ctx.quotes):
        if q in claimed or not _stands_free(ctx, q):
            continue
        span = (quote.start, quote.end)
        if groups and _adjoin(ctx, groups[-1][-1], span):
            groups[-1].append(span)
        else:
            groups.append([span])
    said = [_words(ctx, span) for span in taken] if groups else []
    fresh = (tuple(group) for group in groups if not _repeated(" ".join(_words(ctx, span) for span in group), said))
    return BOOK.proposals_on(unclaimed, ctx, fresh)


def _words(ctx: Context, span: TokenSpan) -> str:
    """The words of a span, in small letters, without marks and punctuation."""
    return " ".join(word for word in ctx.parse.lower[slice(*span)] if word[:1].isalnum())


def _repeated(words: str, said: Sequence[str]) -> bool:
    """Whether words of some length stand in something that was said."""
    return words.count(" ") >= LEAST_REPEATED and any(f" {words} " in f" {other} " for other in said)


def _claimed(ctx: Context, taken: Sequence[TokenSpan]) -> set[int]:
    """The quotations of which a span takes more than words inside the marks."""
    claimed = set()
    for start, end in taken:
        for q in set(ctx.quote_of[start:end]) - {NO_QUOTE}:
            quote = ctx.quotes[q]
            if start <= quote.start or end > quote.end - quote.closed:
                claimed.add(q)
    return claimed


def _stands_free(ctx: Context, q: int) -> bool:
    """Whether a quotation is sentences by itself, with nothing of the writer's sentence on either side."""
    p, quote = ctx.parse, ctx.quotes[q]
    words = sum(any(c.isalnum() for c in p.words[i]) for i in range(quote.start, quote.end))
    if words >= MIN_WORDS_OF_LINE and _fills_line(ctx, quote):
        return True
    if ctx.conversation:
        return _is_line(ctx, q)
    if words < MIN_WORDS or not sentence_like(ctx, q) or not _capital(ctx, quote):
        return False
    before, after = ctx.before(quote.start), ctx.after(quote.end)
    if before >= 0 and (p.lower[before][-1:] not in ".?!…:”’\"')" or p.lower[before] in ITEMS):
        return False
    if after < 0:
        return True
    first = p.words[after][:1]
    return first.isupper() or not (first.isalnum() or p.lower[after] in GOING_ON)


def _is_line(ctx: Context, q: int) -> bool:
    """Whether a quotation of a conversation is a line that somebody says: it opens its paragraph or follows a sentence,
    and begins with a capital. One word is enough: “No.”"""
    quote = ctx.quotes[q]
    before = ctx.before(quote.start)
    fresh = before < 0 or ctx.parse.lower[before][-1:] in ".?!…:”’\"'—"
    return fresh and _capital(ctx, quote) and (before < 0 or sentence_like(ctx, q))


def _capital(ctx: Context, quote: Quoted) -> bool:
    """Whether the first word of a quotation has a capital."""
    first = next((w for w in ctx.parse.words[quote.start : quote.end] if w[:1].isalnum()), "")
    return not first[:1].islower()


def _fills_line(ctx: Context, quote: Quoted) -> bool:
    """Whether nothing else stands in a quotation's line or paragraph, or before the colon of a headline."""
    p = ctx.parse
    start, end = p.paragraphs[p.para_of[quote.start]]
    before = p.text[p.end[quote.start - 1] - 1 : p.start[quote.start]] if quote.start > start else "\n"
    after = p.text[p.end[quote.end - 1] : p.start[quote.end] + 1] if quote.end < end else "\n"
    return "\n" in before and ("\n" in after or (after == ":" and start == 0))


def _adjoin(ctx: Context, first: TokenSpan, second: TokenSpan) -> bool:
    """Whether nothing but blank space parts two quotations, the second in the same paragraph or the next where the
    first runs on."""
    return all(ctx.blank[i] for i in range(first[1], second[0])) and (
        ctx.parse.para_of[first[0]] == ctx.parse.para_of[second[0]] or ctx.quotes[ctx.quote_of[first[0]]].continues
    )
