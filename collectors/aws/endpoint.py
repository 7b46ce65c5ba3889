"""Another endpoint than AWS's own (`--endpoint-url`)."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit, urlunsplit

_ACCOUNT = re.compile(r"^\d{12}\.")


def keep_host(client: Any, endpoint_url: str) -> None:
    """Make a client send its requests to the endpoint's host without an account id before it.

    S3 Control asks at `123456789012.<host>`. Behind an address such as 127.0.0.1 no such host
    exists, and the call could only fail.
    """
    host = urlsplit(endpoint_url).netloc

    def keep(request: Any, **_: Any) -> None:
        url = urlsplit(request.url)
        if _ACCOUNT.sub("", url.netloc) == host:
            request.url = urlunsplit(url._replace(netloc=host))

    client.meta.events.register("before-sign", keep)
