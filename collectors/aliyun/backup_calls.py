"""Calls of Cloud Backup (HBR) about vaults and plans, and what backs up resources of one kind."""

from __future__ import annotations

from typing import Any

from collectors.aliyun.account import Account
from collectors.aliyun.backup_plans import Protection
from collectors.aliyun.hbr_calls import (
    DESCRIBE_POLICIES,
    DESCRIBE_POLICY_BINDINGS,
    bindings_of,
    policies_of,
)
from collectors.calls import Call
from collectors.document import Unknown, then

DESCRIBE_VAULTS = Call(
    provider="aliyun",
    service="hbr",
    operation="DescribeVaults",
    permission="hbr:DescribeVaults",
    scope="region",
    result="Vaults.Vault",
    paged=True,
)
DESCRIBE_PLANS = Call(
    provider="aliyun",
    service="hbr",
    operation="DescribeBackupPlans",
    permission="hbr:DescribeBackupPlans",
    scope="region",
    result="BackupPlans.BackupPlan",
    paged=True,
)

PROTECTION_CALLS: tuple[Call, ...] = (
    DESCRIBE_POLICY_BINDINGS,
    DESCRIBE_POLICIES,
    DESCRIBE_PLANS,
    DESCRIBE_VAULTS,
)


def vaults_of(account: Account, region: str) -> dict[str, dict[str, Any]] | Unknown:
    """The vaults of a region by their ids."""
    found = account.listed(DESCRIBE_VAULTS, region)
    return then(found, lambda vaults: {vault["VaultId"]: vault for vault in vaults})


def plans_of(account: Account, region: str, source: str) -> list[dict[str, Any]] | Unknown:
    """The plans of a region for one kind of data source."""
    return account.listed(DESCRIBE_PLANS, region, SourceType=source)


def protection(account: Account, region: str, source: str) -> Protection:
    """What backs up the resources of a kind ("NAS", "OTS") in a region."""
    return Protection(
        bindings=bindings_of(account, region, source),
        policies=policies_of(account, region),
        plans=plans_of(account, region, source),
        vaults=vaults_of(account, region),
    )
