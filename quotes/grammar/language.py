"""A language as a value: what its tags, dependency labels and words mean to those who ask about a sentence.

The Parser knows which one it reads and gives it to every Parse (``parse.language``). English is the only one there is;
docs/language.md says what another needs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

from quotes import lexicon
from quotes.grammar import lemma

Set = frozenset[str]
LANGUAGES = ("en",)
"""The codes of those that there are."""


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """What tags, labels and words of one language mean.

    Tags are those of the Penn Treebank and labels those of ClearNLP, as spaCy's English pipelines give them.
    """

    code: str
    """ISO 639-1; the name of the folder of its word lists, and spaCy's ``nlp.lang``."""

    # Part-of-speech tags

    verbs: Set
    tensed: Set
    """Verbs with a tense of their own."""
    past: Set
    """Verbs in the past tense."""
    finite: Set
    """Verbs with a tense of their own, and modals."""
    nouns: Set
    """Common and proper, singular and plural."""
    proper: Set
    """Proper nouns."""
    name: str
    """The tag of a proper noun in the singular."""
    singular_nouns: Set
    """Nouns in the singular."""
    single: Set
    """What names one: nouns in the singular, pronouns."""
    many: Set
    """What names several: nouns in the plural, numbers."""
    mistaken_names: Set
    """What a tagger may take a name with a capital for."""
    plural: Set
    """Nouns in the plural."""
    personal: Set
    """Personal and possessive pronouns."""
    question_tags: Set
    """Relative and question words."""
    acting: Set
    """What names people mostly, or those who act like them."""
    names: Set
    """What names somebody: nouns and personal pronouns."""
    phrase_heads: Set
    """What may head a noun phrase."""
    phrase_words: Set
    """What a noun phrase that names a source is made of."""
    phrase_insides: Set
    """What a noun phrase goes on with: the word before is not its head."""
    half_nouns: Set
    """What heads a noun phrase only where its noun is left out: the rich, those."""
    before_names: Set
    """What stands between a noun's comma and the name behind it: the secretary, an old friend, Jacob Lew."""
    before_roles: Set
    """What stands before the noun of an apposition: Lund, the town's first elected mayor."""
    before_phrases: Set
    """What may stand before a noun phrase that names a source and is no part of it."""
    loosely_opening: Set
    """What opens a clause or a phrase that is loosely attached behind a comma."""
    small: Set
    """Small words: prepositions, conjunctions, determiners."""
    counting: Set
    """Determiners and numbers."""
    possessive_words: Set
    """Whose: my, her."""
    possessive_marks: Set
    """The 's of a possessive."""
    relative_tags: Set
    """What a relative pronoun can be tagged as."""
    leading: Set
    """What leads to a noun: no noun phrase ends with it."""
    loose_ends: Set
    """What leads to more, or joins it: no phrase ends with it."""
    adjectives: Set
    adverbs: Set
    comparatives: Set
    superlatives: Set
    currency: Set
    """Signs of money."""
    untensed: Set
    """Verbs that share the auxiliary of the one they are joined to: did not say or imply."""
    infinitive_marks: Set
    """The "to" of an infinitive."""
    content_words: Set
    """Verbs, nouns and adjectives."""
    participles: Set
    """Past participles."""
    gerunds: Set
    """Participles and nouns in -ing."""
    linking: Set
    """What links a clause or a phrase to what stands before: conjunctions, prepositions, "when"."""
    modals: Set
    short_sources: Set
    """What a short source before its verb is made of: Smith also said."""
    before_verbs: Set
    """Adverbs and modals: what may stand between a subject and its verb."""
    prepositions: Set
    """With conjunctions that open a clause, which the tag does not tell from them."""
    leading_on: Set
    """What comes after an object: prepositions, adverbs, the "to" of an infinitive."""
    conjunctions: Set
    """Those that coordinate."""
    joints: Set
    """What stands between phrases: conjunctions, blanks."""
    numbers: Set
    space: Set
    """White space that is a token."""

    # Dependency labels

    subjects: Set
    """Subjects of a verb, active and passive, words and clauses."""
    existential: Set
    """There, of there is."""
    passive_subjects: Set
    passive_marks: Set
    """What only a passive has."""
    auxiliaries: Set
    """Auxiliary verbs, active and passive."""
    objects: Set
    """Objects of a verb, direct and indirect."""
    agents: Set
    """The "by" of a passive."""
    telling: Set
    """Of what hangs on a verb, what can tell to whom, where and when."""
    governed: Set
    """How an infinitive hangs on the word that governs it: declined to say, refusal to say."""
    governed_by_words: Set
    """How an infinitive or a gerund hangs on the words that govern it: refused to say, stopped short of saying."""
    adpositional: Set
    """A preposition with its noun."""
    trailing: Set
    """What trails a content and may belong to the cue's clause instead."""
    punctuation: Set
    claims: Set
    """How a clause that somebody said something hangs on the words that judge it: it is not true that she said."""
    content_clauses: Set
    """Clauses that say what a verb reports or supposes."""
    predicates: Set
    """What a verb says of its subject or object."""
    openers: Set
    """Words that open a clause: that, if."""
    adverbial: Set
    """Clauses that say how, when or why."""
    governing: Set
    """How what governs an infinitive hangs on the next word up: is able to say, on the point of saying."""
    prepositional_clauses: Set
    """The gerund or clause of a preposition."""
    clauses: Set
    """Clauses that hang on a word."""
    subordinate: Set
    """Clauses that state nothing by themselves: relative, adverbial, of a preposition, for a subject."""
    roots: Set
    """What hangs on nothing, or is joined to that."""
    noun_clauses: Set
    """Clauses that say which one a noun means."""
    modifiers: Set
    """Words before a noun, parts of its phrase."""
    apart: Set
    """What hangs on a word and stands apart from its phrase: clauses and appositions."""
    parts: Set
    """What a word is to the noun of whose phrase it is a part."""
    appositions: Set
    relative_clauses: Set
    possessives: Set
    conjuncts: Set
    """The second of two that are joined."""
    prepositional: Set
    """The noun of a preposition."""
    complement_nouns: Set
    """Nouns that say what the subject or object is: is the mayor, called him a liar."""
    fronted: Set
    """What can stand before the subject: clauses, prepositional phrases, adverbs."""
    joining: Set
    """What joins a second to a first: conjunctions and conjuncts."""
    ending: Set
    """What stands after a noun and ends its phrase."""
    opening: Set
    """What stands before a noun and is no part of its phrase."""

    words: Callable[[str], Set]
    """The entries of a word list, by its name."""
    lemma: Callable[[str, str], str]
    """The base form of a lower-case form with a tag."""
    singular: Callable[[str], str]
    """The singular of a lower-case noun."""

    def __reduce__(self) -> tuple[Callable[[str], Language], tuple[str]]:
        return language, (self.code,)  # a pickled Parse names its language and no more


def _set(names: str) -> Set:
    return frozenset(names.split())


@cache
def language(code: str) -> Language:
    """The language of an ISO 639-1 code.

    Raises:
        LookupError: there is no such language; the message says which there are.
    """
    if code not in LANGUAGES:
        raise LookupError(f"no language {code!r}, only {', '.join(map(repr, LANGUAGES))}")
    return _english()


def _english() -> Language:
    proper = _set("NNP NNPS")
    nouns, personal, adjectives = proper | _set("NN NNS"), _set("PRP PRP$"), _set("JJ JJR JJS")
    tensed = _set("VBD VBP VBZ")
    verbs = tensed | _set("VB VBG VBN")
    noun_clauses = _set("acl relcl")
    clauses = noun_clauses | _set("ccomp xcomp advcl parataxis")
    return Language(
        code="en",
        verbs=verbs,
        tensed=tensed,
        past=_set("VBD"),
        finite=tensed | {"MD"},
        nouns=nouns,
        proper=proper,
        plural=_set("NNS NNPS"),
        name="NNP",
        singular_nouns=_set("NN NNP"),
        single=_set("NN NNP PRP WP"),
        many=_set("NNS NNPS CD"),
        mistaken_names=_set("NN NNS VB VBP VBZ FW UH MD"),
        personal=personal,
        question_tags=_set("WP WP$ WDT WRB"),
        acting=proper | _set("PRP WP"),
        names=nouns | personal,
        phrase_heads=nouns | personal | adjectives | _set("WP WDT WP$ CD DT FW EX"),
        phrase_words=nouns | personal | adjectives | _set("WP DT POS CD FW"),
        phrase_insides=nouns | adjectives | _set("CD HYPH POS VBG"),
        half_nouns=_set("DT JJ"),
        before_names=_set("DT JJ NN PRP$"),
        before_roles=_set("DT JJ JJS NN NNP PRP$ POS RB CD HYPH"),
        before_phrases=_set("RB IN _SP ``"),
        loosely_opening=_set("VBG VBN WP WDT DT"),
        small=_set("IN CC TO DT"),
        counting=_set("DT CD"),
        possessive_words=_set("PRP$"),
        possessive_marks=_set("POS"),
        relative_tags=_set("WP WDT WP$ IN DT"),
        leading=_set("DT JJ CD POS PRP$"),
        loose_ends=_set("DT IN TO CC POS PRP$"),
        adjectives=adjectives,
        adverbs=_set("RB"),
        comparatives=_set("JJR RBR"),
        superlatives=_set("JJS RBS"),
        currency=_set("$"),
        untensed=_set("VB VBN"),
        infinitive_marks=_set("TO"),
        content_words=verbs | nouns | adjectives,
        participles=_set("VBN"),
        gerunds=_set("VBG"),
        linking=_set("CC IN WRB"),
        modals=_set("MD"),
        short_sources=proper | _set("PRP RB"),
        before_verbs=_set("RB MD"),
        prepositions=_set("IN"),
        leading_on=_set("IN TO RB"),
        conjunctions=_set("CC"),
        joints=_set("CC _SP"),
        numbers=_set("CD"),
        space=_set("_SP"),
        subjects=_set("nsubj nsubjpass csubj csubjpass"),
        existential=_set("expl"),
        passive_subjects=_set("nsubjpass"),
        passive_marks=_set("auxpass nsubjpass"),
        auxiliaries=_set("aux auxpass"),
        objects=_set("dobj dative"),
        agents=_set("agent"),
        telling=_set("prep dative npadvmod advmod dobj attr nmod agent"),
        governed=_set("xcomp acl ccomp"),
        governed_by_words=_set("xcomp pcomp prep"),
        adpositional=_set("prep"),
        trailing=clauses | _set("conj appos npadvmod advmod dep agent punct"),
        punctuation=_set("punct"),
        claims=_set("ccomp csubj acl advcl relcl"),
        content_clauses=_set("ccomp"),
        predicates=_set("acomp attr oprd"),
        openers=_set("mark"),
        adverbial=_set("advcl"),
        governing=_set("prep acomp"),
        prepositional_clauses=_set("pcomp"),
        clauses=clauses,
        subordinate=noun_clauses | _set("advcl pcomp csubj csubjpass"),
        roots=_set("ROOT conj"),
        noun_clauses=noun_clauses,
        modifiers=_set("compound amod nmod npadvmod quantmod"),
        apart=clauses | {"appos"},
        parts=_set("poss compound pobj nummod amod nmod"),
        appositions=_set("appos"),
        relative_clauses=_set("relcl"),
        possessives=_set("poss"),
        conjuncts=_set("conj"),
        prepositional=_set("pobj"),
        complement_nouns=_set("attr oprd"),
        fronted=_set("advcl prep pcomp advmod"),
        joining=_set("cc conj preconj"),
        ending=noun_clauses | _set("appos punct advcl parataxis ccomp dep advmod npadvmod"),
        opening=noun_clauses | _set("punct advcl cc ccomp parataxis dep"),
        words=cache(partial(lexicon.words, language="en")),
        lemma=lemma.lemma,
        singular=lemma.singular,
    )


ENGLISH = language("en")
