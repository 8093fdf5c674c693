"""Which verbs are denied: no quotation of the next sentence is what they report."""

from __future__ import annotations

from collections.abc import Collection

from quotes.grammar.clauses import subjects
from quotes.grammar.negation import denied, is_nobody
from quotes.grammar.parse import Parse
from quotes.lexicon.cues import cue

DEEPEST = 4
"""Words up from a verb to the one that denies it."""


def is_denied(p: Parse, verb: int, said: Collection[int] = ()) -> bool:
    """Whether the words beside a verb, or those that govern it, say that nothing was said.

    CASE 1: "He would not say. “Why should I?”": nor is the next sentence one of "declined to comment".
    CASE 2: "did not hesitate to say", "could not help saying": said.

    Args:
        p: the parse.
        verb: the verb.
        said: the tokens of what is said, which deny nothing: “No!” cried Tom.
    """
    language = p.language
    if p.dep[verb] in language.auxiliaries:
        verb = p.head[verb]
    for _ in range(DEEPEST):
        refuses = cue(p.lemma(verb), p.tag[verb]).sense == "denied"
        if p.lower[verb] != "help" and refuses != denied(p, verb, said):
            return True
        if any(child < verb and is_nobody(p, p.left[child]) for child in subjects(p, verb)):
            return True
        if p.dep[verb] not in language.governed_by_words:
            return False
        verb = p.head[verb]
    return False
