"""What the tests share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

import quotes.grammar.parse
from quotes.extractor import Extractor
from quotes.grammar.parse import Parser
from quotes.records import ACTS


@pytest.fixture(scope="session", autouse=True)
def models_loaded_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quotes.grammar.parse, "load", cache(quotes.grammar.parse.load))
        yield


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The default model, loaded once."""
    return Parser()


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """Finds quotes of every act."""
    return Extractor(acts=ACTS, purpose="counting")
