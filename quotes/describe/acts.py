"""What kind of act a cue reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from quotes.describe.factuality import quoted

if TYPE_CHECKING:
    from quotes.describe.clause import Clause
    from quotes.records import Act, Speaker

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
        named = "speech" if quoted(clause) else "attitude"
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
