"""Annotated articles as examples to learn from: proposals, what is known of them, and which of them are right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from quotes.decide.proposals import PROPOSAL, Facts, Outline, Text
from quotes.decide.readings import READING, reading_facts
from quotes.find import candidates
from quotes.find.candidate import Content, Proposal, TokenSpan
from quotes.find.rules import BOOK
from quotes.grammar.context import Context
from quotes.grammar.marks import pair
from quotes.grammar.parse import Parse, Parser
from quotes.learn.gold import Annotation, Document, Spans
from quotes.learn.overlap import FOUND, Words, same_source, words, words_of


@dataclass(slots=True)
class Example:
    """A proposal, its features, and how it compares with what annotators marked."""

    proposal: Proposal
    keys: list[str]
    numbers: list[float]
    readings: list[Reading]
    """Empty where the proposal is not right or has one reading only: there is nothing to learn."""
    right: bool
    """Whether at least half of the annotators marked one of its readings, with its source and its cue."""
    inner: bool
    """Whether it is not right, but at least half of the annotators marked a content that its cue stands in: they mark
    nothing inside another's content, so that this says little of the cue."""


class Reading(NamedTuple):
    """The features of a reading, and how well it compares."""

    keys: list[str]
    numbers: list[float]
    overlap: float
    """The mean over annotators of its best overlap (Jaccard index) with a marked content."""


@dataclass(slots=True)
class Article:
    """A parsed article, its examples, and what each annotator marked."""

    ctx: Context
    examples: list[Example]
    """Of an article whose records were judged, those only that a verdict tells something of."""
    gold: list[list[Words]]
    corpus: str = ""
    """Which of several corpora it is of."""
    weight: int = 1
    """How often it counts."""
    complete: bool = True
    """Whether all that annotators did not mark is wrong."""

    def lessons(self) -> list[Example]:
        """The examples that something is learned from: those that the model will be asked about."""
        return [e for e in self.examples if BOOK[e.proposal.rule].taught]


def articles(documents: Iterable[Document], parser: Parser, corpus: str = "", weight: int = 1) -> list[Article]:
    """Parse the annotated documents of a corpus, those of one id once, and compare; in the order in which the ids come.

    Args:
        documents: what was annotated.
        parser: what parses them.
        corpus: its name.
        weight: how often each of its articles counts.
    """
    versions: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        versions[document.id].append(document)
    parses = parser.pipe(same[0].text for same in versions.values())
    return [
        replace(article(Context(parse, pair(parse.text, parse.paragraph_spans())), same), corpus=corpus, weight=weight)
        for parse, same in zip(parses, versions.values(), strict=True)
    ]


def article(ctx: Context, versions: Sequence[Document]) -> Article:
    """Compare all that `find` proposes in a text with the annotations of one or more people, or with verdicts."""
    gold = [words_of(ctx.parse.text, version.annotations) for version in versions]
    if not versions[0].complete:
        return _judged_article(ctx, versions[0], gold)
    holders = [_holders(version) for version in gold]
    text = Text(ctx)
    examples = []
    for proposal in candidates(ctx):
        if not proposal.edges:
            continue
        right, inner, overlap = _compare(ctx.parse, proposal, gold, holders)
        examples.append(_example(text, proposal, right, inner, overlap))
    return Article(ctx, examples, gold)


def _judged_article(ctx: Context, document: Document, gold: list[list[Words]]) -> Article:
    """The proposals that a verdict tells something of: those by a rule of the family and with the content, from half of
    its words on, of a record that was judged. Its source and cue are not known."""
    text = Text(ctx)
    verdicts = [
        (annotation.family, words(ctx.parse.text, annotation.content), right)
        for annotations, right in ((document.annotations, True), (document.rejected, False))
        for annotation in annotations
    ]
    examples = []
    for proposal in candidates(ctx):
        family = proposal.rule.partition(".")[0]
        contents = [words(ctx.parse.text, characters(ctx.parse, e.content)) for e in proposal.edges.all()]
        for of_family, marked, right in verdicts:
            if family == of_family and any(_overlap(content, marked) >= FOUND for content in contents):
                examples.append(_example(text, proposal, right, False, []))
                break
    return Article(ctx, examples, gold, complete=False)


def _example(text: Text, proposal: Proposal, right: bool, inner: bool, overlap: Sequence[float]) -> Example:
    facts = Facts(Outline(text, proposal))
    readings = []
    if right and len(overlap) > 1:
        readings = [
            Reading(READING.keys_of(one), READING.numbers_of(one), share)
            for one, share in zip(reading_facts(text.ctx, proposal), overlap, strict=True)
        ]
    return Example(proposal, PROPOSAL.keys_of(facts), PROPOSAL.numbers_of(facts), readings, right, inner)


def characters(parse: Parse, spans: Iterable[TokenSpan]) -> Spans:
    """Token spans as character spans."""
    return tuple((parse.start[a], parse.end[b - 1]) for a, b in spans)


def as_annotation(parse: Parse, content: Content, cue: TokenSpan | None, source: TokenSpan | None) -> Annotation:
    """Token spans in the form in which annotations come."""
    return Annotation(
        characters(parse, content),
        characters(parse, [cue] if cue else []),
        characters(parse, [source] if source else []),
    )


def _holders(gold: list[Words]) -> dict[int, list[int]]:
    """From each word to the quotes whose content it stands in."""
    out: dict[int, list[int]] = defaultdict(list)
    for i, quote in enumerate(gold):
        for word in quote.content:
            out[word].append(i)
    return out


def _compare(
    parse: Parse, proposal: Proposal, gold: list[list[Words]], holders: list[dict[int, list[int]]]
) -> tuple[bool, bool, list[float]]:
    """Whether a proposal is right, whether it is inner, and the overlap of its readings; see Example."""
    text = parse.text
    source = words(text, characters(parse, [proposal.source] if proposal.source else []))
    cue = words(text, characters(parse, [proposal.cue] if proposal.cue else []))
    agree = inside = 0
    overlap = [0.0] * len(proposal.edges.all())
    contents = [words(text, characters(parse, e.content)) for e in proposal.edges.all()]
    for version, held in zip(gold, holders, strict=True):
        right = False
        for k, content in enumerate(contents):
            best, which = _best(content, version, held)
            overlap[k] += best / len(gold)
            if best >= FOUND and not right:
                quote = version[which]
                said_by = same_source(text, quote.source, source)
                right = said_by and (not quote.cue or not quote.cue.isdisjoint(cue))
        agree += right
        inside += bool(cue) and cue <= held.keys()
    right = agree * 2 >= len(gold)
    return right, not right and inside * 2 >= len(gold), overlap


def _best(content: set[int], gold: list[Words], holders: dict[int, list[int]]) -> tuple[float, int]:
    best, which = 0.0, -1
    for i in {i for word in content for i in holders.get(word, ())}:
        overlap = _overlap(content, gold[i].content)
        if overlap > best:
            best, which = overlap, i
    return best, which


def _overlap(one: set[int], other: set[int]) -> float:
    """The Jaccard index of two contents."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0
