"""Facts of instances and subnets that moto shows only one side of."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from collectors.aws.logic import Known
from collectors.aws.reachability import Ground
from collectors.aws.services.ec2_instances import (
    disks_encrypted,
    image_of,
    is_public,
    metadata_token_required,
    public_ips,
)
from collectors.aws.services.ec2_networks import cidrs, kind
from collectors.document import Unknown
from collectors.facts.compute import InstanceImage
from collectors.facts.shared import Rule

DENIED = Unknown("denied")
SIX = "2406:da1e::1"


def interface(public: str = "", six: str = "") -> dict[str, Any]:
    return {
        "SubnetId": "subnet-1",
        "VpcId": "vpc-1",
        "Groups": [{"GroupId": "sg-1"}],
        "PrivateIpAddresses": [{"Association": {"PublicIp": public}} if public else {}],
        "Ipv6Addresses": [{"Ipv6Address": six}] if six else [],
    }


def item(*interfaces: dict[str, Any]) -> dict[str, Any]:
    return {"NetworkInterfaces": list(interfaces), "SecurityGroups": [{"GroupId": "sg-1"}]}


def ground(*blocks: str, sources: Any = ("0.0.0.0/0", "::/0"), tables: Any = None) -> Ground:
    routes = [
        {
            "DestinationIpv6CidrBlock" if ":" in block else "DestinationCidrBlock": block,
            "GatewayId": "igw-1",
        }
        for block in blocks
    ]
    table = {"VpcId": "vpc-1", "Associations": [{"Main": True}], "Routes": routes}
    listed = sources if isinstance(sources, Unknown) else list(sources)
    rule = Rule(direction="ingress", from_port=22, to_port=22, sources=listed)
    return Ground(subnets={}, tables=tables or [table], rules={"sg-1": [rule]})


FOUR = "203.0.113.9"


@pytest.mark.parametrize(
    ("instance", "around", "addresses", "public"),
    [
        (item(interface()), ground("0.0.0.0/0"), [], False),
        (item(interface(FOUR)), ground("0.0.0.0/0"), [FOUR], True),
        (item(interface(FOUR)), ground(), [FOUR], False),
        (item(interface(FOUR)), ground("0.0.0.0/0", sources=["10.0.0.0/8"]), [FOUR], False),
        (item(interface(), interface(FOUR)), ground("0.0.0.0/0"), [FOUR], True),
        # An IPv6 address is public only by an IPv6 route, and needs an IPv6 rule.
        (item(interface(six=SIX)), ground("0.0.0.0/0"), [], False),
        (item(interface(six=SIX)), ground("::/0"), [SIX], True),
        (item(interface(six=SIX)), ground("::/0", sources=["0.0.0.0/0"]), [SIX], False),
        (item(interface(six="fd00::1")), ground("::/0"), [], False),
        # What is denied matters only where the rest does not decide.
        (item(interface()), ground(tables=DENIED), [], False),
        (item(interface(FOUR)), ground(tables=DENIED), [FOUR], DENIED),
        (item(interface(six=SIX)), ground(tables=DENIED), DENIED, DENIED),
        (item(interface(FOUR)), ground("0.0.0.0/0", sources=DENIED), [FOUR], DENIED),
        (item(interface(FOUR)), ground(sources=DENIED), [FOUR], False),
    ],
)
def test_an_instance_is_public_by_address_route_and_firewall(
    instance: dict[str, Any], around: Ground, addresses: list[str] | Unknown, public: Known
) -> None:
    assert (public_ips(instance, around), is_public(instance, around)) == (addresses, public)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"HttpEndpoint": "enabled", "HttpTokens": "optional"}, False),
        ({"HttpEndpoint": "enabled", "HttpTokens": "required"}, True),
        ({"HttpEndpoint": "disabled", "HttpTokens": "optional"}, True),
        ({}, Unknown("ec2:DescribeInstances does not tell the metadata options")),
    ],
)
def test_the_metadata_service(options: dict[str, Any], expected: Known) -> None:
    assert metadata_token_required(options) == expected


def test_disks() -> None:
    def with_volumes(*volumes: str) -> dict[str, Any]:
        return {"BlockDeviceMappings": [{"Ebs": {"VolumeId": volume}} for volume in volumes]}

    known = {"vol-1": True, "vol-2": False}
    unseen = Unknown("the volume vol-3 is not visible to this account")
    assert [
        disks_encrypted(with_volumes(*volumes), known)
        for volumes in (["vol-1"], ["vol-1", "vol-2"], ["vol-1", "vol-3"], ["vol-2", "vol-3"], [])
    ] == [True, False, unseen, False, Unknown("the instance has no EBS volume")]


def test_the_image_of_an_instance() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    image = {"OwnerId": "111122223333", "CreationDate": "2023-05-01T00:00:00.000Z"}
    old = {**image, "ImageOwnerAlias": "amazon", "DeprecationTime": "2025-05-01T00:00:00.000Z"}
    listed = {**image, "ImageAllowed": False, "DeprecationTime": "2027-05-01T00:00:00.000Z"}
    created = image["CreationDate"]
    assert [image_of(one, now) for one in (image, old, listed)] == [
        InstanceImage(owner="111122223333", approved=None, created=created, deprecated=False),
        InstanceImage(owner="amazon", approved=None, created=created, deprecated=True),
        InstanceImage(owner="111122223333", approved=False, created=created, deprecated=False),
    ]
    assert image_of(None, now) == Unknown(
        "the image no longer exists or is no longer shared with this account"
    )


def test_ranges_of_a_vpc_without_those_that_were_removed() -> None:
    vpc = {
        "CidrBlock": "10.0.0.0/16",
        "CidrBlockAssociationSet": [
            {"CidrBlock": "10.0.0.0/16", "CidrBlockState": {"State": "associated"}},
            {"CidrBlock": "10.1.0.0/16", "CidrBlockState": {"State": "associated"}},
            {"CidrBlock": "10.2.0.0/16", "CidrBlockState": {"State": "disassociated"}},
        ],
        "Ipv6CidrBlockAssociationSet": [
            {"Ipv6CidrBlock": "2406:da1e::/56", "Ipv6CidrBlockState": {"State": "associated"}},
            {"Ipv6CidrBlock": "2406:da1f::/56", "Ipv6CidrBlockState": {"State": "failed"}},
        ],
    }
    assert cidrs(vpc) == ["10.0.0.0/16", "10.1.0.0/16", "2406:da1e::/56"]


@pytest.mark.parametrize(
    ("described", "expected"),
    [
        ({"Attachment": {"InstanceId": "i-1"}}, "instance"),
        ({"InterfaceType": "interface", "Description": "ELB app/web/1"}, "load_balancer"),
        ({"InterfaceType": "network_load_balancer"}, "load_balancer"),
        ({"InterfaceType": "interface", "Description": "RDSNetworkInterface"}, "database"),
        ({"InterfaceType": "lambda"}, "function"),
        ({"InterfaceType": "nat_gateway"}, "gateway"),
        ({"InterfaceType": "vpc_endpoint"}, "endpoint"),
        ({"Description": "arn:aws-cn:ecs:cn-north-1:1:attachment/2"}, "container"),
        ({"Description": "EFS mount target for fs-1"}, "file_system"),
        ({"Description": "something"}, "other"),
    ],
)
def test_what_an_interface_belongs_to(described: dict[str, Any], expected: str) -> None:
    assert kind(described) == expected
