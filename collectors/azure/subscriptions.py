"""Subscriptions: which are asked for, and opening one."""

from __future__ import annotations

from typing import Any

from azure.core.exceptions import ClientAuthenticationError
from msgspec import Struct

from collectors.azure.calls import AzureCall, child
from collectors.azure.credentials import refused
from collectors.azure.errors import CallError, NoAccountError
from collectors.azure.reader import Reader
from collectors.azure.rights import Rights, rights_of
from collectors.azure.session import AzureOptions
from collectors.document import Unknown, UserError

LIST_SUBSCRIPTIONS = child(
    "Microsoft.Resources/subscriptions",
    "Subscriptions_List",
    "/subscriptions",
    scope="account",
    paged=True,
)
GET_SUBSCRIPTION = child(
    "Microsoft.Resources/subscriptions",
    "Subscriptions_Get",
    "/subscriptions/{subscription}",
    scope="account",
    proof="subscriptionId",
)
LIST_PERMISSIONS = child(
    "Microsoft.Authorization/permissions",
    "Permissions_ListForSubscription",
    "/subscriptions/{subscription}/providers/Microsoft.Authorization/permissions",
    scope="account",
    paged=True,
)
LIST_DESCENDANTS = child(
    "Microsoft.Management/managementGroups/descendants",
    "ManagementGroups_GetDescendants",
    "/providers/Microsoft.Management/managementGroups/{group}/descendants",
    paged=True,
)
FOR_MANAGEMENT_GROUP = (LIST_DESCENDANTS,)
"""Made where the subscriptions of a management group are collected."""

_GONE = "Deleted"


class Subscription(Struct, frozen=True, kw_only=True):
    """A subscription that answers. `tenant` is the directory that it belongs to."""

    id: str
    name: str
    tenant: str


def wanted(reader: Reader, options: AzureOptions) -> list[str]:
    """The ids of the subscriptions to collect, in lower case, sorted. Raises UserError."""
    if options.subscriptions:
        return sorted({one.lower() for one in options.subscriptions})
    if options.management_group:
        return _of_group(reader, options.management_group)
    found = [
        str(item["subscriptionId"]).lower()
        for item in _asked(reader, LIST_SUBSCRIPTIONS, {})
        if item.get("state") != _GONE
    ]
    if not found:
        raise NoAccountError(
            "The Azure credentials see no subscription.",
            "Assign the role that `mlps permissions azure` prints, or Reader, in a subscription.",
        )
    return sorted(set(found))


def opened(reader: Reader) -> Subscription:
    """The subscription of a reader. Raises UserError where it cannot be read."""
    found = _asked(reader, GET_SUBSCRIPTION, {})
    try:
        id_, tenant = str(found["subscriptionId"]).lower(), str(found["tenantId"])
        return Subscription(id=id_, name=str(found.get("displayName") or id_), tenant=tenant)
    except KeyError as error:
        raise _foreign() from error


def granted(reader: Reader) -> Rights | Unknown:
    """What the caller may read in the whole subscription."""
    found = reader.read(LIST_PERMISSIONS)
    if found is None:
        return Rights(())
    if isinstance(found, Unknown):
        return found
    try:
        return rights_of(found)
    except (KeyError, TypeError, AttributeError) as error:
        return reader.answers.failed(LIST_PERMISSIONS, "", "", "MalformedResponse", repr(error))


def _of_group(reader: Reader, group: str) -> list[str]:
    found = _asked(reader, LIST_DESCENDANTS, {"group": group})
    # Their type is written "/subscriptions", or with the namespace before it.
    listed = {
        str(item["name"]).lower()
        for item in found
        if str(item["type"]).lower().endswith("/subscriptions")
    }
    if not listed:
        raise UserError(
            f"The management group {group} has no subscription that the credentials see.",
            "Give the group's id, which `az account management-group list` shows as its name.",
        )
    return sorted(listed)


def _asked(reader: Reader, call: AzureCall, params: dict[str, Any]) -> Any:
    try:
        return reader.ask(call, params)
    except ClientAuthenticationError as error:
        raise refused(error) from error
    except CallError as error:
        if error.status is None or error.code == "MalformedResponse":
            raise _foreign(error) from error
        raise NoAccountError(
            f"Azure refuses {call.permission}: {error.code}: {error.message[:200]}",
            "Check the ids that were given, --cloud, and the role of the credentials.",
        ) from error
    except ValueError as error:
        raise UserError(str(error)) from error


def _foreign(error: CallError | None = None) -> NoAccountError:
    said = f": {error.message[:200]}" if error else ""
    return NoAccountError(
        f"Azure did not answer, or something else answers in its place{said}",
        "Check the network, the proxy settings, --cloud and --endpoint-url.",
    )
