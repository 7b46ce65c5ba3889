"""Network security groups with their rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import Account, Service
from collectors.azure.calls import listing
from collectors.azure.security_rules import rules_of
from collectors.document import Document, Unknown
from collectors.facts.network import Firewall

NATIVE = "Microsoft.Network/networkSecurityGroups"
LIST_NETWORK_SECURITY_GROUPS = listing(NATIVE, "NetworkSecurityGroups_ListAll")


def network_security_groups(account: Account) -> Iterable[Document]:
    """A document for each group of the subscription."""
    groups = account.resources(LIST_NETWORK_SECURITY_GROUPS)
    if isinstance(groups, Unknown):
        yield account.unlisted(Firewall, groups, native_type=NATIVE)
        return
    yield from (_group(account, group) for group in groups)


def _group(account: Account, group: dict[str, Any]) -> Document:
    """The built-in rules are the defaults ("Network security groups: default security rules"). ARM
    names the interfaces (also those of scale sets) and subnets that use a group, and leaves a list
    of none out."""
    properties = group["properties"]
    users = [*properties.get("networkInterfaces", ()), *properties.get("subnets", ())]
    return account.document(
        Firewall(
            vpc_id=None,
            rules=rules_of(properties["securityRules"]),
            default_ingress="deny",
            default_egress="allow",
            is_default=False,
            attached=len(users),
        ),
        group,
        native_type=NATIVE,
        native=group,
    )


SERVICE = Service(
    name="Network security groups",
    types=((Firewall, NATIVE),),
    calls=(LIST_NETWORK_SECURITY_GROUPS,),
    account=network_security_groups,
)
