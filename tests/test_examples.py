"""What annotated articles teach: which proposals are right, which are inner, how much these count, and for whom."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from quotes.decide.confidence import probabilities
from quotes.decide.features import Key
from quotes.decide.model import load, regression_of
from quotes.decide.proposals import PROPOSAL
from quotes.find.rules import BOOK
from quotes.grammar.parse import Parser
from quotes.learn.calibrate import LOWEST, confidence_from, picked_of, shares_right
from quotes.learn.examples import Article, Example, articles
from quotes.learn.gold import Annotation, Document, Spans
from quotes.learn.lessons import counts_as, examples_of, folds, report_lessons
from quotes.learn.sightings import Sightings
from quotes.learn.train import judged_by

KEYS = {key.name for key in PROPOSAL.keys}
TEXT = """Ada Lund said that the mayor had warned that the bridge would fall.

Ada Lund said that he had shared a taxi.

The mayor warned that it would rain.

He shared a taxi."""


def marked(source: str, cue: str, content: str) -> Annotation:
    start = TEXT.index(f"{source} {cue} {content}")
    spans: list[Spans] = []
    for words in (source, cue, content):
        spans.append(((start, start + len(words)),))
        start += len(words) + 1
    return Annotation(spans[2], spans[1], spans[0])


MARKED = (
    marked("Ada Lund", "said", "that the mayor had warned that the bridge would fall"),
    marked("Ada Lund", "said", "that he had shared a taxi"),
    marked("The mayor", "warned", "that it would rain"),
)


def learned(parser: Parser, annotators: int) -> Article:
    (article,) = articles([Document("a", TEXT, MARKED)] * annotators, parser)
    return article


def of(article: Article, cue: str) -> list[list[Example]]:
    """The examples of each time a cue stands in a text."""
    heads = [i for i, word in enumerate(article.ctx.parse.lower) if word == cue]
    return [[e for e in article.examples if e.proposal.head == head] for head in heads]


def test_only_what_stands_in_a_marked_content_is_inner(parser: Parser) -> None:
    article = learned(parser, 2)
    for inside, outside in (of(article, "warned"), of(article, "shared")):
        assert inside
        assert all(e.inner and not e.right for e in inside)
        assert outside
        assert not any(e.inner for e in outside)
    assert not any(e.inner for e in of(article, "said")[0])


def test_inner_proposals_count_as_much_as_their_like_outside_are_wrong(parser: Parser) -> None:
    article = learned(parser, 1)
    every = examples_of([article] * 3)
    weights = {id(e): weight for e, weight in zip(every.every, counts_as(every).tolist(), strict=True)}

    def counts(cue: str, frame: str) -> list[float]:
        found = (e for group in of(article, cue) for e in group if str(e.proposal.frame) == frame)
        return [weights[id(e)] for e in found if BOOK[e.proposal.rule].taught]

    inside, outside = counts("warned", "ccomp:that")
    assert outside == 1
    assert inside < 0.5
    inside, outside = counts("shared", "dobj:NN")
    assert outside == 1
    assert inside > 0.7


def test_experience_is_counted_without_the_part_of_the_articles_that_it_is_for(parser: Parser) -> None:
    article = learned(parser, 1)
    alone = report_lessons(examples_of([article])).rows
    known = [name for name in PROPOSAL.columns if name in KEYS or name.startswith("times seen")]
    assert alone[:, : len(known)] == pytest.approx(0)
    three = report_lessons(examples_of([article] * 3)).rows
    seen = np.expm1(three[:, PROPOSAL.columns.index("times seen: lemma")])
    says = sum(e.proposal.lemma == "say" for e in article.lessons())
    assert says > 1
    assert 2 * says in seen.round(6)
    assert 3 * says not in seen.round(6)


def test_of_judged_records_only_what_they_tell_is_learned(parser: Parser) -> None:
    warned = Annotation(MARKED[2].content, family="complement")
    taxi = TEXT.rindex("a taxi")
    nobody = Annotation(((taxi, taxi + len("a taxi")),), family="complement")
    (article,) = articles([Document("a", TEXT, (warned,), (nobody,), complete=False)], parser)
    assert {(e.proposal.lemma, e.right) for e in article.examples} == {("warn", True), ("share", False)}


def test_an_article_counts_as_often_as_its_weight_says(parser: Parser) -> None:
    article = learned(parser, 1)
    lessons = report_lessons(examples_of([replace(article, weight=3)] * 2))
    assert set(lessons.times.tolist()) == {3}
    seen = np.expm1(lessons.rows[:, PROPOSAL.columns.index("times seen: lemma")])
    assert 3 * sum(e.proposal.lemma == "say" for e in article.lessons()) in seen.round(6)


def test_rare_keys_are_known_by_their_wider_ones() -> None:
    names: tuple[Key[str], ...] = (Key("verb", lambda _: ""), Key("verb+frame", lambda _: "", "verb", counted=True))
    keys = [["say", "say|that"]] * 8 + [["say", "say|to"]] + [["run", "run|to"]] * 3
    right = np.array([True] * 8 + [False] * 4)
    known = Sightings(names, keys, right, np.ones(12)).known()
    assert known[0, 1] > known[0, 0] > 0 > known[-1, 1]
    assert known[8, 1] == known[8, 0]
    assert np.expm1(known[:, 2]).round(6).tolist() == [8] * 8 + [0] + [3] * 3
    without = Sightings(names, keys, right, np.ones(12)).known(np.array([0] * 8 + [1] * 4))
    assert without[0, 0] == without[0, 1] < 0  # of the other part there is one "say", which is wrong
    experience = Sightings(names, keys, right, np.ones(12)).experience()
    assert experience.of(["say", "say|that"]) == pytest.approx(known[0], abs=0.006)
    assert set(experience.tables[1]) == {"say|that", "run|to"}


@pytest.mark.parametrize(("n", "sizes"), [(7, [3, 2, 2]), (2, [1, 1]), (0, [])])
def test_parts_are_of_one_size_and_hold_everything_once(n: int, sizes: list[int]) -> None:
    parts = folds(n, 3)
    assert [len(part) for part in parts] == sizes
    assert sorted(i for part in parts for i in part) == list(range(n))


def test_confidence_is_learned_from_every_corpus_alike(parser: Parser) -> None:
    """One corpus marks what another, of a ninth of its size, passes over: even odds."""
    marks = replace(learned(parser, 1), corpus="marks")
    passes_over = replace(articles([Document("b", TEXT, ())], parser)[0], corpus="passes over")
    crossed = [(article, judged_by(article, load())) for article in (*[marks] * 9, passes_over)]
    stage = regression_of(confidence_from(crossed)["regression"])
    picked = picked_of(crossed[0][1], LOWEST)
    right = [j.opinion for j, share in zip(picked, shares_right(marks, picked), strict=True) if share and j.opinion]
    assert len(right) == len(MARKED)
    assert sum(probabilities(right, stage)) / len(right) == pytest.approx(0.5, abs=0.1)


def test_nothing_is_learned_of_what_the_model_is_not_asked(parser: Parser) -> None:
    article = learned(parser, 1)
    untaught = [e for e in article.examples if not BOOK[e.proposal.rule].taught]
    assert untaught
    assert len(article.lessons()) == len(article.examples) - len(untaught) == len(examples_of([article]).every)
