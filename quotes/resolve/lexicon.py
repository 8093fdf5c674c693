"""The resolver's word lists, turned once each into the shapes that it looks things up in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from quotes.grammar.lemma import singular as singular
from quotes.lexicon import table, words


@dataclass(frozen=True, slots=True)
class Sort:
    """What a noun says of whom it describes."""

    kind: str
    """person, organization, place or document."""
    gender: str
    """m, f or ""."""
    broader: frozenset[str]
    """Nouns that may take its place: a president is a leader."""


@cache
def first_names() -> dict[str, float]:
    """Given names, lower case, with the share of their bearers who are women, from 0 to 1."""
    return {row["name"]: int(row["women"]) / 100 for row in table("first_names")}


@cache
def titles() -> dict[str, str]:
    """Titles, lower case, with the sex that they tell: m, f or ""."""
    return {row["title"]: row["gender"] for row in table("titles")}


@cache
def title_roles() -> dict[str, str]:
    """Titles, lower case, with the role that they name: "sen." with "senator"."""
    return {row["title"]: row["role"] or row["title"] for row in table("titles")}


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """Given names, lower case, with the full names that they may be short for."""
    found: dict[str, set[str]] = {}
    for row in table("nicknames"):
        for short in row["short"].split(","):
            found.setdefault(short, set()).add(row["name"])
    return {short: frozenset(full) for short, full in found.items()}


@cache
def places() -> dict[str, str]:
    """Places, demonyms and adjectives, lower case, each with the place that it belongs to."""
    found: dict[str, str] = {}
    for row in table("demonyms"):
        for form in filter(None, [row["place"], *row["people"].split(","), *row["names"].split(",")]):
            found.setdefault(form, row["place"])
    return found


@cache
def place_names() -> frozenset[str]:
    """The names of places, lower case, without their adjectives."""
    return frozenset(name for row in table("demonyms") for name in [row["place"], *row["names"].split(",")] if name)


@cache
def parties() -> frozenset[str]:
    """The names of parties among those, which have adjectives as places have: a Republican senator."""
    return frozenset(name for name in place_names() if name.endswith(" party"))


@cache
def nouns() -> dict[str, Sort]:
    """Nouns (some of several words, lower case, singular) that can describe a speaker."""
    found: dict[str, Sort] = {}
    for row in table("documents"):
        found[row["noun"]] = Sort("document", "", frozenset({row["class"]}))
    for row in table("organisation_nouns"):
        broader = frozenset(filter(None, row["also"].split(",")))
        found[row["noun"]] = Sort(row["kind"] or "organization", "", broader)
    for row in table("roles"):
        broader = frozenset(filter(None, row["also"].split(",")))
        found[row["role"]] = Sort("person", row["gender"], broader)
    return found


ANYTHING = Sort("", "", frozenset())


def sort_of(noun: str) -> Sort:
    """What a noun says of whom it describes; nothing where no list has it."""
    return nouns().get(noun, ANYTHING)


@cache
def organisation_words() -> frozenset[str]:
    """Words that end an organisation's name."""
    return words("organisation_words")


@cache
def place_words() -> frozenset[str]:
    """Words that end a place's name."""
    return words("place_words")


@cache
def particles() -> frozenset[str]:
    """Small words inside a person's name."""
    return words("name_particles")


@cache
def suffixes() -> frozenset[str]:
    """What follows a last name."""
    return words("name_suffixes")


@cache
def person_words() -> frozenset[str]:
    """Titles and roles, which may stand before a person's name."""
    return frozenset(t.rstrip(".") for t in titles()) | {n for n, sort in nouns().items() if sort.kind == "person"}


@cache
def epithets() -> frozenset[str]:
    """Nouns by which a text calls one whom it has been speaking of, whatever it said of that one before."""
    return words("epithets")


@cache
def office_abbreviations() -> frozenset[str]:
    """Offices in short, lower case: "cm" for a chief minister."""
    return words("office_abbreviations")


@cache
def name_nouns() -> dict[str, tuple[str, ...]]:
    """The last words of bodies' names, lower case, with what they say that the body is: "ledger" with "newspaper"."""
    found: dict[str, tuple[str, ...]] = {}
    for row in table("name_nouns"):
        found[row["word"]] = (*found.get(row["word"], ()), row["noun"])
    return found


@cache
def withheld() -> dict[str, bool]:
    """Words by which a text says that it gives no name, lower case, and whether they hold of one who goes by a false
    name."""
    return {row["words"]: row["named"] == "yes" for row in table("withheld")}


@cache
def portfolios() -> frozenset[str]:
    """What an office is "of" or "for", lower case: "water", "foreign affairs"."""
    return words("portfolios")


@cache
def camps() -> frozenset[str]:
    """Parties and camps as they stand before an office, lower case."""
    return words("camps")


@cache
def naming_phrases() -> frozenset[str]:
    """Words between somebody and the name by which that one goes: "known as"."""
    return words("naming_phrases")


@cache
def naming_starts() -> frozenset[str]:
    """The words that those begin with."""
    return frozenset(phrase.split()[0] for phrase in naming_phrases())


@cache
def naming_sizes() -> tuple[int, ...]:
    """How many words those have, the most first."""
    return tuple(sorted({phrase.count(" ") + 1 for phrase in naming_phrases()}, reverse=True))


@cache
def role_verbs() -> frozenset[str]:
    """Verbs, as they stand, whose subject has the role that follows: "was elected chair", "serves as judge"."""
    return words("role_verbs")


@cache
def firm_nouns() -> frozenset[str]:
    """Nouns by which a text may call any firm or body that it is about."""
    return words("firm_nouns")


@cache
def no_names() -> frozenset[str]:
    """Capitalised words that are no names."""
    return words("no_names")


@cache
def title_surnames() -> frozenset[str]:
    """Titles and roles that are last names as well."""
    return words("title_surnames")


@cache
def company_endings() -> frozenset[str]:
    """What a company's short name leaves out."""
    return words("company_endings")


@cache
def issuing_verbs() -> frozenset[str]:
    """Verbs whose subject speaks in what it issues."""
    return words("issuing_verbs")


@cache
def chances() -> dict[str, float]:
    """How often each kind of evidence tells the right entity, as set by hand; see `ranker.Certainty`."""
    return {row["evidence"]: float(row["right"]) for row in table("evidence")}


@cache
def meanings() -> dict[str, str]:
    """What each kind of evidence says, for a reader."""
    return {row["evidence"]: row["means"] for row in table("evidence")}


@cache
def groups() -> frozenset[str]:
    """Nouns and pronouns for several people who speak together."""
    return words("groups")
