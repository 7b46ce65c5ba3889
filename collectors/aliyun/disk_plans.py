"""Reads what backs up the disks of a region."""

from __future__ import annotations

from collectors.aliyun.account import Account
from collectors.aliyun.ecs_calls import ecs_call
from collectors.aliyun.hbr_calls import (
    DESCRIBE_POLICIES,
    DESCRIBE_POLICY_BINDINGS,
    bindings_of,
    policies_of,
)
from collectors.aliyun.snapshot_policies import Plans
from collectors.document import then

DESCRIBE_SNAPSHOT_POLICIES = ecs_call(
    "DescribeAutoSnapshotPolicyEx",
    "AutoSnapshotPolicies.AutoSnapshotPolicy",
    action="DescribeAutoSnapshotPolicyEX",
)

PLAN_CALLS = (DESCRIBE_SNAPSHOT_POLICIES, DESCRIBE_POLICY_BINDINGS, DESCRIBE_POLICIES)


def read_plans(account: Account, region: str) -> Plans:
    """The snapshot policies of a region, and Cloud Backup of whole instances."""
    return Plans(
        snapshots=then(
            account.listed(DESCRIBE_SNAPSHOT_POLICIES, region),
            lambda found: {policy["AutoSnapshotPolicyId"]: policy for policy in found},
        ),
        bindings=bindings_of(account, region, "UDM_ECS"),
        policies=policies_of(account, region),
    )
