"""NAT gateways, bastion hosts and ExpressRoute circuits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import Account, Service
from collectors.azure.calls import listing
from collectors.document import Document, Unknown
from collectors.facts.network import Gateway, Peer

NAT = "Microsoft.Network/natGateways"
BASTION = "Microsoft.Network/bastionHosts"
CIRCUIT = "Microsoft.Network/expressRouteCircuits"
LIST_NAT_GATEWAYS = listing(NAT, "NatGateways_ListAll")
LIST_BASTION_HOSTS = listing(BASTION, "BastionHosts_List")
LIST_CIRCUITS = listing(CIRCUIT, "ExpressRouteCircuits_ListAll")

_KINDS = (
    (LIST_NAT_GATEWAYS, NAT, "nat"),
    (LIST_BASTION_HOSTS, BASTION, "bastion"),
    (LIST_CIRCUITS, CIRCUIT, "express"),
)
Item = dict[str, Any]


def edge_gateways(account: Account) -> Iterable[Document]:
    """A document for each gateway of these kinds."""
    for call, native_type, kind in _KINDS:
        found = account.resources(call)
        if isinstance(found, Unknown):
            yield account.unlisted(Gateway, found, native_type=native_type)
            continue
        for item in found:
            yield account.document(
                _gateway(item, kind), item, native_type=native_type, native=_native(item)
            )


def _gateway(item: Item, kind: str) -> Gateway:
    circuit = kind == "express"
    far = Unknown("the routes of the circuit are not read")
    return Gateway(
        kind=kind,
        peers=[Peer(account=None, region=None, vpc_id=None, cidrs=far)] if circuit else [],
        tunnels=None,
        zones=None if circuit else item.get("zones") or [],
        bandwidth_mbps=_bandwidth(item["properties"]) if circuit else None,
        # Azure's addresses have no bandwidth of their own.
        snat=[],
        protected_by=[],
        attached_to=None,
        ips_mode=None,
        forwards=[],
    )


def _bandwidth(properties: Item) -> int | Unknown:
    """The provider's in Mbit/s, or that of a port of one's own (ExpressRoute Direct) in Gbit/s."""
    provided = (properties.get("serviceProviderProperties") or {}).get("bandwidthInMbps")
    direct = properties.get("bandwidthInGbps")
    if provided is not None:
        return int(provided)
    if direct is not None:
        return round(float(direct) * 1000)
    return Unknown("the circuit does not tell its bandwidth")


def _native(item: Item) -> Item:
    """Without a circuit's service key, with which others attach to it."""
    hidden = ("serviceKey", "authorizations")
    properties = {name: one for name, one in item["properties"].items() if name not in hidden}
    return {**item, "properties": properties}


SERVICE = Service(
    name="NAT gateways, bastion hosts, ExpressRoute circuits",
    types=((Gateway, NAT), (Gateway, BASTION), (Gateway, CIRCUIT)),
    calls=(LIST_NAT_GATEWAYS, LIST_BASTION_HOSTS, LIST_CIRCUITS),
    account=edge_gateways,
)
