"""The second reader: wordpieces and windows, what it sees in a case, how it is asked and what happens without it."""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import quotes
from quotes.decide import settings
from quotes.decide.careful import pieces as pieces_module
from quotes.decide.careful import reader as reader_module
from quotes.decide.careful.pieces import CASES, INSIDE, OPENS, OUTSIDE, STATES, WINDOW, pieces, tokenizer, windows
from quotes.decide.careful.reader import ANSWERS, FAR, Reader, ReaderError, Scores, of_tokens, pieces_of, reader
from quotes.decide.careful.scorer import rows_of
from quotes.decide.careful.seen import Seen
from quotes.decide.model import Weighted
from quotes.decide.scorers import Batch, Case
from quotes.find import candidates
from quotes.grammar.boundaries import paragraph_breaks
from quotes.grammar.context import Context
from quotes.grammar.marks import pair
from quotes.grammar.parse import Parser

TEXT = 'The WHO said on Monday: "Wash your hands."\n\nAda Lund called it sound advice.'


def of_text(text: str) -> pieces_module.Pieces:
    breaks = [0, *paragraph_breaks(text), len(text)]
    paragraphs = list(pairwise(breaks))
    return pieces(text, paragraphs, [q for q in pair(text, paragraphs) if not q.depth])


@pytest.fixture(scope="module")
def ctx() -> Context:
    parse = next(Parser().pipe([TEXT]))
    return Context(parse, pair(parse.text, parse.paragraph_spans()))


def test_wordpieces_stand_where_they_stand_in_the_text_and_their_markers_keep_what_small_letters_lose() -> None:
    found = of_text(TEXT)
    words = [TEXT[a:b] for a, b in zip(found.start, found.end, strict=True)]
    marker = dict(zip(words, found.markers, strict=True))
    assert words[:5] == ["The", "WHO", "said", "on", "Monday"]
    assert marker["The"] == 1 + CASES * OUTSIDE + CASES * STATES
    assert marker["WHO"] == 2
    assert marker["said"] == 0
    assert marker["Wash"] == 1 + CASES * INSIDE
    assert [found.markers[k] // CASES % STATES for k, word in enumerate(words) if word == '"'] == [OPENS, 3]
    assert marker["Ada"] == 1 + CASES * STATES


def test_windows_are_whole_paragraphs_and_a_long_one_is_cut_after_a_sentence() -> None:
    short, long = "A river rose by a metre. " * 12, "The mayor said that nobody was hurt. " * 90
    found = of_text(f"{short}\n\n{short}\n\n{long}\n\n{short}")
    cuts = list(windows(found))
    assert [a for a, _ in cuts] == [0, *(b for _, b in cuts[:-1])]
    assert cuts[-1][1] == len(found)
    assert all(0 < b - a <= WINDOW - 2 for a, b in cuts)
    full_stop = tokenizer().token_to_id(".")
    assert all(found.ids[b - 1] == full_stop for _, b in cuts)
    assert len(list(windows(of_text("word " * 1000)))) == math.ceil(1000 / (WINDOW - 2))


def test_a_token_has_the_highest_of_its_wordpieces(ctx: Context) -> None:
    found = pieces_of(ctx)
    odds = np.full((len(found), len(ANSWERS)), -3.0)
    at = [ctx.parse.text[a:b] for a, b in zip(found.start, found.end, strict=True)].index("Lund")
    odds[at, 4] = 2.5
    tokens = of_tokens(ctx, found, odds)
    assert tokens[ctx.parse.words.index("Lund"), 4] == 2.5
    assert tokens[ctx.parse.words.index("called"), 4] == -3.0


def test_what_is_seen_is_what_stands_at_the_content_the_cue_and_the_source(ctx: Context) -> None:
    words = ctx.parse.words
    [proposal] = [p for p in candidates(ctx) if p.lemma == "say" and p.source and words[p.source[0]] == "The"][:1]
    odds = np.full((len(words), len(ANSWERS)), -2.0)
    (start, end) = proposal.edges.first.content[0]
    odds[start:end, 0] = 3.0
    odds[start, 1], odds[end - 1, 2] = 4.0, 5.0
    odds[words.index("said"), 3], odds[words.index("WHO"), 4] = 6.0, 7.0
    ctx.read = Scores.of(odds)
    try:
        [row] = rows_of(Batch([Case(ctx, proposal, proposal.edges.first)], np.zeros((1, 1)), np.array([0.5])), None)
    finally:
        ctx.read = None
    seen = Seen(*row[1:])
    assert (seen.odds, seen.begins, seen.ends, seen.cue, seen.source) == (0.5, 4.0, 5.0, 6.0, 7.0)
    assert seen.least_within == 3.0
    assert seen.share_within == pytest.approx(1 / (1 + np.exp(-3)))
    assert (seen.source_least, seen.cue_elsewhere, seen.begins_inside) == (-2.0, -2.0, -2.0)


def test_a_scorer_that_was_told_what_the_others_said_adds_to_it() -> None:
    odds, said = np.array([1.0, -1.0]), np.array([0.5, 2.0])
    adding = Weighted(reader_module, 1.0, adds=True)  # type: ignore[arg-type]
    assert adding.with_what_was(odds, said).tolist() == [1.5, 1.0]
    assert Weighted(reader_module, 0.5).with_what_was(odds, said).tolist() == [0.75, 0.5]  # type: ignore[arg-type]


def test_a_text_gives_the_same_alone_beside_others_and_on_two_threads(ctx: Context) -> None:
    pytest.importorskip("onnxruntime")
    texts = [TEXT, Path("fixtures/summit.txt").read_text(encoding="utf-8"), TEXT]
    careful = quotes.Extractor(careful=True)
    alone = [careful.extract(text) for text in texts]
    assert [*careful.pipe(texts)] == alone
    assert alone[0]
    of = pieces_of(ctx)
    assert np.allclose(Reader(threads=2).of_pieces(of), reader().of_pieces(of), atol=1e-4)


def test_without_what_it_needs_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "onnxruntime", None)
    with pytest.raises(ValueError, match=r'needs onnxruntime; install it with: pip install "newsquotes\[careful\]"'):
        Reader()


def test_a_damaged_model_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "reader.onnx").write_bytes(b"no model")
    monkeypatch.setattr(reader_module, "files", lambda _: tmp_path)
    with pytest.raises(ReaderError, match=r"reader\.onnx.* damaged"):
        Reader()


def test_each_attention_of_the_reader_is_one_node() -> None:
    model = Path(reader_module.__file__).with_name("reader.onnx").read_bytes()
    assert model.count(b"MultiHeadAttention") == 5


def test_careful_has_weights_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="leave out careful or weights"):
        settings(tmp_path / "model.json", careful=True)


def test_a_blank_text_is_read_without_a_window() -> None:
    parse = next(Parser().pipe([" \n "]))
    ctx = Context(parse, [])
    assert reader().scores(ctx).within == [-FAR] * len(parse)
