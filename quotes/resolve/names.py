"""Names: runs of capitalised words cut into role, title and name proper, and judged person, organisation or place.

Works from part-of-speech tags and word lists. spaCy's named-entity recogniser would cost about as much again as the
parse, and misses what the text itself tells (titles, apposition, "who").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from quotes.find.candidate import TokenSpan
from quotes.grammar.language import ENGLISH
from quotes.grammar.parse import Parse
from quotes.lexicon import words
from quotes.resolve import lexicon
from quotes.resolve.lexicon import nouns, organisation_words, person_words, singular, suffixes, title_surnames, titles
from quotes.resolve.runs import TOWNS

PARTIES = words("parties")
PARTY_LETTERS = words("party_letters")
BODIES = words("bodies")
FOND = words("fond")
FIRM_WORDS = words("firm_words")
ACRONYM = re.compile(r"(?:[A-Z]\.?&?){2,6}s?$")
INITIAL = re.compile("[a-z]")
PREFIXES = words("place_prefixes")
"""Words that begin a place's name of which a given name is part."""
TO_BODY = words("role_links")
BETWEEN = TO_BODY | {"the", "and", ",", "&"}
ROLE_REACH = 9
"""Tokens between a role and the name of whom it is, at most."""
SPOUSES = {("his", "wife"): "m", ("her", "husband"): "f"}
SPOUSE_REACH = 6
"""Tokens behind a name within which they tell its bearer's sex."""
MANY_WORDS = 5
"""Words in a person's name at most that a given name alone makes one."""


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
    """What the title tells, or "his wife" behind the name: m, f or ""."""
    titled: bool = False
    """A person's title or role stands before it in its run."""
    headline: bool = False
    """It stands in a paragraph in title case, where a run may hold more than a name."""
    article: bool = False
    """An article, a possessive or an adjective stands before it."""
    label: bool = False
    """It opens a paragraph and a colon follows, as before a turn of an interview."""
    nickname: str = ""
    """Folded nickname in quotation marks inside the name."""
    likely: str = ""
    """What "he" or "she" in what it is said to have said tells: m, f or ""."""
    title: str = ""
    """The title that tells the sex, as written: Mrs."""
    behind: bool = False
    """The role that it has stands before it with a body or place between: "envoy to Freedonia Karl Vogtmann"."""


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """A word as names are compared: lower case, no accents, no full stops, one kind of apostrophe and hyphen."""
    plain = unicodedata.normalize("NFKD", word.lower())
    plain = "".join(c for c in plain if not unicodedata.combining(c) and c != ".")
    return re.sub("[‐‑–]", "-", plain.replace("’", "'"))


def cut(parse: Parse, run: Sequence[TokenSpan], headline: bool) -> Name:
    """A run as one name (or role): titles and roles before it are cut off.

    Args:
        parse: the text.
        run: the spans of the run's words.
        headline: whether it stands in a paragraph whose capitals tell nothing.
    """
    texts = [parse.text[parse.start[a] : parse.end[b - 1]] for a, b in run]
    nickname, kept = "", []
    for k, text in enumerate(texts):
        if text[0] in "\"“‘`'" and k and len(text) > 2:
            nickname = fold(text.strip("\"“”‘’`'"))
        else:
            kept.append(k)
    lower = [fold(text) for text in texts]
    capitals = frozenset(k for k, text in enumerate(texts) if text.isupper() and len(text) > 1 and not headline)
    first = _title_end(lower, kept, capitals)
    if headline and first == len(texts) and len(texts) > 1 and not _roles_only(lower):
        first = 0  # a headline's "Maher Tells Guest"
    if len(texts) == 1 and lower[0] in lexicon.office_abbreviations() and not _modified(parse, run[0][0]):
        first = 0
    first = first or _shouted(parse, run[0][0], texts) or _fondly(lower)
    behind = 0 if first else _after_body(parse, run[0][0], lower)
    first = first or behind
    before, proper = [k for k in kept if k < first], [k for k in kept if k >= first]
    gender = title = ""
    for k in before:
        sort = nouns().get(lower[k])
        gender = titles().get(lower[k], "") or (sort.gender if sort else "") or gender
        title = texts[k] if titles().get(lower[k]) else title
    gender = gender or _married(parse, run[-1][1])
    left, end = run[0][0], run[-1][1]
    if not proper:
        return Name(left, left, end, tuple(texts), tuple(lower), "role", gender, headline=headline)
    words, key = tuple(texts[k] for k in proper), tuple(lower[k].removeprefix("al-") for k in proper)
    titled = any(singular(lower[k]) in person_words() for k in before)
    return Name(
        left,
        run[proper[0]][0],
        run[proper[-1]][1],
        words,
        key,
        _kind(words, key, titled, headline),
        gender,
        titled,
        headline,
        article=_modified(parse, left),
        label=end < len(parse) and parse.words[end] == ":" and left == parse.paragraphs[parse.para_of[left]][0],
        nickname=nickname,
        likely=_said_of_self(parse, run[proper[-1]][1]),
        title=title,
        behind=behind > 0,
    )


def _shouted(parse: Parse, left: int, texts: list[str]) -> int:
    """How many words in capitals at a run's beginning are a heading's, not the name's: "ON THE ATTACK Rask said"."""
    if not left or len(parse.words[left - 1]) < 2 or not parse.words[left - 1].isupper():
        return 0
    return next((k for k, text in enumerate(texts) if not text.isupper()), 0)


def _married(parse: Parse, end: int) -> str:
    """The sex of one behind whose name, given the token after it, "his wife" or "her husband" soon follows."""
    for i in range(end, min(end + SPOUSE_REACH, len(parse) - 1)):
        if parse.tag[i] in ENGLISH.proper or parse.lower[i] in (".", ",", ";"):
            return ""
        if sex := SPOUSES.get((parse.lower[i], parse.lower[i + 1])):
            return sex
    return ""


def _fondly(lower: list[str]) -> int:
    """How many words before a given name are none of it: "Poor Nathan", "Dear Ellen"."""
    return int(len(lower) > 1 and lower[0] in FOND and lower[1] in lexicon.first_names())


def _said_of_self(parse: Parse, end: int) -> str:
    """The sex of the subject of what one says, given the token after one's name: "Rask said (that) he …"."""
    after = parse.lower[end + 1 : end + 3]
    if end >= len(parse) or parse.tag[end] not in ENGLISH.tensed or not after:
        return ""
    return {"he": "m", "she": "f"}.get(after[1] if after[0] == "that" and len(after) > 1 else after[0], "")


def _roles_only(lower: list[str]) -> bool:
    """Whether a run begins as a role does: with a role, a place or a body."""
    return lower[0] in person_words() or lower[0] in lexicon.places() or "of" in lower


def _modified(parse: Parse, i: int) -> bool:
    """Whether an article, a possessive or an adjective stands before a token."""
    return i > 0 and parse.tag[i - 1] in parse.language.leading


def _after_body(parse: Parse, left: int, lower: list[str]) -> int:
    """Where the person's name begins in a run that has a body or place before it, of which that one has a role:
    "special envoy to Freedonia Karl Vogtmann", "chairman of the Transport Select Committee Dominic Farrow"; 0 for none.
    """
    names, bodies = lexicon.first_names(), organisation_words()
    given = [k for k in range(1, len(lower) - 1) if lower[k] in names and len(lower[k]) > 2]
    if len(given) > 1 and lower[given[0]] in lexicon.place_names():
        given.pop(0)  # Kestrel Kenya Joy Mutua
    at = given[0] if given else 0
    of_place = lower[0] in lexicon.place_names() and _role_before(parse, left)
    if not at or (lower[0] in names and not of_place) or lower[0] in PREFIXES or lower[-1] in bodies:
        return 0
    if at > 1 and lower[at - 1] in bodies:
        return at
    if len(lower[0].rstrip(".")) < 3 and not lower[0].isalpha():
        return 0  # J.P. Morgan Chase
    return at if _role_before(parse, left) else 0


def _role_before(parse: Parse, left: int) -> bool:
    """Whether a role and "of", "for", "to" or "from" stand before a token, without an indefinite article: "former
    minister for Water and Harbours Nicola Strand" names the minister, "a lawyer for Baker Tilly Roelfs" doesn't."""
    k = left - 1
    inside = parse.language.nouns | parse.language.possessive_marks
    while k >= max(0, left - ROLE_REACH) and (
        parse.lower[k] in BETWEEN or parse.words[k][0].isupper() or parse.tag[k] in inside
    ):
        k -= 1
    roles = [j for j in range(max(k, 0), left) if parse.lower[j] in person_words()]
    if not roles or not any(parse.lower[j] in TO_BODY for j in range(roles[0], left)):
        return False
    return not any(parse.lower[j] in ("a", "an") for j in range(max(roles[0] - 4, 0), roles[0]))


def _title_end(lower: list[str], kept: list[int], capitals: frozenset[int]) -> int:
    """How many words of a run are title and role; all of them if no name follows."""
    people, places = person_words(), lexicon.places()
    words = [k for k in kept if lower[k] not in suffixes()]
    if len(words) < len(kept) and all(k in capitals or _of_party(lower[k]) for k in words):
        return len(lower)  # a Labour MP
    if not words:
        return 0
    if len(words) < len(lower) and lower[0] in suffixes() and lower[0] in people:
        return 1  # MEP Paul Lind
    last = words[-1]
    if not FIRM_WORDS.isdisjoint(lower):
        return 0
    if whole := _office(lower, last):
        return whole
    plain = len(words) > 1 or lower[last] not in people
    if lower[last] in organisation_words() and plain and lower[last] not in title_surnames():
        return 0
    end = 0
    for k in words:
        if lower[k] not in people and singular(lower[k]) not in people:
            continue
        before = lower[k - 1] if k else ""
        ruled = before in people or before in lexicon.portfolios() or before in places
        if k and k == last and lower[k] in lexicon.office_abbreviations() and not ruled:
            continue  # Siemens AG
        if lower[k] in title_surnames() and k:
            given = lower[k] in lexicon.first_names() and k + 1 == last  # House Leader Dean Whitlock
            if given or not (before in people or before in places):
                continue
        end = k + 1
        if k + 1 < len(lower) and lower[k + 1] in ("of", "for"):
            end = _after_of(lower, k + 1)
    if end > last and len(words) == 2 and lower[words[0]] in lexicon.first_names() and lower[last] in title_surnames():
        return 0  # Judi Bishop
    people_of = lower[words[0]] in places and lower[words[0]] not in lexicon.place_names()
    if end == 0 and len(words) > 2 and people_of and lower[words[1]] not in lexicon.organisation_words():
        return 1  # American Andy Roddick
    return end


def _office(lower: list[str], last: int) -> int:
    """How many words are title where a run is an office by its form: "Tavern Guild Chief Executive", "Secretary-General
    of the Cocoa League"; 0 where it isn't."""
    people = person_words()
    if last == len(lower) - 1 and " ".join(lower[last - 1 :]) in people:
        return last + 1
    of = lower.index("of") if "of" in lower[:4] else 0
    if of and lower[0] != "justice" and people.issuperset(lower[:of]):
        return _after_of(lower, of)
    return 0


def _of_party(word: str) -> bool:
    """Whether a folded word before "MP" tells the party rather than the name."""
    return word in lexicon.camps() or word in lexicon.places()


def _after_of(lower: list[str], of: int) -> int:
    """Where the name begins in "Secretary of State John Kerry" and "Foreign Minister of India Subrahmanyam Jaishankar",
    given where "of" stands; the run's end if nowhere."""
    names, places = lexicon.first_names(), lexicon.place_names()
    found = next((k for k in range(of + 2, len(lower) - 1) if lower[k] in names), 0)
    if found and lower[found] in places and found + 2 < len(lower) and lower[found + 1] in names:
        return found + 1  # Head of Kestrel Kenya Joy Mutua
    if found:
        return found
    start = of + 1 + (lower[of + 1 : of + 2] == ["the"])
    start, began = after_portfolio(lower, start), start
    if began < start < len(lower):
        return start
    for size in (2, 1):
        end = start + size
        if " ".join(lower[start:end]) in places and end < len(lower) - 1 and lower[end] not in lexicon.place_words():
            return end
    return len(lower)


def after_portfolio(lower: list[str], start: int) -> int:
    """One past what an office is of or for ("Water", "Foreign Affairs"), from where it may begin."""
    portfolios = lexicon.portfolios()
    k = start
    while k < len(lower):
        if " ".join(lower[k : k + 2]) in portfolios:
            k += 2
        elif lower[k] in portfolios or (k > start and lower[k] in ("and", "of")):
            k += 1
        else:
            break
    return k


def _kind(words: tuple[str, ...], key: tuple[str, ...], titled: bool, headline: bool) -> str:
    if titled or key[-1] in suffixes():
        return "person"
    if len(key) == 1 and key[0].partition("-")[0] in PARTY_LETTERS and "-" in key[0]:
        return "place"  # Brandt (D-Ohio)
    joined = " ".join(key)
    if joined in lexicon.places():
        if joined in lexicon.place_names() or words[0].isupper():
            return "organization" if key[-1] in PARTIES or joined in BODIES else "place"
        return "role"  # "the Russian", "Republicans"
    given = key[0] in lexicon.first_names()
    if key[-1] in organisation_words() and not (len(key) == 2 and given and key[-1] in title_surnames()):
        return "organization"
    if not FIRM_WORDS.isdisjoint(key) or any(word in ("of", "for") for word in key):
        return "place" if key[0] in TOWNS else "organization"
    if len(key) > 1 and key[-1] in lexicon.place_words():
        return "unknown" if given else "place"  # Della Street, Victoria Street
    if len(key) == 1:
        return "organization" if ACRONYM.match(words[0]) and words[0].isupper() and not headline else "unknown"
    if (given and len(key) <= MANY_WORDS) or (len(key) == 3 and INITIAL.fullmatch(key[1])):
        return "person"
    return "unknown"
