"""Who spoke in a collection of records, and which of their names may be one speaker's."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from quotes.people.forms import LONG, PREFIX, Form, compare, form
from quotes.people.registry import SEPARATOR, Entry
from quotes.records import SpeakerKind
from quotes.resolve.names import fold

MERGED: tuple[SpeakerKind, ...] = ("person", "organization")
"""Kinds whose names can be one's; "two officials" of two documents are four."""
NOT_SLUG = re.compile(r"[\W_]+")


@dataclass(slots=True)
class Spoken:
    """A speaker of a collection: one name of one kind, or one id."""

    kind: SpeakerKind
    id: str | None
    names: Counter[str] = field(default_factory=Counter)
    """Names in full, and how many quotes have them."""
    forms: Counter[str] = field(default_factory=Counter)
    """Names as they stand beside the quotes, and how many; beside a pronoun or a description the name in full."""
    documents: set[str] = field(default_factory=set)
    """The ids of those in which it speaks."""
    named: bool = False
    """Whether it has a name, and not only its own words: "a spokeswoman", "another"."""

    @property
    def name(self) -> str:
        """The most frequent name, of several the longest."""
        return max(self.names, key=lambda name: (self.names[name], len(name), name))

    @property
    def quotes(self) -> int:
        """How many quotes it has."""
        return self.names.total()


def tally(records: Iterable[Mapping[str, Any]]) -> list[Spoken]:
    """Who spoke, most quotes first; quotes of nobody named are left out.

    A name of unknown kind counts with the same name where only one kind of it is known.

    Args:
        records: as ``quotes.read.records`` gives them.
    """
    found: dict[tuple[str, ...], Spoken] = {}
    for record in records:
        speaker = record["speaker"]
        if not (speaker and speaker["name"] and speaker["name"].strip()):
            continue
        id, name, kind = speaker.get("id"), " ".join(speaker["name"].split()), speaker["kind"]
        one = found.setdefault((id,) if id else (name, kind), Spoken(kind, id))
        named = speaker.get("resolved_by") == "name" and speaker.get("mention")
        one.names[name] += 1
        one.forms[" ".join(named["text"].split()) if named else name] += 1
        one.documents.add(record["doc_id"])
        one.named = one.named or is_named(speaker)
    by_name = defaultdict(list)
    for one in found.values():
        if one.id is None and one.kind != "unknown":
            by_name[one.name].append(one)
    for key in [key for key, one in found.items() if one.id is None and one.kind == "unknown"]:
        if len(known := by_name[key[0]]) == 1:
            other = found.pop(key)
            known[0].names += other.names
            known[0].forms += other.forms
            known[0].documents |= other.documents
            known[0].named = known[0].named or other.named
    return sorted(found.values(), key=lambda one: (-one.quotes, one.name, one.kind))


def is_named(speaker: Mapping[str, Any]) -> bool:
    """Whether a record's speaker that has a name has one indeed, and not only its own words or another's: told by name,
    or neither what its mention says nor ending in a common noun."""
    name, mention = " ".join(speaker["name"].split()), speaker.get("mention")
    if mention and speaker.get("resolved_by") == "name":
        return True
    own_words = mention is not None and mention["text"].lower() == name.lower()
    return not own_words and not name.split()[-1].islower()


def merges(speakers: Sequence[Spoken]) -> list[Entry]:
    """Names that may be one speaker's, for a person to confirm: an entry of a list of speakers for each such group.

    Proposed are people, and organisations, whose names all fit one another (see ``quotes.people.forms.compare``), a
    last name alone included where both are known for people. A name that fits two that don't fit each other, as
    "Clinton" fits Bill and Hillary, is left out.

    Raises:
        quotes.extras.MissingPackage: rapidfuzz is not installed.
    """
    fitting: dict[int, set[int]] = defaultdict(set)
    for kind in MERGED:
        forms = {
            k: form(one.name, kind) for k, one in enumerate(speakers) if one.named and one.kind in (kind, "unknown")
        }
        for a, b in _near(forms):
            kinds = {speakers[a].kind, speakers[b].kind}
            ids = {speakers[a].id, speakers[b].id} - {None}
            if len(ids) < 2 and kind in kinds and (fit := compare(forms[a], forms[b])):
                if fit == "last name" and len(kinds) > 1:
                    continue
                fitting[a].add(b)
                fitting[b].add(a)
    open_to_doubt = {
        k for k, others in fitting.items() if any(b not in fitting[a] for a, b in combinations(sorted(others), 2))
    }
    taken = {one.id for one in speakers if one.id}
    entries = []
    done = set(open_to_doubt)
    for k in sorted(fitting):
        if k in done:
            continue
        group = [speakers[j] for j in sorted({k} | (fitting[k] - open_to_doubt))]
        done |= {k} | fitting[k]
        if len(group) > 1:
            entries.append(_entry(group, taken))
    return entries


def _near(forms: Mapping[int, Form]) -> Iterator[tuple[int, int]]:
    """The pairs of names that are worth comparing: of one last word or two that may be spelt alike, or all in one."""
    by_word: dict[str, list[int]] = defaultdict(list)
    by_whole: dict[str, list[int]] = defaultdict(list)
    for k, shape in forms.items():
        by_word[shape.last].append(k)
        by_whole[shape.whole].append(k)
    by_prefix: dict[str, list[str]] = defaultdict(list)
    for word, at in by_word.items():
        yield from combinations(at, 2)
        if len(word) >= LONG:
            by_prefix[word[:PREFIX]].append(word)
    for at in by_whole.values():
        yield from combinations(at, 2)
    for words in by_prefix.values():
        for one, other in combinations(words, 2):
            if compare(Form((), one, "", True), Form((), other, "", True)):
                yield from ((a, b) for a in by_word[one] for b in by_word[other])


def _entry(group: Sequence[Spoken], taken: set[str]) -> Entry:
    """The group under its fullest name, with an id of its own unless one of it has one already."""
    main = max(group, key=lambda one: (one.id is not None, len(one.name.split()), one.quotes, one.name))
    names = dict.fromkeys(name for one in (main, *group) for name in (one.name, *one.names) if SEPARATOR not in name)
    names.pop(main.name, None)
    slug = NOT_SLUG.sub("-", fold(main.name)).strip("-")
    id, number = main.id or slug, 1
    while not main.id and id in taken:
        number += 1
        id = f"{slug}-{number}"
    taken.add(id)
    kind = next(one.kind for one in group if one.kind != "unknown")
    return Entry(id, main.name, tuple(names), kind)
