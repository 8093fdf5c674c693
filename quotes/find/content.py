"""Where a content begins and ends: whole quotations, parts that go on after the cue, and the readings of an edge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from quotes.find.candidate import Content, Edges, Readings, TokenSpan
from quotes.find.denied import is_denied
from quotes.grammar.circumstances import circumstance, tells_when
from quotes.grammar.clauses import speaks_again
from quotes.grammar.context import NO_QUOTE, REACH, Context
from quotes.grammar.negation import negates
from quotes.grammar.phrases import objects_of
from quotes.lexicon import words

JOINTS = frozenset((",", ";", "—", "–", "--"))
"""Punctuation that joins what follows to a content."""
BREAKING = JOINTS | {":", "-", "(", "..."}
"""Punctuation at which a content may end."""
ASIDES = words("aside_openers")
"""What opens a clause of the writer's behind a quotation."""
COMMENTS = words("comments_on")
CONCESSIONS, CONCEDING, WITHHOLDING = words("concession_openers"), words("conceding"), words("withholding")
STANDING_IN = words("standing_in")
MAX_EDGES = 10
LEAST_IN_PART = 6
"""How many tokens a quotation has, marks included, for the words behind it to belong to a quote with it."""
MAX_DEPTH = 40
LONG_WORD = 4
"""Letters from which a word of a title has a capital."""
STOPS = frozenset(".,?!")
CLOSING_PUNCTUATION = frozenset(".?!…—–-")
LEAST_SAID = 2
"""Words of a quotation that is a sentence by itself."""
CLOSING_MARKS = "\"'”’“‘)"
SENTENCE_BEFORE = frozenset(("", ".", "!", "?", "…", ":"))
"""What ends the sentence before a quotation, marks taken off."""
INNER_MARKS = frozenset("\"'”’")
TAGS = ("#", "@", "http")
"""What stands behind the words of a post."""
MIDDLE = frozenset((";", ":", "—", "–", "--", "..."))


def whole_quotes(ctx: Context, start: int, end: int, cue: int) -> TokenSpan | None:
    """A span moved to the edges of the quotations it begins or ends in; inside the cue's own quotation, clipped to it.

    None if nothing but punctuation is left or the span would take in the cue.
    """
    inner = ctx.quote_of[cue] if cue >= 0 else NO_QUOTE
    trimmed = ctx.trim(start, end)
    while trimmed is not None and _conjunction(ctx, trimmed[1] - 1):
        trimmed = ctx.trim(start, trimmed[1] - 1)
    if trimmed is None:
        return None
    start, end = trimmed
    first, last = ctx.quote_of[start], ctx.quote_of[end - 1]
    if first not in (NO_QUOTE, inner):
        start = ctx.quotes[first].start
    if last not in (NO_QUOTE, inner):
        end = ctx.quotes[last].end
    if inner != NO_QUOTE:
        own = ctx.quotes[inner]
        start, end = max(start, own.start + 1), min(end, own.end - own.closed)
        while end > start and ctx.parse.lower[end - 1] in STOPS:
            end -= 1
    if start >= end or start <= cue < end:
        return None
    return start, end


def _conjunction(ctx: Context, i: int) -> bool:
    """Whether a token is the writer's conjunction."""
    return ctx.parse.tag[i] in ctx.parse.language.conjunctions and ctx.quote_of[i] == NO_QUOTE


def with_paragraphs(ctx: Context, span: TokenSpan) -> Content:
    """A span with the paragraphs before and after it through which its quotation runs."""
    parts = [span]
    q = ctx.quote_of[span[0]]
    while q > 0 and ctx.quotes[q].start == parts[0][0] and ctx.quotes[q - 1].continues:
        q -= 1
        parts.insert(0, (ctx.quotes[q].start, ctx.quotes[q].end))
    q = ctx.quote_of[span[1] - 1]
    while 0 <= q < len(ctx.quotes) - 1 and ctx.quotes[q].end == parts[-1][1] and ctx.quotes[q].continues:
        q += 1
        parts.append((ctx.quotes[q].start, ctx.quotes[q].end))
    return tuple(parts)


def following(ctx: Context, end: int) -> Content:
    """Quotations without a cue of their own that go on with a quote whose sentence holds token end - 1.

    They stand directly after that sentence, in the same paragraph or as paragraphs of nothing but quotation; in a
    conversation the next paragraph is the next speaker's.
    """
    parts: list[TokenSpan] = []
    p = ctx.parse
    at = _sentence_end(ctx, end)
    while True:
        nxt = ctx.after(at) if at < len(p) else -1
        if nxt < 0:
            break
        q = ctx.quote_of[nxt]
        if q == NO_QUOTE or ctx.quotes[q].start != nxt or not stands_alone(ctx, q):
            return tuple(parts)
        parts.append((nxt, ctx.quotes[q].end))
        at = ctx.quotes[q].end
    if ctx.conversation:
        return tuple(parts)
    paragraph = p.para_of[end - 1] if not parts else p.para_of[parts[-1][0]]
    return (*parts, *_quoted_paragraphs(ctx, paragraph + 1))


def _sentence_end(ctx: Context, end: int) -> int:
    """The end of the sentence that holds token end - 1, or of the quotation that does, whichever is later."""
    at, inside = ctx.sentence(end - 1)[1], ctx.quote_of[end - 1]
    return at if inside == NO_QUOTE else max(at, ctx.quotes[inside].end)


def following_in_part(ctx: Context, end: int, tail: Content) -> Content:
    """The next sentence, where it begins with a quotation that goes on with the quote and ends in the writer's words.

    CASE: “We lost,” he said. “It is a start” but not enough for the north: the second sentence is part of the quote,
    unless a verb of speech stands behind its quotation, which then reports it.
    """
    at = tail[-1][1] if tail else _sentence_end(ctx, end)
    p = ctx.parse
    nxt = ctx.after(at) if at < len(p) else -1
    q = ctx.quote_of[nxt] if nxt >= 0 else NO_QUOTE
    if q == NO_QUOTE or ctx.quotes[q].start != nxt or p.para_of[nxt] != p.para_of[end - 1]:
        return ()
    quote = ctx.quotes[q]
    stop = ctx.sentence(quote.end - 1)[1]
    if quote.end - nxt < LEAST_IN_PART or stop <= quote.end or not p.words[nxt + 1][:1].isupper():
        return ()
    if p.lower[quote.end - 2] == "," and p.tag[quote.end] not in p.language.conjunctions:
        return ()  # “That was a lie,” he jumped up and left
    if not p.words[quote.end][:1].islower() or any(
        ctx.quote_of[i] == NO_QUOTE and ctx.verb_act(i) == "speech" for i in range(quote.end, stop)
    ):
        return ()
    return ((nxt, stop),)


def _quoted_paragraphs(ctx: Context, paragraph: int) -> Content:
    parts: list[TokenSpan] = []
    p = ctx.parse
    while paragraph < len(p.paragraphs):
        start, end = p.paragraphs[paragraph]
        spans = []
        at = ctx.after(start) if not ctx.blank[start] else ctx.after(start + 1)
        at = start if not ctx.blank[start] else at
        while 0 <= at < end:
            q = ctx.quote_of[at]
            if q == NO_QUOTE or ctx.quotes[q].start != at or not _ends_alone(ctx, q):
                return tuple(parts)
            spans.append((at, ctx.quotes[q].end))
            at = ctx.after(ctx.quotes[q].end)
        if not spans or sum(b - a for a, b in spans) < 6:
            return tuple(parts)
        parts += spans
        paragraph += 1
    return tuple(parts)


def _ends_alone(ctx: Context, q: int) -> bool:
    """Whether no words of the writer's follow in the paragraph in which a quotation ends that may run on through
    several: they may name another speaker."""
    nxt = ctx.after(ctx.quotes[ctx.run_end[q]].end)
    return nxt < 0 or ctx.quote_of[nxt] != NO_QUOTE


def sentence_like(ctx: Context, q: int) -> bool:
    """Whether a quotation ends as a sentence does."""
    p, quote = ctx.parse, ctx.quotes[q]
    last = quote.end - 1 - quote.closed
    while last > quote.start and p.lower[last][-1:] in INNER_MARKS:
        last -= 1
    return last > quote.start and (p.lower[last][-1:] in CLOSING_PUNCTUATION or not quote.closed)


def in_capitals(ctx: Context, q: int) -> bool:
    """Whether the words of a quotation but small ones have capitals, as those of a title do."""
    quote = ctx.quotes[q]
    names = [word for word in ctx.parse.words[quote.start : quote.end] if word[:1].isalpha()]
    return all(word[0].isupper() or len(word) < LONG_WORD for word in names)


def begins_sentence(ctx: Context, q: int) -> bool:
    """Whether a quotation of some words begins with a capital."""
    quote = ctx.quotes[q]
    said = [word for word in ctx.parse.words[quote.start : quote.end] if word[:1].isalnum()]
    return len(said) >= LEAST_SAID and not said[0][0].islower()


def opens_sentence(ctx: Context, q: int) -> bool:
    """Whether a quotation of some words begins with a capital and nothing of the writer's sentence stands before."""
    before = ctx.before(ctx.quotes[q].start)
    fresh = before < 0 or ctx.parse.lower[before].rstrip(CLOSING_MARKS)[-1:] in SENTENCE_BEFORE
    return fresh and begins_sentence(ctx, q)


def stands_alone(ctx: Context, q: int) -> bool:
    """Whether a quotation is a sentence or several by itself, its full stop inside or outside, with no cue behind."""
    p, quote = ctx.parse, ctx.quotes[q]
    stopped = p.lower[quote.end : quote.end + 1] == ["."] and opens_sentence(ctx, q)
    if not stopped and not sentence_like(ctx, q):
        return False
    nxt = ctx.after(quote.end + stopped)
    if nxt < 0 or ctx.quote_of[nxt] != NO_QUOTE or p.words[nxt].startswith(TAGS):
        return True
    return p.words[nxt][:1].isupper() and not _cue_follows(ctx, nxt)


def _cue_follows(ctx: Context, i: int) -> bool:
    """Whether the words from i on are a short source and a verb of saying, as in: Smith said."""
    p = ctx.parse
    language, end = p.language, ctx.sentence(i)[1]
    j = i
    while j < min(end, i + 4) and p.tag[j] in language.short_sources:
        j += 1
    return i < j < len(p) and p.tag[j] in language.tensed and end - j <= 4


def cuts(ctx: Context, head: int, start: int, end: int) -> Iterable[tuple[str, int]]:
    """Ends before the constituents on the right edge of a content headed by a token, with what they leave out."""
    p = ctx.parse
    edge, rounds = end, 0
    while rounds < 2:
        spine = [
            i for i in _right_spine(ctx, head, start, edge) if p.left[i] > max(start, head) and _cuttable(ctx, i, head)
        ]
        for i in spine[:4]:
            cut = p.left[i]
            comma = p.lower[cut - 1] in JOINTS or p.lower[cut - 1] == "-"
            what = "channel" if _by_channel(ctx, i) else p.dep[i]
            yield f"less {what}{',' * comma}", _less_joint(ctx, start, cut)
        if not spine:
            return
        edge = _less_joint(ctx, start, p.left[spine[0]])
        rounds += 1


def _cuttable(ctx: Context, i: int, head: int) -> bool:
    """Whether a constituent at a content's right edge may belong to the cue's clause instead."""
    p = ctx.parse
    if p.dep[i] not in p.language.adpositional:
        return p.dep[i] in p.language.trailing
    return p.head[i] == head or p.lower[i] == "by" or p.lower[p.left[i] - 1] in BREAKING or tells_when(p, i)


def _by_channel(ctx: Context, i: int) -> bool:
    """Whether a token is the preposition of a channel not named before: welcomed the offer in a letter. The parser may
    put it on the noun; annotators left it out of what is welcomed, 13 times in 14 in half of PolNeAR's training
    articles."""
    p = ctx.parse
    return p.dep[i] in p.language.adpositional and any(
        circumstance(p, i, noun) == "channel" and any(p.lower[c] in ("a", "an") for c in p.children[noun] if c < noun)
        for noun in objects_of(p, i)
    )


def breaks(ctx: Context, start: int, end: int) -> Iterable[tuple[str, int]]:
    """Ends before the first and the last comma or dash in a content that stands in no quotation of its own."""
    if end - start < 3:
        return
    p, inner = ctx.parse, ctx.quote_of[start]
    for name, at in (
        ("to last break", range(end - 2, max(start, end - REACH), -1)),
        ("to first break", range(start + 1, min(end - 1, start + REACH))),
    ):
        found = next((i for i in at if p.lower[i] in BREAKING and ctx.quote_of[i] == inner), -1)
        if found >= 0:
            yield name, found


def _less_joint(ctx: Context, start: int, end: int) -> int:
    """An end moved before the commas and conjunctions that join what follows."""
    p = ctx.parse
    while end > start and (p.lower[end - 1] in JOINTS or p.tag[end - 1] in p.language.conjunctions):
        end -= 1
    return end


def _right_spine(ctx: Context, head: int, start: int, edge: int) -> list[int]:
    """The tokens whose subtrees end at an edge, outermost first, below a head."""
    p, node = ctx.parse, head
    marks = p.language.punctuation
    spine: list[int] = []
    for _ in range(MAX_DEPTH):
        child = next((c for c in reversed(p.children[node]) if start < c < edge and p.dep[c] not in marks), -1)
        if child < 0 or child <= node:
            return spine
        if p.right[child] >= edge - 1:
            spine.append(child)
        node = child
    return spine


def edges_of(ctx: Context, named: Iterable[tuple[str, Iterable[TokenSpan]]], cue: int, tail_from: int) -> Readings:
    """Readings of a content from named lists of raw parts: moved to whole quotations, with and without the
    quotations that follow, each kept once; empty if nothing is left of any.

    Args:
        named: name and raw parts of each reading, the fullest first.
        cue: the token that heads the cue; -1 for none.
        tail_from: the token after which following quotations may go on with the quote.
    """
    return Readings(islice(_each_once(_whole(ctx, named, cue, tail_from)), MAX_EDGES))


def _going_on(ctx: Context, cue: int, at: int, said: Content) -> tuple[Content, Content]:
    """The quotations that follow a token and may go on with a quote, and the sentence after them that may, too.

    CASE: "He would not say. “Why should I?”": nothing goes on with what was not said.
    """
    tail = following(ctx, at)
    more = following_in_part(ctx, at, tail)
    tokens = {i for start, end in said for i in range(start, end)}
    return ((), ()) if (tail or more) and cue >= 0 and is_denied(ctx.parse, cue, tokens) else (tail, more)


def _less_aside(ctx: Context, span: TokenSpan) -> TokenSpan:
    """A quotation without the writer's clause behind it.

    CASE 1: sang “We shall not be drowned” as the mayor looked on.
    CASE 2: told me I “should not sail” but I went anyway.
    CASE 3: confirmed this on Friday: what stands for something said before has nothing with it.
    CASE 4: said the port was shut but declined to say when it would open: the clause behind "but" is the speaker's act.
    CASE 5: said the port would shut, although she gave no date.
    """
    span = _less_concession(ctx, _less_comment(ctx, _less_more(ctx, _less_time(ctx, span))))
    p, q = ctx.parse, ctx.quote_of[span[0]]
    if q == NO_QUOTE or ctx.quotes[q].start != span[0] or not ctx.quotes[q].closed or ctx.quotes[q].end + 2 > span[1]:
        return span
    end = ctx.quotes[q].end
    if any(ctx.quote_of[i] != NO_QUOTE for i in range(end, span[1])):
        return span
    joined = p.lower[end] in ("but", "and")
    acts = joined and p.tag[end + 1] in p.language.tensed and p.head[end + 1] < span[0] and not ctx.verb_act(end + 1)
    aside = p.lower[end] in ASIDES or (joined and p.tag[end + 1] in p.language.personal) or acts
    return (span[0], end) if aside else span


def _less_time(ctx: Context, span: TokenSpan) -> TokenSpan:
    """A content that begins with a word that stands for a statement, without what tells when or how it was said."""
    p, (start, end) = ctx.parse, span
    alone = p.lower[start] in STANDING_IN and p.right[start] == start + 1 and p.left[start] == start
    later = alone and end > start + 1 and p.dep[start] in p.language.objects | p.language.fronted
    told = (
        later
        and p.lower[start + 1] not in STANDING_IN
        and (p.tag[start + 1] in p.language.adverbs or tells_when(p, start + 1))
    )
    return (start, start + 1) if told and p.language.finite.isdisjoint(p.tag[start:end]) else span


def _less_comment(ctx: Context, span: TokenSpan) -> TokenSpan:
    """A content without what the writer says of it: said the fish were back, a claim that the county disputes."""
    p = ctx.parse
    for i in range(span[0] + 2, span[1] - 2):
        if p.lower[i] == "," and p.lower[i + 1] in ("a", "an") and p.lower[i + 2] in COMMENTS:
            return (span[0], i) if ctx.quote_of[i] == NO_QUOTE else span
    return span


def _less_concession(ctx: Context, span: TokenSpan) -> TokenSpan:
    """A content without the clause that tells what its speaker did not say, or conceded: although she gave no date."""
    p = ctx.parse
    for i in range(span[0] + 2, span[1] - 2):
        if p.lower[i] not in CONCESSIONS or ctx.quote_of[i] != NO_QUOTE or p.tag[i + 1] not in p.language.personal:
            continue
        verb = p.head[i + 1]
        if not i < verb < span[1] or p.dep[i + 1] not in p.language.subjects:
            continue
        withheld = p.lemma(verb) in WITHHOLDING and any(negates(p, k) for k in range(i + 2, min(verb + 3, span[1])))
        if withheld or p.lemma(verb) in CONCEDING:
            return span[0], _less_joint(ctx, span[0], i)
    return span


def _less_more(ctx: Context, span: TokenSpan) -> TokenSpan:
    """A content as far as the conjunction behind which its speaker says more, or declines to."""
    p = ctx.parse
    for i in range(span[0] + 2, span[1]):
        if p.dep[i] == "conj" and ctx.quote_of[i] == NO_QUOTE and speaks_again(p, i):
            cut = i
            while cut > span[0] + 1 and p.tag[cut - 1] in p.language.adverbs:
                cut -= 1
            return (span[0], _less_joint(ctx, span[0], cut)) if p.tag[cut - 1] in p.language.conjunctions else span
    return span


def _each_once(readings: Iterable[Edges]) -> Iterator[Edges]:
    seen: set[Content] = set()
    for edges in readings:
        if edges.content not in seen:
            seen.add(edges.content)
            yield edges


def _whole(ctx: Context, named: Iterable[tuple[str, Iterable[TokenSpan]]], cue: int, tail_from: int) -> Iterator[Edges]:
    """Readings moved to whole quotations; with quotations that follow, and then without."""
    tails: dict[int, tuple[Content, Content]] = {}
    outside = cue < 0 or ctx.quote_of[cue] == NO_QUOTE
    for name, raw in named:
        parts: list[TokenSpan] = []
        for start, end in raw:
            span = whole_quotes(ctx, start, end, cue)
            if span is not None and (not parts or span[0] >= parts[-1][1]):
                parts.append(span)
        if not parts:
            continue
        if not outside:
            yield Edges(name, tuple(parts))
            continue
        parts[-1] = _less_aside(ctx, parts[-1])
        content = tuple(span for part in parts for span in with_paragraphs(ctx, part))
        if (at := max(tail_from, content[-1][1])) not in tails:
            tails[at] = _going_on(ctx, cue, at, content)
        tail, more = tails[at]
        if more:
            yield Edges(f"{name}, on", (*content, *tail, *more))
        if tail:
            yield Edges(name, (*content, *tail))
        yield Edges(f"{name}, alone" if tail else name, content)
