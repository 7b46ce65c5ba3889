"""Whether a route of a template leads to the internet, as collectors.aws.reachability says it of
live ones (EC2 API, CreateRoute)."""

from __future__ import annotations

from typing import Any

from collectors.aws.ec2_rules import is_internet
from collectors.aws.logic import Known, every, some
from collectors.document import Unknown
from collectors.iac.blocks import Project, Reference, read
from collectors.iac.mappers.joins import given, identity, kind_of, settle
from collectors.iac.mappers.ranges import is_range

GATEWAY = "aws_internet_gateway"

_RANGES = (
    "cidr_block", "ipv6_cidr_block", "destination_cidr_block", "destination_ipv6_cidr_block",
)  # fmt: skip
_APPLIANCES = ("vpc_endpoint_id", "network_interface_id", "instance_id")
_OTHER_WAYS = {"aws_vpn_gateway", "aws_vpn_gateway_attachment"}
"""What a route may name as its gateway besides an internet gateway."""
_PREFIX_LIST = Unknown("a prefix list is routed to the internet gateway")
_CHOICE = Unknown("which gateway the route names is known after apply")
_APPLIANCE = Unknown("the way to the internet leads through an appliance")


def leads_out(route: dict[str, Any], project: Project) -> Known:
    """Whether a route sends addresses of the internet to an internet or carrier gateway."""
    return every([_to_internet(route), _way(route, project)])


def _to_internet(route: dict[str, Any]) -> Known:
    answers = [_is_internet(read(route, name, str, "")) for name in _RANGES]
    listed = given(route, "destination_prefix_list_id")
    return some([*answers, *([_PREFIX_LIST] if listed is not False else [])])


def _is_internet(text: str | Unknown) -> Known:
    if isinstance(text, Unknown):
        return text
    if text == "":
        return False
    if not is_range(text):
        return Unknown(f"{text} is no range of addresses")
    return is_internet(text, 4) or is_internet(text, 6)


def _way(route: dict[str, Any], project: Project) -> Known:
    carrier = given(route, "carrier_gateway_id")
    appliance = given(route, *_APPLIANCES)
    return some(
        [carrier, _by_gateway(route, project), *([_APPLIANCE] if appliance is not False else [])]
    )


def _by_gateway(route: dict[str, Any], project: Project) -> Known:
    named = route.get("gateway_id") or None
    # Of an expression that chooses among several, a plan does not tell which.
    answers = [
        _is_way_out(each, project) for each in (named if isinstance(named, list) else [named])
    ]
    return answers[0] if len({*answers}) == 1 else _CHOICE


def _is_way_out(named: Any, project: Project) -> Known:
    gateway = settle(project, named)
    if isinstance(gateway, Reference):
        kind = kind_of(project, gateway)
        if kind == "aws_vpc_endpoint":
            return _APPLIANCE
        unread = Unknown(f"{gateway.address}.{gateway.attribute} is known after apply")
        return kind == GATEWAY or (False if kind in _OTHER_WAYS else unread)
    name = identity(project, gateway)
    if isinstance(name, str) and name.startswith("vpce-"):
        return _APPLIANCE
    return name if isinstance(name, Unknown) else bool(name and name.startswith(("igw-", "cagw-")))
