"""Verbs of reporting that deal with somebody or something instead: dismissed its chief, recalled 90,000 cars."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from quotes.find.source import phrase
from quotes.grammar.circumstances import can_hear
from quotes.grammar.context import Context
from quotes.grammar.nouns import noun_class
from quotes.lexicon import table, words

COUNTED = "number "
"""What ``noun_class`` puts before the class of what is counted."""
POSTS, SIDES = words("goal_posts"), words("goal_sides")
"""Parts of a goal, where they are near or far."""


def deals_with(ctx: Context, verb: int) -> bool:
    """Whether a verb's only complement is an object that it does something to, in the writer's own words.

    CASE 1: "dismissed its chief executive", "recalled the striker to the squad": of a person nothing is said here.
    CASE 2: "dismissed him as a fool", "called Obama a liar", "cited witnesses as saying": with more, something is.
    CASE 3: "denied the visitors an equaliser": of two objects neither is said.

    In the world's articles and a quarter of PolNeAR's training articles all 7 proposals that it rules out were wrong.
    """
    objects = _dealings().get(ctx.lemma(verb))
    if objects is None:
        return False
    p = ctx.parse
    language = p.language
    later = [c for c in p.children[verb] if c > verb]
    found = [c for c in later if p.dep[c] in language.objects]
    more = any(p.dep[c] in language.clauses | language.complement_nouns or p.lower[c] == "as" for c in later)
    if more or not found or ctx.quoted[ctx.sentence(verb)[1]] > ctx.quoted[verb]:
        return False
    head = found[0]
    return _kind(ctx, head, objects) and not _says_more(ctx, head)


def _kind(ctx: Context, head: int, objects: frozenset[str]) -> bool:
    p = ctx.parse
    if p.lower[head] in POSTS and "play" in objects and not SIDES.isdisjoint(p.lower[p.left[head] : head]):
        return True
    kind = noun_class(ctx, head).removeprefix(COUNTED)
    named = kind == "name" and can_hear(p, head)
    return (kind in objects and (kind != "name" or named)) or p.lemma(head) in objects


def _says_more(ctx: Context, head: int) -> bool:
    """Whether a clause hangs on an object that tells what it does or says: cited witnesses who saw him; and whether
    the object is somebody's: cited the mayor's record."""
    p = ctx.parse
    start, end = phrase(ctx, head)
    return any(p.dep[c] in ("relcl", "acl") for c in p.children[head]) or not start <= head < end


@cache
def _dealings() -> Mapping[str, frozenset[str]]:
    return {row["verb"]: frozenset(row["objects"].split()) for row in table("dealings")}
