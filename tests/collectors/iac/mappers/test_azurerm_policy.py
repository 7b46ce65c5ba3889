"""Assignments of Azure Policy in azurerm."""

from __future__ import annotations

import json
from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, documents

APPLY = Unknown("var.x is decided at apply")
KIND = "azurerm_subscription_policy_assignment"
BUILT_IN = "/providers/Microsoft.Authorization/policyDefinitions/"
ALLOWED = f"{BUILT_IN}e56962a6-4747-49cd-b67b-bf8b01975c4c"
REGIONS = json.dumps({"listOfAllowedLocations": {"value": ["China North 3", "chinaeast2"]}})
SCOPE = Reference("data.azurerm_subscription.current")
GOOD: dict[str, Any] = {
    "name": "locations",
    "subscription_id": SCOPE,
    "policy_definition_id": ALLOWED,
    "parameters": REGIONS,
}
ME = f"main.tf#{KIND}.a"


def _assigned(*others: Block, kind: str = KIND, **values: Any) -> Document:
    own = {name: it for name, it in (GOOD | values).items() if it is not None}
    (found,) = documents(block(f"{kind}.a", own), *others)
    return found


def _custom(effect: Any = "deny", field: str = "type", **more: Any) -> Block:
    rule = {"if": {"field": field, "equals": "x"}, "then": {"effect": effect}}
    return block("azurerm_policy_definition.d", {"policy_rule": json.dumps(rule), **more})


CUSTOM: dict[str, Any] = {
    "policy_definition_id": Reference("azurerm_policy_definition.d"), "parameters": None,
}  # fmt: skip


def test_allowed_locations() -> None:
    found = _assigned()
    assert found.facts == {
        "recorders": None,
        "guardrails": [
            {
                "kind": "Azure Policy",
                "id": ME,
                "denies_regions": None,
                "only_regions": ["chinaeast2", "chinanorth3"],
            }
        ],
        "default_disk_encryption": [],
        "public_access_block": None,
    }


def test_the_definition_by_a_data_source() -> None:
    data = block("data.azurerm_policy_definition_built_in.l", {"display_name": "Allowed locations"})
    named = Reference("data.azurerm_policy_definition_built_in.l")
    found = _assigned(data, policy_definition_id=named)
    assert found.facts["guardrails"][0]["only_regions"] == ["chinaeast2", "chinanorth3"]
    # A custom definition may have the same name for people.
    other = block("data.azurerm_policy_definition.l", {"display_name": "Allowed locations"})
    named = Reference("data.azurerm_policy_definition.l")
    assert "guardrails" in _assigned(other, policy_definition_id=named).unknown


def test_one_that_denies_something_else_leaves_regions_open() -> None:
    found = _assigned(_custom(), **CUSTOM)
    (guardrail,) = found.facts["guardrails"]
    assert guardrail == {"kind": "Azure Policy", "id": ME, "denies_regions": None}
    assert "guardrails/0/only_regions" in found.unknown


@pytest.mark.parametrize(
    "values",
    [
        {"enforce": False},
        {"enforce": APPLY},
        {"parameters": APPLY},
        {"policy_definition_id": APPLY},
        {"policy_definition_id": f"{BUILT_IN}0000"},
        {"policy_definition_id": f"{BUILT_IN}0000", "parameters": '{"effect": {"value": "Audit"}}'},
        {"not_scopes": ["/subscriptions/1"]},
        {"overrides": [{"value": "Audit"}]},
    ],
)
def test_what_does_not_surely_deny_is_unknown(values: dict[str, Any]) -> None:
    """Never "no policy": those of another template may reach the subscription."""
    assert "guardrails" in _assigned(**values).unknown


def test_a_built_in_one_is_told_to_deny() -> None:
    deny = '{"effect": {"value": "Deny"}}'
    found = _assigned(policy_definition_id=f"{BUILT_IN}0000", parameters=deny)
    assert found.facts["guardrails"][0]["id"] == ME
    assert "guardrails/0/only_regions" in found.unknown


@pytest.mark.parametrize(
    "values",
    [
        {"not_scopes": ["/subscriptions/1/resourceGroups/g"]},
        {"not_scopes": [Reference("azurerm_resource_group.g")]},
        {"resource_selectors": [{"name": "some"}]},
    ],
)
def test_what_is_left_out_is_not_limited(values: dict[str, Any]) -> None:
    found = _assigned(**values)
    assert "guardrails/0/only_regions" in found.unknown
    assert found.facts["guardrails"][0]["id"] == ME


def test_regions_that_are_not_known() -> None:
    listed = {"listOfAllowedLocations": {"value": ["chinaeast2", APPLY]}}
    found = _assigned(parameters=listed)
    assert "guardrails/0/only_regions" in found.unknown


@pytest.mark.parametrize(
    ("kind", "values", "known"),
    [
        ("subscription", {"subscription_id": SCOPE}, False),
        (
            "subscription",
            {"subscription_id": SCOPE, "policy_definition_reference_ids": ["a"]},
            False,
        ),
        ("resource_group", {"resource_group_id": "g"}, True),
    ],
)
def test_exemptions(kind: str, values: dict[str, Any], known: bool) -> None:
    link = {"policy_assignment_id": Reference(f"{KIND}.a"), **values}
    found = _assigned(block(f"azurerm_{kind}_policy_exemption.e", link))
    assert ("guardrails" in found.facts) is known
    assert "only_regions" not in (found.facts.get("guardrails") or [{}])[0]


@pytest.mark.parametrize("written", ["blocks", "json"])
def test_an_initiative_hands_its_parameters_on(written: str) -> None:
    regions = {"listOfAllowedLocations": {"value": "[parameters('regions')]"}}
    own: dict[str, Any] = {"parameters": '{"regions": {"type": "Array"}}'}
    if written == "json":
        member = {"policyDefinitionId": ALLOWED, "parameters": regions}
        own["policy_definitions"] = json.dumps([member])
    else:
        member = {"policy_definition_id": ALLOWED, "parameter_values": json.dumps(regions)}
        own["policy_definition_reference"] = [member]
    found = _assigned(
        block("azurerm_policy_set_definition.s", own),
        policy_definition_id=Reference("azurerm_policy_set_definition.s"),
        parameters='{"regions": {"value": ["chinaeast2"]}}',
    )
    assert found.facts["guardrails"][0]["only_regions"] == ["chinaeast2"]


@pytest.mark.parametrize(
    ("effect", "given", "known"),
    [
        ("[parameters('e')]", '{"e": {"value": "Deny"}}', True),
        ("[parameters('e')]", None, True),
        ("[parameters('e')]", '{"e": {"value": "Audit"}}', False),
        ("audit", None, False),
    ],
)
def test_the_effect_by_a_parameter(effect: str, given: str | None, known: bool) -> None:
    custom = _custom(effect, parameters='{"e": {"defaultValue": "deny"}}')
    found = _assigned(custom, **CUSTOM | {"parameters": given})
    assert ("guardrails" in found.facts) is known


def test_assignments_of_one_scope_share_a_document() -> None:
    audit = block(
        f"{KIND}.b",
        {"subscription_id": SCOPE, "policy_definition_id": f"{BUILT_IN}0000"},
    )
    group = block(
        "azurerm_management_group_policy_assignment.c",
        {"management_group_id": "/m", "policy_definition_id": ALLOWED, "parameters": REGIONS},
    )
    first, second = documents(block(f"{KIND}.a", GOOD), audit, group)
    assert (len(first.facts["guardrails"]), first.id) == (1, ME)
    assert second.facts["guardrails"][0]["only_regions"] == ["chinaeast2", "chinanorth3"]


def test_scopes_that_are_not_known_are_not_one() -> None:
    """Else a policy for one of them would stand for the other too."""
    elsewhere = {"subscription_id": APPLY, "policy_definition_id": f"{BUILT_IN}0000"}
    first, second = documents(
        block(f"{KIND}.a", GOOD | {"subscription_id": APPLY}), block(f"{KIND}.b", elsewhere)
    )
    assert first.facts["guardrails"][0]["id"] == ME
    assert "guardrails" in second.unknown


def test_less_than_a_subscription_is_not_read() -> None:
    group = {"scope": "/subscriptions/1/resourceGroups/g", "policy_definition_id": ALLOWED}
    assert documents(block("azurerm_policy_assignment.a", group)) == []
