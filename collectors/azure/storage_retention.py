"""How long logs stay in a storage account: its lifecycle rules delete blobs whatever the setting of
the log says ("Azure Blob Storage lifecycle management")."""

from __future__ import annotations

from typing import Any

from collectors.azure.account import Account
from collectors.azure.storage_calls import GET_MANAGEMENT_POLICY
from collectors.document import Unknown, then
from collectors.logic import shortest

Item = dict[str, Any]


def deleted_after(
    account: Account, storage: Item, container: str, blob_type: str
) -> int | Unknown | None:
    """Days after which a storage account deletes blobs of a type in a container; null for never."""
    policy = account.read(GET_MANAGEMENT_POLICY, id=storage["id"])
    return then(policy, lambda told: days_of(told, container, blob_type))


def days_of(policy: Item | None, container: str, blob_type: str) -> int | Unknown | None:
    """Days after which a lifecycle policy deletes blobs of a type ("appendBlob") in a container;
    null without a rule for them."""
    found: list[int | Unknown] = []
    rules = ((policy or {"properties": {}})["properties"].get("policy") or {}).get("rules") or []
    for rule in rules:
        definition = rule.get("definition") or {}
        delete = ((definition.get("actions") or {}).get("baseBlob") or {}).get("delete")
        if delete is None or rule.get("enabled") is False:
            continue
        if not _matches(definition, container, blob_type):
            continue
        days = [
            delete[name]
            for name in ("daysAfterModificationGreaterThan", "daysAfterCreationGreaterThan")
            if delete.get(name) is not None
        ]
        found.append(int(min(days)) if days else Unknown("the rule deletes by the last access"))
    return shortest(*found) if found else None


def _matches(definition: Item, container: str, blob_type: str) -> bool:
    """Whether a rule is about blobs of logs in a container, which have no index tags."""
    filters = definition.get("filters") or {}
    types = [str(one).lower() for one in filters.get("blobTypes") or ()]
    prefixes = filters.get("prefixMatch") or [""]
    if filters.get("blobIndexMatch") or (types and blob_type.lower() not in types):
        return False
    return any(container.startswith(one) or one.startswith(container) for one in prefixes)
