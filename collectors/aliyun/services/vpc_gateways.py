"""Gateways of the internet: IPv4 and IPv6 gateways, NAT gateways, and elastic IP addresses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.cloud_firewall import (
    Assets,
    default_ips_mode,
    firewall_call,
    has_firewall,
    protected_assets,
)
from collectors.aliyun.ecs_calls import DESCRIBE_INSTANCES
from collectors.aliyun.gateway_calls import DESCRIBE_IPV6_GATEWAYS, DESCRIBE_NAT_GATEWAYS
from collectors.aliyun.guards import GUARD_CALLS, Guards, read_guards
from collectors.aliyun.ips import IpsMode
from collectors.aliyun.nat import forwards_of, limit, snat_of
from collectors.aliyun.slb_calls import DESCRIBE_LOAD_BALANCERS
from collectors.aliyun.vpc_calls import (
    DESCRIBE_EIP_ADDRESSES,
    LIST_IPV4_GATEWAYS,
    Item,
    vpc_call,
)
from collectors.document import Document, Unknown, then
from collectors.facts.network import Gateway
from collectors.regions import GLOBAL

DESCRIBE_SNAT = vpc_call("DescribeSnatTableEntries", "SnatTableEntries.SnatTableEntry", "resource")
DESCRIBE_FORWARDS = vpc_call(
    "DescribeForwardTableEntries", "ForwardTableEntries.ForwardTableEntry", "resource"
)
DESCRIBE_NAT_FIREWALLS = firewall_call("DescribeNatFirewallList", "NatFirewallList", paged=True)

IPV4, IPV6 = "ACS::VPC::Ipv4Gateway", "ACS::VPC::Ipv6Gateway"
NAT = "ACS::NAT::NatGateway"
EIP = "ACS::EIP::EipAddress"
BALANCER, INSTANCE = "ACS::SLB::LoadBalancer", "ACS::ECS::Instance"

_ATTACHED = {
    "ecsinstance": "instance",
    "networkinterface": "instance",
    "slbinstance": "load_balancer",
    "nat": "gateway",
}
_BY_PREFIX = {
    "alb-": "load_balancer",
    "nlb-": "load_balancer",
    "lb-": "load_balancer",
    "ngw-": "gateway",
    "vpn-": "gateway",
    "bastionhost": "bastion",
}
_NAT_MODE = Unknown("the intrusion prevention of NAT firewalls is not told")


def gateways(account: Account, region: str) -> Iterable[Document]:
    """A document for each gateway and each address of a region."""
    yield from _internet(account, region)
    yield from _nat_gateways(account, region)
    yield from _addresses(account, region)
    yield from _own_addresses(account, region)


def _internet(account: Account, region: str) -> Iterable[Document]:
    lists = (
        (LIST_IPV4_GATEWAYS, IPV4, "Ipv4GatewayId", "Ipv4GatewayName", "ipv4gateway"),
        (DESCRIBE_IPV6_GATEWAYS, IPV6, "Ipv6GatewayId", "Name", "ipv6gateway"),
    )
    for call, native_type, key, name, path in lists:
        found = account.listed(call, region)
        if isinstance(found, Unknown):
            yield account.unlisted(Gateway, found, region, native_type)
            continue
        for item in found:
            yield account.document(
                Gateway(
                    kind="internet",
                    peers=[],
                    tunnels=None,
                    zones=None,
                    bandwidth_mbps=None,
                    snat=[],
                    # Guards stand before the single addresses, not before the gateway.
                    protected_by=[],
                    attached_to=None,
                    ips_mode=None,
                    forwards=[],
                ),
                id=account.arn("vpc", region, f"{path}/{item[key]}"),
                region=region,
                name=item.get(name) or item[key],
                tags=tags_of(item.get("Tags")),
                native_type=native_type,
                native=item,
            )


def _nat_gateways(account: Account, region: str) -> Iterable[Document]:
    found = account.listed(DESCRIBE_NAT_GATEWAYS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Gateway, found, region, NAT)
        return
    if not found:
        return
    addresses = account.listed(DESCRIBE_EIP_ADDRESSES, region)
    screen = _screen(account)
    yield from account.map(lambda item: _nat(account, region, item, addresses, screen), found)


class Screen(Struct, frozen=True):
    """What Cloud Firewall looks at on the way out: addresses at the border of the internet, and
    NAT gateways behind a NAT firewall."""

    assets: Assets
    gateways: set[str]
    border: IpsMode | Unknown

    def guards(self, item: Item) -> tuple[list[Any], IpsMode | Unknown | None]:
        """`protected_by` and `ips_mode` of a NAT gateway: at the border all of its addresses must
        be protected."""
        lists = (item.get("IpLists") or {}).get("IpList") or []
        if lists and all(self.assets.protect(one["IpAddress"]) for one in lists):
            return ["firewall"], self.border
        if item["NatGatewayId"] in self.gateways:
            return ["firewall"], _NAT_MODE
        others = self.assets.others
        return [others] if others else [], others


def _screen(account: Account) -> Screen | Unknown:
    has, assets = has_firewall(account), protected_assets(account)
    if isinstance(has, Unknown):
        return has
    if isinstance(assets, Unknown):
        return assets
    if not has:
        return Screen(assets, set(), _NAT_MODE)
    firewalls = account.listed(DESCRIBE_NAT_FIREWALLS, GLOBAL)
    if isinstance(firewalls, Unknown):
        return firewalls
    on = {item["NatGatewayId"] for item in firewalls if item["ProxyStatus"] == "normal"}
    return Screen(assets, on, default_ips_mode(account))


def _nat(
    account: Account,
    region: str,
    item: Item,
    addresses: list[Item] | Unknown,
    screen: Screen | Unknown,
) -> Document:
    identity = item["NatGatewayId"]
    guards = then(screen, lambda known: known.guards(item))
    private = item.get("NatGatewayPrivateInfo") or {}
    facts = Gateway(
        kind="nat",
        peers=[],
        tunnels=None,
        zones=[private["IzNo"]] if private.get("IzNo") else None,
        bandwidth_mbps=limit(private.get("MaxBandwidth")),
        # A NAT gateway between VPCs has no public addresses.
        snat=[],
        protected_by=then(guards, lambda pair: pair[0]),
        attached_to=None,
        ips_mode=then(guards, lambda pair: pair[1]),
        forwards=[],
    )
    if item.get("NetworkType") != "intranet":
        snat = account.listed(DESCRIBE_SNAT, region, identity, NatGatewayId=identity)
        forwards = account.listed(DESCRIBE_FORWARDS, region, identity, NatGatewayId=identity)
        facts.snat = then(snat, lambda entries: snat_of(entries, addresses))
        facts.forwards = then(forwards, forwards_of)
    return account.document(
        facts,
        id=account.arn("vpc", region, f"natgateway/{identity}"),
        region=region,
        name=item.get("Name") or identity,
        tags=tags_of(item.get("Tags")),
        native_type=NAT,
        native=item,
    )


def _addresses(account: Account, region: str) -> Iterable[Document]:
    found = account.listed(DESCRIBE_EIP_ADDRESSES, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Gateway, found, region, EIP)
        return
    if not found:
        return
    guards = read_guards(account, region)
    for item in found:
        yield _address(account, region, item, guards)


def _address(account: Account, region: str, item: Item, guards: Guards) -> Document:
    identity, address = item["AllocationId"], item["IpAddress"]
    own = (item.get("SecurityProtectionTypes") or {}).get("SecurityProtectionType") or []
    package = item.get("BandwidthPackageBandwidth")
    return account.document(
        Gateway(
            kind="public-ip",
            peers=[],
            tunnels=None,
            zones=None,
            bandwidth_mbps=limit(package or item["Bandwidth"]),
            snat=[],
            protected_by=guards.of(
                address, item.get("InstanceId"), own_ddos="AntiDDoS_Enhanced" in own
            ),
            attached_to=attached_to(item),
            ips_mode=guards.ips_mode(address),
            forwards=[],
        ),
        id=account.arn("vpc", region, f"eip/{identity}"),
        region=region,
        name=item.get("Name") or address,
        tags=tags_of(item.get("Tags")),
        native_type=EIP,
        native=item,
    )


def _own_addresses(account: Account, region: str) -> Iterable[Document]:
    """The public addresses that classic load balancers and instances have of their own. Their
    bandwidth is a fact of what has them."""
    balancers = account.listed(DESCRIBE_LOAD_BALANCERS, region)
    instances = account.listed(DESCRIBE_INSTANCES, region)
    found: list[Own] = []
    if isinstance(balancers, Unknown):
        yield account.unlisted(Gateway, balancers, region, BALANCER)
    else:
        found += [own for item in balancers if (own := _of_balancer(account, region, item))]
    if isinstance(instances, Unknown):
        yield account.unlisted(Gateway, instances, region, INSTANCE)
    else:
        found += [own for item in instances for own in _of_instance(account, region, item)]
    if found:
        guards = read_guards(account, region)
        for own in found:
            yield _own_document(account, region, own, guards)


class Own(Struct, frozen=True):
    """A public address that a resource has of its own."""

    address: str
    resource_id: str
    arn: str
    kind: str
    native_type: str
    name: str
    tags: dict[str, str]


def _of_balancer(account: Account, region: str, item: Item) -> Own | None:
    if item["AddressType"] != "internet":
        return None
    identity = item["LoadBalancerId"]
    return Own(
        address=item["Address"],
        resource_id=identity,
        arn=account.arn("slb", region, f"loadbalancer/{identity}"),
        kind="load_balancer",
        native_type=BALANCER,
        name=item.get("LoadBalancerName") or identity,
        tags=tags_of(item.get("Tags")),
    )


def _of_instance(account: Account, region: str, item: Item) -> list[Own]:
    identity = item["InstanceId"]
    return [
        Own(
            address=address,
            resource_id=identity,
            arn=account.arn("ecs", region, f"instance/{identity}"),
            kind="instance",
            native_type=INSTANCE,
            name=item.get("InstanceName") or identity,
            tags=tags_of(item.get("Tags")),
        )
        for address in (item.get("PublicIpAddress") or {}).get("IpAddress") or []
    ]


def _own_document(account: Account, region: str, own: Own, guards: Guards) -> Document:
    return account.document(
        Gateway(
            kind="public-ip",
            peers=[],
            tunnels=None,
            zones=None,
            bandwidth_mbps=None,
            snat=[],
            protected_by=guards.of(own.address, own.resource_id),
            attached_to=own.kind,
            ips_mode=guards.ips_mode(own.address),
            forwards=[],
        ),
        id=f"{own.arn}/address/{own.address}",
        region=region,
        name=f"{own.name} {own.address}",
        tags=own.tags,
        native_type=own.native_type,
        native={"Address": own.address, "InstanceId": own.resource_id},
    )


def attached_to(item: Item) -> str | None:
    """What an elastic IP address is bound to, by its type, else by the form of the id."""
    instance = item.get("InstanceId") or ""
    if not instance:
        return None
    for prefix, kind in _BY_PREFIX.items():
        if instance.startswith(prefix):
            return kind
    return _ATTACHED.get(str(item.get("InstanceType", "")).lower(), "other")


SERVICE = Service(
    name="VPC gateways",
    types=(
        (Gateway, IPV4),
        (Gateway, IPV6),
        (Gateway, NAT),
        (Gateway, EIP),
        (Gateway, BALANCER),
        (Gateway, INSTANCE),
    ),
    calls=(
        LIST_IPV4_GATEWAYS,
        DESCRIBE_IPV6_GATEWAYS,
        DESCRIBE_NAT_GATEWAYS,
        DESCRIBE_SNAT,
        DESCRIBE_FORWARDS,
        DESCRIBE_NAT_FIREWALLS,
        DESCRIBE_EIP_ADDRESSES,
        DESCRIBE_LOAD_BALANCERS,
        DESCRIBE_INSTANCES,
        *GUARD_CALLS,
    ),
    region=gateways,
)
