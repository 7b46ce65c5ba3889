"""azurerm_container_registry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.addresses import networks, opens_to_internet
from collectors.document import Document, Unknown, also
from collectors.facts.operations import Registry
from collectors.facts.shared import Encryption, Exposure
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.azurerm.shared import azure_document
from collectors.iac.mappers.joins import IPV4_ANY, IPV6_ANY, identity
from collectors.logic import Known

REGISTRY = "azurerm_container_registry"
PLAN = "azurerm_security_center_subscription_pricing"

_SCANNING = "containerregistriesvulnerabilityassessments"

_DEFENDER = Unknown("a plan of Defender for Cloud decides whether registries are scanned")


def map_registry(block: Block, project: Project) -> Iterator[Document]:
    """A registry. Who scans is a setting of the subscription; tags are locked one by one."""
    allowed = _allow_list(block)
    facts = Registry(
        scan_on_push=_scanned(project),
        immutable_tags=None,
        encryption=_encryption(block, project),
        exposure=_exposure(block, allowed),
        allow_list=allowed,
        shared_admin=block.read("admin_enabled", bool, default=False),
    )
    yield azure_document(block, project, facts)


def _scanned(project: Project) -> Known:
    """By the plans of Defender for Cloud that the template writes: that of containers with its
    extension, or the one of registries that it replaced."""
    for plan in project.of_type(PLAN):
        kind, tier = (plan.read(name, str, _DEFENDER) for name in ("resource_type", "tier"))
        if isinstance(kind, Unknown) or isinstance(tier, Unknown) or tier.lower() != "standard":
            continue
        found = nested(plan.values, "extension")
        extensions = found if isinstance(found, list) else []
        names = [read(each, "name", str, "") for each in extensions]
        scans = _SCANNING in {name.lower() for name in names if isinstance(name, str)}
        if kind.lower() == "containerregistry" or (kind.lower() == "containers" and scans):
            project.take(plan)
            return True
    return _DEFENDER


def _allow_list(block: Block) -> list[str] | Unknown:
    """Who reaches the public endpoint, which is open to all unless rules of the Premium SKU say
    otherwise."""
    public = block.read("public_network_access_enabled", bool, True)
    if public is False:
        return []
    sets = nested(block.values, "network_rule_set")
    action = sets if isinstance(sets, Unknown) else _action(sets)
    doubt = also(public, sets, action)
    if doubt or isinstance(sets, Unknown):
        return doubt or []
    if str(action).lower() == "allow":
        return [IPV4_ANY, IPV6_ANY]
    rules = nested(sets[0], "ip_rule")
    if isinstance(rules, Unknown):
        return cast("list[str]", [rules])
    found: list[Any] = []
    for rule in rules:
        range_ = read(rule, "ip_range", str, Unknown("a rule of the registry gives no range"))
        found += [range_] if isinstance(range_, Unknown) else networks(range_)
    return found


def _action(sets: list[dict[str, Any]]) -> str | Unknown:
    return read(sets[0], "default_action", str, "Allow") if sets else "Allow"


def _encryption(block: Block, project: Project) -> Encryption:
    """Registries are encrypted at rest, with a key of Microsoft's where none is named ("Encrypt
    registry with a customer-managed key"). azurerm 3 has a switch beside the key."""
    found = nested(block.values, "encryption")
    on = read(found[0], "enabled", bool, True) if isinstance(found, list) and found else found
    if isinstance(on, Unknown):
        return Encryption(enabled=True, key_manager=on, key_id=on, algorithm="AES-256")
    if not on or isinstance(found, Unknown):
        return Encryption(enabled=True, key_manager="provider", key_id=None, algorithm="AES-256")
    key = identity(project, found[0].get("key_vault_key_id"))
    return Encryption(enabled=True, key_manager="customer", key_id=key, algorithm="AES-256")


def _exposure(block: Block, allowed: list[str] | Unknown) -> Exposure:
    """Anybody pulls where anonymous pulls are on and the endpoint is open to anybody."""
    anonymous = block.read("anonymous_pull_enabled", bool, False)
    wide = opens_to_internet(allowed)
    if anonymous is False or wide is False:
        return Exposure(public=False, via=[])
    doubt = also(anonymous, wide)
    if doubt:
        return Exposure.unread(doubt)
    return Exposure(public=True, via=["endpoint"])


MAPPINGS = [Mapping(types=(REGISTRY,), facts=Registry, map=map_registry, joined=(PLAN,))]
