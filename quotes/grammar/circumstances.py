"""What hangs on a cue and is no content: to whom, where and when something was said."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from quotes.grammar.language import Language
from quotes.grammar.parse import Parse
from quotes.lexicon import table
from quotes.lexicon.cues import NO_TEXT, Text, cue, texts

Told = Literal["time", "channel", "text", ""]
"""What a preposition and its noun tell: when, by which channel, or a text that may also be what is spoken of."""
YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
ALWAYS = "always"
"""In cues.tsv: the verb's object is whom one speaks to, and never what one says."""


def is_time(p: Parse, i: int) -> bool:
    """Whether a token says when by itself: a day, a month, a year, "yesterday"."""
    word, tag, times = p.words[i], p.tag[i], p.language.words("times")
    if word in times or (p.lower[i] in times and tag not in p.language.proper):  # Today, but not USA Today
        return True
    return tag == "CD" and YEAR.fullmatch(word) is not None


def text_of(p: Parse, i: int) -> Text:
    """What texts.tsv says of a noun; a name that has no word before it must be there as a name."""
    known, word, alone = texts(), p.words[i], p.left[i] == i
    found = known.get(word) if alone else known.get(f"the {word}") or known.get(word)
    if found is not None:
        return found
    tag = p.tag[i]
    if alone and (tag in p.language.proper or word.isupper()):
        return NO_TEXT
    lower = p.lower[i]
    base = p.language.lemma(lower, tag.replace("NNP", "NN"))
    if not alone and (pair := known.get(f"{p.lower[i - 1]} {base}")) is not None:  # "town hall"
        return pair
    return known.get(lower) or known.get(base, NO_TEXT)


def channel_of(p: Parse, noun: int) -> str:
    """The act that a noun makes of what is said in it, "writing" or "speech": by itself or, in a name, by one of its
    words; "" for no channel."""
    return _channel(p, noun, text_of(p, noun))


def _channel(p: Parse, noun: int, text: Text) -> str:
    proper = p.language.proper
    if text.channel or p.tag[noun] not in proper:
        return text.channel
    words = (text_of(p, i).channel for i in range(p.left[noun], noun) if p.tag[i] in proper)
    return next(filter(None, words), "")


def can_hear(p: Parse, i: int) -> bool:
    """Whether a token may be whom one speaks to: a personal pronoun, a name, people; no time, text or speech."""
    tag, language = p.tag[i], p.language
    if tag == "PRP":
        return True
    if tag not in language.nouns or is_time(p, i):
        return False
    if tag in language.proper:
        return True
    base = p.lemma(i)
    if base in _hearers(language):
        return True
    return tag in language.plural and text_of(p, i).source != "document" and not cue(base, tag).act


@cache
def _hearers(language: Language) -> frozenset[str]:
    """Nouns in the singular for people and for those who hear together."""
    people = [row["role"] for row in table("roles")] + [row["noun"] for row in table("organisation_nouns")]
    return language.words("groups").union(language.words("hearers"), people)


def tells_somebody(lemma: str) -> bool:
    """Whether the object of a verb, given by its base form, is always whom one speaks to: tell, ask, remind.

    In PolNeAR's training articles a pronoun, a name or a noun in the plural after them was never the content (0 of
    200); after "thank" and "urge" it can be.
    """
    return ALWAYS in cue(lemma, "VB").hearer


def circumstance(p: Parse, preposition: int, noun: int) -> Told:
    """What a preposition and its noun tell.

    With a channel, as in "in a statement", "in" and the like led to content 1 time in 150; with a time no preposition
    ever did (0 of 570, in PolNeAR's training articles).
    """
    if is_time(p, noun):
        return "time"
    text = text_of(p, noun)
    if not _channel(p, noun, text):
        return "text" if text.source else ""
    return "channel" if p.lower[preposition] in p.language.words("channel_prepositions") else "text"


def told_by(p: Parse, preposition: int) -> set[Told]:
    """What a preposition tells with each of its nouns."""
    return {circumstance(p, preposition, c) for c in p.children[preposition] if p.dep[c] == "pobj"}


def tells_when(p: Parse, preposition: int) -> bool:
    """Whether a preposition with its noun tells when: on Thursday, in May, in 2019, after the match."""
    return p.lower[preposition] in p.language.words("time_always") or "time" in told_by(p, preposition)


def end_of_circumstance(p: Parse, lemma: str, child: int) -> int:
    """Where a verb's complement ends that only tells to whom, where or when, less what may follow it; -1 for others.

    Args:
        p: the parse.
        lemma: the verb's base form.
        child: the token that heads the complement.
    """
    dep = p.dep[child]
    if dep == "prep":
        nouns = [c for c in p.children[child] if p.dep[c] == "pobj"]
        tells = len(nouns) == 1 and circumstance(p, child, nouns[0]) in ("time", "channel")
        return nouns[0] + 1 if tells else -1
    if dep in ("npadvmod", "dobj") and p.tag[child] == "NNP" and is_time(p, child):
        return child + 1  # said Monday
    hears = dep in p.language.objects and tells_somebody(lemma) and can_hear(p, child)
    return child + 1 if hears else -1
