"""What kinds of claim a quote makes, each told by words of its content or by its cue.

The words are in ``lexicon/en/claim_words.tsv``; what the parse must say beside them stands here, a function a kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from quotes.claims.reported import ITSELF
from quotes.grammar.circumstances import YEAR, is_time
from quotes.lexicon import table, words
from quotes.records import CLAIM_KINDS, ClaimKind

if TYPE_CHECKING:
    from quotes.claims.reported import Clause, Reported
    from quotes.grammar.parse import Parse, TokenSpan

LONGEST = 4
"""Words of a phrase in the list at most."""
AFTER_NUMBER = 4
"""Tokens from a number within which the noun stands that it counts."""
CLOCK = re.compile(r"\d{1,2}[:.]\d\d|\d{1,2}(?:[ap]m)")
CUE, ANY = "cue", "other"
POS = {"N": "noun", "V": "verb", "J": "adjective"}


@cache
def _listed() -> dict[str, dict[str, set[str]]]:
    """Parts of speech and kinds by words."""
    found: dict[str, dict[str, set[str]]] = {}
    for row in table("claim_words"):
        found.setdefault(row["words"], {}).setdefault(row["part"], set()).add(row["kind"])
    return found


def kinds(reported: Reported) -> list[tuple[ClaimKind, TokenSpan]]:
    """The kinds of a claim with the first words that tell each, in text order; "other" where nothing does."""
    first: dict[ClaimKind, TokenSpan] = {}
    for kind, span in _all(reported):
        if kind not in first or span[0] < first[kind][0]:
            first[kind] = span
    if not first:
        first["other"] = reported.parts[0]
    return sorted(first.items(), key=lambda item: (item[1], CLAIM_KINDS.index(item[0])))


def _all(reported: Reported) -> Iterator[tuple[ClaimKind, TokenSpan]]:
    asked = list(_questions(reported))
    yield from (("question", span) for span in asked)
    yield from (("quantity", span) for span in quantities(reported))
    yield from (("comparison", span) for span in _comparisons(reported))
    yield from _from_words(reported)
    yield from _from_cue(reported)
    judged: set[int] = set()
    for clause in reported.clauses:
        for kind, span in _of_clause(reported, clause):
            yield kind, span
            if kind != "personal" or not _is_done(reported, clause):
                judged.add(clause.verb)
    for clause in reported.clauses:
        if clause.main and clause.verb not in judged and _states(reported, clause):
            yield "fact", (clause.start, clause.verb + 1)


# Numbers


def quantities(reported: Reported) -> Iterator[TokenSpan]:
    """Numbers with what they count.

    CASE 1: "in 2019", "on 12 May", "at 9.30", "Article 50", "Formula 1": a year, a day, a time, a name count nothing.
    CASE 2: "one of them" counts nothing, "one in five" does.
    CASE 3: "the two men", "our two nations" are known to be two.
    CASE 4: "Lund, 43, said", "a 43-year-old": an age.
    """
    parse = reported.parse
    for i in reported.tokens:
        if parse.tag[i] in parse.language.numbers and _counts(parse, i):
            yield _with_unit(reported, i)


def _counts(parse: Parse, i: int) -> bool:
    word, before = parse.lower[i], parse.tag[i - 1] if i else ""
    after = parse.lower[i + 1] if i + 1 < len(parse) else ""
    if (after == "-" and parse.lower[i + 2].startswith("year")) or (i and parse.lower[i - 1] in words("numbering")):
        return False
    if word in words("unquantified"):
        return after in words("counted_in_ones")
    if before in parse.language.possessive_words or (i and parse.lower[i - 1] in words("definite")):
        return after in words("percent") | words("counted_in_ones")
    money = before in parse.language.currency
    if CLOCK.fullmatch(word) and not money and after not in words("percent") | words("counted_in_ones"):
        return False
    if YEAR.fullmatch(word) and not money and not _counted(parse, i):
        return False
    if i and parse.lower[i - 1] == after == ",":
        return False
    if any(0 <= k < len(parse) and is_time(parse, k) and not parse.lower[k].isdigit() for k in (i - 1, i + 1)):
        return False
    return before not in parse.language.proper or _counted(parse, i) or after in words("counted_in_ones")


def _counted(parse: Parse, i: int) -> bool:
    """Whether a number stands before the noun that it counts."""
    return parse.head[i] > i and parse.tag[parse.head[i]] in parse.language.nouns - parse.language.proper


def _with_unit(reported: Reported, i: int) -> TokenSpan:
    parse, inside = reported.parse, reported.inside
    start, end = i, i + 1
    while start - 1 in inside and parse.tag[start - 1] in parse.language.numbers | parse.language.currency:
        start -= 1
    while end in inside and (parse.tag[end] in parse.language.numbers or parse.lower[end] in words("percent")):
        end += 1
    noun = parse.head[i]
    if end <= noun < i + AFTER_NUMBER and parse.tag[noun] in parse.language.nouns and noun in inside:
        end = noun + 1
    return start, end


def _comparisons(reported: Reported) -> Iterator[TokenSpan]:
    """Comparatives, superlatives, "as … as".

    CASE 1: "no longer", "at least", "had better", "three days later", "best wishes" compare nothing.
    CASE 2: "more than 40 people", "one more day", "most people", "to do more": they count.
    """
    parse, language = reported.parse, reported.parse.language
    for i in reported.tokens:
        if parse.tag[i] in language.comparatives | language.superlatives:
            if not _compares_nothing(parse, i):
                yield i, i + 1
        elif i + 2 in reported.inside and parse.lower[i] == parse.lower[i + 2] == "as" and _is_degree(parse, i + 1):
            yield i, i + 3


def _compares_nothing(parse: Parse, i: int) -> bool:
    before = parse.lower[i - 1] if i else ""
    if parse.lower[i] in words("no_comparison") or before in words("before_no_comparison"):
        return True
    if i and parse.tag[i - 1] in parse.language.numbers:
        return True
    if parse.lower[i] == "most" and parse.tag[i] in parse.language.adjectives:
        return True
    if parse.tag[i + 1 : i + 2] and parse.tag[i + 1] in parse.language.participles:
        return True  # better known
    than = any(parse.lower[c] == "than" for k in (i, parse.head[i]) for c in parse.children[k])
    if parse.lower[i] in words("more_or_less") and not than and not _is_degree(parse, i + 1):
        return True
    counted = parse.tag[i + 2 : i + 3] and parse.tag[i + 2] in parse.language.numbers | parse.language.currency
    return parse.lower[i + 1 : i + 2] == ["than"] and bool(counted)


def _is_degree(parse: Parse, i: int) -> bool:
    """Whether a word may stand between "as" and "as": as big as, but not as soon as."""
    return parse.tag[i] in parse.language.adjectives | parse.language.adverbs and parse.lower[i] not in words(
        "as_soon_as"
    )


# Words


def _from_words(reported: Reported) -> Iterator[tuple[ClaimKind, TokenSpan]]:
    """The kinds that a word or a phrase of the list tells by itself, wherever it stands."""
    parse = reported.parse
    for at, i in enumerate(reported.tokens):
        for size in range(min(LONGEST, len(reported.tokens) - at), 0, -1):
            if reported.tokens[at + size - 1] != i + size - 1:
                continue
            phrase = " ".join(parse.lower[i : i + size])
            base = " ".join([parse.lemma(i), *parse.lower[i + 1 : i + size]])
            parts = _listed().get(phrase) or _listed().get(base)
            if parts is None:
                continue
            listed = parts.get(ANY, set()) | parts.get(POS.get(parse.tag[i][:1], ""), set())
            for kind in CLAIM_KINDS:
                if kind in listed and _holds(reported, i, kind, phrase in _listed() and ANY in parts):
                    yield kind, (i, i + size)
            break


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


def _holds(reported: Reported, i: int, kind: ClaimKind, phrase: bool) -> bool:
    """Whether a word means here what the list says.

    CASE 1: "a disgrace", "it was unfair": a noun or adjective is a judgement where it says what something is.
    CASE 2: "we hope", "I love": a verb is a judgement of the speaker's own.
    CASE 3: "prices rose" compares, "to improve the roads" does not: a verb that has a tense.
    CASE 4: "my mother": whom somebody knows is personal where they are the speaker's own.
    """
    parse, language = reported.parse, reported.parse.language
    if kind == "law":
        return phrase or _is_law(reported, i)
    if kind == "comparison" and parse.tag[i] in language.verbs:
        bound = (clause for clause in reported.clauses if clause.verb == i)
        return any(not any(parse.lower[k] in words("obliging") for k in one.auxiliaries) for one in bound)
    if kind == "prediction" and parse.tag[i] in language.adjectives:
        been = any(parse.lower[k] == "have" for c in parse.children[i] for k in parse.children[c])
        return parse.dep[i] in language.predicates and not been
    if kind == "promise" and not phrase and parse.tag[i] in language.nouns:
        return _names_plan(parse, i)
    if kind == "opinion":
        if phrase:
            after_modal = i > 0 and parse.tag[i - 1] in language.modals
            return (i in reported.quoted and not after_modal) or parse.tag[i] in language.modals
        if parse.tag[i] in language.verbs:
            subject = _subject_of(reported, i)
            return subject in reported.own or (subject >= 0 and parse.lemma(i) in words("needing"))
        return _says_what(parse, i, reported)
    if kind == "personal":
        if parse.tag[i] in language.verbs:
            return _subject_of(reported, i) in reported.own
        whose = (c for c in parse.children[i] if parse.dep[c] in language.possessives)
        return any(c in reported.own and parse.lower[c] not in words("we") for c in whose)
    if kind == "promise" and not phrase:
        verb = i if parse.tag[i] in language.verbs else parse.head[i]
        return _subject_of(reported, verb) in reported.own
    return True


def _subject_of(reported: Reported, verb: int) -> int:
    return next((clause.subject for clause in reported.clauses if clause.verb == verb), -1)


def _says_what(parse: Parse, i: int, reported: Reported) -> bool:
    """Whether a word is what something is said to be: "was unfair", "a big mistake", "called it absurd"."""
    language = parse.language
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


def _from_cue(reported: Reported) -> Iterator[tuple[ClaimKind, TokenSpan]]:
    """What the cue tells: promised, predicted, praised."""
    cue = reported.candidate.cue
    if cue is None:
        return
    lemma, called = reported.candidate.lemma, any(reported.parse.lower[i] == "as" for i in reported.tokens)
    told = [lemma, f"{lemma} as", f"{lemma} to as"] if called else [lemma]
    for kind in CLAIM_KINDS:
        if any(kind in _listed().get(words_of, {}).get(CUE, set()) for words_of in told):
            yield kind, cue


def _questions(reported: Reported) -> Iterator[TokenSpan]:
    """What is asked: a question mark in the content, or a cue of asking before "whether" or "what"."""
    parse = reported.parse
    marks = [i for i in reported.tokens if parse.lower[i] == "?"]
    for i in marks:
        start = max(parse.sents[parse.sent_of[i]][0], reported.parts[0][0])
        yield next((k for k in range(start, i) if k in reported.inside), i), i + 1
    if not marks and reported.quote.cue and reported.quote.cue.question and reported.candidate.cue:
        yield reported.candidate.cue


# Clauses


def _of_clause(reported: Reported, clause: Clause) -> Iterator[tuple[ClaimKind, TokenSpan]]:
    """Prediction, promise, opinion, personal experience: by a clause's auxiliaries and its subject.

    CASE 1: "we will pay", "it said it would close two branches": of the speaker, what will be is a promise or a plan.
    CASE 2: "prices will rise", "prices would rise" (of what is reported), "prices could rise": a prediction.
    CASE 3: "they should pay", "it would be a mistake": an opinion.
    CASE 4: "I saw the car", "my train was late", "she said she had seen it": of one who speaks of themselves.
    """
    parse = reported.parse
    span = clause.start, clause.verb + 1
    helping = {parse.lower[k] for k in clause.auxiliaries if parse.tag[k] in parse.language.modals}
    own = clause.subject in reported.own
    reports = clause.verb not in reported.quoted
    if parse.dep[clause.verb] in parse.language.roots and _ends_asking(parse, clause.verb):
        return
    judged = _is_judgement(reported, clause)
    coming = (
        _is_going_to(parse, clause.verb)
        or not helping.isdisjoint(words("foretelling"))
        or (reports and not helping.isdisjoint(words("foretold")))
    )
    if judged and helping & (words("foretold") | words("possible")):
        yield "opinion", span
    elif coming and not _is_perfect(parse, clause):
        yield "promise" if own else "prediction", span
    elif not helping.isdisjoint(words("possible")) and not _is_perfect(parse, clause) and _is_open(reported, clause):
        yield "prediction", span
    elif not helping.isdisjoint(words("obliging")):
        yield "opinion", span
    elif own and clause.main and not helping & words("foretold") and _is_personal(reported, clause):
        yield "personal", (min(clause.subject, clause.start), clause.verb + 1)
    elif judged:
        yield "opinion", span


def _is_going_to(parse: Parse, verb: int) -> bool:
    """Whether a verb is the "going" of "going to rain", and not of "going to Rome"."""
    if parse.lower[verb] not in words("going") or parse.lower[verb + 1 : verb + 2] != ["to"]:
        return False
    return any(parse.dep[c] in parse.language.governed for c in parse.children[verb])


def _ends_asking(parse: Parse, i: int) -> bool:
    """Whether a token's sentence ends with a question mark."""
    start, end = parse.sents[parse.sent_of[i]]
    return any(parse.lower[k] == "?" for k in range(max(start, end - 3), end))


def _is_perfect(parse: Parse, clause: Clause) -> bool:
    """Whether it could have been, and is past."""
    return any(parse.lower[k] == "have" for k in clause.auxiliaries)


def _is_personal(reported: Reported, clause: Clause) -> bool:
    """Whether a clause of the speaker's own tells what they have lived: of one person, not of a body, no opinion, plan
    or word of saying; "we" only with a verb that is personal itself."""
    parse, speaker = reported.parse, reported.quote.speaker
    person = speaker is None or speaker.kind in ("person", "unknown")
    if not person or parse.lower[clause.subject] in ITSELF:
        return False
    act = parse.verb_act(clause.verb)
    if act == "speech" or (act == "thought" and not _is_done(reported, clause)):  # I mean; but I saw
        return False
    listed = _listed().get(parse.lemma(clause.verb), {}).get("verb", set())
    several = parse.lower[clause.subject] in words("we")
    return listed.isdisjoint(("opinion", "promise")) and (not several or "personal" in listed)


def _is_open(reported: Reported, clause: Clause) -> bool:
    """Whether a clause with "may" or "could" says what may come, and stands by itself.

    CASE: "he thought they could win": what he thought then, of which the outcome is known.
    """
    parse = reported.parse
    above = parse.head[clause.verb]
    past = above in reported.inside and above != clause.verb and parse.tag[above] in parse.language.past
    return clause.main and not (past and parse.dep[clause.verb] in parse.language.content_clauses)


def _is_judgement(reported: Reported, clause: Clause) -> bool:
    """Whether a clause says what somebody holds of something: I think, it was unfair."""
    parse = reported.parse
    if "opinion" in _listed().get(parse.lemma(clause.verb), {}).get("verb", set()) and clause.subject in reported.own:
        return True
    saying = parse.language.predicates
    if parse.lemma(clause.verb) in words("amounting"):
        saying = saying | parse.language.objects
    predicates = (c for c in parse.children[clause.verb] if parse.dep[c] in saying)
    for c in predicates:
        for word in (c, *parse.children[c]):
            listed = _listed().get(parse.lemma(word), {})
            if any("opinion" in listed.get(part, ()) for part in POS.values()) and word in reported.inside:
                return True
    return False


def _is_done(reported: Reported, clause: Clause) -> bool:
    """Whether what somebody tells of themselves has been done or seen, and is not a feeling: I saw the car."""
    parse, language = reported.parse, reported.parse.language
    past = any(
        parse.tag[k] in language.past or parse.lower[k] in words("perfect_auxiliaries") for k in clause.auxiliaries
    )
    return (past or parse.tag[clause.verb] in language.past) and parse.lemma(clause.verb) not in words("copulas")


def _states(reported: Reported, clause: Clause) -> bool:
    """Whether a clause states what is or was, may have been, or can be: it has a subject, a tense and no other modal.

    CASE 1: "recommended that clients buy" states nothing: a cue that directs.
    CASE 2: "the bank plans to move" is a plan, "the town needs a school" a judgement.
    CASE 3: "we believe that justice was done" is an opinion.
    CASE 4: "I ask that you wait", "you never know" state nothing.
    """
    parse = reported.parse
    open_ended = words("foretelling") | words("foretold") | words("possible") | words("obliging")
    modal = any(
        parse.tag[k] in parse.language.modals and parse.lower[k] in open_ended
        for k in (clause.verb, *clause.auxiliaries)
    )
    lemma, above = parse.lemma(clause.verb), parse.head[clause.verb]
    if "promise" in _listed().get(lemma, {}).get("verb", set()) or lemma in words("wanting"):
        return False
    if parse.dep[clause.verb] in parse.language.content_clauses and _thinks(reported, above):
        return False
    performs = parse.verb_act(clause.verb) == "speech" and not _is_done(reported, clause)
    if (performs and clause.subject in reported.own) or parse.lower[clause.subject] in words("you"):
        return False
    helping = {parse.lower[k] for k in clause.auxiliaries}
    modal = modal and not (_is_perfect(parse, clause) and helping & words("possible"))
    return clause.subject >= 0 and not modal and not reported.directs and not _ends_asking(parse, clause.verb)


def _thinks(reported: Reported, verb: int) -> bool:
    """Whether a verb says what the speaker thinks: we believe."""
    listed = _listed().get(reported.parse.lemma(verb), {}).get("verb", set())
    return "opinion" in listed and verb in reported.inside and _subject_of(reported, verb) in reported.own
