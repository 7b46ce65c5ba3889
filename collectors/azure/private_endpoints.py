"""Private endpoints: addresses in virtual networks by which a resource is reached."""

from __future__ import annotations

from typing import Any

from collectors.azure.account import Account
from collectors.azure.calls import listing
from collectors.azure.ids import key, same
from collectors.document import Unknown

LIST_PRIVATE_ENDPOINTS = listing(
    "Microsoft.Network/privateEndpoints", "PrivateEndpoints_ListBySubscription"
)

Item = dict[str, Any]


def approved(properties: Item) -> list[str]:
    """The ids of the private endpoints whose connections to a resource are approved. ARM leaves
    the list of connections out where there are none."""
    found = []
    for connection in properties.get("privateEndpointConnections") or ():
        one = connection.get("properties") or {}
        state = (one.get("privateLinkServiceConnectionState") or {}).get("status")
        if str(state).lower() == "approved":
            found.append(str((one.get("privateEndpoint") or {}).get("id") or ""))
    return found


def has_private_endpoint(properties: Item) -> bool:
    """Whether a resource that has one kind of private endpoint is reached by one."""
    return bool(approved(properties))


def reaches(account: Account, properties: Item, group: str) -> bool | Unknown:
    """Whether an approved private endpoint is one of a part of a resource: `blob`, `file`. Which
    part it is of is told by the endpoint alone."""
    ids = approved(properties)
    if not ids:
        return False
    endpoints = account.resources(LIST_PRIVATE_ENDPOINTS)
    if isinstance(endpoints, Unknown):
        return endpoints
    groups = {key(one["id"]): _groups(one["properties"]) for one in endpoints}
    if any(group in groups.get(key(id_), ()) for id_ in ids):
        return True
    if all(key(id_) in groups for id_ in ids):
        return False
    return Unknown("the private endpoint is not visible to this account")


def _groups(properties: Item) -> set[str]:
    lists = ("privateLinkServiceConnections", "manualPrivateLinkServiceConnections")
    return {
        str(group).lower()
        for name in lists
        for connection in properties.get(name) or ()
        for group in (connection.get("properties") or {}).get("groupIds") or ()
    }


def is_reached(account: Account, item: Item) -> bool | Unknown:
    """Whether a resource is reached by a private endpoint whose API version may not tell its
    connections: those of endpoints in the subscription are told by the endpoints themselves."""
    if approved(item["properties"]):
        return True
    if "privateEndpointConnections" in item["properties"]:
        return False
    endpoints = account.resources(LIST_PRIVATE_ENDPOINTS)
    if isinstance(endpoints, Unknown):
        return endpoints
    if any(same(id_, item["id"]) for one in endpoints for id_ in _targets(one["properties"])):
        return True
    return Unknown("private endpoints of other subscriptions are not told by this API version")


def _targets(properties: Item) -> list[str]:
    """What an endpoint leads to, by its connections that are approved."""
    return [
        one["properties"]["privateLinkServiceId"]
        for name in ("privateLinkServiceConnections", "manualPrivateLinkServiceConnections")
        for one in properties.get(name) or ()
        if str(
            (one["properties"].get("privateLinkServiceConnectionState") or {}).get("status")
        ).lower()
        == "approved"
    ]
