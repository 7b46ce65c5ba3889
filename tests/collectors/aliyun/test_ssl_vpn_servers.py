"""SSL-VPN servers over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.aliyun.services import ssl_vpn_servers
from collectors.aliyun.ssl_vpn import tunnel
from collectors.calls import Call
from collectors.document import Unknown
from collectors.logic import told
from tests.collectors.aliyun.conftest import OpenAccount, Serve
from tests.collectors.aliyun.networks import Collected, alone, collector
from tests.collectors.aliyun.server import REGION

TUNNEL = {"tunnels/0/up", "tunnels/0/integrity"}

UNREAD = Unknown("not asked here")


@pytest.fixture(scope="module")
def collected(serve: Serve, open_account: OpenAccount) -> Collected:
    server = serve(world=alone("vpc", "cloudfw", "ddosbgp", "ddoscoo", "waf-openapi"))

    def step(account: Any) -> Any:
        assert ssl_vpn_servers.SERVICE.region
        return ssl_vpn_servers.SERVICE.region(account, REGION)

    return collector(server, open_account, step)


def test_a_server_with_a_good_cipher(collected: Collected) -> None:
    found = collected()["vss-staff"]
    assert found.id == "acs:vpc:cn-hangzhou:1234567890123456:sslvpnserver/vss-staff"
    assert found.facts["kind"] == "vpn"
    assert found.facts["tunnels"] == [{"encryption": ["aes256"], "ike": []}]
    assert found.facts["peers"] == [
        {"account": None, "region": None, "vpc_id": None, "cidrs": ["192.168.100.0/24"]}
    ]
    assert (found.facts["bandwidth_mbps"], found.facts["zones"]) == (200, None)
    assert found.facts["protected_by"] == ["firewall"]
    assert set(found.unknown) == TUNNEL | {"tags"}
    assert found.native["EnableMultiFactorAuth"] is True


def test_a_server_that_takes_clients_without_encryption(collected: Collected) -> None:
    found = collected()["vss-old"]
    assert found.facts["tunnels"][0]["encryption"] == ["none"]
    assert found.facts["protected_by"] == []
    assert "not visible" in found.unknown["bandwidth_mbps"]


@pytest.mark.parametrize("item", [{}, {"Cipher": "BF-CBC"}])
def test_a_cipher_that_is_not_known_is_unknown(item: dict[str, str]) -> None:
    found = tunnel(told(item, "Cipher"), up=UNREAD, integrity=UNREAD).encryption
    assert isinstance(found, list)
    (cipher,) = found
    assert isinstance(cipher, Unknown)


@pytest.mark.parametrize(
    ("call", "unknown"),
    [
        ("vpc:DescribeVpnGateways", {"bandwidth_mbps"}),
        ("cloudfw:DescribeAssetList", {"protected_by", "ips_mode"}),
    ],
)
def test_a_denial_leaves_facts_unknown(collected: Collected, call: str, unknown: set[str]) -> None:
    found = collected(call)["vss-staff"].unknown
    assert found.keys() - TUNNEL - {"tags"} == unknown


def test_a_list_that_is_denied_stands_in(collected: Collected) -> None:
    (found,) = collected("vpc:DescribeSslVpnServers").values()
    assert (found.type, found.unlisted) == ("network.gateway", True)


def test_the_service_declares_what_it_asks(collected: Collected) -> None:
    made: set[Call] = set()
    collected(made=made)
    assert made <= set(ssl_vpn_servers.SERVICE.calls)
    assert ssl_vpn_servers.DESCRIBE_SERVERS in made
