"""Network Load Balancer with its listeners."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.balancers import (
    DESCRIBE_BANDWIDTH_PACKAGES,
    GROUP_CALLS,
    backend_zones,
    group_ranges,
    package_limit,
    servers_behind,
    tls_of,
    waf_of,
)
from collectors.aliyun.cms_calls import ALARM_CALLS
from collectors.aliyun.ecs_calls import DESCRIBE_NETWORK_INTERFACES
from collectors.aliyun.resource_alarms import alarms_on
from collectors.aliyun.services.alb import addresses_of, scheme, zones_of
from collectors.aliyun.vpc_calls import Item
from collectors.aliyun.waf_calls import BEHIND_CALLS, Behind, read_behind
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, then
from collectors.facts.network import Listener, LoadBalancer
from collectors.facts.shared import Logging
from collectors.logic import told


def _call(operation: str, result: str, scope: Scope = "region", *, paged: bool = True) -> Call:
    return Call(
        provider="aliyun",
        service="nlb",
        operation=operation,
        permission=f"nlb:{operation}",
        scope=scope,
        result=result,
        paged=paged,
        may_omit=paged,
    )


LIST_LOAD_BALANCERS = _call("ListLoadBalancers", "LoadBalancers")
LIST_LISTENERS = _call("ListListeners", "Listeners")
LIST_POLICIES = _call("ListSecurityPolicy", "SecurityPolicies")
LIST_SYSTEM_POLICIES = _call("ListSystemSecurityPolicy", "SecurityPolicies", paged=False)
LIST_SERVER_GROUPS = _call("ListServerGroups", "ServerGroups")
LIST_SERVERS = _call("ListServerGroupServers", "Servers", "resource")

NATIVE = "ACS::NLB::LoadBalancer"

_PROTOCOLS = {"tcp": "tcp", "udp": "udp", "tcpssl": "tls"}


class Around(Struct, frozen=True):
    """What a region's load balancers are joined with, each part read or unknown."""

    listeners: list[Any] | Unknown
    policies: dict[str, list[str]] | Unknown
    groups: list[Any] | Unknown
    behind: Behind | Unknown


def load_balancers(account: Account, region: str) -> Iterable[Document]:
    """A document for each network load balancer of a region."""
    found = account.listed(LIST_LOAD_BALANCERS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(LoadBalancer, found, region, NATIVE)
        return
    if not found:
        return
    around = Around(
        listeners=account.listed(LIST_LISTENERS, region),
        policies=_policies(account, region),
        groups=account.listed(LIST_SERVER_GROUPS, region),
        behind=read_behind(account, region),
    )
    yield from account.map(lambda item: _document(account, region, item, around), found)


def _policies(account: Account, region: str) -> dict[str, list[str]] | Unknown:
    """The TLS versions of each policy, those of the service first."""
    found: dict[str, list[str]] = {}
    for call in (LIST_SYSTEM_POLICIES, LIST_POLICIES):
        listed = account.listed(call, region)
        if isinstance(listed, Unknown):
            return listed
        found |= {one["SecurityPolicyId"]: str(one["TlsVersion"]).split(",") for one in listed}
    return found


def _document(account: Account, region: str, item: Item, around: Around) -> Document:
    identity = item["LoadBalancerId"]
    own = then(
        around.listeners,
        lambda all_: [
            one
            for one in all_
            if one["LoadBalancerId"] == identity and one["ListenerStatus"] != "Stopped"
        ],
    )
    return account.document(
        LoadBalancer(
            scheme=scheme(item),
            listeners=then(
                own, lambda all_: [_listener(account, region, one, item, around) for one in all_]
            ),
            # It has no access log: it does not look into connections.
            access_log=Logging.off(),
            waf=waf_of(around.behind, scheme(item), identity, addresses_of(item), 0),
            zones=zones_of(item),
            backend_zones=then(
                servers_behind(account, region, identity, around.groups, LIST_SERVERS),
                lambda servers: backend_zones(account, region, servers),
            ),
            deletion_protection=told(item.get("DeletionProtectionConfig") or {}, "Enabled"),
            alarms=alarms_on(account, "acs_nlb", item["LoadBalancerId"]),
            bandwidth_mbps=package_limit(account, region, item.get("BandwidthPackageId")),
        ),
        id=account.arn("nlb", region, f"loadbalancer/{identity}"),
        region=region,
        name=item.get("LoadBalancerName") or identity,
        tags=tags_of(item.get("Tags")),
        native_type=NATIVE,
        native=item,
    )


def _listener(
    account: Account, region: str, item: Item, balancer: Item, around: Around
) -> Listener:
    text = str(item["ListenerProtocol"]).lower()
    protocol = _PROTOCOLS.get(text) or Unknown(f"protocol {text} is not known")
    port = int(item["ListenerPort"])
    certificates = item.get("CertificateIds") or []
    return Listener(
        # 0 stands for a range of ports.
        port=port or Unknown(f"the listener takes the ports {_range(item)}"),
        protocol=protocol,
        redirect_to_https=False,
        tls=then(
            protocol,
            lambda known: (
                tls_of(item.get("SecurityPolicyId"), around.policies) if known == "tls" else None
            ),
        ),
        certificate_id=certificates[0] if certificates else None,
        source_ranges=then(
            protocol,
            lambda known: group_ranges(account, region, balancer, known, _ports(item)),
        ),
    )


def _range(item: Item) -> str:
    return f"{item.get('StartPort')}-{item.get('EndPort')}"


def _ports(item: Item) -> tuple[int, int]:
    """The first and the last port of a listener; all of them for a range that is not told."""
    port = int(item["ListenerPort"])
    if port:
        return port, port
    return int(item.get("StartPort") or 1), int(item.get("EndPort") or 65535)


SERVICE = Service(
    name="Network Load Balancer",
    types=((LoadBalancer, NATIVE),),
    calls=(
        LIST_LOAD_BALANCERS,
        LIST_LISTENERS,
        LIST_POLICIES,
        LIST_SYSTEM_POLICIES,
        LIST_SERVER_GROUPS,
        LIST_SERVERS,
        DESCRIBE_NETWORK_INTERFACES,
        DESCRIBE_BANDWIDTH_PACKAGES,
        *GROUP_CALLS,
        *BEHIND_CALLS,
        *ALARM_CALLS,
    ),
    region=load_balancers,
)
