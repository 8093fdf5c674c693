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
TRADES = tuple(words("trade_endings"))
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
JOINTS = words("body_joints")
FORMERLY = ("ex-", "then-", "ex–")
"""How a word before a name begins by which somebody had an office."""
GENERATIONS = words("generations")
"""What follows a last name as part of the name: Jr."""
LETTERS = words("honours_in_capitals")
REGIONAL, REGIONALS = 7, ("man", "woman")
"""How long the name for one from somewhere is at least, and how it ends."""
ARTICLES = words("articles")
DETECTIVES = (["det", "con"], ["detective", "con"])
"""Ranks of which the second word alone is a given name."""
FIRM_TRADES = words("firm_trades")
STATES = frozenset({"sc"})
"""Those of them that are a state in letters."""
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
    bracketed: bool = False
    """It is one word in brackets: the short form of the name before them."""
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
    run, texts = _with_commas(parse, run)
    nickname, kept = "", []
    for k, text in enumerate(texts):
        if text[0] in "\"“‘`'" and k and len(text) > 2:
            nickname = fold(text.strip("\"“”‘’`'"))
        else:
            kept.append(k)
    lower = [fold(text.rstrip(",")) for text in texts]
    capitals = frozenset(k for k, text in enumerate(texts) if text.isupper() and len(text) > 1 and not headline)
    first = len(texts) if _of_seat(parse, run[0][0], lower) else _title_end(lower, kept, capitals)
    if headline and first == len(texts) and len(texts) > 1 and not _roles_only(lower):
        first = 0  # a headline's "Maher Tells Guest"
    if len(texts) == 1 and _stands_alone(lower[0], headline) and not _modified(parse, run[0][0]):
        first = 0
    first = first or _shouted(parse, run[0][0], texts) or _fondly(lower) or _by_trade(lower)
    behind = 0 if first else _after_body(parse, run[0][0], lower)
    first = first or behind
    before, proper = [k for k in kept if k < first], [k for k in kept if k >= first]
    honours = suffixes() - GENERATIONS | _letters(lower, proper)
    honoured = (
        len(proper) > 1
        and lower[proper[-1]] in honours
        and (proper[-1] in capitals or lower[proper[-1]] not in LETTERS)
    )
    gender = title = ""
    for k in before:
        sort = nouns().get(lower[k])
        gender = titles().get(lower[k], "") or (sort.gender if sort else "") or gender
        title = texts[k] if titles().get(lower[k]) else title
    gender = gender or _married(parse, run[-1][1])
    left, end = run[0][0], run[-1][1]
    if not proper or _of_region(parse, left, lower):
        return Name(left, left, end, tuple(texts), tuple(lower), "role", gender, headline=headline)
    own = [k for k in proper if not (honoured and lower[k] in honours)] or proper
    words, key = tuple(texts[k] for k in own), tuple(lower[k].removeprefix("al-") for k in own)
    titled = honoured or any(_titling(lower[k]) in person_words() for k in before)
    if titled and not honoured and may_be_firm([_titling(lower[k]) for k in before], key):
        titled = False
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
        bracketed=len(words) == 1 and _in_brackets(parse, left, end),
        behind=behind > 0,
    )


def _of_region(parse: Parse, left: int, lower: list[str]) -> bool:
    """Whether a run is one word that tells where somebody is from, behind "the": the Yorkshireman."""
    behind = left > 0 and parse.lower[left - 1] == "the"
    return behind and len(lower) == 1 and is_regional(lower[0])


def is_regional(word: str) -> bool:
    """Whether a word that begins with a capital tells where somebody is from by its form: Yorkshireman."""
    return len(word) > REGIONAL and word.endswith(REGIONALS) and word not in nouns() and word not in lexicon.places()


def _of_seat(parse: Parse, left: int, lower: list[str]) -> bool:
    """Whether a run is an office with its seat, as an article before it tells: the Belgut MP."""
    office = len(lower) > 1 and lower[-1] in suffixes() and lower[-1] in person_words()
    return office and left > 0 and parse.lower[left - 1] in ARTICLES


def may_be_firm(before: Sequence[str], key: tuple[str, ...]) -> bool:
    """Whether the folded words before a name tell a trade that a firm may have as well, and the name is no person's:
    promoter Livewave."""
    trades = [word for word in before if word in person_words()]
    return bool(trades) and FIRM_TRADES.issuperset(trades) and key[0] not in lexicon.first_names()


def _letters(lower: list[str], proper: list[int]) -> frozenset[str]:
    """The honours that a name of so many words may end with, which are part of a place elsewhere."""
    given = bool(proper) and lower[proper[0]] in lexicon.first_names()
    return frozenset() if len(proper) < 3 else LETTERS if given else LETTERS - STATES


def _stands_alone(word: str, headline: bool) -> bool:
    """Whether a word for a role without an article may be a name: an office's short form, "Dean" in a sentence."""
    given = word in lexicon.first_names() and word in title_surnames() and not headline
    return given or word in lexicon.office_abbreviations()


def _in_brackets(parse: Parse, left: int, end: int) -> bool:
    return left > 0 and end < len(parse) and parse.words[left - 1] == "(" and parse.words[end] == ")"


def _titling(word: str) -> str:
    """A word before a name as the lists have it: the president of ex-presidents."""
    return singular(next((word.removeprefix(past) for past in FORMERLY if word.startswith(past)), word))


def _with_commas(parse: Parse, run: Sequence[TokenSpan]) -> tuple[list[TokenSpan], list[str]]:
    """The words of a run, commas as part of the word before: "Department for Environment, Food and Rural Affairs"."""
    spans: list[TokenSpan] = []
    texts: list[str] = []
    for a, b in run:
        text = parse.text[parse.start[a] : parse.end[b - 1]]
        if text == "," and texts:
            spans[-1], texts[-1] = (spans[-1][0], b), texts[-1] + text
        else:
            spans.append((a, b))
            texts.append(text)
    return spans, texts


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


def _by_trade(lower: list[str]) -> int:
    """Whether a run begins with a trade that no list has, told by its ending: Toxicologist Anna Lie."""
    names = lexicon.first_names()
    trade = len(lower) > 2 and lower[0].endswith(TRADES) and lower[0] not in names
    return int(trade and lower[1] in names)


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
    if place := _place_before_name(parse, left, lower):
        return place
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


def _place_before_name(parse: Parse, left: int, lower: list[str]) -> int:
    """How many words of a run are the place of a role before it: "ambassador to the United States Hamid Rostami"."""
    for size in (3, 2):
        rest = lower[size:]
        if len(rest) > 1 and " ".join(lower[:size]) in lexicon.place_names() and _role_before(parse, left):
            thing = rest[-1] in organisation_words() or rest[-1] in lexicon.place_words()
            return 0 if thing else size
    return 0


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
    words = [k for k in kept if lower[k] not in suffixes()]
    if len(words) < len(kept) and all(k in capitals or _of_party(lower[k]) for k in words):
        return len(lower)  # a Labour MP
    if not words or not FIRM_WORDS.isdisjoint(lower):
        return 0
    if office := _letters_of_office(lower, capitals):
        return office
    return _past_offices(lower, _opening_title(lower, words) or _last_title(lower, words), words[-1])


def _letters_of_office(lower: list[str], capitals: frozenset[int]) -> int:
    """One past an office in letters behind what it is of, with a name behind it: Lamu East MP Obo Shee; 0 for none."""
    offices = lexicon.office_abbreviations() | (suffixes() & person_words())
    found = (k for k in range(len(lower) - 2, 0, -1) if k in capitals and lower[k] in offices)
    return next((k + 1 for k in found if lower[k + 1] not in suffixes() and k + 1 not in capitals), 0)


def _opening_title(lower: list[str], words: list[int]) -> int:
    """How many words are title where a run's form tells it: MEP Paul Lind, ex-President Brandt, an office alone; 0 for
    none."""
    if len(words) < len(lower) and lower[0] in suffixes() and lower[0] in person_words():
        return 1
    if lower[0].startswith(FORMERLY) and lower[0].partition("-")[2] in person_words() and len(lower) > 1:
        return 1
    return _office(lower, words[-1])


def _last_title(lower: list[str], words: list[int]) -> int:
    """One past the last word of a run that is a title or the noun of a role."""
    people, places, last, first = person_words(), lexicon.places(), words[-1], words[0]
    plain = len(words) > 1 or lower[last] not in people
    if lower[last] in organisation_words() and plain and lower[last] not in title_surnames():
        return 0
    end = 0
    for k in words:
        role = lower[k] in people or singular(lower[k]) in people or lower[max(k - 1, 0) : k + 1] in DETECTIVES
        if not role or (k and _is_no_title(lower, k, last)):
            continue
        end = k + 1
        if k + 1 < len(lower) and lower[k + 1] in ("of", "for"):
            end = _after_of(lower, k + 1)
    if end > last and len(words) == 2 and lower[first] in lexicon.first_names() and lower[last] in title_surnames():
        return 0  # Judi Bishop
    people_of = lower[first] in places and lower[first] not in lexicon.place_names()
    people_of = people_of and " ".join(lower[first : first + 2]) not in places
    if end == 0 and len(words) > 2 and people_of and lower[words[1]] not in organisation_words():
        return 1  # American Andy Roddick
    return end


def _past_offices(lower: list[str], end: int, last: int) -> int:
    """One past the short forms of offices behind a role: Independent MP Paul Lind."""
    while 0 < end < last and lower[end] in suffixes() and lower[end] in person_words():
        end += 1
    return end


def _is_no_title(lower: list[str], k: int, last: int) -> bool:
    """Whether a noun for a role behind other words of a run is none there.

    CASE 1: the end of a firm's name: Siemens AG.
    CASE 2: what a body is of: Institute of Directors, League of Women Voters.
    CASE 3: a last name: Lara Cook Brandt.
    """
    people, places, before = person_words(), lexicon.places(), lower[k - 1]
    if k == last and lower[k] in lexicon.office_abbreviations():
        return not (before in people or before in lexicon.portfolios() or before in places)
    callings = all(singular(word) in people for word in lower[k : last + 1])
    return (callings and _of_body(lower, k)) or (lower[k] in title_surnames() and not _titles(lower, k, last))


def _titles(lower: list[str], k: int, last: int) -> bool:
    """Whether a word that is a last name as well is the title of who is named behind it: House Speaker Mike Brandt, but
    not House Leader Dean Whitlock's "Dean", nor Lara Cook Brandt's "Cook"."""
    people, places, names, before = person_words(), lexicon.places(), lexicon.first_names(), lower[k - 1]
    if lower[k] in names and k + 1 == last:
        return False
    named = k + 2 <= last and lower[k + 1] in names and before not in names
    body = before in organisation_words() or before in words("before_office")
    return before in people or before in places or named or (body and k < last)


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


def _of_body(lower: list[str], k: int) -> bool:
    """Whether a word of a run belongs to what a body before it is of or for."""
    return any(
        lower[j] in ("of", "for")
        and (lower[j - 1] in organisation_words() or singular(lower[j - 1]) in organisation_words())
        for j in range(1, k)
    )


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
            union = lower[end] in organisation_words()  # President of the Nigeria Union of Teachers
            return len(lower) if union else end
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
    if not FIRM_WORDS.isdisjoint(key) or not JOINTS.isdisjoint(key[1:-1]):
        return "place" if key[0] in TOWNS else "organization"
    if len(key) > 1 and key[-1] in lexicon.place_words():
        return "unknown" if given else "place"  # Della Street, Victoria Street
    if len(key) == 1:
        return "organization" if ACRONYM.match(words[0]) and words[0].isupper() and not headline else "unknown"
    if (given and len(key) <= MANY_WORDS) or (len(key) == 3 and INITIAL.fullmatch(key[1])):
        return "person"
    return "unknown"
