"""Denial: which words say that something is not so, and of what."""

from __future__ import annotations

from collections.abc import Collection

from quotes.grammar.clauses import subjects
from quotes.grammar.parse import Parse


def negates(p: Parse, i: int) -> bool:
    """Whether a token denies what it stands beside: not, never, hardly; yet to.

    CASE: "not only said", "no doubt", "whether or not" deny nothing.
    """
    word = p.lower[i]
    if word not in p.language.words("negations"):
        return word == "yet" and p.lower[i + 1 : i + 2] == ["to"]
    after, before = p.lower[i + 1 : i + 2], p.lower[i - 1 : i]
    affirming = p.language.words("not_only") | p.language.words("no_doubt")
    return affirming.isdisjoint(after) and before not in (["or"], ["not"])


def denied(p: Parse, verb: int, apart_from: Collection[int] = ()) -> bool:
    """Whether a verb is denied by the words of its own clause.

    CASE 1: "has not, however, said": by a word beside it or its auxiliary.
    CASE 2: "never once told": by a word inside an adverb's phrase.
    CASE 3: "at no point did she say": by a phrase that puts the subject behind the auxiliary.

    Args:
        p: the parse.
        verb: the verb.
        apart_from: tokens that say nothing of the verb, as those of what it reports.
    """
    dep, auxiliaries = p.dep, p.language.auxiliaries
    for child in p.children[verb]:
        beside = [child, *p.children[child]] if dep[child] in auxiliaries else [child]
        if any(c not in apart_from and _denies(p, verb, c) for c in beside):
            return True
    return False


def _denies(p: Parse, verb: int, child: int) -> bool:
    if negates(p, child):
        return True
    if p.dep[child] == "advmod":
        return child < verb and any(negates(p, below) for below in p.children[child])
    return p.dep[child] == "prep" and "no" in p.lower[child + 1 : p.right[child]] and inverted(p, verb, child)


def inverted(p: Parse, verb: int, after: int) -> bool:
    """Whether behind a token an auxiliary of a verb comes before its subject: did she say."""
    subject = next(iter(subjects(p, verb)), -1)
    return any(p.dep[c] in p.language.auxiliaries and after < c < subject < verb for c in p.children[verb])


def is_nobody(p: Parse, first: int) -> bool:
    """Whether a phrase that begins at a token names nobody: nobody, no official, hardly any.

    CASE: "No 10", "no doubt" and "not only she" name somebody, or are no names.
    """
    word, language = p.lower[first], p.language
    if word not in language.words("nobody") or first + 1 >= len(p):
        return False
    after = p.lower[first + 1]
    if word == "no" and (p.tag[first + 1] == "CD" or after == "." or after in language.words("no_doubt")):
        return False
    return after not in language.words("not_only")


def joined_in_denial(p: Parse, verb: int) -> bool:
    """Whether a verb is one of several that are denied together: neither said nor implied."""
    above = p.head[verb]
    if p.dep[verb] != "conj" or above == verb:
        return False
    return any(p.lower[c] == "nor" and above < c < verb for c in p.children[above])


def leaves_out(p: Parse, i: int) -> bool:
    """Whether a word leaves out what it governs: without, short of, far from, instead of."""
    instead = p.language.words("instead")
    if p.lower[i] in instead:
        return True
    return p.tag[i] == "IN" and i > 0 and p.lower[i - 1] in instead
