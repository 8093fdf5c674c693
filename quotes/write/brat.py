"""brat's standoff form, as PolNeAR has it: ``name.txt`` and ``name.ann`` (https://brat.nlplab.org/standoff.html).

What ``quotes.learn.gold`` reads. Entities ``Source``, ``Cue`` and ``Content``, and an event ``Attribution`` a quote::

    T1	Content 0 13;30 47	“It is done,” “Nobody is hurt.”
    T2	Cue 14 18	said
    T3	Source 19 28	Ada Lund
    T4	Attribution 14 18	said
    E1	Attribution:T4 Content:T1 Cue:T2 Source:T3
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from quotes.line import line
from quotes.records import ACTS, FLAGS, TYPES, Record, SpanRecord, flags
from quotes.write.quoted import Quoted

CONFIG = "\n".join(
    (
        *("[entities]", "Source", "Cue", "Content", "", "[relations]", "", "[events]"),
        *("Attribution Content:Content, Cue?:Cue, Source?:Source", "", "[attributes]"),
        f"Type Arg:Attribution, Value:{'|'.join(TYPES)}",
        f"Act Arg:Attribution, Value:{'|'.join(ACTS)}",
        *(f"{flag.capitalize()} Arg:Attribution" for flag in FLAGS),
        "",
    )
)
"""brat's ``annotation.conf``."""
FRAGMENT = re.compile(r"\S(?:[^\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*\S)?")
"""A stretch without tabs and line ends, which no annotation of brat's may hold, and without blanks at its edges."""
NO_NAME = re.compile(r"[\x00-\x1f\x7f<>:\"/\\|?*]|^\.+|\.+$")
LONGEST = 150
"""Bytes of a file's name."""


class Folder:
    """Where documents are written.

    Args:
        path: a folder; it is made if it isn't there.

    Raises:
        OSError: it can't be written.
    """

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.taken = Counter[str]()
        (path / "annotation.conf").write_bytes(CONFIG.encode())

    def write(self, document: Quoted) -> None:
        """Write a document that has its text, over files of its name."""
        name = self._name(document.id)
        (self.path / f"{name}.txt").write_bytes(lines(document.text or "").encode())
        (self.path / f"{name}.ann").write_bytes(standoff(document).encode())

    def _name(self, doc_id: str) -> str:
        """The last part of the document's id, numbered where another has it already."""
        base = NO_NAME.sub("_", doc_id.rstrip("/").rpartition("/")[2].removesuffix(".txt")) or "_"
        base = base.encode()[:LONGEST].decode(errors="ignore")
        name, same = base, base.casefold()
        while name.casefold() in self.taken:
            self.taken[same] += 1
            name = f"{base}-{self.taken[same]}"
        self.taken[name.casefold()] = 1
        return name


def lines(text: str) -> str:
    """A text whose lines end in a line feed alone, of the same length: a carriage return before one becomes a blank,
    because some readers, brat among them, count both as one character."""
    return text.replace("\r\n", " \n").replace("\r", "\n")


def standoff(document: Quoted) -> str:
    """The .ann file of a document that has its text."""
    text, out = document.text or "", list[str]()
    entities = _Entities(text)
    for k, record in enumerate(document.records, 1):
        cue, speaker = record["cue"], record["speaker"]
        arguments = [("Content", entities.add("Content", record["content"]))]
        if cue:
            arguments.append(("Cue", entities.add("Cue", [cue])))
        if speaker and (mention := speaker["mention"]):
            arguments.append(("Source", entities.add("Source", [mention])))
        trigger = entities.add("Attribution", [cue or record["content"][0]])
        out.append(f"E{k}\tAttribution:{trigger} {' '.join(f'{role}:{name}' for role, name in arguments)}")
        out += _attributes(record, f"E{k}", entities)
    return "".join(f"{line}\n" for line in entities.lines + out)


class _Entities:
    """The lines of entities, numbered."""

    def __init__(self, text: str) -> None:
        self.text, self.lines, self.attributes = text, list[str](), 0

    def add(self, kind: str, spans: Iterable[SpanRecord]) -> str:
        """One more; its name."""
        parts = [m.span() for span in spans for m in FRAGMENT.finditer(self.text, span["start"], span["end"])]
        name = f"T{len(self.lines) + 1}"
        offsets = ";".join(f"{start} {end}" for start, end in parts)
        words = " ".join(self.text[start:end] for start, end in parts)
        self.lines.append(f"{name}\t{kind} {offsets}\t{words}")
        return name


def _attributes(record: Record, event: str, entities: _Entities) -> Iterator[str]:
    """What is known of the quote beyond its spans: attributes, and a note with who speaks."""
    flagged = [f"{flag.capitalize()} {event}" for flag in flags(record["cue"])]
    for value in (f"Type {event} {record['type']}", f"Act {event} {record['act']}", *flagged):
        entities.attributes += 1
        yield f"A{entities.attributes}\t{value}"
    name = record["speaker"]["name"] if record["speaker"] else None
    note = (
        f"{line(record, entities.text)}; speaker {name or '-'}; confidence {record['confidence']:.2f}; {record['id']}"
    )
    yield f"#{event[1:]}\tAnnotatorNotes {event}\t{' '.join(note.split())}"
