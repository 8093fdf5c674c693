"""A user's own list of speakers, and which of them a speaker in a text is."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache, lru_cache
from io import StringIO
from os import PathLike, fspath
from typing import TYPE_CHECKING, Annotated, Any, get_args

from pydantic import AfterValidator, BeforeValidator, Field, TypeAdapter, ValidationError

from quotes.people.forms import PREFIX, Form, compare, form, ratio
from quotes.read.jsonl import from_json
from quotes.records import Speaker, SpeakerKind

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

COLUMNS = ("id", "name", "aliases", "kind", "wikidata")
KINDS: tuple[SpeakerKind, ...] = get_args(SpeakerKind)
SEPARATOR = ";"
"""Between the aliases in a cell."""
ORDER = ("as written", "spaces and accents", "given name", "spelling")
"""How a name fits one in the list, surest first. A last name alone is nobody's, unless the list has it."""
REMEMBERED = 50_000
"""Names for which the answer is kept."""


class RegistryError(ValueError):
    """A list of speakers that can't be read; the message says in which file and line, and why."""


def _blanks(name: str) -> str:
    return " ".join(name.split())


def _known_kind(kind: Any) -> Any:
    return _blanks(kind).lower() or "unknown" if isinstance(kind, str) else kind


def _without_empty(aliases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, map(_blanks, aliases)))


@dataclass(frozen=True, slots=True)
class Entry:
    """One in the list; what is made of a row is checked by pydantic."""

    id: Annotated[str, Field(coerce_numbers_to_str=True), AfterValidator(_blanks), Field(min_length=1)]
    name: Annotated[str, AfterValidator(_blanks), Field(min_length=1)]
    aliases: Annotated[tuple[str, ...], AfterValidator(_without_empty)] = ()
    kind: Annotated[SpeakerKind, BeforeValidator(_known_kind)] = "unknown"


@dataclass(frozen=True, slots=True)
class Match:
    """The entry that a name means, by which of its names and how: one of ORDER."""

    entry: Entry
    name: str
    how: str


class Registry:
    """The speakers of a list, to be found by name.

    Args:
        entries: in any order, each with an id of its own.

    Raises:
        quotes.extras.MissingPackage: a ValueError: rapidfuzz, of the extra "speakers", is not installed.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        ratio()
        self._written: dict[str, list[Match]] = defaultdict(list)
        self._whole: dict[tuple[bool, str], list[tuple[Form, Entry, str]]] = defaultdict(list)
        self._last: dict[tuple[bool, str], list[tuple[Form, Entry, str]]] = defaultdict(list)
        for entry in entries:
            for name in (entry.name, *entry.aliases):
                self._written[_blanks(name)].append(Match(entry, name, "as written"))
                for shape in _forms(name, entry.kind):
                    self._whole[shape.person, shape.whole].append((shape, entry, name))
                    self._last[shape.person, shape.last[:PREFIX]].append((shape, entry, name))
        self.find = lru_cache(REMEMBERED)(self._find)

    def link(self, speaker: Speaker) -> Speaker:
        """The speaker with the id of its entry, and where it has evidence, a line more."""
        match = self.find(speaker.name, speaker.kind) if speaker.name else None
        if match is None:
            return speaker
        line = f"in your list: {match.entry.id}, as {match.name} ({match.how})"
        return replace(speaker, id=match.entry.id, evidence=speaker.evidence and (*speaker.evidence, line))

    def _find(self, name: str, kind: SpeakerKind) -> Match | None:
        """The entry of a kind that does not contradict whose name fits best; None where none fits or two equally."""
        by_entry: dict[str, dict[str, Match]] = {how: {} for how in ORDER}
        for match in (*self._written.get(_blanks(name), ()), *self._alike(name, kind)):
            if match.how in by_entry and (match.entry.kind == kind or "unknown" in (match.entry.kind, kind)):
                by_entry[match.how].setdefault(match.entry.id, match)
        best = next(filter(None, by_entry.values()), {})
        return next(iter(best.values())) if len(best) == 1 else None

    def _alike(self, name: str, kind: SpeakerKind) -> Iterator[Match]:
        for shape in _forms(name, kind):
            whole = self._whole.get((shape.person, shape.whole), ())
            for other, entry, written in (*whole, *self._last.get((shape.person, shape.last[:PREFIX]), ())):
                if how := compare(shape, other):
                    yield Match(entry, written, how)


def read(path: str | PathLike[str]) -> Registry:
    """Read a list of speakers: CSV whose first line names its columns, or JSON Lines.

    The columns, or keys, are id, name, aliases (in CSV separated by ";", in JSON a list), and kind, of which id and
    name are needed; all others are for the user.

    Raises:
        RegistryError: an unreadable file; a broken row; an id that two rows have; no rows.
        quotes.extras.MissingPackage: see Registry.
    """
    shown = fspath(path)
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            text = file.read()
    except UnicodeDecodeError as error:
        raise RegistryError(f"{shown}: not UTF-8; save it as UTF-8") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise RegistryError(f"can't read {shown}: {reason.lower()}") from error
    rows = _json_rows(text, shown) if text.lstrip().startswith("{") else _csv_rows(text, shown)
    lines: dict[str, int] = {}
    entries = []
    for number, row in rows:
        try:
            entry = _entry(row)
        except ValueError as error:
            raise RegistryError(f"{shown}:{number}: {error}") from error
        if entry.id in lines:
            raise RegistryError(
                f"{shown}:{number}: the id {entry.id!r} is taken, by line {lines[entry.id]}; give each its own"
            )
        lines[entry.id] = number
        entries.append(entry)
    if not entries:
        raise RegistryError(f"{shown}: no speakers in it; a row needs id and name")
    return Registry(entries)


def _csv_rows(text: str, shown: str) -> Iterator[tuple[int, dict[str, Any]]]:
    rows = csv.reader(StringIO(text), strict=True)
    columns: list[str] = []
    try:
        for cells in rows:
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = [cell.strip().lower() for cell in cells]
                if missing := [name for name in ("id", "name") if name not in columns]:
                    raise RegistryError(
                        f"{shown}:{rows.line_num}: no column {' and '.join(missing)}; "
                        f"the first line names the columns, separated by commas: {','.join(COLUMNS)}"
                    )
                continue
            if len(cells) > len(columns):
                raise RegistryError(
                    f"{shown}:{rows.line_num}: {len(cells)} cells under {len(columns)} columns; "
                    "put what holds a comma in quotation marks"
                )
            row: dict[str, Any] = dict(zip(columns, cells, strict=False))
            row["aliases"] = row.get("aliases", "").split(SEPARATOR)
            yield rows.line_num, row
    except csv.Error as error:
        raise RegistryError(f"{shown}:{rows.line_num}: broken CSV: {error}") from error


def _json_rows(text: str, shown: str) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, from_json(line)
            except ValueError as error:
                raise RegistryError(f"{shown}:{number}: {error}") from error


def _entry(row: Any) -> Entry:
    """A row's entry.

    Raises:
        ValueError: it has none; the message says why, in a line.
    """
    if not isinstance(row, Mapping):
        raise ValueError("expected an object with id and name")
    given = {field.name: row[field.name] for field in fields(Entry) if row.get(field.name) is not None}
    try:
        return _adapter().validate_python(given)
    except ValidationError as error:
        raise ValueError(_reason(error.errors()[0])) from error


@cache
def _adapter() -> TypeAdapter[Entry]:
    return TypeAdapter(Entry)


def _reason(error: ErrorDetails) -> str:
    """What is wrong with a row, in words for whoever wrote the list."""
    key, given = error["loc"][0], error["input"]
    if error["type"] in ("missing", "too_short"):
        return f"no {key}; every row needs one"
    if error["type"] == "literal_error" and isinstance(given, str):
        return f"no kind is called {given!r}; leave it empty, or write one of {', '.join(KINDS)}"
    return "aliases is no list of strings" if key == "aliases" else f"{key} is no string"


def _forms(name: str, kind: SpeakerKind) -> Iterator[Form]:
    """A name taken apart as a person's, as an organisation's, or where its kind is unknown, as both."""
    kinds: tuple[SpeakerKind, ...] = ("person", "organization") if kind == "unknown" else (kind,)
    return (form(name, one) for one in kinds)
