"""Every rule proposes what its examples mark, and nothing where they say so; the whole program gives them out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from quotes.cli import app
from quotes.extractor import Extractor
from quotes.find import candidates
from quotes.find.candidate import Edges, Proposal, Readings, TokenSpan
from quotes.find.content import edges_of
from quotes.find.frame import Frame
from quotes.find.rules import BOOK
from quotes.find.rules.floating import proposals_left
from quotes.find.rules.marked import Marked, bare
from quotes.find.rules.places import prepositions
from quotes.find.source import mention
from quotes.grammar.context import Context
from quotes.grammar.marks import pair
from quotes.grammar.parse import Parse, Parser

FIXTURES = sorted(Path(__file__).parents[1].joinpath("fixtures").glob("*.txt"))
FAMILIES = (
    *("complement", "left", "passive", "nominal", "adjunct", "hearing", "line", "turn", "quoted", "neighbours", "post"),
    *("anaphor", "dialogue", "floating", "framed", "plain"),
)

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


def test_adding_a_rule_is_writing_a_function(extractor: Extractor) -> None:
    text = "The tunnel will stay shut until June, via Reuters."
    with BOOK.opened() as book:

        @book.rule("adjunct.via", on=prepositions, about="via a source", matches=(), prior=0.8)
        def via(ctx: Context, i: int) -> Iterator[Proposal]:
            if ctx.parse.lower[i] == "via":
                start, end = ctx.sentence(i)
                edges = edges_of(ctx, [("left", [(start, i)])], i, end)
                yield Proposal(
                    Frame("via"), (i, i + 1), i, "via", edges, lambda: mention(ctx, ctx.parse.children[i][0])
                )

        [quote] = extractor.extract(text)
    assert (quote.rule, quote.text, quote.confidence) == ("adjunct.via", "The tunnel will stay shut until June", 0.8)
    assert quote.speaker is not None
    assert quote.speaker.name == "Reuters"
    assert extractor.extract(text) == []


def test_there_are_no_two_rules_of_a_name() -> None:
    with pytest.raises(ValueError, match=r"two rules named 'left\.said'"):
        BOOK.rule("left.said", on=prepositions, about="", matches=(), prior=0.5)(lambda ctx, i: ())


def test_a_source_stands_outside_the_content(parser: Parser) -> None:
    ctx = Context(next(parser.pipe(["Ann Lee said so."])), [])
    readings = [((0, 4),), ((1, 2),), ((2, 3), (3, 4)), ((0, 1), (3, 4)), ((3, 4),)]
    edges = Readings(Edges("whole", content) for content in readings)
    proposal = Proposal(Frame("test"), (2, 3), 2, "say", edges, lambda: mention(ctx, 1))
    assert [one.content for one in proposal.edges.all()] == [((2, 3), (3, 4)), ((3, 4),)]


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_nobody_is_reported_by_their_own_name(extractor: Extractor, path: Path) -> None:
    for quote in extractor.extract(path.read_text(encoding="utf-8")):
        named = quote.speaker.mention if quote.speaker else None
        if named:
            assert all(part.end <= named.start or part.start >= named.end for part in quote.content)


def test_the_examples_come_out_of_the_whole_program() -> None:
    result = CliRunner().invoke(app, ["rules", "--check"])
    assert result.exit_code == 0, result.output
    said = re.search(r"(\d+) of (\d+) examples come out as shown", result.output)
    assert said
    assert said[1] == said[2]
    assert sum(len(rule.matches) for rule in BOOK) >= 120


def test_an_example_that_does_not_come_out_is_named() -> None:
    with BOOK.opened() as book:
        book.rule("line.none", on=prepositions, about="", matches=("[Ann] (said) {no}.",), prior=0.5)(lambda ctx, i: ())
        result = CliRunner().invoke(app, ["rules", "--check"])
    assert result.exit_code == 1
    place = r"(/.*/)?tests/test_rules\.py:\d+"  # from the root on where `quotes` was installed from a wheel
    assert re.search(rf"^line\.none  {place}$", result.output, re.MULTILINE)
    assert "[Ann] (said) {no}." in result.output
