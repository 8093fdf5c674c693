"""What is the head of a source, where the parser took another noun for the subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.grammar.language import ENGLISH
from quotes.lexicon import words
from quotes.resolve import lexicon
from quotes.resolve.syntax import displaced_subject

if TYPE_CHECKING:
    from quotes.resolve.document import Document
    from quotes.resolve.names import Name

CUT = words("cut_at_hyphen")


def mend(doc: Document) -> None:
    """Move a source from what the parser took for a subject to the noun that is the subject.

    CASE 1: a name before it: "In a call with his counterpart, Hakan Fidan, the top diplomat said".
    CASE 2: a body that has the person: "the Delta Council's Ida Roe said".
    CASE 3: a noun behind a hyphen: "the ex-England forward said".
    CASE 4: who is named behind the place from which a report comes: "New Delhi: Minister Ida Roe said".
    """
    for k, head in enumerate(doc.heads):
        if (behind := _behind_place(doc, k)) is not None:
            doc.heads[k], doc.sources[k] = behind.end - 1, (behind.left, behind.end)
            continue
        if (noun := _hyphened(doc, k)) >= 0:
            start, _ = doc.sources[k] or (noun, noun)
            doc.heads[k], doc.sources[k] = noun, (start, noun + 1)
        if head in doc.name_at:
            name = doc.names[doc.name_at[head]]
            subject = displaced_subject(doc.parse, (name.left, name.end))
            if subject >= 0:
                doc.heads[k], doc.sources[k] = subject, (name.end + 1, subject + 1)
        if (owned := _owned(doc, k)) >= 0:
            doc.heads[k] = owned


def _behind_place(doc: Document, k: int) -> Name | None:
    """The name behind a colon, where the source of an attribution is a place that opens its paragraph."""
    source, cue = doc.sources[k], doc.attributions[k].candidate.cue
    if source is None or cue is None or doc.parse.words[source[1] : source[1] + 1] != [":"]:
        return None
    place, at = doc.name_at.get(source[0]), doc.name_at.get(source[1] + 1)
    opens = source[0] == doc.parse.paragraphs[doc.parse.para_of[source[0]]][0]
    if not opens or place is None or at is None or doc.names[at].end > cue[0] or cue[0] <= source[1]:
        return None
    town = doc.names[place].kind == "place" or " ".join(doc.names[place].key) in lexicon.places()
    return doc.names[at] if town and doc.names[at].kind == "person" else None


def _hyphened(doc: Document, k: int) -> int:
    """The noun of a source that the parser cuts behind "ex" or the like; -1 for none."""
    parse, source = doc.parse, doc.sources[k]
    if source is None:
        return -1
    cut = parse.lower[source[1] - 1] in CUT and parse.words[source[1] : source[1] + 1] == ["-"]
    whole = any(parse.lower[j] in CUT and parse.words[j + 1] == "-" for j in range(source[0], source[1] - 2))
    if not cut and not whole:
        return -1
    end = source[1] + cut
    while end < len(parse) and (parse.tag[end] in ENGLISH.nouns or parse.lower[end] in lexicon.nouns()):
        end += 1
    return end - 1 if parse.lower[end - 1] in lexicon.nouns() else -1


def _owned(doc: Document, k: int) -> int:
    """The last token of a full name behind a possessive or a role at the end of an attribution's source, "the Delta
    Council's Ida Roe", "Law Society of the Delta president Ida Roe", where the parser takes the body for the head;
    -1 for none."""
    source, head = doc.sources[k], doc.heads[k]
    at = doc.name_at.get(source[1] - 1) if source else None
    if source is None or at is None or doc.name_at.get(head, at) == at:
        return -1
    name, entity = doc.names[at], doc.entities[at]
    if name.left <= source[0] or len(name.key) < 2 or head >= name.left or entity is None:
        return -1
    owned = doc.parse.tag[name.left - 1] in doc.parse.language.possessive_marks and name.kind == "person"
    role = doc.parse.lower[name.left - 1]
    held = lexicon.sort_of(role).kind == "person" and entity.kind in ("person", "unknown")
    return name.end - 1 if owned or held else -1
