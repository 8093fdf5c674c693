"""What kind of act a cue reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from quotes.describe.factuality import quoted
from quotes.grammar.circumstances import text_of

if TYPE_CHECKING:
    from quotes.describe.clause import Clause
    from quotes.records import Act, Speaker

BESIDE = ("left", "dialogue")
"""Families of rules for a clause beside what is said."""
POST = "post."
"""The family of rules by which what is said is written."""
PERSONS = ("person", "group", "organization")
"""Kinds of speakers of whom a verb that texts do ("show") is an attitude."""


def act(clause: Clause, channel: str, speaker: Speaker | None) -> Act:
    """The act, given what the medium makes of it: "writing", "speech" or ""."""
    parse, source = clause.parse, clause.candidate.source_head
    kind = text_of(parse, source).source if source >= 0 else ""
    if kind == "document" or (speaker is not None and speaker.kind == "document"):
        return "document"
    named = clause.reported.act if clause.cue else "speech"
    if named in ("", "light"):
        named = "speech" if quoted(clause) else "attitude"
    if named in ("thought", "attitude") and _said_aloud(clause):
        named = "speech"
    if named == "document" and (
        (source >= 0 and parse.tag[source] in parse.language.acting)
        or (speaker is not None and speaker.kind in PERSONS)
    ):
        named = "attitude"
    if named == "speech" and (channel == "writing" or _written(clause)):
        named = "writing"
    if named in ("speech", "thought") and kind == "writing" and clause.reported.sense != "denied":
        named = "writing"
    return cast("Act", named)


def _said_aloud(clause: Clause) -> bool:
    """Whether a clause beside a quotation that tells no thought is its report: “We lost,” she concluded."""
    beside = clause.candidate.rule.partition(".")[0] in BESIDE
    return beside and quoted(clause) and clause.parse.lemma(clause.main) not in clause.words("thinking")


def _written(clause: Clause) -> bool:
    """Is it a participle of writing ("wrote to the minister asking that …"), or from "@name:"?"""
    parse, main, source = clause.parse, clause.main, clause.candidate.source
    if clause.candidate.rule.startswith(POST):
        return True
    if source and parse.words[source[0]].startswith("@"):
        return True
    participle = parse.tag[main] in parse.language.gerunds and parse.dep[main] in parse.language.adverbial
    return participle and clause.entry(parse.head[main]).act == "writing"
