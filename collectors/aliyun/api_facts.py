"""What an API of API Gateway asks of who calls it: authentication and TLS."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from collectors.document import Unknown, then
from collectors.facts.shared import Tls

_AUTHENTICATION = {"APP": "key", "APPOPENID": "token", "OPENID": "token"}
_PLUGINS = {"jwtAuth": "token", "basicAuth": "custom", "remoteAuth": "custom"}
_POLICIES: dict[str, Literal["1.0", "1.2"]] = {
    "HTTPS1_1_TLS1_0": "1.0", "HTTPS2_TLS1_0": "1.0", "HTTPS2_TLS1_2": "1.2",
    # Takes TLS 1.2 and 1.3 ("HTTPS security policies", user guide).
    "HTTPS2_TLS1_3": "1.2",
}  # fmt: skip


class Group(Struct, frozen=True):
    """What an API has of its group: the lowest TLS version, and whether plain requests that reach
    it by its own domains are redirected."""

    policy: str | Unknown | None
    redirects: bool | Unknown


def authentication_of(kind: str) -> str | Unknown | None:
    """The authentication of an API by its AuthType; None where plug-ins decide."""
    if kind == "ANONYMOUS":
        return None
    return _AUTHENTICATION.get(kind) or Unknown(f"the authentication {kind} is not known")


def plugin_authentication(kind: str) -> str | None:
    """The authentication that a plug-in of a type asks for; None where it asks for none."""
    return _PLUGINS.get(kind)


def tls_of(protocols: str, group: Group) -> Tls:
    """By the protocols that the API takes and the HTTPS policy of its group."""
    if protocols.upper() == "HTTP":
        return Tls(minimum="none", required=False, policy=None)
    unknown = Unknown("the HTTPS policy of the group is not known")
    return Tls(
        minimum=then(group.policy, lambda name: _POLICIES.get(name or "") or unknown),
        required=True if protocols.upper() == "HTTPS" else group.redirects,
        policy=group.policy,
    )
