"""Who is named as the source of a cue: its subject, its agent, or where there is neither the words beside it."""

from __future__ import annotations

from quotes.grammar.clauses import agent, governing
from quotes.grammar.context import NO_QUOTE, Context
from quotes.grammar.parse import Parse, TokenSpan
from quotes.grammar.phrases import noun_phrase, trimmed

CLOSING = {",": ",", ")": "(", "—": "—", "–": "–", "--": "--", "-": "-"}
"""What closes an insertion and what opened it."""
INSERTION = 20
"""How many tokens an insertion may have."""
LONGEST = 11
"""How many tokens a mention may have that is found in the line of words."""

COMMAS_OF_OFFICE = 3
"""Commas behind a quotation from which an office has some of its own."""

Source = tuple[TokenSpan, int]
"""The span of a mention and the token that heads it."""


def mention(ctx: Context, head: int) -> Source | None:
    """A head as a source; None for -1 and for heads that name nobody ("it" and "there" as expletives)."""
    if head < 0 or ctx.parse.dep[head] == "expl":
        return None
    return _less_adverb(ctx.parse, phrase(ctx, head), head)


def _less_adverb(p: Parse, span: TokenSpan, head: int) -> Source:
    """A source without the adverb that the parser takes for its noun: [the company] flat-out denied it."""
    first = head - 2
    if first > span[0] and "".join(p.lower[first : head + 1]) in p.language.words("before_denials"):
        return (span[0], first), first - 1
    return span, head


def office_behind(ctx: Context, verb: int) -> tuple[Source, int] | None:
    """The name behind an office with commas of its own, between a quotation and a verb, and the quotation's last token.

    CASE: “The hall is full,” Secretary of State for Roads, Bridges and Harbours, [Sir Piers Lorne], told reporters.
    """
    p = ctx.parse
    first = ctx.sentence(verb)[0]
    end = next((i for i in range(verb, first, -1) if ctx.quote_of[i - 1] not in (NO_QUOTE, ctx.quote_of[verb])), -1)
    if end < 2 or p.lower[end - 2] not in (",", "!", "?") or p.lower[verb - 1] != ",":
        return None
    between = range(end, verb)
    commas = [i for i in between if p.lower[i] == ","]
    finite = any(p.tag[i] in p.language.finite for i in between)
    if len(commas) < COMMAS_OF_OFFICE or finite or not p.words[end][:1].isupper():
        return None
    name = (commas[-2] + 1, commas[-1])
    office = not p.language.words("name_joints").isdisjoint(p.lower[end : commas[0]])
    office = office and not any(p.tag[i + 1] in p.language.prepositions for i in commas)  # Ida Lund, of Ostby
    named = name[1] - name[0] > 1 and all(p.tag[i] in p.language.proper for i in range(*name))
    return ((name, name[1] - 1), end - 1) if office and named else None


def phrase(ctx: Context, head: int) -> TokenSpan:
    """The noun phrase of a token, as far as it stands in the same quotation or outside all as its head does."""
    start, end = noun_phrase(ctx.parse, head)
    quote_of, quote = ctx.quote_of, ctx.quote_of[head]
    first, last = head, head + 1
    while first > start and quote_of[first - 1] == quote:
        first -= 1
    while last < end and quote_of[last] == quote:
        last += 1
    return (start, end) if (first, last) == (start, end) else trimmed(ctx.parse, first, head, last)


def source_of(ctx: Context, verb: int, is_passive: bool) -> Source | None:
    """The source of an active verb is its subject, of a passive its agent; both may stand in a governing clause."""
    if ctx.parse.tag[verb] not in ctx.parse.language.verbs:  # a noun in the plural that reads like a verb
        return outside_quotes(ctx, beside(ctx, verb), verb)
    head = agent(ctx.parse, verb) if is_passive else governing(ctx, verb)
    found = mention(ctx, head)
    if not is_passive and (found is None or _is_floated(ctx, found)):
        found = beside(ctx, verb) or found
    return outside_quotes(ctx, found, verb)


def _is_floated(ctx: Context, source: Source) -> bool:
    """Whether a source is a word that stands behind those whom it counts: the mayor and the vicar both said."""
    p, ((start, end), head) = ctx.parse, source
    alone = end - start == 1 and p.lower[head] in p.language.words("floated")
    before = ctx.before(head)
    return alone and before >= 0 and (p.lower[before] == "," or p.tag[before] in p.language.nouns)


def beside(ctx: Context, verb: int) -> Source | None:
    """The noun phrase directly left of a verb, found in the line of words where the parse has no subject for it.

    CASE 1: "[Lund] has often said": auxiliaries and adverbs may stand between.
    CASE 2: "[Lund], the mayor of Alta, said": so may an insertion between commas, dashes or brackets.
    CASE 3: "[the head of the bank] said": a noun phrase may go on over a preposition or a conjunction.
    CASE 4: "[the mayor and the vicar] both said": a word that counts them may stand behind.
    """
    p = ctx.parse
    language = p.language
    auxiliaries, joints = language.words("auxiliaries"), language.words("name_joints")
    first = ctx.paragraph(verb)[0]
    i = verb - 1
    passed = auxiliaries | language.words("floated")
    while i > first and (p.tag[i] in language.before_verbs or p.lower[i] in passed):
        i -= 1
    if i > first and p.lower[i] in CLOSING and p.tag[verb] in language.tensed:
        i = _before_insertion(ctx, i)
    if i < first or p.tag[i] not in language.phrase_words or p.tag[i] in language.leading:
        return None
    head, quote = i, ctx.quote_of[i]
    while i >= first and head - i < LONGEST and ctx.quote_of[i] == quote:
        joint = p.lower[i] in joints and i > first and p.tag[i - 1] in language.phrase_words
        if not joint and p.tag[i] not in language.phrase_words:
            break
        i -= 1
    start = i + 1
    while start < head and p.lower[start] in joints:
        start += 1
    return (start, head + 1), head


def _before_insertion(ctx: Context, close: int) -> int:
    """The noun before what stands between commas, dashes or brackets; -1 for none.

    CASE 1: "[Lund], who has no seat, said": of the clauses only relative ones are inserted.
    CASE 2: "[Lund], meanwhile, who has no seat, said": an adverb may stand before.

    Args:
        ctx: the text.
        close: the mark that closes what is inserted.
    """
    p = ctx.parse
    language = p.language
    opening = CLOSING[p.lower[close]]
    first = max(ctx.sentence(close)[0] + 1, close - INSERTION)
    at = next((i for i in range(close - 1, first - 1, -1) if p.lower[i] == opening), -1)
    inner = p.tag[at + 1 : close]
    if at < 0 or not inner or (inner[0] not in language.question_tags and not language.finite.isdisjoint(inner)):
        return -1
    if at - 2 >= first and p.tag[at - 1] in language.adverbs and p.lower[at - 2] == ",":
        at -= 2
    noun = at - 1
    named = p.tag[noun] in language.nouns and p.dep[noun] != "pobj" and not p.lower[noun].endswith(".")
    return noun if named else -1


def outside_quotes(ctx: Context, source: Source | None, cue: int) -> Source | None:
    """A source, unless it stands in a quotation that the cue does not stand in, or is an article and no more."""
    if source is None:
        return None
    (start, end), head = source
    if end - start == 1 and ctx.parse.lower[head] in ctx.parse.language.words("articles"):
        return None
    return source if ctx.quote_of[head] in (NO_QUOTE, ctx.quote_of[cue]) else None
