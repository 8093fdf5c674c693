"""Content to the left of its cue: "…," X said; "…," said X; the plan, he added, would fail."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.find import source as src
from quotes.find.candidate import Proposal, TokenSpan
from quotes.find.content import MIDDLE, breaks, edges_of
from quotes.find.denied import is_denied
from quotes.find.rules.rule import Rule
from quotes.grammar import clauses
from quotes.grammar.context import NO_QUOTE, REACH, Context
from quotes.grammar.language import ENGLISH
from quotes.grammar.parse import VERBS

BEFORE_CUE = frozenset((",", "—", "–", "--", "?", "!", "...", "…", "-", ";"))
OPENERS = frozenset(
    ("but", "and", "so", "still", "yet", "however", "meanwhile", "or", "then", "also", "instead", "now")
)
SENTENCE_ENDS = frozenset((".", "?", "!", "…", "..."))

MAX_SOURCE = 10
IN_SOURCE = ENGLISH.phrase_words | {"HYPH", "RB", "VBG", "VBN", "IN", "NFP"}
"""Tags that words of a noun phrase can be given by mistake, or have inside it."""

RULES = (
    Rule(
        "left.said",
        "source and verb after the content",
        (
            "{The vote will be close}, [analysts] (said).",
            "{“We lost our way,”} [Mr Hughes] (told) reporters.",
            "{“Never again,”} [the 31-year-old] (wrote) on Twitter.",
            "{‘The pitch was a disgrace,’} [Hargreave] (said). {‘We asked for it to be watered.’}",
            "{“We will appeal,”} [her lawyer] (said) in a statement.",
            "{The ferry will sail again before Easter}, [Ida Holm] (said) on Monday.",
            "{Sales fell in May}, [Tom Reed] (told) reporters.",
            "{The bridge will reopen in May}, [the mayor] (told) a news conference.",
            "{The offer is fair}, [the union's leader] (told) the agency, though she urged caution.",
        ),
        (
            "The house burned to the ground.",
            "She plays the cello well.",
            "“It will not last.” He did not say so aloud.",
            "“The ferry is safe.” The captain never told the crew.",
        ),
    ),
    Rule(
        "left.inverted",
        "verb, then source after the content",
        (
            "{“The law is clear,”} (said) [Judge Amara Nwosu].",
            "{The route is closed}, (says) [the park's ranger].",
            "{“It is a bleak winter for retailers,”} (added) [Priya Raman], an economist in Leeds.",
            "{“The ice is thinner,”} (said) [co-author Lena Berg].",
        ),
        ("The house burned to the ground.",),
    ),
    Rule(
        "left.inserted",
        "source and verb inside the content",
        (
            "{The scheme}, [she] (argued), {would cost too much}.",
            "{“In the end,”} [Petrov] (said), {“they paid.”}",
            "{“The vaccine works,”} (said) [Dr Lindqvist], {“but it works slowly.”}",
            "{“Bans have never worked,”} (said) [Marc Tissier], head of a charity in Lyon, {“and they will not now.”}",
            "{The bill}, [Auber] (told) the assembly, {“will save lives”}.",
        ),
        ("The house burned to the ground.",),
    ),
)


def proposals(ctx: Context, verb: int) -> Iterator[Proposal]:
    """What a verb with its source may report to its left, with what goes on to the right."""
    p = ctx.parse
    if p.tag[verb] not in VERBS:
        return
    lemma = ctx.lemma(verb)
    for inverted in (False, True):
        found = _source_right(ctx, verb) if inverted else _source_left(ctx, verb)
        if found is None:
            continue
        span, group_end = found
        group_start = _adverbs_left(ctx, verb) if inverted else span[0][0]
        boundary = ctx.before(group_start)
        if boundary < 0 or not _bounds(ctx, boundary, inverted):
            continue
        quoted = ctx.quote_of[boundary] != ctx.quote_of[verb]
        if quoted and p.lower[boundary - 1] in SENTENCE_ENDS and is_denied(ctx, verb):
            continue  # "It will not last." He did not say so aloud.
        what = "quote" if quoted else "clause" if _is_clause(ctx, verb, boundary) else "text"
        # the trial will go on, it was announced
        said_of_it = p.lower[span[1]] == "it" and clauses.passive(p, verb)
        frame = f"{'inverted' if inverted else 'left'}:{what}{':it' * said_of_it}"
        if not ctx.plausible(lemma, frame):
            continue
        edges = edges_of(ctx, _readings(ctx, verb, boundary, group_end), verb, group_end)
        if edges:
            rule = "left.inverted" if inverted else "left.said"
            if edges.first.name.startswith("both"):
                rule = "left.inserted"
            yield Proposal(rule, frame, (verb, verb + 1), verb, lemma, *src.spread(None if said_of_it else span), edges)
            return


def _is_clause(ctx: Context, verb: int, boundary: int) -> bool:
    """Whether what ends at a boundary is a clause that the verb may report, by the parse: its complement, or the one
    that the verb is joined to. What else stands there mostly says when or under what conditions."""
    p = ctx.parse
    if any(c <= boundary and p.dep[c] in ("ccomp", "parataxis") for c in p.children[verb]):
        return True
    return p.head[verb] <= boundary and p.dep[verb] in ("conj", "parataxis", "ccomp") and p.tag[p.head[verb]][0] in "VM"


def _bounds(ctx: Context, boundary: int, inverted: bool) -> bool:
    """Whether the token before the cue's group may end a content."""
    q = ctx.quote_of[boundary]
    if q != NO_QUOTE and ctx.quotes[q].end == boundary + 1:
        return True
    word = ctx.parse.lower[boundary]
    return word in BEFORE_CUE


def _source_left(ctx: Context, verb: int) -> tuple[src.Source, int] | None:
    """The subject directly left of a verb, by the parse or else by the line of words; and where the group ends."""
    p = ctx.parse
    own = clauses.subject(ctx, verb)
    found = None
    if 0 <= own < verb:
        found = src.mention(ctx, own)
        if found and any(ctx.quote_of[i] != ctx.quote_of[verb] for i in range(found[0][0], verb)):
            found = None
        if found:
            start = found[0][0]
            if not _bounds_start(ctx, start):
                found = None
    if found is None:
        found = src.beside(ctx, verb)
        if found and not _bounds_start(ctx, found[0][0]):
            found = None
    if found is None:
        found = _after_quotation(ctx, verb)
    return (found, _group_end(ctx, verb)) if found and p.dep[found[1]] != "expl" else None


def _after_quotation(ctx: Context, verb: int) -> src.Source | None:
    """The few words between a quotation and a verb, whatever the parse makes of them."""
    p = ctx.parse
    i = _adverbs_left(ctx, verb)
    end = i
    while i > 0 and end - i < MAX_SOURCE and ctx.quote_of[i - 1] == ctx.quote_of[verb] and p.tag[i - 1] in IN_SOURCE:
        i -= 1
    if i == end or p.tag[i] not in p.language.phrase_words or not _bounds_start(ctx, i):
        return None
    return (i, end), end - 1


def _bounds_start(ctx: Context, start: int) -> bool:
    before = ctx.before(start)
    return before >= 0 and _bounds(ctx, before, False)


def _group_end(ctx: Context, verb: int) -> int:
    """The end of what belongs to the cue to its right, up to the comma or full stop that closes it."""
    p = ctx.parse
    end = ctx.sentence(verb)[1]
    i = verb + 1
    while (
        i < end
        and p.lower[i] not in (",", ".", ":", ";", "—", "–", "--", "?", "!")
        and ctx.quote_of[i] == ctx.quote_of[verb]
    ):
        i += 1
    return i


def _adverbs_left(ctx: Context, verb: int) -> int:
    """The first token of a verb group: its auxiliaries and adverbs directly to the left."""
    p = ctx.parse
    i = verb
    while (
        i > 0 and (p.tag[i - 1] == "RB" or p.lower[i - 1] in p.language.words("auxiliaries")) and p.head[i - 1] == verb
    ):
        i -= 1
    return i


def _source_right(ctx: Context, verb: int) -> tuple[src.Source, int] | None:
    """The noun phrase directly right of a verb, as in: said Smith; and where it ends, appositions included."""
    p = ctx.parse
    i = verb + 1
    if i < len(p) and p.tag[i] == "RB":
        i += 1
    if (
        i >= len(p)
        or ctx.quote_of[i] != ctx.quote_of[verb]
        or p.tag[i] not in p.language.phrase_words
        or p.sent_of[i] != p.sent_of[verb]
    ):
        return None
    end = ctx.sentence(verb)[1]
    head = _head_right(ctx, verb, i)
    if head < 0:
        head = i
        while (
            head + 1 < end
            and p.tag[head + 1] in p.language.phrase_words
            and ctx.quote_of[head + 1] == ctx.quote_of[verb]
        ):
            head += 1
        if p.tag[head] in ("DT", "POS", "JJ", "PRP$", "CD"):
            return None
        span: TokenSpan = (i, head + 1)
    else:
        span = src.phrase(ctx, head)
        if span[0] != i:
            span = (i, max(span[1], head + 1))
    return (span, head), _group_end(ctx, span[1] - 1)


def _head_right(ctx: Context, verb: int, i: int) -> int:
    """The head of the noun phrase that begins at a token, where it hangs on a verb before it; -1 for none."""
    p = ctx.parse
    for child in reversed(p.children[verb]):
        if child > i and p.dep[child] == "nsubj" and "-" in p.lower[i:child] and "," not in p.lower[i:child]:
            return child  # said co-author Lena Berg, of which the parser can make several subjects
    return next(
        (
            child
            for child in p.children[verb]
            if child >= i
            and p.left[child] <= i < p.right[child]
            and p.dep[child] in ("nsubj", "dobj", "nsubjpass", "attr", "dative", "oprd", "npadvmod", "appos")
        ),
        -1,
    )


def _readings(ctx: Context, verb: int, boundary: int, group_end: int) -> Iterator[tuple[str, list[TokenSpan]]]:
    """The content from each start that it may have to the boundary, alone and with what goes on after the cue."""
    end = boundary + 1
    starts = _starts(ctx, verb, boundary)
    goes_on = _goes_on(ctx, verb, boundary, group_end)
    if starts[0][0] == "quotation" and goes_on and goes_on[0][0] == "text":  # more often an apposition
        yield starts[0][0], [(starts[0][1], end)]
    for kind, span in goes_on:
        for name, start in starts[:4]:
            yield f"both {kind} {name}", [(start, end), span]
        if kind == "text":
            for name, stop in breaks(ctx, *span):
                yield f"both text {name}", [(starts[0][1], end), (span[0], stop)]
    before = ctx.before(starts[0][1])
    if starts[0][0] == "quotation" and before >= 0 and ctx.quote_of[before] not in (NO_QUOTE, ctx.quote_of[verb]):
        yield "two quotations", [(ctx.quotes[ctx.quote_of[before]].start, before + 1), (starts[0][1], end)]
    for name, start in starts:
        yield name, [(start, end)]


def _starts(ctx: Context, verb: int, boundary: int) -> list[tuple[str, int]]:
    """Where a content that ends at a boundary may start, the fullest first."""
    p = ctx.parse
    q = ctx.quote_of[boundary]
    out: list[tuple[str, int]] = []
    anchor = boundary
    if q not in (NO_QUOTE, ctx.quote_of[verb]):
        anchor = ctx.quotes[q].start
        out.append(("quotation", anchor))
    first = ctx.sentence(anchor)[0]
    if ctx.quote_of[verb] != NO_QUOTE:
        first = max(first, ctx.quotes[ctx.quote_of[verb]].start + 1)
    if first < anchor or not out:
        out.append(("sentence", first))
    i = first
    while i < anchor and (p.lower[i] in OPENERS or p.lower[i] == ","):
        i += 1
    if first < i < anchor:
        out.append(("less opener", i))
    comma = next((i for i in range(first, min(anchor, first + REACH)) if p.lower[i] == ","), -1)
    if out[0][0] != "quotation" and i < comma < anchor - 1:
        out.append(("less lead", comma + 1))
    middles = [
        i + 1
        for i in range(max(first, anchor - REACH), anchor - 1)
        if (p.lower[i] in MIDDLE or (p.lower[i] == "," and p.tag[i + 1] == "CC"))
        and ctx.quote_of[i] == ctx.quote_of[verb]
    ]
    for at in middles[-2:]:
        joined = p.tag[at] == "CC"
        out.append(("after conjunction" if joined else "after break", at + joined))
    return out[:6]


def _goes_on(ctx: Context, verb: int, boundary: int, group_end: int) -> list[tuple[str, TokenSpan]]:
    """What may go on with the content after the cue in the same sentence, and whether it is quoted."""
    p = ctx.parse
    end = ctx.sentence(verb)[1]
    if group_end >= len(p) or p.lower[group_end] not in (",", "—", "–", "--", ":", ";", "-"):
        return []
    own = ctx.quote_of[verb]
    nxt = ctx.after(group_end + 1)
    if nxt < 0:
        return []
    if ctx.quote_of[nxt] not in (NO_QUOTE, own):
        return [("quoted", (nxt, ctx.quotes[ctx.quote_of[nxt]].end))]
    adds = p.tag[nxt] == "VBG" and p.head[nxt] == verb and p.dep[nxt] == "advcl"  # she said, noting that
    text = [("text", (nxt, end))] if end > nxt and not adds and not _reports_anew(ctx, nxt) else []
    for i in range(nxt, min(end, nxt + 30)):
        if ctx.quote_of[i] not in (NO_QUOTE, own) and p.lower[i - 1] in (",", ":"):
            later = i, ctx.quotes[ctx.quote_of[i]].end
            if _unfinished(ctx, boundary, i) and not any(ctx.verb_act(k) for k in range(nxt, i)):
                return [("quoted", later)]
            return [("quoted later", later), *text]
    return text


def _reports_anew(ctx: Context, i: int) -> bool:
    """Whether a clause with a pronoun and a verb of speech of its own begins at a conjunction: but he said."""
    p = ctx.parse
    if p.lower[i] not in ("and", "but", "though", "although") or i + 1 >= len(p) or p.tag[i + 1] != "PRP":
        return False
    return p.dep[i + 1] == "nsubj" and ctx.verb_act(p.head[i + 1]) == "speech"


def _unfinished(ctx: Context, boundary: int, later: int) -> bool:
    """Whether a quotation that ends at a boundary breaks off at a comma, and a later one begins as its rest would."""
    p = ctx.parse
    q = ctx.quote_of[boundary]
    broken = q != NO_QUOTE and ctx.quotes[q].end == boundary + 1 and p.lower[boundary - 1] == ","
    return broken and later + 1 < len(p) and p.words[later + 1][:1].islower()
