"""Accounts of Azure AI services. Source: template reference, Microsoft.CognitiveServices."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.arm.resource import Resource, Translation
from collectors.iac.arm.resources.words import is_, named, network_acls, public
from collectors.iac.blocks import Block
from collectors.logic import negated


def account(resource: Resource) -> Iterator[Block]:
    """An account."""
    off = is_(resource.get("disableLocalAuth"), "true")
    values = named(resource) | {
        "public_network_access_enabled": public(resource.get("publicNetworkAccess")),
        "local_auth_enabled": None if off is None else negated(off),
        "network_acls": network_acls(resource.get("networkAcls")),
    }
    yield resource.block("azurerm_cognitive_account", values)


TRANSLATIONS: dict[str, Translation] = {"Microsoft.CognitiveServices/accounts": account}
