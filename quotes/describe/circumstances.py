"""To whom, where and when it was said or written: the words beside a cue that the grammar takes for these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.grammar.circumstances import can_hear, channel_of, is_time, text_of
from quotes.grammar.phrases import objects_of
from quotes.lexicon.cues import NO_CUE, Cue

if TYPE_CHECKING:
    from quotes.describe.clause import Clause
    from quotes.grammar.parse import Parse, TokenSpan

LONGEST_TIME = 8
"""Tokens; a longer time phrase is a misparse."""


def addressee(clause: Clause) -> TokenSpan | None:
    """To whom: the object of verbs such as "tell", or what stands behind the prepositions of others."""
    parse = clause.parse
    if not clause.cue:
        return None
    if "object" in clause.reported.hearer and (hearer := _object(clause)) is not None:
        return hearer
    for i in clause.beside:
        if parse.lower[i] in _governor(clause, i).hearer:
            for noun in objects_of(parse, i):
                if noun not in clause.taken and can_hear(parse, noun):
                    return _hearer(clause, noun)
    return None


def _governor(clause: Clause, preposition: int) -> Cue:
    """The word whose hearer may follow a preposition: the cue, or the text it was said in ("a letter to")."""
    parse = clause.parse
    above = parse.head[preposition]
    if above in clause.beside and above != clause.main and above not in clause.cue:
        carries = text_of(parse, above).channel or parse.tag[above] in parse.language.gerunds  # "speaking to"
        return clause.entry(above) if carries else NO_CUE
    if preposition < clause.main:
        return NO_CUE
    return clause.entry(above) if above in clause.cue else clause.reported


def _object(clause: Clause) -> TokenSpan | None:
    """A verb's object that hears, or of a passive its subject.

    CASE: "told reporters the deal was dead": the parser takes the hearer for the subject of what follows.
    """
    parse, main = clause.parse, clause.main
    language = parse.language
    for c in parse.children[main]:
        told = parse.dep[c] in language.objects and c > main
        if (told or parse.dep[c] in language.passive_subjects) and c not in clause.taken and can_hear(parse, c):
            return _hearer(clause, c)
    end, hearer = main + 1, -1
    while end in clause.beside and parse.tag[end] not in language.leading_on and not is_time(parse, end):
        if can_hear(parse, end):
            hearer = end
        end += 1
    return clause.trim(range(main + 1, hearer + 1)) if hearer >= 0 else None


def _hearer(clause: Clause, noun: int) -> TokenSpan:
    """A hearer's noun phrase without place, time and subject: "reporters" of "reporters in Lagos"."""
    parse, span = clause.parse, clause.stretch(clause.parse.left[noun], noun)
    return clause.trim(range(span.start, _before_other(parse, span, noun, "hearer_links")))


def _before_other(parse: Parse, span: range, noun: int, links: str) -> int:
    """Where a phrase ends before a time, and before a preposition that does not belong to its noun."""
    linking = parse.language.words(links)
    for i in range(noun + 1, span.stop):
        if is_time(parse, i):
            top = _time_top(parse, i)
            return max(noun + 1, min(top, parse.left[top]))
        if _is_preposition(parse, i) and parse.lower[i] not in linking:
            return i
    return span.stop


def _is_preposition(parse: Parse, i: int) -> bool:
    return parse.tag[i] in parse.language.prepositions


def medium(clause: Clause) -> tuple[TokenSpan | None, str]:
    """Where it was said or written, and what act that makes it: "writing", "speech" or ""."""
    parse = clause.parse
    language, prepositions = parse.language, parse.language.words("medium_prepositions")
    for i in clause.beside:
        if parse.tag[i] in language.adverbs and (channel := text_of(parse, i).channel):
            return (i, i + 1), channel
        if parse.lower[i] in prepositions and parse.dep[i] not in language.agents:
            for noun in parse.children[i]:
                free = noun > i and noun not in clause.taken and parse.tag[noun] in language.nouns
                if free and (channel := channel_of(parse, noun)):
                    span = clause.stretch(i, noun)
                    return clause.trim(range(i, _before_other(parse, span, noun, "medium_links"))), channel
    return None, ""


def when(clause: Clause) -> TokenSpan | None:
    """When: a time word of the cue's clause with what belongs to it and its preposition."""
    parse = clause.parse
    language = parse.language
    for i in clause.beside:
        if not is_time(parse, i) or (top := _time_top(parse, i)) in clause.taken:
            continue
        if _is_preposition(parse, top):
            fits = parse.lower[top] in language.words("time_prepositions")
        else:  # of an adjective it says how old: "54-year-old"
            fits = parse.dep[top] not in language.parts and parse.tag[parse.head[top]] not in language.adjectives
        span = clause.stretch(parse.left[top], top)
        if len(span) == 1 and parse.lower[i] in language.words("time_units"):
            continue
        if fits and len(span) <= LONGEST_TIME and not _foreign(parse, span):
            return clause.trim(range(span.start, _time_end(parse, span, i)))
    return None


def _time_top(parse: Parse, i: int) -> int:
    """The token that heads the phrase of a time word, its preposition if it has one."""
    counted_from = parse.language.words("relative_times")
    while not _is_preposition(parse, i) and parse.head[i] != i:
        above = parse.head[i]
        if not (i in objects_of(parse, above) or is_time(parse, above) or parse.lower[above] in counted_from):
            break
        i = above
    return i


def _foreign(parse: Parse, span: range) -> bool:
    """Is there a name in it that is no time?"""
    return any(parse.tag[i] in parse.language.proper and not is_time(parse, i) for i in span)


def _time_end(parse: Parse, span: range, time: int) -> int:
    """Where a time phrase ends: before a preposition that leads on to something else."""
    going_on = parse.language.words("relative_times") | {"of"}
    others = (i for i in range(time + 1, span.stop) if _is_preposition(parse, i) and parse.lower[i] not in going_on)
    return next(others, span.stop)
