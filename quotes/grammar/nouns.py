"""What a noun stands for, as far as word lists and endings tell: a person, a thing, an amount, something said …"""

from __future__ import annotations

from functools import cache

from quotes.grammar.context import Context
from quotes.grammar.language import ENGLISH
from quotes.grammar.parse import Parse
from quotes.lexicon import table, words

ABSTRACT = tuple(sorted(ENGLISH.words("abstract_endings")))
"""Endings of nouns for what can't be touched."""
BARE = "none"


def noun_class(ctx: Context, i: int) -> str:
    """What the word that heads a phrase stands for; with "number" before it where it is counted."""
    p = ctx.parse
    tag = p.tag[i]
    if tag in p.language.numbers or tag == "$":
        return "number"
    if tag in p.language.verbs:
        return "clause"
    if tag in p.language.proper:
        return "name"
    if tag not in p.language.nouns:
        return tag
    word = p.lemma(i)
    kind = _classes().get(word) or next((ending for ending in ABSTRACT if word.endswith(ending)), "noun")
    return f"number {kind}" if any(p.dep[c] == "nummod" for c in p.children[i]) else kind


def determiner(p: Parse, i: int) -> str:
    """What determines a noun: its article or other determiner, "whose" for any possessor, "number", or "none"."""
    for child in p.children[i]:
        if child > i:
            break
        if p.dep[child] == "det":
            return p.lower[child]
        if p.dep[child] in ("poss", "nummod"):
            return "whose" if p.dep[child] == "poss" else "number"
    return BARE


def linker(p: Parse, i: int) -> str:
    """What goes on after a noun: the preposition or mark of what hangs on it next, or how that hangs."""
    child = next((c for c in p.children[i] if c > i and p.dep[c] != "punct"), -1)
    if child < 0:
        return BARE
    return p.lower[child] if p.dep[child] == "prep" else p.dep[child]


@cache
def _classes() -> dict[str, str]:
    out = {row["noun"]: row["class"] for row in table("nouns")}
    out |= dict.fromkeys((row["noun"] for row in table("documents")), "document")
    out |= dict.fromkeys(words("groups"), "group")
    out |= dict.fromkeys((row["noun"] for row in table("organisation_nouns")), "body")
    return (
        out | dict.fromkeys((row["role"] for row in table("roles")), "person") | dict.fromkeys(words("times"), "time")
    )
