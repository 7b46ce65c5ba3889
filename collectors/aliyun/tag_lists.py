"""Tags of products whose lists do not tell them."""

from __future__ import annotations

from collectors.aliyun.account import Account
from collectors.calls import Call
from collectors.document import Unknown

Tags = dict[str, dict[str, str]]


def tags_by_resource(
    account: Account, call: Call, region: str, resource_type: str
) -> Tags | Unknown:
    """The tags of every resource of a type, by its id, from ListTagResources."""
    found = account.listed(call, region, ResourceType=resource_type)
    if isinstance(found, Unknown):
        return found
    tags: Tags = {}
    for item in found:
        tags.setdefault(item["ResourceId"], {})[item["TagKey"]] = str(item.get("TagValue") or "")
    return tags
