"""Delegations of Azure Lighthouse to other tenants: of the subscription, and of single resource
groups, which the list of the subscription does not have."""

from __future__ import annotations

from collectors.azure.account import Account
from collectors.azure.calls import child
from collectors.azure.ids import key
from collectors.azure.role_rights import Item
from collectors.document import Unknown

DELEGATED = "Microsoft.ManagedServices/registrationAssignments"

LIST_RESOURCE_GROUPS = child(
    "Microsoft.Resources/resourceGroups",
    "ResourceGroups_List",
    "/subscriptions/{subscription}/resourcegroups",
    action="Microsoft.Resources/subscriptions/resourceGroups/read",
    scope="account",
    paged=True,
)
LIST_DELEGATIONS = child(
    DELEGATED,
    "RegistrationAssignments_List",
    f"{{id}}/providers/{DELEGATED}",
    paged=True,
    query=(("$expandRegistrationDefinition", "true"),),
)
NOT_EXPANDED = Unknown("the delegation does not tell what it gives")
DELEGATION_CALLS = (LIST_RESOURCE_GROUPS, LIST_DELEGATIONS)


def given_by(delegation: Item) -> Item | Unknown:
    """What a delegation gives, and to which tenant: the properties of its definition."""
    definition = (delegation["properties"].get("registrationDefinition") or {}).get("properties")
    return definition if isinstance(definition, dict) else NOT_EXPANDED


def delegations_of(account: Account) -> tuple[list[Item], Unknown | None]:
    """The delegations, each once, and why some may be missing."""
    groups = account.listed(LIST_RESOURCE_GROUPS)
    scopes = [f"/subscriptions/{account.id}"]
    doubt: Unknown | None = None
    if isinstance(groups, Unknown):
        doubt = groups
    else:
        scopes += [str(group["id"]) for group in groups]
    found: dict[str, Item] = {}
    for listed in account.map(lambda scope: account.listed(LIST_DELEGATIONS, id=scope), scopes):
        if isinstance(listed, Unknown):
            doubt = doubt or listed
        else:
            found |= {key(str(one["id"])): one for one in listed}
    return list(found.values()), doubt
