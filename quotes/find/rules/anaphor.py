"""Verbs with a word that stands for what was said before: said so, denied it, confirmed as much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.find import source as src
from quotes.find.candidate import Proposal
from quotes.find.content import edges_of
from quotes.find.frame import Frame
from quotes.find.rules.places import verbs
from quotes.find.rules.rule import rule
from quotes.grammar import clauses
from quotes.grammar.context import NO_QUOTE, Context
from quotes.grammar.parse import Parse, TokenSpan
from quotes.lexicon import words

SAYING_SO, SAYING_IT, STANDING_IN = words("saying_so"), words("saying_it"), words("standing_in")
MUCH = ["as", "much"]


def is_anaphor(p: Parse, content: Sequence[TokenSpan]) -> bool:
    """Whether a content is nothing but words that stand for what was said before: that, so, as much."""
    return all(p.lower[i] in STANDING_IN for start, end in content for i in range(start, end))


def is_standing_in(text: str) -> bool:
    """The same of a content's text."""
    return all(word in STANDING_IN for word in text.lower().split())


def stands_for_clause(p: Parse, verb: int, content: Sequence[TokenSpan]) -> bool:
    """Whether the object of a verb is what was said rather than a thing: denied it, said so; but not praised it."""
    so = p.lower[content[0][0]] == "so"
    return p.lemma(verb) in (SAYING_SO if so else SAYING_IT) or (not so and p.lower[content[0][0]] == "as")


@rule(
    "anaphor.said-so",
    on=verbs,
    about="a verb of saying, and a word that stands for what was said before",
    matches=(
        "The plant was safe, the union said. [His lawyer] (said) {so} too.",
        "Prosecutors say Ruiz took the money. [He] (denied) {it}.",
        "The river is rising. [The mayor] (admitted) {as much} on Tuesday.",
    ),
    rejects=("He denied it any food.", "She said so many things.", "They repeated it until dawn, the song of the sea."),
    prior=0.8,
    taught=False,
)
def said_so(ctx: Context, verb: int) -> Iterator[Proposal]:
    p, lemma = ctx.parse, ctx.lemma(verb)
    if ctx.quote_of[verb] != NO_QUOTE or clauses.passive(p, verb):
        return
    at = verb + 1
    after = p.lower[at : at + 2]
    if after == MUCH and (lemma in SAYING_IT or lemma in SAYING_SO):
        end = at + 2
    elif (after[:1] == ["so"] and lemma in SAYING_SO) or (
        after[:1] in (["it"], ["this"], ["that"]) and lemma in SAYING_IT
    ):
        end = at + 1
    else:
        return
    source = src.source_of(ctx, verb, False)
    if source and source[0][1] <= verb and _ends(ctx, end):
        edges = edges_of(ctx, [("anaphor", [(at, end)])], verb, end)
        yield Proposal(Frame("anaphor"), (verb, verb + 1), verb, lemma, edges, lambda: source)


def _ends(ctx: Context, i: int) -> bool:
    """Whether a token ends a clause or begins to tell when and how: too, on Tuesday, but she stayed."""
    p = ctx.parse
    if i >= len(p) or p.tag[i] in p.language.prepositions:
        return True
    return not p.words[i][:1].isalnum() or p.tag[i] in p.language.conjunctions or p.tag[i] in p.language.adverbs
