"""TEI P5: the text with its quotes as ``<said who="…" toWhom="…" direct="…">`` (https://tei-c.org/guidelines/).

All of the text stands inside ``<p>`` elements, character for character, so that the offsets of records hold in the
characters of the body too. XML has no characters for most control codes: they become U+FFFD.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, pairwise
from typing import BinaryIO, NamedTuple
from xml.sax.saxutils import escape

from quotes.grammar.boundaries import paragraph_breaks
from quotes.records import ACTS, FLAGS, TYPES, SpanRecord, SpeakerRecord, flags
from quotes.write.nest import nest
from quotes.write.quoted import REPLACEMENT, NothingToWriteError, Quoted, words

CATEGORIES: dict[str, str] = {
    **{kind: f"{kind} speech" for kind in TYPES},
    **{act: f"what the cue reports: {act}" for act in ACTS},
    **FLAGS,
}
"""What ``ana`` points to."""
KINDS = {"person": ("person", "persName"), "group": ("personGrp", "persName")}
"""Of a kind of speaker the element and that of its name; all others are ``org``."""
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Element(NamedTuple):
    """An element in the text; where it has to be cut, its pieces are chained by ``next`` and ``prev``."""

    tag: str
    id: str
    attributes: dict[str, str]

    def opening(self, k: int, n: int) -> str:
        """The tag that opens the k-th of n pieces, counted from 1. Ids and our own words need no escapes."""
        ids = {"xml:id": k, "prev": k - 1, "next": k + 1}
        names = {key: self.id if j == 1 else f"{self.id}.{j}" for key, j in ids.items() if 1 <= j <= n and self.id}
        links = {key: name if key == "xml:id" else f"#{name}" for key, name in names.items()}
        attributes = (f' {key}="{value}"' for key, value in (links | self.attributes).items())
        return f"<{self.tag}{''.join(attributes)}>"


def write(documents: Iterable[Quoted], file: BinaryIO, version: str) -> None:
    """Write documents that have their text: one as ``TEI``, several as a ``teiCorpus``.

    Args:
        documents: two are in memory at a time.
        file: where to.
        version: of the program, for the header.

    Raises:
        NothingToWriteError: there is no document, and TEI knows no empty corpus.
    """
    rest = iter(documents)
    first, second = next(rest, None), next(rest, None)
    if first is None:
        raise NothingToWriteError("no document to write")
    if second is None:
        _put(file, '<?xml version="1.0" encoding="UTF-8"?>\n', *_tei(first, "", _encoding(version)))
        return
    _put(file, '<?xml version="1.0" encoding="UTF-8"?>\n<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">\n')
    _put(file, *_header("Quotes", ["<p>As each document says.</p>"], _encoding(version)))
    for number, document in enumerate(chain((first, second), rest), 1):
        _put(file, *_tei(document, f"d{number}.", ()))
    _put(file, "</teiCorpus>\n")


def _put(file: BinaryIO, *parts: str) -> None:
    file.write("".join(parts).encode())


def _tei(document: Quoted, prefix: str, encoding: Iterable[str]) -> Iterator[str]:
    """A document; all its ids begin with the prefix."""
    cast = _cast(document, prefix)
    title = words(document.meta.get("title")) or document.id
    yield '<TEI xmlns="http://www.tei-c.org/ns/1.0">\n'
    yield from _header(title, _source(document), encoding, (person for _, person in cast.values()))
    yield "<text><body>"
    yield from _body(document, prefix, {key: id for key, (id, _) in cast.items()})
    yield "</body></text>\n</TEI>\n"


# The text


def _body(document: Quoted, prefix: str, cast: Mapping[object, str]) -> Iterator[str]:
    """The text with its elements."""
    text = document.text or ""
    breaks = [0, *paragraph_breaks(text), len(text)]
    elements = [Element("p", "", {})]
    stretches = [(0, paragraph) for paragraph in pairwise(breaks)]
    for element, spans in _elements(document, prefix, cast):
        stretches += [(len(elements), (span["start"], span["end"])) for span in spans]
        elements.append(element)
    pieces = list(nest(stretches, breaks))
    total, count = Counter(number for number, _ in pieces), Counter[int]()
    at, closing = 0, list[tuple[int, str]]()
    for number, (start, end) in pieces:
        while closing and closing[-1][0] <= start:
            last, tag = closing.pop()
            yield from (_text(text[at:last]), tag)
            at = last
        element, count[number] = elements[number], count[number] + 1
        yield from (_text(text[at:start]), element.opening(count[number], total[number]))
        closing.append((end, f"</{element.tag}>"))
        at = start
    for last, tag in reversed(closing):
        yield from (_text(text[at:last]), tag)
        at = last


def _elements(document: Quoted, prefix: str, cast: Mapping[object, str]) -> Iterator[tuple[Element, list[SpanRecord]]]:
    """The elements of all quotes, each with the spans that it stands around."""
    for k, record in enumerate(document.records, 1):
        id, cue, speaker = f"{prefix}q{k}", record["cue"], record["speaker"]
        categories = (record["type"], record["act"], *flags(cue))
        said = {
            "direct": "true" if record["type"] == "direct" else "false",
            "ana": " ".join(f"#{name}" for name in categories),
            "cert": f"{record['confidence']:.4f}",
        }
        mentioned = {"type": "speaker"}
        if speaker and speaker["name"]:
            said["who"] = mentioned["ref"] = f"#{cast[_key(speaker)]}"
        if addressee := record["addressee"]:
            said["toWhom"] = f"#{id}.to"
        yield Element("said", id, said), record["content"]
        if addressee:
            yield Element("rs", f"{id}.to", {"type": "addressee"}), [addressee]
        if speaker and (mention := speaker["mention"]):
            yield Element("rs", f"{id}.by", mentioned), [mention]
        if cue:
            yield Element("seg", f"{id}.cue", {"type": "cue"}), [cue]


# The header


def _header(title: str, source: Iterable[str], encoding: Iterable[str], cast: Iterable[str] = ()) -> Iterator[str]:
    yield from ("<teiHeader><fileDesc><titleStmt>", _element("title", title), "</titleStmt><publicationStmt>")
    yield "<p>Marked by a program; where nobody has checked it, it may be wrong.</p></publicationStmt>"
    yield from ("<sourceDesc>", *source)
    yield from ("</sourceDesc></fileDesc>", *encoding)
    if people := list(cast):
        yield from ("<profileDesc><particDesc><listPerson>", *people, "</listPerson></particDesc></profileDesc>")
    yield "</teiHeader>\n"


def _source(document: Quoted) -> Iterator[str]:
    """Where the text comes from."""
    yield "<bibl>"
    for tag, key in (("title", "title"), ("author", "author"), ("publisher", "outlet"), ("date", "date")):
        if value := words(document.meta.get(key)):
            yield _element(tag, value)
    if url := words(document.meta.get("url")):
        yield f'<idno type="URI">{_text(url)}</idno>'
    yield f'<idno type="doc_id">{_text(document.id)}</idno></bibl>'


def _encoding(version: str) -> Iterator[str]:
    """The program, and the categories that ``ana`` points to."""
    yield f'<encodingDesc><appInfo><application ident="quotes" version="{version}"><label>quotes</label></application>'
    yield '</appInfo><classDecl><taxonomy xml:id="quotes">'
    for name, about in CATEGORIES.items():
        yield f'<category xml:id="{name}">{_element("catDesc", about)}</category>'
    yield "</taxonomy></classDecl></encodingDesc>"


def _key(speaker: SpeakerRecord) -> object:
    return speaker["entity"] or (speaker["name"], speaker["kind"])


def _cast(document: Quoted, prefix: str) -> dict[object, tuple[str, str]]:
    """The speakers that have a name: the id and the element of each."""
    cast: dict[object, tuple[str, str]] = {}
    for speaker in (record["speaker"] for record in document.records):
        if speaker and speaker["name"] and _key(speaker) not in cast:
            id = f"{prefix}s{len(cast) + 1}"
            tag, name = KINDS.get(speaker["kind"], ("org", "orgName"))
            idno = f"<idno>{_text(speaker['id'])}</idno>" if speaker["id"] else ""
            note = _element("note", speaker["description"]) if speaker["description"] else ""
            cast[_key(speaker)] = id, f'<{tag} xml:id="{id}">{_element(name, speaker["name"])}{idno}{note}</{tag}>'
    return cast


def _element(tag: str, text: str) -> str:
    return f"<{tag}>{_text(text)}</{tag}>"


def _text(text: str) -> str:
    """Characters as XML has them; what it has no way to write becomes U+FFFD."""
    return escape(NOT_XML.sub(REPLACEMENT, text), {"\r": "&#13;"})
