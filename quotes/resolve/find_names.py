"""All names of a text: each cut from its run, then mended by what stands beside it or elsewhere in the text."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from quotes.grammar.parse import Parse
from quotes.resolve import lexicon
from quotes.resolve.lexicon import organisation_words, title_surnames
from quotes.resolve.names import BETWEEN, Name, after_portfolio, cut
from quotes.resolve.runs import find_runs, headlines


def find_names(parse: Parse) -> list[Name]:
    """All names and capitalised roles of a text, in order; linear time."""
    headline = headlines(parse)
    names = [cut(parse, run, parse.para_of[run[0][0]] in headline) for run in find_runs(parse)]
    return _couples(parse, _called_after_callings(_portfolios(parse, names)))


def _called_after_callings(names: list[Name]) -> list[Name]:
    """Names with roles that are last names in the text: "Baker" after Jon Baker."""
    last = {name.key[-1] for name in names if len(name.key) > 1 and name.kind in ("person", "unknown")}
    last &= title_surnames()
    return [
        replace(name, kind="unknown")
        if name.kind == "role" and len(name.key) == 1 and name.key[0] in last and not name.article
        else name
        for name in names
    ]


def _portfolios(parse: Parse, names: list[Name]) -> list[Name]:
    """Names without those that are what an office is for: "Secretary of State for Roads, Bridges and Harbours"."""
    for k, (office, name) in enumerate(pairwise(names), 1):
        links = set(parse.lower[office.end : name.left])
        if names[k - 1].kind != "role" or not links or not links <= BETWEEN:
            continue
        if name.kind == "unknown" and lexicon.portfolios().issuperset(name.key):
            names[k] = replace(name, kind="role")
        what_for = after_portfolio(list(name.key), 0)
        plain = name.end - name.start == len(name.key)  # a token a word
        if 0 < what_for < len(name.key) - 1 and plain and organisation_words().isdisjoint(name.key):
            words, key = name.words[what_for:], name.key[what_for:]
            names[k] = replace(name, start=name.start + what_for, words=words, key=key, kind="person", behind=True)
    return names


def _couples(parse: Parse, names: list[Name]) -> list[Name]:
    """Names with the last name of those who share it: "Tom and Anna Rask"."""
    given, last_names = lexicon.first_names(), {name.key[-1] for name in names if len(name.key) > 1}
    for k, (first, second) in enumerate(pairwise(names)):
        joined = second.left == first.end + 1 and parse.lower[first.end] == "and" and len(second.key) == 2
        one = len(first.key) == 1 and first.key[0] in given and first.key[0] not in last_names and not first.titled
        if joined and one and second.key[0] in given and first.kind == "unknown" and second.kind == "person":
            words, key = (*first.words, second.words[-1]), (*first.key, second.key[-1])
            names[k] = replace(first, words=words, key=key, kind="person")
    return names
