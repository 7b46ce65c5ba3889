"""Anti-DDoS beyond what every address has: Origin (ddosbgp), and Pro in front of origins (ddoscoo).

An address with Anti-DDoS of its own says so itself (DescribeEipAddresses).
"""

from __future__ import annotations

from collectors.aliyun.account import Account
from collectors.aliyun.waf_calls import place_of
from collectors.calls import Call, Scope
from collectors.document import Unknown


def _call(service: str, action: str, operation: str, result: str, scope: Scope) -> Call:
    return Call(
        provider="aliyun",
        service=service,
        operation=operation,
        permission=f"{action}:{operation}",
        scope=scope,
        result=result,
        paged=True,
    )


DESCRIBE_ORIGIN_INSTANCES = _call(
    "ddosbgp", "yundun-antiddosbag", "DescribeInstanceList", "InstanceList", "region"
)
DESCRIBE_ORIGIN_ADDRESSES = _call(
    "ddosbgp", "yundun-antiddosbag", "DescribePackIpList", "IpList", "resource"
)
DESCRIBE_PRO_INSTANCES = Call(
    provider="aliyun",
    service="ddoscoo",
    operation="DescribeInstanceIds",
    permission="yundun-ddoscoo:DescribeInstanceIds",
    scope="account",
    result="InstanceIds",
)
DESCRIBE_PRO_PORTS = _call(
    "ddoscoo", "yundun-ddoscoo", "DescribeNetworkRules", "NetworkRules", "resource"
)
DESCRIBE_PRO_WEBSITES = _call(
    "ddoscoo", "yundun-ddoscoo", "DescribeDomainResource", "WebRules", "account"
)

DDOS_CALLS = (
    DESCRIBE_ORIGIN_INSTANCES,
    DESCRIBE_ORIGIN_ADDRESSES,
    DESCRIBE_PRO_INSTANCES,
    DESCRIBE_PRO_PORTS,
    DESCRIBE_PRO_WEBSITES,
)

# The most that a page of Anti-DDoS Pro has.
_PAGE = 10

# `Status` of DescribeInstanceList: an instance that has expired or been released holds nothing.
_VALID, _ENDED = "1", {"2", "3"}

# Regions with an endpoint of their own; the others are asked about at that of their place.
_OWN_ENDPOINTS = {"cn-hongkong", "us-west-1", "us-east-1"}


def guarded_addresses(account: Account, region: str) -> set[str] | Unknown:
    """The addresses that Anti-DDoS Origin holds in a region, and the origins behind Pro."""
    found: set[str] = set()
    place = place_of(region)
    for home in sorted({place, region}):
        held = _held(account, region if region in _OWN_ENDPOINTS else place, home)
        if isinstance(held, Unknown):
            return held
        found |= held
    origins = _origins(account, place)
    return origins if isinstance(origins, Unknown) else found | origins


def _held(account: Account, asked: str, home: str) -> set[str] | Unknown:
    """The addresses that the instances of Origin whose home is a region hold, in any region."""
    found: set[str] = set()
    bags = account.listed(DESCRIBE_ORIGIN_INSTANCES, asked, RegionId=home)
    if isinstance(bags, Unknown):
        return bags
    for bag in bags:
        name, state = bag["InstanceId"], str(bag.get("Status"))
        if state in _ENDED:
            continue
        if state != _VALID:
            return Unknown(f"the state {state} of an Anti-DDoS Origin instance is not known")
        held = account.listed(
            DESCRIBE_ORIGIN_ADDRESSES, asked, name, InstanceId=name, RegionId=home
        )
        if isinstance(held, Unknown):
            return held
        found.update(item["Ip"] for item in held)
    return found


def _origins(account: Account, place: str) -> set[str] | Unknown:
    instances = account.listed(DESCRIBE_PRO_INSTANCES, place)
    if isinstance(instances, Unknown):
        return instances
    if not instances:
        return set()
    found: set[str] = set()
    websites = account.listed(DESCRIBE_PRO_WEBSITES, place, PageSize=_PAGE)
    if isinstance(websites, Unknown):
        return websites
    for website in websites:
        servers = website.get("RealServers") or []
        proxied = website.get("ProxyEnabled")
        if not isinstance(proxied, bool) and servers:
            return Unknown("Anti-DDoS Pro does not tell whether it forwards for a website")
        if proxied:
            found.update(servers)
    for instance in instances:
        name = instance["InstanceId"]
        ports = account.listed(DESCRIBE_PRO_PORTS, place, name, InstanceId=name, PageSize=_PAGE)
        if isinstance(ports, Unknown):
            return ports
        for port in ports:
            found.update(port.get("RealServers") or [])
    return found
