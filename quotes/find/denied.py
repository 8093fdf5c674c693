"""Which verbs are denied: no quotation of the next sentence is what they report."""

from __future__ import annotations

from quotes.grammar.context import Context
from quotes.lexicon import table
from quotes.lexicon.cues import cue

NOBODY = frozenset({"nobody", "none", "no", "neither"})
NEGATIONS = frozenset(row["word"] for row in table("factuality") if row["does"] == "negates")
GOVERNED = frozenset({"xcomp", "pcomp", "prep"})
"""How an infinitive or a gerund hangs on the words that govern it: refused to say, stopped short of saying."""
DEEPEST = 4


def is_denied(ctx: Context, verb: int) -> bool:
    """Whether the words beside a verb, or those that govern it, say that nothing was said.

    He would not say. "Why should I?" is no quote of "say"; nor is the next sentence one of "declined to comment".
    """
    p = ctx.parse
    if p.dep[verb] == "aux":
        verb = p.head[verb]
    for _ in range(DEEPEST):
        if cue(ctx.lemma(verb), p.tag[verb]).sense == "denied":
            return True
        for child in p.children[verb]:
            if p.dep[child] == "neg" or p.lower[child] in NEGATIONS:
                return not _more(ctx, child)
            if child < verb and p.dep[child] == "nsubj" and p.lower[p.left[child]] in NOBODY:
                return p.tag[p.left[child] + 1] != "CD"  # No 10
        if p.dep[verb] not in GOVERNED:
            return False
        verb = p.head[verb]
    return False


def _more(ctx: Context, negation: int) -> bool:
    """Not only said, did not hesitate to say: said."""
    p = ctx.parse
    after = p.lower[negation + 1 : negation + 2]
    return after in (["only"], ["just"], ["merely"], ["hesitate"], ["help"])
