"""What APIs of the cloud-native API Gateway ask of callers: authentication, and TLS of their
domains. Pure; templates are judged by the same."""

from __future__ import annotations

from typing import Any, Literal

from collectors.document import Unknown, also
from collectors.facts.shared import Tls
from collectors.logic import every, told

Item = dict[str, Any]

WHOLE = frozenset({"llm", "ai", "agent"})
"""Types of APIs whose authentication is one for all of their routes (CreateHttpApi: enableAuth)."""
BY_PLUGIN = Unknown("the API asks for no authentication itself; what its plug-ins ask is not read")

_AUTHENTICATION = {"apikey": "key", "hmac": "key", "jwt": "token"}
_VERSIONS: dict[str, Literal["1.0", "1.1", "1.2", "1.3"]] = {
    "1.0": "1.0", "1.1": "1.1", "1.2": "1.2", "1.3": "1.3",
}  # fmt: skip

_MAY_TAKE_PLAIN = Unknown("whether the domain takes requests in plaintext is not certain")
_NO_VERSION = Unknown("the domain does not tell its lowest TLS version")


def authentication(one: Item) -> str | Unknown:
    """What an API, or a method of it, asks of callers."""
    on = told(one, "enableAuth")
    if on is not True:
        return on if isinstance(on, Unknown) else BY_PLUGIN
    kind = str((one.get("authConfig") or {}).get("authType"))
    return _AUTHENTICATION.get(kind.lower()) or Unknown(f"the authentication {kind} is not known")


def plain() -> Tls:
    """A domain that takes requests in plaintext alone."""
    return Tls(minimum="none", required=False, policy=None)


def domain_tls(domain: Item) -> Tls:
    """TLS of a domain: the versions from tlsMin on; plain requests are redirected by forceHttps."""
    protocol = str(domain.get("protocol")).upper()
    if protocol == "HTTP":
        return plain()
    words = str(domain.get("tlsMin") or "").upper().removeprefix("TLS")
    required = protocol == "HTTPS" and domain.get("forceHttps") is True
    return Tls(
        minimum=_VERSIONS.get(words.strip(" V_").replace("_", "."), _NO_VERSION),
        required=required or _MAY_TAKE_PLAIN,
        policy=None,
    )


def weakest(found: list[Tls]) -> Tls:
    """The weakest of the domains, of which there is one at least, that lead to an API."""
    minimums: list[Any] = [one.minimum for one in found]
    # Plaintext is below every version, whatever the others are.
    lowest: Any = "none"
    if "none" not in minimums:
        lowest = also(None, *minimums) or min(minimums)
    required: list[Any] = [one.required for one in found]
    return Tls(minimum=lowest, required=every(required), policy=None)
