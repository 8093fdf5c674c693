"""What kind of act a cue reports, and whether it took place: denied, planned, asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from quotes.describe.clause import Clause
    from quotes.records import Act, Speaker

NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor"})
NOT_MORE = frozenset({"only", "just", "merely", "simply", "surprisingly"})
"""After "not" these make no denial: "not only said"."""
NOBODY = frozenset({"no", "nobody", "none", "neither", "nothing"})
"""A source that begins with one of these did not speak: "nobody said"."""
INSTEAD = frozenset({"without", "short", "instead", "than"})
"""Governing a cue's gerund, they deny it: "stopped short of saying"."""
REFUSING = frozenset({"would", "will", "could", "can", "wo", "ca", "'d", "’d"})
"""Denied, these tell of a refusal rather than of a possibility: "would not say"."""
CONDITIONS = frozenset({"if", "unless"})
WH = frozenset({"whether", "if", "who", "whom", "whose", "what", "which", "when", "where", "why", "how"})
QUOTATION = frozenset("\"“”„‟«»‘’`'") | {"``", "''"}
PERSONAL = frozenset({"PRP", "WP", "NNP", "NNPS"})
"""Tags of sources that are people or act like them."""


def act(clause: Clause, channel: str, speaker: Speaker | None) -> Act:
    """The act, given what the medium makes of it: "writing", "speech" or ""."""
    source = clause.candidate.source_head
    kind = clause.text(source).source if source >= 0 else ""
    if kind == "document" or (speaker is not None and speaker.kind == "document"):
        return "document"
    named = clause.reported.act if clause.cue else "speech"
    if named in ("", "light"):
        named = "speech" if _quoted(clause) else "attitude"
    if named == "document" and (
        (source >= 0 and clause.parse.tag[source] in PERSONAL)
        or (speaker is not None and speaker.kind in ("person", "group", "organization"))
    ):
        named = "attitude"
    if named == "speech" and (channel == "writing" or _written(clause)):
        named = "writing"
    if named in ("speech", "thought") and kind == "writing" and clause.reported.sense != "denied":
        named = "writing"
    return cast("Act", named)


def _written(clause: Clause) -> bool:
    """Is it a participle of writing ("wrote to the minister asking that …"), or from "@name:"?"""
    parse, main, source = clause.parse, clause.main, clause.candidate.source
    if source and parse.words[source[0]].startswith("@"):
        return True
    above = parse.head[main]
    return parse.tag[main] == "VBG" and parse.dep[main] == "advcl" and clause.entry(above).act == "writing"


def negated(clause: Clause) -> bool:
    """Did the act, by the text's own words, not take place, or does it take the content back?"""
    parse, source = clause.parse, clause.candidate.source
    if not clause.cue:
        return False
    if source and parse.lower[source[0]] in NOBODY:
        return True
    own = (i for i in clause.scope if i not in clause.governors)
    denied = clause.reported.sense == "denied" or any(_not(clause, i) for i in own)
    for i in clause.governors:
        refuses = clause.entry(i).sense == "denied" or parse.lower[i] in INSTEAD
        denied |= refuses != _not(clause, i)  # "did not hesitate to say" is said
    return denied or any(_negates(clause, i) for i in clause.cue if parse.head[i] in clause.cue and i < clause.main)


def modal(clause: Clause) -> bool:
    """Is the act possible, planned, expected or supposed rather than done?"""
    parse = clause.parse
    for verb in clause.scope:
        for c in parse.children[verb]:
            if c in clause.taken:
                continue
            if parse.tag[c] == "MD" and not (parse.lower[c] in REFUSING and _not(clause, verb)):
                return True
            if parse.lower[c] in CONDITIONS and parse.dep[c] == "mark" and parse.dep[verb] == "advcl":
                return True
            if parse.dep[c] == "acomp" and verb in clause.governors and clause.entry(c).sense == "planned":
                return True
    return any(
        clause.entry(i).sense == "planned" or parse.words[i] == "going" or clause.supposed(i) for i in clause.governors
    )


def question(clause: Clause) -> bool:
    """Is the content asked rather than stated?"""
    parse, content = clause.parse, clause.candidate.content
    first, last = content[0][0], content[-1][1] - 1
    while last > content[-1][0] and (parse.lower[last] in QUOTATION or parse.lower[last] == ","):
        last -= 1
    if parse.words[last].endswith("?"):
        return True
    if not clause.cue or clause.reported.sense != "asked":
        return False
    return parse.lower[first] in WH or _quoted(clause) or parse.tag[clause.main][0] == "N"


def _not(clause: Clause, verb: int) -> bool:
    return any(c not in clause.taken and _negates(clause, c) for c in clause.parse.children[verb])


def _negates(clause: Clause, i: int) -> bool:
    lower = clause.parse.lower
    after = lower[i + 1] if i + 1 < len(lower) else ""
    return (lower[i] in NEGATIONS and after not in NOT_MORE) or (lower[i] == "yet" and after == "to")


def _quoted(clause: Clause) -> bool:
    """Does the content begin with a quotation mark?"""
    return clause.parse.lower[clause.candidate.content[0][0]] in QUOTATION
