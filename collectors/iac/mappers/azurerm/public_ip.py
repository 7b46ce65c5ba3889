"""azurerm_public_ip: what it is bound to, and what protects it.

DDoS protection is that of the address itself, or of a plan on the virtual network of what it is
bound to; the basic protection that every address has does not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from collectors.document import Document, Unknown
from collectors.facts.network import Gateway
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.azurerm.azure_firewall import FIREWALL, mode_of
from collectors.iac.mappers.azurerm.backends import BALANCER, POOL, behind, merged
from collectors.iac.mappers.azurerm.gateways import BASTION, plain_gateway, zones_of
from collectors.iac.mappers.azurerm.placement import NIC, PLACES, kind_of
from collectors.iac.mappers.azurerm.shared import ADDRESS, azure_document
from collectors.iac.mappers.azurerm.subnet import NETWORK, SUBNET, network_of
from collectors.iac.mappers.azurerm.vpn_gateway import GATEWAY as VPN
from collectors.iac.mappers.azurerm.web_firewall import GATEWAY as APPLICATION_GATEWAY
from collectors.iac.mappers.azurerm.web_firewall import POLICY, waf_of
from collectors.iac.mappers.joins import joined, target_of
from collectors.iac.mappers.named_within import naming, pointing_at, values_at
from collectors.logic import Known, every

NAT_LINK = "azurerm_nat_gateway_public_ip_association"

_IP, _FRONT = ("ip_configuration",), ("frontend_ip_configuration",)
_USES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (NIC, _IP, "other"),
    (BALANCER, _FRONT, "load_balancer"),
    (APPLICATION_GATEWAY, _FRONT, "load_balancer"),
    (VPN, _IP, "gateway"),
    (BASTION, _IP, "bastion"),
    (FIREWALL, _IP, "firewall"),
    (FIREWALL, ("management_ip_configuration",), "firewall"),
    (NAT_LINK, (), "gateway"),
)
_MODES = {"enabled": True, "disabled": False}
_UNBOUND = Unknown("nothing in this template uses the address")
_NO_NETWORK = Unknown("the virtual network of what the address is bound to is not known")


class _Use(NamedTuple):
    owner: Block
    kind: str


def map_address(block: Block, project: Project) -> Iterator[Document]:
    """A public address."""
    use = _use(block, project)
    facts = plain_gateway("public-ip")
    facts.zones = zones_of(block.values)
    facts.attached_to = use if isinstance(use, Unknown) else use.kind
    facts.protected_by = _guards(block, use, project)
    facts.ips_mode = _ips_mode(use, project)
    yield azure_document(block, project, facts)


def _use(address: Block, project: Project) -> _Use | Unknown:
    """What the template binds an address to; what may be this address leaves it open."""
    doubt: Unknown | None = None
    for type_, path, kind in _USES:
        place = (*path, "public_ip_address_id")
        for each in naming(address, project, type_, place):
            return _Use(project.take(each), kind_of(each, kind, project))
        doubt = doubt or next(iter(pointing_at(project, type_, place).open.values()), None)
    return doubt or _UNBOUND


def _ips_mode(use: _Use | Unknown, project: Project) -> Any:
    if isinstance(use, Unknown):
        return use
    return mode_of(use.owner, project) if use.kind == "firewall" else None


def _guards(address: Block, use: _Use | Unknown, project: Project) -> list[str] | Unknown:
    if isinstance(use, Unknown):
        return use
    found = ["firewall"] if use.kind == "firewall" else []
    ddos = _ddos(address, use.owner, project)
    if isinstance(ddos, Unknown):
        return ddos
    if use.owner.type == APPLICATION_GATEWAY:
        waf = waf_of(use.owner, project)
        if isinstance(waf, Unknown):
            return waf
        found += ["waf"] if waf else []
    return found + (["ddos"] if ddos else [])


def _ddos(address: Block, owner: Block, project: Project) -> Known:
    """By the address itself, or else by the network of what it is bound to: of a load balancer,
    that of the machines behind it."""
    text = address.read("ddos_protection_mode", str, "VirtualNetworkInherited")
    if isinstance(text, Unknown):
        return text
    if text.lower() in _MODES:
        return _MODES[text.lower()]
    if owner.type == NAT_LINK:
        return False
    owners = [owner]
    if owner.type == BALANCER:
        pools = joined(project, owner, "loadbalancer_id", POOL)
        members = merged([behind(each, project) for each in pools.blocks])
        owners = [*members.interfaces, *members.sets]
        doubt = pools.doubt or members.doubt
        if doubt or not owners:
            return doubt or _NO_NETWORK
    return every(_planned(each, project) for each in owners)


def _planned(owner: Block, project: Project) -> Known:
    """Whether the network that something stands in has a DDoS plan."""
    path, _ = PLACES[owner.type]
    subnets = [value for value in values_at(owner.values, path) if value is not None]
    if not subnets:
        return _NO_NETWORK
    return every(_has_plan(value, project) for value in subnets)


def _has_plan(value: Any, project: Project) -> Known:
    subnet = target_of(project, value, SUBNET)
    network = network_of(subnet, project) if subnet else None
    if network is None:
        return value if isinstance(value, Unknown) else _NO_NETWORK
    plans = nested(network.values, "ddos_protection_plan")
    if isinstance(plans, Unknown):
        return plans
    return read(plans[0], "enable", bool, _NO_NETWORK) if plans else False


MAPPINGS = [
    Mapping(
        types=(ADDRESS,),
        facts=Gateway,
        map=map_address,
        joined=(
            *dict.fromkeys(kind for kind, _, _ in _USES),
            POOL,
            SUBNET,
            NETWORK,
            POLICY,
        ),
    )
]

LINK_TYPES = frozenset(
    {
        "azurerm_lb_backend_address_pool",
        "azurerm_nat_gateway_public_ip_association",
        "azurerm_network_interface",
    }
)
