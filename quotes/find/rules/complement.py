"""Complements to the right of a verb: clauses, objects, infinitives, prepositional phrases."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.find import source as src
from quotes.find.candidate import Proposal, TokenSpan
from quotes.find.content import breaks, cuts, edges_of
from quotes.find.frame import CLAUSES, OBJECTS, frame_of
from quotes.find.rules.rule import Rule
from quotes.grammar import clauses
from quotes.grammar.circumstances import end_of_circumstance, tells_somebody
from quotes.grammar.context import NO_QUOTE, REACH, Context
from quotes.lexicon.cues import cue

SKIPPED = frozenset(
    ("punct", "aux", "auxpass", "neg", "prt", "nsubj", "nsubjpass", "expl", "cc", "agent", "", "mark", "meta")
)
ADVERBIAL = frozenset(
    ("after", "before", "as", "while", "though", "although", "because", "until", "till", "since", "unless", "once")
)
"""What opens a clause that tells how or why something was said to somebody; in PolNeAR's training articles it was
content 3 times in 76."""
PARTING = frozenset((",", "—", "–", "--", "-"))
"""Punctuation that parts what trails a clause from it."""
MAX_ITEMS = 5

RULES = (
    Rule(
        "complement.that",
        "a that-clause after the verb",
        (
            "[Fidan] (said) {that talks would resume in the spring}.",
            "[The minister] (insisted) {that no money had changed hands}.",
            "[Larsen] praised the crew, (adding) {that nobody had been hurt}.",
            "[She] warned that prices could rise by a fifth, (adding) {that there was no other plan}.",
            "[The central bank] (told) lenders {that it would raise rates in June}.",
            "[Prosecutors] (alleged) on Tuesday {that the broker had hidden his losses}.",
            "[The White House] on Friday (confirmed) {that the envoy had resigned}.",
            "[The paper], citing two aides, (reported) {that the talks had failed}.",
        ),
        ("The house that Jack built fell down.", "The goalkeeper saved a penalty in the last minute."),
    ),
    Rule(
        "complement.clause",
        "a clause without that after the verb",
        (
            "[Officials] (say) {the bridge will reopen in June}.",
            "[Ann Lee] (told) the BBC {she would not resign}.",
            "[The coach] (admitted) {his side were second best}.",
            "[Researchers] (believe) {the glacier will lose a third of its ice}.",
            "[The spokesman] was quoted as (saying) {the plant would close}.",
            "[Ruiz] (said) as she left the courthouse {that she would appeal}.",
        ),
        ("The trains were late again.",),
    ),
    Rule(
        "complement.question",
        "an embedded question after the verb",
        (
            "[She] (asked) {whether the vote would be held again}.",
            "[The report] (explained) {how the fire had spread}.",
            "[The judge] (wondered) {why the file had been opened twice}.",
        ),
        ("Shares in the company fell by four per cent.",),
    ),
    Rule(
        "complement.infinitive",
        "an infinitive or a participle after the verb",
        (
            "[The union] (threatened) {to walk out on Friday}.",
            "[Mbeki] (promised) {to publish the figures}.",
            "[The airline] (refused) {to comment on the delay}.",
            "[The defendant] (denied) {stealing the car}.",
        ),
        ("The striker scored twice in Naples.",),
    ),
    Rule(
        "complement.object",
        "an object, predicate or small clause after the verb",
        (
            "[The senator] (praised) {the decision}.",
            "[Rossi] (called) {it a disgrace}.",
            "[Campaigners] (welcomed) {the ruling}.",
            "[The Kremlin] (denied) {the claims}.",
            "[Aid agencies] (put) {the death toll at 40}.",
            "[The auditors] (value) {the port at $2 billion}.",
            "[The coastguard] (said) Monday in a statement {that the search was over}.",
            "[Her brother] (told) the inquest {that she loved boats}.",
        ),
        ("The committee met on Tuesday.", "He is a doctor."),
    ),
    Rule(
        "complement.preposition",
        "a prepositional phrase after the verb",
        (
            "[Doctors] (warned of) {a shortage of beds}.",
            "[Residents] (complained about) {the smell}.",
            "[The envoy] (spoke about) {the prisoners}.",
            "Copenhagen cites a map; [the Swedish side] (points to) {the treaty of 1658}.",
            "[The mayor] (apologised for) {the delay}.",
        ),
        ("The governor signed the bill.", "The ferry sinks in May, the skipper said on Monday."),
    ),
    Rule(
        "complement.quotation",
        "a quotation to the right of the verb, whatever the parse makes of it",
        (
            "[Okafor] (said): {“We are ready.”}",
            "[She] (replied), {“Not on my watch.”}",
            "[The actor] (wrote) on Instagram: {“Thank you for twenty years. It has been a joy.”}",
            "In a statement, [the club] (said): {‘The ground is safe.’}",
        ),
        ("The film “Winter Light” opens on Friday.",),
    ),
)


def reads_like_verb(ctx: Context, i: int) -> bool:
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


def proposals(ctx: Context, verb: int) -> Iterator[Proposal]:
    """What the complements to the right of a verb may report; two readings where an object comes before a clause."""
    p = ctx.parse
    items = [c for c in p.children[verb] if c > verb and p.dep[c] not in SKIPPED and not ctx.blank[c]][:MAX_ITEMS]
    lemma = ctx.lemma(verb)
    if _inserted(ctx, verb):
        return
    if _said_before(ctx, verb):
        items = [c for c in items if not _apart(ctx, c, lemma)]
    is_passive = clauses.passive(ctx.parse, verb)
    starts = 0
    for k, child in enumerate(items):
        frame = frame_of(ctx, child)
        if frame is None or (lemma == "be" and frame.startswith(("attr", "acomp", "advmod"))):
            continue
        key = f"pass:{frame}" if is_passive else frame
        if ctx.plausible(lemma, key):
            yield from _proposal(ctx, verb, lemma, key, items, k, is_passive)
        starts += not frame.startswith("prep")
        if starts == 3 or frame.startswith(("ccomp", "advcl", "parataxis")):
            break
    quote = _quotation_right(ctx, verb)
    if quote >= 0:
        key = "pass:quote" if is_passive else "quote"
        if ctx.plausible(lemma, key):
            yield from _quoted(ctx, verb, lemma, key, quote)


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
    if tells_somebody(lemma) and p.dep[child] in ("dobj", "dative"):
        return True
    starts = [child, *p.children[child]] if p.dep[child] == "prep" else [child]
    return any(p.lower[p.left[c] - 1] in PARTING and ctx.quote_of[p.left[c]] == NO_QUOTE for c in starts)


def _proposal(
    ctx: Context, verb: int, lemma: str, frame: str, items: list[int], k: int, is_passive: bool
) -> Iterator[Proposal]:
    p = ctx.parse
    found = src.source_of(ctx, verb, is_passive)
    child = items[k]
    start = p.left[child]
    aside = end_of_circumstance(ctx.parse, lemma, child)
    cue_end = verb + 1
    if is_preposition(ctx, child):
        start = child + 1
        cue_end = child + 1 if child == verb + 1 and aside < 0 else cue_end
    elif cue_end < len(p) and p.dep[cue_end] == "prt" and p.head[cue_end] == verb:
        cue_end += 1
    tail_from = max(p.right[child], verb + 1)
    after = _after_circumstance(ctx, items, k, aside) if aside >= 0 else _readings(ctx, verb, items, k, start)
    edges = edges_of(ctx, after, verb, tail_from)
    if edges:
        yield Proposal(_rule(frame), frame, (verb, cue_end), verb, lemma, *src.spread(found), edges)


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


def _rule(frame: str) -> str:
    if frame.startswith("pass:"):
        return "passive.complement"
    kind, _, opener = frame.partition(":")
    if kind == "prep":
        return "complement.preposition"
    if kind in OBJECTS or kind in ("advmod", "pobj"):
        return "complement.object"
    if opener == "wh" or opener in ("if", "whether"):
        return "complement.question"
    if opener in ("to", "bare", "VBG", "VBN") and (opener == "to" or kind != "ccomp"):
        return "complement.infinitive"
    return "complement.that" if opener == "that" else "complement.clause"


def _quotation_right(ctx: Context, verb: int) -> int:
    """The quotation that opens to the right of a verb in its sentence, or after a colon that ends its paragraph."""
    p = ctx.parse
    if ctx.quote_of[verb] != NO_QUOTE:
        return NO_QUOTE
    end = ctx.sentence(verb)[1]
    for i in range(verb + 1, min(end, verb + 25)):
        if ctx.quote_of[i] != NO_QUOTE:
            return ctx.quote_of[i]
    if end < len(p) + 1 and p.lower[end - 1] in (":", ",") and end - verb < 25:
        nxt = end
        while nxt < len(p) and ctx.blank[nxt]:
            nxt += 1
        if nxt < len(p) and p.para_of[nxt] - p.para_of[verb] <= 1:
            q = ctx.quote_of[nxt]
            return q if q != NO_QUOTE and ctx.quotes[q].start == nxt else NO_QUOTE
    return NO_QUOTE


def _quoted(ctx: Context, verb: int, lemma: str, frame: str, q: int) -> Iterator[Proposal]:
    quote = ctx.quotes[q]
    before = ctx.parse.lower[quote.start - 1]
    key = f"{frame}/{before if before in (':', ',') else 'word' if quote.start - 1 > verb else 'cue'}"
    found = src.source_of(ctx, verb, frame.startswith("pass"))
    sentence_end = max(ctx.sentence(verb)[1], quote.end)
    readings = [("quotation", [(quote.start, quote.end)]), ("to sentence end", [(quote.start, sentence_end)])]
    edges = edges_of(ctx, readings, verb, quote.end)
    if edges:
        yield Proposal("complement.quotation", key, (verb, verb + 1), verb, lemma, *src.spread(found), edges)
