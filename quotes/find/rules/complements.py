"""The complements to the right of a verb: what hangs on it there, in which frame, and where it may begin and end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from quotes.find import source as src
from quotes.find.candidate import Proposal, Source, TokenSpan
from quotes.find.content import breaks, cuts, edges_of
from quotes.find.frame import Frame
from quotes.grammar import clauses
from quotes.grammar.circumstances import end_of_circumstance, tells_somebody
from quotes.grammar.context import NO_QUOTE, REACH, Context
from quotes.grammar.language import ENGLISH
from quotes.lexicon import words
from quotes.lexicon.cues import cue

CLAUSES = frozenset(("ccomp", "xcomp", "advcl", "acl", "relcl", "parataxis", "dep", "intj", "csubj"))
OBJECTS = frozenset(("dobj", "attr", "oprd", "acomp", "dative", "npadvmod", "appos", "nmod"))
QUESTION_WORDS = words("questions")
PRO_CLAUSES = words("pro_clauses")
"""Adverbs that stand for a clause: said so."""
SKIPPED = frozenset(
    ("punct", "aux", "auxpass", "neg", "prt", "nsubj", "nsubjpass", "expl", "cc", "agent", "", "mark", "meta")
)
ADVERBIAL = words("adverbial_openers")
"""What opens a clause that tells how or why something was said to somebody; in PolNeAR's training articles it was
content 3 times in 76."""
PARTING = frozenset((",", "—", "–", "--", "-"))
"""Punctuation that parts what trails a clause from it."""
PERCENT = words("percent")
MAX_ITEMS = 5
"""How many complements of a verb are looked at."""
MAX_STARTS = 3
"""How many of them may begin a content, prepositional phrases not counted."""
LAST = frozenset(("ccomp", "advcl", "parataxis"))
"""The complements after which none begins another content."""
PREDICATES_OF_BE = frozenset(("attr", "acomp", "advmod"))
"""What somebody is, and no report."""


class Reporter:
    """A verb as the rules see it that look for what it reports to its right."""

    __slots__ = ("__dict__", "ctx", "items", "lemma", "passive", "verb")

    def __init__(self, ctx: Context, verb: int) -> None:
        p = ctx.parse
        self.ctx, self.verb = ctx, verb
        self.lemma = ctx.lemma(verb)
        self.passive = clauses.passive(ctx.parse, verb)
        items = [c for c in p.children[verb] if c > verb and p.dep[c] not in SKIPPED and not ctx.blank[c]][:MAX_ITEMS]
        if _said_before(ctx, verb):
            items = [c for c in items if not _apart(ctx, c, self.lemma)]
        self.items = items
        """The tokens that head its complements."""

    @cached_property
    def source(self) -> Source | None:
        """Who speaks."""
        return src.source_of(self.ctx, self.verb, self.passive)

    def find_source(self) -> Source | None:
        return self.source


@dataclass(slots=True)
class Complement:
    """A complement of a verb that may be what it reports, or begin it."""

    of: Reporter
    at: int
    """Its place among the verb's complements."""
    frame: Frame

    @property
    def child(self) -> int:
        """The token that heads it."""
        return self.of.items[self.at]

    def proposal(self) -> Proposal:
        """It as what its verb reports."""
        ctx, verb, child = self.of.ctx, self.of.verb, self.of.items[self.at]
        p = ctx.parse
        tail_from = max(p.right[child], verb + 1)
        edges = edges_of(ctx, self._contents(), verb, tail_from)
        return Proposal(self.frame, (verb, self._cue_end()), verb, self.of.lemma, edges, self.of.find_source)

    def _cue_end(self) -> int:
        """The end of the cue: with the preposition right behind the verb, or its particle (pointed out)."""
        ctx, verb, child = self.of.ctx, self.of.verb, self.of.items[self.at]
        p, after = ctx.parse, verb + 1
        if is_preposition(ctx, child):
            return after + (child == after and end_of_circumstance(ctx.parse, self.of.lemma, child) < 0)
        return after + (after < len(p) and p.dep[after] == "prt" and p.head[after] == verb)

    def _contents(self) -> Iterator[tuple[str, list[TokenSpan]]]:
        """The content from each start to each end that it may have."""
        ctx, items, child = self.of.ctx, self.of.items, self.of.items[self.at]
        aside = end_of_circumstance(ctx.parse, self.of.lemma, child)
        if aside >= 0:
            yield from _after_circumstance(ctx, items, self.at, aside)
        else:
            start = child + 1 if is_preposition(ctx, child) else ctx.parse.left[child]
            yield from _readings(ctx, self.of.verb, items, self.at, start)


def reporting_verbs(ctx: Context) -> Iterator[int]:
    """The verbs that may have their content to the right, and the nouns that the tagger made of such verbs."""
    p = ctx.parse
    for i, tag in enumerate(p.tag):
        verb = p.lower[i] != "according" if tag[:1] == "V" else tag == "NNS" and _reads_like_verb(ctx, i)
        if verb and not _inserted(ctx, i):
            yield i


def complements(ctx: Context) -> Iterator[Complement]:
    """The complements of all verbs; two of a verb where an object comes before a clause."""
    for verb in reporting_verbs(ctx):
        yield from _complements(ctx, Reporter(ctx, verb))


def _complements(ctx: Context, of: Reporter) -> Iterator[Complement]:
    starts = 0
    for at, child in enumerate(of.items):
        frame = _frame(ctx, child, "pass:" if of.passive else "")
        if frame is None or (of.lemma == "be" and frame.kind in PREDICATES_OF_BE):
            continue
        yield Complement(of, at, frame)
        starts += frame.kind != "prep"
        if starts == MAX_STARTS or frame.kind in LAST:
            break


def _frame(ctx: Context, child: int, voice: str) -> Frame | None:
    """How a complement hangs on its verb, with the word that opens it where that tells most."""
    p = ctx.parse
    dep = p.dep[child]
    if dep == "prep":
        below = [c for c in p.children[child] if c > child and p.dep[c] not in ("punct",)]
        noun = "clause" if below and p.dep[below[0]] == "pcomp" else "noun"
        return Frame(dep, p.lower[child], noun, voice) if below else None
    if dep in CLAUSES:
        return Frame(dep, _opener(ctx, child), voice=voice)
    if dep in OBJECTS:
        return Frame(dep, "at number" if dep == "dobj" and _measured(ctx, child) else _kind(ctx, child), voice=voice)
    if dep == "advmod" and p.tag[child][0] != "N":
        return Frame(dep, p.lower[child], voice=voice) if p.lower[child] in PRO_CLAUSES else None
    return Frame(dep, voice=voice) if dep in ("advmod", "pobj", "pcomp") else None


def _opener(ctx: Context, child: int) -> str:
    p = ctx.parse
    first = p.left[child]
    if p.lower[first] == "that" and p.dep[first] == "mark":
        return "that"
    if p.lower[first] in QUESTION_WORDS:
        return "wh"
    tag = p.tag[child]
    if p.dep[first] == "mark":
        return p.lower[first]
    if tag == "VB":
        return "to" if any(p.tag[c] == "TO" for c in p.children[child]) else "bare"
    if tag in ("VBG", "VBN"):
        return tag
    return "none" if tag[0] == "V" or tag == "MD" else tag[:2]


def _measured(ctx: Context, child: int) -> bool:
    """Whether an object is put at a number: put the toll at 40, value the firm at $2 billion."""
    p = ctx.parse
    after = (i for i in (*p.children[child], *p.children[p.head[child]]) if i > child and p.lower[i] == "at")
    return any(
        p.dep[noun] == "pobj" and (p.tag[noun] in ("CD", "$") or p.lower[noun] in PERCENT)
        for i in after
        for noun in p.children[i]
    )


def _kind(ctx: Context, child: int) -> str:
    p = ctx.parse
    if p.tag[child] in ("PRP", "WP", "WDT", "DT", "EX"):
        return "pronoun"
    if p.tag[child] in ENGLISH.proper:
        return "name"
    return p.tag[child][:2]


def _reads_like_verb(ctx: Context, i: int) -> bool:
    """Whether a token that the tagger took for a noun in the plural heads its clause as a verb of reporting would:
    "the Danish side points to the treaty"."""
    p = ctx.parse
    return (
        p.tag[i] == "NNS"
        and p.dep[i] in ("ROOT", "ccomp", "conj", "parataxis")
        and i + 1 < p.right[i]
        and p.tag[i - 1] in ("NN", "NNP")
        and p.head[i - 1] == i
        and p.left[i] < i - 1
        and ctx.quote_of[i] == NO_QUOTE
        and bool(cue(ctx.lemma(i), "VBZ").act)
    )


def _inserted(ctx: Context, verb: int) -> bool:
    """Whether a cue with its source stands inside a clause, after the subject: the law, she said, works."""
    p = ctx.parse
    subjects = [c for c in p.children[verb] if c < verb and p.dep[c] == "nsubj" and ctx.quote_of[c] == NO_QUOTE]
    return len(subjects) == 2 and p.lower[p.left[subjects[1]] - 1] == "," and ctx.quote_of[verb] == NO_QUOTE


def _said_before(ctx: Context, verb: int) -> bool:
    """Whether a verb's content stands to its left, in the writer's words: the ferry will sail, she said."""
    p = ctx.parse
    own = clauses.subject(ctx, verb)
    if not 0 < own < verb or ctx.quote_of[verb] != NO_QUOTE or p.lower[p.left[own] - 1] != ",":
        return False
    before = [c for c in p.children[verb] if c < own]
    if any(p.dep[c] == "ccomp" for c in before):
        return True
    joined = p.head[verb] < p.left[own] and p.dep[verb] in ("parataxis", "advcl", "ccomp", "conj")
    return joined and all(p.dep[c] not in ("mark", "cc", "advmod") for c in before)


def _apart(ctx: Context, child: int, lemma: str) -> bool:
    """Whether a complement of a verb whose content stands to its left is no more of it: whom one tells, or what comes
    after a comma."""
    p = ctx.parse
    if tells_somebody(lemma) and p.dep[child] in p.language.objects:
        return True
    starts = [child, *p.children[child]] if p.dep[child] == "prep" else [child]
    return any(p.lower[p.left[c] - 1] in PARTING and ctx.quote_of[p.left[c]] == NO_QUOTE for c in starts)


def is_preposition(ctx: Context, child: int) -> bool:
    """Whether a complement is a preposition with its noun; those that name a hearer can hang as datives."""
    p = ctx.parse
    return p.dep[child] == "prep" or (p.dep[child] == "dative" and p.tag[child] in ("IN", "TO"))


def _readings(ctx: Context, verb: int, items: list[int], k: int, start: int) -> Iterator[tuple[str, list[TokenSpan]]]:
    """The content from a complement's start to each end that it may have."""
    p = ctx.parse
    child = items[k]
    own, last = p.right[child], p.right[items[-1]]
    if p.dep[child] == "advcl" and p.lower[start] in ADVERBIAL and _later_that(ctx, start, own) > 0:
        yield from _from_that(ctx, start, own, own, last)  # said as he left that …
        return
    if p.dep[child] == "ccomp":
        marks = [c for c in p.children[child] if c < child and p.dep[c] == "mark" and p.lower[c] == "that"]
        start = max([start, *marks])  # said only that
    yield "whole", [(start, own)]
    for j in range(k + 1, len(items)):
        yield f"with {p.dep[items[j]]}", [(start, p.right[items[j]])]
    if is_preposition(ctx, child):
        yield "preposition", [(child, own)]
    elif (inner := _inner_subject(ctx, verb, child)) >= 0:
        yield "with its subject", [(p.left[inner], own)]
    if k and p.dep[items[k - 1]] == "dobj" and end_of_circumstance(ctx.parse, ctx.lemma(verb), items[k - 1]) < 0:
        yield "with object", [(p.left[items[k - 1]], own)]
    if p.dep[child] != "ccomp":
        yield from _from_that(ctx, start, own, own, last)
    else:
        own_subject = clauses.subject(ctx, child)
        if own_subject >= 0 and start < p.left[own_subject] and p.dep[start] != "mark":
            yield "from its subject", [(p.left[own_subject], own)]
        if p.tag[start] in ("NNS", "NNP") and p.left[start] == start and "object" in cue(ctx.lemma(verb), "VB").hearer:
            yield "less hearer", [(start + 1, own)]
    for name, cut in cuts(ctx, child, start, own):
        yield name, [(start, cut)]
    for name, cut in breaks(ctx, start, last):
        yield name, [(start, cut)]
    sentence_end = ctx.sentence(verb)[1]
    if ctx.trim(own, sentence_end):
        yield "to sentence end", [(start, sentence_end)]


def _after_circumstance(ctx: Context, items: list[int], k: int, start: int) -> Iterator[tuple[str, list[TokenSpan]]]:
    """What comes after a hearer, time or place that the parse takes for the complement: told the BBC she would go."""
    p = ctx.parse
    own, last = p.right[items[k]], p.right[items[-1]]
    first = ctx.trim(start, last)
    adverbial = first is not None and p.dep[first[0]] == "mark" and p.lower[first[0]] in ADVERBIAL
    inside = any(p.dep[c] in CLAUSES for c in p.children[start - 1])
    later = [] if adverbial else [item for item in items[k:] if inside or p.dep[item] in CLAUSES]
    for item in later:
        yield f"after {p.dep[items[k]]}", [(start, p.right[item])]
    yield from _from_that(ctx, start - 1, last, own, last)


def _from_that(ctx: Context, start: int, end: int, own: int, last: int) -> Iterator[tuple[str, list[TokenSpan]]]:
    """From a later "that" between two tokens, if there is one, to the last complement's end, and to its own."""
    that = _later_that(ctx, start, end)
    if that > 0:
        yield "from that", [(that, last)]
        if that < own:
            yield "from that, alone", [(that, own)]


def _inner_subject(ctx: Context, verb: int, child: int) -> int:
    """A subject between verb and complement: called Cruz a fraud."""
    p = ctx.parse
    return next((c for c in p.children[verb] if verb < c < child and p.dep[c] == "nsubj"), -1)


def _later_that(ctx: Context, start: int, end: int) -> int:
    """Where a that-clause begins inside another complement: told at a debate that …; -1 for nowhere."""
    p = ctx.parse
    return next(
        (
            i
            for i in range(start + 1, min(end - 1, start + REACH))
            if p.lower[i] == "that" and p.tag[i] in ("IN", "WDT")
        ),
        -1,
    )
