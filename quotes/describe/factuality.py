"""Whether what a cue reports took place, by the text's own words: denied, possible, asked.

The field calls this the factuality of an event. The words that decide it are in factuality.tsv.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from quotes.lexicon import table

if TYPE_CHECKING:
    from quotes.describe.clause import Clause

WH = frozenset({"whether", "if", "who", "whom", "whose", "what", "which", "when", "where", "why", "how"})
QUOTATION = frozenset("\"“”„‟«»‘’`'") | {"``", "''"}
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
AUXILIARIES = frozenset({"aux", "auxpass"})
CLAIMED = frozenset({"ccomp", "csubj", "acl", "advcl", "relcl"})
"""How a clause that somebody said something hangs on the words that judge it: "it is not true that she said"."""
JUDGED = frozenset({"acomp", "attr", "oprd"})
TURNED = frozenset({"had", "should", "were"})
"""Before their subject these open a condition: "Had she said so, …"."""


@cache
def does(what: str) -> frozenset[str]:
    """The words of factuality.tsv that do something: "negates", "nobody", …"""
    return frozenset(row["word"] for row in table("factuality") if row["does"] == what)


def negated(clause: Clause) -> bool:
    """Did the act, by the text's own words, not take place, or does it take the content back?"""
    if not clause.cue or _said_all_the_same(clause):
        return False
    if _said_by_nobody(clause):
        return True
    own = [i for i in clause.scope if i not in clause.governors]
    denied = clause.reported.sense == "denied" or any(_not(clause, i) for i in own)
    denied |= _coordinated(clause) or _instead(clause, own[-1])
    for i in clause.governors:
        if clause.parse.lower[i] == "help":  # could not help saying
            continue
        refuses = clause.entry(i).sense == "denied" or _leaves_out(clause, i)
        denied |= refuses != _not(clause, i)  # "did not hesitate to say" is said
    inside = (i for i in clause.cue if clause.parse.head[i] in clause.cue and i < clause.main)
    return denied or any(_negates(clause, i) for i in inside) or _untrue(clause)


def modal(clause: Clause) -> bool:
    """Is the act possible, planned, expected or supposed rather than done?"""
    parse = clause.parse
    for verb in clause.scope:
        for c in parse.children[verb]:
            if c in clause.taken:
                continue
            if parse.tag[c] == "MD" and not (parse.lower[c] in does("refuses") and _not(clause, verb)):
                return True
            if parse.lower[c] in does("condition") and parse.dep[c] == "mark" and parse.dep[verb] in CLAIMED:
                return True
            if parse.dep[c] == "acomp" and verb in clause.governors and clause.entry(c).sense == "planned":
                return True
    return _supposed(clause) or any(
        clause.entry(i).sense == "planned" or parse.words[i] == "going" or clause.supposed(i) for i in clause.governors
    )


def question(clause: Clause) -> bool:
    """Is the content asked rather than stated, or is it asked whether it was said: "Did she say that …?"?"""
    parse, content = clause.parse, clause.candidate.content
    first, last = content[0][0], content[-1][1] - 1
    while last > content[-1][0] and (parse.lower[last] in QUOTATION or parse.lower[last] == ","):
        last -= 1
    if parse.words[last].endswith("?") or (clause.cue and _is_asked(clause)):
        return True
    if not clause.cue or clause.reported.sense != "asked":
        return False
    return parse.lower[first] in WH or quoted(clause) or parse.tag[clause.main][0] == "N"


def quoted(clause: Clause) -> bool:
    """Does the content begin with a quotation mark?"""
    return clause.parse.lower[clause.candidate.content[0][0]] in QUOTATION


# What denies


def _negates(clause: Clause, i: int) -> bool:
    lower = clause.parse.lower
    before = lower[i - 1] if i else ""
    after = lower[i + 1] if i + 1 < len(lower) else ""
    if lower[i] in does("negates"):
        return after not in does("more") | does("certain") and before not in ("or", "not")  # whether or not
    return lower[i] == "yet" and after == "to"


def _not(clause: Clause, verb: int) -> bool:
    """Whether a verb is denied: by a word beside it or its auxiliary ("has not, however, said"), or by a phrase that
    puts the subject behind the auxiliary ("at no point did she say")."""
    parse = clause.parse
    beside = [verb, *(c for c in parse.children[verb] if parse.dep[c] in AUXILIARIES)]
    for c in (c for b in beside for c in parse.children[b] if c not in clause.taken):
        if _negates(clause, c):
            return True
        if c < verb and parse.dep[c] == "advmod" and any(_negates(clause, g) for g in parse.children[c]):
            return True  # never once told
        if parse.dep[c] == "prep" and _inverted(clause, verb, c) and _holds_no(clause, c):
            return True
    return False


def _holds_no(clause: Clause, preposition: int) -> bool:
    parse = clause.parse
    return any(parse.lower[i] == "no" for i in range(preposition + 1, parse.right[preposition]))


def _inverted(clause: Clause, verb: int, after: int) -> bool:
    """Whether behind a token an auxiliary of a verb comes before its subject."""
    parse = clause.parse
    subject = next((c for c in parse.children[verb] if parse.dep[c] in SUBJECTS), -1)
    return any(parse.dep[c] in AUXILIARIES and after < c < subject < verb for c in parse.children[verb])


def _said_all_the_same(clause: Clause) -> bool:
    """Did not mince her words: "It is a disgrace." The quotation is hers; what is denied is no act of speech."""
    parse, first = clause.parse, clause.candidate.content[0][0]
    spoken = clause.reported.act in ("speech", "writing", "thought")
    return quoted(clause) and parse.lower[first - 1] == ":" and not spoken


def _said_by_nobody(clause: Clause) -> bool:
    """Whether the source is one that did not speak: nobody, no official, neither Amin nor Sorley, hardly any."""
    parse, source, head = clause.parse, clause.candidate.source, clause.candidate.source_head
    if not source or head < 0:
        return False
    first = min(source[0], parse.left[head]) if parse.left[head] > source[0] - 4 else source[0]
    start = parse.sents[parse.sent_of[head]][0]
    if first > start and parse.lower[first - 1] in ("neither", "nor"):
        first -= 1
    word = parse.lower[first]
    if word not in does("nobody") or first + 1 >= len(parse):
        return False
    after = parse.lower[first + 1]
    numbered = word == "no" and (parse.tag[first + 1] == "CD" or after in does("certain") | {"."})  # No 10 said
    return not numbered and after not in does("more")


def _coordinated(clause: Clause) -> bool:
    """Whether the verb is one of several that are denied together: neither said nor implied, did not say or imply."""
    parse, verb = clause.parse, clause.main
    above = parse.head[verb]
    if parse.dep[verb] != "conj" or above == verb:
        return False
    return any(parse.lower[c] == "nor" and above < c < verb for c in parse.children[above])


def _leaves_out(clause: Clause, i: int) -> bool:
    """Whether a governor leaves out what it governs: without, short of, far from, instead of."""
    parse = clause.parse
    if parse.lower[i] in does("instead"):
        return True
    return parse.tag[i] == "IN" and i > 0 and parse.lower[i - 1] in does("instead")


def _instead(clause: Clause, verb: int) -> bool:
    """Rather than say so, she left."""
    parse = clause.parse
    return any(parse.lower[c] == "than" and parse.dep[c] == "mark" for c in parse.children[verb])


def _untrue(clause: Clause) -> bool:
    """Whether the text takes back that somebody said something: it is not true that S said, no evidence that S said,
    the claim that S said is false."""
    parse, verb = clause.parse, clause.scope[-1]
    above = parse.head[verb]
    if parse.dep[verb] not in CLAIMED or above == verb or above in clause.taken:
        return False
    if parse.tag[above][0] == "N":
        own = [c for c in parse.children[above] if c < above]
        if any(parse.lower[c] == "no" for c in own):
            return parse.lower[above] not in does("certain")
        if any(_negates(clause, c) for c in own):
            return True
        if parse.dep[verb] == "acl" and parse.dep[above] in SUBJECTS and _judged(clause, parse.head[above], above):
            return True
        if parse.lower[above] in does("false"):
            return not _not(clause, parse.head[above])
        if parse.dep[above] in JUDGED and parse.lower[above] in does("true"):
            return _not(clause, parse.head[above])
    return _judged(clause, above, verb)


def _judged(clause: Clause, verb: int, claim: int) -> bool:
    """Whether what a verb says of a claim is that it is false, or not true."""
    parse = clause.parse
    words = {parse.lower[c] for c in parse.children[verb] if parse.dep[c] in JUDGED and c != claim}
    if parse.lower[verb] in does("false"):
        words.add(parse.lower[verb])
    if words & does("false"):
        return not _not(clause, verb)
    return bool(words & does("true")) and _not(clause, verb)


# What makes it possible


def _supposed(clause: Clause) -> bool:
    """Whether the clause is a supposition: had she said so, suppose she says, in case she says."""
    if not clause.scope:
        return False
    parse, verb = clause.parse, clause.scope[-1]
    start = parse.left[verb]
    for c in parse.children[verb]:
        if parse.lower[c] in TURNED and parse.dep[c] in AUXILIARIES | {"ccomp", "advcl"} and c == start:
            return _inverted(clause, verb, c - 1) and not _is_asked(clause)
        if parse.dep[c] == "prep" and c < verb and parse.lower[c + 1] in ("case", "event"):
            return c + 2 < len(parse) and parse.dep[c + 2] not in ("prep", "punct")
    above = parse.head[verb]
    if parse.dep[verb] != "ccomp" or above == verb or parse.lower[above] not in does("supposes"):
        return False
    return not any(parse.dep[c] in SUBJECTS for c in parse.children[above])


def _is_asked(clause: Clause) -> bool:
    """Whether the sentence of the cue is a question of the writer's, its mark outside the content."""
    parse = clause.parse
    start, end = parse.sents[parse.sent_of[clause.main]]
    last = end - 1
    while last > start and not parse.words[last].strip():
        last -= 1
    if parse.lower[last] != "?" or any(a <= last < b for a, b in clause.candidate.content):
        return False
    return parse.lower[last - 1] not in QUOTATION
