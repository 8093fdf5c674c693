"""One person under two spellings: transliterations, and slips of one letter where given name and role agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from quotes.lexicon import words
from quotes.resolve import lexicon
from quotes.resolve.linking import MAX_NAMESAKES

if TYPE_CHECKING:
    from quotes.resolve.document import Document
    from quotes.resolve.entities import Entity

VOWELS = frozenset("aeiouyw")
DIGRAPHS = (("ph", "f"), ("kh", "h"), ("gh", "g"), ("dh", "d"), ("q", "k"), ("ck", "k"))
"""Letters that transliterations exchange."""
ENOUGH = 5
"""Letters of a last name from which a slip of one is no other name."""


def unite(doc: Document) -> None:
    """Let those who are one person under two spellings go by one name, the more frequent, else the earlier one."""
    people = list(dict.fromkeys(e for e in doc.entities if e is not None and len(e.key) > 1 and e.kind == "person"))
    for group in (*_alike(people), *_of_one_role(doc, people)):
        best = max(group, key=lambda entity: (len(entity.mentions), -entity.first))
        for other in group:
            if other is not best and other.same is None and best.same is None and _one(doc, best, other):
                other.same = best


def _alike(people: Iterable[Entity]) -> Iterator[list[Entity]]:
    """Those whose names have the same consonants, of a kind that is often transliterated."""
    groups: dict[tuple[str, ...], list[Entity]] = defaultdict(list)
    for entity in people:
        bones = tuple(skeleton(word) for word in entity.key if word not in lexicon.particles())
        if bones and (bones[0] in _transliterated() or not lexicon.particles().isdisjoint(entity.key)):
            groups[bones].append(entity)
    return (group[:MAX_NAMESAKES] for group in groups.values() if len(group) > 1)


def _of_one_role(doc: Document, people: Iterable[Entity]) -> Iterator[list[Entity]]:
    """Those who share a given name and a role."""
    groups: dict[tuple[str, str], list[Entity]] = defaultdict(list)
    for entity in people:
        for noun in {said.head for said in doc.roles.of.get(entity, []) if said.text}:
            groups[entity.key[0], noun].append(entity)
    return (group[:MAX_NAMESAKES] for group in groups.values() if len(group) > 1)


def _one(doc: Document, a: Entity, b: Entity) -> bool:
    """Whether two names can be one person's: no other sex, and last names alike or a slip apart."""
    if (a.men and b.women) or (a.women and b.men):
        return False
    last, other = a.key[-1], b.key[-1]
    if skeleton(last) == skeleton(other) and skeleton(a.key[0]) == skeleton(b.key[0]) and a.key[0] != b.key[0]:
        return True
    alike = skeleton(last) == skeleton(other) and skeleton(a.key[0]) in _transliterated()
    return a.key[0] == b.key[0] and (alike or (min(len(last), len(other)) >= ENOUGH and one_slip(last, other)))


@cache
def skeleton(word: str) -> str:
    """The consonants of a folded name, doubled ones once: "mohammed", "muhammad" and "mohamed" give "mhmd"."""
    plain = word.removeprefix("al-").removeprefix("el-").replace("-", "").replace("'", "")
    for letters, one in DIGRAPHS:
        plain = plain.replace(letters, one)
    single = [letter for k, letter in enumerate(plain) if not k or plain[k - 1] != letter]
    return "".join(letter for letter in single if letter not in VOWELS)


@cache
def _transliterated() -> frozenset[str]:
    """The skeletons of given names that are often transliterated."""
    return frozenset(skeleton(name) for name in words("transliterated"))


def one_slip(a: str, b: str) -> bool:
    """Whether two words differ by one letter that is other, missing or too many, or by two that changed places."""
    if a == b or abs(len(a) - len(b)) > 1:
        return a == b
    start = next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if len(a) == len(b):
        swapped = a[start : start + 2] == b[start : start + 2][::-1] and a[start + 2 :] == b[start + 2 :]
        return swapped or a[start + 1 :] == b[start + 1 :]
    short, long = sorted((a, b), key=len)
    return short[start:] == long[start + 1 :]
