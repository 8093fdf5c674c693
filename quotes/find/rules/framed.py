"""Quotations that a phrase frames: with the words “…”, for somebody it is “…”, X on Y: “…”; and the line above what a
mail answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotes.find.candidate import Edges, Proposal, Readings, TokenSpan
from quotes.find.content import begins_sentence, edges_of, sentence_like
from quotes.find.frame import Frame
from quotes.find.rules.places import nominals, paragraphs, quotations
from quotes.find.rules.quotation import of_quotation
from quotes.find.rules.quoted import SHORT, before_it, named, next_said
from quotes.find.rules.rule import rule
from quotes.grammar import clauses
from quotes.grammar.circumstances import can_hear
from quotes.grammar.context import NO_QUOTE, Context
from quotes.grammar.phrases import noun_phrase
from quotes.lexicon import words

MAIL_HEADER = re.compile(
    r"\s*On\s[^\n]{0,80}?\d{1,4}(?:[:.]\d\d)*(?:\s?[AaPp]\.?[Mm]\.?)?(?:\s(?:[+-]\d{4}|[A-Z]{3,4}\b))?,?\s"
    r"(?P<name>[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|van|von|de|der|bin|al)){0,4})"
    r"(?:\s*[<(\[][^<>()\[\]\n]{3,80}[>)\]])?,?\s(?P<verb>wrote|writes|said):\s*"
)
"""The line above what a mail answers: On Tue, 4 Jun 2019 at 10:12, Ada Lund <ada@lund.example> wrote:"""
WITH_WORDS = re.compile(
    r"\b[Ww]ith (?:the|a|an|these|his|her|their) (?:\w+ )?(?P<noun>words|cry|shout|remark|phrase|line)(?: of)?[,:]?\s*$"
)
FOR = re.compile(
    r"(?:^|[.!?]\s)For (?P<name>(?:the |Mr |Mrs |Ms |Dr )?[\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}),? "
    r"[^,.;:!?\"“”\n]{2,60} (?:is|was|are|were|remains|had been|has been) (?:like )?"
    r"(?:just |simply |nothing less than )?$"
)
ON_TOPIC = re.compile(
    r"\s*(?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,5}) (?P<on>on) [^:;.!?\"“”\n]{3,80}: (?=[\"“‘'])"
)
ADVICE, EQUATING = words("advising"), words("equating")


@rule(
    "framed.mail",
    on=paragraphs,
    about="the line above what a mail answers, which tells when it was written and by whom",
    matches=(
        "On Tue, 4 Jun 2019 at 10:12, [Ada Lund] <ada@lund.example> (wrote):\n\n{“The pump is broken again.”}\n\nOh.",
        "On 3 May 2021, [Jan van Dam] (wrote):\n\n{“The roof leaks.}\n\n{“We should move it.”}\n\nAgreed.",
        "On Mon, Mar 1, 2021 at 9:05 PM [Li Na] (wrote):\n\n{“See you at the weir.”}",
    ),
    rejects=("On 3 May the mayor wrote:\n\n- a letter\n\n- a poem",),
    prior=0.95,
    taught=False,
)
def mail(ctx: Context, paragraph: TokenSpan) -> Iterator[Proposal]:
    p = ctx.parse
    found = MAIL_HEADER.fullmatch(p.text, p.start[paragraph[0]], p.end[paragraph[1] - 1])
    if found is None:
        return
    source, verb = named(ctx, *found.span("name")), ctx.tokens(*found.span("verb"))
    content = next_said(ctx, paragraph, unmarked=True)
    if source and verb and content:
        edges = Readings([Edges("whole", content)])
        yield Proposal(Frame("mail"), verb, verb[0], ctx.lemma(verb[0]), edges, lambda: source)


@rule(
    "framed.with-words",
    on=quotations,
    about="with the words of a quotation somebody does something",
    matches=(
        "With the (words) {“I am done”}, [goalkeeper Teemu Salo] threw his gloves into the crowd.",
        "With a (cry) of {“Land!”}, [the boy] ran to the rail.",
        "[Ines Caro] left the stage with the (words) {“Good night, and good luck.”}",
    ),
    rejects=("With the film “Salt”, the festival opened its doors.",),
    prior=0.9,
    taught=False,
)
def with_words(ctx: Context, q: int) -> Iterator[Proposal]:
    p, quote = ctx.parse, ctx.quotes[q]
    first, before = before_it(ctx, q)
    found = WITH_WORDS.search(before)
    noun = ctx.tokens(first + found.start("noun"), first + found.end("noun")) if found else None
    if noun is None:
        return
    start, end = ctx.sentence(noun[0])
    after = max(end, ctx.sentence(min(quote.end, len(p) - 1))[1])
    verbs = [i for i in (*range(quote.end, after), *range(start, noun[0])) if p.tag[i] in p.language.tensed]
    subject = next((s for verb in verbs if (s := clauses.subject(ctx, verb)) >= 0 and ctx.quote_of[s] == NO_QUOTE), -1)
    if subject >= 0:
        source = (noun_phrase(p, subject), subject)
        edges = of_quotation(ctx, q, noun[0])
        yield Proposal(Frame("with-words"), noun, noun[0], ctx.lemma(noun[0]), edges, lambda: source)


@rule(
    "framed.for",
    on=quotations,
    about="for somebody something is so, in their words",
    matches=(
        "For [Odile Marchand], the law is {“a fig leaf”}.",
        "For [Mr Petrov] it was {“like a second birth”}.",
        "For [the coach], the defeat was {“a lesson in humility”}.",
    ),
    rejects=("For a year, the film was “Salt”.", "For Odile Marchand he wrote “Salt”."),
    prior=0.75,
    taught=False,
)
def for_somebody(ctx: Context, q: int) -> Iterator[Proposal]:
    p, (first, before) = ctx.parse, before_it(ctx, q)
    found = FOR.search(before)
    source = named(ctx, first + found.start("name"), first + found.end("name")) if found else None
    if source and can_hear(p, source[1]) and not begins_sentence(ctx, q):
        yield Proposal(Frame("for"), None, source[1], "", of_quotation(ctx, q, -1), lambda: source)


@rule(
    "framed.on",
    on=paragraphs,
    about="a line that says who speaks on what, a colon and a quotation",
    matches=(
        "[Chef Lorcan Duffy] (on) his new menu: {“It is all about turnips.”}",
        "[Tove Madsen] (on) losing the vote: {“I slept well.”}",
        "[Coach Lee Okoro] (on) Sunday's match: {“We earned it.”}",
    ),
    rejects=("A film on bees: “The Hum”.", "The house on the hill: “Seaview”."),
    prior=0.88,
    taught=False,
)
def on_topic(ctx: Context, paragraph: TokenSpan) -> Iterator[Proposal]:
    p = ctx.parse
    found = ON_TOPIC.match(p.text, p.start[paragraph[0]], p.end[paragraph[1] - 1])
    name = ctx.tokens(*found.span("name")) if found else None
    if found is None or name is None or not can_hear(p, name[1] - 1):
        return
    at = ctx.tokens(found.end(), found.end() + 1)
    q = ctx.quote_of[at[0]] if at else NO_QUOTE
    cue_at = ctx.tokens(*found.span("on"))
    if at and cue_at and q != NO_QUOTE and ctx.quotes[q].start == at[0] and sentence_like(ctx, q):
        edges, source = of_quotation(ctx, q, cue_at[0]), (name, name[1] - 1)
        yield Proposal(Frame("on"), cue_at, cue_at[0], "on", edges, lambda: source)


@rule(
    "framed.advice",
    on=nominals,
    about="whose advice or message something is, without marks behind a colon",
    matches=(
        "[Her] (advice) to young pilots: {trust the compass}.",
        "The (message) from [Brussels] was blunt: {pay or leave}.",
        "[The coach]'s (message) was simple: {win or go home}.",
    ),
    rejects=("Her house has two doors: one is blue.", "The answer is simple: nobody came.", "Her message: “Stay.”"),
    prior=0.75,
    taught=False,
)
def advice(ctx: Context, noun: int) -> Iterator[Proposal]:
    p = ctx.parse
    if p.lemma(noun) not in ADVICE or ctx.quote_of[noun] != NO_QUOTE:
        return
    end = ctx.sentence(noun)[1]
    colon = next((i for i in range(noun + 1, min(end, noun + SHORT)) if p.lower[i] == ":"), -1)
    holder = clauses.possessor(p, noun)
    if colon < 0 or colon + 2 >= end or holder < 0 or ctx.quote_of[colon + 1] != NO_QUOTE:
        return
    between = [i for i in range(noun + 1, colon) if p.tag[i] in p.language.tensed]
    if all(p.lemma(i) in EQUATING for i in between):
        source = (noun_phrase(p, holder), holder)
        edges = edges_of(ctx, [("sentence", [(colon + 1, end)])], noun, end)
        yield Proposal(Frame("advice"), (noun, noun + 1), noun, ctx.lemma(noun), edges, lambda: source)
