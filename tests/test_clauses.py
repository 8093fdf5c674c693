"""Who does what a verb says, and who is named as a cue's source."""

from __future__ import annotations

import pytest

from quotes.find import source as src
from quotes.grammar import clauses
from quotes.grammar.context import Context
from quotes.grammar.parse import Parser


def context(parser: Parser, text: str) -> Context:
    return Context(next(parser.pipe([text])), [])


def name(ctx: Context, head: int) -> str | None:
    found = src.mention(ctx, head)
    return ctx.parse.slice(found[0]) if found else None


@pytest.mark.parametrize(
    ("text", "verb", "source"),
    [
        ("Hugh Hill, a doctor in Perth, said the wards were full.", "said", "Hugh Hill"),
        ("The minister who resigned said nothing.", "said", "The minister"),
        ("The head of the bank refused to say why.", "say", "The head of the bank"),
        ("Larsen praised the crew, adding that nobody was hurt.", "adding", "Larsen"),
        ("The envoy urged Iran to explain the delay.", "explain", "Iran"),
        ("She came home and said she was tired.", "said", "She"),
        (
            "Responding, the Managing Director of the firm said it would deliver.",
            "said",
            "the Managing Director of the firm",
        ),
    ],
)
def test_the_source_of_a_verb(parser: Parser, text: str, verb: str, source: str) -> None:
    ctx = context(parser, text)
    assert name(ctx, clauses.governing(ctx, ctx.parse.lower.index(verb))) == source


@pytest.mark.parametrize(
    ("text", "verb", "source"),
    [
        ("The plan was welcomed by farmers.", "welcomed", "farmers"),
        ("The plan was described as reckless by critics.", "described", "critics"),
        ("The plan was described as reckless.", "described", None),
    ],
)
def test_the_agent_of_a_passive(parser: Parser, text: str, verb: str, source: str | None) -> None:
    ctx = context(parser, text)
    assert name(ctx, clauses.agent(ctx.parse, ctx.parse.lower.index(verb))) == source


@pytest.mark.parametrize(
    ("text", "verb", "source"),
    [
        ("Tindall, head of the Institute for Rural Studies, recalled it.", "recalled", "Tindall"),
        ("The campaign chief (once a monk) bluntly suggested it.", "suggested", "The campaign chief"),
        ("Lund, meanwhile, who has no seat in parliament, said so.", "said", "Lund"),
        ("Joe DiMarco, the club's chairman and general manager, said so.", "said", "Joe DiMarco"),
        ("In Oslo, Tindall, said so.", "said", None),
        ("Tindall,, said so.", "said", None),
        (", said so.", "said", None),
        ("The minister was late, the bus was full, said so.", "said", None),
    ],
)
def test_the_source_before_an_insertion(parser: Parser, text: str, verb: str, source: str | None) -> None:
    ctx = context(parser, text)
    found = src.beside(ctx, ctx.parse.lower.index(verb))
    assert (ctx.parse.slice(found[0]) if found else None) == source


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("The plan was dropped.", "dropped", True),
        ("Asked about the strike, she said no.", "asked", True),
        ("She laughed when asked whether she would appeal.", "asked", True),
        ("Told that the bridge had closed, Lund turned back.", "told", True),
        ("Worried about the strike, she flew home.", "worried", False),
        ("She said nothing when she asked for the key.", "asked", False),
    ],
)
def test_whoever_is_asked_does_not_ask(parser: Parser, text: str, verb: str, expected: bool) -> None:
    ctx = context(parser, text)
    assert clauses.passive(ctx.parse, ctx.parse.lower.index(verb)) is expected


def test_the_possessor_of_a_noun(parser: Parser) -> None:
    ctx = context(parser, "Fans were angered by the club's refusal to pay.")
    assert name(ctx, clauses.possessor(ctx.parse, ctx.parse.lower.index("refusal"))) == "the club"


def test_expletives_name_nobody(parser: Parser) -> None:
    ctx = context(parser, "There was a warning that roads would flood.")
    assert name(ctx, 0) is None
