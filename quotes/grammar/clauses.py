"""Clauses: who does what a verb says, in its own clause or in one that governs it.

All by the parse, which errs; where it errs in one way often enough, a CASE says so with a sentence.
"""

from __future__ import annotations

from quotes.grammar.circumstances import tells_somebody
from quotes.grammar.context import REACH, Context
from quotes.grammar.parse import Parse

MAX_CLIMB = 8
"""Tokens up the tree."""
DEEPEST = 4
"""Clauses up from a verb to that which has its subject."""
CLOSING = frozenset((",", "-", "–", "—", ")"))
"""What closes an apposition."""


def subjects(p: Parse, verb: int) -> list[int]:
    """The heads of all that the parse takes for subjects of a verb, in text order."""
    wanted, dep = p.language.subjects, p.dep
    return [child for child in p.children[verb] if dep[child] in wanted]


def subject(ctx: Context, verb: int) -> int:
    """The head of a verb's own subject; -1 if it has none.

    CASE 1: "“Taxes rise,” the mayor said": where the parse has quoted words among the subjects, the one nearest to the
    verb outside that quotation.
    CASE 2: "After talks with Lund, the minister said": what the parse takes for an apposition of a subject and no
    comma closes before the verb is the subject itself.
    CASE 3: "Responding, the minister said": nor is a participle that opens the sentence, with a comma behind it.
    """
    found = subjects(ctx.parse, verb)
    if not found:
        return -1
    own = ctx.quote_of[verb]
    nearest = min(found, key=lambda child: (ctx.quote_of[child] != own, abs(verb - child))) if found[1:] else found[0]
    return _unclosed(ctx.parse, _after_opener(ctx.parse, nearest), verb)


def _after_opener(p: Parse, noun: int) -> int:
    """The noun that hangs on a participle which opens its sentence; any other noun itself."""
    opens = p.tag[noun] in p.language.gerunds and noun == p.sents[p.sent_of[noun]][0] and p.lower[noun + 1] == ","
    return next((c for c in p.children[noun] if opens and c > noun and p.tag[c] in p.language.nouns), noun)


def _unclosed(p: Parse, noun: int, verb: int) -> int:
    for child in p.children[noun]:
        if p.dep[child] == "appos" and noun < child < verb and p.lower[p.left[child] - 1] == ",":
            between = p.lower[p.right[child] - 1 : verb]
            if p.right[child] <= verb and CLOSING.isdisjoint(between):
                return _unclosed(p, child, verb)
    return noun


def agent(p: Parse, verb: int) -> int:
    """The head of the noun after "by" in a passive; -1 if there is none."""
    for child in p.children[verb]:
        if p.dep[child] == "agent" or (p.dep[child] == "prep" and p.lower[child] == "by"):
            for noun in p.children[child]:
                if p.dep[noun] == "pobj":
                    return noun
    # CASE: "described as reckless by critics": the parser hangs "by" on what the verb says
    last = next((c for c in reversed(p.children[verb]) if c > verb and p.dep[c] in ("prep", "oprd", "xcomp")), -1)
    for i in range(last + 1, min(p.right[last], last + REACH) if last >= 0 else 0):
        if p.lower[i] == "by" and p.tag[i] == "IN":
            for noun in p.children[i]:
                if p.dep[noun] == "pobj" and p.right[noun] >= p.right[verb] - 1:
                    return noun
    return -1


def passive(p: Parse, verb: int) -> bool:
    """Whether a verb stands in the passive.

    CASE 1: "Asked about the strike, she said no" is passive, and "Worried about the strike, she flew home" is not: of
    participles before a clause those of verbs of speech are, unless they have an object that isn't a hearer.
    CASE 2: "The paper, citing two aides, reported that": a finite verb that the tagger takes for a participle.
    """
    tag, dep = p.tag[verb], p.dep[verb]
    deps = {p.dep[c] for c in p.children[verb]}
    if tag == "VBN" and not deps.isdisjoint(p.language.passive_marks):
        return True
    if dep == "advcl" and tag in ("VBN", "VBD"):
        heard = "dobj" not in deps or tells_somebody(p.lemma(verb))
        return heard and deps.isdisjoint(("nsubj", "csubj", "aux")) and p.verb_act(verb) == "speech"
    reports = "ccomp" in deps and p.lower[verb - 1] == ","
    return tag == "VBN" and dep in ("acl", "amod") and "dobj" not in deps and not reports


def governing(ctx: Context, verb: int, depth: int = 0) -> int:
    """The head of the subject, in the verb's own clause or in those that govern it; -1 if none is to be found.

    CASE 1: "[Larsen] praised the crew, adding that": what somebody adds, they add to their own report; and "[Larsen]
    said the port was shut but declined to say when": so is what they decline to say, or say with another verb.
    CASE 2: "urged [Iran] to say": an infinitive takes the governing verb's object.
    CASE 3: "[the minister] who said", "[a study] saying that": clauses and participles take the noun that they modify.
    CASE 4: "[She] was said to have denied it": of a passive that governs an infinitive the subject.
    CASE 5: "[The bank] refused to say", "[she] came home and said": else what the governing verb has for a subject.
    CASE 6: "[his] refusal to say": of a noun that governs it, whose it is.
    """
    p = ctx.parse
    own = subject(ctx, verb)
    if own >= 0:
        return own
    if not depth and (p.lower[verb] == "adding" or speaks_again(p, verb)):
        verb = _added_to(p, verb)
    up, dep, tag = p.head[verb], p.dep[verb], p.tag
    language = p.language
    if depth > DEEPEST or up == verb:
        return -1
    if dep == "xcomp" or (dep == "ccomp" and tag[verb] in ("VB", "VBG")):
        for child in p.children[up]:
            if p.dep[child] in language.objects and up < child < verb and tag[child] in language.names:
                return child
    if dep in language.noun_clauses:
        return up
    if dep == "pcomp" or (dep in ("prep", "agent") and tag[verb] not in language.verbs):
        return governing(ctx, up, depth + 1) if p.dep[up] != "pcomp" or depth < DEEPEST else -1
    if tag[up] in language.verbs or dep == "conj" or tag[up] in ("IN", "TO", "JJ", "MD"):
        if dep == "xcomp" and passive(p, up):
            return subject(ctx, up)
        return governing(ctx, up, depth + 1)
    return possessor(p, up) if tag[up] in language.nouns else -1


def speaks_again(p: Parse, verb: int) -> bool:
    """Whether a verb that the parser joins to a reported clause is the speaker's own.

    CASE 1: "said the port was shut but declined to say when".
    CASE 2: "said the port was shut and warned that it would stay so".
    """
    words = p.language.words
    if p.dep[verb] != "conj" or p.tag[verb] != "VBD":
        return False
    if p.lemma(verb) in words("refusing"):
        return any(p.dep[c] == "xcomp" and p.lemma(c) in words("told_or_not") for c in p.children[verb])
    clauses = (c for c in p.children[verb] if p.dep[c] == "ccomp" and c > verb)
    return p.lemma(verb) in words("saying_more") and any(p.lower[p.left[c]] == "that" for c in clauses)


def _added_to(p: Parse, verb: int) -> int:
    """Of a verb inside a reported clause, that clause's verb, whose governor has the speaker; else itself."""
    node = verb
    for _ in range(MAX_CLIMB):
        up = p.head[node]
        if up == node or p.dep[node] in p.language.noun_clauses:
            return verb
        if p.dep[node] == "ccomp" and p.left[node] > up:
            return node
        node = up
    return verb


def possessor(p: Parse, noun: int) -> int:
    """Whose a noun is: its possessive, or what follows it after "by" or "from"; -1 for nobody's."""
    for child in p.children[noun]:
        if p.dep[child] == "poss":
            return child
    for child in p.children[noun]:
        if p.dep[child] == "prep" and child > noun and p.lower[child] in ("by", "from"):
            for below in p.children[child]:
                if p.dep[below] == "pobj":
                    return below
    return -1
