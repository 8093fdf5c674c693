"""Records whose texts, names and ids try to be something else: formulas, markup, control codes, paths."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quotes.records import quote_id

Record = dict[str, Any]

TEXT = (
    "=cmd|' /C calc'!A0 said +SUM(1+1)*cmd.\n\n"
    "@Ada Lund told \t=reporters: “-2+3,” \r\n<said who='x'>&amp;]]> </p><script>alert(1)</script>.\r\n\r\n"
    "“Nul \0 bell \x07 escape \x1b\x0b line\u2028sep \x85 \ufffe \ud83d alone \U0001f600 and\rreturn,” İ said.\n"
    '"""\',;\t“It is\n\nover two paragraphs,” -Lund\n'
)
IDS = ("../../x/=<b>&\"'.txt", "..", "x/CON\n.txt")


def records() -> Iterator[Record]:
    """Some of each id, all of the same text; the last one crosses others."""
    markup, nul = "<said who='x'>&amp;]]> </p><script>alert(1)</script>", TEXT[TEXT.index("“Nul") : TEXT.index(" İ")]
    for doc_id in IDS:
        yield record(doc_id, "indirect", "+SUM(1+1)", cue="said", mention="=cmd|' /C calc'!A0", name="=1+1")
        yield record(doc_id, "direct", "“-2+3,”", markup, addressee="=reporters")
        yield record(doc_id, "mixed", nul, mention="İ", name="\0\ud800<&")
        yield record(doc_id, "direct", "“It is\n\nover two paragraphs,”", mention="-Lund", name="-L", kind="group")
        yield record(doc_id, "direct", "alert(1)</script>.\r\n\r\n“Nul")


def record(doc_id: str, type: str, *content: str, **others: str) -> Record:
    """A record whose spans stand at the first place of their words in the text."""
    parts = [_span(words) for words in content]
    cue, mention, addressee = ((name := others.get(key)) and _span(name) for key in ("cue", "mention", "addressee"))
    speaker = {"mention": mention, "name": others.get("name"), "kind": others.get("kind", "person")}
    return {
        "id": quote_id(doc_id, [(part["start"], part["end"]) for part in parts]),
        "doc_id": doc_id,
        "type": type,
        "act": "speech",
        "text": " … ".join(content),
        "content": parts,
        "cue": cue and {**cue, "lemma": cue["text"]},
        "speaker": speaker if mention else None,
        "addressee": addressee,
        "confidence": 0.5,
        "rule": "=rule",
        "paragraph": 0,
        "meta": {"title": "=1+1", "author": ["+A", "B"], "date": None, "url": "javascript:alert(1)", "page": 10**30},
        "doc_text": TEXT,
    }


def _span(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}
