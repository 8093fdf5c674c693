"""Documents in any number for the measurements: paragraphs of the fixtures, shuffled, with names that no other has."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

FIXTURES = Path(__file__).parents[2] / "fixtures"
PARAGRAPHS = 5
"""Of a document."""
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{4,}\b")
"""A word that looks like a name."""
SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstv" for vowel in "aeiou"]


def documents(count: int, seed: int = 1) -> Iterator[str]:
    """So many texts of five paragraphs, some 250 words; the same for the same seed. In each paragraph one name is a new
    one, for a run over real news meets words without end."""
    chance = random.Random(seed)
    texts = [path.read_text(encoding="utf-8") for path in sorted(FIXTURES.glob("*.txt"))]
    paragraphs = [part for text in texts for part in text.split("\n\n") if len(part) > 80]

    def renamed(paragraph: str) -> str:
        names = NAME.findall(paragraph)
        if not names:
            return paragraph
        new = "".join(chance.choices(SYLLABLES, k=3)).capitalize()
        return paragraph.replace(chance.choice(names), new)

    for _ in range(count):
        yield "\n\n".join(map(renamed, chance.sample(paragraphs, PARAGRAPHS)))


def write(path: Path, count: int, seed: int = 1) -> None:
    """The same as JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        for number, text in enumerate(documents(count, seed), 1):
            file.write(f"{json.dumps({'id': f'doc-{number}', 'text': text})}\n")
