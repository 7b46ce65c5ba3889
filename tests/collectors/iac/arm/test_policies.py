"""Assignments of Azure Policy in ARM templates."""

from __future__ import annotations

from typing import Any

import pytest

from tests.collectors.iac.conftest import Read

KIND = "Microsoft.Authorization/policyAssignments"
ALLOWED = (
    "/providers/Microsoft.Authorization/policyDefinitions/e56962a6-4747-49cd-b67b-bf8b01975c4c"
)
REGIONS = {"listOfAllowedLocations": {"value": ["chinaeast2"]}}


def _schema(level: str) -> dict[str, str]:
    return {"$schema": f"https://schema.management.azure.com/schemas/2018-05-01/{level}.json#"}


SUBSCRIPTION = _schema("subscriptionDeploymentTemplate")


def _assigned(**properties: Any) -> dict[str, Any]:
    own = {"policyDefinitionId": ALLOWED, "parameters": REGIONS, **properties}
    return {"type": KIND, "name": "a", "properties": own}


@pytest.mark.parametrize(
    "level", ["subscriptionDeploymentTemplate", "managementGroupDeploymentTemplate"]
)
def test_allowed_locations(deployment: Read, level: str) -> None:
    found = deployment([_assigned()], **_schema(level))[f"{KIND}/a"]
    assert found.facts["guardrails"][0]["only_regions"] == ["chinaeast2"]
    assert found.type == "account.configuration"


def test_one_of_a_resource_group_is_not_read(deployment: Read) -> None:
    assert deployment([_assigned()]) == {}
    group = {**_assigned(), "scope": "/subscriptions/1/resourceGroups/g"}
    assert deployment([group], **SUBSCRIPTION) == {}


def test_a_definition_of_the_template(deployment: Read) -> None:
    definitions = "Microsoft.Authorization/policyDefinitions"
    rule = {
        "if": {"not": {"field": "location", "in": "[[parameters('l')]"}},
        "then": {"effect": "deny"},
    }
    definition = {
        "type": definitions,
        "name": "d",
        "properties": {"policyRule": rule, "parameters": {"l": {"type": "Array"}}},
    }
    named = f"[subscriptionResourceId('{definitions}', 'd')]"
    given = {"l": {"value": ["chinanorth3"]}}
    assigned = _assigned(policyDefinitionId=named, parameters=given)
    found = deployment([definition, assigned], **SUBSCRIPTION)[f"{KIND}/a"]
    assert found.facts["guardrails"][0]["only_regions"] == ["chinanorth3"]


@pytest.mark.parametrize(
    "properties",
    [
        {"enforcementMode": "DoNotEnforce"},
        {"enforcementMode": "Enroll"},
        {"parameters": {}},
        {"notScopes": ["/subscriptions/1"]},
    ],
)
def test_what_does_not_surely_limit_regions(deployment: Read, properties: dict[str, Any]) -> None:
    found = deployment([_assigned(**properties)], **SUBSCRIPTION)[f"{KIND}/a"]
    assert {"guardrails", "guardrails/0/only_regions"} & set(found.unknown)


def test_an_exemption_of_the_whole_subscription(deployment: Read) -> None:
    exempt = {
        "type": "Microsoft.Authorization/policyExemptions",
        "name": "e",
        "properties": {"policyAssignmentId": f"[subscriptionResourceId('{KIND}', 'a')]"},
    }
    found = deployment([_assigned(), exempt], **SUBSCRIPTION)[f"{KIND}/a"]
    assert "guardrails" in found.unknown


@pytest.mark.parametrize("name", ["effect", "l"])
def test_defaults_of_a_definition_that_are_not_known(deployment: Read, name: str) -> None:
    definitions = "Microsoft.Authorization/policyDefinitions"
    rule = {
        "if": {"not": {"field": "location", "in": "[[parameters('l')]"}},
        "then": {"effect": "[[parameters('effect')]"},
    }
    known = {"effect": {"defaultValue": "Deny"}, "l": {"defaultValue": ["chinanorth3"]}}
    asked = "[parameters('asked')]"
    open_ = {"defaultValue": asked if name == "effect" else ["chinaeast2", asked]}
    definition = {
        "type": definitions,
        "name": "d",
        "properties": {"policyRule": rule, "parameters": known | {name: open_}},
    }
    named = f"[subscriptionResourceId('{definitions}', 'd')]"
    assigned = _assigned(policyDefinitionId=named, parameters={})
    parameters = {"asked": {"type": "string"}}
    found = deployment([definition, assigned], parameters=parameters, **SUBSCRIPTION)
    assert {"guardrails", "guardrails/0/only_regions"} & set(found[f"{KIND}/a"].unknown)
