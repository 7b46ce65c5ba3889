"""VPN, peering, CEN, Express Connect, Bastionhost and Cloud Firewall over HTTP."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from collectors.aliyun.account import Service
from collectors.aliyun.resource_directory import GET_RESOURCE_DIRECTORY, OTHERS
from collectors.aliyun.services import (
    bastionhost,
    cen,
    cloud_firewalls,
    express_connect,
    vpc_peerings,
    vpn_gateways,
)
from collectors.calls import Call
from tests.collectors.aliyun.conftest import OpenAccount, Serve
from tests.collectors.aliyun.networks import Collected, alone, collector, member
from tests.collectors.aliyun.server import REGION, AliyunServer

SERVICES = {
    "vpn": vpn_gateways.SERVICE,
    "peering": vpc_peerings.SERVICE,
    "cen": cen.SERVICE,
    "express": express_connect.SERVICE,
    "bastion": bastionhost.SERVICE,
    "firewall": cloud_firewalls.SERVICE,
}
PRODUCTS = (
    "vpc", "vpcpeer", "cbn", "cloudfw", "ddosbgp", "ddoscoo", "waf-openapi", "yundun-bastionhost",
)  # fmt: skip


@pytest.fixture(scope="module")
def server(serve: Serve) -> AliyunServer:
    return serve(world=alone(*PRODUCTS))


@pytest.fixture(params=list(SERVICES))
def service(request: pytest.FixtureRequest) -> Service:
    return SERVICES[request.param]


def collect(server: AliyunServer, open_account: OpenAccount, service: Service) -> Collected:
    """Collects the service's steps."""

    def step(account: Any) -> Any:
        if service.account:
            yield from service.account(account)
        if service.region:
            yield from service.region(account, REGION)

    return collector(server, open_account, step)


def test_a_vpn_gateway_with_a_good_and_a_bad_tunnel(
    server: AliyunServer, open_account: OpenAccount
) -> None:
    found = collect(server, open_account, SERVICES["vpn"])()
    site = found["vpn-site"]
    assert site.unknown == {}
    assert site.facts["zones"] == ["cn-hangzhou-h", "cn-hangzhou-i"]
    good, bad = site.facts["tunnels"]
    assert good == {
        "up": True, "encryption": ["aes256"], "integrity": ["sha256"], "ike": ["ikev2"],
    }  # fmt: skip
    assert bad == {
        "up": False, "encryption": ["aes128", "3des"], "integrity": ["sha1"], "ike": ["ikev1"],
    }  # fmt: skip
    # A connection by routes: what the VPC sends to the gateway.
    (peer,) = site.facts["peers"]
    assert (peer["account"], peer["cidrs"]) == (None, ["192.168.0.0/16"])
    assert (site.facts["bandwidth_mbps"], site.facts["protected_by"]) == (200, ["firewall"])


def test_a_connection_of_a_transit_router_keeps_no_keys(
    server: AliyunServer, open_account: OpenAccount
) -> None:
    found = collect(server, open_account, SERVICES["vpn"])()["vco-tr"]
    (tunnel,) = found.facts["tunnels"]
    assert (tunnel["encryption"], tunnel["integrity"]) == (["sm4"], ["sm3"])
    assert found.facts["peers"][0]["cidrs"] == ["192.168.8.0/24", "192.168.9.0/24"]
    assert b"hunter2" not in msgspec.json.encode(found)


def test_a_connection_that_only_the_transit_router_lists(
    server: AliyunServer, open_account: OpenAccount
) -> None:
    collected = collect(server, open_account, SERVICES["vpn"])
    found = collected()["vco-far"]
    assert found.facts["tunnels"][0]["encryption"] == ["des"]
    assert found.tags == {"system": "core-bank"}
    assert b"hunter2" not in msgspec.json.encode(found)
    denied = collected("vpc:DescribeVpnConnection")["vco-far"]
    assert {"peers", "tunnels", "zones", "tags"} <= set(denied.unknown)


def test_a_peering_with_another_account(server: AliyunServer, open_account: OpenAccount) -> None:
    found = collect(server, open_account, SERVICES["peering"])()
    assert set(found) == {"pcc-partner"}
    facts = found["pcc-partner"].facts
    assert facts["peers"] == [
        {
            "account": "6543210987654321",
            "region": REGION,
            "vpc_id": "vpc-partner",
            "cidrs": ["10.8.0.0/16"],
        }
    ]
    assert (facts["bandwidth_mbps"], facts["protected_by"]) == (None, ["firewall"])
    assert facts["ips_mode"] == "alert"


def test_a_cen_with_narrow_bandwidth_between_regions(
    server: AliyunServer, open_account: OpenAccount
) -> None:
    found = collect(server, open_account, SERVICES["cen"])()
    core, lone = found["cen-core"], found["cen-lone"].facts
    assert core.facts["bandwidth_mbps"] == 1
    assert [peer["account"] for peer in core.facts["peers"]] == [
        "1234567890123456",
        "6543210987654321",
        None,
    ]
    assert core.facts["peers"][0]["cidrs"] == ["10.0.0.0/16"]
    assert set(core.unknown) == {"peers/1/cidrs", "peers/2/cidrs"}
    assert (core.facts["protected_by"], core.facts["ips_mode"]) == (["firewall"], "block")
    assert (lone["bandwidth_mbps"], lone["peers"], lone["ips_mode"]) == (None, [], None)
    assert (lone["protected_by"], core.region) == ([], "global")


def test_border_routers_tell_what_lies_behind_them(
    server: AliyunServer, open_account: OpenAccount
) -> None:
    found = collect(server, open_account, SERVICES["express"])()
    assert found["pc-line"].facts["peers"] == []
    assert found["vbr-line"].facts["peers"][0]["cidrs"] == ["172.31.0.0/24"]
    assert set(found["vbr-cen"].unknown) == {"peers/0/cidrs"}
    assert found["pc-line"].facts["bandwidth_mbps"] == 1000


def test_a_bastion_of_two_zones(server: AliyunServer, open_account: OpenAccount) -> None:
    found = collect(server, open_account, SERVICES["bastion"])()["ops"]
    assert (found.facts["kind"], found.facts["zones"]) == (
        "bastion",
        ["cn-hangzhou-h", "cn-hangzhou-i"],
    )
    assert (found.facts["protected_by"], found.facts["ips_mode"]) == (["firewall"], "block")
    assert "LicenseCode" not in found.native
    assert found.tags == {"system": "core-bank"}


def test_firewalls_tell_how_they_prevent(server: AliyunServer, open_account: OpenAccount) -> None:
    found = collect(server, open_account, SERVICES["firewall"])()
    modes = {name: document.facts["ips_mode"] for name, document in found.items()}
    assert modes == {"vipcloudfw-cn-core": "block", "peer-fw": "alert", "cen-fw": "block"}
    assert found["peer-fw"].region == REGION


NOT_BOUGHT = {"Code": "ErrorFirewallNotActivated", "Message": "not activated"}


@pytest.mark.parametrize(
    "version", [{"body": {"UserStatus": False}}, {"status": 400, "body": NOT_BOUGHT}]
)
def test_an_account_without_the_products_has_nothing(
    serve: Serve, open_account: OpenAccount, version: dict[str, Any]
) -> None:
    world = alone(*PRODUCTS)
    world["cloudfw"] = {"DescribeUserBuyVersion": [version]}
    world["cbn"]["DescribeCens"] = [{"body": {"TotalCount": 0, "Cens": {"Cen": []}}}]
    world["yundun-bastionhost"]["DescribeInstances"] = [
        {"body": {"TotalCount": 0, "Instances": []}}
    ]
    server = serve(world=world)
    for name in ("firewall", "cen", "bastion"):
        assert collect(server, open_account, SERVICES[name])() == {}
    facts = collect(server, open_account, SERVICES["peering"])()["pcc-partner"].facts
    assert (facts["protected_by"], facts["ips_mode"]) == ([], None)


def test_each_call_that_is_denied_leaves_something_unknown(
    server: AliyunServer, open_account: OpenAccount, service: Service
) -> None:
    collected = collect(server, open_account, service)
    for call in service.calls:
        # What protects all of these is the account's own; see the tests of members.
        if call == GET_RESOURCE_DIRECTORY:
            continue
        found = collected(call.name)
        reasons = {reason for one in found.values() for reason in one.unknown.values()}
        assert f"Forbidden.RAM: {call.permission}" in reasons, call.name


def test_each_service_declares_what_it_asks(
    server: AliyunServer, open_account: OpenAccount, service: Service
) -> None:
    made: set[Call] = set()
    collect(server, open_account, service)(made=made)
    assert made | {GET_RESOURCE_DIRECTORY} == {*service.calls, GET_RESOURCE_DIRECTORY}


@pytest.mark.parametrize(
    ("name", "one", "at"),
    [
        ("vpn", "vpn-site", "protected_by/0"),
        ("peering", "pcc-partner", "protected_by"),
        ("cen", "cen-core", "protected_by"),
        ("bastion", "ops", "protected_by"),
    ],
)
def test_what_others_protect_of_a_member_is_unknown(
    serve: Serve, open_account: OpenAccount, name: str, one: str, at: str
) -> None:
    found = collect(serve(world=member(*PRODUCTS)), open_account, SERVICES[name])()[one].unknown
    assert (found[at], found["ips_mode"]) == (OTHERS.reason, OTHERS.reason)
