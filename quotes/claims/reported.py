"""A reported content as its claim is read from it: its tokens, what stands in quotation marks, its clauses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from quotes.grammar.clauses import subjects
from quotes.grammar.phrases import span_head
from quotes.lexicon import words

if TYPE_CHECKING:
    from quotes.find.candidate import Attribution
    from quotes.grammar.marks import Quotation
    from quotes.grammar.parse import Parse, TokenSpan
    from quotes.records import Quote

FIRST = words("i") | words("we")
ITSELF = words("it") | words("they")
AT_END = 3
"""Tokens at a sentence's end among which its question mark stands."""
TURN = "turn"
"""The family of rules that find what speakers of a transcript say."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the content whose verb has a tense or a modal."""

    verb: int
    """The token that heads it."""
    subject: int
    """The token that heads its subject, -1 for none."""
    auxiliaries: tuple[int, ...]
    main: bool
    """It states something by itself: see ``Reported``."""

    @property
    def start(self) -> int:
        """The first token of the group of its verb."""
        return min((self.verb, *self.auxiliaries))


class Reported:
    """The content of an attribution.

    Args:
        parse: the text.
        quotations: what stands in quotation marks.
        attribution: the one whose content it is.
        quote: its record.
        meant: whom the pronouns of the text mean, by token.
    """

    def __init__(
        self,
        parse: Parse,
        quotations: Sequence[Quotation],
        attribution: Attribution,
        quote: Quote,
        meant: Mapping[int, str],
    ) -> None:
        self.parse, self.quote = parse, quote
        self.candidate = attribution.candidate
        self.parts = self.candidate.content
        self.tokens = [i for part in self.parts for i in range(*part) if parse.words[i].strip()]
        self.inside = frozenset(self.tokens)
        marked = [(q.start, q.end) for q in quotations]
        self.verbatim = quote.type == "direct" or self.candidate.rule.startswith(TURN)
        """Whether all of it is given as the words that were said."""
        self.quoted = frozenset(
            i for i in self.tokens if self.verbatim or any(a <= parse.start[i] and parse.end[i] <= b for a, b in marked)
        )

        self.meant = {**self._speakers_own(meant), **meant}

    def _speakers_own(self, meant: Mapping[int, str]) -> dict[int, str]:
        """The subjects of no sure meaning that mean the speaker.

        CASE 1: "She said she was ill", "the mayor said she was ill": the same pronoun stands for them beside the quote,
        or the content of a person begins with it.
        CASE 2: "The bank said it would close" begins with a body's; but "said it was clear that" means nobody.
        """
        parse, speaker = self.parse, self.quote.speaker
        if self.name is None or speaker is None:
            return {}
        beside = speaker.mention.text.lower() if speaker.mention else ""
        people = words("he") | words("she")
        opening = self.tokens[0] + (self.parse.lower[self.tokens[0]] == "that")
        found = {}
        for i in self.tokens:
            if i in meant or i in self.quoted or parse.dep[i] not in parse.language.subjects:
                continue
            opens = i == opening and speaker.kind == "person"
            body = i == opening and not opens and parse.lower[i] in ITSELF and not self._is_empty(parse.head[i])
            if body or (parse.lower[i] in people and (parse.lower[i] == beside or opens)):
                found[i] = self.name
        return found

    def _is_empty(self, verb: int) -> bool:
        """Whether the "it" before a verb only stands for a clause that follows: it is clear that."""
        parse = self.parse
        if parse.lemma(verb) not in words("copulas"):
            return False
        below = [verb, *(c for c in parse.children[verb] if parse.dep[c] in parse.language.predicates)]
        return any(parse.dep[c] in parse.language.clauses and c > verb for k in below for c in parse.children[k])

    @property
    def directs(self) -> bool:
        """Whether the cue asks for something to be done: ordered, urged, recommended."""
        return self.candidate.cue is not None and self.candidate.lemma in words("directing")

    @property
    def name(self) -> str | None:
        """The speaker's name."""
        return self.quote.speaker.name if self.quote.speaker else None

    @cached_property
    def own(self) -> frozenset[int]:
        """The tokens by which the speaker speaks of themselves.

        CASE 1: "I", "our" in quotation marks.
        CASE 2: "Lund said [she] was ill": a pronoun outside quotation marks that means the speaker.
        CASE 3: "The bank said [it] would close": a body's own pronoun outside quotation marks.
        """
        lower = self.parse.lower
        return frozenset(
            i
            for i in self.tokens
            if (lower[i] in FIRST and i in self.quoted)
            or (self.name is not None and i not in self.quoted and self.meant.get(i) == self.name)
        )

    @property
    def infinitive(self) -> bool:
        """Whether it begins with an infinitive: agreed to pay."""
        return self.parse.tag[self.tokens[0]] in self.parse.language.infinitive_marks

    @cached_property
    def clauses(self) -> list[Clause]:
        """In text order."""
        return list(self._clauses())

    def subject(self, verb: int) -> int:
        """The subject of a verb that heads a clause, -1 for none."""
        return next((clause.subject for clause in self.clauses if clause.verb == verb), -1)

    def _clauses(self) -> Iterator[Clause]:
        parse, language = self.parse, self.parse.language
        for i in self.tokens:
            if parse.tag[i] not in language.verbs and parse.tag[i] not in language.modals:
                continue
            if parse.dep[i] in language.auxiliaries:
                continue
            helping = tuple(c for c in parse.children[i] if parse.dep[c] in language.auxiliaries and c in self.inside)
            if parse.tag[i] in language.finite or any(parse.tag[c] in language.finite for c in helping):
                own = [c for k in (*helping, i) for c in subjects(parse, k) if c in self.inside]
                yield Clause(i, self._subject(i, own), helping, self._is_main(i))

    def _subject(self, verb: int, own: Sequence[int]) -> int:
        """A verb's subject, of one joined to others the first one's; the "there" of "there is"."""
        if own:
            return own[-1]
        above, parse = self._first_joined(verb), self.parse
        wanted = parse.language.subjects | parse.language.existential
        return next((c for c in parse.children[above] if parse.dep[c] in wanted and c in self.inside), -1)

    def asked(self, i: int) -> bool:
        """Whether a word stands in a sentence that ends with a question mark, or in an embedded question: whether it is
        fair."""
        parse = self.parse
        start, end = parse.sents[parse.sent_of[i]]
        if any(parse.lower[k] == "?" for k in range(max(start, end - AT_END), end)):
            return True
        asking = parse.language.words("conditions")
        return any(
            parse.lower[c] in asking and parse.dep[parse.head[c]] in parse.language.content_clauses
            for k in (i, parse.head[i])
            for c in parse.children[k]
        )

    def _first_joined(self, verb: int) -> int:
        """The first of several verbs that are joined."""
        parse = self.parse
        while parse.dep[verb] in parse.language.conjuncts and parse.head[verb] in self.inside:
            verb = parse.head[verb]
        return verb

    def _is_main(self, verb: int) -> bool:
        """Whether a clause is no relative, adverbial or conditional one, no subject and no embedded question.

        CASE 1: "a statement that the bridge had closed": the whole content is one, whatever the parser takes it for.
        CASE 2: "to ensure that it pays": what shall be.
        """
        parse, first = self.parse, self._first_joined(verb)
        above = parse.head[first]
        if parse.dep[first] in parse.language.subordinate and (
            above in self.inside or parse.dep[first] not in parse.language.noun_clauses
        ):
            return False
        marks = parse.language.infinitive_marks
        if above in self.inside and above != first and any(parse.tag[c] in marks for c in parse.children[above]):
            return False
        unsaid = parse.language.words("conditions") | parse.language.words("embedding")
        return not any(parse.lower[c] in unsaid and c < first for c in parse.children[first])

    def head(self, part: TokenSpan) -> int:
        """The token that heads a part of the content."""
        return span_head(self.parse, part)
