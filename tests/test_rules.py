"""Every rule proposes what its examples mark, and nothing where they say so."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

import pytest

from quotes.find import candidates
from quotes.find.candidate import Proposal, TokenSpan
from quotes.find.rules import BOOK
from quotes.find.rules.floating import proposals_left
from quotes.find.rules.marked import Marked, bare
from quotes.grammar.context import Context
from quotes.grammar.marks import pair
from quotes.grammar.parse import Parse, Parser

FAMILIES = ("complement", "left", "passive", "nominal", "adjunct", "line", "turn", "floating")

MATCHES = [pytest.param(rule.name, text, id=f"{rule.name}: {text}") for rule in BOOK for text in rule.matches]
REJECTS = [pytest.param(rule.name, text, id=f"{rule.name}: {text}") for rule in BOOK for text in rule.rejects]


def proposals(parser: Parser, text: str, rule: str) -> tuple[Parse, list[Proposal]]:
    parse = next(parser.pipe([text]))
    quotations = pair(text, [(parse.start[a], parse.end[b - 1]) for a, b in parse.paragraphs])
    ctx = Context(parse, quotations)
    return parse, [p for p in (*candidates(ctx), *proposals_left(ctx, [])) if p.rule == rule]


def tokens(parse: Parse, span: tuple[int, int]) -> TokenSpan:
    return bisect_right(parse.end, span[0]), bisect_left(parse.start, span[1])


@pytest.mark.parametrize(("rule", "marked"), MATCHES)
def test_matches(parser: Parser, rule: str, marked: str) -> None:
    shown = Marked.read(marked)
    parse, found = proposals(parser, shown.text, rule)
    cue, source = (span and tokens(parse, span) for span in (shown.cue, shown.source))
    proposed = [
        (p.source, p.cue, [bare(parse.slice(span)) for span in edges.content]) for p in found for edges in p.edges.all()
    ]
    assert (source, cue, shown.contents) in proposed


@pytest.mark.parametrize(("rule", "text"), REJECTS)
def test_rejects(parser: Parser, rule: str, text: str) -> None:
    parse, found = proposals(parser, text, rule)
    assert not [parse.slice(span) for p in found for span in p.edges.first.content]


@pytest.mark.parametrize("rule", BOOK, ids=lambda rule: rule.name)
def test_every_rule_shows_at_least_three_sentences(parser: Parser, rule: object) -> None:
    assert len(rule.matches) >= 3  # type: ignore[attr-defined]


def test_names_are_unique_and_start_with_their_family() -> None:
    names = [rule.name for rule in BOOK]
    assert len(set(names)) == len(names)
    assert {rule.family for rule in BOOK} == set(FAMILIES)


def test_every_proposal_names_a_rule(parser: Parser) -> None:
    names = {rule.name for rule in BOOK}
    for rule in BOOK:
        for marked in rule.matches:
            parse = next(parser.pipe([Marked.read(marked).text]))
            assert {p.rule for p in candidates(Context(parse, []))} <= names


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0",
        "said",
        "said:",
        "He said of",
        "“",
        "— ",
        "A: ",
        ": b",
        "as",
        "according to",
        '"" "" said "',
        "\ud800 said that",
    ],
)
def test_odd_texts_raise_nothing(parser: Parser, text: str) -> None:
    for parse in parser.pipe([text]):
        quotations = pair(text, [(parse.start[a], parse.end[b - 1]) for a, b in parse.paragraphs])
        for proposal in candidates(Context(parse, quotations)):
            assert all(0 <= a < b <= len(parse) for edges in proposal.edges.all() for a, b in edges.content)
