"""What annotated articles teach: which proposals are right, which are inner, how much these count, and for whom."""

from __future__ import annotations

import numpy as np
import pytest

from quotes.decide.experience import columns
from quotes.decide.features import REPORT_KEYS
from quotes.grammar.parse import Parser
from quotes.learn.examples import Article, Example, articles
from quotes.learn.gold import Annotation, Document, Spans
from quotes.learn.lessons import counting, folds, report_lessons

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
    counts_as = counting([article.examples] * 3)

    def counts(cue: str, frame: str) -> list[float]:
        return [counts_as(e) for group in of(article, cue) for e in group if e.proposal.frame == frame]

    inside, outside = counts("warned", "ccomp:that")
    assert outside == 1
    assert inside < 0.5
    inside, outside = counts("shared", "dobj:NN")
    assert outside == 1
    assert inside > 0.7


def test_experience_is_counted_without_the_part_of_the_articles_that_it_is_for(parser: Parser) -> None:
    article = learned(parser, 1)
    alone = report_lessons([article], [article.examples]).rows
    assert alone[:, : len(columns(REPORT_KEYS))] == pytest.approx(0)
    three = report_lessons([article] * 3, [article.examples] * 3).rows
    seen = np.expm1(three[:, columns(REPORT_KEYS).index("times seen: lemma")])
    says = sum(e.proposal.lemma == "say" for e in article.examples)
    assert says > 1
    assert 2 * says in seen.round(6)
    assert 3 * says not in seen.round(6)


@pytest.mark.parametrize(("n", "sizes"), [(7, [3, 2, 2]), (2, [1, 1]), (0, [])])
def test_parts_are_of_one_size_and_hold_everything_once(n: int, sizes: list[int]) -> None:
    parts = folds(n, 3)
    assert [len(part) for part in parts] == sizes
    assert sorted(i for part in parts for i in part) == list(range(n))
