"""alicloud_vpn_gateway with its connections, and connections of transit routers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aliyun.vpn_tunnels import tunnels_of
from collectors.document import Document, Unknown, also
from collectors.facts.network import Gateway, Peer, Tunnel
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, read
from collectors.iac.mappers.alicloud.gateways import gateway, zones_of
from collectors.iac.mappers.alicloud.shared import aliyun_document
from collectors.iac.mappers.joins import joined

GATEWAY, CONNECTION = "alicloud_vpn_gateway", "alicloud_vpn_connection"
ATTACHMENT = "alicloud_vpn_gateway_vpn_attachment"

_UP = Unknown("whether the tunnel is up shows after apply")
_AUTH = Unknown("the connection does not name its algorithms")


def map_gateway(block: Block, project: Project) -> Iterator[Document]:
    """A VPN gateway with the connections that the template gives it."""
    found = joined(project, block, "vpn_gateway_id", CONNECTION)
    tunnels: list[Any] = [tunnel for each in found.blocks for tunnel in _tunnels(each)]
    peers: list[Any] = [_peer() for _ in found.blocks]
    doubt = [found.doubt] if found.doubt else []
    switches = [block.values.get(name) for name in ("vswitch_id", "disaster_recovery_vswitch_id")]
    facts = gateway(
        "vpn",
        peers=peers + doubt,
        tunnels=tunnels + doubt,
        zones=zones_of([each for each in switches if each is not None], project),
        bandwidth_mbps=block.read("bandwidth", int, Unknown("the template gives no bandwidth")),
    )
    yield aliyun_document(block, project, facts, "vpn_gateway_name", "name")


def map_attachment(block: Block, project: Project) -> Iterator[Document]:
    """A connection of a transit router."""
    facts = gateway("vpn", peers=[_peer()], tunnels=_tunnels(block))
    yield aliyun_document(block, project, facts, "vpn_attachment_name")


def _peer() -> Peer:
    """A site behind a VPN is no network of this cloud."""
    routed = Unknown("what is routed to the connection is not read from templates")
    return Peer(account=None, region=None, vpc_id=None, cidrs=routed)


def _tunnels(connection: Block) -> list[Any]:
    """The tunnels of a connection with two, or the only one. Its algorithms are those that the
    provider documents as defaults where nothing is written."""
    options = nested(connection.values, "tunnel_options_specification")
    if isinstance(options, Unknown):
        return [options]
    if not options:
        return [_tunnel(connection.values, "ike_config", "ipsec_config", _AUTH)]
    return [_tunnel(each, "tunnel_ike_config", "tunnel_ipsec_config", "md5") for each in options]


def _tunnel(values: dict[str, Any], first: str, second: str, auth: str | Unknown) -> Tunnel:
    phases = [nested(values, name) for name in (first, second)]
    ike, ipsec = (found[0] if isinstance(found, list) and found else {} for found in phases)
    doubt = also(None, *phases)
    told: dict[str, Any] = {
        "IkeEncAlg": read(ike, "ike_enc_alg", str, "aes"),
        "IkeAuthAlg": read(ike, "ike_auth_alg", str, auth),
        "IkeVersion": read(ike, "ike_version", str, "ikev1"),
        "IpsecEncAlg": read(ipsec, "ipsec_enc_alg", str, "aes"),
        "IpsecAuthAlg": read(ipsec, "ipsec_auth_alg", str, auth if auth == _AUTH else "md5"),
    }
    known = {name: "" if isinstance(value, Unknown) else value for name, value in told.items()}
    (found,) = tunnels_of({"IkeConfig": known, "IpsecConfig": known})
    found.up = _UP
    found.encryption = also(doubt, told["IkeEncAlg"], told["IpsecEncAlg"]) or found.encryption
    found.integrity = also(doubt, told["IkeAuthAlg"], told["IpsecAuthAlg"]) or found.integrity
    found.ike = also(doubt, told["IkeVersion"]) or found.ike
    return found


MAPPINGS = [
    Mapping(types=(GATEWAY,), facts=Gateway, map=map_gateway, joined=(CONNECTION,)),
    Mapping(types=(ATTACHMENT,), facts=Gateway, map=map_attachment),
]

PART_OF = {
    "alicloud_vpn_connection": PartOf("alicloud_vpn_gateway", ("vpn_gateway_id",)),
}
