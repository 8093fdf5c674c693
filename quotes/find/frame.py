"""How a complement hangs on its verb: the name under which experience with it is counted."""

from __future__ import annotations

from quotes.grammar.context import Context
from quotes.grammar.parse import PROPER

CLAUSES = frozenset(("ccomp", "xcomp", "advcl", "acl", "relcl", "parataxis", "dep", "intj", "csubj"))
OBJECTS = frozenset(("dobj", "attr", "oprd", "acomp", "dative", "npadvmod", "appos", "nmod"))
QUESTION_WORDS = frozenset(("whether", "if", "how", "why", "what", "who", "where", "when", "which", "whose"))
PRO_CLAUSES = frozenset(("so", "yes", "no", "not", "why", "how", "where", "when", "otherwise", "differently"))
"""Adverbs that stand for a clause: said so."""


def frame_of(ctx: Context, child: int) -> str | None:
    """How a complement hangs on its verb, with the word that opens it where that tells most."""
    p = ctx.parse
    dep = p.dep[child]
    if dep == "prep":
        below = [c for c in p.children[child] if c > child and p.dep[c] not in ("punct",)]
        return f"prep:{p.lower[child]}:{'clause' if p.dep[below[0]] == 'pcomp' else 'noun'}" if below else None
    if dep in CLAUSES:
        return f"{dep}:{_opener(ctx, child)}"
    if dep in OBJECTS:
        return f"{dep}:{'at number' if dep == 'dobj' and _measured(ctx, child) else _kind(ctx, child)}"
    if dep == "advmod" and p.tag[child][0] != "N":
        return f"advmod:{p.lower[child]}" if p.lower[child] in PRO_CLAUSES else None
    return dep if dep in ("advmod", "pobj", "pcomp") else None


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
        p.dep[noun] == "pobj" and (p.tag[noun] in ("CD", "$") or p.lower[noun] in ("percent", "cent", "%"))
        for i in after
        for noun in p.children[i]
    )


def _kind(ctx: Context, child: int) -> str:
    p = ctx.parse
    if p.tag[child] in ("PRP", "WP", "WDT", "DT", "EX"):
        return "pronoun"
    if p.tag[child] in PROPER:
        return "name"
    return p.tag[child][:2]
