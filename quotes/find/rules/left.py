"""Content to the left of its cue: "…," X said; "…," said X; the plan, he added, would fail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quotes.find import source as src
from quotes.find.candidate import Proposal, Source, TokenSpan
from quotes.find.content import MIDDLE, breaks, edges_of, opens_sentence
from quotes.find.denied import is_denied
from quotes.find.frame import Frame
from quotes.find.rules.places import verbs
from quotes.find.rules.rule import rule
from quotes.grammar import clauses
from quotes.grammar.context import NO_QUOTE, REACH, Context
from quotes.grammar.language import ENGLISH
from quotes.grammar.parse import Parse
from quotes.lexicon import words

BEFORE_CUE = frozenset((",", "—", "–", "--", "?", "!", "...", "…", "-", ";"))
OPENERS = words("sentence_openers")
ADDING = words("adding")
SENTENCE_ENDS = frozenset((".", "?", "!", "…", "..."))

MAX_SOURCE = 10
LONGEST_LABEL = 8
"""Tokens of a place and a day before a report, the colon included."""
IN_SOURCE = ENGLISH.phrase_words | {"HYPH", "RB", "VBG", "VBN", "IN", "NFP"}
"""Tags that words of a noun phrase can be given by mistake, or have inside it."""


@dataclass(slots=True)
class ReportingClause:
    """A verb with its source, such as "she said", behind what it may report."""

    verb: int
    source: Source
    inverted: bool
    """Whether the verb comes first: said she."""
    boundary: int
    """The last token of what it may report."""
    end: int
    """One past the last token of the clause, with what hangs on it: she said on Monday."""
    goes_on: list[tuple[str, TokenSpan]]
    """What may go on with the content behind it, and whether that is quoted."""

    def splits(self, ctx: Context) -> bool:
        """Whether it stands inside the content. What follows a quotation unquoted is more often an apposition."""
        return bool(self.goes_on) and not (self.goes_on[0][0] == "text" and _quotation(ctx, self) != NO_QUOTE)

    def proposal(self, ctx: Context) -> Proposal:
        """What stands before it as what it reports."""
        p, verb, boundary = ctx.parse, self.verb, self.boundary
        quoted = ctx.quote_of[boundary] != ctx.quote_of[verb]
        what = "quote" if quoted else "clause" if _is_clause(ctx, verb, boundary) else "text"
        said_of_it = p.lower[self.source[1]] == "it" and clauses.passive(p, verb)  # it will go on, it was announced
        return Proposal(
            Frame("inverted" if self.inverted else "left", what, "it" if said_of_it else None),
            (verb, verb + 1),
            verb,
            ctx.lemma(verb),
            edges_of(ctx, _readings(ctx, self), verb, self.end),
            None if said_of_it else lambda: self.source,
        )


def reporting_clauses(ctx: Context) -> Iterator[ReportingClause]:
    """The verbs with their sources behind something that they may report."""
    for verb in verbs(ctx):
        if ctx.parse.tag[verb] in ENGLISH.verbs and (found := _reporting_clause(ctx, verb)):
            yield found


def _reporting_clause(ctx: Context, verb: int) -> ReportingClause | None:
    """A verb with the source before it, or else with the one behind it."""
    if titled := src.office_behind(ctx, verb):
        source, boundary = titled
        end = _group_end(ctx, verb)
        return ReportingClause(verb, source, False, boundary, end, _goes_on(ctx, verb, boundary, end))
    for inverted in (False, True) if ctx.lemma(verb) != "tell" else (False,):  # behind "told" stands who hears it
        beside = _source_right(ctx, verb) if inverted else _source_left(ctx, verb)
        if beside is None:
            continue
        source, end = beside
        boundary = ctx.before(_adverbs_left(ctx, verb) if inverted else source[0][0])
        boundary = _less_note(ctx, boundary, verb)
        if boundary >= 0 and _bounds(ctx, boundary) and not _denies(ctx, verb, boundary):
            return ReportingClause(verb, source, inverted, boundary, end, _goes_on(ctx, verb, boundary, end))
    return None


@rule(
    "left.said",
    on=reporting_clauses,
    about="source and verb after the content",
    matches=(
        "{The vote will be close}, [analysts] (said).",
        "{“We lost our way,”} [Mr Hughes] (told) reporters.",
        "{“Never again,”} [the 31-year-old] (wrote) on Twitter.",
        "{‘The pitch was a disgrace,’} [Hargreave] (said). {‘We asked for it to be watered.’}",
        "{“We will appeal,”} [her lawyer] (said) in a statement.",
        "{The ferry will sail again before Easter}, [Ida Holm] (said) on Monday.",
        "{Sales fell in May}, [Tom Reed] (told) reporters.",
        "{The bridge will reopen in May}, [the mayor] (told) a news conference.",
        "{“The hall is full,”} Minister for Roads, Bridges and Ports, [Sir Ian Holt], (told) reporters.",
    ),
    rejects=(
        "The house burned to the ground.",
        "She plays the cello well.",
        "“It will not last.” He did not say so aloud.",
        "“The ferry is safe.” The captain never told the crew.",
    ),
    prior=0.1,
)
def said(ctx: Context, clause: ReportingClause) -> Iterator[Proposal]:
    if not clause.inverted and not clause.splits(ctx):
        yield clause.proposal(ctx)


@rule(
    "left.inverted",
    on=reporting_clauses,
    about="verb, then source after the content",
    matches=(
        "{“The law is clear,”} (said) [Judge Amara Nwosu].",
        "{The route is closed}, (says) [the park's ranger].",
        "{“It is a bleak winter for retailers,”} (added) [Priya Raman], an economist in Leeds.",
        "{“The ice is thinner,”} (said) [co-author Lena Berg].",
    ),
    rejects=("The house burned to the ground.",),
    prior=0.1,
)
def inverted(ctx: Context, clause: ReportingClause) -> Iterator[Proposal]:
    if clause.inverted and not clause.splits(ctx):
        yield clause.proposal(ctx)


@rule(
    "left.inserted",
    on=reporting_clauses,
    about="source and verb inside the content",
    matches=(
        "{The scheme}, [she] (argued), {would cost too much}.",
        "{The ferry}, [the harbour master] (said), {would sail again by Easter}.",
        "{The tax}, [she] (said), {was a mistake}.",
        "{The bill}, [Auber] (told) the assembly, {“will save lives”}.",
    ),
    rejects=("The house burned to the ground.",),
    prior=0.1,
)
def inserted(ctx: Context, clause: ReportingClause) -> Iterator[Proposal]:
    if clause.splits(ctx):
        yield clause.proposal(ctx)


def _is_clause(ctx: Context, verb: int, boundary: int) -> bool:
    """Whether what ends at a boundary is a clause that the verb may report, by the parse: its complement, or the one
    that the verb is joined to. What else stands there mostly says when or under what conditions."""
    p = ctx.parse
    if any(c <= boundary and p.dep[c] in ("ccomp", "parataxis") for c in p.children[verb]):
        return True
    return p.head[verb] <= boundary and p.dep[verb] in ("conj", "parataxis", "ccomp") and p.tag[p.head[verb]][0] in "VM"


def _less_note(ctx: Context, boundary: int, verb: int) -> int:
    """A boundary moved to the mark that closes a quotation, before what is glued to it: “…!”, he said; “…,”[2] he;
    “…”! he; and “…”, he said, where the quotation opens the sentence."""
    p, at = ctx.parse, boundary
    if at > 2 and p.lower[at] == "]" and p.lower[at - 2] == "[":
        at -= 3
    if at > 0 and p.lower[at] in (",", "—", "–", "--", "!", "?"):
        at -= 1
    q = ctx.quote_of[at] if at >= 0 else NO_QUOTE
    closes = q not in (NO_QUOTE, ctx.quote_of[verb]) and ctx.quotes[q].end == at + 1
    return at if closes and (p.lower[at - 1] in SENTENCE_ENDS | {","} or opens_sentence(ctx, q)) else boundary


def _denies(ctx: Context, verb: int, boundary: int) -> bool:
    """Whether a verb after a quotation of whole sentences says that nothing was said. "It will not last." He did not
    say so aloud."""
    q = ctx.quote_of[boundary]
    if q == ctx.quote_of[verb] or ctx.parse.lower[boundary - 1] not in SENTENCE_ENDS:
        return False
    return is_denied(ctx.parse, verb, range(ctx.quotes[q].start, ctx.quotes[q].end) if q != NO_QUOTE else ())


def _bounds(ctx: Context, boundary: int) -> bool:
    """Whether the token before the cue's group may end a content."""
    q = ctx.quote_of[boundary]
    if q != NO_QUOTE and ctx.quotes[q].end == boundary + 1:
        return True
    word = ctx.parse.lower[boundary]
    return word in BEFORE_CUE


def _source_left(ctx: Context, verb: int) -> tuple[Source, int] | None:
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


def _after_quotation(ctx: Context, verb: int) -> Source | None:
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
    return before >= 0 and _bounds(ctx, before)


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
    auxiliaries = p.language.words("auxiliaries")
    i = verb
    while i > 0 and (p.tag[i - 1] == "RB" or p.lower[i - 1] in auxiliaries) and p.head[i - 1] == verb:
        i -= 1
    return i


def _source_right(ctx: Context, verb: int) -> tuple[Source, int] | None:
    """The noun phrase directly right of a verb, as in: said Smith; and where it ends, appositions included."""
    p = ctx.parse
    i = verb + 1
    while i < len(p) and (p.tag[i] == "RB" or ctx.blank[i]):  # "… past," said⏎Harriet Boone
        i += 1
    if (
        i >= len(p)
        or ctx.quote_of[i] != ctx.quote_of[verb]
        or not (p.tag[i] in p.language.phrase_words or _is_title(p, i))
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
        if p.tag[head] in p.language.leading:
            return None
        span: TokenSpan = (i, head + 1)
    else:
        span = src.phrase(ctx, head)
        if span[0] != i:
            span = (i, max(span[1], head + 1))
    return (span, head), _group_end(ctx, span[1] - 1)


def _is_title(p: Parse, i: int) -> bool:
    """Whether the tagger takes a title before a name for a verb: said engineer Ivo Brand."""
    return p.tag[i] in p.language.verbs and i + 1 < len(p) and p.tag[i + 1] in p.language.proper


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


def _readings(ctx: Context, clause: ReportingClause) -> Iterator[tuple[str, list[TokenSpan]]]:
    """The content from each start that it may have to the boundary, alone and with what goes on after the cue."""
    verb, end = clause.verb, clause.boundary + 1
    starts = _starts(ctx, clause)
    if clause.goes_on and not clause.splits(ctx):
        yield starts[0][0], [(starts[0][1], end)]
    for kind, span in clause.goes_on:
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


def _quotation(ctx: Context, clause: ReportingClause) -> int:
    """The quotation that ends before a reporting clause, if the clause doesn't stand in it too."""
    q = ctx.quote_of[clause.boundary]
    return q if q != ctx.quote_of[clause.verb] else NO_QUOTE


def _starts(ctx: Context, clause: ReportingClause) -> list[tuple[str, int]]:
    """Where a content that ends at a boundary may start, the fullest first."""
    p, verb = ctx.parse, clause.verb
    out: list[tuple[str, int]] = []
    anchor = clause.boundary
    q = _quotation(ctx, clause)
    if q != NO_QUOTE:
        anchor = ctx.quotes[q].start
        out.append(("quotation", anchor))
    first = _after_label(ctx, ctx.sentence(anchor)[0], anchor)
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


def _after_label(ctx: Context, first: int, anchor: int) -> int:
    """Behind the place, day and colon that open a paragraph: OSTBY, May 3: A man was hurt, police said."""
    p = ctx.parse
    if first != ctx.paragraph(first)[0]:
        return first
    colon = next((i for i in range(first + 1, min(anchor, first + LONGEST_LABEL)) if p.lower[i] == ":"), -1)
    named = colon > 0 and all(word[:1].isupper() or word == "," or word.isdigit() for word in p.words[first:colon])
    return colon + 1 if named else first


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
    if p.lower[i] not in ADDING or i + 1 >= len(p) or p.tag[i + 1] != "PRP":
        return False
    return p.dep[i + 1] == "nsubj" and ctx.verb_act(p.head[i + 1]) == "speech"


def _unfinished(ctx: Context, boundary: int, later: int) -> bool:
    """Whether a quotation that ends at a boundary breaks off at a comma, and a later one begins as its rest would."""
    p = ctx.parse
    q = ctx.quote_of[boundary]
    broken = q != NO_QUOTE and ctx.quotes[q].end == boundary + 1 and p.lower[boundary - 1] == ","
    return broken and later + 1 < len(p) and p.words[later + 1][:1].islower()
