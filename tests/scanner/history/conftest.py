"""Histories to test with: an SQLite file, and a database of a real PostgreSQL server."""

from __future__ import annotations

import itertools
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.required import missing

_NUMBERS = itertools.count(1)


DEBIAN = Path("/usr/lib/postgresql")
"""Where Debian keeps it, off the PATH."""


def binaries(folder: Path = DEBIAN) -> Path:
    """The folder of PostgreSQL's server."""
    found = sorted(folder.glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    return missing("PostgreSQL's server is not installed; .ci/run installs it where there is apt")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a throwaway PostgreSQL cluster: `{}` stands for the database."""
    server_of = binaries()
    folder = Path(tempfile.mkdtemp(prefix="mlps-pg-"))
    # The server refuses to run as root.
    as_user: dict[str, Any] = {}
    if os.geteuid() == 0:
        as_user = {"user": "nobody", "group": "nogroup", "extra_groups": []}
        shutil.chown(folder, "nobody", "nogroup")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = folder / "data"
    made: list[str | Path] = [server_of / "initdb", "-D", data, "-U", "mlps", "-A", "trust"]
    made += ["-N", "-E", "UTF8"]
    subprocess.run(made, check=True, capture_output=True, cwd=folder, **as_user)
    options = ["-c", "fsync=off", "-h", "127.0.0.1", "-p", str(port), "-k", str(folder)]
    log = (folder / "log").open("wb")
    server = subprocess.Popen(
        [server_of / "postgres", "-D", data, *options], cwd=folder, stderr=log, **as_user
    )
    try:
        _wait(port, server)
        yield f"postgresql+psycopg://mlps@127.0.0.1:{port}/{{}}"
    finally:
        server.terminate()
        server.wait(20)
        log.close()
        shutil.rmtree(folder, ignore_errors=True)


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert server.poll() is None, "the server stopped"
        try:
            psycopg.connect(f"host=127.0.0.1 port={port} user=mlps dbname=postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("the server does not answer")


def _database(address: str) -> str:
    name = f"history{next(_NUMBERS)}"
    plain = address.replace("+psycopg", "").format("postgres")
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload, unused-ignore]
    return address.format(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty history of each kind."""
    if request.param == "sqlite":
        return str(tmp_path / "history.db")
    return _database(request.getfixturevalue("postgres"))
