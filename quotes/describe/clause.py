"""The clause of a cue: what governs it, what depends on it, and what stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.grammar.clauses import passive, subjects
from quotes.grammar.negation import denied
from quotes.lexicon.cues import Cue, cue

if TYPE_CHECKING:
    from quotes.find.candidate import Candidate
    from quotes.grammar.parse import Parse, TokenSpan

BREAKS = frozenset({",", ";", ":", ".", "(", ")", "--", "–", "—"})
REACH = 12
"""How many tokens right of the cue are looked at whatever the parser made of them."""


class Clause:
    """The clause of a cue, read once.

    ``main`` is the cue's token that names the act ("claim" in "made the claim"), ``reported`` what the
    lexicon says of it, ``governors`` the words whose infinitive or gerund it is ("declined" in "declined to
    say"), ``scope`` the verbs whose auxiliaries and negations are its own. ``taken`` are the tokens of the
    content and the source, ``beside`` the free ones that depend on the cue or stand right of it or of the
    content.
    """

    def __init__(self, parse: Parse, candidate: Candidate) -> None:
        self.parse = parse
        self.candidate = candidate
        self.cue = range(*candidate.cue) if candidate.cue else range(0)
        self.taken = {i for span in candidate.content for i in range(*span)}
        if candidate.source:
            self.taken.update(range(*candidate.source))
        self.main = self._main()
        self.reported = self.entry(self.main)
        self.scope, self.governors = self._govern() if self.cue else ([], [])
        self.beside = self._beside() if self.cue else []

    # What the words are

    def entry(self, i: int) -> Cue:
        """What cues.tsv says of a token."""
        tag = self.parse.tag[i]
        if self.parse.lower[i] == ":":
            return cue(":", tag)
        if i == self.candidate.head:  # a rule may put more behind a colon: "in:word"
            return cue(self.candidate.lemma.partition(":")[0], tag)
        return cue(self.parse.lemma(i), tag)

    def words(self, name: str) -> frozenset[str]:
        """A word list of the text's language."""
        return self.parse.language.words(name)

    def denied(self, verb: int) -> bool:
        """Is a verb denied, by words that are none of what is reported?"""
        return denied(self.parse, verb, self.taken)

    # How the clause is built

    def _main(self) -> int:
        """The head, unless its act is in the rest of the cue: "made a claim", "is able to say"."""
        head = self.candidate.head
        first = self.entry(head)
        if first.act not in ("", "light") and not first.sense and not self.supposed(head):
            return head
        governs = bool(first.sense) or first.act == "thought"
        language = self.parse.language
        wanted = language.verbs if governs else language.content_words
        fallback = head
        for i in self.cue:
            if i == head or self.parse.tag[i] not in wanted or (governs and i < head):
                continue
            other = self.entry(i)
            if other.act not in ("", "light"):
                if not other.sense:
                    return i
                fallback = i
        return fallback

    def supposed(self, i: int) -> bool:
        """Is it a thought in the passive: "is believed to have said"?"""
        return self.entry(i).act == "thought" and passive(self.parse, i)

    def _govern(self) -> tuple[list[int], list[int]]:
        parse, i = self.parse, self.main
        language = parse.language
        scope: list[int] = [i]
        governors: list[int] = []
        for _ in range(REACH):
            above, dep = parse.head[i], parse.dep[i]
            if above == i or above in self.taken:
                break
            if dep in language.conjuncts and parse.tag[i] in language.untensed and self._shares(i):
                i = above
            elif dep in language.objects and parse.tag[i] in language.nouns and self.entry(above).act == "light":
                i = above  # "did not make the claim"
            elif self._is_governed(i) or (dep in language.governing and governors):
                i = above
                governors.append(i)
            else:
                break
            scope.append(i)
        head = self.candidate.head
        if head not in scope:
            scope.append(head)
            governors.append(head)
        return scope, governors

    def _shares(self, i: int) -> bool:
        """Whether a verb shares the auxiliaries of the one it is joined to: did not say or imply."""
        parse = self.parse
        own = parse.language.auxiliaries | parse.language.subjects
        return not any(parse.dep[c] in own for c in parse.children[i])

    def _gerund(self, i: int) -> bool:
        """Is it one without a subject of its own: denied telling, avoided having said?"""
        parse = self.parse
        if subjects(parse, i):
            return False
        return parse.tag[i] in parse.language.gerunds or any(parse.lower[c] == "having" for c in parse.children[i])

    def _is_governed(self, i: int) -> bool:
        """Is it the gerund of a preposition, or an infinitive or gerund of the word above: declined to say?"""
        parse, language = self.parse, self.parse.language
        if parse.dep[i] in language.prepositional_clauses:
            return True
        infinitive = any(parse.tag[c] in language.infinitive_marks for c in parse.children[i])
        return parse.dep[i] in language.governed and (infinitive or self._gerund(i))

    def _beside(self) -> list[int]:
        """Free tokens in text order: the dependents that can say to whom, where and when, and the words right
        of the cue to the next punctuation or content."""
        parse, taken, found = self.parse, self.taken, set(self.cue)
        telling, speaking = parse.language.telling, parse.language.words("speaking_to")
        for anchor in {*self.cue, *self.scope}:
            for child in parse.children[anchor]:
                if child in found or child in taken:
                    continue
                dep = parse.dep[child]
                if dep in telling or (dep == "advcl" and parse.lemma(child) in speaking):
                    found.update(self.stretch(parse.left[child], child))
        for start in (self.cue.stop, self._after_source(), self.candidate.content[-1][1]):
            for i in range(start, min(start + REACH, parse.sents[parse.sent_of[self.main]][1])):
                if i in taken or self._parts(i):
                    break
                found.add(i)
        return sorted(found - taken)

    def _after_source(self) -> int:
        """The token behind a source that follows the cue ("said Smith on Monday"), else behind the cue."""
        source = self.candidate.source
        return source[1] if source and source[0] == self.cue.stop else self.cue.stop

    def _parts(self, i: int) -> bool:
        """Whether a token is punctuation or heads a clause or an apposition."""
        return self.parse.dep[i] in self.parse.language.apart or self.parse.lower[i] in BREAKS

    def stretch(self, first: int, top: int) -> range:
        """From ``first`` to the end of what hangs on ``top``, without clauses, appositions and content."""
        parse, end = self.parse, self.parse.right[top]
        for i in range(top - 1, first - 1, -1):
            if i in self.taken:
                first = i + 1
                break
        for i in range(top + 1, end):
            if i in self.taken or self._parts(i):
                return range(first, max(top + 1, min(i, parse.left[i])))
        return range(first, end)

    def trim(self, span: range) -> TokenSpan:
        """The span without punctuation, taken tokens and loose ends at its edges."""
        words, tag, loose = self.parse.words, self.parse.tag, self.parse.language.loose_ends
        first, end = span.start, span.stop
        while first < end - 1 and (first in self.taken or not words[first][-1].isalnum()):
            first += 1
        while end - 1 > first and (end - 1 in self.taken or tag[end - 1] in loose or not words[end - 1][0].isalnum()):
            end -= 1
        return first, end
