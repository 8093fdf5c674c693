"""The word lists in ``lexicon/en``, read once each.

Two kinds of file, both UTF-8: ``NAME.tsv`` is a table whose first line names its tab-separated columns,
``NAME.txt`` has one word or phrase a line. Blank lines and lines that begin with "#" are comments in both.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = "en"


@cache
def table(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of ``NAME.tsv`` in file order, from column name to cell; cells left out at its end are "".

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: a row has more cells than the first line names.
    """
    (_, first), *rest = _lines(f"{name}.tsv")
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
def words(name: str) -> frozenset[str]:
    """The entries of ``NAME.txt``.

    Raises:
        FileNotFoundError: there is no such file.
    """
    return frozenset(line for _, line in _lines(f"{name}.txt"))


def _lines(filename: str) -> list[tuple[int, str]]:
    """The lines of a file that are no comments, numbered from 1, without space at their ends."""
    text = files(__name__).joinpath(FOLDER, filename).read_text(encoding="utf-8")
    lines = ((number, line.rstrip()) for number, line in enumerate(text.split("\n"), 1))
    return [(number, line) for number, line in lines if line and not line.startswith("#")]
