"""A PostgreSQL server of the tests' own: Debian's, on 127.0.0.1, with its files in a temporary folder."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
ACCOUNT = "postgres"
"""Under which it runs where the tests run as root, as it refuses to run as root."""


@contextmanager
def postgresql() -> Iterator[str]:
    """Start a server; the address of its database. Without one installed tests are skipped, or with QUOTES_POSTGRES
    fail."""
    if not PROGRAMS:
        missing = "no PostgreSQL in /usr/lib/postgresql: apt-get install postgresql"
        pytest.fail(missing) if os.environ.get("QUOTES_POSTGRES") else pytest.skip(missing)
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:  # pytest's own are closed to other accounts
        yield from _started(Path(folder))


def _started(folder: Path) -> Iterator[str]:
    root = os.geteuid() == 0
    account: dict[str, Any] = {"user": ACCOUNT, "group": ACCOUNT, "extra_groups": []} if root else {}
    if root:
        subprocess.run(["chown", ACCOUNT, str(folder)], check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(program: str, *args: str) -> None:
        done = subprocess.run(
            [PROGRAMS[-1] / program, "-D", folder / "data", *args],
            **account,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert done.returncode == 0, done.stderr

    run("initdb", "-A", "trust", "-U", "postgres", "--locale=C.UTF-8", "-E", "UTF8", "--no-sync")
    options = f"-h 127.0.0.1 -p {port} -c unix_socket_directories='' -c fsync=off -c max_connections=200"
    run("pg_ctl", "-o", options, "-l", str(folder / "log"), "-t", "300", "-w", "start")
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "-m", "immediate", "-t", "300", "stop")
