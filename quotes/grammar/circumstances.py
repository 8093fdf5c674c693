"""What hangs on a cue and is no content: to whom, where and when something was said."""

from __future__ import annotations

from functools import cache

from quotes.grammar.context import Context
from quotes.grammar.parse import PROPER
from quotes.lexicon import table, words
from quotes.lexicon.cues import texts

ALWAYS_TO_SOMEBODY = frozenset(
    ("tell", "ask", "inform", "notify", "remind", "assure", "reassure", "persuade", "convince", "brief")
)
"""Verbs whose object is whom one speaks to. In PolNeAR's training articles a pronoun, a name or a noun in the plural
after them was never the content (0 of 200); after "thank" and "urge" it can be."""
CHANNEL_PREPOSITIONS = frozenset(("in", "at", "during", "before", "after", "via"))
"""With a channel, as in "in a statement", content 1 time in 150; with a time any preposition never was (0 of 570)."""


def end_of_circumstance(ctx: Context, lemma: str, child: int) -> int:
    """Where a verb's complement ends that only tells to whom, where or when, less what may follow it; -1 for others.

    Args:
        ctx: the text.
        lemma: the verb's base form.
        child: the token that heads the complement.
    """
    p = ctx.parse
    if p.dep[child] == "prep":
        nouns = [c for c in p.children[child] if p.dep[c] == "pobj"]
        tells = len(nouns) == 1 and circumstance(ctx, child, nouns[0]) in ("time", "channel")
        return nouns[0] + 1 if tells else -1
    if p.dep[child] in ("npadvmod", "dobj") and p.tag[child] == "NNP" and p.words[child] in words("times"):
        return child + 1  # said Monday
    hears = p.dep[child] in ("dobj", "dative") and lemma in ALWAYS_TO_SOMEBODY and _hears(ctx, child)
    return child + 1 if hears else -1


def circumstance(ctx: Context, preposition: int, noun: int) -> str:
    """What a preposition and its noun tell: "time", "channel", "text" where it is one but the preposition says that it
    may be what is spoken of, or ""."""
    p = ctx.parse
    if p.words[noun] in words("times") or (p.tag[noun] == "CD" and len(p.words[noun]) == 4):
        return "time"
    text = texts().get(ctx.lemma(noun))
    if text is None or not text.channel:
        return "text" if text else ""
    return "channel" if p.lower[preposition] in CHANNEL_PREPOSITIONS else "text"


def told_by(ctx: Context, preposition: int) -> set[str]:
    """What a preposition tells with each of its nouns, as circumstance says."""
    p = ctx.parse
    return {circumstance(ctx, preposition, c) for c in p.children[preposition] if p.dep[c] == "pobj"}


def _hears(ctx: Context, noun: int) -> bool:
    tag = ctx.parse.tag[noun]
    return tag in PROPER or tag in ("PRP", "NNS") or (tag == "NN" and ctx.lemma(noun) in _hearers())


@cache
def _hearers() -> frozenset[str]:
    """Nouns in the singular for people and for those who hear together."""
    people = [row["role"] for row in table("roles")] + [row["noun"] for row in table("organisation_nouns")]
    return words("groups").union(words("gatherings"), people)
