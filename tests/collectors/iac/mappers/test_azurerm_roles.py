"""Custom roles and role assignments: what they amount to, and who holds them."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, documents, the, unknown

APPLY = Unknown("var.x is decided at apply")
ROLE = Reference("azurerm_role_definition.r", "role_definition_resource_id")
ASSIGNS = "Microsoft.Authorization/roleAssignments/write"


def role(*permissions: Any, **values: Any) -> Block:
    given = {"name": "mine", "scope": "/subscriptions/s", "permissions": list(permissions)}
    return block("azurerm_role_definition.r", {**given, **values})


def held(name: str = "a", **values: Any) -> Block:
    given = {"principal_id": "one", "role_definition_id": ROLE}
    return block(f"azurerm_role_assignment.{name}", {**given, **values})


def test_a_role_that_gives_everything() -> None:
    found = the(role({"actions": ["*"]}), held(), held("b", principal_id="two"))
    assert (found.type, found.region, found.name) == ("identity.policy", "global", "mine")
    assert found.facts["full_admin"] is True
    assert (found.facts["attached"], found.facts["managed_by"]) == (2, "customer")
    assert ASSIGNS in found.facts["escalation_paths"]
    assert found.facts["statements"] == [
        {
            "effect": "allow",
            "actions": ["*"],
            "not_actions": [],
            "resources": ["/subscriptions/s"],
            "conditions": [],
        }
    ]


def test_a_role_that_reads() -> None:
    found = the(role({"actions": ["*/read"]}))
    assert (found.facts["full_admin"], found.facts["escalation_paths"]) == (False, [])
    assert unknown(found) == {"attached": "nothing in this template assigns the role"}
    nothing = the(role({"actions": ["*"], "not_actions": ["Microsoft.Authorization/*"]}))
    assert (nothing.facts["full_admin"], nothing.facts["escalation_paths"]) == (False, [])


@pytest.mark.parametrize(
    ("permission", "admin"),
    [
        ({"actions": ["*", APPLY]}, True),
        ({"actions": ["*/read", APPLY]}, None),
        ({"actions": APPLY}, None),
        ({"actions": ["*"], "not_actions": [APPLY]}, None),
        ({"actions": ["*/read"], "not_actions": [APPLY]}, False),
        ({"actions": ["*/read"], "data_actions": [APPLY]}, False),
    ],
)
def test_what_is_not_known_decides_only_where_it_can(permission: Any, admin: bool | None) -> None:
    assert the(role(permission)).facts.get("full_admin") is admin


def test_permissions_that_are_not_known() -> None:
    lost = unknown(the(role(permissions=APPLY)))
    assert {"full_admin", "escalation_paths", "statements"} <= set(lost)


def test_who_holds_a_role() -> None:
    identity = Reference("azurerm_user_assigned_identity.i", "principal_id")
    (found,) = documents(
        held(role_definition_id=None, role_definition_name="Owner", principal_id=identity),
        held("b", role_definition_id=None, role_definition_name="owner", principal_type="Group"),
        block("azurerm_user_assigned_identity.i", {"name": "i"}),
    )
    assert (found.type, found.facts["privileged"]) == ("identity.role", True)
    assert ASSIGNS in found.facts["escalation_paths"]
    assert [grant["account"] for grant in found.facts["trust"]] == ["template", "template"]
    user = the(held(role_definition_id=None, role_definition_name="Reader"))
    assert (user.facts["privileged"], user.facts["escalation_paths"]) == (False, [])
    assert unknown(user)["trust/0/account"] == "whose principal it is shows after apply"


def test_which_role_is_held() -> None:
    def privileged(*blocks: Block, **values: Any) -> Any:
        found = the(held(**values), *blocks)
        return found.facts.get("privileged", found.unknown.get("privileged"))

    by_name = {"role_definition_id": None, "role_definition_name": "Mine"}
    everything = {"actions": ["Microsoft.Authorization/*"]}
    assert privileged(role(everything)) is True
    assert privileged(role(everything), **by_name) is True
    assert privileged(role({"actions": ["*/read"]})) is False
    assert privileged(role(permissions=APPLY)) == APPLY.reason
    admin = (
        "/providers/Microsoft.Authorization/roleDefinitions/18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"
    )
    assert privileged(role_definition_id=admin) is True
    elsewhere = "the definition of the role is not part of this template"
    assert privileged(role_definition_id=None, role_definition_name="AcrPull") == elsewhere
    assert privileged(role_definition_id=APPLY) == APPLY.reason


def test_a_condition_may_narrow_what_its_holder_can_give() -> None:
    found = the(held(role_definition_id=None, role_definition_name="Owner", condition="@x"))
    assert found.unknown["escalation_paths"] == (
        "conditions of the role assignments are not evaluated"
    )


def test_a_role_that_is_activated_first_is_held() -> None:
    owner = (
        "/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
    )
    given = {"scope": "/subscriptions/s", "role_definition_id": owner}
    eligible = block("azurerm_pim_eligible_role_assignment.e", {**given, "principal_id": "one"})
    timed = block("azurerm_pim_active_role_assignment.t", {**given, "principal_id": "two"})
    (found,) = documents(eligible, timed)
    assert found.facts["privileged"] is True
    assert [one["principal"] for one in found.facts["trust"]] == ["one", "two"]
    mine = block("azurerm_pim_eligible_role_assignment.m", {**given, "role_definition_id": ROLE})
    assert the(role({"actions": ["*"]}), mine).facts["attached"] == 1


def test_a_delegation_is_trusted_to_the_managing_tenant() -> None:
    contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c"
    administrator = "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"
    given = {"name": "support", "managing_tenant_id": "tenant"}
    authorizations = [{"principal_id": "one", "role_definition_id": contributor}]
    definition = block(
        "azurerm_lighthouse_definition.d", {**given, "authorization": authorizations}
    )
    assignment = block(
        "azurerm_lighthouse_assignment.a",
        {"lighthouse_definition_id": Reference("azurerm_lighthouse_definition.d")},
    )
    (found,) = documents(definition, assignment)
    assert (found.type, found.name, found.facts["privileged"]) == (
        "identity.role",
        "support",
        False,
    )
    assert [(one["principal"], one["account"]) for one in found.facts["trust"]] == [
        ("one", "tenant")
    ]
    eligible = [{"principal_id": "two", "role_definition_id": administrator}]
    more = {"authorization": authorizations, "eligible_authorization": eligible}
    assert the(block("azurerm_lighthouse_definition.d", {**given, **more})).facts["privileged"]
    open_ = the(block("azurerm_lighthouse_definition.d", {"authorization": APPLY}))
    assert {"trust/0", "privileged", "policies/0", "escalation_paths"} <= set(unknown(open_))
