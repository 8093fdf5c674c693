"""How the database does with many quotes: time to add, size of the file, time of searches.

    python docs/measure/db_scale.py 1000000 quotes.db

makes a database of so many invented quotes in documents of twelve, with invented words of the frequencies that words
have (Zipf's law), 40,000 speakers of whom few say much, copies and near copies of earlier quotes as wire services make
them, and prints the figures. The same number gives the same database. With -v it names the slowest searches.
"""

from __future__ import annotations

import json
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any

from pace import Pace, spread

import quotes.store
from quotes.records import quote_id
from quotes.store import Search

SEED = 7
STEP = 100_000
"""Quotes that are timed at a time."""
FILES = 20
"""They are added in so many files, and in between the machine's pace is taken."""
OF_DOCUMENT = 12
VOCABULARY = 30_000
COPIES, NEAR_COPIES = 0.06, 0.02
"""Shares of quotes that are another's, whole or with a word left out."""
STOP = ("the", "of", "to", "and", "a", "in", "that", "is", "for", "it", "on", "was", "with", "as", "by", "at", "from")
ONSETS = ("b", "br", "c", "ch", "d", "dr", "f", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pr", "r", "s", "st", "t")
NUCLEI = ("a", "e", "i", "o", "u", "ea")
CODAS = ("n", "r", "s", "t", "l", "nd", "st", "m", "ck")


class World:
    """Words, people and outlets, each as frequent as such things are."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.words = [*STOP, *self._invented(VOCABULARY)]
        self.words_upto = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))
        given = [word.title() for word in self._invented(400)]
        last = [word.title() for word in self._invented(4_000)]
        self.people = list(
            dict.fromkeys(f"{self.random.choice(given)} {self.random.choice(last)}" for _ in range(40_000))
        )
        self.people_upto = list(accumulate(1 / (rank + 10) for rank in range(len(self.people))))
        self.outlets = [f"The {word.title()} Post" for word in self._invented(60)]
        self.outlets_upto = list(accumulate(1 / (rank + 1) for rank in range(len(self.outlets))))
        self.said: list[tuple[str, str]] = []

    def _invented(self, many: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < many:
            syllables = self.random.choices((1, 2, 3), (1, 4, 3))[0]
            parts = (self.random.choice(sounds) for _ in range(syllables) for sounds in (ONSETS, NUCLEI))
            found["".join(parts) + self.random.choice(CODAS)] = None
        return list(found)

    def sentence(self, shortest: int, longest: int) -> str:
        many = self.random.randint(shortest, longest)
        return " ".join(self.random.choices(self.words, cum_weights=self.words_upto, k=many))

    def quote(self) -> tuple[str, str]:
        """Somebody and what they say."""
        luck = self.random.random()
        if self.said and luck < COPIES + NEAR_COPIES:
            who, what = self.random.choice(self.said)
            if luck < NEAR_COPIES:
                words = what.split()
                del words[self.random.randrange(len(words))]
                what = " ".join(words)
            return who, what
        who = self.random.choices(self.people, cum_weights=self.people_upto)[0]
        what = self.sentence(8, 40)
        if len(self.said) < 5_000:
            self.said.append((who, what))
        else:
            self.said[self.random.randrange(5_000)] = (who, what)
        return who, what

    def document(self, number: int) -> Iterator[dict[str, Any]]:
        """The records of a document, the first with its text."""
        doc_id = f"articles/{number:07}.txt"
        text, records = "", []
        for paragraph in range(OF_DOCUMENT):
            who, what = self.quote()
            direct = self.random.random() < 0.5
            content = f"“{what},”" if direct else f"that {what}"
            cue = "said"
            before = "" if direct else f"{who} {cue} "
            after = f" {cue} {who}." if direct else "."
            start = len(text) + len(before)
            mention = text_at = start + len(content) + 2 + len(cue) if direct else len(text)
            cue_at = start + len(content) + 1 if direct else text_at + len(who) + 1
            text += f"{before}{content}{after} {self.sentence(10, 20)}.\n\n"
            end = start + len(content)
            records.append(
                {
                    "id": quote_id(doc_id, [(start, end)]),
                    "doc_id": doc_id,
                    "type": "direct" if direct else "indirect",
                    "act": "speech",
                    "text": content,
                    "content": [{"start": start, "end": end, "text": content}],
                    "cue": {"start": cue_at, "end": cue_at + len(cue), "text": cue, "lemma": "say"},
                    "speaker": {
                        "mention": {"start": mention, "end": mention + len(who), "text": who},
                        "name": who,
                        "kind": "person",
                        "resolved_by": "name",
                        "entity": f"e{paragraph}",
                        "confidence": 0.98,
                    },
                    "addressee": None,
                    "confidence": round(self.random.uniform(0.4, 1), 4),
                    "rule": "left.said" if direct else "complement.clause",
                    "paragraph": paragraph,
                }
            )
        day = date(2020, 1, 1) + timedelta(days=self.random.randrange(5 * 365))
        outlet = self.random.choices(self.outlets, cum_weights=self.outlets_upto)[0]
        meta = {"title": self.sentence(5, 9), "author": None, "date": day.isoformat(), "url": None, "outlet": outlet}
        for record in records:
            yield record | {"meta": meta}
        yield {"doc_text": text}

    def searches(self) -> list[Search]:
        """Fifty that differ: words of all frequencies, several, phrases, people, days, types, outlets."""
        first = len(STOP)

        def word(least: int, most: int) -> str:
            return self.random.choice(self.words[first + least : first + most])

        person = [self.people[rank] for rank in (0, 3, 30, 300, 3_000, 20_000)]
        outlets = self.outlets
        return [
            *(Search(word(0, 12)) for _ in range(8)),
            *(Search(word(20, 300)) for _ in range(8)),
            *(Search(word(1_000, 20_000)) for _ in range(6)),
            *(Search(f"{word(0, 100)} {word(0, 100)}") for _ in range(6)),
            *(Search(f'"{word(0, 30)} {word(0, 30)}"') for _ in range(4)),
            *(Search(word(0, 50), speaker=name) for name in person),
            *(Search(speaker=name.split()[1]) for name in person[:3]),
            *(Search(word(0, 50), since=f"202{year}-03", until=f"202{year}-04") for year in range(4)),
            *(
                Search(word(0, 50), types=("direct",), outlet=outlet)
                for outlet in (outlets[0], outlets[5], outlets[50])
            ),
            Search(f"{word(0, 30)} OR {word(0, 30)}"),
            Search(word(0, 200)[:3] + "*"),
        ]


def write(world: World, path: Path, first: int, many: int) -> None:
    """A file of records, the text with the first of each document."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(first, first + many):
            *records, text = world.document(number)
            records[0] |= text
            file.writelines(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records)


def timed(run: Callable[[], Any]) -> tuple[float, float]:
    """Seconds, and seconds of CPU."""
    start, cpu = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - start, time.process_time() - cpu


def size(path: Path) -> int:
    return sum(os.path.getsize(file) for file in path.parent.glob(path.name + "*"))


def main() -> None:
    many, path = int(sys.argv[1].replace("_", "")), Path(sys.argv[2])
    if path.exists():
        sys.exit(f"{path} exists; name another file")
    world = World(SEED)
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"{'quotes':>10} {'seconds per 100,000':>20} {'of CPU':>7} {'pace, ms':>9} {'bytes a quote':>14}")
    documents = many // OF_DOCUMENT
    of_file = STEP // OF_DOCUMENT // FILES
    pace, times, paced = Pace(), [], []
    with tempfile.TemporaryDirectory() as folder, quotes.store.open(str(path), make=True) as store:
        file = Path(folder, "records.jsonl")
        seconds = cpu = 0.0
        for number, first in enumerate(range(0, documents, of_file), 1):
            write(world, file, first, min(of_file, documents - first))
            took = timed(partial(store.add, [str(file)], sys.exit))
            pace.take()
            seconds, cpu = seconds + took[0], cpu + took[1]
            if number % FILES == 0:
                scale = 100_000 / (FILES * of_file * OF_DOCUMENT)
                added, now = store.totals()["quotes"], 1000 * pace.since()
                times.append(cpu * scale)
                paced.append(times[-1] / now)
                print(
                    f"{added:>10,} {seconds * scale:>20.1f} {times[-1]:>7.1f} {now:>9.1f} {size(path) / added:>14.0f}",
                    flush=True,
                )
                seconds = cpu = 0.0
        if times:
            print(f"CPU per 100,000: {spread(times)}; by the machine's pace: {spread(paced)}")
        print(", ".join(f"{count:,} {table}" for table, count in store.totals().items()))
    searches = world.searches()
    with quotes.store.open(str(path)) as store:
        [first, _] = timed(partial(store.search, Search("the")))
        for facets in (False, True):
            taken = [(timed(partial(store.search, asked, facets))[0], asked) for asked in searches]
            times = sorted(1000 * seconds for seconds, _ in taken)
            print(
                f"{len(times)} searches{' with facets' * facets}: median {statistics.median(times):.0f} ms, "
                f"90% within {times[len(times) * 9 // 10]:.0f} ms, slowest {times[-1]:.0f} ms, "
                f"the first of all {1000 * first:.0f} ms"
            )
            if "-v" in sys.argv:
                for seconds, asked in sorted(taken, key=lambda one: -one[0])[:12]:
                    print(f"  {1000 * seconds:6.0f} ms {asked}")


if __name__ == "__main__":
    main()
