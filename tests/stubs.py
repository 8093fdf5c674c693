"""An extractor that loads at once and does what texts tell it, in place of the real one; and the command line with it.

python stubs.py extract …      as quotes extract …
"""

from __future__ import annotations

import functools
import os
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any

from quotes import run
from quotes.records import Quote, Span, quote_id


class Stub:
    """Finds a quote in each word that begins with q; RAISE, DIE, CRASH, HANG, SLOW and NOISE are done as they say."""

    def __init__(self, **options: Any) -> None:
        if options.get("model") == "none":
            raise ValueError("model 'none' is not installed")
        if path := os.environ.get("STUB_PIDS"):
            with open(path, "a") as file:
                file.write(f"{os.getpid()}\n")

    def pipe(self, texts: Iterable[tuple[str, str]], as_tuples: bool) -> Iterator[tuple[list[Quote], str]]:
        batch = list(texts)
        for text, _ in batch:  # as the parser, which has parsed all before the first is given out
            self._obey(text)
        for text, doc_id in batch:
            yield list(self._quotes(text, doc_id)), doc_id

    def _obey(self, text: str) -> None:
        if "RAISE" in text:
            raise RuntimeError("told to\nby the text")
        if "DIE" in text:
            os._exit(3)
        if "CRASH" in text:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "HANG" in text:
            time.sleep(60)
        if "SLOW" in text:
            time.sleep(0.01)
        if "NOISE" in text:
            print("noise on standard output", flush=True)

    def _quotes(self, text: str, doc_id: str) -> Iterator[Quote]:
        at = 0
        for word in text.split():
            at = text.index(word, at)
            if word.startswith("q"):
                part = Span(at, at + len(word), word)
                quote = quote_id(doc_id, [(part.start, part.end)])
                yield Quote(quote, doc_id, "indirect", "speech", word, (part,), None, None, None, 1.0, "stub", 0)


def main() -> None:
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    run.Order = functools.partial(run.Order, extractor="stubs:Stub")  # type: ignore[assignment, misc]
    from quotes.cli import main

    main()


if __name__ == "__main__":
    main()
