"""The zones behind a load balancer, by a script of answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from collectors.aws.backend_zones import backend_zones
from collectors.document import Unknown
from tests.collectors.aws.conftest import OpenAccount
from tests.collectors.aws.scripted import XML, Reply, Scripted, query_error, scripted

REGION = "us-east-1"
INNER = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/inner/1"
GROUPS, HEALTH = "DescribeTargetGroups", "DescribeTargetHealth"


@pytest.fixture
def elb() -> Iterator[Scripted]:
    with scripted() as server:
        yield server


def _answer(operation: str, key: str, *members: str) -> Reply:
    items = "".join(f"<member>{one}</member>" for one in members)
    inner = f"<{operation}Result><{key}>{items}</{key}></{operation}Result>"
    return Reply(body=f"<{operation}Response>{inner}</{operation}Response>", kind=XML)


def groups(*kinds: str) -> Reply:
    return _answer(
        GROUPS,
        "TargetGroups",
        *(
            f"<TargetGroupArn>{kind}</TargetGroupArn><TargetType>{kind}</TargetType>"
            "<VpcId>vpc-1</VpcId>"
            for kind in kinds
        ),
    )


def health(*targets: tuple[str, str, str]) -> Reply:
    """Targets by id, state, and zone where the answer names one."""
    return _answer(
        HEALTH,
        "TargetHealthDescriptions",
        *(
            f"<Target><Id>{name}</Id>"
            + (f"<AvailabilityZone>{zone}</AvailabilityZone>" if zone else "")
            + f"</Target><TargetHealth><State>{state}</State></TargetHealth>"
            for name, state, zone in targets
        ),
    )


INSTANCES = Reply(
    body="<DescribeInstancesResponse><requestId>1</requestId><reservationSet><item><instancesSet>"
    + "".join(
        f"<item><instanceId>{name}</instanceId>"
        f"<placement><availabilityZone>us-east-1{zone}</availabilityZone></placement></item>"
        for name, zone in (("i-1", "a"), ("i-2", "b"))
    )
    + "</instancesSet></item></reservationSet></DescribeInstancesResponse>",
    kind=XML,
)


def _interface(vpc: str, zone: str, *addresses: str) -> str:
    private = "".join(
        f"<item><privateIpAddress>{one}</privateIpAddress></item>" for one in addresses
    )
    six = "<ipv6AddressesSet><item><ipv6Address>2001:db8::1</ipv6Address></item></ipv6AddressesSet>"
    return (
        f"<item><vpcId>{vpc}</vpcId><availabilityZone>us-east-1{zone}</availabilityZone>"
        f"<privateIpAddressesSet>{private}</privateIpAddressesSet>{six}</item>"
    )


INTERFACES = Reply(
    body="<DescribeNetworkInterfacesResponse><requestId>1</requestId><networkInterfaceSet>"
    + _interface("vpc-1", "c", "10.0.0.7", "10.0.0.8")
    + _interface("vpc-2", "f", "10.0.0.9")
    + "</networkInterfaceSet></DescribeNetworkInterfacesResponse>",
    kind=XML,
)


@pytest.mark.parametrize(
    ("kinds", "targets", "expected"),
    [
        ([], [], []),
        (["instance"], [], []),
        (["instance"], [("i-1", "healthy", ""), ("i-2", "unhealthy", "")], ["a", "b"]),
        (["instance"], [("i-1", "healthy", ""), ("i-2", "draining", "")], ["a"]),
        (["instance"], [("i-1", "healthy", ""), ("i-2", "unused", "")], ["a"]),
        (["ip"], [("10.0.0.1", "healthy", "us-east-1d"), ("10.0.0.8", "initial", "")], ["c", "d"]),
        (["ip"], [("2001:db8::1", "healthy", "")], ["c"]),
        (["lambda"], [("arn:aws:lambda:f", "healthy", "")], []),
    ],
)
def test_zones(
    elb: Scripted,
    open_account: OpenAccount,
    kinds: list[str],
    targets: list[tuple[str, str, str]],
    expected: list[str],
) -> None:
    elb.replies = {
        GROUPS: [groups(*kinds)],
        HEALTH: [health(*targets)],
        "DescribeInstances": [INSTANCES],
        "DescribeNetworkInterfaces": [INTERFACES],
    }
    found = backend_zones(open_account(elb.url, REGION), REGION, "outer")
    assert found == [f"{REGION}{zone}" for zone in expected]


def test_machines_behind_a_load_balancer_behind_another(
    elb: Scripted, open_account: OpenAccount
) -> None:
    elb.replies = {
        GROUPS: [groups("alb"), groups("instance")],
        HEALTH: [health((INNER, "healthy", "")), health(("i-2", "healthy", ""))],
        "DescribeInstances": [INSTANCES],
    }
    assert backend_zones(open_account(elb.url, REGION), REGION, "outer") == ["us-east-1b"]
    assert INNER.replace(":", "%3A").replace("/", "%2F") in elb.asked[2].body


@pytest.mark.parametrize(
    ("kind", "target", "reason"),
    [
        ("instance", ("i-9", "healthy", ""), "the instance i-9 is not visible to this account"),
        (
            "ip",
            ("10.0.0.9", "healthy", ""),
            "no network interface of the VPC has the address 10.0.0.9",
        ),
        (
            "ip",
            ("192.0.2.1", "healthy", "all"),
            "the target 192.0.2.1 stands outside of the VPC",
        ),
    ],
)
def test_a_target_whose_zone_is_not_told(
    elb: Scripted, open_account: OpenAccount, kind: str, target: tuple[str, str, str], reason: str
) -> None:
    elb.replies = {
        GROUPS: [groups(kind)],
        HEALTH: [health(target)],
        "DescribeInstances": [INSTANCES],
        "DescribeNetworkInterfaces": [INTERFACES],
    }
    account = open_account(elb.url, REGION)
    assert backend_zones(account, REGION, "outer") == Unknown(reason)


@pytest.mark.parametrize(
    ("denied", "kind"),
    [
        ("elasticloadbalancing:DescribeTargetGroups", "instance"),
        ("elasticloadbalancing:DescribeTargetHealth", "instance"),
        ("ec2:DescribeInstances", "instance"),
        ("ec2:DescribeNetworkInterfaces", "ip"),
    ],
)
def test_a_denial(elb: Scripted, open_account: OpenAccount, denied: str, kind: str) -> None:
    elb.replies = {
        GROUPS: [groups(kind)],
        HEALTH: [health(("i-1", "healthy", ""))],
        denied.partition(":")[2]: [query_error("AccessDenied", 403)],
    }
    found = backend_zones(open_account(elb.url, REGION), REGION, "outer")
    assert found == Unknown(f"AccessDenied: {denied}")
