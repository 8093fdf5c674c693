"""Learns whom pronouns mean and how sure a speaker is, from texts in which people told who is who.

    1. A first ranker learns from texts whose mentions all stand in chains; whom the pronouns before meant is as people
       told.
    2. With it all texts are read; whom they meant is now as the program itself understood it, as it will be in use.
    3. The ranker is fitted on all that was seen so. For the confidence, each third of the articles is read by one that
       was fitted without it, and what it says is compared with who really speaks.

Needs scikit-learn, which comes with textacy. Seeded and rounded: the same texts give the same file, byte for byte.
"""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from quotes.decide import choose, settings
from quotes.find import candidates
from quotes.find.candidate import Attribution
from quotes.grammar.context import Context
from quotes.grammar.marks import Quotation, pair
from quotes.grammar.parse import Parse, Parser
from quotes.learn.antecedents import Candidates, Lesson, OfChains, OfSources, Told
from quotes.learn.boosting import Examples, boost
from quotes.learn.examples import as_annotation
from quotes.learn.fits import fits
from quotes.learn.overlap import pairs, words_of
from quotes.resolve import lexicon
from quotes.resolve.antecedents import FEATURES, Place
from quotes.resolve.discourse import walk
from quotes.resolve.document import Document, Found
from quotes.resolve.pronouns import Ranker
from quotes.resolve.ranker import UNKNOWN, Certainty, Trees, family, log_odds
from quotes.resolve.resolver import sources

FIRST_TREES = 150
FOLDS = 3
PRIOR = 8.0
"""How many answers the chance of a kind of evidence is drawn to what is set by hand by."""
PULL = 2.0
"""How strongly a family's calibration is drawn to none at all."""
CAUTION = 0.4
"""What is taken from the log-odds of every speaker in the end. Texts from elsewhere are harder than those that were
learned from: of names given 0.9 or more on 93 articles of another year, half as many again were wrong."""
PRECISIONS = tuple(round(0.7 + 0.01 * k, 2) for k in range(30))
ENOUGH = 100
"""How many names a precision must be measured on."""

Progress = Callable[[str], None]
Json = dict[str, Any]


class Read(NamedTuple):
    """A text with what people told of it, and what `find` and `decide` made of it."""

    lesson: Lesson
    parse: Parse
    quotations: Sequence[Quotation]
    attributions: Sequence[Attribution]

    def document(self, ranker: Ranker) -> Document:
        return Document(self.parse, self.quotations, self.attributions, ranker)


class Example(NamedTuple):
    """A pronoun, the numbers of whom it may mean and of nobody, and which are right."""

    doc_id: str
    rows: list[list[float]]
    right: list[bool]
    weight: float


class Judged(NamedTuple):
    """The source of an attribution with what told who it is, and whether that is right."""

    found: Found
    right: bool


def read(lessons: Iterable[Lesson], parser: Parser) -> Iterator[Read]:
    """Parse texts and find their attributions, as extraction with the package's model does."""
    lessons, by = list(lessons), settings(purpose="counting")
    for lesson, parse in zip(lessons, parser.pipe(lesson.text for lesson in lessons), strict=True):
        if len(parse):
            quotations = pair(parse.text, parse.paragraph_spans())
            ctx = Context(parse, quotations)
            [attributions] = choose([(ctx, candidates(ctx))], by.model, by.threshold)
            yield Read(lesson, parse, quotations, attributions)


def train(texts: Sequence[Read], progress: Progress) -> Json:
    """The content of the file that `resolve` reads.

    Args:
        texts: in a fixed order.
        progress: is told each step.
    """
    progress("first ranker")
    in_chains = [text for text in texts if isinstance(text.lesson, OfChains)]
    first = Trees(fit(examples(in_chains, None), FIRST_TREES))
    progress("reading with it")
    seen = examples(texts, first)
    judged: list[Judged] = []
    for part in range(FOLDS):
        progress(f"confidence, part {part + 1} of {FOLDS}")
        ranker = Trees(fit([e for e in seen if part_of(e.doc_id) != part]))
        judged += (j for text in texts if part_of(text.lesson.id) == part for j in judge(text, ranker))
    progress("all texts")
    return fit(seen) | confidence_of(judged)


def part_of(doc_id: str) -> int:
    """The part of the cross-validation that a text belongs to."""
    return zlib.crc32(doc_id.encode()) % FOLDS


def write(data: Json, path: Path) -> None:
    """Write the file: a line for every table and every tree."""
    trees = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in data["trees"])
    rest = ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in data.items() if key != "trees")
    path.write_text(f'{{\n{rest},\n"trees": [\n{trees}\n]\n}}\n', encoding="utf-8")


# The ranker.


class _Teacher:
    """A ranker that takes down what it is asked, with what people told; without another ranker it answers so, too."""

    def __init__(self, ranker: Ranker | None) -> None:
        self.ranker = ranker
        self.told: Told | None = None
        self.seen: list[tuple[list[list[float]], list[bool]]] = []

    def shares(self, place: Place, mentions: Candidates, numbers: Sequence[Sequence[float]]) -> list[float]:
        right = self.told.right(place, mentions) if self.told else None
        if right is not None:
            self.seen.append(([list(row) for row in numbers], right))
        if self.ranker:
            return self.ranker.shares(place, mentions, numbers)
        answer = right or [False] * len(mentions) + [True]
        return [is_right / sum(answer) for is_right in answer]


def examples(texts: Iterable[Read], ranker: Ranker | None) -> list[Example]:
    """The pronouns of texts of which people told whom they mean."""
    found = []
    for text in texts:
        teacher = _Teacher(ranker)
        doc = text.document(teacher)
        teacher.told = text.lesson.told(doc)
        walk(doc)
        found += [Example(text.lesson.id, rows, right, text.lesson.weight) for rows, right in teacher.seen]
    return found


def fit(seen: Sequence[Example], trees: int | None = None) -> Json:
    """The trees fitted on examples."""
    groups = Examples(
        np.array([row for example in seen for row in example.rows]),
        np.array([float(right) for example in seen for right in example.right]),
        np.array([len(example.right) for example in seen]),
        np.array([example.weight for example in seen]),
    )
    return {"features": list(FEATURES), "trees": boost(groups, trees) if trees else boost(groups)}


# The confidence.


def judge(text: Read, ranker: Ranker) -> list[Judged]:
    """The sources of an article whose speakers people told; none of other texts."""
    lesson = text.lesson
    if not isinstance(lesson, OfSources):
        return []
    found = sources(text.document(ranker))
    everybody = list(dict.fromkeys(lesson.whos.values()))
    judged = []
    for number, k in same_quotes(text, lesson.of.annotations):
        met, who = found[k], lesson.whos.get(number)
        if met is not None and met.entity is not None and met.entity.name and who and who.kind != "NONE":
            entity = met.entity.same or met.entity
            judged.append(Judged(met, fits(entity.name, who, everybody)))
    return judged


def same_quotes(text: Read, annotations: Sequence[Any]) -> Iterator[tuple[int, int]]:
    """The numbers of annotations and of attributions that are the same quote."""
    gold = [words_of(text.parse.text, [annotation]) for annotation in annotations]
    mine = [
        words_of(text.parse.text, [as_annotation(text.parse, a.candidate.content, a.candidate.cue, a.candidate.source)])
        for a in text.attributions
    ]
    number = {id(words[0]): k for k, words in enumerate(gold) if words}
    place = {id(words[0]): k for k, words in enumerate(mine) if words}
    for g, f in pairs([w for words in gold for w in words], [w for words in mine for w in words]):
        yield number[id(g)], place[id(f)]


def confidence_of(judged: Sequence[Judged]) -> Json:
    """The chance of each kind of evidence, the calibration of each family, and from where each precision is reached."""
    chances = _chances(judged)
    scales = _scales(judged, Certainty(chances, {}, []))
    return {
        "chances": chances,
        "scales": {name: list(scale) for name, scale in scales.items()},
        "precision": _reached(judged, Certainty(chances, scales, [])),
    }


def _chances(judged: Sequence[Judged]) -> dict[str, float]:
    """How often each kind of evidence told the right one, of the times that it should if all it rests on is right."""
    hoped: dict[str, float] = defaultdict(float)
    right: dict[str, float] = defaultdict(float)
    by_hand = Certainty({}, {}, [])
    for found, is_right in judged:
        hoped[found.evidence] += found.share * (by_hand.product(found.on) if found.on else 1.0)
        right[found.evidence] += is_right
    priors = {name: lexicon.chances().get(name, UNKNOWN) for name in sorted(hoped)}
    return {
        name: round(min((right[name] + PRIOR * prior) / (hoped[name] + PRIOR), 1.0), 4)
        for name, prior in priors.items()
    }


def _scales(judged: Sequence[Judged], certainty: Certainty) -> dict[str, tuple[float, float]]:
    """Platt scaling of each family's log-odds, drawn to none (bias 0, slope 1)."""
    from scipy.optimize import minimize

    of_family: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for found, right in judged:
        of_family[family(found.evidence)].append((log_odds(certainty.product(found)), right))
    scales = {}
    for name, pairs_ in sorted(of_family.items()):
        x, y = (np.array(column, dtype=float) for column in zip(*pairs_, strict=True))

        def loss(scale: Any, x: Any = x, y: Any = y) -> float:
            told = scale[0] + scale[1] * x
            return float((np.logaddexp(0, told) - y * told).sum() + PULL * (scale[0] ** 2 + (scale[1] - 1) ** 2))

        bias, slope = minimize(loss, [0.0, 1.0], method="L-BFGS-B").x
        scales[name] = (round(float(bias) - CAUTION, 3), round(float(slope), 3))
    return scales


def _reached(judged: Sequence[Judged], certainty: Certainty) -> list[list[float]]:
    """Pairs of precision and the confidence from which names reached it."""
    marks = sorted(((certainty.of(found), right) for found, right in judged), reverse=True)
    right = list(accumulate(is_right for _, is_right in marks))
    reached: Mapping[float, float] = {
        wanted: mark
        for wanted in PRECISIONS
        for n, ((mark, _), so_far) in enumerate(zip(marks, right, strict=True), 1)
        if so_far / n >= wanted and n >= min(ENOUGH, len(marks))
    }
    return [[wanted, round(reached[wanted], 3)] for wanted in PRECISIONS if wanted in reached]
