"""To whom, where and when it was said or written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.lexicon.cues import NO_CUE, Cue

if TYPE_CHECKING:
    from quotes.describe.clause import Clause
    from quotes.find.candidate import TokenSpan

HEARER_PREPOSITIONS = frozenset({"to", "with", "at", "before", "on"})
HEARER_LINKS = frozenset({"of", "from", "with"})
"""Prepositions that belong to a hearer: "members of the council"."""
MEDIUM_PREPOSITIONS = frozenset({"in", "on", "at", "during", "via", "through", "over", "by"})
MEDIUM_LINKS = frozenset({"to", "with", "of", "in", "on", "at", "from", "between", "about", "than"})
"""Prepositions that belong to a medium: "in an interview with the BBC"."""
TIME_PREPOSITIONS = frozenset({"on", "in", "at", "during", "over", "since", "by"})
PART_OF_NOUN = frozenset({"poss", "compound", "pobj", "nummod", "amod", "nmod"})
"""A time word that is one of these to its noun says when something else was: "Monday's vote"."""
RELATIVE_TIMES = frozenset({"ago", "later", "earlier", "before", "after"})
"""What a stretch of time may be counted from: "a day later", "the day after the vote"."""
UNITS = frozenset({"hours", "day", "days", "week", "weeks", "month", "months", "year", "years", "minutes"})
"""Stretches of time, which say nothing alone."""
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
        if parse.lower[i] in HEARER_PREPOSITIONS and parse.lower[i] in _governor(clause, i).hearer:
            for noun in parse.children[i]:
                if parse.dep[noun] == "pobj" and noun not in clause.taken and _can_hear(clause, noun):
                    return _hearer(clause, noun)
    return None


def _governor(clause: Clause, preposition: int) -> Cue:
    """The word whose hearer may follow a preposition: the cue, or the text it was said in ("a letter to")."""
    above = clause.parse.head[preposition]
    if above in clause.beside and above != clause.main and above not in clause.cue:
        carries = clause.text(above).channel or clause.parse.tag[above] == "VBG"  # "speaking to"
        return clause.entry(above) if carries else NO_CUE
    if preposition < clause.main:
        return NO_CUE
    return clause.entry(above) if above in clause.cue else clause.reported


def _object(clause: Clause) -> TokenSpan | None:
    parse, main = clause.parse, clause.main
    for c in parse.children[main]:
        if (parse.dep[c] == "nsubjpass" or (parse.dep[c] in ("dobj", "dative") and c > main)) and (
            c not in clause.taken and _can_hear(clause, c)
        ):
            return _hearer(clause, c)
    # "told reporters the deal was dead": the parser takes the hearer for the subject of what follows.
    end, hearer = main + 1, -1
    while end in clause.beside and parse.tag[end] not in ("IN", "TO", "RB") and not clause.is_time(end):
        if _can_hear(clause, end):
            hearer = end
        end += 1
    return clause.trim(range(main + 1, hearer + 1)) if hearer >= 0 else None


def _hearer(clause: Clause, noun: int) -> TokenSpan:
    """A hearer's noun phrase without place, time and subject: "reporters" of "reporters in Lagos"."""
    parse, span = clause.parse, clause.phrase(clause.parse.left[noun], noun)
    for i in range(noun + 1, span.stop):
        if clause.is_time(i) or (parse.tag[i] == "IN" and parse.lower[i] not in HEARER_LINKS):
            return clause.trim(range(span.start, i))
    return clause.trim(span)


def _can_hear(clause: Clause, i: int) -> bool:
    """Is it a personal pronoun, or a noun that is no time, no text and no speech itself?"""
    tag = clause.parse.tag[i]
    if tag in ("PRP", "NNP", "NNPS"):
        return not clause.is_time(i)
    return tag[0] == "N" and not (clause.is_time(i) or clause.text(i).source == "document" or clause.entry(i).act)


def medium(clause: Clause) -> tuple[TokenSpan | None, str]:
    """Where it was said or written, and what act that makes it: "writing", "speech" or ""."""
    parse = clause.parse
    for i in clause.beside:
        if parse.tag[i] == "RB" and (channel := clause.text(i).channel):
            return (i, i + 1), channel
        if parse.lower[i] in MEDIUM_PREPOSITIONS and parse.dep[i] != "agent":
            for noun in parse.children[i]:
                if (
                    noun > i
                    and noun not in clause.taken
                    and parse.tag[noun][0] == "N"
                    and (channel := _channel(clause, noun))
                ):
                    return clause.trim(_without_adjuncts(clause, clause.phrase(i, noun), noun)), channel
    return None, ""


def _channel(clause: Clause, noun: int) -> str:
    """The act that a noun makes of what is said in it: by itself or, in a name, by one of its words."""
    parse = clause.parse
    if (channel := clause.text(noun).channel) or parse.tag[noun][:3] != "NNP":
        return channel
    names = (clause.text(i).channel for i in range(parse.left[noun], noun) if parse.tag[i][:3] == "NNP")
    return next(filter(None, names), "")


def _without_adjuncts(clause: Clause, span: range, noun: int) -> range:
    """A medium's span without what follows it: "in a memo" of "in a memo on Sunday for his staff"."""
    parse = clause.parse
    for i in range(noun + 1, span.stop):
        if clause.is_time(i):
            top = _time_top(clause, i)
            return range(span.start, max(noun + 1, min(top, parse.left[top])))
        if parse.tag[i] == "IN" and parse.lower[i] not in MEDIUM_LINKS:
            return range(span.start, i)
    return span


def when(clause: Clause) -> TokenSpan | None:
    """When: a time word of the cue's clause with what belongs to it and its preposition."""
    parse = clause.parse
    for i in clause.beside:
        if not clause.is_time(i):
            continue
        top = _time_top(clause, i)
        if top in clause.taken:
            continue
        if parse.tag[top] == "IN":
            fits = parse.lower[top] in TIME_PREPOSITIONS
        else:
            fits = parse.dep[top] not in PART_OF_NOUN and parse.tag[parse.head[top]] != "JJ"  # "54-year-old"
        span = clause.phrase(parse.left[top], top)
        if len(span) == 1 and parse.lower[i] in UNITS:
            continue
        if fits and len(span) <= LONGEST_TIME and not _foreign(clause, span):
            return clause.trim(range(span.start, _time_end(clause, span, i)))
    return None


def _time_top(clause: Clause, i: int) -> int:
    """The token that heads the phrase of a time word, its preposition if it has one."""
    parse = clause.parse
    while parse.tag[i] != "IN" and parse.head[i] != i:
        above = parse.head[i]
        if not (parse.dep[i] == "pobj" or clause.is_time(above) or parse.lower[above] in RELATIVE_TIMES):
            break
        i = above
    return i


def _foreign(clause: Clause, span: range) -> bool:
    """Is there a name in it that is no time?"""
    return any(clause.parse.tag[i][:3] == "NNP" and not clause.is_time(i) for i in span)


def _time_end(clause: Clause, span: range, time: int) -> int:
    """Where a time phrase ends: before a preposition that leads on to something else."""
    parse = clause.parse
    for i in range(time + 1, span.stop):
        if parse.tag[i] == "IN" and parse.lower[i] != "of" and parse.lower[i] not in RELATIVE_TIMES:
            return i
    return span.stop
