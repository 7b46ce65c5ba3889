"""Policies that deny, and regions in use, over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.azure.policy_rules import denies, regions_left
from collectors.azure.services.account_configuration import SERVICE, configuration
from collectors.calls import Call
from collectors.document import Document, Unknown
from tests.collectors.azure.conftest import OpenAccount, Serve
from tests.collectors.azure.server import AzureServer, Fault
from tests.collectors.azure.world import SUBSCRIPTION

WHOLE = f"/subscriptions/{SUBSCRIPTION}"
ASSIGNMENTS = "/providers/Microsoft.Authorization/policyAssignments/"


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve("account_configuration")


def guardrails(document: Document) -> dict[str, Any]:
    """What the assignments limit, by their names; those that are unknown are left out."""
    found = [one for one in document.facts["guardrails"] if one]
    return {
        one["id"].rpartition(ASSIGNMENTS)[2]: one.get("only_regions", "unknown") for one in found
    }


def collected(
    server: AzureServer, open_account: OpenAccount, *denied: str, made: set[Call] | None = None
) -> Document:
    server.decide = lambda asked: (
        Fault(status=403, code="AuthorizationFailed") if asked.call.operation in denied else None
    )
    (found,) = configuration(open_account(server, made=made))
    return found


def test_locations_and_regions(server: AzureServer, open_account: OpenAccount) -> None:
    made: set[Call] = set()
    found = collected(server, open_account, made=made)
    assert found.facts["regions_in_use"] == ["chinaeast2", "chinanorth3"]
    # Not enforced, excluded or waived for the whole subscription, or only audited: no guardrail.
    assert guardrails(found) == {
        "locations": ["chinaeast2", "chinanorth3"],
        # A resource group is left out, by the assignment or by an exemption.
        "narrow": "unknown",
        "exempted": "unknown",
        # Of a management group's own initiative, with its parameters handed on.
        "baseline": ["chinanorth3"],
        "public-ip": None,
        # Limits resource groups, not what is in them.
        "groups": None,
    }
    # The definition of one is of another management group.
    assert [one for one in found.facts["guardrails"] if one is None] == [None]
    assert made == set(SERVICE.calls)
    # Those of an initiative of regulatory compliance are listed, and not asked for one by one.
    asked = {one.params.get("name", "") for one in server.seen}
    assert not [name for name in asked if name.startswith("00000000-0000")]


@pytest.mark.parametrize(
    ("operation", "lost"),
    [
        ("PolicyAssignments_List", None),
        ("Resources_List", set()),
        # Whether anything is exempt is not known.
        (
            "PolicyExemptions_List",
            {"locations", "narrow", "exempted", "baseline", "public-ip", "groups"},
        ),
        ("PolicyDefinitions_List", {"baseline", "groups"}),
        ("PolicySetDefinitions_List", {"baseline"}),
        ("PolicyDefinitions_GetBuiltIn", {"locations", "narrow", "exempted", "public-ip"}),
        ("PolicySetDefinitions_GetBuiltIn", set()),
        ("PolicyDefinitions_ListBuiltIn", set()),
    ],
)
def test_what_is_denied_is_unknown(
    server: AzureServer, open_account: OpenAccount, operation: str, lost: set[str] | None
) -> None:
    every = guardrails(collected(server, open_account))
    found = collected(server, open_account, operation)
    if lost is None:
        assert "guardrails" in found.unknown
        return
    assert set(every) - set(guardrails(found)) == lost
    doubtful = [one for one in found.unknown if one.startswith("guardrails/")]
    assert doubtful or operation == "Resources_List"
    assert ("regions_in_use" in found.unknown) is (operation == "Resources_List")


def rule(*conditions: Any, effect: str = "deny") -> dict[str, Any]:
    body = {"allOf": list(conditions)} if len(conditions) > 1 else conditions[0]
    return {"policyRule": {"if": body, "then": {"effect": effect}}}


OUTSIDE = {"field": "location", "notIn": "[parameters('where')]"}
TYPED = {"field": "type", "equals": "Microsoft.Compute/virtualMachines"}
TAGGED = {"field": "tags['free']", "exists": "false"}


@pytest.mark.parametrize(
    ("definition", "given", "left"),
    [
        (rule(OUTSIDE), {"where": ["China East"]}, ["chinaeast"]),
        (rule(OUTSIDE), {"where": ["chinaeast", "global"]}, ["chinaeast"]),
        (rule(OUTSIDE, {"field": "location", "notEquals": "global"}), {"where": ["a"]}, ["a"]),
        (rule(OUTSIDE, TYPED), {"where": ["a"]}, None),
        (rule(TYPED), {}, None),
        (rule(OUTSIDE, TAGGED), {"where": ["a"]}, Unknown),
        (rule({"anyOf": [OUTSIDE, TAGGED]}), {"where": ["a"]}, Unknown),
        (rule(OUTSIDE), {}, Unknown),
        (rule(OUTSIDE), {"where": []}, Unknown),
        (rule(OUTSIDE), {"where": ["[resourceGroup().location]"]}, Unknown),
    ],
)
def test_locations_are_those_that_are_left_to_everything(
    definition: dict[str, Any], given: dict[str, Any], left: Any
) -> None:
    found = regions_left(definition, given)
    assert isinstance(found, Unknown) if left is Unknown else found == left


@pytest.mark.parametrize(
    ("effect", "given", "denied"),
    [
        ("Deny", {}, True),
        ("DenyAction", {}, True),
        ("auditIfNotExists", {}, False),
        ("[parameters('Effect')]", {"effect": "Deny"}, True),
        ("[parameters('effect')]", {"effect": "Disabled"}, False),
        ("[parameters('effect')]", {}, Unknown),
        ("[if(equals(1, 1), 'deny', 'audit')]", {}, Unknown),
        ("somethingNew", {}, Unknown),
    ],
)
def test_effects(effect: str, given: dict[str, Any], denied: Any) -> None:
    found = denies(rule(TYPED, effect=effect), given)
    assert isinstance(found, Unknown) if denied is Unknown else found is denied
