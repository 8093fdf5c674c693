"""The second reader: what a small encoder that read the whole text says of each of its tokens.

The network is all-MiniLM-L6-v2's (Wang et al., NeurIPS 2020), trained further on annotated news (see learn.reader), in
ONNX with whole numbers of eight bits for weights. Its windows are read one at a time: how numbers are rounded depends
on all that is read together, and a text shall give the same whatever stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np

from quotes.decide.careful.pieces import FIRST, LAST, Pieces, pieces, windows
from quotes.extras import need

if TYPE_CHECKING:
    from quotes.forest import Matrix
    from quotes.grammar.context import Context

ANSWERS = ("within", "begins", "ends", "cue", "source")
"""What is asked of every wordpiece: does it stand in a content, is it a content's first or last, in a cue, a source?"""
FAR = 8.0
"""Log-odds beyond which it makes no difference how sure the answer is."""


class ReaderError(ValueError):
    """The model of the second reader can't be used; the message says why, in one line."""


@dataclass(frozen=True, slots=True)
class Scores:
    """The log-odds of each answer for each token of a text, -FAR to FAR, and what they are summed up from."""

    within: list[float]
    begins: list[float]
    ends: list[float]
    cue: list[float]
    source: list[float]
    inside: list[float]
    """The sum, over the tokens before each place, of the probabilities to stand in a content; one more than tokens."""

    @classmethod
    def of(cls, odds: Matrix) -> Scores:
        """From a matrix of tokens by ANSWERS."""
        clipped = odds.clip(-FAR, FAR)
        within, begins, ends, cue, source = clipped.T.tolist()
        sums = accumulate((1 / (1 + np.exp(-clipped[:, 0]))).tolist(), initial=0.0)
        return cls(within, begins, ends, cue, source, list(sums))


class Reader:
    """Reads texts, each once.

    Raises:
        quotes.extras.MissingPackage: onnxruntime or tokenizers is not installed.
        ReaderError: the model file is damaged.
    """

    def __init__(self, threads: int = 1) -> None:
        runtime = need("onnxruntime", "careful")
        options = runtime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        options.log_severity_level = 3
        model = files("quotes.decide.careful").joinpath("reader.onnx")
        try:
            self.session: Any = runtime.InferenceSession(
                model.read_bytes(), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # what it raises depends on what is damaged
            raise ReaderError(
                f"can't use {model.name}, the model of the careful reader: it is damaged; install this package again"
            ) from error

    def scores(self, ctx: Context) -> Scores:
        """What the reader says of a text's tokens; kept with the text."""
        if ctx.read is None:
            of = pieces_of(ctx)
            ctx.read = Scores.of(of_tokens(ctx, of, self.of_pieces(of)))
        read: Scores = ctx.read
        return read

    def of_pieces(self, of: Pieces) -> Matrix:
        """The log-odds of a text's wordpieces, by ANSWERS."""
        odds = np.full((len(of), len(ANSWERS)), -FAR)
        for a, b in windows(of):
            odds[a:b] = self.read([FIRST, *of.ids[a:b], LAST], [0, *of.markers[a:b], 0])[1:-1]
        return odds

    def read(self, ids: list[int], markers: list[int]) -> Matrix:
        """The log-odds of a window's wordpieces, by ANSWERS."""
        inputs = {"ids": np.array([ids], dtype=np.int64), "markers": np.array([markers], dtype=np.int64)}
        return np.asarray(self.session.run(None, inputs)[0][0], dtype=np.float64)


def pieces_of(ctx: Context) -> Pieces:
    """The wordpieces of a parsed text."""
    p = ctx.parse
    marked = [_InCharacters(p.start[q.start], p.end[q.end - 1], q.closed) for q in ctx.quotes]
    return pieces(p.text, p.paragraph_spans(), marked)


def of_tokens(ctx: Context, of: Pieces, odds: Matrix) -> Matrix:
    """The log-odds of a text's tokens, of each the highest of its wordpieces; tokens by ANSWERS.

    Args:
        ctx: the text.
        of: its wordpieces.
        odds: theirs, by ANSWERS.
    """
    p = ctx.parse
    out = np.full((len(p), len(ANSWERS)), -FAR)
    # CASE: a wordpiece that reaches over two tokens tells of both; a token without any (a blank) is told nothing of.
    first, last = np.searchsorted(p.end, of.start, side="right"), np.searchsorted(p.start, of.end, side="left")
    for reach in range(int((last - first).max(initial=0))):
        here = first + reach < last
        np.maximum.at(out, (first + reach)[here], odds[here])
    return out


@dataclass(frozen=True, slots=True)
class _InCharacters:
    """See pieces.Marked."""

    start: int
    end: int
    closed: bool


@cache
def reader() -> Reader:
    """The reader in the package; errors as Reader's."""
    return Reader()
