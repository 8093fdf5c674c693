"""What the tests share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

import quotes.parse
from quotes.extractor import Extractor
from quotes.parse import Parser
from quotes.records import ACTS


@pytest.fixture(scope="session", autouse=True)
def models_loaded_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quotes.parse, "load", cache(quotes.parse.load))
        yield


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The default model, loaded once."""
    return Parser()


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """Finds quotes of every act."""
    return Extractor(acts=ACTS)
