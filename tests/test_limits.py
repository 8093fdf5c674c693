"""Texts that are too long, or made to be: what is held at once, and what is passed over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

import pytest

from quotes.extractor import Extractor
from quotes.find import MOST, candidates
from quotes.grammar import parse as parsing
from quotes.grammar.context import Context
from quotes.grammar.parse import LONGEST_PIECE, Parser

choosing = import_module("quotes.decide.choose")

SENTENCE = "Ada Lund said that the ferry would sail again in May. "
FLAT = SENTENCE * 1_000
"""No line break in 54,000 characters."""
ENDLESS = "he said " * 1_200 + ". " + "It rained. " * 1_200


def test_a_flat_text_is_parsed_in_pieces_and_decided_in_batches(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[int] = []
    judge = choosing._judge

    def counting(proposed: Any, model: Any) -> Any:
        proposed = list(proposed)
        judged.append(len(proposed))
        return judge(proposed, model)

    monkeypatch.setattr(choosing, "_judge", counting)
    monkeypatch.setattr(choosing, "AT_ONCE", 100)
    assert len(extractor.extract(FLAT)) > 900
    assert len(judged) > 9
    assert max(judged) <= 100
    pieces = [piece.text for piece in parsing._split(FLAT, 1_000_000)]
    assert "".join(pieces) == FLAT
    assert max(map(len, pieces)) <= LONGEST_PIECE
    assert all(piece.startswith("Ada Lund") for piece in pieces)


def test_strings_are_let_go_within_a_text(parser: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    zones: list[int] = []
    batches = parsing._batches

    def counting(items: Any, size: Any) -> Iterator[list[Any]]:
        for batch in batches(items, size):
            zones.append(sum(map(size, batch)))
            yield batch

    monkeypatch.setattr(parsing, "_batches", counting)
    monkeypatch.setattr(parsing, "BATCH_CHARACTERS", LONGEST_PIECE)
    [parse] = parser.pipe([FLAT])
    of_text, *of_pieces = zones
    assert of_text == sum(of_pieces) == len(parse.text)
    assert max(of_pieces) <= 2 * LONGEST_PIECE


def test_of_an_endless_sentence_the_beginning_is_looked_at(
    parser: Parser, extractor: Extractor, caplog: pytest.LogCaptureFixture
) -> None:
    [parse] = parser.pipe([ENDLESS])
    longest = max(range(len(parse.sents)), key=lambda k: parse.sents[k][1] - parse.sents[k][0])
    heads = [parse.sent_of[one.head] for one in candidates(Context(parse, []))]
    assert heads.count(longest) == MOST
    assert _lines(caplog) == [
        "a text: only the beginning of 1 endless sentences was looked at: he said he said he said …"
    ]


def test_nothing_is_told_of_other_texts(extractor: Extractor, caplog: pytest.LogCaptureFixture) -> None:
    extractor.extract(FLAT)
    assert _lines(caplog) == []


def _lines(caplog: pytest.LogCaptureFixture) -> Sequence[str]:
    return [record.getMessage() for record in caplog.records if record.name.startswith("quotes")]
