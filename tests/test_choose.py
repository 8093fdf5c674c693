"""Which of the quotes stand that want the same words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from quotes.decide.choose import CHOSEN, Judged, choose, judge, settle
from quotes.decide.model import load
from quotes.decide.prune import pruned
from quotes.find import candidates
from quotes.find.candidate import Attribution
from quotes.grammar.context import Context
from quotes.grammar.marks import pair
from quotes.grammar.parse import Parser


@pytest.fixture
def judged(parser: Parser) -> Callable[[str, float], list[Judged]]:
    """Of "Phelan admitted that …, the barrister said" what each of the two verbs reports, with a confidence given."""
    ctx = Context(next(parser.pipe(["Phelan admitted that she had chosen the letter, the barrister said."])), [])
    [every] = judge([(ctx, pruned(candidates(ctx), load()))], load())
    widest = {
        cue: max(
            (j for j in every if ctx.parse.lower[j.proposal.head] == cue),
            key=lambda j: sum(b - a for a, b in j.content),
        )
        for cue in ("said", "admitted")
    }
    return lambda cue, sure: [replace(widest[cue], confidence=sure)]


@pytest.mark.parametrize(("inner", "chosen"), [(0.7, "say"), (0.85, "say"), (0.95, "admit")])
def test_an_inner_quote_gives_way_unless_it_is_much_surer(
    judged: Callable[[str, float], list[Judged]], inner: float, chosen: str
) -> None:
    both = judged("admitted", inner) + judged("said", 0.8)
    (stands,) = [v.judged.proposal.lemma for v in settle(both, 0.3) if v.fate == CHOSEN]
    assert stands == chosen


def test_an_outer_one_below_the_threshold_does_not_count(judged: Callable[[str, float], list[Judged]]) -> None:
    both = judged("admitted", 0.8) + judged("said", 0.75)
    (stands,) = [v.judged.proposal.lemma for v in settle(both, 0.78) if v.fate == CHOSEN]
    assert stands == "admit"


def test_texts_judged_together_are_judged_as_each_alone(parser: Parser) -> None:
    texts = ["Phelan admitted that she had chosen the letter.", "", "“It rained,” said Ada Lund.", "The mayor sang."]
    contexts = [Context(parse, pair(parse.text, parse.paragraph_spans())) for parse in parser.pipe(texts)]

    def chosen(some: list[Context]) -> list[list[Attribution]]:
        return choose([(ctx, candidates(ctx)) for ctx in some], load(), 0.3)

    together = chosen(contexts)
    assert list(map(len, together)) == [1, 0, 1, 0]
    for ctx, found in zip(contexts, together, strict=True):
        [alone] = chosen([ctx])
        assert [one.candidate for one in alone] == [one.candidate for one in found]
        assert [one.confidence for one in alone] == pytest.approx([one.confidence for one in found])
