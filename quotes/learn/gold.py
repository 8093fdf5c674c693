"""Annotations in: gold as JSON Lines or brat's .txt and .ann files (PolNeAR's form), and predicted records.

Every offset counts characters (Unicode code points) into the document's text, half-open.

brat's form is described at https://brat.nlplab.org/standoff.html. PolNeAR (Newell, Margolin and Ruths,
LREC 2018) marks the entities ``Source``, ``Cue`` and ``Content``; an event for each attribution links them::

    T1	Source 0 8	Ms. Okoro
    E1	Attribution:T4 Content:T3 Cue:T2 Source:T1
"""

from __future__ import annotations

import glob
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotes.read.jsonl import from_json
from quotes.records import ACTS

Spans = tuple[tuple[int, int], ...]
"""Start and end of each part, in characters, half-open, in the order of the text."""

ROLES = ("content", "cue", "source")


class GoldError(ValueError):
    """Annotations that can't be read; the message says in which file and line, and why."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """One attribution, as somebody marked it or a program found it."""

    content: Spans
    cue: Spans = ()
    source: Spans = ()
    family: str = ""
    """The family of the rule that found it, where a program did."""
    act: str = ""
    """Its act, where a program found it."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text with one person's annotations; a text that several people annotated makes several documents."""

    id: str
    text: str
    annotations: tuple[Annotation, ...]
    rejected: tuple[Annotation, ...] = ()
    """Records that somebody checked and found to be no quotes."""
    complete: bool = True
    """Whether everything else in the text is no quote. Where records were judged, only what they say is known."""
    acts: tuple[str, ...] = ()
    """The acts that were looked at, where not all were: of quotes of other acts nothing is known."""


def _raise(error: GoldError) -> None:
    raise error


OnError = Callable[[GoldError], None]
"""Gets each error in turn: raising it ends the reading, returning from it goes on with the next document."""


def document_id(name: str) -> str:
    """The id by which gold and predictions find each other: the name less its folders and ``.txt``."""
    return name.rpartition("/")[2].removesuffix(".txt")


def load(paths: Iterable[Path], on_error: OnError = _raise) -> list[Document]:
    """Read gold files: .ann, .txt and folders as brat's, all others as JSON Lines.

    Raises:
        GoldError: see ``load_jsonl`` and ``load_brat``; only where ``on_error`` raises it.
    """
    documents: list[Document] = []
    seen: set[Path] = set()
    for path in paths:
        if path.is_dir() or path.suffix in (".ann", ".txt"):
            documents += _load_anns(path, on_error, seen)
        else:
            documents += load_jsonl(path, on_error)
    return documents


def load_jsonl(path: Path, on_error: OnError = _raise) -> list[Document]:
    """Read gold of one document a line.

    A line is ``{"id": …, "text": …, "quotes": [QUOTE, …]}``, and each QUOTE
    ``{"source": [[start, end], …], "cue": [[start, end], …], "content": [[start, end], …]}``; ``"acts"``, where it is
    there, lists the acts that were looked at. Or, in place of
    ``quotes``, records that somebody judged: ``"judged": [{"content": [[start, end], …], "judged": VERDICT}, …]``,
    VERDICT being R (right), S (right but for the speaker), E (of the wrong extent) or N (nobody said it).

    Raises:
        GoldError: an unreadable file; a line that is no such document; offsets outside its text. Only where
            ``on_error`` raises it: otherwise the line is left out.
    """
    return list(_read_lines(path, _document, on_error))


def load_predicted(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Read the records that ``quotes extract`` writes, by document id (less folders and ``.txt``).

    Raises:
        GoldError: an unreadable file; a line that is not such a record. Nothing is left out: figures over
            some of the predictions would be wrong.
    """
    records: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in _read_lines(path, _record, _raise):
        records[document_id(str(record["doc_id"]))].append(record)
    return dict(records)


def load_brat(path: Path, on_error: OnError = _raise) -> list[Document]:
    """Read brat annotations: one .ann file, a .txt file's, or a folder's with its subfolders.

    The text of ``name.ann`` is ``name.txt`` beside it; of ``name_annotator.ann`` also ``name.txt``; and for
    either, the .txt may stand in a folder ``text`` beside the .ann's own, as PolNeAR has it.

    An event's arguments make one attribution (roles ``Content``, ``Cue``, ``Source``, also numbered:
    ``Content2``). Without events, relations do, of any type and either direction: contents and cues that they
    link are one attribution, and a source belongs to every attribution that it is linked with. With neither,
    every content stands for itself. Other types of entities, attributes and notes are passed over.

    Raises:
        GoldError: an unreadable file or line; an .ann without .txt; offsets outside the text, or onto other
            words than the line repeats. Only where ``on_error`` raises it: otherwise the .ann is left out.
    """
    return list(_load_anns(path, on_error, set()))


def annotation(record: Mapping[str, Any]) -> Annotation:
    """The spans of a record (``Quote.to_dict()`` or a line of JSON)."""

    def span(value: Mapping[str, Any] | None) -> Spans:
        return ((value["start"], value["end"]),) if value else ()

    return Annotation(
        content=tuple((part["start"], part["end"]) for part in record["content"]),
        cue=span(record.get("cue")),
        source=span((record.get("speaker") or {}).get("mention")),
        act=str(record.get("act", "")),
    )


# JSON Lines


def _read_lines(path: Path, parse: Callable[[Any], Any], on_error: OnError) -> Iterator[Any]:
    """What ``parse`` makes of each line's JSON; it raises ValueError where it can't."""
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    if text := line.decode("utf-8-sig" if number == 1 else "utf-8").strip():
                        yield parse(from_json(text))
                except UnicodeDecodeError:
                    on_error(GoldError(f"{path}:{number}: not UTF-8"))
                except ValueError as error:
                    on_error(GoldError(f"{path}:{number}: {error}"))
    except OSError as error:
        on_error(_unreadable(path, error))


def _document(row: Any) -> Document:
    if not isinstance(row, dict):
        raise ValueError("not a document: expected an object with id, text and quotes")
    marks = "judged" if "judged" in row else "quotes"
    for key, kind in (("id", (str, int)), ("text", str), (marks, list)):
        if not isinstance(row.get(key), kind):
            wrong = "of the wrong type" if key in row else "missing"
            raise ValueError(f'not a gold document: "{key}" is {wrong}')
    doc_id, text = document_id(str(row["id"])), row["text"]
    quotes = [_quote(quote, k, len(text), marks) for k, quote in enumerate(row[marks])]
    if marks == "quotes":
        return Document(doc_id, text, tuple(quotes), acts=_acts(row.get("acts")))
    verdicts = [one.get("judged") for one in row[marks]]
    right = tuple(quote for quote, verdict in zip(quotes, verdicts, strict=True) if verdict in ("R", "S"))
    nobody = tuple(quote for quote, verdict in zip(quotes, verdicts, strict=True) if verdict == "N")
    return Document(doc_id, text, right, nobody, complete=False)


def _acts(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not set(value) <= set(ACTS):
        raise ValueError(f'"acts" lists some of {", ".join(ACTS)}, not {json.dumps(value)[:40]}')
    return tuple(value)


def _quote(quote: Any, index: int, length: int, key: str) -> Annotation:
    if not isinstance(quote, dict) or "content" not in quote:
        raise ValueError(f'{key}[{index}] has no "content"')
    spans = {role: _pairs(quote.get(role), f"{key}[{index}].{role}", length) for role in ROLES}
    family = str(quote.get("rule", "")).partition(".")[0]
    return Annotation(spans["content"], spans["cue"], spans["source"], family)


def _pairs(value: Any, name: str, length: int) -> Spans:
    spans = []
    for pair in value or ():
        if not (isinstance(pair, list) and len(pair) == 2 and all(type(offset) is int for offset in pair)):
            raise ValueError(f"{name}: expected [start, end] pairs, found {json.dumps(pair)[:40]}")
        spans.append(_inside(pair[0], pair[1], name, length))
    return tuple(spans)


def _inside(start: int, end: int, name: str, length: int) -> tuple[int, int]:
    if not 0 <= start <= end <= length:
        raise ValueError(f"{name}: offsets {start} to {end} are not within the text of {length} characters")
    return start, end


def _record(row: Any) -> dict[str, Any]:
    if not isinstance(row, dict) or "doc_id" not in row or not isinstance(row.get("content"), list):
        raise ValueError('not a quote record: expected an object with "doc_id" and "content"')
    if not isinstance(row.get("confidence", 0.0), (int, float)):
        raise ValueError('"confidence" is no number')
    speaker = row.get("speaker")
    if not (speaker is None or isinstance(speaker, dict)):
        raise ValueError('"speaker" is neither an object nor null')
    mention = (speaker or {}).get("mention")
    optional = [span for span in (row.get("cue"), mention) if span is not None]
    for span in row["content"] + optional:
        if not (isinstance(span, dict) and type(span.get("start")) is int and type(span.get("end")) is int):
            raise ValueError(f'expected a span with "start" and "end", found {json.dumps(span)[:40]}')
    return row


# brat

ENTITY = re.compile(r"(T\S*)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\s*(?:\t(.*))?")
LINK = re.compile(r"[ER]\S*\t(\S.*)")
NOT_WORD = re.compile(r"\W+")


def _load_anns(path: Path, on_error: OnError, seen: set[Path]) -> Iterator[Document]:
    """The documents of a path's .ann files, each file once."""
    try:
        anns = _ann_files(path)
    except GoldError as error:
        on_error(error)
        return
    for ann in anns:
        if ann.resolve() in seen:
            continue
        seen.add(ann.resolve())
        try:
            document = _load_ann(ann)
        except GoldError as error:
            on_error(error)
        else:
            yield document


def _ann_files(path: Path) -> list[Path]:
    if path.is_dir():
        anns = sorted(ann for ann in path.rglob("*.ann") if not ann.name.startswith("."))
        if not anns:
            raise GoldError(f"{path}: no .ann files in this folder")
        return anns
    if path.suffix == ".txt" and path.is_file():
        folders = (path.parent, path.parent.parent / "attributions")
        named = [ann for folder in folders for ann in sorted(folder.glob(glob.escape(path.stem) + "*.ann"))]
        anns = [ann for ann in named if (text := _text_file(ann)) and text.resolve() == path.resolve()]
        if not anns:
            raise GoldError(f"{path}: no {path.stem}.ann beside it")
        return anns
    return [path]


def _text_file(ann: Path) -> Path | None:
    stems = dict.fromkeys((ann.stem, ann.stem.rpartition("_")[0] or ann.stem))
    folders = (ann.parent, ann.parent.parent / "text")
    files = (folder / f"{stem}.txt" for folder in folders for stem in stems)
    return next((file for file in files if file.is_file()), None)


def _load_ann(ann: Path) -> Document:
    lines = _read(ann).split("\n")
    file = _text_file(ann)
    if file is None:
        raise GoldError(f"{ann}: no {ann.stem}.txt beside it, nor in a folder text beside its own")
    text = _read(file)
    return Document(document_id(file.name), text, tuple(_attributions(ann, lines, text)))


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode()  # bytes, because offsets count line ends as they are
    except OSError as error:
        raise _unreadable(path, error) from error
    except UnicodeDecodeError as error:
        raise GoldError(f"{path}: not UTF-8 (byte {error.start})") from error


def _unreadable(path: Path, error: OSError) -> GoldError:
    return GoldError(f"{path}: {(error.strerror or 'unreadable').lower()}")


@dataclass(frozen=True, slots=True)
class _Entity:
    role: str
    """Its type, in small letters."""
    spans: Spans


def _attributions(ann: Path, lines: list[str], text: str) -> list[Annotation]:
    entities: dict[str, _Entity] = {}
    links: dict[int, tuple[str, list[tuple[str, str]]]] = {}
    for number, line in enumerate(lines, 1):
        try:
            if line.startswith("T"):
                name, entity = _entity(line.rstrip("\r"), text)
                entities[name] = entity
            elif line.startswith(("E", "R")):
                links[number] = line[0], _arguments(line)
        except ValueError as error:
            raise GoldError(f"{ann}:{number}: {error}") from error
    for number, (_, arguments) in links.items():
        for _, name in arguments:
            if name.startswith("T") and name not in entities:
                raise GoldError(f"{ann}:{number}: {name} is not defined")
    # An argument may be an event or a note: only text has a span to offer.
    known = [(kind, [a for a in arguments if a[1] in entities]) for kind, arguments in links.values()]
    events = [arguments for kind, arguments in known if kind == "E"]
    if events:
        groups = [_by_role(arguments, entities) for arguments in events]
    else:
        relations = [[name for _, name in arguments] for kind, arguments in known if kind == "R"]
        groups = _linked(relations, entities)
    return [Annotation(g["content"], g.get("cue", ()), g.get("source", ())) for g in groups if g.get("content")]


def _entity(line: str, text: str) -> tuple[str, _Entity]:
    match = ENTITY.fullmatch(line)
    if not match:
        raise ValueError(f"expected an entity like T1<tab>Content 0 5;8 10<tab>words, found {line[:40]!r}")
    name, kind, offsets, words = match.groups()
    parts = [part.split() for part in offsets.split(";")]
    spans = [_inside(int(start), int(end), name, len(text)) for start, end in parts]
    there = " ".join(text[start:end] for start, end in spans)
    if words is not None and NOT_WORD.sub("", words) != NOT_WORD.sub("", there):
        raise ValueError(
            f"{name} reads {words[:30]!r}, but its offsets give {there[:30]!r}: "
            "have line ends or encoding of the .txt changed?"
        )
    return name, _Entity(kind.lower(), tuple(sorted(spans)))


def _arguments(line: str) -> list[tuple[str, str]]:
    """The arguments of an event or a relation as pairs of role and id, less the event's trigger."""
    match = LINK.fullmatch(line.rstrip())
    pairs = [argument.partition(":") for argument in match[1].split()[1:]] if match else []
    if not match or not all(role and name for role, _, name in pairs):
        raise ValueError(f"expected a line like E1<tab>Attribution:T4 Content:T3, found {line[:40]!r}")
    return [(role.rstrip("0123456789").lower(), name) for role, _, name in pairs]


def _by_role(arguments: list[tuple[str, str]], entities: dict[str, _Entity]) -> dict[str, Spans]:
    """The spans in each role of an event; a role of another name counts as the type of its entity."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for role, name in arguments:
        found[role if role in ROLES else entities[name].role] += entities[name].spans
    return {role: tuple(sorted(found[role])) for role in ROLES}


def _linked(relations: list[list[str]], entities: dict[str, _Entity]) -> list[dict[str, Spans]]:
    """Attributions out of relations: linked contents and cues, with the sources linked with any of them."""
    links: dict[str, list[str]] = defaultdict(list)
    for names in relations:
        for name in names:
            links[name] += [other for other in names if other != name]
    groups: list[dict[str, Spans]] = []
    grouped: set[str] = set()
    for first, entity in entities.items():
        if entity.role != "content" or first in grouped:
            continue
        members = {first}
        queue = [first]
        for name in queue:  # grows while it is read
            new = {other for other in links[name] if entities[other].role in ROLES} - members
            members |= new
            queue += [other for other in new if entities[other].role != "source"]
        grouped |= members
        groups.append(_by_role([("", name) for name in members], entities))
    return groups
