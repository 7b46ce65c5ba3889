"""Load balancers of layer 4. They keep no access log, take no certificates and filter nothing:
the security groups of the machines behind them do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from collectors.azure.account import Account, Service
from collectors.azure.backends import (
    BACKEND_CALLS,
    backend_zones,
    configurations_behind,
    members_of,
    sources_at,
)
from collectors.azure.ids import key
from collectors.azure.locks import LIST_LOCKS, locked
from collectors.azure.network_calls import LIST_LOAD_BALANCERS, LIST_PUBLIC_IP_ADDRESSES
from collectors.azure.resource_alarms import RESOURCE_ALARM_CALLS, alarms_on
from collectors.document import Document, Unknown
from collectors.facts.network import Listener, LoadBalancer
from collectors.facts.shared import Logging

NATIVE = "Microsoft.Network/loadBalancers"

_INSIDE = "prefix-list:VirtualNetwork"
_PROTOCOLS = {"tcp": "tcp", "udp": "udp", "all": "tcp_udp"}
_TRANSPORTS = {"tcp": ("tcp",), "udp": ("udp",), "tcp_udp": ("tcp", "udp")}
Item = dict[str, Any]
_NO_FRONT = Unknown("the public address of the frontend is not visible to this account")


def load_balancers(account: Account) -> Iterable[Document]:
    """A document for each load balancer."""
    balancers = account.resources(LIST_LOAD_BALANCERS)
    if isinstance(balancers, Unknown):
        yield account.unlisted(LoadBalancer, balancers, native_type=NATIVE)
        return
    yield from (_document(account, balancer) for balancer in balancers)


def _document(account: Account, balancer: Item) -> Document:
    behind = configurations_behind(account, balancer)
    fronts = [
        one["properties"] for one in balancer["properties"].get("frontendIPConfigurations") or ()
    ]
    public = any(one.get("publicIPAddress") or one.get("publicIPPrefix") for one in fronts)
    return account.document(
        LoadBalancer(
            scheme="public" if public else "private",
            listeners=list(_listeners(account, balancer, behind, public)),
            access_log=Logging.off(),
            waf=None,
            zones=_zones(account, balancer),
            backend_zones=backend_zones(account, behind),
            deletion_protection=locked(account, balancer["id"]),
            alarms=alarms_on(account, balancer["id"], NATIVE),
            bandwidth_mbps=None,
        ),
        balancer,
        native_type=NATIVE,
        native=balancer,
    )


def _listeners(
    account: Account, balancer: Item, behind: list[str] | Unknown, public: bool
) -> Iterator[Listener]:
    """Balancing rules, and NAT rules, which lead to one machine each."""
    properties = balancer["properties"]
    for name in ("loadBalancingRules", "inboundNatRules", "inboundNatPools"):
        for rule in properties.get(name) or ():
            one = _first(rule["properties"])
            if not public:
                yield _listener(one, lambda *_: [_INSIDE])
                continue
            members = _members(account, properties, one, behind)
            arrives = _floating(account, properties, one)
            yield _listener(one, partial(sources_at, account, members, arrives=arrives))


def _members(
    account: Account, balancer: Item, rule: Item, behind: list[str] | Unknown
) -> list[str] | Unknown:
    """The IP configurations that a rule leads to; all of the balancer's where it does not tell."""
    own = (rule.get("backendIPConfiguration") or {}).get("id")
    named = {key(one["id"]) for one in (rule.get("backendAddressPool"), *_pools(rule)) if one}
    if own:
        return [own]
    pools = [one for one in balancer.get("backendAddressPools") or () if key(one["id"]) in named]
    return members_of(account, pools) if pools else behind


def _pools(rule: Item) -> list[Item]:
    return rule.get("backendAddressPools") or []


def _floating(account: Account, balancer: Item, rule: Item) -> str | Unknown | None:
    """The public address at which packets of a rule with a floating address arrive, null for other
    rules. The machine's own address in its place would make an open port look closed."""
    if rule.get("enableFloatingIP") is not True:
        return None
    addresses = account.resources(LIST_PUBLIC_IP_ADDRESSES)
    if isinstance(addresses, Unknown):
        return addresses
    told = {key(one["id"]): one["properties"].get("ipAddress") for one in addresses}
    wanted = key((rule.get("frontendIPConfiguration") or {}).get("id") or "")
    for front in balancer.get("frontendIPConfigurations") or ():
        if key(front["id"]) == wanted:
            own = (front["properties"].get("publicIPAddress") or {}).get("id") or ""
            return told.get(key(own)) or _NO_FRONT
    return _NO_FRONT


def _first(rule: Item) -> Item:
    """A NAT rule for many machines has a range of ports, of which the first stands for all."""
    if rule.get("frontendPortRangeStart"):
        return {**rule, "frontendPort": rule["frontendPortRangeStart"]}
    return rule


def _listener(
    rule: Item, sources: Callable[[tuple[str, ...], int], list[str] | Unknown]
) -> Listener:
    protocol = _PROTOCOLS.get(str(rule.get("protocol")).lower())
    port, inside = rule.get("frontendPort"), rule.get("backendPort")
    unknown = Unknown("the load balancer's rule does not tell its protocol")
    # Port 0 of protocol All: a rule for all ports, of internal load balancers alone.
    told = Unknown("the load balancer's rule is for all ports")
    return Listener(
        port=port if isinstance(port, int) and port else told,
        protocol=protocol or unknown,
        redirect_to_https=False,
        tls=None,
        certificate_id=None,
        source_ranges=sources(_TRANSPORTS[protocol], inside)
        if protocol and isinstance(inside, int) and port
        else told,
    )


def _zones(account: Account, balancer: Item) -> list[str] | Unknown:
    """The zones of the frontends: their own, or those of their public addresses. Those of the Basic
    SKU stand in none in particular; what the others do without naming zones is not told."""
    if str((balancer.get("sku") or {}).get("name")).lower() == "basic":
        return []
    addresses = account.resources(LIST_PUBLIC_IP_ADDRESSES)
    if isinstance(addresses, Unknown):
        return addresses
    by_id = {key(one["id"]): one for one in addresses}
    found: set[str] = set()
    for front in balancer["properties"].get("frontendIPConfigurations") or ():
        own = (front["properties"].get("publicIPAddress") or {}).get("id", "")
        zones = front.get("zones") or by_id.get(key(own), {}).get("zones")
        if not zones:
            return Unknown("a frontend does not tell its zones")
        found.update(zones)
    return sorted(found)


SERVICE = Service(
    name="Load balancers",
    types=((LoadBalancer, NATIVE),),
    calls=(
        LIST_LOAD_BALANCERS,
        LIST_PUBLIC_IP_ADDRESSES,
        LIST_LOCKS,
        *BACKEND_CALLS,
        *RESOURCE_ALARM_CALLS,
    ),
    account=load_balancers,
)
