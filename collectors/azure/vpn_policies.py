"""The suites that a VPN connection of Azure accepts. Pure."""

from __future__ import annotations

from typing import Any

from collectors.document import Unknown
from collectors.facts.network import Tunnel

Item = dict[str, Any]

_ENCRYPTION = {
    "none": "none", "des": "des", "des3": "3des", "aes128": "aes128", "aes192": "aes192",
    "aes256": "aes256", "gcmaes128": "aes128-gcm", "gcmaes192": "aes192-gcm",
    "gcmaes256": "aes256-gcm",
}  # fmt: skip
_INTEGRITY = {"md5": "md5", "sha1": "sha1", "sha256": "sha256", "sha384": "sha384"}
_GCM = ("gcmaes128", "gcmaes192", "gcmaes256")
_UP = {"connected": True, "connecting": False, "notconnected": False}

# What a connection without a policy accepts ("About VPN devices and IPsec/IKE parameters": main
# mode and quick mode offers).
_DEFAULT = Tunnel(
    encryption=["3des", "aes128", "aes256", "aes256-gcm"], integrity=["sha1", "sha256"]
)


def tunnel_of(connection: Item) -> Tunnel:
    """The tunnel of a connection, by its properties as ARM writes them."""
    policies = connection.get("ipsecPolicies") or []
    ike = str(connection.get("connectionProtocol")).lower()
    status = str(connection.get("connectionStatus")).lower()
    return Tunnel(
        up=_UP.get(status, Unknown("the state of the connection does not tell whether it is up")),
        encryption=_suites(policies, _ENCRYPTION, "Encryption")
        if policies
        else _DEFAULT.encryption,
        integrity=_suites(policies, _INTEGRITY, "Integrity") if policies else _DEFAULT.integrity,
        ike=[ike]
        if ike in ("ikev1", "ikev2")
        else Unknown("the connection does not tell its version of IKE"),
    )


def _suites(policies: list[Item], words: dict[str, str], what: str) -> list[str] | Unknown:
    found: set[str] = set()
    for policy in policies:
        for text in (policy.get(f"ipsec{what}"), policy.get(f"ike{what}")):
            lower = str(text).lower()
            if what == "Integrity" and lower in _GCM:
                continue
            if lower not in words:
                return Unknown(f"the suite {text!r} of the IPsec policy is not understood")
            found.add(words[lower])
    return sorted(found)
