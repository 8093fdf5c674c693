"""Annotated articles as examples to learn from: proposals, what is known of them, and which of them are right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quotes.decide.features import Sketch, outline, sketch
from quotes.decide.readings import Facts, edge_facts
from quotes.find import candidates
from quotes.find.candidate import Content, Proposal, TokenSpan
from quotes.grammar.context import Context
from quotes.grammar.marks import pair
from quotes.grammar.parse import Parse, Parser
from quotes.learn.gold import Annotation, Document, Spans
from quotes.learn.overlap import FOUND, Words, same_source, words, words_of


@dataclass(slots=True)
class Example:
    """A proposal and how it compares with what annotators marked."""

    proposal: Proposal
    sketch: Sketch
    readings: list[Facts]
    """Empty where the proposal is not right or has one reading only: there is nothing to learn."""
    right: bool
    """Whether at least half of the annotators marked one of its readings, with its source and its cue."""
    overlap: list[float]
    """For every reading the mean over annotators of its best overlap (Jaccard index) with a marked content."""
    inner: bool
    """Whether it is not right, but at least half of the annotators marked a content that its cue stands in: they mark
    nothing inside another's content, so that this says little of the cue."""


@dataclass(slots=True)
class Article:
    """A parsed article, its examples, and what each annotator marked."""

    ctx: Context
    examples: list[Example]
    gold: list[list[Words]]


def articles(documents: Iterable[Document], parser: Parser) -> list[Article]:
    """Parse annotated documents, those of one id once, and compare; in the order in which the ids come."""
    versions: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        versions[document.id].append(document)
    parses = parser.pipe(same[0].text for same in versions.values())
    return [
        article(Context(parse, pair(parse.text, parse.paragraph_spans())), [d.annotations for d in same])
        for parse, same in zip(parses, versions.values(), strict=True)
    ]


def article(ctx: Context, versions: Sequence[Iterable[Annotation]]) -> Article:
    """Compare all that `find` proposes in a text with the annotations of one or more people."""
    text = ctx.parse.text
    gold = [words_of(text, version) for version in versions]
    holders = [_holders(version) for version in gold]
    examples = []
    for proposal in candidates(ctx):
        if not proposal.edges:
            continue
        right, inner, overlap = _compare(ctx.parse, proposal, gold, holders)
        learn = right and len(proposal.edges.all()) > 1
        readings = edge_facts(ctx, proposal) if learn else []
        examples.append(
            Example(proposal, sketch(ctx, outline(ctx, proposal)), readings, right, overlap if learn else [], inner)
        )
    return Article(ctx, examples, gold)


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
        shared = len(content & gold[i].content)
        overlap = shared / (len(content) + len(gold[i].content) - shared)
        if overlap > best:
            best, which = overlap, i
    return best, which
