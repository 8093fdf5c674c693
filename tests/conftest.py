"""What the tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import servers
from hypothesis import settings

import quotes.grammar.parse
from quotes import run
from quotes.extractor import Extractor
from quotes.grammar.parse import ModelError, Parser
from quotes.records import ACTS

settings.register_profile("untimed", deadline=None)  # how long an example takes tells how busy the machine is
settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def models_loaded_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quotes.grammar.parse, "load", cache(quotes.grammar.parse.load))
        yield


@pytest.fixture(scope="session", autouse=True)
def worked_here() -> Iterator[None]:
    """Commands find quotes in the tests' own process, by models that are loaded; test_run.py and those that start the
    command as a process have the engine itself."""

    @contextmanager
    def engine(order: run.Order, jobs: int = 1) -> Iterator[Any]:
        try:
            yield order.work().outcomes
        except ModelError as error:
            raise run.Unusable(str(error)) from error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("quotes.run.engine", engine)
        yield


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The default model, loaded once."""
    return Parser()


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """Finds quotes of every act."""
    return Extractor(acts=ACTS, purpose="counting")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server."""
    with servers.postgresql() as address:
        yield address


@pytest.fixture(scope="session")
def schema(request: pytest.FixtureRequest) -> Callable[[], str]:
    """Makes a schema of a PostgreSQL server, and gives the address at which it is the database."""
    psycopg = pytest.importorskip("psycopg")
    server = request.getfixturevalue("server")

    def make() -> str:
        name = f"test_{uuid4().hex}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        return f"{server}?options=-csearch_path%3D{name}"

    return make


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where a database is to be made, for the tests that pass on each kind: a file, or a schema of a server."""
    monkeypatch.chdir(tmp_path)
    if request.param == "sqlite":
        return "quotes.db"
    return str(request.getfixturevalue("schema")())
