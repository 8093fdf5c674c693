"""The desk as an ASGI application: the guards, the pages, the API and the static files put together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from os import PathLike
from pathlib import Path

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.staticfiles import StaticFiles

from quotes import __version__, store, view
from quotes.web import api, changes, checks, downloads, mending, pages, queue, repeated, waiting
from quotes.web.errors import HANDLERS, TooLarge
from quotes.web.reading import Read, Reader
from quotes.web.security import LOCAL, SHORTEST_TOKEN, Deadline, Forms, Headers, SameOrigin, Token

LARGEST_BODY = 2_000_000
"""Bytes of a request: a text of about 300,000 words."""
SECONDS_TO_ARRIVE = 30.0
SECONDS_TO_READ = 60.0
"""How long finding a text's quotes may take."""
THREADS = 8
"""Requests that are answered at a time; each thread keeps a connection with a cache of its own."""
STATIC = Path(__file__).parent / "static"


def application(
    database: str | PathLike[str],
    token: str | None = None,
    *,
    hosts: Collection[str] = LOCAL,
    read: Read | None = None,
) -> FastAPI:
    """Make the desk for a database.

    Args:
        database: the SQLite file that ``quotes db add`` makes; made where there is none.
        token: what has to be shown to be let in; None lets everybody in, so that nobody but this machine may reach
            the server then.
        hosts: the names under which it answers, without ports; "*" answers under every name.
        read: finds the quotes of a text; None starts a process that does.

    Raises:
        quotes.store.StoreError: the file is no such database.
        ValueError: the token is too short.
    """
    if token is not None and len(token) < SHORTEST_TOKEN:
        raise ValueError(f"a token needs at least {SHORTEST_TOKEN} characters")

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = THREADS
        reader = None
        if read is None:
            app.state.read = reader = Reader(SECONDS_TO_READ)
        yield
        if reader:
            reader.close()

    guards = [
        Middleware(Headers),
        Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
        Middleware(SameOrigin),
        Middleware(TooLarge, largest=LARGEST_BODY),
        Middleware(RequestBodyLimitMiddleware, max_body_size=LARGEST_BODY),
        Middleware(Deadline, seconds=SECONDS_TO_ARRIVE),
    ]
    if token is not None:
        guards.append(Middleware(Token, token=token))
    app = FastAPI(
        title="quotes",
        summary="Who said what: search, read and check the quotes of a database.",
        version=__version__,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        middleware=guards,
        lifespan=lifespan,
        exception_handlers=HANDLERS,
    )
    app.state.store, app.state.token = opened(str(database)), token
    app.state.read, app.state.forms = read, Forms()
    app.include_router(api.router)
    app.include_router(changes.router)
    app.include_router(waiting.router)
    # downloads first: /documents/1.csv is no document of the number 1.csv
    for module in (downloads, pages, checks, mending, queue, repeated):
        app.include_router(module.router)
    app.mount("/static/view", StaticFiles(directory=view.STATIC))
    app.mount("/static", StaticFiles(directory=STATIC))
    return app


def opened(database: str) -> store.Store:
    """The database, made where there is none; one that can't be written is read."""
    try:
        return store.open(database, make=True)
    except store.WriteError:
        return store.open(database)
