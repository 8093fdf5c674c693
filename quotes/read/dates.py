"""Dates as people write them, to days. One that may be two days is asked about, never guessed."""

from __future__ import annotations

import re
import warnings
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Literal, get_args

Order = Literal["dmy", "mdy", "ymd"]
"""In which order a date in figures has day, month and year."""
ORDERS: tuple[Order, ...] = get_args(Order)
ISO = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
FIGURES = re.compile(r"(\d{1,4})\s*[./ -]\s*(\d{1,2})\s*[./ -]\s*(\d{1,4})(?!\d)")
HAS_DAY = re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])(?!\d)")
"""Of a date in words, which without one means a month."""


class Unclear(ValueError):
    """A date that may be two days."""


def day(written: str | None, order: Order | None = None) -> str | None:
    """A date as YYYY-MM-DD, or None for what is none.

    Args:
        written: "2024-03-12", "12 March 2024", "Tue, 12 Mar 2024 09:30:00 GMT", "12/03/2024"; what follows the day
            doesn't matter.
        order: that of dates in figures, if it is known.

    Raises:
        Unclear: it is in figures that may be two days, and the order is not known.
    """
    written = " ".join((written or "").split())
    if match := ISO.match(written):
        return _date(*map(int, match.groups()))
    if match := FIGURES.match(written):
        return _in_figures(match[1], match[2], match[3], order)
    return _in_words(written) if HAS_DAY.search(written) else None


def _date(year: int, month: int, of_month: int) -> str | None:
    try:
        return date(year, month, of_month).isoformat()
    except ValueError:
        return None


def _in_figures(a: str, b: str, c: str, order: Order | None) -> str | None:
    if len(a) > 2 or (order == "ymd" and len(c) <= 2):
        return _date(_year(a), int(b), int(c))
    read = {"dmy": _date(_year(c), int(b), int(a)), "mdy": _date(_year(c), int(a), int(b))}
    if len(c) <= 2 and order is None:
        raise Unclear
    if order is not None:
        return read.get(order)
    days = {one for one in read.values() if one}
    if len(days) > 1:
        raise Unclear
    return next(iter(days), None)


def _year(written: str) -> int:
    """A year, of two figures as Python and POSIX have it: 69 to 99 are of the last century."""
    return int(written) if len(written) > 2 else datetime.strptime(written.zfill(2), "%y").year


def _in_words(written: str) -> str | None:
    from dateutil import parser

    try:
        return parsedate_to_datetime(written).date().isoformat()
    except (ValueError, TypeError, OverflowError, IndexError):
        pass
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of time zones that it doesn't know
            # what is not written is filled in from a default: a date has to be the same with two
            one, other = (parser.parse(written, default=datetime(year, 1, 1)) for year in (2000, 2001))
    except (ValueError, OverflowError, AttributeError, TypeError):
        return None
    return one.date().isoformat() if one.date() == other.date() else None
