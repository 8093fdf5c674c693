"""Set phrases with a verb of saying in which nobody says anything: "That said, …", "needless to say", "called 911"."""

from __future__ import annotations

from quotes.grammar.circumstances import can_hear, text_of
from quotes.grammar.context import Context
from quotes.lexicon import words

TO_SAY = words("before_to_say")
"""Before "to say" or "it to say" these make a phrase: needless to say, suffice it to say, that is to say."""
LAYING_BARE = words("laying_bare")
HELP = words("help")
"""Who is called for help."""
PHRASES = words("set_phrases")
NAMELESS = words("not_to_be")
"""What people who speak ask not to be."""
SAID = words("said") | {"say", "saying"}
NOT_ASKED = words("not_asked")
SEEING = words("seeing_how")
CLAUSE_OPENERS = words("noun_clause_openers")


def is_set_phrase(ctx: Context, head: int) -> bool:
    """Whether a cue's head stands in a phrase that reports nothing.

    CASE 1: "That said, the bridge is safe"; "having said that"; "that being said".
    CASE 2: "needless to say"; "suffice it to say"; "it goes without saying"; "rest assured that".
    CASE 3: "called 911", "called the police": no name is given to anybody.
    CASE 4: "was pronounced dead".
    CASE 5: "low tide revealed the ribs of a boat": a thing lays bare another.
    CASE 6: "who asked not to be named", "declined to be identified": what is asked is no part of what is said.
    CASE 7: "All told, nine were hurt"; "far be it from me to say"; "you could tell that the ice was thin".
    CASE 8: "said nothing".
    """
    p, word = ctx.parse, ctx.parse.lower[head]
    before = p.lower[max(0, head - 3) : head]
    after = p.lower[head + 1 : head + 6]
    last = before[-1:]
    if word == "said" and after[:1] == [","] and (last == ["that"] or before[-2:] == ["that", "being"]):
        return p.lower[ctx.sentence(head)[0]] in p.language.words("before_that_said")
    if word == "say" and last == ["to"] and len(before) > 1 and before[-2] in TO_SAY:
        return before[-2] not in ("is", "it") or before[0] in ("that", "suffice")
    if not PHRASES.isdisjoint(
        " ".join(near) for near in ((*last, word, *after[:1]), (*before, word), (*before[-2:], word), (*last, word))
    ):
        return True
    if word == "tell" and not SEEING.isdisjoint(last) and not CLAUSE_OPENERS.isdisjoint(after[:1]):
        return True
    if word == "told" and last == ["all"] and after[:1] == [","]:
        return True
    if word in SAID and after[:1] == ["nothing"] and not "".join(after[1:2]).isalnum():
        return True
    if p.lemma(head) in LAYING_BARE:
        return _of_things(ctx, head)
    if p.lemma(head) == "call":
        return _calls_help(ctx, head)
    named = after[1:] if word == "asked" and after[:1] == ["not"] else after if word in NOT_ASKED else []
    return named[:2] == ["to", "be"] and not NAMELESS.isdisjoint(named[2:3])


def _of_things(ctx: Context, verb: int) -> bool:
    """Whether a verb has for subject a thing that neither speaks nor is read, and for object a noun and no clause."""
    p = ctx.parse
    subject = next((c for c in p.children[verb] if c < verb and p.dep[c] in p.language.subjects), -1)
    thing = subject >= 0 and p.tag[subject] in p.language.nouns - p.language.proper and not can_hear(p, subject)
    if not thing or text_of(p, subject).source:
        return False
    objects = [c for c in p.children[verb] if c > verb and p.dep[c] in p.language.objects | p.language.clauses]
    return len(objects) == 1 and p.dep[objects[0]] in p.language.objects


def _calls_help(ctx: Context, verb: int) -> bool:
    p = ctx.parse
    wanted = p.language.objects | p.language.complement_nouns | p.language.clauses
    objects = [c for c in p.children[verb] if c > verb and p.dep[c] in wanted]
    return len(objects) == 1 and p.lower[objects[0]] in HELP
