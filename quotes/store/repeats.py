"""What somebody says again: quotes of one speaker that say nearly the same, at other times or in other words.

(Wire copy, which is one text in several documents within days, is one time: see quotes.store.wire.) A quote is compared
only with those of its speaker that share one of its rarest words. Two say nearly the same where rapidfuzz's
token_sort_ratio, which is of the words whatever their order, or its token_set_ratio, in which one may say more than the
other, is high.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from quotes.extras import need
from quotes.records import FLAGS
from quotes.store.search import RANKED, Search
from quotes.store.wire import SHORTEST, words

if TYPE_CHECKING:
    from quotes.store.store import Store

KEYS = 5
"""Rarest words of a quote, of those that another of its speaker's has too, by which it is found."""
LOOKED_AT = 30
"""Quotes with a word that are compared."""
ALIKE, WITHIN = 70, 90
"""Ratios, 0 to 100, from which two quotes say nearly the same: word by word, or the shorter within the longer."""
ONE_TIME = timedelta(days=3)
"""The same words so soon after are the same time, told again."""
PAGE = 1_000
"""Speakers that are asked for at once."""


def repeats(
    store: Store,
    speaker: str | None = None,
    since: str | None = None,
    until: str | None = None,
    *,
    speaker_id: int | None = None,
    most: int | None = None,
) -> list[dict[str, Any]]:
    """What is said again, what is said most often first: a row a time, in the order of time.

    Args:
        store: the database. Of a speaker with more than RANKED quotes the newest are compared.
        speaker: only speakers one of whose names has all these words.
        since: first day of the documents, as ``Search`` has it.
        until: last day.
        speaker_id: only this speaker, by its row.
        most: only of so many speakers, those with most quotes; None looks at all.

    Returns:
        repeat (a number for what is said again), times (how often), first_seen (the date of the first), speaker and
        speaker_id; and of this time id, doc_id, title, date, line, lead, text, cue, negated, modal, question, documents
        (how many have it), left_out and put_in (words that it has not, or has, unlike the time before).

    Raises:
        quotes.extras.MissingPackage: a ValueError: rapidfuzz is not installed.
        quotes.store.StoreError: the file is damaged or in use.
    """
    found: list[list[Mapping[str, Any]]] = []
    for id in [speaker_id] if speaker_id is not None else islice(_speakers(store, speaker), most):
        asked = Search(speaker_id=id, since=since, until=until, corrected=True, limit=RANKED)
        rows = [one for row in store.search(asked).rows for one in _everywhere(store, row, since or "", until or "")]
        rows.sort(key=lambda row: (row["date"] is None, row["date"] or "", row["id"]))
        found += [[rows[k] for k in again] for again in said_again([(row["text"], row["date"]) for row in rows])]
    found.sort(key=lambda again: -len(again))
    return [row for number, again in enumerate(found, 1) for row in _told(number, again)]


def said_again(quotes: Sequence[tuple[str, str | None]]) -> list[list[int]]:
    """Which quotes of a speaker say nearly the same.

    Args:
        quotes: the text and the date of each, in the order of time.

    Returns:
        the places in quotes of those that do, in order, one for each time; in the order of the first.
    """
    fuzz = need("rapidfuzz.fuzz", "db")
    spelt = {k: own for k, (text, _) in enumerate(quotes) if len(own := words(text)) >= SHORTEST}
    often = Counter(word for own in spelt.values() for word in {*own})
    group = {k: k for k in spelt}
    last: dict[tuple[str, ...], int] = {}
    of_word: dict[str, list[int]] = defaultdict(list)
    times: dict[int, list[int]] = defaultdict(list)
    for k, own in spelt.items():
        before = last.get(tuple(own))
        last[tuple(own)] = k
        if before is not None and _one_time(quotes[before][1], quotes[k][1]):
            group[k] = group[before]
            continue
        shared = sorted((often[word], word) for word in {*own} if often[word] > 1)[:KEYS]
        others = {other for _, word in shared for other in of_word[word][-LOOKED_AT:]}
        alike = [other for other in others if _alike(fuzz, own, spelt[other])]
        group[k] = min((group[other] for other in alike), default=k)
        times[group[k]].append(k)
        for _, word in shared:
            of_word[word].append(k)
    return [again for again in times.values() if len(again) > 1]


def changes(before: str, after: str) -> tuple[list[str], list[str]]:
    """The runs of words that the one text has and the other doesn't, and the other way round."""
    opcodes = need("rapidfuzz.distance", "db").Indel.opcodes
    one, other = words(before), words(after)
    left_out, put_in = [], []
    for tag, begin, end, start, stop in opcodes(one, other):
        if tag == "delete":
            left_out.append(" ".join(one[begin:end]))
        elif tag == "insert":
            put_in.append(" ".join(other[start:stop]))
    return left_out, put_in


def _speakers(store: Store, name: str | None) -> Iterator[int]:
    """Those with more than one quote, most quotes first."""
    offset = 0
    while found := store.speakers(name, PAGE, offset):
        for one in found:
            if one["quotes"] < 2:
                return
            yield one["id"]
        offset += PAGE


def _everywhere(store: Store, row: Mapping[str, Any], since: str, until: str) -> Iterator[Mapping[str, Any]]:
    """A quote, and the same or nearly the same in other documents, of which a search gives one: each time once."""
    if row["documents"] < 2:
        yield row
        return
    before = None
    for place in (store.quote(row["id"]) or row)["places"]:
        day = place["date"] or ""
        wrong = place["verdict"] and place["verdict"]["verdict"] == "wrong"
        if wrong or day < since or (until and day[: len(until)] > until):
            continue
        if before is None or not _one_time(before["date"], place["date"]):
            yield {**place, "speaker_id": row["speaker_id"], "known_as": row["known_as"]}
        before = place


def _alike(fuzz: Any, own: Sequence[str], other: Sequence[str]) -> bool:
    a, b = " ".join(own), " ".join(other)
    if fuzz.token_sort_ratio(a, b, score_cutoff=ALIKE):
        return True
    return len({*own} & {*other}) >= SHORTEST and bool(fuzz.token_set_ratio(a, b, score_cutoff=WITHIN))


def _one_time(before: str | None, after: str | None) -> bool:
    """Whether the same words of these dates are one time. Without days they may be."""
    first, second = _day(before), _day(after)
    return first is None or second is None or second - first <= ONE_TIME


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat((written or "")[: len("2026-05-04")])
    except ValueError:
        return None


def _told(number: int, again: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    before = again[0]["text"]
    for row in again:
        left_out, put_in = changes(before, row["text"])
        before = row["text"]
        yield {
            "repeat": number,
            "times": len(again),
            "first_seen": again[0]["date"],
            "speaker": row["known_as"],
            "speaker_id": row["speaker_id"],
            **{key: row[key] for key in ("id", "doc_id", "title", "date", "line", "lead", "text", "cue", *FLAGS)},
            "documents": row["documents"],
            "left_out": left_out,
            "put_in": put_in,
        }
