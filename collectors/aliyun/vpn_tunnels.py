"""Tunnels of IPsec connections with the suites that they accept. Pure."""

from __future__ import annotations

from typing import Any, cast

from collectors.document import Unknown
from collectors.facts.network import Tunnel

Item = dict[str, Any]

_ENCRYPTION = {
    "aes": "aes128", "aes128": "aes128", "aes192": "aes192", "aes256": "aes256", "des": "des",
    "3des": "3des", "sm4": "sm4", "aes128-gcm": "aes128-gcm", "aes192-gcm": "aes192-gcm",
    "aes256-gcm": "aes256-gcm", "null": "none",
}  # fmt: skip
_INTEGRITY = {"md5", "sha1", "sha256", "sha384", "sha512", "sm3"}
_IKE = {"ikev1", "ikev2"}
_SECRETS = {"Psk", "AuthKey", "RemoteCaCertificate"}


def tunnels_of(connection: Item) -> list[Tunnel]:
    """The tunnels of DescribeVpnConnections: of a connection with two, or the only one."""
    options = (connection.get("TunnelOptionsSpecification") or {}).get("TunnelOptions") or []
    if options:
        return [
            _tunnel(one.get("Status"), one.get("TunnelIkeConfig"), one.get("TunnelIpsecConfig"))
            for one in options
        ]
    return [
        _tunnel(
            connection.get("Status"), connection.get("IkeConfig"), connection.get("IpsecConfig")
        )
    ]


def _tunnel(status: str | None, ike: Item | None, ipsec: Item | None) -> Tunnel:
    first, second = ike or {}, ipsec or {}
    return Tunnel(
        up=status == "ipsec_sa_established"
        if status
        else Unknown("the connection does not tell whether it is up"),
        encryption=_words([first.get("IkeEncAlg"), second.get("IpsecEncAlg")], _ENCRYPTION),
        integrity=_words(
            [first.get("IkeAuthAlg"), second.get("IpsecAuthAlg")],
            {name: name for name in _INTEGRITY},
        ),
        ike=_words([first.get("IkeVersion")], {name: name for name in _IKE}),
    )


def _words(values: list[Any], known: dict[str, str]) -> list[str] | Unknown:
    """The algorithms of both phases, each once. A phase that names none leaves all unknown."""
    found: list[str | Unknown] = []
    for value in values:
        if not value:
            return Unknown("the connection does not name its algorithms")
        for word in str(value).lower().split(","):
            name = known.get(word.strip()) or Unknown(f"the algorithm {word.strip()} is not known")
            if name not in found:
                found.append(name)
    return cast("list[str]", found)


def without_secrets(value: Any) -> Any:
    """A connection without its pre-shared keys, BGP keys and certificates, at any depth."""
    if isinstance(value, dict):
        return {
            name: without_secrets(inner) for name, inner in value.items() if name not in _SECRETS
        }
    if isinstance(value, list):
        return [without_secrets(inner) for inner in value]
    return value
