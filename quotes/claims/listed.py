"""The words of a content, and the cue, that tell a kind of claim by themselves: ``lexicon/en/claim_words.tsv``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from quotes.claims.comparisons import changes
from quotes.grammar.marks import is_mark
from quotes.lexicon import table, words
from quotes.lexicon.cues import cue
from quotes.records import CLAIM_KINDS, ClaimKind

if TYPE_CHECKING:
    from quotes.claims.reported import Reported
    from quotes.grammar.parse import Parse, TokenSpan

LONGEST = 4
"""Words of a phrase in the list at most."""
CUE, ANY = "cue", "other"
POS = {"N": "noun", "V": "verb", "J": "adjective"}
STRAIGHT = str.maketrans("’", "'")


@cache
def listed() -> Mapping[str, Mapping[str, set[str]]]:
    """Parts of speech and kinds by words."""
    found: dict[str, dict[str, set[str]]] = {}
    for row in table("claim_words"):
        found.setdefault(row["words"], {}).setdefault(row["part"], set()).add(row["kind"])
    return found


def as_verb(lemma: str) -> set[str]:
    """The kinds that a verb tells."""
    return listed().get(lemma, {}).get("verb", set())


def judges(parse: Parse, i: int) -> bool:
    """Whether a noun or an adjective judges: a farce, unfair, too many."""
    told = listed().get(parse.lemma(i), {})
    verb = parse.tag[i] in parse.language.verbs - parse.language.participles - parse.language.gerunds
    return not verb and any("opinion" in told.get(part, ()) for part in (POS["N"], POS["J"]))


def from_words(reported: Reported) -> Iterator[tuple[ClaimKind, TokenSpan]]:
    """The kinds that a word or a phrase of the list tells by itself, wherever it stands."""
    parse = reported.parse
    for at, i in enumerate(reported.tokens):
        for size in range(min(LONGEST, len(reported.tokens) - at), 0, -1):
            if reported.tokens[at + size - 1] != i + size - 1:
                continue
            phrase = " ".join(parse.lower[i : i + size]).translate(STRAIGHT)
            base = " ".join([parse.lemma(i), *parse.lower[i + 1 : i + size]])
            parts = listed().get(phrase) or listed().get(base)
            if parts is None:
                continue
            told = parts.get(ANY, set()) | parts.get(_part(parse, i), set())
            for kind in CLAIM_KINDS:
                if kind in told and _holds(reported, (i, i + size), kind, phrase in listed() and ANY in parts):
                    yield kind, (i, i + size)
            break


def _part(parse: Parse, i: int) -> str:
    """What a word is, of nouns, verbs and adjectives: a growing trend has an adjective."""
    if parse.dep[i] in parse.language.modifiers and parse.tag[i] in parse.language.gerunds:
        return POS["J"]
    return POS.get(parse.tag[i][:1], "")


def _holds(reported: Reported, span: TokenSpan, kind: ClaimKind, phrase: bool) -> bool:
    """Whether words mean here what the list says, by the kind of which they make a claim."""
    parse, language, i = reported.parse, reported.parse.language, span[0]
    if kind == "law":
        return phrase or _is_law(reported, i)
    if kind == "comparison" and parse.tag[i] in language.verbs and _part(parse, i) != POS["J"]:
        return any(changes(reported, clause) for clause in reported.clauses if clause.verb == i)
    if kind == "prediction" and phrase and parse.tag[i] in language.past:
        return False  # not what I expected to see
    if kind == "prediction" and parse.tag[i] in language.adjectives:
        been = any(parse.lower[k] == "have" for c in parse.children[i] for k in parse.children[c])
        return parse.dep[i] in language.predicates and not been
    if kind == "promise":
        return _is_plan(reported, span, phrase)
    if kind == "opinion":
        return _is_opinion(reported, i, phrase)
    if kind == "personal":
        if parse.tag[i] in language.verbs:
            return reported.subject(i) in reported.own
        whose = (c for c in parse.children[i] if parse.dep[c] in language.possessives)
        return any(c in reported.own and parse.lower[c] not in words("we") for c in whose)
    return True


def _is_law(reported: Reported, i: int) -> bool:
    """Whether a word of law says what the law is: "it is illegal", "the rules allow", "under the Act"; none does in
    "legal counsel" and "an explanation of the rules"."""
    parse, language = reported.parse, reported.parse.language
    if parse.tag[i] in language.verbs:
        return any(clause.verb == i for clause in reported.clauses)
    if parse.tag[i] in language.nouns:
        above, dep = parse.head[i], parse.dep[i]
        if dep in language.subjects:
            return any(clause.verb == above and clause.main for clause in reported.clauses)
        return dep in language.complement_nouns or parse.lower[above] in words("by_law")
    return parse.dep[i] in language.predicates or parse.tag[i] in language.adverbs


def _is_plan(reported: Reported, span: TokenSpan, phrase: bool) -> bool:
    """Whether words of planning plan something.

    CASE 1: "plans to close", "committed to helping", but not "looking to the primary".
    CASE 2: "we planned to stay" in quotation marks is what was planned once; "it planned to" as reported is a plan.
    CASE 3: "our goal is to win", but not "the goal was scored".
    CASE 4: "we promise", "we are ready to help": of the speaker's own.
    """
    parse, language, i = reported.parse, reported.parse.language, span[0]
    verb = i if parse.tag[i] in language.verbs else parse.head[i]
    once = any(parse.tag[k] in language.past for k in (i, verb, *parse.children[verb]))
    if once and verb in reported.quoted:
        return False
    if phrase:
        behind = next((parse.tag[k] for k in range(span[1], len(parse)) if not is_mark(parse.words[k])), "")
        return behind in language.untensed | language.gerunds | language.adverbs
    if parse.tag[i] in language.nouns:
        return _names_plan(parse, i)
    return reported.subject(verb) in reported.own


def _names_plan(parse: Parse, i: int) -> bool:
    """Whether a noun is followed by what is planned: plans to close, our goal is to win."""
    language = parse.language
    below = [*parse.children[i], *(parse.children[parse.head[i]] if parse.dep[i] in language.subjects else ())]
    return any(
        parse.dep[c] in language.clauses
        and c > i
        and any(parse.tag[k] in language.infinitive_marks for k in parse.children[c])
        for c in below
    )


def _is_opinion(reported: Reported, i: int, phrase: bool) -> bool:
    """Whether a word of judgement judges.

    CASE 1: "a disgrace", "it was unfair": a noun or adjective where it says what something is.
    CASE 2: "we hope", "I love": a verb of the speaker's own; "we are considering" weighs, and holds nothing.
    CASE 3: "they have to pay", but not "will have to pay".
    CASE 4: "he had become frustrated" is no judgement of the speaker's, nor is anything that is asked.
    """
    parse, language = reported.parse, reported.parse.language
    if phrase:
        return parse.tag[i] in language.modals or (i in reported.quoted and not _is_to_come(parse, i))
    if parse.tag[i] in language.verbs:
        if parse.tag[i] in language.gerunds and parse.lemma(i) in words("weighing"):
            return False
        subject = reported.subject(i)
        if reported.asked(i):
            return False
        return subject in reported.own or (subject >= 0 and parse.lemma(i) in words("needing"))
    return not reported.asked(i) and _says_what(reported, i) and not _is_felt_by_others(reported, i)


def _is_felt_by_others(reported: Reported, i: int) -> bool:
    """Whether an adjective says what others than the speaker feel: he had become frustrated."""
    parse = reported.parse
    return (
        parse.lemma(i) in words("felt")
        and parse.dep[i] in parse.language.predicates
        and (reported.subject(parse.head[i]) not in reported.own)
    )


def _is_to_come(parse: Parse, i: int) -> bool:
    """Whether a verb stands under a modal or "going to"."""
    before = [k for k in parse.children[i] if k < i]
    return any(parse.tag[k] in parse.language.modals for k in before) or parse.lower[parse.head[i]] in words("going")


def _says_what(reported: Reported, i: int) -> bool:
    """Whether a word is what something is said to be: "was unfair", "a big mistake", "called it absurd"."""
    parse, language = reported.parse, reported.parse.language
    if parse.dep[i] in language.predicates:
        return True
    above = parse.head[i]
    if parse.dep[i] in language.conjuncts and above in reported.inside:
        return parse.dep[above] in language.predicates
    if parse.dep[i] in language.objects:
        return parse.tag[i] in language.nouns and parse.lemma(above) in words("amounting")
    if parse.dep[i] in language.prepositional:
        return parse.lower[above] == "as"
    if parse.dep[i] in language.modifiers and parse.tag[i] in language.adjectives:
        return parse.dep[above] in language.predicates or (
            i in reported.quoted and parse.dep[above] in language.objects
        )
    return above == i or above not in reported.inside


def from_cue(reported: Reported) -> Iterator[tuple[ClaimKind, TokenSpan]]:
    """What the cue tells: promised, predicted, praised."""
    span = reported.candidate.cue
    if span is not None:
        for kind in CLAIM_KINDS:
            if kind != "fact" and kind in cue_kinds(reported):
                yield kind, span


def cue_kinds(reported: Reported) -> set[str]:
    """The kinds of the cue: also of "describe as", and of "agree to" where the content is an infinitive."""
    parse, lemma = reported.parse, reported.candidate.lemma
    told = [lemma]
    if any(parse.lower[i] == "as" for i in reported.tokens):
        told += [f"{lemma} as", f"{lemma} to as"]
    if reported.infinitive:
        told.append(f"{lemma} to")
    return set().union(*(listed().get(words_of, {}).get(CUE, set()) for words_of in told))


def asks(reported: Reported) -> bool:
    """Whether the cue asks, and is not asked itself: did she say that?"""
    tags = [reported.parse.tag[i] for i in range(*reported.candidate.cue or (0, 0))]
    return any(cue(reported.candidate.lemma, tag).sense == "asked" for tag in tags)
