"""Gold of who is who: texts whose mentions people put together in chains, as their makers publish them.

Three forms are read, told apart by their names and first lines:

- GUM's own files (``.conllu``; Zeldes 2017): the entities stand in the column MISC;
- LitBank's own files (``coref/brat/*.ann`` with the ``.txt`` beside; Bamman, Lewke and Mansoor 2020): brat's
  entities, of which each type is a chain;
- JSON Lines with either as ``{"id", "text", "mentions": [[start, end, chain, kind]]}`` or
  ``{"id", "text", "entities": [{"id", "mentions": [{"start", "end", "kind"}]}]}``, offsets in characters, half-open.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from quotes.learn.gold import GoldError

EDGES = re.compile(r"\(([^-()]+)-([^-()]+)[^()]*(\))?|([^-()]+)\)")
"""What MISC tells of entities: "(7-person-new" opens a mention, "7)" closes it, "(7-person-new)" is one of one word."""

COLUMNS = 10
"""Of a line of CoNLL-U."""
KIND_ALONE = re.compile(r"(?:PROP|NOM|PRON)_[A-Z]{3}$")
"""A type of LitBank's that tells the kind of a mention, not whose it is."""


class Mention(NamedTuple):
    """Words that mean somebody or something."""

    start: int
    end: int
    chain: str
    """The same for all that mean the same one."""
    kind: str
    """As its annotators call it: person, organization, PER, PROP …; "" where they don't."""


@dataclass(frozen=True, slots=True)
class Chained:
    """A text with all its mentions."""

    id: str
    text: str
    mentions: tuple[Mention, ...]


def chained(path: Path) -> list[Chained]:
    """The texts of a file.

    Raises:
        GoldError: it can't be read or is in none of the forms.
    """
    try:
        if path.suffix == ".conllu":
            return list(_conllu(path.read_text(encoding="utf-8")))
        if path.suffix == ".ann":
            return [_litbank(path)]
        return [_row(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise GoldError(f"{path}: no texts with mentions as GUM and LitBank have them ({error})") from error


def _row(row: dict[str, Any]) -> Chained:
    if "entities" in row:
        mentions = (
            Mention(m["start"], m["end"], entity["id"], m.get("kind", ""))
            for entity in row["entities"]
            for m in entity["mentions"]
        )
    else:
        mentions = (Mention(*mention) for mention in row["mentions"])
    return Chained(row["id"], row["text"], tuple(sorted(mentions)))


def _conllu(text: str) -> Iterator[Chained]:
    """The documents of a file of GUM's."""
    for document in re.split(r"^(?=# newdoc id)", text, flags=re.MULTILINE):
        if match := re.match(r"# newdoc id\s*=\s*(\S+)", document):
            yield _conllu_document(match[1], document.splitlines())


def _conllu_document(doc_id: str, lines: Sequence[str]) -> Chained:
    """One document: words joined as SpaceAfter says, sentences by a blank, paragraphs by a blank line."""
    parts: list[str] = []
    mentions: list[Mention] = []
    opened: dict[str, list[tuple[int, str]]] = {}
    at, gap, taken = 0, "", 0
    for line in lines:
        if line.startswith("# newpar"):
            gap = "\n\n" if at else ""
        cells = line.split("\t")
        if len(cells) != COLUMNS or "." in cells[0]:
            continue
        first, _, last = cells[0].partition("-")
        start = at
        if int(first) == 1 and not last:
            taken = 0
        if int(first) > taken:  # else the contraction before has its letters: "don't" of "do" and "n't"
            start = at + len(gap)
            at = start + len(cells[1])
            parts += [gap, cells[1]]
            gap = "" if "SpaceAfter=No" in cells[9] else " "
        taken = int(last) if last else taken
        told = re.search(r"(?:^|\|)Entity=([^|]+)", cells[9])
        for chain, kind, whole, closed in EDGES.findall(told[1] if told else ""):
            if chain:
                opened.setdefault(chain, []).append((start, kind))
            closing = closed or (chain if whole else "")
            if opened.get(closing):
                begin, sort = opened[closing].pop()
                mentions.append(Mention(begin, at, closing, sort))
    return Chained(doc_id, "".join(parts), tuple(sorted(mentions)))


def _litbank(path: Path) -> Chained:
    """A text of LitBank's: brat's entities, whose types are the chains; what is typed by its kind alone is no chain."""
    lines = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    typed = [(cells[1].rsplit(" ", 2), cells[0]) for cells in lines if cells[0].startswith("T") and len(cells) > 1]
    mentions = [
        Mention(int(start), int(end), chain, "") for (chain, start, end), _ in typed if not KIND_ALONE.match(chain)
    ]
    return Chained(path.stem, path.with_suffix(".txt").read_text(encoding="utf-8"), tuple(sorted(mentions)))
