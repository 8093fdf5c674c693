"""One walk through a document, in text order: every mention that may speak gets its entity."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache

from quotes.find.candidate import Attribution, TokenSpan
from quotes.find.marks import Quotation
from quotes.lexicon import table
from quotes.parse import Parse
from quotes.resolve import lexicon, pronouns
from quotes.resolve.author import author
from quotes.resolve.descriptions import ANOTHER, Roles, describe, of_title, phrase, strip_article
from quotes.resolve.entities import Description, Entity, link
from quotes.resolve.names import Name, find_names, fold, mended_tags
from quotes.resolve.pronouns import CLASSES, HE, SHE, SUBJECTS, Place, Seen

NOMINAL = frozenset(
    {"NN", "NNS", "NNP", "NNPS", "PRP", "PRP$", "WP", "WDT", "WP$", "CD", "DT", "JJ", "JJS", "JJR", "FW", "EX"}
)
RELATIVE = frozenset({"who", "which", "that", "whose", "whom"})
SELDOM_NAMED = frozenset(
    "spokesman spokeswoman spokesperson official aide source staffer adviser advisor operative man woman reporter voter resident witness "
    "person boy girl lawyer attorney prosecutor judge officer analyst member strategist supporter colleague friend relative counterpart "
    "wife husband son daughter mother father brother sister rival opponent successor predecessor".split()
)
PEOPLE = frozenset({"men", "women", "people", "sides"})
LOOSE = frozenset({"including", "which", "who", "whose", "such"})
SALIENCE = 0.4
"""What the log of a salience is worth beside how well a description fits."""
SURE = 0.75
"""Probability from which a pronoun tells its antecedent's sex."""
ONE = frozenset({"one", "another", "other"})
PAIR = frozenset({"both", "two", "pair", "duo"})
VAGUE = frozenset({"those", "people", "ones", "anyone", "someone", "everyone"})
OBJECTS = frozenset({"dobj", "dative", "iobj"})
MODIFYING = frozenset({"compound", "amod", "nmod", "npadvmod", "quantmod"})
ANY_FIRM = frozenset(
    "company firm group agency organisation organization business network paper newspaper publication magazine giant maker carmaker airline "
    "retailer manufacturer lender bank body watchdog regulator charity club broadcaster conglomerate startup supermarket foundation".split()
)
BYLINE = re.compile(r"(?:^|\n)\s*(?:By|BY)\s+")


@dataclass(frozen=True, slots=True)
class Found:
    """The entity of a mention and how it was found."""

    entity: Entity | None
    by: str
    """name, pronoun, description, own (its own words), none."""
    path: str
    """The kind of evidence, a key of the table of chances."""
    share: float = 1.0
    """The entity's probability among those that were possible."""
    on: Found | None = None
    """The mention that this one leans on: the antecedent of "who"."""

    @property
    def confidence(self) -> float:
        """The probability that the entity is the right one."""
        return chances().get(self.path, 0.5) * self.share * (self.on.confidence if self.on else 1.0)


@cache
def chances() -> dict[str, float]:
    """How often each kind of evidence told the right entity, where readers checked it."""
    return {row["evidence"]: float(row["right"]) for row in table("evidence")}


NOBODY = Found(None, "none", "none")


class Discourse:
    spy = None

    """The entities of a document and who is meant at each token that heads a mention.

    Args:
        parse: the document.
        quotations: what stands in quotation marks, in text order.
        attributions: those whose sources are asked for; they also tell who has been speaking.
    """

    def __init__(self, parse: Parse, quotations: Sequence[Quotation], attributions: Sequence[Attribution]) -> None:
        self.parse = parse = replace(parse, tag=mended_tags(parse))
        self.attributions = attributions
        self.heads = [source_head(parse, a.candidate.source, a.candidate.source_head) for a in attributions]
        self.names = find_names(parse)
        self.entities = link(self.names)
        self.name_at: dict[int, int] = {}
        for k, name in enumerate(self.names):
            for i in range(name.left, name.end):
                self.name_at[i] = k
        self.together: dict[tuple[Entity, ...], Entity] = {}
        self.source_of = {
            h: s for h, a in zip(self.heads, attributions, strict=True) if h >= 0 and (s := a.candidate.source)
        }
        self.roles = Roles()
        self.owners = frozenset(e.key[-1] for e in self.entities if e and e.key and e.kind in ("person", "unknown"))
        self.depth = _depths(parse, quotations)
        self.content = _contents(parse, attributions)
        self.found: dict[int, Found] = {}
        self.history: list[Seen] = []
        self._author: list[Entity | None] = []
        self.last_at: dict[Entity, int] = {}
        self.last_speaker: Entity | None = None
        self._describe_names()
        self._walk()

    def author(self) -> Entity | None:
        """Who writes."""
        if not self._author:
            self._author.append(author(self.parse, self.names, self.entities, self.name_at, self.depth))
        return self._author[0]

    # --- what the text says of those it names

    def depth_before(self, i: int) -> int:
        """In how many quotations the token before stands, within its paragraph."""
        return self.depth[i - 1] if i > self.parse.paragraphs[self.parse.para_of[i]][0] else 0

    def subject_before(self, i: int) -> Entity | None:
        """The person whom the writer's own words just before a token, in its paragraph, are about."""
        parse = self.parse
        for seen in reversed(self.history[: bisect_left(self.history, i, key=lambda s: s.at)]):
            if seen.paragraph != parse.para_of[i] or parse.sent_of[i] - seen.sentence > 2:
                return None
            if seen.role == "subject" and not seen.depth and seen.entity.kind in ("person", "unknown"):
                return seen.entity
        return None

    def _describe_names(self) -> None:
        parse = self.parse
        for name, entity in zip(self.names, self.entities, strict=True):
            if entity is None:
                continue
            head = name_head(parse, name)
            left = max(min(parse.left[head], name.left), name.start - 12)
            if left < name.start and entity.kind in ("person", "unknown"):
                words = tuple(fold(w) for w in parse.words[left : name.start])
                text = parse.slice((left, name.start)).strip(" ,")
                if (said := of_title(words, name.start, text)) and not any(w in (",", "(", "and") for w in words):
                    self.roles.add(entity, said)
                    entity.person += 1
            self._described_by_syntax(entity, head)
            if entity.kind == "organization" and name.key[-1] in lexicon.nouns():
                sort = lexicon.nouns()[name.key[-1]]
                own = Description(name.key[-1], frozenset(name.key[:-1]), "", name.end - 1, sort.kind)
                if not any(d.text == "" for d in entity.descriptions):
                    self.roles.add(entity, own)

    def _described_by_syntax(self, entity: Entity, head: int) -> None:
        parse = self.parse
        nouns = [
            c
            for c in parse.children[head]
            if parse.dep[c] == "appos" and 0 < c - head < 12 and not self._apart(c, head)
        ]
        if parse.dep[head] == "appos" and head - parse.head[head] < 12 and not self._apart(head, parse.head[head]):
            nouns.append(parse.head[head])
        verbs = []
        if parse.dep[head] == "nsubj":
            verbs.append(parse.head[head])
        for c in parse.children[head]:
            if parse.dep[c] == "relcl":
                who = next((k for k in parse.children[c] if parse.lower[k] in ("who", "which")), -1)
                if who >= 0:
                    entity.person += 2 if parse.lower[who] == "who" else -1
                    verbs.append(c)
        for v in verbs:
            if parse.lower[v] in ("is", "was", "'s", "’s", "be", "became", "become", "are"):
                nouns += [c for c in parse.children[v] if parse.dep[c] == "attr"]
        for c in nouns:
            if parse.tag[c] in ("NN", "NNS", "NNP"):
                said = describe(parse, c)
                if said and (said.kind == "person" or entity.kind != "person") and parse.tag[c] != "NNS":
                    self.roles.add(entity, said)
                    entity.person += 1 if said.kind == "person" else -1

    def _apart(self, noun: int, other: int) -> bool:
        """Whether a noun is a source of its own, which the parser took for an apposition of what stands before it."""
        source = self.source_of.get(noun)
        return source is not None and not source[0] <= other < source[1] and other < source[0]

    # --- the walk

    def _walk(self) -> None:
        parse = self.parse
        names = {name_head(parse, n): k for k, n in enumerate(self.names) if n.kind != "role"}
        inside = {i for k in names.values() for i in range(self.names[k].start, self.names[k].end)}
        sources: dict[int, list[int]] = {}
        for k, head in enumerate(self.heads):
            if head >= 0:
                sources.setdefault(head, []).append(k)
        nouns = lexicon.nouns()
        for i, tag in enumerate(parse.tag):
            if i in names:
                self._see(i, Found(self.entities[names[i]], "name", self._name_path(names[i])), "name", i in sources)
            elif i in inside:
                if i in sources and (met := self._found_name(i)):
                    self._see(i, met, "name", True)
            elif tag in ("PRP", "PRP$"):
                want = CLASSES.get(parse.lower[i])
                if want in (HE, SHE) and (i in sources or (self.depth[i] == 0)):
                    self._see(i, self._pronoun(i, want), "pronoun", i in sources)
                elif i in sources:
                    self._see(i, self._pronoun(i, want), "pronoun", True)
            elif tag in ("NN", "NNS", "NNP", "NNPS"):
                if i in sources:
                    self._see(i, self._nominal(i), "noun", True)
                elif parse.dep[i] not in MODIFYING and self.depth[i] == 0:
                    word = parse.lower[i]
                    if word in nouns or lexicon.singular(word) in nouns or (tag == "NNS" and parse.dep[i] in SUBJECTS):
                        self._see(i, self._nominal(i), "noun", False)
            elif i in sources:
                self._see(i, self._other(i), "pronoun", True)

    def _coordinated(self, i: int, first: Found, end: int) -> Found:
        """ "Clinton and Kaine", where others are coordinated with the head of a mention that ends at a token."""
        parse, members, heads = self.parse, [first.entity] if first.entity else [], [i]
        for h in heads:
            heads += [
                c
                for c in parse.children[h]
                if parse.dep[c] == "conj" and h < c < end and parse.tag[c] in NOMINAL and len(heads) < 8
            ]
        if (
            len(heads) > 1
            and first.entity
            and not first.entity.forms
            and i in self.source_of
            and first.path.startswith("own")
        ):
            members = [Entity(first.entity.kind, words=strip_article(parse.slice(phrase(parse, i))))]
        for h in heads[1:]:
            met = self._found_name(h) or (self._nominal(h) if parse.tag[h] in ("NN", "NNS", "NNP", "NNPS") else None)
            if met and met.entity and met.entity.kind != "document":
                members.append(met.entity)
        if len(members) < 2:
            return first
        return Found(self._together(tuple(members)), first.by, "group", 1.0, first)

    def _name_path(self, k: int) -> str:
        name, entity = self.names[k], self.entities[k]
        if entity is None:
            return "name.none"
        size = "full" if len(name.key) > 1 else "alone" if len(entity.key) <= 1 else "short"
        return f"name.{size}.{'person' if entity.kind == 'person' else 'other'}"

    def _see(self, i: int, found: Found, form: str, speaks: bool) -> None:
        if found.entity is not None and (speaks or self.parse.dep[i] in SUBJECTS):
            found = self._coordinated(i, found, self.source_of.get(i, (0, 0))[1] if speaks else self.parse.right[i])
        self.found[i] = found
        entity = found.entity
        if entity is None:
            return
        parse = self.parse
        dep = parse.dep[i]
        role = (
            "subject"
            if dep in SUBJECTS or speaks
            else "object"
            if dep in OBJECTS
            else "possessive"
            if dep == "poss"
            else "other"
        )
        self.history.append(
            Seen(
                i,
                entity,
                role,
                form,
                parse.sent_of[i],
                parse.para_of[i],
                self.depth[i],
                self.content[i],
                speaks,
                parse.head[i],
            )
        )
        self.last_at[entity] = i
        if speaks and self.depth[i] == 0:
            self.last_speaker = entity

    def _pronoun(self, i: int, want: str | None) -> Found:
        parse = self.parse
        if want is None or want == pronouns.SPEAKER:
            return Found(None, "none", "pronoun.speaker" if want else "pronoun.other")
        barred = set()
        if parse.dep[i] in OBJECTS or parse.dep[i] == "pobj":
            barred = {c for c in parse.children[parse.head[i]] if parse.dep[c] in SUBJECTS}
        if want in (HE, SHE) and (ahead := self._subject_ahead(i, want)):
            return Found(ahead, "pronoun", "pronoun.ahead")
        found = self._choose(i, want, barred)
        if found is None:
            if want == pronouns.THEY:
                return Found(None, "none", "pronoun.they.none")
            return Found(None, "none", "pronoun.none")
        entity, share = found
        if share > SURE and want in (HE, SHE):
            entity.men += 0.3 * (want == HE)
            entity.women += 0.3 * (want == SHE)
        return Found(entity, "pronoun", f"pronoun.{want}", share)

    def _choose(self, i: int, want: str, barred: Collection[int] = ()) -> tuple[Entity, float] | None:
        """The likeliest antecedent and its probability."""
        return next(iter(self._ranked(i, want, barred)), None)

    def _ranked(self, i: int, want: str, barred: Collection[int] = ()) -> list[tuple[Entity, float]]:
        parse = self.parse
        clause = -1
        if parse.dep[i] not in SUBJECTS:
            clause = parse.head[i]
            for _ in range(6):
                if parse.tag[clause][0] == "V":
                    break
                clause = parse.head[clause]
        place = Place(i, parse.sent_of[i], parse.para_of[i], clause, self.last_speaker)
        if self.spy is not None:
            self.spy(self, i, want, place, barred)
        return pronouns.rank(self.history, place, want, barred)

    def _subject_ahead(self, i: int, want: str) -> Entity | None:
        """Whom "he" means in a phrase before the subject of its sentence: "In his letter, Smith said …"."""
        parse = self.parse
        a, b = parse.sents[parse.sent_of[i]]
        top = parse.head[i]
        for _ in range(12):
            if parse.dep[top] in ("advcl", "prep", "pcomp", "advmod") and parse.head[top] > i:
                verb = parse.head[top]
                subject = next(
                    (c for c in parse.children[verb] if parse.dep[c] in SUBJECTS and i < c < min(b, i + 25)), -1
                )
                if (
                    subject > parse.right[top] - 1
                    and subject in self.name_at
                    and parse.left[top] - a < 4
                    and not self._apposed(i, subject)
                ):
                    entity = self.entities[self.name_at[subject]]
                    if entity is not None and pronouns.possible(entity, want):
                        return entity
            if parse.head[top] == top:
                break
            top = parse.head[top]
        return None

    def _nominal(self, i: int) -> Found:
        """Whom a noun means: the one in apposition with it, one described so, or nobody known: its own words."""
        parse = self.parse
        for c in parse.children[i]:
            if (
                parse.dep[c] == "appos"
                and c in self.name_at
                and i < c < i + 12
                and not self._apart(c, i)
                and (met := self._found_name(c))
                and met.entity
            ):
                if parse.tag[i] in ("NN", "NNP") and met.entity.kind != "place":
                    self._learn(i, met.entity)
                    return Found(met.entity, self._said_by(i, c), "name.apposition")
                together = self._coordinated(c, met, parse.right[c])
                if together is not met:
                    return together
        if i + 2 < len(parse) and parse.lower[i + 1] == "named" and (met := self._found_name(i + 2)):
            return Found(met.entity, self._said_by(i, i + 2), "name.named")
        if (named := self._between_commas(i)) is not None and named.entity:
            self._learn(i, named.entity)
            return named
        if parse.dep[i] in MODIFYING and (head := parse.head[i]) in self.name_at and head > i:
            entity = self.entities[self.name_at[head]]
            if entity is not None:
                return Found(entity, "name", "name.modified")
        said = describe(parse, i)
        plural = parse.tag[i] in ("NNS", "NNPS")
        if said is None:
            place = lexicon.places().get(parse.lower[i])
            if place and not plural and parse.words[i][0].isupper():
                return self._national(i, place)
        if said and said.kind != "document" and (owner := self._owner(i)):
            said = replace(said, owner=owner)
        if said and plural and said.kind != "document":
            said = Description(said.head, said.modifiers, said.text, said.at, "group", said.definite, said.owner)
        if any(parse.lower[c] in PAIR for c in parse.children[i]) and (said or parse.lower[i] in PEOPLE):
            if pair := self._pair("person" if said is None else lexicon.nouns()[said.head].kind):
                return Found(pair, "description", "description.pair")
        if said and said.definite and not plural:
            return self._described(i, said) or self._own(i, said)
        if (
            said
            and not plural
            and said.kind == "person"
            and i in self.source_of
            and not any(parse.tag[c] in ("DT", "CD") for c in parse.children[i])
        ):
            met = self._described(i, said)  # a headline's "Townsville mayor"
            return met if met and met.path == "description.person.clear" else self._own(i, said)
        return self._own(i, said)

    def _between_commas(self, i: int) -> Found | None:
        """The name in commas after a source that is a role, where the parser missed the apposition."""
        parse = self.parse
        if parse.tag[i] not in ("NN", "NNP"):
            return None
        source = self.source_of.get(i)
        commas = [phrase(parse, i)[1]] if source is None else range(i + 1, min(source[1] + 1, len(parse)))
        for comma in commas:
            if comma >= len(parse) or parse.words[comma] != ",":
                continue
            at = next(
                (
                    j
                    for j in range(comma + 1, min(comma + 6, len(parse)))
                    if parse.tag[j] not in ("DT", "JJ", "NN", "PRP$")
                ),
                -1,
            )
            k = self.name_at.get(at)
            if k is None or (entity := self.entities[k]) is None or entity.kind not in ("person", "unknown"):
                continue
            end = self.names[k].end
            closed = (
                end >= len(parse)
                or parse.words[end] in (",", ".", "—", "–", ";")
                or (source is not None and end >= source[1])
            )
            if closed and (said := describe(parse, i)) and said.kind == "person" and self.names[k].left <= at:
                return replace(self._found_name(end - 1) or NOBODY, by=self._said_by(i, end - 1))
        return None

    def _said_by(self, i: int, name: int) -> str:
        """How a source that a noun heads names its speaker: by the name if that is part of it, else by a description."""
        source = self.source_of.get(i)
        return "name" if source is None or source[0] <= name < source[1] else "description"

    def _apposed(self, i: int, name: int) -> bool:
        """Whether a name follows the noun of a possessive in commas: "his counterpart, Hakan Fidan, …"."""
        left = self.names[self.name_at[name]].left
        said = describe(self.parse, self.parse.head[i])
        return (
            said is not None
            and said.kind == "person"
            and self.parse.words[left - 1] == ","
            and phrase(self.parse, self.parse.head[i])[1] >= left - 1
        )

    def _owner(self, i: int) -> Entity | None:
        """Whose somebody is: "her lawyer", "a spokesman for Smith"."""
        parse = self.parse
        for c in parse.children[i]:
            if parse.dep[c] == "poss":
                if c in self.name_at:
                    return self.entities[self.name_at[c]]
                if c in self.found:
                    return self.found[c].entity
            elif parse.dep[c] == "prep" and parse.lower[c] in ("for", "of", "to"):
                for k in parse.children[c]:
                    if parse.dep[k] == "pobj" and k in self.name_at:
                        return self.entities[self.name_at[k]]
        return None

    def _learn(self, i: int, entity: Entity) -> None:
        """Remember the noun that a name stands in apposition with; somebody's counterpart has the same role elsewhere."""
        said, owner = describe(self.parse, i), self._owner(i)
        if said is None or said.kind != "person":
            return
        if said.definite and owner is None:
            for other, known in self.roles.by_noun.get(said.head, [])[-4:]:
                if not other.forms and known.head == said.head and other.same is None and other.kind == "person":
                    other.same = entity
        self.roles.add(entity, replace(said, owner=owner))
        if self.parse.lower[i] not in ("counterpart", "number", "colleague") or owner is None:
            return
        for known in list(owner.descriptions):
            if known.kind == "person" and known.head != said.head:
                places = said.modifiers & lexicon.place_names()
                self.roles.add(entity, Description(known.head, frozenset(places), said.text, i, "person"))

    def _described(self, i: int, said: Description) -> Found | None:
        """Whom a definite description means: one described so, else the likeliest one about, if any may be meant."""
        fits = self.roles.match(said, self._distances(i), self.owners, i)
        want = self._salient(i, said)
        if want and fits:
            about = dict(self._ranked(i, want))
            fits = {e: f + SALIENCE * math.log(max(about.get(e, 0.0), 0.02)) for e, f in fits.items()}
        ranked = sorted(fits.items(), key=lambda pair: -pair[1])
        if ranked and ranked[0][0].forms:
            margin = ranked[0][1] - (ranked[1][1] if len(ranked) > 1 else -1.0)
            return Found(ranked[0][0], "description", f"description.{said.kind}.{_band(margin)}")
        if want and said.modifiers.isdisjoint(self.owners) and (near := self._choose(i, want)) and near[0].forms:
            if near[1] > SURE:
                self.roles.add(near[0], said)
            return Found(near[0], "description", f"likely.{said.kind}", near[1])
        return Found(ranked[0][0], "description", f"description.unnamed.{said.kind}") if ranked else None

    def _salient(self, i: int, said: Description) -> str | None:
        """The kind of antecedent that a description may take from salience alone, as a pronoun does."""
        if said.kind == "person" and said.head not in SELDOM_NAMED and not self._unique_office(i, said):
            return {"f": SHE, "m": HE}.get(lexicon.nouns()[said.head].gender, pronouns.ANYBODY)
        if said.head in ANY_FIRM and said.modifiers.isdisjoint(self.proper(i)):
            return pronouns.FIRM
        return None

    def _unique_office(self, i: int, said: Description) -> bool:
        """A role with an owner, or one in capitals, is nobody's for being about."""
        parse = self.parse
        mine = any(parse.dep[c] == "poss" for c in parse.children[i])
        return mine or said.owner is not None or (parse.words[i][0].isupper() and i > parse.sents[parse.sent_of[i]][0])

    def _pair(self, kind: str | None) -> Entity | None:
        """The last two of a kind who were named together; of people, else the only two whom the text has been naming."""
        for seen in reversed(self.history[-pronouns.WINDOW :]):
            if len(seen.entity.members) == 2 and (kind is None or seen.entity.sorts <= {kind, "unknown"}):
                return seen.entity
        if kind != "person":
            return None
        named = Counter(
            s.entity for s in self.history[-pronouns.WINDOW :] if s.entity.forms and s.entity.kind == "person"
        )
        both = [e for e, n in named.most_common(3) if n > 1]
        return self._together(tuple(both)) if len(both) == 2 else None

    def _together(self, members: tuple[Entity, ...]) -> Entity:
        """The group of several entities, the same for the same ones."""
        if members not in self.together:
            names = tuple(e.name for e in members)
            words = f"{', '.join(names[:-1])} and {names[-1]}"
            self.together[members] = Entity(
                "group", words=words, members=names, sorts=frozenset(e.kind for e in members)
            )
        return self.together[members]

    def proper(self, i: int) -> set[str]:
        """The capitalised words of a noun's phrase that are no demonyms, folded."""
        left, right = phrase(self.parse, i)
        places = lexicon.places()
        return {
            w
            for k in range(left, right)
            if self.parse.tag[k] in ("NNP", "NNPS") and (w := fold(self.parse.words[k])) not in places
        }

    def _national(self, i: int, place: str) -> Found:
        """ "the Russian": the one person whom the text says to be of that place, or the likeliest one near."""
        fitting = {
            e
            for pairs in self.roles.by_noun.values()
            for e, d in pairs[-5:]
            if place in d.modifiers and e.kind == "person"
        }
        if fitting:
            return Found(max(fitting, key=lambda e: self.last_at.get(e, -1)), "description", "description.national")
        near = self._choose(i, pronouns.ANYBODY)
        return Found(near[0], "description", "likely.person", near[1]) if near and near[0].forms else self._own(i, None)

    def _distances(self, i: int) -> dict[Entity, int]:
        return {s.entity: i - s.at for s in self.history[-pronouns.WINDOW :]}

    def _own(self, i: int, said: Description | None) -> Found:
        """An entity that goes by its own words."""
        parse = self.parse
        tag = parse.tag[i]
        left, right = phrase(parse, i)
        while left < i and parse.tag[left] == "RB":
            left += 1
        text = said.text if said else strip_article(parse.slice((left, right)))
        if i in self.source_of:
            text = own_words(parse, self.source_of[i]) or text
        plural = tag in ("NNS", "NNPS", "CD", "DT", "JJ", "JJR", "JJS") or parse.lower[i] in lexicon.groups()
        kind = said.kind if said else "person" if parse.lower[i] in ONE else "group" if plural else "unknown"
        entity = Entity(kind, words=text)
        if said and said.modifiers.isdisjoint(ANOTHER):
            self.roles.add(entity, said)
        return Found(entity, "description", f"own.{kind}")

    def _other(self, i: int) -> Found:
        """Relative pronouns, ages ("the 52-year-old"), and "some", "both", "half"."""
        parse = self.parse
        if (
            parse.lower[i] == "old"
            and i > 3
            and parse.lower[i - 2] in ("year", "years")
            and (near := self._choose(i, pronouns.ANYBODY))
        ):
            return Found(near[0], "description", "likely.person", near[1])
        if parse.lower[i] in PAIR and (pair := self._pair(None)):
            return Found(pair, "pronoun", "description.pair")
        if parse.tag[i] in ("JJ", "RB") and (said := describe(parse, i)):
            return self._nominal(i)
        if parse.lower[i] in RELATIVE and parse.tag[i] in ("WP", "WDT", "WP$", "IN", "DT"):
            head = self._antecedent(i)
            if head >= 0 and parse.lower[head] in VAGUE and head not in self.found:
                text = own_words(parse, (parse.left[head], min(parse.right[head], head + 40)))
                return Found(Entity("group", words=text), "pronoun", "relative.own")
            if head >= 0:
                if head not in self.found:
                    self.found[head] = self._found_name(head) or self._nominal(head)
                met = self.found[head]
                return Found(met.entity, "pronoun", f"relative.{parse.lower[i]}", 1.0, met)
            return Found(None, "none", "relative.none")
        return self._own(i, None)

    def _found_name(self, i: int) -> Found | None:
        k = self.name_at.get(i)
        if k is None or self.entities[k] is None:
            return None
        return Found(self.entities[k], "name", self._name_path(k))

    def _antecedent(self, i: int) -> int:
        """The noun that a relative pronoun stands for: what its clause hangs on, else the noun before it; -1 for none."""
        parse = self.parse
        v = parse.head[i]
        for _ in range(5):
            if parse.dep[v] == "relcl":
                if parse.head[v] < i and (parse.lower[i] not in ("who", "whose") or self._personal(parse.head[v])):
                    return parse.head[v]
                break
            if parse.head[v] == v:
                break
            v = parse.head[v]
        reach = max(parse.sents[parse.sent_of[i]][0], i - 25)
        nouns = [k for k in range(i - 1, reach - 1, -1) if parse.tag[k] in ("NN", "NNS", "NNP", "NNPS", "CD")]
        nouns = [k for k in nouns if parse.dep[k] not in MODIFYING]
        if parse.lower[i] in ("who", "whose"):
            return next(filter(self._personal, nouns), nouns[0] if nouns else -1)
        return nouns[0] if nouns else -1

    def _personal(self, i: int) -> bool:
        """Whether "who" may follow a noun."""
        entity = self.entities[self.name_at[i]] if i in self.name_at else None
        if entity is not None:
            return entity.kind == "person" or (entity.kind == "unknown" and entity.person > -1.5)
        word = self.parse.lower[i]
        sort = lexicon.nouns().get(word) or lexicon.nouns().get(lexicon.singular(word))
        return (
            (sort is not None and sort.kind == "person")
            or word in lexicon.groups()
            or word in VAGUE
            or (self.parse.tag[i] in ("NNS", "CD") and sort is None)
        )


def name_head(parse: Parse, name: Name) -> int:
    """The token that heads a name: the one of it that hangs on something outside it."""
    for i in range(name.end - 1, name.start - 1, -1):
        if not name.start <= parse.head[i] < name.end or parse.head[i] == i:
            if parse.dep[i] != "punct":
                return i
    return name.end - 1


def source_head(parse: Parse, source: TokenSpan | None, hint: int) -> int:
    """The token that heads a source; -1 for no source."""
    if source is None:
        return -1
    a, b = source
    tops = [i for i in range(a, b) if parse.tag[i] in NOMINAL and not (a <= parse.head[i] < b and parse.head[i] != i)]
    if hint in tops:
        return hint
    if not tops:
        tops = [i for i in range(a, b) if parse.tag[i] in NOMINAL and parse.tag[i] not in ("DT", "JJ")]
    tops = [i for i in tops if parse.tag[i] not in ("DT", "JJ")] or tops
    return tops[0] if tops else a


def own_words(parse: Parse, source: TokenSpan) -> str:
    """A source's words without the article before them and what is loosely attached behind a comma."""
    a, b = source
    for k in range(a + 1, b - 1):
        loose = parse.lower[k + 1] in LOOSE or parse.tag[k + 1] in ("VBG", "VBN", "WP", "WDT", "DT")
        if (parse.words[k] in (",", "--", "—", "(") and loose) or (
            parse.lower[k] == "such" and parse.lower[k + 1] == "as"
        ):
            b = k
            break
    while a < b - 1 and parse.tag[a] in ("RB", "IN", "_SP", "``"):
        a += 1
    return strip_article(parse.slice((a, b)).strip(" ,.;:\n"))


def _band(margin: float) -> str:
    return "clear" if margin > 1.0 else "close"


def _depths(parse: Parse, quotations: Sequence[Quotation]) -> list[int]:
    """In how many quotations each token stands."""
    change: dict[int, int] = {}
    for q in quotations:
        change[q.start] = change.get(q.start, 0) + 1
        change[q.end] = change.get(q.end, 0) - 1
    points = sorted(change)
    depths, level, k = [], 0, 0
    for start in parse.start:
        while k < len(points) and points[k] <= start:
            level += change[points[k]]
            k += 1
        depths.append(level)
    return depths


def _contents(parse: Parse, attributions: Sequence[Attribution]) -> list[int]:
    """The innermost attribution in whose content each token stands, -1 outside all."""
    inside = [-1] * len(parse)
    spans = [(span, k) for k, a in enumerate(attributions) for span in a.candidate.content]
    for (a, b), k in sorted(spans, key=lambda s: (s[0][0], -s[0][1])):
        inside[a:b] = [k] * (b - a)
    return inside
