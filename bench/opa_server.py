"""A real OPA server on loopback, for measuring and for tests."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import requests

_START_SECONDS = 20
_ATTEMPTS = 5


class OpaServerError(RuntimeError):
    """OPA did not start."""


@contextmanager
def running_opa(
    opa: str, *arguments: str, scheme: str = "http", ca: str | None = None
) -> Iterator[str]:
    """Start `opa run --server` with more arguments, yield its URL when it is ready, and stop it."""
    process, url = _start(opa, arguments, scheme, ca)
    try:
        yield url
    finally:
        process.terminate()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _start(
    opa: str, arguments: tuple[str, ...], scheme: str, ca: str | None
) -> tuple[subprocess.Popen[bytes], str]:
    """OPA cannot tell a port that it chose: we choose one, and another if it is taken meanwhile."""
    for _ in range(_ATTEMPTS):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [opa, "run", "--server", "--addr", f"127.0.0.1:{port}", "--log-level", "error"]
        process = subprocess.Popen(
            [*command, "--disable-telemetry", *arguments],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        url = f"{scheme}://127.0.0.1:{port}"
        if _is_ready(process, url, ca):
            return process, url
    raise OpaServerError(f"{' '.join(command)} ended with {process.returncode}")


def _is_ready(process: subprocess.Popen[bytes], url: str, ca: str | None) -> bool:
    """Whether it came up; False when it ended."""
    deadline = time.monotonic() + _START_SECONDS
    with requests.Session() as session:
        session.trust_env = False
        session.verify = ca or True
        while process.poll() is None:
            try:
                if session.get(f"{url}/health", timeout=5).status_code < 500:
                    return True
            except requests.ConnectionError:
                pass
            if time.monotonic() > deadline:
                process.kill()
                raise OpaServerError(f"{url} was not ready within {_START_SECONDS} seconds")
            time.sleep(0.05)
    return False
