"""AWS Network Firewall: a document for each firewall."""

from __future__ import annotations

from collections.abc import Iterable

from collectors.aws.account import Account
from collectors.aws.gateways import Guard, gateway
from collectors.aws.network_firewall import LIST_FIREWALLS, Wall, read_wall
from collectors.document import Document, Unknown
from collectors.facts.network import Gateway

FIREWALL = "AWS::NetworkFirewall::Firewall"


def firewalls(account: Account, region: str) -> Iterable[Document]:
    """A document for each firewall of a region."""
    found = account.read(LIST_FIREWALLS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Gateway, found, region, FIREWALL)
        return
    for item in found:
        arn, name = item["FirewallArn"], item["FirewallName"]
        yield _document(account, region, arn, name, read_wall(account, region, arn))


def _document(account: Account, region: str, arn: str, name: str, wall: Wall | Unknown) -> Document:
    if isinstance(wall, Unknown):
        return account.document(
            gateway("firewall", guard=Guard(["firewall"], wall), zones=wall),
            id=arn,
            region=region,
            name=name,
            tags=wall,
            native_type=FIREWALL,
        )
    return account.document(
        gateway("firewall", guard=Guard(["firewall"], wall.mode), zones=wall.zones or None),
        id=arn,
        region=region,
        name=name,
        tags=wall.tags,
        native_type=FIREWALL,
        native=wall.native,
    )
