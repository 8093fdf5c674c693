"""What kind of act an attribution reports, how sure, and to whom, where and when it was done.

Everything is read from the cue's clause: the verbs that govern the cue, their dependents outside the content,
and the words that stand right beside the cue. docs/acts.md says what the acts mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, cast

from quotes.find.lemma import lemma
from quotes.lexicon import table, words

if TYPE_CHECKING:
    from quotes.find.candidate import Attribution, Candidate, TokenSpan
    from quotes.parse import Parse
    from quotes.records import Act, Speaker

NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "without"})
NOT_MORE = frozenset({"only", "just", "merely", "simply", "surprisingly"})
"""After "not" these make no denial: "not only said"."""
NOBODY = frozenset({"no", "nobody", "none", "neither", "nothing"})
"""A source that begins with one of these did not speak: "nobody said"."""
INSTEAD = frozenset({"without", "short", "instead", "than", "from"})
"""Governing a cue's gerund, they deny it: "stopped short of saying", "refrained from saying"."""
REFUSING = frozenset({"would", "will", "could", "can", "wo", "ca", "'d", "’d"})
"""Denied, these tell of a refusal rather than of a possibility: "would not say"."""
CONDITIONS = frozenset({"if", "unless"})
MEDIUM_PREPOSITIONS = frozenset({"in", "on", "at", "during", "via", "through", "over", "by"})
HEARER_PREPOSITIONS = frozenset({"to", "with", "at", "before", "on"})
TIME_PREPOSITIONS = frozenset({"on", "in", "at", "during", "over", "since", "by"})
SPEAKING = frozenset(
    {"speak", "talk", "write", "testify", "appear", "post", "respond", "reply", "campaign", "address"}
)
"""Participles that only say where and to whom: "speaking to reporters on Sunday"."""
WH = frozenset({"whether", "if", "who", "whom", "whose", "what", "which", "when", "where", "why", "how"})
QUOTATION = frozenset("\"“”„‟«»‘’`'") | {"``", "''"}
CUT = frozenset({"appos", "relcl", "acl", "advcl", "parataxis", "ccomp", "xcomp"})
"""Dependents at which a noun phrase's span ends."""
BREAKS = frozenset({",", ";", ":", ".", "(", ")", "--", "–", "—"})
GOVERNED = frozenset({"xcomp", "acl", "ccomp"})
BESIDE = frozenset({"prep", "dative", "npadvmod", "advmod", "tmod", "dobj", "attr", "nmod", "agent"})
"""Dependents of the cue in which addressee, medium and time are looked for."""
REACH = 12
"""How many tokens right of the cue are looked at whatever the parser made of them."""
YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
POS = {"V": "verb", "N": "noun", "J": "adjective"}


@dataclass(frozen=True, slots=True)
class Description:
    """What a reader would say of an attribution beside who and what; spans count tokens, half-open."""

    act: Act
    negated: bool = False
    modal: bool = False
    question: bool = False
    addressee: TokenSpan | None = None
    """The noun phrase of the hearer: "the crowd"."""
    medium: TokenSpan | None = None
    """With its preposition: "in a statement"."""
    when: TokenSpan | None = None
    """With its preposition, if it has one: "on Sunday"."""


class Entry(NamedTuple):
    """A row of cues.tsv; empty for a word that is not in it."""

    act: str = ""
    sense: str = ""
    hearer: tuple[str, ...] = ()


class Text(NamedTuple):
    """A row of texts.tsv; empty for a word that is not in it."""

    source: str = ""
    channel: str = ""


UNKNOWN = Entry()
NO_TEXT = Text()


@lru_cache(maxsize=1)
def _cues() -> dict[tuple[str, str], Entry]:
    return {
        (row["lemma"], row["pos"]): Entry(row["act"], row["sense"], tuple(row["hearer"].split()))
        for row in table("cues")
    }


@lru_cache(maxsize=1)
def _texts() -> dict[str, Text]:
    return {row["noun"]: Text(row["source"], row["channel"]) for row in table("texts")}


def describe(parse: Parse, attribution: Attribution, speaker: Speaker | None) -> Description:
    """Describe one attribution.

    Args:
        parse: the text it stands in.
        attribution: the cue, source and content, in tokens of the parse.
        speaker: who it is from, if known; only its kind is used.
    """
    clause = Clause(parse, attribution.candidate)
    medium = clause.medium()
    return Description(
        act=clause.act(medium[1] if medium else "", speaker),
        negated=clause.negated(),
        modal=clause.modal(),
        question=clause.question(),
        addressee=clause.addressee(),
        medium=medium[0] if medium else None,
        when=clause.when(),
    )


class Clause:
    """The clause of a cue, read once.

    ``main`` is the cue's token that names the act ("claim" in "made the claim"), ``governors`` the words whose
    infinitive or gerund it is ("declined" in "declined to say"), ``scope`` the verbs whose auxiliaries and
    negations are its own, ``beside`` the free tokens (neither content nor source) that depend on it or stand
    right of it.
    """

    def __init__(self, parse: Parse, candidate: Candidate) -> None:
        self.parse = parse
        self.candidate = candidate
        self.cue = range(*candidate.cue) if candidate.cue else range(0)
        self.taken = frozenset(i for span in candidate.content for i in range(*span))
        if candidate.source:
            self.taken |= frozenset(range(*candidate.source))
        self.main = self._main()
        self.scope, self.governors = self._govern() if self.cue else ([], [])
        self.beside = self._beside() if self.cue else []

    # What the words are

    def entry(self, i: int) -> Entry:
        """What cues.tsv says of a token."""
        parse, cues = self.parse, _cues()
        base = self.candidate.lemma if i == self.candidate.head else lemma(parse.lower[i], parse.tag[i])
        pos = POS.get(parse.tag[i][:1], "other")
        if (found := cues.get((base, pos))) is not None:
            return found
        for pos in ("verb", "noun", "adjective", "other"):
            if (found := cues.get((base, pos))) is not None:
                return found
        return UNKNOWN

    def text(self, i: int) -> Text:
        """What texts.tsv says of a noun; a lone capitalised word must be there as a name."""
        parse, texts = self.parse, _texts()
        if (found := texts.get(parse.words[i])) is not None:
            return found
        if parse.tag[i].startswith("NNP") and parse.left[i] == i:
            return NO_TEXT
        tag = parse.tag[i].replace("NNPS", "NNS")
        return texts.get(lemma(parse.lower[i], tag), NO_TEXT)

    def is_time(self, i: int) -> bool:
        """Is this the name of a day, a month, a year, or a word such as "yesterday"?"""
        parse, times = self.parse, words("times")
        return (
            parse.words[i] in times
            or parse.lower[i] in times
            or (parse.tag[i] == "CD" and YEAR.fullmatch(parse.words[i]) is not None)
        )

    # How the clause is built

    def _main(self) -> int:
        head = self.candidate.head
        entry = self.entry(head)
        if entry.act not in ("", "light") and not entry.sense:
            return head
        tags = ("V",) if entry.sense else ("V", "N", "J")
        for i in self.cue:
            if i > head or not entry.sense:
                act = self.entry(i).act if self.parse.tag[i].startswith(tags) and i != head else ""
                if act not in ("", "light"):
                    return i
        return head

    def _govern(self) -> tuple[list[int], list[int]]:
        parse, i = self.parse, self.main
        scope, governors = [i], []
        for _ in range(REACH):
            above, dep = parse.head[i], parse.dep[i]
            if above == i or above in self.taken:
                break
            if dep == "conj" and parse.tag[i] == "VB" and not self._has(i, "aux"):
                i = above
            elif dep == "pcomp" or (dep in GOVERNED and self._infinitive(i)) or (dep == "prep" and governors):
                i = above
                governors.append(i)
            else:
                break
            scope.append(i)
        if self.candidate.head not in scope:
            scope.append(self.candidate.head)
            governors.append(self.candidate.head)
        return scope, governors

    def _has(self, i: int, dep: str) -> bool:
        return any(self.parse.dep[c] == dep for c in self.parse.children[i])

    def _infinitive(self, i: int) -> bool:
        return any(self.parse.tag[c] == "TO" for c in self.parse.children[i])

    def _beside(self) -> list[int]:
        """Free tokens in text order: the dependents that can say to whom, where and when, and the words right
        of the cue to the next punctuation or content."""
        parse, taken, found = self.parse, self.taken, set(self.cue)
        for anchor in {*self.cue, *self.scope}:
            for child in parse.children[anchor]:
                if child in taken or child in found:
                    continue
                dep = parse.dep[child]
                if dep in BESIDE or (
                    dep == "advcl" and lemma(parse.lower[child], parse.tag[child]) in SPEAKING
                ):
                    found.update(self._phrase(child, child))
        start = self.cue.stop
        if self.candidate.source and self.candidate.source[0] == start:
            start = self.candidate.source[1]
        for i in range(start, min(start + REACH, parse.sents[parse.sent_of[self.main]][1])):
            if i in taken or parse.dep[i] in CUT or parse.lower[i] in BREAKS:
                break
            found.add(i)
        return sorted(found - taken)

    def _phrase(self, first: int, top: int) -> range:
        """From ``first`` to the end of the phrase of ``top``, without clauses, appositions and content."""
        parse, end = self.parse, self.parse.right[top]
        for i in range(top + 1, end):
            if i in self.taken or parse.dep[i] in CUT or parse.lower[i] in BREAKS:
                return range(first, max(top + 1, min(i, parse.left[i])))
        return range(first, end)

    # What it says

    def act(self, channel: str, speaker: Speaker | None) -> Act:
        """The act, given what the medium makes of it ("writing", "speech" or nothing)."""
        source = self.candidate.source_head
        text = self.text(source) if source >= 0 else NO_TEXT
        if text.source == "document" or (speaker is not None and speaker.kind == "document"):
            return "document"
        act = self.entry(self.main).act if self.cue else "speech"
        if act in ("", "light"):
            act = "speech" if self._quoted() else "attitude"
        if act == "speech" and "writing" in (channel, text.source):
            act = "writing"
        return cast("Act", act)

    def negated(self) -> bool:
        """Did the act, by the text's own words, not take place, or take the content back?"""
        if not self.cue:
            return False
        source = self.candidate.source
        if source and self.parse.lower[source[0]] in NOBODY:
            return True
        denied = self.entry(self.main).sense == "denied" or self._not(self.main)
        for i in self.governors:
            refuses = self.entry(i).sense == "denied" or self.parse.lower[i] in INSTEAD
            denied |= refuses != self._not(i)
        return denied or any(self.parse.lower[i] in NEGATIONS for i in self.cue if not self._more(i))

    def _not(self, verb: int) -> bool:
        parse = self.parse
        return any(
            parse.lower[c] in NEGATIONS and c not in self.taken and not self._more(c)
            for c in parse.children[verb]
        )

    def _more(self, i: int) -> bool:
        """Is it the "not" of "not only"?"""
        return i + 1 < len(self.parse) and self.parse.lower[i + 1] in NOT_MORE

    def modal(self) -> bool:
        """Is the act possible, planned, expected or supposed rather than done?"""
        parse = self.parse
        for verb in self.scope:
            for c in parse.children[verb]:
                if c in self.taken:
                    continue
                if parse.tag[c] == "MD" and not (parse.lower[c] in REFUSING and self._not(verb)):
                    return True
                if parse.dep[c] == "mark" and parse.lower[c] in CONDITIONS and parse.dep[verb] == "advcl":
                    return True
                if parse.dep[c] == "acomp" and verb in self.governors and self.entry(c).sense == "planned":
                    return True
        return any(
            self.entry(i).sense == "planned" or (parse.lower[i] == "going" and parse.tag[i] == "VBG")
            for i in self.governors
        )

    def question(self) -> bool:
        """Is the content asked rather than stated?"""
        parse, content = self.parse, self.candidate.content
        edge = content[-1][1] - 1
        while edge > content[-1][0] and (parse.lower[edge] in QUOTATION or parse.lower[edge] == ","):
            edge -= 1
        if parse.words[edge].endswith("?"):
            return True
        if not self.cue or self.entry(self.main).sense != "asked":
            return False
        first = parse.lower[content[0][0]]
        return first in WH or self._quoted() or parse.tag[self.main].startswith("N")

    def _quoted(self) -> bool:
        """Does the content begin with a quotation mark?"""
        return self.parse.lower[self.candidate.content[0][0]] in QUOTATION

    def addressee(self) -> TokenSpan | None:
        """To whom: the object of verbs such as "tell", or what stands behind the prepositions of others."""
        parse = self.parse
        if not self.cue:
            return None
        if "object" in self.entry(self.main).hearer and (hearer := self._object()) is not None:
            return hearer
        for i in self.beside:
            if parse.lower[i] not in HEARER_PREPOSITIONS:
                continue
            governor = self.main if parse.head[i] not in self.beside else parse.head[i]
            if parse.lower[i] not in self.entry(governor).hearer:
                continue
            for noun in parse.children[i]:
                if parse.dep[noun] == "pobj" and self._person(noun):
                    return self._trim(self._phrase(parse.left[noun], noun))
        return None

    def _object(self) -> TokenSpan | None:
        parse = self.parse
        for c in parse.children[self.main]:
            if c not in self.taken and self._person(c):
                if parse.dep[c] in ("dobj", "dative") and c > self.main:
                    return self._trim(self._phrase(parse.left[c], c))
                if parse.dep[c] == "nsubjpass":
                    return self._trim(self._phrase(parse.left[c], c))
        after = self.main + 1
        if after not in self.beside or after in self.taken:
            return None
        end = after
        while end in self.beside and parse.tag[end] not in ("IN", "TO", "RB") and not self.is_time(end):
            end += 1
        nouns = [i for i in range(after, end) if self._person(i)]
        return self._trim(range(after, nouns[-1] + 1)) if nouns else None

    def _person(self, i: int) -> bool:
        """Could it be a hearer: a noun or personal pronoun that is no time and no text?"""
        tag = self.parse.tag[i]
        return (tag == "PRP" or tag[0] == "N") and not self.is_time(i) and self.text(i).source != "document"

    def medium(self) -> tuple[TokenSpan, str] | None:
        """Where it was said or written, and what act that makes it: ``((first, end), "writing")``."""
        parse = self.parse
        for i in self.beside:
            if parse.lower[i] not in MEDIUM_PREPOSITIONS or parse.dep[i] == "agent":
                continue
            for noun in parse.children[i]:
                if noun < i or noun in self.taken or parse.dep[noun] != "pobj":
                    continue
                if channel := self._channel(noun):
                    return self._trim(self._untimed(self._phrase(i, noun), noun)), channel
        return None

    def _channel(self, noun: int) -> str:
        """The act that a noun makes of what is said in it: by itself or, in a name, by one of its words."""
        if channel := self.text(noun).channel:
            return channel
        if self.parse.tag[noun].startswith("NNP"):
            for i in range(self.parse.left[noun], noun):
                if self.parse.tag[i].startswith("NNP") and (channel := self.text(i).channel):
                    return channel
        return ""

    def _untimed(self, span: range, noun: int) -> range:
        """A medium's span without the time that follows its noun: "in a memo" of "in a memo on Sunday"."""
        for i in range(noun + 1, span.stop):
            if self.is_time(i):
                top = self._time_top(i)
                return range(span.start, max(noun + 1, min(top, self.parse.left[top])))
        return span

    def _time_top(self, i: int) -> int:
        """The token that heads the time phrase of a time word, its preposition if there is one."""
        parse = self.parse
        while parse.head[i] != i and (self.is_time(parse.head[i]) or parse.dep[i] == "pobj"):
            i = parse.head[i]
            if parse.tag[i] == "IN":
                break
        return i

    def when(self) -> TokenSpan | None:
        """When: a time word of the cue's clause with what belongs to it and its preposition."""
        parse = self.parse
        for i in self.beside:
            if not self.is_time(i):
                continue
            top = self._time_top(i)
            if top in self.taken or (top in self.cue and not self.is_time(top)):
                continue
            if parse.tag[top] == "IN" and not self.is_time(top):
                if parse.lower[top] in TIME_PREPOSITIONS:
                    return self._trim(self._phrase(top, top))
            elif parse.dep[top] not in ("poss", "compound", "pobj", "nummod", "amod"):
                return self._trim(self._phrase(max(parse.left[top], 0), top))
        return None

    def _trim(self, span: range) -> TokenSpan:
        """The span without taken tokens, quotation marks' and punctuation's ends."""
        first, end = span.start, span.stop
        while first < end - 1 and (first in self.taken or not self.parse.words[first][-1].isalnum()):
            first += 1
        while end - 1 > first and (end - 1 in self.taken or not self.parse.words[end - 1][-1].isalnum()):
            end -= 1
        return first, end
