"""Classic Load Balancer (SLB) with its listeners."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from msgspec import Struct

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.balancers import backend_zones, tls_of, waf_of
from collectors.aliyun.cms_calls import ALARM_CALLS
from collectors.aliyun.ecs_calls import DESCRIBE_NETWORK_INTERFACES
from collectors.aliyun.log_destinations import RETENTION_CALLS, delivered
from collectors.aliyun.nat import EVERYWHERE, limit
from collectors.aliyun.resource_alarms import alarms_on
from collectors.aliyun.slb_calls import DESCRIBE_LOAD_BALANCERS, slb_call
from collectors.aliyun.vpc_calls import DESCRIBE_EIP_ADDRESSES, Item
from collectors.aliyun.waf_calls import BEHIND_CALLS, Behind, read_behind
from collectors.document import Document, Unknown, then
from collectors.facts.network import Listener, LoadBalancer
from collectors.facts.shared import Logging

DESCRIBE_LISTENERS = slb_call("DescribeLoadBalancerListeners", "Listeners", may_omit=True)
LIST_TLS_POLICIES = slb_call(
    "ListTLSCipherPolicies", "TLSCipherPolicies", paged=False, may_omit=True
)
DESCRIBE_ACCESS_LOGS = slb_call(
    "DescribeAccessLogsDownloadAttribute", "LogsDownloadAttributes.LogsDownloadAttribute"
)
DESCRIBE_ACL = slb_call(
    "DescribeAccessControlListAttribute", "AclEntrys.AclEntry", "resource", may_omit=True
)
DESCRIBE_SERVERS = slb_call(
    "DescribeHealthStatus", "BackendServers.BackendServer", "resource", paged=False
)

NATIVE = "ACS::SLB::LoadBalancer"

_WEB = {"http", "https"}
_ALL_POLICIES = 100
"""More policies than an account may have. The documentation contradicts itself in how the list is
told to go on (IsTruncated)."""


class Around(Struct, frozen=True):
    """What a region's load balancers are joined with, each part read or unknown."""

    listeners: list[Any] | Unknown
    policies: dict[str, list[str]] | Unknown
    logs: list[Any] | Unknown
    addresses: list[Any] | Unknown
    behind: Behind | Unknown


def load_balancers(account: Account, region: str) -> Iterable[Document]:
    """A document for each classic load balancer of a region."""
    found = account.listed(DESCRIBE_LOAD_BALANCERS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(LoadBalancer, found, region, NATIVE)
        return
    if not found:
        return
    around = Around(
        listeners=account.listed(DESCRIBE_LISTENERS, region),
        policies=then(
            account.listed(LIST_TLS_POLICIES, region, MaxItems=_ALL_POLICIES),
            lambda all_: {one["InstanceId"]: one["TLSVersions"] for one in all_},
        ),
        logs=account.listed(DESCRIBE_ACCESS_LOGS, region),
        addresses=account.listed(DESCRIBE_EIP_ADDRESSES, region),
        behind=read_behind(account, region),
    )
    yield from account.map(lambda item: _document(account, region, item, around), found)


def _document(account: Account, region: str, item: Item, around: Around) -> Document:
    identity = item["LoadBalancerId"]
    eips = then(
        around.addresses,
        lambda all_: [one["IpAddress"] for one in all_ if one.get("InstanceId") == identity],
    )
    own = then(around.listeners, lambda all_: _running(all_, identity))
    servers = account.listed(DESCRIBE_SERVERS, region, identity, LoadBalancerId=identity)
    return account.document(
        LoadBalancer(
            scheme=_scheme(item, eips),
            listeners=then(
                own, lambda all_: [_listener(account, region, one, around) for one in all_]
            ),
            access_log=_access_log(account, region, identity, around),
            waf=then(own, lambda all_: _waf(item, all_, eips, around)),
            zones=[zone for key in ("MasterZoneId", "SlaveZoneId") if (zone := item.get(key))],
            backend_zones=then(servers, lambda all_: backend_zones(account, region, all_)),
            deletion_protection=item.get("DeleteProtection") == "on",
            alarms=alarms_on(account, "acs_slb_dashboard", item["LoadBalancerId"]),
            bandwidth_mbps=limit(item.get("Bandwidth")),
        ),
        id=account.arn("slb", region, f"loadbalancer/{identity}"),
        region=region,
        name=item.get("LoadBalancerName") or identity,
        tags=tags_of(item.get("Tags")),
        native_type=NATIVE,
        native=item,
    )


def _running(listeners: list[Item], identity: str) -> list[Item]:
    """The listeners of a load balancer that are not stopped: nobody reaches those."""
    return [
        one for one in listeners if one["LoadBalancerId"] == identity and one["Status"] != "stopped"
    ]


def _scheme(item: Item, eips: list[str] | Unknown) -> Any:
    """Public by its own address, or by an elastic one that is bound to a private one."""
    if item["AddressType"] == "internet":
        return "public"
    return then(eips, lambda found: "public" if found else "private")


def _waf(
    item: Item, listeners: list[Item], eips: list[str] | Unknown, around: Around
) -> str | Unknown | None:
    web = sum(str(one["ListenerProtocol"]).lower() in _WEB for one in listeners)
    return then(
        eips,
        lambda found: waf_of(
            around.behind,
            _scheme(item, found),
            item["LoadBalancerId"],
            [item["Address"], *found],
            web,
        ),
    )


def _listener(account: Account, region: str, item: Item, around: Around) -> Listener:
    protocol = str(item["ListenerProtocol"]).lower()
    config = _config(item, protocol)
    return Listener(
        port=int(item["ListenerPort"]),
        protocol=protocol,
        redirect_to_https=protocol == "http" and config.get("ListenerForward") == "on",
        tls=tls_of(config.get("TLSCipherPolicy"), around.policies) if protocol == "https" else None,
        certificate_id=config.get("ServerCertificateId") or None,
        source_ranges=sources_of(account, region, item),
    )


def _config(item: Item, protocol: str) -> Item:
    """What a listener has of its protocol's own settings, an object or a list of one."""
    found = item.get(f"{protocol.upper()}ListenerConfig") or {}
    return dict(found[0] if isinstance(found, list) else found)


def sources_of(account: Account, region: str, item: Item) -> list[str] | Unknown:
    """Who may reach a listener: everyone, unless it has a list of those who may that is not empty
    (DescribeLoadBalancerListeners, AclType)."""
    if item.get("AclStatus") != "on" or item.get("AclType") != "white":
        return list(EVERYWHERE)
    found = []
    for acl in item.get("AclIds") or [item["AclId"]]:
        entries = account.listed(DESCRIBE_ACL, region, acl, AclId=acl)
        if isinstance(entries, Unknown):
            return entries
        found += [str(entry["AclEntryIP"]) for entry in entries]
    return found or list(EVERYWHERE)


def _access_log(account: Account, region: str, identity: str, around: Around) -> Logging:
    if isinstance(around.logs, Unknown):
        return Logging.unread(around.logs)
    for log in cast("list[Item]", around.logs):
        if log["LoadBalancerId"] == identity:
            where = log.get("Region") or region
            return delivered(account, where, log["LogProject"], log["LogStore"])
    return Logging.off()


SERVICE = Service(
    name="Classic Load Balancer",
    types=((LoadBalancer, NATIVE),),
    calls=(
        DESCRIBE_LOAD_BALANCERS,
        DESCRIBE_LISTENERS,
        LIST_TLS_POLICIES,
        DESCRIBE_ACCESS_LOGS,
        DESCRIBE_ACL,
        DESCRIBE_SERVERS,
        DESCRIBE_EIP_ADDRESSES,
        DESCRIBE_NETWORK_INTERFACES,
        *BEHIND_CALLS,
        *RETENTION_CALLS,
        *ALARM_CALLS,
    ),
    region=load_balancers,
)
