"""What the resolver knows of a document while it walks through it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from quotes.find.candidate import Attribution, TokenSpan
from quotes.grammar.conversation import is_conversation
from quotes.grammar.language import ENGLISH
from quotes.grammar.marks import Quotation
from quotes.grammar.parse import Parse
from quotes.lexicon import words
from quotes.records import ResolvedBy
from quotes.resolve import kinds, lexicon, pronouns, roles, sources, variants
from quotes.resolve.antecedents import ANYBODY, FIRM, HE, SHE, Place, Seen
from quotes.resolve.author import author
from quotes.resolve.descriptions import Roles, describe, seats
from quotes.resolve.entities import Entity
from quotes.resolve.find_names import find_names
from quotes.resolve.linking import link
from quotes.resolve.names import fold
from quotes.resolve.pronouns import CLASSES, Ranker
from quotes.resolve.ranker import shipped
from quotes.resolve.runs import mended_tags
from quotes.resolve.syntax import (
    clauses_over,
    contents,
    depths,
    role_of,
    source_head,
)
from quotes.resolve.voices import Voice, voice_of

OUTSIDERS = words("outsiders")
OWNER_LINKS = words("owner_links")
NEAR = 40
"""Tokens within which a name in full is likely to be meant by its last word."""
HEADS = 8
"""Paragraphs among which the first one of an article's own text stands."""
LEAD = 12
"""Tokens that it has at least."""
STOPS = frozenset({".", "”", '"'})
AFTER = 40
"""Tokens after a pronoun among which a name in its sentence is not its antecedent."""


@dataclass(frozen=True, slots=True)
class Found:
    """The entity of a mention and how it was found."""

    entity: Entity | None
    by: ResolvedBy
    evidence: str
    """What told it, a key of the table of chances."""
    share: float = 1.0
    """The entity's probability among those that were possible."""
    on: Found | None = None
    """The mention that this one leans on: the antecedent of "who"."""


class Document:
    """A parsed document, its entities, and the mentions that have been passed.

    Args:
        parse: the document.
        quotations: what stands in quotation marks.
        attributions: those whose sources are asked for; they also tell who has been speaking.
        ranker: what judges whom a pronoun means; None takes the one in the package.
    """

    def __init__(
        self,
        parse: Parse,
        quotations: Sequence[Quotation],
        attributions: Sequence[Attribution],
        ranker: Ranker | None = None,
    ) -> None:
        self.ranker = ranker or shipped().trees
        self.parse = parse = replace(parse, tag=mended_tags(parse))
        self.attributions, self.quotations = attributions, quotations
        self.depth = depths(parse, quotations)
        self.content = contents(parse, attributions)
        self.heads = [source_head(parse, a.candidate.source, a.candidate.source_head) for a in attributions]
        """The token that heads each attribution's source, -1 for none."""
        self.sources = [a.candidate.source for a in attributions]
        """Where each attribution's source stands."""
        self.names = find_names(parse)
        self.entities = link(self.names)
        self.name_at = {i: k for k, name in enumerate(self.names) for i in range(name.left, name.end)}
        sources.mend(self)
        self.source_of = {h: s for h, s in zip(self.heads, self.sources, strict=True) if s}
        self.cue_of = {h: a.candidate.cue for h, a in zip(self.heads, attributions, strict=True) if a.candidate.cue}
        self.owners = frozenset(e.key[-1] for e in self.entities if e and e.key and e.kind in ("person", "unknown"))
        self.roles = Roles()
        self.said_of: dict[int, Entity] = {}
        """The nouns that the text says of those it names, in apposition or after "is", with the named one."""
        self.found: dict[int, Found] = {}
        self.talking: dict[int, frozenset[Entity]] = {}
        """By the token of a "he" or "she" those who talk there, whom it can't mean."""
        self.before: dict[int, int] = {}
        """By the head of a source behind a quotation whom the sentence before that is about, see `going_on`."""
        self.history: list[Seen] = []
        self.last_speaker: Entity | None = None
        self.last_meant: dict[str, Entity] = {}
        """Whom the last pronoun of each class meant."""
        self._together: dict[tuple[Entity, ...], Entity] = {}
        roles.gather(self)
        kinds.judge(self)
        variants.unite(self)

    @cached_property
    def author(self) -> Entity | None:
        """Who writes."""
        return author(self.parse, self.names, self.entities, self.name_at, self.depth)

    @cached_property
    def voice(self) -> Voice | None:
        """In whose voice the text is."""
        return voice_of(self)

    @cached_property
    def lead(self) -> int:
        """The first paragraph that is more than a headline: it has a verb with a tense, a full stop and some length."""
        parse = self.parse
        for k, (a, b) in enumerate(parse.paragraphs[:HEADS]):
            tensed = any(parse.tag[i] in parse.language.tensed for i in range(a, b))
            if b - a >= LEAD and tensed and any(word in STOPS for word in parse.words[max(a, b - 3) : b]):
                return k
        return -1

    def entity_at(self, i: int) -> Entity | None:
        """The entity that a name at a token means."""
        k = self.name_at.get(i)
        return None if k is None else self.entities[k]

    def by_name(self, i: int) -> Found | None:
        """The entity that a name at a token means, with how its form tells it."""
        entity = self.entity_at(i)
        if entity is None:
            return None
        form = "full" if len(self.names[self.name_at[i]].key) > 1 else "alone" if len(entity.key) <= 1 else "short"
        if form == "short" and entity.kind == "person" and self._another_before(i, entity):
            return Found(entity, "name", "name.shared")
        return Found(entity, "name", f"name.{form}.{'person' if entity.kind == 'person' else 'other'}")

    def _another_before(self, i: int, entity: Entity) -> bool:
        """Whether the name in full that stands last before a last name is another's: Miguel Roe, then Roe."""
        for k in range(self.name_at[i] - 1, -1, -1):
            name, other = self.names[k], self.entities[k]
            if name.end < i - NEAR:
                return False
            if len(name.key) > 1 and other is not None and other.key[-1:] == entity.key[-1:]:
                return other is not entity and other.kind == "person"
        return False

    def apart(self, noun: int, other: int) -> bool:
        """Whether a noun is a source of its own, which the parser took for an apposition of what stands before it."""
        source = self.source_of.get(noun)
        return source is not None and other < source[0]

    # The mentions that have been passed.

    def see(self, i: int, found: Found, form: str, speaks: bool) -> None:
        """Remember whom the token that heads a mention means."""
        self.found[i] = found
        if found.entity is None:
            return
        seen = self._mention(i, found.entity, form, speaks)
        self.history.append(seen)
        if seen.pronoun and not seen.depth:
            self.last_meant[seen.pronoun] = found.entity
        if speaks and not seen.depth:
            self.last_speaker = found.entity

    def _mention(self, i: int, entity: Entity, form: str, speaks: bool) -> Seen:
        """The mention of an entity that a token heads."""
        parse = self.parse
        return Seen(
            at=i,
            entity=entity,
            role="subject" if speaks else role_of(parse, i),
            form=form,
            sentence=parse.sent_of[i],
            paragraph=parse.para_of[i],
            depth=self.depth[i],
            content=self.content[i],
            speaks=speaks,
            clause=parse.head[i],
            first=not self.history or self.history[-1].sentence != parse.sent_of[i],
            joined=parse.dep[i] in parse.language.conjuncts
            or any(parse.dep[c] in parse.language.conjuncts for c in parse.children[i]),
            long=form == "name" and len(self.names[self.name_at[i]].words) > 1,
            pronoun=CLASSES.get(parse.lower[i], "") if form == "pronoun" else "",
        )

    def recent(self) -> list[Seen]:
        """The last mentions, in text order."""
        return self.history[-pronouns.WINDOW :]

    def antecedents(
        self, i: int, want: str, barred: Collection[int] = (), ahead: int = -1
    ) -> list[tuple[Entity, float]]:
        """Whom a pronoun of a class at a token can mean, with probabilities, the likeliest first; what lacks to one is
        the probability that it means somebody else. A noun may be looked up as if it were a pronoun.

        Args:
            i: the token.
            want: the class.
            barred: tokens of mentions that grammar rules out.
            ahead: the last token of a name that follows and may be meant, -1 for none.
        """
        parse = self.parse
        follows = self.entity_at(ahead) if ahead >= 0 else None
        topic, opener = self._topics[want in (HE, SHE, ANYBODY)]
        place = Place(
            at=i,
            want=want,
            sentence=parse.sent_of[i],
            paragraph=parse.para_of[i],
            role=role_of(parse, i),
            noun=parse.lower[i] not in CLASSES,
            source=i in self.source_of,
            depth=self.depth[i],
            opens=i - parse.sents[parse.sent_of[i]][0] < 2,
            line=parse.sent_of[i] - parse.sent_of[parse.paragraphs[parse.para_of[i]][0]],
            conversation=self._is_conversation,
            length=len(parse),
            says=self._said_by.get(i, ()),
            told_of=self._named_in(s for k in self._said_by.get(i, ()) for s in self.attributions[k].candidate.content),
            named_after=()
            if ahead >= 0
            else self._named_in([(i + 1, min(parse.sents[parse.sent_of[i]][1], i + AFTER))]),
            inside=self._says(self.content[i]),
            content=self.content[i] >= 0,
            above=clauses_over(parse, i),
            last_speaker=self.last_speaker,
            last_meant=self.last_meant.get(want),
            topic=topic,
            opener=opener,
            ahead=self._mention(ahead, follows, "name", False) if follows else None,
        )
        return pronouns.rank(self.history, place, self.ranker, barred, self.talking.get(i, ()))

    @cached_property
    def _said_by(self) -> dict[int, list[int]]:
        """The attributions of which each token heads the source."""
        said: dict[int, list[int]] = {}
        for k, head in enumerate(self.heads):
            said.setdefault(head, []).append(k)
        return said

    @cached_property
    def _is_conversation(self) -> bool:
        return is_conversation(self.parse.text, self.quotations, self.parse.paragraph_spans())

    def _named_in(self, spans: Iterable[TokenSpan]) -> set[Entity]:
        """Who is named in spans of tokens."""
        named = {self.entities[self.name_at[i]] for span in spans for i in range(*span) if i in self.name_at}
        return {entity for entity in named if entity is not None}

    def _says(self, k: int) -> Entity | None:
        """Who says the content of an attribution, if that is known by now."""
        if k < 0 or self.heads[k] < 0:
            return None
        met = self.found.get(self.heads[k])
        return met.entity if met else self.entity_at(self.heads[k])

    @cached_property
    def _topics(self) -> tuple[tuple[Entity | None, Entity | None], tuple[Entity | None, Entity | None]]:
        """The entity that is named most and the one that is named first, of what is no person and of people."""
        things, people = (
            [e for e in dict.fromkeys(self.entities) if e is not None and pronouns.possible(e, want)]
            for want in (FIRM, ANYBODY)
        )
        return _most_and_first(things), _most_and_first(people)

    def subject_before(self, i: int) -> Entity | None:
        """The person whom the writer's own words just before a token, in its paragraph, are about."""
        parse = self.parse
        for seen in self._before(i):
            if seen.paragraph != parse.para_of[i] or parse.sent_of[i] - seen.sentence > 2:
                return None
            if seen.role == "subject" and not seen.depth and pronouns.possible(seen.entity, ANYBODY):
                return seen.entity
        return None

    def other_person(self, i: int, entity: Entity) -> Entity | None:
        """The only named person besides one whom the writer's own words have lately mentioned before a token."""
        lately = (seen for _, seen in zip(range(pronouns.WINDOW), self._before(i), strict=False))
        others = {s.entity for s in lately if not s.depth and s.entity.forms and s.entity.kind == "person"}
        others.discard(entity)
        return others.pop() if len(others) == 1 else None

    def _before(self, i: int) -> Iterator[Seen]:
        """The mentions before a token, the last one first."""
        for k in range(bisect_left(self.history, i, key=lambda seen: seen.at) - 1, -1, -1):
            yield self.history[k]

    # Several together.

    def together(self, members: Sequence[Entity]) -> Entity:
        """The group of several entities, the same for the same ones."""
        key = tuple(members)
        if key not in self._together:
            names = tuple(e.name for e in key)
            words = f"{', '.join(names[:-1])} and {names[-1]}"
            self._together[key] = Entity("group", words=words, members=names, sorts=frozenset(e.kind for e in key))
        return self._together[key]

    def pair(self, kind: str | None) -> Entity | None:
        """The last two of a kind who were named together; of people, else the only two whom the text is naming."""
        for seen in reversed(self.recent()):
            if len(seen.entity.members) == 2 and (kind is None or seen.entity.sorts <= {kind, "unknown"}):
                return seen.entity
        if kind != "person":
            return None
        named = Counter(s.entity for s in self.recent() if s.entity.forms and s.entity.kind == "person")
        both = [entity for entity, times in named.most_common(3) if times > 1]
        if len(both) != 2:
            both = self._protagonists
        return self.together(both) if both else None

    @cached_property
    def _protagonists(self) -> list[Entity]:
        """The two people whom the document names far more often than any other, if there are such two."""
        people = {e for e in self.entities if e is not None and e.kind == "person"}
        first = sorted(people, key=lambda e: (-len(e.mentions), e.mentions[0]))[:3]
        third = len(first[2].mentions) if len(first) > 2 else 0
        return first[:2] if len(first) > 1 and len(first[1].mentions) >= 2 * third + 2 else []

    @cached_property
    def offices(self) -> dict[str, set[str]]:
        """By the noun of each role that the text gives nobody beside it, the places whose it is: the US president, the
        Mexican president."""
        found: dict[str, set[str]] = defaultdict(set)
        nouns, places = lexicon.nouns(), lexicon.place_names()
        for i, tag in enumerate(self.parse.tag):
            if tag in self.parse.language.singular_nouns and self.parse.lower[i] in nouns and i not in self.said_of:
                said = describe(self.parse, i)
                if said is not None and said.definite:
                    found[said.head] |= said.modifiers & places
        return found

    @cached_property
    def employers(self) -> set[Entity]:
        """Bodies that the text names only as whose analyst or professor somebody is: it is not about them."""
        inside = {
            i
            for known in self.roles.of.values()
            for said in known
            if said.head.split()[-1:] and said.head.split()[-1] in OUTSIDERS
            for i in range(*said.span)
        }
        named = (e for e in dict.fromkeys(self.entities) if e is not None and e.kind != "person")
        return {entity for entity in named if inside.issuperset(entity.mentions)}

    def owner(self, i: int) -> Entity | None:
        """Whose somebody is whom a noun describes: "her lawyer", "a spokesman for Smith"."""
        parse = self.parse
        for c in parse.children[i]:
            if parse.dep[c] in parse.language.possessives:
                if c in self.name_at:
                    return self.entity_at(c)
                if c in self.found:
                    return self.found[c].entity
            elif parse.dep[c] in parse.language.adpositional and parse.lower[c] in OWNER_LINKS:
                for k in parse.children[c]:
                    if parse.dep[k] in parse.language.prepositional and k in self.name_at:
                        return self.entity_at(k)
        return None

    def proper(self, span: tuple[int, int]) -> set[str]:
        """The capitalised words of a span that are no places or demonyms, folded; "Pune-based" names a place."""
        places, parse = lexicon.places(), self.parse
        seat = seats(parse, *span)
        words = {fold(parse.words[k]) for k in range(*span) if parse.tag[k] in ENGLISH.proper and k not in seat}
        return words - places.keys()


def _most_and_first(entities: Sequence[Entity]) -> tuple[Entity | None, Entity | None]:
    return max(entities, key=lambda e: len(e.mentions), default=None), next(iter(entities), None)
