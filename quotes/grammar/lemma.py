"""The base form of a word from its Penn tag, by suffix rules and a table of exceptions.

spaCy's own lemmatizer needs part-of-speech tags for every token, which cost as much as the parse; cues are few.
The exceptions are the forms for which the suffix rules and spaCy's lemmatizer disagree, over the verbs and nouns
that occur twice or more in PolNeAR's training articles.
"""

from __future__ import annotations

from functools import lru_cache

from quotes.lexicon import table

VOWELS = frozenset("aeiou")
DOUBLED = frozenset("bdgklmnprt")
SILENT_E = ("rg", "dg", "ng", "rs", "ns", "at", "ut", "iz", "is", "bl", "gl", "pl", "tl", "ur")
"""Ends of stems that mostly lost an e: plac, argu, chang, creat."""


@lru_cache(maxsize=50_000)
def lemma(lower: str, tag: str) -> str:
    """Base form of a lower-case word form with a Penn tag; other words than verbs and nouns stay as they are."""
    if tag[:1] == "V":
        return _verbs().get(lower) or _verb(lower, tag)
    if tag in ("NNS", "NNPS"):
        return singular(lower)
    return lower


@lru_cache(maxsize=20_000)
def singular(noun: str) -> str:
    """The singular of a lower-case noun; one that stands in the singular stays as it is, but for a few in -s."""
    if (known := _nouns().get(noun)) is not None:
        return known
    if noun.endswith("men") and len(noun) > 4:
        return f"{noun[:-3]}man"
    if noun.endswith("oes") and len(noun) < 6:  # woes
        return noun[:-1]
    if noun.endswith("uses") and len(noun) > 6 and noun[-5] not in "ao":  # viruses, but: causes, houses
        return noun[:-2]
    return _without_s(noun)


@lru_cache(maxsize=1)
def _verbs() -> dict[str, str]:
    return {row["form"]: row["lemma"] for row in table("lemmas") if row["pos"] == "verb"}


@lru_cache(maxsize=1)
def _nouns() -> dict[str, str]:
    return {row["form"]: row["lemma"] for row in table("lemmas") if row["pos"] == "noun"}


def _verb(form: str, tag: str) -> str:
    if form.endswith("ing") and len(form) > 5:
        return _stem(form[:-3])
    if form.endswith("ied") and len(form) > 4:
        return form[:-3] + "y"
    if form.endswith("ed") and len(form) > 4:
        return _stem(form[:-2])
    if tag == "VBZ":
        return _without_s(form)
    return form


def _stem(stem: str) -> str:
    """Undo what -ed and -ing do to a verb's end: stopp -> stop, urg -> urge; a verb that is known comes first."""
    doubled = len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] in DOUBLED
    for verb in (stem[:-1], stem, f"{stem}e") if doubled else (stem, f"{stem}e"):
        if verb in _known():
            return verb
    if doubled:
        return stem[:-1]
    if stem[-1] in "cuvz" or stem.endswith(SILENT_E):
        return f"{stem}e"
    short = 2 < len(stem) < 5 and stem[-1] not in VOWELS | set("wxy")
    return f"{stem}e" if short and stem[-2] in VOWELS and stem[-3] not in VOWELS else stem


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """Verbs of the lexicon in their base form."""
    cues = (row["lemma"] for row in table("cues") if row["pos"] == "verb")
    return frozenset([*cues, *_verbs().values()])


def _without_s(form: str) -> str:
    """A noun or verb without its -s, -es or -ies."""
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    if form.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return form[:-2]
    if form.endswith("s") and not form.endswith(("ss", "us", "is")):
        return form[:-1]
    return form
