"""What a name is, a person's, a body's, a place's or something else's: judged by evidence from the whole document.

The evidence is what the name's words look like, and what stands around it wherever it stands: titles, roles in
apposition, prepositions, verbs, "who" and "which", short forms. What each is worth for each kind was learned on GUM,
whose annotators told the kind of everything that its texts speak of, and on the speakers of read articles
(``quotes.learn.kinds``); the weights are in ``lexicon/en/name_kinds.tsv``.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from quotes.grammar.parse import Parse
from quotes.lexicon import table, words
from quotes.resolve import lexicon
from quotes.resolve.names import may_be_firm
from quotes.resolve.runs import OPENING
from quotes.resolve.syntax import MODIFYING, SUBJECTS, span_head

if TYPE_CHECKING:
    from quotes.resolve.document import Document
    from quotes.resolve.entities import Entity
    from quotes.resolve.names import Name

KINDS = ("person", "organization", "place", "other")
OTHER = "other"
ARTICLE = "the"
"""An article right before a name that no noun follows: not that of "the Lund campaign"."""
SEAT, BASED = "seat", "based"
"""What a place's name stands before: Pune-based."""
OF_PERSON = frozenset({"titled", "said.person"})
SURE = 0.7
"""Probability from which a name whose words tell no kind is of one."""
OVERRULED = 0.08
"""Probability of the kind that a name's words tell, under which the evidence of the document overrules them."""
NOBODY = 0.15
"""Probability of a person under which no "he" or "she" means a name: of GUM's names that have less, 39 in 40 are
nobody's."""
HALF = 0.5
"""Share of a name's mentions with an article before them, from which it is nobody's: the Louvre."""
NO_PERSON = -2.0
"""What that adds to the evidence for a person."""
ARTICLES = words("articles")
OPEN_THINGS = words("open_things")
WHERE = words("of_place")
PREPOSITIONS, BEHIND = words("before_kinds"), words("after_kinds")
SHORT_CAPITALS = 5
LONG = 4
ENDING = 3


def judge(doc: Document) -> None:
    """Give the names of a document their kinds, where evidence tells more than their words do."""
    for entity, found in evidence(doc).items():
        chances = probabilities(found)
        entity.chance = chances["person"]
        best = max(KINDS, key=lambda kind: chances[kind])
        said = entity.kind if entity.kind in KINDS else None
        overruled = said is not None and chances[said] < OVERRULED
        if (said is None or overruled) and chances[best] > SURE:
            entity.kind = "unknown" if best == OTHER else best
        elif (overruled or _is_thing(found)) and said == "person":
            entity.kind = "unknown"
        if _is_firm(entity, found):
            entity.kind = "organization"
        if SEAT in found and entity.kind == "unknown":
            entity.kind = "place"
        nobody = SURE if "place.last" in found else NOBODY  # Victoria Street, Della Street
        thing = len(entity.key) > 1 and entity.key[0] in OPEN_THINGS
        if entity.kind != "person" and (chances["person"] < nobody or thing or _is_thing(found)):
            entity.person = min(entity.person, 0.0) + NO_PERSON


def _is_thing(found: Mapping[str, float]) -> bool:
    """Whether an article tells that a name is nobody's."""
    return found.get(ARTICLE, 0.0) >= HALF and found.keys().isdisjoint(OF_PERSON)


def _is_firm(entity: Entity, found: Mapping[str, float]) -> bool:
    """Whether a noun for a body is said of a name of one word, whoever else may bear it: rival supplier Octavia."""
    said = "said.organization" in found and "said.person" not in found
    called = (found.get("before.organization", 0.0) > HALF or said) and "titled" not in found
    return called and len(entity.key) == 1 and not (entity.men or entity.women)


def probabilities(found: Mapping[str, float]) -> dict[str, float]:
    """How likely each kind is, given the evidence for a name."""
    learned, scores = weights(), [0.0] * len(KINDS)
    for name, value in found.items():
        if name in learned:
            scores = [score + weight * value for score, weight in zip(scores, learned[name], strict=True)]
    shares = [math.exp(score - max(scores)) for score in scores]
    return {kind: share / sum(shares) for kind, share in zip(KINDS, shares, strict=True)}


@cache
def weights() -> dict[str, tuple[float, ...]]:
    """What each piece of evidence adds to the log-odds of each of KINDS."""
    return {row["evidence"]: tuple(float(row[kind]) for kind in KINDS) for row in table("name_kinds")}


def evidence(doc: Document) -> dict[Entity, dict[str, float]]:
    """The evidence for the kind of each named entity: of its words, and of its mentions the share where it holds."""
    mentions: dict[Entity, list[Name]] = defaultdict(list)
    for name, entity in zip(doc.names, doc.entities, strict=True):
        if entity is not None and entity.key:
            mentions[entity].append(name)
    return {entity: _of_words(entity) | _of_mentions(doc, entity, names) for entity, names in mentions.items()}


def _of_words(entity: Entity) -> dict[str, float]:
    """What a name's words tell."""
    key, form = entity.key, max(entity.forms, key=len, default=("",))
    first, last, given = key[0], key[-1], lexicon.first_names()
    joined = " ".join(key)
    shapes = {
        "always": True,
        f"words.{min(len(key), LONG)}": True,
        "given.first": first in given and len(key) > 1,
        "given.only": first in given and len(key) == 1,
        "given.later": len(key) > 1 and any(word in given for word in key[1:]),
        "body.last": last in lexicon.organisation_words(),
        "body.inside": any(word in lexicon.organisation_words() for word in key[:-1]),
        "place.last": last in lexicon.place_words(),
        "place.known": joined in lexicon.place_names(),
        "place.first": len(key) > 1 and first in lexicon.places(),
        "people.known": joined in lexicon.places() and joined not in lexicon.place_names(),
        "capitals": len(key) == 1 and form[0].isupper() and len(form[0]) <= SHORT_CAPITALS,
        "capitals.inside": any(word[1:] != word[1:].lower() and not word.isupper() for word in form),
        "of": "of" in key,
        "and": "and" in key or "&" in key,
        "digit": any(char.isdigit() for char in joined),
        "suffix": last in lexicon.suffixes(),
        "initial": any(len(word) == 1 for word in key),
        "particle": any(word in lexicon.particles() for word in key[1:-1]),
        "plural": last.endswith("s"),
        "short.last": len(key) > 1 and any(len(f) == 1 and f[0].lower() == last for f in entity.forms),
        "short.first": len(key) > 1 and any(len(f) == 1 and f[0].lower() == first for f in entity.forms),
        f"noun.{lexicon.sort_of(last).kind or 'none'}": True,
        f"ends.{last[-3:]}": len(last) > ENDING,
        f"ends.{last[-2:]}": len(last) > ENDING,
    }
    return {name: 1.0 for name, holds in shapes.items() if holds}


def _of_mentions(doc: Document, entity: Entity, names: Sequence[Name]) -> dict[str, float]:
    """What stands around a name's mentions: the share of them where each thing does; roles once found hold for all."""
    seen: Counter[str] = Counter()
    for name in names:
        seen.update(_around(doc, name))
    found = {thing: times / len(names) for thing, times in seen.items()}
    found["often"] = math.log(len(names))
    for said in doc.roles.of.get(entity, []):
        if said.text:
            found[f"said.{said.kind}"] = 1.0
    return found


def _around(doc: Document, name: Name) -> set[str]:
    """What stands around one mention."""
    parse, found = doc.parse, set()
    head = span_head(parse, (name.start, name.end))
    before = parse.lower[name.left - 1] if name.left else ""
    after = parse.lower[name.end] if name.end < len(parse) else ""
    if name.titled or name.gender:
        found.add("titled")
    if parse.lower[name.end : name.end + 2] == ["-", BASED]:
        found.add(SEAT)
    if name.headline:
        found.add("headline")
    if name.label:
        found.add("label")
    if before in WHERE:
        found.add("before.where")
    elif before in PREPOSITIONS:
        found.add(f"before.{before}")
    elif before == "the":
        found.add("before.the")
    elif name.left and (kind := lexicon.sort_of(before).kind) and not may_be_firm([before], name.key):
        found.add(f"before.{kind}")
    if name.left and parse.words[name.left - 1] in OPENING:
        found.add("before.mark")
    if name.end < len(parse) and parse.tag[name.end] in parse.language.possessive_marks:
        found.add("after.possessive")
    elif after in BEHIND:
        found.add(f"after.{after}")
    elif after == "," and (following := doc.name_at.get(name.end + 1)) and doc.names[following].kind == "place":
        found.add("after.place")
    found |= {f"{side}.{word}" for side, word in (("left", before), ("right", after)) if not word.isspace()}
    inside = _in_clause(parse, doc, head)
    if before in ARTICLES and parse.dep[head] not in MODIFYING and name.left == name.start:
        found.add(ARTICLE)
    return found | inside


def _in_clause(parse: Parse, doc: Document, head: int) -> set[str]:
    """What a mention's head is in its clause."""
    dep, over = parse.dep[head], parse.head[head]
    found = {f"dep.{dep}"}
    if dep in SUBJECTS:
        found.add("subject.tensed" if parse.tag[over] in parse.language.tensed else "subject")
        found.add(f"does.{parse.lower[over].strip()}")
    elif dep == "poss":
        found.add(f"has.{parse.lower[over]}")
    elif dep in ("compound", "nmod") and not parse.words[over][0].isupper():
        found.add("before.noun")
    if head in doc.source_of:
        found.add("speaks")
    return found
