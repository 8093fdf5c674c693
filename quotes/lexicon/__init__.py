"""The word lists of a language, in the folder of its name (``lexicon/en``), read once each.

One format, two shapes: ``NAME.tsv`` is a table whose first line names its tab-separated columns, ``NAME.txt`` has one
word or phrase a line. All are UTF-8; blank lines and lines that begin with "#" are comments, and the comment at a
file's head says what it is. Lists of a few words stand together in one table, ``word_classes.tsv``.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ENGLISH = "en"
SHORT_LISTS = "word_classes"


@cache
def table(name: str, language: str = ENGLISH) -> tuple[Mapping[str, str], ...]:
    """The rows of ``NAME.tsv`` in file order, from column name to cell; cells left out at its end are "".

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: a row has more cells than the first line names.
    """
    (_, first), *rest = _lines(language, f"{name}.tsv")
    columns = first.split("\t")
    rows = []
    for number, line in rest:
        cells = line.split("\t")
        if len(cells) > len(columns):
            raise ValueError(f"{name}.tsv, line {number}: {len(cells)} cells under {len(columns)} columns")
        cells += [""] * (len(columns) - len(cells))
        rows.append(MappingProxyType(dict(zip(columns, cells, strict=True))))
    return tuple(rows)


@cache
def words(name: str, language: str = ENGLISH) -> frozenset[str]:
    """The entries of a list: those of a row of ``word_classes.tsv``, or of ``NAME.txt``.

    Raises:
        FileNotFoundError: there is no such list.
    """
    short = _short_lists(language).get(name)
    return frozenset(line for _, line in _lines(language, f"{name}.txt")) if short is None else short


@cache
def _short_lists(language: str) -> dict[str, frozenset[str]]:
    return {row["name"]: frozenset(row["words"].split()) for row in table(SHORT_LISTS, language)}


def _lines(language: str, filename: str) -> list[tuple[int, str]]:
    """The lines of a file that are no comments, numbered from 1, without space at their ends."""
    text = files(__name__).joinpath(language, filename).read_text(encoding="utf-8")
    lines = ((number, line.rstrip()) for number, line in enumerate(text.split("\n"), 1))
    return [(number, line) for number, line in lines if line and not line.startswith("#")]
