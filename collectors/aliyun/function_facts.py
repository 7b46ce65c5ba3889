"""What the settings of a function of Function Compute say. Pure."""

from __future__ import annotations

import json
from typing import Literal

from collectors.document import Unknown
from collectors.facts.shared import Encryption, Tls
from collectors.logic import Known

CONTAINER = "custom-container"
"""The runtime of a function that brings its own."""
# Function Compute 3.0, "Runtime overview" and the API's own list (Function, `runtime`).
_SUPPORTED = {
    "nodejs12", "nodejs14", "nodejs16", "nodejs18", "nodejs20", "python3", "python3.9",
    "python3.10", "python3.12", "java8", "java11", "php7.2", "dotnetcore3.1", "go1", "custom",
    "custom.debian10", "custom.debian11", "custom.debian12",
}  # fmt: skip
_ENDED = {"nodejs4", "nodejs6", "nodejs8", "nodejs10", "python2.7", "dotnetcore2.1"}
# "Environment variables": they are encrypted with AES-256 before they are stored.
ENVIRONMENT = Encryption(enabled=True, key_manager="provider", key_id=None, algorithm="aes-256")

_ADDRESSES = Unknown("whether the addresses of a function take plain HTTP is not read")
_ASKING = {"function", "jwt"}
"""`authType` of an HTTP trigger that takes no request without a signature or a token."""


def runtime_supported(runtime: str) -> Known:
    """Whether the service still supports a runtime."""
    if runtime in _SUPPORTED:
        return True
    return False if runtime in _ENDED else Unknown(f"the runtime {runtime} is not known")


def tls_of(called: Known) -> Tls | Unknown | None:
    """TLS of a function; none where it has no HTTP trigger."""
    if called is False:
        return None
    return called if isinstance(called, Unknown) else Tls.unread(_ADDRESSES)


def access(config: str) -> Literal["asks", "open", "by-domain"] | Unknown:
    """Whom an HTTP trigger lets in, by its configuration (JSON): who signs in, anyone at its own
    address in the internet, or anyone who comes by a custom domain that asks for nothing either."""
    untold = Unknown("Function Compute does not tell how an HTTP trigger authenticates")
    try:
        found = json.loads(config)
        kind = str(found["authType"]).lower()
    except (ValueError, KeyError, TypeError):
        return untold
    if kind in _ASKING:
        return "asks"
    if kind != "anonymous":
        return untold
    return "by-domain" if found.get("disableURLInternet") else "open"
