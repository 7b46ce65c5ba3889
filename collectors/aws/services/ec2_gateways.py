"""Gateways of the internet, elastic IP addresses, and the firewalls that may stand there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.border import BORDER_CALLS, Border, attached, read_border, read_nats
from collectors.aws.ec2_calls import (
    DESCRIBE_ADDRESSES,
    DESCRIBE_INTERNET_GATEWAYS,
    DESCRIBE_NETWORK_INTERFACES,
    DESCRIBE_SUBNETS,
    ec2_arn,
)
from collectors.aws.firewall_documents import FIREWALL, firewalls
from collectors.aws.gateways import UNGUARDED, Guard, gateway
from collectors.aws.services.ec2_networks import kind as kind_of_interface
from collectors.aws.shield import CALLS as SHIELD_CALLS
from collectors.aws.shield import protected
from collectors.document import Document, Unknown, then
from collectors.facts.network import Gateway

Item = dict[str, Any]
Ground = Border | Unknown

INTERNET = "AWS::EC2::InternetGateway"
NAT = "AWS::EC2::NatGateway"
ADDRESS = "AWS::EC2::EIP"

# What AWS manages an address for (EC2 API reference, Address, ServiceManaged).
_OF_SERVICES = {"alb": "load_balancer", "nlb": "load_balancer", "rnat": "gateway", "rds": "other"}
_ENTRIES = {"instance", "load_balancer", "gateway"}


def gateways(account: Account, region: str) -> Iterable[Document]:
    """A document for each gateway, each elastic IP address and each firewall of a region."""
    lists: tuple[tuple[str, Any, Callable[..., Document]], ...] = (
        (INTERNET, account.read(DESCRIBE_INTERNET_GATEWAYS, region), _internet),
        (NAT, read_nats(account, region), _nat),
        (ADDRESS, account.read(DESCRIBE_ADDRESSES, region), _address),
    )
    border = read_border(account, region) if any(found for _, found, _ in lists) else None
    for native_type, found, make in lists:
        if isinstance(found, Unknown):
            yield account.unlisted(Gateway, found, region, native_type)
            continue
        for item in found:
            yield make(account, region, item, border)
    yield from firewalls(account, region)


def _guard(border: Ground, function: Callable[[Border], Guard]) -> Guard:
    return Guard(border, border) if isinstance(border, Unknown) else function(border)


def _internet(account: Account, region: str, item: Item, border: Ground) -> Document:
    identity, tags = item["InternetGatewayId"], tags_of(item.get("Tags"))
    vpcs = attached(item)
    guard = _guard(border, lambda known: known.of_vpc(vpcs[0])) if vpcs else UNGUARDED
    serves = then(border, lambda known: _serves(known, vpcs))
    return account.document(
        gateway("internet", guard=guard, attached_to=serves),
        id=ec2_arn(account, region, item, f"internet-gateway/{identity}"),
        region=region,
        name=tags.get("Name") or identity,
        tags=tags,
        native_type=INTERNET,
        native=item,
    )


def _serves(border: Border, vpcs: list[str]) -> str | None:
    """Network where something in the VPC reaches the internet by the gateway."""
    return "network" if any(border.passages(vpc) for vpc in vpcs) else None


def _nat(account: Account, region: str, item: Item, border: Ground) -> Document:
    identity, tags = item["NatGatewayId"], tags_of(item.get("Tags"))
    # A private NAT gateway leads to other networks, not to the internet.
    public = item.get("ConnectivityType") != "private"
    return account.document(
        gateway(
            "nat",
            guard=_guard(border, lambda known: known.of_nat(item)) if public else UNGUARDED,
            zones=_zones(account, region, item),
        ),
        id=ec2_arn(account, region, item, f"natgateway/{identity}"),
        region=region,
        name=tags.get("Name") or identity,
        tags=tags,
        native_type=NAT,
        native=item,
    )


def _zones(account: Account, region: str, item: Item) -> list[str] | Unknown | None:
    """The zone of the subnet of a NAT gateway; a regional one stands where its addresses do."""
    if not item.get("SubnetId"):
        named = {
            one["AvailabilityZone"]
            for one in item["NatGatewayAddresses"]
            if "AvailabilityZone" in one
        }
        return sorted(named) or None
    return then(
        account.read(DESCRIBE_SUBNETS, region),
        lambda subnets: [
            one["AvailabilityZone"] for one in subnets if one["SubnetId"] == item["SubnetId"]
        ],
    )


def _address(account: Account, region: str, item: Item, border: Ground) -> Document:
    # Addresses of the network before VPCs have no allocation.
    identity, tags = item.get("AllocationId") or item["PublicIp"], tags_of(item.get("Tags"))
    interface = _interface(account, region, item)
    bound = "gateway" if _is_of_nat(account, region, item) else attached_to(item, interface)
    return account.document(
        gateway(
            "public-ip",
            guard=_guard_of_address(account, region, item, interface, border),
            attached_to=bound,
        ),
        id=account.arn("ec2", region, f"elastic-ip/{identity}"),
        region=region,
        name=tags.get("Name") or item["PublicIp"],
        tags=tags,
        native_type=ADDRESS,
        native=item,
    )


def _is_of_nat(account: Account, region: str, item: Item) -> bool:
    """Whether a NAT gateway has the address; its interface tells the same, where it can be read."""
    nats = read_nats(account, region)
    return not isinstance(nats, Unknown) and any(has_address(nat, item) for nat in nats)


def has_address(nat: Item, item: Item) -> bool:
    """Whether an address is one of a NAT gateway's."""
    return item.get("AllocationId") in {
        one.get("AllocationId") for one in nat["NatGatewayAddresses"]
    }


def _interface(account: Account, region: str, item: Item) -> Item | Unknown | None:
    """The network interface that has an address; null where it is bound to none."""
    name = item.get("NetworkInterfaceId")
    if not name:
        return None
    missing = Unknown(f"the network interface {name} is not visible to this account")
    return then(
        account.read(DESCRIBE_NETWORK_INTERFACES, region),
        lambda found: next((one for one in found if one["NetworkInterfaceId"] == name), missing),
    )


def attached_to(item: Item, interface: Item | Unknown | None) -> str | Unknown | None:
    """What an elastic IP address is bound to."""
    if item.get("ServiceManaged") in _OF_SERVICES:
        return _OF_SERVICES[item["ServiceManaged"]]
    if item.get("InstanceId"):
        return "instance"
    if interface is None:
        return "other" if item.get("AssociationId") else None
    return then(interface, _kind)


def _kind(interface: Item) -> str:
    kind = kind_of_interface(interface)
    return kind if kind in _ENTRIES else "other"


def _guard_of_address(
    account: Account, region: str, item: Item, interface: Item | Unknown | None, border: Ground
) -> Guard:
    """The firewall that traffic of the interface passes, and Shield Advanced."""
    if isinstance(interface, Unknown):
        return Guard(interface, interface)
    walled = (
        _guard(border, lambda known: _of_interface(known, item, interface))
        if interface
        else UNGUARDED
    )
    shielded = then(
        protected(account),
        lambda arns: (
            {
                account.arn("ec2", region, f"{kind}/{item.get('AllocationId')}")
                for kind in ("eip-allocation", "elastic-ip")
            }
            & arns
        ),
    )
    if isinstance(shielded, Unknown):
        return Guard(shielded, walled.ips_mode)
    more = ["ddos"] if shielded else []
    return Guard(then(walled.protected_by, lambda names: [*more, *names]), walled.ips_mode)


def _of_interface(border: Border, item: Item, interface: Item) -> Guard:
    for nat in border.network.nats:
        if has_address(nat, item):
            return border.of_nat(nat)
    return border.of_subnet(interface["VpcId"], interface["SubnetId"])


SERVICE = Service(
    name="EC2 gateways",
    types=((Gateway, INTERNET), (Gateway, NAT), (Gateway, ADDRESS), (Gateway, FIREWALL)),
    calls=(*BORDER_CALLS, DESCRIBE_ADDRESSES, *SHIELD_CALLS),
    region=gateways,
)
