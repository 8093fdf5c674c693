"""Who is named as the source of a cue: subjects, agents, and those found through the governing clause."""

from __future__ import annotations

from quotes.find.candidate import TokenSpan
from quotes.grammar.circumstances import ALWAYS_TO_SOMEBODY, told_by
from quotes.grammar.context import NO_QUOTE, REACH, Context
from quotes.grammar.parse import FINITE, NOUNS, TENSED

SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj"))
CUT_OFF = frozenset(("appos", "relcl", "acl", "punct", "advcl", "parataxis", "ccomp", "dep", "advmod", "npadvmod"))
"""Right children of a noun with which its noun phrase, as a mention, ends."""
LEFT_OUT = frozenset(("punct", "advcl", "cc", "relcl", "acl", "ccomp", "parataxis", "dep"))
"""Left children of a noun with which its noun phrase has not begun."""
ARTICLES = frozenset(("the", "a", "an"))
NAME_TAGS = NOUNS | {"PRP", "DT", "JJ", "POS", "CD", "PRP$", "FW", "JJS", "JJR", "WP"}
VERB_AUX = frozenset(
    ("have", "has", "had", "is", "was", "are", "were", "be", "been", "'s", "’s", "'d", "’d", "did", "does", "do")
)
CLOSING = {",": ",", ")": "(", "—": "—", "–": "–", "--": "--", "-": "-"}
"""What closes an insertion and what opened it."""
INSERTION = 20
"""How many tokens an insertion may have."""

MAX_CLIMB = 8
"""Tokens up the tree."""

Source = tuple[TokenSpan, int]
"""The span of a mention and the token that heads it."""


def noun_phrase(ctx: Context, head: int) -> TokenSpan:
    """The mention headed by a token: its subtree less appositions, clauses and what follows them."""
    p = ctx.parse
    start, end = head, head + 1
    for child in p.children[head]:
        if child < head:
            if p.dep[child] not in LEFT_OUT and p.left[child] < start:
                start = p.left[child]
        elif (p.dep[child] in CUT_OFF and not _close(ctx, child)) or _tells_when(ctx, child):
            break
        else:
            end = p.right[child]
    quote, i = ctx.quote_of[head], head
    while i > start and ctx.quote_of[i - 1] == quote and not ctx.blank[i - 1]:
        i -= 1
    return _without_edges(ctx, i, end, head)


def _tells_when(ctx: Context, child: int) -> bool:
    """Whether a right child tells when something was said, and not of whom: "the White House on Friday dismissed"."""
    return ctx.parse.dep[child] == "prep" and "time" in told_by(ctx, child)


def _close(ctx: Context, child: int) -> bool:
    """Whether a right child belongs to the name all the same: a hyphen, or an apposition without a comma ("her aide
    Tom Rask")."""
    p = ctx.parse
    if p.dep[child] == "punct":
        return p.lower[child] == "-"
    return (
        p.dep[child] == "appos" and p.left[child] > 0 and p.tag[p.left[child] - 1][:1] == "N" and p.tag[child] == "NNP"
    )


def _without_edges(ctx: Context, start: int, end: int, head: int) -> TokenSpan:
    p = ctx.parse
    while start < head and (p.lower[start] in ",;:-–—" or p.tag[start] in ("CC", "_SP")):
        start += 1
    for i in range(head + 1, end):
        if ctx.quote_of[i] != ctx.quote_of[head] or ctx.blank[i]:
            end = i
            break
    while end - 1 > head and (p.lower[end - 1] in ",;:-–—" or p.tag[end - 1] in ("CC", "POS")):
        end -= 1
    return start, end


def subject(ctx: Context, verb: int) -> int:
    """The head of a verb's own subject; -1 if it has none.

    Of several, which a parse has where it takes quoted words for part of the clause, the one nearest to the verb
    outside that quotation.
    """
    p = ctx.parse
    subjects = [child for child in p.children[verb] if p.dep[child] in SUBJECTS]
    if len(subjects) < 2:
        return _unclosed(ctx, subjects[0], verb) if subjects else -1
    own = ctx.quote_of[verb]
    return _unclosed(ctx, min(subjects, key=lambda child: (ctx.quote_of[child] != own, abs(verb - child))), verb)


def _unclosed(ctx: Context, noun: int, verb: int) -> int:
    """A subject, or what the parse takes for its apposition where no comma closes that before the verb: in
    "after talks with X, the minister said" the minister speaks."""
    p = ctx.parse
    for child in p.children[noun]:
        if p.dep[child] == "appos" and noun < child < verb and p.lower[p.left[child] - 1] == ",":
            between = p.lower[p.right[child] - 1 : verb]
            if p.right[child] <= verb and not {",", "-", "–", "—", ")"}.intersection(between):
                return _unclosed(ctx, child, verb)
    return noun


def agent(ctx: Context, verb: int) -> int:
    """The head of the noun after "by" in a passive; -1 if there is none."""
    p = ctx.parse
    for child in p.children[verb]:
        if p.dep[child] == "agent" or (p.dep[child] == "prep" and p.lower[child] == "by"):
            for noun in p.children[child]:
                if p.dep[noun] == "pobj":
                    return noun
    last = next((c for c in reversed(p.children[verb]) if c > verb and p.dep[c] in ("prep", "oprd", "xcomp")), -1)
    for i in range(last + 1, min(p.right[last], last + REACH) if last >= 0 else 0):  # described as reckless by critics
        if p.lower[i] == "by" and p.tag[i] == "IN":
            for noun in p.children[i]:
                if p.dep[noun] == "pobj" and p.right[noun] >= p.right[verb] - 1:
                    return noun
    return -1


def passive(ctx: Context, verb: int) -> bool:
    """Whether a verb stands in the passive."""
    p = ctx.parse
    tag, dep = p.tag[verb], p.dep[verb]
    deps = {p.dep[c] for c in p.children[verb]}
    if tag == "VBN" and not deps.isdisjoint(("auxpass", "nsubjpass")):
        return True
    if dep == "advcl" and tag in ("VBN", "VBD"):  # Asked about it, she said; but not: Worried about it, she said
        heard = "dobj" not in deps or ctx.lemma(verb) in ALWAYS_TO_SOMEBODY
        return heard and deps.isdisjoint(("nsubj", "csubj", "aux")) and ctx.verb_act(verb) == "speech"
    # a finite verb in truth: the paper, citing two aides, reported that
    reports = "ccomp" in deps and p.lower[verb - 1] == ","
    return tag == "VBN" and dep in ("acl", "amod") and "dobj" not in deps and not reports


def governing(ctx: Context, verb: int, depth: int = 0) -> int:
    """The head of the subject, in the verb's own clause or in those that govern it; -1 if none is to be found.

    Infinitives take the governing verb's object ("urged Iran to say") or else its subject ("refused to say"),
    participles and relative clauses the noun that they modify, conjoined verbs the first verb's subject.
    """
    p = ctx.parse
    own = subject(ctx, verb)
    if own >= 0:
        return own
    if not depth and p.lower[verb] == "adding":
        verb = _added_to(ctx, verb)
    up, dep = p.head[verb], p.dep[verb]
    if depth > 4 or up == verb:
        return -1
    if dep == "xcomp" or (dep == "ccomp" and p.tag[verb] in ("VB", "VBG")):
        for child in p.children[up]:
            if p.dep[child] in ("dobj", "dative") and up < child < verb and p.tag[child][0] in "NP":
                return child
    if dep in ("acl", "relcl"):
        return up
    if dep == "pcomp" or (dep in ("prep", "agent") and p.tag[verb][0] != "V"):
        return governing(ctx, up, depth + 1) if p.dep[up] != "pcomp" or depth < 4 else -1
    if p.tag[up][0] == "V" or dep == "conj" or p.tag[up] in ("IN", "TO", "JJ", "MD"):
        if passive(ctx, up) and dep == "xcomp":
            return subject(ctx, up)
        return governing(ctx, up, depth + 1)
    if p.tag[up][0] == "N":
        return possessor(ctx, up)
    return -1


def _added_to(ctx: Context, verb: int) -> int:
    """What somebody adds is added to their own report: of "adding" inside a reported clause, that clause's verb, whose
    governor has the speaker."""
    p, node = ctx.parse, verb
    for _ in range(MAX_CLIMB):
        up = p.head[node]
        if up == node or p.dep[node] in ("relcl", "acl"):
            return verb
        if p.dep[node] == "ccomp" and p.left[node] > up:
            return node
        node = up
    return verb


def possessor(ctx: Context, noun: int) -> int:
    """Whose a noun is: its possessive, "of"/"by"/"from" phrase after it, or the subject of a light verb before it."""
    p = ctx.parse
    for child in p.children[noun]:
        if p.dep[child] == "poss":
            return child
    for child in p.children[noun]:
        if p.dep[child] == "prep" and child > noun and p.lower[child] in ("by", "from"):
            for below in p.children[child]:
                if p.dep[below] == "pobj":
                    return below
    return -1


def beside(ctx: Context, verb: int) -> Source | None:
    """The noun phrase directly left of a verb, found in the line of words where the parse has no subject for it."""
    p = ctx.parse
    first = ctx.paragraph(verb)[0]
    i = verb - 1
    while i >= first and (p.tag[i] in ("RB", "MD") or p.lower[i] in VERB_AUX):
        i -= 1
    if i > first and p.lower[i] in CLOSING and p.tag[verb] in TENSED:
        i = _before_insertion(ctx, i)
    if i < first or p.tag[i] not in NAME_TAGS or p.tag[i] in ("DT", "POS", "JJ", "CD", "PRP$"):
        return None
    head, quote = i, ctx.quote_of[i]
    while (
        i >= first
        and head - i < 11
        and ctx.quote_of[i] == quote
        and (
            p.tag[i] in NAME_TAGS
            or (p.lower[i] in ("of", "for", "and", "the") and i > first and p.tag[i - 1] in NAME_TAGS)
        )
    ):
        i -= 1
    start = i + 1
    while start < head and p.lower[start] in ("and", "of", "for"):
        start += 1
    return (start, head + 1), head


def _before_insertion(ctx: Context, close: int) -> int:
    """The noun before what stands between commas, dashes or brackets: Lund, the mayor of Alta, said; -1 for none.

    Args:
        ctx: the text.
        close: the mark that closes what is inserted.
    """
    p = ctx.parse
    opening = CLOSING[p.lower[close]]
    first = max(ctx.sentence(close)[0] + 1, close - INSERTION)
    at = next((i for i in range(close - 1, first - 1, -1) if p.lower[i] == opening), -1)
    inner = p.tag[at + 1 : close]
    if at < 0 or not inner or (inner[0][0] != "W" and not FINITE.isdisjoint(inner)):
        return -1
    if at - 2 >= first and p.tag[at - 1] == "RB" and p.lower[at - 2] == ",":  # Lund, meanwhile, who has no seat, said
        at -= 2
    noun = at - 1
    named = p.tag[noun] in NOUNS and p.dep[noun] != "pobj" and not p.lower[noun].endswith(".")
    return noun if named else -1


def mention(ctx: Context, head: int) -> Source | None:
    """A head as a source; None for -1 and for heads that name nobody ("it" and "there" as expletives)."""
    if head < 0 or ctx.parse.dep[head] == "expl":
        return None
    return noun_phrase(ctx, head), head


def source_of(ctx: Context, verb: int, is_passive: bool) -> Source | None:
    """The source of an active verb is its subject, of a passive its agent; both may stand in a governing clause."""
    if ctx.parse.tag[verb] == "NNS":
        return outside_quotes(ctx, beside(ctx, verb), verb)
    head = agent(ctx, verb) if is_passive else governing(ctx, verb)
    found = mention(ctx, head)
    if found is None and not is_passive:
        found = beside(ctx, verb)
    return outside_quotes(ctx, found, verb)


def spread(found: Source | None) -> tuple[TokenSpan | None, int]:
    """A source as the two fields of a Proposal."""
    return found if found else (None, -1)


def outside_quotes(ctx: Context, source: Source | None, cue: int) -> Source | None:
    """A source, unless it stands in a quotation that the cue does not stand in, or is an article and no more."""
    if source and source[0][1] - source[0][0] == 1 and ctx.parse.lower[source[1]] in ARTICLES:
        return None
    if source and ctx.quote_of[source[1]] not in (NO_QUOTE, ctx.quote_of[cue]):
        return None
    return source
