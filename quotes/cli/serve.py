"""``quotes serve``: the desk, in a browser."""

from __future__ import annotations

import errno
import socket
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated

import typer

from quotes.cli.console import say, stop
from quotes.extras import MissingPackage, need

CONNECTIONS = 100
"""At a time."""
PACKAGES = ("fastapi", "uvicorn", "python_multipart")


def serve(
    database: Annotated[Path, typer.Argument(metavar="QUOTES.db", help="The database; made where there is none.")],
    host: Annotated[
        str, typer.Option(help="The address to listen at; any but this machine's own needs a token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen at; 0 takes a free one.", min=0, max=65535)] = 8321,
    token: Annotated[
        str | None,
        typer.Option(
            envvar="QUOTES_TOKEN",
            metavar="SECRET",
            show_envvar=False,
            show_default=False,
            help="Let in only who shows it, 16 characters or more. Better in the variable QUOTES_TOKEN: others "
            "on this machine can see command lines.",
        ),
    ] = None,
) -> None:
    """Read, search and check quotes in a browser, with a JSON API beside it.

    \b
    quotes serve quotes.db
    QUOTES_TOKEN=$(openssl rand -hex 16) quotes serve quotes.db --host 0.0.0.0

    It talks plain HTTP: where others reach it over a network that you don't trust, put a server that speaks HTTPS
    before it.
    """
    try:
        for package in PACKAGES:
            need(package, "web")
    except MissingPackage as error:
        raise stop(f"serve {error}", 2) from error
    if not token and not _is_local(host):
        raise stop(f"--host {host} lets other machines in, so it needs a token: set QUOTES_TOKEN or --token", 2)
    import uvicorn

    from quotes.store import StoreError
    from quotes.web.app import application
    from quotes.web.security import LOCAL

    try:
        app = application(database, token or None, hosts=(*LOCAL, host) if _is_local(host) else ("*",))
    except (StoreError, ValueError) as error:
        raise stop(str(error), 2) from error
    config = uvicorn.Config(app, log_level="warning", server_header=False, limit_concurrency=CONNECTIONS)
    try:
        listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise stop(f"port {port} is in use; name another with --port, or --port 0 for a free one", 1) from error
        raise stop(f"can't listen at {host} port {port}: {(error.strerror or str(error)).lower()}", 1) from error
    with listener, suppress(KeyboardInterrupt):
        say(f"the desk is at {_address(host, listener.getsockname()[1])}; Ctrl-C ends it")
        uvicorn.Server(config).run(sockets=[listener])


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _is_local(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
