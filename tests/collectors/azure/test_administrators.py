"""Which duties roles give together."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.azure.administrators import duties
from collectors.azure.role_holdings import Holding, azure_holding
from collectors.document import Unknown

ROLES: dict[str, Any] = {
    "owner": (["*"], []),
    "contributor": (["*"], ["Microsoft.Authorization/*/Write", "Microsoft.Authorization/*/Delete"]),
    "machines": (["Microsoft.Compute/virtualMachines/*", "Microsoft.Network/*/read"], []),
    "releases": (["Microsoft.Compute/virtualMachines/write"], []),
    "networks": (["Microsoft.Network/*"], []),
    "security": (["*/read", "Microsoft.Security/*"], []),
    "vaults": (["Microsoft.KeyVault/*"], []),
    "monitoring": (["*/read", "Microsoft.Insights/DiagnosticSettings/*"], []),
    "reader": (["*/read"], []),
    "tickets": (["Microsoft.Support/*"], []),
}
GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"
SECURITY_ADMINISTRATOR = "194ae4cb-b126-40b2-bd5b-6091b380977d"
REPORTS_READER = "4a5d8f65-41da-4de4-8968-e035b65339cf"


def definitions() -> dict[str, Any]:
    return {
        name: {
            "id": f"/providers/Microsoft.Authorization/roleDefinitions/{name}",
            "properties": {
                "roleName": name,
                "type": "CustomRole",
                "permissions": [{"actions": actions, "notActions": taken}],
            },
        }
        for name, (actions, taken) in ROLES.items()
    }


def of_azure(name: str) -> Holding:
    held = {"principalId": "p", "roleDefinitionId": name, "scope": "/subscriptions/s"}
    return azure_holding(held, definitions(), False)


def of_directory(role: str, *, builtin: bool = True) -> Holding:
    return Holding(
        principal="p",
        kind="user",
        role=role,
        name=role,
        scope="/",
        eligible=False,
        of_directory=True,
        definition={"id": role, "isBuiltIn": builtin},
        privileged=False,
    )


@pytest.mark.parametrize(
    ("roles", "held"),
    [
        (["owner"], ["all"]),
        (["contributor"], ["all"]),
        (["machines"], ["system"]),
        (["releases"], []),
        (["networks"], ["system"]),
        (["security"], ["security"]),
        (["vaults"], ["security"]),
        (["monitoring"], ["audit"]),
        (["reader"], ["audit"]),
        (["reader", "machines"], ["system"]),
        (["machines", "vaults"], ["system", "security"]),
        (["machines", "vaults", "monitoring"], ["all"]),
        (["tickets"], []),
    ],
)
def test_roles_of_azure(roles: list[str], held: list[str]) -> None:
    assert duties([of_azure(one) for one in roles]) == held


def test_roles_of_the_directory() -> None:
    assert duties([of_directory(GLOBAL_ADMINISTRATOR)]) == ["all"]
    assert duties([of_directory(SECURITY_ADMINISTRATOR)]) == ["security"]
    assert duties([of_directory(REPORTS_READER)]) == ["audit"]
    assert duties([of_directory(REPORTS_READER), of_azure("machines")]) == ["system"]
    assert duties([of_directory("messages")]) == []
    both = [of_directory(SECURITY_ADMINISTRATOR), of_azure("machines"), of_azure("monitoring")]
    assert duties(both) == ["all"]


def test_what_cannot_be_weighed_is_unknown() -> None:
    (custom,) = duties([of_directory("own", builtin=False)])
    assert isinstance(custom, Unknown)
    (hidden,) = duties([of_azure("not-visible"), of_azure("machines")])
    assert isinstance(hidden, Unknown)
    assert duties([of_azure("not-visible"), of_azure("owner")]) == ["all"]
    assert duties([]) == []
