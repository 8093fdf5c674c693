"""Learns what each piece of evidence for the kind of a name is worth: see ``quotes.resolve.kinds``.

The names are those that the program finds itself, in texts whose annotators told the kind of all that is meant (GUM)
and in articles whose speakers a reader told. Logistic regression over four kinds, with a ridge; rounded, so that the
same texts give the same file, byte for byte. Needs scikit-learn.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from quotes.learn.antecedents import OfChains, OfSources
from quotes.learn.fits import plain
from quotes.learn.speakers import Read, part_of
from quotes.resolve.document import Document
from quotes.resolve.entities import Entity
from quotes.resolve.kinds import KINDS, OTHER, evidence
from quotes.resolve.ranker import shipped

Matrix = npt.NDArray[np.float64]

OF_CHAINS = {"person": "person", "organization": "organization", "place": "place"} | dict.fromkeys(
    ["object", "event", "abstract", "time", "animal", "plant", "substance"], OTHER
)
"""What GUM calls the kinds."""
OF_SPEAKERS = {"PERSON": "person", "ORG": "organization", "PLACE": "place"}
SEEN, IN_TEXTS = 6, 4
"""How many names and texts must have a piece of evidence."""
RIDGE = 0.5
"""scikit-learn's C: the inverse of how strongly weights are drawn to nought."""
HEADER = """# What each piece of evidence for the kind of a name adds to its log-odds: made by
# quotes train-speakers --kinds from GUM and from the speakers of read articles.
"""


class Named(NamedTuple):
    """A name with what people told of it."""

    doc_id: str
    kind: str
    evidence: Mapping[str, float]


def names_of(texts: Sequence[Read]) -> Iterator[Named]:
    """The names of texts whose kind people told."""
    for text in texts:
        doc = text.document(shipped().trees)
        if isinstance(text.lesson, OfChains):
            kinds = _in_chains(doc, text.lesson)
        elif isinstance(text.lesson, OfSources):
            kinds = _of_sources(doc, text.lesson)
        else:
            continue
        told = evidence(doc)
        yield from (Named(text.lesson.id, kind, told[entity]) for entity, kind in kinds.items() if entity in told)


def _in_chains(doc: Document, lesson: OfChains) -> dict[Entity, str]:
    """The kinds of names by the shortest annotated mentions that end with them."""
    ends: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for mention in lesson.of.mentions:
        if mention.kind in OF_CHAINS:
            ends[mention.end].append((mention.start, mention.kind))
    votes: dict[Entity, Counter[str]] = defaultdict(Counter)
    for name, entity in zip(doc.names, doc.entities, strict=True):
        start, end = doc.parse.start[name.start], doc.parse.end[name.end - 1]
        around = [mention for mention in ends.get(end, []) if mention[0] <= start]
        if entity is not None and around:
            votes[entity][OF_CHAINS[max(around)[1]]] += 1
    return {entity: counted.most_common(1)[0][0] for entity, counted in votes.items()}


def _of_sources(doc: Document, lesson: OfSources) -> dict[Entity, str]:
    """The kinds of those names that are a speaker's."""
    told = {plain(who.name): OF_SPEAKERS[who.kind] for who in lesson.whos.values() if who.kind in OF_SPEAKERS}
    named = {entity: told.get(plain(entity.name)) for entity in doc.entities if entity is not None}
    return {entity: kind for entity, kind in named.items() if kind}


def learn(names: Sequence[Named]) -> str:
    """The content of ``lexicon/en/name_kinds.tsv``."""
    known = _known(names)
    weights = _fit(_matrix(names, known), names)
    rows = ("\t".join([piece, *(f"{weights[k, j]:.2f}" for k in range(len(KINDS)))]) for j, piece in enumerate(known))
    return HEADER + "\n".join(["\t".join(["evidence", *KINDS]), *rows]) + "\n"


def share_right(names: Sequence[Named]) -> float:
    """How many names get the kind that people told, in cross-validation over texts."""
    right = 0
    for part in sorted({part_of(name.doc_id) for name in names}):
        rest = [name for name in names if part_of(name.doc_id) != part]
        asked = [name for name in names if part_of(name.doc_id) == part]
        known = _known(rest)
        scores = _matrix(asked, known) @ _fit(_matrix(rest, known), rest).T
        right += sum(KINDS[k] == name.kind for k, name in zip(scores.argmax(axis=1), asked, strict=True))
    return right / len(names)


def _known(names: Sequence[Named]) -> list[str]:
    """The pieces of evidence that are seen often enough."""
    seen: Counter[str] = Counter()
    texts: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for piece in name.evidence:
            seen[piece] += 1
            texts[piece].add(name.doc_id)
    return sorted(piece for piece, times in seen.items() if times >= SEEN and len(texts[piece]) >= IN_TEXTS)


def _matrix(names: Sequence[Named], known: Sequence[str]) -> Matrix:
    """A row a name, a column a piece of evidence."""
    column = {piece: j for j, piece in enumerate(known)}
    values = np.zeros((len(names), len(known)))
    for row, name in zip(values, names, strict=True):
        for piece, value in name.evidence.items():
            if piece in column:
                row[column[piece]] = value
    return values


def _fit(values: Matrix, names: Sequence[Named]) -> Matrix:
    """A row a kind, a column a piece of evidence: its weight."""
    from sklearn.linear_model import LogisticRegression

    kinds = [KINDS.index(name.kind) for name in names]
    model = LogisticRegression(C=RIDGE, fit_intercept=False, max_iter=2000).fit(values, kinds)
    weights = np.zeros((len(KINDS), values.shape[1]))
    weights[model.classes_] = model.coef_
    return weights
