"""Serving from a thread, for the HTTP servers that tests start and stop by the hundred."""

from __future__ import annotations

import threading
from socketserver import BaseServer

_POLL_SECONDS = 0.01
"""How often a server looks whether it shall stop: by default twice a second, which `shutdown` then
waits for at the end of each test."""


def serve(server: BaseServer) -> None:
    """Serve from a thread that ends with `server.shutdown()`, or with the process."""
    threading.Thread(target=server.serve_forever, args=(_POLL_SECONDS,), daemon=True).start()
