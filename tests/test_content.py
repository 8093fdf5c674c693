"""Where contents begin and end, over whole sentences; and quotations that stand alone."""

from __future__ import annotations

import pytest

from quotes.find import candidates
from quotes.find.rules.floating import proposals_left
from quotes.grammar.context import Context
from quotes.grammar.marks import pair
from quotes.grammar.parse import Parser


def context(parser: Parser, text: str) -> Context:
    parse = next(parser.pipe([text]))
    return Context(parse, pair(text, [(parse.start[a], parse.end[b - 1]) for a, b in parse.paragraphs]))


def readings(parser: Parser, text: str, cue: str) -> list[list[str]]:
    ctx = context(parser, text)
    return [
        [ctx.parse.slice(span) for span in edges.content]
        for proposal in candidates(ctx)
        if proposal.cue and ctx.parse.slice(proposal.cue) == cue
        for edges in proposal.edges.all()
    ]


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("“We lost,” said Ana Ruiz, a nurse from Hull. “It hurt.”", "said", ["“We lost,”", "“It hurt.”"]),
        ("“We lost,” said Ana Ruiz, a nurse from Hull. “It hurt.”", "said", ["“We lost,”"]),
        ('"Enough," Park said. "We go home now."', "said", ['"Enough,"', '"We go home now."']),
        (
            "“We lost,” she said, a catch in her voice.\n\n“It hurt for a long time.”\n\nThe rain went on.",
            "said",
            ["“We lost,”", "“It hurt for a long time.”"],
        ),
        (
            "Okafor said: “We had to go.\n\n“Nobody wanted to stay.”",
            "said",
            ["“We had to go.", "“Nobody wanted to stay.”"],
        ),
        ("She said the plan was “a gift to the rich” and left.", "said", ["the plan was “a gift to the rich”"]),
        ("He praised the nurses on Monday.", "praised", ["the nurses"]),
        ("The firm responded to questions about pay.", "responded to", ["to questions about pay"]),
        ("The firm responded to questions about pay.", "responded to", ["questions about pay"]),
        ("In Leeds, the mill will close, the owner said.", "said", ["the mill will close"]),
    ],
)
def test_a_reading_has_the_content(parser: Parser, text: str, cue: str, content: list[str]) -> None:
    assert content in readings(parser, text, cue)


def test_the_cue_never_stands_in_its_content(parser: Parser) -> None:
    text = "The talks, he said, had failed. “Why,” she asked, “did nobody call?” It was said to be a disgrace."
    for proposal in candidates(context(parser, text)):
        assert not any(a <= proposal.head < b for edges in proposal.edges.all() for a, b in edges.content)


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("Dara shook her head. “I never saw the letter. Nobody did.”", [["“I never saw the letter. Nobody did.”"]]),
        (
            "He opened the door. “You are late again.” “The bus broke down.” She sat.",
            [["“You are late again.”", "“The bus broke down.”"]],
        ),
        ("‘We never closed’: a shelter marks ten winters", [["‘We never closed’"]]),
        ("The so-called “ghost of the moor” was a dog.", []),
        ("She read “The Wind in the Willows” twice.", []),
        ("He looked up. “Never.”", []),
    ],
)
def test_quotations_that_stand_alone(parser: Parser, text: str, alone: list[list[str]]) -> None:
    ctx = context(parser, text)
    assert [[ctx.parse.slice(part) for part in p.edges.first.content] for p in proposals_left(ctx, [])] == alone


def test_claimed_quotations_do_not_stand_alone_unless_the_claim_is_inside(parser: Parser) -> None:
    ctx = context(parser, "He shrugged. “She said, ‘Keep the change.’ So I kept it.”")
    (found,) = proposals_left(ctx, [])
    start, end = found.edges.first.content[0]
    assert list(proposals_left(ctx, [(start, end)])) == []
    (still,) = proposals_left(ctx, [(start + 4, start + 9)])
    assert still.edges.all() == found.edges.all()


def test_a_run_of_paragraphs_is_not_taken_from_the_speaker_at_its_end(parser: Parser) -> None:
    text = (
        "“We act now,” Adair said.\n\n“I will not be the one who looked away.\n\n"
        "“I will not be the one who waited,” he added.\n\n“It is late.”"
    )
    found = readings(parser, text, "said")
    assert found
    assert all(content == ["“We act now,”"] for content in found)
    assert context(parser, text).run_end == [0, 2, 2, 3]
