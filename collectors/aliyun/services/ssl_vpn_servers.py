"""SSL-VPN servers of VPN gateways, by which people's machines get into a VPC.

The gateway has a document of its own, with the zones that it stands in.
"""

from __future__ import annotations

from collections.abc import Iterable

from collectors.aliyun.account import Account, Service
from collectors.aliyun.gateway_calls import DESCRIBE_VPN_GATEWAYS
from collectors.aliyun.guards import GUARD_CALLS, Guards, read_guards
from collectors.aliyun.nat import limit
from collectors.aliyun.ssl_vpn import clients, tunnel
from collectors.aliyun.vpc_calls import Item, vpc_call
from collectors.document import Document, Unknown, then
from collectors.facts.network import Gateway
from collectors.logic import told

DESCRIBE_SERVERS = vpc_call("DescribeSslVpnServers", "SslVpnServers.SslVpnServer")

NATIVE = "ACS::VPN::SslVpnServer"

_NO_STATE = Unknown("the API does not tell whether the SSL-VPN server is up")
_NO_DIGEST = Unknown("the API does not tell how the SSL-VPN server checks integrity")
_NO_TAGS = Unknown("the API does not tell the tags of an SSL-VPN server")


def servers(account: Account, region: str) -> Iterable[Document]:
    """A document for each SSL-VPN server of a region."""
    found = account.listed(DESCRIBE_SERVERS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Gateway, found, region, NATIVE)
        return
    if not found:
        return
    gateways = account.listed(DESCRIBE_VPN_GATEWAYS, region)
    guards = read_guards(account, region)
    for item in found:
        yield _document(account, region, item, gateways, guards)


def _document(
    account: Account,
    region: str,
    item: Item,
    gateways: list[Item] | Unknown,
    guards: Guards,
) -> Document:
    identity = item["SslVpnServerId"]
    address = item.get("InternetIp")
    return account.document(
        Gateway(
            kind="vpn",
            peers=[clients(told(item, "ClientIpPool"))],
            tunnels=[tunnel(then(told(item, "Cipher"), str), up=_NO_STATE, integrity=_NO_DIGEST)],
            # Those of its gateway, which are judged there.
            zones=None,
            bandwidth_mbps=then(gateways, lambda all_: _bandwidth(item, all_)),
            snat=[],
            protected_by=guards.of(address),
            attached_to=None,
            ips_mode=guards.ips_mode(address),
            forwards=[],
        ),
        id=account.arn("vpc", region, f"sslvpnserver/{identity}"),
        region=region,
        name=item.get("Name") or identity,
        tags=_NO_TAGS,
        native_type=NATIVE,
        native=item,
    )


def _bandwidth(item: Item, gateways: list[Item]) -> int | Unknown | None:
    """That of the gateway."""
    for gateway in gateways:
        if gateway["VpnGatewayId"] == item.get("VpnGatewayId"):
            return limit(gateway.get("Spec"))
    return Unknown("the VPN gateway of the SSL-VPN server is not visible to this account")


SERVICE = Service(
    name="SSL-VPN servers",
    types=((Gateway, NATIVE),),
    calls=(DESCRIBE_SERVERS, DESCRIBE_VPN_GATEWAYS, *GUARD_CALLS),
    region=servers,
)
