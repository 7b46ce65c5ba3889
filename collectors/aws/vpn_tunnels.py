"""The tunnels of a Site-to-Site VPN connection: pure functions over DescribeVpnConnections.

A list of algorithms that the answer leaves out is that of the defaults: all that AWS offers
(Site-to-Site VPN user guide, "Tunnel options for your AWS Site-to-Site VPN connection").
"""

from __future__ import annotations

from typing import Any

from collectors.aws.logic import told
from collectors.document import Unknown
from collectors.facts.network import Tunnel

Item = dict[str, Any]

ENCRYPTION = {
    "AES128": "aes128",
    "AES256": "aes256",
    "AES128-GCM-16": "aes128-gcm",
    "AES256-GCM-16": "aes256-gcm",
}
INTEGRITY = {"SHA1": "sha1", "SHA2-256": "sha256", "SHA2-384": "sha384", "SHA2-512": "sha512"}
IKE = {"ikev1": "ikev1", "ikev2": "ikev2"}

_SECRETS = {"CustomerGatewayConfiguration", "PreSharedKey"}


def tunnels_of(connection: Item) -> list[Tunnel] | Unknown:
    """The tunnels of a connection, in the order of its options."""
    options = told(connection.get("Options") or {}, "TunnelOptions")
    if isinstance(options, Unknown):
        return options
    states = {
        one.get("OutsideIpAddress"): one.get("Status")
        for one in connection.get("VgwTelemetry") or []
    }
    return [_tunnel(one, states.get(one.get("OutsideIpAddress"))) for one in options]


def _tunnel(options: Item, status: str | None) -> Tunnel:
    missing = Unknown("the API does not tell the state of a tunnel")
    return Tunnel(
        up=missing if status is None else status == "UP",
        encryption=_words(options, "EncryptionAlgorithms", ENCRYPTION),
        integrity=_words(options, "IntegrityAlgorithms", INTEGRITY),
        ike=_named(options.get("IkeVersions"), IKE),
    )


def _words(options: Item, ending: str, words: dict[str, str]) -> list[str]:
    """What is accepted in either phase."""
    both = [_named(options.get(f"Phase{phase}{ending}"), words) for phase in (1, 2)]
    return list(dict.fromkeys(word for phase in both for word in phase))


def _named(listed: list[Item] | None, words: dict[str, str]) -> list[str]:
    return accepted([str(one["Value"]) for one in listed or []], words)


def accepted(listed: list[str], words: dict[str, str]) -> list[str]:
    """One's own list in the words of the facts; without one, every choice. A word that is new stays
    as AWS writes it."""
    return [words.get(one, one.lower()) for one in listed] or list(words.values())


def without_secrets(connection: Item) -> Item:
    """A connection without its keys, which the configuration of the customer's side holds too."""
    kept = {name: value for name, value in connection.items() if name not in _SECRETS}
    options = dict(kept.get("Options") or {})
    if options.get("TunnelOptions"):
        options["TunnelOptions"] = [
            {name: value for name, value in one.items() if name not in _SECRETS}
            for one in options["TunnelOptions"]
        ]
        kept["Options"] = options
    return kept
