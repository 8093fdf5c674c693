"""One walk through a document, in text order: every mention that may speak gets its entity."""

from __future__ import annotations

from quotes.grammar.language import ENGLISH
from quotes.lexicon import words
from quotes.resolve import lexicon
from quotes.resolve.antecedents import HE, SHE, SPEAKER
from quotes.resolve.beside import spoken_for
from quotes.resolve.descriptions import describe
from quotes.resolve.document import Document, Found
from quotes.resolve.entities import Entity
from quotes.resolve.going_on import goes_on, speakers_before, speaks_again
from quotes.resolve.nominals import PAIR, aged, nominal, own
from quotes.resolve.pronouns import CLASSES
from quotes.resolve.several import coordinated
from quotes.resolve.syntax import MODIFYING, SUBJECTS, fellow_arguments, own_words, phrase, span_head
from quotes.resolve.turns import talking

RELATIVE = words("relatives")
RELATIVE_TAGS = ENGLISH.relative_tags
PERSONAL = words("personal_relatives")
VAGUE = words("vague_people")
SURE = 0.75
"""Probability from which a pronoun tells its antecedent's sex."""
TOLD = 0.3
"""What a pronoun that is sure tells of a sex, where a title tells 1."""
AHEAD = 25
"""Tokens within which a subject may follow its pronoun."""
CLIMB = 12
"""Steps up the tree."""


def walk(doc: Document) -> None:
    """Resolve all mentions that are sources, and those before them that pronouns may look back on."""
    parse, nouns = doc.parse, lexicon.nouns()
    heads = {span_head(parse, (n.start, n.end)) for n in doc.names if n.kind != "role"}
    inside = {i for n in doc.names if n.kind != "role" for i in range(n.start, n.end)}
    behind = _speakers_behind(doc)
    doc.talking = talking(doc)
    doc.before = speakers_before(doc)
    for i, tag in enumerate(parse.tag):
        source = i in doc.source_of
        for speaker in behind.get(i, ()):
            doc.found[speaker] = _pronoun(doc, speaker, CLASSES[parse.lower[speaker]])
        if i in inside:
            if (i in heads or source) and (named := doc.by_name(i)):
                _see(doc, i, (source and spoken_for(doc, i)) or named, "name")
        elif tag in parse.language.personal:
            want = CLASSES.get(parse.lower[i])
            if source or want in (HE, SHE):
                _see(doc, i, doc.found.get(i) or _pronoun(doc, i, want), "pronoun")
        elif source:
            _see(
                doc,
                i,
                nominal(doc, i) if tag in ENGLISH.nouns else _other(doc, i),
                "noun" if tag in ENGLISH.nouns else "pronoun",
            )
        elif tag in ENGLISH.nouns and not doc.depth[i] and parse.dep[i] not in MODIFYING:
            word = parse.lower[i]
            if (
                word in nouns
                or lexicon.singular(word) in nouns
                or (tag in parse.language.plural and parse.dep[i] in SUBJECTS)
            ):
                _see(doc, i, nominal(doc, i), "noun")


def _speakers_behind(doc: Document) -> dict[int, list[int]]:
    """By the first token of what is quoted, the "he" or "she" behind it that says so: ""She is stubborn," she said".
    Whom that one means is told by what stands before the quotation, and she inside is another."""
    behind: dict[int, list[int]] = {}
    for head, attribution in zip(doc.heads, doc.attributions, strict=True):
        start = attribution.candidate.content[0][0]
        if head > start and doc.depth[start] and CLASSES.get(doc.parse.lower[head]) in (HE, SHE):
            behind.setdefault(start, []).append(head)
    return behind


def _see(doc: Document, i: int, found: Found, form: str) -> None:
    source = doc.source_of.get(i)
    if found.entity is not None and not (found.entity.forms or found.entity.words):
        doc.see(i, found, form, source is not None)
        return
    if source is not None or doc.parse.dep[i] in SUBJECTS:
        group = coordinated(doc, i, found, source[1] if source else doc.parse.right[i], nominal)
        if group is not found:  # the first of them can be meant alone, too
            doc.see(i, found, form, False)
        found = group
    doc.see(i, found, form, source is not None)


def _pronoun(doc: Document, i: int, want: str | None) -> Found:
    """Whom a personal or possessive pronoun means; "I" and "we" wait until their quote's speaker is known."""
    parse = doc.parse
    if want is None or want == SPEAKER:
        return Found(None, "none", "none")
    ahead = _subject_ahead(doc, i) if want in (HE, SHE) else -1
    barred = set() if parse.lower[i].endswith("self") else fellow_arguments(parse, i)
    ranked = doc.antecedents(i, want, barred, ahead)
    met = goes_on(doc, i) if want in (HE, SHE) else None
    if met and met.entity and speaks_again(met.entity, want, ranked):
        return Found(met.entity, "pronoun", "going.on", 1.0, met)
    if not ranked or ranked[0][1] < 1 - sum(share for _, share in ranked):
        return Found(_somebody(want), "none", "none")
    entity, share = ranked[0]
    if share > SURE:
        entity.men += TOLD * (want == HE)
        entity.women += TOLD * (want == SHE)
    return Found(entity, "pronoun", f"pronoun.{want}", share)


def _somebody(want: str) -> Entity | None:
    """A person without name or words, whom the pronouns that follow can mean as well."""
    return Entity("person", men=float(want == HE), women=float(want == SHE)) if want in (HE, SHE) else None


def _subject_ahead(doc: Document, i: int) -> int:
    """The name that "he" may mean in a phrase before the subject of its sentence: "In his letter, Smith said …"; its
    last token, -1 for none."""
    parse = doc.parse
    start, end = parse.sents[parse.sent_of[i]]
    top = parse.head[i]
    for _ in range(CLIMB):
        above = parse.head[top]
        if parse.dep[top] in parse.language.fronted and above > i and parse.left[top] - start < 4:
            near = range(max(i + 1, parse.right[top]), min(end, i + AHEAD))
            subject = next((c for c in parse.children[above] if parse.dep[c] in SUBJECTS and c in near), -1)
            if doc.entity_at(subject) is not None and not _apposed(doc, i, subject):
                return subject
        if above == top:
            break
        top = above
    return -1


def _apposed(doc: Document, i: int, name: int) -> bool:
    """Whether a name follows the noun of a possessive in commas: "his counterpart, Hakan Fidan, …"."""
    parse = doc.parse
    left = doc.names[doc.name_at[name]].left
    said = describe(parse, parse.head[i])
    follows = parse.words[left - 1] == "," and phrase(parse, parse.head[i])[1] >= left - 1
    return follows and said is not None and said.kind == "person"


def _other(doc: Document, i: int) -> Found:
    """Relative pronouns, ages ("the 52-year-old"), and "some", "both", "half"."""
    parse, word = doc.parse, doc.parse.lower[i]
    if word == "old" and i > 3 and parse.lower[i - 2] in ("year", "years"):
        return aged(doc, i)
    if word in PAIR and (pair := doc.pair(None) or doc.pair("person")):
        return Found(pair, "pronoun", "description.pair")
    if word in RELATIVE and parse.tag[i] in RELATIVE_TAGS:
        return _relative(doc, i)
    if parse.tag[i] in parse.language.adjectives | parse.language.adverbs and describe(parse, i):
        return nominal(doc, i)
    return own(doc, i, None)


def _relative(doc: Document, i: int) -> Found:
    """Whom "who" means: its antecedent; "those who …" go by the words of both."""
    parse = doc.parse
    head = _antecedent(doc, i)
    if head < 0:
        return Found(None, "none", "none")
    if head not in doc.found and parse.lower[head] in VAGUE:
        text = own_words(parse, (parse.left[head], max(head + 1, min(parse.right[head], head + 40))))
        return Found(Entity("group", words=text), "pronoun", "relative.own")
    if head not in doc.found:
        doc.found[head] = doc.by_name(head) or nominal(doc, head)
    met = doc.found[head]
    return Found(met.entity, "pronoun", f"relative.{parse.lower[i]}", 1.0, met)


def _antecedent(doc: Document, i: int) -> int:
    """The noun that a relative pronoun stands for: what its clause hangs on, else the noun before it; -1 for none."""
    parse, personal = doc.parse, doc.parse.lower[i] in PERSONAL
    verb = parse.head[i]
    for _ in range(5):
        if parse.dep[verb] in parse.language.relative_clauses:
            if parse.head[verb] < i and (not personal or _may_be_who(doc, parse.head[verb])):
                return parse.head[verb]
            break
        if parse.head[verb] == verb:
            break
        verb = parse.head[verb]
    start = max(parse.sents[parse.sent_of[i]][0], i - AHEAD)
    nouns = [
        k
        for k in range(i - 1, start - 1, -1)
        if (parse.tag[k] in ENGLISH.nouns or parse.tag[k] in parse.language.numbers) and parse.dep[k] not in MODIFYING
    ]
    fitting = (k for k in nouns if not personal or _may_be_who(doc, k))
    return next(fitting, nouns[0] if nouns else -1)


def _may_be_who(doc: Document, i: int) -> bool:
    """Whether "who" may follow a noun."""
    entity, word = doc.entity_at(i), doc.parse.lower[i]
    if entity is not None:
        return entity.kind == "person" or (entity.kind == "unknown" and entity.person > -1.5)
    sort = lexicon.nouns().get(word) or lexicon.nouns().get(lexicon.singular(word))
    if sort is not None:
        return sort.kind == "person" or word in lexicon.groups()
    return word in lexicon.groups() or word in VAGUE or doc.parse.tag[i] in doc.parse.language.many
