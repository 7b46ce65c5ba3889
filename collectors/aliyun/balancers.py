"""What the kinds of load balancers share: who may reach a port, what stands in front and behind."""

from __future__ import annotations

from typing import Any, Literal

from collectors.aliyun.account import Account
from collectors.aliyun.ecs_calls import DESCRIBE_NETWORK_INTERFACES
from collectors.aliyun.group_walk import admitted
from collectors.aliyun.nat import EVERYWHERE, limit
from collectors.aliyun.security_group_rules import in_order, rules_of
from collectors.aliyun.services.security_groups import (
    DESCRIBE_PREFIX_LIST,
    DESCRIBE_SECURITY_GROUP_ATTRIBUTE,
    entries_of,
)
from collectors.aliyun.vpc_calls import Item, vpc_call
from collectors.aliyun.waf_calls import Behind
from collectors.calls import Call
from collectors.document import Unknown, then
from collectors.facts.shared import Rule, Tls

Version = Literal["1.0", "1.1", "1.2", "1.3"]

DESCRIBE_BANDWIDTH_PACKAGES = vpc_call(
    "DescribeCommonBandwidthPackages", "CommonBandwidthPackages.CommonBandwidthPackage"
)

GROUP_CALLS = (DESCRIBE_SECURITY_GROUP_ATTRIBUTE, DESCRIBE_PREFIX_LIST)
"""What `group_ranges` asks."""

_POLICIES: dict[str, Version] = {
    "tls_cipher_policy_1_0": "1.0", "tls_cipher_policy_1_1": "1.1", "tls_cipher_policy_1_2": "1.2",
    "tls_cipher_policy_1_2_strict": "1.2", "tls_cipher_policy_1_2_strict_with_1_3": "1.2",
    "tls_cipher_policy_1_0_to_1_3": "1.0",
}  # fmt: skip
_VERSIONS: dict[str, Version] = {
    "tlsv1": "1.0", "tlsv1.0": "1.0", "tlsv1.1": "1.1", "tlsv1.2": "1.2", "tlsv1.3": "1.3",
}  # fmt: skip


def lowest(versions: list[str]) -> Version | Unknown:
    """The lowest of some TLS versions, as policies write them."""
    known = [_VERSIONS.get(version.strip().lower()) for version in versions]
    found = [version for version in known if version]
    if not found or len(found) != len(known):
        return Unknown("the TLS versions of the policy are not understood")
    return min(found)


def tls_of(policy: str | None, policies: dict[str, list[str]] | Unknown) -> Tls:
    """TLS of a listener, from its policy: one of the service, or by the versions of each policy."""
    if not policy:
        return Tls(minimum=Unknown("the listener names no TLS policy"), required=True)
    known = _POLICIES.get(policy)
    if known:
        return Tls(minimum=known, required=True, policy=policy)
    missing = Unknown(f"policy {policy} is not known")
    versions = then(policies, lambda all_: all_.get(policy, missing))
    return Tls(minimum=then(versions, lowest), required=True, policy=policy)


def waf_of(
    behind: Behind | Unknown,
    scheme: str | Unknown,
    identity: str,
    addresses: list[str],
    web_listeners: int,
) -> str | Unknown | None:
    """The WAF in front of a load balancer: one that its listeners are led through, all that speak
    HTTP, or one that has its address as an origin. Null where there is none. What another account
    may have leaves that open of those alone that take HTTP from the internet."""
    if isinstance(behind, Unknown):
        return behind
    found = behind.guard(identity, addresses, web_listeners)
    needless = scheme == "private" or not web_listeners
    return None if needless and found == behind.others else found


def servers_behind(
    account: Account, region: str, identity: str, groups: list[Any] | Unknown, call: Call
) -> list[Item] | Unknown:
    """The servers of a load balancer's groups; `call` lists those of a group."""
    if isinstance(groups, Unknown):
        return groups
    servers: list[Item] = []
    for group in groups:
        if identity not in (group.get("RelatedLoadBalancerIds") or []):
            continue
        name = group["ServerGroupId"]
        found = account.listed(call, region, name, ServerGroupId=name)
        if isinstance(found, Unknown):
            return found
        servers += found
    return servers


def backend_zones(account: Account, region: str, servers: list[Item]) -> list[str] | Unknown:
    """The zones of the machines behind a load balancer, told by their network interfaces."""
    if not servers:
        return []
    found = account.listed(DESCRIBE_NETWORK_INTERFACES, region)
    if isinstance(found, Unknown):
        return found
    zones: dict[str, str] = {}
    for item in found:
        attachment = item.get("Attachment") or {}
        instance = item.get("InstanceId") or attachment.get("InstanceId")
        addresses = (item.get("PrivateIpSets") or {}).get("PrivateIpSet") or []
        names = [item["NetworkInterfaceId"], instance, item.get("PrivateIpAddress")]
        names += [one.get("PrivateIpAddress") for one in addresses]
        zones.update({name: item["ZoneId"] for name in names if name})
    behind = set()
    for server in servers:
        zone = server.get("ZoneId") or zones.get(server.get("ServerId", ""))
        zone = zone or zones.get(server.get("ServerIp", ""))
        if not zone:
            return Unknown("the zone of a machine behind the load balancer is not told")
        behind.add(zone)
    return sorted(behind)


def group_ranges(
    account: Account, region: str, balancer: Item, protocol: str, ports: tuple[int, int]
) -> list[str] | Unknown:
    """The ranges that a load balancer's security groups let reach a listener, at any of its ports
    from the first to the last; everywhere without any group. Their rules count as one list."""
    groups: list[str] = balancer.get("SecurityGroupIds") or []
    if not groups:
        return list(EVERYWHERE)
    rules: list[Rule] = []
    for group in groups:
        found = account.listed(
            DESCRIBE_SECURITY_GROUP_ATTRIBUTE, region, group, SecurityGroupId=group
        )
        if isinstance(found, Unknown):
            return found
        rules += rules_of(found, lambda name: entries_of(account, region, name))
    only_four = str(balancer.get("AddressIpVersion")).lower() == "ipv4"
    return admitted(in_order(rules), protocol, ports, (4,) if only_four else (4, 6))


def package_limit(account: Account, region: str, package: str | None) -> int | Unknown | None:
    """The bandwidth of a load balancer that shares a package, null where it has none."""
    if not package:
        return None
    found = account.listed(DESCRIBE_BANDWIDTH_PACKAGES, region)
    if isinstance(found, Unknown):
        return found
    for item in found:
        if item["BandwidthPackageId"] == package:
            return limit(item["Bandwidth"])
    return Unknown("the shared bandwidth of the load balancer is not visible to this account")


def stores(config: Any) -> tuple[str, str] | None:
    """The project and Logstore of an access log, null where it is off."""
    found = config or {}
    if found.get("LogProject") and found.get("LogStore"):
        return str(found["LogProject"]), str(found["LogStore"])
    return None
