"""What the tunnels of a Site-to-Site VPN connection accept."""

from __future__ import annotations

from typing import Any

from collectors.aws.vpn_tunnels import tunnels_of, without_secrets
from collectors.document import Unknown
from collectors.facts.network import Tunnel

FIRST, SECOND = "203.0.113.1", "203.0.113.2"


def values(*words: str) -> list[dict[str, str]]:
    return [{"Value": word} for word in words]


def strict(address: str) -> dict[str, Any]:
    options: dict[str, Any] = {"OutsideIpAddress": address, "PreSharedKey": "secret"}
    for phase in (1, 2):
        options[f"Phase{phase}EncryptionAlgorithms"] = values("AES256-GCM-16")
        options[f"Phase{phase}IntegrityAlgorithms"] = values("SHA2-256")
    return options | {"IkeVersions": values("ikev2")}


def connection(*tunnels: dict[str, Any], **states: str) -> dict[str, Any]:
    told = {"first": FIRST, "second": SECOND}
    return {
        "VpnConnectionId": "vpn-1",
        "CustomerGatewayConfiguration": "<pre_shared_key>secret</pre_shared_key>",
        "Options": {"StaticRoutesOnly": False, "TunnelOptions": list(tunnels)},
        "VgwTelemetry": [
            {"OutsideIpAddress": told[name], "Status": state} for name, state in states.items()
        ],
    }


def test_what_one_chose_is_all_that_a_tunnel_accepts() -> None:
    found = tunnels_of(connection(strict(FIRST), strict(SECOND), first="UP", second="DOWN"))
    chosen: dict[str, Any] = {"encryption": ["aes256-gcm"], "integrity": ["sha256"]}
    assert found == [
        Tunnel(up=True, ike=["ikev2"], **chosen),
        Tunnel(up=False, ike=["ikev2"], **chosen),
    ]


def test_without_a_choice_a_tunnel_accepts_all_that_aws_offers() -> None:
    assert tunnels_of(connection({"OutsideIpAddress": FIRST}, first="UP")) == [
        Tunnel(
            up=True,
            encryption=["aes128", "aes256", "aes128-gcm", "aes256-gcm"],
            integrity=["sha1", "sha256", "sha384", "sha512"],
            ike=["ikev1", "ikev2"],
        )
    ]


def test_both_phases_count() -> None:
    options = strict(FIRST) | {"Phase2IntegrityAlgorithms": values("SHA1", "SHA2-256")}
    (tunnel,) = tunnels_of(connection(options, first="UP")) or []  # type: ignore[misc]
    assert tunnel.integrity == ["sha256", "sha1"]
    left = {name: value for name, value in options.items() if name != "Phase2EncryptionAlgorithms"}
    (tunnel,) = tunnels_of(connection(left, first="UP")) or []  # type: ignore[misc]
    assert tunnel.encryption == ["aes256-gcm", "aes128", "aes256", "aes128-gcm"]


def test_a_word_that_is_new_stays_as_it_is() -> None:
    options = strict(FIRST) | {"IkeVersions": values("ikev3")}
    (tunnel,) = tunnels_of(connection(options, first="UP")) or []  # type: ignore[misc]
    assert tunnel.ike == ["ikev3"]


def test_what_is_not_told_is_unknown() -> None:
    assert tunnels_of({"VpnConnectionId": "vpn-1"}) == Unknown(
        "the API does not tell TunnelOptions of this resource"
    )
    (tunnel,) = tunnels_of(connection(strict(FIRST))) or []  # type: ignore[misc]
    assert tunnel.up == Unknown("the API does not tell the state of a tunnel")


def test_keys_do_not_stay() -> None:
    assert "secret" not in str(without_secrets(connection(strict(FIRST), first="UP")))
