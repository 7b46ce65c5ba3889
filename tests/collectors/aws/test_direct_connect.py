"""Leased lines and virtual interfaces, as Direct Connect answers over HTTP."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from collectors.aws.bandwidths import bandwidth
from collectors.aws.services.direct_connect import direct_connect
from collectors.document import Document, Unknown
from tests.collectors.aws.conftest import ACCOUNT_ID, OpenAccount
from tests.collectors.aws.scripted import XML, Reply, Scripted, error, query_error, scripted

REGION = "cn-north-1"
LINE = {
    "connectionId": "dxcon-1",
    "connectionName": "idc-a",
    "connectionState": "available",
    "bandwidth": "10Gbps",
    "location": "SIN-01",
    "encryptionMode": "must_encrypt",
    "macSecKeys": [{"secretARN": "arn:secret", "ckn": "0123456789abcdef"}],
    "tags": [{"key": "system", "value": "core-bank"}],
}
SECRET = "Example-Bgp-Key-2019"
PRIVATE = {
    "virtualInterfaceId": "dxvif-1",
    "virtualInterfaceName": "core",
    "virtualInterfaceType": "private",
    "virtualInterfaceState": "available",
    "virtualGatewayId": "vgw-1",
    "authKey": SECRET,
    "customerRouterConfig": f"<key>{SECRET}</key>",
    "bgpPeers": [{"bgpPeerId": "p", "authKey": SECRET, "bgpStatus": "up"}],
}
BY_GATEWAY = {**PRIVATE, "virtualGatewayId": "", "directConnectGatewayId": "dxgw-1"}
ROUTES = f"""<DescribeRouteTablesResponse><requestId>1</requestId><routeTableSet><item><routeSet>
<item><destinationCidrBlock>10.8.0.0/16</destinationCidrBlock><gatewayId>vgw-1</gatewayId></item>
<item><destinationCidrBlock>0.0.0.0/0</destinationCidrBlock><gatewayId>igw-1</gatewayId></item>
</routeSet><ownerId>{ACCOUNT_ID}</ownerId></item></routeTableSet></DescribeRouteTablesResponse>"""


def reply(**answer: Any) -> Reply:
    return Reply(body=json.dumps(answer))


def association(**changes: Any) -> Reply:
    near = {"id": "vgw-1", "type": "virtualPrivateGateway", "ownerAccount": ACCOUNT_ID}
    near |= {"region": REGION} | changes
    one = {"associationState": "associated", "associatedGateway": near}
    return reply(directConnectGatewayAssociations=[one])


@pytest.fixture
def server() -> Iterator[Scripted]:
    with scripted() as running:
        running.replies = {
            "DescribeConnections": [reply(connections=[LINE])],
            "DescribeVirtualInterfaces": [reply(virtualInterfaces=[PRIVATE])],
            "DescribeDirectConnectGatewayAssociations": [association()],
            "DescribeRouteTables": [Reply(body=ROUTES, kind=XML)],
            "ListFirewalls": [reply(Firewalls=[])],
        }
        yield running


@pytest.fixture
def collected(server: Scripted, open_account: OpenAccount) -> Callable[..., list[Document]]:
    """The documents, where some operations answer otherwise."""

    def collect(**changes: Reply) -> list[Document]:
        server.replies |= {name: [one] for name, one in changes.items()}
        return list(direct_connect(open_account(server.url, REGION), REGION))

    return collect


def test_a_line_and_its_interface(collected: Callable[..., list[Document]]) -> None:
    line, interface = collected()
    assert (line.id, line.name) == (
        f"arn:aws-cn:directconnect:{REGION}:{ACCOUNT_ID}:dxcon/dxcon-1",
        "idc-a",
    )
    assert line.tags == {"system": "core-bank"}
    assert (line.facts["kind"], line.facts["bandwidth_mbps"]) == ("express", 10_000)
    assert line.native["encryptionMode"] == "must_encrypt"
    assert "macSecKeys" not in line.native
    site = {"account": None, "region": None, "vpc_id": None, "cidrs": ["10.8.0.0/16"]}
    assert interface.facts["peers"] == [site]
    assert interface.facts["protected_by"] == []
    assert interface.facts["bandwidth_mbps"] is None
    assert (line.unknown, interface.unknown) == ({}, {})
    assert SECRET not in str(interface)


def test_what_is_behind_a_direct_connect_gateway(
    collected: Callable[..., list[Document]],
) -> None:
    def cidrs(answer: Reply) -> Any:
        found = collected(
            DescribeVirtualInterfaces=reply(virtualInterfaces=[BY_GATEWAY]),
            DescribeDirectConnectGatewayAssociations=answer,
        )[1]
        return found.facts["peers"][0].get("cidrs") or found.unknown["peers/0/cidrs"]

    assert cidrs(association()) == ["10.8.0.0/16"]
    not_read = "the routes of all networks behind dxgw-1 are not read"
    assert cidrs(association(type="transitGateway")) == not_read
    assert cidrs(association(ownerAccount="999988887777")) == not_read


def test_a_public_interface_announces_prefixes(collected: Callable[..., list[Document]]) -> None:
    public = {**PRIVATE, "virtualInterfaceType": "public", "virtualGatewayId": ""}
    public["routeFilterPrefixes"] = [{"cidr": "203.0.113.0/24"}]
    found = collected(DescribeVirtualInterfaces=reply(virtualInterfaces=[public]))[1]
    assert found.facts["peers"][0]["cidrs"] == ["203.0.113.0/24"]


def test_a_firewall_leaves_in_doubt_what_passes_it(
    collected: Callable[..., list[Document]],
) -> None:
    found = collected(ListFirewalls=error("AccessDeniedException"))[1]
    denied = "AccessDeniedException: network-firewall:ListFirewalls"
    assert found.unknown == {"protected_by": denied, "ips_mode": denied}


@pytest.mark.parametrize(
    ("operation", "unlisted"),
    [
        ("DescribeConnections", "AWS::DirectConnect::Connection"),
        ("DescribeVirtualInterfaces", "AWS::DirectConnect::VirtualInterface"),
    ],
)
def test_a_list_that_is_denied_has_a_stand_in(
    operation: str, unlisted: str, collected: Callable[..., list[Document]]
) -> None:
    found = collected(**{operation: error("AccessDeniedException")})
    assert [one.native_type for one in found if one.unlisted] == [unlisted]


def test_routes_that_are_denied(collected: Callable[..., list[Document]]) -> None:
    found = collected(DescribeRouteTables=query_error("UnauthorizedOperation"))[1]
    assert set(found.unknown) == {"peers/0/cidrs"}


def test_every_page_is_read_and_what_is_gone_is_left_out(
    server: Scripted, open_account: OpenAccount
) -> None:
    gone = {**LINE, "connectionId": "dxcon-2", "connectionState": "deleted"}
    other = {**LINE, "connectionId": "dxcon-3"}
    server.replies["DescribeConnections"] = [
        reply(connections=[LINE], nextToken="2"),
        reply(connections=[gone, other]),
    ]
    server.replies["DescribeVirtualInterfaces"] = [reply(virtualInterfaces=[])]
    found = list(direct_connect(open_account(server.url, REGION), REGION))
    assert [one.id.rpartition("/")[2] for one in found] == ["dxcon-1", "dxcon-3"]


def test_bandwidths() -> None:
    assert [bandwidth(one) for one in ("50Mbps", "1Gbps", "2.5Gbps", None)] == [
        50,
        1000,
        2500,
        None,
    ]
    assert bandwidth("fast") == Unknown("the bandwidth fast is not known to this version")
