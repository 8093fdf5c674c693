"""What a content claims in which neither a word nor a clause tells it: no clause of its own, or one that the parser
doesn't show. The cue and the shape of the content tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.claims.listed import asks, cue_kinds, judges
from quotes.lexicon import words

if TYPE_CHECKING:
    from quotes.claims.reported import Reported
    from quotes.grammar.parse import Parse, TokenSpan
    from quotes.records import ClaimKind

CLAUSAL = ("complement.clause", "adjunct.according-to")
"""Rules whose content is a clause."""
SHORT = 4
"""Tokens of an answer that is no clause: said yes."""


def bare(reported: Reported) -> tuple[ClaimKind, TokenSpan]:
    """The kind and the words that tell it; "other" for fragments, topics, orders and requests.

    CASE 1: "said that 40 of the members back Lund": what stands behind "that", or has a subject, is stated.
    CASE 2: "explained why it closed" gives a cause, "described how she fell" a fact, "declined to say who" none.
    CASE 3: "called the plan a farce", "what a farce": an opinion.
    CASE 4: "you can't put them in a box": of everybody, an opinion.
    CASE 5: "Norway wants to stay": a plan; "Norway doesn't want that", "it wouldn't have helped": an opinion.
    CASE 6: "voiced confidence in the team", "stressed the need for rain": an opinion.
    CASE 7: "said the push incensed them", where the parser shows no verb; a headline, "Bridge closed by storm".
    CASE 8: "denied any wrongdoing", "accused the firm of hiding it": a fact; "admitted to hiding it": of themselves.
    """
    parse, whole = reported.parse, reported.parts[0]
    first = reported.tokens[0]
    told = cue_kinds(reported)
    if reported.directs or (reported.quote.cue and reported.quote.cue.negated and "fact" not in told):
        return "other", whole
    if parse.lower[first] in words("embedding") and not asks(reported):
        return ("cause" if parse.lower[first] in words("asking_cause") else "fact"), whole
    if parse.lower[first] in words("conditions") | words("embedding"):
        return ("other" if parse.lower[first] in words("only_if") else "question"), whole
    if _has_subject(reported):
        return "fact", whole
    if found := _from_clause(reported):
        return found
    heads = [reported.head(part) for part in reported.parts]
    for verbs, nouns in (("voicing", "feelings"), ("stressing", "needs")):
        if reported.candidate.lemma in words(verbs) and any(parse.lemma(i) in words(nouns) for i in heads):
            return "opinion", (heads[0], heads[0] + 1)
    for i in reported.tokens:
        if judges(parse, i) and (i in reported.quoted or _is_called(reported)):
            return "opinion", (i, i + 1)
    if _is_called(reported):
        return "opinion", reported.candidate.cue or whole
    if _is_said(reported) or _is_headline(reported):
        return "fact", whole
    if "fact" in told and reported.candidate.cue:
        gerund = any(parse.tag[i] in parse.language.gerunds for i in reported.tokens[:2])
        own = gerund and reported.candidate.lemma in words("owning_up")
        return ("personal" if own else "fact"), reported.candidate.cue
    return "other", whole


def _from_clause(reported: Reported) -> tuple[ClaimKind, TokenSpan] | None:
    """What a clause tells that states nothing as others do; see the cases of ``bare``."""
    parse = reported.parse
    for clause in reported.clauses:
        can = any(parse.tag[k] in parse.language.modals for k in clause.auxiliaries)
        if clause.main and clause.subject < 0 and parse.lemma(clause.verb) in words("copulas"):
            return "fact", (clause.start, clause.verb + 1)  # at the heart of it is a clock
        if can and parse.lower[clause.subject] in words("you"):
            return "opinion", (clause.start, clause.verb + 1)
        wants = parse.lemma(clause.verb) in words("wanting")
        if clause.main and (wants or any(parse.lower[k] in words("foretold") for k in clause.auxiliaries)):
            plan = wants and _has_infinitive(parse, clause.verb)
            return ("promise" if plan else "opinion"), (clause.start, clause.verb + 1)
    return None


def _has_subject(reported: Reported) -> bool:
    """Whether a clause is stated that the parser doesn't show: it begins with "that", or something in it is a subject
    of what is no other clause."""
    parse, first = reported.parse, reported.tokens[0]
    if parse.lower[first] == "that" and len(reported.tokens) > 2:
        return True
    main = any(clause.main for clause in reported.clauses)
    return not main and any(
        parse.dep[i] in parse.language.subjects
        and parse.head[i] in reported.inside
        and parse.dep[parse.head[i]] not in parse.language.subordinate
        for i in reported.tokens
    )


def _has_infinitive(parse: Parse, verb: int) -> bool:
    """Wants to stay, and not "wants them to stay", nor "wants to know"."""
    if verb + 2 >= len(parse) or parse.tag[verb + 1] not in parse.language.infinitive_marks:
        return False
    return parse.lemma(verb + 2) not in words("outcomes")


def _is_said(reported: Reported) -> bool:
    """Whether words of some length, not as they were spoken, stand where a clause does: said the push incensed them."""
    rule, lemma = reported.candidate.rule, reported.candidate.lemma
    clausal = rule.endswith(CLAUSAL) and (lemma in words("saying_so") or rule.startswith("adjunct"))
    return clausal and reported.quote.type == "indirect" and len(reported.tokens) > SHORT


def _is_headline(reported: Reported) -> bool:
    """Whether a participle heads it, with what it is said of before."""
    parse, part = reported.parse, reported.parts[0]
    head = reported.head(part)
    return parse.tag[head] in parse.language.participles and part[0] < head and len(reported.tokens) > SHORT


def _is_called(reported: Reported) -> bool:
    """Whether the cue says what something is: called the plan a farce, and not called a meeting."""
    parse, cue = reported.parse, reported.candidate.cue
    if cue is None or reported.candidate.lemma not in words("calling"):
        return False
    verbs = range(*cue)
    if any(parse.lower[i] == "as" for i in reported.tokens):
        return True
    small = parse.language.predicates | parse.language.content_clauses
    return any(parse.dep[i] in small and parse.head[i] in verbs for i in reported.tokens)
