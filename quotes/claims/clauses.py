"""What the clauses of a content tell by their auxiliaries, subjects and predicates: prediction, promise, opinion,
personal experience, fact."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quotes.claims.listed import as_verb, cue_kinds, judges
from quotes.claims.reported import ITSELF
from quotes.lexicon import words

if TYPE_CHECKING:
    from quotes.claims.reported import Clause, Reported
    from quotes.grammar.parse import Parse, TokenSpan
    from quotes.records import ClaimKind


def from_clauses(reported: Reported) -> Iterator[tuple[ClaimKind, TokenSpan]]:
    """The kinds of all clauses; a fact is what is none of the others, or has been done by the speaker."""
    judged: set[int] = set()
    for clause in reported.clauses:
        for kind, span in _of_clause(reported, clause):
            yield kind, span
            if kind != "personal" or not _is_done(reported, clause):
                judged.add(clause.verb)
    for clause in reported.clauses:
        if clause.main and clause.verb not in judged and _states(reported, clause):
            yield "fact", (clause.start, clause.verb + 1)


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
    if reported.asked(clause.verb):
        return
    judged = _is_judgement(reported, clause)
    if judged and helping & (words("foretold") | words("possible")):
        yield "opinion", span
    elif _is_to_come(reported, clause) and not _is_perfect(parse, clause):
        kind = _to_come(reported, clause)
        if kind is not None:
            yield kind, span
    elif (
        not helping.isdisjoint(words("possible"))
        and not (own and _is_saying(parse, clause))
        and not _is_perfect(parse, clause)
        and _is_open(reported, clause)
    ):
        yield "prediction", span
    elif not helping.isdisjoint(words("obliging")):
        yield "opinion", span
    elif own and clause.main and not helping & words("foretold") and _is_personal(reported, clause):
        yield "personal", (min(clause.subject, clause.start), clause.verb + 1)
    elif judged:
        yield "opinion", span


def _is_to_come(reported: Reported, clause: Clause) -> bool:
    """Whether a clause tells what is to come: will, "going to"; "would" outside quotation marks."""
    parse = reported.parse
    told = words("foretelling")
    if any(
        parse.lower[k] in told or (parse.lower[k] in words("foretold") and k not in reported.quoted)
        for k in clause.auxiliaries
    ):
        return True
    if not _is_going_to(parse, clause.verb):
        return False
    once = any(parse.tag[k] in parse.language.past for k in clause.auxiliaries)
    return not (once and clause.verb in reported.quoted)  # I was going to stay


def _is_going_to(parse: Parse, verb: int) -> bool:
    """Whether a verb is the "going" of "going to rain", and not of "going to Rome"."""
    if parse.lower[verb] not in words("going") or parse.lower[verb + 1 : verb + 2] != ["to"]:
        return False
    return any(parse.dep[c] in parse.language.governed for c in parse.children[verb])


def _to_come(reported: Reported, clause: Clause) -> ClaimKind | None:
    """What kind of claim it is that something will be.

    CASE 1: "we will pay": the speaker's own deed is a promise, "we will win", "I will need help" a prediction, as is
    what they think, or predict of themselves, and what is done to them: "it will be sold".
    CASE 2: "I would rather stay": what somebody likes better.
    CASE 3: "I will tell you this", "we will see" say nothing; "if they would accept" says nothing of what is to come.
    """
    parse = reported.parse
    verb = next((c for c in parse.children[clause.verb] if parse.dep[c] in parse.language.governed), -1)
    verb = verb if _is_going_to(parse, clause.verb) else clause.verb
    if any(parse.lower[c] in words("rather") for c in parse.children[verb]):
        return "opinion"
    if clause.subject not in reported.own:
        return "prediction"
    if verb in reported.quoted and parse.lemma(verb) in words("announcing"):
        return None
    below = parse.children[verb]
    passive = any(parse.dep[c] in parse.language.passive_marks for c in below)
    denied = any(parse.lower[c] in words("negations") for c in (*below, *parse.children[clause.verb]))
    outcome = parse.lemma(verb) in words("outcomes") or (passive and not denied)
    if outcome or "prediction" in cue_kinds(reported) or _is_thought(reported, clause.verb):
        return "prediction"
    return "promise" if clause.main or verb in reported.quoted else None


def _is_saying(parse: Parse, clause: Clause) -> bool:
    """May I ask."""
    return parse.lemma(clause.verb) in words("announcing")


def _is_perfect(parse: Parse, clause: Clause) -> bool:
    """Whether it could have been, and is past."""
    return any(parse.lower[k] == "have" for k in clause.auxiliaries)


def _is_personal(reported: Reported, clause: Clause) -> bool:
    """Whether a clause of the speaker's own tells what they have lived: of one person, not of a body, no opinion, plan,
    ability or word of saying; "we" only with a verb that is personal itself, and of what is reported nothing that only
    goes on: she was leaving."""
    parse, language, speaker = reported.parse, reported.parse.language, reported.quote.speaker
    person = speaker is None or speaker.kind in ("person", "unknown")
    if not person or parse.lower[clause.subject] in ITSELF:
        return False
    act = parse.verb_act(clause.verb)
    if act == "speech" or (act == "thought" and not _is_done(reported, clause)):  # I mean; but I saw
        return False
    if any(parse.tag[k] in language.modals for k in clause.auxiliaries):
        return False
    if clause.verb not in reported.quoted and parse.tag[clause.verb] in language.gerunds:
        return False
    told = as_verb(parse.lemma(clause.verb))
    several = parse.lower[clause.subject] in words("we")
    return told.isdisjoint(("opinion", "promise")) and (not several or "personal" in told)


def _is_open(reported: Reported, clause: Clause) -> bool:
    """Whether a clause with "may" or "could" says what may come, and stands by itself.

    CASE: "he thought they could win": what he thought then, of which the outcome is known.
    """
    parse = reported.parse
    above = parse.head[clause.verb]
    past = above in reported.inside and above != clause.verb and parse.tag[above] in parse.language.past
    return clause.main and not (past and parse.dep[clause.verb] in parse.language.content_clauses)


def _is_judgement(reported: Reported, clause: Clause) -> bool:
    """Whether a clause says what somebody holds of something: I think, it was unfair, my hope is."""
    parse, language = reported.parse, reported.parse.language
    weighs = parse.tag[clause.verb] in language.gerunds and parse.lemma(clause.verb) in words("weighing")
    if "opinion" in as_verb(parse.lemma(clause.verb)) and clause.subject in reported.own and not weighs:
        return True
    saying = language.predicates
    if parse.lemma(clause.verb) in words("amounting"):
        saying = saying | language.objects
    predicates = [c for c in parse.children[clause.verb] if parse.dep[c] in saying]
    said = [word for c in predicates for word in (c, *parse.children[c])]
    if clause.subject >= 0 and not reported.own.isdisjoint(parse.children[clause.subject]):
        said += [clause.subject] if parse.lemma(clause.verb) in words("copulas") else []
    if clause.subject not in reported.own:
        said = [word for word in said if parse.lemma(word) not in words("felt")]
    return any(judges(parse, word) and word in reported.inside for word in said)


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
    CASE 4: "I ask that you wait", "you never know" state nothing; "she is asking for time" does, and so does "you were
    there".
    """
    parse, language = reported.parse, reported.parse.language
    open_ended = words("foretelling") | words("foretold") | words("possible") | words("obliging")
    modal = any(
        parse.tag[k] in language.modals and parse.lower[k] in open_ended for k in (clause.verb, *clause.auxiliaries)
    )
    lemma = parse.lemma(clause.verb)
    if "promise" in as_verb(lemma) or lemma in words("wanting"):
        return False
    if _is_thought(reported, clause.verb):
        return False
    goes_on = parse.tag[clause.verb] in language.gerunds
    performs = parse.verb_act(clause.verb) == "speech" and not _is_done(reported, clause) and not goes_on
    past = any(parse.tag[k] in language.past for k in (clause.verb, *clause.auxiliaries))
    if (performs and clause.subject in reported.own) or (parse.lower[clause.subject] in words("you") and not past):
        return False
    helping = {parse.lower[k] for k in clause.auxiliaries}
    modal = modal and not (_is_perfect(parse, clause) and helping & words("possible"))
    return clause.subject >= 0 and not modal and not reported.directs and not reported.asked(clause.verb)


def _is_thought(reported: Reported, verb: int) -> bool:
    """Whether a clause is what the speaker thinks: we believe that justice was done."""
    parse, above = reported.parse, reported.parse.head[verb]
    if parse.dep[verb] not in parse.language.content_clauses or above not in reported.inside:
        return False
    return "opinion" in as_verb(parse.lemma(above)) and reported.subject(above) in reported.own
