"""Looking at what a page is to show, in time; and a desk to look at."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from quotes.web.app import application
from quotes.web.reading import Read

PATIENCE = 120_000
"""Milliseconds in which anything has to happen, on a machine that has other work too."""

try:
    from playwright.sync_api import expect
except ImportError:  # the fixture of the browser says so
    pass
else:
    expect.set_options(timeout=PATIENCE // 2)


@contextmanager
def desk_on(database: Path, read: Read) -> Iterator[str]:
    """Serve a database, in a thread: the desk's address."""
    server = uvicorn.Server(uvicorn.Config(application(database, read=read), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
