"""Gateways over HTTP: VPN and ExpressRoute, NAT, bastion hosts, Azure Firewall."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.azure.account import Service
from collectors.azure.services import azure_firewalls, edge_gateways, vpn_gateways
from collectors.calls import Call
from tests.collectors.azure.conftest import OpenAccount, Serve, by_name
from tests.collectors.azure.server import AzureServer, Fault

PARTNER = "0b1f6471-1bf0-4dda-aec3-cb9272f09590"
EVERYWHERE = ["0.0.0.0/0", "::/0"]


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve("gateways", "networks")


@pytest.fixture(scope="module")
def found(server: AzureServer, open_account: OpenAccount) -> dict[str, Any]:
    """Every gateway by name; each service makes the calls that it declares."""

    def collect(service: Service) -> dict[str, Any]:
        made: set[Call] = set()
        assert service.account
        documents = by_name(service.account(open_account(server, made=made)))
        assert made == set(service.calls)
        return documents

    modules = (azure_firewalls, edge_gateways, vpn_gateways)
    return {name: one for m in modules for name, one in collect(m.SERVICE).items()}


def test_tunnels_by_policy_and_by_default(found: dict[str, Any]) -> None:
    gateway = found["vpngw-core"].facts
    strong, default, partner = gateway["tunnels"]
    assert strong == {
        "up": True,
        "encryption": ["aes256", "aes256-gcm"],
        "integrity": ["sha384"],
        "ike": ["ikev2"],
    }
    assert default == {
        "up": False,
        "encryption": ["3des", "aes128", "aes256", "aes256-gcm"],
        "integrity": ["sha1", "sha256"],
        "ike": ["ikev1"],
    }
    assert "up" not in partner
    assert gateway["zones"] == ["1", "2", "3"]
    assert "radiusServerSecret" not in str(found["vpngw-core"].native)


def test_peers_are_sites_and_other_networks(found: dict[str, Any]) -> None:
    site, learned, partner = found["vpngw-core"].facts["peers"]
    assert site == {
        "account": None,
        "region": None,
        "vpc_id": None,
        "cidrs": ["192.168.0.0/16"],
    }
    assert ("cidrs" in learned, partner["account"]) == (False, PARTNER)
    express = found["ergw-core"].facts
    assert (express["kind"], express["tunnels"], express["zones"]) == ("express", [], [])


def test_other_kinds(found: dict[str, Any]) -> None:
    kinds = {name: (one.facts["kind"], one.facts["zones"]) for name, one in found.items()}
    assert kinds["ng-core"] == ("nat", ["1"])
    assert kinds["bas-core"] == ("bastion", [])
    assert found["erc-hq"].facts["bandwidth_mbps"] == 200
    assert found["erc-port"].facts["bandwidth_mbps"] == 10_000
    assert "serviceKey" not in str(found["erc-hq"].native)


def test_firewalls(found: dict[str, Any]) -> None:
    """One by a policy that inherits a stronger mode, one by rules of its own, and one whose policy
    is another subscription's."""
    core, old, away = (found[name] for name in ("afw-core", "afw-old", "afw-away"))
    assert (core.facts["ips_mode"], old.facts["ips_mode"]) == ("block", "off")
    assert {"ips_mode", "forwards"} <= set(away.unknown)
    first, ports, ssh = core.facts["forwards"]
    assert first == {
        "protocol": "tcp",
        "from_port": 443,
        "to_port": 443,
        "target_port": 8443,
        "source_ranges": EVERYWHERE,
    }
    assert (ports["from_port"], ports["to_port"]) == (8000, 8010)
    # With the addresses of an IP group.
    assert (ssh["target_port"], ssh["source_ranges"]) == (
        22,
        ["203.0.113.0/24", "198.51.100.0/24", "192.0.2.8/31"],
    )
    (rdp,) = old.facts["forwards"]
    assert (rdp["source_ranges"], rdp["target_port"]) == (["198.51.100.0/24"], None)


@pytest.mark.parametrize(
    ("operation", "name", "facts"),
    [
        ("VirtualNetworkGatewayConnections_Get", "vpngw-core", {"tunnels/0/up", "peers/0/cidrs"}),
        ("LocalNetworkGateways_Get", "vpngw-core", {"peers/0/cidrs"}),
        ("VirtualNetworkGateways_ListConnections", "vpngw-core", {"tunnels", "peers"}),
        ("FirewallPolicies_ListAll", "afw-core", {"ips_mode", "forwards"}),
        ("FirewallPolicyRuleCollectionGroups_List", "afw-core", {"forwards"}),
        ("IpGroups_List", "afw-core", {"forwards/2/source_ranges/1"}),
    ],
)
def test_what_is_denied_is_unknown(
    server: AzureServer, open_account: OpenAccount, operation: str, name: str, facts: set[str]
) -> None:
    server.decide = lambda asked: (
        Fault(status=403, code="AuthorizationFailed") if asked.call.operation == operation else None
    )
    module = azure_firewalls if name.startswith("afw") else vpn_gateways
    assert module.SERVICE.account
    one = by_name(module.SERVICE.account(open_account(server)))[name]
    server.decide = lambda asked: None
    assert facts <= set(one.unknown)
