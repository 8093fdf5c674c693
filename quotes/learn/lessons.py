"""What the judgements are learned from: the examples that are plausible, as rows of features, with experience counted
over other articles.

Counted over all articles but an example's own, experience gives it away: where a key was right in three articles of
six, the right ones see two of five and the others three of five, and trees learn that from the training articles. So
articles are taken out a part at a time (cross-fitting; Pargent, Pfisterer, Thomas and Bischl, Computational Statistics
2022)."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from quotes.decide.choose import WORTH_JUDGING
from quotes.decide.experience import Experience, log_odds
from quotes.decide.features import Key
from quotes.decide.proposals import PROPOSAL
from quotes.decide.readings import READING
from quotes.forest import Indices, Matrix
from quotes.learn.examples import Article, Example
from quotes.learn.sightings import Sightings

IMPLAUSIBLE = log_odds(0.015)
"""Cues that were a report less often than this in a frame are not looked at."""
RARE_REPORT = 3
DIFFERENCE = 0.2
"""Of the many keys of proposals, those are kept that were seen so often and differ so much in log-odds from their wider
key: half of the file's size for no loss."""
OUTSIDE = ("frame", "act+frame", "lemma+frame")
"""The keys by which an inner proposal is compared with those outside."""
PLAUSIBLE_KEYS: tuple[Key[Example], ...] = (
    Key("frame", lambda e: str(e.proposal.frame.asked)),
    Key("pair", lambda e: f"{e.proposal.lemma}|{e.proposal.frame.asked!s}", "frame"),
)
KNOWN = 10
"""How often a frame must be seen to be known: in others a proposal is given its rule's prior at least."""
PARTS = 10
"""In how many parts the articles are when experience with all but one is counted."""


def folds(n: int, parts: int) -> list[list[int]]:
    """The indices up to n in so many parts, drawn with a seed; in fewer where there are fewer indices."""
    order = list(range(n))
    random.Random(0).shuffle(order)
    parts = min(parts, n)
    return [sorted(order[k::parts]) for k in range(parts)]


@dataclass(frozen=True, slots=True)
class Examples:
    """Examples of several articles."""

    every: list[Example]
    article: Indices
    """The place of the article of each."""
    times: Indices
    """How often that article counts."""

    @property
    def right(self) -> Matrix:
        """Whether each is right."""
        return np.array([e.right for e in self.every], dtype=bool)

    def parts(self) -> Indices:
        """The part of the articles that each is of."""
        part_of = np.zeros(self.article.max(initial=-1) + 1, dtype=np.intp)
        for number, part in enumerate(folds(len(part_of), PARTS)):
            part_of[part] = number
        return part_of[self.article]

    def only(self, which: Indices) -> Examples:
        """Some of them."""
        return Examples([self.every[i] for i in which], self.article[which], self.times[which])


def examples_of(articles: Sequence[Article]) -> Examples:
    """All examples of articles that something is learned from."""
    lessons = [article.lessons() for article in articles]
    sizes = [len(of_one) for of_one in lessons]
    return Examples(
        [e for of_one in lessons for e in of_one],
        np.repeat(np.arange(len(articles)), sizes),
        np.repeat([article.weight for article in articles], sizes),
    )


class Plausible(NamedTuple):
    """Which cues in which frames are worth a look."""

    examples: Examples
    """Those that are by the experience of all other articles."""
    table: dict[str, list[str]]
    """The frames that are known, those that are plausible with any cue, and the pairs of lemma and frame of which this
    is not the answer."""


def plausible(examples: Examples) -> Plausible:
    """What is worth a look among examples."""
    keys = [[key.of(e) for key in PLAUSIBLE_KEYS] for e in examples.every]
    sightings = Sightings(PLAUSIBLE_KEYS, keys, examples.right, examples.times)
    worth = sightings.known(examples.article)[:, 1] >= IMPLAUSIBLE
    by_frame, by_pair = (sightings.known() >= IMPLAUSIBLE).T.tolist()
    frames = {frame: keep for (frame, _), keep in zip(keys, by_frame, strict=True)}
    pairs = {pair: keep for (frame, pair), keep in zip(keys, by_pair, strict=True) if keep != frames[frame]}
    seen = Counter(frame for frame, _ in keys)
    table = {
        "known": sorted(frame for frame, times in seen.items() if times >= KNOWN),
        "frames": sorted(frame for frame, keep in frames.items() if keep),
        "yes": sorted(pair for pair, keep in pairs.items() if keep),
        "no": sorted(pair for pair, keep in pairs.items() if not keep),
    }
    return Plausible(examples.only(np.flatnonzero(worth)), table)


class Lessons(NamedTuple):
    """What a judgement is learned from."""

    experience: Experience
    rows: Matrix
    right: Matrix
    """For each row whether the answer is yes."""
    times: Indices
    """How often the article counts that each row is of."""
    weights: Matrix
    """What each row counts, besides."""


def counts_as(examples: Examples) -> Matrix:
    """What each counts: 1, or if it is inner the share of those outside with its lemma and frame that are wrong.

    That "warned" in what a mayor said is not marked says little of "warned"; of "shared" it tells what others do.
    """
    names = PROPOSAL.only(OUTSIDE)
    places = [k for k, key in enumerate(PROPOSAL.keys) if key.name in OUTSIDE]
    keys = [[e.keys[k] for k in places] for e in examples.every]
    inner = np.array([e.inner for e in examples.every], dtype=bool)
    outside = Sightings(names, keys, examples.right, (~inner).astype(float))
    odds = outside.known()[:, OUTSIDE.index("lemma+frame")]
    return np.where(inner, 1 / (1 + np.exp(odds)), 1.0)


def report_lessons(examples: Examples) -> Lessons:
    """A row for every example, experience counted without its part of the articles, and whether it is right."""
    weights = counts_as(examples)
    keys = [e.keys for e in examples.every]
    sightings = Sightings(PROPOSAL.keys, keys, examples.right, weights * examples.times, RARE_REPORT)
    known = sightings.known(examples.parts())
    worth = np.flatnonzero(np.array(PROPOSAL.first_scores(known)) > WORTH_JUDGING)
    rows = np.column_stack([known[worth], np.array([examples.every[i].numbers for i in worth])])
    right, times = examples.right[worth], examples.times[worth]
    return Lessons(sightings.experience(DIFFERENCE), rows, right, times, weights[worth])


def edge_lessons(examples: Examples) -> Lessons:
    """A row for every reading of the examples that are right, and whether no other reading is better."""
    sizes = [len(e.readings) for e in examples.every]
    readings = [reading for e in examples.every for reading in e.readings]
    best = np.array([one for e in examples.every for one in best_readings(e)], dtype=bool)
    times = examples.times.repeat(sizes)
    sightings = Sightings(READING.keys, [reading.keys for reading in readings], best, times)
    known = iter(sightings.known(examples.parts().repeat(sizes)).tolist())
    rows: list[list[float]] = []
    for e in examples.every:
        rows += READING.rows([next(known) for _ in e.readings], [reading.numbers for reading in e.readings])
    return Lessons(sightings.experience(), np.array(rows), best, times, np.ones(len(rows)))


def best_readings(e: Example) -> list[bool]:
    """For each reading whether it overlaps most with what was marked."""
    top = max((reading.overlap for reading in e.readings), default=0.0) - 1e-9
    return [reading.overlap >= top for reading in e.readings]
