"""What annotated articles teach: which proposals are right, which are inner, and how much these count."""

from __future__ import annotations

from quotes.decide.examples import Article, Example, articles
from quotes.decide.train import _counting
from quotes.parse import Parser
from quotes.read.gold import Annotation, Document, Spans

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
    counting = _counting([article.examples] * 3)

    def counts(cue: str, frame: str) -> list[float]:
        return [counting(e) for group in of(article, cue) for e in group if e.proposal.frame == frame]

    inside, outside = counts("warned", "ccomp:that")
    assert outside == 1
    assert inside < 0.5
    inside, outside = counts("shared", "dobj:NN")
    assert outside == 1
    assert inside > 0.7
