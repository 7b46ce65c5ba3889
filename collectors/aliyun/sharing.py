"""With whom resources are shared by Resource Sharing."""

from __future__ import annotations

from collectors.aliyun.account import Account
from collectors.calls import Call, Scope
from collectors.document import Unknown


def _call(operation: str, result: str, scope: Scope) -> Call:
    return Call(
        provider="aliyun",
        service="resourcesharing",
        operation=operation,
        permission=f"resourcesharing:{operation}",
        scope=scope,
        result=result,
        paged=True,
    )


LIST_SHARED_RESOURCES = _call("ListSharedResources", "SharedResources", "region")
LIST_SHARED_TARGETS = _call("ListSharedTargets", "SharedTargets", "resource")

SHARING_CALLS = (LIST_SHARED_RESOURCES, LIST_SHARED_TARGETS)


def shared_ids(account: Account, region: str) -> set[str] | Unknown:
    """The ids of what the account shares in a region."""
    found = account.listed(LIST_SHARED_RESOURCES, region, ResourceOwner="Self")
    return found if isinstance(found, Unknown) else {item["ResourceId"] for item in found}


def targets_of(
    account: Account, region: str, shared: set[str] | Unknown, resource: str
) -> list[str] | Unknown:
    """The accounts that a resource is shared with, folders of a directory and whole directories by
    their ids; empty for one that is not among those that are shared."""
    if isinstance(shared, Unknown):
        return shared
    if resource not in shared:
        return []
    found = account.listed(
        LIST_SHARED_TARGETS, region, resource, ResourceOwner="Self", ResourceId=resource
    )
    return found if isinstance(found, Unknown) else sorted({item["TargetId"] for item in found})
