"""Definitions, assignments and exemptions of Azure Policy at subscriptions and management groups.
Source: template reference, Microsoft.Authorization."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.azure.policy_rules import ENFORCEMENT
from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.words import is_
from collectors.iac.blocks import Block

_KINDS = {
    "subscription": ("azurerm_subscription_policy_", "subscription_id"),
    "management": ("azurerm_management_group_policy_", "management_group_id"),
}


def assignment(resource: Resource) -> Iterator[Block]:
    """An assignment. Those within a subscription reach less than it, and are not read."""
    yield from _at_scope(
        resource,
        "assignment",
        {
            "policy_definition_id": resource.get("policyDefinitionId"),
            "parameters": resource.get("parameters"),
            "not_scopes": resource.get("notScopes"),
            "overrides": resource.get("overrides") or None,
            "resource_selectors": resource.get("resourceSelectors") or None,
            "enforce": _enforced(resource.get("enforcementMode")),
        },
    )


def _enforced(mode: Any) -> Any:
    """Those of mode Enroll are enforced on what is enrolled alone."""
    if is_(mode, "DoNotEnforce") is True:
        return False
    on = is_(mode, "Default")
    return ENFORCEMENT if on is False else on


def exemption(resource: Resource) -> Iterator[Block]:
    """An exemption. One within a subscription takes a part of it out."""
    values = {
        "policy_assignment_id": resource.get("policyAssignmentId"),
        "policy_definition_reference_ids": resource.get("policyDefinitionReferenceIds") or None,
        "resource_selectors": resource.get("resourceSelectors") or None,
    }
    if _scope(resource) is None:
        yield resource.block("azurerm_resource_policy_exemption", values)
        return
    yield from _at_scope(resource, "exemption", values)


def _at_scope(resource: Resource, what: str, values: dict[str, Any]) -> Iterator[Block]:
    scope = _scope(resource)
    if scope is None:
        yield resource.block(resource.type, {})
        return
    level, id_ = scope
    prefix, argument = _KINDS[level]
    values = {"name": resource.name, **values, argument: id_}
    yield resource.block(f"{prefix}{what}", values)


def _scope(resource: Resource) -> tuple[str, Any] | None:
    """The level and the id of the scope that something stands at; null for less than a
    subscription, and where it is not known."""
    written = resource.body.get("scope")
    if written is None:
        return (resource.level, resource.level) if resource.level in _KINDS else None
    parts = str(written).strip("/").lower().split("/") if isinstance(written, str) else []
    if parts[-2:-1] == ["managementgroups"]:
        return "management", written
    return ("subscription", written) if parts[:1] == ["subscriptions"] and len(parts) == 2 else None


def definition(resource: Resource) -> Iterator[Block]:
    """A definition."""
    values = {
        "name": resource.name,
        "policy_rule": resource.get("policyRule"),
        "parameters": resource.get("parameters"),
    }
    yield resource.block("azurerm_policy_definition", values)


def initiative(resource: Resource) -> Iterator[Block]:
    """An initiative (policy set)."""
    members = resource.get("policyDefinitions")
    if isinstance(members, list):
        members = [
            {
                "policy_definition_id": at(one, "policyDefinitionId"),
                "parameter_values": at(one, "parameters"),
            }
            for one in members
        ]
    values = {
        "name": resource.name,
        "parameters": resource.get("parameters"),
        "policy_definition_reference": members,
    }
    yield resource.block("azurerm_policy_set_definition", values)


_AUTHORIZATION = "Microsoft.Authorization"

TRANSLATIONS: dict[str, Translation] = {
    f"{_AUTHORIZATION}/policyAssignments": assignment,
    f"{_AUTHORIZATION}/policyDefinitions": definition,
    f"{_AUTHORIZATION}/policyExemptions": exemption,
    f"{_AUTHORIZATION}/policySetDefinitions": initiative,
}
