"""Azure Firewall with its intrusion prevention and port mappings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import Account, Service
from collectors.azure.firewall_policies import (
    FIREWALL_CALLS,
    LIST_RULE_GROUPS,
    forwards_of,
    policies_of,
)
from collectors.azure.firewall_rules import ips_mode
from collectors.azure.network_calls import LIST_AZURE_FIREWALLS
from collectors.document import Document, Unknown
from collectors.facts.network import Gateway

NATIVE = "Microsoft.Network/azureFirewalls"


def azure_firewalls(account: Account) -> Iterable[Document]:
    """A document for each firewall."""
    firewalls = account.resources(LIST_AZURE_FIREWALLS)
    if isinstance(firewalls, Unknown):
        yield account.unlisted(Gateway, firewalls, native_type=NATIVE)
        return
    yield from (_document(account, firewall) for firewall in firewalls)


def _document(account: Account, firewall: dict[str, Any]) -> Document:
    policies = policies_of(account, firewall)
    return account.document(
        Gateway(
            kind="firewall",
            peers=[],
            tunnels=None,
            zones=firewall.get("zones") or [],
            bandwidth_mbps=None,
            snat=[],
            protected_by=["firewall"],
            attached_to=None,
            ips_mode=ips_mode(policies),
            forwards=forwards_of(account, firewall, policies),
        ),
        firewall,
        native_type=NATIVE,
        native=firewall,
    )


SERVICE = Service(
    name="Azure Firewall",
    types=((Gateway, NATIVE),),
    calls=(*FIREWALL_CALLS, LIST_RULE_GROUPS),
    account=azure_firewalls,
)
