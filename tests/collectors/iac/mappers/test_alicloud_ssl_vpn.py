"""SSL-VPN servers of Alibaba Cloud."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, the, unknown

APPLY = Unknown("var.x is decided at apply")
SERVER = "alicloud_ssl_vpn_server.s"
GATEWAY = block("alicloud_vpn_gateway.g", {"bandwidth": 10})
POOL = {"client_ip_pool": "192.168.0.0/16,10.1.0.7"}
PLACE = {"region": "cn-hangzhou"}


@pytest.mark.parametrize(
    ("written", "cipher"),
    [
        ({}, "aes128"),
        ({"cipher": None}, "aes128"),
        ({"cipher": "AES-256-CBC"}, "aes256"),
        ({"cipher": "none"}, "none"),
    ],
)
def test_a_server(written: dict[str, Any], cipher: str) -> None:
    values = {**POOL, **written, "vpn_gateway_id": Reference("alicloud_vpn_gateway.g")}
    found = the(block(SERVER, values, PLACE), GATEWAY)
    assert (found.facts["kind"], found.facts["zones"]) == ("vpn", None)
    assert found.facts["bandwidth_mbps"] == 10
    assert found.facts["peers"][0]["cidrs"] == ["192.168.0.0/16", "10.1.0.7/32"]
    assert found.facts["tunnels"] == [{"encryption": [cipher], "ike": []}]
    assert {"tunnels/0/up", "tunnels/0/integrity", "protected_by"} <= set(unknown(found))


@pytest.mark.parametrize("cipher", [APPLY, "BF-CBC", Reference("x.y"), ""])
def test_a_cipher_that_is_not_known(cipher: Any) -> None:
    found = the(block(SERVER, {**POOL, "cipher": cipher}, PLACE))
    assert "tunnels/0/encryption/0" in found.unknown
    assert "bandwidth_mbps" in found.unknown


@pytest.mark.parametrize("values", [{}, {"client_ip_pool": APPLY}])
def test_clients_that_are_not_known(values: dict[str, Any]) -> None:
    found = the(block(SERVER, values, PLACE))
    assert "peers/0/cidrs" in found.unknown
    assert found.facts["tunnels"][0]["encryption"] == ["aes128"]


def test_a_gateway_whose_bandwidth_is_not_known() -> None:
    values = {**POOL, "vpn_gateway_id": Reference("alicloud_vpn_gateway.g")}
    gateway = block("alicloud_vpn_gateway.g", {"bandwidth": APPLY})
    found = the(block(SERVER, values, PLACE), gateway)
    assert found.unknown["bandwidth_mbps"] == APPLY.reason
