"""What teaches the ranker: texts in which people told whom a pronoun means."""

from __future__ import annotations

import csv
import json
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from quotes.grammar.parse import Parse
from quotes.learn.coreference import Chained, chained
from quotes.learn.fits import Who, fits
from quotes.learn.gold import Document as Annotated
from quotes.learn.gold import GoldError, load
from quotes.resolve.antecedents import Place, Seen
from quotes.resolve.document import Document
from quotes.resolve.entities import Entity
from quotes.resolve.syntax import span_head

Candidates = Mapping[Entity, Sequence[Seen]]

NEWS = 4.0
"""What an example from news counts, where one of another kind counts 1."""


class Told(Protocol):
    """What people told of a parsed text."""

    def right(self, place: Place, candidates: Candidates) -> list[bool] | None:
        """For each entity, and last for none of them, whether a pronoun may mean it; None where nobody told."""
        ...


class Lesson(Protocol):
    """A text with what people told of it."""

    @property
    def id(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def weight(self) -> float: ...
    def told(self, doc: Document) -> Told: ...


def tokens(parse: Parse, start: int, end: int) -> tuple[int, int]:
    """The tokens that a span of characters touches, one at least."""
    first = min(bisect_right(parse.end, start), len(parse) - 1)
    return first, min(max(first + 1, bisect_left(parse.start, end)), len(parse))


@dataclass(frozen=True, slots=True)
class OfChains:
    """A text whose mentions all stand in chains."""

    of: Chained

    @property
    def id(self) -> str:
        return self.of.id

    @property
    def text(self) -> str:
        return self.of.text

    @property
    def weight(self) -> float:
        return NEWS if "_news_" in self.of.id else 1.0

    def told(self, doc: Document) -> Told:
        heads: dict[int, str] = {}
        for mention in sorted(self.of.mentions, key=lambda m: m.start - m.end):  # the longest of one head tells
            heads.setdefault(span_head(doc.parse, tokens(doc.parse, mention.start, mention.end)), mention.chain)
        return _ByChain(heads)


class _ByChain:
    def __init__(self, chain: Mapping[int, str]) -> None:
        self.chain = chain
        """The chain of the mention that each token heads."""

    def right(self, place: Place, candidates: Candidates) -> list[bool] | None:
        wanted = self.chain.get(place.at)
        if wanted is None:
            return None
        right = [self._of(entity, seen) == wanted for entity, seen in candidates.items()]
        return [*right, not any(right)]

    def _of(self, entity: Entity, mentions: Sequence[Seen]) -> str | None:
        """The chain in which most of an entity's names stand, else its nouns, else its pronouns."""
        nouns = [seen.at for seen in mentions if not seen.pronoun]
        for heads in (entity.mentions, nouns, [seen.at for seen in mentions]):
            chains = Counter(self.chain[head] for head in heads if head in self.chain)
            if chains:
                return chains.most_common(1)[0][0]
        return None


@dataclass(frozen=True, slots=True)
class OfTwo:
    """A passage of GAP (Webster et al. 2018): one pronoun and two names, either of which may be meant, or neither."""

    id: str
    text: str
    pronoun: int
    """Where it begins."""
    names: tuple[tuple[int, int, bool], ...]
    """Start and end of each name, and whether the pronoun means it."""
    weight: float = 1.0

    def told(self, doc: Document) -> Told:
        named = [
            ({e for k in range(*tokens(doc.parse, start, end)) if (e := doc.entity_at(k)) is not None}, meant)
            for start, end, meant in self.names
        ]
        return _ByName(tokens(doc.parse, self.pronoun, self.pronoun + 1)[0], named)


class _ByName:
    def __init__(self, pronoun: int, named: Sequence[tuple[set[Entity], bool]]) -> None:
        self.pronoun = pronoun
        self.meant = {entity for entities, meant in named if meant for entity in entities}
        self.others = {entity for entities, _ in named for entity in entities} - self.meant
        self.known = any(meant for _, meant in named)

    def right(self, place: Place, candidates: Candidates) -> list[bool] | None:
        if place.at != self.pronoun:
            return None
        if not self.known:  # anybody else, then, or somebody who is no candidate
            return [*(entity not in self.others for entity in candidates), True]
        right = [entity in self.meant for entity in candidates]
        return [*right, not any(right)]


@dataclass(frozen=True, slots=True)
class OfSources:
    """An article whose sources a reader told by name."""

    of: Annotated
    whos: Mapping[int, Who]
    """Who speaks each of its annotations, by number."""
    weight: float = NEWS

    @property
    def id(self) -> str:
        return self.of.id

    @property
    def text(self) -> str:
        return self.of.text

    def told(self, doc: Document) -> Told:
        heads = {
            span_head(doc.parse, tokens(doc.parse, start, end)): who
            for number, who in self.whos.items()
            for start, end in self.of.annotations[number].source
            if who.kind != "NONE"
        }
        return _BySource(heads)


class _BySource:
    def __init__(self, who: Mapping[int, Who]) -> None:
        self.who = who

    def right(self, place: Place, candidates: Candidates) -> list[bool] | None:
        wanted = self.who.get(place.at)
        if wanted is None:
            return None
        right = [fits(entity.name, wanted) for entity in candidates]
        return [*right, not any(right)]


def lessons(paths: Iterable[Path]) -> list[Lesson]:
    """The texts of files, each in whatever form it is: GAP's tables (.tsv), GUM's and LitBank's files and their JSON
    Lines (see `coreference`), articles and, in files of their own, who their sources are.

    Raises:
        GoldError: a file can't be read or is in none of these forms.
    """
    found: list[Lesson] = []
    articles: dict[str, Annotated] = {}
    sources: dict[str, dict[int, Who]] = {}
    for path in paths:
        form = form_of(path)
        if form == "two":
            found += _gap(path)
        elif form == "chains":
            found += map(OfChains, chained(path))
        elif form == "sources":
            sources |= whos(path)
        else:
            for article in load([path]):
                articles.setdefault(article.id, article)
    found += (OfSources(articles[doc_id], whos) for doc_id, whos in sources.items() if doc_id in articles)
    if not found:
        raise GoldError("nothing tells who is meant in these files")
    return found


def form_of(path: Path) -> str:
    """What a file holds: "two" (GAP), "chains", "sources" (who speaks) or "articles"."""
    if path.suffix == ".tsv":
        return "two"
    if path.suffix in (".conllu", ".ann"):
        return "chains"
    try:
        with path.open(encoding="utf-8") as file:
            row = json.loads(next((line for line in file if line.strip()), "{}"))
    except (OSError, ValueError) as error:
        raise GoldError(f"{path}: can't be read ({error})") from error
    if "mentions" in row or "entities" in row:
        return "chains"
    return "sources" if "speakers" in row else "articles"


def whos(path: Path) -> dict[str, dict[int, Who]]:
    """Who speaks the annotations of articles: a file of {"id", "speakers": {number: {"name", "aliases", "kind",
    "mention"}}}.

    Raises:
        GoldError: it can't be read or has no such rows.
    """
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        return {
            row["id"]: {
                int(number): Who(who["name"], tuple(who["aliases"]), who["kind"], who["mention"])
                for number, who in row["speakers"].items()
            }
            for row in rows
        }
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise GoldError(f"{path}: no speakers by number ({error})") from error


def _gap(path: Path) -> Iterator[OfTwo]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                names = [(int(row[f"{n}-offset"]), row[n], row[f"{n}-coref"] == "TRUE") for n in "AB"]
                spans = tuple((start, start + len(name), meant) for start, name, meant in names)
                yield OfTwo(row["ID"], row["Text"], int(row["Pronoun-offset"]), spans)
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise GoldError(f"{path}: no table as GAP has it ({error})") from error
