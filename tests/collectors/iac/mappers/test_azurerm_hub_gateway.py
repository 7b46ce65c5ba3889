"""VPN gateways and firewalls of virtual hubs in azurerm."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac import parts
from collectors.iac.blocks import Block, Project, Reference
from collectors.iac.mappers import load_mappings
from tests.collectors.iac.mappers.hand import ACCOUNT, block, documents, the

APPLY = Unknown("var.x is decided at apply")
GATEWAY = block(
    "azurerm_vpn_gateway.g",
    {"name": "g", "location": "chinanorth3", "virtual_hub_id": Reference("azurerm_virtual_hub.h")},
)
OWN = Reference(GATEWAY.address)
SITE = block("azurerm_vpn_site.s", {"name": "s", "address_cidrs": ["192.168.0.0/16"]})
POLICY = {
    "ike_encryption_algorithm": "AES256",
    "ike_integrity_algorithm": "SHA256",
    "encryption_algorithm": "GCMAES256",
    "integrity_algorithm": "GCMAES256",
}


def _connection(*links: Any, gateway: Any = OWN) -> Block:
    given = {
        "vpn_gateway_id": gateway,
        "remote_vpn_site_id": Reference(SITE.address),
        "vpn_link": [*links],
    }
    return block("azurerm_vpn_gateway_connection.c", given)


def _gateway(*blocks: Block) -> Document:
    return documents(GATEWAY, SITE, *blocks)[0]


def test_good() -> None:
    found = _gateway(_connection({"ipsec_policy": [POLICY]}, {"ipsec_policy": [POLICY]}))
    tunnel = {"encryption": ["aes256", "aes256-gcm"], "integrity": ["sha256"], "ike": ["ikev2"]}
    assert (found.facts["kind"], found.region) == ("vpn", "chinanorth3")
    assert found.facts["tunnels"] == [tunnel, tunnel]
    assert found.facts["peers"][0]["cidrs"] == ["192.168.0.0/16"]
    assert "zones" in found.unknown


def test_weak() -> None:
    weak = POLICY | {"encryption_algorithm": "DES3", "integrity_algorithm": "MD5"}
    found = _gateway(_connection({"ipsec_policy": [weak], "protocol": "IKEv1"}))
    assert found.facts["tunnels"] == [
        {"encryption": ["3des", "aes256"], "integrity": ["md5", "sha256"], "ike": ["ikev1"]}
    ]


@pytest.mark.parametrize(
    "link",
    [
        {},
        {"ipsec_policy": APPLY},
        {"ipsec_policy": [POLICY | {"encryption_algorithm": APPLY}]},
    ],
)
def test_suites_that_are_not_known(link: dict[str, Any]) -> None:
    found = _gateway(_connection(link))
    assert {"tunnels/0/encryption", "tunnels/0/integrity"} <= set(found.unknown)
    assert found.facts["tunnels"][0]["ike"] == ["ikev2"]


def test_no_connection_and_one_in_doubt() -> None:
    alone = _gateway()
    assert (alone.facts["tunnels"], alone.facts["peers"]) == ([], [])
    assert "tunnels/0" in _gateway(_connection({}, gateway=APPLY)).unknown


def test_a_connection_of_a_gateway_elsewhere_is_judged() -> None:
    weak = POLICY | {"encryption_algorithm": "DES3"}
    part = _connection({"ipsec_policy": [weak]}, gateway="/elsewhere")
    (found,) = parts.documents([part], Project([part], ACCOUNT), load_mappings())
    assert found.facts["tunnels"][0]["encryption"] == ["3des", "aes256"]


@pytest.mark.parametrize(("gateway", "path"), [(None, "peers/0/cidrs"), (APPLY, "peers/0")])
def test_a_gateway_for_express_route(gateway: Any, path: str) -> None:
    own = block("azurerm_express_route_gateway.g", {"name": "g", "location": "chinanorth3"})
    link = {"express_route_gateway_id": gateway or Reference(own.address)}
    found = the(own, block("azurerm_express_route_connection.c", link))
    assert (found.facts["kind"], found.facts["tunnels"]) == ("express", [])
    assert path in found.unknown
    assert the(own).facts["peers"] == []


def test_a_firewall_of_a_hub() -> None:
    policy = {"name": "p", "intrusion_detection": [{"mode": "Deny"}]}
    found = the(
        block(
            "azurerm_firewall.f",
            {
                "sku_name": "AZFW_Hub",
                "virtual_hub": [{"virtual_hub_id": Reference("azurerm_virtual_hub.h")}],
                "firewall_policy_id": Reference("azurerm_firewall_policy.p"),
            },
        ),
        block("azurerm_firewall_policy.p", policy),
    )
    assert (found.facts["kind"], found.facts["ips_mode"]) == ("firewall", "block")
