"""What backs up volumes, by a script of answers of AWS Backup and Data Lifecycle Manager."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from collectors.aws.backup_selections import FOR_EVER
from collectors.aws.volume_backup import (
    NO_BACKUP,
    Instances,
    backup_of_instance,
    backup_of_volume,
    read_backups,
)
from collectors.document import Unknown
from collectors.facts.shared import Backup, BackupCopy
from tests.collectors.aws.conftest import ACCOUNT_ID, OpenAccount
from tests.collectors.aws.scripted import Reply, Scripted, error, scripted

REGION = "cn-north-1"
PLANS, PLAN, SELECTIONS, SELECTION = "/plans/", "/plans/p/", "/selections/", "/selections/s"
SETTINGS, POLICIES, POLICY = "/account-settings", "/policies", "/policies/policy-1"
PERMISSIONS = {
    PLANS: "backup:ListBackupPlans",
    PLAN: "backup:GetBackupPlan",
    SELECTIONS: "backup:ListBackupSelections",
    SELECTION: "backup:GetBackupSelection",
    SETTINGS: "backup:DescribeRegionSettings",
    POLICIES: "dlm:GetLifecyclePolicies",
    POLICY: "dlm:GetLifecyclePolicy",
}


def named(path: str) -> str:
    """One of the paths above."""
    return re.sub(r"^/backup", "", path.partition("?")[0]).replace("/plans/p/sel", "/sel")


@pytest.fixture
def region() -> Iterator[Scripted]:
    """A region with a plan for tagged volumes and a default policy for instances."""
    with scripted(named) as server:
        tag = {"ConditionType": "STRINGEQUALS", "ConditionKey": "plan", "ConditionValue": "p"}
        rule = {"RuleName": "r", "TargetBackupVaultName": "v", "Lifecycle": {"DeleteAfterDays": 35}}
        summaries = [
            {"PolicyId": "policy-1", "State": "ENABLED"},
            {"PolicyId": "policy-2", "State": "DISABLED"},
            {"PolicyId": "policy-3", "State": "ENABLED", "PolicyType": "EVENT_BASED_POLICY"},
        ]
        details = {"ResourceTypes": ["INSTANCE"], "TargetTags": [{"Key": "policy", "Value": "1"}]}
        retain = {"Interval": 7, "IntervalUnit": "DAYS"}
        schedule = {"RetainRule": retain, "CrossRegionCopyRules": [{"Target": "cn-northwest-1"}]}
        answers = {
            PLANS: {"BackupPlansList": [{"BackupPlanId": "p"}]},
            PLAN: {"BackupPlan": {"BackupPlanName": "p", "Rules": [rule]}},
            SELECTIONS: {"BackupSelectionsList": [{"SelectionId": "s"}]},
            SELECTION: {"BackupSelection": {"ListOfTags": [tag]}},
            SETTINGS: {"ResourceTypeOptInPreference": {"EBS": True, "EC2": True}},
            POLICIES: {"Policies": summaries},
            POLICY: {"Policy": {"PolicyDetails": {**details, "Schedules": [schedule]}}},
        }
        server.replies = {
            path: [Reply(body=json.dumps(answer))] for path, answer in answers.items()
        }
        yield server


def volume(*instances: str, **tags: str) -> dict[str, Any]:
    return {
        "VolumeId": "vol-1",
        "VolumeType": "gp3",
        "AvailabilityZone": "cn-north-1a",
        "Attachments": [{"InstanceId": name, "Device": "/dev/xvda"} for name in instances],
        "Tags": [{"Key": key, "Value": value} for key, value in tags.items()],
    }


INSTANCES: Instances = {
    "i-plan": {"InstanceId": "i-plan", "Tags": [{"Key": "plan", "Value": "p"}]},
    "i-policy": {"InstanceId": "i-policy", "Tags": [{"Key": "policy", "Value": "1"}]},
    "i-bare": {"InstanceId": "i-bare"},
}
FAR = BackupCopy(region="cn-northwest-1", account=ACCOUNT_ID, kind="snapshot")
BY_PLAN = Backup(enabled=True, retention_days=35, point_in_time=False, copies=[])
BY_POLICY = Backup(enabled=True, retention_days=7, point_in_time=False, copies=[FAR])
BY_BOTH = Backup(enabled=True, retention_days=35, point_in_time=False, copies=[FAR])


def unsure(reason: Unknown, *, enabled: bool = False) -> Backup:
    return Backup(
        enabled=enabled or reason, retention_days=reason, point_in_time=False, copies=reason
    )


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (volume(), NO_BACKUP),
        (volume("i-bare"), NO_BACKUP),
        (volume(plan="p"), BY_PLAN),
        (volume(policy="1"), NO_BACKUP),
        (volume("i-plan"), BY_PLAN),
        (volume("i-policy"), BY_POLICY),
        (volume("i-policy", plan="p"), BY_BOTH),
        (volume("i-bare", "i-policy"), BY_POLICY),
        (volume("i-gone"), unsure(Unknown("the instance i-gone is not visible to this account"))),
    ],
)
def test_volumes(
    region: Scripted, open_account: OpenAccount, item: dict[str, Any], expected: Backup
) -> None:
    backups = read_backups(open_account(region.url, REGION), REGION)
    assert backup_of_volume(item, INSTANCES, backups) == expected


def test_a_region_without_plans_is_not_asked_for_its_settings(
    region: Scripted, open_account: OpenAccount
) -> None:
    region.replies[PLANS] = [Reply(body='{"BackupPlansList": []}')]
    region.replies[POLICIES] = [Reply(body='{"Policies": []}')]
    backups = read_backups(open_account(region.url, REGION), REGION)
    assert backup_of_volume(volume(plan="p"), INSTANCES, backups) == NO_BACKUP
    assert sorted(one.operation for one in region.asked) == sorted([PLANS, POLICIES])


@pytest.mark.parametrize("denied", PERMISSIONS)
def test_a_denial_is_never_no_backup(
    region: Scripted, open_account: OpenAccount, denied: str
) -> None:
    region.replies[denied] = [error("AccessDeniedException", 403)]
    backups = read_backups(open_account(region.url, REGION), REGION)
    reason = Unknown(f"AccessDeniedException: {PERMISSIONS[denied]}")
    of_plans = denied in {PLANS, PLAN, SELECTIONS, SELECTION, SETTINGS}
    tagged, attached = volume(plan="p"), volume("i-policy")
    # What the denial does not touch is known; where it does, that something else backs up.
    by_plan = backup_of_volume(tagged, INSTANCES, backups)
    by_policy = backup_of_volume(attached, INSTANCES, backups)
    if denied == PLAN:
        assert (by_plan, by_policy) == (unsure(reason, enabled=True), BY_POLICY)
    elif denied == SETTINGS:
        assert (by_plan, by_policy) == (unsure(reason), BY_POLICY)
    elif of_plans:
        assert (by_plan, by_policy) == (unsure(reason), unsure(reason, enabled=True))
    else:
        assert (by_plan, by_policy) == (unsure(reason, enabled=True), unsure(reason))


def test_a_plan_that_keeps_for_ever(region: Scripted, open_account: OpenAccount) -> None:
    region.replies[PLAN] = [Reply(body='{"BackupPlan": {"Rules": [{"RuleName": "r"}]}}')]
    backups = read_backups(open_account(region.url, REGION), REGION)
    assert backup_of_volume(volume(plan="p"), INSTANCES, backups).retention_days == FOR_EVER


def instance(*volumes: str) -> dict[str, Any]:
    mappings = [{"Ebs": {"VolumeId": name}} for name in volumes]
    return {"InstanceId": "i-bare", "BlockDeviceMappings": [*mappings, {"DeviceName": "ephemeral"}]}


def test_an_instance_is_backed_up_as_its_worst_volume(
    region: Scripted, open_account: OpenAccount
) -> None:
    backups = read_backups(open_account(region.url, REGION), REGION)
    volumes = {
        "plan": volume(plan="p"),
        "policy": volume("i-policy"),
        "bare": volume(),
        "unread": volume("i-gone"),
    }

    def backup(*names: str) -> Backup | Unknown:
        return backup_of_instance(instance(*names), volumes, INSTANCES, backups)

    gone = Unknown("the instance i-gone is not visible to this account")
    assert backup("plan") == BY_PLAN
    assert backup("plan", "policy") == Backup(
        enabled=True, retention_days=7, point_in_time=False, copies=[FAR]
    )
    assert backup("plan", "bare", "unread") == NO_BACKUP
    assert backup("plan", "unread") == unsure(gone)
    assert backup() == Unknown("the instance has no EBS volume")
    assert backup("other") == Unknown("the volume other is not visible to this account")
    denied = Unknown("denied")
    assert backup_of_instance(instance("plan"), denied, INSTANCES, backups) == denied
