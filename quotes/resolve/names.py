"""Names: runs of capitalised words, cut into role, title and name proper, and judged person, organisation or place.

Works from part-of-speech tags and word lists. spaCy's named-entity recogniser would cost as much again as the
parse, and evidence from the text (titles, apposition, "who") judges better than it does.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from quotes.parse import Parse
from quotes.resolve import lexicon
from quotes.resolve.lexicon import nouns, organisation_words, particles, singular, suffixes, titles

NAME_TAGS = frozenset({"NNP", "NNPS"})
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december mon. tue. wed. thu. fri. sat. sun. jan. feb. aug. sept. oct. nov. dec. "
    "christmas easter thanksgiving".split()
)
NO_NAMES = CALENDAR | frozenset(
    "though although while when if as but and after before since because despite meanwhile however yet the a an this that these those he "
    "she it they we i in on at for from with by to of not no so still also even both what who why how where full text abstract said says "
    "asked told added photo video read getty".split()
)
"""Capitalised by the start of a sentence or a headline; the tagger takes some for names."""
ALSO_SURNAMES = frozenset(
    "king prince baron bishop dean duke earl major pope marshal constable queen count brother sister father "
    "cardinal private lord star judge chance guard driver cook carpenter singer author editor coach host speaker chair "
    "head case page young friend".split()
)
PARTIES = frozenset({"party", "union", "nations"})
HYPHENS = frozenset("-‐‑–")
OPENING, CLOSING = frozenset('"“‘(``'), frozenset("\"”’)''")
HEADLINE_SHARE, HEADLINE_WORDS = 0.65, 4
ACRONYM = re.compile(r"(?:[A-Z]\.?&?){2,6}s?$")
MISTAKEN = frozenset({"NN", "NNS", "VB", "VBP", "VBZ", "FW", "UH"})
LONGEST = 12
"""Words in a run at most: a text in capitals throughout would otherwise be one name."""


@dataclass(frozen=True, slots=True)
class Name:
    """One place where a name stands; spans count tokens."""

    left: int
    """Where its run begins, title and role included."""
    start: int
    """Where the name proper begins."""
    end: int
    """One past the name proper."""
    words: tuple[str, ...]
    """The name proper as written, hyphenated parts joined, without nicknames in quotation marks."""
    key: tuple[str, ...]
    """The words folded: lower case, no accents, no full stops."""
    kind: str
    """person, organization, place, unknown; role for words that only describe ("Foreign Minister")."""
    gender: str = ""
    """What the title tells: m, f or ""."""
    titled: bool = False
    """A person's title or role stands before it in its run."""
    headline: bool = False
    """It stands in a paragraph in title case, where a run may hold more than a name."""
    article: bool = False
    """An article or a possessive stands before it."""
    label: bool = False
    """It opens a paragraph and a colon follows, as before a turn of an interview."""
    nickname: str = ""
    """Folded nickname in quotation marks inside the name."""


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """A word as names are compared: lower case, no accents, no full stops, one kind of apostrophe and hyphen."""
    plain = unicodedata.normalize("NFKD", word.lower())
    plain = "".join(c for c in plain if not unicodedata.combining(c) and c != ".")
    return re.sub("[‐‑–]", "-", plain.replace("’", "'"))


def find_names(parse: Parse) -> list[Name]:
    """All names and capitalised roles of a text, in order; one pass over its tokens."""
    found: list[Name] = []
    tag, n, i = parse.tag, len(parse), 0
    headline = headlines(parse)
    while i < n:
        if tag[i] in NAME_TAGS and _begins(parse, i):
            run = _run(parse, i)
            found += _cut(parse, run, parse.para_of[i] in headline)
            i = max(run[-1][1], i + 1)
        else:
            i += 1
    return found


def mended_tags(parse: Parse) -> list[str]:
    """The tags, with NNP for capitalised words that are taken for something else here and for a name elsewhere."""
    known: dict[str, int] = {}
    for word, tag in zip(parse.words, parse.tag, strict=True):
        if tag == "NNP" and len(word) > 2:
            known[word] = known.get(word, 0) + 1
    labels = {a for a, b in parse.paragraphs if b - a > 2 and parse.words[a + 1] == ":" and parse.words[a].isupper()}
    return [
        "NNP" if i in labels or tag in MISTAKEN and word[0].isupper() and known.get(word, 0) > 1 else tag
        for i, (word, tag) in enumerate(zip(parse.words, parse.tag, strict=True))
    ]


def headlines(parse: Parse) -> set[int]:
    """The paragraphs written in title case, in which capitals tell nothing."""
    found = set()
    for k, (a, b) in enumerate(parse.paragraphs):
        if b - a > 40:
            continue
        plain = [w for w in parse.words[a:b] if w[0].isalpha()]
        high = sum(w[0].isupper() for w in plain)
        if len(plain) >= HEADLINE_WORDS and high >= HEADLINE_SHARE * len(plain):
            found.add(k)
    return found


def _begins(parse: Parse, i: int) -> bool:
    word = parse.words[i]
    return (
        (word[0].isupper() or word[0].isdigit())
        and parse.lower[i] not in NO_NAMES
        and (len(word) > 1 or word.isupper())
    )


def _touching(parse: Parse, i: int) -> bool:
    """Whether nothing stands between token i and the one before."""
    return parse.start[i] == parse.end[i - 1]


def _run(parse: Parse, i: int) -> list[tuple[int, int]]:
    """The words of the name run that begins at token i, as token spans (hyphenated parts are one word)."""
    words, tag, lower, n = parse.words, parse.tag, parse.lower, len(parse)
    start = i
    while start and lower[start - 1] in particles() and words[start - 1].islower() and tag[start - 1] != "IN":
        if start > 1 and tag[start - 2] in NAME_TAGS:
            break
        start -= 1
    run = [(start, i + 1)] if start == i else [(start, start + 1), *((k, k + 1) for k in range(start + 1, i + 1))]
    j = i + 1
    while j < n and len(run) < LONGEST:
        last = lower[run[-1][1] - 1]
        if (
            words[j] in HYPHENS
            and j + 1 < n
            and _touching(parse, j)
            and _touching(parse, j + 1)
            and words[j + 1][0].isalpha()
        ):
            short = tag[j + 1] == "NNP" or (len(run) > 1 and len(words[j - 1]) <= 3 and len(words[j + 1]) <= 6)
            if not (words[j + 1][0].isupper() or lower[run[-1][0]] in particles() or short):
                break
            run[-1] = (run[-1][0], j + 2)
            j += 2
        elif tag[j] in NAME_TAGS and _begins(parse, j):
            run.append((j, j + 1))
            j += 1
        elif (
            tag[j] == "_SP" and "\n" not in words[j] and j + 1 < n and tag[j + 1] in NAME_TAGS and _begins(parse, j + 1)
        ):
            j += 1
        elif (
            words[j] == "." and f"{last}." in titles() and j + 1 < n and tag[j + 1] in NAME_TAGS and _touching(parse, j)
        ):
            j += 1  # "Capt. Pardo", where the tokenizer takes the full stop for the sentence's end
        elif lower[j] in suffixes() and words[j][0].isupper():
            run.append((j, j + 1))
            j += 1
        elif words[j] == "," and j + 1 < n and lower[j + 1] in suffixes() and words[j + 1][0].isupper():
            run.append((j + 1, j + 2))
            j += 2
        elif (after := _particles_end(parse, j)) > j:
            run += [(k, k + 1) for k in range(j, after + 1)]
            j = after + 1
        elif lower[j] in ("of", "for", "on") and (after := _of_end(parse, j, last)) > j:
            run += [(k, k + 1) for k in range(j, after + 1)]
            j = after + 1
        elif words[j] == "&" and j + 1 < n and tag[j + 1] in NAME_TAGS:
            run += [(j, j + 1), (j + 1, j + 2)]
            j += 2
        elif words[j] in OPENING and words[j] != "(" and (after := _nickname_end(parse, j)) > j:
            run.append((j, after))
            j = after
        else:
            break
    return run


def _particles_end(parse: Parse, j: int) -> int:
    """The capitalised token after lower-case particles at j, or j."""
    k = j
    while k < len(parse) and k - j < 3 and parse.lower[k] in particles() and parse.words[k].islower():
        k += 1
        if k < len(parse) and parse.words[k] in HYPHENS:
            k += 1
    return k if j < k < len(parse) and parse.tag[k] in NAME_TAGS and parse.words[k][0].isupper() else j


def _of_end(parse: Parse, j: int, last: str) -> int:
    """The last token of "of (the) NAME" at j where the word before takes such a complement, else j."""
    if not (last in organisation_words() or (parse.lower[j] == "of" and (last in titles() or last in TAKES_OF))):
        return j
    k = j + 1
    if k < len(parse) and parse.lower[k] == "the":
        k += 1
    return k if k < len(parse) and parse.tag[k] in NAME_TAGS and _begins(parse, k) else j


TOWNS = frozenset({"city", "county", "town", "state", "village", "borough"})
TAKES_OF = TOWNS | frozenset(
    {"minister", "secretary", "director", "chief", "states", "republic", "kingdom", "emirates", "lords", "archbishop"}
)


def _nickname_end(parse: Parse, j: int) -> int:
    """One past a nickname in quotation marks at j that a name follows, else j."""
    for k in range(j + 2, min(j + 4, len(parse) - 1)):
        if parse.words[k] in CLOSING:
            return k + 1 if parse.tag[k + 1] in NAME_TAGS and not _touching(parse, k + 1) else j
    return j


def _cut(parse: Parse, run: list[tuple[int, int]], headline: bool) -> list[Name]:
    """A run as one name (or role): titles and roles before it are cut off."""
    texts = [parse.text[parse.start[a] : parse.end[b - 1]] for a, b in run]
    nickname, kept = "", []
    for k, t in enumerate(texts):
        if t[0] in OPENING:
            nickname = fold(t.strip("\"“”‘’`'"))
        else:
            kept.append(k)
    lower = [fold(t) for t in texts]
    first = _title_end(lower, kept)
    while len(kept) > 1 and lower[kept[-1]] in CALENDAR:
        kept.pop()
    name = [k for k in kept if k >= first]
    gender = ""
    for k in kept:
        if k < first:
            gender = titles().get(lower[k], "") or getattr(nouns().get(lower[k]), "gender", "") or gender
    if not name:
        return [Name(run[0][0], run[0][0], run[-1][1], tuple(texts), tuple(lower), "role", gender, headline=headline)]
    a, end = run[0][0], run[-1][1]
    label = end < len(parse) and parse.words[end] == ":" and a == parse.paragraphs[parse.para_of[a]][0]
    article = a > 0 and (parse.tag[a - 1] in ("DT", "PRP$", "POS") or parse.tag[a - 1] == "JJ")
    words = tuple(texts[k] for k in name)
    key = tuple(lower[k] for k in name)
    titled = bool(first) and first > 0 and any(singular(lower[k]) in _person_words() for k in kept if k < first)
    kind = _kind(words, key, titled, headline)
    return [
        Name(
            run[0][0],
            run[name[0]][0],
            run[name[-1]][1],
            words,
            key,
            kind,
            gender,
            titled,
            headline,
            article,
            label,
            nickname,
        )
    ]


@lexicon.cache
def _person_words() -> frozenset[str]:
    return frozenset(fold(t) for t in titles()) | {r for r, s in nouns().items() if s.kind == "person"}


def _title_end(lower: list[str], kept: list[int]) -> int:
    """How many words of a run are title and role; all of them if no name follows."""
    people, places = _person_words(), lexicon.places()
    name_words = [k for k in kept if lower[k] not in suffixes()]
    if not name_words:
        return 0
    last = name_words[-1]
    if lower[last] in organisation_words() and len(name_words) > 1 and lower[last] not in ALSO_SURNAMES:
        return 0
    end = 0
    for k in name_words:
        if lower[k] not in people and singular(lower[k]) not in people:
            continue
        before = lower[k - 1] if k else ""
        if lower[k] in ALSO_SURNAMES and k and not (before in people or before in places):
            continue
        end = k + 1
        if k + 1 < len(lower) and lower[k + 1] == "of":
            end = _after_of(lower, k + 1)
    if end > last:  # words for roles alone: "Foreign Minister", unless it is a known first name and surname
        return (
            end
            if not (
                len(name_words) == 2 and lower[name_words[0]] in lexicon.first_names() and lower[last] in ALSO_SURNAMES
            )
            else 0
        )
    if (
        end == 0
        and len(name_words) > 2
        and lower[name_words[0]] in places
        and lower[name_words[0]] not in lexicon.place_names()
    ):
        return 1  # "American Andy Roddick"
    return end


def _after_of(lower: list[str], of: int) -> int:
    """Where the name begins in "Secretary of State John Kerry", given where "of" stands; the run's end if nowhere."""
    names = lexicon.first_names()
    for k in range(of + 2, len(lower) - 1):
        if lower[k] in names:
            return k
    return len(lower)


def _kind(words: tuple[str, ...], key: tuple[str, ...], titled: bool, headline: bool) -> str:
    if titled or key[-1] in suffixes():
        return "person"
    joined = " ".join(key)
    if joined in lexicon.places():
        if joined in lexicon.place_names() or words[0].isupper():
            return "organization" if key[-1] in PARTIES or joined in ("gop", "eu", "un", "kremlin") else "place"
        return "role"  # "the Russian", "Republicans"
    if key[-1] in organisation_words() and not (
        len(key) == 2 and key[0] in lexicon.first_names() and key[-1] in ALSO_SURNAMES
    ):
        return "organization"
    if any(k in ("of", "for", "&") for k in key):
        return "place" if key[0] in TOWNS else "organization"
    if len(key) == 1:
        return "organization" if ACRONYM.match(words[0]) and words[0].isupper() and not headline else "unknown"
    if key[0] in lexicon.first_names() and len(key) <= 5:
        return "person"
    if re.fullmatch("[a-z]", key[1]) and len(key) == 3:
        return "person"
    return "unknown"
