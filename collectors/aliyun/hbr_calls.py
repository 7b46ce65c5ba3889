"""Calls of Cloud Backup (HBR) about policies, and what protects a resource by them."""

from __future__ import annotations

from typing import Any

from collectors.aliyun.account import Account
from collectors.calls import Call
from collectors.document import Unknown

Item = dict[str, Any]

DESCRIBE_POLICY_BINDINGS = Call(
    provider="aliyun",
    service="hbr",
    operation="DescribePolicyBindings",
    permission="hbr:DescribePolicyBindings",
    scope="region",
    result="PolicyBindings",
    paged=True,
)
DESCRIBE_POLICIES = Call(
    provider="aliyun",
    service="hbr",
    operation="DescribePoliciesV2",
    permission="hbr:DescribePoliciesV2",
    scope="region",
    result="Policies",
    paged=True,
)


def bindings_of(account: Account, region: str, source: str) -> list[Item] | Unknown:
    """What is bound to backup policies of a region; `source` is a kind of data source (UDM_ECS)."""
    return account.listed(DESCRIBE_POLICY_BINDINGS, region, SourceType=source)


def policies_of(account: Account, region: str) -> dict[str, Item] | Unknown:
    """The backup policies of a region by their ids."""
    found = account.listed(DESCRIBE_POLICIES, region)
    if isinstance(found, Unknown):
        return found
    return {policy["PolicyId"]: policy for policy in found}
