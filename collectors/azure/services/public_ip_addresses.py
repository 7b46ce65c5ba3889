"""Public IP addresses, what they are bound to, and what protects them.

DDoS protection is that of the address itself, or of a plan on the virtual network of what it is
bound to; the basic protection that every address has does not count.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from msgspec import Struct

from collectors.azure.account import Account, Service
from collectors.azure.firewall_policies import FIREWALL_CALLS, mode_of_firewall
from collectors.azure.ids import key
from collectors.azure.network_calls import (
    LIST_APPLICATION_GATEWAYS,
    LIST_LOAD_BALANCERS,
    LIST_NETWORK_INTERFACES,
    LIST_PUBLIC_IP_ADDRESSES,
    LIST_VIRTUAL_NETWORKS,
)
from collectors.azure.subnets import configurations_of, owner_of, subnets_of
from collectors.azure.web_firewalls import LIST_GATEWAY_POLICIES, waf_of
from collectors.document import Document, Unknown, then
from collectors.facts.network import Gateway
from collectors.logic import Known, every

NATIVE = "Microsoft.Network/publicIPAddresses"

_BY_TYPE = (
    ("/virtualmachinescalesets/", "instance"),
    ("/loadbalancers/", "load_balancer"),
    ("/applicationgateways/", "load_balancer"),
    ("/virtualnetworkgateways/", "gateway"),
    ("/bastionhosts/", "bastion"),
    ("/azurefirewalls/", "firewall"),
)
Item = dict[str, Any]
Index = dict[str, Item]


class Around(Struct, frozen=True, kw_only=True):
    """What addresses are joined with, by the keys of ids, each part read or unknown. `networks` is
    whether a network has a DDoS plan, by the key of the id of what stands in it."""

    networks: dict[str, bool] | Unknown
    interfaces: Index | Unknown
    balancers: Index | Unknown
    gateways: Index | Unknown


def public_ip_addresses(account: Account) -> Iterable[Document]:
    """A document for each address."""
    addresses = account.resources(LIST_PUBLIC_IP_ADDRESSES)
    if isinstance(addresses, Unknown):
        yield account.unlisted(Gateway, addresses, native_type=NATIVE)
        return
    if not addresses:
        return
    around = Around(
        networks=then(account.resources(LIST_VIRTUAL_NETWORKS), _plans),
        interfaces=then(account.resources(LIST_NETWORK_INTERFACES), _by_id),
        balancers=then(account.resources(LIST_LOAD_BALANCERS), _by_id),
        gateways=then(account.resources(LIST_APPLICATION_GATEWAYS), _by_id),
    )
    for address in addresses:
        yield _document(account, address, around)


def _document(account: Account, address: Item, around: Around) -> Document:
    properties = address["properties"]
    bound = (properties.get("ipConfiguration") or {}).get("id")
    owner = owner_of(bound) if bound else ""
    kind = "gateway" if properties.get("natGateway") else _kind(bound, around)
    return account.document(
        Gateway(
            kind="public-ip",
            peers=[],
            tunnels=None,
            zones=address.get("zones") or [],
            bandwidth_mbps=None,
            snat=[],
            protected_by=_guards(account, address, kind, owner, around),
            attached_to=kind,
            ips_mode=mode_of_firewall(account, owner) if kind == "firewall" else None,
            forwards=[],
        ),
        address,
        native_type=NATIVE,
        native=address,
    )


def _kind(bound: str | None, around: Around) -> str | Unknown | None:
    if not bound:
        return None
    for part, kind in _BY_TYPE:
        if part in key(bound):
            return kind
    if "/networkinterfaces/" not in key(bound):
        return "other"
    if isinstance(around.interfaces, Unknown):
        return around.interfaces
    interface = around.interfaces.get(key(owner_of(bound)))
    if interface is None:
        return Unknown("the network interface is not visible to this account")
    return "instance" if interface["properties"].get("virtualMachine") else "other"


def _guards(
    account: Account, address: Item, kind: str | Unknown | None, owner: str, around: Around
) -> list[str] | Unknown:
    found = ["firewall"] if kind == "firewall" else []
    ddos = _ddos(address["properties"], owner, around) if owner else _own(address["properties"])
    if isinstance(ddos, Unknown):
        return ddos
    if "/applicationgateways/" in key(owner):
        waf = _waf(account, owner, around)
        if isinstance(waf, Unknown):
            return waf
        found += ["waf"] if waf else []
    return found + (["ddos"] if ddos else [])


def _waf(account: Account, owner: str, around: Around) -> str | Unknown | None:
    if isinstance(around.gateways, Unknown):
        return around.gateways
    gateway = around.gateways.get(key(owner))
    if gateway is None:
        return Unknown("the application gateway is not visible to this account")
    return waf_of(gateway, account.resources(LIST_GATEWAY_POLICIES))


def _own(properties: Item) -> bool:
    return _mode(properties) == "enabled"


def _mode(properties: Item) -> Literal["enabled", "disabled", "inherited"] | Unknown:
    """REST, "DdosSettings": protectionMode; addresses inherit where nothing is said ("Azure DDoS
    Protection SKUs")."""
    text = (properties.get("ddosSettings") or {}).get("protectionMode")
    words: dict[str, Literal["enabled", "disabled", "inherited"]] = {
        "enabled": "enabled",
        "disabled": "disabled",
        "virtualnetworkinherited": "inherited",
    }
    if text is None:
        return "inherited"
    return words.get(str(text).lower(), Unknown(f"the DDoS protection {text!r} is not understood"))


def _ddos(properties: Item, owner: str, around: Around) -> Known:
    mode = _mode(properties)
    if mode != "inherited":
        return mode if isinstance(mode, Unknown) else mode == "enabled"
    if isinstance(around.networks, Unknown):
        return around.networks
    members = [owner]
    if "/loadbalancers/" in key(owner):
        backends = _backends(owner, around)
        if isinstance(backends, Unknown):
            return backends
        if not backends:
            return False
        members = backends
    lost = Unknown("the virtual network of what the address is bound to is not known")
    return every(around.networks.get(key(one), lost) for one in members)


def _backends(owner: str, around: Around) -> list[str] | Unknown:
    """The interfaces behind a load balancer: their network is the one with the plan."""
    if isinstance(around.balancers, Unknown):
        return around.balancers
    balancer = around.balancers.get(key(owner))
    if balancer is None:
        return Unknown("the load balancer is not visible to this account")
    properties = balancer["properties"]
    return [
        owner_of(one["id"])
        for pool in properties.get("backendAddressPools") or ()
        for one in pool["properties"].get("backendIPConfigurations") or ()
    ]


def _plans(networks: list[Item]) -> dict[str, bool]:
    """Whether the network that something stands in has a DDoS plan."""
    found: dict[str, bool] = {}
    for network in networks:
        on = network["properties"].get("enableDdosProtection") is True
        for subnet in subnets_of(network):
            for configuration in configurations_of(subnet):
                found[key(owner_of(configuration))] = on
    return found


def _by_id(items: Iterable[Item]) -> Index:
    return {key(item["id"]): item for item in items}


SERVICE = Service(
    name="Public IP addresses",
    types=((Gateway, NATIVE),),
    calls=(
        LIST_PUBLIC_IP_ADDRESSES,
        LIST_VIRTUAL_NETWORKS,
        LIST_NETWORK_INTERFACES,
        LIST_LOAD_BALANCERS,
        LIST_APPLICATION_GATEWAYS,
        LIST_GATEWAY_POLICIES,
        *FIREWALL_CALLS,
    ),
    account=public_ip_addresses,
)
