"""A claim as it can stand alone: the reported clause as a main clause, with whom its pronouns mean.

Words outside brackets are the text's own, in their order; whatever else a reader needs stands in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from quotes.grammar.boundaries import less_blanks
from quotes.grammar.marks import is_mark
from quotes.lexicon import words
from quotes.records import REPORTED, Claim, Copied, flags

if TYPE_CHECKING:
    from quotes.claims.reported import Reported
    from quotes.grammar.parse import Parse, TokenSpan

LINE_END = re.compile(r"\s*\n\s*")
WORD = re.compile(r"[^\W\d_]+")
ONE = words("i")
OTHERS = words("we") | words("you")
MOST_ONES = 2
"""First persons that are replaced; where there are more, who speaks stands before the claim once."""
LOOSE = frozenset(",;:-–—")
"""What ends no claim."""
COLON = ":"


class Draft:
    """A claim's text while it is written."""

    def __init__(self, text: str) -> None:
        self.source = text
        self.text = ""
        self.mapping: list[Copied] = []

    def copy(self, start: int, end: int) -> None:
        """Words of the text, characters half-open; the end of a line becomes a blank."""
        at = start
        for gap in LINE_END.finditer(self.source, start, end):
            self._copy(at, gap.start())
            self.put(" ")
            at = gap.end()
        self._copy(at, end)

    def _copy(self, start: int, end: int) -> None:
        first, last = less_blanks(self.source, start, end)
        self.put(self.source[start:first])
        if first < last:
            self.mapping.append(Copied(first, last, self.source[first:last], len(self.text)))
        self.put(self.source[first:end])

    def put(self, words: str) -> None:
        """What is not the text's: brackets, blanks."""
        self.text += words


def alone(reported: Reported) -> tuple[str, tuple[Copied, ...]]:
    """A claim's own text, and where its words come from."""
    parse = reported.parse
    parts = [part for part in (_trimmed(reported, part) for part in reported.parts) if part[0] < part[1]]
    if not parts:
        parts = list(reported.parts)
    lead = _lead(reported, parts[0])
    named = bool(lead) and reported.name is not None and reported.name in lead
    if not lead or lead.endswith(COLON):
        parts[0] = _without_that(reported, parts[0])
    instead = dict(_replaced(reported, named))
    draft = Draft(parse.text)
    draft.put(f"[{lead}] " if lead else "")
    for k, (start, end) in enumerate(parts):
        draft.put(_joint(parse.text, parse.start[start], draft, _opens_sentence(parse, start)) if k else "")
        at = parse.start[start]
        for i in range(start, end):
            if i in instead:
                draft.copy(at, parse.start[i])
                draft.put(f"[{instead[i]}]")
                at = parse.end[i]
        draft.copy(at, parse.end[end - 1])
    return _capitalised(draft.text), tuple(draft.mapping)


def _joint(text: str, start: int, draft: Draft, sentence: bool) -> str:
    """What stands between two parts: a full stop where the first ended with the cue's comma, or a word, and a sentence
    begins."""
    if draft.text.endswith(",") and text[start].isupper():
        last = draft.mapping.pop()
        draft.text = draft.text[:-1]
        if len(last.text) > 1:
            draft.mapping.append(replace(last, end=last.end - 1, text=last.text[:-1]))
        return ". "
    return ". " if sentence and draft.text[-1:].isalnum() else " "


def _opens_sentence(parse: Parse, i: int) -> bool:
    """Whether nothing but marks and blanks stands before a token in its sentence."""
    first = parse.sents[parse.sent_of[i]][0]
    return all(is_mark(parse.words[k]) or not parse.words[k].strip() for k in range(first, i))


def _capitalised(text: str) -> str:
    first = text[:1].upper()
    return first + text[1:] if len(first) == 1 else text


def _trimmed(reported: Reported, part: TokenSpan) -> TokenSpan:
    """A part without blanks, without a comma at the very end, and without the marks around it where all of the quote
    stands in marks."""
    parse, (start, end) = reported.parse, part
    last, direct = part == reported.parts[-1], reported.quote.type == "direct"

    def is_loose(i: int, at_end: bool) -> bool:
        word = parse.words[i]
        return not word.strip() or (direct and is_mark(word)) or ((last or not at_end) and at_end and word in LOOSE)

    while start < end and is_loose(start, False):
        start += 1
    while start < end and is_loose(end - 1, True):
        end -= 1
    return start, end


def _without_that(reported: Reported, part: TokenSpan) -> TokenSpan:
    """A clause without the "that" that opens it.

    CASE: "said that the company": a "that" before an article, or by a rule that asks for one, points at nothing,
    whatever the tagger takes it for.
    """
    parse, (start, end) = reported.parse, part
    if parse.lower[start] != "that" or start + 1 >= end or reported.verbatim:
        return part
    opens = parse.tag[start] in parse.language.prepositions or parse.dep[start] in parse.language.openers
    opens = opens or parse.lower[start + 1] in words("articles") or reported.candidate.rule.endswith(".that")
    if not opens:
        return part
    comma = start + 2 < end and parse.words[start + 1] == ","  # said that, in the end, it was
    return start + 1 + comma, end


# What stands before it


def _lead(reported: Reported, part: TokenSpan) -> str:
    """Who said it, and how, where the content alone is no claim; "" where it is one.

    CASE 1: "denied that he was there", "may say", "asked whether", "ordered that": what is not claimed must not look
    so.
    CASE 2: "warned of a slowdown", "promised to pay": a content without a clause of its own.
    CASE 3: "hopes that it rains": what is thought or wished.
    CASE 4: "“We have the money,” she said": of whom "we", "you" and most of "I" tell.
    """
    quote = reported.quote
    if reported.verbatim:
        return f"{_who(reported)}:" if _who(reported) and (_speaks(reported) or not _is_clause(reported, part)) else ""
    if (
        flags(quote.cue)
        or reported.directs
        or quote.act not in REPORTED
        or not _is_clause(reported, part)
        or _asks(reported, part)
    ):
        return _saying(reported)
    return f"{_who(reported)}:" if _who(reported) and _speaks(reported) else ""


def _who(reported: Reported) -> str:
    """The speaker's name; of one without, the words that stand beside the quote: "a report", not "report"."""
    speaker = reported.quote.speaker
    if speaker is None:
        return ""
    beside = speaker.mention.text if speaker.mention else ""
    own_words = speaker.name is not None and speaker.name in beside and not speaker.name[0].isupper()
    return beside if own_words or not speaker.name else speaker.name


def _saying(reported: Reported) -> str:
    """Who said it with the words of the cue: "Ada Lund did not say", "Ada Lund's claim", "according to Ada Lund:".

    CASE: "The board was advised by Lund to wait": where the content begins before its cue, who said it is enough.
    """
    parse, language = reported.parse, reported.parse.language
    who, cue, head = _who(reported), reported.candidate.cue, reported.candidate.head
    if cue is None or parse.lower[head] == COLON:
        return f"{who}:" if who else ""
    if reported.tokens[0] < cue[0]:
        return f"{who or parse.slice(cue)}:"
    said = " ".join(parse.slice((_group_start(reported, cue), cue[1])).split())
    if not who:
        return said
    if parse.tag[head] in language.nouns and all(parse.tag[i] not in language.verbs for i in range(*cue)):
        return f"{_owner(who)} {said}"
    if parse.tag[head] not in language.content_words:
        return f"{said} {who}:"
    return f"{who} {said}"


def _group_start(reported: Reported, cue: TokenSpan) -> int:
    """The first of the auxiliaries and denials directly before a verb of a cue: "did not" in "did not say"."""
    parse = reported.parse
    if parse.tag[cue[0]] not in parse.language.verbs:
        return cue[0]
    helping = words("negations") | words("auxiliaries")
    start = cue[0]
    while (
        start
        and parse.tag[start - 1] not in parse.language.possessive_marks
        and (parse.tag[start - 1] in parse.language.modals or parse.lower[start - 1] in helping)
    ):
        start -= 1
    return start


def _is_clause(reported: Reported, part: TokenSpan) -> bool:
    """Whether a part of the content has a clause of its own: a main verb with a tense and a subject."""
    return any(
        clause.main and clause.subject >= 0 and part[0] <= clause.verb < part[1] and _is_top(reported, clause.verb)
        for clause in reported.clauses
    )


def _is_top(reported: Reported, verb: int) -> bool:
    """Whether what hangs a verb on the rest of the content, if anything does, is no noun and no infinitive."""
    parse = reported.parse
    i = verb
    while parse.head[i] in reported.inside and parse.head[i] != i:
        i = parse.head[i]
        if parse.tag[i] in parse.language.nouns and not any(clause.verb == i for clause in reported.clauses):
            return False
    return any(clause.verb == i for clause in reported.clauses)


def _asks(reported: Reported, part: TokenSpan) -> bool:
    """Whether a part is an embedded question: whether, how, what. "If it rains, she will go" is none."""
    parse = reported.parse
    first = part[0]
    if parse.lower[first] not in words("questions"):
        return False
    head = reported.head(part)
    over = parse.head[first]
    return over == head or parse.head[over] == head or parse.dep[over] not in parse.language.adverbial


def _speaks(reported: Reported) -> bool:
    """Whether it speaks to somebody or of a speaker in words that can't be replaced."""
    parse = reported.parse
    ones = [i for i in reported.quoted if parse.lower[i] in ONE]
    if any(parse.lower[i] in OTHERS for i in reported.quoted):
        return True
    return bool(ones) and not _may_replace(reported, ones)


def _may_replace(reported: Reported, ones: Sequence[int]) -> bool:
    """Whether first persons can give way to a name, the verbs being what they are: "I knew", "I will", "my", but not
    "I am" and "I've"."""
    speaker = reported.quote.speaker
    if speaker is None or speaker.kind != "person" or not speaker.name or len(ones) > MOST_ONES:
        return False
    return all(_fits_name(reported, i) for i in ones)


def _fits_name(reported: Reported, i: int) -> bool:
    parse, language = reported.parse, reported.parse.language
    if parse.lower[i].endswith("self") or parse.lower[i] == "mine":
        return False
    if parse.dep[i] not in language.subjects:
        return True
    if parse.end[i] == parse.start[i + 1] if i + 1 < len(parse) else True:  # I've
        return False
    verb = parse.head[i]
    group = [verb, *(c for c in parse.children[verb] if parse.dep[c] in language.auxiliaries)]
    present = language.tensed - language.past
    return not any(parse.tag[k] in present for k in group) and any(parse.tag[k] in language.finite for k in group)


# What stands in place of pronouns


def _replaced(reported: Reported, named: bool) -> Iterator[tuple[int, str]]:
    """The pronouns that give way to names, and what takes their place.

    CASE 1: "he" that means the speaker or somebody else who has a name: the first one of each.
    CASE 2: "his": "[Hakan Fidan's]".
    CASE 3: "she", where the content has her name before it, tells enough.

    Args:
        reported: the content.
        named: whether the speaker's name stands before it.
    """
    parse = reported.parse
    told = {reported.name} if named else set()
    ones = [i for i in reported.tokens if i in reported.quoted and parse.lower[i] in ONE]
    own = set() if named or not ones or not _may_replace(reported, ones) else set(ones)
    before: set[str] = set()
    for i in reported.tokens:
        name = _who(reported) if i in own else reported.meant.get(i)
        before.update(WORD.findall(parse.words[i]))
        if name is None or parse.lower[i].endswith("self") or (name in told and i not in own):
            continue
        if i not in own and (name.split()[-1] in before or (i in reported.quoted and _is_same(name, reported.name))):
            continue
        told.add(name)
        yield i, _owner(name) if parse.dep[i] in parse.language.possessives else name


def _is_same(name: str, other: str | None) -> bool:
    """Whether two names may be of one person: Curran, Christopher M. Curran."""
    return other is not None and name.split()[-1] == other.split()[-1]


def _owner(name: str) -> str:
    return f"{name}'s"


# When it was said


def dated(claim: Claim, date: str | None) -> Claim:
    """A claim with its article's date in brackets behind the first word that counts from it: yesterday, last week.

    Args:
        claim: the claim.
        date: of the article, as meta has it; None leaves the claim as it is.
    """
    at = next(_counted_from(claim), -1) if date else -1
    if at < 0:
        return claim
    added = f" [article of {date}]"
    mapping: list[Copied] = []
    for copied in claim.mapping:
        cut = at - copied.at
        if 0 < cut < len(copied.text):
            mapping.append(replace(copied, end=copied.start + cut, text=copied.text[:cut]))
            mapping.append(replace(copied, start=copied.start + cut, text=copied.text[cut:], at=at + len(added)))
        else:
            mapping.append(replace(copied, at=copied.at + len(added)) if copied.at >= at else copied)
    return replace(claim, text=claim.text[:at] + added + claim.text[at:], mapping=tuple(mapping))


def _counted_from(claim: Claim) -> Iterator[int]:
    """Where in a claim's text words end that count from a day that it doesn't tell."""
    times = words("time_units") | {word.lower() for word in words("times")}
    for copied in claim.mapping:
        before = ""
        for word in WORD.finditer(copied.text):
            lower = word[0].lower()
            if lower in words("relative_days") or (before in words("relative_spans") and lower in times):
                yield copied.at + word.end()
            before = lower
