"""Application Load Balancer with its listeners."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from msgspec import Struct

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.alb_rules import redirects
from collectors.aliyun.balancers import (
    DESCRIBE_BANDWIDTH_PACKAGES,
    GROUP_CALLS,
    backend_zones,
    group_ranges,
    package_limit,
    servers_behind,
    stores,
    tls_of,
    waf_of,
)
from collectors.aliyun.cms_calls import ALARM_CALLS
from collectors.aliyun.ecs_calls import DESCRIBE_NETWORK_INTERFACES
from collectors.aliyun.log_destinations import RETENTION_CALLS, delivered
from collectors.aliyun.resource_alarms import alarms_on
from collectors.aliyun.vpc_calls import Item
from collectors.aliyun.waf_calls import BEHIND_CALLS, Behind, read_behind
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, then
from collectors.facts.network import Listener, LoadBalancer
from collectors.facts.shared import Logging, Tls
from collectors.logic import told


def _call(operation: str, result: str = "", scope: Scope = "region", *, paged: bool = True) -> Call:
    return Call(
        provider="aliyun",
        service="alb",
        operation=operation,
        permission=f"alb:{operation}",
        scope=scope,
        result=result,
        paged=paged,
        may_omit=paged,
    )


LIST_LOAD_BALANCERS = _call("ListLoadBalancers", "LoadBalancers")
GET_LOAD_BALANCER = _call("GetLoadBalancerAttribute", "", "resource", paged=False)
LIST_LISTENERS = _call("ListListeners", "Listeners")
GET_LISTENER = _call("GetListenerAttribute", "", "resource", paged=False)
LIST_RULES = _call("ListRules", "Rules")
LIST_POLICIES = _call("ListSecurityPolicies", "SecurityPolicies")
LIST_SYSTEM_POLICIES = _call("ListSystemSecurityPolicies", "SecurityPolicies", paged=False)
LIST_ACL_ENTRIES = _call("ListAclEntries", "AclEntries", "resource")
LIST_SERVER_GROUPS = _call("ListServerGroups", "ServerGroups")
LIST_SERVERS = _call("ListServerGroupServers", "Servers", "resource")

NATIVE = "ACS::ALB::LoadBalancer"


class Around(Struct, frozen=True):
    """What a region's load balancers are joined with, each part read or unknown."""

    listeners: list[Any] | Unknown
    rules: list[Any] | Unknown
    policies: dict[str, list[str]] | Unknown
    groups: list[Any] | Unknown
    behind: Behind | Unknown


def load_balancers(account: Account, region: str) -> Iterable[Document]:
    """A document for each application load balancer of a region."""
    found = account.listed(LIST_LOAD_BALANCERS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(LoadBalancer, found, region, NATIVE)
        return
    if not found:
        return
    around = Around(
        listeners=account.listed(LIST_LISTENERS, region),
        rules=account.listed(LIST_RULES, region),
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
        found |= {one["SecurityPolicyId"]: one["TLSVersions"] for one in listed}
    return found


def _document(account: Account, region: str, item: Item, around: Around) -> Document:
    identity = item["LoadBalancerId"]
    answer = account.read(GET_LOAD_BALANCER, region, identity, LoadBalancerId=identity)
    details = Unknown("the load balancer is not described") if answer is None else answer
    own = then(around.listeners, lambda all_: _running(all_, identity))
    package = item.get("BandwidthPackageId")
    return account.document(
        LoadBalancer(
            scheme=scheme(item),
            listeners=then(
                own, lambda all_: [_listener(account, region, one, item, around) for one in all_]
            ),
            access_log=_access_log(account, region, item),
            waf=_waf(item, details, own, around),
            zones=then(details, zones_of),
            backend_zones=then(
                servers_behind(account, region, identity, around.groups, LIST_SERVERS),
                lambda servers: backend_zones(account, region, servers),
            ),
            deletion_protection=told(item.get("DeletionProtectionConfig") or {}, "Enabled"),
            alarms=alarms_on(account, "acs_alb", item["LoadBalancerId"]),
            bandwidth_mbps=package_limit(account, region, package),
        ),
        id=account.arn("alb", region, f"loadbalancer/{identity}"),
        region=region,
        name=item.get("LoadBalancerName") or identity,
        tags=tags_of(item.get("Tags")),
        native_type=NATIVE,
        native=item if isinstance(details, Unknown) else details,
    )


def scheme(item: Item) -> Literal["public", "private"]:
    """Public where it has addresses of the internet in either IP version."""
    public = "Internet" in (item["AddressType"], item.get("Ipv6AddressType"))
    return "public" if public else "private"


def zones_of(details: Item) -> list[str]:
    """The zones that a load balancer stands in."""
    return sorted({one["ZoneId"] for one in details.get("ZoneMappings") or []})


def addresses_of(details: Item) -> list[str]:
    """The addresses and the name of a load balancer."""
    found = [
        str(one[key])
        for zone in details.get("ZoneMappings") or []
        for one in zone.get("LoadBalancerAddresses") or []
        for key in ("Address", "PublicIPv4Address", "Ipv6Address")
        if one.get(key)
    ]
    return [*found, *([details["DNSName"]] if details.get("DNSName") else [])]


def _running(listeners: list[Item], identity: str) -> list[Item]:
    """The listeners of a load balancer that are not stopped: nobody reaches those."""
    return [
        one
        for one in listeners
        if one["LoadBalancerId"] == identity and one["ListenerStatus"] != "Stopped"
    ]


def _waf(
    item: Item, details: Item | Unknown, own: list[Item] | Unknown, around: Around
) -> str | Unknown | None:
    """The WAF that the edition brings, or one that the load balancer is led through."""
    if item.get("LoadBalancerEdition") == "StandardWithWaf":
        return "StandardWithWaf"
    if isinstance(details, Unknown):
        return details
    web = then(own, len)
    return then(
        web,
        lambda count: waf_of(
            around.behind, scheme(item), item["LoadBalancerId"], addresses_of(details), count
        ),
    )


def _access_log(account: Account, region: str, item: Item) -> Logging:
    store = stores(item.get("AccessLogConfig"))
    return delivered(account, region, *store) if store else Logging.off()


def _listener(
    account: Account, region: str, item: Item, balancer: Item, around: Around
) -> Listener:
    identity = item["ListenerId"]
    answer = account.read(GET_LISTENER, region, identity, ListenerId=identity)
    details: Item | Unknown = Unknown("the listener is not described") if answer is None else answer
    protocol = str(item["ListenerProtocol"]).lower()
    return Listener(
        port=int(item["ListenerPort"]),
        protocol=protocol,
        redirect_to_https=then(around.rules, lambda rules: redirects(item, rules))
        if protocol == "http"
        else False,
        tls=_tls(item, around.policies),
        certificate_id=then(details, _certificate),
        source_ranges=_sources(account, region, item, balancer, details),
    )


def _certificate(details: Item) -> str | None:
    certificates = details.get("Certificates") or []
    return str(certificates[0]["CertificateId"]) if certificates else None


def _tls(item: Item, policies: dict[str, list[str]] | Unknown) -> Tls | None:
    """TLS of a listener. QUIC has TLS 1.3 within itself (RFC 9001) and names no policy."""
    protocol = str(item["ListenerProtocol"]).lower()
    if protocol == "http":
        return None
    if protocol == "quic":
        return Tls(minimum="1.3", required=True, policy=None)
    return tls_of(item.get("SecurityPolicyId"), policies)


def _sources(
    account: Account, region: str, item: Item, balancer: Item, details: Item | Unknown
) -> list[str] | Unknown:
    """Who may reach a listener: those of its list of who may, unless that is empty, of those whom
    the security groups of the load balancer let in."""
    if isinstance(details, Unknown):
        return details
    config = details.get("AclConfig") or {}
    listed: list[str] = []
    for acl in config.get("AclRelations") or [] if config.get("AclType") == "White" else []:
        name = acl["AclId"]
        entries = account.listed(LIST_ACL_ENTRIES, region, name, AclId=name)
        if isinstance(entries, Unknown):
            return entries
        listed += [str(entry["Entry"]) for entry in entries]
    if listed:
        return listed
    protocol, port = str(item["ListenerProtocol"]).lower(), int(item["ListenerPort"])
    return group_ranges(account, region, balancer, protocol, (port, port))


SERVICE = Service(
    name="Application Load Balancer",
    types=((LoadBalancer, NATIVE),),
    calls=(
        LIST_LOAD_BALANCERS,
        GET_LOAD_BALANCER,
        LIST_LISTENERS,
        GET_LISTENER,
        LIST_RULES,
        LIST_POLICIES,
        LIST_SYSTEM_POLICIES,
        LIST_ACL_ENTRIES,
        LIST_SERVER_GROUPS,
        LIST_SERVERS,
        DESCRIBE_NETWORK_INTERFACES,
        DESCRIBE_BANDWIDTH_PACKAGES,
        *GROUP_CALLS,
        *BEHIND_CALLS,
        *RETENTION_CALLS,
        *ALARM_CALLS,
    ),
    region=load_balancers,
)
