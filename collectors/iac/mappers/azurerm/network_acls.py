"""Who reaches a vault or an account, by its public endpoint and its network_acls."""

from __future__ import annotations

from typing import Any, cast

from collectors.azure.server_access import acl_ranges
from collectors.document import Unknown, also
from collectors.iac.blocks import Block, nested, read
from collectors.iac.mappers.joins import items
from collectors.logic import Known

_OPEN = {"defaultAction": "Allow"}


def ranges_of(block: Block, public: Known) -> list[str] | Unknown:
    """The addresses that are let in: all where no rules are written ("Configure Azure Key Vault
    firewalls", and "Configure virtual networks" of AI services)."""
    if public is False:
        return []
    written = nested(block.values, "network_acls")
    doubt = also(public, written)
    if doubt or not written:
        return doubt or acl_ranges(_OPEN, None)
    rules = cast("list[dict[str, Any]]", written)[0]
    action = read(rules, "default_action", str, Unknown("no default_action"))
    if isinstance(action, Unknown):
        return action
    listed = items(rules, "ip_rules")
    entries = [listed] if isinstance(listed, Unknown) else listed
    known = [{"value": each} for each in entries if isinstance(each, str)]
    found = acl_ranges({"defaultAction": action, "ipRules": known}, None)
    if action.lower() != "deny" or isinstance(found, Unknown):
        return found
    open_ = [not_yet(each) for each in entries if not isinstance(each, str)]
    return [*found, *cast("list[str]", open_)]


def not_yet(value: Any) -> Unknown:
    """Why an element of a list is not known."""
    return value if isinstance(value, Unknown) else Unknown("known after apply")
