"""What the tests share."""

from __future__ import annotations

import pytest

from quotes.parse import Parser


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The default model, loaded once."""
    return Parser()
