"""Configuration control of the subscription: policies that limit its locations, regions in use."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import SUBSCRIPTION, Account, Service
from collectors.azure.calls import child
from collectors.azure.ids import name_of, region_of
from collectors.document import Document, Unknown, then
from collectors.facts.account import AccountConfiguration, Guardrail
from collectors.regions import GLOBAL

LIST_ASSIGNMENTS = child(
    "Microsoft.Authorization/policyAssignments",
    "PolicyAssignments_List",
    "/subscriptions/{subscription}/providers/Microsoft.Authorization/policyAssignments",
    scope="account",
    paged=True,
    query=(("$filter", "atScope()"),),
)
LIST_RESOURCES = child(
    "Microsoft.Resources/resources",
    "Resources_List",
    "/subscriptions/{subscription}/resources",
    action="Microsoft.Resources/subscriptions/resources/read",
    scope="account",
    paged=True,
)

ALLOWED_LOCATIONS = "e56962a6-4747-49cd-b67b-bf8b01975c4c"
"""The built-in policy "Allowed locations", which denies all others."""
_NOT_READ = Unknown("whether the policy of an assignment denies is not read")
_NARROWED = Unknown("the assignment of the policy leaves out a part of the subscription")
_NARROWING = ("notScopes", "resourceSelectors", "overrides")

Item = dict[str, Any]


def configuration(account: Account) -> Iterable[Document]:
    """The document of the subscription's configuration control."""
    yield account.whole(
        AccountConfiguration(
            recorders=None,
            guardrails=then(account.listed(LIST_ASSIGNMENTS), guardrails),
            regions_in_use=then(account.listed(LIST_RESOURCES), _regions),
            # Azure encrypts every disk at rest; there is nothing to turn on.
            default_disk_encryption=[],
            public_access_block=None,
        )
    )


def guardrails(assignments: list[Item]) -> list[Any]:
    """The assignments that limit locations, and unknown in the place of every other one that is
    enforced: its definition is not read."""
    found: list[Any] = []
    for assignment in assignments:
        properties = assignment["properties"]
        if str(properties.get("enforcementMode")).lower() == "donotenforce":
            continue
        if name_of(str(properties["policyDefinitionId"])).lower() != ALLOWED_LOCATIONS:
            found.append(_NOT_READ)
            continue
        found.append(
            Guardrail(
                kind="Azure Policy",
                id=str(assignment["id"]),
                denies_regions=None,
                only_regions=_locations(properties),
            )
        )
    return found


def _locations(assignment: Item) -> list[str] | Unknown:
    if any(assignment.get(name) for name in _NARROWING):
        return _NARROWED
    value = ((assignment.get("parameters") or {}).get("listOfAllowedLocations") or {}).get("value")
    if not isinstance(value, list) or not value:
        return Unknown("the assignment of the policy does not tell its locations")
    return sorted(region_of({"location": one}) for one in value)


def _regions(resources: list[Item]) -> list[str]:
    return sorted({region_of(one) for one in resources} - {GLOBAL})


SERVICE = Service(
    name="Subscription configuration",
    types=((AccountConfiguration, SUBSCRIPTION),),
    calls=(LIST_ASSIGNMENTS, LIST_RESOURCES),
    account=configuration,
)
