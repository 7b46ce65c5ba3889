"""alicloud_ssl_vpn_server, by which people's machines get into a VPC."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.aliyun.ssl_vpn import clients, tunnel
from collectors.document import Document, Unknown
from collectors.facts.network import Gateway
from collectors.iac.blocks import Block, Mapping, Project
from collectors.iac.mappers.alicloud.gateways import gateway
from collectors.iac.mappers.alicloud.shared import aliyun_document
from collectors.iac.mappers.alicloud.vpn import GATEWAY
from collectors.iac.mappers.joins import target_of

SERVER = "alicloud_ssl_vpn_server"

_UP = Unknown("whether the SSL-VPN server is up shows after apply")
_DIGEST = Unknown("the template does not tell how the SSL-VPN server checks integrity")
_NO_POOL = Unknown("the template gives no client_ip_pool")
_ELSEWHERE = Unknown("the VPN gateway of the SSL-VPN server is not part of this template")
_NO_WIDTH = Unknown("the template gives no bandwidth")


def map_server(block: Block, project: Project) -> Iterator[Document]:
    """An SSL-VPN server. Its zones are those of its gateway, which are judged there."""
    cipher = block.read("cipher", str, "AES-128-CBC")
    owner = target_of(project, block.get("vpn_gateway_id"), GATEWAY)
    facts = gateway(
        "vpn",
        peers=[clients(block.read("client_ip_pool", str, _NO_POOL))],
        tunnels=[tunnel(cipher, up=_UP, integrity=_DIGEST)],
        bandwidth_mbps=owner.read("bandwidth", int, _NO_WIDTH) if owner else _ELSEWHERE,
    )
    yield aliyun_document(block, project, facts, "name")


MAPPINGS = [Mapping(types=(SERVER,), facts=Gateway, map=map_server, owners=(GATEWAY,))]
