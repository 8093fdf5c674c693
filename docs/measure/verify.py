"""How often `quotes verify` gives the right status, on 200 pairs made of the fixtures, and how fast it looks.

    python docs/measure/verify.py            the share of right statuses, and each that is wrong
    python docs/measure/verify.py --speed    seconds for 100 articles against 1,000 transcripts of 5,000 words

The sources are transcripts: the sentences of each fixture, without its quotation marks, in turns of two speakers that
begin as turns do. The quotations are such sentences as they are or rewritten as journalists may, with words changed or
left out, from two places, from the other speaker, or from a fixture that is no source. No parse is needed, for the
records are made here.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from quotes.read.document import Document
from quotes.records import Quote, Span, Speaker
from quotes.verify import Sources, Voices, verify

FIXTURES = Path(__file__).parents[2] / "fixtures"
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
MARKS = re.compile(r"[\"“”„«»]|(?<!\w)[‘’']|[‘’'](?!\w)")
LEAST, MOST = 9, 40
"""Words of a sentence that is quoted."""
TURN = 3
"""Sentences of a turn."""
NO_SOURCES = 8
"""Fixtures that are kept from the sources."""
PAIRS = {
    "verbatim": 30,
    "rewritten": 20,
    "ellipsis": 15,
    "changed": 35,
    "left out": 30,
    "joined": 25,
    "other speaker": 25,
    "absent": 20,
}
RIGHT = {"rewritten": "verbatim", "ellipsis": "verbatim", "changed": "altered", "left out": "altered"}
NAMES = ("Marta Ilves", "Owen Tredway"), ("Lindiwe Zondo", "Peter Brand"), ("Ana Castro", "Hugh Orlo")
OPENINGS = "Thank you, chair.", "Let me come to that, if I may.", "Yes, I will.", "I am glad that you ask."
REWRITTEN = (
    (r"\bgoing to\b", "gonna"),
    (r"\b(do|did|is|was|would) not\b", r"\1n’t"),
    (r"\btwo\b", "2"),
    (r"\bthree\b", "3"),
    (r"\bfour\b", "4"),
    (r"\b20\b", "twenty"),
    (r" (?:per cent|percent)\b", "%"),
    (r"(?<=\d) million\b", "m"),
    (r"(?<=[a-z]{3})our\b", "or"),
    (r"(?<=[a-z]{4})ise(?=d?\b)", "ize"),
)
"""What a newsroom may write otherwise."""


class Said(NamedTuple):
    """A sentence of a source."""

    text: str
    source: int
    number: int
    speaker: str
    other: str


class Pair(NamedTuple):
    """A quotation and how it was made."""

    made: str
    text: str
    speaker: str


def sentences(text: str) -> list[str]:
    """The sentences of a text without quotation marks."""
    return [one for part in text.split("\n") for one in SENTENCE.split(MARKS.sub("", part).strip()) if one]


def transcripts(texts: Sequence[str]) -> tuple[list[Document], list[Said]]:
    """Each text as a transcript of two speakers, and all that they say."""
    documents, said = [], []
    for k, text in enumerate(texts):
        names = NAMES[k % len(NAMES)]
        turns: list[str] = []
        for number, sentence in enumerate(sentences(text)):
            who = number // TURN % 2
            said.append(Said(sentence, k, number, names[who], names[1 - who]))
            if number % TURN:
                turns[-1] += f" {sentence}"
            else:
                opening = OPENINGS[len(turns) % len(OPENINGS)]
                turns.append(f"{names[who].upper()}: {opening} {sentence}")
        documents.append(Document(f"hearing-{k}", "\n\n".join(turns) + "\n"))
    return documents, said


def pairs(said: Sequence[Said], unsaid: Sequence[str], chance: random.Random) -> Iterator[Pair]:
    """The quotations, so many of each kind."""
    long = [one for one in said if LEAST <= len(one.text.split()) <= MOST and "[" not in one.text]
    absent = [one for one in unsaid if LEAST <= len(one.split()) <= MOST]
    made: dict[str, Callable[[Said], Pair | None]] = {
        "verbatim": lambda one: Pair("verbatim", one.text, one.speaker),
        "rewritten": _rewritten,
        "ellipsis": lambda one: Pair("ellipsis", _shortened(one.text, chance, "…"), one.speaker),
        "changed": lambda one: Pair("changed", _changed(one.text, chance.choice(long).text, chance), one.speaker),
        "left out": lambda one: Pair("left out", _shortened(one.text, chance, ""), one.speaker),
        "joined": lambda one: _joined(one, long, chance),
        "other speaker": lambda one: Pair("other speaker", one.text, one.other),
        "absent": lambda one: Pair("absent", chance.choice(absent), one.speaker),
    }
    for kind, count in PAIRS.items():
        found: list[Pair] = []
        while len(found) < count:
            if pair := made[kind](chance.choice(long)):
                found.append(pair)
        yield from found


def _rewritten(one: Said) -> Pair | None:
    text = one.text
    for said, written in REWRITTEN:
        text = re.sub(said, written, text)
    return None if text == one.text else Pair("rewritten", text[0].lower() + text[1:], one.speaker)


def _shortened(text: str, chance: random.Random, mark: str) -> str:
    words = text.split()
    size = chance.randint(1, 3)
    at = chance.randint(3, len(words) - size - 3)
    return " ".join([*words[:at], *filter(None, [mark]), *words[at + size :]])


def _changed(text: str, other: str, chance: random.Random) -> str:
    words, others = text.split(), [word for word in other.split() if word.isalpha() and word not in text]
    for _ in range(chance.randint(1, 2)):
        words[chance.randrange(1, len(words) - 1)] = chance.choice(others or ["nothing"])
    return " ".join(words)


def _joined(one: Said, long: Sequence[Said], chance: random.Random) -> Pair | None:
    others = [o for o in long if o.speaker == one.speaker and (o.source, o.number) != (one.source, one.number)]
    far = [o for o in others if o.source != one.source or abs(o.number - one.number) > 2 * TURN]
    return Pair("joined", f"{one.text} {chance.choice(far).text}", one.speaker) if far else None


def record(pair: Pair) -> tuple[Quote, str]:
    """The quotation as a quote of an article, and the article."""
    text = f"“{pair.text}” {pair.speaker} said."
    content = Span(0, len(pair.text) + 2, f"“{pair.text}”")
    speaker = Speaker(None, pair.speaker, "person")
    return Quote("1", "article", "direct", "speech", content.text, (content,), None, speaker, None, 1.0, "", 0), text


def measure() -> None:
    """Print the share of right statuses."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(FIXTURES.glob("*.txt"))]
    documents, said = transcripts(texts[NO_SOURCES:])
    unsaid = [one for text in texts[:NO_SOURCES] for one in sentences(text)]
    sources, voices = Sources(), Voices()
    for document in documents:
        sources.add(document)
    right, total, false_verbatim = Counter[str](), Counter[str](), 0
    for pair in pairs(said, unsaid, random.Random(18)):
        verification = verify(*record(pair), sources, voices)
        status = verification.status if verification else "nothing"
        wanted = RIGHT.get(pair.made, pair.made)
        total[pair.made] += 1
        right[pair.made] += status == wanted
        false_verbatim += status == "verbatim" != wanted
        if status != wanted:
            print(f"{pair.made}: {status} {verification and verification.similarity}: {pair.text}")
    for made, count in total.items():
        print(f"{made:14} {right[made]:3} of {count:3}")
    share = right.total() / total.total()
    print(f"{right.total()} of {total.total()} right, {share:.3f}; {false_verbatim} false verbatim")


def speed() -> None:
    """Print how long 100 articles of 20 quotes take against 1,000 transcripts of 5,000 words."""
    chance = random.Random(18)
    vocabulary = ["".join(chance.choices("abcdeghilmnoprstu", k=chance.randint(2, 9))) for _ in range(30_000)]
    weights = [1 / (rank + 3) for rank in range(len(vocabulary))]
    texts = [" ".join(chance.choices(vocabulary, weights, k=5_000)) for _ in range(1_000)]
    quoted = []
    for _ in range(2_000):
        words = chance.choice(texts).split()
        at = chance.randrange(len(words) - 40)
        some = words[at : at + chance.randint(6, 40)]
        if chance.random() < 0.5:
            some[chance.randrange(len(some))] = chance.choice(vocabulary)
        quoted.append(record(Pair("", " ".join(some), "Marta Ilves")))
    sources, voices = Sources(), Voices()
    since = time.process_time()
    for k, text in enumerate(texts):
        sources.add(Document(str(k), text))
    read = time.process_time() - since
    statuses = Counter(v.status for quote, text in quoted if (v := verify(quote, text, sources, voices)))
    print(f"{len(sources):,} words taken in: {read:.1f} s; {len(quoted):,} quotes: ", end="")
    print(f"{time.process_time() - since - read:.1f} s of CPU; {dict(statuses)}")


if __name__ == "__main__":
    speed() if "--speed" in sys.argv else measure()
