"""Whether what a cue reports took place, by the text's own words: denied, possible, asked.

The field calls this the factuality of an event. What denies is the grammar's to say (``quotes.grammar.negation``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.grammar.clauses import subjects
from quotes.grammar.marks import is_mark
from quotes.grammar.negation import inverted, is_nobody, joined_in_denial, leaves_out, negates

if TYPE_CHECKING:
    from quotes.describe.clause import Clause


def negated(clause: Clause) -> bool:
    """Did the act, by the text's own words, not take place, or does it take the content back?"""
    if not clause.cue or _said_all_the_same(clause):
        return False
    if _said_by_nobody(clause):
        return True
    own = [i for i in clause.scope if i not in clause.governors]
    denied = clause.reported.sense == "denied" or any(clause.denied(i) for i in own)
    denied |= joined_in_denial(clause.parse, clause.main) or _instead(clause, own[-1])
    for i in clause.governors:
        if clause.parse.lower[i] == "help":  # could not help saying
            continue
        refuses = clause.entry(i).sense == "denied" or leaves_out(clause.parse, i)
        denied |= refuses != clause.denied(i)  # "did not hesitate to say" is said
    inside = (i for i in clause.cue if clause.parse.head[i] in clause.cue and i < clause.main)
    return denied or any(negates(clause.parse, i) for i in inside) or _untrue(clause)


def modal(clause: Clause) -> bool:
    """Is the act possible, planned, expected or supposed rather than done?"""
    parse = clause.parse
    if any(_makes_possible(clause, verb, c) for verb in clause.scope for c in parse.children[verb]):
        return True
    return _supposed(clause) or any(
        clause.entry(i).sense == "planned" or parse.words[i] == "going" or clause.supposed(i) for i in clause.governors
    )


def _makes_possible(clause: Clause, verb: int, child: int) -> bool:
    """Whether a word beside a verb makes it possible or planned: may say, if she says, is ready to say."""
    parse = clause.parse
    language, word, dep = parse.language, parse.lower[child], parse.dep
    if child in clause.taken:
        return False
    if parse.tag[child] in language.modals:
        if parse.words[child][0].isupper() and child + 1 in clause.taken and not parse.words[child].isupper():
            return False  # Will Carr said
        return word not in clause.words("refusals") or not clause.denied(verb)
    if word in clause.words("conditions") and dep[child] in language.openers:
        return dep[verb] in language.claims
    governs = dep[child] in language.predicates and verb in clause.governors
    return governs and clause.entry(child).sense == "planned"


def question(clause: Clause) -> bool:
    """Is the content asked rather than stated, or is it asked whether it was said: "Did she say that …?"?"""
    parse, content = clause.parse, clause.candidate.content
    first, last = content[0][0], content[-1][1] - 1
    while last > content[-1][0] and (is_mark(parse.lower[last]) or parse.lower[last] == ","):
        last -= 1
    if parse.words[last].endswith("?") or (clause.cue and _is_asked(clause)):
        return True
    if not clause.cue or clause.reported.sense != "asked":
        return False
    return (
        parse.lower[first] in clause.words("questions")
        or quoted(clause)
        or parse.tag[clause.main] in parse.language.nouns
    )


def quoted(clause: Clause) -> bool:
    """Does the content begin with a quotation mark?"""
    return is_mark(clause.parse.lower[clause.candidate.content[0][0]])


# What denies


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
    return is_nobody(parse, first)


def _instead(clause: Clause, verb: int) -> bool:
    """Rather than say so, she left."""
    parse = clause.parse
    return any(parse.lower[c] == "than" and parse.dep[c] in parse.language.openers for c in parse.children[verb])


def _untrue(clause: Clause) -> bool:
    """Whether the text takes back that somebody said something.

    CASE 1: "there is no evidence that S said": by "no" before the noun; but "there is no doubt" takes nothing back.
    CASE 2: "the claim that S said is false": by what a verb says of the noun.
    CASE 3: "it is a myth that S said", "it is not a fact that S said": by the noun itself.
    CASE 4: "it is not true that S said": by what a verb says of "it".
    """
    parse, verb = clause.parse, clause.scope[-1]
    language, above = parse.language, parse.head[verb]
    if parse.dep[verb] not in language.claims or above == verb or above in clause.taken:
        return False
    if parse.tag[above] not in language.nouns:
        return _judged(clause, above, verb)
    noun, own = parse.lower[above], [c for c in parse.children[above] if c < above]
    if any(parse.lower[c] == "no" for c in own):
        return noun not in clause.words("no_doubt")
    if any(negates(parse, c) for c in own):
        return True
    governor = parse.head[above]
    is_subject = parse.dep[verb] in language.noun_clauses and parse.dep[above] in language.subjects
    if is_subject and _judged(clause, governor, above):
        return True
    if _is_false(clause, above):
        return not clause.denied(governor)
    if parse.dep[above] in language.predicates and noun in clause.words("true"):
        return clause.denied(governor)
    return _judged(clause, above, verb)


def _judged(clause: Clause, verb: int, claim: int) -> bool:
    """Whether what a verb says of a claim is that it is false, or not true."""
    parse = clause.parse
    words = {parse.lower[c] for c in parse.children[verb] if parse.dep[c] in parse.language.predicates and c != claim}
    if _is_false(clause, verb) or words & clause.words("false"):
        return not clause.denied(verb)
    return bool(words & clause.words("true")) and clause.denied(verb)


def _is_false(clause: Clause, i: int) -> bool:
    """Whether a word calls something false; a Ms Lie does not."""
    parse = clause.parse
    return parse.lower[i] in clause.words("false") and parse.tag[i] not in parse.language.proper


# What makes it possible


def _supposed(clause: Clause) -> bool:
    """Whether the clause is a supposition.

    CASE 1: "had she said so": its auxiliary stands before its subject, and it is no question.
    CASE 2: "in case she says".
    CASE 3: "suppose she says": a verb without a subject governs it.
    """
    if not clause.scope:
        return False
    parse, verb = clause.parse, clause.scope[-1]
    language, suppositions = parse.language, clause.words("suppositions")
    turned, start = clause.words("turned_conditions"), parse.left[verb]
    for c in parse.children[verb]:
        if c == start and parse.lower[c] in turned and parse.dep[c] in language.auxiliaries | language.claims:
            return inverted(parse, verb, c - 1) and not _is_asked(clause)
        if c < verb and parse.lower[c] == "in" and parse.lower[c + 1] in suppositions:
            return c + 2 < len(parse) and parse.lower[c + 2] not in ("of", ",")
    above = parse.head[verb]
    if parse.dep[verb] not in language.content_clauses or above == verb or parse.lower[above] not in suppositions:
        return False
    return not subjects(parse, above)


def _is_asked(clause: Clause) -> bool:
    """Whether the sentence of the cue is a question of the writer's, its mark outside the content."""
    parse = clause.parse
    start, end = parse.sents[parse.sent_of[clause.main]]
    last = end - 1
    while last > start and not parse.words[last].strip():
        last -= 1
    if parse.lower[last] != "?" or any(a <= last < b for a, b in clause.candidate.content):
        return False
    return not is_mark(parse.lower[last - 1])
