"""The figures of an audit: how many sources, quotes and words of each kind, by outlet, section and month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from quotes.audit.kinds import KINDS
from quotes.audit.sources import Source, sources
from quotes.records import Record

SHOWN = 30
"""People and bodies of the longest list."""
NOT_TOLD = "not told"


@dataclass(frozen=True, slots=True)
class Share:
    """How much of something there is."""

    name: str
    sources: int
    quotes: int
    words: int
    of_sources: float
    of_quotes: float
    of_words: float
    direct: float
    """The share of its words that stand in direct quotes."""
    first: int
    """Articles in which it has the first word."""
    last: int


@dataclass(frozen=True, slots=True)
class Group:
    """The articles of one outlet, section or month."""

    name: str
    articles: int
    kinds: tuple[Share, ...]
    anonymous: float
    """The share of sources whose name is withheld."""
    women: float | None
    """Of those whose sex is told, the share of women; None where none is told."""
    sex_unknown: float
    """Of persons, the share whose sex is not told."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody quoted, over all articles in which they stand under one name."""

    name: str
    kind: str
    told_by: str
    title: str
    organization: str
    why: str
    articles: int
    quotes: int
    words: int


@dataclass(frozen=True, slots=True)
class Report:
    """An audit."""

    whole: Group
    outlets: tuple[Group, ...]
    sections: tuple[Group, ...]
    months: tuple[Group, ...]
    voices: tuple[Voice, ...]
    """Those with most words first."""
    reasons: tuple[tuple[str, int], ...]
    """Words with which names are withheld, and how often."""
    sources: tuple[Source, ...]


def audit(records: Iterable[Record], section: str = "section") -> Report:
    """Audit records; those of one article must stand after one another, as ``quotes extract`` writes them.

    Args:
        records: of any number of articles; each is kept only until its article is done.
        section: the field of meta that has an article's section.
    """
    found: list[Source] = []
    for _, some in groupby(records, key=lambda record: record["doc_id"]):
        found += sources(list(some), section)
    reasons = Counter(" ".join(source.anonymous.split()) for source in found if source.anonymous)
    return Report(
        whole=_group("all", found),
        outlets=_groups(found, lambda source: source.outlet),
        sections=_groups(found, lambda source: source.section),
        months=tuple(sorted(_groups(found, lambda source: source.month), key=lambda group: group.name)),
        voices=tuple(_voices(found)[:SHOWN]),
        reasons=tuple(reasons.most_common(SHOWN)),
        sources=tuple(found),
    )


def _groups(found: Sequence[Source], key: Callable[[Source], str]) -> tuple[Group, ...]:
    """A group for each value, those with most articles first; none where no article tells any."""
    names = Counter(key(source) for source in found)
    if not any(names):
        return ()
    groups = [_group(name or NOT_TOLD, [one for one in found if key(one) == name]) for name in names]
    return tuple(sorted(groups, key=lambda group: (-group.articles, group.name)))


def _group(name: str, found: Sequence[Source]) -> Group:
    persons = [one for one in found if one.person]
    told = [one for one in persons if one.sex != "unknown"]
    sourced = [one for one in found if one.kind != "none"]
    return Group(
        name=name,
        articles=len({one.doc_id for one in found}),
        kinds=tuple(_share(kind, [one for one in found if one.kind == kind], found) for kind in KINDS),
        anonymous=_of(sum(not one.named for one in sourced), len(sourced)),
        women=_of(sum(one.sex == "woman" for one in told), len(told)) if told else None,
        sex_unknown=_of(len(persons) - len(told), len(persons)),
    )


def _share(name: str, some: Sequence[Source], found: Sequence[Source]) -> Share:
    quotes, words = sum(one.quotes for one in some), sum(one.words for one in some)
    return Share(
        name=name,
        sources=len(some),
        quotes=quotes,
        words=words,
        of_sources=_of(len(some), len(found)),
        of_quotes=_of(quotes, sum(one.quotes for one in found)),
        of_words=_of(words, sum(one.words for one in found)),
        direct=_of(sum(one.direct_words for one in some), words),
        first=sum(one.first for one in some),
        last=sum(one.last for one in some),
    )


def _of(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _voices(found: Sequence[Source]) -> list[Voice]:
    together: dict[str, list[Source]] = {}
    for one in found:
        if one.named and one.known:
            together.setdefault(one.name.casefold(), []).append(one)
    voices = []
    for some in together.values():
        best = max(some, key=lambda one: (bool(one.title), bool(one.organization), one.words))
        why = next((one.why["text"] for one in (best, *some) if one.why), "")
        voices.append(
            Voice(
                best.name,
                best.kind,
                best.told_by,
                best.title,
                best.organization,
                " ".join(why.split()),
                len({one.doc_id for one in some}),
                sum(one.quotes for one in some),
                sum(one.words for one in some),
            )
        )
    return sorted(voices, key=lambda voice: (-voice.words, voice.name))
