"""Runs of capitalised words: where a name may stand, title and role before it included."""

from __future__ import annotations

from quotes.find.candidate import TokenSpan
from quotes.grammar.language import ENGLISH
from quotes.grammar.parse import Parse
from quotes.lexicon import words
from quotes.resolve import lexicon
from quotes.resolve.bodies import behind_link, body_goes_on

MISTAKEN = ENGLISH.mistaken_names
SMALL_TAGS = ENGLISH.small
NAME = ENGLISH.name
HYPHENS = frozenset("-‐‑–")
OPENING = frozenset({'"', "“", "‘", "``", "''"})
CLOSING = frozenset({'"', "”", "’", "''"})
LONGEST_ACRONYM = 6
LONGEST = 12
"""Words in a run at most: a text in capitals throughout would otherwise be one name."""
HEADLINE_SHARE, HEADLINE_WORDS, HEADLINE_LENGTH, TITLE_LENGTH = 0.65, 4, 40, 25
ENDING = 3
"""Tokens at a paragraph's end among which its full stop stands, white space and a quotation mark counted in."""
MONTHS = words("month_names")
IN_TIME = words("before_month")
GIVEN_DAYS = words("given_days")
TOWNS = words("towns")
PEERS = words("peers")
SHOUTS = words("shouts")
TAKES_OF = TOWNS | words("takes_of")
"""Words of a name that "of" may follow, besides an organisation's."""
TAKES_FOR = words("takes_for")


def mended_tags(parse: Parse) -> list[str]:
    """The tags, with NNP for labels of turns ("JK: …"), acronyms, and words that are names elsewhere in the text."""
    known: dict[str, int] = {}
    for word, tag in zip(parse.words, parse.tag, strict=True):
        if tag == NAME and len(word) > 2:
            known[word] = known.get(word, 0) + 1
    given = lexicon.first_names()
    last_names = {
        word
        for i, word in enumerate(parse.words)
        if i and parse.tag[i] in ENGLISH.proper and parse.tag[i - 1] == NAME and parse.lower[i - 1] in given
    }
    labels = {a for a, b in parse.paragraphs if b - a > 2 and parse.words[a + 1] == ":" and parse.words[a].isupper()}
    first = {a for a, _ in parse.sents}
    tags = list(parse.tag)
    for i, word in enumerate(parse.words):
        if tags[i] in MISTAKEN and word[0].isupper():
            often = known.get(word, 0)
            acronym = word.isupper() and 1 < len(word) <= LONGEST_ACRONYM
            after = parse.words[i + 1 : i + 3] if i not in first else []
            linked = len(after) == 2 and parse.tag[i + 1] in SMALL_TAGS and all(w[0].isupper() for w in after)
            common = i + 1 < len(parse) and (tags[i] in parse.language.singular_nouns or word in last_names)
            speaks = often and common and parse.tag[i + 1] in ENGLISH.tensed
            sure = often > 1 or (often and i not in first) or speaks
            if sure or acronym or linked or _of_person(parse, i, i in first):
                tags[i] = NAME
        elif (
            tags[i] in parse.language.prepositions
            and word[0].isupper()
            and i not in first
            and _of_person(parse, i, False)
        ) or i in labels:
            tags[i] = NAME
    return tags


def _of_person(parse: Parse, i: int, first: bool) -> bool:
    """Whether a capitalised word that the tagger takes for a verb or noun is part of a person's name: "Will Carr said",
    "Per Dahl", "Leroy Banks"."""
    names = lexicon.first_names()
    before, after = i - 1, i + 1
    if parse.lower[i] in names and after < len(parse) and parse.tag[after] in ENGLISH.proper:
        question = first and parse.words[parse.sents[parse.sent_of[i]][1] - 1] == "?"
        modal = parse.tag[i] in parse.language.modals
        if parse.lower[after] not in names or modal:
            return not question and (not modal or _is_subject(parse, after))
    given = not first and before >= 0 and parse.tag[before] in ENGLISH.proper and parse.lower[before] in names
    return given and parse.tag[i] in parse.language.nouns - parse.language.proper and parse.words[before][0].isupper()


def _is_subject(parse: Parse, i: int) -> bool:
    """Whether a comma or a verb with a tense follows the capitalised words from a token on: "Will Carr, a nurse, said",
    not "May God help them"."""
    end = min(len(parse), i + LONGEST)
    while i < end and parse.tag[i] in ENGLISH.proper:
        i += 1
    return i < end and (parse.words[i] == "," or parse.tag[i] in ENGLISH.tensed)


def headlines(parse: Parse) -> set[int]:
    """The paragraphs in title case, in which capitals tell nothing, and a short first one that is no sentence."""
    paragraphs = parse.paragraphs
    found = {0} if len(paragraphs) > 2 and paragraphs[0][1] <= TITLE_LENGTH and not _sentence(parse) else set()
    for k, (a, b) in enumerate(paragraphs):
        if b - a > HEADLINE_LENGTH:
            continue
        plain = [w for w in parse.words[a:b] if w[0].isalpha()]
        high = sum(w[0].isupper() for w in plain)
        low_verb = any(parse.tag[i] in parse.language.verbs and parse.words[i].islower() for i in range(a, b))
        if len(plain) >= HEADLINE_WORDS and high >= HEADLINE_SHARE * len(plain) and not low_verb:
            found.add(k)
    return found


def _sentence(parse: Parse) -> bool:
    """Whether the first paragraph is a sentence: it has a finite verb and a full stop."""
    end = parse.paragraphs[0][1]
    return "." in parse.words[max(end - ENDING, 0) : end] and not ENGLISH.finite.isdisjoint(parse.tag[:end])


def find_runs(parse: Parse) -> list[list[TokenSpan]]:
    """The runs of a text in order, each as the spans of its words (hyphenated parts are one word); linear time."""
    capital = _capitals(parse)
    runs, i = [], 0
    while i < len(parse):
        if capital[i]:
            runs.append(_run(parse, capital, i))
            i = max(runs[-1][-1][1], i + 1)
        else:
            i += 1
    return runs


def _capitals(parse: Parse) -> list[bool]:
    """Which tokens may be a word of a name."""
    others = lexicon.no_names()
    months = _month_names(parse)
    capital = [
        tag in ENGLISH.proper
        and (word[0].isupper() or word[0].isdigit())
        and (low not in others or i in months)
        and not (low in SHOUTS and word.isupper())
        and (len(word) > 1 or word.isupper())
        for i, (tag, word, low) in enumerate(zip(parse.tag, parse.words, parse.lower, strict=True))
    ]
    for i in _nationalities(parse, capital):
        capital[i] = True
    return capital


def _nationalities(parse: Parse, capital: list[bool]) -> list[int]:
    """Adjectives that begin the name of a body: the Armenian Foreign Ministry."""
    places, bodies = lexicon.places(), lexicon.organisation_words()
    found = []
    for i, tag in enumerate(parse.tag):
        if tag in parse.language.adjectives and parse.words[i][0].isupper() and parse.lower[i] in places:
            end = i + 1
            while end < len(parse) and capital[end]:
                end += 1
            if end > i + 1 and parse.lower[end - 1] in bodies:
                found.append(i)
    return found


def _month_names(parse: Parse) -> set[int]:
    """Where a month's name is a person's: after a title or a given name, before the last name of a subject ("May
    Collins said"), and alone once it has been so ("May said")."""
    at = [i for i, word in enumerate(parse.lower) if word in MONTHS and parse.tag[i] in ENGLISH.proper]
    before = lexicon.first_names().keys() | lexicon.titles().keys()
    sure = {i for i in at if i and parse.tag[i - 1] in ENGLISH.proper and parse.lower[i - 1] in before}
    sure |= {
        i
        for i in at
        if i + 1 < len(parse)
        and parse.tag[i + 1] in ENGLISH.proper
        and not (i and parse.lower[i - 1] in IN_TIME)
        and _is_subject(parse, i + 1)
    }
    sure |= _weekdays(parse)
    people = {parse.lower[i] for i in sure if parse.lower[i] in MONTHS}
    return sure | {
        i
        for i in at
        if parse.lower[i] in people
        and not (i and parse.lower[i - 1] in IN_TIME)
        and not (i + 1 < len(parse) and parse.tag[i + 1] in parse.language.numbers)
    }


def _weekdays(parse: Parse) -> set[int]:
    """Where a day of the week is a given name: between a title or role and another name, "coach Sunday Okoro"."""
    return {
        i
        for i in range(1, len(parse) - 1)
        if parse.lower[i] in GIVEN_DAYS
        and parse.tag[i + 1] in ENGLISH.proper
        and parse.lower[i + 1] not in lexicon.no_names()
        and (parse.lower[i - 1] in lexicon.titles() or lexicon.sort_of(parse.lower[i - 1]).kind == "person")
    }


def _run(parse: Parse, capital: list[bool], i: int) -> list[TokenSpan]:
    """The run that begins at token i, with the particles before it."""
    words, tag, lower, n = parse.words, parse.tag, parse.lower, len(parse)
    run = _words(parse, _particles_start(parse, i), i + 1)
    j = i + 1
    while j < n and len(run) < LONGEST:
        last = lower[run[-1][1] - 1]
        if words[j] in HYPHENS and _hyphen_joins(parse, run, j):
            run[-1] = (run[-1][0], j + 2)
            j += 2
        elif capital[j] or (lower[j] in lexicon.suffixes() and words[j][0].isupper()):
            run.append((j, j + 1))
            j += 1
        elif j + 1 < n and capital[j + 1] and _transparent(parse, j, last):
            j += 1
        elif words[j] == "," and j + 1 < n and lower[j + 1] in lexicon.suffixes() and words[j + 1][0].isupper():
            run.append((j + 1, j + 2))
            j += 2
        elif words[j] in OPENING and (after := _nickname_end(parse, j)) > j:
            run.append((j, after))
            j = after
        else:
            after = _joined(parse, capital, j, run)
            if after == j:
                break
            run += _words(parse, j, after)
            j = after
    while len(run) > 1 and lower[run[-1][0]] in lexicon.no_names() and not capital[run[-1][0]]:
        run.pop()
    return [(a, b) for a, b in run if tag[a] not in parse.language.space]


def _words(parse: Parse, start: int, end: int) -> list[TokenSpan]:
    """Tokens as words, hyphenated ones ("al-Masri") as one."""
    spans = [(start, start + 1)]
    for k in range(start + 1, end):
        if _touching(parse, k) and (parse.words[k] in HYPHENS or parse.words[k - 1] in HYPHENS):
            spans[-1] = (spans[-1][0], k + 1)
        else:
            spans.append((k, k + 1))
    return spans


def _touching(parse: Parse, i: int) -> bool:
    """Whether nothing stands between token i and the one before."""
    return parse.start[i] == parse.end[i - 1]


def _particles_start(parse: Parse, i: int) -> int:
    """The first of the lower-case particles before token i: "de Blasio" at the start of a sentence's subject."""
    start = i
    if i > 1 and parse.words[i - 1] in HYPHENS and _touching(parse, i) and parse.lower[i - 2] in lexicon.particles():
        start = i - 2
    while start and parse.lower[start - 1] in lexicon.particles() and parse.words[start - 1].islower():
        if parse.tag[start - 1] in parse.language.prepositions or (
            start > 1 and parse.tag[start - 2] in ENGLISH.proper
        ):
            break
        start -= 1
    return start


def _hyphen_joins(parse: Parse, run: list[TokenSpan], j: int) -> bool:
    """Whether the hyphen at j is inside a name: Amir-Abdollahian, al-Fassi, Ki-moon; not inside "Paris-based"."""
    if (
        j + 1 >= len(parse)
        or not (_touching(parse, j) and _touching(parse, j + 1))
        or not parse.words[j + 1][0].isalpha()
    ):
        return False
    after = parse.words[j + 1]
    if (
        after[0].isupper()
        or parse.tag[j + 1] in parse.language.proper
        or parse.lower[run[-1][0]] in lexicon.particles()
    ):
        return True
    return len(run) > 1 and len(parse.words[j - 1]) <= 3 and len(after) <= 6


def _transparent(parse: Parse, j: int, last: str) -> bool:
    """Whether token j does not part a run: a hard space, or a full stop that the tokenizer cut from a title."""
    if parse.tag[j] in parse.language.space:
        return "\n" not in parse.words[j]
    return parse.words[j] == "." and f"{last}." in lexicon.titles() and _touching(parse, j)


def _joined(parse: Parse, capital: list[bool], j: int, run: list[TokenSpan]) -> int:
    """One past the next capitalised word where small words at j join it to the run, else j."""
    n, k = len(parse), j
    last = parse.lower[run[-1][1] - 1]
    before = parse.lower[run[-2][1] - 1] if len(run) > 1 else ""
    while k < n and k - j < 4 and parse.lower[k] in lexicon.particles() and parse.words[k].islower():
        k += 1
        if k < n and parse.words[k] in HYPHENS:
            k += 1
    if j < k < n and parse.tag[k] in ENGLISH.proper and parse.words[k][0].isupper():
        return k + 1
    if parse.words[j] == "&" or (
        parse.words[j][0].isupper() and parse.tag[j] in SMALL_TAGS
    ):  # "Reporters Without Borders"
        return j + 2 if j + 1 < n and capital[j + 1] else j
    takes = (parse.lower[j] == "of" and (last in lexicon.titles() or last in TAKES_OF or before in PEERS)) or (
        parse.lower[j] == "for" and last in TAKES_FOR
    )
    return behind_link(parse, capital, j) if takes else body_goes_on(parse, capital, j, run)


def _nickname_end(parse: Parse, j: int) -> int:
    """One past a nickname in quotation marks at j that a name follows, else j."""
    for k in range(j + 2, min(j + 4, len(parse) - 1)):
        if parse.words[k] in CLOSING:
            return k + 1 if parse.tag[k + 1] in ENGLISH.proper and not _touching(parse, k + 1) else j
    return j
